//! What goes out in many places: money, windows, landed costs, problems. The API's own types, so that a change inside cannot
//! change the API unseen.

use base::{Date, Error, Money};
use customs::{Charge, LandedCost, Rule};
use door::Why;
use offers::Supply;
use orders::Sums;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// An amount in minor units: `{"minor": 1599, "currency": "EUR"}` is 15.99 €.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[schema(title = "Money", example = json!({"minor": 1599, "currency": "EUR"}))]
#[serde(deny_unknown_fields)]
pub struct MoneyView {
    /// Minor units of the currency.
    pub minor: i64,
    /// ISO 4217.
    pub currency: String,
}

impl From<Money> for MoneyView {
    fn from(money: Money) -> MoneyView {
        MoneyView { minor: money.minor, currency: money.currency.code().to_owned() }
    }
}

impl MoneyView {
    /// As the house's money. Errors: an unknown currency, more than `Money::most`, naming the field.
    pub fn read(&self, name: &str) -> base::Result<Money> {
        let currency = crate::input::field(&format!("{name}.currency"), &self.currency)?;
        Money::new(self.minor, currency).within_reason(&format!("{name}.minor"))
    }
}

/// First and last day of an arrival window.
#[derive(Debug, Serialize, ToSchema)]
pub struct WindowView {
    /// First day.
    #[schema(format = Date, example = "2026-07-20")]
    pub from: String,
    /// Last day.
    #[schema(format = Date, example = "2026-07-24")]
    pub to: String,
}

impl From<(Date, Date)> for WindowView {
    fn from((from, to): (Date, Date)) -> WindowView {
        WindowView { from: from.to_string(), to: to.to_string() }
    }
}

/// The parts of a price at the door; the total is their sum.
#[derive(Debug, Serialize, ToSchema)]
pub struct CostView {
    /// Goods, without tax of the destination.
    pub goods: MoneyView,
    /// Delivery.
    pub shipping: MoneyView,
    /// Duty.
    pub duty: MoneyView,
    /// VAT, GST, sales tax.
    pub tax: MoneyView,
    /// Fees of authorities and carriers.
    pub fees: MoneyView,
    /// What the buyer pays.
    pub total: MoneyView,
}

impl CostView {
    /// Of stored sums. Errors: overflow.
    pub fn of(sums: &Sums) -> base::Result<CostView> {
        Ok(CostView {
            goods: sums.goods.into(),
            shipping: sums.shipping.into(),
            duty: sums.duty.into(),
            tax: sums.tax.into(),
            fees: sums.fees.into(),
            total: sums.total()?.into(),
        })
    }
}

impl From<&LandedCost> for CostView {
    fn from(cost: &LandedCost) -> CostView {
        CostView {
            goods: cost.goods.into(),
            shipping: cost.shipping.into(),
            duty: cost.duty.into(),
            tax: cost.tax.into(),
            fees: cost.fees.into(),
            total: cost.total.into(),
        }
    }
}

impl From<&door::DoorPrice> for CostView {
    fn from(price: &door::DoorPrice) -> CostView {
        CostView {
            goods: price.goods.into(),
            shipping: price.shipping.into(),
            duty: price.duty.into(),
            tax: price.tax.into(),
            fees: price.fees.into(),
            total: price.total.into(),
        }
    }
}

/// What is to be paid of an order.
#[derive(Serialize, ToSchema)]
pub struct DueAnswer {
    /// How much.
    pub amount: MoneyView,
    /// Until when.
    #[schema(format = DateTime)]
    pub pay_until: String,
}

/// The landed cost of a consignment with the dated rule behind each line.
#[derive(Debug, Serialize, ToSchema)]
pub struct LandedView {
    /// Day whose rules were applied.
    #[schema(format = Date, example = "2026-07-15")]
    pub date: String,
    /// Sums.
    #[serde(flatten)]
    pub cost: CostView,
    /// `guaranteed`, or `estimate` when a rule is of low confidence.
    #[schema(example = "guaranteed")]
    pub certainty: String,
    /// Who takes duty and tax: `at_checkout`, `at_border`, `mixed`.
    #[schema(example = "at_checkout")]
    pub collected: String,
    /// Duty, tax and fee lines; lines of zero say why nothing is due.
    pub lines: Vec<ChargeView>,
}

/// One line of a landed cost.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChargeView {
    /// `duty`, `tax` or `fee`.
    #[schema(example = "tax")]
    pub kind: String,
    /// Which item it concerns, from 0, if it is exactly one.
    pub item: Option<usize>,
    /// What is due.
    pub amount: MoneyView,
    /// What it was computed on.
    pub base: MoneyView,
    /// Exact decimal: `0.19`.
    #[schema(example = "0.19")]
    pub rate: Option<String>,
    /// The row of the tables behind it.
    pub rule: RuleView,
    /// Collection scheme: `IOSS`, `VOEC` …
    #[schema(example = "IOSS")]
    pub scheme: Option<String>,
    /// Whose money it is.
    #[schema(example = "DE")]
    pub jurisdiction: String,
    /// `at_checkout` or `at_border`.
    #[schema(example = "at_checkout")]
    pub collected_at: String,
    /// Stable reason.
    #[schema(example = "rate")]
    pub reason: String,
    /// The reason in English.
    #[schema(example = "19 % of 81.00 EUR.")]
    pub because: String,
}

/// A dated row of the customs tables.
#[derive(Debug, Serialize, ToSchema)]
pub struct RuleView {
    /// Stable id.
    #[schema(example = "de-vat")]
    pub id: String,
    /// What it is called.
    #[schema(example = "German VAT")]
    pub name: String,
    /// First day in force.
    #[schema(format = Date)]
    pub from: Option<String>,
    /// Last day in force.
    #[schema(format = Date)]
    pub to: Option<String>,
    /// Where it stands.
    pub source: String,
    /// `high`, `medium` or `low`.
    #[schema(example = "high")]
    pub confidence: String,
}

impl From<&Rule> for RuleView {
    fn from(rule: &Rule) -> RuleView {
        RuleView {
            id: rule.id.to_string(),
            name: rule.name.to_string(),
            from: rule.effective_from.map(|date| date.to_string()),
            to: rule.effective_to.map(|date| date.to_string()),
            source: rule.source.to_string(),
            confidence: rule.confidence.name().to_owned(),
        }
    }
}

impl From<&Charge> for ChargeView {
    fn from(line: &Charge) -> ChargeView {
        ChargeView {
            kind: line.kind.name().to_owned(),
            item: line.item,
            amount: line.amount.into(),
            base: line.base.into(),
            rate: line.rate.map(|rate| rate.to_string()),
            rule: RuleView::from(&*line.rule),
            scheme: line.scheme.as_deref().map(String::from),
            jurisdiction: line.jurisdiction.to_string(),
            collected_at: line.collected_at.name().to_owned(),
            reason: line.reason.code().to_owned(),
            because: line.reason.english(),
        }
    }
}

impl From<&LandedCost> for LandedView {
    fn from(cost: &LandedCost) -> LandedView {
        LandedView {
            date: cost.date.to_string(),
            cost: CostView::from(cost),
            certainty: cost.certainty.name().to_owned(),
            collected: cost.collected.name().to_owned(),
            lines: cost.lines.iter().map(ChargeView::from).collect(),
        }
    }
}

/// Why something is not sold there.
#[derive(Debug, Serialize, ToSchema)]
pub struct WhyView {
    /// Stable.
    #[schema(example = "restricted")]
    pub code: String,
    /// In English.
    pub message: String,
}

impl From<&Why> for WhyView {
    fn from(why: &Why) -> WhyView {
        WhyView { code: why.code().to_owned(), message: why.english() }
    }
}

/// What every refusal says (RFC 9457, `application/problem+json`).
#[derive(Serialize, ToSchema)]
#[schema(example = json!({
    "type": "https://shop.example/docs/errors/out_of_stock", "title": "Not enough pieces are left.", "status": 409, "code": "out_of_stock",
    "detail": "Not enough pieces are left.", "errors": [], "request_id": "5f0c2b7d9e1a4c33"
}))]
pub struct Problem {
    /// Where the code is explained: an address of this shop.
    pub r#type: String,
    /// What happened and what to do.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// Stable; to be branched on.
    pub code: String,
    /// As the title.
    pub detail: String,
    /// Wrong fields of the input.
    pub errors: Vec<ProblemField>,
    /// Id of the request, as in the log.
    pub request_id: String,
}

/// One wrong field.
#[derive(Serialize, ToSchema)]
pub struct ProblemField {
    /// As the sender knows it: `lines[2].quantity`.
    pub field: String,
    /// The same as a JSON pointer (RFC 6901): `/lines/2/quantity`. Parameters and headers stand at `/` and their name.
    pub pointer: String,
    /// Stable.
    pub code: String,
    /// What to do.
    pub message: String,
}

/// What an offer is supplied from. Days of arrival count from when the goods are there.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SupplyView {
    /// `stock` (what lies in the warehouse), `made` (made to order) or `preorder` (sold before it is there).
    #[schema(example = "made")]
    pub kind: String,
    /// Of what is made to order: working days in the country of dispatch, on top of the hours to hand over.
    #[schema(minimum = 1, maximum = 260)]
    pub lead_days: Option<i64>,
    /// Of a pre-order: the day from which it ships.
    #[schema(format = Date)]
    pub ships_on: Option<String>,
}

impl From<Supply> for SupplyView {
    fn from(supply: Supply) -> SupplyView {
        SupplyView {
            kind: supply.kind().to_owned(),
            lead_days: Some(supply.lead_days()).filter(|days| *days > 0),
            ships_on: supply.ships_on().map(|day| day.to_string()),
        }
    }
}

impl SupplyView {
    /// The same error, its fields named by where a caller has written them.
    pub fn within(mut error: Error) -> Error {
        for field in error.fields.iter_mut().filter(|field| ["lead_days", "ships_on"].contains(&&*field.name)) {
            field.name = format!("supply.{}", field.name);
        }
        error
    }

    /// What it says. Errors: `supply_unknown` (field); `required` (fields `supply.lead_days`, `supply.ships_on`).
    pub fn read(&self) -> base::Result<Supply> {
        let needed = |field: &str, say: &str| Error::field(field, "required", say);
        match self.kind.as_str() {
            "stock" => Ok(Supply::Stock),
            "made" => {
                let days = self.lead_days.ok_or_else(|| needed("supply.lead_days", "Write the working days it takes."));
                days.map(|lead_days| Supply::Made { lead_days })
            }
            "preorder" => {
                let day = self.ships_on.as_deref();
                let day = day.ok_or_else(|| needed("supply.ships_on", "Write the day from which it ships."))?;
                Ok(Supply::Preorder { ships_on: base::time::parse_date(day)? })
            }
            _ => Err(Error::field("supply.kind", "supply_unknown", "Write stock, made or preorder.")),
        }
    }
}

/// A moment as the API tells it.
pub(crate) fn moment(at: Option<base::Moment>) -> Option<String> {
    at.map(|at| at.to_string())
}
