//! The key of the secrets: made once, in no backup and no copy; a node without it serves and says what it cannot do; lost, it is
//! made anew.

use super::place::{Node, Place, backup_of, program};
use super::shop::furnish;
use bytes::Bytes;
use hyper::Method;
use serde_json::{Value, json};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

/// An endpoint's secret is the kind of secret that the API makes.
async fn endpoint(node: &Node, key: &str) -> (u16, Value) {
    let body = Bytes::from(json!({ "url": "https://hooks.example.com/in" }).to_string());
    let headers = [("authorization", key), ("content-type", "application/json")];
    let made = node.client().await.send(Method::POST, "/api/webhook-endpoints", &headers, body).await.unwrap();
    (made.status, serde_json::from_slice(&made.body).unwrap())
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Whether any file in the folder, or the key's own file name, tells of it.
fn holds(folder: &Path, needle: &str) -> bool {
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files.filter(|path| path.is_file()).any(|path| text(&std::fs::read(path).unwrap()).contains(needle))
}

#[tokio::test(flavor = "multi_thread")]
async fn the_key_is_made_once_and_stays_out_of_backups_and_copies() {
    let place = Place::Folder(tempfile::tempdir().unwrap());
    let Place::Folder(folder) = &place else { unreachable!("a folder") };
    let (folder, shop) = (folder.path().to_owned(), furnish(&place));
    let node = Node::start(&place).await;
    let file = folder.join("secret.key");
    let key = std::fs::read_to_string(&file).unwrap();
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    let (status, made) = endpoint(&node, &shop.operator_key).await;
    assert_eq!(status, 201, "{made}");
    let secret = made["secret"].as_str().unwrap().trim_start_matches("whsec_").to_owned();
    let backup = tempfile::tempdir().unwrap();
    backup_of(&place, backup.path());
    node.terminate();
    assert!(node.ended().success());
    assert!(!holds(backup.path(), key.trim()) && !holds(backup.path(), &secret) && !holds(&folder, &secret));
    assert!(!backup.path().join("secret.key").exists());

    let copy = tempfile::tempdir().unwrap();
    let (from, to) = (folder.to_str().unwrap(), copy.path().to_str().unwrap());
    let copied = program().args(["copy", "--from", from, "--to", to]).output().unwrap();
    assert!(copied.status.success() && text(&copied.stdout).contains("secret.key"), "{}", text(&copied.stdout));
    assert!(!copy.path().join("secret.key").exists());
    // Started without it: everything is served but what needs it, and no other key takes its place.
    let locked = Node::start_in(copy.path()).await;
    let (status, refused) = endpoint(&locked, &shop.operator_key).await;
    assert_eq!((status, refused["code"].as_str()), (503, Some("secrets_locked")));
    assert!(!copy.path().join("secret.key").exists());
    drop(locked);
    std::fs::copy(&file, copy.path().join("secret.key")).unwrap();
    let open = Node::start_in(copy.path()).await;
    assert_eq!(endpoint(&open, &shop.operator_key).await.0, 201);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_key_is_made_anew_and_one_that_is_there_is_not() {
    let place = Place::Folder(tempfile::tempdir().unwrap());
    let Place::Folder(folder) = &place else { unreachable!("a folder") };
    let (file, shop) = (folder.path().join("secret.key"), furnish(&place));
    let node = Node::start(&place).await;
    assert_eq!(endpoint(&node, &shop.operator_key).await.0, 201);
    node.terminate();
    assert!(node.ended().success());
    let refused = place.run(&["new-secret-key"]);
    assert!(!refused.status.success() && text(&refused.stderr).contains("is here and opens them"), "{refused:?}");
    let old = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, "a".repeat(64)).unwrap();
    let renewed = place.run(&["new-secret-key"]);
    assert!(renewed.status.success() && text(&renewed.stdout).contains("1 webhook endpoints"), "{renewed:?}");
    let new = std::fs::read_to_string(&file).unwrap();
    assert!(new.trim().len() == 64 && new != old && !new.starts_with("aaaa"), "the wrong one was put aside");
    assert_eq!(std::fs::read_to_string(file.with_extension("key.old")).unwrap(), "a".repeat(64));
    let node = Node::start(&place).await;
    assert_eq!(endpoint(&node, &shop.operator_key).await.0, 201);
}

/// Two nodes of one database whose folders are not one: the second serves, and gets its key from the environment.
#[tokio::test(flavor = "multi_thread")]
async fn a_second_node_needs_the_same_key() {
    let Some(place) = Place::database() else { return };
    let (shop, home) = (furnish(&place), tempfile::tempdir().unwrap());
    let file = home.path().join("keys/secret.key");
    let named = ["--secret-key-file", file.to_str().unwrap()];
    let first = Node::start_with(&place, &named).await;
    assert_eq!(endpoint(&first, &shop.operator_key).await.0, 201);
    let stranger = Node::start(&place).await;
    assert_eq!(endpoint(&stranger, &shop.operator_key).await.0, 503);
    let second = Node::start_with(&place, &named).await;
    assert_eq!(endpoint(&second, &shop.operator_key).await.0, 201);
}
