//! Prints a label: `cargo run -p logistics --example label > label.svg`.
#![allow(clippy::unwrap_used, reason = "an example has nobody to answer to")]

use base::Address;
use logistics::{Content, CustomsForm, LabelView, ServiceKind, label_svg};

fn main() {
    let content = |description: &str, hs: &str, origin: &str, quantity, value_minor, grams| Content {
        description: description.into(),
        hs: hs.into(),
        origin: origin.into(),
        quantity,
        value_minor,
        currency: "EUR".into(),
        grams,
    };
    let view = LabelView {
        tracking: "CA618033990CN".into(),
        reference: "EN-7Q4K-2219".into(),
        service: "Dedicated line from China".into(),
        kind: ServiceKind::Line,
        from: Address {
            country: "CN".into(),
            name: "Kiln No. 9".into(),
            street: "12 Zhushan Road, Zhushan District".into(),
            city: "Jingdezhen".into(),
            region: "Jiangxi".into(),
            postcode: "333000".into(),
            ..Address::default()
        },
        to: Address {
            country: "DE".into(),
            name: "Anna Köhler".into(),
            organisation: "Studio Köhler".into(),
            street: "Invalidenstraße 117".into(),
            street2: "3. OG links".into(),
            city: "Berlin".into(),
            postcode: "10115".into(),
            phone: "+49 30 1234567".into(),
            ..Address::default()
        },
        countries: ("China".into(), "Germany".into()),
        grams: 1940,
        form: CustomsForm::Cn22,
        contents: vec![
            content("Mugs of stoneware, glazed, 350 ml", "691200", "CN", 2, 3642, 1240),
            content("Green tea in tins", "090210", "CN", 3, 2700, 450),
        ],
        date: "2026-11-20".parse().unwrap(),
    };
    println!("{}", label_svg(&view).unwrap());
}
