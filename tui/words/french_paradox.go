package words

var frenchParadox = map[string]string{
	"More respondents say that they are willing than customers had opted in to %[1]s on %[2]s: a gap of %[3]s (the interval carries the survey's error only).":  "Les répondants sont plus nombreux à se dire prêts à partager que les clients à avoir adhéré à «\u00a0%[1]s\u00a0» le %[2]s\u00a0: écart de %[3]s (l’intervalle ne tient compte que de l’erreur du sondage).",
	"Fewer respondents say that they are willing than customers had opted in to %[1]s on %[2]s: a gap of %[3]s (the interval carries the survey's error only).": "Les répondants sont moins nombreux à se dire prêts à partager que les clients à avoir adhéré à «\u00a0%[1]s\u00a0» le %[2]s\u00a0: écart de %[3]s (l’intervalle ne tient compte que de l’erreur du sondage).",
	"Too few respondents to tell whether more say that they are willing than had opted in to %[1]s on %[2]s: a gap of %[3]s.":                                   "Trop peu de répondants pour dire s’ils sont plus nombreux à se dire prêts à partager que les clients à avoir adhéré à «\u00a0%[1]s\u00a0» le %[2]s\u00a0: écart de %[3]s.",
}
