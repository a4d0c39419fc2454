//! Products from nothing and their pictures: by the desks' forms and by API, on every engine.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod desk_world;
mod picture;
mod world;

use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use base::{Actor, Role};
use desk_world::{Desks, each, sign_in};
use parties::NewApiKey;
use picture::png;
use serde_json::{Value, json};
use world::{Answer, Browser, between};

/// An attribute's value as it was before it was escaped.
fn value(page: &Answer, before: &str) -> String {
    between(&page.html, before, "\"").replace("&#x2f;", "/")
}

/// Sends a form with files as a browser does.
async fn send(browser: &mut Browser, path: &str, fields: &[(&str, &str)], files: &[(&str, &[u8])]) -> Answer {
    let mut body = Vec::new();
    for (name, value) in fields {
        let part = format!("--B\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.extend(part.as_bytes());
    }
    for (name, bytes) in files {
        let part = format!(
            "--B\r\nContent-Disposition: form-data; name=\"pictures\"; filename=\"{name}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        );
        body.extend(part.as_bytes());
        body.extend(*bytes);
        body.extend(b"\r\n");
    }
    body.extend(b"--B--\r\n");
    let csrf = browser.csrf().await;
    let request = Request::post(format!("{path}?csrf={csrf}"))
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=B")
        .header("sec-fetch-site", "same-origin");
    browser.send(request.body(Body::from(body)).unwrap()).await
}

/// What the form of a new product holds, but for what `but` says otherwise.
async fn filled(browser: &mut Browser, but: &[(&str, &str)]) -> Vec<(String, String)> {
    let page = browser.get("/seller/products/new").await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.html);
    let hidden = |name: &str| between(&page.html, &format!("name=\"{name}\" value=\""), "\"").to_owned();
    let warehouse = format!("whs_{}", between(&page.html, "<option value=\"whs_", "\""));
    let mut fields: Vec<(String, String)> = [
        ("key", hidden("key")),
        ("title", "Harbour lantern".into()),
        ("description", "Burns all night.\n\nFor ships & sheds.".into()),
        ("price", "24.50".into()),
        ("currency", "EUR".into()),
        ("quantity", "12".into()),
        ("warehouse", warehouse),
        ("weight", "0.8kg".into()),
        ("hs", "9405.50".into()),
        ("origin", "CN".into()),
        ("description_customs", "Oil lantern of steel".into()),
        ("status", "active".into()),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .into();
    for (name, value) in but {
        fields.retain(|(known, _)| known != name);
        fields.push(((*name).to_owned(), (*value).to_owned()));
    }
    fields
}

fn refs(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

async fn made(browser: &mut Browser) -> String {
    let fields = filled(browser, &[]).await;
    let files: [(&str, &[u8]); 2] = [("front.png", &png(700, 500, 200)), ("back.png", &png(300, 300, 10))];
    let done = send(browser, "/seller/products/new", &refs(&fields), &files).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.html);
    let again = send(browser, "/seller/products/new", &refs(&fields), &files).await;
    assert_eq!(again.location, done.location, "the same form sent twice makes one product");
    done.location
}

#[test]
fn a_product_is_made_from_nothing_and_stands_in_the_shop_with_its_picture() {
    each(async |desks| {
        let mut browser = sign_in(&desks, "owner@lantau.example", "en-DE").await;
        let path = made(&mut browser).await;
        let page = browser.get(&path).await;
        assert!(page.html.contains("The product is made.") && page.html.contains("Harbour lantern"), "{}", page.html);
        assert!(page.html.contains("€24.50") && page.html.contains("12 pieces in"), "{}", page.html);
        let slug = value(&page, "href=\"/p/");
        let shop = browser.get(&format!("/p/{slug}")).await;
        assert_eq!(shop.status, StatusCode::OK);
        assert!(shop.html.contains("<p>Burns all night.</p><p>For ships &amp; sheds.</p>"), "{}", shop.html);
        let main = between(&shop.html, "class=\"main\"><img ", ">");
        assert!(main.contains("width=\"700\" height=\"500\"") && main.contains("240w, /media/"), "{main}");
        let picture = between(main, "src=\"", "\"").replace("&#x2f;", "/");
        let file = browser.get(&picture).await;
        assert_eq!((file.status, file.headers["content-type"].to_str().unwrap()), (StatusCode::OK, "image/jpeg"));
        assert_eq!(file.headers["cache-control"], "public, max-age=31536000, immutable");
        let policy = file.headers["content-security-policy"].to_str().unwrap();
        assert!(policy.contains("img-src 'self' data:;"), "{policy}");
        let known = Request::get(&picture).header(header::IF_NONE_MATCH, file.headers["etag"].clone());
        assert_eq!(browser.send(known.body(Body::empty()).unwrap()).await.status, StatusCode::NOT_MODIFIED);
        for wrong in [picture.replace("700x500", "9x9"), picture.replace("700x500.jpg", "..%2f..%2fentrepot.db")] {
            assert_eq!(browser.get(&wrong).await.status, StatusCode::NOT_FOUND, "{wrong}");
        }
    });
}

#[test]
fn a_wrong_form_says_what_is_wrong_and_keeps_what_was_typed_and_sent() {
    each(async |desks| {
        let mut browser = sign_in(&desks, "owner@lantau.example", "en-DE").await;
        let fields = filled(&mut browser, &[("price", "much"), ("hs", "12"), ("title", " ")]).await;
        let svg = b"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>";
        let files: [(&str, &[u8]); 2] = [("front.png", &png(64, 64, 77)), ("evil.svg", svg)];
        let page = send(&mut browser, "/seller/products/new", &refs(&fields), &files).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        for field in ["price", "hs", "title", "pictures"] {
            assert!(page.html.contains(&format!("id=\"{field}-error\"")), "{field}: {}", page.html);
        }
        assert!(page.html.contains("Choose a JPEG, PNG, WebP or GIF file."));
        assert!(page.html.contains("value=\"much\"") && page.html.contains("Burns all night."));
        let picture = value(&page, "name=\"picture\" value=\"");
        let mended = filled(&mut browser, &[("picture", &picture)]).await;
        let done = send(&mut browser, "/seller/products/new", &refs(&mended), &[]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.html);
        assert_eq!(sources(&browser.get(&done.location).await).join(" "), picture);
        let stranger = &mut sign_in(&desks, "owner@other.example", "en-DE").await;
        let stolen = filled(stranger, &[("picture", &picture)]).await;
        let refused = send(stranger, "/seller/products/new", &refs(&stolen), &[]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "a picture is used by its owner only");
        assert_eq!(stranger.get(&done.location).await.status, StatusCode::NOT_FOUND);
        assert_eq!(stranger.post(&done.location, &[("status", "draft")]).await.status, StatusCode::NOT_FOUND);
    });
}

fn sources(page: &Answer) -> Vec<String> {
    let list = page.html.split("name=\"picture:").skip(1);
    list.map(|rest| between(rest, "value=\"", "\"").replace("&#x2f;", "/")).collect()
}

#[test]
fn pictures_are_added_put_in_order_described_and_taken_away() {
    each(async |desks| {
        let mut browser = sign_in(&desks, "owner@lantau.example", "en-DE").await;
        let path = made(&mut browser).await;
        let add = format!("{path}/pictures");
        let done = send(&mut browser, &add, &[], &[("side.png", &png(90, 90, 5))]).await;
        assert_eq!(done.location, path);
        let page = browser.get(&path).await;
        assert!(page.html.contains("1 picture added."));
        let before = sources(&page);
        assert_eq!(before.len(), 3);
        let nothing = send(&mut browser, &add, &[], &[]).await;
        assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
        let broken = send(&mut browser, &add, &[], &[("a.png", &png(90, 90, 5)[..60])]).await;
        assert!(broken.html.contains("id=\"pictures-error\""), "{}", broken.html);
        let arranged = [
            ("deed", "pictures"),
            ("picture:1", before[0].as_str()),
            ("place:1", "2"),
            ("alt:1", "From the front"),
            ("picture:2", before[1].as_str()),
            ("remove:2", "1"),
            ("picture:3", before[2].as_str()),
            ("place:3", "1"),
            ("alt:3", "\"From\" the side"),
        ];
        browser.post(&path, &arranged).await;
        let page = browser.get(&path).await;
        assert_eq!(sources(&page), [before[2].clone(), before[0].clone()]);
        assert!(page.html.contains("From the front") && page.html.contains("&quot;From&quot; the side"));
    });
}

#[test]
fn words_and_variants_are_edited_in_place() {
    each(async |desks| {
        let mut browser = sign_in(&desks, "owner@lantau.example", "en-DE").await;
        let path = made(&mut browser).await;
        let words = [
            ("deed", "words"),
            ("title", "Storm lantern"),
            ("description", "<p>Bright.</p><script>alert(1)</script>"),
            ("title:zh-CN", "防风灯"),
            ("description:zh-CN", "明亮。"),
            ("tags", "light, harbour"),
            ("status", "active"),
        ];
        browser.post(&path, &words).await;
        let page = browser.get(&path).await;
        assert!(page.html.contains("value=\"防风灯\"") && page.html.contains("value=\"light, harbour\""));
        let slug = value(&page, "href=\"/p/");
        let shop = Browser::new(&desks.app, "zh-CN").get(&format!("/p/{slug}")).await;
        assert!(shop.html.contains("防风灯") && shop.html.contains("<p>明亮。</p>") && !shop.html.contains("alert(1)"));
        let variant = between(&page.html, "name=\"variants[0].id\" value=\"", "\"").to_owned();
        let wrong = [("deed", "variants"), ("variants[0].id", &variant), ("variants[0].hs", "1")];
        let page = browser.post(&path, &wrong).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.html.contains("id=\"variants[0].hs-error\""), "{}", page.html);
        let sized = [
            ("deed", "variants"),
            ("option1", "Size"),
            ("variants[0].id", &variant),
            ("variants[0].option1", "Small"),
            ("variants[0].sku", "HL-S"),
            ("variants[0].barcode", "4006381333931"),
        ];
        browser.post(&path, &sized).await;
        let warehouse = format!("whs_{}", between(&browser.get(&path).await.html, "<option value=\"whs_", "\""));
        let large = [
            ("deed", "variant"),
            ("key", "k-large"),
            ("currency", "EUR"),
            ("warehouse", &warehouse),
            ("new.option1", "Large"),
            ("new.price", "30"),
            ("new.quantity", "5"),
        ];
        assert_eq!(browser.post(&path, &large).await.location, path);
        assert_eq!(browser.post(&path, &large).await.location, path, "sent twice it is added once");
        let page = browser.get(&path).await;
        assert!(page.html.contains("Small · HL-S") && page.html.contains("4006381333931"), "{}", page.html);
        assert!(page.html.contains("€30.00") && page.html.contains("5 pieces in"));
        let twice = [("new.option1", "Small"), ("new.price", "1"), ("new.quantity", "1"), ("key", "k-small")];
        let page = browser.post(&path, &[&[("deed", "variant"), ("warehouse", &warehouse)], &twice[..]].concat()).await;
        assert!(page.html.contains("id=\"new.option1-error\""), "{}", page.html);
        let page = browser.post(&path, &[("deed", "variant"), ("new.price", "1")]).await;
        assert!(page.html.contains("id=\"new.option1-error\"") && page.html.contains("id=\"new.quantity-error\""));
        assert!(!browser.get(&path).await.html.contains("variants[2].id"));
    });
}

#[test]
fn the_operator_makes_goods_of_its_own_and_edits_everybodys() {
    each(async |desks| {
        let mut seller = sign_in(&desks, "owner@lantau.example", "en-DE").await;
        let path = made(&mut seller).await.replace("/seller/", "/console/");
        let mut browser = sign_in(&desks, "operator@example.com", "zh-CN").await;
        for page in ["/console/products/new", &path] {
            let page = browser.get(page).await;
            assert!(page.status == StatusCode::OK && !page.html.contains('⟦'), "{}", page.html);
        }
        browser.post(&path, &[("deed", "words"), ("title", "Lantern"), ("status", "draft")]).await;
        assert!(browser.get(&path).await.html.contains("value=\"Lantern\""));
        let mut staff = sign_in(&desks, "service@example.com", "en-DE").await;
        assert_eq!(staff.post(&path, &[("status", "draft")]).await.status, StatusCode::FORBIDDEN);
    });
}

#[test]
fn a_picture_on_another_machine_is_not_shown_until_it_was_fetched() {
    each(async |desks| {
        let put = catalog::PutProduct {
            organisation: desks.seller.raw(),
            handle: "far".into(),
            title: Some("Far".into()),
            description_html: Some("<p><img src=\"https://cdn.example/in-text.jpg\" alt=\"in text\"></p>".into()),
            status: Some(catalog::Status::Active),
            images: vec![catalog::Image { url: "https://cdn.example/far.jpg".into(), alt: String::new() }],
            variants: vec![catalog::PutVariant::default()],
            ..catalog::PutProduct::default()
        };
        let write = move |tx: &mut store::Tx| catalog::put_product(tx, &put);
        let id = desks.store.write_as(Actor::System, write).await.unwrap().id;
        let mut browser = sign_in(&desks, "owner@lantau.example", "en-DE").await;
        let shop = browser.get("/p/far").await;
        assert_eq!(shop.status, StatusCode::OK);
        assert!(!shop.html.contains("cdn.example") && shop.html.contains("no-picture.svg"), "{}", shop.html);
        let page = browser.get(&format!("/seller/products/{id}")).await;
        assert!(page.html.contains("still lie on another machine"), "{}", page.html);
    });
}

fn key(desks: &Desks) -> String {
    let (organisation, role) = (desks.seller, Role::SellerOwner);
    let new = NewApiKey { organisation, role, label: "goods".into() };
    desks.store.write_blocking(move |tx| parties::create_api_key(tx, &new)).unwrap().1
}

async fn call(browser: &mut Browser, verb: Method, path: &str, key: &str, mime: &str, body: Vec<u8>) -> (u16, Value) {
    let request = Request::builder().method(verb).uri(path).header(header::AUTHORIZATION, format!("Bearer {key}"));
    let request = request.header(header::CONTENT_TYPE, mime).body(Body::from(body)).unwrap();
    let answer = browser.send(request).await;
    (answer.status.as_u16(), serde_json::from_str(&answer.html).unwrap_or_default())
}

#[test]
fn a_product_with_pictures_is_put_by_api() {
    each(async |desks| {
        let (mut api, key) = (Browser::new(&desks.app, "en"), tokio::task::block_in_place(|| key(&desks)));
        let picture = png(640, 480, 3);
        let (status, medium) = call(&mut api, Method::POST, "/api/seller/media", &key, "image/png", picture).await;
        assert_eq!((status, &medium["width"], medium["sizes"].as_array().unwrap().len()), (200, &json!(640), 3));
        let media = "/api/seller/media";
        let (status, problem) = call(&mut api, Method::POST, media, &key, "image/svg+xml", b"<svg/>".to_vec()).await;
        assert_eq!((status, &problem["errors"][0]["code"]), (422, &json!("picture_format")));
        assert_eq!(call(&mut api, Method::POST, media, &key, "text/plain", Vec::new()).await.0, 415);
        let large = vec![0; catalog::picture::FILE_BYTES + 1];
        assert_eq!(call(&mut api, Method::POST, media, &key, "image/png", large).await.0, 413);
        let own = desks.seller.raw();
        let read = move |db: &mut store::Read| stock::warehouses(db, Some(own), "", 1);
        let warehouse = desks.store.read(read).await.unwrap()[0].code.clone();
        let product = |url: &str| {
            json!({ "handle": "api-tea", "title": "API tea", "status": "active", "warehouse": warehouse,
                "images": [{ "url": url, "alt": "a tin" }],
                "variants": [{ "sku": "AT", "grams": 250, "hs": "090240", "origin": "CN", "description": "Tea",
                    "price": { "minor": 990, "currency": "EUR" }, "quantity": 7 }] })
        };
        let url = medium["url"].as_str().unwrap().to_owned();
        let put = async |api: &mut Browser, body: Value| {
            call(api, Method::PUT, "/api/seller/products", &key, "application/json", body.to_string().into()).await
        };
        let (status, done) = put(&mut api, product(&url)).await;
        assert_eq!((status, &done["change"]), (200, &json!("created")), "{done}");
        assert_eq!(put(&mut api, product(&url)).await.1["change"], "unchanged");
        let (status, problem) = put(&mut api, product(&url.replace("/media/", "/media/00"))).await;
        assert_eq!((status, &problem["errors"][0]["code"]), (422, &json!("unknown_picture")));
        let mut wrong = product(&url);
        wrong["variants"][0]["price"]["minor"] = json!(0);
        let (status, problem) = put(&mut api, wrong).await;
        assert_eq!((status, &problem["errors"][0]["field"]), (422, &json!("variants[0].price")));
        let shown =
            api.get(&format!("/api/products/{}?destination=DE&currency=EUR", done["id"].as_str().unwrap())).await;
        assert!(shown.html.contains(&url) && shown.html.contains("a tin"), "{}", shown.html);
    });
}
