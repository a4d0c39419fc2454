//! Who lives in the demo world: the operator and its staff, four sellers, their warehouses and terms, forty-odd buyers.

use crate::table::{Row, Table};
use base::{Actor, Address, Error, Id, Result, Role};
use onboarding::{Added, NewSeller, NewWarehouse, PutBankAccount, PutProfile, TaxNumber, TermsWish};
use parties::{Claim, Invitation, Invite, Organisation, Person, Register};
use std::collections::HashMap;
use store::{Store, Tx};
use terms::{Agreement, Mode};

/// The password of everybody in the demo world.
pub const PASSWORD: &str = "entrepot-demo";

/// The operator's further staff: e-mail, name, role.
const STAFF: [(&str, &str, Role); 3] = [
    ("operations@example.com", "Ilse Brandt", Role::Operations),
    ("finance@example.com", "Léa Fournier", Role::Finance),
    ("service@example.com", "Amina Haddad", Role::Service),
];

/// Who answers for the demo shop.
const IMPRINT: &str = "Entrepot Demonstration\nul. Piotrkowska 80\n90-102 Łódź\nPoland";

/// An organisation with what its trade needs.
#[derive(Clone, Debug)]
pub struct Trader {
    /// As shown.
    pub name: String,
    /// Its id.
    pub organisation: Id<Organisation>,
    /// Its terms.
    pub agreement: Id<Agreement>,
    /// What it prices in.
    pub currency: base::Currency,
}

/// Somebody who buys.
#[derive(Clone, Debug)]
pub struct Buyer {
    /// The account.
    pub person: Id<Person>,
    /// Where it goes.
    pub address: Address,
    /// What they pay in.
    pub currency: base::Currency,
    /// What they read.
    pub language: base::Language,
}

/// Somebody who was offered a role and has not answered yet.
pub struct Invited {
    organisation: Id<Organisation>,
    person: Id<Person>,
    invitation: Id<Invitation>,
    role: Role,
}

/// Everybody.
pub struct People {
    /// The operator's owner.
    pub owner: Id<Person>,
    /// The operator first.
    pub traders: Vec<Trader>,
    /// Those who buy.
    pub buyers: Vec<Buyer>,
    /// Those who are to say yes.
    pub invited: Vec<Invited>,
}

/// Settles everybody in an installation without an operator. `hash` is of [`PASSWORD`].
pub fn settle(tx: &mut Tx, hash: &str) -> Result<People> {
    let sellers = Table::read(include_str!("../tables/sellers.csv"))?;
    let mut rows = sellers.rows();
    let first = rows.next().ok_or_else(|| Error::internal("sellers.csv is empty"))?;
    let (owner, operator, mut invited) = operator(tx, first, hash)?;
    let mut traders = vec![operator];
    for row in rows {
        let (trader, owner) = seller(tx, row, hash)?;
        traders.push(trader);
        invited.push(owner);
    }
    warehouses(tx, &traders)?;
    Ok(People { owner, traders, buyers: buyers(tx, hash)?, invited })
}

/// Offers a role to one of the demonstration's people.
fn invite(tx: &mut Tx, person: Id<Person>, email: &str, organisation: Id<Organisation>, role: Role) -> Result<Invited> {
    let new = Invite { organisation, email: email.to_owned(), role };
    Ok(Invited { organisation, person, invitation: parties::invite(tx, &new)?.id, role })
}

/// Everybody who was invited says yes, each for themselves: nobody acts for an organisation without their word.
pub async fn accept(store: &Store, invited: &[Invited]) -> Result<()> {
    for Invited { person, invitation, role, .. } in invited {
        let actor = Actor::Person { person: person.raw(), organisation: 0, role: Role::Buyer };
        let (invitation, role) = (*invitation, *role);
        store.write_as(actor, move |tx| parties::accept_invitation(tx, invitation, role).map(drop)).await?;
    }
    Ok(())
}

/// What a seller says of itself once its owner is in: who, legal name, tax number, and where it is paid.
struct Books {
    name: &'static str,
    legal_name: &'static str,
    tax: Option<(&'static str, &'static str)>,
    bank: (&'static str, &'static str, &'static str),
}

/// Account numbers are those that the registry of IBANs has as examples, and made-up ones.
const BOOKS: [Books; 4] = [
    Books {
        name: "Lantau Power",
        legal_name: "Lantau Power (Shenzhen) Co., Ltd.",
        tax: None,
        bank: ("CN", "6225 0000 0000 1180", "BKCHCNBJ"),
    },
    Books {
        name: "Casa Ramalho",
        legal_name: "Casa Ramalho, Lda.",
        tax: Some(("PT", "999999990")),
        bank: ("PT", "PT50 0002 0123 1234 5678 9015 4", ""),
    },
    Books {
        name: "Saigon Carry",
        legal_name: "Saigon Carry JSC",
        tax: None,
        bank: ("VN", "0071 0000 1234", "BFTVVNVX"),
    },
    Books {
        name: "Menderes Loom",
        legal_name: "Menderes Dokuma A.Ş.",
        tax: None,
        bank: ("TR", "TR33 0006 1005 1978 6457 8413 26", ""),
    },
];

/// Every seller's owner says who the seller is and where it is paid.
pub async fn introduce_sellers(store: &Store, people: &People) -> Result<()> {
    for books in &BOOKS {
        let of = people.traders.iter().find(|trader| trader.name == books.name).map(|trader| trader.organisation);
        let of = of.ok_or_else(|| Error::internal(format!("nobody is called {}", books.name)))?;
        let owner = people.invited.iter().find(|invited| invited.organisation == of).map(|invited| invited.person);
        let person = owner.ok_or_else(|| Error::internal(format!("{} has no owner", books.name)))?.raw();
        let actor = Actor::Person { person, organisation: of.raw(), role: Role::SellerOwner };
        store.write_as(actor, move |tx| say(tx, of, books)).await?;
    }
    Ok(())
}

fn say(tx: &mut Tx, of: Id<Organisation>, books: &Books) -> Result<()> {
    let seat = onboarding::return_address(tx, of)?;
    let profile = PutProfile {
        name: books.name.into(),
        legal_name: books.legal_name.into(),
        register: String::new(),
        address: seat.ok_or_else(|| Error::internal(format!("{} has no warehouse", books.name)))?,
        tax_numbers: match books.tax {
            Some((country, number)) => vec![TaxNumber { country: country.parse()?, number: number.into() }],
            None => Vec::new(),
        },
    };
    onboarding::put_profile(tx, of, &profile)?;
    let (country, number, bank_code) = books.bank;
    let account = PutBankAccount {
        holder: books.legal_name.into(),
        country: country.parse()?,
        number: number.into(),
        bank_code: bank_code.into(),
    };
    onboarding::put_bank_account(tx, of, &account).map(drop)
}

fn operator(tx: &mut Tx, row: Row, hash: &str) -> Result<(Id<Person>, Trader, Vec<Invited>)> {
    let token = parties::claim_token(tx)?.ok_or_else(|| {
        Error::conflict("not_empty", "This installation has an operator already: the demo world needs an empty one.")
    })?;
    let claimed = onboarding::found(
        tx,
        &Claim {
            token,
            name: row.text("name").into(),
            country: row.parse("country")?,
            currency: row.parse("currency")?,
            language: row.parse("language")?,
            typical_rates: true,
            email: row.text("contact_email").into(),
            password_hash: hash.into(),
        },
    )?;
    let mut invited = Vec::new();
    for (email, name, role) in STAFF {
        let person = register(tx, email, name, row, hash)?;
        invited.push(invite(tx, person, email, claimed.organisation, role)?);
    }
    let agreement = terms::choose(tx, claimed.organisation, None)?;
    Ok((claimed.person, trader(row, claimed.organisation, agreement)?, invited))
}

/// The operator's owner gives their name, as people do on their first day.
pub fn introduce(tx: &mut Tx) -> Result<()> {
    let sellers = Table::read(include_str!("../tables/sellers.csv"))?;
    let row = sellers.rows().next().ok_or_else(|| Error::internal("sellers.csv is empty"))?;
    let (name, language, country) = (row.text("contact_name").into(), row.parse("language")?, row.parse("country")?);
    parties::update_person(tx, &parties::UpdatePerson { name, language, country })?;
    let known = parties::shop(tx)?.ok_or_else(|| Error::internal("the demo world has no operator"))?;
    let (email, legal) = (row.text("contact_email").to_owned(), IMPRINT.to_owned());
    let asked = orders::PRESETS.iter().filter(|preset| preset.key == "gift_message" || preset.key == "reference");
    asked.enumerate().try_for_each(|(position, preset)| {
        orders::put_field(tx, &orders::Field { position: position as i64, ..preset.field() })
    })?;
    onboarding::set_shop(tx, &parties::Shop { email, legal, ..known })
}

fn seller(tx: &mut Tx, row: Row, hash: &str) -> Result<(Trader, Invited)> {
    let email = row.text("contact_email");
    let owner = register(tx, email, row.text("contact_name"), row, hash)?;
    let new = NewSeller {
        name: row.text("name").into(),
        country: row.parse("country")?,
        currency: row.parse("currency")?,
        language: row.parse("language")?,
        // The operator sits in Poland: its commission carries Polish VAT of 23 % to sellers there only; abroad the charge is
        // reversed to the seller, so none is added.
        terms: TermsWish {
            commission_bp: Some(row.number("commission_percent")? * 100),
            payout_days: Some(row.number("payout_days")?),
            ..TermsWish::usual(Mode::Marketplace)
        },
        email: email.to_owned(),
    };
    let Added { organisation, agreement, owner: invited } = onboarding::add_seller(tx, &new, false)?;
    let invited = Invited { organisation, person: owner, invitation: invited.offer.id, role: Role::SellerOwner };
    Ok((trader(row, organisation, agreement)?, invited))
}

fn trader(row: Row, organisation: Id<Organisation>, agreement: Id<Agreement>) -> Result<Trader> {
    Ok(Trader { name: row.text("name").into(), organisation, agreement, currency: row.parse("currency")? })
}

fn register(tx: &mut Tx, email: &str, name: &str, row: Row, hash: &str) -> Result<Id<Person>> {
    parties::register(
        tx,
        &Register {
            email: email.into(),
            password_hash: hash.into(),
            name: name.into(),
            language: row.parse("language")?,
            country: row.parse("country")?,
        },
    )
}

fn warehouses(tx: &mut Tx, traders: &[Trader]) -> Result<()> {
    let owners: HashMap<&str, Id<Organisation>> =
        traders.iter().map(|one| (one.name.as_str(), one.organisation)).collect();
    let table = Table::read(include_str!("../tables/warehouses.csv"))?;
    for row in table.rows() {
        let owner = row.text("owner");
        let organisation =
            *owners.get(owner).ok_or_else(|| Error::internal(format!("warehouses.csv: nobody is called {owner}")))?;
        let address = address(row, row.text("contact_name"));
        let (code, name) = (row.text("code").to_owned(), row.text("name").to_owned());
        onboarding::add_warehouse(tx, &NewWarehouse { organisation, code, name, address })?;
    }
    Ok(())
}

fn buyers(tx: &mut Tx, hash: &str) -> Result<Vec<Buyer>> {
    let table = Table::read(include_str!("../tables/people.csv"))?;
    let mut buyers = Vec::new();
    for row in table.rows() {
        let person = register(tx, row.text("email"), row.text("name"), row, hash)?;
        let mut address = address(row, row.text("name"));
        address.email = row.text("email").into();
        let address = parties::address_format::validate(&address)?;
        buyers.push(Buyer { person, address, currency: row.parse("currency")?, language: row.parse("language")? });
    }
    Ok(buyers)
}

fn address(row: Row, name: &str) -> Address {
    let text = |column: &str| row.text(column).to_owned();
    Address {
        country: text("country"),
        name: name.to_owned(),
        organisation: text("organisation"),
        street: text("street"),
        street2: text("street2"),
        city: text("city"),
        district: text("district"),
        region: text("region"),
        postcode: text("postcode"),
        phone: text("phone"),
        email: String::new(),
        tax_number: text("tax_number"),
    }
}
