//! `entrepot serve`: opens the house, loads the demonstration world when asked, listens, works, and stops cleanly.

use crate::config::ServeArgs;

use crate::listen;
use crate::say;
use crate::secret_key;
use base::{Error, Result};
use connect::{Fetcher, Peers};
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio::signal::unix::{SignalKind, signal};
use works::House;
use works::pictures;
use works::worker;

/// Serves until it is told to stop. Errors: the data cannot be opened, the port is taken.
pub fn run(args: ServeArgs) -> Result<()> {
    let base_url = args.public_url()?;
    let mailer = args.mailer()?;
    args.carrier.install_services()?;
    let runtime = Runtime::new().map_err(Error::internal)?;
    // The port first: a second start on the same port fails before it touches any data.
    let listener = runtime.block_on(bind(&args.listen))?;
    let peers = Peers::new(args.test_mode);
    let media = args.media.open(&args.data.data, &peers)?;
    runtime.block_on(media.check())?;
    let store = args.data.open(args.clock())?;
    secret_key::unlock(&store, &args.key, &args.data.data)?;
    // A damaged file is noticed while pages are served already, however large it is: then the node is not ready any more.
    store.look_in_background();
    if args.test_mode {
        tracing::warn!(
            "TEST MODE: an adjustable clock, plain http to peers on loopback, customs events made by hand. Never for real money."
        );
    }
    let house = match args.stripe.provider(&peers)? {
        Some(provider) => House::paid_through(store, provider)?,
        None => House::new(store)?,
    };
    let house = house.speaking_to(peers)?.keeping(media).stripe_at(&args.stripe.stripe_url);
    let empty = house.store.read_blocking(parties::platform)?.is_none();
    if args.demo && empty {
        runtime.block_on(demo::load(&house))?;
    }
    // After the demonstration's month of trade: its people are made up, and nobody must write to them or fetch their parcels.
    let house = house.with_mailer(mailer).booking_through(args.carrier.carrier(&peers)?);
    catch_up(&house)?;
    let app = house.pages(
        &web::SURFACES,
        frame::Config {
            base_url: base_url.clone(),
            demo: args.demo || args.test_mode,
            demo_people: if args.demo { demo::people() } else { Vec::new() },
            demo_password: if args.demo { demo::PASSWORD.into() } else { String::new() },
            behind_proxy: args.behind_proxy,
            hosts: args.front.hosts.clone(),
            is_nameless: args.base_url.is_none(),
            metrics_token: args.front.metrics_token.as_ref().map(|token| token.reveal().to_owned()),
            rate_limit: args.rate_limit,
            theme: args.theme.clone(),
            ..frame::Config::default()
        },
    )?;
    announce(&house, &args, &base_url)?;
    let working = runtime.spawn(worker::work(house.clone()));
    let fetching = runtime.spawn(pictures::work(house.clone(), Fetcher::new(peers)?));
    let served = runtime.block_on(listen::serve(listener, web::front(app), args.limits(), stopped()));
    house.stop();
    // What a worker has in hand ends in seconds; its lease lets another node do it should it not.
    drop(runtime.block_on(async { tokio::time::timeout(PATIENCE, futures::future::join(working, fetching)).await }));
    runtime.shutdown_timeout(Duration::from_secs(5));
    house.store.close();
    tracing::info!("stopped");
    served
}

/// How long jobs in hand are waited for before the process ends.
const PATIENCE: Duration = Duration::from_secs(20);

/// A clock that was moved ahead does not go back with a new start: it goes on from the last event.
fn catch_up(house: &House) -> Result<()> {
    let clock = house.store.clock();
    let last = house.store.read_blocking(store::newest_moment)?;
    if let Some(last) = last.filter(|last| clock.is_movable() && *last > clock.now()) {
        clock.set(last);
    }
    Ok(())
}

async fn bind(address: &str) -> Result<TcpListener> {
    TcpListener::bind(address).await.map_err(|problem| {
        Error::unavailable("listen", format!("Cannot listen on {address}: {problem}. Choose another with --listen."))
    })
}

/// Ctrl-C, or the signal that service managers send.
async fn stopped() {
    let mut terminate = match signal(SignalKind::terminate()) {
        Ok(terminate) => terminate,
        Err(problem) => {
            tracing::error!(%problem, "cannot hear the stop signal");
            return std::future::pending().await;
        }
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminate.recv() => {}
    }
    tracing::info!("stopping: open requests are finished first");
}

/// What a newcomer needs: where everything is, and how to sign in.
fn announce(house: &House, args: &ServeArgs, base_url: &str) -> Result<()> {
    say!();
    say!("  Storefront      {base_url}/");
    say!("  Seller centre   {base_url}/seller");
    say!("  Console         {base_url}/console");
    say!("  API             {base_url}/api/docs");
    say!();
    if let Some(token) = house.store.write_blocking(parties::claim_token)? {
        say!("  This installation has no owner yet. Open this link, once, within three days:");
        say!("  {base_url}/claim?token={token}");
        say!();
    } else if args.demo {
        say!("  Demo sign-ins (password {}):", demo::PASSWORD);
        for (_, email, sees) in demo::PEOPLE {
            say!("    {email:<23}  {sees}");
        }
        say!();
    }
    say!("  Data in {}, pictures in {}. Ctrl-C stops.", args.data.url(), house.media.place());
    say!();
    Ok(())
}
