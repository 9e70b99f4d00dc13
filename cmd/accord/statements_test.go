package main

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"accord/queries"
	"accord/tui/panel"
	"accord/tui/words"
)

// Every panel has statements of its own: the names by which questions mark what
// they ask for are those of the panels.
func TestEveryPanelHasStatements(t *testing.T) {
	t.Parallel()
	store, err := sample()
	must(t, err)
	path := filepath.Join(t.TempDir(), "sample.duckdb")
	must(t, os.Link(store, path))
	d, err := queries.Open(context.Background(), path, queries.Options{})
	must(t, err)
	t.Cleanup(func() { _ = d.Close() })
	p := words.New(words.English)
	f, err := queries.ParseFilter("region=QC vs=rest")
	must(t, err)
	for screen, ask := range map[string]func(context.Context) ([]panel.Panel, error){
		"overview": func(ctx context.Context) ([]panel.Panel, error) {
			a, err := d.Overview(ctx, f)
			return panel.Overview(p, a), err
		},
		"segments": func(ctx context.Context) ([]panel.Panel, error) {
			a, err := d.Segments(ctx, f, queries.Choice{})
			return panel.Segments(p, a), err
		},
		"engagement": func(ctx context.Context) ([]panel.Panel, error) {
			a, err := d.Engagement(ctx, f, queries.Choice{})
			return panel.Engagement(p, f, a), err
		},
		"consent": func(ctx context.Context) ([]panel.Panel, error) {
			a, err := d.Consent(ctx, f, queries.Choice{})
			return panel.Consent(p, a), err
		},
		"trust": func(ctx context.Context) ([]panel.Panel, error) {
			a, err := d.Trust(ctx, f, queries.Choice{})
			return panel.Trust(p, a), err
		},
		"audit": func(ctx context.Context) ([]panel.Panel, error) {
			a, err := d.Audit(ctx, f)
			return panel.Audit(p, a), err
		},
	} {
		ctx, trace := queries.Traced(context.Background())
		panels, err := ask(ctx)
		must(t, err)
		var named []string
		for _, x := range panels {
			named = append(named, x.Name)
			if !slices.ContainsFunc(trace.Statements(), func(s queries.Statement) bool { return slices.Contains(s.About, x.Name) }) {
				t.Errorf("%s: the panel %s has no statement of its own", screen, x.Name)
			}
		}
		for _, s := range trace.Statements() {
			for _, part := range s.About {
				if !slices.Contains(named, part) {
					t.Errorf("%s: %s is asked for %s, which is no panel", screen, s.Name, part)
				}
			}
		}
	}
}
