//! For whom somebody may act, as the shop and the desks show it.

use crate::visitor::Visitor;
use base::Role;
use parties::Membership;
use serde::Serialize;

/// An organisation that somebody may act for.
#[derive(Serialize)]
pub struct OneView {
    pub id: String,
    pub name: String,
    pub role_name: String,
    pub current: bool,
}

/// A person's organisations, in the reader's words.
pub fn rows(visitor: &Visitor, all: &[Membership]) -> Vec<OneView> {
    let current = visitor.session.as_ref().and_then(|session| session.organisation);
    let row = |one: &Membership| OneView {
        id: one.organisation.to_string(),
        name: one.name.clone(),
        role_name: role_name(visitor, one.role),
        current: Some(one.organisation) == current,
    };
    all.iter().map(row).collect()
}

/// A role in the words of the shop, which every language has.
pub fn role_name(visitor: &Visitor, role: Role) -> String {
    visitor.locale.t(&format!("role-{}", role.name().replace('_', "-"))).to_string()
}
