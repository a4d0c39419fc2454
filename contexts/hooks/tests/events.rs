//! The bodies of events are a promise: each kind has an example in `events.json`, with every field it can have, which its struct reads
//! and writes again as it is. Who changes a body, or adds an event, changes that file: `UPDATE=1` writes down what the structs make of it;
//! what they cannot read is written by hand.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

use hooks::{Happened, KINDS, events};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use store::{EventRow, Listed, Reach};

/// Where the structs stand.
fn contexts() -> impl Iterator<Item = (String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut all: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    all.sort();
    all.into_iter().filter_map(|context| {
        let text = fs::read_to_string(context.join("src/event.rs")).ok()?;
        Some((context.file_name().unwrap().to_string_lossy().into_owned(), text))
    })
}

fn examples() -> BTreeMap<String, Value> {
    serde_json::from_str(include_str!("events.json")).unwrap()
}

fn again(one: &Listed, example: &Value) -> String {
    one.again(&example.to_string()).unwrap_or_else(|error| panic!("write the example of {} anew: {error}", one.kind))
}

#[test]
fn every_body_stands_in_the_examples() {
    let examples = examples();
    let lacking: Vec<&str> = events().map(|one| one.kind).filter(|kind| !examples.contains_key(*kind)).collect();
    assert!(lacking.is_empty(), "write an example with every field into tests/events.json: {lacking:?}");
    let listed: BTreeSet<&str> = events().map(|one| one.kind).collect();
    assert_eq!(listed.len(), events().count(), "a kind stands twice");
    if std::env::var_os("UPDATE").is_some() {
        let mut text = String::from("{\n");
        for (place, one) in events().enumerate() {
            let comma = if place + 1 == listed.len() { "" } else { "," };
            writeln!(text, "  \"{}\": {}{comma}", one.kind, again(one, &examples[one.kind])).unwrap();
        }
        fs::write(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/events.json"), text + "}\n").unwrap();
    }
    for one in events() {
        let example = &examples[one.kind];
        assert_eq!(again(one, example), example.to_string(), "{} has another body: UPDATE=1", one.kind);
    }
    let gone: Vec<&String> = examples.keys().filter(|kind| !listed.contains(kind.as_str())).collect();
    assert!(gone.is_empty(), "no context has these any more: {gone:?}");
}

/// A field that is left out where there is nothing to tell would be missing unseen.
#[test]
fn the_examples_have_every_field() {
    let examples = examples();
    for (context, text) in contexts() {
        let own = events().filter(|one| text.contains(&format!("\"{}\"", one.kind)));
        let own: String = own.map(|one| examples[one.kind].to_string()).collect();
        let fields = text.lines().filter_map(|line| line.trim().strip_prefix("pub ")?.split_once(':'));
        let flat = |name: &str| text.contains(&format!("#[serde(flatten)]\n    pub {name}:"));
        for (field, _) in fields.filter(|(name, _)| !name.contains([' ', '(']) && !flat(name)) {
            assert!(own.contains(&format!("\"{field}\":")), "no example of {context} has the field {field}");
        }
    }
}

/// An event of a context that nobody listed here would be followed by nobody.
#[test]
fn every_context_with_events_is_followed() {
    let row = |kind: &str, body: String| EventRow {
        seq: 1,
        at: base::Moment(0),
        actor: "system".into(),
        kind: kind.into(),
        subject: 1,
        body,
    };
    let examples = examples();
    for one in events() {
        assert!(Happened::of(&row(one.kind, examples[one.kind].to_string())).unwrap().is_some(), "{}", one.kind);
    }
    for (context, text) in contexts().filter(|(_, text)| text.contains("store::events!")) {
        let listed =
            text.lines().filter(|line| line.starts_with("    Public \"") || line.starts_with("    Private \""));
        for line in listed {
            let kind = line.split('"').nth(1).unwrap();
            assert!(events().any(|one| one.kind == kind), "{kind} of {context} is not in `hooks::Happened`");
        }
    }
    assert_eq!(Happened::of(&row("order.unheard_of", "{}".into())).unwrap(), None, "a newer node's");
}

#[test]
fn what_is_public_is_told_by_webhooks_and_nothing_else_is() {
    let public: BTreeSet<&str> = events().filter(|one| one.reach == Reach::Public).map(|one| one.kind).collect();
    let told: BTreeSet<&str> = KINDS.iter().map(|kind| kind.event).collect();
    assert_eq!(public, told);
}
