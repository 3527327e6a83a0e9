//go:build !linux

package kv

func (*medium) unmapPages(int64) {}
