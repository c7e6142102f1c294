# Was jemand nach einem Befehl, einem Knopf oder einem Formular liest, und was in einem Thread steht.

# Was in mehreren Nachrichten steht. `due` ist `asap` oder `at`, `delivery` ist `direct` oder `draft`.

replies-due-asap = sobald er freigegeben ist
replies-due-at = { $when }, Zeitzone { $zone }
replies-due-in-zone = { $date } ({ $left }, Zeitzone { $zone })

replies-caption = **Text** · { $length } / { $most }
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
replies-choices-disclosure-off = Offenlegung von Inhalten: aus
replies-choices-disclosure-open = Offenlegung von Inhalten: noch nicht angegeben
replies-choices-disclosure-own = Offenlegung von Inhalten: deine Marke (Hinweis *Werbeinhalte*)
replies-choices-disclosure-branded = Offenlegung von Inhalten: Markeninhalte (Hinweis *Bezahlte Partnerschaft*)
replies-choices-disclosure-both = Offenlegung von Inhalten: deine Marke und Markeninhalte (Hinweis *Bezahlte Partnerschaft*)
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
replies-submitted-then = Danach braucht TikTok vielleicht ein paar Minuten, um ihn zu verarbeiten.

replies-discarded = Entwurf #{ $number } ist verworfen. Niemand hat etwas davon bekommen.

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
replies-bad-cover-hint = Gib das Titelbild als Sekunden seit dem Anfang des Videos an, zum Beispiel `2.5`
replies-bad-cover-hint-most = Gib das Titelbild als Sekunden seit dem Anfang des Videos an, zum Beispiel `2.5`, höchstens { $most }

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
replies-thread-unclear-look = { $author }: Sieh auf TikTok bei { $account } nach und drück dann auf der Karte *Ist veröffentlicht* oder *Nicht draußen, noch einmal veröffentlichen*.
replies-thread-held = { $emoji } Es wurde fällig, während Greenroom nicht veröffentlichen konnte, und ist zu spät dran, um ungefragt rauszugehen.
    { $author }: *Jetzt veröffentlichen*, *Verschieben* oder *Zurückziehen* auf der Karte entscheidet; Prüfer und Verwalter können das auch.
replies-thread-paused = { $emoji } Zurückgehalten: Die Zeit kam, während das Veröffentlichen pausiert war. Sobald es fortgesetzt ist, entscheidet { $author }, ein Prüfer oder ein Verwalter; *Verschieben* und *Zurückziehen* auf der Karte gehen schon jetzt.
replies-thread-released = { $person } lässt es jetzt veröffentlichen, wenn auch verspätet.
replies-thread-retried = { $person } lässt es noch einmal versuchen.
replies-thread-vouched = { $emoji } { $person } hat nachgesehen und sagt, dass es draußen ist.
