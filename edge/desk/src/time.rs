//! Clocks as people read them: what is left, how far it is gone, when something happened in the reader's zone.

use base::{Country, Moment};
use frame::{Locale, Visitor};
use serde::Serialize;

/// A deadline: what is left of it, in words and as a bar.
#[derive(Clone, Debug, Serialize)]
pub struct Clock {
    /// `6 h 12 min left`.
    pub left: String,
    /// For `<time>`.
    pub iso: String,
    /// The moment itself.
    pub at: String,
    /// `bad` in the last fifth or later, `warn` in the second last, nothing before.
    pub tone: &'static str,
    /// What is left, from 0 to 1.
    pub share: String,
}

/// `3 d 4 h`, `6 h 12 min`, `12 min`.
pub fn duration(locale: &Locale, seconds: i64) -> String {
    let minutes = seconds.max(0) / 60;
    let (days, hours, rest) = (minutes / 1440, minutes / 60 % 24, minutes % 60);
    if days >= 2 {
        return locale.fill("d-days-hours", &[("d", days.into()), ("h", hours.into())]);
    }
    match minutes / 60 {
        0 => locale.fill("d-minutes", &[("m", rest.into())]),
        hours => locale.fill("d-hours-minutes", &[("h", hours.into()), ("m", rest.into())]),
    }
}

/// The clock of a deadline that has `hours` in all.
pub fn clock(visitor: &Visitor, until: Moment, hours: i64) -> Clock {
    let locale = &visitor.locale;
    let left = until.seconds_since(visitor.now);
    let whole = (hours * 3600).max(1);
    let permille = (left.clamp(0, whole)) * 1000 / whole;
    let time = duration(locale, left.abs());
    let key = if left < 0 { "d-overdue" } else { "d-left" };
    Clock {
        left: locale.fill(key, &[("time", time.into())]),
        iso: until.to_string(),
        at: moment(visitor, until),
        tone: match permille {
            0..=200 => "bad",
            201..=400 => "warn",
            _ => "",
        },
        share: format!("{}.{:03}", permille / 1000, permille % 1000),
    }
}

/// Where the reader's clocks are: the country they said they live in.
pub fn place(visitor: &Visitor) -> Country {
    visitor.session.as_ref().map_or(visitor.preferences.destination, |session| session.country)
}

/// `Wed 18 Nov, 02:41` in the reader's zone.
pub fn moment(visitor: &Visitor, at: Moment) -> String {
    visitor.locale.moment(at, place(visitor), visitor.today())
}
