//! Where data are, and processes that serve them.

use bench::client::Client;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use store::{Clock, Options, Store};
use tempfile::TempDir;

/// A fresh place for data on one engine. Goes with this value.
pub enum Place {
    Folder(TempDir),
    Database {
        url: String,
        /// Drops the database in the end.
        _keeper: Box<Store>,
    },
}

impl Place {
    /// One for each engine there is.
    pub fn each() -> Vec<Place> {
        let mut places = vec![Place::Folder(tempfile::tempdir().unwrap())];
        places.extend(Place::database());
        places
    }

    /// A PostgreSQL database, where there is a server.
    pub fn database() -> Option<Place> {
        let Some(server) = std::env::var(store::testing::SERVER).ok().filter(|url| !url.is_empty()) else {
            println!("skipped on PostgreSQL: {} is not set", store::testing::SERVER);
            return None;
        };
        let keeper = store::testing::postgres(works::schemas())?;
        let name = "SELECT CAST(current_database() AS TEXT)";
        let name: String = keeper.read_blocking(move |db| db.raw(name, &[])?[0].get(0)).unwrap();
        let (base, _) = server.rsplit_once('/').unwrap();
        Some(Place::Database { url: format!("{base}/{name}"), _keeper: Box::new(keeper) })
    }

    /// `--data …` or `--db …`.
    pub fn args(&self) -> [String; 2] {
        match self {
            Place::Folder(folder) => ["--data".into(), folder.path().to_str().unwrap().into()],
            Place::Database { url, .. } => ["--db".into(), url.clone()],
        }
    }

    /// The data, opened by this process as another node would.
    pub fn open(&self) -> Store {
        let url = self.args()[1].parse().unwrap();
        Store::open(Options { clock: Clock::system(), connections: 4, ..Options::new(url, works::schemas()) }).unwrap()
    }

    /// `entrepot COMMAND … --data …`, to its end.
    pub fn run(&self, command: &[&str]) -> Output {
        program().args(command).args(self.args()).output().unwrap()
    }

    /// `entrepot check` finds nothing wrong.
    pub fn check(&self) {
        check(&self.run(&["check"]));
    }
}

/// `entrepot check` of a copy in a folder finds nothing wrong.
pub fn check_folder(folder: &Path) {
    check(&program().arg("check").arg("--data").arg(folder).output().unwrap());
}

fn check(output: &Output) {
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && said.contains("does hold"), "{said}{}", String::from_utf8_lossy(&output.stderr));
}

pub fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_entrepot"));
    command.env("RUST_LOG", "warn").env_remove("ENTREPOT_DB").env_remove("ENTREPOT_DATA");
    command
}

/// A running `entrepot serve`; ends with this value.
pub struct Node {
    pub host: String,
    child: Child,
    _home: TempDir,
}

impl Node {
    /// Starts it and waits until it is ready.
    pub async fn start(place: &Place) -> Node {
        Node::start_on(&place.args()).await
    }

    /// Starts it with more on its command line.
    pub async fn start_with(place: &Place, more: &[&str]) -> Node {
        let mut args = place.args().to_vec();
        args.extend(more.iter().map(|one| (*one).to_owned()));
        Node::start_on(&args).await
    }

    /// Starts it on a copy in a folder.
    pub async fn start_in(folder: &Path) -> Node {
        Node::start_on(&["--data".into(), folder.to_str().unwrap().into()]).await
    }

    async fn start_on(args: &[String]) -> Node {
        let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let (host, home) = (free.to_string(), tempfile::tempdir().unwrap());
        let mut command = program();
        command.args(["serve", "--test-mode", "--rate-limit", "0", "--listen", &host]).args(args);
        let child = command.current_dir(home.path()).stdout(Stdio::null()).spawn().unwrap();
        let mut node = Node { host, child, _home: home };
        loop {
            assert!(node.child.try_wait().unwrap().is_none(), "the server ended by itself");
            if let Ok(mut client) = Client::connect(&node.host).await
                && client.get("/readyz").await.is_ok_and(|reply| reply.status == 200)
            {
                return node;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    }

    pub async fn client(&self) -> Client {
        Client::connect(&self.host).await.unwrap()
    }

    /// SIGKILL: nothing is flushed, nothing is said goodbye to.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// SIGTERM, as service managers send it.
    pub fn terminate(&self) {
        let sent = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap();
        assert!(sent.success());
    }

    /// Waits until it has ended.
    pub fn ended(mut self) -> ExitStatus {
        self.child.wait().unwrap()
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        // It may have ended by itself: then there is nothing to end.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// A folder for a backup.
pub fn backup_of(place: &Place, to: &Path) -> PathBuf {
    let output = place.run(&["backup", to.to_str().unwrap()]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    to.to_owned()
}
