//! The rights of buyers by market, as dated rows: how long goods may be given back without a reason, and how long the seller answers
//! for what is wrong with them.

use base::{Country, Date, Error, Id, Moment, Result};
use orders::{Consignment, ParcelState, State, Whole};
use std::sync::LazyLock;

/// For so many days after delivery a buyer may object anywhere, whatever the market's law says.
const OBJECT_DAYS: i64 = 30;
/// A day ends last at the west of the date line: so many hours after it ends in UTC.
const LAST_HOUR: i64 = 12;

/// What a row is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RightKind {
    /// Giving goods back without a reason.
    Withdrawal,
    /// The seller answers for goods that are not as agreed.
    Conformity,
}

/// What the days of a row count from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum From {
    /// The delivery of the parcel.
    Parcel,
    /// The delivery of the order's last parcel.
    LastParcel,
}

/// From when on the money is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refund {
    /// The buyer's word.
    Notice,
    /// The proof that the goods were sent.
    Evidence,
    /// The goods.
    Receipt,
}

/// One dated row of `tables/rights.csv`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Right {
    /// Names the row.
    pub id: String,
    /// What it is about.
    pub kind: RightKind,
    /// How long; 0: there is no such right.
    pub days: i64,
    /// What the days count from.
    pub from: From,
    /// Within how many days the money goes back, where the law says.
    pub refund_days: Option<i64>,
    /// What those count from.
    pub refund_from: Refund,
    /// The buyer pays for sending the goods back.
    pub buyer_pays_way_back: bool,
    /// The law.
    pub source: String,
    markets: Vec<String>,
    since: Date,
    until: Option<Date>,
}

static RIGHTS: LazyLock<Result<Vec<Right>>> = LazyLock::new(|| read(include_str!("../tables/rights.csv")));

fn read(text: &str) -> Result<Vec<Right>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let rows = reader.records().map(|row| row.map_err(|problem| Error::internal(format!("rights.csv: {problem}"))));
    rows.map(|row| right(&row?)).collect()
}

fn right(row: &csv::StringRecord) -> Result<Right> {
    let cell = |index: usize| row.get(index).unwrap_or_default();
    let wrong = |what: &str| Error::internal(format!("rights.csv: {} has no {what}", cell(0)));
    Ok(Right {
        id: cell(0).to_owned(),
        markets: cell(1).split_whitespace().map(str::to_owned).collect(),
        kind: match cell(2) {
            "withdrawal" => RightKind::Withdrawal,
            "conformity" => RightKind::Conformity,
            _ => return Err(wrong("right")),
        },
        days: cell(3).parse().map_err(|_| wrong("days"))?,
        from: match cell(4) {
            "parcel" => From::Parcel,
            "last_parcel" => From::LastParcel,
            _ => return Err(wrong("counts_from")),
        },
        refund_days: if cell(5).is_empty() { None } else { Some(cell(5).parse().map_err(|_| wrong("refund_days"))?) },
        refund_from: match cell(6) {
            "notice" => Refund::Notice,
            "evidence" => Refund::Evidence,
            "receipt" => Refund::Receipt,
            _ => return Err(wrong("refund_from")),
        },
        buyer_pays_way_back: match cell(7) {
            "buyer" => true,
            "seller" => false,
            _ => return Err(wrong("way_back")),
        },
        since: base::time::parse_date(cell(8))?,
        until: if cell(9).is_empty() { None } else { Some(base::time::parse_date(cell(9))?) },
        source: cell(11).to_owned(),
    })
}

/// The rows in force for a market on a day. Errors (internal): a damaged table.
pub fn rights_in(market: Country, on: Date) -> Result<Vec<&'static Right>> {
    let rows = RIGHTS.as_ref().map_err(|error| Error::internal(&error.message))?;
    let fits = |one: &&Right| {
        one.since <= on
            && one.until.is_none_or(|until| on <= until)
            && one.markets.iter().any(|code| code == market.code())
    };
    Ok(rows.iter().filter(fits).collect())
}

/// The row with this id.
pub(crate) fn by_id(id: &str) -> Option<&'static Right> {
    RIGHTS.as_ref().ok()?.iter().find(|one| one.id == id)
}

/// Until when a buyer may do what with a consignment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Windows {
    /// Until when it can be objected to.
    pub object_until: Moment,
    /// The market's right of withdrawal, where the table has a row.
    pub withdrawal: Option<&'static Right>,
    /// Until when it can be given back without a reason; none where there is no such right.
    pub withdraw_until: Option<Moment>,
}

/// The windows of a consignment of which something was delivered; none before. While more of it is still to come they count from now:
/// they begin to run with the last parcel. The rows are those of the day on which the order was placed.
/// Errors (internal): a damaged table.
pub fn windows(whole: &Whole, consignment: Id<Consignment>, now: Moment) -> Result<Option<Windows>> {
    let Some(known) = whole.consignment(consignment) else { return Ok(None) };
    let some = whole.parcels_of(known.id).any(|parcel| parcel.state == ParcelState::Delivered);
    let Some(delivered) = known.delivered_at.or(some.then_some(now)) else { return Ok(None) };
    let rights = rights_in(whole.order.destination, whole.order.placed_at.date())?;
    let find = |kind| rights.iter().copied().find(|one| one.kind == kind);
    let withdrawal = find(RightKind::Withdrawal);
    let last = last_delivery(whole, now);
    let withdraw_until = withdrawal.filter(|right| right.days > 0).map(|right| match right.from {
        From::Parcel => ends(delivered, right.days),
        From::LastParcel => ends(delivered.max(last), right.days),
    });
    let conformity = find(RightKind::Conformity).map_or(0, |right| right.days);
    let objecting = ends(delivered, conformity.max(OBJECT_DAYS));
    let object_until = [known.accept_until, withdraw_until].into_iter().flatten().fold(objecting, Moment::max);
    Ok(Some(Windows { object_until, withdrawal, withdraw_until }))
}

/// When the last parcel came; now, while one is still on its way.
fn last_delivery(whole: &Whole, now: Moment) -> Moment {
    let live = whole.consignments.iter().filter(|one| one.state != State::Cancelled);
    live.map(|one| one.delivered_at.unwrap_or(now)).max().unwrap_or(now)
}

/// The day itself does not count; the last one does, to its end.
fn ends(from: Moment, days: i64) -> Moment {
    Moment::at_midnight(from.date()).plus_days(days + 1).plus_hours(LAST_HOUR)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_read_and_no_market_has_two_of_a_kind_at_once() {
        let rows = RIGHTS.as_ref().unwrap();
        assert_eq!(rows.len(), include_str!("../tables/rights.csv").lines().count() - 1);
        let mut ids: Vec<&str> = rows.iter().map(|one| one.id.as_str()).collect();
        ids.dedup();
        assert_eq!(ids.len(), rows.len());
        for (at, one) in rows.iter().enumerate() {
            assert!(!one.source.is_empty() && one.days >= 0, "{}", one.id);
            assert!(one.markets.iter().all(|code| code.parse::<Country>().is_ok()), "{}", one.id);
            for other in &rows[at + 1..] {
                let apart = one.until.is_some_and(|until| until < other.since)
                    || other.until.is_some_and(|until| until < one.since);
                let shared = one.markets.iter().any(|code| other.markets.contains(code));
                assert!(one.kind != other.kind || apart || !shared, "{} and {}", one.id, other.id);
            }
        }
    }

    #[test]
    fn the_table_says_who_may_withdraw() {
        let day = base::time::parse_date("2026-07-15").unwrap();
        let days = |market: &str, kind| {
            let rows = rights_in(market.parse().unwrap(), day).unwrap();
            rows.iter().find(|one| one.kind == kind).map(|one| one.days)
        };
        for (market, wanted) in [
            ("DE", Some(14)),
            ("NO", Some(14)),
            ("GB", Some(14)),
            ("CN", Some(7)),
            ("BR", Some(7)),
            ("KR", Some(7)),
            ("JP", Some(0)),
            ("CH", Some(0)),
            ("US", Some(0)),
            ("AU", None),
        ] {
            assert_eq!(days(market, RightKind::Withdrawal), wanted, "{market}");
        }
        assert_eq!(days("FR", RightKind::Conformity), Some(730));
        let before = base::time::parse_date("2014-06-12").unwrap();
        assert_eq!(rights_in("DE".parse().unwrap(), before).unwrap(), Vec::<&Right>::new());
    }

    #[test]
    fn a_window_ends_with_its_last_day_everywhere() {
        let at = Moment::at_midnight(base::time::parse_date("2026-07-01").unwrap()).plus_hours(18);
        let last = Moment::at_midnight(base::time::parse_date("2026-07-16").unwrap()).plus_hours(12);
        assert_eq!(ends(at, 14), last, "15 July, in the west");
    }
}
