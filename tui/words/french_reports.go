package words

// frenchReports are the texts of what reports add.
var frenchReports = map[string]string{
	"%s, low":       "%s, borne inférieure",
	"%s, high":      "%s, borne supérieure",
	"%[1]s (%[2]s)": "%[1]s (%[2]s)",
	"Guarded: figures about fewer people cannot be asked for.": "Accès protégé\u00a0: on ne peut demander de chiffres sur moins de personnes.",
	"Written by accord %s.":                           "Écrit par accord %s.",
	"Contactable on another basis, not opted in: %s.": "Joignables sur un autre fondement, sans adhésion\u00a0: %s.",
	"%s thing to know.":                               "%s chose à savoir.",
	"%s things to know.":                              "%s choses à savoir.",
	"Contents":                                        "Table des matières",
	"Picture: %s The figures are in the table below.": "Graphique\u00a0: %s Les chiffres sont dans le tableau ci-dessous.",
	"All %s rows of figures":                          "Les %s lignes de chiffres",

	// check
	"holds":                               "respectée",
	"FAILS":                               "NON RESPECTÉE",
	"ERROR":                               "ERREUR",
	"%s x previous":                       "%s x la période précédente",
	"%[1]s of %[2]s":                      "%[1]s de %[2]s",
	"%[1]s: %[2]s on %[3]s, bound %[4]s.": "%[1]s\u00a0: %[2]s le %[3]s, limite %[4]s.",
	"%[1]s: %[2]s on %[3]s, bound %[4]s; outside it since %[5]s.":       "%[1]s\u00a0: %[2]s le %[3]s, limite %[4]s; hors limite depuis le %[5]s.",
	"%[1]s: %[2]s on %[3]s; whether it is %[4]s cannot be told: %[5]s.": "%[1]s\u00a0: %[2]s le %[3]s; on ne peut dire si c’est %[4]s\u00a0: %[5]s.",
	"%[1]s: no figure: %[2]s.":                                          "%[1]s\u00a0: aucun chiffre\u00a0: %[2]s.",
	"It holds for %s.":                                                  "Respectée pour %s.",
	"It holds for all %s.":                                              "Respectée pour les %s.",
	"Rules: %[1]s. Held: %[2]s. Failed: %[3]s. Not evaluated: %[4]s.":   "Règles\u00a0: %[1]s. Respectées\u00a0: %[2]s. Non respectées\u00a0: %[3]s. Non évaluées\u00a0: %[4]s.",
	"rules that cannot be evaluated: %[1]s of %[2]s":                    "règles qu’on ne peut évaluer\u00a0: %[1]s sur %[2]s",
	"rules that do not hold: %[1]s of %[2]s":                            "règles non respectées\u00a0: %[1]s sur %[2]s",
}
