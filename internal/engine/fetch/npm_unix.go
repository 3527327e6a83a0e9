//go:build unix

package fetch

import (
	"os"
	"os/exec"
	"syscall"
)

// killTree makes the end of cmd's context kill the command with its children: npm is a script that starts others.
func killTree(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error {
		// A process that has been waited for has given its number back: another group may have it by now.
		if err := cmd.Process.Signal(syscall.Signal(0)); err != nil {
			return err
		}
		if err := syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL); err == syscall.ESRCH {
			return os.ErrProcessDone
		} else if err != nil {
			return err
		}
		return nil
	}
}
