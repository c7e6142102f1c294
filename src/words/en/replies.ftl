# What a person reads after a command, a button or a form, and what a thread is told.

# Pieces that several messages share. `due` is `asap` or `at`, `delivery` is `direct` or `draft`.

replies-due-asap = as soon as it is approved
replies-due-at = { $when }, given in { $zone }
replies-due-in-zone = { $date } ({ $left }, given in { $zone })

replies-caption = **Caption** · { $length } / { $most }
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
