//! An agency's own time (N). The data of the zones come with the engine, not
//! from the machine: so every server tells the same moment alike.

use std::sync::LazyLock;

use jiff::Timestamp;
use jiff::tz::{TimeZone, TimeZoneDatabase};
use time::{OffsetDateTime, UtcOffset};

use crate::finding::{Checked, Code, Finding};

static ZONES: LazyLock<TimeZoneDatabase> = LazyLock::new(TimeZoneDatabase::bundled);

/// Reads the name of a time zone, `America/Toronto`, in any case, and gives it
/// as the IANA spells it. `agency.time_zone` about the field `time_zone` where
/// there is none of that name.
pub(crate) fn check_zone(name: &str) -> Checked<String> {
    let found = find(name.trim()).and_then(|zone| zone.iana_name().map(str::to_owned));
    found.map_or_else(|| Checked::fail(Finding::new(Code::AgencyTimeZone, "time_zone")), Checked::pass)
}

/// The same moment with the offset that a zone has then; in UTC where there is
/// no zone, or none of that name any more.
pub(crate) fn in_zone(at: OffsetDateTime, name: Option<&str>) -> OffsetDateTime {
    let offset = || {
        let zone = find(name?)?;
        let second = Timestamp::from_second(at.unix_timestamp()).ok()?;
        UtcOffset::from_whole_seconds(zone.to_offset(second).seconds()).ok()
    };
    at.checked_to_offset(offset().unwrap_or(UtcOffset::UTC)).unwrap_or(at)
}

/// The moment at which the clocks of a zone show what a moment shows in UTC: the
/// earlier of two, and where they are put on over it, as much later. In UTC where
/// there is no zone, or none of that name any more.
pub(crate) fn from_zone(shown: OffsetDateTime, name: Option<&str>) -> OffsetDateTime {
    let moment = || {
        let zone = find(name?)?;
        let shown = Timestamp::from_second(shown.unix_timestamp()).ok()?.to_zoned(TimeZone::UTC).datetime();
        let moment = zone.to_ambiguous_timestamp(shown).compatible().ok()?;
        OffsetDateTime::from_unix_timestamp(moment.as_second()).ok()
    };
    moment().unwrap_or(shown)
}

fn find(name: &str) -> Option<TimeZone> {
    ZONES.get(name).ok()
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;
    use crate::finding::Locale;
    use crate::message::moment;

    fn told(at: OffsetDateTime, zone: &str) -> String {
        moment(in_zone(at, Some(zone)), Locale::English)
    }

    #[test]
    fn a_moment_has_the_offset_of_its_own_day() {
        // Toronto goes to summer time on March 8 and back on November 1, 2026.
        assert_eq!(told(datetime!(2026-03-08 06:59 UTC), "America/Toronto"), "March 8, 2026 at 01:59 UTC-5");
        assert_eq!(told(datetime!(2026-03-08 07:00 UTC), "America/Toronto"), "March 8, 2026 at 03:00 UTC-4");
        assert_eq!(told(datetime!(2026-11-01 05:59 UTC), "America/Toronto"), "November 1, 2026 at 01:59 UTC-4");
        assert_eq!(told(datetime!(2026-11-01 06:00 UTC), "America/Toronto"), "November 1, 2026 at 01:00 UTC-5");
        // Where the day is another one; half hours; no summer time; the south.
        assert_eq!(told(datetime!(2026-07-01 02:00 UTC), "America/Los_Angeles"), "June 30, 2026 at 19:00 UTC-7");
        assert_eq!(told(datetime!(2026-07-01 02:00 UTC), "America/St_Johns"), "June 30, 2026 at 23:30 UTC-2:30");
        assert_eq!(told(datetime!(2026-07-01 02:00 UTC), "America/Phoenix"), "June 30, 2026 at 19:00 UTC-7");
        assert_eq!(told(datetime!(2026-01-01 02:00 UTC), "Australia/Sydney"), "January 1, 2026 at 13:00 UTC+11");
        // By the rule, in years that no table lists.
        assert_eq!(told(datetime!(2061-07-01 12:00 UTC), "America/Toronto"), "July 1, 2061 at 08:00 UTC-4");
    }

    #[test]
    fn a_day_of_a_zone_begins_when_its_clocks_say_so() {
        let begins = |day, zone| from_zone(day, Some(zone));
        assert_eq!(begins(datetime!(2026-03-08 0:00 UTC), "America/Toronto"), datetime!(2026-03-08 05:00 UTC));
        assert_eq!(begins(datetime!(2026-03-09 0:00 UTC), "America/Toronto"), datetime!(2026-03-09 04:00 UTC));
        assert_eq!(begins(datetime!(2026-07-01 0:00 UTC), "Australia/Sydney"), datetime!(2026-06-30 14:00 UTC));
        // Put on over it: there is no 02:30; put back over it: the first 01:30 of two.
        assert_eq!(begins(datetime!(2026-03-08 2:30 UTC), "America/Toronto"), datetime!(2026-03-08 07:30 UTC));
        assert_eq!(begins(datetime!(2026-11-01 1:30 UTC), "America/Toronto"), datetime!(2026-11-01 05:30 UTC));
        for zone in [None, Some("Middle-earth/Shire")] {
            assert_eq!(from_zone(datetime!(2026-07-01 0:00 UTC), zone), datetime!(2026-07-01 0:00 UTC));
        }
    }

    #[test]
    fn what_is_no_zone_is_utc() {
        for zone in ["UTC", "Middle-earth/Shire", ""] {
            assert_eq!(told(datetime!(2026-07-01 02:00 UTC), zone), "July 1, 2026 at 02:00 UTC");
        }
        assert_eq!(in_zone(datetime!(2026-07-01 02:00 UTC), None), datetime!(2026-07-01 02:00 UTC));
        let last = OffsetDateTime::new_utc(time::Date::MAX, time::Time::MIDNIGHT);
        for at in [last, OffsetDateTime::new_utc(time::Date::MIN, time::Time::MIDNIGHT)] {
            assert_eq!(in_zone(at, Some("Australia/Sydney")), at);
        }
    }

    #[test]
    fn names_are_read_in_any_case_and_kept_as_they_are_spelt() {
        assert_eq!(check_zone(" america/TORONTO ").value.as_deref(), Some("America/Toronto"));
        assert_eq!(check_zone("utc").value.as_deref(), Some("UTC"));
        for name in ["", "Toronto", "EST5EDT,M3.2.0,M11.1.0", "../../etc/localtime", "-05:00", "America/Toronto\0"] {
            assert_eq!(check_zone(name).value, None, "{name}");
        }
    }
}
