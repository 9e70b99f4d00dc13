package queries_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"testing"

	"accord/queries"
)

// An attacker has one answer as it is exported, and tries what arithmetic gives.
type attacker struct {
	*testing.T
	what string
	k    float64
}

func (a attacker) few(n float64) bool { return math.Round(n) > 0 && math.Round(n) < a.k }

// counts are the keys under which answers count people.
var counts = map[string]bool{
	"n": true, "people": true, "requests": true, "assigned": true, "mature": true, "immature": true, "delivered": true, "in_two_arms": true,
	"known": true, "known_before": true, "known_at_both": true, "moved": true, "up": true, "down": true, "entries": true, "exits": true, "customers": true,
	"sceptical": true, "ended": true, "valid": true, "within": true, "to": true, "machines": true, "of": true, "numerator": true, "denominator": true,
	"now": true, "before": true, "then": true,
}

// direct looks at every figure on its own: counts, what is left of a whole, and
// shares of a known whole.
func (a attacker) direct(at string, key string, v any) {
	switch x := v.(type) {
	case []any:
		for i, y := range x {
			a.direct(fmt.Sprintf("%s[%d]", at, i), key, y)
		}
	case map[string]any:
		n, there := x["numerator"].(float64)
		of, whole := x["denominator"].(float64)
		share, estimated := in(x, "share", "value").(float64)
		switch {
		case there && whole && a.few(of-n):
			a.Errorf("%s: %s: %v of %v leaves few", a.what, at, n, of)
		case estimated && !there:
			a.Errorf("%s: %s: a share of %v without its count: %v", a.what, at, of, share*of)
		}
		for key, y := range x {
			a.direct(at+"."+key, key, y)
		}
	case float64:
		if counts[key] && a.few(x) {
			a.Errorf("%s: %s: %v people", a.what, at, x)
		}
	}
}

// parts tries a whole less its parts, and a hidden whole as the sum of its parts.
func (a attacker) parts(name string, whole any, parts ...any) {
	var sum float64
	hidden := 0
	for _, p := range parts {
		if n, there := p.(float64); there {
			sum += n
		} else {
			hidden++
		}
	}
	n, there := whole.(float64)
	switch {
	case there && hidden > 0 && a.few(n-sum):
		a.Errorf("%s: %s: %v hidden people are %v less what is shown of it", a.what, name, n-sum, n)
	case !there && hidden == 0 && a.few(sum):
		a.Errorf("%s: %s: a hidden whole of %v follows from its parts", a.what, name, sum)
	}
}

// apart tries two figures of the same, which may differ but not by few.
func (a attacker) apart(name string, x, y any) {
	n, there := x.(float64)
	m, also := y.(float64)
	if there && also && a.few(math.Abs(n-m)) {
		a.Errorf("%s: %s: %v and %v differ by few", a.what, name, n, m)
	}
}

// in goes down an answer: by key, or by place in a list; nil where it is not.
func in(v any, path ...any) any {
	for _, p := range path {
		switch x := v.(type) {
		case map[string]any:
			key, _ := p.(string)
			v = x[key]
		case []any:
			i, ok := p.(int)
			if !ok || i >= len(x) {
				return nil
			}
			v = x[i]
		default:
			return nil
		}
	}
	return v
}

// each is what is at a path of every element of a list.
func each(v any, list string, path ...any) []any {
	var out []any
	elements, _ := in(v, list).([]any)
	for _, e := range elements {
		out = append(out, in(e, path...))
	}
	return out
}

// groups tries rows against their whole, along rows and down columns, and the
// cells of the grid against both.
func (a attacker) groups(name string, s any) {
	a.parts(name+" n", in(s, "whole", "n"), each(s, "rows", "n")...)
	names, _ := in(s, "parts").([]any)
	for i := range names {
		a.parts(fmt.Sprint(name, " part ", i), in(s, "whole", "parts", i, "numerator"), each(s, "rows", "parts", i, "numerator")...)
	}
	rows, _ := in(s, "rows").([]any)
	for i, r := range append([]any{in(s, "whole")}, rows...) {
		if in(s, "stacked") == true {
			a.parts(fmt.Sprint(name, " row ", i), in(r, "n"), each(r, "parts", "numerator")...)
		}
		if cells, _ := in(s, "grid", "cells").([]any); i > 0 && i <= len(cells) && in(s, "choice", "measure") != queries.MeasureGap {
			a.parts(fmt.Sprint(name, " grid row ", i), in(r, "n"), each(map[string]any{"row": cells[i-1]}, "row", "n")...)
		}
	}
}

// engagement tries its panels against each other.
func (a attacker) engagement(e any) {
	a.groups("groups", in(e, "groups"))
	figures := map[string]any{}
	list, _ := in(e, "figures").([]any)
	for _, f := range list {
		figures[fmt.Sprint(in(f, "metric"))] = f
		n, raw, people := in(f, "n"), in(f, "raw"), in(f, "people")
		if r, there := raw.(float64); there {
			a.apart("machines of "+fmt.Sprint(in(f, "metric")), r*n.(float64), people)
		}
	}
	f := figures[fmt.Sprint(in(e, "choice", "measure"))]
	if in(e, "choice", "measure") != string(queries.Revenue) {
		a.parts("figure by groups", in(f, "people"), each(in(e, "groups"), "rows", "parts", 0, "numerator")...)
		a.parts("figure over time", in(f, "people"), each(in(e, "course"), "steps", "people")...)
		a.parts("messages over time", in(f, "n"), each(in(e, "course"), "steps", "n")...)
	}
	machine := figures[fmt.Sprint(in(e, "machine", "metric"))]
	a.parts("figure by campaign", in(machine, "people"), each(in(e, "machine"), "rows", "human", "numerator")...)
	if raw, there := in(machine, "raw").(float64); there {
		all := raw * in(machine, "n").(float64)
		people, _ := in(machine, "people").(float64)
		a.parts("machines by campaign", math.Round(all-people), each(in(e, "machine"), "rows", "machine", "numerator")...)
	}
	for key, metric := range map[string]queries.Metric{"clicks": queries.HumanClick, "unsubscribes": queries.Unsubscribe} {
		rows := each(in(e, "fatigue"), "rows", key, "numerator")
		a.parts("fatigue "+key, in(figures[string(metric)], "people"), rows...)
		var sum float64
		for _, r := range rows {
			n, there := r.(float64)
			if sum += n; !there {
				sum = math.NaN()
			}
		}
		if len(rows) > 0 {
			a.apart("fatigue beside "+key, sum, in(figures[string(metric)], "people"))
		}
	}
	a.apart("moments", in(e, "moments", "people"), in(figures[fmt.Sprint(in(e, "moments", "metric"))], "people"))
	a.parts("moments by hour", in(e, "moments", "people"), each(in(e, "moments"), "cells", "people")...)
}

// changes tries one side where the other is hidden.
func (a attacker) changes(c any) {
	rows, _ := in(c, "rows").([]any)
	for _, r := range rows {
		_, now := in(r, "now", "value").(float64)
		_, then := in(r, "then", "value").(float64)
		_, change := in(r, "change", "value").(float64)
		hidden := in(r, "now", "suppressed") != nil || in(r, "then", "suppressed") != nil
		if hidden && (now && then || change) {
			a.Errorf("%s: %v shows what is hidden", a.what, r)
		}
	}
}

// attack tries everything on one answer.
func (a attacker) attack(answer any) {
	text, err := json.Marshal(answer)
	if err != nil {
		a.Fatal(err)
	}
	var x any
	if err := json.Unmarshal(text, &x); err != nil {
		a.Fatal(err)
	}
	a.direct("", "", x)
	a.changes(in(x, "changes"))
	switch answer.(type) {
	case queries.Overview:
		s := in(x, "stance")
		a.parts("stance", in(s, "n"), in(s, "willing", "numerator"), in(s, "not_willing", "numerator"))
		a.parts("not willing", in(s, "not_willing", "numerator"), in(s, "sceptical", "numerator"), in(s, "undecided", "numerator"))
	case queries.Segments:
		a.groups("segments", x)
	case queries.Engagement:
		a.engagement(x)
	case queries.Lift:
		campaigns, _ := in(x, "campaigns").([]any)
		for _, c := range campaigns {
			arms, _ := in(c, "arms").([]any)
			for _, arm := range arms {
				a.parts("arm", in(arm, "assigned"), in(arm, "mature"), in(arm, "immature"))
			}
		}
	case queries.Trust:
		a.parts("ladder", in(x, "ladder", "known"), each(in(x, "ladder"), "rungs", "now", "numerator")...)
		a.parts("ladder before", in(x, "ladder", "known_before"), each(in(x, "ladder"), "rungs", "before", "numerator")...)
		a.parts("matrix", in(x, "ladder", "known_before"), each(in(x, "matrix"), "rows", "n")...)
		s := in(x, "stated")
		a.parts("stated", in(s, "n"), in(s, "willing_opted_in", "numerator"), in(s, "willing_not_opted_in", "numerator"), in(s, "not_willing_opted_in", "numerator"), in(s, "not_willing_not_opted_in", "numerator"))
		a.parts("stated groups", in(s, "n"), each(s, "groups", "n")...)
	}
}

// No count of few people follows from an answer to any question, whatever it
// compares with: not as it is exported, nor from totals less parts, shares of
// wholes, complements, or one panel beside another. Counts of the audit are exempt.
func TestAttackerFindsNobody(t *testing.T) {
	ctx := context.Background()
	for _, seed := range []uint64{0, 3} {
		s := newShop(70+seed, 150+100*int(seed))
		for i := range s.customers {
			if i%(17+int(seed)) == 0 {
				s.customers[i].region = []string{"NT", "YT", "PE"}[i%3]
			}
		}
		d := s.open(t, queries.Options{})
		for _, text := range []string{
			"", "region=QC vs=rest", "age_band!=55+ vs=rest", "region=ON,QC age_band=18-34 vs=rest", "since=2018-06-01 vs=previous", "since=2018-04-01 until=2018-05-31", "region!=QC vs=year", "region=NT vs=rest",
		} {
			f := mustParse(t, text)
			try := func(what string, answer any, err error) {
				var refused *queries.RefusedError
				if errors.As(err, &refused) {
					return // as every question does, or this one would show what another hides
				}
				if err != nil {
					t.Fatal(what, text, err)
				}
				attacker{t, fmt.Sprintf("%d %s %q", seed, what, text), 11}.attack(answer)
			}
			o, err := d.Overview(ctx, f)
			if refused := err != nil; refused {
				if _, err := d.Engagement(ctx, f, queries.Choice{}); err == nil {
					t.Errorf("%q is refused by one question and answered by another", text)
				}
				continue
			}
			try("overview", o, err)
			for _, m := range []string{queries.MeasureStance, queries.MeasureStates, queries.MeasureGap, queries.MeasureEngagement, queries.MeasureRevenue} {
				a, err := d.Segments(ctx, f, queries.Choice{Measure: m, By: "region"})
				try("segments "+m, a, err)
			}
			for _, c := range []queries.Choice{{By: "region"}, {By: "content", Measure: "conversion"}, {By: "campaign"}} {
				a, err := d.Engagement(ctx, f, c)
				try("engagement "+c.String(), a, err)
			}
			l, err := d.Lift(ctx, f, queries.Choice{By: "region"})
			try("lift", l, err)
			c, err := d.Consent(ctx, f, queries.Choice{By: "region"})
			try("consent", c, err)
			x, err := d.Trust(ctx, f, queries.Choice{By: "region"})
			try("trust", x, err)
		}
	}
}
