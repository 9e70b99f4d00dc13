package sampledata

import (
	"fmt"
	"time"
)

// Day counts days since 1970-01-01; it is a calendar day in Toronto.
type Day int

// UnmarshalText reads a day written as 2018-03-17.
func (d *Day) UnmarshalText(text []byte) error {
	t, err := time.Parse(time.DateOnly, string(text))
	if err != nil {
		return fmt.Errorf("%q is not a day like 2018-03-17", text)
	}
	*d = Day(t.Unix() / daySeconds)
	return nil
}

// String writes the day as 2018-03-17.
func (d Day) String() string { return d.date().Format(time.DateOnly) }

func (d Day) date() time.Time { return time.Unix(int64(d)*daySeconds, 0).UTC() }

// weekday is 0 for Sunday; 1970-01-01 was a Thursday.
func (d Day) weekday() int { return (int(d)%7 + 11) % 7 }

// at is the instant of a time of day in Toronto.
func (d Day) at(second int64) int64 {
	wall := int64(d)*daySeconds + second
	return wall - offset(wall+5*hourSeconds)
}

const (
	hourSeconds = int64(3600)
	daySeconds  = 24 * hourSeconds
	yearSeconds = 365 * daySeconds
)

// Instants are seconds since 1970 in UTC. The generator keeps Toronto's rule itself, so that its bytes
// do not depend on the time-zone files of the machine: daylight saving has run from the second Sunday of
// March to the first of November, at two in the morning, since 2007.
var transitions = torontoTransitions(2007, 2020)

func torontoTransitions(first, last int) []int64 {
	var out []int64
	for year := first; year <= last; year++ {
		march := time.Date(year, time.March, 1, 0, 0, 0, 0, time.UTC)
		spring := march.AddDate(0, 0, (7-int(march.Weekday()))%7+7)
		november := time.Date(year, time.November, 1, 0, 0, 0, 0, time.UTC)
		autumn := november.AddDate(0, 0, (7-int(november.Weekday()))%7)
		out = append(out, spring.Unix()+7*hourSeconds, autumn.Unix()+6*hourSeconds)
	}
	return out
}

// offset is what Toronto's clocks add to UTC at an instant, in seconds.
func offset(instant int64) int64 {
	low, high := 0, len(transitions)
	for low < high {
		middle := (low + high) / 2
		if transitions[middle] <= instant {
			low = middle + 1
		} else {
			high = middle
		}
	}
	if low%2 == 1 {
		return -4 * hourSeconds
	}
	return -5 * hourSeconds
}

// dayOf is the day in Toronto and the second in it.
func dayOf(instant int64) (Day, int64) {
	wall := instant + offset(instant)
	return Day(wall / daySeconds), wall % daySeconds
}

// addMonths moves an instant by calendar months, to the end of the day reached.
func addMonths(instant int64, months int) int64 {
	day, _ := dayOf(instant)
	date := day.date().AddDate(0, months, 0)
	return Day(date.Unix() / daySeconds).at(0)
}

// appendInstant writes an instant as 2018-03-19T09:12:44-04:00.
func appendInstant(b []byte, instant int64) []byte {
	shift := offset(instant)
	t := time.Unix(instant+shift, 0).UTC()
	year, month, day := t.Date()
	hour, minute, second := t.Clock()
	b = append(b, byte('0'+year/1000), byte('0'+year/100%10), byte('0'+year/10%10), byte('0'+year%10), '-')
	b = append(appendTwo(append(appendTwo(b, int(month)), '-'), day), 'T')
	b = append(appendTwo(append(appendTwo(b, hour), ':'), minute), ':')
	b = append(appendTwo(b, second), '-', '0', byte('0'-shift/hourSeconds), ':', '0', '0')
	return b
}

func appendTwo(b []byte, n int) []byte { return append(b, byte('0'+n/10), byte('0'+n%10)) }
