package load

import (
	"bufio"
	"compress/gzip"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// intact reports the first compressed file that is cut off or damaged. DuckDB
// reads such a file as far as it goes, and compares no checksum of gzip.
func intact(ctx context.Context, files []*file) error {
	for _, f := range files {
		path := f.plain
		var check func(io.Reader) error
		switch strings.ToLower(filepath.Ext(path)) {
		case ".gz":
			check = wholeGzip
		case ".zst":
			check = wholeZstd
		default:
			continue
		}
		in, err := os.Open(path)
		if err != nil {
			return err
		}
		err = check(interruptible{ctx, in})
		if closed := in.Close(); closed != nil || ctx.Err() != nil {
			return errors.Join(closed, ctx.Err())
		}
		if err != nil {
			return f.damaged(err)
		}
	}
	return nil
}

// An interruptible reader stops when its context does.
type interruptible struct {
	ctx context.Context
	r   io.Reader
}

func (i interruptible) Read(p []byte) (int, error) {
	if err := i.ctx.Err(); err != nil {
		return 0, err
	}
	return i.r.Read(p)
}

// wholeGzip reads r to its end, with the checksums on the way.
func wholeGzip(r io.Reader) error {
	z, err := gzip.NewReader(bufio.NewReaderSize(r, 1<<20))
	if err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, z)
	return err
}

// wholeZstd walks the frames and blocks of r to their end (RFC 8878, section
// 3.1). What is in the blocks is for DuckDB to check.
func wholeZstd(r io.Reader) error {
	const (
		frame         = 0xfd2fb528
		skippable     = 0x184d2a50
		skippableMask = 0xfffffff0
	)
	b := bufio.NewReaderSize(r, 1<<20)
	number := func(size int) (uint32, error) {
		var bytes [4]byte
		_, err := io.ReadFull(b, bytes[:size])
		return binary.LittleEndian.Uint32(bytes[:]), err
	}
	for frames := 0; ; frames++ {
		magic, err := number(4)
		switch {
		case errors.Is(err, io.EOF) && frames > 0: // and not io.ErrUnexpectedEOF
			return nil
		case err != nil:
			return err
		case magic&skippableMask == skippable:
			size, err := number(4)
			if err != nil {
				return err
			}
			if err := skip(b, size); err != nil {
				return err
			}
			continue
		case magic != frame:
			return errors.New("not zstd")
		}
		descriptor, err := number(1)
		if err != nil {
			return err
		}
		single := descriptor >> 5 & 1
		header := [4]uint32{single, 2, 4, 8}[descriptor>>6] + (1 - single) + [4]uint32{0, 1, 2, 4}[descriptor&3]
		if err := skip(b, header); err != nil {
			return err
		}
		for last := false; !last; {
			block, err := number(3)
			if err != nil {
				return err
			}
			last = block&1 == 1
			size := block >> 3
			if block>>1&3 == 1 { // one byte, repeated
				size = 1
			}
			if err := skip(b, size); err != nil {
				return err
			}
		}
		if err := skip(b, 4*(descriptor>>2&1)); err != nil {
			return err
		}
	}
}

func skip(b *bufio.Reader, n uint32) error {
	_, err := b.Discard(int(n))
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}
