//! Which days parcels are delivered on: never on the destination's weekend. Public holidays are not known.

use base::{Country, Date};
use jiff::Span;

/// Where Friday and Saturday are the weekend (the United Arab Emirates changed to Saturday and Sunday in 2022).
const FRIDAY_SATURDAY: [&str; 16] =
    ["BD", "BH", "DZ", "EG", "IL", "IQ", "JO", "KW", "LY", "MV", "OM", "QA", "SA", "SD", "SY", "YE"];

/// Whether `date` is a day of rest in `country`.
pub fn is_weekend(date: Date, country: Country) -> bool {
    let day = date.weekday().to_monday_zero_offset();
    // The usual weekend is asked for first: five days of seven it answers without looking at the country.
    match day {
        4 => FRIDAY_SATURDAY.contains(&country.code()),
        5 => true,
        6 => !FRIDAY_SATURDAY.contains(&country.code()),
        _ => false,
    }
}

/// `date`, or the first working day after it.
pub fn working_day(date: Date, country: Country) -> Date {
    let mut day = date;
    while is_weekend(day, country) {
        day = plus_days(day, 1);
    }
    day
}

/// The first delivery day at least `days` calendar days after `date`.
pub fn days_after(date: Date, days: i64, country: Country) -> Date {
    working_day(plus_days(date, days), country)
}

/// The `days`-th working day after `date`.
pub fn working_days_after(date: Date, days: i64, country: Country) -> Date {
    let mut day = date;
    for _ in 0..days {
        day = working_day(plus_days(day, 1), country);
    }
    day
}

/// The day on which a parcel leaves `country` that is `handled` on one day, whose goods are made in so many working days from then,
/// and that does not leave before `not_before`.
pub fn leaves(handled: Date, lead_days: i64, not_before: Option<Date>, country: Country) -> Date {
    let made = working_days_after(working_day(handled, country), lead_days, country);
    not_before.map_or(made, |day| made.max(working_day(day, country)))
}

/// `days` calendar days after `date`; the last day of the calendar stays where it is.
pub fn plus_days(date: Date, days: i64) -> Date {
    date.saturating_add(Span::new().days(days.clamp(-7_304_484, 7_304_484)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn weekends_are_the_destinations() {
        let (germany, saudi_arabia): (Country, Country) = ("DE".parse().unwrap(), "SA".parse().unwrap());
        let friday = day("2026-11-20");
        assert_eq!(days_after(friday, 1, germany), day("2026-11-23"), "Saturday moves to Monday");
        assert_eq!(days_after(friday, 0, saudi_arabia), day("2026-11-22"), "Friday moves to Sunday");
        assert_eq!(days_after(friday, 2, saudi_arabia), day("2026-11-22"), "Sunday is a working day");
        assert_eq!(working_days_after(friday, 1, germany), day("2026-11-23"));
        assert_eq!(working_days_after(friday, 6, germany), day("2026-11-30"));
        assert_eq!(working_days_after(day("2026-11-21"), 0, germany), day("2026-11-21"));
        assert_eq!(leaves(friday, 0, None, germany), friday);
        assert_eq!(leaves(day("2026-11-21"), 5, None, germany), day("2026-11-30"), "from Monday on, five working days");
        assert_eq!(leaves(friday, 0, Some(day("2027-01-12")), germany), day("2027-01-12"));
        assert_eq!(
            leaves(friday, 0, Some(day("2027-01-10")), germany),
            day("2027-01-11"),
            "no parcel leaves on a Sunday"
        );
        assert_eq!(leaves(friday, 3, Some(day("2026-11-23")), germany), day("2026-11-25"), "whichever is later");
    }

    proptest! {
        #[test]
        fn nothing_arrives_on_a_weekend_or_too_early(offset in 0i64..4000, days in 1i64..60, index in 0usize..249) {
            let country = Country::all().nth(index).unwrap();
            let date = plus_days(day("2024-01-01"), offset);
            for arrival in [days_after(date, days, country), working_days_after(date, days, country)] {
                prop_assert!(!is_weekend(arrival, country));
                prop_assert!(arrival >= plus_days(date, days));
            }
            prop_assert!(days_after(date, days, country) <= plus_days(date, days + 2));
        }
    }
}
