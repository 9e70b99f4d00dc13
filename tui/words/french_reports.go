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
	"Contents":                                        "Sommaire",
	"Picture: %s The figures are in the table below.": "Graphique\u00a0: %s Les chiffres sont dans le tableau ci-dessous.",
	"All %s rows of figures":                          "Les %s lignes de chiffres",
}
