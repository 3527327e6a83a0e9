//go:build !unix

package fetch

import (
	"os/exec"
	"runtime"
	"strconv"
)

// killTree makes the end of cmd's context kill the command with its children: npm is a script that starts others.
func killTree(cmd *exec.Cmd) {
	cmd.Cancel = func() error {
		if runtime.GOOS == "windows" {
			// It fails where the process is gone already; Kill then says so.
			_ = exec.Command("taskkill", "/T", "/F", "/PID", strconv.Itoa(cmd.Process.Pid)).Run()
		}
		return cmd.Process.Kill()
	}
}
