package documents

import (
	"context"
	"errors"
	"io/fs"
	"path"
	"strings"

	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/gate"
)

// Folder is an upload of all files of a folder. FolderRequest of package spectron documents the fields.
type Folder struct {
	FS       fs.FS
	Upload   // of each file; Name, Title, Source and Reader are set for each
	Skip     func(name string) bool
	Progress func(FolderProgress)
}

// FolderProgress says how far the upload of a folder has come.
type FolderProgress struct {
	Name        string // of the file that was uploaded last
	Done, Total int    // files
}

// Folded is the result of the upload of a folder.
type Folded struct {
	Uploaded []Uploaded // in the order of their names
	Skipped  []Skipped
}

// Skipped is a file that was not uploaded.
type Skipped struct {
	Name string
	Err  error
}

// maxFiles is the number of files of a folder.
const maxFiles = 1_000_000

// PutFolder uploads the files of a folder, one after the other. Hidden files, and files that are refused by themselves (another format, empty, too
// large, not readable), are skipped. It ends with the first other error; what was uploaded before stays.
func PutFolder(ctx context.Context, by *gate.Call, f Folder) (out Folded, err error) {
	if f.FS == nil {
		return out, fault.Bad("FS", "nil; os.DirFS returns that of a folder")
	}
	names, err := f.names(ctx)
	if err != nil {
		return out, err
	}
	for i, name := range names {
		if err := ctx.Err(); err != nil {
			return out, err
		}
		if by, err = by.Current(ctx); err != nil {
			return out, err
		}
		done, err := f.put(ctx, by, name)
		switch {
		case err == nil:
			out.Uploaded = append(out.Uploaded, done)
		case ofFile(err):
			out.Skipped = append(out.Skipped, Skipped{name, err})
		default:
			return out, err
		}
		if f.Progress != nil {
			f.Progress(FolderProgress{name, i + 1, len(names)})
		}
	}
	return out, nil
}

// names returns the names of the files to upload, in their order.
func (f *Folder) names(ctx context.Context) (names []string, err error) {
	err = fs.WalkDir(f.FS, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return &fault.Error{Code: fault.Invalid, Field: "FS", Detail: "the folder could not be read", Err: err}
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		hidden := strings.HasPrefix(path.Base(name), ".") && name != "."
		switch {
		case entry.IsDir() && hidden:
			return fs.SkipDir
		case hidden || !entry.Type().IsRegular() || f.Skip != nil && f.Skip(name):
			return nil
		case len(names) == maxFiles:
			return fault.New(fault.TooLarge, "FS", "more than %d files", maxFiles)
		}
		names = append(names, name)
		return nil
	})
	return names, err
}

// put uploads one file. Its name in the folder is that of the document, so that links between the files are understood.
func (f *Folder) put(ctx context.Context, by *gate.Call, name string) (out Uploaded, err error) {
	file, err := f.FS.Open(name)
	if err != nil {
		return out, &fault.Error{Code: fault.Invalid, Field: "Reader", Detail: "the file could not be opened", Err: err}
	}
	defer func() { _ = file.Close() }() // it was only read
	u := f.Upload
	u.File = File{Name: name, Reader: file}
	return Put(ctx, by, u)
}

// ofFile reports whether an error concerns one file only.
func ofFile(err error) bool {
	var e *fault.Error
	return errors.As(err, &e) && (e.Field == "Reader" || e.Field == "MIMEType" || e.Field == "Name")
}
