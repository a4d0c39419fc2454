//! The landed cost engine and address formats: no cart, no database.

use crate::input::{Json, Part, field};
use crate::refusals::{Changes, Reads};
use crate::view::{LandedView, MoneyView};
use axum::extract::State;
use axum::response::IntoResponse;
use base::{Country, Currency, Error, Money, Result, Weight};
use customs::{Item, Shipment, TaxClass, TaxRoute, Typical};
use frame::App;
use frame::failure::Answer;
use parties::address_format::{AddressFormat, address_format};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A consignment on its way to a buyer.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "from": "CN", "to": "FR", "service": "express", "tax": "border", "currency": "EUR",
    "shipping": {"minor": 500, "currency": "EUR"},
    "items": [{"hs": "610910", "origin": "CN", "quantity": 2, "unit_price": {"minor": 1500, "currency": "EUR"}, "grams": 200}]
}))]
pub struct LandedBody {
    /// Country of dispatch.
    pub from: String,
    /// Country of the buyer.
    pub to: String,
    /// State or province where the law differs.
    #[serde(default)]
    pub region: String,
    /// Day whose rules apply; today when not said.
    #[schema(format = Date)]
    pub date: Option<String>,
    /// `express`, `postal`, `line` or `domestic`.
    pub service: String,
    /// `checkout` where the seller collects for the destination's scheme, else `border`.
    pub tax: String,
    /// Currency of the answer.
    pub currency: String,
    /// What the buyer pays for delivery.
    pub shipping: MoneyView,
    /// What the buyer pays for insurance.
    pub insurance: Option<MoneyView>,
    /// Refuse with `rate_unconfirmed`, and name the row, where only a typical rate is known; else it makes an estimate.
    #[serde(default)]
    pub confirmed_only: bool,
    /// The goods.
    #[schema(min_items = 1, max_items = 200)]
    pub items: Vec<LandedItem>,
}

/// One kind of goods.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LandedItem {
    /// Tariff code: six digits or more.
    #[schema(example = "610910")]
    pub hs: String,
    /// Country of origin.
    #[schema(example = "CN")]
    pub origin: String,
    /// Pieces.
    #[schema(minimum = 1, maximum = 9999)]
    pub quantity: i64,
    /// One piece, without tax of the destination.
    pub unit_price: MoneyView,
    /// Weight of one piece.
    #[schema(minimum = 0, maximum = 1000000)]
    pub grams: i64,
    /// `standard`, `book`, `food`, `childrens_clothing` or `medicine`.
    pub tax_class: Option<String>,
}

fn money(world: &door::World, name: &str, view: &MoneyView, currency: Currency) -> Result<Money> {
    if view.minor < 0 {
        return Err(Error::field(format!("{name}.minor"), "out_of_range", "Write an amount of 0 or more."));
    }
    let money = view.read(name)?;
    let say = "The exchange rate is not known today.";
    world.convert(money, currency).ok_or_else(|| Error::field(format!("{name}.currency"), "exchange_rate_missing", say))
}

fn item(world: &door::World, at: usize, body: &LandedItem, currency: Currency) -> Result<Item> {
    let name = |part: &str| format!("items[{at}].{part}");
    let within = |part: &str, number: i64, least: i64, most: i64| match (least..=most).contains(&number) {
        true => Ok(number),
        false => Err(Error::field(name(part), "out_of_range", format!("Write a number from {least} to {most}."))),
    };
    Ok(Item {
        hs: field(&name("hs"), &body.hs)?,
        origin: field(&name("origin"), &body.origin)?,
        quantity: within("quantity", body.quantity, 1, checkout::QUANTITY_MAX)?,
        unit_price: money(world, &name("unit_price"), &body.unit_price, currency)?,
        unit_weight: Weight::grams(within("grams", body.grams, 0, Weight::MOST_GRAMS)?),
        tax_class: match &body.tax_class {
            Some(class) => field(&name("tax_class"), class)?,
            None => TaxClass::Standard,
        },
    })
}

/// Work out the landed cost of a consignment
///
/// Pure: the same question on the same day has the same answer, and nothing is stored.
#[utoipa::path(post, path = "/api/landed-cost", tag = "Products", request_body = LandedBody,
    responses((status = 200, description = "What it costs at the door, with the dated rule behind each charge.",
        body = LandedView), Changes))]
pub async fn landed_cost(State(app): State<App>, Json(body): Json<LandedBody>) -> Answer {
    let world = app.world();
    let currency: Currency = field("currency", &body.currency)?;
    if !(1..=200).contains(&body.items.len()) {
        return Err(Error::field("items", "out_of_range", "Name 1 to 200 kinds of goods.").into());
    }
    let items = body.items.iter().enumerate().map(|(at, one)| item(&world, at, one, currency));
    let items = items.collect::<Result<Vec<_>>>()?;
    let date = body.date.as_deref().map(base::time::parse_date).transpose()?.unwrap_or(world.date);
    let insurance = body.insurance.as_ref().map(|view| money(&world, "insurance", view, currency)).transpose()?;
    let destination: Country = field("to", &body.to)?;
    if !world.tables.destinations().any(|known| known == destination) {
        let say = format!("No customs rules are known for {destination}; choose another.");
        return Err(Error::field("to", "destination_unknown", say).into());
    }
    let region = address_format(destination).region_code(&body.region)?;
    let shipment = Shipment {
        dispatch: field("from", &body.from)?,
        destination,
        region: &region,
        date,
        service: field::<customs::Service>("service", &body.service)?,
        tax_route: field::<TaxRoute>("tax", &body.tax)?,
        typical: Typical::accepted(!body.confirmed_only),
        currency,
        items: &items,
        shipping: money(&world, "shipping", &body.shipping, currency)?,
        insurance: insurance.unwrap_or(Money::zero(currency)),
        rates: &*world,
    };
    let cost = customs::landed_cost(world.tables, &shipment).map_err(Error::from)?;
    Ok(axum::Json(LandedView::from(&cost)).into_response())
}

/// How a country writes addresses.
#[derive(Serialize, ToSchema)]
pub struct AddressFormatAnswer {
    /// The country.
    #[schema(example = "DE")]
    pub country: String,
    /// Fields in the order its people expect them.
    pub fields: Vec<AddressFieldAnswer>,
    /// States, provinces or prefectures to choose from; empty where they are written freely.
    pub regions: Vec<RegionAnswer>,
    /// A valid postcode, or empty where there are none.
    #[schema(example = "10119")]
    pub postcode_example: String,
    /// What the personal number asked for is.
    pub tax_number: Option<String>,
}

/// A field of an address.
#[derive(Serialize, ToSchema)]
pub struct AddressFieldAnswer {
    /// Its name in an address.
    #[schema(example = "postcode")]
    pub name: String,
    /// An address is refused without it.
    pub required: bool,
    /// What the country calls it.
    #[schema(example = "zip")]
    pub called: String,
    /// Longest value, in characters.
    pub longest: usize,
}

/// A state, province or prefecture.
#[derive(Serialize, ToSchema)]
pub struct RegionAnswer {
    /// ISO 3166-2 without the country.
    #[schema(example = "CA")]
    pub code: String,
    /// Its name.
    pub name: String,
}

impl From<&AddressFormat> for AddressFormatAnswer {
    fn from(format: &AddressFormat) -> AddressFormatAnswer {
        let field = |field: &parties::address_format::AddressField| AddressFieldAnswer {
            name: field.part.name().to_owned(),
            required: field.required,
            called: field.called.clone(),
            longest: field.part.longest(),
        };
        let region = |region: &parties::address_format::Region| RegionAnswer {
            code: region.code.clone(),
            name: region.name.clone(),
        };
        AddressFormatAnswer {
            country: format.country.to_string(),
            fields: format.fields.iter().map(field).collect(),
            regions: format.regions.iter().map(region).collect(),
            postcode_example: format.postcode_example.clone(),
            tax_number: format.tax_number_hint().map(String::from),
        }
    }
}

/// See how a country writes addresses
#[utoipa::path(get, path = "/api/countries/{code}/address-format", tag = "Checkout",
    params(("code" = String, Path, description = "ISO 3166-1 alpha-2.", example = "DE")),
    responses((status = 200, description = "Its fields, in order.", body = AddressFormatAnswer), Reads))]
pub async fn format(Part(code): Part) -> Answer {
    let country: Country =
        code.parse().map_err(|_| Error::not_found("unknown_country", "There is no such country."))?;
    Ok(axum::Json(AddressFormatAnswer::from(address_format(country))).into_response())
}
