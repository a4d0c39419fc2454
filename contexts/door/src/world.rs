//! What a price depends on besides the offer: one immutable snapshot of tables, rates and time; and what a buyer asks.

use base::{Country, Currency, Date, Moment, Money, Rate, Result, Rounding};
use customs::{Tables, TaxRoute, Typical};
use logistics::Offered;
use offers::Rates;

/// Tables, exchange rates and the moment, as of which everything is priced. Made once, shared, never changed.
#[derive(Clone)]
pub struct World {
    /// Customs tables.
    pub tables: &'static Tables,
    /// When.
    pub now: Moment,
    /// The day whose rules and rates apply: the day of `now`, in UTC.
    pub date: Date,
    /// Whether tax is collected at checkout where the destination has a scheme for it.
    pub tax_route: TaxRoute,
    /// Whether the shop sells where only a typical rate of duty or tax is known, and bears the difference.
    pub typical: Typical,
    /// The services that the installation offers.
    pub offered: Offered,
    fx: Fx,
    rates: Rates,
}

/// Where to, in which currency, and by which service.
#[derive(Clone, Copy, Debug)]
pub struct Ask<'a> {
    /// The buyer's country.
    pub destination: Country,
    /// State or province where the law differs (`SP`, `ON`); may be empty.
    pub region: &'a str,
    /// What the buyer pays in.
    pub currency: Currency,
    /// Only this service; none: the one with the lowest door price.
    pub service: Option<&'a str>,
}

impl World {
    /// A snapshot. Tax is collected at checkout: the platform is registered in the schemes of its markets.
    pub fn new(tables: &'static Tables, rates: &Rates, typical: Typical, now: Moment) -> Result<World> {
        Ok(World {
            tables,
            now,
            date: now.date(),
            tax_route: TaxRoute::Checkout,
            typical,
            offered: Offered::by(logistics::BUILT_IN),
            fx: Fx::new(rates)?,
            rates: rates.clone(),
        })
    }

    /// The same world under another policy about typical rates.
    pub fn with_typical(&self, typical: Typical) -> World {
        World { typical, ..self.clone() }
    }

    /// The same world for a platform that is registered nowhere: everything is collected at the border.
    pub fn unregistered(self) -> World {
        World { tax_route: TaxRoute::Border, ..self }
    }

    /// The same world where other services are offered than those of the built-in carrier.
    pub fn offering(self, offered: Offered) -> World {
        World { offered, ..self }
    }

    /// `money` in another currency, rounded half up at this one point; `None` when the rate is not known.
    pub fn convert(&self, money: Money, to: Currency) -> Option<Money> {
        if money.currency == to {
            return Some(money);
        }
        let minor = self.fx.pair(money.currency, to)?.1.of(money.minor, Rounding::HalfUp).ok()?;
        Some(Money::new(minor, to))
    }

    /// The day on which the rate between two currencies was published: `date` itself, or the last day before it that has one.
    pub fn published(&self, from: Currency, to: Currency) -> Option<Date> {
        self.rates.published(from, to)
    }

    /// The day for which the newest rates were published: what a sum over several currencies is converted at.
    pub fn rates_day(&self) -> Date {
        self.rates.newest().unwrap_or(self.date)
    }

    /// How many banking days old the newest rates are, where that is more than a few; prices rest on them all the same.
    pub fn rates_old(&self) -> Option<usize> {
        Some(offers::banking_days(self.rates_day(), self.date)).filter(|days| *days > offers::OLD_BANKING_DAYS)
    }

    /// Currencies that prices can be shown in, by code.
    pub fn currencies(&self) -> impl Iterator<Item = Currency> + '_ {
        self.fx.known.iter().copied()
    }
}

impl customs::Rates for World {
    fn rate(&self, from: Currency, to: Currency) -> Option<Rate> {
        self.fx.pair(from, to).map(|pair| pair.0)
    }
}

/// Every cross rate, computed once: divisions of decimals are what a price could not afford.
#[derive(Clone)]
struct Fx {
    known: Vec<Currency>,
    /// Position in `known`, by the three letters; [`NONE`] where unknown.
    index: Vec<u8>,
    /// Between major units and between minor units, row by row.
    pairs: Vec<Option<(Rate, Rate)>>,
}

const NONE: u8 = u8::MAX;

impl Fx {
    fn new(rates: &Rates) -> Result<Fx> {
        let known: Vec<Currency> = rates.currencies().take(usize::from(NONE)).collect();
        let mut index = vec![NONE; 26 * 26 * 26];
        for (position, currency) in known.iter().enumerate() {
            index[letters(*currency)] = position as u8;
        }
        let mut pairs = Vec::with_capacity(known.len() * known.len());
        for from in &known {
            for to in &known {
                let places = i64::from(to.exponent()) - i64::from(from.exponent());
                let pair = rates.rate(*from, *to).map(|rate| Ok::<_, base::Error>((rate, rate.shifted(places)?)));
                pairs.push(pair.transpose()?);
            }
        }
        Ok(Fx { known, index, pairs })
    }

    fn pair(&self, from: Currency, to: Currency) -> Option<(Rate, Rate)> {
        let (from, to) = (self.index[letters(from)], self.index[letters(to)]);
        if from == NONE || to == NONE {
            return None;
        }
        self.pairs[usize::from(from) * self.known.len() + usize::from(to)]
    }
}

/// `AAA` is 0, `ZZZ` is 17575.
fn letters(currency: Currency) -> usize {
    currency.code().bytes().fold(0, |place, letter| place * 26 + usize::from(letter.saturating_sub(b'A')).min(25))
}
