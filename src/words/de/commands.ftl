# Was Befehle selbst fragen und zeigen.

# Formulare

commands-form-caption-title = Text ändern
commands-form-time-title = Wann soll #{ $number } rausgehen?
commands-form-decline-title = #{ $number } ablehnen
commands-form-why-not = Warum soll das nicht rausgehen?
commands-form-explain-title = Warum nicht #{ $number }?
commands-form-changes-title = Änderungen an #{ $number } verlangen
commands-form-what-changes = Was soll sich ändern?
commands-form-reason-hint = Der Autor liest das im Thread des Beitrags
commands-form-edit-title = #{ $number } ändern
commands-form-when-first = Wann (das erste von { $videos } Videos geht raus)
commands-form-when = Wann
commands-form-account = TikTok-Konto
commands-form-schedule-title = Auf TikTok planen
commands-form-address = Adresse der Seite, auf der du gelandet bist
commands-form-address-title = Verbinden abschließen
commands-form-caption = Text
commands-form-caption-hint = Bis zu 2.200 Zeichen; #Hashtags und @Erwähnungen wirken wie auf TikTok
commands-form-cover = Titelbild: Sekunde im Video
commands-form-cover-hint = Leer für das erste Bild, sonst zum Beispiel 2,5
commands-form-when-hint = nächster Termin · morgen 18:00 · fr 18 Uhr · in 3h · asap · 1.12.2026 9:00

# Was Befehle nicht lesen können

commands-changed =
    Dieser Befehl wurde gerade eben erneuert.
    Tipp: versuch es noch einmal; sieht er weiter alt aus, lade Discord neu
commands-servers-only =
    Greenroom arbeitet nur auf Servern.
    Tipp: benutze diesen Befehl auf dem Server deines Teams
commands-unreadable =
    `{ $given }` ließ sich nicht lesen.
    Tipp: wähle aus der Liste, die beim Tippen erscheint
commands-unreadable-option =
    Eine der Optionen ließ sich nicht lesen.
    Tipp: wähle aus der Liste, die beim Tippen erscheint
commands-not-a-link =
    `{ $given }` ist kein Link.
    Tipp: häng die Datei mit der Option `video` an, oder gib den ganzen Link an, der mit `https://` beginnt
commands-one-video =
    Ein Beitrag hat nur ein Video, angegeben sind aber `video` und `video_url`.
    Tipp: gib nur eins davon an
commands-not-a-privacy =
    `{ $given }` ist keine der Sichtbarkeiten von TikTok.
    Tipp: wähle aus der Liste, oder lass die Angabe weg und wähle im Editor
commands-not-a-clock-time =
    `{ $given }` ist keine Uhrzeit.
    Tipp: schreib sie als `09:00` oder `18:30`
commands-not-a-month =
    `{ $given }` ist kein Monat.
    Tipp: schreib ihn als `dezember`, `12/2026` oder `nächster`, oder lass ihn weg für diesen Monat
commands-not-a-state =
    `{ $given }` ist kein Zustand eines Beitrags.
    Tipp: wähle aus der Liste
commands-could-not-check = Discord hat gerade nicht verraten, welche Berechtigungen es gibt: Ruf `/setup` noch einmal auf, um sie zu prüfen

# Das Diagramm im Tagesbericht

commands-chart-aside = { $views } in { $days } Tagen
commands-chart-title = Neue Aufrufe pro Tag
commands-chart-empty = Noch keine Zahlen: Sie wachsen Tag für Tag

# Was beim Tippen angeboten wird

commands-next-slot = nächster fester Termin · { $when }
commands-asap = asap

# Was der Bot in einem Kanal nicht darf; die Berechtigungen, wie Discord sie nennt

commands-permission-view-channel = Kanal ansehen
commands-permission-send-messages = Nachrichten senden
commands-permission-embed-links = Links einbetten
commands-permission-attach-files = Dateien anhängen
commands-permission-read-history = Nachrichtenverlauf anzeigen
commands-permission-add-reactions = Reaktionen hinzufügen
commands-permission-create-threads = Öffentliche Threads erstellen
commands-permission-send-in-threads = Nachrichten in Threads senden
commands-permission-missing = { $permission } in { $place }
commands-permission-missing-view = Kanal ansehen in { $place }; ohne das lässt sich dort sonst nichts prüfen
commands-permission-role-gone = Die Rolle { $role }, die es nicht mehr gibt: Wähle mit `/setup reviewer_role` eine andere
commands-permission-silent-role = @everyone, @here und alle Rollen erwähnen in { $place }, oder { $role } für alle erwähnbar, damit sie benachrichtigt wird

# Über der Nachricht zu dem, was zurückgehalten ist

commands-held-decide = { $role } Jemand muss entscheiden.

# Seiten im Browser

commands-web-no-page-title = Diese Seite gibt es nicht
commands-web-no-page = Unter dieser Adresse hat Greenroom nichts.
commands-web-wrong-method-title = Das geht hier nicht
commands-web-wrong-method = So lässt sich diese Adresse nicht aufrufen.
commands-web-cannot-play = Falls dein Browser es nicht abspielen kann, [öffne die Datei]: Sie ist genau das, was rausgehen würde.
commands-web-unreadable-title = Das lässt sich nicht lesen
commands-web-unreadable = Was gesendet wurde, ist nicht so, wie es sein soll.
commands-web-too-much-title = Das ist zu viel
commands-web-too-large = Was gesendet wurde, ist größer als alles, was hier angenommen wird.
commands-web-too-long-title = Das hat zu lange gedauert
commands-web-in-a-minute = Versuch es in einer Minute noch einmal.
commands-web-at-once-title = Das war viel auf einmal
commands-web-at-once = Von deiner Adresse kam mehr, als ein einzelner Besucher fragt. Versuch es gleich noch einmal.
commands-web-not-from-tiktok-title = Das ist kein Link von TikTok
commands-web-start-again = Fang mit /account connect noch einmal an.
commands-web-connected-title = @{ $account } ist verbunden
commands-web-connected = Du kannst diese Seite schließen und zu Discord zurückgehen.
commands-web-hint = Tipp: { $hint }
commands-web-broke-title = Bei uns ist etwas kaputtgegangen
commands-web-not-connected = Es wurde nichts verbunden. Versuch es mit /account connect noch einmal.
commands-web-post-title = Beitrag #{ $number }
commands-web-facts = { $facts } · Fingerabdruck { $fingerprint }
commands-web-not-that-long-title = So lang ist das Video nicht
commands-web-not-that-long = Öffne es von Anfang an.
commands-web-nowhere-title = Dieser Link führt nirgendwohin
commands-web-nowhere = Öffne das Video über seine Karte in Discord; dazu braucht es die ganze Adresse.
commands-web-expired-title = Dieser Link ist zu alt
commands-web-expired = Er galt bis einen Tag, nachdem sein Beitrag fällig war. Eine neu gezeichnete Karte hat einen frischen.
commands-web-changed-title = Dieser Beitrag wurde inzwischen geändert
commands-web-changed = Was der Link gezeigt hat, ist nicht mehr das, was rausgehen würde. Das aktuelle Video steht auf der neuesten Karte des Beitrags.
commands-web-gone-title = Das Video gibt es hier nicht mehr
commands-web-gone = Videos werden einige Zeit, nachdem ihr Beitrag vorbei ist, gelöscht.
commands-web-no-event = Was gesendet wurde, kann kein Ereignis von TikTok sein.
commands-web-not-for-you-title = Das ist nicht für dich
commands-web-not-for-you = Hier meldet sich nur TikTok.
