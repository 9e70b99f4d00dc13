package sampledata

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"os"
)

// csvWriter writes CSV files; small tables stay plain, to be read by eye.
type csvWriter struct{ compressed bool }

func (w csvWriter) write(_ context.Context, path string, sheets ...*sheet) error {
	if w.compressed && !sheets[0].small {
		return writeCSV(path+".csv.gz", sheets, true)
	}
	return writeCSV(path+".csv", sheets, false)
}

func (w csvWriter) close() error { return nil }

// writeCSV writes sheets of one table to a file, compressed if asked, with the header first.
func writeCSV(path string, sheets []*sheet, compressed bool) (err error) {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer func() {
		if closed := f.Close(); err == nil {
			err = closed
		}
	}()
	if !compressed {
		return encodeCSV(f, sheets)
	}
	z, err := gzip.NewWriterLevel(f, gzip.BestCompression)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	if err := encodeCSV(z, sheets); err != nil {
		return err
	}
	return z.Close()
}

func encodeCSV(to io.Writer, sheets []*sheet) error {
	w := bufio.NewWriterSize(to, 1<<16)
	for i, c := range sheets[0].columns {
		if i > 0 {
			w.WriteByte(',')
		}
		w.WriteString(c.name)
	}
	w.WriteByte('\n')
	var cell []byte
	for _, s := range sheets {
		for i := range s.rows {
			row := s.row(i)
			for column := range s.columns {
				if column > 0 {
					w.WriteByte(',')
				}
				cell = s.appendCell(cell[:0], column, row)
				writeQuoted(w, cell)
			}
			w.WriteByte('\n')
		}
	}
	// The buffer keeps the first error of any write.
	return w.Flush()
}

func writeQuoted(w *bufio.Writer, cell []byte) {
	if !bytes.ContainsAny(cell, ",\"\n\r") {
		w.Write(cell)
		return
	}
	w.WriteByte('"')
	w.Write(bytes.ReplaceAll(cell, []byte(`"`), []byte(`""`)))
	w.WriteByte('"')
}
