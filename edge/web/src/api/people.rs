//! Who acts for the key's own organisation: listed, let in, given another role, let go.

use super::input::{Json, Part};
use super::refusals::{Changes, KeyReads};
use super::seller::own;
use crate::App;
use crate::desk::people::{Newcomer, join};
use crate::failure::Answer;
use crate::visitor::Visitor;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use base::{Error, Id, Result, Role};
use parties::{Member, Organisation, Person};
use serde::{Deserialize, Serialize};
use store::{Read, Tx};
use utoipa::ToSchema;

/// Everybody who acts for the organisation.
#[derive(Serialize, ToSchema)]
pub struct PeopleAnswer {
    /// In the order in which they came.
    pub people: Vec<PersonAnswer>,
}

/// One of an organisation's people.
#[derive(Serialize, ToSchema)]
pub struct PersonAnswer {
    /// Their id.
    #[schema(example = "per_1f8k2m")]
    pub id: String,
    /// Their name.
    #[schema(example = "Lin Wei")]
    pub name: String,
    /// What they sign in with.
    #[schema(example = "lin.wei@lantau.example")]
    pub email: String,
    /// What they read.
    #[schema(example = "zh-CN")]
    pub language: String,
    /// What they may do.
    #[schema(example = "seller_staff")]
    pub role: String,
}

/// Somebody to let in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PersonBody {
    /// What they sign in with. Whoever has an account already keeps it, its name and its password.
    #[schema(example = "lin.wei@lantau.example")]
    pub email: String,
    /// Their name; for a new account.
    #[serde(default)]
    #[schema(example = "Lin Wei")]
    pub name: String,
    /// Their first password; for a new account. Without it they are sent a link to choose one, when there is a mail server.
    #[schema(example = "seven lanterns over the harbour")]
    pub password: Option<String>,
    /// A seller's people: `seller_owner`, `seller_staff`. The operator's: `admin`, `operations`, `finance`, `service`.
    #[schema(example = "seller_staff")]
    pub role: String,
}

/// Another role.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RoleBody {
    /// As for a newcomer.
    #[schema(example = "seller_owner")]
    pub role: String,
}

fn view(member: &Member) -> PersonAnswer {
    PersonAnswer {
        id: member.person.to_string(),
        name: member.name.clone(),
        email: member.email.clone(),
        language: member.language.tag().to_owned(),
        role: member.role.name().to_owned(),
    }
}

fn role(text: &str) -> Result<Role> {
    Role::named(text).ok_or_else(|| Error::field("role", "unknown_choice", "There is no such role."))
}

/// One of an organisation's people. Errors: not found, for everybody else.
fn one(db: &mut Read, of: Id<Organisation>, person: Id<Person>) -> Result<PersonAnswer> {
    let members = parties::members(db, of)?;
    let found = members.iter().find(|member| member.person == person);
    found.map(view).ok_or_else(|| Error::not_found("unknown_person", "Nobody like this acts for you."))
}

/// List the people who act for your organisation
#[utoipa::path(get, path = "/api/people", tag = "Developers", security(("key" = [])),
    responses((status = 200, description = "Everybody.", body = PeopleAnswer), KeyReads))]
pub async fn list(State(app): State<App>, visitor: Visitor) -> Answer {
    let own = own(&visitor)?;
    let members = app.store.read_as(visitor.actor, move |db| parties::members(db, own)).await?;
    Ok(axum::Json(PeopleAnswer { people: members.iter().map(view).collect() }).into_response())
}

/// Let somebody act for your organisation
///
/// An e-mail that has an account gets the role; any other gets an account, with a first password or an invitation by mail.
#[utoipa::path(post, path = "/api/people", tag = "Developers", request_body = PersonBody, security(("key" = [])),
    responses((status = 201, description = "They may sign in.", body = PersonAnswer), Changes))]
pub async fn add(State(app): State<App>, visitor: Visitor, Json(body): Json<PersonBody>) -> Answer {
    let (own, role) = (own(&visitor)?, role(&body.role)?);
    let newcomer = Newcomer::new(&app, &body.email, &body.name, body.password).await?;
    let write = move |tx: &mut Tx| {
        let person = join(tx, &newcomer, own, role)?;
        one(tx, own, person)
    };
    let added = app.store.write_as(visitor.actor, write).await?;
    Ok((StatusCode::CREATED, axum::Json(added)).into_response())
}

/// Give one of your people another role
///
/// The last owner stays one.
#[utoipa::path(patch, path = "/api/people/{id}", tag = "Developers", request_body = RoleBody, security(("key" = [])),
    params(("id" = String, Path, description = "The person.")),
    responses((status = 200, description = "The person as they are now.", body = PersonAnswer), Changes))]
pub async fn change(
    State(app): State<App>,
    visitor: Visitor,
    Part(person): Part,
    Json(body): Json<RoleBody>,
) -> Answer {
    let (own, person, role) = (own(&visitor)?, person.parse::<Id<Person>>()?, role(&body.role)?);
    let write = move |tx: &mut Tx| {
        // Only those who are in get another role this way: others are let in by their e-mail.
        one(tx, own, person)?;
        parties::add_member(tx, person, own, role)?;
        one(tx, own, person)
    };
    Ok(axum::Json(app.store.write_as(visitor.actor, write).await?).into_response())
}

/// Let one of your people go
///
/// Their account stays; it does not act for you any more. The last owner stays.
#[utoipa::path(delete, path = "/api/people/{id}", tag = "Developers", security(("key" = [])),
    params(("id" = String, Path, description = "The person.")),
    responses((status = 204, description = "They act for you no more."), Changes))]
pub async fn remove(State(app): State<App>, visitor: Visitor, Part(person): Part) -> Answer {
    let (own, person) = (own(&visitor)?, person.parse::<Id<Person>>()?);
    let write = move |tx: &mut Tx| {
        one(tx, own, person)?;
        parties::remove_member(tx, person, own)
    };
    app.store.write_as(visitor.actor, write).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
