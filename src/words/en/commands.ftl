# What commands ask and show by themselves.

# Forms

commands-form-caption-title = Edit caption
commands-form-time-title = When should #{ $number } go out?
commands-form-decline-title = Decline #{ $number }
commands-form-why-not = Why should this not go out?
commands-form-explain-title = Why not #{ $number }?
commands-form-changes-title = Request changes on #{ $number }
commands-form-what-changes = What should change?
commands-form-reason-hint = The author reads this in the post's thread
commands-form-edit-title = Edit #{ $number }
commands-form-when-first = When (the first of { $videos } videos goes)
commands-form-when = When
commands-form-account = TikTok account
commands-form-schedule-title = Schedule on TikTok
commands-form-address = The address of the page you landed on
commands-form-address-title = Finish connecting
commands-form-caption = Caption
commands-form-caption-hint = Up to 2,200 characters; #hashtags and @mentions work as on TikTok
commands-form-cover = Cover: seconds into the video
commands-form-cover-hint = Empty for the first frame, or for example 2.5
commands-form-when-hint = next slot · tomorrow 18:00 · fri 6pm · in 3h · asap · 2026-12-01 09:00

# What commands cannot read

commands-changed =
    This command was updated just now.
    hint: try again; if it still looks old, reload Discord
commands-servers-only =
    Greenroom works in servers only.
    hint: use this command in your team's server
commands-unreadable =
    `{ $given }` could not be read.
    hint: choose from the list that appears while you type
commands-unreadable-option =
    One of the options could not be read.
    hint: choose from the list that appears while you type
commands-not-a-link =
    `{ $given }` is not a link.
    hint: attach the file with the option `video`, or give the whole link, beginning with `https://`
commands-one-video =
    A post has one video, and both `video` and `video_url` were given.
    hint: give one of them
commands-not-a-privacy =
    `{ $given }` is none of TikTok's levels of visibility.
    hint: choose from the list, or leave it out and choose in the composer
commands-not-a-clock-time =
    `{ $given }` is no time of day.
    hint: write it as `09:00` or `18:30`
commands-not-a-month =
    `{ $given }` is no month.
    hint: write it as `december`, `12/2026` or `next`, or leave it out for this month
commands-not-a-state =
    `{ $given }` is no state of a post.
    hint: choose from the list
commands-could-not-check = Discord did not tell which permissions there are just now: run `/setup` again to check

# The chart of a digest

commands-chart-aside = { $views } in { $days } days
commands-chart-title = Views gained per day
commands-chart-empty = No numbers yet: they grow day by day

# What is offered while somebody types

commands-next-slot = next slot · { $when }
commands-asap = asap

# What the bot may not do in a channel; the permissions as Discord calls them

commands-permission-view-channel = View Channel
commands-permission-send-messages = Send Messages
commands-permission-embed-links = Embed Links
commands-permission-attach-files = Attach Files
commands-permission-read-history = Read Message History
commands-permission-add-reactions = Add Reactions
commands-permission-create-threads = Create Public Threads
commands-permission-send-in-threads = Send Messages in Threads
commands-permission-missing = { $permission } in { $place }
commands-permission-missing-view = View Channel in { $place }, without which nothing else can be checked there
commands-permission-role-gone = The role { $role }, which no longer exists: choose another with `/setup reviewer_role`
commands-permission-silent-role = Mention @everyone, @here and All Roles in { $place }, or { $role } made mentionable, to ping it

# Above the message about what is held

commands-held-decide = { $role } somebody has to decide.

# Pages in the browser

commands-web-no-page-title = There is no such page
commands-web-no-page = Nothing of Greenroom's is at this address.
commands-web-wrong-method-title = That does not work here
commands-web-wrong-method = This address is not asked in that way.
commands-web-cannot-play = If your browser cannot play it, [open the file]: it is exactly what would go out.
commands-web-unreadable-title = This cannot be read
commands-web-unreadable = What was sent is not as it should be.
commands-web-too-much-title = This is too much
commands-web-too-large = What was sent is larger than anything taken here.
commands-web-too-long-title = This took too long
commands-web-in-a-minute = Try again in a minute.
commands-web-at-once-title = That was a lot at once
commands-web-at-once = More was asked from your address than one visitor asks. Try again in a moment.
commands-web-not-from-tiktok-title = This is not a link from TikTok
commands-web-start-again = Start again with /account connect.
commands-web-connected-title = @{ $account } is connected
commands-web-connected = You can close this page and go back to Discord.
commands-web-hint = hint: { $hint }
commands-web-broke-title = Something broke on our side
commands-web-not-connected = Nothing was connected. Try again with /account connect.
commands-web-post-title = Post #{ $number }
commands-web-facts = { $facts } · fingerprint { $fingerprint }
commands-web-not-that-long-title = The video is not that long
commands-web-not-that-long = Open it from its beginning.
commands-web-nowhere-title = This link leads nowhere
commands-web-nowhere = Open the video from its card in Discord; the whole address is needed.
commands-web-expired-title = This link is too old
commands-web-expired = It worked until a day after its post was due. A card that is drawn anew has a fresh one.
commands-web-changed-title = This post has changed since
commands-web-changed = What the link showed is not what would go out. The post's newest card has the present video.
commands-web-gone-title = The video is not kept any more
commands-web-gone = Videos are deleted some time after their post is over.
commands-web-no-event = What was sent cannot be an event of TikTok's.
commands-web-not-for-you-title = This is not for you
commands-web-not-for-you = Only TikTok says things here.
