//! Pictures of a product file are fetched from the machines where they lie; a backup and a copy take them along.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

use app::config::{DataArgs, MediaArgs, S3Args};
use app::data::{BackupArgs, CopyArgs};
use app::secret_key::KeyArgs;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::get;
use base::Id;
use catalog::{Image, Product, PutProduct, PutVariant};
use connect::{Fetcher, Media, Peers};
use std::path::Path;
use store::{Clock, Store};
use works::House;
use works::pictures;

/// The smallest PNG: one red pixel.
const PIXEL: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0\x90wS\xde\0\0\0\x0cIDATx\x9cc\xf8\xcf\xc0\0\0\x03\x01\x01\0\xc9\xfe\x92\xef\0\0\0\0IEND\xaeB`\x82";

/// A stranger's machine on loopback: a picture, a page that says it is one, nothing, and a way into the house.
async fn stranger() -> String {
    let inside = || async { (StatusCode::FOUND, [(header::LOCATION, "https://192.168.1.1/admin")]).into_response() };
    let router = axum::Router::new()
        .route("/front.png", get(|| async { PIXEL }))
        .route("/page.jpg", get(|| async { "<html>no picture</html>" }))
        .route("/inside.png", get(inside));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });
    address
}

fn product(base: &str) -> PutProduct {
    let image = |name: &str| Image { url: format!("{base}/{name}"), alt: String::new() };
    PutProduct {
        organisation: 7,
        handle: "lantern".into(),
        title: Some("Lantern".into()),
        images: ["front.png", "page.jpg", "gone.png", "inside.png"].map(image).into(),
        variants: vec![PutVariant { image: Some(format!("{base}/front.png")), ..PutVariant::default() }],
        ..PutProduct::default()
    }
}

fn put(store: &Store, base: &str) -> Id<Product> {
    let put = product(base);
    store.write_blocking(move |tx| catalog::put_product(tx, &put)).unwrap().id
}

#[test]
fn pictures_are_fetched_and_what_cannot_be_is_told() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let base = runtime.block_on(stranger());
    store::testing::each(works::schemas(), |store| {
        let house = House::new(store.clone()).unwrap();
        let id = put(store, &base);
        let fetch = |test_mode| {
            let fetcher = Fetcher::new(Peers::new(test_mode)).unwrap();
            runtime.block_on(pictures::fetch_due(&house, &fetcher)).unwrap()
        };
        assert_eq!((fetch(true), fetch(true)), (1, 0));
        let (page, state) = store
            .read_blocking(move |db| Ok((catalog::product(db, id, "en")?, catalog::fetch_state(db, id)?)))
            .unwrap();
        let kept: catalog::PictureAddress = page.images[0].url.parse().unwrap();
        assert!(runtime.block_on(house.media.get(&kept.key())).unwrap().is_some());
        assert_eq!((page.images.len(), &page.variants[0].image), (4, &page.images[0].url));
        let faults: Vec<(&str, &str)> =
            state.faults.iter().map(|fault| (fault.source.rsplit('/').next().unwrap(), fault.code.as_str())).collect();
        assert_eq!(
            faults,
            [("gone.png", "fetch_missing"), ("inside.png", "url_not_public"), ("page.jpg", "picture_format")]
        );
        store.clock().advance_seconds(3600);
        assert_eq!(fetch(false), 1, "what was missing is tried again");
        assert_eq!(put(store, &base), id);
    });
}

#[test]
fn files_that_no_product_names_are_removed_a_month_later() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let folder = tempfile::tempdir().unwrap();
    store::testing::each(works::schemas(), |store| {
        let media = Media::folder(folder.path()).unwrap();
        let mut house = House::new(store.clone()).unwrap();
        house.media = media.clone();
        // The same picture in another file: what follows a PNG's end is not read.
        let [used, left] = [PIXEL.to_vec(), [PIXEL, b"left"].concat()].map(|file| {
            let medium = runtime.block_on(media.take(7, file.into(), "")).unwrap();
            let noted = medium.clone();
            store.write_blocking(move |tx| catalog::put_medium(tx, &noted)).unwrap();
            medium.address
        });
        let images = vec![Image { url: used.to_string(), alt: String::new() }];
        let put = PutProduct { images, variants: vec![PutVariant::default()], ..product("https://x.example") };
        store.write_blocking(move |tx| catalog::put_product(tx, &put).map(drop)).unwrap();
        let is_there =
            |address: &catalog::PictureAddress| runtime.block_on(media.get(&address.key())).unwrap().is_some();
        let work = || runtime.block_on(works::worker::run_due(&house)).unwrap();
        runtime.block_on(works::tidy::schedule(&house)).unwrap();
        work();
        assert_eq!((is_there(&used), is_there(&left)), (true, true));
        store.clock().advance_seconds((catalog::UNUSED_DAYS + 1) * 86_400);
        work();
        assert_eq!((is_there(&used), is_there(&left)), (true, false), "the job comes back by itself");
        store.clock().advance_seconds(86_400);
        work();
        let noted =
            store.read_blocking(|db| db.raw("SELECT COUNT(*) FROM catalog_picture", &[])?[0].get::<i64>(0)).unwrap();
        assert_eq!(noted, 1, "what is gone is forgotten");
    });
}

fn data(folder: &Path) -> DataArgs {
    DataArgs { data: folder.to_owned(), db: None }
}

#[test]
fn a_backup_and_a_copy_take_the_pictures_along() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let place = |name: &str| at(name).display().to_string();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let store = data(&at("shop")).open(Clock::system()).unwrap();
    let media = Media::folder(&at("shop/media")).unwrap();
    let medium = runtime.block_on(media.take(7, PIXEL.into(), "")).unwrap();
    let key = medium.address.key();
    let noted = medium.clone();
    store.write_blocking(move |tx| catalog::put_medium(tx, &noted)).unwrap();
    store.close();
    app::data::backup(BackupArgs {
        data: data(&at("shop")),
        media: MediaArgs::default(),
        key: KeyArgs::default(),
        to: at("backup"),
    })
    .unwrap();
    let copy = |from: &str, to: &str, to_media: Option<String>| {
        let (from, to) = (place(from), place(to));
        app::data::copy(CopyArgs { from, to, from_media: None, to_media, s3: S3Args::default() }).unwrap();
    };
    copy("backup", "second", None);
    copy("backup", "third", Some(place("elsewhere")));
    let files =
        ["shop/media", "backup/media", "second/media", "elsewhere"].map(|name| std::fs::read(at(name).join(&key)));
    let bytes: Vec<Vec<u8>> = files.into_iter().map(Result::unwrap).collect();
    assert!(bytes.iter().all(|file| *file == bytes[0] && file.len() > 100));
    assert!(!at("third/media").exists());
    let copied = data(&at("second")).open_existing().unwrap();
    let owned = move |tx: &mut store::Tx| {
        let images = vec![Image { url: medium.address.to_string(), alt: String::new() }];
        catalog::put_product(tx, &PutProduct { images, ..product("https://x.example") }).map(drop)
    };
    copied.write_blocking(owned).unwrap();
}
