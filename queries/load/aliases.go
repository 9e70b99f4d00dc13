package load

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// fold is a name without what people write differently: case, accents, spaces
// and punctuation.
func fold(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, norm.NFD.String(name))
}

// inputAliases are other names of inputs, folded.
var inputAliases = map[string]string{
	"clients": "customers", "clientele": "customers", "consentements": "consents", "campagnes": "campaigns", "groupes": "arms",
	"attributions": "assignments", "engagement": "engagements", "achats": "purchases", "sondage": "survey", "avis": "notices", "facteurs": "factors",
}

// whoseAliases are other names of customer_id, folded, the surest first.
var whoseAliases = words("customernumber customerno customer custid customerref clientid client idclient noclient numclient numeroclient codeclient identifiantclient " +
	"memberid idmembre nomembre contactid profileid subscriberid userid uid externalid identifiant email emailaddress courriel adressecourriel")

// columnAliases are other names of canonical columns by input, folded, the
// surest first. What is canonical goes before any of them.
var columnAliases = map[string]map[string][]string{
	"customers": {
		"customer_id": append(words("id"), whoseAliases...),
		"created_at":  words("createdon created creationdate datecreation creele signupdate signedupat registeredat registrationdate dateinscription inscritle joinedat joindate membersince customersince clientdepuis dateadded profilecreatedon"),
		"left_at":     words("leftdate closedat closedate churnedat deletedat datedepart datefermeture partile"),
	},
	"consents": {
		"customer_id":    whoseAliases,
		"purpose":        words("purposename consentpurpose consenttype finalite fin typeconsentement"),
		"state":          words("status consentstatus consentstate etat statut statutconsentement"),
		"occurred_at":    words("occurredon timestamp datetime date eventdate eventtime consentdate dateconsentement dateheure horodatage moment"),
		"received_at":    words("receiveddate recordedat loggedat datereception recule"),
		"channel":        words("canal"),
		"basis":          words("legalbasis lawfulbasis consentbasis base baselegale"),
		"expires_at":     words("expireson expirydate expirationdate dateexpiration expirele validuntil"),
		"notice_version": words("noticeversion version versionavis policyversion"),
		"source":         words("origin origine"),
		"method":         words("methode collectionmethod"),
		"proof":          words("preuve evidence proofid"),
	},
	"campaigns": {
		"campaign_id": words("id campaign campaigncode idcampagne codecampagne campagne"),
		"name":        words("campaignname nom nomcampagne title titre"),
		"channel":     words("canal"),
		"started_at":  words("startdate startedon start sentat senddate launchdate datedebut debut dateenvoi"),
		"control_arm": words("control controlgroup temoin groupetemoin"),
	},
	"arms": {
		"campaign_id":      words("campaign campaigncode idcampagne codecampagne campagne"),
		"arm":              words("group variant cell treatment groupe variante cellule bras"),
		"content":          words("contenu"),
		"purposes":         words("purpose finalites fins finalite"),
		"requires_consent": words("consentrequired needsconsent consentementrequis"),
		"planned_share":    words("share allocation plannedsplit part partprevue"),
	},
	"assignments": {
		"campaign_id":  words("campaign campaigncode idcampagne codecampagne campagne"),
		"customer_id":  whoseAliases,
		"arm":          words("group variant cell treatment groupe variante cellule bras"),
		"assigned_at":  words("assignedon assignmentdate dateattribution attribuele"),
		"delivered_at": words("delivered deliverydate livrele livre datelivraison"),
		"visited":      words("visit visitedat visite visites"),
		"opened":       words("open openedat ouvert ouverture"),
		"clicked":      words("click clickedat clic clique"),
		"converted":    words("conversion convertedat converti"),
		"unsubscribed": words("unsubscribe unsubscribedat desabonne desabonnement"),
		"complained":   words("complaint complainedat plainte"),
		"revenue":      words("spend spent revenu depense montant"),
	},
	"engagements": {
		"campaign_id": words("campaign campaigncode idcampagne codecampagne campagne"),
		"customer_id": whoseAliases,
		"kind":        words("event eventtype type evenement"),
		"occurred_at": words("timestamp datetime date eventdate eventtime dateheure horodatage"),
		"amount":      words("revenue montant"),
		"is_machine":  words("machine bot isbot"),
	},
	"purchases": {
		"customer_id": whoseAliases,
		"occurred_at": words("purchasedat purchasedate orderdate orderedat timestamp datetime date dateachat datecommande dateheure"),
		"amount":      words("total totalprice ordertotal price revenue montant prix"),
		"category":    words("categorie"),
		"channel":     words("canal"),
	},
	"survey": {
		"respondent_id": words("respondent responseid id repondant idrepondant"),
		"stance":        words("attitude position"),
		"wave":          words("vague"),
		"answered_at":   words("answeredon responsedate submittedat timestamp date datereponse"),
		"weight":        words("poids ponderation"),
		"reasons":       words("reason raisons raison"),
		"customer_id":   words("customernumber customerno clientid idclient noclient numeroclient"),
	},
	"notices": {
		"notice_version": words("version noticeversion"),
		"effective_from": words("effectivedate enviguerle envigueurle date"),
		"mechanism":      words("mecanisme"),
		"language":       words("langue"),
		"text":           words("texte"),
	},
	"factors": {
		"day":   words("date jour"),
		"kind":  words("type genre"),
		"label": words("name libelle nom"),
		"value": words("valeur"),
	},
	"interactions": {
		"customer_id": whoseAliases,
		"occurred_at": words("timestamp datetime date contactdate dateheure datecontact"),
		"channel":     words("canal"),
		"kind":        words("type motif genre"),
	},
}

func words(text string) []string { return strings.Fields(text) }

// aliases finds the columns that stand for canonical ones under other names,
// by canonical name. A mapping that names columns has said it all.
func (s source) aliases(have []described) map[string]string {
	found := map[string]string{}
	if len(s.origin.Columns) > 0 {
		return found
	}
	used := map[string]bool{}
	for _, h := range have {
		used[h.name] = s.input.has(strings.ToLower(h.name))
	}
	for _, c := range s.input.Columns {
		if columnIndex(have, c.Name) >= 0 {
			continue
		}
		for _, alias := range append([]string{fold(c.Name)}, columnAliases[s.input.Name][c.Name]...) {
			if at := named(have, alias, used); at != "" {
				found[c.Name], used[at] = at, true
				break
			}
		}
	}
	return found
}

// named is the first unused column whose folded name is alias, with or without
// its small words.
func named(have []described, alias string, used map[string]bool) string {
	for _, h := range have {
		if !used[h.name] && (fold(h.name) == alias || fold(smallWords.ReplaceAllString(h.name, " ")) == alias) {
			return h.name
		}
	}
	return ""
}

// smallWords are of, the, de, d', la, ... within a name.
var smallWords = regexp.MustCompile(`(?i)[\s_-](of|the|du|des|de|la|le|les)[\s_-]|[\s_-][dl]['’]`)
