# Zeiten: wie sie gelesen werden, und warum eine nicht geht.

# Tage, Monate und Spannen; was hier steht, muss der Bot auch lesen können

times-weekday-short = { $number ->
    [1] Mo
    [2] Di
    [3] Mi
    [4] Do
    [5] Fr
    [6] Sa
   *[7] So
    }
times-weekday = { $number ->
    [1] Montag
    [2] Dienstag
    [3] Mittwoch
    [4] Donnerstag
    [5] Freitag
    [6] Samstag
   *[7] Sonntag
    }
times-month-short = { $number ->
    [1] Jan.
    [2] Feb.
    [3] März
    [4] Apr.
    [5] Mai
    [6] Juni
    [7] Juli
    [8] Aug.
    [9] Sept.
    [10] Okt.
    [11] Nov.
   *[12] Dez.
    }
times-month = { $number ->
    [1] Januar
    [2] Februar
    [3] März
    [4] April
    [5] Mai
    [6] Juni
    [7] Juli
    [8] August
    [9] September
    [10] Oktober
    [11] November
   *[12] Dezember
    }
times-day = { $weekday }., { $day }. { $month } { $year }
times-day-of-month = { $day }. { $month }
# Spannen stehen immer im Dativ: „in 2 Tagen“, „von 2 Tagen“
times-days = { $count ->
    [one] { $count } Tag
   *[other] { $count } Tagen
    }
times-now = jetzt
times-ahead = in { $span }
times-ago = vor { $span }
times-either = { $before } oder { $next }

# Warum eine Zeit nicht geht

times-empty = es ist keine Zeit angegeben
times-too-long = eine Zeit hat höchstens { $most } Zeichen
times-unknown = `{ $word }` ist nicht zu verstehen
times-vague = `{ $word }` nennt keine genaue Zeit
times-alone = `{ $word }` muss allein stehen
times-twice = `{ $word }` nennt { $part ->
    [day] den Tag
    [time] die Uhrzeit
    [unit] die Einheit
   *[zone] die Zeitzone
    } ein zweites Mal
times-missing-time = zu { $day } fehlt die Uhrzeit
times-not-in-calendar = `{ $given }` gibt es im Kalender nicht
times-not-a-time-of-day = `{ $given }` ist keine Uhrzeit
times-beyond = das ist weiter weg, als der Kalender reicht
times-weekday-contradicts = { $day } ist kein { $weekday }
times-which-week = `nächsten { $weekday }` kann { $one } oder { $other } sein
times-which-order = `{ $given }` kann { $days } sein
times-gone = `{ $word }` ist vorbei
times-skipped = die Uhren in { $zone } überspringen { $clock }
times-repeated = die Uhren in { $zone } zeigen { $clock } zweimal
times-offset-contradicts = { $zone } liegt dann nicht bei { $offset }
times-unknown-zone = `{ $given }` ist keine Zeitzone
times-past = { $when } ist vorbei
times-too-near = { $when } ist zu bald
times-too-far = { $when } ist zu weit weg
times-maintenance = { $when } liegt in einem Wartungsfenster, das bis { $until } dauert

# Was man stattdessen schreibt

times-examples = zum Beispiel `morgen 18:00`, `fr 18 Uhr`, `in 3h`, `1.12.2026 9:00` oder `asap`
times-did-you-mean = meinst du { $close }?
times-unknown-number-hint = schreib eine Uhrzeit wie `18:00` oder `18 Uhr`
times-vague-now-hint = mit `asap` geht der Beitrag raus, sobald er freigegeben ist
times-vague-hint = nenne Tag und Uhrzeit, zum Beispiel `morgen 18:00`
times-twice-span-hint = nenne jede Einheit einmal, zum Beispiel `in 1h 30m`
times-twice-hint = nenne nur { $part ->
    [day] einen Tag
    [time] eine Uhrzeit
    [unit] eine Einheit
   *[zone] eine Zeitzone
    }
times-missing-time-hint = nenne die Uhrzeit dazu, zum Beispiel `{ $day } 18:00`
times-not-in-calendar-hint = sieh nach, wie viele Tage dieser Monat hat
times-not-a-time-of-day-hint = Uhrzeiten gehen von `00:00` bis `23:59`
times-beyond-hint = wähle eine nähere Zeit
times-weekday-contradicts-hint = lass den Wochentag weg, oder schreib `{ $weekday }`
times-skipped-hint = die erste Zeit danach ist { $when }
times-gone-hint = wähle einen Tag, der noch kommt
times-unknown-zone-hint = Zeitzonen schreibt man wie `Europe/Berlin`; beim Tippen werden sie vorgeschlagen
times-write = schreib { $what }
times-too-near-hint = Beiträge brauchen einen Vorlauf von mindestens { $span }; { $nearest }
times-too-far-hint = Beiträge haben einen Vorlauf von höchstens { $span }; { $nearest }
times-nearest-none = gerade geht keine Zeit; wer dieses Greenroom betreibt, kann den Zeitraum erweitern
times-nearest-that-works = die nächste Zeit, die geht, ist { $when }

# Was beim Tippen vorgeschlagen wird

times-nearest = am nächsten dran: { $when }
times-asap = asap · sobald der Beitrag freigegeben ist
times-next-slot = next slot · der nächste freie Termin des Kontos

# Zeitzonen und feste Termine

times-zone-own =
    Zeiten, die du tippst, werden jetzt in `{ $zone }` gelesen, deiner eigenen Zeitzone. Dort ist gerade { $now }. Was geplant ist, bleibt, wie es ist.
    Tipp: `/timezone` ohne Zone nimmt wieder die dieses Servers
times-zone-server = Zeiten, die du tippst, werden jetzt in `{ $zone }` gelesen, der Zeitzone dieses Servers. Dort ist gerade { $now }. Was geplant ist, bleibt, wie es ist.
times-weekly-slots = Feste Termine
times-next-free = Als Nächstes frei
times-slots-footer = Zeiten in { $zone }
times-slots-footer-more = Zeiten in { $zone } · { $count } weitere: nenne eines mit `account`
times-slots-there-already = Diese festen Termine von { $account } gab es schon; es hat sich nichts geändert.
times-slots-added = { $count ->
    [one] { $count } fester Termin für { $account } hinzugefügt.
   *[other] { $count } feste Termine für { $account } hinzugefügt.
    }
times-slots-next = Der nächste freie ist { $when } ({ $distance }).
times-slots-none-free = Gerade ist keiner der Termine frei.
times-slots-set =
    { $what } { $next }
    Tipp: `/schedule when: next slot` nimmt ihn; die Zeiten gelten in `{ $zone }`
times-slots-no-such =
    { $account } hat keinen solchen Termin; es hat sich nichts geändert.
    Tipp: `/slots show` zeigt, welche Termine es gibt
times-slots-removed = { $count ->
    [one] { $count } fester Termin von { $account } entfernt.
   *[other] { $count } feste Termine von { $account } entfernt.
    }
times-slots-left = { $count ->
    [0] Es bleibt keiner übrig.
    [one] Es bleibt { $count } Termin.
   *[other] Es bleiben { $count } Termine.
    }
times-slots-cleared =
    { $removed } { $left } Beiträge, die einen davon genommen haben, behalten ihre Zeit.
    Tipp: so bekommst du sie zurück: { $back }
times-slots-none-yet = Noch keine. Ein Prüfer oder Verwalter fügt welche mit `/slots set` hinzu.
times-none-is-free = Keiner ist frei
