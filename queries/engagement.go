package queries

// ClickToOpen is, of the messages that people opened, the share that they also
// clicked.
const ClickToOpen Metric = "click_to_open"

// The ways to cut an Engagement that are no dimensions, with ByChannel and
// ByOptedIn.
const (
	ByContent  = "content"
	ByCampaign = "campaign"
)

// An Engagement is what people did with the messages they were sent: rates over
// delivered, of those whose outcome window is over, by people and not machines.
// Choice.Measure is the Metric that everything but Figures, Machines, Fatigue and
// the factors is about; Choice.By cuts Groups. A period picks whole campaigns by
// their start, and whole months for Fatigue and Reach; it does not narrow Moments.
type Engagement struct {
	Choice  Choice  `json:"choice"`
	Choices Choices `json:"choices"`
	Missing Reason  `json:"missing,omitempty"` // "" = there are messages
	Since   Date    `json:"since"`             // of the first and last campaign; empty = undated
	Until   Date    `json:"until"`
	// Unit of all rates: messages delivered or, where no campaign records
	// delivery, assignments to anything but a holdout.
	Unit    Unit               `json:"unit"`
	Figures []EngagementFigure `json:"figures"`
	Groups  Segments           `json:"groups"`
	Course  EngagementCourse   `json:"course"`
	Moments Moments            `json:"moments"`
	Machine Machines           `json:"machines"`
	Fatigue Fatigue            `json:"fatigue"`
	Reach   Reach              `json:"reach"`
	Around  EngagementAround   `json:"around"`
	Factors Associations       `json:"factors"`
	Changes Changes            `json:"changes,omitzero"`
}

// An EngagementFigure is one metric of all the messages.
type EngagementFigure struct {
	Metric Metric `json:"metric"`
	N      Count  `json:"n"`      // messages for which it is recorded; of click-to-open, opens
	People Count  `json:"people"` // messages with it; of revenue, customers who bought
	// Figure is a share of N, or money for each.
	Figure Figure[Estimate] `json:"figure"`
	Raw    Figure[float64]  `json:"raw"` // the share with machines; of opens and clicks
}

// An EngagementCourse is the metric over time, by when messages were delivered:
// weeks, or longer where fewer people stand behind a figure.
type EngagementCourse struct {
	Missing Reason           `json:"missing,omitempty"`
	Metric  Metric           `json:"metric"`
	Steps   []EngagementStep `json:"steps"`
	Marks   []Mark           `json:"marks"`
}

// An EngagementStep is the messages delivered after the day From, up to and with
// the day At.
type EngagementStep struct {
	From   Date             `json:"from"`
	At     Date             `json:"at"`
	N      Count            `json:"n"`
	People Count            `json:"people"`
	Figure Figure[Estimate] `json:"figure"`
	Raw    Figure[float64]  `json:"raw"`
}

// Moments compares the hours of the week at which messages were delivered, whole
// time. Where campaigns were spread over the hours of the week, only those are
// taken, each compared with itself; else all, and an hour differs by its
// campaigns too.
type Moments struct {
	Missing  Reason       `json:"missing,omitempty"`
	Metric   Metric       `json:"metric"` // opens, clicks or conversions
	Spread   bool         `json:"spread"`
	N        Count        `json:"n"`
	People   Count        `json:"people"`
	Hours    int          `json:"hours"` // width of a cell: wider where fewer people stand behind one
	Cells    []MomentCell `json:"cells"` // by weekday and hour, those with messages
	Best     int          `json:"best"`  // of Cells, that with the highest shrunk rate; -1 = none can be shown
	Compared int          `json:"compared"`
	// Against is how much more often people act then than at all other times,
	// relative, adjusted for having picked the best of Compared (Bonferroni).
	Against Figure[Estimate] `json:"against"`
	// Alike cells cannot be told from the best, at the same level.
	Alike int `json:"alike"`
	// Balanced are the dimensions over which hours were tried for being alike,
	// Uneven those over which they are not (p < 0.001, Holm): times went by who
	// people are, and not by lot.
	Balanced []string `json:"balanced"`
	Uneven   []string `json:"uneven"`
}

// A MomentCell is Hours hours of a weekday, from Hour on.
type MomentCell struct {
	Weekday int    `json:"weekday"` // 1 = Monday
	Hour    int    `json:"hour"`
	N       Count  `json:"n"`
	People  Count  `json:"people"`
	Why     Reason `json:"missing,omitempty"`
	// Rate is what the messages of all these campaigns would get at that time,
	// Shrunk the same drawn towards the mean the more the fewer they are.
	Rate   Figure[float64] `json:"rate"`
	Shrunk Figure[float64] `json:"shrunk"`
}

// Machines sets opens and clicks by anyone beside those by people.
type Machines struct {
	Missing Reason       `json:"missing,omitempty"`
	Metric  Metric       `json:"metric"` // opens, or clicks where no opens are recorded
	Rows    []MachineRow `json:"rows"`   // by campaign, the largest share of machines first
	Mostly  int          `json:"mostly"` // rows in which machines alone did half or more
}

// A MachineRow is the opens of one campaign. The three shares sum to one.
type MachineRow struct {
	Campaign string          `json:"campaign"` // its name
	Started  Date            `json:"started"`
	N        Count           `json:"n"`
	Human    Rate            `json:"human"`
	Machine  Rate            `json:"machine"` // by machines alone
	Raw      Figure[float64] `json:"raw"`     // both
	Share    Figure[float64] `json:"share"`   // of machines alone in the raw
}

// A Fatigue is how customers' response goes with the messages that they had in
// the same calendar month. Nobody was assigned to a number of messages: it is an
// association.
type Fatigue struct {
	Missing  Reason       `json:"missing,omitempty"`
	Since    Date         `json:"since"` // whole months
	Until    Date         `json:"until"`
	Rows     []FatigueRow `json:"rows"`
	Compared int          `json:"compared"`
}

// A FatigueRow is the customers who had Messages messages in a month.
type FatigueRow struct {
	Messages    int   `json:"messages"`
	More        bool  `json:"more"`      // or more
	Customers   Count `json:"customers"` // a customer counts once in each month
	Clicks      Rate  `json:"clicks"`    // of messages
	Unsubscribe Rate  `json:"unsubscribes"`
	// Change is clicks to a message against those of customers who had one
	// message, each beside what is usual for its campaigns (indirect
	// standardisation); relative, adjusted for all rows (Bonferroni). It is over the
	// Months that have both, as wholes, which differ; where they are too few to tell how
	// much, Months is 0 and they count as one.
	Change Figure[Estimate] `json:"change"`
	Months int              `json:"months"`
}

// An EngagementAround lays what happened beside clicks and entries into consent.
type EngagementAround struct {
	Missing  Reason           `json:"missing,omitempty"`
	Since    Date             `json:"since"`
	Until    Date             `json:"until"`
	Purpose  string           `json:"purpose"` // of Entries; "" = no consents
	Clicks   []EngagementStep `json:"clicks"`
	Entries  []CourseStep     `json:"entries"`
	Values   []FactorSeries   `json:"values"` // factors that have a value, such as the weather
	Marks    []Mark           `json:"marks"`
	Weeks    []FactorSeries   `json:"weeks"` // of 1 each, in which what is not a mark was, such as holidays
	Turns    []EngagementTurn `json:"turns"` // the least p first
	Compared int              `json:"compared"`
}

// A FactorSeries is the weekly means of a factor.
type FactorSeries struct {
	Kind   string       `json:"kind"`
	Label  string       `json:"label"`
	Points []FactorWeek `json:"points"`
}

// A FactorWeek is the week up to and with the day At.
type FactorWeek struct {
	At    Date    `json:"at"`
	Value float64 `json:"value"`
}

// An EngagementTurn compares the four weeks before a mark with the four from its
// week on. It is before and after, not cause: the campaigns differ too.
type EngagementTurn struct {
	Day    Date   `json:"day"`
	Marks  []Mark `json:"marks"`
	Metric Metric `json:"metric"`
	Before Rate   `json:"before"`
	After  Rate   `json:"after"`
	// Change is of the share, adjusted for all turns (Bonferroni); its interval
	// holds how much campaigns differ among themselves, whose standard deviation
	// is Spread.
	Change Figure[Estimate] `json:"change"`
	P      Figure[float64]  `json:"p"`
	Spread float64          `json:"spread"`
}

// Associations are how weekly series go together, a factor some weeks ahead.
type Associations struct {
	Missing  Reason        `json:"missing,omitempty"`
	Rows     []Association `json:"rows"` // the least p first
	Compared int           `json:"compared"`
	Found    int           `json:"found"`
}

// An Association is one factor and one outcome, Lag weeks later.
type Association struct {
	Factor  string `json:"factor"` // its kind
	Label   string `json:"label"`  // of what has values; "" = weeks in which it happened
	Outcome string `json:"outcome"`
	Lag     int    `json:"lag"`   // weeks
	Weeks   int    `json:"weeks"` // compared
	// Correlation in [-1, 1] and its p-value, adjusted for all the looks of the
	// answer (Bonferroni) and for weeks being like their neighbours.
	Correlation Figure[Estimate] `json:"correlation"`
	P           Figure[float64]  `json:"p"`
}

// Outcomes of an [Association].
const (
	ClickOutcome = "click" // people's clicks of messages delivered in the week
	EntryOutcome = "entry" // entries per customer known
	ExitOutcome  = "exit"
)
