//! Who lives in the simulated world: the operator, three sellers, four warehouses, thirty variants with little stock,
//! buyers in eleven places who pay in money of zero, two and three decimals.

use crate::chance::Chance;
use base::{Actor, Address, Currency, Error, Id, Language, Money, Result, Role, Weight};
use catalog::{PutProduct, PutVariant, Variant};
use offers::{ImportOptions, Offer, PutOffer, RateRow};
use parties::{NewOrganisation, Organisation, OrganisationKind, Person, Register, Shop};
use stock::{Move, PutWarehouse, Warehouse};
use store::Tx;
use terms::{Agreement, Mode, NewAgreement};

/// Somebody who sells.
#[derive(Clone, Debug)]
pub(crate) struct Seller {
    pub(crate) organisation: Id<Organisation>,
    pub(crate) staff: Actor,
    agreement: Id<Agreement>,
    warehouse: Id<Warehouse>,
    currency: Currency,
}

/// Something on sale.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Thing {
    pub(crate) offer: Id<Offer>,
    pub(crate) variant: Id<Variant>,
    pub(crate) warehouse: Id<Warehouse>,
    pub(crate) price: Money,
}

/// Somebody who buys; without an account when the actor is a guest.
#[derive(Clone, Debug)]
pub(crate) struct Buyer {
    pub(crate) actor: Actor,
    pub(crate) address: Address,
    pub(crate) currency: Currency,
    /// Where they come from, as unpaid holds are counted.
    pub(crate) network: String,
}

/// Everybody and everything.
#[derive(Clone, Debug)]
pub(crate) struct Population {
    /// The operator first.
    pub(crate) sellers: Vec<Seller>,
    pub(crate) things: Vec<Thing>,
    /// The first thing of every product, sold by its owner from its own warehouse.
    firsts: Vec<Thing>,
    pub(crate) buyers: Vec<Buyer>,
    /// The operator's administrator.
    pub(crate) operator: Actor,
}

impl Population {
    /// Products that have a file.
    pub(crate) fn goods(&self) -> usize {
        GOODS.len()
    }

    /// The file in which the owner of a product has a new price for all of it, how it is to be read, and the first thing that
    /// it is about. `minor` is in the owner's currency. Errors: internal, when nothing of it is on sale.
    pub(crate) fn file_of(&self, product: usize, minor: i64) -> Result<(String, ImportOptions, Thing)> {
        let (name, ..) = GOODS[product % GOODS.len()];
        let owner = &self.sellers[product % GOODS.len() % self.sellers.len()];
        let thing = self.firsts.get(product % GOODS.len()).copied();
        let thing = thing.ok_or_else(|| Error::internal(format!("no {name} is on sale")))?;
        let price = match owner.currency.exponent() {
            0 => minor.to_string(),
            _ => format!("{}.{:02}", minor / 100, minor % 100),
        };
        let mut file =
            "Handle,Title,Status,Published,Option1 Name,Option1 Value,Variant SKU,Variant Price\n".to_owned();
        for size in SIZES {
            let upper = name.to_uppercase();
            file.push_str(&format!("{name},A {name},active,true,Size,{size},{upper}-{size},{price}\n"));
        }
        let options = ImportOptions {
            actor: Actor::System,
            organisation: owner.organisation,
            agreement: Some(owner.agreement),
            warehouse: owner.warehouse,
            currency: owner.currency,
            decimal: None,
            new_status: catalog::Status::Active,
            uncounted: None,
            encoding: None,
            columns: catalog::import::Mapping::default(),
            dry_run: false,
        };
        Ok((file, options, thing))
    }
}

const SIZES: [&str; 3] = ["S", "M", "L"];

/// Name, country, city, currency, commission, its tax, fixed fee, days to pay out, days to accept.
type Terms = (&'static str, &'static str, &'static str, &'static str, i64, i64, i64, i64, i64);

const SELLERS: [Terms; 4] = [
    ("House", "PL", "Łódź", "EUR", 0, 0, 0, 0, 7),
    ("Loom", "CN", "Shenzhen", "EUR", 1200, 1900, 30, 7, 7),
    ("Forge", "US", "Newark", "USD", 850, 0, 0, 14, 3),
    ("Kiln", "JP", "Osaka", "JPY", 1500, 1000, 45, 0, 10),
];

/// Handle, tariff code, grams, price in hundredths of a euro or its like.
const GOODS: [(&str, &str, i64, i64); 10] = [
    ("shirt", "610910", 200, 1_500),
    ("sneaker", "640411", 800, 4_200),
    ("mug", "691200", 400, 1_234),
    ("lamp", "940520", 900, 4_000),
    ("bag", "420292", 600, 3_150),
    ("puzzle", "950300", 500, 1_999),
    ("headphones", "851830", 300, 7_999),
    ("pan", "732393", 1_100, 2_650),
    ("ring", "711719", 40, 2_001),
    ("bowl", "392410", 250, 799),
];

/// Currency, country, street, city, region, postcode, phone, tax number.
const PLACES: [[&str; 8]; 11] = [
    ["EUR", "DE", "Ackerstraße 24", "Berlin", "", "10115", "+49 30 23125 014", ""],
    ["EUR", "FR", "27 rue Oberkampf", "Paris", "", "75011", "+33 1 99 00 12 34", ""],
    ["USD", "US", "412 Alder Street", "Portland", "OR", "97205", "+1 503 555 0114", ""],
    ["GBP", "GB", "23 Navarino Road", "London", "", "E8 1AD", "+44 20 7946 0118", ""],
    ["JPY", "JP", "2-14-7 Daizawa", "Setagaya-ku", "13", "155-0032", "+81 3 5555 0148", ""],
    [
        "BRL",
        "BR",
        "Rua das Laranjeiras 230",
        "Rio de Janeiro",
        "RJ",
        "22240-003",
        "+55 21 95555 0129",
        "104.773.928-30",
    ],
    ["SAR", "SA", "King Fahd Road 3921", "Riyadh", "", "12211", "+966 11 555 0174", ""],
    ["CNY", "CN", "愚园路 716 弄 8 号", "上海市", "SH", "200050", "+86 21 5555 0185", "310105198807263116"],
    ["KRW", "KR", "27 Yeonnam-ro 3-gil", "Mapo-gu", "11", "03981", "+82 2 5555 0137", "P480216593071"],
    ["KWD", "DE", "Venloer Straße 310", "Köln", "", "50823", "+49 221 4710 442", ""],
    ["PLN", "PL", "ul. Nadwiślańska 11", "Kraków", "", "30-527", "+48 12 555 01 63", ""],
];

/// Settles everybody in an empty installation. Errors: `not_empty` (conflict) when there is an operator already.
pub(crate) fn settle(tx: &mut Tx, chance: &mut Chance) -> Result<Population> {
    if parties::platform(tx)?.is_some() {
        return Err(Error::conflict("not_empty", "A simulation needs an empty database: this one has an operator."));
    }
    let dinar = RateRow {
        base: Currency::EUR,
        quote: "KWD".parse()?,
        date: tx.now().date(),
        rate: "0.3571".parse()?,
        source: "made up for the simulation".into(),
    };
    offers::put_rates(tx, &[dinar])?;
    let sellers = SELLERS.iter().map(|terms| seller(tx, terms)).collect::<Result<Vec<_>>>()?;
    // Buyers live in countries of which typical rates alone are known.
    let shop = parties::shop(tx)?.ok_or_else(|| Error::internal("the simulated world has no operator"))?;
    parties::set_shop(tx, &Shop { typical_rates: true, ..shop })?;
    let (mut things, mut firsts) = (Vec::new(), Vec::new());
    for (index, goods) in GOODS.iter().enumerate() {
        let made = product(tx, chance, &sellers, &sellers[index % sellers.len()], goods)?;
        firsts.extend(made.first().copied());
        things.extend(made);
    }
    let operator = staff(&sellers[0], Role::Admin);
    Ok(Population { operator, sellers, things, firsts, buyers: buyers(tx)? })
}

fn staff(seller: &Seller, role: Role) -> Actor {
    Actor::Person { person: 1, organisation: seller.organisation.raw(), role }
}

fn seller(tx: &mut Tx, terms: &Terms) -> Result<Seller> {
    let (name, country, city, currency, commission_bp, commission_tax_bp, fixed, payout_days, acceptance_days) = *terms;
    let currency: Currency = currency.parse()?;
    let house = name == "House";
    let kind = if house { OrganisationKind::Platform } else { OrganisationKind::Seller };
    let new =
        NewOrganisation { name: name.into(), kind, country: country.parse()?, currency, language: Language::english() };
    let organisation = parties::create_organisation(tx, &new)?;
    let mode = if house { Mode::SelfOperated } else { Mode::Marketplace };
    let agreement = NewAgreement {
        commission_bp,
        commission_tax_bp,
        commission_tax_jurisdiction: if commission_tax_bp > 0 { "PL".into() } else { String::new() },
        fixed_fee_minor: fixed,
        payout_days,
        acceptance_days,
        ..NewAgreement::of(organisation, mode, currency)
    };
    let agreement = terms::agree(tx, &agreement)?;
    let address = Address {
        country: country.into(),
        name: format!("{name} dock"),
        street: "1 Quay".into(),
        city: city.into(),
        ..Address::default()
    };
    let put =
        PutWarehouse { code: format!("{country}-1"), name: city.into(), organisation: organisation.raw(), address };
    let warehouse = stock::put_warehouse(tx, &put)?;
    let role = if house { Role::Operations } else { Role::SellerStaff };
    let staff = Actor::Person { person: 1, organisation: organisation.raw(), role };
    Ok(Seller { organisation, staff, agreement, warehouse, currency })
}

/// Three variants, each on sale from the seller's own warehouse; some of a seller's also from the operator's, where the
/// operator sells the very same pieces: two offers on one stock row.
fn product(
    tx: &mut Tx,
    chance: &mut Chance,
    sellers: &[Seller],
    owner: &Seller,
    goods: &(&str, &str, i64, i64),
) -> Result<Vec<Thing>> {
    let (name, hs, grams, price) = *goods;
    let variant = |size: &str| -> Result<PutVariant> {
        Ok(PutVariant {
            sku: Some(format!("{}-{size}", name.to_uppercase())),
            options: [size.into(), String::new(), String::new()],
            weight: Some(Weight::grams(grams)),
            hs: Some(hs.parse()?),
            origin: Some("CN".parse()?),
            customs_description: Some(format!("{name}, new")),
            ..PutVariant::default()
        })
    };
    let put = PutProduct {
        organisation: owner.organisation.raw(),
        handle: name.into(),
        title: Some(format!("A {name}")),
        status: Some(catalog::Status::Active),
        options: vec!["Size".into()],
        variants: SIZES.into_iter().map(variant).collect::<Result<_>>()?,
        ..PutProduct::default()
    };
    let variants = catalog::put_product(tx, &put)?.variants;
    let mut things = Vec::new();
    for (index, variant) in variants.into_iter().enumerate() {
        let minor = price + 50 * index as i64;
        things.push(thing(tx, chance, owner, owner.warehouse, variant, minor)?);
        let house = &sellers[0];
        if index == 0 && owner.organisation != house.organisation {
            things.push(thing(tx, chance, owner, house.warehouse, variant, minor + 100)?);
            things.push(thing(tx, chance, house, house.warehouse, variant, minor + 150)?);
        }
    }
    Ok(things)
}

fn thing(
    tx: &mut Tx,
    chance: &mut Chance,
    seller: &Seller,
    warehouse: Id<Warehouse>,
    variant: Id<Variant>,
    price: i64,
) -> Result<Thing> {
    let price = Money::new(price, seller.currency);
    let (organisation, agreement) = (seller.organisation, seller.agreement);
    let put = PutOffer { variant, organisation, agreement, warehouse, price, compare_at: None };
    let (offer, _) = offers::put_offer(tx, &put)?;
    let (quantity, key) = (chance.between(5, 60), format!("first:{offer}"));
    stock::receive(tx, &Move { warehouse, variant, quantity, key, reason: "first".into() })?;
    Ok(Thing { offer, variant, warehouse, price })
}

/// Every place with a guest and with two accounts.
fn buyers(tx: &mut Tx) -> Result<Vec<Buyer>> {
    let mut buyers = Vec::new();
    for (index, place) in PLACES.iter().enumerate() {
        let [currency, country, street, city, region, postcode, phone, tax_number] = place.map(str::to_owned);
        let currency: Currency = currency.parse()?;
        for account in 0..3 {
            let email = format!("buyer{index}.{account}@example.com");
            let register = Register {
                email: email.clone(),
                password_hash: "$argon2id$none".into(),
                name: "Kim Doe".into(),
                language: Language::english(),
                country: country.parse()?,
            };
            let actor = match account {
                0 => Actor::Guest,
                _ => person(parties::register(tx, &register)?),
            };
            let address = Address {
                country: country.clone(),
                name: "Kim Doe".into(),
                street: street.clone(),
                city: city.clone(),
                region: region.clone(),
                postcode: postcode.clone(),
                phone: phone.clone(),
                email,
                tax_number: tax_number.clone(),
                ..Address::default()
            };
            let address = parties::address_format::validate(&address)?;
            let network = format!("10.0.0.{}", buyers.len());
            buyers.push(Buyer { actor, address, currency, network });
        }
    }
    Ok(buyers)
}

fn person(id: Id<Person>) -> Actor {
    Actor::Person { person: id.raw(), organisation: 0, role: Role::Buyer }
}
