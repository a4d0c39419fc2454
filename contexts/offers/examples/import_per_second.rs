//! How fast a product file of so many megabytes comes in, and how much memory that takes.
//! `cargo run --release -p offers --example import_per_second -- [MEGABYTES]`
#![allow(clippy::unwrap_used, reason = "a measurement has nobody to answer to")]

use base::{Actor, Address, Currency, Language};
use offers::{ImportOptions, import};
use parties::{NewOrganisation, OrganisationKind};
use std::io::{self, Read};
use std::time::Instant;
use store::{Clock, Options, Schema, Store, Url};
use terms::{Mode, NewAgreement};

const SCHEMAS: &[Schema] =
    &[parties::SCHEMA, catalog::SCHEMA, ledger::SCHEMA, terms::SCHEMA, stock::SCHEMA, offers::SCHEMA];

/// A product file that is made while it is read.
struct Shop {
    left: usize,
    number: usize,
    line: Vec<u8>,
}

impl Read for Shop {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.line.is_empty() && self.left > 0 {
            let number = self.number;
            self.line = match number {
                0 => b"Handle,Title,Body (HTML),Option1 Name,Option1 Value,Variant SKU,Variant Grams,Variant Inventory Qty,Variant Price\n".to_vec(),
                _ => {
                    let body = "<p>Woven by hand from <b>long</b> fibres.</p>".repeat(20);
                    format!("p-{number},Cloth {number},\"{body}\",Size,S,S{number},200,5,19.90\np-{number},,,,M,M{number},220,4,19.90\n").into_bytes()
                }
            };
            self.left = self.left.saturating_sub(self.line.len());
            self.number += 1;
        }
        let taken = buffer.len().min(self.line.len());
        buffer[..taken].copy_from_slice(&self.line[..taken]);
        self.line.drain(..taken);
        Ok(taken)
    }
}

fn main() {
    let megabytes: usize = std::env::args().nth(1).and_then(|number| number.parse().ok()).unwrap_or(100);
    let folder = tempfile::tempdir().unwrap();
    let now = "2026-11-20T09:00:00Z".parse().unwrap();
    let options = Options { clock: Clock::manual(now), ..Options::new(Url::Folder(folder.path().into()), SCHEMAS) };
    let store = Store::open(options).unwrap();
    let (organisation, warehouse) = store
        .write_blocking(|tx| {
            let new = NewOrganisation {
                name: "Loom".into(),
                kind: OrganisationKind::Seller,
                country: "CN".parse()?,
                currency: Currency::EUR,
                language: Language::english(),
            };
            let seller = parties::create_organisation(tx, &new)?;
            terms::agree(tx, &NewAgreement::of(seller, Mode::Marketplace, Currency::EUR))?;
            let address = Address { country: "CN".into(), city: "Shenzhen".into(), ..Address::default() };
            let put =
                stock::PutWarehouse { code: "CN-1".into(), name: "CN".into(), organisation: seller.raw(), address };
            Ok((seller, stock::put_warehouse(tx, &put)?))
        })
        .unwrap();
    let options = ImportOptions {
        actor: Actor::System,
        organisation,
        agreement: None,
        warehouse,
        currency: Currency::EUR,
        decimal: None,
        new_status: catalog::Status::Active,
        uncounted: None,
        encoding: None,
        columns: catalog::import::Mapping::default(),
        dry_run: false,
    };
    for round in ["new", "the same again"] {
        let began = Instant::now();
        let shop = || Ok(Shop { left: megabytes * 1_000_000, number: 0, line: Vec::new() });
        let report = import(&store, shop, &options, |_| true).unwrap();
        let seconds = began.elapsed().as_millis().max(1);
        let per_second = u128::from(report.variants) * 1000 / seconds;
        let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        let peak = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or_default();
        println!(
            "{round}: {} products, {} errors, {per_second} variants/s, {peak}",
            report.products, report.errors_total
        );
    }
}
