//! From what a phrase says to the one instant it can mean, or to the reason there is none or more than one.

use chrono::{
    DateTime, Datelike, Days, Months, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Utc, Weekday,
};
use chrono_tz::Tz;

use super::dayparts::DayPart;
use super::grammar::{Day, Phrase, Span};
use super::local::{Moment, moment, short_weekday};
use super::month::day_of;
use super::refusal::WhenRefusal;

/// The times offered for a day that came without one.
const USUAL_TIMES: [NaiveTime; 2] = [hour(9), hour(18)];

/// Finds the instant a phrase means to somebody in `zone` at `now`.
pub(super) fn resolve(phrase: &Phrase, zone: Tz, now: DateTime<Utc>) -> Result<DateTime<Utc>, WhenRefusal> {
    if let Some(instant) = phrase.instant {
        return Ok(instant);
    }
    Here::new(phrase, zone, now).resolve()
}

/// Where and when a phrase is read.
struct Here<'a> {
    phrase: &'a Phrase,
    zone: Tz,
    now: DateTime<Utc>,
    /// What clocks there show now.
    clock: NaiveDateTime,
}

impl<'a> Here<'a> {
    fn new(phrase: &'a Phrase, zone: Tz, now: DateTime<Utc>) -> Self {
        let zone = phrase.zone.unwrap_or(zone);
        let clock = match (phrase.zone, phrase.offset) {
            (None, Some(offset)) => offset.from_utc_datetime(&now.naive_utc()).naive_local(),
            _ => zone.from_utc_datetime(&now.naive_utc()).naive_local(),
        };
        Self { phrase, zone, now, clock }
    }

    fn resolve(&self) -> Result<DateTime<Utc>, WhenRefusal> {
        let Phrase { day, weekday, time, span, .. } = self.phrase;
        if let Some((part, word)) = &self.phrase.daypart {
            return self.part_of_day(*part, word);
        }
        if let Some(span) = span {
            return self.ahead(span, *time);
        }
        match (day, weekday) {
            (None, Some(weekday)) if self.phrase.next_week.is_some() => self.in_next_week(*weekday, *time),
            (None, None) => self.next_at(self.today(), 1, self.needed(self.today(), *time)?),
            (None, Some(weekday)) => {
                let day = self.next_weekday(*weekday, 0)?;
                self.next_at(day, 7, self.needed(day, *time)?)
            }
            (Some(Day::Next(weekday)), _) => Err(self.which_week(*weekday, *time)?),
            (Some(Day::Slashed { given, readings, year }), _) => {
                let days: Vec<NaiveDate> =
                    readings.iter().filter_map(|(month, day)| self.yearly(*year, *month, *day, *time).ok()).collect();
                Err(WhenRefusal::WhichOrder { given: given.clone(), offers: self.offers(&days, *time), days })
            }
            (Some(Day::Date(date)), _) => self.on(*date, *time),
            (Some(Day::EachYear { month, day }), _) => self.on(self.yearly(None, *month, *day, *time)?, *time),
            (Some(Day::Ahead { days, word }), _) if *days < 0 => {
                let days = [self.today(), self.day(1)?];
                Err(WhenRefusal::Gone { word: word.clone(), offers: self.offers(&days, *time) })
            }
            (Some(Day::Ahead { days, .. }), _) => self.on(self.day(*days)?, *time),
        }
    }

    /// A part of a day without a time: the next midnight there is, or a refusal with the usual times of that part.
    fn part_of_day(&self, part: DayPart, word: &str) -> Result<DateTime<Utc>, WhenRefusal> {
        let days = self.days()?;
        let times = part.usual();
        let offers = match (part, days.as_slice()) {
            (DayPart::Midnight, []) => return self.next_at(self.today(), 1, NaiveTime::MIN),
            (DayPart::Midnight, days) => {
                let ends = days.iter().filter_map(|day| day.succ_opt());
                let both: Vec<NaiveDate> = days.iter().copied().chain(ends).collect();
                self.offered(&both, &times)
            }
            (_, []) => {
                let today = self.offered(&[self.today()], &times);
                if today.is_empty() { self.offered(&[self.day(1)?], &times) } else { today }
            }
            (_, days) => self.offered(days, &times),
        };
        Err(WhenRefusal::Vague { word: word.to_owned(), offers })
    }

    /// Every day that what was said can mean; none if nothing was said of a day.
    fn days(&self) -> Result<Vec<NaiveDate>, WhenRefusal> {
        let Phrase { day, weekday, .. } = self.phrase;
        Ok(match (day, weekday) {
            (None, None) => Vec::new(),
            (None, Some(weekday)) if self.phrase.next_week.is_some() => self.weeks(*weekday)?,
            (None, Some(weekday)) => vec![self.next_weekday(*weekday, 0)?],
            (Some(Day::Date(date)), _) => vec![*date],
            (Some(Day::EachYear { month, day }), _) => vec![self.yearly(None, *month, *day, None)?],
            (Some(Day::Ahead { days, .. }), _) => vec![self.day(*days)?],
            (Some(Day::Next(weekday)), _) => {
                let near = self.next_weekday(*weekday, 1)?;
                vec![near, near.checked_add_days(Days::new(7)).ok_or(WhenRefusal::Beyond)?]
            }
            (Some(Day::Slashed { readings, year, .. }), _) => {
                readings.iter().filter_map(|(month, day)| self.yearly(*year, *month, *day, None).ok()).collect()
            }
        })
    }

    /// A weekday of next week. Where weeks begin on Sunday it can be another day than where they begin on Monday.
    fn in_next_week(&self, weekday: Weekday, time: Option<NaiveTime>) -> Result<DateTime<Utc>, WhenRefusal> {
        match self.weeks(weekday)?.as_slice() {
            [day] => self.exactly(day.and_time(self.needed(*day, time)?)),
            days => Err(WhenRefusal::WhichOrder {
                given: {
                    let week = self.phrase.next_week.as_deref().unwrap_or_default();
                    format!("{week} {}", short_weekday(weekday))
                },
                offers: self.offers(days, time),
                days: days.to_vec(),
            }),
        }
    }

    /// That weekday of next week, once for each way to begin a week that gives another day, in order.
    fn weeks(&self, weekday: Weekday) -> Result<Vec<NaiveDate>, WhenRefusal> {
        let today = self.today();
        let of = |first: Weekday| {
            let into = u64::from(today.weekday().days_since(first));
            let ahead = u64::from(weekday.days_since(first)) + 7;
            today.checked_sub_days(Days::new(into)).and_then(|start| start.checked_add_days(Days::new(ahead)))
        };
        let mut days = vec![of(Weekday::Mon).ok_or(WhenRefusal::Beyond)?, of(Weekday::Sun).ok_or(WhenRefusal::Beyond)?];
        days.sort_unstable();
        days.dedup();
        Ok(days)
    }

    /// A span from now: its days on the calendar, then its hours on the clock.
    fn ahead(&self, span: &Span, time: Option<NaiveTime>) -> Result<DateTime<Utc>, WhenRefusal> {
        let mut at = self.now;
        if span.months > 0 || span.days > 0 || time.is_some() {
            let month = self.today().checked_add_months(Months::new(span.months)).ok_or(WhenRefusal::Beyond)?;
            if month.day() != self.today().day() {
                let given = day_of(self.today().day(), month.month());
                return Err(WhenRefusal::NotInCalendar { given: format!("{given} {}", month.format("%Y")) });
            }
            let day = month.checked_add_days(Days::new(span.days)).ok_or(WhenRefusal::Beyond)?;
            at = self.exactly(day.and_time(time.unwrap_or(self.clock.time())))?;
        }
        let later =
            at.checked_add_signed(TimeDelta::try_seconds(span.seconds.unwrap_or(0)).ok_or(WhenRefusal::Beyond)?);
        later.filter(|at| at.year() < 10_000).ok_or(WhenRefusal::Beyond)
    }

    /// A day with the time said, when the weekday said agrees.
    fn on(&self, day: NaiveDate, time: Option<NaiveTime>) -> Result<DateTime<Utc>, WhenRefusal> {
        if let Some(said) = self.phrase.weekday.filter(|said| *said != day.weekday()) {
            let offers = self.offers(&[day, self.next_weekday(said, 0)?], time);
            return Err(WhenRefusal::WeekdayContradicts { said, day, offers });
        }
        self.exactly(day.and_time(self.needed(day, time)?))
    }

    /// The next instant strictly in the future at that time, from `day` on, every so many days.
    fn next_at(&self, mut day: NaiveDate, every: u64, time: NaiveTime) -> Result<DateTime<Utc>, WhenRefusal> {
        loop {
            let moment = self.moment(day.and_time(time))?;
            if let Moment::Repeated([first, second]) = moment
                && first <= self.now
                && second > self.now
            {
                // Of the two, only the second is still to come: there is nothing to ask.
                return Ok(second);
            }
            if moment.last() > self.now {
                return self.only(moment, day.and_time(time));
            }
            day =
                day.checked_add_days(Days::new(every)).filter(|day| day.year() < 10_000).ok_or(WhenRefusal::Beyond)?;
        }
    }

    /// The one instant at which clocks show `local`.
    fn exactly(&self, local: NaiveDateTime) -> Result<DateTime<Utc>, WhenRefusal> {
        self.only(self.moment(local)?, local)
    }

    fn only(&self, moment: Moment, local: NaiveDateTime) -> Result<DateTime<Utc>, WhenRefusal> {
        match moment {
            Moment::Once(at) => Ok(at),
            Moment::Skipped(first) => Err(WhenRefusal::Skipped { local, zone: self.zone, first }),
            Moment::Repeated(both) => Err(WhenRefusal::Repeated { local, zone: self.zone, both }),
        }
    }

    /// What a clock time comes to, once the offset said has chosen between two or been found wrong.
    fn moment(&self, local: NaiveDateTime) -> Result<Moment, WhenRefusal> {
        // Beyond these years neither the zones nor the arithmetic are sure.
        if !(1900..10_000).contains(&local.year()) {
            return Err(WhenRefusal::Beyond);
        }
        let Some(offset) = self.phrase.offset else { return Ok(moment(local, self.zone)) };
        let meant = local.and_utc() - TimeDelta::seconds(i64::from(offset.local_minus_utc()));
        if self.phrase.zone.is_none() {
            return Ok(Moment::Once(meant));
        }
        let offers = match moment(local, self.zone) {
            Moment::Once(at) => vec![at],
            Moment::Repeated(both) => both.to_vec(),
            skipped @ Moment::Skipped(_) => return Ok(skipped),
        };
        if offers.contains(&meant) {
            return Ok(Moment::Once(meant));
        }
        Err(WhenRefusal::OffsetContradicts { zone: self.zone, offset, offers })
    }

    /// That day of the year said, or of the first year in which it is still to come.
    fn yearly(
        &self,
        year: Option<i32>,
        month: u32,
        day: u32,
        time: Option<NaiveTime>,
    ) -> Result<NaiveDate, WhenRefusal> {
        if let Some(year) = year {
            return NaiveDate::from_ymd_opt(year, month, day).ok_or(WhenRefusal::Beyond);
        }
        let this_year = self.today().year();
        // Eight years is the longest wait for a leap day.
        (this_year..=this_year.saturating_add(8))
            .filter_map(|year| NaiveDate::from_ymd_opt(year, month, day))
            .find(|date| match time.map(|time| self.moment(date.and_time(time))) {
                Some(Ok(moment)) => moment.last() > self.now,
                Some(Err(_)) | None => *date >= self.today(),
            })
            .ok_or(WhenRefusal::Beyond)
    }

    fn which_week(&self, weekday: Weekday, time: Option<NaiveTime>) -> Result<WhenRefusal, WhenRefusal> {
        let near = self.next_weekday(weekday, 1)?;
        let days = [near, near.checked_add_days(Days::new(7)).ok_or(WhenRefusal::Beyond)?];
        Ok(WhenRefusal::WhichWeek { weekday, days, offers: self.offers(&days, time) })
    }

    /// The first such weekday at least so many days from today.
    fn next_weekday(&self, weekday: Weekday, from: i64) -> Result<NaiveDate, WhenRefusal> {
        let start = self.day(from)?;
        start.checked_add_days(Days::new(u64::from(weekday.days_since(start.weekday())))).ok_or(WhenRefusal::Beyond)
    }

    fn needed(&self, day: NaiveDate, time: Option<NaiveTime>) -> Result<NaiveTime, WhenRefusal> {
        time.ok_or_else(|| WhenRefusal::MissingTime { day, offers: self.offers(&[day], None) })
    }

    /// The instants still to come on those days, at the time said or else at the usual ones.
    fn offers(&self, days: &[NaiveDate], time: Option<NaiveTime>) -> Vec<DateTime<Utc>> {
        self.offered(days, &time.map_or(USUAL_TIMES.to_vec(), |time| vec![time]))
    }

    /// The instants still to come on those days at those times.
    fn offered(&self, days: &[NaiveDate], times: &[NaiveTime]) -> Vec<DateTime<Utc>> {
        let mut offers = Vec::new();
        for local in days.iter().flat_map(|day| times.iter().map(|time| day.and_time(*time))) {
            match self.moment(local) {
                Ok(Moment::Once(at) | Moment::Skipped(at)) => offers.push(at),
                Ok(Moment::Repeated(both)) => offers.extend(both),
                Err(_) => {}
            }
        }
        offers.retain(|at| *at > self.now);
        offers
    }

    fn today(&self) -> NaiveDate {
        self.clock.date()
    }

    fn day(&self, ahead: i64) -> Result<NaiveDate, WhenRefusal> {
        TimeDelta::try_days(ahead).and_then(|ahead| self.today().checked_add_signed(ahead)).ok_or(WhenRefusal::Beyond)
    }
}

/// A full hour.
const fn hour(hour: u32) -> NaiveTime {
    match NaiveTime::from_hms_opt(hour, 0, 0) {
        Some(time) => time,
        None => NaiveTime::MIN,
    }
}
