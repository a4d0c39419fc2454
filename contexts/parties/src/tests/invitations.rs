//! Invitations: offered, seen, accepted, declined, withdrawn, lapsed; and what ends with a membership.

use super::*;

struct Desk<'a> {
    store: &'a Store,
    casa: Id<Organisation>,
    owner: Actor,
}

/// Casa Ramalho, whose owner is Ana.
fn desk(store: &Store) -> Desk<'_> {
    let (casa, ana) = (seller(store, "Casa Ramalho"), person_of(store, "ana@example.com"));
    member(store, ana, casa, Role::SellerOwner).unwrap();
    Desk { store, casa, owner: Actor::Person { person: ana.raw(), organisation: casa.raw(), role: Role::SellerOwner } }
}

impl Desk<'_> {
    fn invite_as(&self, actor: Actor, email: &str, role: Role) -> Result<Invitation> {
        let new = Invite { organisation: self.casa, email: email.into(), role };
        self.store.write_as_blocking(actor, move |tx| invite(tx, &new))
    }

    fn invite(&self, email: &str, role: Role) -> Invitation {
        self.invite_as(self.owner, email, role).unwrap()
    }

    fn open(&self) -> Vec<(String, Role)> {
        let casa = self.casa;
        let open = self.store.read_blocking(move |db| invitations(db, casa)).unwrap();
        open.into_iter().map(|one| (one.email, one.role)).collect()
    }

    fn members(&self) -> Vec<(String, Role)> {
        let casa = self.casa;
        let all = self.store.read_blocking(move |db| members(db, casa)).unwrap();
        all.into_iter().map(|one| (one.email, one.role)).collect()
    }

    fn mailed(&self, id: Id<Invitation>) -> Option<String> {
        self.store.write_blocking(move |tx| invitation_token(tx, id)).unwrap()
    }

    fn behind(&self, token: &str) -> Option<Invitation> {
        let token = token.to_owned();
        self.store.read_as_blocking(Actor::Guest, move |db| invitation_by_token(db, &token)).unwrap()
    }

    fn accept(&self, who: Id<Person>, id: Id<Invitation>, role: Role) -> Result<Id<Organisation>> {
        self.store.write_as_blocking(as_buyer(who), move |tx| accept_invitation(tx, id, role))
    }

    /// Kinds of the organisation's events about people, with who did them.
    fn told(&self) -> Vec<(String, String)> {
        let casa = self.casa.raw();
        let events = self.store.read_blocking(move |db| store::events_of(db, casa, 0, 100)).unwrap();
        let people = ["party.member", "party.invit"];
        let about = events.into_iter().filter(|event| people.iter().any(|kind| event.kind.starts_with(kind)));
        about.map(|event| (event.kind, event.actor)).collect()
    }
}

fn new() -> NewPerson {
    NewPerson {
        password_hash: HASH.into(),
        name: "Bo Lin".into(),
        language: "en".parse().unwrap(),
        country: "PT".parse().unwrap(),
    }
}

#[test]
fn nothing_changes_until_the_invited_says_yes() {
    testing::each(&SCHEMAS, |store| {
        let desk = desk(store);
        let bo = person_of(store, "bo@example.com");
        let before = desk.told().len();
        let offer = desk.invite(" Bo@Example.com", Role::SellerStaff);
        let id = offer.id;
        assert_eq!((offer.email.as_str(), offer.invited_by.as_str()), ("bo@example.com", "Mei Tanaka"));
        assert_eq!((offer.organisation_name.as_str(), offer.proves), ("Casa Ramalho", false));
        assert_eq!(desk.members(), [("ana@example.com".to_owned(), Role::SellerOwner)], "an offer is no membership");
        assert!(store.read_blocking(move |db| memberships(db, bo)).unwrap().is_empty());
        let mine = store.read_as_blocking(as_buyer(bo), invitations_to_me).unwrap();
        assert_eq!(mine, std::slice::from_ref(&offer), "who is invited sees it in their account");

        let stranger = person_of(store, "eve@example.com");
        assert_eq!(desk.accept(stranger, id, Role::SellerStaff).unwrap_err().code, "invitation_over", "another's");
        assert_eq!(desk.accept(bo, id, Role::SellerOwner).unwrap_err().code, "invitation_over", "not what was offered");
        assert_eq!(desk.accept(bo, id, Role::SellerStaff).unwrap(), desk.casa);
        assert_eq!(desk.members()[1], ("bo@example.com".to_owned(), Role::SellerStaff));
        assert_eq!(desk.accept(bo, id, Role::SellerStaff).unwrap_err().code, "invitation_over", "once");
        let told = &desk.told()[before..];
        let (ana, bo) = (desk.owner.label(), as_buyer(bo).label());
        let expected = [("party.invited", ana), ("party.member_added", bo)];
        assert_eq!(told, expected.map(|(kind, who)| (kind.to_owned(), who)), "and the trail says whose word it was");
        let again = desk.invite_as(desk.owner, "bo@example.com", Role::SellerOwner).unwrap_err();
        assert_eq!(again.code, "already_member");
    });
}

#[test]
fn an_offer_is_declined_withdrawn_replaced_or_lapses() {
    testing::each(&SCHEMAS, |store| {
        let desk = desk(store);
        let bo = person_of(store, "bo@example.com");
        let first = desk.invite("bo@example.com", Role::SellerStaff);
        let token = desk.mailed(first.id).unwrap();
        assert!(desk.behind(&token).is_some());
        let second = desk.invite("bo@example.com", Role::SellerOwner);
        assert_eq!(desk.open(), [("bo@example.com".to_owned(), Role::SellerOwner)], "one for an address");
        assert!(desk.behind(&token).is_none(), "the first one's link is void");
        assert_eq!(desk.accept(bo, first.id, Role::SellerStaff).unwrap_err().code, "invitation_over");

        let id = second.id;
        store.write_as_blocking(as_buyer(bo), move |tx| decline_invitation(tx, id)).unwrap();
        assert!(desk.open().is_empty() && desk.members().len() == 1);
        assert_eq!(desk.told().last().unwrap().0, "party.invitation_declined");

        let third = desk.invite("bo@example.com", Role::SellerStaff);
        let token = desk.mailed(third.id).unwrap();
        store.write_as_blocking(Actor::Guest, move |tx| decline_by_token(tx, &token)).unwrap();
        assert!(desk.open().is_empty(), "declined by the link, without an account");

        let fourth = desk.invite("bo@example.com", Role::SellerStaff);
        let token = desk.mailed(fourth.id).unwrap();
        let id = fourth.id;
        store.write_as_blocking(desk.owner, move |tx| withdraw_invitation(tx, id)).unwrap();
        assert!(desk.behind(&token).is_none());
        assert_eq!(desk.mailed(id), None, "nothing is mailed of what was withdrawn");
        assert_eq!(desk.told().last().unwrap().0, "party.invitation_withdrawn");

        let fifth = desk.invite("bo@example.com", Role::SellerStaff);
        let token = desk.mailed(fifth.id).unwrap();
        store.clock().advance_seconds(7 * 86_400);
        assert!(desk.behind(&token).is_none() && desk.open().is_empty(), "a week");
        assert_eq!(desk.accept(bo, fifth.id, Role::SellerStaff).unwrap_err().kind, Kind::Gone);
        store.write_blocking(|tx| sweep(tx, 100)).unwrap();
        let left = store.read_blocking(|db| db.raw("SELECT id FROM party_invitation", &[])).unwrap();
        assert!(left.is_empty(), "and it is swept up");
    });
}

#[test]
fn a_mailed_link_opens_an_account_and_a_handed_one_does_not() {
    testing::each(&SCHEMAS, |store| {
        let desk = desk(store);
        let register = |token: &str| {
            let token = token.to_owned();
            store.write_as_blocking(Actor::Guest, move |tx| register_invited(tx, &token, &new()))
        };
        let id = desk.invite("bo@example.com", Role::SellerStaff).id;
        let denied = store.write_as_blocking(desk.owner, move |tx| invitation_token(tx, id)).unwrap_err();
        assert_eq!(denied.kind, Kind::Denied, "a seller never holds a link that proves another's address");
        let handed = store.write_as_blocking(desk.owner, move |tx| hand_over_invitation(tx, id)).unwrap();
        assert!(desk.behind(&handed).is_some_and(|offer| !offer.proves));
        assert_eq!(register(&handed).unwrap_err().code, "invitation_over");
        assert_eq!(store.read_blocking(|db| credentials(db, "bo@example.com")).unwrap(), None);

        let mailed = desk.mailed(id).unwrap();
        assert!(desk.behind(&handed).is_none(), "the newer link counts");
        let bo = register(&mailed).unwrap();
        assert!(store.read_blocking(move |db| memberships(db, bo)).unwrap().is_empty(), "an account is no yes");
        assert_eq!(register(&mailed).unwrap_err().code, "invitation_over", "it has one now");
        desk.accept(bo, id, Role::SellerStaff).unwrap();

        let admin = Actor::Person { person: bo.raw(), organisation: 1, role: Role::Admin };
        let id = desk.invite_as(admin, "li@example.com", Role::SellerOwner).unwrap().id;
        let other = Actor::Person { person: bo.raw(), organisation: 4711, role: Role::SellerOwner };
        let reach = |actor| store.write_as_blocking(actor, move |tx| hand_over_invitation(tx, id));
        assert_eq!(reach(other).unwrap_err().kind, Kind::Denied);
        let vouched = reach(admin).unwrap();
        register(&vouched).unwrap();
        let stored = store.read_blocking(|db| db.raw("SELECT token_hash FROM party_invitation", &[])).unwrap();
        assert!(stored.iter().all(|row| row.get::<String>(0).unwrap() != vouched), "only the hash is kept");
    });
}

#[test]
fn invitations_are_counted_by_organisation_and_by_address() {
    testing::each(&SCHEMAS, |store| {
        let desk = desk(store);
        person_of(store, "known@example.com");
        let refused =
            |email: &str| desk.invite_as(desk.owner, email, Role::SellerStaff).map_err(|error| error.code).err();
        for email in ["known@example.com", "unknown@example.com"] {
            let answers: Vec<_> = (0..6).map(|_| refused(email)).collect();
            assert_eq!(answers, [None, None, None, None, None, Some("too_many_attempts")], "{email}");
        }
        let more = (0..60).take_while(|number| refused(&format!("m{number}@example.com")).is_none()).count();
        assert_eq!(more, 40, "fifty a day in all");
        store.clock().advance_seconds(86_400);
        assert_eq!(refused("known@example.com"), None, "the day is over");
    });
}

#[test]
fn with_a_membership_ends_all_that_it_opened() {
    testing::each(&SCHEMAS, |store| {
        let desk = desk(store);
        let casa = desk.casa;
        let bo = person_of(store, "bo@example.com");
        member(store, bo, casa, Role::SellerOwner).unwrap();
        let acting = Actor::Person { person: bo.raw(), organisation: casa.raw(), role: Role::SellerOwner };
        let key = NewApiKey { organisation: casa, role: Role::SellerOwner, label: "his".into() };
        let hers = NewApiKey { label: "hers".into(), ..key.clone() };
        let his = store.write_as_blocking(acting, move |tx| create_api_key(tx, &key)).unwrap().1;
        let hers = store.write_as_blocking(desk.owner, move |tx| create_api_key(tx, &hers)).unwrap().1;
        let works = |secret: &str| {
            let secret = secret.to_owned();
            store.read_blocking(move |db| api_key(db, &secret)).unwrap().is_some()
        };
        desk.invite_as(acting, "friend@example.com", Role::SellerOwner).unwrap();
        desk.invite("colleague@example.com", Role::SellerStaff);
        let token = sign_in_as(store, bo).token;
        assert_eq!(session_of(store, &token).unwrap().organisation, Some(casa));

        store.write_as_blocking(desk.owner, move |tx| remove_member(tx, bo, casa)).unwrap();
        assert_eq!(session_of(store, &token).unwrap().actor, as_buyer(bo), "signed in still, as himself");
        assert_eq!((works(&his), works(&hers)), (false, true));
        assert_eq!(desk.open(), [("colleague@example.com".to_owned(), Role::SellerStaff)], "no way back by a friend");
        let again = store.write_as_blocking(desk.owner, move |tx| remove_member(tx, bo, casa)).unwrap_err();
        assert_eq!(again.code, "unknown_person");
        // Let in again, his old session does not act for the organisation by itself.
        member(store, bo, casa, Role::SellerStaff).unwrap();
        assert_eq!(session_of(store, &token).unwrap().organisation, None);
    });
}

#[test]
fn an_owner_who_is_none_any_more_keeps_no_key() {
    testing::each(&SCHEMAS, |store| {
        let desk = desk(store);
        let casa = desk.casa;
        let bo = person_of(store, "bo@example.com");
        let set = |role| store.write_as_blocking(desk.owner, move |tx| set_role(tx, bo, casa, role));
        assert_eq!(set(Role::SellerOwner).unwrap_err().code, "unknown_person", "nobody is let in this way");
        member(store, bo, casa, Role::SellerStaff).unwrap();
        assert_eq!(set(Role::Admin).unwrap_err().fields[0].code, "role_does_not_fit");
        set(Role::SellerOwner).unwrap();
        let acting = Actor::Person { person: bo.raw(), organisation: casa.raw(), role: Role::SellerOwner };
        let key = NewApiKey { organisation: casa, role: Role::SellerOwner, label: "his".into() };
        let his = store.write_as_blocking(acting, move |tx| create_api_key(tx, &key)).unwrap().1;
        set(Role::SellerStaff).unwrap();
        assert_eq!(store.read_blocking(move |db| api_key(db, &his)).unwrap(), None);
        let told = desk.told();
        let last = told.iter().rev().take(2).map(|(kind, who)| (kind.as_str(), who.clone()));
        let by_ana = ("party.member_added", desk.owner.label());
        assert!(last.eq([by_ana.clone(), by_ana]), "a role that changes is told: {told:?}");
    });
}

#[test]
fn one_leaves_but_not_as_the_last_owner() {
    testing::each(&SCHEMAS, |store| {
        let desk = desk(store);
        let casa = desk.casa;
        let bo = person_of(store, "bo@example.com");
        member(store, bo, casa, Role::SellerStaff).unwrap();
        let leaves = |actor| store.write_as_blocking(actor, move |tx| leave(tx, casa));
        assert_eq!(leaves(desk.owner).unwrap_err().code, "last_owner");
        assert_eq!(leaves(Actor::Guest).unwrap_err().kind, Kind::Unauthenticated);
        let eve = person_of(store, "eve@example.com");
        assert_eq!(leaves(as_buyer(eve)).unwrap_err().code, "unknown_person");
        leaves(as_buyer(bo)).unwrap();
        assert_eq!(desk.members(), [("ana@example.com".to_owned(), Role::SellerOwner)]);
        assert_eq!(desk.told().last().unwrap(), &("party.member_removed".to_owned(), as_buyer(bo).label()));
    });
}

#[test]
fn a_new_session_acts_for_what_was_chosen_last_and_never_for_the_oldest() {
    testing::each(&SCHEMAS, |store| {
        let bo = person_of(store, "bo@example.com");
        let (old, young) = (seller(store, "Casa Ramalho"), seller(store, "Kiln No. 9"));
        let acts = || session_of(store, &sign_in_as(store, bo).token).unwrap().organisation;
        let choose = |organisation| {
            let token = sign_in_as(store, bo).token;
            store.write_as_blocking(as_buyer(bo), move |tx| switch(tx, &token, organisation)).unwrap();
        };
        let asked = || store.read_blocking(move |db| must_choose(db, bo)).unwrap();
        assert_eq!((acts(), asked()), (None, false));
        member(store, bo, young, Role::SellerOwner).unwrap();
        assert_eq!((acts(), asked()), (Some(young), false), "the only one");
        choose(Some(young));
        member(store, bo, old, Role::SellerStaff).unwrap();
        assert_eq!((acts(), asked()), (Some(young), false), "the one chosen last, though another is older");
        choose(Some(old));
        assert_eq!(acts(), Some(old));
        choose(None);
        assert_eq!((acts(), asked()), (None, false), "oneself, by choice");
        choose(Some(old));
        store.write_as_blocking(as_buyer(bo), move |tx| leave(tx, old)).unwrap();
        assert_eq!((acts(), asked()), (Some(young), false), "what was left is not acted for");
    });
}
