//! Erasing a person's account (GDPR, Article 17): what stays is a row that names nobody, so that orders, the ledger and the trail
//! still say that it was one and the same.

use crate::api_key::end_keys_of;
use crate::event::{Erased, Exported};
use crate::member::part;
use crate::person::{Person, acting, person};
use crate::{email_change, factor, guard, reset, session};
use base::{Id, Result};
use store::{Tx, params};

/// Erases the acting person's account: e-mail, name, password, addresses, sessions, devices, factors, links and memberships go, and keys that
/// they made are revoked. Gives its e-mail and those that were asked for instead of it. Emits `party.erased`. Errors: nobody signed in; `last_owner` (conflict) while
/// nobody else could manage one of their organisations.
pub fn erase(tx: &mut Tx) -> Result<Vec<String>> {
    let who = acting(tx)?;
    let known = person(tx, who)?;
    let wished = tx.query(WISHED_EMAILS, params![who])?;
    // Suspended organisations too, and keys made for organisations of others: the trail tells of each.
    for row in tx.query(MEMBERSHIPS, params![who])? {
        part(tx, who, row.get(0)?)?;
    }
    for row in tx.query(KEYS_FOR, params![who])? {
        end_keys_of(tx, who, row.get(0)?)?;
    }
    session::end_all(tx, who)?;
    guard::forget_devices(tx, who)?;
    factor::forget_all(tx, who)?;
    reset::forget(tx, who)?;
    email_change::forget(tx, who)?;
    tx.send(FORGET_ADDRESSES, params![who])?;
    tx.send(FORGET_REGISTRATIONS, params![known.email])?;
    tx.send(FORGET_INVITATIONS, params![known.email])?;
    tx.send(EMPTY, params![who, nobody(who)])?;
    tx.emit(who, &Erased {})?;
    let wished = wished.iter().map(|row| row.get(0)).collect::<Result<Vec<String>>>()?;
    Ok([vec![known.email], wished].concat())
}

/// Notes that the acting person has downloaded what is kept about them. Emits `party.exported`. Errors: nobody signed in.
pub fn exported(tx: &mut Tx) -> Result<()> {
    let who = acting(tx)?;
    tx.emit(who, &Exported {})
}

/// What stands for the e-mail of an erased account: unique, and nothing that anybody could type.
fn nobody(who: Id<Person>) -> String {
    format!("erased {who}")
}

const WISHED_EMAILS: &str = "SELECT email FROM party_email_change WHERE person = $1";
const FORGET_REGISTRATIONS: &str = "DELETE FROM party_registration WHERE email = $1";
const FORGET_INVITATIONS: &str = "DELETE FROM party_invitation WHERE email = $1";
const FORGET_ADDRESSES: &str = "DELETE FROM party_address WHERE person = $1";
const MEMBERSHIPS: &str = "SELECT organisation FROM party_membership WHERE person = $1 ORDER BY organisation";
const KEYS_FOR: &str = "SELECT DISTINCT organisation FROM party_api_key
    WHERE person = $1 AND revoked_at IS NULL ORDER BY organisation";
const EMPTY: &str = "UPDATE party_person SET email = $2, name = '', password_hash = '' WHERE id = $1";
