# Viele Beiträge aus einer Datei.

# Warum eine Datei keine Tabelle mit Beiträgen ist, und was man tun kann.
bulk-too-large = Diese Datei ist größer als { $most } MB.
bulk-empty = Diese Datei ist leer.
bulk-not-csv = Das ist keine CSV-Datei: Sie sieht aus wie { $looks_like }.
bulk-broken = Diese Datei ist nicht als CSV lesbar: { $said }.
bulk-row-too-wide = Zeile { $row } hat { $cells } Zellen unter { $width } Überschriften
bulk-odd-cell = eine Zelle ist nicht, wie sie sein sollte
bulk-odd-cell-near = eine Zelle in der Nähe von Zeile { $line } ist nicht, wie sie sein sollte
bulk-lacks = { $count ->
    [one] In dieser Datei fehlt die Spalte { $names }.
   *[other] In dieser Datei fehlen die Spalten { $names }.
    }
bulk-unknown = { $count ->
    [one] In dieser Datei ist die Spalte { $names }, die Greenroom nicht kennt.
   *[other] In dieser Datei sind die Spalten { $names }, die Greenroom nicht kennt.
    }
bulk-names-and-more = { $names } und { $count } weitere
bulk-twice = In dieser Datei ist die Spalte `{ $name }` doppelt.
bulk-no-rows = Diese Datei hat eine Überschrift und keine Zeilen.
bulk-too-many = Diese Datei hat { $count } Zeilen; auf einmal gehen { $most }.
bulk-hint-split = teile sie in Dateien mit bis zu { $most } Zeilen auf
bulk-hint-rows = jede Zeile ist ein Beitrag; `/bulk` ohne Datei gibt dir ein Beispiel
bulk-hint-save-as = wähle in deiner Tabelle *Speichern unter* oder *Herunterladen*, und dann CSV
bulk-hint-quotes = setz eine Zelle, die das Trennzeichen, ein Anführungszeichen oder einen Zeilenumbruch enthält, in Anführungszeichen, und verdopple die Anführungszeichen darin
bulk-hint-first-line = die erste Zeile nennt die Spalten, jede einmal; `/bulk` ohne Datei gibt dir ein Beispiel
bulk-hint-columns = entferne sie oder benenne sie um; die Spalten heißen { $names }

# Was an einer Zelle nicht stimmt, und was richtig wäre.
bulk-cell-empty = `{ $column }` ist leer
bulk-cell-unreadable = `{ $given }` geht nicht für `{ $column }`
bulk-cell-no-link = der Link in `video` ist kein ganzer Link
bulk-cell-no-link-hint = gib ihn ganz an, mit `https://` am Anfang
bulk-when-hint = eine Zeit wie `2026-12-01 18:00`, `morgen 18:00` oder `asap`
bulk-video-hint = ein Link, der mit `https://` beginnt, oder der Name einer Datei, die du hier geschickt hast
bulk-privacy-hint = `alle`, `freunde`, `follower` oder `nur ich`; TikTok verlangt, dass ein Mensch das wählt
bulk-yes-or-no-hint = `ja` oder `nein`; leer ist `nein`
bulk-disclosure-hint = `nein`, `eigene marke`, `bezahlte partnerschaft` oder `beides`; leer ist `nein`
bulk-cover-hint = Sekunden ab dem Anfang des Videos, zum Beispiel `2,5`; leer ist das erste Bild

# Was `/bulk` sagt.
bulk-example =
    `/bulk` nimmt eine CSV-Datei, in der jede Zeile ein Beitrag ist, bis zu { $most }: das angehängte Beispiel zeigt die Spalten. Nötig sind `when`, `video` und `privacy`; deutsche Überschriften gehen auch.
    Ein Video ist ein Link, der mit `https://` beginnt, oder der Name einer Datei, die du in diesem Kanal in einer Nachricht geschickt hast, die mich erwähnt: von anderen Nachrichten zeigt mir Discord keine Dateien.
    Nichts wird eingeplant, bevor du gesehen hast, was aus jeder Zeile wird.
    Tipp: ändere das Beispiel und gib es dann `/bulk` mit der Option `file`
bulk-checking = Die Zeilen werden geprüft: { $done } von { $total }.
bulk-none-good =
    Keine der Zeilen kann eingeplant werden, deshalb wurde nichts vorbereitet.
    { $rows }
    Tipp: korrigiere die Zeilen in der angehängten Datei und gib sie noch einmal `/bulk`
bulk-all-good = { $count ->
        [one] 1 Zeile kann eingeplant werden. Noch ist nichts eingeplant.
       *[other] { $count } Zeilen können eingeplant werden. Noch ist nichts eingeplant.
    }
    { $rows }
    Tipp: die Zeilen warten einen Tag lang, oder bis du eine andere Datei prüfen lässt
bulk-some-good = { $count ->
        [one] 1 von { $total } Zeilen kann eingeplant werden. Noch ist nichts eingeplant.
       *[other] { $count } von { $total } Zeilen können eingeplant werden. Noch ist nichts eingeplant.
    }
    { $rows }
    Tipp: korrigiere die Zeilen in der angehängten Datei und gib sie noch einmal `/bulk`, oder plane nur die guten ein
bulk-schedule-rows = { $count ->
        [one] 1 Zeile einplanen
       *[other] { $count } Zeilen einplanen
    }
bulk-row-good = Zeile { $row }: ok, #{ $post }, { $when } an { $handle }
bulk-row-good-asap = Zeile { $row }: ok, #{ $post }, an { $handle }, sobald er freigegeben ist
bulk-row-bad = Zeile { $row }: { $said }
bulk-asap = sobald er freigegeben ist
bulk-wrong-with-hint = { $said } (Tipp: { $hint })
bulk-ok = ok
bulk-ok-with-warnings = ok, mit Warnungen
bulk-schedule-all-the-same = Trotzdem einplanen
bulk-two-numbers = #{ $first } und #{ $last }
bulk-numbers = #{ $first } bis #{ $last }
bulk-submitted = { $count ->
        [one] 1 Beitrag eingereicht: { $numbers }. Er ist in Prüfung und hat eine eigene Karte.
       *[other] { $count } Beiträge eingereicht: { $numbers }. Sie sind in Prüfung, jeder mit eigener Karte.
    }
bulk-submitted-in = { $count ->
        [one] 1 Beitrag eingereicht: { $numbers }. Er ist in { $channel } in Prüfung und hat eine eigene Karte.
       *[other] { $count } Beiträge eingereicht: { $numbers }. Sie sind in { $channel } in Prüfung, jeder mit eigener Karte.
    }

# Die eine Nachricht an die Prüfer über eine ganze Datei.
bulk-card-row = Zeile { $row } · **#{ $number }** · { $when }{ $handle } · { $words }
bulk-card-title = { $count ->
        [one] 1 Beitrag aus { $file }
       *[other] { $count } Beiträge aus { $file }
    }
bulk-card =
    { $rows }

    Jeder hat eine eigene Karte, auf der er beurteilt wird.
bulk-card-author = Autor
bulk-card-ping = { $count ->
        [one] { $role } 1 Beitrag aus einer Datei wartet auf euer Urteil.
       *[other] { $role } { $count } Beiträge aus einer Datei warten auf euer Urteil.
    }

# Was sonst an einer Zeile nicht stimmt.
bulk-no-such-file = unter den Dateien, die du hier geschickt hast, ist keine `{ $name }`
bulk-no-such-file-hint = schick sie in diesem Kanal in einer Nachricht, die den Bot erwähnt (andere Nachrichten zeigt ihm Discord nicht), oder gib einen Link an
bulk-not-reached = ihr Video kam nicht rechtzeitig an die Reihe
bulk-not-reached-hint = prüf weniger Zeilen auf einmal
bulk-submitted-by-itself = sie wurde schon einzeln eingereicht
bulk-row-doubt = Zeile { $row }: { $said }
bulk-discarded = { $count ->
    [one] Die vorbereitete Zeile ist verworfen.
   *[other] Die { $count } vorbereiteten Zeilen sind verworfen.
    } { $all ->
    [yes] Es wurde niemandem etwas geschickt.
   *[no] Was einzeln eingereicht wurde, bleibt in Prüfung.
    }
