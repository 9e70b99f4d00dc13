package panel

import (
	"strings"
	"testing"

	"accord/tui/words"
)

// A panel that lacks more than the one before says which files it takes itself.
func TestOnce(t *testing.T) {
	p := words.New(words.English)
	lacking := p.NoInput("consents")
	got := Once(p, []Panel{{Name: "ladder", Finding: lacking}, {Name: "stated", Finding: lacking}, {Name: "customers", Finding: lacking, Short: lacking}})
	if got[0].Finding != lacking {
		t.Errorf("the first says %q", got[0].Finding)
	}
	if !strings.Contains(got[1].Finding, "survey with customer_id") || got[1].Short != got[1].Finding {
		t.Errorf("the second says %q and %q, want the survey file", got[1].Finding, got[1].Short)
	}
	if got[2].Finding != "Likewise." {
		t.Errorf("the third says %q", got[2].Finding)
	}
}
