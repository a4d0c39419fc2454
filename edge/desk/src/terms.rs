//! Terms, and who acts for an organisation, as the desks show them.

use crate::words;
use base::Money;
use frame::Visitor;
use parties::Member;
use serde::Serialize;
use terms::Agreement;

/// Someone who acts for an organisation.
#[derive(Serialize)]
pub struct MemberView {
    name: String,
    email: String,
    role: String,
}

/// Terms as both desks show them.
#[derive(Serialize)]
pub struct AgreementView {
    mode: String,
    version: i64,
    commission: String,
    commission_tax: String,
    fee: String,
    acceptance: i64,
    payout: i64,
    handling: i64,
    from: String,
    to: Option<String>,
}

/// A member as a row.
pub fn member_view(visitor: &Visitor, member: &Member) -> MemberView {
    MemberView {
        name: member.name.clone(),
        email: member.email.clone(),
        role: words::role(&visitor.locale, member.role.name()),
    }
}

/// An agreement as a row.
pub fn agreement_view(visitor: &Visitor, one: &Agreement) -> AgreementView {
    let locale = &visitor.locale;
    AgreementView {
        mode: words::mode(locale, one.mode),
        version: one.version,
        commission: locale.percent(base::Rate::basis_points(one.commission_bp)),
        commission_tax: match one.commission_tax_jurisdiction.as_str() {
            "" => String::new(),
            place => format!("{} {place}", locale.percent(base::Rate::basis_points(one.commission_tax_bp))),
        },
        fee: locale.money(Money::new(one.fixed_fee_minor, one.currency)),
        acceptance: one.acceptance_days,
        payout: one.payout_days,
        handling: one.handling_hours,
        from: locale.date(one.effective_from.date()),
        to: one.effective_to.map(|to| locale.date(to.date())),
    }
}
