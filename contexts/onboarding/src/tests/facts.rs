//! Profiles with tax numbers, return addresses, warehouses.

use super::{each, person, seller, shenzhen, told};
use crate::{
    NewWarehouse, Profile, PutProfile, TaxNumber, add_warehouse, change_warehouse, profile, put_profile,
    put_return_address, return_address,
};
use base::{Actor, Address, Id, Kind, Result, Role};
use parties::Organisation;
use store::Store;

fn number(country: &str, number: &str) -> TaxNumber {
    TaxNumber { country: country.parse().unwrap(), number: number.into() }
}

fn put(name: &str, numbers: &[(&str, &str)]) -> PutProfile {
    PutProfile {
        name: name.into(),
        legal_name: "Loom Technology Ltd.".into(),
        register: "Shenzhen 4403".into(),
        address: shenzhen(),
        tax_numbers: numbers.iter().map(|(country, text)| number(country, text)).collect(),
    }
}

fn say(store: &Store, by: Actor, of: Id<Organisation>, what: PutProfile) -> Result<()> {
    store.write_as_blocking(by, move |tx| put_profile(tx, of, &what))
}

fn known(store: &Store, of: Id<Organisation>) -> Profile {
    store.read_as_blocking(person(of, Role::SellerOwner), move |db| profile(db, of)).unwrap()
}

#[test]
fn a_profile_is_written_whole_and_told_once() {
    each(|store, admin| {
        let (of, other) = (seller(store, "Loom"), seller(store, "Forge"));
        let owner = person(of, Role::SellerOwner);
        assert_eq!(known(store, of), Profile::default());
        say(store, owner, of, put("Loom & Co", &[("DE", "de 136 695 976"), ("FR", "FR 40 303265045")])).unwrap();
        let first = known(store, of);
        assert_eq!(first.legal_name, "Loom Technology Ltd.");
        assert_eq!(first.address.as_ref().unwrap().name, "Loom Technology Ltd.");
        let numbers: Vec<&str> = first.tax_numbers.iter().map(|one| one.number.as_str()).collect();
        assert_eq!(numbers, ["136695976", "40303265045"], "without signs between");
        let organisation = store.read_blocking(move |db| parties::organisation(db, of)).unwrap();
        assert_eq!(organisation.name, "Loom & Co");
        assert_eq!(told(store, of.raw(), "party.organisation_changed"), 1);

        say(store, admin, of, put("Loom & Co", &[("DE", "DE136695976"), ("FR", "40303265045")])).unwrap();
        assert_eq!(known(store, of), first, "the same again");
        assert_eq!(told(store, of.raw(), "onboarding.profile_changed"), 1);
        say(store, owner, of, put("Loom & Co", &[("FR", "40303265045")])).unwrap();
        assert_eq!(known(store, of).tax_numbers, [number("FR", "40303265045")]);
        assert_eq!(told(store, of.raw(), "onboarding.profile_changed"), 2);

        let taken = say(store, owner, of, put("Forge", &[])).unwrap_err();
        assert_eq!((taken.fields[0].name.as_str(), taken.fields[0].code), ("name", "name_taken"));
        assert_eq!(known(store, of).tax_numbers.len(), 1, "nothing of a refused one stays");
        let strangers =
            [person(of, Role::SellerStaff), person(other, Role::SellerOwner), person(Id::from_raw(1), Role::Finance)];
        for by in strangers {
            assert_eq!(say(store, by, of, put("Mine", &[])).unwrap_err().kind, Kind::Denied, "{by:?}");
        }
        let foreign = store.read_as_blocking(person(other, Role::SellerOwner), move |db| profile(db, of));
        assert_eq!(foreign.unwrap_err().kind, Kind::Denied);
    });
}

#[test]
fn every_wrong_tax_number_is_named_by_its_place() {
    each(|store, _| {
        let of = seller(store, "Loom");
        let owner = person(of, Role::SellerOwner);
        let numbers = [("DE", "136695978"), ("FR", "40303265045"), ("GB", "GB 980 7806 85"), ("ZW", "12")];
        let error = say(store, owner, of, put("Loom", &numbers)).unwrap_err();
        let named: Vec<_> = error.fields.iter().map(|field| (field.name.as_str(), field.code)).collect();
        let wrong = |at: &'static str| (at, "tax_number_format");
        let expected = [wrong("tax_numbers[0].number"), wrong("tax_numbers[2].number"), wrong("tax_numbers[3].number")];
        assert_eq!(named, expected);
        let many: Vec<_> = (0..13).map(|_| ("ZW", "1000123456")).collect();
        assert_eq!(say(store, owner, of, put("Loom", &many)).unwrap_err().fields[0].code, "too_many");
        assert_eq!(known(store, of), Profile::default());
    });
}

/// Published examples of each authority, and the same with one digit changed.
#[test]
fn tax_numbers_are_checked_as_their_country_writes_them() {
    let right = [
        ("AT", "ATU13585627"),
        ("AU", "83 914 571 673"),
        ("BR", "16.727.230/0001-97"),
        ("CH", "CHE-100.155.212"),
        ("CN", "91110000600037341L"),
        ("DE", "DE136695976"),
        ("ES", "ESB58378431"),
        ("GB", "GB 980 7806 84"),
        ("IN", "27AAPFU0939F1ZV"),
        ("IT", "IT 00743110157"),
        ("JP", "5-8356-7825-6246"),
        ("PL", "PL 8567346215"),
    ];
    for (country, text) in right {
        let kept = number(country, text).checked("n").unwrap_or_else(|error| panic!("{country} {text}: {error:?}"));
        assert_eq!(kept.checked("n").unwrap(), kept, "what is kept is one");
        let last = text.rfind(|letter: char| letter.is_ascii_digit()).unwrap();
        let slip: String = text
            .char_indices()
            .map(|(at, letter)| match letter.to_digit(10) {
                Some(digit) if at == last => char::from_digit((digit + 1) % 10, 10).unwrap(),
                _ => letter,
            })
            .collect();
        assert!(number(country, &slip).checked("n").is_err(), "{country} {slip} is no number");
    }
    // A country without a rule: letters, digits and signs, of some length.
    assert_eq!(number("ZW", "10-001 234/56").checked("n").unwrap().number, "10-00123456".replace("23456", "234/56"));
    assert!(number("ZW", "<script>1234").checked("n").is_err());
}

#[test]
fn goods_come_back_to_the_address_that_is_said_else_to_the_first_warehouse() {
    each(|store, _| {
        let of = seller(store, "Loom");
        let owner = person(of, Role::SellerOwner);
        let back = || store.read_blocking(move |db| return_address(db, of)).unwrap();
        assert_eq!(back(), None);
        let new = NewWarehouse { organisation: of, code: String::new(), name: String::new(), address: shenzhen() };
        store.write_as_blocking(owner, move |tx| add_warehouse(tx, &new)).unwrap();
        assert_eq!(back().unwrap().street, "Hangcheng Avenue 175");
        let depot = Address { street: "Depot Road 1".into(), ..shenzhen() };
        let said = depot.clone();
        store.write_as_blocking(owner, move |tx| put_return_address(tx, of, Some(&said))).unwrap();
        assert_eq!(back().unwrap().street, "Depot Road 1");
        let wrong = Address { postcode: "1".into(), ..depot };
        let error = store.write_as_blocking(owner, move |tx| put_return_address(tx, of, Some(&wrong))).unwrap_err();
        assert_eq!(error.fields[0].code, "postcode_format");
        let staff = person(of, Role::SellerStaff);
        assert!(store.write_as_blocking(staff, move |tx| put_return_address(tx, of, None)).is_err());
        assert_eq!(back().unwrap().street, "Depot Road 1");
        store.write_as_blocking(owner, move |tx| put_return_address(tx, of, None)).unwrap();
        assert_eq!(back().unwrap().street, "Hangcheng Avenue 175");
        assert_eq!(told(store, of.raw(), "onboarding.profile_changed"), 2);
    });
}

#[test]
fn warehouses_are_ones_own_with_a_real_address_and_a_code_nobody_has() {
    each(|store, admin| {
        let (of, other) = (seller(store, "Loom"), seller(store, "Forge"));
        let staff = person(of, Role::SellerStaff);
        let new = |code: &str, of, address: Address| NewWarehouse {
            organisation: of,
            code: code.into(),
            name: String::new(),
            address,
        };
        let add = |by, new: NewWarehouse| store.write_as_blocking(by, move |tx| add_warehouse(tx, &new));
        let first = add(staff, new("", of, shenzhen())).unwrap();
        let second = add(staff, new("", of, shenzhen())).unwrap();
        let get = |id| store.read_blocking(move |db| stock::warehouse(db, id)).unwrap();
        assert_eq!((get(first).code.as_str(), get(first).name.as_str()), ("CN-1", "Shenzhen"));
        assert_eq!(get(second).code, "CN-2");
        for (by, code) in [(staff, "cn-1"), (admin, "CN-1")] {
            let error = add(by, new(code, of, shenzhen())).unwrap_err();
            assert_eq!((error.fields[0].name.as_str(), error.fields[0].code), ("code", "code_taken"));
        }
        let bare = Address { postcode: String::new(), city: String::new(), ..shenzhen() };
        let error = add(staff, new("", of, bare)).unwrap_err();
        let names: Vec<_> = error.fields.iter().map(|field| field.name.as_str()).collect();
        assert_eq!(names, ["city", "postcode"], "and no personal number is asked of a place that sends");
        assert_eq!(add(staff, new("", other, shenzhen())).unwrap_err().kind, Kind::Denied);
        assert!(add(Actor::Guest, new("", of, shenzhen())).is_err());
        add(admin, new("HUB", other, shenzhen())).unwrap();

        let moved = Address { street: "Harbour 2".into(), ..shenzhen() };
        let change = |by, id| {
            let moved = moved.clone();
            store.write_as_blocking(by, move |tx| change_warehouse(tx, id, "Harbour", &moved))
        };
        assert_eq!(change(person(other, Role::SellerOwner), first).unwrap_err().kind, Kind::Denied);
        assert_eq!(get(first).address.street, "Hangcheng Avenue 175");
        change(staff, first).unwrap();
        let now = get(first);
        assert_eq!(
            (now.code.as_str(), now.name.as_str(), now.address.street.as_str()),
            ("CN-1", "Harbour", "Harbour 2")
        );
        assert_eq!(now.organisation, of.raw());
        let all = store.read_blocking(move |db| stock::warehouses(db, Some(of.raw()), "", 10)).unwrap();
        assert_eq!(all.len(), 2);
    });
}
