//! Every route × every role: allowed or refused exactly as the table of routes says; and nobody reaches what is another's.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod desk_world;
mod world;

use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use base::{Actor, Role};
use desk_world::{Desks, each, sign_in};
use frame::{Route, Verb, Who};
use parties::{NewApiKey, OrganisationKind};
use world::{Answer, Browser, between, take_files_in};

/// Who tries: how they sign in, and what they are.
const PEOPLE: [(&str, Option<Role>); 8] = [
    ("", None),
    ("buyer@example.com", Some(Role::Buyer)),
    ("staff@lantau.example", Some(Role::SellerStaff)),
    ("owner@lantau.example", Some(Role::SellerOwner)),
    ("owner@other.example", Some(Role::SellerOwner)),
    ("operations@example.com", Some(Role::Operations)),
    ("finance@example.com", Some(Role::Finance)),
    ("service@example.com", Some(Role::Service)),
];

async fn browser_of(desks: &Desks, email: &str) -> Browser {
    match email {
        "" => Browser::new(&desks.app, "en-DE"),
        _ => sign_in(desks, email, "en-DE").await,
    }
}

/// A path whose parameters are filled with ids that nobody has.
fn filled(path: &str) -> String {
    let part = |part: &str| if part.starts_with('{') { "x1".to_owned() } else { part.to_owned() };
    path.split('/').map(part).collect::<Vec<_>>().join("/")
}

/// What the table says for this role: the status of a refusal, or none.
fn refusal(who: Who, role: Option<Role>) -> Option<StatusCode> {
    match (who, role) {
        (Who::Bare | Who::Public | Who::Api | Who::Signed, _) => None,
        (_, None) => Some(StatusCode::UNAUTHORIZED),
        (Who::Buyer, Some(_)) => None,
        (Who::Seller(needed) | Who::Console(needed) | Who::ApiKey(needed), Some(role)) => {
            (!role.may(needed)).then_some(StatusCode::FORBIDDEN)
        }
    }
}

/// What is wrong with this answer, if something is.
fn fault(route: &Route, name: &str, role: Option<Role>, answer: &Answer) -> Option<String> {
    let refused = matches!(answer.status, StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN);
    let as_told = match refusal(route.who, role) {
        Some(status) => answer.status == status,
        // A machine's signature is checked by its handler: without one it is refused there.
        None if route.who == Who::Signed => answer.status.is_client_error(),
        // A guest's basket and order open by their own token, which their handlers ask for.
        None if route.who == Who::Api && route.path.contains('{') => !answer.status.is_server_error(),
        None => !refused && !answer.status.is_server_error(),
    };
    let told = format!("{} {} for {name}: {} ({:?})", route.verb.name(), route.path, answer.status, route.who);
    (!as_told).then_some(told)
}

#[test]
fn every_page_and_form_lets_in_whom_the_table_names() {
    each(async |desks| {
        let mut faults = Vec::new();
        for (email, role) in PEOPLE.into_iter().chain([("operator@example.com", Some(Role::Admin))]) {
            let mut browser = browser_of(&desks, email).await;
            for route in web::routes().filter(|route| !route.who.is_api()) {
                // Signing in or out, or acting for another, in the middle would make another visitor of this one.
                if ["/sign-in", "/sign-out", "/account/organisations"].contains(&route.path) && route.verb == Verb::Post
                {
                    assert!(matches!(route.who, Who::Public | Who::Buyer));
                    continue;
                }
                let path = filled(route.path);
                let answer = match route.verb {
                    Verb::Get => browser.get(&path).await,
                    _ => browser.post(&path, &[]).await,
                };
                faults.extend(fault(route, email, role, &answer));
            }
        }
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    });
}

/// A key for each role that has keys; its secret.
fn keys(desks: &Desks) -> Vec<(Role, String)> {
    let seller = desks.seller;
    let made = desks.store.write_blocking(move |tx| {
        let platform = parties::platform(tx)?.unwrap().id;
        let mut made = Vec::new();
        for role in Role::ALL.into_iter().filter(|role| *role != Role::Buyer) {
            let of_seller = matches!(role, Role::SellerOwner | Role::SellerStaff);
            let organisation = if of_seller { seller } else { platform };
            let new = NewApiKey { organisation, role, label: "routes".into() };
            made.push((role, parties::create_api_key(tx, &new)?.1));
        }
        Ok(made)
    });
    made.unwrap()
}

fn call(verb: Verb, path: &str, key: Option<&str>) -> Request<Body> {
    let method = Method::from_bytes(verb.name().as_bytes()).unwrap();
    let mut request = Request::builder().method(method).uri(path).header(header::CONTENT_TYPE, "application/json");
    if let Some(key) = key {
        request = request.header(header::AUTHORIZATION, format!("Bearer {key}"));
    }
    request.header("idempotency-key", "routes-by-roles").body(Body::from("{}")).unwrap()
}

#[test]
fn every_call_of_the_api_lets_in_whom_the_table_names() {
    each(async |desks| {
        let made = keys(&desks);
        let callers = made.iter().map(|(role, key)| (Some(*role), Some(key.as_str()))).chain([(None, None)]);
        let mut faults = Vec::new();
        for (role, key) in callers {
            let name = role.map_or("guest", Role::name);
            let mut browser = Browser::new(&desks.app, "en-DE");
            for route in web::routes().filter(|route| route.who.is_api()) {
                let answer = browser.send(call(route.verb, &filled(route.path), key)).await;
                faults.extend(fault(route, name, role, &answer));
            }
        }
        let mut browser = Browser::new(&desks.app, "en-DE");
        for route in web::routes().filter(|route| matches!(route.who, Who::ApiKey(_))) {
            let answer = browser.send(call(route.verb, &filled(route.path), Some("ek_nobody-has-this-key"))).await;
            faults.extend(fault(route, "an unknown key", None, &answer));
        }
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    });
}

#[test]
fn nobody_reaches_what_is_anothers() {
    each(async |desks| {
        let (parcel, offer) =
            (format!("/seller/orders/{}", desks.consignment), format!("/seller/offers/{}", desks.offer));
        let mut other = sign_in(&desks, "owner@other.example", "en-DE").await;
        for path in [&parcel, &offer, &format!("/seller/papers?id={}", desks.consignment)] {
            let answer = other.get(path).await;
            assert!(answer.status.is_client_error(), "{path}: {}", answer.status);
            assert!(!answer.html.contains("Jana K"), "{path} tells the buyer's name");
        }
        other.post(&format!("{parcel}/pack"), &[]).await;
        other.post(&offer, &[("deed", "pause")]).await;
        let mut own = sign_in(&desks, "owner@lantau.example", "en-DE").await;
        assert!(own.get(&parcel).await.html.contains("To pack"), "another seller has not packed it");
        assert!(own.get(&offer).await.html.contains("value=\"pause\""), "another seller has not paused it");
        for path in [format!("/order/{}", desks.order), format!("/order/{}/x", desks.order)] {
            let mut buyer = sign_in(&desks, "buyer@example.com", "en-DE").await;
            let answer = buyer.get(&path).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "a guest's order is not another buyer's: {path}");
            assert_eq!(Browser::new(&desks.app, "en-DE").get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
    });
}

#[test]
fn a_sellers_key_reaches_own_things_only() {
    each(async |desks| {
        let seller = desks.seller;
        let other = desks.store.write_blocking(move |tx| {
            let all = parties::organisations(tx, OrganisationKind::Seller, None, 10)?;
            let other = all.iter().find(|one| one.id != seller).unwrap().id;
            let new = NewApiKey { organisation: other, role: Role::SellerOwner, label: "other".into() };
            Ok(parties::create_api_key(tx, &new)?.1)
        });
        let other = other.unwrap();
        let mut browser = Browser::new(&desks.app, "en-DE");
        let path = format!("/api/seller/consignments/{}/pack", desks.consignment);
        let answer = browser.send(call(Verb::Post, &path, Some(&other))).await;
        assert!(matches!(answer.status, StatusCode::NOT_FOUND | StatusCode::FORBIDDEN), "{}", answer.status);
        let listed = browser.send(call(Verb::Get, "/api/seller/orders", Some(&other))).await;
        assert_eq!(listed.status, StatusCode::OK, "{}", listed.html);
        assert!(!listed.html.contains(&desks.consignment), "{}", listed.html);
        let id: base::Id<orders::Order> = desks.order.parse().unwrap();
        let seen = desks.store.read_as_blocking(Actor::Guest, move |db| orders::reach(db, id));
        assert!(seen.is_err(), "an order's id alone opens nothing");
    });
}

#[test]
fn a_product_file_sent_by_key_is_taken_in_by_the_job() {
    each(async |desks| {
        let seller = desks.seller;
        let (key, warehouse) = desks
            .store
            .write(move |tx| {
                let new = NewApiKey { organisation: seller, role: Role::SellerOwner, label: "files".into() };
                let warehouse = stock::warehouses(tx, Some(seller.raw()), "", 1)?.remove(0).code;
                Ok((parties::create_api_key(tx, &new)?.1, warehouse))
            })
            .await
            .unwrap();
        let mut browser = Browser::new(&desks.app, "en-DE");
        let file = |text: String, dry: bool| {
            let path = format!("/api/seller/imports?warehouse={warehouse}&dry_run={dry}");
            let request = Request::post(path).header(header::CONTENT_TYPE, "text/csv");
            request.header(header::AUTHORIZATION, format!("Bearer {key}")).body(Body::from(text)).unwrap()
        };
        let text = "Handle,Title,Variant SKU,Variant Price\nred,Red tea,RT,12.50\nbad,Bad tea,BT,many\n";
        let sent = browser.send(file(text.into(), true)).await;
        assert_eq!(sent.status, StatusCode::ACCEPTED, "{}", sent.html);
        assert!(sent.html.contains("\"state\":\"waiting\"") && sent.html.contains("\"dry_run\":true"), "{}", sent.html);
        take_files_in(&desks.store).await;
        let checked = browser.send(call(Verb::Get, &sent.location, Some(&key))).await;
        assert!(
            checked.html.contains("\"state\":\"checked\"") && checked.html.contains("\"errors_total\":"),
            "{}",
            checked.html
        );
        let wish = |wish: &str| {
            let body = Body::from(format!("{{\"wish\":\"{wish}\"}}"));
            let request = Request::post(&sent.location).header(header::CONTENT_TYPE, "application/json");
            request.header(header::AUTHORIZATION, format!("Bearer {key}")).body(body).unwrap()
        };
        assert_eq!(browser.send(wish("eat")).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(browser.send(wish("pause")).await.status, StatusCode::CONFLICT, "nothing is going on");
        let asked = browser.send(wish("import")).await;
        assert!(
            asked.html.contains("\"state\":\"waiting\"") && asked.html.contains("\"dry_run\":false"),
            "{}",
            asked.html
        );
        take_files_in(&desks.store).await;
        let done = browser.send(call(Verb::Get, &sent.location, Some(&key))).await;
        assert!(done.html.contains("\"state\":\"done\"") && done.html.contains("\"created\":1"), "{}", done.html);
        let wrong = browser.send(call(Verb::Get, &format!("{}/errors.csv", sent.location), Some(&key))).await;
        assert!(wrong.html.contains("bad,Bad tea,BT,many") && !wrong.html.contains("red,Red"), "{}", wrong.html);
        let empty = browser.send(file(String::new(), false)).await;
        assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", empty.html);
    });
}

/// A file of three megabytes goes in and comes out piece by piece, whatever the sizes in which it arrives.
#[test]
fn a_large_file_arrives_in_pieces() {
    each(async |desks| {
        let mut owner = sign_in(&desks, "owner@lantau.example", "en-DE").await;
        let page = owner.get("/seller/products/import").await.html;
        let csrf = between(&page, "name=\"csrf\" value=\"", "\"").to_owned();
        let warehouse = between(&page, "<option value=\"whs_", "\"").to_owned();
        let words = "harbour lantern ".repeat(60);
        let rows = (0..3000).map(|number| format!("h{number},T{number},\"{words}\",9.50\n"));
        let csv: String = std::iter::once("Handle,Title,Body (HTML),Variant Price\n".to_owned()).chain(rows).collect();
        let head = format!(
            "--B\r\nContent-Disposition: form-data; name=\"warehouse\"\r\n\r\nwhs_{warehouse}\r\n--B\r\n\
             Content-Disposition: form-data; name=\"currency\"\r\n\r\nEUR\r\n--B\r\n\
             Content-Disposition: form-data; name=\"file\"; filename=\"large.csv\"\r\n\r\n"
        );
        let whole = format!("{head}{csv}\r\n--B--\r\n").into_bytes();
        let chunks: Vec<_> = whole.chunks(70_001).map(|chunk| Ok::<_, std::io::Error>(chunk.to_vec())).collect();
        let request = Request::post(format!("/seller/products/import?csrf={csrf}"))
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=B")
            .header("sec-fetch-site", "same-origin")
            .body(Body::from_stream(futures::stream::iter(chunks)))
            .unwrap();
        let begun = owner.send(request).await;
        assert_eq!(begun.status, StatusCode::SEE_OTHER, "{}", begun.html);
        let id: base::Id<offers::import::Import> = begun.location.rsplit('/').next().unwrap().parse().unwrap();
        let seller = desks.seller;
        let kept = desks.store.read(move |db| {
            let pieces = db.raw("SELECT COUNT(*) FROM offer_import_piece", &[])?[0].get::<i64>(0)?;
            Ok((offers::import::find(db, seller, id)?.bytes, pieces))
        });
        let pieces = csv.len().div_ceil(offers::import::PIECE_BYTES) as i64;
        assert_eq!(kept.await.unwrap(), (csv.len() as i64, pieces), "in pieces of a megabyte, all of it");
        let wished = owner.post(&begun.location, &[("deed", "stop")]).await;
        assert_eq!(wished.status, StatusCode::SEE_OTHER);
        take_files_in(&desks.store).await;
        let stopped = desks.store.read(move |db| offers::import::find(db, seller, id)).await.unwrap();
        assert_eq!((stopped.rows, stopped.columns.len()), (100, 4), "it reads as it was sent");
    });
}
