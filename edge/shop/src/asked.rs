//! What a seller or the shop asks of the buyer of an order: another order in its place.

use amendments::{Amendment, State};
use base::Result;
use frame::App;
use frame::parts::take_out::why_word;
use frame::visitor::Visitor;
use orders::Whole;
use serde::Serialize;
use store::Read;

/// A proposal that waits for the buyer's answer.
pub(crate) struct Asked {
    known: Amendment,
    /// Who sells, where it was not the shop.
    seller: Option<String>,
    is_stale: bool,
}

/// Who asks for a change, and why.
#[derive(Serialize)]
pub(crate) struct AskedView {
    who: String,
    until: String,
    reason: String,
    words: String,
    /// It was packed or changed meanwhile.
    is_stale: bool,
}

impl Asked {
    /// What waits for an answer now, if anything does.
    pub(crate) fn of(db: &mut Read, whole: &Whole) -> Result<Option<Asked>> {
        let now = db.now();
        let waits = |one: &Amendment| one.is_offered() && one.state == State::Proposed && one.expires_at > now;
        let Some(known) = amendments::live(db, whole.order.id)?.filter(waits) else { return Ok(None) };
        let open: Vec<_> = orders::amendable(whole).iter().map(|one| one.id).collect();
        let replaces = known.change.as_ref().map(|change| change.replaces()).unwrap_or_default();
        let is_stale = open.is_empty() || replaces.iter().any(|id| !open.contains(id));
        let seller = known.organisation.map(|seller| parties::organisation(db, seller)).transpose()?;
        Ok(Some(Asked { known, seller: seller.map(|seller| seller.name), is_stale }))
    }

    /// In the buyer's words.
    pub(crate) fn view(&self, app: &App, visitor: &Visitor, whole: &Whole) -> AskedView {
        let today = visitor.today();
        AskedView {
            who: self.seller.clone().unwrap_or_else(|| app.name().to_string()),
            until: visitor.locale.moment(self.known.expires_at, whole.order.destination, today),
            reason: self.known.reason.map(|why| why_word(&visitor.locale, why)).unwrap_or_default(),
            words: self.known.words.clone(),
            is_stale: self.is_stale,
        }
    }
}
