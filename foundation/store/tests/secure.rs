//! TLS to PostgreSQL, against a server of its own that has it: `scripts/postgres` starts one where PostgreSQL is installed.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a helper of a test may fail it")]

use base::Result;
use std::path::{Path, PathBuf};
use std::process::Command;
use store::{Options, Store, params};

/// A server with certificates; stopped and removed with this value.
struct Server {
    folder: PathBuf,
    port: String,
    _room: tempfile::TempDir,
}

fn script() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scripts/postgres")
}

impl Server {
    fn start() -> Option<Server> {
        let room = tempfile::tempdir().unwrap();
        // The server runs as another user when we are root, who must be able to walk there.
        Command::new("chmod").arg("755").arg(room.path()).status().unwrap();
        let folder = room.path().join("server");
        let started = Command::new(script()).arg("start").arg(&folder).env("PG_TLS", "1").output().unwrap();
        let said = String::from_utf8_lossy(&started.stdout).trim().to_owned();
        if !started.status.success() {
            let why = String::from_utf8_lossy(&started.stderr).into_owned();
            assert!(why.contains("not installed"), "{why}");
            println!("skipped: {why}");
            return None;
        }
        let port = said.rsplit_once(':').unwrap().1.split('/').next().unwrap().to_owned();
        Some(Server { folder, port, _room: room })
    }

    fn file(&self, name: &str) -> String {
        self.folder.join(name).display().to_string()
    }

    /// Opens a store on `host` and says whether its connection is over TLS.
    fn secret(&self, host: &str, database: &str, parameters: &str) -> Result<bool> {
        let url = format!("postgres://entrepot:secret@{host}:{}/{database}?{parameters}", self.port);
        let store = Store::open(Options { connections: 1, ..Options::new(url.parse().unwrap(), &[]) })?;
        let ssl = "SELECT CASE WHEN ssl THEN 1 ELSE 0 END FROM pg_stat_ssl WHERE pid = pg_backend_pid()";
        store.read_blocking(move |db| db.one(ssl, params![])?.get::<i64>(0)).map(|secret| secret == 1)
    }

    fn refusal(&self, host: &str, database: &str, parameters: &str) -> String {
        self.secret(host, database, parameters).expect_err(parameters).message
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(Command::new(script()).arg("stop").arg(&self.folder).status());
    }
}

#[test]
fn every_mode_does_what_libpq_says() {
    let Some(server) = Server::start() else { return };
    let (root, other) = (server.file("root.crt"), server.file("other.crt"));
    let open = |database: &str, parameters: &str| server.secret("localhost", database, parameters).unwrap();
    assert!(open("entrepot", ""), "TLS is preferred when nothing is said");
    assert!(open("entrepot", "sslmode=prefer") && open("entrepot", "sslmode=require"));
    assert!(!open("entrepot", "sslmode=disable") && !open("entrepot", "sslmode=allow"));
    // The server lets nobody in this way, so the other is tried.
    assert!(open("private", "sslmode=allow"), "plain is refused there, TLS is not");
    assert!(!open("plain", "sslmode=prefer"), "TLS is refused there, plain is not");
    assert!(server.refusal("localhost", "plain", "sslmode=require").contains("pg_hba"));
    assert!(server.refusal("localhost", "private", "sslmode=disable").contains("pg_hba"));
    // Who answers.
    let with = |mode: &str, root: &str| format!("sslmode={mode}&sslrootcert={root}");
    assert!(open("entrepot", &with("verify-full", &root)));
    assert!(server.secret("127.0.0.1", "entrepot", &with("verify-ca", &root)).unwrap(), "the name is not asked for");
    assert!(server.secret("127.0.0.1", "entrepot", &with("require", &root)).unwrap());
    let wrong_name = server.refusal("127.0.0.1", "entrepot", &with("verify-full", &root));
    assert!(wrong_name.contains("another host") && wrong_name.contains("sslmode=verify-ca"), "{wrong_name}");
    for mode in ["require", "verify-ca", "verify-full"] {
        let stranger = server.refusal("localhost", "entrepot", &with(mode, &other));
        assert!(stranger.contains("not believed") && stranger.contains("sslrootcert=FILE"), "{mode}: {stranger}");
    }
    let unknown = server.refusal("localhost", "entrepot", "sslmode=verify-full");
    assert!(unknown.contains("sslrootcert=FILE"), "{unknown}");
    assert!(
        open("entrepot", &with("verify-full", &server.file("server.crt"))),
        "its own certificate may be named, too"
    );
    let pinned = server.refusal("127.0.0.1", "entrepot", &with("verify-full", &server.file("server.crt")));
    assert!(pinned.contains("another host"), "{pinned}");
    // Who asks.
    let mine = format!("sslmode=require&sslcert={}&sslkey={}", server.file("client.crt"), server.file("client.key"));
    assert!(open("guarded", &mine));
    let nobody = server.refusal("localhost", "guarded", "sslmode=require");
    assert!(nobody.contains("certificate"), "{nobody}");
    let mixed = format!("sslmode=require&sslcert={}&sslkey={}", server.file("client.crt"), server.file("server.key"));
    assert!(server.refusal("localhost", "guarded", &mixed).contains("do not go together"));
    // A password that is bound to this channel.
    assert!(open("bound", "sslmode=require&channel_binding=require"));
}

#[test]
fn a_server_without_tls_is_refused_where_it_is_required() {
    let Some(url) = std::env::var(store::testing::SERVER).ok().filter(|url| !url.is_empty()) else {
        return println!("skipped: {} is not set", store::testing::SERVER);
    };
    let open = |mode: &str| Store::open(Options::new(format!("{url}?sslmode={mode}").parse().unwrap(), &[]));
    for mode in ["require", "verify-full"] {
        match open(mode) {
            // The tests' server may have TLS: then there is nothing to refuse.
            Ok(_) => return println!("skipped: the tests' server speaks TLS"),
            Err(error) if error.message.contains("sslrootcert=FILE") => return println!("skipped: it speaks TLS"),
            Err(error) => assert!(error.message.contains("Turn ssl on there"), "{mode}: {error}"),
        }
    }
}
