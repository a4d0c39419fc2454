//! Which crate of the house may have which crate of others. What is not written here is denied: so only the store speaks to
//! databases, only `connect` to the network, and a context cannot wait for either.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use workspace_tests::{members, root};

/// Pure, small, and of use to anybody: numbers, texts, hashes, tables.
const EVERYWHERE: [&str; 5] = ["base64", "csv", "serde", "serde_json", "sha2"];

const SURFACES: &[&str] = &["api", "console", "desk", "seller", "shop"];

/// Libraries that have a home, and who lives there.
const HOMES: [(&[&str], &[&str]); 23] = [
    // Databases, files, secrets and chance.
    (&["rusqlite", "rustix", "tokio-postgres", "tokio-postgres-rustls", "rustls-native-certs"], &["store"]),
    (&["rand"], &["store", "demo"]),
    (&["ring"], &["store", "frame"]),
    (&["rustls", "percent-encoding"], &["store", "connect"]),
    // Out into the network, and mail.
    (&["lettre", "object_store", "reqwest"], &["connect"]),
    // In from the network.
    (&["axum"], &["app", "frame", "web"]),
    (&["axum"], SURFACES),
    (&["hyper", "hyper-util"], &["app", "bench"]),
    (&["http-body", "http-body-util", "tower", "tower-http"], &["api", "app", "bench", "frame", "web"]),
    (&["form_urlencoded"], &["api", "connect", "console", "desk", "frame", "letters", "shop"]),
    (&["bytes"], &["bench", "connect", "frame", "store"]),
    (&["futures", "tokio"], &["app", "bench", "connect", "demo", "frame", "sim", "store", "works"]),
    // What pages are made of.
    (&["arc-swap", "fluent-bundle", "intl-memoizer", "unic-langid"], &["frame"]),
    (&["minijinja", "rust-embed", "qrcode"], &["api", "console", "desk", "frame", "letters", "seller", "shop"]),
    (&["jsonschema", "utoipa"], &["api"]),
    // Memory of the whole program.
    (&["mimalloc"], &["app"]),
    // Commands and what they say.
    (&["clap", "indicatif", "tracing-subscriber"], &["app", "bench", "demo"]),
    (&["tracing"], &["api", "app", "bench", "connect", "demo", "frame", "shop", "store", "works"]),
    (&["tempfile"], &["bench", "frame"]),
    // Signs of who somebody is, or of who sends.
    (&["argon2", "totp-rs", "webauthn_rp", "zxcvbn"], &["parties"]),
    (&["hmac"], &["connect", "hooks", "payments"]),
    (&["iban_validate", "stdnum"], &["onboarding"]),
    // Files of others, their letters, and the calendar.
    (FILES, &["base", "catalog", "customs", "demo", "frame", "logistics", "offers", "parties"]),
];

const FILES: &[&str] = &[
    "ammonia",
    "any_ascii",
    "barcoders",
    "calamine",
    "chardetng",
    "encoding_rs",
    "encoding_rs_io",
    "flate2",
    "image",
    "jiff",
    "quick-xml",
    "rust_decimal",
    "unicode-normalization",
    "zip",
];

/// The names under `[dependencies]` of a manifest that are not of the house.
fn outside(manifest: &str, house: &BTreeSet<String>) -> Vec<String> {
    let after = manifest.split_once("[dependencies]").map_or("", |(_, after)| after);
    let own = after.split("\n[").next().unwrap_or_default();
    let names = own.lines().filter_map(|line| line.split(['.', ' ', '=']).next());
    names
        .filter(|name| !name.is_empty() && !name.starts_with('#') && !house.contains(*name))
        .map(str::to_owned)
        .collect()
}

#[test]
fn a_library_has_its_home_and_no_other() {
    let folders = ["foundation", "contexts", "edge"];
    let house: BTreeSet<String> = folders.iter().flat_map(|folder| members(folder)).collect();
    let mut allowed: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (libraries, crates) in HOMES {
        for library in libraries {
            allowed.entry(library).or_default().extend(crates);
        }
    }
    let mut broken = Vec::new();
    let mut used = BTreeSet::new();
    for folder in folders {
        for member in members(folder) {
            let manifest = fs::read_to_string(root().join(folder).join(&member).join("Cargo.toml")).unwrap();
            for library in outside(&manifest, &house) {
                let at_home = allowed.get(library.as_str()).is_some_and(|crates| crates.contains(member.as_str()));
                if !at_home && !EVERYWHERE.contains(&library.as_str()) {
                    broken.push(format!("{folder}/{member} has {library}"));
                }
                used.insert(library);
            }
        }
    }
    let unused = allowed.keys().copied().chain(EVERYWHERE).filter(|library| !used.contains(*library));
    broken.extend(unused.map(|library| format!("nobody has {library}")));
    assert!(
        broken.is_empty(),
        "say in this file where a library is at home, or do without it:\n  {}",
        broken.join("\n  ")
    );
}
