//! What is said to the shop's fields, as bodies and answers have it.

use crate::input::id;
use base::{Id, Result};
use offers::Offer;
use orders::{Said, Say};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What is said to a field.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"field": "gift_message", "text": "Happy birthday, Jana!"}))]
pub struct SayBody {
    /// Key of the field.
    pub field: String,
    /// The offer of the line it is about, where the field is asked of lines.
    pub offer: Option<String>,
    /// What is said; `yes` to a tick.
    pub text: String,
}

/// What was said to a field.
#[derive(Clone, Serialize, ToSchema)]
pub struct SaidAnswer {
    /// Key of the field.
    #[schema(example = "gift_message")]
    pub field: String,
    /// The offer of the line it is about; none: the whole order.
    pub offer: Option<String>,
    /// What was said.
    #[schema(example = "Happy birthday, Jana!")]
    pub text: String,
}

impl From<&Said> for SaidAnswer {
    fn from(said: &Said) -> SaidAnswer {
        let offer = said.offer.map(|offer| offer.to_string());
        SaidAnswer { field: said.field.key.clone(), offer, text: said.text.clone() }
    }
}

/// What a body says. Errors: an offer's id that is none.
pub fn says(bodies: Vec<SayBody>) -> Result<Vec<Say>> {
    let say = |body: SayBody| {
        let offer: Option<Id<Offer>> = body.offer.as_deref().map(|text| id("fields.offer", text)).transpose()?;
        Ok(Say { field: body.field, offer, text: body.text })
    };
    bodies.into_iter().map(say).collect()
}
