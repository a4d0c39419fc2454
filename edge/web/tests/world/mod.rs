//! A small world for tests and for looking at pages: the operator, four sellers, three warehouses, the demo's product file.

#![allow(dead_code, reason = "each test uses its own part of the world")]

pub mod buying;
mod places;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use base::{Actor, Address, Id};
use frame::{App, Config, Setup};
use parties::{Claim, NewOrganisation, Organisation, OrganisationKind, Register};
use payments::sandbox::Sandbox;
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};
use store::{Schema, Store, Tx};
use terms::{Mode, NewAgreement};
use tower::ServiceExt;

/// Every context's tables.
pub const SCHEMAS: &[Schema] = &[
    parties::SCHEMA,
    catalog::SCHEMA,
    ledger::SCHEMA,
    terms::SCHEMA,
    stock::SCHEMA,
    payments::SCHEMA,
    notify::SCHEMA,
    onboarding::SCHEMA,
    offers::SCHEMA,
    logistics::SCHEMA,
    orders::SCHEMA,
    checkout::SCHEMA,
    settlement::SCHEMA,
    aftersales::SCHEMA,
    amendments::SCHEMA,
    hooks::SCHEMA,
];

pub const PASSWORD: &str = "a lantern in the harbour";

const CATEGORIES: [(&str, &str, &str, &str); 8] = [
    ("home-kitchen", "Home & kitchen", "家居厨房", "المنزل والمطبخ"),
    ("phone-power", "Phone & power", "手机与电源", "الهاتف والطاقة"),
    ("audio", "Audio", "影音", "الصوتيات"),
    ("clothing", "Clothing", "服饰", "الملابس"),
    ("children", "Children", "母婴儿童", "الأطفال"),
    ("outdoor", "Outdoor", "户外", "في الهواء الطلق"),
    ("beauty", "Beauty", "美妆个护", "الجمال"),
    ("tea-pantry", "Tea & pantry", "茶与食品", "الشاي والمؤونة"),
];

/// An empty application over `store`.
pub fn app(store: &Store, config: Config) -> App {
    opened(store, config, None, connect::stripe::ADDRESS)
}

/// A mail server that takes every letter.
struct Taken;

impl notify::Mailer for Taken {
    fn send<'a>(&'a self, _: &'a notify::Letter) -> notify::BoxFuture<'a, base::Result<notify::Outcome>> {
        Box::pin(std::future::ready(Ok(notify::Outcome::Accepted)))
    }
}

/// The same with a mail server.
#[allow(dead_code, reason = "not every test writes letters")]
pub fn mailing(store: &Store, config: Config) -> App {
    opened(store, config, Some(Arc::new(Taken)), connect::stripe::ADDRESS)
}

/// The same, which finds Stripe elsewhere.
#[allow(dead_code, reason = "not every test asks Stripe")]
pub fn asking(store: &Store, stripe: &str) -> App {
    opened(store, Config::default(), None, stripe)
}

fn opened(store: &Store, config: Config, mailer: Option<Arc<dyn notify::Mailer>>, stripe: &str) -> App {
    store.write_blocking(offers::install_rates).unwrap();
    let sandbox = Sandbox::new(store).unwrap();
    let (world, shelf) = store
        .read_blocking(|db| {
            let rates = offers::Rates::load(db, db.now().date())?;
            let typical = customs::Typical::accepted(parties::typical_rates(db)?);
            let world = door::World::new(customs::Tables::builtin(), &rates, typical, db.now())?;
            Ok((world, search::Shelf::load(db)?))
        })
        .unwrap();
    let setup = Setup {
        store: store.clone(),
        config,
        shelf,
        world: Arc::new(world),
        peers: connect::Peers::new(true),
        connections: frame::connections::Connections::new(frame::connections::Given {
            providers: None,
            carrier: None,
            mailer,
            sandbox: Arc::new(sandbox),
            peers: connect::Peers::new(true),
            stripe: stripe.into(),
        }),
        media: connect::Media::memory(),
    };
    web::open(setup).unwrap()
}

/// The operator, its sellers and warehouses, and the goods of the demo's product file.
pub fn furnish(store: &Store) {
    store.write_blocking(offers::install_rates).unwrap();
    let hash = password_hash();
    let operator = store.write_blocking(move |tx| people(tx, &hash)).unwrap();
    let warehouse = store.read_blocking(|db| stock::warehouse_by_code(db, "cn-ningbo")).unwrap().unwrap();
    let options = offers::ImportOptions {
        actor: Actor::System,
        organisation: operator,
        agreement: None,
        warehouse: warehouse.id,
        currency: "EUR".parse().unwrap(),
        decimal: None,
        new_status: catalog::Status::Active,
        uncounted: None,
        encoding: None,
        columns: catalog::import::Mapping::default(),
        dry_run: false,
    };
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../demo/tables/products.csv");
    let report = offers::import(store, || Ok(std::fs::File::open(path).unwrap()), &options, |_| true).unwrap();
    assert!(report.errors.is_empty(), "{:?}", report.errors.first());
    assert!(report.products > 50);
}

fn people(tx: &mut Tx, hash: &str) -> base::Result<Id<Organisation>> {
    let token = parties::claim_token(tx)?.expect("an empty installation");
    let claimed = onboarding::found(
        tx,
        &Claim {
            token,
            name: "Entrepot".into(),
            country: "PL".parse()?,
            currency: "EUR".parse()?,
            language: "en".parse()?,
            typical_rates: true,
            email: "operator@example.com".into(),
            password_hash: hash.into(),
        },
    )?;
    let mut owners = BTreeMap::from([("Entrepot".to_owned(), claimed.organisation)]);
    for row in rows(include_str!("../../../demo/tables/sellers.csv")).iter().filter(|row| row["kind"] == "seller") {
        let new = NewOrganisation {
            name: row["name"].clone(),
            kind: OrganisationKind::Seller,
            country: row["country"].parse()?,
            currency: row["currency"].parse()?,
            language: row["language"].parse()?,
        };
        let seller = parties::create_organisation(tx, &new)?;
        terms::agree(tx, &NewAgreement::of(seller, Mode::Marketplace, new.currency))?;
        owners.insert(new.name, seller);
    }
    let buyer = Register {
        email: "buyer@example.com".into(),
        password_hash: hash.into(),
        name: "Jana Köhler".into(),
        language: "en".parse()?,
        country: "DE".parse()?,
    };
    parties::register(tx, &buyer)?;
    for row in rows(include_str!("../../../demo/tables/warehouses.csv")) {
        let text = |name: &str| row[name].clone();
        let address = Address {
            country: text("country"),
            name: text("contact_name"),
            organisation: text("organisation"),
            street: text("street"),
            street2: text("street2"),
            district: text("district"),
            city: text("city"),
            region: text("region"),
            postcode: text("postcode"),
            phone: text("phone"),
            ..Address::default()
        };
        let organisation = owners[&row["owner"]].raw();
        stock::put_warehouse(
            tx,
            &stock::PutWarehouse { code: text("code"), name: text("name"), organisation, address },
        )?;
    }
    for (position, (slug, en, zh, ar)) in CATEGORIES.into_iter().enumerate() {
        let names = [("en", en), ("zh-CN", zh), ("ar", ar)].map(|(tag, name)| (tag.to_owned(), name.to_owned()));
        let put = catalog::PutCategory {
            slug: slug.into(),
            names: BTreeMap::from(names),
            position: position as i64,
            ..catalog::PutCategory::default()
        };
        catalog::put_category(tx, &put)?;
    }
    Ok(claimed.organisation)
}

fn rows(text: &str) -> Vec<BTreeMap<String, String>> {
    csv::Reader::from_reader(text.as_bytes()).deserialize().map(|row| row.unwrap()).collect()
}

/// Runs `test` in a furnished world on every engine, and prints the engine's name so that a failure shows it.
pub fn each(test: impl AsyncFn(Store, App)) {
    for (engine, store) in store::testing::stores(SCHEMAS) {
        println!("on {engine}");
        furnish(&store);
        let config = Config { demo: true, demo_password: PASSWORD.into(), ..Config::default() };
        let app = app(&store, config);
        wait(test(store, app));
    }
}

/// Waits for what runs on threads of its own, as in the product.
pub fn wait<T>(work: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    runtime.unwrap().block_on(work)
}

/// The hash of [`PASSWORD`], worked out once.
pub fn password_hash() -> String {
    static HASH: LazyLock<String> = LazyLock::new(|| parties::hash_published(PASSWORD).unwrap());
    HASH.clone()
}

/// Takes in the product files that wait, as the worker does.
pub async fn take_files_in(store: &Store) {
    loop {
        let lane = store::Lane { kind: offers::import::RUN.kind.into(), party: String::new() };
        let claim = move |tx: &mut Tx| store::claim_lane(tx, &lane, tx.now(), 1, offers::import::LEASE_SECONDS);
        let Some(job) = store.write(claim).await.unwrap().pop() else { return };
        let store = store.clone();
        tokio::task::spawn_blocking(move || offers::import::run(&store, &job, || false)).await.unwrap().unwrap();
    }
}

/// A browser: keeps cookies, follows nothing by itself.
pub struct Browser {
    router: axum::Router,
    cookies: BTreeMap<String, String>,
    language: String,
    /// What a proxy reports as the client's address.
    pub address: String,
}

/// What came back.
pub struct Answer {
    pub status: StatusCode,
    pub location: String,
    pub html: String,
    pub headers: axum::http::HeaderMap,
}

impl Browser {
    /// A first visit with this `Accept-Language`.
    pub fn new(app: &App, language: &str) -> Browser {
        Browser {
            router: web::router(app.clone()),
            cookies: BTreeMap::new(),
            language: language.into(),
            address: String::new(),
        }
    }

    pub async fn get(&mut self, path: &str) -> Answer {
        self.send(Request::get(path).body(Body::empty()).unwrap()).await
    }

    /// Posts a form with the token that the last page carried.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let csrf = self.csrf().await;
        self.post_as(path, fields, &csrf, "same-origin").await
    }

    pub async fn csrf(&mut self) -> String {
        let page = self.get("/sign-in?stay").await;
        let page = if page.html.is_empty() { self.get("/cart").await } else { page };
        between(&page.html, "name=\"csrf\" value=\"", "\"").to_owned()
    }

    pub async fn post_as(&mut self, path: &str, fields: &[(&str, &str)], csrf: &str, site: &str) -> Answer {
        let body =
            form_urlencoded::Serializer::new(String::new()).append_pair("csrf", csrf).extend_pairs(fields).finish();
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", site);
        self.send(request.body(Body::from(body)).unwrap()).await
    }

    pub async fn send(&mut self, mut request: Request<Body>) -> Answer {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let headers = request.headers_mut();
        headers.insert(header::ACCEPT_LANGUAGE, self.language.parse().unwrap());
        headers.insert(header::HOST, "shop.example".parse().unwrap());
        if !self.address.is_empty() {
            headers.insert("x-forwarded-for", self.address.parse().unwrap());
        }
        if !cookies.is_empty() {
            headers.insert(header::COOKIE, cookies.join("; ").parse().unwrap());
        }
        let call = (request.method().clone(), request.uri().path().to_owned());
        let response = self.router.clone().oneshot(request).await.unwrap();
        for cookie in response.headers().get_all(header::SET_COOKIE) {
            let text = cookie.to_str().unwrap();
            let (name, rest) = text.split_once('=').unwrap();
            let (value, attributes) = rest.split_once(';').unwrap();
            assert!(attributes.contains("HttpOnly") && attributes.contains("SameSite=Lax"), "{text}");
            match attributes.contains("Max-Age=0") {
                true => self.cookies.remove(name),
                false => self.cookies.insert(name.into(), value.into()),
            };
        }
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, 16 << 20).await.unwrap();
        if call.1.starts_with("/api/") && parts.status == StatusCode::UNPROCESSABLE_ENTITY {
            places::exist(call.0.as_str(), &call.1, &bytes);
        }
        Answer {
            status: parts.status,
            location: parts.headers.get(header::LOCATION).map(|to| to.to_str().unwrap().into()).unwrap_or_default(),
            html: String::from_utf8_lossy(&bytes).into_owned(),
            headers: parts.headers,
        }
    }
}

/// What stands in `text` after `before` and ahead of `after`.
pub fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    let start = text.find(before).map(|at| at + before.len());
    let start = start.unwrap_or_else(|| panic!("no {before} in {}", &text[..text.len().min(4000)]));
    let end = text[start..].find(after).unwrap() + start;
    &text[start..end]
}
