package load

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"unicode/utf8"

	"github.com/klauspost/compress/zstd"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"accord/queries/store"
)

// Encodings other than UTF-8 that files are read in.
const (
	latin1 = "Latin-1" // read as Windows-1252, which has more letters in the same places
	utf16  = "UTF-16"
)

const examined = 1 << 20 // bytes at the head of a file by which its encoding is told

// decompressed opens the text of a file.
func (f *file) decompressed(ctx context.Context, path string) (io.ReadCloser, error) {
	raw, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	in := bufio.NewReaderSize(interruptible{ctx, raw}, 1<<20)
	switch _, ending := compression(path); ending {
	case ".gz":
		z, err := gzip.NewReader(in)
		if err != nil {
			return nil, errors.Join(f.damaged(err), raw.Close())
		}
		return readCloser{damageReader{z, f}, raw}, nil
	case ".zst":
		z, err := zstd.NewReader(in, zstd.WithDecoderConcurrency(1))
		if err != nil {
			return nil, errors.Join(f.damaged(err), raw.Close())
		}
		return readCloser{damageReader{z, f}, closing(func() error { z.Close(); return raw.Close() })}, nil
	}
	return readCloser{in, raw}, nil
}

func (f *file) damaged(err error) error {
	if errors.Is(err, context.Canceled) {
		return err
	}
	return fmt.Errorf("%s is cut off or damaged (%w): make or copy it again", f.name(), err)
}

// A damageReader says of which file an error is.
type damageReader struct {
	r io.Reader
	f *file
}

func (d damageReader) Read(p []byte) (int, error) {
	n, err := d.r.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		err = d.f.damaged(err)
	}
	return n, err
}

type readCloser struct {
	io.Reader
	io.Closer
}

type closing func() error

func (c closing) Close() error { return c() }

// toUTF8 finds out the encoding of a text file, and makes a copy in UTF-8 in the
// scratch folder where it is another.
func (b *builder) toUTF8(ctx context.Context, f *file) error {
	head, err := f.head(ctx)
	if err != nil {
		return err
	}
	switch {
	case bytes.HasPrefix(head, []byte{0xff, 0xfe}), bytes.HasPrefix(head, []byte{0xfe, 0xff}):
		return b.transcode(ctx, f, utf16)
	case bytes.IndexByte(head, 0) >= 0:
		return nil // no text
	case isLatin1(head):
		return b.transcode(ctx, f, latin1)
	case f.format != formatCSV && bytes.HasPrefix(head, []byte("\ufeff")):
		return b.transcode(ctx, f, "")
	}
	return nil
}

// head is the beginning of the file's text.
func (f *file) head(ctx context.Context) ([]byte, error) {
	in, err := f.decompressed(ctx, f.plain)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	head, err := io.ReadAll(io.LimitReader(in, examined))
	return head, err
}

// isLatin1 reports whether text has letters beyond ASCII and none of them is
// UTF-8. Text that has both kinds is UTF-8 with damage.
func isLatin1(text []byte) bool {
	other := false
	for len(text) > 0 {
		i := bytes.IndexFunc(text, func(r rune) bool { return r >= utf8.RuneSelf })
		if i < 0 {
			break
		}
		text = text[i:]
		r, size := utf8.DecodeRune(text)
		switch {
		case r == '\ufeff':
		case r != utf8.RuneError || size > 1:
			return false
		case utf8.FullRune(text): // and not cut off
			other = true
		}
		text = text[size:]
	}
	return other
}

// isLatin1 is [isLatin1] of the whole file.
func (f *file) isLatin1(ctx context.Context) (bool, error) {
	in, err := f.decompressed(ctx, f.path)
	if err != nil {
		return false, err
	}
	defer in.Close()
	b := bufio.NewReaderSize(in, examined)
	other := false
	for {
		line, err := b.ReadSlice('\n')
		if !utf8.Valid(line) {
			if !isLatin1(line) {
				return false, nil
			}
			other = true
		} else if bytes.ContainsFunc(line, func(r rune) bool { return r >= utf8.RuneSelf && r != '\ufeff' }) {
			return false, nil
		}
		switch {
		case errors.Is(err, io.EOF):
			return other, nil
		case err != nil && !errors.Is(err, bufio.ErrBufferFull):
			return false, err
		}
	}
}

// transcode makes a copy of the file in UTF-8, which is read in its place.
func (b *builder) transcode(ctx context.Context, f *file, encoding string) (err error) {
	in, err := f.decompressed(ctx, f.path)
	if err != nil {
		return err
	}
	defer in.Close()
	var text io.Reader
	switch encoding {
	case latin1:
		text = transform.NewReader(in, charmap.Windows1252.NewDecoder())
	case utf16:
		text = transform.NewReader(in, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder())
	default:
		text = transform.NewReader(in, unicode.UTF8BOM.NewDecoder())
	}
	out, err := os.CreateTemp(b.scratch.folder, "text-*.csv") // 0600
	if err != nil {
		return err
	}
	_, err = io.Copy(out, text)
	f.plain, f.encoding = out.Name(), encoding
	return errors.Join(err, out.Close())
}

// encodings makes copies in UTF-8 of files that have lines in another encoding
// and none in UTF-8 beyond ASCII, and tells whether there are any.
func (b *builder) encodings(ctx context.Context, in Input, files []*file) (found bool, err error) {
	if !hasLines(files) {
		return false, nil
	}
	for _, f := range files {
		if f.encoding != "" || f.format != formatCSV && f.format != formatNDJSON {
			continue
		}
		n, err := b.count(ctx, fmt.Sprintf("SELECT count(*) FROM %[1]s_bad_lines l JOIN %[1]s_bad_scans s USING (scan_id, file_id) WHERE error_type = 'INVALID ENCODING' AND file_path = %[2]s",
			in.Name, store.Literal(f.plain)))
		if err != nil {
			return false, err
		}
		if n == 0 {
			continue
		}
		if other, err := f.isLatin1(ctx); err != nil || !other {
			return found, err
		}
		if err := b.transcode(ctx, f, latin1); err != nil {
			return false, err
		}
		found = true
	}
	if found {
		return true, b.forgetLines(ctx, in, files)
	}
	return false, nil
}

// hasLines reports whether any of the files is read line by line, so that there
// is a table of its malformed lines.
func hasLines(files []*file) bool {
	return slices.ContainsFunc(files, func(f *file) bool { return f.format == formatCSV || f.format == formatNDJSON })
}
