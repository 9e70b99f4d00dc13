package load

import (
	"fmt"
	"math"
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
// zone's clock, utc_of the other way. Both look the offset up in lists, which is
// many times faster than converting each row through ICU, and add it to the
// microseconds, which is faster than to add an interval. The lists are variables,
// as long literals would be read and optimised anew wherever a macro is used. A
// local time that a clock change skips is read with the offset before the change,
// one that occurs twice as its first occurrence.
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
	return shiftMacro("local_of", utc) + shiftMacro("utc_of", local)
}

// A span is about a year, in microseconds: changes of clocks are looked up by the
// span that a time is in, counted since 1970.
const span = 365 * 24 * 60 * 60 * 1_000_000

// shiftMacro is the SQL for a function that adds to a time t the offset at t: of
// the changes in t's span, that behind the last one that is not after t.
func shiftMacro(name string, list []shift) string {
	at := func(s shift) int64 { return s.from.UnixMicro() / span }
	first, spans := at(list[0]), at(list[len(list)-1])-at(list[0])+1
	bySpan := make([][]shift, spans)
	most := 0
	for _, s := range list[1:] {
		i := at(s) - first
		bySpan[i] = append(bySpan[i], s)
		most = max(most, len(bySpan[i]))
	}
	// List i holds each span's i-th change: when, and the offset before it. The
	// offset after the last is that of the list behind.
	from, before := make([][]string, most), make([][]string, most+1)
	offset := list[0].offset
	for _, changes := range bySpan {
		for i := range most + 1 {
			before[i] = append(before[i], fmt.Sprint(int64(offset)*1_000_000))
			if i == most {
				break
			}
			moment := int64(math.MaxInt64)
			if i < len(changes) {
				moment, offset = changes[i].from.UnixMicro(), changes[i].offset
			}
			from[i] = append(from[i], fmt.Sprint(moment))
		}
	}
	var b, shifted strings.Builder
	variable := func(kind string, i int, list []string) string {
		v := fmt.Sprintf("%s_%s_%d", name, kind, i)
		fmt.Fprintf(&b, "SET VARIABLE %s = CAST([%s] AS BIGINT[]);\n", v, strings.Join(list, ", "))
		return fmt.Sprintf("getvariable('%s')[least(greatest(epoch_us(t) // %d - %d, 1), %d)]", v, int64(span), first-1, spans)
	}
	for i := range most {
		fmt.Fprintf(&shifted, " WHEN epoch_us(t) < %s THEN %s", variable("from", i, from[i]), variable("before", i, before[i]))
	}
	last := variable("before", most, before[most])
	if most > 0 {
		last = "CASE" + shifted.String() + " ELSE " + last + " END"
	}
	fmt.Fprintf(&b, "CREATE TEMP MACRO %s(t) AS make_timestamp(epoch_us(t) + %s);\n", name, last)
	return b.String()
}
