package main

import (
	"bytes"
	"context"
	"io/fs"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestRun(t *testing.T) {
	t.Parallel()
	folder, err := fs.Sub(handbook, "handbook")
	require.NoError(t, err)
	var out bytes.Buffer
	questions := "When do parcels leave the warehouse?\nHow much is a saddle?\nCan a bicycle come back?\n"
	require.NoError(t, run(context.Background(), "mem://", folder, strings.NewReader(questions), &out))
	for _, want := range []string{
		"Reading   [##############################] 3/3",
		"1. Shipping Times Parcels leave the warehouse in Leipzig every morning at six. Within Germany they take two days.\n   Shipping, Times, characters ",
		"part: saddle; price in euros: 45; in stock: no",
		"\n   Refunds, Bicycles, characters ",
	} {
		require.Contains(t, out.String(), want)
	}
}
