# Times: how they are read, and why one cannot be taken.

# Days, months and spans

times-weekday-short = { $number ->
    [1] Mon
    [2] Tue
    [3] Wed
    [4] Thu
    [5] Fri
    [6] Sat
   *[7] Sun
    }
times-weekday = { $number ->
    [1] Monday
    [2] Tuesday
    [3] Wednesday
    [4] Thursday
    [5] Friday
    [6] Saturday
   *[7] Sunday
    }
times-month-short = { $number ->
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
    }
times-month = { $number ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
    }
times-day = { $weekday } { $day } { $month } { $year }
times-day-of-month = { $day } { $month }
times-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
    }
times-now = now
times-ahead = in { $span }
times-ago = { $span } ago
times-either = { $before } or { $next }

# Why a time cannot be taken

times-empty = no time was given
times-too-long = a time is at most { $most } characters long
times-unknown = `{ $word }` is not understood
times-vague = `{ $word }` does not say an exact time
times-alone = `{ $word }` stands alone
times-twice = `{ $word }` says the { $part ->
    [day] day
    [time] time
    [unit] unit
   *[zone] zone
    } a second time
times-missing-time = { $day } is a day without a time
times-not-in-calendar = `{ $given }` is not in the calendar
times-not-a-time-of-day = `{ $given }` is not a time of day
times-beyond = that is further away than the calendar goes
times-weekday-contradicts = { $day } is not a { $weekday }
times-which-week = `next { $weekday }` could be { $one } or { $other }
times-which-order = `{ $given }` could be { $days }
times-gone = `{ $word }` is over
times-skipped = clocks in { $zone } skip { $clock }
times-repeated = clocks in { $zone } show { $clock } twice
times-offset-contradicts = { $zone } is not at { $offset } then
times-unknown-zone = `{ $given }` is not a time zone
times-past = { $when } is over
times-too-near = { $when } is too soon
times-too-far = { $when } is too far away
times-maintenance = { $when } is in a maintenance window that lasts until { $until }

# What to write instead

times-examples = for example `tomorrow 18:00`, `fri 6pm`, `in 3h`, `2026-12-01 09:00` or `asap`
times-did-you-mean = did you mean { $close }?
times-unknown-number-hint = write a time of day like `18:00` or `6pm`
times-vague-now-hint = `asap` goes out as soon as it is approved
times-vague-hint = give the day and the time, for example `tomorrow 18:00`
times-twice-span-hint = say each unit once, for example `in 1h 30m`
times-twice-hint = leave only one { $part ->
    [day] day
    [time] time
    [unit] unit
   *[zone] zone
    }
times-missing-time-hint = add the time, for example `{ $day } 18:00`
times-not-in-calendar-hint = check how many days that month has
times-not-a-time-of-day-hint = times go from `00:00` to `23:59`, or from `12am` to `11:59pm`
times-beyond-hint = choose a closer time
times-weekday-contradicts-hint = leave the weekday out, or write `{ $weekday }`
times-skipped-hint = the first time after that is { $when }
times-gone-hint = choose a day to come
times-unknown-zone-hint = zones are written like `Europe/Berlin`; autocomplete lists them
times-write = write { $what }
times-too-near-hint = posts need at least { $span } ahead; { $nearest }
times-too-far-hint = posts go up to { $span } ahead; { $nearest }
times-nearest-none = no time works at the moment; an administrator can widen the window
times-nearest-that-works = the nearest time that works is { $when }

# What is offered while somebody types

times-nearest = nearest: { $when }
times-asap = asap · as soon as it is approved
times-next-slot = next slot · the account's next free weekly slot

# Zones and weekly slots

times-zone-own =
    Times you type are now read in `{ $zone }`, your own zone. There it is { $now }. What is planned stays as it is.
    hint: `/timezone` without a zone goes back to this server's
times-zone-server = Times you type are now read in `{ $zone }`, this server's zone. There it is { $now }. What is planned stays as it is.
times-weekly-slots = Weekly slots
times-next-free = Next free
times-slots-footer = Times in { $zone }
times-slots-footer-more = Times in { $zone } · { $count } more: name one with `account`
times-slots-there-already = These slots of { $account } were there already; nothing has changed.
times-slots-added = { $count ->
    [one] { $count } weekly slot added to { $account }.
   *[other] { $count } weekly slots added to { $account }.
    }
times-slots-next = The next free one is { $when } ({ $distance }).
times-slots-none-free = None of its slots is free at the moment.
times-slots-set =
    { $what } { $next }
    hint: `/schedule when: next slot` takes it; times are in `{ $zone }`
times-slots-no-such =
    { $account } has no such slot; nothing has changed.
    hint: `/slots show` shows the slots there are
times-slots-removed = { $count ->
    [one] { $count } weekly slot removed from { $account }.
   *[other] { $count } weekly slots removed from { $account }.
    }
times-slots-left = { $count ->
    [0] It has none left.
    [one] It has { $count } slot left.
   *[other] It has { $count } slots left.
    }
times-slots-cleared =
    { $removed } { $left } Posts that took one keep their time.
    hint: to have them back: { $back }
times-slots-none-yet = None yet. A reviewer or manager adds some with `/slots set`.
times-none-is-free = None is free
