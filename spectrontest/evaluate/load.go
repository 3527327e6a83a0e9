package evaluate

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/spectron-go/spectron"
)

// MaxFileBytes is the maximum size of the file of one conversation.
const MaxFileBytes = 64 << 20

// Load reads the data set in the top folder of fsys, such as os.DirFS("/data/support-chats"). Each file has one conversation;
// the conversations are ordered by file name. The package documentation describes the format.
//
// Codes: CodeInvalid and CodeTooLarge, whose Field is the name of the file, or a path that begins with the id of the
// conversation; CodeNotFound if the folder does not exist.
func Load(fsys fs.FS) (*Set, error) {
	entries, err := fs.ReadDir(fsys, ".")
	if err != nil {
		code := spectron.CodeInvalid
		if errors.Is(err, fs.ErrNotExist) {
			code = spectron.CodeNotFound
		}
		return nil, &spectron.Error{Op: opLoad, Code: code, Field: "folder", Err: err}
	}
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return cmp.Compare(a.Name(), b.Name()) })
	set := &Set{}
	for _, e := range entries {
		if e.IsDir() || path.Ext(e.Name()) != ".json" || strings.HasPrefix(e.Name(), ".") {
			continue
		}
		c, err := loadFile(fsys, e.Name())
		if err != nil {
			return nil, err
		}
		set.Conversations = append(set.Conversations, *c)
	}
	if len(set.Conversations) == 0 {
		return nil, invalid("folder", "the folder has no file whose name ends in .json")
	}
	return set, set.Check()
}

func loadFile(fsys fs.FS, name string) (*Conversation, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, &spectron.Error{Op: opLoad, Code: spectron.CodeInvalid, Field: name, Err: err}
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, MaxFileBytes+1))
	switch {
	case err != nil:
		return nil, &spectron.Error{Op: opLoad, Code: spectron.CodeInvalid, Field: name, Err: err}
	case len(data) > MaxFileBytes:
		return nil, tooLarge(name, len(data), MaxFileBytes, "bytes")
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	c := &Conversation{}
	if err := d.Decode(c); err != nil {
		return nil, &spectron.Error{Op: opLoad, Code: spectron.CodeInvalid, Field: name, Err: err}
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, invalid(name, "data after the end of the conversation")
	}
	return c, nil
}
