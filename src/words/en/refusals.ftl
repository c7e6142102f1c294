# Every polite no, and what a person can do about it.

# How a no is put

refusals-with-hint =
    { $said }
    hint: { $hint }
refusals-broken = Something went wrong inside Greenroom; nothing that was saved is lost. Reference: `{ $reference }`.
refusals-broken-hint = try again in a minute; if it stays, give the reference to whoever runs this Greenroom
refusals-take-next-slot = Take the next free slot
refusals-another-time = Another time
refusals-press-the-time = Or press the time you mean:
refusals-video-kept = The video is kept; the composer opens once the time is chosen.
refusals-not-for-you = This was made for somebody else, so nothing has changed.
refusals-not-for-you-hint = `/schedule` opens a composer of your own

# Rows of a file

refusals-batch-gone = These rows are no longer prepared.
refusals-batch-gone-hint = rows wait for a day, or until your next file; give `/bulk` the file again
refusals-batch-used = These rows have been scheduled already.
refusals-batch-used-hint = `/queue` shows where they stand
refusals-batch-spoilt = No row was scheduled, because not all of them can be any more: { $rows }.
refusals-batch-spoilt-hint = give `/bulk` the file again; it says what is right for each row now
refusals-batch-row = row { $row }: { $why }
refusals-batch-more = and { $count } more
refusals-batch-discarded = { $count ->
    [one] { $count } draft was discarded
   *[other] { $count } drafts were discarded
    }

# Posts and accounts that cannot be found or used

refusals-no-such-post = There is no such post here.
refusals-no-such-post-hint = `/queue` lists the posts there are
refusals-no-such-account = No TikTok account by that name is connected here.
refusals-no-such-account-hint = `/account list` shows the accounts there are
refusals-no-account = No TikTok account is connected yet.
refusals-no-account-hint = a manager connects one with `/account connect`
refusals-which-account = More than one TikTok account is connected: { $names }.
refusals-which-account-hint = name one with the option `account`
refusals-account-not-ready = `@{ $username }` has to be connected again before anything can be posted to it.
refusals-account-not-ready-hint = a manager runs `/account connect` and signs in as that account
refusals-account-banned = TikTok does not let `@{ $username }` post, so nothing goes out to it.
refusals-account-banned-hint = a manager presses *Go on* in the review channel once TikTok lets it post again
refusals-account-elsewhere = `@{ $username }` is connected to another server already.
refusals-account-elsewhere-hint = disconnect it there first

# Videos that are not there

refusals-no-video = A post needs a video.
refusals-no-video-hint = attach one with the option `video`, or give a link to it with `video_url`
refusals-no-video-in-message = There is no video in that message.
refusals-no-video-in-message-hint = use it on a message with an MP4, MOV or WebM file attached; `/schedule` takes links, too
refusals-message-gone = That message is no longer there.
refusals-message-gone-hint = hand the video in with `/schedule`
refusals-video-forgotten = The video of post #{ $number } is no longer stored: videos are deleted some time after a post has ended.
refusals-video-forgotten-hint = hand the video in again with `/schedule`

# Who may do what

refusals-not-set-up-both = This server is not set up yet: the reviewer role and the review channel are missing.
refusals-not-set-up-role = This server is not set up yet: the reviewer role is missing.
refusals-not-set-up-channel = This server is not set up yet: the review channel is missing.
refusals-not-set-up-hint = a manager runs `/setup reviewer_role: … review_channel: …`; it takes one minute
refusals-not-a-reviewer = Only people with the role <@&{ $role }>, or who may manage this server, can judge posts.
refusals-not-a-reviewer-hint = ask a reviewer or a manager
refusals-not-a-manager = Only people who may manage this server can do that.
refusals-not-a-manager-hint = ask somebody with the permission Manage Server
refusals-not-yours = Only its author or a manager can change this post.
refusals-not-yours-hint = ask its author, or a manager
refusals-not-yours-to-decide = Only its author, a reviewer or a manager can decide about this post.
refusals-not-yours-to-decide-hint = ask one of them; `/post show` says who its author is
refusals-own-post = You cannot approve your own post here; somebody else has to.
refusals-own-post-hint = a manager can allow it with `/setup self_review: True`

# What is out of date

refusals-old-card = That card is out of date: post #{ $number } has changed since.
refusals-old-card-hint = the newest card of the post is further down in the review channel
refusals-old-button = That button belongs to something that is no longer there.
refusals-old-button-hint = `/queue` shows where everything stands
refusals-somebody-was-faster = Somebody was faster: this has just changed.
refusals-somebody-was-faster-hint = look again and decide anew

# Where a post stands

refusals-stage-draft = draft
refusals-stage-in-review = in review
refusals-stage-approved = approved
refusals-stage-declined = declined
refusals-stage-lapsed = lapsed
refusals-stage-withdrawn = withdrawn
refusals-already-submitted = Post #{ $number } has been submitted already.
refusals-already-submitted-hint = `/post show { $number }` shows it, `/post edit` changes it
refusals-still-a-draft = This post is still being composed.
refusals-still-a-draft-hint = finish it in its composer, or start again with `/schedule`
refusals-not-declined = This post is { $stage }; nobody waits for a reason.
refusals-no-reason-awaited = No reason of yours is awaited about post #{ $number }.
refusals-no-reason-awaited-hint = its author starts a new review with `/post edit`
refusals-not-now = That cannot be done while the post is { $short ->
    [notheld] not held
   *[other] { $state }
    }.
refusals-not-now-hint = `/post show` tells more
refusals-too-late-to-judge = Its time has passed, so it can no longer be approved.
refusals-too-late-to-judge-hint = its author picks a new time with `/post move`
refusals-nothing-to-judge-draft = This post is still a draft; there is nothing to judge.
refusals-nothing-to-judge-in-review = This post is in review; there is nothing to judge.
refusals-nothing-to-judge-approved = This post is approved; there is nothing to judge.
refusals-nothing-to-judge-declined = This post was declined; there is nothing to judge.
refusals-nothing-to-judge-lapsed = This post has lapsed; there is nothing to judge.
refusals-nothing-to-judge-withdrawn = This post was withdrawn; there is nothing to judge.
refusals-not-sent-draft = This post is still a draft; nothing of it was sent yet.
refusals-not-sent-in-review = This post is in review; nothing of it was sent yet.
refusals-not-sent-approved = This post is approved; nothing of it was sent yet.
refusals-not-sent-declined = This post was declined; nothing of it was sent yet.
refusals-not-sent-lapsed = This post has lapsed; nothing of it was sent yet.
refusals-not-sent-withdrawn = This post was withdrawn; nothing of it was sent yet.
refusals-not-in-review-draft = its author submits it first
refusals-not-in-review-in-review = use the buttons of its newest card
refusals-not-in-review-approved = until it goes out, *Withdraw* on its card or `/post withdraw` still stops it
refusals-not-in-review-declined = its author changes it with `/post edit`, which starts a new review
refusals-not-in-review-lapsed = its author picks a new time with `/post move`, which starts a new review
refusals-not-in-review-withdrawn = its author starts again with `/schedule`
refusals-nothing-sent-draft = finish it in its composer first
refusals-nothing-sent-in-review = it goes out once enough reviewers have approved it
refusals-nothing-sent-approved = it goes out by itself at its time
refusals-nothing-sent-declined = `/post edit` changes it and starts a new review
refusals-nothing-sent-lapsed = `/post move` gives it a new time and starts a new review
refusals-nothing-sent-withdrawn = start again with `/schedule`
refusals-over-declined = This post is declined, so nothing of it goes out and there is nothing to stop.
refusals-over-withdrawn = This post was withdrawn, which is for good; it cannot be changed any more.
refusals-over-else = This post cannot be changed any more.
refusals-after-the-end-declined = `/post edit` changes it and starts a new review
refusals-after-the-end-else = start again with `/schedule`

# Where its publication stands

refusals-too-late-published = This post is out already, so it can no longer be changed or stopped here.
refusals-too-late-in-inbox = This post lies in the TikTok inbox already, so it can no longer be changed or stopped here.
refusals-too-late-unclear = Nobody knows yet whether this post is out, so it cannot be changed or stopped until somebody says so.
refusals-too-late-publishing = The whole video of this post is with TikTok already, so it can no longer be changed or stopped.
refusals-too-late-else = This post can no longer be changed.
refusals-when-too-late-unclear = `/post resolve` says how to find out; if it is not out, it can be changed afterwards
refusals-when-too-late-in-inbox = whoever finishes it in the TikTok app can still change or drop it there
refusals-when-too-late-else = what is on TikTok can be changed or deleted in the TikTok app
refusals-nothing-to-retry-scheduled = This post has not failed; it goes out by itself when it is its turn.
refusals-nothing-to-retry-publishing = This post is on its way to TikTok right now; there is nothing to try again.
refusals-nothing-to-retry-published = This post is out already; there is nothing to try again.
refusals-nothing-to-retry-in-inbox = This post arrived in the TikTok inbox; there is nothing to try again.
refusals-nothing-to-retry-held = This post is held and was never tried; somebody decides about it first.
refusals-nothing-to-retry-unclear = Nobody knows whether this post is out, so it is not simply tried again.
refusals-nothing-to-retry-else = There is nothing of this post to try again just now.
refusals-nothing-to-settle-scheduled = Nothing about this post is unclear: it waits for its turn.
refusals-nothing-to-settle-publishing = Nothing about this post is unclear yet: it is on its way to TikTok right now.
refusals-nothing-to-settle-published = Nothing about this post is unclear: it is out.
refusals-nothing-to-settle-in-inbox = Nothing about this post is unclear: it lies in the TikTok inbox.
refusals-nothing-to-settle-held = Nothing about this post is unclear: it is held and was not sent.
refusals-nothing-to-settle-failed = Nothing about this post is unclear: it failed and is not out.
refusals-nothing-to-settle-unclear = Nothing about this post is unclear any more.
refusals-instead-held = *Publish now*, *Move* or *Withdraw* on its card decides
refusals-instead-unclear = look on TikTok, then `/post resolve` says whether it is out
refusals-instead-failed = `/post retry` tries it again
refusals-instead-else = `/post show` tells how it goes

# What was chosen

refusals-nothing-changed = Nothing would change.
refusals-no-reason = There is no reason in the form, and the author has nothing else to go by.
refusals-no-reason-hint = press the button again and say it in a few words
refusals-nothing-changed-hint = change the caption, the settings or the time
refusals-privacy-not-chosen = Choose who can see this video.
refusals-privacy-not-chosen-hint = TikTok asks that a person chooses this every time
refusals-privacy-not-offered = This creator does not offer that visibility right now.
refusals-privacy-not-offered-hint = choose one of the levels in the list
refusals-disclosure-incomplete = You need to indicate if your content promotes yourself, a third party, or both.
refusals-disclosure-incomplete-hint = turn on *Your brand*, *Branded content*, or both
refusals-branded-cannot-be-private = Branded content visibility cannot be set to private.
refusals-branded-cannot-be-private-hint = choose another visibility, or turn *Branded content* off
refusals-only-private-until-audited = Until TikTok has audited this app, it can only post videos that are visible to the account itself.
refusals-only-private-until-audited-hint = choose *Only you*; the operator sets `tiktok.audited` once the audit is passed
refusals-account-not-private = Until TikTok has audited this app, it can only post to accounts that are private, and this one is public.
refusals-account-not-private-hint = turn on *Private account* in the TikTok app (a private post is not enough), or connect the account for drafts, which need no audit
refusals-creator-closed = This creator has switched { $what } off.
refusals-creator-closed-hint = turn it off here, or on in the TikTok app
refusals-too-many-approvals = A post can need 1 to { $most } approvals, not { $asked }.
refusals-too-many-approvals-hint = choose a number from 1 to { $most }

# Connecting an account, and the end

refusals-link-spent = This link has been used or is older than ten minutes.
refusals-link-spent-hint = `/account connect` makes a fresh link
refusals-consent-refused = The connection was cancelled on TikTok's page.
refusals-not-the-address = That is not the address TikTok sent you back to.
refusals-not-the-address-hint = copy all of it from the browser's address bar, from `http` to its end; it holds `code=` and `state=`
refusals-not-your-link = This link was made for somebody else.
refusals-not-your-link-hint = run `/account connect` yourself, and use the link it gives you
refusals-being-erased = Everything Greenroom has stored about this server is being erased.
refusals-being-erased-hint = when that is done, `/setup` begins anew; try it in a few minutes

# Weekly slots

refusals-no-slots = No weekly slots are set for this account.
refusals-no-slots-hint = a reviewer or manager sets some with `/slots set`; until then name a time, for example `tomorrow 18:00`
refusals-no-slot-free = No weekly slot of this account is free in the next { $span }.
refusals-no-slot-free-hint = name a time, for example `tomorrow 18:00`, or have a reviewer add slots with `/slots set`
refusals-slot-passed = The slot { $when } is too near or has passed.
refusals-slot-taken = The slot { $when } now has another post.
refusals-slot-gone-next = the next free slot is { $when }
refusals-slot-gone-none = no other slot is free; press *Change time* and name a time
refusals-too-many-slots = An account can have up to { $most } weekly slots.
refusals-too-many-slots-hint = `/slots clear` makes room
refusals-not-days = `{ $given }` names no day of the week.
refusals-not-days-hint = choose from the list: a day, `Monday to Friday`, `Saturday and Sunday` or `every day`
refusals-not-a-planner = Only reviewers and managers can change the weekly slots.
refusals-not-a-planner-hint = ask one of them; `/slots show` shows the slots there are

# Pauses

refusals-pause-not-yours = Only a reviewer or a manager can pause or resume publishing.
refusals-pause-not-yours-hint = ask one of them
refusals-paused = Publishing to `@{ $username }` is paused by `{ $by }`{ $why }, so nothing goes out to it.
refusals-paused-all = All publishing is paused by `{ $by }`{ $why }, so nothing goes out.
refusals-paused-hint = a reviewer or a manager runs `/resume` first; moving and withdrawing work now
refusals-paused-already = Publishing to `@{ $username }` is paused already, by `{ $by }`{ $why }; nothing has changed.
refusals-paused-already-all = All publishing is paused already, by `{ $by }`{ $why }; nothing has changed.
refusals-paused-already-hint = `/resume` ends it; pause again with another reason after that
refusals-not-paused = `@{ $username }` is not paused; nothing has changed.
refusals-not-paused-all = Publishing is not paused; nothing has changed.
refusals-not-paused-hint = `/account list` shows what is paused
refusals-paused-with-all = `@{ $username }` is paused together with every other account, by `{ $by }`; it cannot be resumed alone.
refusals-paused-with-all-hint = `/resume` without an account resumes all of them; `/pause` with one pauses it again
refusals-paused-why = {" "}(“{ $reason }”)

# Captions

refusals-caption-too-long = the caption is { $length } characters long, { $more } more than TikTok takes
refusals-caption-too-long-hint = captions go up to { $most }; an emoji counts as two or more
refusals-caption-tab = the caption has a tab at character { $column } of line { $line }
refusals-caption-tab-hint = use a space instead
refusals-caption-control = the caption has the control character { $code } at character { $column } of line { $line }
refusals-caption-control-hint = delete it, or type that line again
