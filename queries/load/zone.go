package load

import (
	"fmt"
	"sort"
	"strings"
	"time"
)

// A shift is the moment from which a zone has an offset from UTC.
type shift struct {
	from   time.Time // UTC
	offset int       // seconds
}

// shifts lists the offsets of a zone over the years that accord accepts. The
// first holds from the beginning. It looks at every day and not at
// [time.Time.ZoneBounds], which stands still in years that only the zone's
// closing rule covers.
func shifts(loc *time.Location) []shift {
	offset := func(t time.Time) int {
		_, seconds := t.In(loc).Zone()
		return seconds
	}
	day := time.Date(1990, 1, 1, 0, 0, 0, 0, time.UTC)
	end := time.Date(2101, 1, 2, 0, 0, 0, 0, time.UTC)
	out := []shift{{day, offset(day)}}
	for ; day.Before(end); day = day.AddDate(0, 0, 1) {
		before, after := offset(day), offset(day.AddDate(0, 0, 1))
		if before == after {
			continue
		}
		second := sort.Search(24*60*60, func(s int) bool { return offset(day.Add(time.Duration(s)*time.Second)) != before })
		out = append(out, shift{day.Add(time.Duration(second) * time.Second), after})
	}
	return out
}

// zoneMacros is the SQL for two functions: local_of turns a UTC time into the
// zone's clock, utc_of the other way. Both look the offset up in lists by year,
// which is many times faster than converting each row through ICU, and add it to
// the microseconds, which is faster than to add an interval. A local time
// that a clock change skips is read with the offset before the change, one that
// occurs twice as its first occurrence.
func zoneMacros(loc *time.Location) string {
	utc := shifts(loc)
	local := make([]shift, len(utc))
	for i, s := range utc {
		local[i] = shift{s.from, -s.offset}
		if i > 0 {
			// The old offset holds until the later of the two clocks.
			local[i].from = s.from.Add(time.Duration(max(utc[i-1].offset, s.offset)) * time.Second)
		}
	}
	return fmt.Sprintf("CREATE TEMP MACRO local_of(t) AS make_timestamp(epoch_us(t) + CAST(1000000 AS BIGINT) * (%s));\nCREATE TEMP MACRO utc_of(t) AS make_timestamp(epoch_us(t) + CAST(1000000 AS BIGINT) * (%s));",
		lookUp(utc), lookUp(local))
}

// The years that a zone's lists cover. Times outside them are rejected.
const (
	firstYear = 1990
	lastYear  = 2101
)

// lookUp is the SQL for the offset in seconds at t: of the changes of t's year,
// the last one that is not after t.
func lookUp(list []shift) string {
	if len(list) == 1 {
		return fmt.Sprint(list[0].offset)
	}
	years := lastYear - firstYear + 1
	byYear := make([][]shift, years)
	most := 0
	for _, s := range list[1:] {
		y := min(max(s.from.Year()-firstYear, 0), years-1)
		byYear[y] = append(byYear[y], s)
		most = max(most, len(byYear[y]))
	}
	// Column i holds each year's i-th change: when, and the offset before it.
	// The offset after the last is that of the column behind.
	from, before := make([][]string, most), make([][]string, most+1)
	offset := list[0].offset
	for _, changes := range byYear {
		for i := range most + 1 {
			before[i] = append(before[i], fmt.Sprint(offset))
			if i == most {
				break
			}
			moment := "infinity"
			if i < len(changes) {
				moment, offset = changes[i].from.Format(time.DateTime), changes[i].offset
			}
			from[i] = append(from[i], "TIMESTAMP '"+moment+"'")
		}
	}
	at := fmt.Sprintf("[least(greatest(year(t) - %d, 1), %d)]", firstYear-1, years)
	var b strings.Builder
	b.WriteString("CASE")
	for i := range most {
		fmt.Fprintf(&b, " WHEN t < [%s]%s THEN [%s]%s", strings.Join(from[i], ", "), at, strings.Join(before[i], ", "), at)
	}
	fmt.Fprintf(&b, " ELSE [%s]%s END", strings.Join(before[most], ", "), at)
	return b.String()
}
