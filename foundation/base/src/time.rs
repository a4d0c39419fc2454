//! Time as data: a moment is UTC microseconds; a date is a calendar day. Nothing here reads a clock.

use crate::{Error, Result};
use std::fmt;
use std::str::FromStr;

pub use jiff::civil::Date;

/// A point in time: microseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(pub i64);

const SECOND: i64 = 1_000_000;

impl Moment {
    /// Microseconds since the epoch.
    pub fn micros(self) -> i64 {
        self.0
    }

    /// `seconds` later (earlier, if negative).
    pub fn plus_seconds(self, seconds: i64) -> Moment {
        Moment(self.0.saturating_add(seconds.saturating_mul(SECOND)))
    }

    /// `minutes` later.
    pub fn plus_minutes(self, minutes: i64) -> Moment {
        self.plus_seconds(minutes.saturating_mul(60))
    }

    /// `hours` later.
    pub fn plus_hours(self, hours: i64) -> Moment {
        self.plus_seconds(hours.saturating_mul(3600))
    }

    /// `days` of 24 hours later.
    pub fn plus_days(self, days: i64) -> Moment {
        self.plus_hours(days.saturating_mul(24))
    }

    /// Whole seconds from `earlier` to here.
    pub fn seconds_since(self, earlier: Moment) -> i64 {
        (self.0 - earlier.0) / SECOND
    }

    /// The calendar day in UTC.
    pub fn date(self) -> Date {
        let stamp = jiff::Timestamp::from_microsecond(self.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
        jiff::tz::TimeZone::UTC.to_datetime(stamp).date()
    }

    /// Midnight UTC of `date`.
    pub fn at_midnight(date: Date) -> Moment {
        let midnight = date.at(0, 0, 0, 0);
        Moment(jiff::tz::TimeZone::UTC.to_timestamp(midnight).map_or(0, |stamp| stamp.as_microsecond()))
    }
}

impl FromStr for Moment {
    type Err = Error;
    /// RFC 3339: `2026-07-15T09:30:00Z`.
    fn from_str(text: &str) -> Result<Moment> {
        let stamp: jiff::Timestamp = text.trim().parse().map_err(|_| {
            Error::field("time", "time_format", format!("“{text}” is no time; write it like 2026-07-15T09:30:00Z."))
        })?;
        Ok(Moment(stamp.as_microsecond()))
    }
}

impl fmt::Display for Moment {
    /// RFC 3339 in UTC.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let stamp = jiff::Timestamp::from_microsecond(self.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
        write!(f, "{stamp}")
    }
}

impl fmt::Debug for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A date written `2026-07-15`. Errors: any other form.
pub fn parse_date(text: &str) -> Result<Date> {
    text.trim()
        .parse()
        .map_err(|_| Error::field("date", "date_format", format!("“{text}” is no date; write it like 2026-07-15.")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_and_dates() {
        let moment: Moment = "2026-07-15T23:59:59Z".parse().unwrap();
        assert_eq!(moment.date(), parse_date("2026-07-15").unwrap());
        assert_eq!(moment.plus_seconds(1).date(), parse_date("2026-07-16").unwrap());
        assert_eq!(Moment::at_midnight(parse_date("1970-01-02").unwrap()), Moment(86_400 * SECOND));
        assert_eq!(moment.to_string(), "2026-07-15T23:59:59Z");
        assert!(parse_date("15/07/2026").is_err());
    }
}
