package tui

import (
	"context"
	"errors"
	"io"
	"os"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"accord/queries"
	"accord/tui/words"
)

// Questions are what the screens ask.
type Questions interface {
	Provenance() queries.Provenance
	Vocabulary() queries.Vocabulary
	Overview(context.Context, queries.Filter) (queries.Overview, error)
	Lift(context.Context, queries.Filter, queries.Choice) (queries.Lift, error)
	Consent(context.Context, queries.Filter, queries.Choice) (queries.Consent, error)
	Trust(context.Context, queries.Filter, queries.Choice) (queries.Trust, error)
	Audit(context.Context, queries.Filter) (queries.Audit, error)
	Segments(context.Context, queries.Filter, queries.Choice) (queries.Segments, error)
	Engagement(context.Context, queries.Filter, queries.Choice) (queries.Engagement, error)
	Data(context.Context) (queries.Data, error)
	Run(ctx context.Context, statement string) (queries.Rows, error)
	StoredTables(context.Context) ([]queries.StoredTable, error)
	People(context.Context, queries.Filter, queries.Choice) (queries.People, error)
	KeyCheck() string
}

// Progress is how far the opening of the data has come.
type Progress struct {
	Stage string  // what is being done, a key of package words
	Done  float64 // 0 to 1, of all stages
}

// Ahead is what is known of the data before it is open: what its Overview says
// without a filter. It is shown until Open returns, where the program starts with it.
type Ahead struct {
	Provenance queries.Provenance
	Overview   queries.Overview
}

// Config is what the program starts with.
type Config struct {
	// Open finds the data. It runs beside the program, which shows the progress
	// it reports, and must return soon once its context is cancelled. What it
	// returns is closed at the end if it is an io.Closer.
	Open    func(ctx context.Context, progress func(Progress)) (Questions, error)
	Ahead   *Ahead // nil = nothing is known before
	Printer *words.Printer
	Keymap  Keymap
	First   bool   // teach the most needed keys until one is pressed
	Theme   string // "auto", "dark" or "light"; auto asks the terminal
	ASCII   bool   // draw with ASCII only
	Filter  queries.Filter
	Screen  string         // to start on, one of Screens
	Choice  queries.Choice // that the screen starts with
	// Pseudonym makes the pseudonym of an original identifier and reports whether
	// it was made with the key that the data was loaded with, of which check
	// tells. It may read files. nil = there is no key.
	Pseudonym func(id, check string) (pseudonym string, known bool, err error)
	Views     string // the folder of saved views; "" = there is none
	View      *View  // to start with, in place of Screen, Filter and Choice; nil = none
	Source    string // the name of what is opened, without its folders; "" = the sample
	// Deliveries are taken into what Open opened; nil = no folder is watched.
	Deliveries Deliveries
	Mouse      bool // follow wheel and clicks, at the cost of the terminal's own selection
}

// farewell is how long the end waits for commands that were told to stop.
const farewell = 3 * time.Second

// Run shows the program until it is left, or until the context is cancelled:
// signals are the caller's to turn into that. Its error is why the data could
// not be opened, or why the terminal could not be used.
func Run(ctx context.Context, c Config, opts ...tea.ProgramOption) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	a := newApp(ctx, c, os.Getenv("COLORFGBG"))
	program := tea.NewProgram(a, append([]tea.ProgramOption{tea.WithoutSignalHandler(), tea.WithFPS(120)}, opts...)...)
	// A cancelled program quits as one that is left: where Bubble Tea is killed
	// instead, it closes its input under the loop that still reads it.
	defer context.AfterFunc(ctx, program.Quit)()
	_, err := program.Run()
	cancel()
	a.work.end(farewell)
	if t := a.inbox.taking; t != nil {
		err = errors.Join(err, t.close())
	}
	return errors.Join(err, a.openError(), a.opening.close())
}

// An opening is the search for the data, and what it found.
type opening struct {
	progressed chan Progress // the latest, not yet shown
	over       chan struct{} // closed when Open has returned

	// Set before over is closed.
	questions Questions
	err       error
}

// openProgressedMsg brings the latest progress.
type openProgressedMsg Progress

// openedMsg says that Open has returned.
type openedMsg struct{}

func newOpening() *opening {
	return &opening{progressed: make(chan Progress, 1), over: make(chan struct{})}
}

// start is the command that opens the data.
func (o *opening) start(ctx context.Context, open func(context.Context, func(Progress)) (Questions, error)) tea.Msg {
	defer close(o.over)
	o.questions, o.err = open(ctx, func(p Progress) {
		select { // the latest takes the place of one not yet shown
		case <-o.progressed:
		default:
		}
		select {
		case o.progressed <- p:
		default:
		}
	})
	return openedMsg{}
}

// watch is the command that waits for the next progress.
func (o *opening) watch() tea.Msg {
	select {
	case p := <-o.progressed:
		return openProgressedMsg(p)
	case <-o.over:
		select { // what was said last is shown even if the opening is over
		case p := <-o.progressed:
			return openProgressedMsg(p)
		default:
			return nil
		}
	}
}

// close closes what was opened. It does nothing while Open runs.
func (o *opening) close() error {
	select {
	case <-o.over:
	default:
		return nil
	}
	if c, ok := o.questions.(io.Closer); ok && o.err == nil {
		return c.Close()
	}
	return nil
}

// darkByHint guesses the background from COLORFGBG, whose last field is the
// number of a colour; it is dark where there is no hint.
func darkByHint(colorfgbg string) bool {
	bg := colorfgbg[strings.LastIndex(colorfgbg, ";")+1:]
	return bg != "7" && bg != "15"
}
