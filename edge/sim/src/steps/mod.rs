//! What can happen next, and how often it does.

mod amend;
mod buyer;
mod claims;
mod crowd;
mod greedy;
mod jobs;
mod life;
mod onboard;
mod operator;
mod smaller;
mod tidy;

use crate::hands::Hands;
use crate::run::Sim;
use base::Result;

/// One step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// A buyer fills a cart.
    Fill,
    /// A buyer changes a cart.
    Change,
    /// A buyer asks for a quote.
    Quote,
    /// A buyer places an order.
    Place,
    /// A buyer places again what was placed before.
    PlaceAgain,
    /// Somebody holds as much as it gets and never pays.
    Hoard,
    /// A buyer pays one order in several tabs.
    PayInTabs,
    /// Somebody does something with an order.
    Live,
    /// Several callers at once, at the same thing.
    Crowd,
    /// Whoever waits for an answer gets it, late, or gives up.
    Answer,
    /// The operator deals with an order that was over.
    Afterwards,
    /// A seller changes a price, or the rates change.
    Reprice,
    /// The operator pays an authority or a carrier.
    Remit,
    /// Stock arrives, or breaks.
    Supply,
    /// Time goes by.
    Wait,
    /// The worker runs what is due.
    Work,
    /// The worker sweeps.
    Sweep,
    /// A webhook that was late arrives.
    Post,
    /// The process is killed.
    Kill,
    /// Everybody does what is left to do, a day later.
    Tidy,
}

/// How often each step is taken.
pub(crate) const WEIGHTS: [(usize, Step); 19] = [
    (70, Step::Fill),
    (20, Step::Change),
    (90, Step::Quote),
    (80, Step::Place),
    (5, Step::PlaceAgain),
    (8, Step::Hoard),
    (15, Step::PayInTabs),
    (420, Step::Live),
    (60, Step::Crowd),
    (25, Step::Answer),
    (5, Step::Afterwards),
    (12, Step::Reprice),
    (5, Step::Remit),
    (25, Step::Supply),
    (55, Step::Wait),
    (70, Step::Work),
    (10, Step::Sweep),
    (25, Step::Post),
    (1, Step::Kill),
];

/// Steps between two in which somebody comes to sell, or a seller says something of itself.
pub(crate) const ONBOARD_EVERY: u64 = 40;

impl<H: Hands> Sim<'_, H> {
    /// Takes the step and says what came of it.
    pub(crate) async fn perform(&mut self, step: Step) -> Result<String> {
        match step {
            Step::Fill => self.fill().await,
            Step::Change => self.change().await,
            Step::Quote => self.quote().await,
            Step::Place => self.place().await,
            Step::PlaceAgain => self.place_again().await,
            Step::Hoard => self.hoard().await,
            Step::PayInTabs => self.pay_in_tabs().await,
            Step::Live => self.live().await,
            Step::Crowd => self.crowd().await,
            Step::Answer => self.answer().await,
            Step::Afterwards => self.afterwards().await,
            Step::Reprice => self.reprice().await,
            Step::Remit => self.remit().await,
            Step::Supply => self.supply().await,
            Step::Wait => self.wait().await,
            Step::Work => self.work().await,
            Step::Sweep => self.process.hands.sweep().await.map(|()| "swept".into()),
            Step::Post => self.late_post().await,
            Step::Kill => self.restart("by chance"),
            Step::Tidy => self.tidy().await,
        }
    }
}

/// There was nobody to do it.
pub(crate) fn nobody() -> Result<String> {
    Ok("nobody to do it".into())
}
