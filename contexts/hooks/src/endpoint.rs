//! Endpoints: where an organisation wants to be told, of what, and with which secret.

use crate::kind::KINDS;
use crate::sign;
use base::{Actor, Error, Id, Moment, Permission, Result, Tag};
use parties::{Organisation, OrganisationKind};
use store::{Read, Row, Tx, params};

/// Hours for which the secret before a rotation still signs.
pub const OVERLAP_HOURS: i64 = 24;

/// Endpoints that an organisation can have.
const MOST: usize = 10;

/// Where somebody wants to be told. Its secret stays here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    /// Its id.
    pub id: Id<Endpoint>,
    /// Whose it is.
    pub organisation: Id<Organisation>,
    /// Where messages go.
    pub url: String,
    /// Names of the events it asked for; all when empty.
    pub kinds: Vec<String>,
    /// Whether messages are sent.
    pub standing: Standing,
    /// Since when every attempt has failed, if so.
    pub failing_since: Option<Moment>,
    /// Until when the secret before the last rotation signs too.
    pub old_until: Option<Moment>,
    /// When it was made.
    pub created_at: Moment,
}

impl Tag for Endpoint {
    const PREFIX: &'static str = "whe";
}

/// Whether messages are sent, and why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// They are.
    Active,
    /// Its owner paused it.
    Paused,
    /// It said 410 Gone.
    Gone,
    /// It failed for days.
    Failing,
}

impl Standing {
    /// As stored.
    pub fn name(self) -> &'static str {
        match self {
            Standing::Active => "active",
            Standing::Paused => "paused",
            Standing::Gone => "gone",
            Standing::Failing => "failing",
        }
    }

    fn named(name: &str) -> Result<Standing> {
        [Standing::Active, Standing::Paused, Standing::Gone, Standing::Failing]
            .into_iter()
            .find(|one| one.name() == name)
            .ok_or_else(|| Error::internal(format!("no standing {name}")))
    }
}

/// An endpoint to make. The edge has checked that its address is a public one.
#[derive(Clone, Debug)]
pub struct NewEndpoint {
    /// Whose.
    pub organisation: Id<Organisation>,
    /// Where messages go.
    pub url: String,
    /// Names of events; all when empty.
    pub kinds: Vec<String>,
}

/// What to change of an endpoint; what is none stays.
#[derive(Clone, Debug, Default)]
pub struct Change {
    /// Where messages go; checked by the edge.
    pub url: Option<String>,
    /// Names of events; all when empty.
    pub kinds: Option<Vec<String>>,
    /// Send again, or pause.
    pub active: Option<bool>,
}

/// The owners of an organisation decide about its endpoints.
fn may(actor: Actor, organisation: Id<Organisation>) -> Result<()> {
    match actor {
        Actor::System => Ok(()),
        Actor::Person { organisation: own, .. } if own == organisation.raw() => actor.may(Permission::DeveloperWrite),
        _ => Err(Error::denied("denied", "Your role does not allow this.")),
    }
}

/// Makes an endpoint and gives its secret, which is not shown again.
/// Errors: denied; `unknown_event` in `events`; `too_many_endpoints` (conflict).
pub fn create(tx: &mut Tx, new: &NewEndpoint) -> Result<(Id<Endpoint>, String)> {
    may(tx.actor(), new.organisation)?;
    let wide = parties::organisation(tx, new.organisation)?.kind == OrganisationKind::Platform;
    let kinds = checked(&new.kinds, wide)?;
    if tx.query(LIST, params![new.organisation])?.len() >= MOST {
        return Err(Error::conflict("too_many_endpoints", format!("At most {MOST} endpoints; remove one first.")));
    }
    let (id, secret, now) = (tx.id::<Endpoint>(), sign::secret(tx), tx.now());
    let kept = tx.encrypt(&place(id), &secret)?;
    tx.send(INSERT, params![id, new.organisation, wide, new.url, kinds, kept, now])?;
    Ok((id, secret))
}

fn checked(kinds: &[String], wide: bool) -> Result<String> {
    let known = |name: &str| KINDS.iter().any(|kind| kind.name == name && (wide || kind.is_for_sellers()));
    if let Some(name) = kinds.iter().find(|name| !known(name)) {
        return Err(Error::field("events", "unknown_event", format!("There is no event “{name}” for you.")));
    }
    Ok(kinds.join(" "))
}

/// Changes an endpoint. Errors: denied; `unknown_endpoint`; `unknown_event` in `events`.
pub fn change(tx: &mut Tx, id: Id<Endpoint>, change: &Change) -> Result<()> {
    let known = endpoint(tx, id)?;
    let wide = parties::organisation(tx, known.organisation)?.kind == OrganisationKind::Platform;
    let kinds = match &change.kinds {
        Some(kinds) => checked(kinds, wide)?,
        None => known.kinds.join(" "),
    };
    let url = change.url.as_ref().unwrap_or(&known.url);
    let standing = match change.active {
        None => known.standing,
        Some(true) => Standing::Active,
        Some(false) if known.standing == Standing::Active => Standing::Paused,
        Some(false) => known.standing,
    };
    // A new address or a second chance begins with a clean record.
    let clean = *url != known.url || standing != known.standing;
    let failing = if clean { None } else { known.failing_since };
    tx.send(UPDATE, params![id, url, kinds, state(standing), standing.name(), failing, tx.now()])?;
    if standing != Standing::Active {
        crate::send::give_up(tx, id)?;
    }
    Ok(())
}

/// The state that statements ask for.
fn state(standing: Standing) -> &'static str {
    if standing == Standing::Active { "active" } else { "disabled" }
}

/// The house's own decision, after an answer.
pub(crate) fn disable(tx: &mut Tx, id: Id<Endpoint>, standing: Standing) -> Result<()> {
    tx.send(DISABLE, params![id, state(standing), standing.name(), tx.now()])?;
    crate::send::give_up(tx, id)
}

/// Gives an endpoint a new secret, which is not shown again; the old one still signs for [`OVERLAP_HOURS`].
/// Errors: denied; `unknown_endpoint`.
pub fn rotate(tx: &mut Tx, id: Id<Endpoint>) -> Result<String> {
    endpoint(tx, id)?;
    let (secret, now) = (sign::secret(tx), tx.now());
    let kept = tx.encrypt(&place(id), &secret)?;
    tx.send(ROTATE, params![id, kept, now.plus_hours(OVERLAP_HOURS), now])?;
    Ok(secret)
}

/// Where an endpoint's secrets stand, for their encryption.
pub(crate) fn place(id: Id<Endpoint>) -> String {
    format!("hook_endpoint.secret:{id}")
}

/// Gives every endpoint a secret that nobody knows, for when the key that theirs were kept under is lost: until they are rotated,
/// receivers refuse what is sent. Says how many.
pub fn renew_secrets(tx: &mut Tx) -> Result<usize> {
    let (all, now) = (tx.query(ALL, params![])?, tx.now());
    for row in &all {
        let (id, secret) = (row.get::<Id<Endpoint>>(0)?, sign::secret(tx));
        let kept = tx.encrypt(&place(id), &secret)?;
        tx.send(RENEW, params![id, kept, now])?;
    }
    Ok(all.len())
}

/// Removes an endpoint and what was sent to it. Errors: denied; `unknown_endpoint`.
pub fn remove(tx: &mut Tx, id: Id<Endpoint>) -> Result<()> {
    endpoint(tx, id)?;
    tx.send(FORGET, params![id])?;
    tx.send(DELETE, params![id])?;
    Ok(())
}

/// One endpoint. Errors: `unknown_endpoint`, also when it is another's; denied for those of its people who are not its owners.
pub fn endpoint(db: &mut Read, id: Id<Endpoint>) -> Result<Endpoint> {
    let unknown = || Error::not_found("unknown_endpoint", "There is no such endpoint.");
    let known = read(&db.maybe(SELECT, params![id])?.ok_or_else(unknown)?)?;
    match db.actor() {
        Actor::Person { organisation, .. } if organisation != known.organisation.raw() => Err(unknown()),
        actor => may(actor, known.organisation).map(|()| known),
    }
}

/// The endpoints of an organisation, oldest first. Errors: denied.
pub fn endpoints(db: &mut Read, of: Id<Organisation>) -> Result<Vec<Endpoint>> {
    may(db.actor(), of)?;
    db.query(LIST, params![of])?.iter().map(read).collect()
}

// What `read` reads, in its order.
macro_rules! select {
    ($from:literal) => {
        concat!("SELECT id, organisation, url, kinds, why, failing_since, old_until, created_at ", $from)
    };
}

fn read(row: &Row) -> Result<Endpoint> {
    let kinds: String = row.get(3)?;
    let old: i64 = row.get(6)?;
    Ok(Endpoint {
        id: row.get(0)?,
        organisation: row.get(1)?,
        url: row.get(2)?,
        kinds: kinds.split_whitespace().map(String::from).collect(),
        standing: Standing::named(&row.get::<String>(4)?)?,
        failing_since: row.get(5)?,
        old_until: (old > 0).then_some(Moment(old)),
        created_at: row.get(7)?,
    })
}

const INSERT: &str =
    "INSERT INTO hook_endpoint (id, organisation, wide, url, kinds, secret, old_secret, old_until, state, why,
        created_at, changed_at) VALUES ($1, $2, $3, $4, $5, $6, '', 0, 'active', 'active', $7, $7)";
const UPDATE: &str =
    "UPDATE hook_endpoint SET url = $2, kinds = $3, state = $4, why = $5, failing_since = $6, changed_at = $7
    WHERE id = $1";
const DISABLE: &str =
    "UPDATE hook_endpoint SET state = $2, why = $3, changed_at = $4 WHERE id = $1 AND state = 'active'";
const ROTATE: &str =
    "UPDATE hook_endpoint SET old_secret = secret, secret = $2, old_until = $3, changed_at = $4 WHERE id = $1";
const ALL: &str = "SELECT id FROM hook_endpoint ORDER BY id";
const RENEW: &str =
    "UPDATE hook_endpoint SET secret = $2, old_secret = '', old_until = 0, changed_at = $3 WHERE id = $1";
const FORGET: &str = "DELETE FROM hook_delivery WHERE endpoint = $1";
const DELETE: &str = "DELETE FROM hook_endpoint WHERE id = $1";
const SELECT: &str = select!("FROM hook_endpoint WHERE id = $1");
const LIST: &str = select!("FROM hook_endpoint WHERE organisation = $1 ORDER BY id");
