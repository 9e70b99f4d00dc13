package queries

import (
	"context"
	"database/sql"
	"slices"

	"accord/queries/store"
)

// values are the flows for a purpose by the values of each of several dimensions,
// all read at once: to look through the roll-up takes most of the time.
func (d *Dataset) values(ctx context.Context, picked selection, dims []Dimension, purpose string) ([][]tally, error) {
	out := make([][]tally, len(dims))
	var numbered []*tally // the values of all, by the numbers that they are asked by
	first := make([]int32, len(dims))
	for i, dim := range dims {
		out[i], first[i] = make([]tally, len(dim.Values)), int32(len(numbered))
		for v, name := range dim.Values {
			out[i][v].name = name
			numbered = append(numbered, &out[i][v])
		}
	}
	if len(dims) == 0 {
		return out, nil
	}
	if picked.everyone {
		return out, d.valuesOfAll(ctx, dims, out, purpose)
	}
	segments, of, err := d.valueOf(ctx, picked, dims, first)
	if err != nil {
		return out, err
	}
	args := []any{sql.Named("segments", segments), sql.Named("groups", of)}
	err = concurrently(ctx,
		func(ctx context.Context) error {
			return d.each(ctx, "value_known", args, func(rows *sql.Rows) error {
				var i int
				var f flow
				err := rows.Scan(&i, &f.day, &f.starts, &f.ends)
				if err == nil {
					numbered[i].known = append(numbered[i].known, f)
				}
				return err
			})
		},
		func(ctx context.Context) error {
			return d.each(ctx, "value_steps", append(slices.Clone(args), sql.Named("purpose", purpose)), func(rows *sql.Rows) error {
				var i int
				var basis string
				var f flow
				err := rows.Scan(&i, &basis, &f.day, &f.starts, &f.ends)
				if err == nil {
					numbered[i].add(basis, f)
				}
				return err
			})
		})
	if err != nil {
		return nil, err
	}
	for _, t := range numbered {
		t.total()
	}
	return out, nil
}

// valuesOfAll are the flows of everyone, which are kept by each single dimension.
func (d *Dataset) valuesOfAll(ctx context.Context, dims []Dimension, out [][]tally, purpose string) error {
	named := map[[2]string]*tally{}
	for i, dim := range dims {
		for v, value := range dim.Values {
			named[[2]string{dim.Name, value}] = &out[i][v]
		}
	}
	err := d.each(ctx, "value_flow", []any{sql.Named("purpose", purpose)}, func(rows *sql.Rows) error {
		var dimension, value, basis string
		var f flow
		err := rows.Scan(&dimension, &value, &basis, &f.day, &f.starts, &f.ends)
		switch t := named[[2]string{dimension, value}]; {
		case t == nil: // not asked for
		case basis == "":
			t.known = append(t.known, f)
		default:
			t.add(basis, f)
		}
		return err
	})
	for _, t := range named {
		t.total()
	}
	return err
}

// valueOf is the segments picked, once for each dimension, and each one's value:
// those of a dimension are numbered from its first on, in their order.
func (d *Dataset) valueOf(ctx context.Context, picked selection, dims []Dimension, first []int32) (segments, of []int32, err error) {
	number := make([]map[string]int32, len(dims))
	columns := "segment_id"
	for i, dim := range dims {
		number[i] = map[string]int32{}
		for v, name := range dim.Values {
			number[i][name] = first[i] + int32(v)
		}
		columns += ", " + store.Identifier(dim.Name)
	}
	kept := map[int32]bool{}
	for _, s := range picked.segments {
		kept[s] = true
	}
	rows, err := d.query(ctx, "segments", "SELECT "+columns+" FROM segments ORDER BY segment_id")
	if err != nil {
		return nil, nil, err
	}
	defer rows.Close()
	var id int32
	values := make([]string, len(dims))
	to := []any{&id}
	for i := range values {
		to = append(to, &values[i])
	}
	for rows.Next() {
		if err := rows.Scan(to...); err != nil {
			return nil, nil, err
		}
		if picked.everyone || kept[id] {
			for i, value := range values {
				segments, of = append(segments, id), append(of, number[i][value])
			}
		}
	}
	return segments, of, asked(ctx, "segments", rows.Err())
}
