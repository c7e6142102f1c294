# A post as a message, and lists of posts.

# Where a post stands.

cards-standing-draft = draft
cards-standing-in-review = in review
cards-standing-approved = approved
cards-standing-declined = declined
cards-standing-lapsed = lapsed
cards-standing-withdrawn = withdrawn
cards-standing-scheduled = scheduled
cards-standing-publishing = publishing
cards-standing-processing = processing
cards-standing-published = published
cards-standing-in-inbox = in inbox
cards-standing-held = held
cards-standing-failed = failed
cards-standing-unclear = unclear
cards-standing-cancelled = cancelled

# The card.

cards-asks-for-verdict = { $role } post #{ $number } waits for your verdict.
cards-reading =
    After { $unit ->
        [hours] { $span } h
       *[days] { $span } days
    }: views { $views } · likes { $likes } · comments { $comments } · shares { $shares }
cards-superseded = #{ $number } · superseded
cards-superseded-text = This post has changed since, so verdicts here count for nothing. Its newest card is further down.
cards-field-numbers = Numbers
cards-field-paused = Paused
cards-field-author = Author
cards-field-account = Account
cards-field-due = Due
cards-field-settings = Settings
cards-field-video = Video
cards-field-warnings = Warnings
cards-field-in-spite-of = Submitted in spite of
cards-field-verdicts = Verdicts
cards-field-fingerprint = Fingerprint
cards-settings-draft = A draft for the TikTok inbox: everything but the video is chosen in the TikTok app.
cards-video-attached = The attached file is exactly the video of this fingerprint.
cards-video-linked = *Watch the video* opens exactly the video of this fingerprint.
cards-video-not-shown = ⚠️ It is too large for Discord to attach, so this card cannot show it: ask its author for the file.
cards-video-within-limits = Within TikTok's limits.
cards-verdict-approved-as-manager = **{ $name }** approved as manager, { $when }
cards-verdict-approved = **{ $name }** approved, { $when }
cards-verdict-changes = **{ $name }** asks for changes, { $when }: { $reason }
cards-verdict-declined-because = **{ $name }** declined, { $when }: { $reason }
cards-verdict-declined = **{ $name }** declined, { $when }
cards-button-approve = Approve
cards-button-request-changes = Request changes
cards-button-decline = Decline
cards-button-pick-time = Pick a new time
cards-button-publish-now = Publish now
cards-button-it-is-out = It is out
cards-button-it-is-not-out = It is not, publish again
cards-button-try-again = Try again
cards-button-edit = Edit
cards-button-move = Move
cards-button-withdraw = Withdraw
cards-button-watch-on-tiktok = Watch on TikTok
cards-button-watch = Watch the video

# What the card says about where its post stands.

cards-state-draft = Its author is still composing it; nobody has been asked yet.
cards-state-lapsed = Its time came before enough approvals did, so it did not go out. { $author } or a manager picks a new time; the review starts again.
cards-act-author = { $author } can act: another video, caption or setting helps.
cards-act-manager = Somebody who may manage this server can act: the account needs care.
cards-act-operator = Whoever runs this Greenroom can act: `greenroom doctor` says what is wrong.
cards-act-tiktok = Nobody here can act: TikTok has to recover. Try again later.
cards-state-in-review =
    In review: { $given } of { $needed ->
        [one] 1 approval
       *[other] { $needed } approvals
    } so far.
cards-state-changes-asked = { $names } asked for changes; { $author } makes them with `/post edit`.
cards-state-lapses = It lapses { $when } unless it is approved before.
cards-state-approved = Approved by the reviewers. { $next }
cards-state-approved-by = Approved by { $names }. { $next }
cards-approver-as-manager = **{ $name }** (as manager)
cards-state-declined-by = Declined by **{ $name }**. Nothing goes out. { $author } can change it with `/post edit`, which starts a new review.
cards-state-declined = Declined by a reviewer. Nothing goes out. { $author } can change it with `/post edit`, which starts a new review.
cards-state-withdrawn-at = Withdrawn { $when }. Nothing goes out.
cards-state-withdrawn = Withdrawn. Nothing goes out.
cards-next-due = It is due { $when } ({ $distance }).
cards-next-goes =
    { $delivery ->
        [draft] It goes to the TikTok inbox { $when } ({ $distance }).
       *[direct] It goes out { $when } ({ $distance }).
    }
cards-next-within-moments =
    { $delivery ->
        [draft] It goes to the TikTok inbox within moments.
       *[direct] It goes out within moments.
    }
cards-state-ahead-of-time = Its bytes go to TikTok ahead of time; the last of them waits for the hour, so it can still be changed or stopped.
cards-state-processing = Processing: TikTok has the whole video and is working on it, which may take a few minutes.
cards-state-published = Published { $when }. { $link }
cards-state-in-inbox = In the TikTok inbox of { $account } since { $since }. Open the TikTok app, tap the message in the inbox and finish the post there; it is out only then.
cards-state-failed =
    Not published: { $said }
    hint: { $hint }
    { $act }
cards-state-cancelled = Cancelled: the post was changed or stopped before TikTok had all of it.
cards-state-moved-on =
    Moved on: { $said }
    { $paused ->
        [yes] It is due { $when } ({ $distance }).
       *[no] It goes out { $when } ({ $distance }); nobody has to do anything.
    }
cards-state-not-begun =
    It could not begin: { $said }
    { $paused ->
        [yes] It would be tried again { $when }.
       *[no] It is tried again { $when }; nobody has to do anything.
    }
cards-state-attempt-failed =
    Attempt { $attempt } of { $most } did not work: { $said }
    { $paused ->
        [yes] The next attempt would start { $when }.
       *[no] The next attempt starts { $when }; nobody has to do anything.
    }
cards-publishing-opening = Publishing: TikTok is being asked to take the video.
cards-publishing-percent = Publishing, { $percent } %.
cards-publishing-last-part = Publishing: the last part is on its way.
cards-publishing-again = This is attempt { $attempt } of { $most }.
cards-link-private = Only the account itself can see it, so there is no link to share.
cards-link-follows = The link follows as soon as TikTok gives it.
cards-state-held-because = Held since its time came, { $due }: { $because }
cards-state-held = Held: it was due { $due } ({ $distance }), while nothing could go out, and is too late to go out unasked. { $author }, a reviewer or a manager decides: *Publish now* as it was approved; *Move* starts a new review; *Withdraw* stops it.
cards-state-unclear =
    { $said }
    Look at { $account } on TikTok for a video with the caption “{ $caption }” from about { $when }. While nobody says what they see, nothing more is sent.
    hint: { $hint }

# The composer.

cards-composer-title = Posting to TikTok account: { $account }
cards-composer-inbox =
    It goes to the TikTok inbox of this account, not out. TikTok takes only the video there: whoever opens its message in the TikTok app pastes the caption, chooses who can see it, comments, cover and disclosure, and posts it. The caption comes ready to copy. At most 5 drafts wait there in 24 hours.
    Nothing is sent to TikTok before it is approved.
cards-field-how-it-gets-out = How it gets out
cards-field-cover = Cover
cards-field-visibility = Who can see this video
cards-field-interactions = Comments, duet, stitch
cards-field-disclosure = Content disclosure
cards-field-before-you-submit = Before you submit
cards-composer-longest = Within TikTok's limits; this creator may post up to { $longest }.
cards-composer-attached = The attached file is what would go out.
cards-composer-linked = *Watch the video* opens what would go out.
cards-visibility-not-chosen = Not chosen yet. TikTok asks that a person chooses this every time.
cards-visibility-not-audited = Until TikTok has audited this app, only *{ $level }* works.
cards-visibility-branded = Branded content visibility cannot be set to private.
cards-visibility-public-account = And only while the account itself is private, which this one is not.
cards-interactions =
    Comments { $comments ->
        [on] on
       *[off] off
    } · duet { $duet ->
        [on] on
       *[off] off
    } · stitch { $stitch ->
        [on] on
       *[off] off
    } · AI-generated label { $ai ->
        [on] on
       *[off] off
    }
cards-closed-comments = comments
cards-closed-duet = duet
cards-closed-stitch = stitch
cards-closed = Switched off in this creator's TikTok settings: { $what }.
cards-disclosure-off = Off. Turn it on if this video promotes goods or services in exchange for something of value.
cards-disclosure-not-said = You need to indicate if your content promotes yourself, a third party, or both.
cards-disclosure-own-brand = **Your brand**: you are promoting yourself or your own business.
cards-disclosure-branded = **Branded content**: you are promoting another brand or a third party.
cards-disclosure-promotional = Your photo/video will be labeled as 'Promotional content'.
cards-disclosure-paid = Your photo/video will be labeled as 'Paid partnership'.
cards-consent-branded = By posting, you agree to TikTok's [Branded Content Policy]({ $branded }) and [Music Usage Confirmation]({ $music }).
cards-consent = By posting, you agree to TikTok's [Music Usage Confirmation]({ $music }).
cards-composer-nothing-sent = Nothing is sent to TikTok before it is approved. After that, TikTok may take a few minutes to process it.
cards-composer-not-ready = **Not ready yet:** { $missing }
cards-visibility-nothing = Nothing to choose from
cards-visibility-none-works = No visibility works with these settings
cards-visibility-who = Who can see this video?
cards-toggle-comments =
    Comments: { $is ->
        [on] on
       *[off] off
    }
cards-toggle-duet =
    Duet: { $is ->
        [on] on
       *[off] off
    }
cards-toggle-stitch =
    Stitch: { $is ->
        [on] on
       *[off] off
    }
cards-toggle-ai =
    AI-generated: { $is ->
        [on] on
       *[off] off
    }
cards-toggle-disclose =
    Content disclosure: { $is ->
        [on] on
       *[off] off
    }
cards-toggle-own-brand =
    Your brand: { $is ->
        [on] on
       *[off] off
    }
cards-toggle-branded =
    Branded content: { $is ->
        [on] on
       *[off] off
    }
cards-button-submit = Submit for review
cards-button-edit-caption = Edit caption
cards-button-change-time = Change time
cards-button-discard = Discard

# What an outage made late.

cards-held-nothing = Nothing is held any more
cards-held-all-decided = Somebody has decided about every post. `/queue` shows where they stand.
cards-held-title =
    { $count ->
        [one] 1 post is held
       *[other] { $count } posts are held
    }
cards-held-more = and more: { $total } in all
cards-held-text =
    { $count ->
        [one] It fell due while nothing could go out, and does not go out unasked. Its author, reviewers and managers decide; until then nothing is sent.
       *[other] They fell due while nothing could go out, and do not go out unasked. Their authors, reviewers and managers decide; until then nothing is sent.
    }

    { $listed }
cards-held-was-due = was due { $when } ({ $distance })
cards-held-publish = Publish #{ $number } now
cards-held-move = Move #{ $number }
cards-held-withdraw = Withdraw #{ $number }
cards-held-publish-all = Publish all now
cards-held-look-at-each = Look at each

# The queue.

cards-queue = Queue
cards-queue-footer =
    Page { $page } of { $pages } · { $count ->
        [one] 1 post
       *[other] { $count } posts
    } · times you type are read in { $zone }
cards-choice-asap = asap
cards-choice-when = { $weekday } { $day } { $month }, { $time }
cards-once-approved = as soon as it is approved
cards-queue-page-gone =
    There is nothing on this page any more.
    hint: go back a page
cards-queue-nothing-coming =
    Nothing is coming.
    hint: `/schedule` hands in a video
cards-queue-nothing-matches =
    No post matches what you asked for.
    hint: `/queue` without options shows everything that is coming
cards-button-earlier = Earlier
cards-button-later = Later

# Who did what to a post.

cards-history-nothing = Nothing is kept of what was done to this post.
cards-history-forgotten = What came before was forgotten for its age.
cards-history-title = History of #{ $number } · { $standing }
cards-history-newest-last = The newest is last
cards-history-footer = { $from } to { $to } of { $count } · the newest is last
cards-history-greenroom = Greenroom, by itself
cards-history-where = [where]({ $link })
cards-history-more-roles = { $count } more
cards-history-manages = manages the server
cards-history-no-roles = no roles then
cards-history-roles = then: { $roles }
cards-history-revision = revision `{ $revision }`
cards-history-attempt = attempt { $attempt }
cards-done-drafted = Handed in
cards-done-submitted = Submitted for review
cards-done-approved = Approved
cards-done-approval-taken-back = Approval taken back
cards-done-changes-asked = Changes asked for
cards-done-declined = Declined
cards-done-decline-explained = Reason given
cards-done-decline-taken-back = Decline taken back
cards-done-recalled = Back in review: an approval no longer counts
cards-done-edited = Edited
cards-done-moved = Given another time
cards-done-withdrawn = Withdrawn
cards-done-lapsed = Lapsed
cards-done-retried = Sent to be tried again
cards-done-vouched = Said to be out
cards-done-released = Released
cards-done-now-begun = Sending begun
cards-done-now-committed = Last part sent
cards-done-now-scheduled = Put off
cards-done-now-publishing = Publishing
cards-done-now-processing = TikTok has all of it
cards-done-now-published = Published
cards-done-now-in-inbox = In the TikTok inbox
cards-done-now-held = Held
cards-done-now-failed = Failed
cards-done-now-unclear = Unclear
cards-done-now-cancelled = Cancelled

# The digest.

cards-digest-title = Digest · { $weekday } { $day } { $month } { $year }
cards-digest-needs-a-hand = Needs a hand
cards-digest-failed = Failed
cards-digest-more-accounts =
    { $count ->
        [one] 1 more account
       *[other] { $count } more accounts
    } not shown here; a digest has room for { $most }.
cards-digest-and = And
cards-digest-goes-out-today = Goes out today
cards-digest-waits-for-review = Waits for review
cards-digest-nothing =
    There is nothing to tell: no TikTok account is connected, and no post is on its way.
    hint: somebody who may manage this server connects an account with `/account connect`
cards-digest-opening =
    { $today ->
        [0] Nothing goes out today
        [one] 1 post goes out today
       *[other] { $today } posts go out today
    }, { $waiting ->
        [0] nothing waits for review
        [one] 1 waits for review
       *[other] { $waiting } wait for review
    }.
cards-digest-hands =
    { $count ->
        [one] One thing needs a hand.
       *[other] { $count } things need a hand.
    }
cards-digest-no-numbers-yet = No numbers yet: none have been read from TikTok.
cards-digest-views = Views
cards-digest-likes = Likes
cards-digest-comments = Comments
cards-digest-shares = Shares
cards-digest-followers = Followers
cards-digest-no-numbers =
    No numbers: this account granted neither `user.info.stats` nor `video.list`.
    hint: `/account connect` asks for them again
cards-digest-read = Read { $when }
cards-digest-first-reading = first reading
cards-digest-since-yesterday = { $change } since yesterday
cards-digest-over-week = { $change } over 7 days
cards-digest-untitled = a video without a title
cards-digest-best =
    { $span ->
        [day] Best post since yesterday
       *[week] Best post of the week
    }: { $post } · { $gained } views, { $views } in all
cards-digest-coverage = Counted over the newest { $listed } of { $all } videos
cards-hand-permission-ends = { $account }: the permission ends { $when }. A manager runs `/account connect`.
cards-hand-permission-gone = { $account }: the permission is gone, nothing goes out. A manager runs `/account connect`.
cards-hand-budget = { $account }: { $used } of { $allowed } posts used in the last 24 hours.
cards-hand-paused = { $account }: paused. Nothing goes out until somebody runs `/resume`.
cards-hand-held = Held: { $post }
cards-hand-unclear = Unclear, somebody has to look on TikTok: { $post }
cards-hand-no-numbers-since = { $account }: no numbers could be read since { $since }.
cards-hand-no-numbers = { $account }: no numbers could be read yet.

# The calendar.

cards-calendar-nothing =
    Nothing is due in { $month }.
    hint: `/schedule` hands in a video
cards-calendar-footer =
    { $count ->
        [one] 1 post
       *[other] { $count } posts
    } · days and times of { $zone }
cards-calendar-more-days = and { $count ->
        [one] 1 more day
       *[other] { $count } more days
    }; `/queue` shows all that is coming
cards-calendar-posts =
    { $count ->
        [one] 1 post
       *[other] { $count } posts
    }
cards-calendar-more = more
cards-tone-waits = in review
cards-tone-coming = goes out
cards-tone-out = out
cards-tone-trouble = needs a hand
cards-tone-over = does not go out
cards-calendar-alt =
    Calendar of { $month }: { $count ->
        [one] 1 post
       *[other] { $count } posts
    }.
cards-calendar-today = **{ $day }, today**
cards-calendar-day = { $weekday } { $day }
cards-calendar-unknown = unknown

# Numbers short enough for a bar or a line.

cards-number-decimal = { $whole }.{ $tenth }
cards-number-quadrillions = { $figure }Q
cards-number-trillions = { $figure }T
cards-number-billions = { $figure }B
cards-number-millions = { $figure }M
cards-number-thousands = { $figure }k
