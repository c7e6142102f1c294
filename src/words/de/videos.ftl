# Was an einem Video nicht stimmt oder auffällt.

# Was an einem Video auffällt oder nicht ist, wie die strenge Voreinstellung es verlangt.
videos-shape = Dieses Video zeigt { $width }×{ $height }; die strenge Voreinstellung verlangt 9:16.
videos-small = Dieses Video zeigt { $width }×{ $height }; die strenge Voreinstellung verlangt mindestens { $least_width }×{ $least_height }.
videos-short = Dieses Video dauert { $length }; die strenge Voreinstellung verlangt mindestens { $least }.
videos-large = Dieses Video hat { $size }; die strenge Voreinstellung erlaubt { $most }.
videos-container = Dieses Video ist eine { $container }-Datei; die strenge Voreinstellung verlangt MP4 oder MOV.
videos-frame-rate-unknown = Dieses Video gibt seine Bildrate nicht an; TikTok nimmt 23 bis 60 fps und prüft das bei der Ankunft.
videos-frame-rate-peaks = Dieses Video erreicht stellenweise { $frames } fps; TikTok nimmt bis zu 60 fps und prüft das bei der Ankunft.

# Warum eine Datei nicht raus kann.
videos-not-a-video = Diese Datei ist kein Video, das TikTok nimmt: Sie sieht aus wie { $looks_like }.
videos-cut-short = Diese Datei ist abgeschnitten: Ihr letzter Teil sollte nach { $expected } enden, die Datei endet aber bei { $size }.
videos-damaged = Diese Datei ist beschädigt: { $what }.
videos-no-picture = In dieser Datei ist kein Bild.
videos-codec = Dieses Video ist in { $codec } kodiert; TikTok nimmt H.264, H.265, VP8 und VP9.
videos-sides = Dieses Video ist mit { $width }×{ $height } kodiert; TikTok nimmt Seiten von { $least } bis { $most } Pixeln.
videos-frame-rate = Dieses Video hat { $frames } fps; TikTok nimmt 23 bis 60 fps.
videos-duration-unknown = Dieses Video sagt nicht, wie lang es ist; TikTok erlaubt bis zu { $most }.
videos-too-long-for-creator = Dieses Video dauert { $length }; TikTok erlaubt diesem Creator { $most }.
videos-too-long = Dieses Video dauert { $length }; TikTok erlaubt { $most }.
videos-too-large = Dieses Video hat { $size }; die Grenze liegt bei { $most }.

# Was man dagegen tun kann.
videos-hint-upright = exportiere es hochkant, am besten mit 1080×1920
videos-hint-longer = nimm einen längeren Schnitt
videos-hint-bitrate = exportiere es mit einer niedrigeren Bitrate
videos-hint-bitrate-below = exportiere es mit einer niedrigeren Bitrate, sodass es unter { $most } bleibt
videos-hint-mp4 = exportiere es als MP4 mit H.264
videos-hint-constant-rate = exportiere es mit gleichbleibend 30 fps
videos-hint-attach = häng das Video selbst als MP4-, MOV- oder WebM-Datei an
videos-hint-upload-again = lade es noch einmal hoch und warte, bis es vollständig angekommen ist
videos-hint-export-again = exportiere es noch einmal, am besten als MP4 mit H.264
videos-hint-attach-picture = häng eine Datei mit Bild an, am besten MP4 mit H.264
videos-hint-rate = exportiere es mit 30 fps
videos-hint-save-once = Live-Aufnahmen lassen die Länge weg: speichere es einmal mit einem Videoprogramm, am besten als MP4
videos-hint-cut = kürze es auf höchstens { $most }

# Größen und Zahlen.
videos-bytes = { $count } Bytes
videos-decimal = { $whole },{ $rest }
videos-length-unknown = unbekannte Länge
videos-silent = ohne Ton

# Wonach eine Datei aussieht, nach „sie sieht aus wie“.
videos-looks-empty = eine leere Datei
videos-looks-gif = ein GIF
videos-looks-picture = ein Bild
videos-looks-avi = eine AVI-Datei
videos-looks-flash = ein Flash-Video
videos-looks-ogg = eine Ogg-Datei
videos-looks-sound = eine Tondatei
videos-looks-zip = ein ZIP-Archiv
videos-looks-pdf = ein PDF
videos-looks-mpeg-program = ein MPEG-Programmstrom
videos-looks-mpeg-transport = ein MPEG-Transportstrom
videos-looks-matroska = eine Matroska-Datei (MKV)
videos-looks-page = eine Webseite
videos-looks-json = die Antwort eines Servers in JSON
videos-looks-text = reiner Text
videos-looks-unknown = nichts, was hier bekannt ist
videos-looks-workbook = eine Excel- oder OpenDocument-Mappe
videos-looks-old-workbook = eine alte Excel-Mappe
videos-looks-document = ein Textdokument
videos-looks-video = ein Video
videos-looks-no-text = etwas, das kein Text ist

# Wie ein Bild kodiert ist, nach „ist in“.
videos-codec-encrypted = verschlüsselter Form
videos-codec-unknown = einem unbekannten Codec
videos-codec-inside = { $codec } innerhalb von { $container }

# Was an einer beschädigten Datei nicht stimmt.
videos-damaged-table-large = eine ihrer Tabellen ist größer, als ein Video es braucht
videos-damaged-parts-too-many = sie ist in mehr Teile zerlegt, als ein Video es braucht
videos-damaged-parts-unfit = ihre Teile passen nicht ineinander
videos-damaged-table-no-size = eine Tabelle in ihr gibt ihre Größe nicht an
videos-damaged-segment-missing = ihr Segment fehlt
videos-damaged-tables-missing = ihre Tabellen (Info, Tracks) oder ihre Bilder fehlen
videos-damaged-element-header = eines ihrer Elemente hat keinen gültigen Kopf
videos-damaged-table-unreadable = eine ihrer Tabellen ist unlesbar
videos-damaged-tracks-large = ihre Spurentabelle ist größer, als ein Video es braucht
videos-damaged-picture-size = sie sagt nicht, wie groß ihr Bild ist
videos-damaged-picture-impossible = ihr Bild hat eine unmögliche Größe
videos-damaged-moov-missing = ihr Inhaltsverzeichnis (moov) fehlt
videos-damaged-moov-large = ihr Inhaltsverzeichnis (moov) ist größer, als ein Video es braucht
videos-damaged-no-frames = sie enthält keine Bilder
videos-damaged-frames-too-many = sie gibt mehr Bilder an, als sie Bytes hat
videos-damaged-part-short = einer ihrer Teile ist kürzer als sein eigener Kopf
videos-damaged-mvhd = der Kopf des Films (mvhd) fehlt oder ist unlesbar
videos-damaged-mvhd-still = ihre Uhr (mvhd) steht still
videos-damaged-picture-clock = die Uhr des Bildes (mdhd) fehlt oder steht still
videos-damaged-stsd = sie sagt nicht, wie das Bild kodiert ist (stsd)
videos-damaged-length-sum = ihre Bilder ergeben zusammen nicht die angegebene Länge
videos-damaged-two-lengths = sie gibt zwei verschiedene Längen an
videos-damaged-stts = ihre Zeittabelle (stts) ist kürzer als angegeben
videos-damaged-tkhd = der Kopf einer Spur (tkhd) ist unlesbar
videos-damaged-elst = eine Schnittliste (elst) ist unlesbar
videos-damaged-mdhd = die Uhr einer Spur (mdhd) ist unlesbar
videos-damaged-pasp = die Form ihrer Pixel (pasp) ist unlesbar
videos-damaged-moof-large = die Köpfe ihrer Fragmente (moof) sind größer, als ein Video es braucht
videos-damaged-trex = die Vorgaben für ihre Fragmente (trex) sind unlesbar
videos-damaged-tfhd-missing = ein Fragment sagt nicht, wozu es gehört (tfhd)
videos-damaged-tfhd = der Kopf eines Fragments (tfhd) ist unlesbar
videos-damaged-tfdt = die Zeit eines Fragments (tfdt) ist unlesbar
videos-damaged-trun = die Bilderfolge eines Fragments (trun) ist kürzer als angegeben

# Warum ein Anhang nicht geholt wurde, und was man tun kann.
videos-fetch-not-allowed = Dieser Link führt zu `{ $host }`; Videos werden nur von Discord geholt.
videos-fetch-redirected = Dieser Link führt weiter zu einer anderen Adresse; geholt wird nur die Datei selbst.
videos-fetch-expired = Discord gibt diese Datei nicht mehr heraus (Status { $status }).
videos-fetch-unavailable = Discord konnte diese Datei gerade nicht herausgeben (Status { $status }).
videos-fetch-page = Dieser Link führt zu einer Seite, nicht zu einer Videodatei.
videos-fetch-too-big-by-its-word = Diese Datei ist zu groß ({ $size }); die Grenze liegt bei { $most }.
videos-fetch-too-big = Diese Datei ist zu groß; die Grenze liegt bei { $most }.
videos-fetch-cut-short = Von dieser Datei kamen nur { $size } an, dann brach die Verbindung ab.
videos-fetch-unreachable = Die Datei konnte nicht geholt werden: Der Dateiserver von Discord hat nicht geantwortet.
videos-fetch-too-slow = Die Datei kam zu langsam und wurde aufgegeben.
videos-fetch-disk-full = Hier ist kein Platz mehr, um diese Datei aufzunehmen.
videos-fetch-disk = Die Datei konnte hier nicht gespeichert werden.
videos-fetch-hint-attach = häng die Videodatei selbst mit der Option `video` an
videos-fetch-hint-attach-again = häng die Datei noch einmal an: Links von Discord laufen nach einer Weile ab
videos-fetch-hint-later = versuch es in ein paar Minuten noch einmal
videos-fetch-hint-operator = wer dieses Greenroom betreibt, muss nach der Festplatte sehen; versuch es danach noch einmal

# Warum einem Link nicht gefolgt wurde, und was man tun kann.
videos-link-unfit = Diesem Link wird nicht gefolgt: { $why }.
videos-link-leads-astray = Dieser Link führt weiter zu einem anderen, dem nicht gefolgt wird: { $why }.
videos-link-no-internet = Greenroom läuft hier nur auf diesem Rechner, deshalb funktionieren nur Links seines eigenen Discord.
videos-link-no-server = Es gibt keinen öffentlichen Server namens `{ $host }`.
videos-link-redirects = Dieser Link führt mehr als { $most }-mal zu anderen Adressen weiter.
videos-link-refused = Der Server dieses Links gibt die Datei nicht heraus (Status { $status }).
videos-link-unavailable = Der Server dieses Links konnte die Datei gerade nicht herausgeben (Status { $status }).
videos-link-page = Dieser Link führt zu einer Seite, nicht zur Videodatei selbst.
videos-link-packed = Der Server dieses Links schickt die Datei komprimiert.
videos-link-unreachable = Der Server dieses Links hat nicht geantwortet, oder nicht sicher.
videos-link-crowded = Es werden schon { $count } Videos von Links geholt.
videos-link-hint-whole = gib den ganzen Link an, der mit `https://` beginnt
videos-link-hint-public = gib einen Link an, den jeder im Internet öffnen kann, oder häng die Videodatei selbst mit der Option `video` an
videos-link-hint-spelling = prüf die Schreibweise; eine Datei in einem privaten Netz wird nicht geholt: häng die Videodatei selbst mit der Option `video` an
videos-link-hint-file = gib den Link der Datei selbst an, einen, der sofort einen Download beginnt, oder häng die Videodatei selbst mit der Option `video` an
videos-link-hint-refused = prüf, ob der Link ohne Anmeldung noch funktioniert, oder häng die Videodatei selbst mit der Option `video` an
videos-link-hint-later = versuch es in ein paar Minuten noch einmal, oder häng die Videodatei selbst mit der Option `video` an
videos-link-not-https = er beginnt nicht mit `https://`
videos-link-credentials = er enthält einen Benutzernamen oder ein Passwort
videos-link-port = er nennt einen eigenen Port
videos-link-numbered = er nennt seinen Server mit einer Nummer
videos-link-not-public = er führt zu einer privaten oder lokalen Adresse
videos-link-local-name = er führt zu einem Namen, den nur ein lokales Netz kennt
videos-link-odd-host = der Name seines Servers ist nicht lesbar
