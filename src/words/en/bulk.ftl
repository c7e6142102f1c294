# Many posts from one file.

# Why a file is no table of posts, and what can be done.
bulk-too-large = This file is larger than { $most } MB.
bulk-empty = This file is empty.
bulk-not-csv = This is not a CSV file: it looks like { $looks_like }.
bulk-broken = This file cannot be read as CSV: { $said }.
bulk-row-too-wide = row { $row } has { $cells } cells under { $width } headings
bulk-odd-cell = a cell is not what it should be
bulk-odd-cell-near = a cell is not what it should be near line { $line }
bulk-lacks = { $count ->
    [one] This file lacks the column { $names }.
   *[other] This file lacks the columns { $names }.
    }
bulk-unknown = { $count ->
    [one] This file has the column { $names } that Greenroom does not know.
   *[other] This file has the columns { $names } that Greenroom does not know.
    }
bulk-names-and-more = { $names } and { $count } more
bulk-twice = This file has the column `{ $name }` twice.
bulk-no-rows = This file has a heading and no rows.
bulk-too-many = This file has { $count } rows; { $most } can be taken at once.
bulk-hint-split = split it into files of up to { $most } rows
bulk-hint-rows = each row is a post; `/bulk` without a file gives an example
bulk-hint-save-as = in your spreadsheet choose *Save as* or *Download*, and then CSV
bulk-hint-quotes = put a cell that holds the delimiter, a quote or a line break between quotes, and write a quote in it twice
bulk-hint-first-line = the first line names the columns, once each; `/bulk` without a file gives an example
bulk-hint-columns = remove or rename it; the columns are { $names }

# What is wrong with a cell, and what would be right.
bulk-cell-empty = `{ $column }` is empty
bulk-cell-unreadable = `{ $given }` is nothing `{ $column }` can be
bulk-cell-no-link = the link in `video` is no whole link
bulk-cell-no-link-hint = give all of it, beginning with `https://`
bulk-when-hint = a time such as `2026-12-01 18:00`, `tomorrow 18:00` or `asap`
bulk-video-hint = a link beginning with `https://`, or the name of a file you sent here
bulk-privacy-hint = `everyone`, `friends`, `followers` or `only you`; TikTok asks that a person chooses it
bulk-yes-or-no-hint = `yes` or `no`; empty is `no`
bulk-disclosure-hint = `no`, `own brand`, `branded content` or `both`; empty is `no`
bulk-cover-hint = seconds into the video, such as `2.5`; empty is the first frame

# What `/bulk` says.
bulk-example =
    `/bulk` takes a CSV file in which each row is a post, up to { $most }: the attached example shows the columns. Needed are `when`, `video` and `privacy`; German headings work too.
    A video is a link beginning with `https://`, or the name of a file that you sent in this channel in a message that mentions me: Discord shows me the files of no other messages.
    Nothing is scheduled before you have seen what becomes of each row.
    hint: change the example, then give it to `/bulk` with the option `file`
bulk-checking = Checking the rows: { $done } of { $total }.
bulk-none-good =
    None of the rows can be scheduled, so nothing was prepared.
    { $rows }
    hint: correct the rows in the attached file and give it to `/bulk` again
bulk-all-good = { $count ->
        [one] 1 row can be scheduled. Nothing is scheduled yet.
       *[other] { $count } rows can be scheduled. Nothing is scheduled yet.
    }
    { $rows }
    hint: the rows wait for a day, or until you check another file
bulk-some-good =
    { $count } of { $total } rows can be scheduled. Nothing is scheduled yet.
    { $rows }
    hint: correct the rows in the attached file and give it to `/bulk` again, or schedule the good ones alone
bulk-schedule-rows = { $count ->
        [one] Schedule 1 row
       *[other] Schedule { $count } rows
    }
bulk-row-good = Row { $row }: ok, #{ $post }, { $when } to { $handle }
bulk-row-good-asap = Row { $row }: ok, #{ $post }, as soon as it is approved to { $handle }
bulk-row-bad = Row { $row }: { $said }
bulk-asap = as soon as it is approved
bulk-wrong-with-hint = { $said } (hint: { $hint })
bulk-ok = ok
bulk-ok-with-warnings = ok, with warnings
bulk-schedule-all-the-same = Schedule all the same
bulk-two-numbers = #{ $first } and #{ $last }
bulk-numbers = #{ $first } to #{ $last }
bulk-submitted = { $count ->
        [one] Submitted 1 post: { $numbers }. It is in review, with a card of its own.
       *[other] Submitted { $count } posts: { $numbers }. They are in review, with a card each.
    }
bulk-submitted-in = { $count ->
        [one] Submitted 1 post: { $numbers }. It is in review in { $channel }, with a card of its own.
       *[other] Submitted { $count } posts: { $numbers }. They are in review in { $channel }, with a card each.
    }

# The one message to the reviewers about a whole file.
bulk-card-row = Row { $row } · **#{ $number }** · { $when }{ $handle } · { $words }
bulk-card-title = { $count ->
        [one] 1 post from { $file }
       *[other] { $count } posts from { $file }
    }
bulk-card =
    { $rows }

    Each has a card of its own, on which it is judged.
bulk-card-author = Author
bulk-card-ping = { $count ->
        [one] { $role } 1 post from one file waits for your verdict.
       *[other] { $role } { $count } posts from one file wait for your verdict.
    }

# What else is wrong with a row.
bulk-no-such-file = there is no file `{ $name }` among those you sent here
bulk-no-such-file-hint = send it in this channel in a message that mentions the bot (Discord shows it no other messages), or give a link
bulk-not-reached = its video was not reached in time
bulk-not-reached-hint = check fewer rows at once
bulk-submitted-by-itself = it was submitted by itself
bulk-row-doubt = Row { $row }: { $said }
bulk-discarded = { $count ->
    [one] The prepared row is discarded.
   *[other] The { $count } prepared rows are discarded.
    } { $all ->
    [yes] Nothing was sent to anybody.
   *[no] What was submitted by itself stays in review.
    }
