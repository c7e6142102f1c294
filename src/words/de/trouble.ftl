# Was bei TikTok oder auf dem Weg dorthin schiefging, und wer helfen kann.

# Was TikTok geantwortet hat, und was man tun kann.
trouble-code-spam-risk-too-many-posts = TikTok nimmt heute keine Beiträge mehr von diesem Konto.
trouble-code-spam-risk-too-many-posts-hint = veröffentliche es in der TikTok-App, oder warte: TikTok nimmt etwa 15 Beiträge in 24 Stunden, von allen Apps zusammen
trouble-code-spam-risk-user-banned = TikTok lässt dieses Konto nichts veröffentlichen.
trouble-code-spam-risk-user-banned-hint = öffne die TikTok-App mit diesem Konto; der Grund steht in seinem Posteingang
trouble-code-reached-active-user-cap = Die App hat so viele Konten erreicht, wie TikTok ihr in 24 Stunden erlaubt.
trouble-code-reached-active-user-cap-hint = eine App, die das Audit von TikTok nicht bestanden hat, veröffentlicht für 5 Konten am Tag; wer die App betreibt, kann um mehr bitten
trouble-code-invalid-params = TikTok hat die Angaben zu diesem Beitrag nicht angenommen.
trouble-code-invalid-params-hint = prüf den Text und die Auswahl, und plane ihn dann noch einmal ein
trouble-code-invalid-publish-id = TikTok kennt diesen Upload nicht mehr, deshalb lässt sich nicht erfragen, ob das Video draußen ist.
trouble-code-invalid-publish-id-hint = sieh dir das Konto auf TikTok an und sag dann, ob das Video da ist
trouble-code-publish-id-of-another = TikTok sagt, dass dieser Upload zu einem anderen Konto gehört, deshalb lässt sich nicht erfragen, ob das Video draußen ist.
trouble-code-publish-id-of-another-hint = sieh dir das Konto auf TikTok an und sag dann, ob das Video da ist; prüf, ob das richtige Konto verbunden ist
trouble-code-publish-not-cancellable = Es ist zu spät, diesen Beitrag bei TikTok anzuhalten.
trouble-code-publish-not-cancellable-hint = lösche ihn in der TikTok-App, sobald er draußen ist
trouble-code-app-version-check-failed = Die TikTok-App dieses Kontos ist zu alt dafür.
trouble-code-app-version-check-failed-hint = bring die TikTok-App auf Version 31.8 oder neuer, und versuch es dann noch einmal
trouble-code-invalid-file-upload = TikTok hat die Videodatei nicht angenommen.
trouble-code-invalid-file-upload-hint = exportiere das Video noch einmal als MP4 mit H.264, und plane es dann noch einmal ein
trouble-code-scope-permission-missed = Das Konto hat nicht alles erlaubt, was dafür nötig ist.
trouble-code-scope-permission-missed-hint = verbinde das Konto neu und lass alle Berechtigungen eingeschaltet
trouble-code-access-token-invalid = TikTok nimmt den Schlüssel dieses Kontos nicht mehr an.
trouble-code-access-token-invalid-hint = wenn das nicht von selbst vorbeigeht, verbinde das Konto neu
trouble-code-scope-not-authorized = Das Konto hat die Berechtigung nicht gegeben, die dafür nötig ist.
trouble-code-scope-not-authorized-hint = verbinde das Konto neu und lass alle Berechtigungen eingeschaltet
trouble-code-unaudited-client = Die App hat das Audit von TikTok nicht bestanden, deshalb kann sie nur auf privaten Konten veröffentlichen.
trouble-code-unaudited-client-hint = stell das Konto selbst in der TikTok-App auf privat (ein privater Beitrag reicht nicht), oder bring die App durch das Audit von TikTok
trouble-code-url-ownership-unverified = TikTok weiß nicht, dass die Adresse des Videos dir gehört.
trouble-code-url-ownership-unverified-hint = bestätige die Domain im Entwicklerportal von TikTok, oder schick Dateien statt Adressen
trouble-code-privacy-mismatch = Die gewählte Sichtbarkeit gibt es für dieses Konto nicht mehr.
trouble-code-privacy-mismatch-hint = wähle noch einmal, wer das Video sehen darf; an ihrer Stelle wird nichts anderes gewählt
trouble-code-too-many-pending-drafts = Im TikTok-Posteingang des Kontos warten 5 Entwürfe der letzten 24 Stunden; mehr erlaubt TikTok nicht.
trouble-code-too-many-pending-drafts-hint = stell die Entwürfe in der TikTok-App fertig oder lösche sie
trouble-code-rate-limit-exceeded = TikTok bittet um ein langsameres Tempo.
trouble-code-rate-limit-exceeded-hint = nichts zu tun; es geht in einer Minute von selbst weiter
trouble-code-internal-error = TikTok hat selbst ein Problem.
trouble-code-internal-error-hint = nichts zu tun; es wird noch einmal versucht
trouble-code-access-denied = Die Verbindung wurde auf der Seite von TikTok abgelehnt.
trouble-code-access-denied-hint = fang noch einmal an, wenn der Inhaber des Kontos einverstanden ist
trouble-code-invalid-client = TikTok kennt diese App nicht.
trouble-code-invalid-client-hint = prüf `tiktok.client_key` und `tiktok.client_secret`; eine Sandbox-App hat ein eigenes Paar
trouble-code-invalid-grant = Die Verbindung zu diesem Konto ist beendet.
trouble-code-invalid-grant-hint = verbinde das Konto neu
trouble-code-invalid-request = TikTok hat die Anfrage zum Verbinden nicht angenommen.
trouble-code-invalid-request-hint = prüf, ob die Rücksprungadresse genau so eingetragen ist, wie sie hier steht
trouble-code-invalid-scope = Die App verlangt eine Berechtigung, die TikTok für sie nicht freigeschaltet hat.
trouble-code-invalid-scope-hint = vergleiche `tiktok.scopes` mit den Berechtigungen der App im Entwicklerportal von TikTok
trouble-code-unauthorized-client = TikTok lässt diese App keine Konten verbinden.
trouble-code-unauthorized-client-hint = prüf im Entwicklerportal von TikTok, ob Login Kit hinzugefügt und die App freigegeben ist
trouble-code-unsupported-grant-type = TikTok hat die Art des Verbindens nicht angenommen.
trouble-code-unsupported-grant-type-hint = prüf, ob `tiktok.api_url` die eigene Adresse von TikTok ist
trouble-code-unsupported-response-type = TikTok hat die Art des Verbindens nicht angenommen.
trouble-code-unsupported-response-type-hint = prüf, ob `tiktok.authorize_url` die eigene Adresse von TikTok ist
trouble-code-server-error = TikTok hat selbst ein Problem.
trouble-code-server-error-hint = nichts zu tun; es wird noch einmal versucht
trouble-code-temporarily-unavailable = TikTok kann im Moment nicht antworten.
trouble-code-temporarily-unavailable-hint = nichts zu tun; es wird noch einmal versucht
trouble-code-no-answer = TikTok hat nicht geantwortet.
trouble-code-no-answer-hint = nichts zu tun; es wird noch einmal versucht
trouble-code-unreadable = Die Antwort sah nicht wie eine von TikTok aus.
trouble-code-unreadable-hint = wenn das so bleibt, prüf `tiktok.api_url` und jeden Proxy dazwischen
trouble-code-own-pace = Dieses Konto hat TikTok so oft gefragt, wie es in einer Minute darf.
trouble-code-own-pace-hint = nichts zu tun; es geht von selbst weiter
trouble-code-unknown = TikTok hat ohne einen Grund abgelehnt, der hier bekannt ist.
trouble-code-unknown-hint = schlag den Code in der Dokumentation von TikTok nach, und versuch es dann noch einmal

# Warum ein Beitrag scheiterte, den TikTok schon hatte, und was man tun kann.
trouble-reason-file-format = TikTok hat das Format des Videos nicht angenommen.
trouble-reason-file-format-hint = exportiere es als MP4 mit H.264, und plane es dann noch einmal ein
trouble-reason-duration = TikTok hat die Länge des Videos nicht angenommen.
trouble-reason-duration-hint = kürze es auf das, was TikTok diesem Konto erlaubt, und plane es dann noch einmal ein
trouble-reason-frame-rate = TikTok hat die Bildrate des Videos nicht angenommen.
trouble-reason-frame-rate-hint = exportiere es mit 23 bis 60 Bildern pro Sekunde, und plane es dann noch einmal ein
trouble-reason-picture-size = TikTok hat die Bildgröße des Videos nicht angenommen.
trouble-reason-picture-size-hint = exportiere es so, dass jede Seite zwischen 360 und 4096 Pixel hat, und plane es dann noch einmal ein
trouble-reason-internal = TikTok ist beim Verarbeiten des Videos gescheitert.
trouble-reason-internal-hint = nichts zu tun; es wird noch einmal geschickt
trouble-reason-video-pull-failed = TikTok konnte das Video nicht holen.
trouble-reason-video-pull-failed-hint = prüf, ob die Adresse des Videos von außen erreichbar ist
trouble-reason-photo-pull-failed = TikTok konnte ein Foto nicht holen.
trouble-reason-photo-pull-failed-hint = prüf, ob die Adressen der Fotos von außen erreichbar sind
trouble-reason-cancelled = Der Beitrag wurde angehalten, bevor er rausging.
trouble-reason-cancelled-hint = plane ihn noch einmal ein, wenn er noch gewünscht ist
trouble-reason-auth-removed = Das Konto wurde getrennt, während TikTok das Video verarbeitete.
trouble-reason-auth-removed-hint = verbinde das Konto neu, und plane den Beitrag dann noch einmal ein
trouble-reason-too-many-posts = TikTok nimmt heute keine Beiträge mehr von diesem Konto.
trouble-reason-too-many-posts-hint = verschieb ihn auf morgen, oder veröffentliche ihn in der TikTok-App
trouble-reason-user-banned = TikTok lässt dieses Konto nichts veröffentlichen.
trouble-reason-user-banned-hint = öffne die TikTok-App mit diesem Konto; der Grund steht in seinem Posteingang
trouble-reason-text = TikTok hat den Text nicht angenommen.
trouble-reason-text-hint = ändere den Text; er wird noch einmal geprüft, bevor er rausgeht
trouble-reason-spam = Die Moderation von TikTok hat den Beitrag nicht angenommen.
trouble-reason-spam-hint = sieh dir das Konto in der TikTok-App an, bevor du es noch einmal versuchst
trouble-reason-unknown = TikTok hat den Beitrag ohne einen Grund aufgegeben, der hier bekannt ist.
trouble-reason-unknown-hint = sieh dir das Konto auf TikTok an, bevor du es noch einmal versuchst
trouble-code-invalid-params-says = TikTok hat die Angaben zu diesem Beitrag nicht angenommen. Es schreibt dazu: { $said }
trouble-code-not-known = TikTok hat mit `{ $code }` abgelehnt.
trouble-reason-not-known = TikTok hat den Beitrag mit `{ $code }` aufgegeben.
trouble-try-again-in-a-minute = es wurde nichts geändert; versuch dasselbe in einer Minute noch einmal

# Was einen Beitrag aufhält, wie es für sein Team festgehalten wird.
trouble-setback-not-connected = `@{ $username }` ist nicht mehr verbunden.
trouble-setback-not-connected-hint = ein Verwalter nutzt `/account connect` und meldet sich mit diesem Konto an
trouble-setback-interrupted = Das Programm wurde angehalten, bevor der Upload begann.
trouble-setback-interrupted-hint = es wurde nichts gesendet; es wird von selbst noch einmal versucht
trouble-setback-broken-bytes-hint = reich das Video mit `/schedule` noch einmal ein
trouble-setback-odd-size = Das gespeicherte Video ist leer oder größer, als TikTok es nimmt.
trouble-setback-other-video = Das gespeicherte Video ist nicht mehr das, das freigegeben wurde.
trouble-setback-out-of-step = TikTok und Greenroom sind sich nicht einig, wie viel vom Video angekommen ist.
trouble-setback-creator-changed = Die Einstellungen des Creators haben sich nach der Prüfung geändert. { $refusal }
trouble-setback-creator-changed-hint = { $hint }; dann `/post edit`, und es wird neu geprüft
trouble-setback-our-fault = In Greenroom ging etwas kaputt, bevor der Upload begann.
trouble-setback-our-fault-hint = es wurde nichts gesendet; es wird von selbst noch einmal versucht, und im Protokoll steht, was kaputtging
trouble-setback-last-place = Ein anderer Beitrag dieses Kontos nimmt vielleicht den letzten Platz, den es heute gibt.
trouble-setback-uploads-spent = Dieses Konto hatte innerhalb einer Stunde so viele Uploads, wie erlaubt sind.
trouble-setback-posts-spent = Dieses Konto hatte innerhalb von 24 Stunden so viele Beiträge, wie erlaubt sind.
trouble-setback-drafts-spent = Dieses Konto hatte innerhalb von 24 Stunden so viele Entwürfe, wie TikTok nimmt.
trouble-setback-submissions-spent = Für dieses Konto wurden innerhalb von 24 Stunden so viele Beiträge eingereicht, wie erlaubt sind.
trouble-setback-room-hint = er geht von selbst raus, sobald Platz ist
trouble-setback-removed = Greenroom wurde vom Server entfernt, während das Video unterwegs war.
trouble-setback-removed-hint = nichts ist öffentlich; entscheidet darüber, sobald Greenroom zurück ist
trouble-setback-address-ended = Die Upload-Adresse von TikTok lief ab, bevor alle Bytes da waren.
trouble-setback-address-ended-hint = nichts ist öffentlich; es wird von selbst noch einmal versucht
trouble-setback-nobody-knows = Die letzten Bytes wurden gesendet, aber TikTok sagt nicht, was daraus wurde.
trouble-setback-nobody-knows-hint = sieh dir das Konto auf TikTok an; drück dann *Ist veröffentlicht* oder *Ist es nicht, noch einmal veröffentlichen*
trouble-setback-opened-too-often = Innerhalb einer Stunde wurde TikTok dreimal gebeten, diesen Beitrag zu nehmen, und es wurde nichts daraus.
trouble-setback-opened-too-often-hint = es wird von selbst noch einmal versucht, wenn die Stunde um ist
trouble-setback-clock-ahead = Die Uhr des Rechners, auf dem Greenroom läuft, geht vor; nach der Uhr von TikTok ist das noch nicht fällig.
trouble-setback-clock-ahead-hint = wer dieses Greenroom betreibt, stellt die Uhr des Rechners richtig; er geht zu seiner Zeit raus
trouble-setback-silent = TikTok hat einen Tag lang nicht gesagt, ob dieser Beitrag draußen ist.
trouble-setback-silent-hint = sieh dir das Konto auf TikTok an und sag, ob er da ist

# Was gegen einen Beitrag spricht.
trouble-doubt-same-time = { $other } geht zur gleichen Zeit an @{ $username }; Beiträge sollten { $least } auseinanderliegen.
trouble-doubt-later = { $other } geht { $by } später an @{ $username }; Beiträge sollten { $least } auseinanderliegen.
trouble-doubt-earlier = { $other } geht { $by } früher an @{ $username }; Beiträge sollten { $least } auseinanderliegen.
trouble-doubt-same-video = { $other } zeigt dasselbe Video auf @{ $username }.
trouble-doubt-same-caption = { $other } hat denselben Text auf @{ $username }.
trouble-doubt-post = Beitrag #{ $number }
trouble-doubt-row = Zeile { $row }
trouble-span-seconds = { $count ->
        [one] 1 Sekunde
       *[other] { $count } Sekunden
    }
trouble-span-minutes = { $count ->
        [one] 1 Minute
       *[other] { $count } Minuten
    }
trouble-span-hours = { $count ->
        [one] 1 Stunde
       *[other] { $count } Stunden
    }

# Ein Beitrag zu viel.
trouble-excess-submitted =
    Das ist der { $nth } Beitrag, der innerhalb von 24 Stunden für @{ $username } eingereicht wird; { $allowed ->
        [one] erlaubt ist 1
       *[other] erlaubt sind { $allowed }
    }.
trouble-excess-moved-uploads =
    Das ist der { $nth } Beitrag für @{ $username } innerhalb einer Stunde; { $allowed ->
        [one] erlaubt ist 1
       *[other] erlaubt sind { $allowed }
    }. Er würde auf { $moment } ({ $zone }) verschoben.
trouble-excess-moved-posts =
    Das ist der { $nth } Beitrag für @{ $username } innerhalb von 24 Stunden; { $allowed ->
        [one] erlaubt ist 1
       *[other] erlaubt sind { $allowed }
    }. Er würde auf { $moment } ({ $zone }) verschoben.
trouble-excess-moved-drafts = Das ist der { $nth } Beitrag für @{ $username } innerhalb von 24 Stunden; TikTok nimmt { $allowed } Entwürfe. Er würde auf { $moment } ({ $zone }) verschoben.
trouble-excess-later-uploads =
    Damit sind innerhalb einer Stunde { $count } Beiträge für @{ $username } fällig; { $allowed ->
        [one] erlaubt ist 1
       *[other] erlaubt sind { $allowed }
    }. Der letzte davon würde verschoben.
trouble-excess-later-posts =
    Damit sind innerhalb von 24 Stunden { $count } Beiträge für @{ $username } fällig; { $allowed ->
        [one] erlaubt ist 1
       *[other] erlaubt sind { $allowed }
    }. Der letzte davon würde verschoben.
trouble-excess-later-drafts = Damit sind innerhalb von 24 Stunden { $count } Beiträge für @{ $username } fällig; TikTok nimmt { $allowed } Entwürfe. Der letzte davon würde verschoben.
trouble-nth = { $number }.
trouble-moment = { $weekday ->
        [1] Montag
        [2] Dienstag
        [3] Mittwoch
        [4] Donnerstag
        [5] Freitag
        [6] Samstag
       *[7] Sonntag
    }, { $day }. { $month ->
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
    }, { $time } Uhr

# Was gefragt wird, bevor es trotzdem weitergeht.
trouble-submit-all-the-same = Trotzdem einreichen
trouble-change-all-the-same = Trotzdem ändern
trouble-retry-all-the-same = Trotzdem veröffentlichen
trouble-asks-before =
    Noch ist nichts passiert, weil etwas dagegen spricht:
    { $doubts }
    Tipp: mit *{ $button }* geht es trotzdem weiter, und die Karte sagt es dazu

# Was ein Team einmal liest, wenn ein Konto oder die ganze App angehalten ist.
trouble-stopped-banned =
    TikTok hat { $name } für das Veröffentlichen gesperrt. Dorthin geht nichts raus: was fällig wird, wird zurückgehalten, und niemand wird zu den einzelnen Beiträgen gefragt, bevor jemand, der diesen Server verwalten darf, *Weiter* drückt.
    Tipp: { $hint }
trouble-stopped-reconnect =
    An { $name } geht nichts raus: { $said } Beiträge, die fällig werden, warten und gehen von selbst raus, sobald das Konto wieder verbunden ist; was bis dahin zu spät ist, wird zurückgehalten, und ihr werdet gefragt.
    Tipp: { $hint }
trouble-stopped-posts =
    TikTok nimmt vorerst keine Beiträge mehr von { $name }. Beiträge, die fällig werden, warten und werden jede Stunde noch einmal versucht, einer nach dem anderen, bis einen Tag nach ihrer Zeit; niemand muss etwas tun.
    Tipp: { $hint }
trouble-stopped-drafts =
    Im TikTok-Posteingang von { $name } liegen 5 Entwürfe der letzten 24 Stunden; mehr erlaubt TikTok nicht. Beiträge, die fällig werden, warten und werden jede Stunde noch einmal versucht, einer nach dem anderen, bis einen Tag nach ihrer Zeit.
    Tipp: { $hint }
trouble-stopped-accounts =
    TikTok lässt diese App am Tag nur für eine begrenzte Zahl von Konten veröffentlichen, und die für heute sind aufgebraucht. Beiträge von Konten, die heute noch nichts veröffentlicht haben, warten bis { $until } und gehen dann von selbst raus. Hier hat niemand etwas falsch gemacht; wer dieses Greenroom betreibt, kann TikTok um mehr bitten.
    Tipp: { $hint }
trouble-stopped-app-refused =
    TikTok nimmt die Zugangsdaten dieser App nicht an, deshalb geht an kein Konto etwas raus. Beiträge, die fällig werden, warten und werden alle 10 Minuten noch einmal versucht, einer nach dem anderen, bis einen Tag nach ihrer Zeit. Hier hat niemand etwas falsch gemacht; wer dieses Greenroom betreibt, kann es beheben.
    Tipp: { $hint }
trouble-button-go-on = Weiter
trouble-button-connect = Verbinden
trouble-button-look-at-held = Zurückgehaltene ansehen
trouble-goes-on = TikTok nimmt wieder Beiträge von { $name }. Was gewartet hat, geht jetzt raus, in der Reihenfolge, in der es fällig war.
trouble-goes-on-app = TikTok nimmt wieder Beiträge von dieser App. Was gewartet hat, geht jetzt raus, in der Reihenfolge, in der es fällig war.
trouble-went-on = { $person } lässt es mit { $name } weitergehen: Beiträge gehen dorthin wieder raus, wenn sie fällig sind. Nach dem, was inzwischen zurückgehalten wurde, fragt eine eigene Nachricht.
trouble-waits-reconnect = Er geht von selbst raus, sobald das Konto wieder verbunden ist, wenn es dann nicht zu spät ist.
trouble-waits-hourly = Es wird jede Stunde noch einmal versucht, bis einen Tag nach seiner Zeit; niemand muss etwas tun.
trouble-waits-app-refused = Es wird alle 10 Minuten noch einmal versucht, bis einen Tag nach seiner Zeit; wer dieses Greenroom betreibt, kann es beheben.
trouble-waits-accounts = Er geht nach { $until } von selbst raus; hier muss niemand etwas tun.
trouble-waits =
    Wartet: { $said } { $next }
    Tipp: { $hint }
trouble-held-because = TikTok lässt { $account } nichts veröffentlichen. Sobald es das wieder tut, drückt jemand, der diesen Server verwalten darf, *Weiter*; dann entscheidet ihr.
trouble-listed-banned = { $said } Beiträge, die fällig werden, werden zurückgehalten; nachdem ein Verwalter *Weiter* gedrückt hat, entscheidet jemand über jeden.
trouble-listed-reconnect = { $said } Beiträge, die fällig werden, warten, bis es wieder verbunden ist.
trouble-listed-waiting = { $said } Fällige Beiträge warten; der nächste Versuch ist { $when }.
