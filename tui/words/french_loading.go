package words

var frenchLoading = map[string]string{
	// rules
	"not a line of the file's columns": "ligne qui n’a pas les colonnes du fichier",
	"%s is missing":                    "%s est absent",
	"%s cannot be read":                "%s est illisible",
	"%s is none of its words":          "%s n’est pas un des mots prévus",
	"%s is too long":                   "%s est trop long",
	"%s lies outside 1990 to 2100":     "%s est hors de 1990 à 2100",
	"%s is below zero":                 "%s est négatif",
	"%s was there before":              "%s y était déjà",
	"%s was not loaded":                "%s n’a pas été chargé",
	"%s lies before the start":         "%s précède le début",
	// stages of a load
	"reading the files":            "lecture des fichiers",
	"counting rows":                "décompte des lignes",
	"numbering customers":          "numérotation des clients",
	"matching events to customers": "rattachement des événements aux clients",
	"deriving consent over time":   "calcul des consentements dans le temps",
	"deriving outcomes":            "calcul des résultats",
	"adding up":                    "totalisation",
	"writing the store":            "écriture de la base",
	// columns that are not dimensions
	"identifies a person directly":        "identifie directement une personne",
	"the name is accord's own: rename it": "nom réservé par accord\u00a0: renommez-la",
	"is empty":                            "est vide",
	"holds what looks like e-mail addresses, phone numbers or IP addresses": "semble contenir des courriels, des numéros de téléphone ou des adresses IP",
	"holds what looks like identifiers":                                     "semble contenir des identifiants",
	"holds free text":                                                       "contient du texte libre",
	"has too many different values":                                         "a trop de valeurs différentes",
	"has nearly as many values as there are people":                         "a presque autant de valeurs que de personnes",
	"makes too many segments with the dimensions before it":                 "crée trop de segments avec les dimensions précédentes",
	// the report on a load
	"Input":                       "Entrée",
	"From":                        "Source",
	"Read":                        "Lues",
	"Loaded":                      "Chargées",
	"Rejected":                    "Rejetées",
	"  rejected %s: %s %s":        "  rejet de %s\u00a0: %s, %s",
	"  not a dimension: %s %s %s": "  pas une dimension\u00a0: %s, %s %s",
	"%s: %s segments, as of %s":   "%s\u00a0: %s segments, au %s",
	"%s: %s segments, undated":    "%s\u00a0: %s segments, sans date",
	"  not read: %s, whose name and columns tell of no input": "  non lu\u00a0: %s, dont ni le nom ni les colonnes ne disent une entrée",
	// a sample
	"making customers": "création des clients",
	"%[1]s: a synthetic sample of %[2]s customers; `accord %[1]s` opens it": "%[1]s\u00a0: un échantillon synthétique de %[2]s clients; `accord %[1]s` l’ouvre",
}
