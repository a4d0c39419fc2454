//! Serves the pages over a small world in memory, read from disk as they change: `cargo run -p web --example serve`.

#[path = "../tests/world/mod.rs"]
mod world;

use std::path::PathBuf;

#[tokio::main]
async fn main() {
    let port = std::env::args().nth(1).unwrap_or_else(|| "8090".into());
    let store = tokio::task::spawn_blocking(|| {
        let (_, store) = store::testing::stores(world::SCHEMAS).remove(0);
        world::furnish(&store);
        store
    });
    let store = store.await.unwrap();
    let config = web::Config {
        base_url: format!("http://localhost:{port}"),
        demo: true,
        demo_people: vec![
            ("operator".into(), "operator@example.com".into()),
            ("buyer".into(), "buyer@example.com".into()),
        ],
        demo_password: world::PASSWORD.into(),
        development: Some(PathBuf::from(env!("CARGO_MANIFEST_DIR"))),
        ..web::Config::default()
    };
    let app = tokio::task::spawn_blocking(move || world::app(&store, config)).await.unwrap();
    let listener = tokio::net::TcpListener::bind(format!("127.0.0.1:{port}")).await.unwrap();
    println!("http://localhost:{port}");
    let service = web::router(app).into_make_service_with_connect_info::<std::net::SocketAddr>();
    axum::serve(listener, service).await.unwrap();
}
