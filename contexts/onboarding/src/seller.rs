//! A seller comes with its terms and an invited owner, or not at all.

use crate::invite::{Invited, sent};
use crate::terms_wish::{TermsWish, agree};
use base::{Country, Currency, Id, Language, Result, Role};
use parties::{Invite, NewOrganisation, Organisation, OrganisationKind};
use store::Tx;
use terms::Agreement;

/// A seller to add.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSeller {
    /// As shown to buyers; unique.
    pub name: String,
    /// Where it is established.
    pub country: Country,
    /// What it keeps its books in.
    pub currency: Currency,
    /// What its people read.
    pub language: Language,
    /// Under which terms it sells.
    pub terms: TermsWish,
    /// Who is invited to own it.
    pub email: String,
}

/// A seller that was added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Added {
    /// The seller.
    pub organisation: Id<Organisation>,
    /// Its terms.
    pub agreement: Id<Agreement>,
    /// The invitation of its owner.
    pub owner: Invited,
}

/// Adds a seller with its terms and invites its owner, by mail or with a link to hand over. Errors: denied; those of
/// [`parties::create_organisation`], [`terms::agree`] and [`parties::invite`].
pub fn add_seller(tx: &mut Tx, new: &NewSeller, mail: bool) -> Result<Added> {
    add(tx, new, mail, None)
}

/// The same, as the answer to an application that was written in a language.
pub(crate) fn add(tx: &mut Tx, new: &NewSeller, mail: bool, application: Option<(i64, &str)>) -> Result<Added> {
    let organisation = parties::create_organisation(
        tx,
        &NewOrganisation {
            name: new.name.clone(),
            kind: OrganisationKind::Seller,
            country: new.country,
            currency: new.currency,
            language: new.language.clone(),
        },
    )?;
    let agreement = agree(tx, organisation, &new.terms)?;
    let offer = parties::invite(tx, &Invite { organisation, email: new.email.clone(), role: Role::SellerOwner })?;
    Ok(Added { organisation, agreement, owner: sent(tx, offer, mail, application)? })
}
