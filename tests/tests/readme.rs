//! What the README tells a newcomer to type is true: the two commands exist, and every command line is understood.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

use app::command::Cli;
use clap::Parser;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use workspace_tests::{members, root};

fn readme() -> String {
    fs::read_to_string(root().join("README.md")).unwrap_or_default()
}

/// The command lines in the README's blocks, continued lines joined, up to a pipe or a redirection.
fn commands() -> Vec<Vec<String>> {
    let text = readme().replace("\\\n", " ");
    let blocks = text.split("```").skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>();
    let lines = blocks.iter().flat_map(|block| block.lines());
    let words = lines.map(|line| line.split_whitespace().take_while(|word| !["|", ">", "#", "&"].contains(word)));
    words.map(|words| words.map(str::to_owned).collect()).collect()
}

#[test]
fn cargo_run_finds_one_program_to_run() {
    assert!(
        commands().contains(&vec!["cargo".into(), "run".into(), "--release".into()]),
        "the README says how to start"
    );
    let folders = ["foundation", "contexts", "edge"];
    let programs: Vec<String> = folders
        .iter()
        .flat_map(|folder| members(folder).into_iter().map(move |member| format!("{folder}/{member}")))
        .filter(|path| root().join(path).join("src/main.rs").exists() || root().join(path).join("src/bin").exists())
        .collect();
    assert_eq!(programs, ["edge/app"], "cargo run in the root must have no choice to make");
}

#[test]
fn the_test_command_is_there_and_runs_what_is_there() {
    assert!(commands().contains(&vec!["scripts/test".into()]), "the README says how to test");
    for script in ["scripts/test", "scripts/test-api", "scripts/test-browser", "scripts/postgres", ".ci/run"] {
        let script = root().join(script);
        let mode = fs::metadata(&script).unwrap_or_else(|error| panic!("{}: {error}", script.display())).permissions();
        assert_eq!(mode.mode() & 0o111, 0o111, "{} can be executed", script.display());
    }
    assert!(fs::read_to_string(root().join(".ci/run")).unwrap().contains("scripts/test"), "CI runs the same command");
}

#[test]
fn every_entrepot_command_is_understood() {
    let told: Vec<_> =
        commands().into_iter().filter(|words| words.first().is_some_and(|word| word == "entrepot")).collect();
    assert!(told.len() >= 2, "the README shows commands: {told:?}");
    for words in told {
        if let Err(problem) = Cli::try_parse_from(&words) {
            panic!("{}: {problem}", words.join(" "));
        }
    }
}

#[test]
fn every_picture_and_page_it_points_to_is_there() {
    for (index, _) in readme().match_indices("](") {
        let text = readme();
        let target = text[index + 2..].split([')', '#']).next().unwrap_or_default();
        if !target.is_empty() && !target.starts_with("http") {
            assert!(root().join(target).exists(), "README points to {target}, which is not there");
        }
    }
}
