//! The end of a simulation: nothing goes wrong any more, a day goes by at a time, and everybody does what is left to do.

use super::life::Act;
use crate::hands::Hands;
use crate::run::Sim;
use base::Result;
use logistics::EventKind;

impl<H: Hands> Sim<'_, H> {
    pub(crate) async fn tidy(&mut self) -> Result<String> {
        self.clock.advance_seconds(86_400);
        self.new_day().await?;
        // What is older than five minutes is not believed any more; the checks find it out.
        self.post.clear();
        self.process.hands.sweep().await?;
        let worked = self.work().await?;
        self.remit().await?;
        for known in self.orders.clone() {
            let glance = self.glance(&known).await?;
            let over = matches!(glance.fulfilment.as_str(), "completed" | "cancelled");
            let claimed = glance.consignments.iter().any(|one| one.dispute == "open");
            if claimed {
                self.judge(&known).await?;
            }
            if glance.customs == "held" {
                self.carrier_says(&glance, EventKind::ImportReleased, "papers_complete").await?;
            }
            let act = match glance.fulfilment.as_str() {
                "to_pack" => Act::Pack,
                "packed" => Act::HandOver,
                "exception" => Act::WriteOff,
                _ if over && !claimed => Act::File,
                _ => Act::Nothing,
            };
            // A consignment at a time, by chance: days are many.
            for _ in 0..4 {
                self.act(act, &known, &glance).await?;
                if act == Act::File || act == Act::Nothing {
                    break;
                }
            }
            self.touched = Some(known.id);
        }
        Ok(format!("{worked}; {} orders are open", self.orders.len()))
    }
}
