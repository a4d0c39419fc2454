//! Every file that leaves the house: readable by people's spreadsheets, safe in them, and plain for machines.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod desk_world;
mod world;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use desk_world::{Desks, each, sign_in};
use world::{Browser, between, take_files_in};

/// A file with a formula where a name should be, beside what is wrong with its row.
const EVIL: &str = "Handle,Title,Variant SKU,Variant Price,Variant Grams\r\n\
    bad-tea,=HYPERLINK(1),@SKU,many,-5\r\nworse-tea,\"-1+1, tea\",＝1＋1,many,1\r\n";

async fn evil_import(browser: &mut Browser, desks: &Desks) -> String {
    let page = browser.get("/seller/products/import").await;
    let csrf = between(&page.html, "name=\"csrf\" value=\"", "\"").to_owned();
    let warehouse = between(&page.html, "<option value=\"whs_", "\"").to_owned();
    let part =
        |name: &str, value: &str| format!("--B\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
    let file = format!(
        "--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"tea.csv\"\r\nContent-Type: text/csv\r\n\r\n{EVIL}\r\n--B--\r\n"
    );
    let body = format!("{}{}{file}", part("warehouse", &format!("whs_{warehouse}")), part("currency", "EUR"));
    let request = Request::post(format!("/seller/products/import?csrf={csrf}"))
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=B")
        .header("sec-fetch-site", "same-origin")
        .body(Body::from(body))
        .unwrap();
    let begun = browser.send(request).await;
    assert_eq!(begun.status, StatusCode::SEE_OTHER, "{}", begun.html);
    take_files_in(&desks.store).await;
    begun.location
}

/// What is wrong with a file's text.
fn fault(text: &str, with_mark: bool) -> Option<String> {
    let Some(text) = (match (with_mark, text.strip_prefix('\u{feff}')) {
        (true, rest) => rest,
        (false, None) => Some(text),
        (false, Some(_)) => None,
    }) else {
        return Some(format!("the mark in front should be {with_mark}"));
    };
    if text.contains('\u{feff}') {
        return Some("a second mark".into());
    }
    if text.replace("\r\n", "").contains('\r') || text.lines().count() != text.matches("\r\n").count() {
        return Some("lines do not end as RFC 4180 has it".into());
    }
    let mut rows = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    for row in rows.records() {
        let row = match row {
            Ok(row) => row,
            Err(error) => return Some(error.to_string()),
        };
        let formula = |cell: &&str| {
            let number = cell.strip_prefix('-').is_some_and(|rest| rest.parse::<base::Rate>().is_ok());
            cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']) && !number
        };
        if let Some(cell) = row.iter().find(formula) {
            return Some(format!("a formula: {cell}"));
        }
    }
    None
}

/// Walks the routes: a new CSV is held to this without anybody thinking of it.
#[test]
fn every_csv_that_leaves_is_marked_safe_and_plain_for_machines() {
    each(async |desks| {
        let mut owner = sign_in(&desks, "owner@lantau.example", "zh-CN").await;
        let mut operator = sign_in(&desks, "operator@example.com", "en-DE").await;
        let run = evil_import(&mut owner, &desks).await;
        let run = run.rsplit('/').next().unwrap().to_owned();
        let (mut walked, mut faults) = (0, Vec::new());
        for route in web::routes().filter(|route| !route.who.is_api()) {
            let statement = route.path == "/seller/statements/{month}";
            if !(route.path.ends_with(".csv") || statement) {
                continue;
            }
            let path = route.path.replace("{run}", &run).replace("{month}", "2026-11.csv");
            let browser = if path.starts_with("/seller") { &mut owner } else { &mut operator };
            // The operator's own list of imports has not got the seller's.
            for (address, with_mark) in [(path.clone(), true), (format!("{path}?for=machine"), false)] {
                let file = browser.get(&address).await;
                if file.status == StatusCode::NOT_FOUND && path.starts_with("/console/imports") {
                    continue;
                }
                assert_eq!(file.status, StatusCode::OK, "{address}");
                assert_eq!(file.headers[header::CONTENT_TYPE], "text/csv; charset=utf-8", "{address}");
                faults.extend(fault(&file.html, with_mark).map(|why| format!("{address}: {why}")));
            }
            walked += 1;
        }
        assert!(faults.is_empty(), "{faults:#?}");
        assert!(walked >= 5, "{walked}");
    });
}

/// The guard is for spreadsheets: the file read back has the cells that were sent.
#[test]
fn wrong_rows_come_back_as_they_were_sent() {
    each(async |desks| {
        let mut owner = sign_in(&desks, "owner@lantau.example", "en-DE").await;
        let run = evil_import(&mut owner, &desks).await;
        let file = owner.get(&format!("{run}/errors.csv")).await.html;
        assert!(file.contains("\"'=HYPERLINK(1)\"") && file.contains("'＝1＋1"), "{file}");
        let mut sent = csv::Reader::from_reader(EVIL.as_bytes());
        let mut back = csv::Reader::from_reader(file.trim_start_matches('\u{feff}').as_bytes());
        let read =
            |row: csv::StringRecord| row.iter().take(5).map(|cell| base::csv::unguarded(cell).to_owned()).collect();
        let sent: Vec<Vec<String>> = sent.records().map(|row| read(row.unwrap())).collect();
        let back: Vec<Vec<String>> = back.records().map(|row| read(row.unwrap())).collect();
        assert_eq!(back, sent);
    });
}
