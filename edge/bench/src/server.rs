//! The server under test: this same program as a child process on a free port of loopback.

use crate::client::Client;
use base::{Error, Result};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A running `entrepot serve`; ends with this value.
pub struct Server {
    /// `127.0.0.1:port`.
    pub host: String,
    child: Child,
}

/// A start that takes longer has failed.
const START_SECONDS: u64 = 60;
/// What follows from an order and waits no longer keeps pace: it is looked for four times a second.
const LATE_MILLISECONDS: i64 = 1000;
/// What follows from the orders of a run takes no longer than this.
const FOLLOW_SECONDS: u64 = 600;

impl Server {
    /// Starts it on `data` (or `db`) and waits until it is ready; says in how many milliseconds it was.
    pub async fn start(data: &Path, db: Option<&str>) -> Result<(Server, u128)> {
        let host = free_host()?;
        let program = std::env::current_exe().map_err(Error::internal)?;
        let mut command = Command::new(program);
        // A shop that nobody opened sells in test mode only. All buyers come from one address here, hundreds of them a second.
        command.args(["serve", "--test-mode", "--rate-limit", "0", "--listen", &host, "--data"]).arg(data);
        command.env("RUST_LOG", std::env::var("RUST_LOG").unwrap_or_else(|_| "warn".into()));
        command.env_remove("ENTREPOT_DB").env_remove("ENTREPOT_DEMO");
        if let Some(db) = db {
            command.args(["--db", db]);
        }
        let begun = Instant::now();
        let child = command.stdout(Stdio::null()).spawn().map_err(Error::internal)?;
        let mut server = Server { host, child };
        server.wait(begun).await?;
        Ok((server, begun.elapsed().as_millis()))
    }

    async fn wait(&mut self, begun: Instant) -> Result<()> {
        let mut pause = tokio::time::interval(Duration::from_millis(10));
        while begun.elapsed().as_secs() < START_SECONDS {
            pause.tick().await;
            if let Ok(Some(status)) = self.child.try_wait() {
                return Err(Error::unavailable("server_ended", format!("The server ended with {status}.")));
            }
            let Ok(mut client) = Client::connect(&self.host).await else { continue };
            if client.get("/readyz").await.is_ok_and(|reply| reply.status == 200) {
                return Ok(());
            }
        }
        Err(Error::unavailable("server_slow", "The server was not ready within a minute."))
    }

    /// Waits until nothing of what follows from orders is late by more than a second, by the server's own figures; says for how many
    /// seconds that was. Errors (unavailable): it does not come to an end.
    pub async fn follow(&self) -> Result<f64> {
        let begun = Instant::now();
        let mut client = Client::connect(&self.host).await?;
        let mut pause = tokio::time::interval(Duration::from_millis(20));
        while begun.elapsed().as_secs() < FOLLOW_SECONDS {
            pause.tick().await;
            let reply = client.get("/metrics").await?;
            let text = String::from_utf8_lossy(&reply.body);
            let waits = |name: &str| {
                let line = text.lines().find_map(|line| line.strip_prefix(name)?.trim().parse::<i64>().ok());
                line.ok_or_else(|| Error::unavailable("no_figures", format!("The server does not tell {name}.")))
            };
            let (jobs, events) =
                (waits("entrepot_jobs_behind_milliseconds ")?, waits("entrepot_events_behind_milliseconds ")?);
            if jobs.max(events) <= LATE_MILLISECONDS {
                return Ok(begun.elapsed().as_secs_f64());
            }
        }
        Err(Error::unavailable("never_done", "What follows from the orders was not done after ten minutes."))
    }

    /// Its resident memory in megabytes; none where the system does not tell.
    pub fn rss_mb(&self) -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
        Some(line.split_whitespace().nth(1)?.parse::<u64>().ok()? / 1024)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself: then there is nothing to end.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn free_host() -> Result<String> {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").map_err(Error::internal)?;
    Ok(listener.local_addr().map_err(Error::internal)?.to_string())
}
