//! Who lives in the simulated world: the operator, three sellers, two suppliers, five warehouses, thirty-six variants with little stock,
//! buyers in eleven places who pay in money of zero, two and three decimals.

use crate::chance::Chance;
use base::{Actor, Address, Currency, Error, Id, Language, Money, Result, Role, Weight};
use catalog::{PutProduct, PutVariant, Variant};
use offers::{AgreeSupply, ImportOptions, Offer, PutOffer, RateRow};
use onboarding::{NewSeller, NewWarehouse, TermsWish};
use parties::{Claim, Organisation, Person, Register};
use stock::{Move, Warehouse};
use store::Tx;
use terms::{Agreement, Mode, Paid, Party};

/// Somebody who sells.
#[derive(Clone, Debug)]
pub(crate) struct Seller {
    pub(crate) organisation: Id<Organisation>,
    pub(crate) staff: Actor,
    mode: Mode,
    agreement: Id<Agreement>,
    warehouse: Id<Warehouse>,
    /// Of its prices; of a supplier's goods the operator's.
    currency: Currency,
    /// In which it is paid.
    own_currency: Currency,
}

/// Something on sale.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Thing {
    pub(crate) offer: Id<Offer>,
    pub(crate) variant: Id<Variant>,
    pub(crate) warehouse: Id<Warehouse>,
    pub(crate) price: Money,
    /// Of what is supplied: under which terms, and at which price at first.
    pub(crate) supply: Option<(Id<Agreement>, Money)>,
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

/// Who sells, under which terms, and from where.
struct Terms {
    name: &'static str,
    mode: Mode,
    country: &'static str,
    currency: &'static str,
    /// Street, city, region, postcode, telephone.
    dock: [&'static str; 5],
    commission_bp: i64,
    commission_tax_bp: i64,
    fixed_fee_minor: i64,
    payout_days: i64,
    acceptance_days: i64,
}

const SELLERS: [Terms; 6] = [
    Terms {
        name: "House",
        mode: Mode::SelfOperated,
        country: "PL",
        currency: "EUR",
        dock: ["ul. Dostawcza 12", "Łódź", "", "93-231", "+48 42 555 01 05"],
        commission_bp: 0,
        commission_tax_bp: 0,
        fixed_fee_minor: 0,
        payout_days: 0,
        acceptance_days: 7,
    },
    Terms {
        name: "Loom",
        mode: Mode::Marketplace,
        country: "CN",
        currency: "EUR",
        dock: ["Hangcheng Avenue 175", "Shenzhen", "GD", "518126", "+86 755 5555 0121"],
        commission_bp: 1200,
        commission_tax_bp: 1900,
        fixed_fee_minor: 30,
        payout_days: 7,
        acceptance_days: 7,
    },
    Terms {
        name: "Forge",
        mode: Mode::Marketplace,
        country: "US",
        currency: "USD",
        dock: ["1 Port Street", "Newark", "NJ", "07114", "+1 973 555 0103"],
        commission_bp: 850,
        commission_tax_bp: 0,
        fixed_fee_minor: 0,
        payout_days: 14,
        acceptance_days: 3,
    },
    Terms {
        name: "Kiln",
        mode: Mode::Marketplace,
        country: "JP",
        currency: "JPY",
        dock: ["1-1 Nanko", "Osaka", "27", "559-0034", "+81 6 5555 0148"],
        commission_bp: 1500,
        commission_tax_bp: 1000,
        fixed_fee_minor: 45,
        payout_days: 0,
        acceptance_days: 10,
    },
    // It ships itself what the operator sells.
    Terms {
        name: "Mill",
        mode: Mode::Dropship,
        country: "CN",
        currency: "CNY",
        dock: ["Longhua Road 8", "Dongguan", "GD", "523000", "+86 769 5555 0130"],
        commission_bp: 0,
        commission_tax_bp: 0,
        fixed_fee_minor: 0,
        payout_days: 7,
        acceptance_days: 7,
    },
    // Its goods lie with the operator, who sells and ships them.
    Terms {
        name: "Pier",
        mode: Mode::FullyManaged,
        country: "KR",
        currency: "KRW",
        dock: ["Haean-daero 2", "Busan", "26", "48058", "+82 51 555 0160"],
        commission_bp: 0,
        commission_tax_bp: 0,
        fixed_fee_minor: 0,
        payout_days: 30,
        acceptance_days: 5,
    },
];

/// Handle, tariff code, grams, price in hundredths of a euro or its like.
const GOODS: [(&str, &str, i64, i64); 12] = [
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
    ("scarf", "611710", 120, 1_890),
    ("notebook", "482010", 350, 1_150),
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
    let mut sellers: Vec<Seller> = Vec::new();
    for terms in &SELLERS {
        let made = seller(tx, terms, sellers.first())?;
        sellers.push(made);
    }
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

fn seller(tx: &mut Tx, terms: &Terms, operator: Option<&Seller>) -> Result<Seller> {
    let house = terms.name == "House";
    let (organisation, agreement) = if house { founded(tx, terms)? } else { added(tx, terms)? };
    let [street, city, region, postcode, phone] = terms.dock.map(str::to_owned);
    let address = Address {
        country: terms.country.into(),
        name: format!("{} dock", terms.name),
        street,
        city,
        region,
        postcode,
        phone,
        ..Address::default()
    };
    let new = NewWarehouse { organisation, code: String::new(), name: String::new(), address };
    let answers = terms.mode.template();
    let warehouse = match operator.filter(|_| answers.ships == Party::Platform) {
        Some(operator) => operator.warehouse,
        None => onboarding::add_warehouse(tx, &new)?,
    };
    let role = if house { Role::Operations } else { Role::SellerStaff };
    let staff = Actor::Person { person: 1, organisation: organisation.raw(), role };
    let own_currency: Currency = terms.currency.parse()?;
    let sells_for = operator.filter(|_| answers.price_set_by == Party::Platform);
    let currency = sells_for.map_or(own_currency, |operator| operator.currency);
    Ok(Seller { organisation, staff, mode: terms.mode, agreement, warehouse, currency, own_currency })
}

fn founded(tx: &mut Tx, house: &Terms) -> Result<(Id<Organisation>, Id<Agreement>)> {
    let token = parties::claim_token(tx)?.ok_or_else(|| Error::internal("the simulated world has an operator"))?;
    let claim = Claim {
        token,
        name: house.name.into(),
        country: house.country.parse()?,
        currency: house.currency.parse()?,
        language: Language::english(),
        // Buyers live in countries of which typical rates alone are known.
        typical_rates: true,
        email: "house@example.com".into(),
        password_hash: "$argon2id$none".into(),
    };
    let house = onboarding::found(tx, &claim)?.organisation;
    orders::PRESETS.iter().try_for_each(|preset| orders::put_field(tx, &preset.field()))?;
    Ok((house, terms::choose(tx, house, None)?))
}

fn added(tx: &mut Tx, terms: &Terms) -> Result<(Id<Organisation>, Id<Agreement>)> {
    let new = NewSeller {
        name: terms.name.into(),
        country: terms.country.parse()?,
        currency: terms.currency.parse()?,
        language: Language::english(),
        terms: wish(terms),
        email: format!("{}@example.com", terms.name.to_lowercase()),
    };
    let added = onboarding::add_seller(tx, &new, false)?;
    Ok((added.organisation, added.agreement))
}

fn wish(terms: &Terms) -> TermsWish {
    TermsWish {
        commission_bp: Some(terms.commission_bp),
        commission_tax_bp: Some(terms.commission_tax_bp),
        commission_tax_jurisdiction: if terms.commission_tax_bp > 0 { "PL".into() } else { String::new() },
        fixed_fee_minor: Some(terms.fixed_fee_minor),
        payout_days: Some(terms.payout_days),
        acceptance_days: Some(terms.acceptance_days),
        ..TermsWish::usual(terms.mode)
    }
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
        if index == 0 && owner.mode == Mode::Marketplace {
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
    let supply = supplied(tx, seller, variant, price.minor)?;
    let put = PutOffer { variant, organisation, agreement, warehouse, price, compare_at: None };
    let (offer, _) = offers::put_offer(tx, &put)?;
    let (quantity, key) = (chance.between(5, 60), format!("first:{offer}"));
    stock::receive(tx, &Move { warehouse, variant, quantity, key, reason: "first".into() })?;
    Ok(Thing { offer, variant, warehouse, price, supply })
}

/// A supply price for what the operator sells at `minor`, in the supplier's own money.
fn supplied(tx: &mut Tx, seller: &Seller, variant: Id<Variant>, minor: i64) -> Result<Option<(Id<Agreement>, Money)>> {
    if seller.mode.template().paid != Paid::SupplyPrice {
        return Ok(None);
    }
    let price = Money::new(minor * 4, seller.own_currency);
    let new = AgreeSupply { agreement: seller.agreement, variant, price, valid_from: None };
    offers::agree_supply(tx, &new)?;
    Ok(Some((seller.agreement, price)))
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
