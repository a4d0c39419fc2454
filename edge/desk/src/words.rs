//! States, roles, modes and parties in the reader's language, with the tone that a state is shown in.

use frame::Locale;
use orders::{Customs, Dispute, Fulfilment, ParcelState, Payment, Settlement, State};
use serde::Serialize;

/// A state: its words and its tone, a class of `.st`.
#[derive(Clone, Debug, Serialize)]
pub struct Badge {
    /// `ok`, `warn`, `bad`, `now`, `sea`, `hollow`.
    pub tone: &'static str,
    /// In the reader's language.
    pub text: String,
}

fn key(prefix: &str, code: &str) -> String {
    format!("{prefix}-{}", code.replace(['_', '.'], "-"))
}

/// The text of a code, or the code itself where no text is known.
pub fn word(locale: &Locale, prefix: &str, code: &str) -> String {
    locale.maybe(&key(prefix, code), &[]).unwrap_or_else(|| code.to_owned())
}

fn badge(locale: &Locale, tone: &'static str, prefix: &str, name: &str) -> Badge {
    Badge { tone, text: word(locale, prefix, name) }
}

/// An order that the operator placed to try the shop out.
pub fn test(locale: &Locale) -> Badge {
    Badge { tone: "warn", text: locale.t("d-test-order").to_string() }
}

/// A consignment's state.
pub fn state(locale: &Locale, state: State, customs: Customs) -> Badge {
    if customs == Customs::Held && matches!(state, State::InTransit | State::HandedOver) {
        return badge(locale, "bad", "d-customs", "held");
    }
    let tone = match state {
        State::Waiting | State::Cancelled => "hollow",
        State::ToPack => "warn",
        State::Packed => "sea",
        State::HandedOver | State::InTransit => "now",
        State::Delivered | State::Completed => "ok",
        State::Lost | State::Returned => "bad",
    };
    badge(locale, tone, "d-state", state.name())
}

/// A parcel's state.
pub fn parcel(locale: &Locale, state: ParcelState, customs: Customs) -> Badge {
    if customs == Customs::Held && matches!(state, ParcelState::InTransit | ParcelState::HandedOver) {
        return badge(locale, "bad", "d-customs", "held");
    }
    let tone = match state {
        ParcelState::Asked => "warn",
        ParcelState::Packed => "sea",
        ParcelState::HandedOver | ParcelState::InTransit => "now",
        ParcelState::Delivered => "ok",
        ParcelState::Lost | ParcelState::Returned => "bad",
        ParcelState::WrittenOff | ParcelState::Recalled => "hollow",
    };
    badge(locale, tone, "d-parcel-state", state.name())
}

/// An order's way.
pub fn fulfilment(locale: &Locale, state: Fulfilment) -> Badge {
    let tone = match state {
        Fulfilment::Waiting | Fulfilment::Cancelled => "hollow",
        Fulfilment::ToPack => "warn",
        Fulfilment::Packed => "sea",
        Fulfilment::Underway => "now",
        Fulfilment::Exception => "bad",
        Fulfilment::Delivered | Fulfilment::Completed => "ok",
    };
    badge(locale, tone, "d-fulfilment", state.name())
}

/// An order's payment.
pub fn payment(locale: &Locale, state: Payment) -> Badge {
    let tone = match state {
        Payment::Pending => "warn",
        Payment::Failed => "bad",
        Payment::Paid => "ok",
        Payment::PartlyRefunded => "warn",
        Payment::Refunded | Payment::Void => "hollow",
    };
    badge(locale, tone, "d-payment", state.name())
}

/// Where goods stand with customs.
pub fn customs(locale: &Locale, state: Customs) -> Badge {
    let tone = match state {
        Customs::None | Customs::Pending => "hollow",
        Customs::Exported => "sea",
        Customs::Held => "bad",
        Customs::Released => "ok",
    };
    badge(locale, tone, "d-customs", state.name())
}

/// Whether the buyer objects.
pub fn dispute(locale: &Locale, state: Dispute) -> Badge {
    let tone = if state == Dispute::Open { "bad" } else { "hollow" };
    badge(locale, tone, "d-dispute", state.name())
}

/// Where an order's money stands.
pub fn settlement(locale: &Locale, state: Settlement) -> Badge {
    let tone = match state {
        Settlement::None | Settlement::Returned => "hollow",
        Settlement::Escrow => "warn",
        Settlement::Split | Settlement::PaidOut => "ok",
    };
    badge(locale, tone, "d-settlement", state.name())
}

/// What somebody is in an organisation.
pub fn role(locale: &Locale, name: &str) -> String {
    word(locale, "d-role", name)
}

/// An operating mode.
pub fn mode(locale: &Locale, mode: terms::Mode) -> String {
    word(locale, "d-mode", mode.name())
}

/// Something on sale or not.
pub fn shown(locale: &Locale, active: bool, name: &str) -> Badge {
    badge(locale, if active { "ok" } else { "hollow" }, "d-shown", name)
}

/// The parts that say something, joined: `Graphite · LAN-1`. Product files call the only form of a product `Default Title`.
pub fn joined(parts: &[&str], between: &str) -> String {
    let said = parts.iter().filter(|part| !part.is_empty() && **part != "Default Title");
    said.copied().collect::<Vec<_>>().join(between)
}

/// How a parcel travels; a service of the shop's own by its name.
pub fn service(locale: &Locale, service: &logistics::Service) -> String {
    match service.names.is_empty() {
        true => word(locale, "d-service", service.kind.name()),
        false => frame::parts::words::service_kind(locale, service),
    }
}
