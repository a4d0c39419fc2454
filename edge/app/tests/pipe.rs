//! `entrepot … | head`: a reader that goes ends nothing, and nobody hears of a panic.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a helper of a test may fail it")]

use std::process::{Command, Stdio};

/// Runs a command whose reader has gone before it says its first word; its status and what it said on standard error.
fn unread(args: &[&str]) -> (Option<i32>, String) {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let mut command = Command::new(env!("CARGO_BIN_EXE_entrepot"));
    let child = command.args(args).env("RUST_LOG", "error").stdout(writer).stderr(Stdio::piped()).spawn().unwrap();
    // The writing end must not stay open here.
    drop(command);
    let output = child.wait_with_output().unwrap();
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
}

#[test]
fn every_command_that_prints_ends_quietly_without_a_reader() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data").display().to_string();
    let backup = folder.path().join("backup").display().to_string();
    let other = folder.path().join("other").display().to_string();
    let rates = folder.path().join("rates.csv");
    std::fs::write(&rates, "Date,USD\n2026-10-29,1.11\n").unwrap();
    let rates = rates.display().to_string();
    drop(works::open(works::url(&data), store::Clock::system()).unwrap());
    let quote = [
        "quote",
        "--from",
        "CN",
        "--to",
        "FR",
        "--date",
        "2026-07-15",
        "--item",
        "610910:2:15.00EUR:200g",
        "--currency",
        "EUR",
    ];
    let commands: [&[&str]; 10] = [
        &quote,
        &["--help"],
        &["serve", "--help"],
        &["import", "rates", &rates, "--data", &data],
        &["check", "--data", &data],
        &["export", "products", "--help"],
        &["ledger", "export", "--data", &data],
        &["backup", "--data", &data, &backup],
        &["copy", "--from", &data, "--to", &other],
        &["simulate", "--help"],
    ];
    for args in commands {
        let (status, said) = unread(args);
        assert_eq!(status, Some(0), "{args:?}: {said}");
        assert!(!said.contains("panicked") && !said.contains("pipe"), "{args:?}: {said}");
    }
    // What was to be done was done, though nobody read that it was.
    assert!(std::path::Path::new(&backup).join("entrepot.db").exists());
}
