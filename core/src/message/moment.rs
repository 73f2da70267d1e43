//! Times as people read them.

use time::{Duration, OffsetDateTime};

use crate::finding::{Locale, Param, fill};
use crate::texts::{Section, counted, find, text};

/// How long something is good, in words: `14 days`, `24 hours`, `10 minutes`.
///
/// In days from two days on, in hours from two hours on, in minutes below;
/// always rounded down, so that no one is promised more than there is.
///
/// ```
/// use carekey::Locale;
/// use carekey::message::span;
/// use time::Duration;
///
/// assert_eq!(span(Duration::hours(14 * 24), Locale::English), "14 days");
/// assert_eq!(span(Duration::hours(24), Locale::Spanish), "24 horas");
/// ```
pub fn span(lasts: Duration, locale: Locale) -> String {
    let (count, unit) = if lasts >= Duration::days(2) {
        (lasts.whole_days(), "day")
    } else if lasts >= Duration::hours(2) {
        (lasts.whole_hours(), "hour")
    } else {
        (lasts.whole_minutes().max(0), "minute")
    };
    let count = Param::Number(count);
    fill(find(Section::Moments, unit, locale), |field| match field.split_once(':') {
        Some((name, forms)) => Some(counted(forms, name, Some(&count), locale)),
        None => Some(count.to_string()),
    })
}

/// A moment in words, in the offset that it has: `November 2, 2026 at 09:05
/// UTC`, `2 de noviembre de 2026 a las 09:05 UTC-5`.
pub fn moment(at: OffsetDateTime, locale: Locale) -> String {
    fill(find(Section::Moments, "pattern", locale), |field| match field {
        "day" => Some(at.day().to_string()),
        "month" => text(Section::Moments, &format!("month.{}", u8::from(at.month())), locale).map(str::to_owned),
        "year" => Some(at.year().to_string()),
        "clock" => Some(format!("{:02}:{:02} UTC{}", at.hour(), at.minute(), offset(at))),
        _ => None,
    })
}

/// Nothing for UTC itself, `-5` for whole hours, `+5:30` for others.
fn offset(at: OffsetDateTime) -> String {
    let (hours, minutes, _) = at.offset().as_hms();
    let sign = if at.offset().is_negative() { '-' } else { '+' };
    match (hours.unsigned_abs(), minutes.unsigned_abs()) {
        (0, 0) => String::new(),
        (hours, 0) => format!("{sign}{hours}"),
        (hours, minutes) => format!("{sign}{hours}:{minutes:02}"),
    }
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    #[test]
    fn spans_round_down_and_change_their_unit_at_two() {
        let english = |duration| span(duration, Locale::English);
        assert_eq!(english(Duration::days(14) - Duration::MILLISECOND), "13 days");
        assert_eq!(english(Duration::days(2)), "2 days");
        assert_eq!(english(Duration::days(2) - Duration::MILLISECOND), "47 hours");
        assert_eq!(english(Duration::hours(2)), "2 hours");
        assert_eq!(english(Duration::hours(2) - Duration::SECOND), "119 minutes");
        assert_eq!(english(Duration::seconds(119)), "1 minute");
        assert_eq!(english(Duration::ZERO), "0 minutes");
        assert_eq!(english(Duration::minutes(-5)), "0 minutes");
        assert_eq!(span(Duration::minutes(1), Locale::Spanish), "1 minuto");
        assert_eq!(span(Duration::days(7), Locale::Spanish), "7 días");
    }

    #[test]
    fn moments_name_their_offset() {
        assert_eq!(moment(datetime!(2026-11-02 09:05 UTC), Locale::English), "November 2, 2026 at 09:05 UTC");
        assert_eq!(moment(datetime!(2026-01-31 00:00 -5), Locale::Spanish), "31 de enero de 2026 a las 00:00 UTC-5");
        assert_eq!(moment(datetime!(2026-05-01 23:59 +5:30), Locale::English), "May 1, 2026 at 23:59 UTC+5:30");
        assert_eq!(moment(datetime!(2026-05-01 23:59 -0:30), Locale::English), "May 1, 2026 at 23:59 UTC-0:30");
    }
}
