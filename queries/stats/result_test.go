package stats

import (
	"encoding/json"
	"math"
	"testing"
)

func TestResultIsEstimateOrReason(t *testing.T) {
	good := Estimate{Value: 1, Low: 0.5, High: 2, Level: 0.95, Method: MethodWelch}
	with := func(change func(*Estimate)) Result {
		e := good
		change(&e)
		return Estimated(e)
	}
	for name, c := range map[string]struct {
		result Result
		want   Degenerate
	}{
		"good":            {Estimated(good), ""},
		"zero":            {Result{}, NotComputed},
		"undefined":       {Undefined(EmptyArm), EmptyArm},
		"undefined by ''": {Undefined(""), NotComputed},
		"NaN":             {with(func(e *Estimate) { e.Value = math.NaN() }), Overflow},
		"infinite":        {with(func(e *Estimate) { e.High = math.Inf(1) }), Overflow},
		"out of order":    {with(func(e *Estimate) { e.Low = 1.5 }), Invalid},
		"above":           {with(func(e *Estimate) { e.High = 0.9 }), Invalid},
		"no method":       {with(func(e *Estimate) { e.Method = "" }), Invalid},
		"no level":        {with(func(e *Estimate) { e.Level = 1 }), Invalid},
	} {
		e, reason := c.result.Estimate()
		if reason != c.want || c.result.Reason() != c.want {
			t.Errorf("%s: reason %q, want %q", name, reason, c.want)
		}
		if (reason != "") != (e == Estimate{}) {
			t.Errorf("%s: %v with reason %q", name, e, reason)
		}
	}
}

func TestResultAsJSON(t *testing.T) {
	for want, r := range map[string]Result{
		`{"value":1,"low":0.5,"high":2,"level":0.95,"method":"welch"}`: Estimated(Estimate{1, 0.5, 2, 0.95, MethodWelch}),
		`{"undefined":"zero_control"}`:                                 Undefined(ZeroControl),
		`{"undefined":"not_computed"}`:                                 {},
	} {
		got, err := json.Marshal(r)
		if err != nil || string(got) != want {
			t.Errorf("%s, %v; want %s", got, err, want)
		}
	}
}

func TestExcludesZero(t *testing.T) {
	for e, want := range map[Estimate]bool{
		{Low: -1, High: 1}: false, {Low: 0, High: 1}: false, {Low: -1, High: 0}: false,
		{Low: 1e-300, High: 1}: true, {Low: -1, High: -1e-300}: true,
	} {
		if e.ExcludesZero() != want {
			t.Errorf("%v: %v", e, !want)
		}
	}
}

func TestDefectsComeBeforeThinData(t *testing.T) {
	if got := worstReason("", EmptyArm, Invalid); got != Invalid {
		t.Error(got)
	}
	if got := worstReason("", TooFew, EmptyArm); got != TooFew {
		t.Error(got)
	}
	if got := worstReason(""); got != "" {
		t.Error(got)
	}
}
