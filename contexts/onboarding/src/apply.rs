//! Applications: somebody wants to sell here, says who they are and what they have, and hears by mail. What is answered is the same
//! for every address, known or not.

use crate::event::Applied;
use crate::profile::{text, words};
use base::{Country, Currency, Error, Id, Language, Moment, Permission, Result, Tag};
use notify::{Kind, Tell};
use parties::Organisation;
use serde_json::json;
use store::{Read, Row, Tx, params};

/// Applications from one network in an hour, and from one address in a day.
const OF_NETWORK: i64 = 10;
const OF_ADDRESS: i64 = 5;
const HOUR_SECONDS: i64 = 3_600;
const DAY_SECONDS: i64 = 24 * HOUR_SECONDS;
/// Applications of one address that wait at a time.
const WAITING: i64 = 3;
/// Days after which an application is forgotten, decided or not.
const KEPT_DAYS: i64 = 400;

/// How far an application is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ApplicationState {
    /// Waits for the operator.
    Open,
    /// A seller came of it.
    Accepted,
    /// The operator said no, and why.
    Declined,
}

impl ApplicationState {
    /// Every one.
    pub const ALL: [ApplicationState; 3] =
        [ApplicationState::Open, ApplicationState::Accepted, ApplicationState::Declined];

    /// Stable name, as stored.
    pub fn name(self) -> &'static str {
        match self {
            ApplicationState::Open => "open",
            ApplicationState::Accepted => "accepted",
            ApplicationState::Declined => "declined",
        }
    }

    /// The state with this stored name.
    pub fn named(name: &str) -> Option<ApplicationState> {
        ApplicationState::ALL.into_iter().find(|state| state.name() == name)
    }
}

/// Somebody who wants to sell here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Application {
    /// Its id.
    pub id: Id<Application>,
    /// What the shop is to be called.
    pub name: String,
    /// As it stands in the register.
    pub legal_name: String,
    /// Where the answer goes; nobody has proved it yet.
    pub email: String,
    /// May be empty.
    pub phone: String,
    /// Where it is established.
    pub country: Country,
    /// What it keeps its books in.
    pub currency: Currency,
    /// What its people read.
    pub language: Language,
    /// May be empty.
    pub website: String,
    /// What it has to sell, in its own words.
    pub goods: String,
    /// How far it is.
    pub state: ApplicationState,
    /// Why it was declined, as the applicant was told.
    pub reason: String,
    /// The seller that came of it.
    pub organisation: Option<Id<Organisation>>,
    /// When it came.
    pub created_at: Moment,
    /// When it was decided.
    pub decided_at: Option<Moment>,
}

impl Tag for Application {
    const PREFIX: &'static str = "apl";
}

/// What an applicant says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Apply {
    /// What the shop is to be called.
    pub name: String,
    /// As it stands in the register.
    pub legal_name: String,
    /// Where the answer goes.
    pub email: String,
    /// May be empty.
    pub phone: String,
    /// Where it is established.
    pub country: Country,
    /// What it keeps its books in.
    pub currency: Currency,
    /// What its people read.
    pub language: Language,
    /// May be empty.
    pub website: String,
    /// What it has to sell.
    pub goods: String,
}

/// Hands an application in, and sends its receipt (`mail`: there is a mail server). What is answered tells nothing about the address:
/// one of which several applications wait already has nothing more written down. `network` is where the caller is, as
/// callers are counted. Emits `onboarding.applied`.
/// Errors: `not_claimed`, `applications_closed` (conflicts); fields; `too_many_attempts` for a network.
pub fn apply(tx: &mut Tx, new: &Apply, network: &str, mail: bool) -> Result<()> {
    let shop = parties::shop(tx)?.ok_or_else(|| Error::conflict("not_claimed", "Claim the installation first."))?;
    if !shop.applications {
        return Err(Error::conflict("applications_closed", "This shop takes no applications at present."));
    }
    let email = parties::normal_email(&new.email)?;
    let checked = check(new)?;
    parties::attempt(tx, &format!("apply:{network}"), OF_NETWORK, HOUR_SECONDS)?;
    // Strangers cannot fill a mailbox, nor find out what is written down about it.
    if parties::attempt(tx, &format!("apply:{email}"), OF_ADDRESS, DAY_SECONDS).is_err() {
        return Ok(());
    }
    let (id, now) = (tx.id::<Application>(), tx.now());
    let [name, legal_name, phone, website, goods] = checked;
    let (country, currency, language) = (new.country, new.currency, &new.language);
    let row = params![id, name, legal_name, email, phone, country, currency, language, website, goods, now, WAITING];
    if tx.run(INSERT, row)? == 0 {
        return Ok(());
    }
    tx.emit(id, &Applied { name: name.into(), country })?;
    let facts = json!({ "name": name }).to_string();
    let (kind, subject) = (Kind::Applied, id.raw());
    notify::tell(tx, &Tell { kind, subject, recipient: &email, language: language.tag(), facts: &facts, send: mail })
}

/// Name, legal name, phone, website and goods, tidied. Errors: every field that is wrong.
fn check(new: &Apply) -> Result<[&str; 5]> {
    let checks = [
        words("name", &new.name, 80),
        words("legal_name", &new.legal_name, 200),
        phone(&new.phone),
        website(&new.website),
        words("goods", &new.goods, 2_000),
    ];
    let fields: Vec<base::Field> =
        checks.iter().filter_map(|check| check.as_ref().err()).flat_map(|error| error.fields.clone()).collect();
    if !fields.is_empty() {
        return Err(Error { fields, ..Error::invalid("invalid", "Some fields need another look.") });
    }
    let [Ok(name), Ok(legal_name), Ok(phone), Ok(website), Ok(goods)] = checks else {
        return Err(Error::internal("a wrong field that names none"));
    };
    Ok([name, legal_name, phone, website, goods])
}

fn phone(value: &str) -> Result<&str> {
    let value = text("phone", value, 40)?;
    let wrong = value.chars().any(|letter| !(letter.is_ascii_digit() || "+-() ./".contains(letter)));
    let say = "Write a telephone number such as +49 30 1234567.";
    if wrong { Err(Error::field("phone", "phone_format", say)) } else { Ok(value) }
}

fn website(value: &str) -> Result<&str> {
    let value = text("website", value, 300)?;
    let rest = value.strip_prefix("https://").or_else(|| value.strip_prefix("http://"));
    let named = |rest: &str| rest.contains('.') && !rest.contains(char::is_whitespace);
    if value.is_empty() || rest.is_some_and(named) {
        return Ok(value);
    }
    Err(Error::field("website", "url_format", "Write an address that begins with https://, or nothing."))
}

/// One application. Errors: denied, but to the operator's people; `unknown_application`.
pub fn application(db: &mut Read, id: Id<Application>) -> Result<Application> {
    db.actor().may(Permission::ConsoleRead)?;
    let unknown = || Error::not_found("unknown_application", "There is no such application.");
    read(&db.maybe(FIND, params![id])?.ok_or_else(unknown)?)
}

/// Applications in a state, the newest first, before `before`. Errors: denied, but to the operator's people.
pub fn applications(
    db: &mut Read,
    state: ApplicationState,
    before: Option<Id<Application>>,
    limit: i64,
) -> Result<Vec<Application>> {
    db.actor().may(Permission::ConsoleRead)?;
    let rows = db.query(PAGE, params![state.name(), before.map_or(i64::MAX, Id::raw), limit])?;
    rows.iter().map(read).collect()
}

/// How many applications wait for the operator, a hundred at most. Errors: denied, but to the operator's people.
pub fn open_applications(db: &mut Read) -> Result<i64> {
    db.actor().may(Permission::ConsoleRead)?;
    db.one(COUNT, params![])?.get(0)
}

/// Forgets up to `limit` applications that are older than four hundred days. Returns how many.
pub fn sweep(tx: &mut Tx, limit: i64) -> Result<u64> {
    let before = tx.now().plus_days(-KEPT_DAYS);
    tx.run(FORGET, params![before, limit])
}

// What `read` reads, in its order.
macro_rules! select {
    ($from:literal) => {
        concat!(
            "SELECT id, name, legal_name, email, phone, country, currency, language, website, goods, state, reason,
                organisation, created_at, decided_at ",
            $from
        )
    };
}

fn read(row: &Row) -> Result<Application> {
    let state: String = row.get(10)?;
    Ok(Application {
        id: row.get(0)?,
        name: row.get(1)?,
        legal_name: row.get(2)?,
        email: row.get(3)?,
        phone: row.get(4)?,
        country: row.get(5)?,
        currency: row.get(6)?,
        language: row.get(7)?,
        website: row.get(8)?,
        goods: row.get(9)?,
        state: ApplicationState::named(&state).ok_or_else(|| Error::internal(format!("no state {state}")))?,
        reason: row.get(11)?,
        organisation: row.get(12)?,
        created_at: row.get(13)?,
        decided_at: row.get(14)?,
    })
}

const INSERT: &str =
    "INSERT INTO onboarding_application (id, name, legal_name, email, phone, country, currency, language,
    website, goods, state, reason, decided_by, created_at)
    SELECT CAST($1 AS BIGINT), CAST($2 AS TEXT), CAST($3 AS TEXT), CAST($4 AS TEXT), CAST($5 AS TEXT), CAST($6 AS TEXT),
      CAST($7 AS TEXT), CAST($8 AS TEXT), CAST($9 AS TEXT), CAST($10 AS TEXT), 'open', '', '', CAST($11 AS BIGINT)
    WHERE (SELECT COUNT(*) FROM onboarding_application WHERE email = $4 AND state = 'open') < $12";
const FIND: &str = select!("FROM onboarding_application WHERE id = $1");
const PAGE: &str = select!("FROM onboarding_application WHERE state = $1 AND id < $2 ORDER BY id DESC LIMIT $3");
const COUNT: &str = "SELECT COUNT(*) FROM (SELECT id FROM onboarding_application WHERE state = 'open' ORDER BY id LIMIT 100) AS waiting";
const FORGET: &str = "DELETE FROM onboarding_application WHERE id IN
    (SELECT id FROM onboarding_application WHERE created_at <= $1 ORDER BY created_at LIMIT $2)";
