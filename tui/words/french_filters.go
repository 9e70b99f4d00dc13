package words

// frenchFilters is what is said of filters: their mistakes and refusals.
var frenchFilters = map[string]string{
	"expected the name of a dimension":                                "il faut ici le nom d’une dimension",
	"expected a value for %s":                                         "il faut une valeur pour %s",
	"expected = or != after %s":                                       "il faut = ou != après %s",
	"unexpected %q: put a value that holds it in double quotes":       "%q inattendu\u00a0: mettez entre guillemets droits une valeur qui en contient",
	"this is not valid UTF-8":                                         "ce n’est pas de l’UTF-8 valide",
	"this double quote is never closed":                               "ce guillemet n’est jamais fermé",
	"the period ends (%[1]s) before it begins (%[2]s)":                "la période finit (%[1]s) avant de commencer (%[2]s)",
	"%s is there twice: write its values once, with commas":           "%s y est deux fois\u00a0: écrivez ses valeurs une fois, avec des virgules",
	"%s is there twice":                                               "%s y est deux fois",
	"%s takes one value after =":                                      "%s prend une seule valeur après =",
	"%q is not a date: write one between 1990 and 2100 as 2018-03-17": "%q n’est pas une date\u00a0: écrivez-en une entre 1990 et 2100, comme 2018-03-17",
	"vs=%s is not a comparison: write vs=previous or vs=year":         "vs=%s n’est pas une comparaison\u00a0: écrivez vs=previous ou vs=year",
	"there is no dimension %s: this data set has none":                "il n’y a pas de dimension %s\u00a0: ces données n’en ont aucune",
	"there is no dimension %[1]s: write %[2]s":                        "il n’y a pas de dimension %[1]s\u00a0: écrivez %[2]s",
	"%[1]s has no value %[2]s: write %[3]s":                           "%[1]s n’a pas de valeur %[2]s\u00a0: écrivez %[3]s",
	"there are no consents for the purpose %[1]s: write %[2]s":        "il n’y a pas de consentement pour la finalité %[1]s\u00a0: écrivez %[2]s",
	"The filter names %[1]s, which fewer than %[2]s of these people have: they would be seen by leaving it out.": "Le filtre nomme %[1]s, que moins de %[2]s de ces personnes ont\u00a0: on les verrait en l’omettant.",
	"The term on %[1]s removes fewer than %[2]s people, who would be seen by comparing.":                         "Le terme sur %[1]s écarte moins de %[2]s personnes, que l’on verrait par comparaison.",
	"The filter keeps fewer than %s people.":                                                                     "Le filtre garde moins de %s personnes.",
	"The filter was refused":                                                                                     "Le filtre a été refusé",
	"The filter cannot be used":                                                                                  "Le filtre ne peut être utilisé",
	"Empty shows everyone.":                                                                                      "Vide, il montre tout le monde.",
	"correct":                                                                                                    "corriger",
	"next":                                                                                                       "suivant",
}

// frenchExports is what is said of exports and saved views.
var frenchExports = map[string]string{
	"Source: %s":                        "Source\u00a0: %s",
	"Built by accord %s":                "Construit par accord %s",
	"export panel or screen":            "exporter le panneau ou l’écran",
	"export":                            "exporter",
	"write":                             "écrire",
	"panel or screen":                   "panneau ou écran",
	"format":                            "format",
	"Export the panel: %s":              "Exporter le panneau\u00a0: %s",
	"Export the whole screen: %s":       "Exporter tout l’écran\u00a0: %s",
	"With a footer: %s":                 "Avec un pied\u00a0: %s",
	"The name has to end in one of %s.": "Le nom doit finir par l’un de %s.",
	"A Parquet file holds one table: export the panel.": "Un fichier Parquet contient un seul tableau\u00a0: exportez le panneau.",
	"There is a file %s already: choose another name.":  "Il y a déjà un fichier %s\u00a0: choisissez un autre nom.",
	"Nothing was written: %s":                           "Rien n’a été écrit\u00a0: %s",
	"Written to %s":                                     "Écrit dans %s",
}
