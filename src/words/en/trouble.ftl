# What went wrong at TikTok or on the way there, and who can help.

# What TikTok answered, and what can be done.
trouble-code-spam-risk-too-many-posts = TikTok takes no more posts from this account today.
trouble-code-spam-risk-too-many-posts-hint = post it in the TikTok app, or wait: TikTok takes about 15 posts in 24 hours, from all apps together
trouble-code-spam-risk-user-banned = TikTok does not let this account post.
trouble-code-spam-risk-user-banned-hint = open the TikTok app with this account; the reason is in its inbox
trouble-code-reached-active-user-cap = The app has reached the number of accounts TikTok lets it post for in 24 hours.
trouble-code-reached-active-user-cap-hint = an app that has not passed TikTok's audit posts for 5 accounts a day; whoever runs the app can ask for more
trouble-code-invalid-params = TikTok did not accept the details of this post.
trouble-code-invalid-params-hint = check the caption and the choices, then schedule it again
trouble-code-invalid-publish-id = TikTok no longer knows this upload, so whether the video is out cannot be asked.
trouble-code-invalid-publish-id-hint = look at the account on TikTok, then say whether the video is there
trouble-code-publish-id-of-another = TikTok says this upload belongs to another account, so whether the video is out cannot be asked.
trouble-code-publish-id-of-another-hint = look at the account on TikTok, then say whether the video is there; check that the right account is connected
trouble-code-publish-not-cancellable = It is too late to stop this post at TikTok.
trouble-code-publish-not-cancellable-hint = delete it in the TikTok app once it is out
trouble-code-app-version-check-failed = The TikTok app of this account is too old for this.
trouble-code-app-version-check-failed-hint = update the TikTok app to 31.8 or newer, then try again
trouble-code-invalid-file-upload = TikTok did not accept the video file.
trouble-code-invalid-file-upload-hint = export the video again as MP4 with H.264, then schedule it again
trouble-code-scope-permission-missed = The account has not granted everything this needs.
trouble-code-scope-permission-missed-hint = connect the account again and leave every permission switched on
trouble-code-access-token-invalid = TikTok no longer accepts the key of this account.
trouble-code-access-token-invalid-hint = if this does not pass by itself, connect the account again
trouble-code-scope-not-authorized = The account has not granted the permission this needs.
trouble-code-scope-not-authorized-hint = connect the account again and leave every permission switched on
trouble-code-unaudited-client = The app has not passed TikTok's audit, so it can post only to accounts that are private.
trouble-code-unaudited-client-hint = make the account itself private in the TikTok app (a private post is not enough), or pass TikTok's audit
trouble-code-url-ownership-unverified = TikTok does not know that the address of the video is yours.
trouble-code-url-ownership-unverified-hint = verify the domain in TikTok's developer portal, or send files instead of addresses
trouble-code-privacy-mismatch = The chosen privacy is no longer on offer for this account.
trouble-code-privacy-mismatch-hint = choose who may see the video again; nothing else is chosen in its place
trouble-code-too-many-pending-drafts = The account has 5 drafts of the last 24 hours waiting in its TikTok inbox, which is all TikTok allows.
trouble-code-too-many-pending-drafts-hint = finish or delete the drafts in the TikTok app
trouble-code-rate-limit-exceeded = TikTok asks for a slower pace.
trouble-code-rate-limit-exceeded-hint = nothing to do; it goes on by itself in a minute
trouble-code-internal-error = TikTok has a problem of its own.
trouble-code-internal-error-hint = nothing to do; it is tried again
trouble-code-access-denied = The connection was refused on TikTok's page.
trouble-code-access-denied-hint = start again when the owner of the account agrees
trouble-code-invalid-client = TikTok does not know this app.
trouble-code-invalid-client-hint = check `tiktok.client_key` and `tiktok.client_secret`; a sandbox app has its own pair
trouble-code-invalid-grant = The connection to this account has ended.
trouble-code-invalid-grant-hint = connect the account again
trouble-code-invalid-request = TikTok did not accept the request to connect.
trouble-code-invalid-request-hint = check that the redirect address is registered exactly as it is set here
trouble-code-invalid-scope = The app asks for a permission that TikTok has not enabled for it.
trouble-code-invalid-scope-hint = compare `tiktok.scopes` with the scopes of the app in TikTok's developer portal
trouble-code-unauthorized-client = TikTok does not let this app connect accounts.
trouble-code-unauthorized-client-hint = check in TikTok's developer portal that Login Kit is added and the app is approved
trouble-code-unsupported-grant-type = TikTok did not accept the way of connecting.
trouble-code-unsupported-grant-type-hint = check that `tiktok.api_url` is TikTok's own address
trouble-code-unsupported-response-type = TikTok did not accept the way of connecting.
trouble-code-unsupported-response-type-hint = check that `tiktok.authorize_url` is TikTok's own address
trouble-code-server-error = TikTok has a problem of its own.
trouble-code-server-error-hint = nothing to do; it is tried again
trouble-code-temporarily-unavailable = TikTok cannot answer for the moment.
trouble-code-temporarily-unavailable-hint = nothing to do; it is tried again
trouble-code-no-answer = TikTok did not answer.
trouble-code-no-answer-hint = nothing to do; it is tried again
trouble-code-unreadable = The answer did not look like one of TikTok's.
trouble-code-unreadable-hint = if it stays so, check `tiktok.api_url` and any proxy in between
trouble-code-own-pace = This account has asked TikTok as often as it may in a minute.
trouble-code-own-pace-hint = nothing to do; it goes on by itself
trouble-code-unknown = TikTok refused without a reason that is known here.
trouble-code-unknown-hint = look the code up in TikTok's documentation, then try again

# Why a post that TikTok had taken failed, and what can be done.
trouble-reason-file-format = TikTok did not accept the format of the video.
trouble-reason-file-format-hint = export it as MP4 with H.264, then schedule it again
trouble-reason-duration = TikTok did not accept the length of the video.
trouble-reason-duration-hint = shorten it to what TikTok allows this account, then schedule it again
trouble-reason-frame-rate = TikTok did not accept the frame rate of the video.
trouble-reason-frame-rate-hint = export it with 23 to 60 frames a second, then schedule it again
trouble-reason-picture-size = TikTok did not accept the picture size of the video.
trouble-reason-picture-size-hint = export it with each side between 360 and 4096 pixels, then schedule it again
trouble-reason-internal = TikTok failed while working on the video.
trouble-reason-internal-hint = nothing to do; it is sent again
trouble-reason-video-pull-failed = TikTok could not fetch the video.
trouble-reason-video-pull-failed-hint = check that the address of the video can be reached from outside
trouble-reason-photo-pull-failed = TikTok could not fetch a photo.
trouble-reason-photo-pull-failed-hint = check that the addresses of the photos can be reached from outside
trouble-reason-cancelled = The post was stopped before it went out.
trouble-reason-cancelled-hint = schedule it again if it is still wanted
trouble-reason-auth-removed = The account was disconnected while TikTok worked on the video.
trouble-reason-auth-removed-hint = connect the account again, then schedule the post again
trouble-reason-too-many-posts = TikTok takes no more posts from this account today.
trouble-reason-too-many-posts-hint = move it to tomorrow, or post it in the TikTok app
trouble-reason-user-banned = TikTok does not let this account post.
trouble-reason-user-banned-hint = open the TikTok app with this account; the reason is in its inbox
trouble-reason-text = TikTok did not accept the caption.
trouble-reason-text-hint = change the caption; it is reviewed again before it goes out
trouble-reason-spam = TikTok's moderation did not accept the post.
trouble-reason-spam-hint = look at the account in the TikTok app before trying again
trouble-reason-unknown = TikTok gave up on the post without a reason that is known here.
trouble-reason-unknown-hint = look at the account on TikTok before trying again
trouble-code-invalid-params-says = TikTok did not accept the details of this post. It says: { $said }
trouble-code-not-known = TikTok refused with `{ $code }`.
trouble-reason-not-known = TikTok gave up on the post with `{ $code }`.
trouble-try-again-in-a-minute = nothing was changed; try the same again in a minute

# What keeps a post from going out, as it is written down for its team.
trouble-setback-not-connected = `@{ $username }` is no longer connected.
trouble-setback-not-connected-hint = a manager runs `/account connect` and signs in as that account
trouble-setback-interrupted = The program was stopped before the upload began.
trouble-setback-interrupted-hint = nothing was sent; it is tried again by itself
trouble-setback-broken-bytes-hint = hand the video in again with `/schedule`
trouble-setback-odd-size = The stored video is empty or larger than TikTok takes.
trouble-setback-other-video = The stored video is no longer the one that was approved.
trouble-setback-out-of-step = TikTok and Greenroom disagree about how much of the video has arrived.
trouble-setback-creator-changed = The creator's settings changed after the review. { $refusal }
trouble-setback-creator-changed-hint = { $hint }; then `/post edit`, and it is reviewed anew
trouble-setback-our-fault = Something inside Greenroom broke before the upload began.
trouble-setback-our-fault-hint = nothing was sent; it is tried again by itself, and the log says what broke
trouble-setback-last-place = Another post of this account may take the last place there is today.
trouble-setback-uploads-spent = This account has had as many uploads within an hour as are allowed.
trouble-setback-posts-spent = This account has had as many posts within 24 hours as are allowed.
trouble-setback-drafts-spent = This account has had as many drafts within 24 hours as TikTok takes.
trouble-setback-submissions-spent = As many posts for this account were submitted within 24 hours as are allowed.
trouble-setback-room-hint = it goes out by itself as soon as there is room
trouble-setback-removed = Greenroom was removed from the server while the video was on its way.
trouble-setback-removed-hint = nothing is public; decide about it once Greenroom is back
trouble-setback-address-ended = TikTok's upload address ended before all bytes were there.
trouble-setback-address-ended-hint = nothing is public; it is tried again by itself
trouble-setback-nobody-knows = The last bytes were sent, but TikTok does not say what became of them.
trouble-setback-nobody-knows-hint = look at the account on TikTok; then say *It is out* or *It is not, publish again*
trouble-setback-opened-too-often = Within an hour TikTok was asked three times to take this post, and nothing came of it.
trouble-setback-opened-too-often-hint = it is tried again by itself when the hour is over
trouble-setback-clock-ahead = The clock of the machine Greenroom runs on is ahead, and by TikTok's clock this is not due yet.
trouble-setback-clock-ahead-hint = whoever runs this Greenroom sets the machine's clock right; it goes out at its time
trouble-setback-silent = TikTok has not said for a day whether this post is out.
trouble-setback-silent-hint = look at the account on TikTok and say whether it is there

# What speaks against a post.
trouble-doubt-same-time = { $other } goes to @{ $username } at the same time; posts should be { $least } apart.
trouble-doubt-later = { $other } goes to @{ $username } { $by } later; posts should be { $least } apart.
trouble-doubt-earlier = { $other } goes to @{ $username } { $by } earlier; posts should be { $least } apart.
trouble-doubt-same-video = { $other } shows the same video on @{ $username }.
trouble-doubt-same-caption = { $other } has the same caption on @{ $username }.
trouble-doubt-post = Post #{ $number }
trouble-doubt-row = Row { $row }
trouble-span-seconds = { $count ->
        [one] 1 second
       *[other] { $count } seconds
    }
trouble-span-minutes = { $count ->
        [one] 1 minute
       *[other] { $count } minutes
    }
trouble-span-hours = { $count ->
        [one] 1 hour
       *[other] { $count } hours
    }

# A post too many.
trouble-excess-submitted =
    That is the { $nth } post submitted for @{ $username } within 24 hours; { $allowed ->
        [one] 1 is allowed
       *[other] { $allowed } are allowed
    }.
trouble-excess-moved-uploads =
    That is the { $nth } post for @{ $username } within an hour; { $allowed ->
        [one] 1 is allowed
       *[other] { $allowed } are allowed
    }. It would be moved on to { $moment } ({ $zone }).
trouble-excess-moved-posts =
    That is the { $nth } post for @{ $username } within 24 hours; { $allowed ->
        [one] 1 is allowed
       *[other] { $allowed } are allowed
    }. It would be moved on to { $moment } ({ $zone }).
trouble-excess-moved-drafts = That is the { $nth } post for @{ $username } within 24 hours; TikTok takes { $allowed } drafts. It would be moved on to { $moment } ({ $zone }).
trouble-excess-later-uploads =
    With it, { $count } posts for @{ $username } are due within an hour; { $allowed ->
        [one] 1 is allowed
       *[other] { $allowed } are allowed
    }. The last of them would be moved on.
trouble-excess-later-posts =
    With it, { $count } posts for @{ $username } are due within 24 hours; { $allowed ->
        [one] 1 is allowed
       *[other] { $allowed } are allowed
    }. The last of them would be moved on.
trouble-excess-later-drafts = With it, { $count } posts for @{ $username } are due within 24 hours; TikTok takes { $allowed } drafts. The last of them would be moved on.
trouble-nth = { $number }{ $ending }
trouble-moment = { $weekday ->
        [1] Mon
        [2] Tue
        [3] Wed
        [4] Thu
        [5] Fri
        [6] Sat
       *[7] Sun
    } { $day } { $month ->
        [1] Jan
        [2] Feb
        [3] Mar
        [4] Apr
        [5] May
        [6] Jun
        [7] Jul
        [8] Aug
        [9] Sep
        [10] Oct
        [11] Nov
       *[12] Dec
    }, { $time }

# What people are asked before they go on in spite of it.
trouble-submit-all-the-same = Submit all the same
trouble-change-all-the-same = Change all the same
trouble-retry-all-the-same = Publish all the same
trouble-asks-before =
    Nothing has happened yet, because something speaks against it:
    { $doubts }
    hint: *{ $button }* goes on in spite of that, and its card will say so

# What a team reads once when an account, or the whole app, is stopped.
trouble-stopped-banned =
    TikTok has banned { $name } from posting. Nothing goes out to it: posts that fall due are held, and nobody is asked about each of them before somebody who may manage this server presses *Go on*.
    hint: { $hint }
trouble-stopped-reconnect =
    Nothing goes out to { $name }: { $said } Posts that fall due wait, and go out by themselves once it is connected again; those that are too late by then are held, and people are asked.
    hint: { $hint }
trouble-stopped-posts =
    TikTok takes no more posts from { $name } for now. Posts that fall due wait and are tried again every hour, one at a time, until a day after their time; nobody has to do anything.
    hint: { $hint }
trouble-stopped-drafts =
    The TikTok inbox of { $name } holds 5 drafts of the last 24 hours, which is all TikTok allows. Posts that fall due wait and are tried again every hour, one at a time, until a day after their time.
    hint: { $hint }
trouble-stopped-accounts =
    TikTok lets this app post for only so many accounts a day, and today's are used up. Posts of accounts that have not posted today wait until { $until }, and then go out by themselves. Nobody here did anything wrong; whoever runs this Greenroom can ask TikTok for more.
    hint: { $hint }
trouble-stopped-app-refused =
    TikTok does not accept the credentials of this app, so nothing goes out to any account. Posts that fall due wait and are tried again every 10 minutes, one at a time, until a day after their time. Nobody here did anything wrong; whoever runs this Greenroom can mend it.
    hint: { $hint }
trouble-button-go-on = Go on
trouble-button-connect = Connect
trouble-button-look-at-held = Look at what is held
trouble-goes-on = TikTok takes posts from { $name } again. Those that waited go out now, in the order they were due.
trouble-goes-on-app = TikTok takes posts from this app again. Those that waited go out now, in the order they were due.
trouble-went-on = { $person } has { $name } go on: posts go out to it again as they fall due. What was held meanwhile is asked about in a message of its own.
trouble-waits-reconnect = It goes out by itself once the account is connected again, unless it is too late by then.
trouble-waits-hourly = It is tried again every hour until a day after its time; nobody has to do anything.
trouble-waits-app-refused = It is tried again every 10 minutes until a day after its time; whoever runs this Greenroom can mend it.
trouble-waits-accounts = It goes out by itself after { $until }; nobody here has to do anything.
trouble-waits =
    Waiting: { $said } { $next }
    hint: { $hint }
trouble-held-because = TikTok does not let { $account } post. Somebody who may manage this server presses *Go on* once it does again; then people decide.
trouble-listed-banned = { $said } Posts that fall due are held; after a manager presses *Go on* somebody decides about each.
trouble-listed-reconnect = { $said } Posts that fall due wait until it is connected again.
trouble-listed-waiting = { $said } Posts that are due wait; it is tried again { $when }.
