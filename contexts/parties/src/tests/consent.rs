//! Whatever A does, with whatever right A has anywhere but at the house: B, who agreed to nothing, is who they were and may what
//! they might; and A learns nothing about B's address.

use super::*;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

const B: &str = "b@example.com";

/// Something that A does.
#[derive(Clone, Debug)]
enum Deed {
    Invite(bool, Role),
    Renew,
    Withdraw,
    HandOver,
    MailAndRegister,
    MailAndDecline,
    Accept(Role),
    Decline,
    SetRole(bool, Role),
    Remove(bool),
    Leave(bool),
    Register,
    AskRegistration,
    Confirm,
    AskReset,
    Reset,
    CreateKey(bool, Role),
    RevokeKeys,
    Switch(bool),
    Rename,
    Password,
    Address,
}

fn deed() -> impl Strategy<Value = Deed> {
    let role = || proptest::sample::select(Role::ALL.to_vec());
    prop_oneof![
        (any::<bool>(), role()).prop_map(|(own, role)| Deed::Invite(own, role)),
        Just(Deed::Renew),
        Just(Deed::Withdraw),
        Just(Deed::HandOver),
        Just(Deed::MailAndRegister),
        Just(Deed::MailAndDecline),
        role().prop_map(Deed::Accept),
        Just(Deed::Decline),
        (any::<bool>(), role()).prop_map(|(own, role)| Deed::SetRole(own, role)),
        any::<bool>().prop_map(Deed::Remove),
        any::<bool>().prop_map(Deed::Leave),
        Just(Deed::Register),
        Just(Deed::AskRegistration),
        Just(Deed::Confirm),
        Just(Deed::AskReset),
        Just(Deed::Reset),
        (any::<bool>(), role()).prop_map(|(own, role)| Deed::CreateKey(own, role)),
        Just(Deed::RevokeKeys),
        any::<bool>().prop_map(Deed::Switch),
        Just(Deed::Rename),
        Just(Deed::Password),
        Just(Deed::Address),
    ]
}

/// A's world: an organisation of A's, one that A has nothing to do with, and B, who may have an account there.
struct Stage<'a> {
    store: &'a Store,
    a: Id<Person>,
    own: Id<Organisation>,
    other: Id<Organisation>,
    b: Option<Id<Person>>,
    /// A's own session.
    token: String,
}

fn stage(store: &Store, tag: usize, known: bool) -> Stage<'_> {
    let named = move |name: &str, kind| NewOrganisation {
        name: format!("{name} {tag}"),
        kind,
        country: "PT".parse().unwrap(),
        currency: Currency::EUR,
        language: "en".parse().unwrap(),
    };
    let make = move |tx: &mut Tx| {
        let own = create_organisation(tx, &named("Casa", OrganisationKind::Seller))?;
        let other = create_organisation(tx, &named("Kiln", OrganisationKind::Seller))?;
        Ok((own, other))
    };
    let (own, other) = store.write_blocking(make).unwrap();
    let a = person_of(store, &format!("a{tag}@example.com"));
    let c = person_of(store, &format!("c{tag}@example.com"));
    member(store, a, own, Role::SellerOwner).unwrap();
    member(store, c, other, Role::SellerOwner).unwrap();
    let b = known.then(|| person_of(store, &b_of(tag)));
    if let Some(b) = b {
        member(store, b, other, Role::SellerOwner).unwrap();
    }
    Stage { store, a, own, other, b, token: sign_in_as(store, a).token }
}

fn b_of(tag: usize) -> String {
    format!("{tag}{B}")
}

/// What B sees and may do.
fn seen_of(stage: &Stage, b: Id<Person>, session: &str) -> String {
    let (session, email) = (session.to_owned(), stage.store.read_blocking(move |db| person(db, b)).unwrap().email);
    let read = move |db: &mut store::Read| {
        let who = (person(db, b)?, credentials(db, &email)?, memberships(db, b)?, addresses(db, b)?);
        let sessions = db.raw("SELECT person FROM party_session", &[])?;
        let own = sessions.iter().filter(|row| row.get::<i64>(0).is_ok_and(|one| one == b.raw())).count();
        Ok(format!("{who:?} {:?} {own} {}", crate::session(db, &session)?, must_choose(db, b)?))
    };
    stage.store.read_as_blocking(as_buyer(b), read).unwrap()
}

impl Stage<'_> {
    fn write<T: Send + 'static>(&self, role: Role, deed: impl Fn(&mut Tx) -> Result<T> + Send + 'static) -> Result<T> {
        let organisation = if role == Role::Buyer { 0 } else { self.own.raw() };
        self.store.write_as_blocking(Actor::Person { person: self.a.raw(), organisation, role }, deed)
    }

    fn organisation(&self, own: bool) -> Id<Organisation> {
        if own { self.own } else { self.other }
    }

    /// The offer to B that stands, if one does.
    fn offer(&self, email: &str) -> Id<Invitation> {
        let (own, email) = (self.own, email.to_owned());
        let all = self.store.read_blocking(move |db| invitations(db, own)).unwrap();
        all.iter().find(|one| one.email == email).map_or(Id::from_raw(1), |one| one.id)
    }

    /// Does it as A in one of A's roles; gives what A was told.
    fn act(&self, role: Role, deed: &Deed, tag: usize) -> Result<()> {
        let email = b_of(tag);
        let new = NewPerson {
            password_hash: HASH.replace("c2Fs", "cGVw"),
            name: "Not B".into(),
            language: "en".parse()?,
            country: "PT".parse()?,
        };
        match deed.clone() {
            Deed::Invite(own, offered) => {
                let new = Invite { organisation: self.organisation(own), email, role: offered };
                self.write(role, move |tx| invite(tx, &new).map(drop))
            }
            Deed::Renew => {
                let id = self.offer(&email);
                self.write(role, move |tx| renew_invitation(tx, id).map(drop))
            }
            Deed::Withdraw => {
                let id = self.offer(&email);
                self.write(role, move |tx| withdraw_invitation(tx, id))
            }
            Deed::HandOver | Deed::MailAndRegister | Deed::MailAndDecline => self.by_link(role, deed, &email, new),
            Deed::Accept(offered) => {
                let id = self.offer(&email);
                self.write(role, move |tx| accept_invitation(tx, id, offered).map(drop))
            }
            Deed::Decline => {
                let id = self.offer(&email);
                self.write(role, move |tx| decline_invitation(tx, id))
            }
            Deed::SetRole(own, _) | Deed::Remove(own) | Deed::Leave(own) => {
                self.membership(role, deed, self.organisation(own))
            }
            Deed::Register => {
                let new = new_person(&email);
                self.write(role, move |tx| register(tx, &new).map(drop))
            }
            Deed::AskRegistration => self.write(role, move |tx| ask_registration(tx, &email).map(drop)),
            Deed::Confirm => self.write(role, move |tx| confirm_registration(tx, "guessed", &new).map(drop)),
            // What it gives is for the mail; the answer to who asks is that it was asked.
            Deed::AskReset => self.write(role, move |tx| ask_reset(tx, &email).map(drop)),
            Deed::Reset => self.write(role, move |tx| reset_password(tx, "guessed", HASH).map(drop)),
            Deed::CreateKey(own, acts) => {
                let new = NewApiKey { organisation: self.organisation(own), role: acts, label: "key".into() };
                self.write(role, move |tx| create_api_key(tx, &new).map(drop))
            }
            Deed::RevokeKeys => {
                let other = self.other;
                self.write(role, move |tx| {
                    let keys = api_keys(tx, other)?;
                    keys.iter().try_for_each(|key| revoke_api_key(tx, key.id))
                })
            }
            Deed::Switch(own) => {
                let (token, of) = (self.token.clone(), self.organisation(own));
                self.write(role, move |tx| switch(tx, &token, Some(of)))
            }
            Deed::Rename => {
                let change = UpdatePerson { name: "A".into(), language: "en".parse()?, country: "PT".parse()? };
                self.write(role, move |tx| update_person(tx, &change))
            }
            Deed::Password => {
                let token = self.token.clone();
                self.write(role, move |tx| set_password(tx, &token, HASH))
            }
            Deed::Address => {
                let save = SaveAddress { id: Some(Id::from_raw(1)), address: Address::default(), preferred: true };
                self.write(role, move |tx| save_address(tx, &save).map(drop))
            }
        }
    }

    /// What A does about who acts for an organisation.
    fn membership(&self, role: Role, deed: &Deed, of: Id<Organisation>) -> Result<()> {
        let (b, deed) = (self.b.unwrap_or(Id::from_raw(2)), deed.clone());
        self.write(role, move |tx| match deed {
            Deed::SetRole(_, wanted) => set_role(tx, b, of, wanted),
            Deed::Remove(_) => remove_member(tx, b, of),
            _ => leave(tx, of),
        })
    }

    /// A tries to use the offer's link: the one that A may hold, and one that only the mail has.
    fn by_link(&self, role: Role, deed: &Deed, email: &str, new: NewPerson) -> Result<()> {
        let id = self.offer(email);
        if matches!(deed, Deed::MailAndDecline) {
            // A link that is not A's to make is refused; with a guessed one nothing ends.
            self.write(role, move |tx| invitation_token(tx, id).map(drop))?;
        }
        let token = match deed {
            Deed::MailAndRegister => self.write(role, move |tx| invitation_token(tx, id))?.unwrap_or_default(),
            _ => self.write(role, move |tx| hand_over_invitation(tx, id))?,
        };
        self.write(role, move |tx| register_invited(tx, &token, &new).map(drop))
    }
}

#[test]
fn no_deed_of_another_changes_or_tells_what_one_did_not_agree_to() {
    let roles = || proptest::sample::select(vec![Role::SellerOwner, Role::SellerStaff, Role::Buyer]);
    testing::each(&SCHEMAS, |store| {
        let mut runner = TestRunner::new(Config { cases: 24, failure_persistence: None, ..Config::default() });
        let tags = std::cell::Cell::new(0);
        let deeds = proptest::collection::vec((roles(), deed()), 1..14);
        let outcome = runner.run(&deeds, |deeds| {
            let tag = tags.replace(tags.get() + 2);
            let (known, unknown) = (stage(store, tag, true), stage(store, tag + 1, false));
            let b = known.b.unwrap();
            let session = sign_in_as(store, b).token;
            let before = seen_of(&known, b, &session);
            for (role, deed) in &deeds {
                let told = known.act(*role, deed, tag);
                let told_of_nobody = unknown.act(*role, deed, tag + 1);
                prop_assert_eq!(&before, &seen_of(&known, b, &session), "after {:?} as {:?}", deed, role);
                let words = |told: &Result<()>| told.as_ref().err().map(|error| (error.kind, error.code));
                prop_assert_eq!(words(&told), words(&told_of_nobody), "{:?} as {:?} tells A of B", deed, role);
            }
            Ok(())
        });
        outcome.unwrap();
    });
}
