//! A shipment as Karrio wants it, and as it gives it back.

use super::call::Message;
use base::{Currency, Error, Result};
use logistics::{Booking, Content, tabled};
use serde::Deserialize;
use serde_json::{Value, json};

/// A shipment at Karrio, as far as it is needed here.
#[derive(Deserialize, Default)]
pub(super) struct Shipment {
    #[serde(default)]
    pub(super) id: Option<String>,
    #[serde(default)]
    pub(super) status: Option<String>,
    #[serde(default)]
    pub(super) reference: Option<String>,
    #[serde(default)]
    pub(super) tracking_number: Option<String>,
    #[serde(default)]
    pub(super) tracker_id: Option<String>,
    #[serde(default)]
    pub(super) carrier_name: Option<String>,
    #[serde(default)]
    pub(super) invoice_url: Option<String>,
    #[serde(default)]
    pub(super) rates: Option<Vec<Rate>>,
    #[serde(default)]
    pub(super) messages: Option<Vec<Message>>,
}

/// A price that a carrier offers.
#[derive(Deserialize)]
pub(super) struct Rate {
    #[serde(default)]
    pub(super) id: Option<String>,
    #[serde(default)]
    pub(super) service: Option<String>,
}

/// A page of shipments.
#[derive(Deserialize)]
pub(super) struct Shipments {
    #[serde(default)]
    pub(super) results: Vec<Shipment>,
}

/// A paper, in base64.
#[derive(Deserialize)]
pub(super) struct Paper {
    #[serde(default)]
    pub(super) format: Option<String>,
    #[serde(default)]
    pub(super) base64: Option<String>,
}

impl Shipment {
    /// Nothing is bought yet.
    pub(super) fn is_draft(&self) -> bool {
        self.status.as_deref() == Some("draft")
    }

    pub(super) fn is_cancelled(&self) -> bool {
        self.status.as_deref() == Some("cancelled")
    }
}

/// What Karrio is asked to prepare: no service is bought with it, only rates are asked for. The parcel gets no reference of its
/// own: carriers that are written down in Karrio by hand take it for the tracking number.
pub(super) fn draft(booking: &Booking) -> Result<Value> {
    let label = &booking.label;
    let reference = booking.id.to_string();
    let weight = decimal(label.grams, 3)?;
    let mut shipment = json!({
        "reference": reference,
        "order_id": label.reference,
        "label_type": "PDF",
        "services": [booking.carrier_code()?],
        "shipper": address(&label.from),
        "recipient": address(&label.to),
        "parcels": [{
            "weight": weight, "weight_unit": "KG", "packaging_type": "your_packaging",
            "description": label.contents.first().map(|content| short(&content.description, 250)).unwrap_or_default(),
            "items": commodities(&label.contents)?,
        }],
        "payment": { "paid_by": "sender" },
        "metadata": { "booking": reference },
    });
    if label.size.is_known() {
        let parcel = &mut shipment["parcels"][0];
        for (name, side) in
            [("length", label.size.length_mm), ("width", label.size.width_mm), ("height", label.size.height_mm)]
        {
            parcel[name] = decimal(side, 1)?;
        }
        parcel["dimension_unit"] = "CM".into();
    }
    // Unsaid, carriers are told the goods' value in the currency of the country they leave.
    if let Some(currency) = one_currency(&label.contents) {
        shipment["options"] = json!({ "currency": currency.code() });
    }
    if booking.crosses_border()? {
        shipment["customs"] = customs(booking)?;
    }
    Ok(shipment)
}

fn customs(booking: &Booking) -> Result<Value> {
    let label = &booking.label;
    let prepaid = label.prepaid && tabled(&label.service).is_some_and(|service| service.ddp);
    let (incoterm, paid_by) = if prepaid { ("DDP", "sender") } else { ("DAP", "recipient") };
    let mut customs = json!({
        "commodities": commodities(&label.contents)?,
        "content_type": "merchandise",
        "incoterm": incoterm,
        "invoice": short(&label.reference, 50),
        "invoice_date": booking.requested_at.date().to_string(),
        "commercial_invoice": true,
        "certify": true,
        "signer": short(&label.from.name, 50),
        "duty": { "paid_by": paid_by },
    });
    if let Some(currency) = one_currency(&label.contents) {
        let value = label.contents.iter().map(|content| content.value_minor).sum();
        customs["duty"]["currency"] = currency.code().into();
        customs["duty"]["declared_value"] = decimal(value, currency.exponent())?;
    }
    Ok(customs)
}

fn one_currency(contents: &[Content]) -> Option<Currency> {
    let first = contents.first()?;
    let same = contents.iter().all(|content| content.currency == first.currency);
    first.currency.parse().ok().filter(|_| same)
}

/// Karrio counts a commodity's value and weight by the piece. What does not divide is declared as one piece of so many.
fn commodities(contents: &[Content]) -> Result<Vec<Value>> {
    contents.iter().map(commodity).collect()
}

fn commodity(content: &Content) -> Result<Value> {
    let pieces = content.quantity.max(1);
    let divides = content.value_minor % pieces == 0 && content.grams % pieces == 0;
    let (quantity, described) = match divides {
        true => (pieces, content.description.clone()),
        false => (1, format!("{pieces} × {}", content.description)),
    };
    let mut commodity = json!({
        "title": short(&described, 35),
        "description": short(&described, 200),
        "quantity": quantity,
        "weight": decimal(content.grams / quantity, 3)?,
        "weight_unit": "KG",
    });
    // Inland, tariff code, origin and value may be unknown.
    if let Ok(currency) = content.currency.parse::<Currency>() {
        commodity["value_amount"] = decimal(content.value_minor / quantity, currency.exponent())?;
        commodity["value_currency"] = currency.code().into();
    }
    for (name, value) in [("hs_code", &content.hs), ("origin_country", &content.origin)] {
        if !value.is_empty() {
            commodity[name] = value.as_str().into();
        }
    }
    Ok(commodity)
}

fn address(address: &base::Address) -> Value {
    let second = [address.street2.as_str(), address.district.as_str()];
    let second = second.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
    let mut fields = json!({ "country_code": address.country, "residential": address.organisation.is_empty() });
    for (name, value) in [
        ("person_name", address.name.as_str()),
        ("company_name", &address.organisation),
        ("address_line1", &address.street),
        ("address_line2", &second),
        ("city", &address.city),
        ("state_code", &address.region),
        ("postal_code", &address.postcode),
        ("phone_number", &address.phone),
        ("email", &address.email),
        ("federal_tax_id", &address.tax_number),
    ] {
        if !value.is_empty() {
            fields[name] = value.into();
        }
    }
    fields
}

fn short(text: &str, most: usize) -> String {
    text.chars().take(most).collect()
}

/// A whole number of the smallest units as a decimal: 1250 with two places is 12.50.
fn decimal(minor: i64, places: u32) -> Result<Value> {
    let scale = 10_i64.pow(places);
    let text = match places {
        0 => minor.to_string(),
        places => {
            let sign = if minor < 0 { "-" } else { "" };
            let (units, rest) = ((minor / scale).abs(), (minor % scale).abs());
            format!("{sign}{units}.{rest:0width$}", width = places as usize)
        }
    };
    serde_json::from_str(&text).map_err(Error::internal)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content(quantity: i64, value_minor: i64, grams: i64) -> Content {
        Content {
            description: "Stoneware mug, glazed".into(),
            hs: "691200".into(),
            origin: "CN".into(),
            quantity,
            value_minor,
            currency: "EUR".into(),
            grams,
        }
    }

    #[test]
    fn values_and_weights_are_told_by_the_piece_or_not_divided() {
        let two = commodity(&content(2, 3642, 1240)).unwrap();
        assert_eq!((&two["quantity"], two["value_amount"].to_string()), (&2.into(), "18.21".into()));
        assert_eq!((two["weight"].to_string(), &two["hs_code"]), ("0.62".into(), &"691200".into()));
        let three = commodity(&content(3, 1000, 900)).unwrap();
        assert_eq!((&three["quantity"], three["value_amount"].to_string()), (&1.into(), "10.0".into()));
        assert_eq!(three["description"], "3 × Stoneware mug, glazed");
    }

    #[test]
    fn decimals_are_exact() {
        for (minor, places, text) in [(1250, 2, "12.5"), (5, 3, "0.005"), (500, 0, "500"), (-75, 2, "-0.75")] {
            assert_eq!(decimal(minor, places).unwrap().to_string(), text);
        }
    }
}
