# Jedes höfliche Nein, und was man tun kann.

# Wie ein Nein gesagt wird

refusals-with-hint =
    { $said }
    Tipp: { $hint }
refusals-broken = In Greenroom ist etwas schiefgegangen; nichts, was gespeichert war, ist verloren. Kennung: `{ $reference }`.
refusals-broken-hint = versuch es in einer Minute noch einmal; wenn es so bleibt, gib die Kennung an die Person weiter, die dieses Greenroom betreibt
refusals-take-next-slot = Nächsten freien Termin nehmen
refusals-another-time = Andere Zeit
refusals-press-the-time = Oder drück auf die Zeit, die du meinst:
refusals-video-kept = Das Video ist aufgehoben; der Editor öffnet sich, sobald die Zeit gewählt ist.
refusals-not-for-you = Das ist für jemand anderen gemacht; es hat sich also nichts geändert.
refusals-not-for-you-hint = `/schedule` öffnet einen eigenen Editor für dich

# Zeilen einer Datei

refusals-batch-gone = Diese Zeilen sind nicht mehr vorbereitet.
refusals-batch-gone-hint = Zeilen warten einen Tag, oder bis zu deiner nächsten Datei; gib `/bulk` die Datei noch einmal
refusals-batch-used = Diese Zeilen sind schon eingeplant.
refusals-batch-used-hint = `/queue` zeigt, wie es um sie steht
refusals-batch-spoilt = Es wurde keine Zeile eingeplant, weil es nicht mehr bei allen geht: { $rows }.
refusals-batch-spoilt-hint = gib `/bulk` die Datei noch einmal; dann steht zu jeder Zeile, was jetzt gilt
refusals-batch-row = Zeile { $row }: { $why }
refusals-batch-more = und { $count } weitere
refusals-batch-discarded = { $count ->
    [one] { $count } Entwurf wurde verworfen
   *[other] { $count } Entwürfe wurden verworfen
    }

# Beiträge und Konten, die nicht da sind oder nicht gehen

refusals-no-such-post = Diesen Beitrag gibt es hier nicht.
refusals-no-such-post-hint = `/queue` zeigt, welche Beiträge es gibt
refusals-no-such-account = Hier ist kein TikTok-Konto mit diesem Namen verbunden.
refusals-no-such-account-hint = `/account list` zeigt, welche Konten es gibt
refusals-no-account = Es ist noch kein TikTok-Konto verbunden.
refusals-no-account-hint = ein Verwalter verbindet eines mit `/account connect`
refusals-which-account = Es ist mehr als ein TikTok-Konto verbunden: { $names }.
refusals-which-account-hint = nenne eines mit der Option `account`
refusals-account-not-ready = `@{ $username }` muss neu verbunden werden, bevor dort etwas veröffentlicht werden kann.
refusals-account-not-ready-hint = ein Verwalter ruft `/account connect` auf und meldet sich mit diesem Konto an
refusals-account-banned = TikTok lässt `@{ $username }` nichts veröffentlichen; dorthin geht also nichts raus.
refusals-account-banned-hint = ein Verwalter drückt im Prüfkanal auf *Weiter*, sobald TikTok das Konto wieder lässt
refusals-account-elsewhere = `@{ $username }` ist schon mit einem anderen Server verbunden.
refusals-account-elsewhere-hint = trenne es erst dort

# Videos, die nicht da sind

refusals-no-video = Ein Beitrag braucht ein Video.
refusals-no-video-hint = häng eines mit der Option `video` an, oder gib mit `video_url` einen Link dazu an
refusals-no-video-in-message = In dieser Nachricht ist kein Video.
refusals-no-video-in-message-hint = nimm eine Nachricht, an der eine MP4-, MOV- oder WebM-Datei hängt; `/schedule` nimmt auch Links
refusals-message-gone = Diese Nachricht ist nicht mehr da.
refusals-message-gone-hint = reich das Video mit `/schedule` ein
refusals-video-forgotten = Das Video von Beitrag #{ $number } ist nicht mehr gespeichert: Videos werden einige Zeit nach dem Ende eines Beitrags gelöscht.
refusals-video-forgotten-hint = reich das Video mit `/schedule` noch einmal ein

# Wer was darf

refusals-not-set-up-both = Dieser Server ist noch nicht eingerichtet: Es fehlen die Prüferrolle und der Prüfkanal.
refusals-not-set-up-role = Dieser Server ist noch nicht eingerichtet: Es fehlt die Prüferrolle.
refusals-not-set-up-channel = Dieser Server ist noch nicht eingerichtet: Es fehlt der Prüfkanal.
refusals-not-set-up-hint = ein Verwalter ruft `/setup reviewer_role: … review_channel: …` auf; das dauert eine Minute
refusals-not-a-reviewer = Nur wer die Rolle <@&{ $role }> hat oder diesen Server verwalten darf, kann Beiträge prüfen.
refusals-not-a-reviewer-hint = frag einen Prüfer oder einen Verwalter
refusals-not-a-manager = Das kann nur, wer diesen Server verwalten darf.
refusals-not-a-manager-hint = frag jemanden mit dem Recht „Server verwalten“
refusals-not-yours = Diesen Beitrag kann nur sein Autor oder ein Verwalter ändern.
refusals-not-yours-hint = frag den Autor oder einen Verwalter
refusals-not-yours-to-decide = Über diesen Beitrag kann nur sein Autor, ein Prüfer oder ein Verwalter entscheiden.
refusals-not-yours-to-decide-hint = frag eine dieser Personen; `/post show` sagt, wer der Autor ist
refusals-own-post = Du kannst hier deinen eigenen Beitrag nicht freigeben; das muss jemand anders tun.
refusals-own-post-hint = ein Verwalter kann es mit `/setup self_review: True` erlauben

# Was veraltet ist

refusals-old-card = Diese Karte ist veraltet: Beitrag #{ $number } hat sich seitdem geändert.
refusals-old-card-hint = die neueste Karte des Beitrags steht weiter unten im Prüfkanal
refusals-old-button = Dieser Knopf gehört zu etwas, das nicht mehr da ist.
refusals-old-button-hint = `/queue` zeigt, wie es um alles steht
refusals-somebody-was-faster = Jemand war schneller: Das hat sich gerade geändert.
refusals-somebody-was-faster-hint = sieh noch einmal hin und entscheide neu

# Wie es um einen Beitrag steht

refusals-stage-draft = Entwurf
refusals-stage-in-review = in Prüfung
refusals-stage-approved = freigegeben
refusals-stage-declined = abgelehnt
refusals-stage-lapsed = verfallen
refusals-stage-withdrawn = zurückgezogen
refusals-already-submitted = Beitrag #{ $number } ist schon eingereicht.
refusals-already-submitted-hint = `/post show { $number }` zeigt ihn, `/post edit` ändert ihn
refusals-still-a-draft = Dieser Beitrag ist noch ein Entwurf.
refusals-still-a-draft-hint = mach ihn in seinem Editor fertig, oder fang mit `/schedule` neu an
refusals-not-declined = Dieser Beitrag hat den Stand „{ $stage }“; auf einen Grund wartet niemand.
refusals-no-reason-awaited = Zu Beitrag #{ $number } wird von dir kein Grund erwartet.
refusals-no-reason-awaited-hint = der Autor startet mit `/post edit` eine neue Prüfung
refusals-not-now = Das geht nicht, solange der Beitrag { $short ->
    [notheld] nicht zurückgehalten ist
    [scheduled] geplant ist
    [publishing] gerade veröffentlicht wird
    [processing] in Verarbeitung ist
    [published] veröffentlicht ist
    [ininbox] im Posteingang ist
    [held] zurückgehalten ist
    [failed] fehlgeschlagen ist
    [unclear] ungeklärt ist
    [cancelled] abgebrochen ist
   *[other] „{ $state }“ ist
    }.
refusals-not-now-hint = `/post show` sagt mehr
refusals-too-late-to-judge = Seine Zeit ist vorbei; er kann nicht mehr freigegeben werden.
refusals-too-late-to-judge-hint = der Autor wählt mit `/post move` eine neue Zeit
refusals-nothing-to-judge-draft = Dieser Beitrag ist noch ein Entwurf; es gibt nichts zu prüfen.
refusals-nothing-to-judge-in-review = Dieser Beitrag ist in Prüfung; es gibt nichts zu prüfen.
refusals-nothing-to-judge-approved = Dieser Beitrag ist freigegeben; es gibt nichts zu prüfen.
refusals-nothing-to-judge-declined = Dieser Beitrag wurde abgelehnt; es gibt nichts zu prüfen.
refusals-nothing-to-judge-lapsed = Dieser Beitrag ist verfallen; es gibt nichts zu prüfen.
refusals-nothing-to-judge-withdrawn = Dieser Beitrag wurde zurückgezogen; es gibt nichts zu prüfen.
refusals-not-sent-draft = Dieser Beitrag ist noch ein Entwurf; davon wurde noch nichts gesendet.
refusals-not-sent-in-review = Dieser Beitrag ist in Prüfung; davon wurde noch nichts gesendet.
refusals-not-sent-approved = Dieser Beitrag ist freigegeben; davon wurde noch nichts gesendet.
refusals-not-sent-declined = Dieser Beitrag wurde abgelehnt; davon wurde nichts gesendet.
refusals-not-sent-lapsed = Dieser Beitrag ist verfallen; davon wurde nichts gesendet.
refusals-not-sent-withdrawn = Dieser Beitrag wurde zurückgezogen; davon wurde nichts gesendet.
refusals-not-in-review-draft = der Autor reicht ihn erst ein
refusals-not-in-review-in-review = nimm die Knöpfe der neuesten Karte
refusals-not-in-review-approved = bis er rausgeht, hält ihn *Zurückziehen* auf seiner Karte oder `/post withdraw` noch auf
refusals-not-in-review-declined = der Autor ändert ihn mit `/post edit`; damit beginnt eine neue Prüfung
refusals-not-in-review-lapsed = der Autor wählt mit `/post move` eine neue Zeit; damit beginnt eine neue Prüfung
refusals-not-in-review-withdrawn = der Autor fängt mit `/schedule` neu an
refusals-nothing-sent-draft = mach ihn erst in seinem Editor fertig
refusals-nothing-sent-in-review = er geht raus, sobald ihn genug Prüfer freigegeben haben
refusals-nothing-sent-approved = er geht zu seiner Zeit von selbst raus
refusals-nothing-sent-declined = `/post edit` ändert ihn und startet eine neue Prüfung
refusals-nothing-sent-lapsed = `/post move` gibt ihm eine neue Zeit und startet eine neue Prüfung
refusals-nothing-sent-withdrawn = fang mit `/schedule` neu an
refusals-over-declined = Dieser Beitrag ist abgelehnt; davon geht nichts raus, und es gibt nichts aufzuhalten.
refusals-over-withdrawn = Dieser Beitrag wurde zurückgezogen, und das ist endgültig; er lässt sich nicht mehr ändern.
refusals-over-else = Dieser Beitrag lässt sich nicht mehr ändern.
refusals-after-the-end-declined = `/post edit` ändert ihn und startet eine neue Prüfung
refusals-after-the-end-else = fang mit `/schedule` neu an

# Wie es um die Veröffentlichung steht

refusals-too-late-published = Dieser Beitrag ist schon draußen; er lässt sich hier nicht mehr ändern oder aufhalten.
refusals-too-late-in-inbox = Dieser Beitrag liegt schon im TikTok-Posteingang; er lässt sich hier nicht mehr ändern oder aufhalten.
refusals-too-late-unclear = Noch weiß niemand, ob dieser Beitrag draußen ist; er lässt sich erst ändern oder aufhalten, wenn es jemand sagt.
refusals-too-late-publishing = Das ganze Video dieses Beitrags ist schon bei TikTok; er lässt sich nicht mehr ändern oder aufhalten.
refusals-too-late-else = Dieser Beitrag lässt sich nicht mehr ändern.
refusals-when-too-late-unclear = `/post resolve` sagt, wie man es herausfindet; ist er nicht draußen, lässt er sich danach ändern
refusals-when-too-late-in-inbox = wer ihn in der TikTok-App fertig macht, kann ihn dort noch ändern oder verwerfen
refusals-when-too-late-else = was auf TikTok ist, lässt sich in der TikTok-App ändern oder löschen
refusals-nothing-to-retry-scheduled = Dieser Beitrag ist nicht fehlgeschlagen; er geht von selbst raus, wenn er dran ist.
refusals-nothing-to-retry-publishing = Dieser Beitrag ist gerade auf dem Weg zu TikTok; es gibt nichts noch einmal zu versuchen.
refusals-nothing-to-retry-published = Dieser Beitrag ist schon draußen; es gibt nichts noch einmal zu versuchen.
refusals-nothing-to-retry-in-inbox = Dieser Beitrag ist im TikTok-Posteingang angekommen; es gibt nichts noch einmal zu versuchen.
refusals-nothing-to-retry-held = Dieser Beitrag ist zurückgehalten und wurde noch nie versucht; erst entscheidet jemand darüber.
refusals-nothing-to-retry-unclear = Niemand weiß, ob dieser Beitrag draußen ist, also wird er nicht einfach noch einmal versucht.
refusals-nothing-to-retry-else = Von diesem Beitrag gibt es gerade nichts noch einmal zu versuchen.
refusals-nothing-to-settle-scheduled = An diesem Beitrag ist nichts ungeklärt: Er wartet, bis er dran ist.
refusals-nothing-to-settle-publishing = An diesem Beitrag ist noch nichts ungeklärt: Er ist gerade auf dem Weg zu TikTok.
refusals-nothing-to-settle-published = An diesem Beitrag ist nichts ungeklärt: Er ist draußen.
refusals-nothing-to-settle-in-inbox = An diesem Beitrag ist nichts ungeklärt: Er liegt im TikTok-Posteingang.
refusals-nothing-to-settle-held = An diesem Beitrag ist nichts ungeklärt: Er ist zurückgehalten und wurde nicht gesendet.
refusals-nothing-to-settle-failed = An diesem Beitrag ist nichts ungeklärt: Er ist fehlgeschlagen und nicht draußen.
refusals-nothing-to-settle-unclear = An diesem Beitrag ist nichts mehr ungeklärt.
refusals-instead-held = *Jetzt veröffentlichen*, *Verschieben* oder *Zurückziehen* auf seiner Karte entscheidet
refusals-instead-unclear = sieh auf TikTok nach; mit `/post resolve` sagst du dann, ob er draußen ist
refusals-instead-failed = `/post retry` versucht es noch einmal
refusals-instead-else = `/post show` sagt, wie es läuft

# Was gewählt wurde

refusals-nothing-changed = Es würde sich nichts ändern.
refusals-no-reason = Im Formular steht kein Grund, und der Autor hat sonst nichts, woran er sich halten kann.
refusals-no-reason-hint = drück den Knopf noch einmal und sag es in wenigen Worten
refusals-nothing-changed-hint = ändere den Text, die Einstellungen oder die Zeit
refusals-privacy-not-chosen = Wähle, wer dieses Video sehen kann.
refusals-privacy-not-chosen-hint = TikTok verlangt, dass das jedes Mal ein Mensch wählt
refusals-privacy-not-offered = Diese Sichtbarkeit bietet der Creator gerade nicht an.
refusals-privacy-not-offered-hint = wähle eine Stufe aus der Liste
refusals-disclosure-incomplete = Du musst angeben, ob dein Inhalt für dich selbst, für Dritte oder für beide wirbt.
refusals-disclosure-incomplete-hint = schalte *Deine Marke*, *Markeninhalte* oder beides ein
refusals-branded-cannot-be-private = Markeninhalte können nicht auf privat gestellt werden.
refusals-branded-cannot-be-private-hint = wähle eine andere Sichtbarkeit, oder schalte *Markeninhalte* aus
refusals-only-private-until-audited = Bis die App das Audit von TikTok bestanden hat, kann sie nur Videos veröffentlichen, die allein das Konto selbst sieht.
refusals-only-private-until-audited-hint = wähle *Nur ich*; wer dieses Greenroom betreibt, setzt `tiktok.audited`, sobald das Audit bestanden ist
refusals-account-not-private = Bis die App das Audit von TikTok bestanden hat, kann sie nur auf privaten Konten veröffentlichen, und dieses ist öffentlich.
refusals-account-not-private-hint = schalte in der TikTok-App *Privates Konto* ein (ein privater Beitrag genügt nicht), oder verbinde das Konto für Entwürfe; dafür ist kein Audit nötig
refusals-creator-closed = Dieser Creator hat { $what ->
    [comments] Kommentare
    [duets] Duette
   *[stitches] Stitches
    } abgeschaltet.
refusals-creator-closed-hint = schalte es hier aus, oder in der TikTok-App ein
refusals-too-many-approvals = Ein Beitrag kann 1 bis { $most } Freigaben brauchen, nicht { $asked }.
refusals-too-many-approvals-hint = wähle eine Zahl von 1 bis { $most }

# Ein Konto verbinden, und das Ende

refusals-link-spent = Dieser Link ist schon benutzt oder älter als zehn Minuten.
refusals-link-spent-hint = `/account connect` macht einen neuen Link
refusals-consent-refused = Die Verbindung wurde auf der Seite von TikTok abgebrochen.
refusals-not-the-address = Das ist nicht die Adresse, auf die TikTok dich zurückgeschickt hat.
refusals-not-the-address-hint = kopier sie ganz aus der Adresszeile des Browsers, von `http` bis zum Ende; darin stehen `code=` und `state=`
refusals-not-your-link = Dieser Link ist für jemand anderen gemacht.
refusals-not-your-link-hint = ruf selbst `/account connect` auf, und nimm den Link, den du dort bekommst
refusals-being-erased = Alles, was Greenroom über diesen Server gespeichert hat, wird gerade gelöscht.
refusals-being-erased-hint = wenn das fertig ist, fängt `/setup` neu an; versuch es in ein paar Minuten

# Feste Termine

refusals-no-slots = Für dieses Konto sind keine festen Termine eingestellt.
refusals-no-slots-hint = ein Prüfer oder Verwalter stellt welche mit `/slots set` ein; nenne bis dahin eine Zeit, zum Beispiel `morgen 18:00`
refusals-no-slot-free = In einem Zeitraum von { $span } ist kein fester Termin dieses Kontos mehr frei.
refusals-no-slot-free-hint = nenne eine Zeit, zum Beispiel `morgen 18:00`, oder bitte einen Prüfer um weitere Termine mit `/slots set`
refusals-slot-passed = Der Termin { $when } ist zu nah oder schon vorbei.
refusals-slot-taken = Den Termin { $when } hat jetzt ein anderer Beitrag.
refusals-slot-gone-next = der nächste freie Termin ist { $when }
refusals-slot-gone-none = kein anderer Termin ist frei; drück auf *Zeit ändern* und nenne eine Zeit
refusals-too-many-slots = Ein Konto kann bis zu { $most } feste Termine haben.
refusals-too-many-slots-hint = `/slots clear` schafft Platz
refusals-not-days = `{ $given }` nennt keinen Wochentag.
refusals-not-days-hint = wähle aus der Liste: einen Tag, `Montag bis Freitag`, `Samstag und Sonntag` oder `jeden Tag`
refusals-not-a-planner = Nur Prüfer und Verwalter können die festen Termine ändern.
refusals-not-a-planner-hint = frag eine dieser Personen; `/slots show` zeigt, welche Termine es gibt

# Pausen

refusals-pause-not-yours = Nur ein Prüfer oder ein Verwalter kann das Veröffentlichen pausieren oder fortsetzen.
refusals-pause-not-yours-hint = frag eine dieser Personen
refusals-paused = Das Veröffentlichen auf `@{ $username }` ist von `{ $by }` pausiert{ $why }; dorthin geht also nichts raus.
refusals-paused-all = Alles Veröffentlichen ist von `{ $by }` pausiert{ $why }; es geht also nichts raus.
refusals-paused-hint = erst muss ein Prüfer oder ein Verwalter `/resume` aufrufen; verschieben und zurückziehen geht schon jetzt
refusals-paused-already = Das Veröffentlichen auf `@{ $username }` ist schon pausiert, von `{ $by }`{ $why }; es hat sich nichts geändert.
refusals-paused-already-all = Alles Veröffentlichen ist schon pausiert, von `{ $by }`{ $why }; es hat sich nichts geändert.
refusals-paused-already-hint = `/resume` beendet es; danach kannst du mit einem anderen Grund neu pausieren
refusals-not-paused = `@{ $username }` ist nicht pausiert; es hat sich nichts geändert.
refusals-not-paused-all = Es ist nichts pausiert; es hat sich nichts geändert.
refusals-not-paused-hint = `/account list` zeigt, was pausiert ist
refusals-paused-with-all = `@{ $username }` ist zusammen mit allen anderen Konten pausiert, von `{ $by }`; es lässt sich nicht allein fortsetzen.
refusals-paused-with-all-hint = `/resume` ohne Konto setzt alle fort; `/pause` mit einem pausiert dieses wieder
refusals-paused-why = {" "}(„{ $reason }“)

# Texte

refusals-caption-too-long = der Text ist { $length } Zeichen lang, { $more } mehr, als TikTok annimmt
refusals-caption-too-long-hint = ein Text hat höchstens { $most } Zeichen; ein Emoji zählt als zwei oder mehr
refusals-caption-tab = der Text hat in Zeile { $line } an Stelle { $column } einen Tabulator
refusals-caption-tab-hint = nimm stattdessen ein Leerzeichen
refusals-caption-control = der Text hat in Zeile { $line } an Stelle { $column } das Steuerzeichen { $code }
refusals-caption-control-hint = lösch es, oder tipp diese Zeile neu
