//! Product files at the seller's desk: checked, asked about, confirmed, imported, paused; and what a category gives its goods.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod desk_world;
mod world;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use base::Role;
use desk_world::{Desks, each, sign_in};
use parties::NewApiKey;
use world::{Answer, Browser, between, take_files_in};

fn whole(page: &Answer, path: &str) {
    assert!(!page.html.contains('⟦'), "{path} lacks a text: {}", between(&page.html, "⟦", "⟧"));
    assert_eq!(page.status, StatusCode::OK, "{path}: {}", &page.html[..page.html.len().min(3000)]);
    assert!(page.html.contains("class=\"desk-body\""), "{path} is no page of a desk");
}

fn upload(csrf: &str, warehouse: &str, csv: &str) -> Request<Body> {
    let part =
        |name: &str, value: &str| format!("--B\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
    let file = format!(
        "--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"tea.csv\"\r\nContent-Type: text/csv\r\n\r\n{csv}\r\n--B--\r\n"
    );
    let body = format!("{}{}{file}", part("warehouse", warehouse), part("currency", "EUR"));
    Request::post(format!("/seller/products/import?csrf={csrf}"))
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=B")
        .header("sec-fetch-site", "same-origin")
        .body(Body::from(body))
        .unwrap()
}

/// The page of an import after the worker has done what it can.
async fn finished(desks: &Desks, browser: &mut Browser, path: &str) -> Answer {
    take_files_in(&desks.store).await;
    let page = browser.get(path).await;
    assert!(!page.headers.contains_key("refresh"), "{path} is over: {}", page.html);
    page
}

/// The address of the import of this file, begun by this person.
async fn sent(browser: &mut Browser, csv: &str) -> String {
    let page = browser.get("/seller/products/import").await;
    let csrf = between(&page.html, "name=\"csrf\" value=\"", "\"").to_owned();
    let warehouse = between(&page.html, "<option value=\"whs_", "\"").to_owned();
    let begun = browser.send(upload(&csrf, &format!("whs_{warehouse}"), csv)).await;
    assert_eq!(begun.status, StatusCode::SEE_OTHER, "{}", begun.html);
    begun.location
}

const TEA: &str = "Handle,Title,Variant SKU,Variant Price,Variant Grams,Variant Inventory Qty,Status\n\
    red-tea,Red tea,RT-1,12.50,250,30,active\n\
    bad-tea,Bad tea,BT-1,many,250,30,active\n";

#[test]
fn a_product_file_is_checked_then_imported() {
    each(async |desks| {
        let mut browser = sign_in(&desks, "owner@lantau.example", "en-DE").await;
        let run = sent(&mut browser, TEA).await;
        let checked = finished(&desks, &mut browser, &run).await;
        whole(&checked, &run);
        assert!(
            checked.html.contains("nothing was written") && checked.html.contains("Wrong rows"),
            "{}",
            checked.html
        );
        assert!(!browser.get("/seller/products").await.html.contains("Red tea"), "a check writes nothing");
        let wrong = browser.get(&format!("{run}/errors.csv")).await;
        assert!(wrong.html.contains("bad-tea") && !wrong.html.contains("red-tea"), "{}", wrong.html);
        let said = "price_format,“many” is no price; write it like 1234.50.";
        assert!(wrong.html.contains("Error line,Error column") && wrong.html.contains(said), "{}", wrong.html);
        let mut chinese = sign_in(&desks, "owner@lantau.example", "zh-CN").await;
        let page = chinese.get(&run).await.html;
        assert!(page.contains("“many”不是价格") && !page.contains("is no price"), "{page}");
        assert!(
            between(&page, "aria-current=\"page\"", "</a>").ends_with("商品"),
            "the menu knows where it is: {page}"
        );
        let file = chinese.get(&format!("{run}/errors.csv")).await.html;
        assert!(file.contains("错误行号") && file.contains("price_format,“many”不是价格"), "{file}");
        browser.post(&run, &[("deed", "import")]).await;
        let done = finished(&desks, &mut browser, &run).await;
        whole(&done, &run);
        assert!(browser.get("/seller/products").await.html.contains("Red tea"));
        let readiness = browser.get("/seller/readiness").await.html;
        assert!(readiness.contains("Red tea") && readiness.contains("Tariff line missing"), "{readiness}");
        let variant = format!("var_{}", between(&readiness, "var_", "\""));
        let wrong = [("hs", "9021000"), ("weight", "heavy"), ("description", "black tea")];
        let told = browser.post(&format!("/seller/readiness/{variant}"), &wrong).await;
        assert_eq!(told.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(told.html.contains("value=\"9021000\"") && told.html.contains("zero before it"), "{}", told.html);
        assert!(told.html.contains("value=\"heavy\"") && told.html.contains("value=\"black tea\""), "{}", told.html);
        let facts = [("hs", "0902.30"), ("origin", "CN"), ("description", "black tea leaves"), ("weight", "250g")];
        browser.post(&format!("/seller/readiness/{variant}"), &facts).await;
        assert!(!browser.get("/seller/readiness").await.html.contains("Red tea"));
    });
}

#[test]
fn a_file_of_two_readings_is_asked_about_and_grave_changes_want_a_word() {
    each(async |desks| {
        let mut browser = sign_in(&desks, "owner@lantau.example", "en-DE").await;
        let run =
            sent(&mut browser, "Handle,Title,SKU,Price,Status,Mood\nquince,Quince,Q-1,1.500,active,sweet\n").await;
        let asked = finished(&desks, &mut browser, &run).await;
        whole(&asked, &run);
        assert!(asked.html.contains("in line 2 can be read two ways"), "{}", asked.html);
        browser.post(&run, &[("deed", "answer"), ("decimal", "comma")]).await;
        let checked = finished(&desks, &mut browser, &run).await;
        whole(&checked, &run);
        assert!(checked.html.contains("Prices are read as 1.234,50, as was said."), "{}", checked.html);
        assert!(checked.html.contains("One new product is on sale at once."), "{}", checked.html);
        assert!(checked.html.contains("mean nothing here: Mood."), "{}", checked.html);
        browser.post(&run, &[("deed", "import")]).await;
        finished(&desks, &mut browser, &run).await;
        let run = sent(&mut browser, "SKU,Price\nQ-1,400.00\n").await;
        let checked = finished(&desks, &mut browser, &run).await;
        whole(&checked, &run);
        assert!(checked.html.contains("€1,500.00 becomes €400.00"), "{}", checked.html);
        browser.post(&run, &[("deed", "import")]).await;
        let waits = finished(&desks, &mut browser, &run).await;
        assert!(waits.html.contains("name=\"confirm\""), "nothing is done without the word: {}", waits.html);
        browser.post(&run, &[("deed", "import"), ("confirm", "yes")]).await;
        let done = finished(&desks, &mut browser, &run).await;
        assert!(!done.html.contains("name=\"confirm\"") && done.html.contains("0 new, 1 changed"), "{}", done.html);
    });
}

/// The catalogue as a file, from both desks and by key; sent back as it is it changes nothing.
#[test]
fn a_catalogue_is_downloaded_and_comes_back_as_it_was() {
    each(async |desks| {
        let mut browser = sign_in(&desks, "owner@lantau.example", "en-DE").await;
        let page = browser.get("/seller/products").await;
        assert!(page.html.contains("products.csv\""), "{}", page.html);
        let file = browser.get("/seller/products.csv").await.html;
        assert!(file.starts_with("\u{feff}Handle,Title,") && file.lines().count() > 1, "{file}");
        let run = sent(&mut browser, &file).await;
        let checked = finished(&desks, &mut browser, &run).await;
        whole(&checked, &run);
        browser.post(&run, &[("deed", "import")]).await;
        let done = finished(&desks, &mut browser, &run).await;
        assert!(
            done.html.contains("0 new, 0 changed") && done.html.contains("<span>Wrong rows</span><b>0</b>"),
            "{}",
            done.html
        );
        assert_eq!(browser.get("/seller/products.csv").await.html, file);
        let seller = desks.seller;
        let mut operator = sign_in(&desks, "operator@example.com", "en-DE").await;
        let narrowed = operator.get(&format!("/console/products?seller={seller}")).await.html;
        assert!(narrowed.contains(&format!("products.csv?seller={seller}\"")), "{narrowed}");
        let bare = file.trim_start_matches('\u{feff}');
        let of_seller = operator.get(&format!("/console/products.csv?seller={seller}&for=machine")).await.html;
        assert_eq!(of_seller, bare);
        assert_ne!(operator.get("/console/products.csv?for=machine").await.html, bare, "the operator's own shop");
        assert_eq!(operator.get("/console/products.csv?seller=org_1").await.status, StatusCode::NOT_FOUND);
        let keys = desks.store.write_blocking(move |tx| {
            let platform = parties::platform(tx)?.unwrap().id;
            let mut key = |organisation, role| -> base::Result<String> {
                let new = NewApiKey { organisation, role, label: "files".into() };
                Ok(parties::create_api_key(tx, &new)?.1)
            };
            Ok([key(seller, Role::SellerStaff)?, key(platform, Role::Service)?])
        });
        for (key, path) in keys
            .unwrap()
            .iter()
            .zip(["/api/seller/products.csv".to_owned(), format!("/api/organisations/{seller}/products.csv")])
        {
            let request = Request::get(&path).header(header::AUTHORIZATION, format!("Bearer {key}"));
            let answer = Browser::new(&desks.app, "en-DE").send(request.body(Body::empty()).unwrap()).await;
            assert_eq!((answer.html.as_str(), answer.status), (bare, StatusCode::OK), "{path}");
        }
    });
}

#[test]
fn a_category_gives_its_goods_a_weight() {
    each(async |desks| {
        let mut browser = sign_in(&desks, "operator@example.com", "en-DE").await;
        let page = browser.get("/console/categories").await;
        whole(&page, "/console/categories");
        let path = format!("/console/categories/cat_{}", between(&page.html, "/console/categories/cat_", "\""));
        let wrong = browser.post(&path, &[("hs", "9021000"), ("weight", "450 g")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.html.contains("value=\"9021000\"") && wrong.html.contains("value=\"450 g\""), "{}", wrong.html);
        browser.post(&path, &[("hs", "0902.10"), ("weight", "450 g")]).await;
        let page = browser.get("/console/categories").await.html;
        assert!(page.contains("value=\"090210\"") && page.contains("value=\"450\""), "{page}");
    });
}

#[test]
fn an_import_is_paused_gone_on_with_and_stopped_and_another_node_shows_it() {
    each(async |desks| {
        let mut browser = sign_in(&desks, "owner@lantau.example", "en-DE").await;
        let run = sent(&mut browser, TEA).await;
        let waits = browser.get(&run).await;
        whole(&waits, &run);
        assert_eq!(waits.headers["refresh"], "5");
        assert!(
            waits.html.contains("Waiting for its turn") && waits.html.contains("Sent by Lin Wei"),
            "{}",
            waits.html
        );
        browser.post(&run, &[("deed", "pause")]).await;
        assert!(browser.get(&run).await.html.contains("It stops after the rows in hand"));
        browser.post(&run, &[("deed", "go_on")]).await;
        browser.post(&run, &[("deed", "pause")]).await;
        let paused = finished(&desks, &mut browser, &run).await;
        whole(&paused, &run);
        assert!(paused.html.contains("Go on") && !paused.headers.contains_key("refresh"), "{}", paused.html);
        browser.post(&run, &[("deed", "stop")]).await;
        let stopped = browser.get(&run).await;
        whole(&stopped, &run);
        assert!(stopped.html.contains("Stopped before the end"), "{}", stopped.html);
        let again = browser.post(&run, &[("deed", "import")]).await;
        assert_eq!(again.location, run);
        assert!(browser.get(&run).await.html.contains("has moved on meanwhile"), "what cannot be done is said");
        // Another process on the same data: nothing of an import is in the memory of the first.
        let other = world::app(&desks.store, frame::Config::default());
        let there = Desks { app: other, ..desks };
        let mut colleague = sign_in(&there, "staff@lantau.example", "zh-CN").await;
        whole(&colleague.get(&run).await, &run);
        let list = colleague.get("/seller/products/import").await;
        whole(&list, "/seller/products/import");
        let id = run.rsplit('/').next().unwrap();
        assert!(list.html.contains(id) && list.html.contains("中途停止"), "{}", list.html);
        let mut stranger = sign_in(&there, "owner@other.example", "en-DE").await;
        for path in [run.clone(), format!("{run}/errors.csv")] {
            assert_eq!(stranger.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
    });
}
