# What a person reads after a command, a button or a form, and what a thread is told.

# Pieces that several messages share. `due` is `asap` or `at`, `delivery` is `direct` or `draft`.

replies-due-asap = as soon as it is approved
replies-due-at = { $when }, given in { $zone }
replies-due-in-zone = { $date } ({ $left }, given in { $zone })

replies-caption = **Caption** · { $length } / { $most }{ $hashtags ->
    [0] {""}
    [one] {" "}· 1 hashtag
   *[other] {" "}· { $hashtags } hashtags
 }{ $mentions ->
    [0] {""}
    [one] {" "}· 1 mention
   *[other] {" "}· { $mentions } mentions
 }
replies-caption-none = **Caption** · { $length } / { $most }
    {"*"}none*
replies-caption-to-copy = **Caption to copy**
replies-caption-to-copy-none = **Caption** · none
replies-preview-none = *no caption*

replies-privacy-everyone = Everyone
replies-privacy-friends = Friends
replies-privacy-followers = Followers
replies-privacy-self = Only you

replies-choices-on = on
replies-choices-off = off
replies-choices-privacy = Who can see it: { $level }
replies-choices-privacy-none = Who can see it: not chosen yet
replies-choices-interactions = Comments { $comments } · duet { $duet } · stitch { $stitch }
replies-choices-disclosure-off = Content disclosure: off
replies-choices-disclosure-open = Content disclosure: not said yet
replies-choices-disclosure-own = Content disclosure: your brand (labeled *Promotional content*)
replies-choices-disclosure-branded = Content disclosure: branded content (labeled *Paid partnership*)
replies-choices-disclosure-both = Content disclosure: your brand and branded content (labeled *Paid partnership*)
replies-choices-ai = AI-generated label: { $on }
replies-choices-cover = Cover: { $cover }
replies-cover-first = first frame
replies-cover-at = the frame at { $seconds } s

replies-names = { $first } and { $last }
replies-lines-more = and { $count } more

# After a command, a button or a form.

replies-fetching = Fetching the video.
replies-fetching-percent = Fetching the video, { $percent } %.
replies-checking = Checking the video and what this creator allows.

replies-upload-link =
    Upload the video on this page; it is yours alone and works until { $until }. The composer opens here afterwards.
    hint: videos that fit into a Discord message go straight into the option `video`
replies-upload-button = Upload a video

replies-submitted = { $emoji } Submitted as post #{ $number }. It is in review.
replies-submitted-in = { $emoji } Submitted as post #{ $number }. It is in review in { $channel }.
replies-submitted-at = Once it has { $count ->
    [one] 1 approval
   *[other] { $count } approvals
 }, it { $delivery ->
    [draft] goes to the TikTok inbox
   *[direct] goes out
 } { $when }.
replies-submitted-asap = It { $delivery ->
    [draft] goes to the TikTok inbox
   *[direct] goes out
 } as soon as it has { $count ->
    [one] 1 approval
   *[other] { $count } approvals
 }; after a day without, it lapses.
replies-submitted-unseen =
    { $warning } Greenroom lacks permissions there, so the reviewers may not see its card or hear of it: { $missing }.
    hint: somebody who may manage this server gives the role of Greenroom what is missing; a card that could not be shown then follows by itself
replies-submitted-then = TikTok may then take a few minutes to process it.

replies-discarded = Draft #{ $number } is discarded. Nothing was sent to anybody.

replies-judged-already = You have said so about post #{ $number } already; nothing has changed.
replies-judged-declined = { $emoji } Post #{ $number } is declined. Its author has been told.
replies-judged-paused = { $yes } Post #{ $number } is approved. Publishing is paused: should its time come before somebody resumes, it is held, and somebody decides.
replies-judged-approved = { $yes } Post #{ $number } is approved and { $delivery ->
    [draft] goes to the TikTok inbox
   *[direct] goes out
 } { $due ->
    [asap] now
   *[at] { $when }
 }.
replies-judged-waits = Noted. Post #{ $number } waits until the changes that were asked for are made.
replies-judged-needs = Noted. Post #{ $number } still needs { $count ->
    [one] 1 approval
   *[other] { $count } approvals
 }.

replies-took-back = Your approval of post #{ $number } is taken back.
replies-took-back-nothing = There was no approval of yours on post #{ $number }; nothing has changed.

replies-edited = Post #{ $number } is changed and in review again; earlier verdicts are void. It is due { $due ->
    [asap] as soon as it is approved
   *[at] { $when }
 }.
replies-moved = Post #{ $number } is now due { $due ->
    [asap] as soon as it is approved
   *[at] { $when }
 }. It is in review again; earlier verdicts are void.
replies-withdrawn = { $emoji } Post #{ $number } is withdrawn. Nothing goes out.
replies-released = Post #{ $number } is published now, late as it is. Its card shows how that goes.
replies-released-all = { $count ->
    [0] Nothing is held any more; nothing has changed.
    [one] 1 post is published now, late as it is. Its card shows how that goes.
   *[other] { $count } posts are published now, late as they are. Their cards show how that goes.
 }
replies-retried = Post #{ $number } is tried again now. Its card shows how that goes.
replies-vouched = { $emoji } Post #{ $number } counts as published, by your word. Nothing more is sent.

replies-bad-cover = `{ $given }` is no place in this video.
replies-bad-cover-hint = write the cover as seconds into the video, for example `2.5`
replies-bad-cover-hint-most = write the cover as seconds into the video, for example `2.5`, up to { $most }

# What reviewers are asked and told. `lapses` is `yes` where there is time until `when` only.

replies-reviewers = Reviewers
replies-reminder-approvals = { $emoji } { $who }: post #{ $number } still needs { $count ->
    [one] 1 approval
   *[other] { $count } approvals
 }{ $lapses ->
    [yes] {" "}before { $when }, or it lapses
   *[no] {""}
 }.
replies-reminder-enough = { $emoji } { $who }: post #{ $number } has as many approvals as it needs by now. Press *Approve* once more{ $lapses ->
    [yes] {" "}before { $when }, or it lapses
   *[no] {" "}and it goes out
 }.
replies-reminder-changes = { $emoji } { $who }: post #{ $number } still waits for the changes { $people } asked for{ $lapses ->
    [yes] {" "}before { $when }, or it lapses
   *[no] {""}
 }.

replies-asks-why = { $person }: why should this not go out? *Say why* tells its author here. Until then the decline can be taken back, with the button or by taking the { $no } off the card; then the review goes on.
replies-asks-why-button = Say why
replies-take-back-button = Take it back
replies-explained-by = { $no } { $person } declined this because:
replies-took-back-no-by = { $emoji } { $person } took the decline back. The review goes on.
replies-recalled-opening = { $warning } { $count ->
    [one] The approval of { $people } no longer counts: who gave it may not judge this post any more.
   *[other] The approvals of { $people } no longer count: who gave them may not judge this post any more.
 }
replies-recalled = { $author }'s post has not gone out.
replies-recalled-again = { $author }'s post has not gone out; it is in review again.
replies-recalled-needs = { $who }: it needs { $count ->
    [one] 1 more approval
   *[other] { $count } more approvals
 }{ $lapses ->
    [yes] {" "}before { $when }, or it lapses
   *[no] {""}
 }.
replies-explained = Noted. The author of post #{ $number } reads it in its thread.
replies-took-back-no = Your decline of post #{ $number } is taken back; it is in review again.
replies-took-back-no-needs = It needs { $count ->
    [one] 1 more approval
   *[other] { $count } more approvals
 }.
replies-review-channel-gone = { $warning } The review channel was deleted. Nothing can be reviewed until a manager chooses another one with `/setup review_channel`; what is approved already goes out as planned. Open cards then appear there.
replies-digest-channel-gone = { $warning } The digest channel was deleted. The digest appears in the review channel until a manager chooses another one with `/setup digest_channel`.

# A post's own story in its thread. What it begins with is looked for at the beginning of the whole line.

replies-thread-approved-by = { $yes } { $person } approved.
replies-thread-approved-by-manager = { $yes } { $person } approved, as manager.
replies-thread-approved-waits = It still waits for the changes somebody asked for.
replies-thread-approved-goes = It { $delivery ->
    [draft] goes to the TikTok inbox
   *[direct] goes out
 } { $due ->
    [asap] now
   *[at] { $when }
 }.
replies-thread-approved-during-a-pause = Publishing is paused: should its time come before somebody resumes, it is held, and somebody decides.
replies-thread-approved-needs = { $count ->
    [one] 1 more approval needed.
   *[other] { $count } more approvals needed.
 }
replies-thread-took-back = { $person } took the approval back.
replies-thread-declined = { $no } { $person } declined this post; it does not go out.{ $because }
    { $author }: `/post edit` changes it and asks again.
replies-thread-changes-asked = { $emoji } { $person } asks for changes before this goes out.{ $because }
    { $author }: `/post edit` makes them; the review starts again.
replies-thread-edited = { $person } changed this post. Earlier verdicts are void; it is in review again.
replies-thread-moved = { $person } gave this post a new time: { $due ->
    [asap] as soon as it is approved
   *[at] { $when }
 }. Earlier verdicts are void; it is in review again.
replies-thread-moved-on-uploads = { $emoji } Moved on to { $when }, because { $account } has had as many uploads within an hour as are allowed. It goes out then by itself; its approval stays.
replies-thread-moved-on-posts = { $emoji } Moved on to { $when }, because { $account } has had as many posts within 24 hours as are allowed. It goes out then by itself; its approval stays.
replies-thread-moved-on-drafts = { $emoji } Moved on to { $when }, because { $account } has had as many drafts within 24 hours as TikTok takes. It goes out then by itself; its approval stays.
replies-thread-moved-on-submissions = { $emoji } Moved on to { $when }, because as many posts for { $account } were submitted within 24 hours as are allowed. It goes out then by itself; its approval stays.
replies-thread-withdrawn = { $emoji } { $person } withdrew this post. Nothing goes out.
replies-thread-lapsed = { $emoji } The time came before enough approvals did, so this did not go out.
    { $author }: *Pick a new time* on the card, or `/post move`, starts the review again.
replies-thread-published = { $emoji } It is on TikTok
replies-thread-in-inbox = { $emoji } It is in the TikTok inbox of { $account }.
    { $author }: open the TikTok app and finish it there; it is out only then. The caption is on the card, ready to copy.
replies-thread-failed = { $emoji } It was not published
replies-thread-failed-why = { $opening }: { $said } { $who }
    hint: { $hint }
replies-thread-failed-card = { $opening }. The card says why.
replies-thread-unclear = { $emoji } Nobody can tell whether this is out, so nothing more is sent.
replies-thread-unclear-look = { $author }: look at { $account } on TikTok, then press *It is out* or *It is not, publish again* on the card.
replies-thread-held = { $emoji } It fell due while Greenroom could not publish, and is too late to go out unasked.
    { $author }: *Publish now*, *Move* or *Withdraw* on the card decides; reviewers and managers can, too.
replies-thread-paused = { $emoji } Held: its time came while publishing was paused. Once it is resumed, { $author }, a reviewer or a manager decides; *Move* and *Withdraw* on the card work now.
replies-thread-released = { $person } has it published now, late as it is.
replies-thread-retried = { $person } has it tried again.
replies-thread-vouched = { $emoji } { $person } looked and says it is out.

# The stop button. `why` is `yes` where a reason was given.

replies-paused-now = All publishing is paused. Nothing goes out until somebody runs `/resume`.
replies-paused-now-account = Publishing to { $account } is paused. Nothing goes out to it until somebody runs `/resume`.
replies-paused-meanwhile = Posts that fall due meanwhile are held, and somebody decides about each of them afterwards.
replies-paused-stopped = Stopped before the last part of the video left, so nothing of it is out: { $count ->
    [one] post { $posts }
   *[other] posts { $posts }
 }.
replies-paused-too-late = { $warning } Nobody can stop { $count ->
    [one] post { $posts }
   *[other] posts { $posts }
 } any more: the last part of the video has left, so it may be out. What is on TikTok can be deleted in the TikTok app.
replies-paused-by = { $emoji } { $person } paused all publishing.
replies-paused-by-account = { $emoji } { $person } paused publishing to { $account }.
replies-paused-until = Nothing goes out until a reviewer or a manager runs `/resume`.
replies-paused-until-account = Nothing goes out to it until a reviewer or a manager runs `/resume`.

replies-resumed-now = All publishing is resumed.
replies-resumed-now-account = Publishing to { $account } is resumed.
replies-resumed-by = { $emoji } { $person } resumed all publishing.
replies-resumed-by-account = { $emoji } { $person } resumed publishing to { $account }.
replies-resumed-held = Posts whose time is still ahead go out as scheduled. { $count ->
    [0] Nothing is held.
    [one] { $emoji } 1 post is held, and goes out only once somebody decides so.
   *[other] { $emoji } { $count } posts are held, and each goes out only once somebody decides so.
 }
replies-resumed-still-paused = But all publishing is still paused, by { $person } { $since }: nothing goes out until somebody runs `/resume` without an account.

replies-pause = All publishing is paused by { $person } { $since }
replies-pause-account = Paused by { $person } { $since }
replies-pause-on-a-card = { $emoji } { $pause }. Until a reviewer or a manager runs `/resume`, nothing goes out; at its time this post is held, and somebody decides afterwards.
replies-pause-on-a-held-card = Held, because publishing is paused. *Publish now* works once a reviewer or a manager has run `/resume`; *Move* starts a new review and *Withdraw* stops it, now as well.
    { $emoji } { $pause }.
replies-pause-in-the-list = { $emoji } { $pause }. Posts that fall due are held; after `/resume` somebody decides about each.
replies-pause-above-everything = Everything
replies-pause-above-the-queue = { $emoji } { $what }: all publishing is paused by { $person } { $since }{ $reason }.
replies-pause-above-the-queue-account = { $emoji } { $what }: paused by { $person } { $since }{ $reason }.
replies-pause-in-the-composer = All publishing is paused by { $name }{ $why ->
    [yes] {" "}(“{ $reason }”)
   *[no] {""}
 }: should its time come before somebody resumes, the post is held.
replies-pause-in-the-composer-account = Publishing to @{ $account } is paused by { $name }{ $why ->
    [yes] {" "}(“{ $reason }”)
   *[no] {""}
 }: should its time come before somebody resumes, the post is held.

# The TikTok accounts of a team.

replies-connect-link = This link is yours alone, works once, and ends { $until }. It leads to TikTok, where you sign in as the account and agree. { $delivery ->
    [draft] Posts to it will land in its TikTok inbox, and somebody finishes them in the app.
   *[direct] Posts to it will be published directly.
 }
replies-connect-paste = Afterwards your browser shows a page that begins with `http://127.0.0.1`; it may say that it cannot be reached, and that is all right. Copy its whole address, come back here, press *Paste the address* and send it. Keep it to yourself: it works once, and only for you.
replies-connect-told = The team is told once it is connected.
replies-connect-button = Connect on TikTok
replies-connect-paste-button = Paste the address

replies-account-connected = { $person } connected the TikTok account { $account }.
replies-account-disconnected = { $person } disconnected the TikTok account { $account }. Its permission is returned to TikTok and forgotten here; nothing more goes out to it.
replies-account-needs-reconnect = { $warning } TikTok no longer accepts our permission for { $account }. Nothing goes out to it until somebody who may manage this server runs `/account connect` and signs in as that account. Posts that fall due wait, and go out by themselves once it is connected again; those that are too late by then are held, and people are asked.
replies-account-needs-reconnect-soon = { $count ->
    [one] One of them is due within 24 hours.
   *[other] { $count } of them are due within 24 hours.
 }
replies-account-will-not-go-out = { $warning } { $count ->
    [one] 1 post
   *[other] { $count } posts
 } in the next 24 hours will not go out to { $account }: { $why ->
    [refused] TikTok no longer accepts our permission for it
   *[disconnected] it is disconnected
 }.
    hint: somebody who may manage this server runs `/account connect` and signs in as that account
replies-account-consent-ends = { $warning } TikTok's permission for { $account } ends { $when }. Nothing is lost yet, and posts go out until then.
    hint: somebody who may manage this server runs `/account connect` before, and signs in as that account

replies-accounts-title = TikTok accounts
replies-accounts-none = No TikTok account is connected yet.
    hint: somebody who may manage this server connects one with `/account connect`
replies-accounts-ends-soon = { $warning } Connected, but the permission ends { $when }: run `/account connect` before.
replies-accounts-connected = Connected by { $person }. The permission renews itself; TikTok wants a new consent by { $when }.
replies-accounts-refused = { $warning } TikTok refuses our permission: a manager runs `/account connect`.
replies-accounts-disconnected = Disconnected. Nothing goes out to it.
replies-accounts-used = { $used } of { $allowed } { $delivery ->
    [draft] drafts
   *[direct] posts
 } used in the last 24 hours.
replies-accounts-direct = Posts are published directly.
replies-accounts-draft = Posts land in its TikTok inbox, and somebody finishes them in the app.
replies-accounts-feature-publish = publishing
replies-accounts-feature-drafts = drafts
replies-accounts-feature-account = the account's numbers
replies-accounts-feature-videos = each video's numbers
replies-accounts-granted = Granted: { $features }.
replies-accounts-granted-nothing = Nothing was granted.
replies-accounts-not-granted = Not granted: { $features }.
replies-accounts-no-publishing = So nothing can be published to it.
replies-accounts-no-drafts = So no drafts can be left in its inbox.
replies-accounts-grant = To grant the rest run `/account connect` again and leave every switch on TikTok's page on; posts and history stay.

# The overview of `/setup`.

replies-settings-title = Settings of this server
replies-settings-role = Reviewer role
replies-settings-review-channel = Review channel
replies-settings-approvals = Approvals needed
replies-settings-self-review = Authors may approve their own posts
replies-settings-zone = Time zone
replies-settings-digest-channel = Digest channel
replies-settings-digest = Daily digest
replies-settings-weekly-later = yes, once this version can write one
replies-settings-weekly = Weekly summary
replies-settings-missing = Permissions Greenroom lacks
replies-settings-not-set = not set
replies-settings-yes = yes
replies-settings-no = no
replies-settings-digest-in-review-channel = { $channel } (the review channel)
replies-settings-digest-next = { $time }, next { $when }
replies-settings-step-both = Two things are missing before anything can be reviewed.
    hint: run `/setup` with `reviewer_role` and `review_channel`
replies-settings-step-role = Nobody can review yet.
    hint: run `/setup` with `reviewer_role`
replies-settings-step-channel = There is no place for review cards yet.
    hint: run `/setup` with `review_channel`
replies-settings-step-none = Everything is in place. `/account connect` adds a TikTok account, `/schedule` hands in a video.
replies-settings-step-permissions = Greenroom lacks permissions and will fail where it needs them.
    hint: give its role the permissions below, in those channels

# Taking everything away, or having it erased.

replies-erase-mistyped = That is not this server's name, so nothing was touched.
replies-erase-asks = `/erase` deletes everything Greenroom has stored about this server, for good:
replies-erase-posts = { $count ->
    [one] - 1 post, with their approvals, revisions and history
   *[other] - { $count } posts, with their approvals, revisions and history
 }
replies-erase-videos = { $count ->
    [one] - 1 stored video ({ $size })
   *[other] - { $count } stored videos ({ $size })
 }
replies-erase-accounts = { $count ->
    [one] - 1 TikTok account, whose permission is returned to TikTok
   *[other] - { $count } TikTok accounts, whose permission is returned to TikTok
 }
replies-erase-numbers = - { $snapshots ->
    [one] 1 snapshot of numbers
   *[other] { $snapshots } snapshots of numbers
 } and { $entries ->
    [one] 1 entry of the audit trail
   *[other] { $entries } entries of the audit trail
 }
replies-erase-settings = - all settings
replies-erase-waiting = { $count ->
    [one] - the 1 post that is planned or waits for a decision will not go out
   *[other] - the { $count } posts that are planned or wait for a decision will not go out
 }
replies-erase-leaving = { $count ->
    [one] - 1 post is with TikTok already and can no longer be stopped: its end is awaited, then it goes as well
   *[other] - { $count } posts are with TikTok already and can no longer be stopped: their end is awaited, then they go as well
 }
replies-erase-confirm = What is on TikTok stays there, and so do messages in your channels. `/export` gives you everything first.
    hint: to erase everything, type the server's name: `/erase confirm:{ $server }`
replies-erased = Everything Greenroom had stored about this server is erased: { $posts ->
    [one] 1 post
   *[other] { $posts } posts
 }, { $videos ->
    [one] 1 video
   *[other] { $videos } videos
 }, { $accounts ->
    [one] 1 TikTok account
   *[other] { $accounts } TikTok accounts
 }, settings and history. Nothing that was planned goes out. Messages in your channels stay until you delete them.
    hint: `/setup` begins anew
replies-erasing = Everything that was planned is stopped, and everything stored about this server is being erased. { $count ->
    [0] TikTok has not taken the accounts' permission back yet; that is tried for a day at most.
    [one] 1 post was with TikTok already and can no longer be stopped; its end is awaited, for a day at most.
   *[other] { $count } posts were with TikTok already and can no longer be stopped; their end is awaited, for a day at most.
 } Then the rest is deleted, without anybody having to do anything.
    hint: what is on TikTok can be deleted in the TikTok app
replies-exported = Everything Greenroom has stored about this server, as JSON and CSV: { $posts ->
    [one] 1 post
   *[other] { $posts } posts
 }, { $accounts ->
    [one] 1 TikTok account
   *[other] { $accounts } TikTok accounts
 }, { $snapshots ->
    [one] 1 snapshot of numbers
   *[other] { $snapshots } snapshots of numbers
 }, { $entries ->
    [one] 1 entry of the audit trail
   *[other] { $entries } entries of the audit trail
 } and the rest. Tokens are not in it, and videos are not either: whoever runs this Greenroom can export those with `greenroom export`.
replies-export-too-large = More is stored about this server than Discord takes as one file ({ $size }).
    hint: whoever runs this Greenroom gets all of it with `greenroom export --config FILE --workspace { $workspace } --out DIR`

# The way in. What is put in are commands that can be pressed.

replies-help-editor = What you can do here
replies-help-editor-steps =
    1. { $schedule } hands in a video: time, caption, settings, then *Submit for review*.
    2. { $queue } shows what is coming and where every post stands.
    3. { $post_edit } changes a post, { $post_move } gives it another time, { $post_withdraw } stops it.
replies-help-reviewer = What you can do here as a reviewer
replies-help-reviewer-steps =
    1. Judge cards in the review channel: press *Approve* or react with { $yes }; { $no } declines.
    2. { $queue } with `state: in review` lists what waits for you.
    3. { $pause } stops everything at once; { $resume } lets it go on.
replies-help-manager = What you can do here as a manager
replies-help-manager-steps =
    1. { $setup } sets who reviews, where, and by which clock.
    2. { $connect } adds a TikTok account; { $list } shows how each is doing.
    3. { $digest } shows the numbers now; every day they come by themselves.
