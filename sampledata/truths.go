package sampledata

import (
	_ "embed"
	"fmt"

	"github.com/BurntSushi/toml"
)

//go:embed truths.toml
var truthsFile string

// Truths is what is true of the sample, as stated in truths.toml, where each number is explained.
// Shares are between 0 and 1; fields ending in PP are percentage points.
type Truths struct {
	Version  int
	FirstDay Day `toml:"first_day"`
	LastDay  Day `toml:"last_day"`

	Customers struct {
		KnownBefore float64 `toml:"known_before_first_day"`
		Left        float64
	}
	Regions   []Group
	Ages      []Group
	Languages []Group
	Tiers     []Group
	Sources   []Group

	Survey    Survey
	OptIn     OptIn `toml:"opt_in"`
	Openness  struct{ Willing, Undecided, Sceptical float64 }
	Notices   []Notice
	Asking    Asking
	Register  Register
	Purposes  []Purpose
	Crisis    Crisis
	Reconsent Reconsent
	Steps     Steps
	Implied   Implied

	Response   Response
	Moment     Moment
	Arms       []Arm
	Campaigns  []Campaign
	Newsletter Newsletter
	Shopping   Shopping
}

// Group is a value of a dimension and how its members differ from the others.
type Group struct {
	Value     string
	Share     float64
	French    float64
	WillingPP float64 `toml:"willing_pp"`
	Openness  float64
	Purchases float64
}

// Survey says what people state, by wave, and why.
type Survey struct {
	Willing, Sceptical, Undecided float64
	Linked                        float64
	ScepticalSegments             []string `toml:"sceptical_segments"`
	Ideological                   float64
	Waves                         []Wave
	Reasons                       []Reason
}

// Wave is one fielding of the survey.
type Wave struct {
	Wave        string
	FirstDay    Day `toml:"first_day"`
	Days        int
	Respondents int
}

// Reason is one that sceptics give, with its weight among reasons of its kind.
type Reason struct {
	Reason      string
	Ideological bool
	Weight      float64
}

// OptIn is where the opt-in to personalisation ends.
type OptIn struct {
	AtEnd          float64 `toml:"at_end"`
	AtEndTolerance float64 `toml:"at_end_tolerance"`
}

// Notice is a version of the privacy notice and how many accept when asked under it.
type Notice struct {
	Version    string
	Effective  Day
	Mechanism  string
	Acceptance float64
	Text       string
}

// Asking says how often customers are asked about personalisation and what they answer.
type Asking struct {
	OpeningExpress float64 `toml:"opening_express"`
	OpeningOptOut  float64 `toml:"opening_opt_out"`
	AtSignUp       float64 `toml:"at_sign_up"`
	PerYear        float64 `toml:"per_year"`
	Where          []float64
	Refused        float64
	Deferred       float64
	AlsoInApp      float64 `toml:"also_in_app"`
	TrackingFactor float64 `toml:"tracking_factor"`
}

// Register says how well the register of consents is kept.
type Register struct {
	Late         float64
	WithoutProof float64 `toml:"without_proof"`
	ByPhone      float64 `toml:"by_phone"`
}

// Purpose is something consent is asked for, on its main channel.
type Purpose struct {
	Purpose          string
	Channel          string
	WithdrawnPerYear float64 `toml:"withdrawn_per_year"`
	TakenUp          float64 `toml:"taken_up"`
}

// Crisis is the three weeks after 17 March 2018.
type Crisis struct {
	FirstDay     Day `toml:"first_day"`
	Days         int
	Withdrawals  float64
	Unsubscribed float64
	Opens        float64
	Clicks       float64
}

// Reconsent is the wave of requests around 25 May 2018.
type Reconsent struct {
	FirstDay    Day `toml:"first_day"`
	Days        int
	PeakDay     Day     `toml:"peak_day"`
	OnPeakDay   float64 `toml:"on_peak_day"`
	EmailToo    float64 `toml:"email_too"`
	TrackingToo float64 `toml:"tracking_too"`
	Asked       float64
	Acceptance  float64
	StruckOff   Day `toml:"struck_off"`
}

// Steps says how customers who share for one purpose come to share for more, and step down again.
type Steps struct {
	ProfilingAsked      float64 `toml:"profiling_asked"`
	ProfilingAfterDays  float64 `toml:"profiling_after_days"`
	ProfilingAcceptance float64 `toml:"profiling_acceptance"`
	PartnersAsked       float64 `toml:"partners_asked"`
	PartnersAfterDays   float64 `toml:"partners_after_days"`
	PartnersAcceptance  float64 `toml:"partners_acceptance"`
	BothAtOnce          float64 `toml:"both_at_once"`
	OneByOneAtLeast     float64 `toml:"one_by_one_at_least"`
	TakesAll            float64 `toml:"takes_all"`
}

// Implied says how e-mail consents begin, and when those that follow from a purchase or an inquiry end.
type Implied struct {
	OlderLapseOn     Day `toml:"older_lapse_on"`
	Older            float64
	OlderConfirmed   float64 `toml:"older_confirmed"`
	Express          float64
	PurchaseMonths   int     `toml:"purchase_months"`
	InquiryMonths    int     `toml:"inquiry_months"`
	RenewedAfter     int     `toml:"renewed_after_days"`
	AddressAtTill    float64 `toml:"address_at_till"`
	AddressAtInquiry float64 `toml:"address_at_inquiry"`
}

// Response says how messages are received in general; a campaign states the rest.
type Response struct {
	OutcomeDays        int `toml:"outcome_days"`
	ConsentDays        int `toml:"consent_days"`
	Visited            float64
	Refused            float64
	Bounced            float64
	Unsubscribed       float64
	Complained         float64
	MachineOpens       float64 `toml:"machine_opens"`
	MachineClicks      float64 `toml:"machine_clicks"`
	OptedInFactor      float64 `toml:"opted_in_factor"`
	OthersFactor       float64 `toml:"others_factor"`
	PurchaseAfterClick float64 `toml:"purchase_after_click"`
	ListAgeHours       int64   `toml:"list_age_hours"`
}

// Moment says how engagement moves with the weekday (Sunday first) and hour of arrival.
type Moment struct {
	Weekdays    []float64
	Hours       []float64
	BestWeekday int     `toml:"best_weekday"`
	BestHours   []int   `toml:"best_hours"`
	BestFactor  float64 `toml:"best_factor"`
}

// Arm is a kind of treatment and its effects by assignment.
type Arm struct {
	Arm            string
	Content        string
	Purposes       []string
	ClickPP        float64 `toml:"click_pp"`
	ClickPPOptedIn float64 `toml:"click_pp_opted_in"`
	ClickPPSceptic float64 `toml:"click_pp_sceptical"`
	ConsentPP      float64 `toml:"consent_pp"`
	WithdrawnAfter float64 `toml:"withdrawn_after"`
}

// Campaign is one mailing: who gets it, what for, and how it is received without any effect of its arms.
type Campaign struct {
	ID              string
	Name            string
	Channel         string
	Starts          Day
	Hour            int
	Spread          bool
	Reach           float64
	Size            int
	Eligible        float64
	Target          string
	Open            float64
	Click           float64
	Asks            bool
	Consents        float64
	ToLapsed        float64 `toml:"to_lapsed"`
	MachineOpens    float64 `toml:"machine_opens"`
	MachineClicks   float64 `toml:"machine_clicks"`
	Arms            []ArmShare
	Split           []ArmShare
	ClickByLanguage []LanguageClick `toml:"click_by_language"`
	SplitByLanguage []LanguageShare `toml:"split_by_language"`

	unsubscribed float64
}

// ArmShare is the share of a campaign's customers that an arm gets.
type ArmShare struct {
	Arm   string
	Share float64
}

// LanguageClick is the click rate among customers of a language.
type LanguageClick struct {
	Value string
	Click float64
}

// LanguageShare is the share an arm really got among customers of a language.
type LanguageShare struct {
	Value string
	Arm   string
	Share float64
}

// Newsletter is the weekly mailing of a full-density sample.
type Newsletter struct {
	Name         string
	Weekday      int
	Reach        float64
	Open         float64
	Click        float64
	Unsubscribed float64
	Arms         []ArmShare
}

// Shopping says what is bought, when, and what else brings customers into contact.
type Shopping struct {
	PurchasesPerYear      float64 `toml:"purchases_per_year"`
	Spread                float64
	MedianAmount          float64 `toml:"median_amount"`
	AmountSigma           float64 `toml:"amount_sigma"`
	Large                 float64
	LargeFactor           float64 `toml:"large_factor"`
	FirstPurchaseAtSignUp float64 `toml:"first_purchase_at_sign_up"`
	Months                []float64
	Weekdays              []float64
	Hours                 []float64
	InteractionsPerYear   float64 `toml:"interactions_per_year"`
	Categories            []Group
	Channels              []Group
	Interactions          []Contact
}

// Contact is a kind of interaction on a channel.
type Contact struct {
	Channel string
	Kind    string
	Share   float64
}

// ReadTruths returns what is true of the sample.
func ReadTruths() (Truths, error) {
	var t Truths
	meta, err := toml.Decode(truthsFile, &t)
	if err != nil {
		return Truths{}, fmt.Errorf("truths.toml: %w", err)
	}
	if unknown := meta.Undecoded(); len(unknown) > 0 {
		return Truths{}, fmt.Errorf("truths.toml: %s is not known", unknown[0])
	}
	if t.Version != Version {
		return Truths{}, fmt.Errorf("truths.toml: version is %d, want %d", t.Version, Version)
	}
	return t, nil
}
