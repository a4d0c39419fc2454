//! Amounts that go in.

use serde_json::Value;

/// Largest amount that goes in, in minor units: more than any consignment is worth; keeps sums far from overflow.
pub(super) const MOST_MINOR: i64 = 1_000_000_000_000;
/// Schemas of amounts that go in: from nought, and from one.
pub(super) const AMOUNTS: [(&str, i64); 2] = [("Amount", 0), ("PositiveAmount", 1)];

/// Amounts that go in are not below nought: they refer to schemas of their own.
pub(super) fn bounded_amounts(owner: &str, schema: &mut Value) {
    let positive = matches!(owner, "RefundBody" | "RemitBody");
    match schema {
        Value::Object(fields) => {
            if fields.get("$ref").is_some_and(|place| place == "#/components/schemas/MoneyView") {
                let own = if positive { "PositiveAmount" } else { "Amount" };
                fields.insert("$ref".into(), format!("#/components/schemas/{own}").into());
            }
            fields.values_mut().for_each(|inner| bounded_amounts(owner, inner));
        }
        Value::Array(all) => all.iter_mut().for_each(|inner| bounded_amounts(owner, inner)),
        _ => {}
    }
}
