//! Tables whose columns nobody knows: the import asks, is told once, and knows the next such file.

use super::kept::{look, run_all, sent_with};
use super::{schemas, seller_of, world};
use crate::import::{Stage, Wish, ask, explain, wrong_rows};
use store::testing::each;

const TABLE: &str = "Artikel;Was es ist;Netto;Lager;Intern\nA-1;Teekanne;1.299,00;3;geheim\nA-2;Tasse;9,50;7;geheim\n";

fn words(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, meaning)| ((*name).to_owned(), (*meaning).to_owned())).collect()
}

#[test]
fn what_columns_mean_is_asked_once() {
    each(schemas(), |store| {
        let world = world(store);
        let actor = seller_of(world.seller);
        let id = sent_with(store, world, TABLE, None);
        run_all(store);
        let asked = look(store, world, id);
        assert_eq!((asked.stage, asked.understood.asks_columns, asked.rows), (Stage::Asked, true, 0));
        let seen: Vec<_> =
            asked.understood.columns.iter().map(|seen| (seen.name.as_str(), seen.sample.as_str())).collect();
        assert_eq!(seen[..2], [("Artikel", "A-1"), ("Was es ist", "Teekanne")]);

        let wrong = words(&[("Artikel", "klingon")]);
        let refused = store.write_as_blocking(actor, move |tx| explain(tx, world.seller, id, &wrong)).unwrap_err();
        assert_eq!(refused.fields[0].code, "mapping_unknown");
        assert_eq!(look(store, world, id).stage, Stage::Asked);
        let other = seller_of(world.platform);
        let said = words(&[("Artikel", "SKU")]);
        assert!(store.write_as_blocking(other, move |tx| explain(tx, world.seller, id, &said)).is_err());

        let said = words(&[("Artikel", "SKU"), ("Was es ist", "Title"), ("Netto", "Price"), ("Lager", "Quantity")]);
        store.write_as_blocking(actor, move |tx| explain(tx, world.seller, id, &said)).unwrap();
        run_all(store);
        let checked = look(store, world, id);
        assert_eq!((checked.stage, checked.created, checked.wrong), (Stage::Checked, 2, 0));
        assert_eq!(checked.understood.unknown, ["Intern"]);
        store.write_as_blocking(actor, move |tx| ask(tx, world.seller, id, Wish::Import, true)).unwrap();
        run_all(store);
        assert_eq!(look(store, world, id).stage, Stage::Done);

        // The next file of that kind needs no word; one word can be taken back.
        let id = sent_with(store, world, TABLE, None);
        run_all(store);
        let known = look(store, world, id);
        assert_eq!((known.stage, known.unchanged), (Stage::Checked, 2));
        let back = words(&[("Artikel", "-")]);
        store.write_as_blocking(actor, move |tx| explain(tx, world.seller, id, &back)).unwrap();
        run_all(store);
        assert_eq!(look(store, world, id).stage, Stage::Asked);
    });
}

/// On PostgreSQL such a row once stopped the whole file for ever; on SQLite it went in.
#[test]
fn a_byte_of_nought_stops_no_file() {
    each(schemas(), |store| {
        let world = world(store);
        let text = "Handle,Title,Variant SKU,Variant Price\ngood,Good,G-1,5.00\nnul,Nul\0title,N-1,5.00\nafter,After,A-1,5.00\n";
        let id = sent_with(store, world, text, None);
        run_all(store);
        store
            .write_as_blocking(seller_of(world.seller), move |tx| ask(tx, world.seller, id, Wish::Import, true))
            .unwrap();
        run_all(store);
        let done = look(store, world, id);
        assert_eq!((done.stage, done.products, done.wrong), (Stage::Done, 2, 1));
        let wrong = store.read_blocking(move |db| wrong_rows(db, id, 10)).unwrap();
        assert_eq!((wrong[0].line, wrong[0].reason.code()), (3, "nought_byte"));
    });
}
