//! Every stored value is changed, one after another: each change is found by the audit, refused by the tables themselves, or stands
//! in the one list of what may change unseen, with its reason. The tables and columns are the engine's own list, so that
//! a new one is asked about by itself.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod filled;

use base::{Error, Result};
use filled::{demonstration, fill, midway, world};
use sim::{audit, audit_of};
use std::collections::{BTreeMap, BTreeSet};
use store::{Engine, Row, Store, Table, Tx, Value, params, testing};

/// What may change unseen: table, columns (`*`: every one, and whole rows), and why. Nothing of money or goods is among it.
const UNSEEN: &[(&str, &[&str], &str)] = &[
    // What people write about themselves, their goods and their shop: it is theirs to change, at any time, and has no second source.
    // Orders keep what was sold as it was then.
    ("catalog_category", &["*"], "the shop's own shelves, changed at will"),
    ("catalog_product", &["*"], "words about goods, changed at will"),
    ("catalog_variant", &["*"], "facts about goods, changed at will; orders freeze them"),
    ("catalog_text", &["*"], "words about goods, changed at will"),
    ("catalog_word", &["*"], "an index that is made anew with every product"),
    ("catalog_media", &["*"], "pictures, changed at will"),
    ("catalog_picture", &["*"], "pictures, changed at will"),
    ("catalog_picture_use", &["*"], "pictures, changed at will"),
    ("catalog_fetch", &["*"], "pictures that are still to be fetched"),
    ("catalog_fetch_fault", &["*"], "pictures that could not be fetched"),
    ("party_person", &["*"], "a person's own facts, changed at will; what they may do stands in memberships"),
    ("party_address", &["*"], "a person's own address book"),
    ("party_organisation", &["name", "language"], "an organisation's own words"),
    ("party_api_key", &["label", "hint"], "words to tell keys apart"),
    ("party_membership", &["since"], "when it began; who may what is told by the trail"),
    ("party_setting", &["*"], "settings that are secret or words; those that decide prices are in the trail"),
    ("stock_warehouse", &["name", "country", "address"], "where a warehouse stands, changed at will; orders freeze it"),
    (
        "onboarding_application",
        &["*"],
        "what applicants say of themselves, forgotten after four hundred days; what came of it is the seller",
    ),
    ("onboarding_profile", &["*"], "an organisation's own words, changed at will; orders and papers freeze them"),
    ("onboarding_tax_number", &["*"], "an organisation's own words, changed at will"),
    ("order_head", &["email", "email_key", "name_key", "address", "token_hash"], "personal data, erased on demand"),
    ("order_field", &["*"], "what the shop asks, changed at will; the trail tells"),
    ("order_said", &["*"], "a buyer's own words, changed until something is packed and erased on demand"),
    (
        "logistics_parcel",
        &["from_address", "to_address", "fate"],
        "personal data, erased on demand; the stand-in's plan",
    ),
    (
        "logistics_booking",
        &["id", "carrier", "label", "state", "shipment", "problem", "requested_at", "*"],
        "what was asked with, and attempts that led to no label; of those that did the parcel has it all",
    ),
    ("logistics_document", &["format", "body"], "the carrier's own papers"),
    ("logistics_event", &["detail"], "a carrier's own words"),
    // Secrets and what comes and goes: nothing rests on them once they are over.
    ("party_connection", &["*"], "settings that are secret or words, changed at will; that they were is in the trail"),
    ("party_session", &["*"], "who is signed in just now"),
    ("party_reset", &["*"], "a wish for a new password"),
    ("party_device", &["*"], "devices that somebody signed in on: hashes"),
    ("party_totp", &["*"], "the secret of an authenticator app, and the last code that was taken"),
    ("vault", &["*"], "the mark of a key that lies elsewhere: with another one no secret opens"),
    ("party_recovery", &["*"], "codes for a lost phone: hashes"),
    ("party_passkey", &["*"], "a person's own passkeys"),
    ("party_ceremony", &["*"], "a sign-in that waits for its second half, for five minutes"),
    ("party_email_change", &["*"], "a wish for another e-mail"),
    ("party_claim", &["*"], "the link of the first start"),
    ("party_attempt", &["*"], "how often somebody tried"),
    ("order_access", &["*"], "links that open an order: hashes"),
    ("claim", &["due_at"], "when the next step is due: late or early, and its clock is audited"),
    ("claim", &["return_to", "carrier", "tracking"], "where pieces go and with whom; what was said of it is sealed"),
    ("claim", &["remedy", "remedy_amount"], "of claims that came to nothing; of others both are audited"),
    ("claim_line", &["restock"], "of claims that came to nothing after their pieces came back"),
    ("payment_sandbox_secret", &["*"], "the stand-in's own secret"),
    ("cart", &["*"], "a wish without prices; what became of it is the order"),
    ("cart_line", &["*"], "a wish without prices"),
    ("checkout_quote", &["expires_at", "pay_minutes", "created_at"], "when a quote that is over ended"),
    ("checkout_quote", &["cart"], "of a quote that is over: nothing comes of it"),
    ("checkout_claim", &["*"], "who held how much without paying, counted for a while"),
    ("hook_refused", &["*"], "messages that did not prove themselves, counted for a while"),
    ("offer_rate_held", &["*"], "rates that nobody has believed yet"),
    ("party_registration", &["*"], "a wish for an account"),
    ("party_invitation", &["*"], "an offer of a role, seen before it is taken; once taken the trail has it"),
    ("request", &["*"], "answers for repeated requests, forgotten after some days"),
    ("hook_endpoint", &["*"], "a developer's own address"),
    ("hook_delivery", &["*"], "messages to a developer, forgotten after thirty days"),
    ("notify_message", &["*"], "messages, forgotten after four hundred days"),
    ("offer_import", &["*"], "a file on its way in, forgotten after thirty days"),
    ("offer_import_piece", &["*"], "a file on its way in"),
    ("offer_import_error", &["*"], "a file on its way in"),
    ("idempotency", &["*"], "answers for repeated questions, forgotten after thirty days"),
    // Book-keeping of the work itself: a wrong time is late or early, and the rules on what waits find what would never come.
    (
        "job",
        &["*", "kind", "subject"],
        "work on what needs none any more does nothing; work that something still waits for is audited",
    ),
    ("job", &["id", "run_at", "attempts", "party", "locked_until", "again_at", "last_error"], "when work is tried"),
    ("follower", &["*"], "how far a follower has read; what it makes of it is audited"),
    ("ledger_account", &["opened_at"], "when an account was first used"),
    ("ledger_fold", &["seen_at"], "when folding ran"),
    ("ledger_hold", &["id", "held_at", "expires_at"], "names and times that nothing acts on; what is held is audited"),
    ("logistics_counter", &["series"], "which numbers were drawn; how many is audited"),
    ("offer", &["compare_at_minor", "changed_at"], "when it changed"),
    ("order_head", &["revision"], "counts changes"),
    ("order_due", &["pay_until", "settled_at"], "how long was waited, and when that was over"),
    ("amendment", &["why", "ended_at"], "why and when a change came to nothing; when it was carried out is audited"),
    (
        "order_head",
        &["settlement"],
        "of an order whose money all went back: whether that was before or after the split; the money itself is audited",
    ),
    ("order_consignment", &["customs"], "how far customs are, while under way: the parcel's next event says it anew"),
    ("order_day", &["*"], "sums for charts, made of orders"),
    ("payment_intent", &["updated_at"], "when it changed"),
    ("payment_intent", &["method", "reference"], "of an attempt that brought no money; of others both are audited"),
    ("payment_refund", &["updated_at"], "when it changed"),
    (
        "payment_notice",
        &["notice", "about", "outcome", "at", "*"],
        "a provider's news as it was told; what it led to is audited",
    ),
    (
        "payment_sandbox_charge",
        &["settles_at", "captured_at", "created_at", "*"],
        "the stand-in's own times, and its memory of attempts that brought no money",
    ),
    ("payment_sandbox_refund", &["created_at"], "the stand-in's own times"),
    ("settlement_waiting", &["since"], "since when it waits"),
    ("terms_version", &["agreed_at"], "when it was agreed; the event has the time"),
];

/// A change, and how the test tells it.
struct Change {
    told: String,
    sql: String,
    values: Vec<Value>,
}

/// What came of all changes of a database.
#[derive(Default)]
struct Outcome {
    tried: usize,
    refused: usize,
    found: usize,
    unseen: BTreeMap<(String, String), Vec<String>>,
    /// Rules that have found something.
    bitten: BTreeSet<&'static str>,
    rules: Vec<&'static str>,
}

#[test]
fn every_change_to_a_world_at_rest_is_found() {
    let store = world(6, 14);
    let outcome = change_all(&store, 2, |_| true);
    judge(&outcome);
    assert!(outcome.tried > 2000, "{}", outcome.tried);
}

/// Tables whose rows differ while trade goes on: what waits, what is held, what is open.
const ON_THE_MOVE: [&str; 14] = [
    "checkout_quote",
    "event",
    "job",
    "ledger_hold",
    "logistics_parcel",
    "order_consignment",
    "order_head",
    "order_parcel",
    "order_parcel_line",
    "party_membership",
    "payment_intent",
    "payment_sandbox_charge",
    "settlement_entry",
    "terms_version",
];

#[test]
fn every_change_in_the_middle_of_trade_is_found() {
    let store = midway(6, 900);
    let outcome = change_all(&store, 1, |table| ON_THE_MOVE.contains(&table));
    judge(&outcome);
    assert!(outcome.tried > 500, "{}", outcome.tried);
}

#[test]
fn the_demonstration_holds() {
    let report = demonstration().read_blocking(audit).unwrap();
    assert_eq!(report.findings, Vec::<String>::new());
    assert!(report.head.is_some_and(|head| head.number > 20), "a month of trade is sealed");
}

/// On the other engine a sample: the rules are the same texts, and what has to be seen is that they mean the same.
#[test]
fn changes_are_found_on_postgres() {
    let Some(store) = testing::postgres(works::schemas()) else {
        println!("skipped: {} is not set", testing::SERVER);
        return;
    };
    fill(&store, 6, 12);
    let outcome = change_all(&store, 1, |_| true);
    judge(&outcome);
    assert!(outcome.tried > 500, "{}", outcome.tried);
}

fn judge(outcome: &Outcome) {
    let listed = |table: &str, column: &str| {
        UNSEEN.iter().any(|(of, columns, _)| *of == table && (columns.contains(&column) || *columns == ["*"]))
    };
    let mut missing: Vec<String> = Vec::new();
    for ((table, column), told) in &outcome.unseen {
        if !listed(table, column) {
            missing.push(format!("{table}.{column}: {}", told.iter().take(4).cloned().collect::<Vec<_>>().join(" | ")));
        }
    }
    println!("{} changes: {} found, {} refused", outcome.tried, outcome.found, outcome.refused);
    let toothless: Vec<&str> = outcome.rules.iter().filter(|says| !outcome.bitten.contains(**says)).copied().collect();
    println!("rules that no change to this database breaks: {toothless:#?}");
    assert!(
        missing.is_empty(),
        "changed, and nobody noticed: give it an equation in edge/sim/src/audit, seal it in its context's SCHEMA, or list it in \
         UNSEEN with the reason:\n  {}",
        missing.join("\n  ")
    );
}

/// Changes every column of up to `most` rows of every table, and more of those that have states.
fn change_all(store: &Store, most: usize, wanted: impl Fn(&str) -> bool) -> Outcome {
    let states = store.engine() == Engine::Sqlite;
    let clean = store.read_blocking(audit).unwrap();
    assert_eq!(clean.findings, Vec::<String>::new());
    let mut outcome = Outcome { rules: clean.checked, ..Outcome::default() };
    for table in store.tables().unwrap() {
        let name = table.name.clone();
        if !wanted(&name) || UNSEEN.iter().any(|(of, columns, _)| *of == name && *columns == ["*"]) {
            continue;
        }
        let rows = store.read_blocking(move |db| pick(db, &table, most, states)).unwrap();
        let began = std::time::Instant::now();
        let before = outcome.tried;
        for (column, change) in rows {
            try_change(store, &name, &column, &change, &mut outcome);
        }
        println!("{name}: {} changes, {:?}", outcome.tried - before, began.elapsed());
        let of_table = outcome.unseen.iter().filter(|((of, _), _)| *of == name);
        of_table.for_each(|((_, column), told)| println!("  {column}: {} unseen, such as {}", told.len(), told[0]));
    }
    outcome
}

/// One change in a transaction that is undone.
fn try_change(store: &Store, table: &str, column: &str, change: &Change, outcome: &mut Outcome) {
    let (of, sql, values) = (table.to_owned(), change.sql.clone(), change.values.clone());
    let told = store.write_blocking(move |tx: &mut Tx| -> Result<()> {
        tx.raw(&sql, &values).map_err(|problem| Error::conflict("refused", problem.message))?;
        let found = audit_of(tx, &of)?;
        Err(Error::invalid("undone", found.join("\n")))
    });
    let told = told.unwrap_err();
    outcome.tried += 1;
    match told.code {
        "refused"
            if told.message.contains("constraint")
                || told.message.contains("cannot store")
                || told.message.contains("datatype mismatch") =>
        {
            outcome.refused += 1
        }
        "undone" if told.message.is_empty() => {
            outcome.unseen.entry((table.into(), column.into())).or_default().push(change.told.clone());
        }
        "undone" => {
            outcome.found += 1;
            for says in &outcome.rules {
                if told.message.lines().any(|line| line.starts_with(says)) {
                    outcome.bitten.insert(says);
                }
            }
        }
        // What the audit cannot even read it has found, too.
        _ if told.kind == base::Kind::Internal => outcome.found += 1,
        _ => panic!("{}: {told}", change.told),
    }
}

/// The changes to some rows of a table: first, middle, last, and one of every state.
fn pick(db: &mut store::Read, table: &Table, most: usize, states: bool) -> Result<Vec<(String, Change)>> {
    let place = match db.engine() {
        Engine::Sqlite => "CAST(rowid AS TEXT)",
        Engine::Postgres => "CAST(ctid AS TEXT)",
    };
    let columns: Vec<String> = table.columns.iter().map(|column| format!("\"{column}\"")).collect();
    // A quote that nobody placed and a hold that was let go are forgotten, or hold nothing: nobody asks for them any more.
    let only = match table.name.as_str() {
        "checkout_quote" => "WHERE state IN ('placed', 'open')",
        "ledger_hold" => "WHERE state IN ('pending', 'settled')",
        _ => "",
    };
    let select = format!("SELECT {place}, {} FROM \"{}\" {only} ORDER BY 2", columns.join(", "), table.name);
    let rows = db.raw(&select, params![])?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let mut picked: BTreeSet<usize> = (0..most).map(|part| part * (rows.len() - 1) / (most - 1).max(1)).collect();
    for column in 0..table.columns.len() {
        let mut first: BTreeMap<&str, usize> = BTreeMap::new();
        for (at, row) in rows.iter().enumerate() {
            if let Value::Text(text) = &row.values()[column + 1] {
                first.entry(text).or_insert(at);
            }
        }
        if states && first.len() <= 9 && rows.len() > 9 {
            picked.extend(first.into_values());
        }
    }
    let mut changes = Vec::new();
    for at in picked {
        for column in 0..table.columns.len() {
            changes.extend(changes_of(table, place, &rows, at, column));
        }
        let gone = format!("DELETE FROM \"{}\" WHERE {place} = $1", table.name);
        let told = format!("row {at} of {} removed", rows.len());
        changes.push(("*".into(), Change { told, sql: gone, values: vec![rows[at].values()[0].clone()] }));
    }
    Ok(changes)
}

/// One more, one less, nothing, what another row has, what no row has.
fn changes_of(table: &Table, place: &str, rows: &[Row], at: usize, column: usize) -> Vec<(String, Change)> {
    let is = &rows[at].values()[column + 1];
    let others = rows.iter().map(|row| &row.values()[column + 1]).filter(|other| *other != is);
    let mut wanted: Vec<Value> = others.clone().find(|other| **other != Value::Null).cloned().into_iter().collect();
    match is {
        Value::Int(number) => {
            wanted.extend([number.wrapping_add(1), number.wrapping_sub(1), 0].map(Value::Int));
            wanted.push(Value::NullInt);
        }
        Value::Text(text) => {
            // Another valid state, and another again.
            let mut states: BTreeSet<&Value> = others.collect();
            states.retain(|state| matches!(state, Value::Text(text) if text.len() < 30));
            if states.len() <= 9 {
                wanted.extend(states.into_iter().cloned());
            }
            wanted.extend([String::new(), format!("{text}x")].map(Value::Text));
            wanted.push(Value::NullText);
        }
        // A column without a value gets one.
        _ if wanted.is_empty() => wanted.push(Value::Int(1)),
        _ => {}
    }
    wanted.retain(|value| value != is);
    wanted.sort();
    wanted.dedup();
    let name = &table.columns[column];
    let change = |value: Value| Change {
        told: format!("row {at} of {}: {is:?} to {value:?}", rows.len()),
        sql: format!("UPDATE \"{}\" SET \"{name}\" = $2 WHERE {place} = $1", table.name),
        values: vec![rows[at].values()[0].clone(), value],
    };
    wanted.into_iter().map(|value| (name.clone(), change(value))).collect()
}
