package load

import (
	"context"
	"fmt"
)

// addDeliveries writes down which files were read, by name, size and time, so that
// what waits in a folder can be told from what was taken in.
func (b *builder) addDeliveries(ctx context.Context) error {
	var files []*file
	for _, s := range b.plan.sources {
		files = append(files, s.files...)
	}
	done := map[*file]bool{}
	for _, f := range files {
		if done[f] {
			continue
		}
		done[f] = true
		if err := b.exec(ctx, "INSERT INTO store.deliveries VALUES (?, ?, ?)", f.name(), f.info.Size(), f.info.ModTime().UTC()); err != nil {
			return err
		}
	}
	if b.previous == nil {
		return nil
	}
	return b.exec(ctx, fmt.Sprintf("INSERT INTO store.deliveries FROM %[1]s.deliveries WHERE (name, bytes, modified) NOT IN (SELECT (name, bytes, modified) FROM store.deliveries)", oldName))
}
