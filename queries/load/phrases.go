package load

// A Phrase is a text for people, in English. It is a key of package words,
// which lies above this package and has it in other languages.
type Phrase string

// Stages of a load.
const (
	stageReading  Phrase = "reading the files"
	stagePeople   Phrase = "numbering customers"
	stageMatching Phrase = "matching events to customers"
	stageSpells   Phrase = "deriving consent over time"
	stageOutcomes Phrase = "deriving outcomes"
	stageRollUps  Phrase = "adding up"
	stageWriting  Phrase = "writing the store"
)

// Reasons why a column did not become a dimension.
const (
	whyDirect     Phrase = "identifies a person directly"
	whyReserved   Phrase = "the name is accord's own: rename it"
	whyEmpty      Phrase = "is empty"
	whyPersonal   Phrase = "holds what looks like e-mail addresses, phone numbers or IP addresses"
	whyIdentifier Phrase = "holds what looks like identifiers"
	whyFreeText   Phrase = "holds free text"
	whyManyValues Phrase = "has too many different values"
	whyNearlyAll  Phrase = "has nearly as many values as there are people"
	whyBefore     Phrase = "was left out when the store was made"
	whySegments   Phrase = "makes too many segments with the dimensions before it"
)
