//! Who acts for the key's own organisation, and to whom it offers a role: listed, invited, given another role, let go.

use crate::input::{Json, Part};
use crate::refusals::{Changes, Invites, KeyReads};
use crate::seller::own;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use base::{Error, Id, Result, Role};
use frame::App;
use frame::failure::Answer;
use frame::parts::link::absolute;
use frame::visitor::Visitor;
use onboarding::{Invited, invite, invite_again};
use parties::{Invitation, Invite, Member, Organisation, Person};
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

/// Whom to invite, and as what.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PersonBody {
    /// Where the invitation goes. Whether it has an account is told to nobody.
    #[schema(example = "lin.wei@lantau.example")]
    pub email: String,
    /// A seller's people: `seller_owner`, `seller_staff`. The operator's: `admin`, `operations`, `finance`, `service`.
    #[schema(example = "seller_staff")]
    pub role: String,
}

/// Every invitation that nobody has answered yet.
#[derive(Serialize, ToSchema)]
pub struct InvitationsAnswer {
    /// In the order in which they were made.
    pub invitations: Vec<InvitationAnswer>,
}

/// A role that is offered to whoever owns an address.
#[derive(Serialize, ToSchema)]
pub struct InvitationAnswer {
    /// Its id. Sent again it has another one.
    #[schema(example = "inv_1f8k2m")]
    pub id: String,
    /// To whom.
    #[schema(example = "lin.wei@lantau.example")]
    pub email: String,
    /// As what.
    #[schema(example = "seller_staff")]
    pub role: String,
    /// When it was made or last sent.
    pub created_at: String,
    /// Until when it can be accepted.
    pub expires_at: String,
    /// Only where no mail is sent, and only in the answer that made it: the link to hand over. With a seller's the invited sign in
    /// with an account of that address; an operator's opens one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "https://shop.example/invitation?token=7d1k")]
    pub link: Option<String>,
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

fn offer(app: &App, one: &Invitation, path: Option<&str>) -> InvitationAnswer {
    InvitationAnswer {
        id: one.id.to_string(),
        email: one.email.clone(),
        role: one.role.name().to_owned(),
        created_at: one.created_at.to_string(),
        expires_at: one.expires_at.to_string(),
        link: path.map(|path| absolute(app, path)),
    }
}

/// An invitation that was just made, with the link to hand over where there is one.
pub(crate) fn invited(app: &App, made: &Invited) -> InvitationAnswer {
    offer(app, &made.offer, made.path.as_deref())
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

/// Invite somebody to act for your organisation
///
/// Whoever owns the address gets a letter with a link, good for seven days, and acts for you once they have accepted: until then nothing
/// changes for them or for you. One invitation is open for each address; another one replaces it. The answer is the same whether the
/// address has an account. Fifty a day, five of them to one address.
#[utoipa::path(post, path = "/api/people", tag = "Developers", request_body = PersonBody, security(("key" = [])),
    responses((status = 202, description = "They are invited.", body = InvitationAnswer), Changes, Invites))]
pub async fn add(State(app): State<App>, visitor: Visitor, Json(body): Json<PersonBody>) -> Answer {
    let new = Invite { organisation: own(&visitor)?, email: body.email, role: role(&body.role)? };
    let mail = app.mail();
    let made = app.store.write_as(visitor.actor, move |tx: &mut Tx| invite(tx, &new, mail)).await?;
    Ok((StatusCode::ACCEPTED, axum::Json(invited(&app, &made))).into_response())
}

/// List your open invitations
#[utoipa::path(get, path = "/api/invitations", tag = "Developers", security(("key" = [])),
    responses((status = 200, description = "Those that nobody has answered.", body = InvitationsAnswer), KeyReads))]
pub async fn invitations(State(app): State<App>, visitor: Visitor) -> Answer {
    let own = own(&visitor)?;
    let all = app.store.read_as(visitor.actor, move |db| parties::invitations(db, own)).await?;
    let invitations = all.iter().map(|one| offer(&app, one, None)).collect();
    Ok(axum::Json(InvitationsAnswer { invitations }).into_response())
}

/// One of an organisation's invitations. Errors: not found, for everybody else.
fn open(db: &mut Read, of: Id<Organisation>, id: Id<Invitation>) -> Result<()> {
    let own = parties::invitation(db, id)?.organisation == of;
    let unknown =
        || Error::not_found("unknown_invitation", "There is no such invitation; it was answered or withdrawn.");
    own.then_some(()).ok_or_else(unknown)
}

/// Send an invitation again
///
/// It stands for another seven days and has another id; the link that was sent before is void. Counted like a new one.
#[utoipa::path(post, path = "/api/invitations/{id}/send", tag = "Developers", security(("key" = [])),
    params(("id" = String, Path, description = "The invitation.")),
    responses((status = 202, description = "They are invited once more.", body = InvitationAnswer), Changes, Invites))]
pub async fn send(State(app): State<App>, visitor: Visitor, Part(id): Part) -> Answer {
    let (own, id, mail) = (own(&visitor)?, id.parse::<Id<Invitation>>()?, app.mail());
    let write = move |tx: &mut Tx| {
        open(tx, own, id)?;
        invite_again(tx, id, mail)
    };
    let made = app.store.write_as(visitor.actor, write).await?;
    Ok((StatusCode::ACCEPTED, axum::Json(invited(&app, &made))).into_response())
}

/// Withdraw an invitation
///
/// Its link opens nothing any more.
#[utoipa::path(delete, path = "/api/invitations/{id}", tag = "Developers", security(("key" = [])),
    params(("id" = String, Path, description = "The invitation.")),
    responses((status = 204, description = "It is withdrawn."), Changes))]
pub async fn withdraw(State(app): State<App>, visitor: Visitor, Part(id): Part) -> Answer {
    let (own, id) = (own(&visitor)?, id.parse::<Id<Invitation>>()?);
    let write = move |tx: &mut Tx| {
        open(tx, own, id)?;
        parties::withdraw_invitation(tx, id)
    };
    app.store.write_as(visitor.actor, write).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
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
        parties::set_role(tx, person, own, role)?;
        one(tx, own, person)
    };
    Ok(axum::Json(app.store.write_as(visitor.actor, write).await?).into_response())
}

/// Let one of your people go
///
/// Their account stays; it does not act for you any more. The API keys they made for you are revoked, the invitations they wrote are
/// withdrawn. The last owner stays.
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
