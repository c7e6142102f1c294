# Viele Beiträge aus einer Datei.
