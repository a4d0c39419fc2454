//! What happens to who sells here, and wants to.

use crate::{Application, BankAccount};
use base::{Country, Id};
use parties::Organisation;
use serde::{Deserialize, Serialize};

store::events! {
    Public "onboarding.applied" Applied: Id<Application>;
    Public "onboarding.accepted" Accepted: Id<Application>;
    Public "onboarding.declined" Declined: Id<Application>;
    Private "onboarding.profile_changed" ProfileChanged: Id<Organisation>;
    Public "onboarding.bank_changed" BankChanged: Id<Organisation>;
    Private "onboarding.bank_ended" BankEnded: Id<Organisation>;
    Private "onboarding.bank_revealed" BankRevealed: Id<Organisation>;
}

/// Somebody wants to sell here.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Applied {
    /// The name they want to sell under.
    pub name: String,
    /// Where they are.
    pub country: Country,
}

/// A seller came of an application.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Accepted {
    /// Which.
    pub organisation: Id<Organisation>,
}

/// An application was declined.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Declined {}

/// Who a seller is was written anew.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProfileChanged {
    /// Which of it, parted by blanks: `legal_name address`.
    pub changed: String,
}

/// A seller is paid into another account from now on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BankChanged {
    /// Which account.
    pub account: Id<BankAccount>,
    /// The end of its number.
    pub hint: String,
    /// Where the account is.
    pub country: Country,
}

/// An account whose number nobody can read any more ended.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BankEnded {
    /// Which account.
    pub account: Id<BankAccount>,
    /// The end of its number.
    pub hint: String,
}

/// Somebody read the number of an account.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BankRevealed {
    /// Which account.
    pub account: Id<BankAccount>,
    /// The end of its number.
    pub hint: String,
}
