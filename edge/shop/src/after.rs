//! What can be done about a parcel after the sale, on the order page: its claims, and the ways to another.

use aftersales::{Claim, Kind};
use base::{Id, Result};
use frame::parts::claim::{next, state, tone, word};
use frame::visitor::Visitor;
use orders::{Consignment, Line, State, Whole};
use serde::Serialize;
use store::Read;

/// Claims of an order; by line the pieces of what came that can be claimed, and of what did not come.
pub(crate) struct After {
    claims: Vec<Claim>,
    left: Vec<(Id<Line>, i64, i64)>,
}

/// What the order page shows of a parcel.
#[derive(Default, Serialize)]
pub(crate) struct AfterView {
    claims: Vec<ClaimRow>,
    /// Where something is said to be wrong; nothing where that cannot be.
    object: Option<String>,
    /// Where it is given back without a reason.
    give_back: Option<String>,
    /// Until when, and by which law.
    right: Option<String>,
}

#[derive(Serialize)]
struct ClaimRow {
    href: String,
    about: String,
    state: String,
    tone: &'static str,
    next: String,
}

impl After {
    pub(crate) fn of(db: &mut Read, whole: &Whole) -> Result<After> {
        let claims = aftersales::of_order(db, whole.order.id)?;
        let mut left = Vec::new();
        for line in whole.lines.iter().filter(|_| whole.order.paid_at.is_some()) {
            let mut pieces = |kind| aftersales::claimable(db, whole, line, kind);
            left.push((line.id, pieces(Kind::Other)?, pieces(Kind::NotArrived)?));
        }
        Ok(After { claims, left })
    }

    pub(crate) fn view(
        &self,
        visitor: &Visitor,
        token: &str,
        whole: &Whole,
        consignment: &Consignment,
    ) -> Result<AfterView> {
        let (locale, place) = (&visitor.locale, whole.order.destination);
        let row = |claim: &Claim| ClaimRow {
            href: format!("/order/{token}/claims/{}", claim.id),
            about: word(locale, "kind", claim.kind.name()),
            state: state(locale, claim),
            tone: tone(claim.state),
            next: next(locale, claim, "buyer", place, visitor.today()),
        };
        let own = self.claims.iter().filter(|claim| claim.consignment == consignment.id);
        let mut view = AfterView { claims: own.map(row).collect(), ..AfterView::default() };
        let own = |line: &Line| self.left.iter().find(|(id, ..)| *id == line.id);
        let came = whole.lines_of(consignment.id).filter_map(own).any(|(_, came, _)| *came > 0);
        let missed = whole.lines_of(consignment.id).filter_map(own).any(|(_, _, missed)| *missed > 0);
        let late = visitor.today() > consignment.arrives.1;
        let away = consignment.handed_over_at.is_some() && consignment.state != State::Cancelled;
        let missed = missed && late && away;
        if !came && !missed {
            return Ok(view);
        }
        let form = format!("/order/{token}/claims/new?consignment={}", consignment.id);
        match aftersales::windows(whole, consignment.id, visitor.now)? {
            Some(windows) => {
                view.object = (visitor.now < windows.object_until).then(|| form.clone());
                if !came {
                    return Ok(view);
                }
                let until = windows.withdraw_until.filter(|until| visitor.now < *until);
                if let Some((right, until)) = windows.withdrawal.zip(until) {
                    let until = locale.moment(until, place, visitor.today());
                    let args = [("until", until.into()), ("source", right.source.as_str().into())];
                    view.right = Some(locale.fill("claim-right", &args));
                    view.give_back = Some(format!("{form}&kind=withdrawal"));
                }
            }
            None => view.object = missed.then_some(form),
        }
        Ok(view)
    }
}
