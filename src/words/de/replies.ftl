# Was jemand nach einem Befehl, einem Knopf oder einem Formular liest, und was in einem Thread steht.

replies-fetching = Das Video wird geholt.
replies-fetching-percent = Das Video wird geholt, { $percent } %.
replies-checking = Das Video und was dieser Creator erlaubt werden geprüft.
