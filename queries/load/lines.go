package load

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
)

// A record is what stands for one row in a file of text: a line, or several
// where a quoted value goes over lines.
type record struct {
	number int64 // from 1, header and blank lines included
	line   int64 // at which it begins, from 1
	text   []byte
}

// blank reports whether nothing is in it.
func (r record) blank() bool { return len(r.text) == 0 }

// records calls each with the records of a text file in their order. A record's
// text is good until each returns.
func (f *file) records(ctx context.Context, each func(record) error) error {
	in, err := f.decompressed(ctx, f.plain)
	if err != nil {
		return err
	}
	defer in.Close()
	b := bufio.NewReaderSize(in, 1<<20)
	end := lineEnd(b)
	if mark, err := b.Peek(3); err == nil && string(mark) == "\ufeff" {
		_, _ = b.Discard(3)
	}
	var quotes quoting
	if f.format == formatCSV {
		quotes = quoting{f.dialect, atStart}
	}
	r, line := record{}, int64(0)
	var text []byte
	for {
		part, err := b.ReadSlice(end)
		text = append(text, part...)
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		last := err != nil
		if len(text) > 0 {
			line++
			if r.line == 0 {
				r.line = line
			}
			if f.format != formatCSV || !quotes.open(text[len(r.text):]) || last {
				r.number++
				r.text = bytes.TrimRight(text, "\r\n")
				if err := each(r); err != nil {
					return err
				}
				quotes.state, r.line, r.text, text = atStart, 0, nil, text[:0]
			} else {
				r.text = text // as far as it was looked at
			}
		}
		if last {
			return nil
		}
	}
}

// lineEnd is the last character of the file's lines.
func lineEnd(b *bufio.Reader) byte {
	head, _ := b.Peek(1 << 16)
	at := bytes.IndexByte(head, '\r')
	if at >= 0 && at+1 < len(head) && bytes.IndexByte(head, '\n') < 0 {
		return '\r'
	}
	return '\n'
}

// A quoting follows the quotes of CSV from line to line.
type quoting struct {
	dialect
	state
}

type state int

const (
	atStart state = iota // of a value
	inPlain
	inQuotes
	behindQuote // that closes, or is one of two
)

// open reports whether a quoted value goes on behind the line.
func (q *quoting) open(line []byte) bool {
	quote, escape := q.quote[0], q.escape[0]
	if q.state != inQuotes && bytes.IndexByte(line, quote) < 0 {
		return false
	}
	for i := 0; i < len(line); i++ {
		c := line[i]
		switch q.state {
		case inQuotes:
			if c == escape && escape != quote {
				i++
			} else if c == quote {
				q.state = behindQuote
			}
			continue
		case behindQuote:
			if c == quote && escape == quote {
				q.state = inQuotes
				continue
			}
		case atStart:
			if c == quote {
				q.state = inQuotes
				continue
			}
		}
		switch {
		case bytes.HasPrefix(line[i:], []byte(q.delimiter)):
			q.state = atStart
		case q.state == atStart && c == ' ':
		default:
			q.state = inPlain
		}
	}
	return q.state == inQuotes
}
