package queries_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"accord/queries"
)

// Two campaigns of 2,000 customers, each half in either arm over all. The first
// splits every day alike; the second gives its arm nine in ten of the later
// half of its days, so that time alone can make a difference.
func TestArmsChangedAfterTheStart(t *testing.T) {
	t.Parallel()
	var customers, assignments strings.Builder
	customers.WriteString("customer_id,region\n")
	assignments.WriteString("campaign_id,customer_id,arm,assigned_at,clicked\n")
	for i := range 2000 {
		fmt.Fprintf(&customers, "C%d,%s\n", i, []string{"QC", "ON"}[i/2%2])
		day := fmt.Sprintf("2018-03-%02d", 1+i/100)
		steady := []string{"generic", "personalised"}[i%2]
		changed := "generic"
		if (i < 1000) == (i%10 == 0) {
			changed = "personalised"
		}
		fmt.Fprintf(&assignments, "steady,C%d,%s,%s,%d\nchanged,C%d,%s,%s,%d\n", i, steady, day, i%7/6, i, changed, day, i%7/6)
	}
	folder := t.TempDir()
	for name, text := range map[string]string{
		"customers.csv": customers.String(), "assignments.csv": assignments.String(),
		"campaigns.csv": "campaign_id,control_arm\nsteady,generic\nchanged,generic\n",
		"arms.csv":      "campaign_id,arm,planned_share\nsteady,generic,0.5\nsteady,personalised,0.5\nchanged,generic,0.5\nchanged,personalised,0.5\n",
		"accord.toml":   "as_of = '2018-06-30'",
	} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	d := openFiles(t, folder)
	for _, c := range ask(t, d, queries.Choice{}).Campaigns {
		switch {
		case c.Campaign == "steady" && (c.SplitWrong || c.SplitBy != ""):
			t.Errorf("%s: the split is said to be wrong by %q", c.Campaign, c.SplitBy)
		case c.Campaign == "changed" && (!c.SplitWrong || c.SplitBy != queries.ByDay):
			t.Errorf("%s: split wrong %t by %q, want by the day", c.Campaign, c.SplitWrong, c.SplitBy)
		}
		if p, ok := c.SampleRatio.Value(); !ok || p.P < 0.9 {
			t.Errorf("%s: the sizes of the arms over all say %+v", c.Campaign, p)
		}
	}
}
