//! Dates of cells. None is guessed: where it is not certain which number is
//! the day, that is said.

use time::format_description::well_known::Rfc3339;
use time::{Date, Month, OffsetDateTime, PrimitiveDateTime, Time};

use super::reading::DateOrder;

/// What a cell says of a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// That moment.
    Moment(OffsetDateTime),
    /// A day and a month in one order or the other, and the rest.
    Numbers { first: u8, second: u8, year: i32, time: Time },
    /// No moment.
    Nothing,
}

/// The years that ties are of: what is beyond is a slip.
const YEARS: core::ops::RangeInclusive<i32> = 1900..=2199;

/// Reads a cell. A date alone is the beginning of the day; it and a time without
/// an offset are read as if in UTC ([`is_local`]).
pub(super) fn shown(text: &str) -> Shown {
    if let Ok(moment) = OffsetDateTime::parse(text, &Rfc3339) {
        return if YEARS.contains(&moment.year()) { Shown::Moment(moment) } else { Shown::Nothing };
    }
    let (date, time) = text.split_once(['T', ' ']).map_or((text, None), |(date, time)| (date, Some(time)));
    let Some(time) = time.map_or(Some(Time::MIDNIGHT), clock) else { return Shown::Nothing };
    parts(date, time).unwrap_or(Shown::Nothing)
}

/// Whether what a cell says is of no zone: a date alone, or a time without an
/// offset.
pub(super) fn is_local(text: &str) -> bool {
    !text.ends_with(['Z', 'z']) && OffsetDateTime::parse(text, &Rfc3339).is_err()
}

/// The day that stands in a text, whatever else does: `10/31/2025 12:00:00 AM`.
pub(super) fn day(text: &str) -> Shown {
    let words = text.split_whitespace().filter_map(|word| word.split('T').next());
    let words = words.map(|word| word.trim_matches(|c: char| !c.is_ascii_digit()));
    words.map(shown).find(|shown| *shown != Shown::Nothing).unwrap_or(Shown::Nothing)
}

fn parts(date: &str, time: Time) -> Option<Shown> {
    let sign = date.chars().find(|c| !c.is_ascii_digit())?;
    if !matches!(sign, '-' | '/' | '.') {
        return None;
    }
    let [one, two, three] = <[&str; 3]>::try_from(date.split(sign).collect::<Vec<_>>()).ok()?;
    let digits = |text: &str, least: usize, most: usize| {
        let fits = (least..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        if fits { text.parse::<i32>().ok() } else { None }
    };
    if let Some(year) = digits(one, 4, 4) {
        let (month, day) = (digits(two, 1, 2)?, digits(three, 1, 2)?);
        return moment(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?, time).map(Shown::Moment);
    }
    let (first, second) = (digits(one, 1, 2)?, digits(two, 1, 2)?);
    let (first, second) = (u8::try_from(first).ok()?, u8::try_from(second).ok()?);
    Some(Shown::Numbers { first, second, year: digits(three, 4, 4)?, time })
}

/// `9:00`, `09:00:00`, with `Z` or without.
fn clock(text: &str) -> Option<Time> {
    let text = text.trim().strip_suffix('Z').unwrap_or(text.trim());
    let mut parts = text.split(':').map(|part| part.parse::<u8>().ok().filter(|_| part.len() < 3));
    let (hour, minute) = (parts.next()??, parts.next()??);
    let second = parts.next().map_or(Some(0), |second| second)?;
    if parts.next().is_some() { None } else { Time::from_hms(hour, minute, second).ok() }
}

fn moment(year: i32, month: u8, day: u8, time: Time) -> Option<OffsetDateTime> {
    let date = Date::from_calendar_date(year, Month::try_from(month).ok()?, day).ok()?;
    YEARS.contains(&year).then(|| PrimitiveDateTime::new(date, time).assume_utc())
}

impl Shown {
    /// The moment in one order of day and month.
    pub(super) fn in_order(self, order: DateOrder) -> Option<OffsetDateTime> {
        match (self, order) {
            (Self::Moment(at), _) => Some(at),
            (Self::Numbers { first, second, year, time }, DateOrder::DayFirst) => moment(year, second, first, time),
            (Self::Numbers { first, second, year, time }, DateOrder::MonthFirst) => moment(year, first, second, time),
            (Self::Nothing, _) => None,
        }
    }

    /// The order that it is certain of: one number is no month.
    fn certain(self) -> Option<DateOrder> {
        let Self::Numbers { .. } = self else { return None };
        match [DateOrder::DayFirst, DateOrder::MonthFirst].map(|order| self.in_order(order).is_some()) {
            [true, false] => Some(DateOrder::DayFirst),
            [false, true] => Some(DateOrder::MonthFirst),
            _ => None,
        }
    }

    /// The day: the first and the last that it may be.
    pub(super) fn days(self, order: Option<DateOrder>) -> Option<[Date; 2]> {
        match (self.read(order), [DateOrder::DayFirst, DateOrder::MonthFirst].map(|order| self.in_order(order))) {
            (Ok(at), _) => Some([at.date(); 2]),
            (Err(_), [Some(one), Some(other)]) => Some([one.min(other).date(), one.max(other).date()]),
            (Err(_), _) => None,
        }
    }

    /// The moment, or whether it is one in both orders.
    pub(super) fn read(self, order: Option<DateOrder>) -> Result<OffsetDateTime, Unread> {
        let both = [DateOrder::DayFirst, DateOrder::MonthFirst].map(|order| self.in_order(order));
        match (order, both) {
            (Some(order), _) => self.in_order(order).ok_or(Unread::Nothing),
            (None, [Some(one), Some(other)]) if one == other => Ok(one),
            (None, [Some(_), Some(_)]) => Err(Unread::Ambiguous),
            (None, [Some(one), None] | [None, Some(one)]) => Ok(one),
            (None, [None, None]) => Err(Unread::Nothing),
        }
    }
}

/// Why a cell has no moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unread {
    Ambiguous,
    Nothing,
}

/// The order that all of a file's dates are in which are certain of one: none
/// where they contradict each other.
pub(super) fn common(dates: impl Iterator<Item = Shown>) -> Option<DateOrder> {
    let mut found = None;
    for order in dates.filter_map(Shown::certain) {
        if *found.get_or_insert(order) != order {
            return None;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    #[test]
    fn what_is_certain_is_read_and_what_is_not_is_told() {
        let day = datetime!(2026-02-01 00:00 UTC);
        for text in ["2026-02-01", "2026/2/1", "2026-02-01 00:00:00", "2026-02-01T00:00Z", "2026-01-31T19:00:00-05:00"]
        {
            assert_eq!(shown(text).read(None), Ok(day), "{text}");
        }
        assert_eq!(shown("2026-02-01 9:30").read(None), Ok(datetime!(2026-02-01 09:30 UTC)));
        assert_eq!(shown("01/02/2026").read(None), Err(Unread::Ambiguous));
        assert_eq!(shown("01.02.2026").read(Some(DateOrder::DayFirst)), Ok(day));
        assert_eq!(shown("02-01-2026").read(Some(DateOrder::MonthFirst)), Ok(day));
        assert_eq!(shown("2/2/2026").read(None), Ok(datetime!(2026-02-02 00:00 UTC)));
        assert_eq!(shown("25/03/2026").read(None), Ok(datetime!(2026-03-25 00:00 UTC)));
        // What contradicts the order that was told is no date in it.
        assert_eq!(shown("25/03/2026").read(Some(DateOrder::MonthFirst)), Err(Unread::Nothing));
        for text in [
            "",
            "soon",
            "2026",
            "46082",
            "1/2/26",
            "2026-02-30",
            "13/13/2026",
            "1/2-2026",
            "0026-01-01",
            "2026-01-01 25:00",
        ] {
            assert_eq!(shown(text).read(None), Err(Unread::Nothing), "{text}");
        }
    }

    #[test]
    fn a_file_has_the_order_of_its_dates_where_they_agree() {
        let order = |texts: &[&str]| common(texts.iter().map(|text| shown(text)));
        assert_eq!(order(&["01/02/2026", "02/25/2026"]), Some(DateOrder::MonthFirst));
        assert_eq!(order(&["01/02/2026", "25/02/2026", "soon"]), Some(DateOrder::DayFirst));
        assert_eq!(order(&["02/25/2026", "25/02/2026"]), None);
        assert_eq!(order(&["01/02/2026", "2026-02-25"]), None);
    }
}
