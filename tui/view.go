package tui

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/BurntSushi/toml"

	"accord/queries"
	"accord/tui/words"
)

// A View is what is on screen and how: enough to bring back exactly that. It is
// kept as TOML and can be given to somebody else, who sees the same of the same
// data.
type View struct {
	Screen string         `toml:"screen"` // one of Screens
	Filter string         `toml:"filter"` // in its canonical form
	Focus  int            `toml:"focus"`  // the panel that the keys go to, from 0
	Choice queries.Choice `toml:"choice"` // how the answer is cut
	Panels []Place        `toml:"panels"` // in their order
}

// A Place is where the cursor of a panel stands, and how the panel is shown.
type Place struct {
	Row    int  `toml:"row"`
	Column int  `toml:"column"`
	Table  bool `toml:"table"` // as a table and not as a chart
	Order  int  `toml:"order"` // of its rows
}

// viewHead begins the file of a view.
const viewHead = "# A view of accord: what was on screen. `accord --view FILE` shows it again.\n"

// viewName is what a view can be called: it names a file.
var viewName = regexp.MustCompile(`^[\pL\pN][\pL\pN _-]{0,39}$`)

// viewPath is the file of a view in a folder.
func viewPath(folder, name string) string { return filepath.Join(folder, name+".toml") }

// ReadView reads the view of that name in the folder, or the file of that name
// if it ends in .toml. Its errors say what is wrong with it.
func ReadView(folder, name string) (View, error) {
	path := name
	if !strings.HasSuffix(name, ".toml") {
		if !viewName.MatchString(name) {
			return View{}, &words.Fault{Key: words.Key("%q is not the name of a view, nor a .toml file"), Args: []any{name}}
		}
		path = viewPath(folder, name)
	}
	var v View
	meta, err := toml.DecodeFile(path, &v)
	switch {
	case errors.Is(err, os.ErrNotExist) && path != name:
		return View{}, noView(name, Views(folder))
	case err != nil:
		return View{}, fmt.Errorf("%s: %w", path, err)
	case len(meta.Undecoded()) > 0:
		return View{}, &words.Fault{Key: words.Key("%s: a view has no %s"), Args: []any{path, meta.Undecoded()[0]}}
	case !slices.Contains(Screens(), v.Screen):
		return View{}, &words.Fault{Key: words.Key("%s: there is no screen %q: write one of %s"), Args: []any{path, v.Screen, strings.Join(Screens(), ", ")}}
	}
	if _, err := queries.ParseFilter(v.Filter); err != nil {
		return View{}, fmt.Errorf("%s: %w", path, err)
	}
	for _, p := range v.Panels {
		if p.Row < 0 || p.Column < 0 || p.Order < 0 {
			return View{}, &words.Fault{Key: words.Key("%s: rows, columns and orders are counted from 0"), Args: []any{path}}
		}
	}
	if v.Focus < 0 {
		return View{}, &words.Fault{Key: words.Key("%s: focus is counted from 0"), Args: []any{path}}
	}
	return v, nil
}

// noView says which views there are instead.
func noView(name string, there []string) error {
	if len(there) == 0 {
		return &words.Fault{Key: words.Key("there is no view %s, nor any other"), Args: []any{name}}
	}
	return &words.Fault{Key: words.Key("there is no view %s; there are: %s"), Args: []any{name, strings.Join(there, ", ")}}
}

// Views lists the names of the views in a folder, sorted.
func Views(folder string) []string {
	files, err := os.ReadDir(folder)
	if err != nil {
		return nil // there is none yet
	}
	var names []string
	for _, f := range files {
		if name, ok := strings.CutSuffix(f.Name(), ".toml"); ok && viewName.MatchString(name) {
			names = append(names, name)
		}
	}
	return names
}

// writeView keeps a view under a name, in place of one that is there.
func writeView(folder, name string, v View) (err error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(folder, ".view-*") // 0600
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.WriteString(viewHead)
	if err := errors.Join(err, toml.NewEncoder(f).Encode(v), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), viewPath(folder, name))
}

// view is what is on screen now.
func (a *app) view() View {
	p := a.pages[a.shown]
	v := View{Screen: p.Name(), Filter: a.filters.current().String(), Choice: p.Choice()}
	if p.answered {
		v.Filter, v.Choice = p.filter.String(), p.settled()
	}
	v.Focus, v.Panels = p.Places()
	return v
}

// bring puts a view on screen.
func (a *app) bring(v View) tea.Cmd {
	if !a.place(v) {
		return nil
	}
	return a.ask()
}

// place makes a view the one that the next answer is for and reports whether
// there is such a screen.
func (a *app) place(v View) bool {
	f, err := queries.ParseFilter(v.Filter)
	i := slices.IndexFunc(a.pages, func(p *page) bool { return p.Name() == v.Screen })
	if err != nil || i < 0 {
		a.status = a.words.Say("There is no screen %s here.", v.Screen)
		return false
	}
	a.shown = i
	a.filters.set(f)
	p := a.pages[i]
	p.SetChoice(v.Choice)
	p.SetPlaces(v.Focus, v.Panels)
	return true
}
