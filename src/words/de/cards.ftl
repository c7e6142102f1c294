# Ein Beitrag als Nachricht, und Listen von Beiträgen.

# Wie es um einen Beitrag steht.

cards-standing-draft = Entwurf
cards-standing-in-review = in Prüfung
cards-standing-approved = freigegeben
cards-standing-declined = abgelehnt
cards-standing-lapsed = verfallen
cards-standing-withdrawn = zurückgezogen
cards-standing-scheduled = geplant
cards-standing-publishing = wird veröffentlicht
cards-standing-processing = in Verarbeitung
cards-standing-published = veröffentlicht
cards-standing-in-inbox = im Posteingang
cards-standing-held = zurückgehalten
cards-standing-failed = fehlgeschlagen
cards-standing-unclear = ungeklärt
cards-standing-cancelled = abgebrochen

# Die Karte.

cards-asks-for-verdict = { $role } Beitrag #{ $number } wartet auf euer Urteil.
cards-reading =
    Nach { $unit ->
        [hours] { $span } Std.
       *[days] { $span } Tagen
    }: Aufrufe { $views } · Likes { $likes } · Kommentare { $comments } · geteilt { $shares }
cards-superseded = #{ $number } · ersetzt
cards-superseded-text = Dieser Beitrag wurde inzwischen geändert, darum zählen Urteile hier nicht mehr. Seine neueste Karte steht weiter unten.
cards-field-numbers = Zahlen
cards-field-paused = Pausiert
cards-field-author = Autor
cards-field-account = Konto
cards-field-due = Fällig
cards-field-settings = Einstellungen
cards-field-video = Video
cards-field-warnings = Warnungen
cards-field-in-spite-of = Trotzdem eingereicht
cards-field-verdicts = Urteile
cards-field-fingerprint = Fingerabdruck
cards-settings-draft = Ein Entwurf für den TikTok-Posteingang: Alles außer dem Video wird in der TikTok-App ausgewählt.
cards-video-attached = Die angehängte Datei ist genau das Video zu diesem Fingerabdruck.
cards-video-linked = *Video ansehen* öffnet genau das Video zu diesem Fingerabdruck.
cards-video-not-shown = ⚠️ Für einen Anhang in Discord ist es zu groß, darum kann diese Karte es nicht zeigen: Frag den Autor nach der Datei.
cards-video-within-limits = Innerhalb der Grenzen von TikTok.
cards-verdict-approved-as-manager = **{ $name }** hat als Verwalter freigegeben, { $when }
cards-verdict-approved = **{ $name }** hat freigegeben, { $when }
cards-verdict-changes = **{ $name }** verlangt Änderungen, { $when }: { $reason }
cards-verdict-declined-because = **{ $name }** hat abgelehnt, { $when }: { $reason }
cards-verdict-declined = **{ $name }** hat abgelehnt, { $when }
cards-button-approve = Freigeben
cards-button-request-changes = Änderungen verlangen
cards-button-decline = Ablehnen
cards-button-pick-time = Neue Zeit wählen
cards-button-publish-now = Jetzt veröffentlichen
cards-button-it-is-out = Ist veröffentlicht
cards-button-it-is-not-out = Ist es nicht, noch einmal veröffentlichen
cards-button-try-again = Noch einmal versuchen
cards-button-edit = Ändern
cards-button-move = Verschieben
cards-button-withdraw = Zurückziehen
cards-button-watch-on-tiktok = Auf TikTok ansehen
cards-button-watch = Video ansehen

# Was die Karte darüber sagt, wie es um ihren Beitrag steht.

cards-state-draft = Der Autor arbeitet noch daran; bisher wurde niemand gefragt.
cards-state-lapsed = Seine Zeit kam, bevor genug Freigaben da waren, darum ging der Beitrag nicht raus. { $author } oder ein Verwalter wählt eine neue Zeit; die Prüfung beginnt dann von vorn.
cards-act-author = { $author } kann etwas tun: Ein anderes Video, ein anderer Text oder eine andere Einstellung hilft.
cards-act-manager = Wer diesen Server verwalten darf, kann etwas tun: Jemand muss sich um das Konto kümmern.
cards-act-operator = Wer dieses Greenroom betreibt, kann etwas tun: `greenroom doctor` sagt, was nicht stimmt.
cards-act-tiktok = Hier kann niemand etwas tun: TikTok muss sich erst erholen. Versuch es später noch einmal.
cards-state-in-review =
    In Prüfung: bisher { $given } von { $needed ->
        [one] 1 Freigabe
       *[other] { $needed } Freigaben
    }.
cards-state-changes-asked = Änderungen verlangt von { $names }; { $author } macht sie mit `/post edit`.
cards-state-lapses = Wird der Beitrag vorher nicht freigegeben, verfällt er { $when }.
cards-state-approved = Von den Prüfern freigegeben. { $next }
cards-state-approved-by = Freigegeben von { $names }. { $next }
cards-approver-as-manager = **{ $name }** (als Verwalter)
cards-state-declined-by = Abgelehnt von **{ $name }**. Es geht nichts raus. { $author } kann den Beitrag mit `/post edit` ändern, dann beginnt eine neue Prüfung.
cards-state-declined = Von einem Prüfer abgelehnt. Es geht nichts raus. { $author } kann den Beitrag mit `/post edit` ändern, dann beginnt eine neue Prüfung.
cards-state-withdrawn-at = Zurückgezogen am { $when }. Es geht nichts raus.
cards-state-withdrawn = Zurückgezogen. Es geht nichts raus.
cards-next-due = Der Beitrag ist am { $when } fällig ({ $distance }).
cards-next-goes =
    { $delivery ->
        [draft] Der Beitrag geht am { $when } in den TikTok-Posteingang ({ $distance }).
       *[direct] Der Beitrag geht am { $when } raus ({ $distance }).
    }
cards-next-within-moments =
    { $delivery ->
        [draft] Der Beitrag geht gleich in den TikTok-Posteingang.
       *[direct] Der Beitrag geht gleich raus.
    }
cards-state-ahead-of-time = Das Video geht schon vorab an TikTok; das letzte Stück wartet auf die Uhrzeit, der Beitrag lässt sich also noch ändern oder stoppen.
cards-state-processing = In Verarbeitung: TikTok hat das ganze Video und arbeitet daran; das kann ein paar Minuten dauern.
cards-state-published = Veröffentlicht am { $when }. { $link }
cards-state-in-inbox = Im TikTok-Posteingang von { $account }, seit { $since }. Öffne die TikTok-App, tippe im Posteingang auf die Nachricht und stelle den Beitrag dort fertig; erst dann ist er veröffentlicht.
cards-state-failed =
    Nicht veröffentlicht: { $said }
    Tipp: { $hint }
    { $act }
cards-state-cancelled = Abgebrochen: Der Beitrag wurde geändert oder gestoppt, bevor TikTok alles hatte.
cards-state-moved-on =
    Verschoben: { $said }
    { $paused ->
        [yes] Der Beitrag ist am { $when } fällig ({ $distance }).
       *[no] Der Beitrag geht am { $when } raus ({ $distance }); niemand muss etwas tun.
    }
cards-state-not-begun =
    Es konnte nicht losgehen: { $said }
    { $paused ->
        [yes] Der nächste Versuch wäre { $when }.
       *[no] Der nächste Versuch beginnt { $when }; niemand muss etwas tun.
    }
cards-state-attempt-failed =
    Versuch { $attempt } von { $most } hat nicht geklappt: { $said }
    { $paused ->
        [yes] Der nächste Versuch wäre { $when }.
       *[no] Der nächste Versuch beginnt { $when }; niemand muss etwas tun.
    }
cards-publishing-opening = Wird veröffentlicht: TikTok wird gebeten, das Video anzunehmen.
cards-publishing-percent = Wird veröffentlicht, { $percent } %.
cards-publishing-last-part = Wird veröffentlicht: Das letzte Stück ist unterwegs.
cards-publishing-again = Das ist Versuch { $attempt } von { $most }.
cards-link-private = Nur das Konto selbst kann das Video sehen, darum gibt es keinen Link zum Teilen.
cards-link-follows = Der Link folgt, sobald TikTok ihn liefert.
cards-state-held-because = Zurückgehalten, seit seine Zeit kam, { $due }: { $because }
cards-state-held = Zurückgehalten: Der Beitrag war am { $due } fällig ({ $distance }), als nichts rausgehen konnte, und ist zu spät dran, um ungefragt rauszugehen. { $author }, ein Prüfer oder ein Verwalter entscheidet: *Jetzt veröffentlichen*, so wie er freigegeben wurde; *Verschieben* beginnt eine neue Prüfung; *Zurückziehen* stoppt ihn.
cards-state-unclear =
    { $said }
    Sieh auf TikTok bei { $account } nach, ob es dort ein Video mit dem Text „{ $caption }“ von etwa { $when } gibt. Solange niemand sagt, was zu sehen ist, wird nichts mehr gesendet.
    Tipp: { $hint }

# Der Editor.

cards-composer-title = Beitrag für das TikTok-Konto: { $account }
cards-composer-inbox =
    Er geht in den TikTok-Posteingang dieses Kontos, nicht raus. TikTok nimmt dort nur das Video an: Wer die Nachricht dazu in der TikTok-App öffnet, fügt den Text ein, wählt, wer es sehen kann, dazu Kommentare, Titelbild und Offenlegung, und veröffentlicht es. Der Text liegt zum Kopieren bereit. Höchstens 5 Entwürfe in 24 Stunden warten dort.
    An TikTok wird nichts gesendet, bevor es freigegeben ist.
cards-field-how-it-gets-out = Wie er rausgeht
cards-field-cover = Titelbild
cards-field-visibility = Wer dieses Video sehen kann
cards-field-interactions = Kommentare, Duett, Stitch
cards-field-disclosure = Offenlegung
cards-field-before-you-submit = Bevor du einreichst
cards-composer-longest = Innerhalb der Grenzen von TikTok; dieser Creator darf Videos bis { $longest } veröffentlichen.
cards-composer-attached = Die angehängte Datei ist das, was rausgehen würde.
cards-composer-linked = *Video ansehen* öffnet, was rausgehen würde.
cards-visibility-not-chosen = Noch nicht gewählt. TikTok verlangt, dass das jedes Mal ein Mensch wählt.
cards-visibility-not-audited = Solange die App das Audit von TikTok nicht bestanden hat, geht nur *{ $level }*.
cards-visibility-branded = Markeninhalte können nicht auf privat gestellt werden.
cards-visibility-public-account = Und das nur, solange das Konto selbst privat ist; dieses ist es nicht.
cards-interactions =
    Kommentare { $comments ->
        [on] an
       *[off] aus
    } · Duett { $duet ->
        [on] an
       *[off] aus
    } · Stitch { $stitch ->
        [on] an
       *[off] aus
    } · KI-Kennzeichnung { $ai ->
        [on] an
       *[off] aus
    }
cards-closed-comments = Kommentare
cards-closed-duet = Duett
cards-closed-stitch = Stitch
cards-closed = In den TikTok-Einstellungen dieses Creators ausgeschaltet: { $what }.
cards-disclosure-off = Aus. Schalte sie ein, wenn dieses Video für Waren oder Dienstleistungen wirbt und es dafür eine Gegenleistung gibt.
cards-disclosure-not-said = Du musst angeben, ob dein Inhalt für dich selbst, für Dritte oder für beide wirbt.
cards-disclosure-own-brand = **Deine Marke**: Du wirbst für dich selbst oder dein eigenes Unternehmen.
cards-disclosure-branded = **Markeninhalte**: Du wirbst für eine andere Marke oder für Dritte.
cards-disclosure-promotional = Dein Foto/Video wird als „Werbeinhalt“ gekennzeichnet.
cards-disclosure-paid = Dein Foto/Video wird als „Bezahlte Partnerschaft“ gekennzeichnet.
cards-consent-branded = Mit dem Veröffentlichen stimmst du der [Richtlinie zu Markeninhalten]({ $branded }) und der [Bestätigung zur Musiknutzung]({ $music }) von TikTok zu.
cards-consent = Mit dem Veröffentlichen stimmst du der [Bestätigung zur Musiknutzung]({ $music }) von TikTok zu.
cards-composer-nothing-sent = An TikTok wird nichts gesendet, bevor es freigegeben ist. Danach kann es ein paar Minuten dauern, bis TikTok es verarbeitet hat.
cards-composer-not-ready = **Noch nicht bereit:** { $missing }
cards-visibility-nothing = Nichts zur Auswahl
cards-visibility-none-works = Mit diesen Einstellungen geht keine Sichtbarkeit
cards-visibility-who = Wer kann dieses Video sehen?
cards-toggle-comments =
    Kommentare: { $is ->
        [on] an
       *[off] aus
    }
cards-toggle-duet =
    Duett: { $is ->
        [on] an
       *[off] aus
    }
cards-toggle-stitch =
    Stitch: { $is ->
        [on] an
       *[off] aus
    }
cards-toggle-ai =
    KI-generiert: { $is ->
        [on] an
       *[off] aus
    }
cards-toggle-disclose =
    Offenlegung: { $is ->
        [on] an
       *[off] aus
    }
cards-toggle-own-brand =
    Deine Marke: { $is ->
        [on] an
       *[off] aus
    }
cards-toggle-branded =
    Markeninhalte: { $is ->
        [on] an
       *[off] aus
    }
cards-button-submit = Zur Prüfung einreichen
cards-button-edit-caption = Text ändern
cards-button-change-time = Zeit ändern
cards-button-discard = Verwerfen

# Was durch einen Ausfall zu spät dran ist.

cards-held-nothing = Es ist nichts mehr zurückgehalten
cards-held-all-decided = Über jeden Beitrag hat jemand entschieden. `/queue` zeigt, wie es um sie steht.
cards-held-title =
    { $count ->
        [one] 1 Beitrag ist zurückgehalten
       *[other] { $count } Beiträge sind zurückgehalten
    }
cards-held-more = und noch mehr: { $total } insgesamt
cards-held-text =
    { $count ->
        [one] Er wurde fällig, als nichts rausgehen konnte, und geht nicht ungefragt raus. Sein Autor, Prüfer und Verwalter entscheiden; bis dahin wird nichts gesendet.
       *[other] Sie wurden fällig, als nichts rausgehen konnte, und gehen nicht ungefragt raus. Ihre Autoren, Prüfer und Verwalter entscheiden; bis dahin wird nichts gesendet.
    }

    { $listed }
cards-held-was-due = war fällig am { $when } ({ $distance })
cards-held-publish = #{ $number } jetzt veröffentlichen
cards-held-move = #{ $number } verschieben
cards-held-withdraw = #{ $number } zurückziehen
cards-held-publish-all = Alle jetzt veröffentlichen
cards-held-look-at-each = Einzeln ansehen

# Die Warteschlange.

cards-queue = Warteschlange
cards-queue-footer =
    Seite { $page } von { $pages } · { $count ->
        [one] 1 Beitrag
       *[other] { $count } Beiträge
    } · Zeiten, die du tippst, gelten in { $zone }
cards-choice-asap = sobald freigegeben
cards-choice-when = { $weekday } { $day }. { $month }, { $time }
cards-once-approved = sobald er freigegeben ist
cards-queue-page-gone =
    Auf dieser Seite steht nichts mehr.
    Tipp: geh eine Seite zurück
cards-queue-nothing-coming =
    Es steht nichts an.
    Tipp: `/schedule` reicht ein Video ein
cards-queue-nothing-matches =
    Kein Beitrag passt zu dem, was du suchst.
    Tipp: `/queue` ohne Optionen zeigt alles, was ansteht
cards-button-earlier = Früher
cards-button-later = Später

# Wer was mit einem Beitrag gemacht hat.

cards-history-nothing = Was mit diesem Beitrag geschah, ist nicht aufgehoben.
cards-history-forgotten = Was davor war, ist zu lange her und wurde gelöscht.
cards-history-title = Verlauf von #{ $number } · { $standing }
cards-history-newest-last = Das Neueste steht zuletzt
cards-history-footer = { $from } bis { $to } von { $count } · das Neueste steht zuletzt
cards-history-greenroom = Greenroom, von selbst
cards-history-where = [wo]({ $link })
cards-history-more-roles =
    { $count ->
        [one] 1 weitere
       *[other] { $count } weitere
    }
cards-history-manages = verwaltet den Server
cards-history-no-roles = damals ohne Rollen
cards-history-roles = damals: { $roles }
cards-history-revision = Fassung `{ $revision }`
cards-history-attempt = Versuch { $attempt }
cards-done-drafted = Abgegeben
cards-done-submitted = Zur Prüfung eingereicht
cards-done-approved = Freigegeben
cards-done-approval-taken-back = Freigabe zurückgenommen
cards-done-changes-asked = Änderungen verlangt
cards-done-declined = Abgelehnt
cards-done-decline-explained = Grund genannt
cards-done-decline-taken-back = Ablehnung zurückgenommen
cards-done-recalled = Wieder in Prüfung: Eine Freigabe zählt nicht mehr
cards-done-edited = Geändert
cards-done-moved = Verschoben
cards-done-withdrawn = Zurückgezogen
cards-done-lapsed = Verfallen
cards-done-retried = Noch einmal losgeschickt
cards-done-vouched = Als veröffentlicht bestätigt
cards-done-released = Zum Veröffentlichen freigegeben
cards-done-now-begun = Senden begonnen
cards-done-now-committed = Letztes Stück gesendet
cards-done-now-scheduled = Auf später verschoben
cards-done-now-publishing = Wird veröffentlicht
cards-done-now-processing = TikTok hat alles
cards-done-now-published = Veröffentlicht
cards-done-now-in-inbox = Im TikTok-Posteingang
cards-done-now-held = Zurückgehalten
cards-done-now-failed = Fehlgeschlagen
cards-done-now-unclear = Ungeklärt
cards-done-now-cancelled = Abgebrochen

# Der Tagesbericht.

cards-digest-title = Tagesbericht · { $weekday }, { $day }. { $month } { $year }
cards-digest-needs-a-hand = Hier muss jemand ran
cards-digest-failed = Fehlgeschlagen
cards-digest-more-accounts =
    { $count ->
        [one] 1 weiteres Konto steht
       *[other] { $count } weitere Konten stehen
    } hier nicht; ein Tagesbericht hat Platz für { $most }.
cards-digest-and = Und
cards-digest-goes-out-today = Geht heute raus
cards-digest-waits-for-review = Wartet auf Prüfung
cards-digest-nothing =
    Es gibt nichts zu berichten: Kein TikTok-Konto ist verbunden, und kein Beitrag ist unterwegs.
    Tipp: wer diesen Server verwalten darf, verbindet mit `/account connect` ein Konto
cards-digest-opening =
    { $today ->
        [0] Heute geht nichts raus
        [one] Heute geht 1 Beitrag raus
       *[other] Heute gehen { $today } Beiträge raus
    }, { $waiting ->
        [0] nichts wartet auf Prüfung
        [one] 1 wartet auf Prüfung
       *[other] { $waiting } warten auf Prüfung
    }.
cards-digest-hands =
    { $count ->
        [one] An einer Stelle muss jemand ran.
       *[other] An { $count } Stellen muss jemand ran.
    }
cards-digest-no-numbers-yet = Noch keine Zahlen: Von TikTok wurden noch keine gelesen.
cards-digest-views = Aufrufe
cards-digest-likes = Likes
cards-digest-comments = Kommentare
cards-digest-shares = Geteilt
cards-digest-followers = Follower
cards-digest-no-numbers =
    Keine Zahlen: Dieses Konto hat weder `user.info.stats` noch `video.list` erlaubt.
    Tipp: `/account connect` fragt noch einmal danach
cards-digest-read = Gelesen { $when }
cards-digest-first-reading = erste Messung
cards-digest-since-yesterday = { $change } seit gestern
cards-digest-over-week = { $change } in 7 Tagen
cards-digest-untitled = ein Video ohne Titel
cards-digest-best =
    { $span ->
        [day] Bester Beitrag seit gestern
       *[week] Bester Beitrag der Woche
    }: { $post } · { $gained } Aufrufe, { $views } insgesamt
cards-digest-coverage = Gezählt über die neuesten { $listed } von { $all } Videos
cards-hand-permission-ends = { $account }: Die Berechtigung endet { $when }. Ein Verwalter verbindet das Konto mit `/account connect` neu.
cards-hand-permission-gone = { $account }: Die Berechtigung ist weg, es geht nichts raus. Ein Verwalter verbindet das Konto mit `/account connect` neu.
cards-hand-budget = { $account }: { $used } von { $allowed } Beiträgen der letzten 24 Stunden sind verbraucht.
cards-hand-paused = { $account }: pausiert. Es geht nichts raus, bis jemand mit `/resume` fortsetzt.
cards-hand-held = Zurückgehalten: { $post }
cards-hand-unclear = Ungeklärt, jemand muss auf TikTok nachsehen: { $post }
cards-hand-no-numbers-since = { $account }: Seit { $since } ließen sich keine Zahlen lesen.
cards-hand-no-numbers = { $account }: Bisher ließen sich keine Zahlen lesen.

# Der Kalender.

cards-calendar-nothing =
    Im { $month } ist nichts fällig.
    Tipp: `/schedule` reicht ein Video ein
cards-calendar-footer =
    { $count ->
        [one] 1 Beitrag
       *[other] { $count } Beiträge
    } · Tage und Zeiten in { $zone }
cards-calendar-more-days =
    { $count ->
        [one] und 1 weiterer Tag; `/queue` zeigt alles, was ansteht
       *[other] und { $count } weitere Tage; `/queue` zeigt alles, was ansteht
    }
cards-calendar-posts =
    { $count ->
        [one] 1 Beitrag
       *[other] { $count } Beiträge
    }
cards-calendar-more = weitere
cards-tone-waits = in Prüfung
cards-tone-coming = geht raus
cards-tone-out = ist raus
cards-tone-trouble = jemand muss ran
cards-tone-over = geht nicht raus
cards-calendar-alt =
    Kalender für { $month }: { $count ->
        [one] 1 Beitrag
       *[other] { $count } Beiträge
    }.
cards-calendar-today = **{ $day }, heute**
cards-calendar-day = { $weekday } { $day }
cards-calendar-unknown = unbekannt

# Zahlen, die in einen Balken oder eine Zeile passen.

cards-number-decimal = { $whole },{ $tenth }
cards-number-quadrillions = { $figure } Brd.
cards-number-trillions = { $figure } Bio.
cards-number-billions = { $figure } Mrd.
cards-number-millions = { $figure } Mio.
cards-number-thousands = { $figure }k
