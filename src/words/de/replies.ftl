# Was jemand nach einem Befehl, einem Knopf oder einem Formular liest, und was in einem Thread steht.

# Was in mehreren Nachrichten steht. `due` ist `asap` oder `at`, `delivery` ist `direct` oder `draft`.

replies-due-asap = sobald er freigegeben ist
replies-due-at = { $when }, Zeitzone { $zone }
replies-due-in-zone = { $date } ({ $left }, Zeitzone { $zone })

replies-caption = **Text** · { $length } / { $most }{ $hashtags ->
    [0] {""}
    [one] {" "}· 1 Hashtag
   *[other] {" "}· { $hashtags } Hashtags
 }{ $mentions ->
    [0] {""}
    [one] {" "}· 1 Erwähnung
   *[other] {" "}· { $mentions } Erwähnungen
 }
replies-caption-none = **Text** · { $length } / { $most }
    {"*"}keiner*
replies-caption-to-copy = **Text zum Kopieren**
replies-caption-to-copy-none = **Text** · keiner
replies-preview-none = *kein Text*

replies-privacy-everyone = Alle
replies-privacy-friends = Freunde
replies-privacy-followers = Follower
replies-privacy-self = Nur ich

replies-choices-on = an
replies-choices-off = aus
replies-choices-privacy = Wer es sehen kann: { $level }
replies-choices-privacy-none = Wer es sehen kann: noch nicht gewählt
replies-choices-interactions = Kommentare { $comments } · Duett { $duet } · Stitch { $stitch }
replies-choices-disclosure-off = Offenlegung: aus
replies-choices-disclosure-open = Offenlegung: noch nicht angegeben
replies-choices-disclosure-own = Offenlegung: deine Marke (Hinweis *Werbeinhalt*)
replies-choices-disclosure-branded = Offenlegung: Markeninhalte (Hinweis *Bezahlte Partnerschaft*)
replies-choices-disclosure-both = Offenlegung: deine Marke und Markeninhalte (Hinweis *Bezahlte Partnerschaft*)
replies-choices-ai = KI-Kennzeichnung: { $on }
replies-choices-cover = Titelbild: { $cover }
replies-cover-first = erstes Bild
replies-cover-at = das Bild bei { $seconds } s

replies-names = { $first } und { $last }
replies-lines-more = und { $count } weitere

# Nach einem Befehl, einem Knopf oder einem Formular.

replies-fetching = Das Video wird geholt.
replies-fetching-percent = Das Video wird geholt, { $percent } %.
replies-checking = Das Video und was dieser Creator erlaubt werden geprüft.

replies-upload-link =
    Lade das Video auf dieser Seite hoch; sie ist nur für dich und funktioniert bis { $until }. Danach öffnet sich hier der Editor.
    Tipp: Videos, die in eine Discord-Nachricht passen, kannst du gleich mit der Option `video` angeben
replies-upload-button = Video hochladen

replies-submitted = { $emoji } Eingereicht als Beitrag #{ $number }. Er ist in Prüfung.
replies-submitted-in = { $emoji } Eingereicht als Beitrag #{ $number }. Er ist in Prüfung, in { $channel }.
replies-submitted-at = Hat er { $count ->
    [one] 1 Freigabe
   *[other] { $count } Freigaben
 }, { $delivery ->
    [draft] kommt er am { $when } in den TikTok-Posteingang.
   *[direct] geht er am { $when } raus.
 }
replies-submitted-asap = { $delivery ->
    [draft] Er kommt in den TikTok-Posteingang
   *[direct] Er geht raus
 }, sobald er { $count ->
    [one] 1 Freigabe
   *[other] { $count } Freigaben
 } hat; nach einem Tag ohne genug Freigaben verfällt er.
replies-submitted-unseen =
    { $warning } Greenroom fehlen dort Berechtigungen, die Prüfer sehen die Karte also vielleicht nicht oder hören nichts davon: { $missing }.
    Tipp: wer diesen Server verwalten darf, gibt der Rolle von Greenroom, was fehlt; eine Karte, die nicht gezeigt werden konnte, kommt dann von selbst
replies-submitted-then = Danach braucht TikTok vielleicht ein paar Minuten, um ihn zu verarbeiten.

replies-discarded = Entwurf #{ $number } ist verworfen. Es wurde niemandem etwas geschickt.

replies-judged-already = Das hast du zu Beitrag #{ $number } schon gesagt; nichts hat sich geändert.
replies-judged-declined = { $emoji } Beitrag #{ $number } ist abgelehnt. Sein Autor weiß Bescheid.
replies-judged-paused = { $yes } Beitrag #{ $number } ist freigegeben. Das Veröffentlichen ist pausiert: Kommt seine Zeit, bevor es fortgesetzt wird, wird er zurückgehalten, und jemand entscheidet.
replies-judged-approved = { $yes } Beitrag #{ $number } ist freigegeben und { $due ->
    [asap] { $delivery ->
        [draft] kommt jetzt in den TikTok-Posteingang.
       *[direct] geht jetzt raus.
     }
   *[at] { $delivery ->
        [draft] kommt am { $when } in den TikTok-Posteingang.
       *[direct] geht am { $when } raus.
     }
 }
replies-judged-waits = Notiert. Beitrag #{ $number } wartet, bis die verlangten Änderungen gemacht sind.
replies-judged-needs = Notiert. Beitrag #{ $number } braucht noch { $count ->
    [one] 1 Freigabe
   *[other] { $count } Freigaben
 }.

replies-took-back = Deine Freigabe für Beitrag #{ $number } ist zurückgenommen.
replies-took-back-nothing = Für Beitrag #{ $number } gab es keine Freigabe von dir; nichts hat sich geändert.

replies-edited = Beitrag #{ $number } ist geändert und wieder in Prüfung; frühere Urteile gelten nicht mehr. { $due ->
    [asap] Er geht raus, sobald er freigegeben ist.
   *[at] Er ist am { $when } fällig.
 }
replies-moved = { $due ->
    [asap] Beitrag #{ $number } geht jetzt raus, sobald er freigegeben ist.
   *[at] Beitrag #{ $number } ist jetzt am { $when } fällig.
 } Er ist wieder in Prüfung; frühere Urteile gelten nicht mehr.
replies-withdrawn = { $emoji } Beitrag #{ $number } ist zurückgezogen. Nichts geht raus.
replies-released = Beitrag #{ $number } wird jetzt veröffentlicht, wenn auch verspätet. Wie es läuft, zeigt seine Karte.
replies-released-all = { $count ->
    [0] Es wird nichts mehr zurückgehalten; nichts hat sich geändert.
    [one] 1 Beitrag wird jetzt veröffentlicht, wenn auch verspätet. Wie es läuft, zeigt seine Karte.
   *[other] { $count } Beiträge werden jetzt veröffentlicht, wenn auch verspätet. Wie es läuft, zeigen ihre Karten.
 }
replies-retried = Beitrag #{ $number } wird jetzt noch einmal versucht. Wie es läuft, zeigt seine Karte.
replies-vouched = { $emoji } Beitrag #{ $number } gilt auf dein Wort hin als veröffentlicht. Es wird nichts mehr gesendet.

replies-bad-cover = `{ $given }` ist keine Stelle in diesem Video.
replies-bad-cover-hint = gib das Titelbild als Sekunden seit dem Anfang des Videos an, zum Beispiel `2.5`
replies-bad-cover-hint-most = gib das Titelbild als Sekunden seit dem Anfang des Videos an, zum Beispiel `2.5`, höchstens { $most }

# Was Prüfer gefragt werden und lesen. `lapses` ist `yes`, wo nur bis `when` Zeit ist.

replies-reviewers = Prüfer
replies-reminder-approvals = { $emoji } { $who }: Beitrag #{ $number } braucht { $lapses ->
    [yes] bis { $when } noch { $count ->
        [one] 1 Freigabe
       *[other] { $count } Freigaben
     }, sonst verfällt er.
   *[no] noch { $count ->
        [one] 1 Freigabe.
       *[other] { $count } Freigaben.
     }
 }
replies-reminder-enough = { $emoji } { $who }: Beitrag #{ $number } hat inzwischen so viele Freigaben, wie er braucht. Drückt noch einmal *Freigeben*{ $lapses ->
    [yes] , bevor er { $when } verfällt
   *[no] , dann geht er raus
 }.
replies-reminder-changes = { $emoji } { $who }: Beitrag #{ $number } wartet noch auf die von { $people } verlangten Änderungen.{ $lapses ->
    [yes] {" "}Bis { $when } ist Zeit, sonst verfällt er.
   *[no] {""}
 }

replies-asks-why = { $person }: Warum soll das nicht rausgehen? Mit *Grund nennen* erfährt es der Autor hier. Bis dahin lässt sich die Ablehnung zurücknehmen, mit dem Knopf oder indem du das { $no } von der Karte nimmst; dann geht die Prüfung weiter.
replies-asks-why-button = Grund nennen
replies-take-back-button = Zurücknehmen
replies-explained-by = { $no } { $person } hat das abgelehnt. Der Grund:
replies-took-back-no-by = { $emoji } { $person } hat die Ablehnung zurückgenommen. Die Prüfung geht weiter.
replies-recalled-opening = { $warning } { $count ->
    [one] Die Freigabe von { $people } zählt nicht mehr: Wer sie gegeben hat, darf diesen Beitrag nicht mehr prüfen.
   *[other] Die Freigaben von { $people } zählen nicht mehr: Wer sie gegeben hat, darf diesen Beitrag nicht mehr prüfen.
 }
replies-recalled = Der Beitrag von { $author } ist nicht rausgegangen.
replies-recalled-again = Der Beitrag von { $author } ist nicht rausgegangen; er ist wieder in Prüfung.
replies-recalled-needs = { $who }: Er braucht { $lapses ->
    [yes] bis { $when } noch { $count ->
        [one] 1 Freigabe
       *[other] { $count } Freigaben
     }, sonst verfällt er.
   *[no] noch { $count ->
        [one] 1 Freigabe.
       *[other] { $count } Freigaben.
     }
 }
replies-explained = Notiert. Der Autor von Beitrag #{ $number } liest es in dessen Thread.
replies-took-back-no = Deine Ablehnung von Beitrag #{ $number } ist zurückgenommen; er ist wieder in Prüfung.
replies-took-back-no-needs = Er braucht noch { $count ->
    [one] 1 Freigabe
   *[other] { $count } Freigaben
 }.
replies-review-channel-gone = { $warning } Der Prüfkanal wurde gelöscht. Nichts kann geprüft werden, bis ein Verwalter mit `/setup review_channel` einen anderen wählt; was schon freigegeben ist, geht wie geplant raus. Offene Karten erscheinen dann dort.
replies-digest-channel-gone = { $warning } Der Kanal für den Tagesbericht wurde gelöscht. Der Tagesbericht erscheint im Prüfkanal, bis ein Verwalter mit `/setup digest_channel` einen anderen wählt.

# Die Geschichte eines Beitrags in seinem Thread. Womit eine Zeile anfängt, wird an ihrem Anfang wieder gesucht.

replies-thread-approved-by = { $yes } { $person } hat das freigegeben.
replies-thread-approved-by-manager = { $yes } { $person } hat das als Verwalter freigegeben.
replies-thread-approved-waits = Es wartet noch auf die Änderungen, die jemand verlangt hat.
replies-thread-approved-goes = { $due ->
    [asap] { $delivery ->
        [draft] Es kommt jetzt in den TikTok-Posteingang.
       *[direct] Es geht jetzt raus.
     }
   *[at] { $delivery ->
        [draft] Es kommt am { $when } in den TikTok-Posteingang.
       *[direct] Es geht am { $when } raus.
     }
 }
replies-thread-approved-during-a-pause = Das Veröffentlichen ist pausiert: Kommt die Zeit des Beitrags, bevor es jemand fortsetzt, wird er zurückgehalten, und jemand entscheidet.
replies-thread-approved-needs = { $count ->
    [one] Noch 1 Freigabe nötig.
   *[other] Noch { $count } Freigaben nötig.
 }
replies-thread-took-back = { $person } hat die Freigabe zurückgenommen.
replies-thread-declined = { $no } { $person } hat diesen Beitrag abgelehnt; er geht nicht raus.{ $because }
    { $author }: Mit `/post edit` änderst du ihn und fragst noch einmal.
replies-thread-changes-asked = { $emoji } { $person } verlangt Änderungen, bevor das rausgeht.{ $because }
    { $author }: Mit `/post edit` machst du sie; die Prüfung beginnt dann von vorn.
replies-thread-edited = { $person } hat diesen Beitrag geändert. Frühere Urteile gelten nicht mehr; er ist wieder in Prüfung.
replies-thread-moved = { $due ->
    [asap] { $person } hat die Zeit dieses Beitrags geändert: Er geht raus, sobald er freigegeben ist.
   *[at] { $person } hat diesem Beitrag eine neue Zeit gegeben: { $when }.
 } Frühere Urteile gelten nicht mehr; er ist wieder in Prüfung.
replies-thread-moved-on-uploads = { $emoji } Verschoben auf { $when }: { $account } hatte innerhalb einer Stunde schon so viele Uploads, wie erlaubt sind. Dann geht es von selbst raus; die Freigabe bleibt.
replies-thread-moved-on-posts = { $emoji } Verschoben auf { $when }: { $account } hatte innerhalb von 24 Stunden schon so viele Beiträge, wie erlaubt sind. Dann geht es von selbst raus; die Freigabe bleibt.
replies-thread-moved-on-drafts = { $emoji } Verschoben auf { $when }: { $account } hatte innerhalb von 24 Stunden schon so viele Entwürfe, wie TikTok annimmt. Dann geht es von selbst raus; die Freigabe bleibt.
replies-thread-moved-on-submissions = { $emoji } Verschoben auf { $when }: Für { $account } wurden innerhalb von 24 Stunden schon so viele Beiträge eingereicht, wie erlaubt sind. Dann geht es von selbst raus; die Freigabe bleibt.
replies-thread-withdrawn = { $emoji } { $person } hat diesen Beitrag zurückgezogen. Nichts geht raus.
replies-thread-lapsed = { $emoji } Die Zeit war da, bevor genug Freigaben da waren, deshalb ist das nicht rausgegangen.
    { $author }: Mit *Neue Zeit wählen* auf der Karte oder mit `/post move` beginnt die Prüfung von vorn.
replies-thread-published = { $emoji } Es ist auf TikTok
replies-thread-in-inbox = { $emoji } Es liegt im TikTok-Posteingang von { $account }.
    { $author }: Öffne die TikTok-App und mach es dort fertig; erst dann ist es draußen. Der Text steht auf der Karte, bereit zum Kopieren.
replies-thread-failed = { $emoji } Es wurde nicht veröffentlicht
replies-thread-failed-why = { $opening }: { $said } { $who }
    Tipp: { $hint }
replies-thread-failed-card = { $opening }. Warum, steht auf der Karte.
replies-thread-unclear = { $emoji } Niemand kann sagen, ob das draußen ist, deshalb wird nichts mehr gesendet.
replies-thread-unclear-look = { $author }: Sieh auf TikTok bei { $account } nach und drück dann auf der Karte *Ist veröffentlicht* oder *Ist es nicht, noch einmal veröffentlichen*.
replies-thread-held = { $emoji } Es wurde fällig, während Greenroom nicht veröffentlichen konnte, und ist zu spät dran, um ungefragt rauszugehen.
    { $author }: *Jetzt veröffentlichen*, *Verschieben* oder *Zurückziehen* auf der Karte entscheidet; Prüfer und Verwalter können das auch.
replies-thread-paused = { $emoji } Zurückgehalten: Die Zeit kam, während das Veröffentlichen pausiert war. Sobald es fortgesetzt ist, entscheidet { $author }, ein Prüfer oder ein Verwalter; *Verschieben* und *Zurückziehen* auf der Karte gehen schon jetzt.
replies-thread-released = { $person } lässt es jetzt veröffentlichen, wenn auch verspätet.
replies-thread-retried = { $person } lässt es noch einmal versuchen.
replies-thread-vouched = { $emoji } { $person } hat nachgesehen und sagt, dass es draußen ist.

# Der Stoppknopf. `why` ist `yes`, wo ein Grund genannt wurde.

replies-paused-now = Alle Veröffentlichungen sind pausiert. Nichts geht raus, bis jemand `/resume` aufruft.
replies-paused-now-account = Veröffentlichungen auf { $account } sind pausiert. Dort geht nichts raus, bis jemand `/resume` aufruft.
replies-paused-meanwhile = Beiträge, die in der Zwischenzeit fällig werden, werden zurückgehalten, und danach entscheidet jemand über jeden einzelnen.
replies-paused-stopped = Gestoppt, bevor der letzte Teil des Videos gesendet war, also ist nichts davon draußen: { $count ->
    [one] Beitrag { $posts }
   *[other] Beiträge { $posts }
 }.
replies-paused-too-late = { $warning } { $count ->
    [one] Beitrag { $posts } kann niemand mehr stoppen: Der letzte Teil des Videos ist gesendet, er ist also vielleicht schon draußen.
   *[other] Die Beiträge { $posts } kann niemand mehr stoppen: Der letzte Teil des Videos ist gesendet, sie sind also vielleicht schon draußen.
 } Was auf TikTok ist, kann in der TikTok-App gelöscht werden.
replies-paused-by = { $emoji } { $person } hat alle Veröffentlichungen pausiert.
replies-paused-by-account = { $emoji } { $person } hat Veröffentlichungen auf { $account } pausiert.
replies-paused-until = Nichts geht raus, bis ein Prüfer oder ein Verwalter `/resume` aufruft.
replies-paused-until-account = Dort geht nichts raus, bis ein Prüfer oder ein Verwalter `/resume` aufruft.

replies-resumed-now = Alle Veröffentlichungen sind fortgesetzt.
replies-resumed-now-account = Veröffentlichungen auf { $account } sind fortgesetzt.
replies-resumed-by = { $emoji } { $person } hat alle Veröffentlichungen fortgesetzt.
replies-resumed-by-account = { $emoji } { $person } hat Veröffentlichungen auf { $account } fortgesetzt.
replies-resumed-held = Beiträge, deren Zeit noch kommt, gehen wie geplant raus. { $count ->
    [0] Zurückgehalten wird nichts.
    [one] { $emoji } 1 Beitrag wird zurückgehalten und geht erst raus, wenn jemand das entscheidet.
   *[other] { $emoji } { $count } Beiträge werden zurückgehalten, und jeder geht erst raus, wenn jemand das entscheidet.
 }
replies-resumed-still-paused = Aber alle Veröffentlichungen sind noch pausiert, von { $person } { $since }: Nichts geht raus, bis jemand `/resume` ohne Konto aufruft.

replies-pause = Alle Veröffentlichungen pausiert von { $person } { $since }
replies-pause-account = Pausiert von { $person } { $since }
replies-pause-on-a-card = { $emoji } { $pause }. Bis ein Prüfer oder ein Verwalter `/resume` aufruft, geht nichts raus; wenn seine Zeit kommt, wird dieser Beitrag zurückgehalten, und danach entscheidet jemand.
replies-pause-on-a-held-card = Zurückgehalten, weil das Veröffentlichen pausiert ist. *Jetzt veröffentlichen* geht, sobald ein Prüfer oder ein Verwalter `/resume` aufgerufen hat; *Verschieben* beginnt eine neue Prüfung und *Zurückziehen* stoppt ihn, beides geht auch jetzt.
    { $emoji } { $pause }.
replies-pause-in-the-list = { $emoji } { $pause }. Beiträge, die fällig werden, werden zurückgehalten; nach `/resume` entscheidet jemand über jeden einzelnen.
replies-pause-above-everything = Alles
replies-pause-above-the-queue = { $emoji } { $what }: alle Veröffentlichungen pausiert von { $person } { $since }{ $reason }.
replies-pause-above-the-queue-account = { $emoji } { $what }: pausiert von { $person } { $since }{ $reason }.
replies-pause-in-the-composer = Alle Veröffentlichungen sind von { $name } pausiert{ $why ->
    [yes] {" "}(„{ $reason }“)
   *[no] {""}
 }: Kommt die Zeit des Beitrags, bevor jemand sie fortsetzt, wird er zurückgehalten.
replies-pause-in-the-composer-account = Veröffentlichungen auf @{ $account } sind von { $name } pausiert{ $why ->
    [yes] {" "}(„{ $reason }“)
   *[no] {""}
 }: Kommt die Zeit des Beitrags, bevor jemand sie fortsetzt, wird er zurückgehalten.

# Die TikTok-Konten eines Teams.

replies-connect-link = Dieser Link ist nur für dich, funktioniert einmal und läuft { $until } ab. Er führt zu TikTok; dort meldest du dich mit dem Konto an und stimmst zu. { $delivery ->
    [draft] Beiträge für das Konto landen in seinem TikTok-Posteingang, und jemand macht sie in der App fertig.
   *[direct] Beiträge für das Konto werden direkt veröffentlicht.
 }
replies-connect-paste = Danach zeigt dein Browser eine Seite, deren Adresse mit `http://127.0.0.1` anfängt; vielleicht steht da, dass sie nicht erreichbar ist, und das ist in Ordnung. Kopiere ihre ganze Adresse, komm hierher zurück, drück *Adresse einfügen* und schick sie ab. Behalte sie für dich: Sie funktioniert einmal und nur für dich.
replies-connect-told = Das Team erfährt es, sobald das Konto verbunden ist.
replies-connect-button = Bei TikTok verbinden
replies-connect-paste-button = Adresse einfügen

replies-account-connected = { $person } hat das TikTok-Konto { $account } verbunden.
replies-account-disconnected = { $person } hat das TikTok-Konto { $account } getrennt. Seine Berechtigung ist an TikTok zurückgegeben und hier vergessen; dort geht nichts mehr raus.
replies-account-needs-reconnect = { $warning } TikTok nimmt unsere Berechtigung für { $account } nicht mehr an. Dort geht nichts raus, bis jemand, der diesen Server verwalten darf, `/account connect` aufruft und sich mit diesem Konto anmeldet. Beiträge, die fällig werden, warten und gehen von selbst raus, sobald es neu verbunden ist; die dann zu spät dran sind, werden zurückgehalten, und es wird nachgefragt.
replies-account-needs-reconnect-soon = { $count ->
    [one] Einer davon ist in den nächsten 24 Stunden fällig.
   *[other] { $count } davon sind in den nächsten 24 Stunden fällig.
 }
replies-account-will-not-go-out = { $warning } { $count ->
    [one] 1 Beitrag der nächsten 24 Stunden geht auf { $account } nicht raus:
   *[other] { $count } Beiträge der nächsten 24 Stunden gehen auf { $account } nicht raus:
 } { $why ->
    [refused] TikTok nimmt unsere Berechtigung für das Konto nicht mehr an
   *[disconnected] das Konto ist getrennt
 }.
    Tipp: wer diesen Server verwalten darf, ruft `/account connect` auf und meldet sich mit diesem Konto an
replies-account-consent-ends = { $warning } Die Berechtigung von TikTok für { $account } läuft { $when } ab. Noch ist nichts verloren, und bis dahin gehen Beiträge raus.
    Tipp: wer diesen Server verwalten darf, ruft vorher `/account connect` auf und meldet sich mit diesem Konto an

replies-accounts-title = TikTok-Konten
replies-accounts-none = Noch ist kein TikTok-Konto verbunden.
    Tipp: wer diesen Server verwalten darf, verbindet eins mit `/account connect`
replies-accounts-ends-soon = { $warning } Verbunden, aber die Berechtigung läuft { $when } ab: Ruf vorher `/account connect` auf.
replies-accounts-connected = Verbunden von { $person }. Die Berechtigung erneuert sich von selbst; eine neue Zustimmung will TikTok bis { $when }.
replies-accounts-refused = { $warning } TikTok lehnt unsere Berechtigung ab: Ein Verwalter ruft `/account connect` auf.
replies-accounts-disconnected = Getrennt. Dort geht nichts raus.
replies-accounts-used = { $used } von { $allowed } { $delivery ->
    [draft] Entwürfen
   *[direct] Beiträgen
 } in den letzten 24 Stunden verbraucht.
replies-accounts-direct = Beiträge werden direkt veröffentlicht.
replies-accounts-draft = Beiträge landen in seinem TikTok-Posteingang, und jemand macht sie in der App fertig.
replies-accounts-feature-publish = Veröffentlichen
replies-accounts-feature-drafts = Entwürfe
replies-accounts-feature-account = die Zahlen des Kontos
replies-accounts-feature-videos = die Zahlen jedes Videos
replies-accounts-granted = Erlaubt: { $features }.
replies-accounts-granted-nothing = Erlaubt wurde nichts.
replies-accounts-not-granted = Nicht erlaubt: { $features }.
replies-accounts-no-publishing = Deshalb kann dort nichts veröffentlicht werden.
replies-accounts-no-drafts = Deshalb können keine Entwürfe in seinen Posteingang gelegt werden.
replies-accounts-grant = Um den Rest zu erlauben, ruf noch einmal `/account connect` auf und lass auf der Seite von TikTok jeden Schalter an; Beiträge und Verlauf bleiben.

# Die Übersicht von `/setup`.

replies-settings-title = Einstellungen dieses Servers
replies-settings-role = Prüferrolle
replies-settings-review-channel = Prüfkanal
replies-settings-approvals = Nötige Freigaben
replies-settings-self-review = Autoren dürfen eigene Beiträge freigeben
replies-settings-zone = Zeitzone
replies-settings-digest-channel = Kanal für den Tagesbericht
replies-settings-digest = Tagesbericht
replies-settings-weekly-later = ja, sobald diese Version eine schreiben kann
replies-settings-weekly = Wochenübersicht
replies-settings-missing = Berechtigungen, die Greenroom fehlen
replies-settings-not-set = nicht gesetzt
replies-settings-yes = ja
replies-settings-no = nein
replies-settings-digest-in-review-channel = { $channel } (der Prüfkanal)
replies-settings-digest-next = { $time }, der nächste { $when }
replies-settings-step-both = Zwei Dinge fehlen, bevor etwas geprüft werden kann.
    Tipp: ruf `/setup` mit `reviewer_role` und `review_channel` auf
replies-settings-step-role = Noch kann niemand prüfen.
    Tipp: ruf `/setup` mit `reviewer_role` auf
replies-settings-step-channel = Noch gibt es keinen Ort für die Karten zur Prüfung.
    Tipp: ruf `/setup` mit `review_channel` auf
replies-settings-step-none = Alles ist bereit. `/account connect` fügt ein TikTok-Konto hinzu, `/schedule` reicht ein Video ein.
replies-settings-step-permissions = Greenroom fehlen Berechtigungen, und wo es sie braucht, wird es scheitern.
    Tipp: gib seiner Rolle die Berechtigungen unten, in diesen Kanälen

# Alles mitnehmen oder löschen lassen.

replies-erase-mistyped = Das ist nicht der Name dieses Servers, deshalb wurde nichts angerührt.
replies-erase-asks = `/erase` löscht endgültig alles, was Greenroom über diesen Server gespeichert hat:
replies-erase-posts = { $count ->
    [one] - 1 Beitrag mit Freigaben, Fassungen und Verlauf
   *[other] - { $count } Beiträge mit Freigaben, Fassungen und Verlauf
 }
replies-erase-videos = { $count ->
    [one] - 1 gespeichertes Video ({ $size })
   *[other] - { $count } gespeicherte Videos ({ $size })
 }
replies-erase-accounts = { $count ->
    [one] - 1 TikTok-Konto, dessen Berechtigung an TikTok zurückgegeben wird
   *[other] - { $count } TikTok-Konten, deren Berechtigung an TikTok zurückgegeben wird
 }
replies-erase-numbers = - { $snapshots ->
    [one] 1 Momentaufnahme von Zahlen
   *[other] { $snapshots } Momentaufnahmen von Zahlen
 } und { $entries ->
    [one] 1 Eintrag im Protokoll
   *[other] { $entries } Einträge im Protokoll
 }
replies-erase-settings = - alle Einstellungen
replies-erase-waiting = { $count ->
    [one] - der eine Beitrag, der geplant ist oder auf eine Entscheidung wartet, geht nicht raus
   *[other] - die { $count } Beiträge, die geplant sind oder auf eine Entscheidung warten, gehen nicht raus
 }
replies-erase-leaving = { $count ->
    [one] - 1 Beitrag ist schon bei TikTok und kann nicht mehr gestoppt werden: Sein Ende wird abgewartet, dann verschwindet auch er
   *[other] - { $count } Beiträge sind schon bei TikTok und können nicht mehr gestoppt werden: Ihr Ende wird abgewartet, dann verschwinden auch sie
 }
replies-erase-confirm = Was auf TikTok ist, bleibt dort, und auch die Nachrichten in euren Kanälen bleiben. `/export` gibt dir vorher alles.
    Tipp: um alles zu löschen, gib den Namen des Servers ein: `/erase confirm:{ $server }`
replies-erased = Alles, was Greenroom über diesen Server gespeichert hatte, ist gelöscht: { $posts ->
    [one] 1 Beitrag
   *[other] { $posts } Beiträge
 }, { $videos ->
    [one] 1 Video
   *[other] { $videos } Videos
 }, { $accounts ->
    [one] 1 TikTok-Konto
   *[other] { $accounts } TikTok-Konten
 }, Einstellungen und Verlauf. Nichts von dem, was geplant war, geht raus. Die Nachrichten in euren Kanälen bleiben, bis ihr sie löscht.
    Tipp: mit `/setup` fängst du neu an
replies-erasing = Alles, was geplant war, ist gestoppt, und alles, was über diesen Server gespeichert ist, wird gelöscht. { $count ->
    [0] TikTok hat die Berechtigung der Konten noch nicht zurückgenommen; das wird höchstens einen Tag lang versucht.
    [one] 1 Beitrag war schon bei TikTok und kann nicht mehr gestoppt werden; sein Ende wird abgewartet, höchstens einen Tag lang.
   *[other] { $count } Beiträge waren schon bei TikTok und können nicht mehr gestoppt werden; ihr Ende wird abgewartet, höchstens einen Tag lang.
 } Dann wird der Rest gelöscht, ohne dass jemand etwas tun muss.
    Tipp: was auf TikTok ist, kann in der TikTok-App gelöscht werden
replies-exported = Alles, was Greenroom über diesen Server gespeichert hat, als JSON und CSV: { $posts ->
    [one] 1 Beitrag
   *[other] { $posts } Beiträge
 }, { $accounts ->
    [one] 1 TikTok-Konto
   *[other] { $accounts } TikTok-Konten
 }, { $snapshots ->
    [one] 1 Momentaufnahme von Zahlen
   *[other] { $snapshots } Momentaufnahmen von Zahlen
 }, { $entries ->
    [one] 1 Eintrag im Protokoll
   *[other] { $entries } Einträge im Protokoll
 } und der Rest. Tokens und Videos sind nicht dabei; wer dieses Greenroom betreibt, kann die Videos mit `greenroom export` exportieren.
replies-export-too-large = Über diesen Server ist mehr gespeichert, als Discord als eine Datei annimmt ({ $size }).
    Tipp: wer dieses Greenroom betreibt, bekommt alles mit `greenroom export --config FILE --workspace { $workspace } --out DIR`

# Der Einstieg. Eingesetzt werden Befehle, die man antippen kann.

replies-help-editor = Was du hier tun kannst
replies-help-editor-steps =
    1. { $schedule } reicht ein Video ein: Zeit, Text, Einstellungen, dann *Zur Prüfung einreichen*.
    2. { $queue } zeigt, was ansteht und wie es um jeden Beitrag steht.
    3. { $post_edit } ändert einen Beitrag, { $post_move } gibt ihm eine andere Zeit, { $post_withdraw } stoppt ihn.
replies-help-reviewer = Was du hier als Prüfer tun kannst
replies-help-reviewer-steps =
    1. Prüf die Karten im Prüfkanal: Drück *Freigeben* oder reagier mit { $yes }; { $no } lehnt ab.
    2. { $queue } mit `state: in Prüfung` listet auf, was auf dich wartet.
    3. { $pause } stoppt alles auf einmal; mit { $resume } geht es weiter.
replies-help-manager = Was du hier als Verwalter tun kannst
replies-help-manager-steps =
    1. { $setup } legt fest, wer prüft, wo, und nach welcher Uhr.
    2. { $connect } fügt ein TikTok-Konto hinzu; { $list } zeigt, wie es jedem geht.
    3. { $digest } zeigt die Zahlen jetzt; jeden Tag kommen sie von selbst.
