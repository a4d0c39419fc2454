//! Buyers before the order: carts, changes of mind and country, quotes, placing once, twice and too late.

use super::nobody;
use crate::hands::Hands;
use crate::run::{Basket, Known, Sim};
use base::{Currency, Error, Id, Language, Money, Result};
use checkout::{AskQuote, CartLine, NewCart, Place, Quote, Reach, SetDestination};
use orders::Say;

/// Carts that are kept in sight; older ones are forgotten by their buyers.
const BASKETS: usize = 40;

/// How often each card is used.
const METHODS: [(usize, &str); 6] = [
    (62, "sandbox:ok"),
    (6, "4000 0000 0000 0002"),
    (4, "4000 0000 0000 9995"),
    (16, "4000 0000 0000 3220"),
    (10, "sandbox:late"),
    (2, "sandbox:decline"),
];

impl<H: Hands> Sim<'_, H> {
    pub(crate) fn method(&mut self) -> Result<String> {
        let method = self.chance.weighted(&METHODS, "sandbox:ok");
        self.process.providers.taking().tokenise(method)
    }

    /// One to five lines; now and then two offers of the very same pieces.
    fn lines(&mut self) -> Vec<CartLine> {
        let mut lines = Vec::new();
        for _ in 0..self.chance.between(1, 5) {
            let at = self.chance.below(self.people.things.len());
            let thing = self.people.things[at];
            lines.push(CartLine { offer: thing.offer, quantity: self.chance.between(1, 4) });
            let same = |other: &&crate::population::Thing| {
                other.variant == thing.variant && other.warehouse == thing.warehouse && other.offer != thing.offer
            };
            if let Some(twin) = self.people.things.iter().find(same) {
                let quantity = self.chance.between(1, 4);
                lines.push(CartLine { offer: twin.offer, quantity });
            }
        }
        lines
    }

    pub(crate) async fn fill(&mut self) -> Result<String> {
        let at = self.chance.below(self.people.buyers.len());
        let (buyer, lines) = (self.people.buyers[at].clone(), self.lines());
        let new = NewCart {
            destination: buyer.address.country.parse()?,
            region: buyer.address.region.clone(),
            currency: buyer.currency,
            language: Language::english(),
            lines,
        };
        let said = format!("{} lines for {} in {}", new.lines.len(), new.destination, new.currency);
        let created = self.process.store.write_as(buyer.actor, move |tx| checkout::create(tx, &new)).await?;
        let (address, currency) = (buyer.address.clone(), buyer.currency);
        let basket = Basket { token: created.token, buyer, address, currency, quotes: Vec::new(), order: None };
        self.baskets.push(basket);
        if self.baskets.len() > BASKETS {
            self.baskets.remove(0);
        }
        Ok(said)
    }

    /// A basket that is not an order yet.
    fn open_basket(&mut self) -> Option<usize> {
        let open: Vec<usize> = (0..self.baskets.len()).filter(|at| self.baskets[*at].order.is_none()).collect();
        self.chance.pick(&open).copied()
    }

    pub(crate) async fn change(&mut self) -> Result<String> {
        let Some(at) = self.open_basket() else { return nobody() };
        let basket = self.baskets[at].clone();
        let (actor, cart) = (basket.buyer.actor, Reach::Token(basket.token.clone()));
        if self.chance.one_in(2) {
            let thing = self.people.things[self.chance.below(self.people.things.len())];
            let quantity = self.chance.between(0, 3);
            let put = move |tx: &mut store::Tx| checkout::put_line(tx, &cart, thing.offer, quantity).map(drop);
            return match self.process.store.write_as(actor, put).await {
                Ok(()) => Ok(format!("{quantity} of {}", thing.offer)),
                Err(error) => self.refused(error),
            };
        }
        let other = self.people.buyers[self.chance.below(self.people.buyers.len())].clone();
        let set = SetDestination {
            cart,
            destination: other.address.country.parse()?,
            region: other.address.region.clone(),
            currency: Some(other.currency),
            language: None,
        };
        let rules = self.rules.clone();
        let said = format!("now to {} in {}", set.destination, other.currency);
        let moved =
            self.process.store.write_as(actor, move |tx| checkout::set_destination(tx, &rules, &set).map(drop)).await;
        match moved {
            Ok(()) => {
                (self.baskets[at].address, self.baskets[at].currency) = (other.address, other.currency);
                Ok(said)
            }
            Err(error) => self.refused(error),
        }
    }

    pub(crate) async fn quote(&mut self) -> Result<String> {
        let Some(at) = self.open_basket() else { return nobody() };
        let basket = self.baskets[at].clone();
        let currency = self.pay_in(basket.currency);
        let ask = AskQuote {
            cart: Reach::Token(basket.token),
            address: basket.address,
            currency: Some(currency),
            choices: Vec::new(),
            from: Some(basket.buyer.network.clone()),
        };
        let rules = self.rules.clone();
        match self.process.store.write_as(basket.buyer.actor, move |tx| checkout::quote(tx, &rules, &ask)).await {
            Ok(quote) => {
                self.baskets[at].quotes.push((quote.id, quote.total));
                Ok(format!("{} says {}", quote.id, quote.total))
            }
            Err(error) => {
                // What cannot be had is given up.
                self.baskets.remove(at);
                self.refused(error)
            }
        }
    }

    /// Mostly the currency of the place, sometimes another: money is independent of the market.
    fn pay_in(&mut self, usual: Currency) -> Currency {
        if !self.chance.one_in(8) {
            return usual;
        }
        self.people.buyers[self.chance.below(self.people.buyers.len())].currency
    }

    pub(crate) async fn place(&mut self) -> Result<String> {
        let quoted: Vec<usize> = (0..self.baskets.len())
            .filter(|at| self.baskets[*at].order.is_none() && !self.baskets[*at].quotes.is_empty())
            .collect();
        let Some(at) = self.chance.pick(&quoted).copied() else { return nobody() };
        let quotes = self.baskets[at].quotes.clone();
        let wanted = match self.chance.below(10) {
            0 => self.chance.pick(&quotes).map(|(id, _)| *id),
            1 => None,
            _ => quotes.last().map(|(id, _)| *id),
        };
        let method = self.method()?;
        let said = self.send_place(at, wanted, method.clone()).await?;
        if self.chance.percent(15) {
            let again = self.send_place(at, wanted, method).await?;
            return Ok(format!("{said}; {again}"));
        }
        Ok(said)
    }

    pub(crate) async fn place_again(&mut self) -> Result<String> {
        let placed: Vec<usize> = (0..self.baskets.len()).filter(|at| self.baskets[*at].order.is_some()).collect();
        let Some(at) = self.chance.pick(&placed).copied() else { return nobody() };
        let quotes = self.baskets[at].quotes.clone();
        let wanted = self.chance.pick(&quotes).map(|(id, _)| *id);
        let method = self.method()?;
        self.send_place(at, wanted, method).await
    }

    async fn send_place(&mut self, at: usize, quote: Option<Id<Quote>>, method: String) -> Result<String> {
        let basket = self.baskets[at].clone();
        let command = Place {
            cart: Reach::Token(basket.token.clone()),
            quote,
            email: basket.buyer.address.email.clone(),
            provider: self.process.providers.taking().name().into(),
            method: method.clone(),
            said: says(at),
        };
        let placed = self.process.store.write_as(basket.buyer.actor, move |tx| checkout::place(tx, &command)).await;
        let placed = match placed {
            Ok(placed) => placed,
            Err(error) => return self.refused(error),
        };
        self.touched = Some(placed.order);
        if placed.again != basket.order.is_some() || basket.order.is_some_and(|known| known != placed.order) {
            return Err(Error::internal(format!("one cart, two orders: {} after {:?}", placed.order, basket.order)));
        }
        if !placed.again {
            let total = self.promised(at, quote, placed.total)?;
            self.baskets[at].order = Some(placed.order);
            self.summary.orders += 1;
            let intents = vec![placed.intent];
            self.orders.push(Known { id: placed.order, buyer: basket.buyer, total, intents });
        }
        Ok(format!("{} {} for {} with {method}", placed.number, placed.order, placed.total))
    }

    /// What the buyer was told; it is what the order says.
    fn promised(&self, at: usize, quote: Option<Id<Quote>>, total: Money) -> Result<Money> {
        let quotes = &self.baskets[at].quotes;
        let told = match quote {
            Some(id) => quotes.iter().find(|(known, _)| *known == id),
            None => quotes.last(),
        };
        match told {
            Some((_, told)) if *told == total => Ok(total),
            _ => Err(Error::internal(format!("quoted {told:?}, placed {total}"))),
        }
    }
}

/// Every third buyer has a gift wrapped.
pub(super) fn says(basket: usize) -> Vec<Say> {
    let text = format!("For you,\nbasket {basket}");
    let gift = Say { field: "gift_message".into(), offer: None, text };
    if basket.is_multiple_of(3) { vec![gift] } else { Vec::new() }
}
