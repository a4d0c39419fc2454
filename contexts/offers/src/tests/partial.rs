//! What a file means: numbers of every style, files that say only part of it, what is told before anything is written.

use super::kept::{look, run_all, sent_with};
use super::{World, options, schemas, seller_of, world};
use crate::import::{Effect, Effects, Stage, Wish, answer, ask, last_said, notes};
use crate::*;
use base::{Actor, Currency, Id, Mark, Result};
use catalog::Status as Shown;
use std::collections::BTreeMap;
use store::Store;
use store::testing::each;

fn run(store: &Store, world: World, text: &str) -> Result<Report> {
    import(store, || Ok(text.as_bytes()), &options(world), |_| true)
}

/// Price, pieces and weight by SKU.
fn stand(store: &Store) -> BTreeMap<String, (i64, i64, Option<i64>)> {
    let facts = store.read_blocking(|db| facts_page(db, None, 500)).unwrap();
    facts.into_iter().map(|one| (one.sku, (one.price.minor, one.available, one.weight_grams))).collect()
}

fn status(store: &Store, world: World, handle: &str) -> Shown {
    let handle = handle.to_owned();
    let read = move |db: &mut store::Read| {
        let id = catalog::product_by_handle(db, world.seller.raw(), &handle)?.unwrap();
        catalog::product(db, id, "en")
    };
    store.read_blocking(read).unwrap().status
}

fn labels(store: &Store, world: World, handle: &str) -> Vec<(String, String)> {
    let handle = handle.to_owned();
    let read = move |db: &mut store::Read| {
        let id = catalog::product_by_handle(db, world.seller.raw(), &handle)?.unwrap();
        catalog::product(db, id, "en")
    };
    let page = store.read_blocking(read).unwrap();
    page.variants.iter().map(|one| (one.options.join("/"), one.sku.clone())).collect()
}

fn told(report: &Report) -> Vec<String> {
    report.errors.iter().map(|error| format!("{} {} {}", error.line, error.column, error.reason.code())).collect()
}

#[test]
fn a_european_file_is_read_as_it_is_meant() {
    each(schemas(), |store| {
        let world = world(store);
        let text = "Handle;Title;Variant SKU;Variant Price;Variant Compare At Price;Variant Grams;Variant Inventory Qty\n\
schrank;Schrank Eiche;SCHR-1;1.500,00;1.990,00;20500;3\nkissen;Kissen;KISS-1;12.000,00;;500;3\n\
sofa;Sofa;SOFA-1;2.450,50;;40000;1\ntasse;Tasse;TASS-1;19,99;;350;5\n";
        let report = run(store, world, text).unwrap();
        assert_eq!((told(&report), report.created), (vec![], 4));
        let numbers = &report.understood.numbers;
        assert_eq!((numbers[0].group.as_str(), numbers[0].decimal.as_str(), numbers[0].line), ("prices", "comma", 2));
        let prices: Vec<i64> = ["SCHR-1", "KISS-1", "SOFA-1", "TASS-1"].map(|sku| stand(store)[sku].0).into();
        assert_eq!(prices, [150_000, 1_200_000, 245_050, 1_999]);
        let text = "Handle;Title;Variant SKU;Variant Price;Variant Weight;Variant Weight Unit;Variant Inventory Qty\n\
kissen2;Kissen;KISS-2;19.99;0,5;kg;3\nschrank2;Schrank;SCHR-2;199.00;20,5;kg;1.000\n";
        let report = run(store, world, text).unwrap();
        assert_eq!(told(&report), Vec::<String>::new());
        assert_eq!(stand(store)["KISS-2"], (1999, 3, Some(500)));
        assert_eq!(stand(store)["SCHR-2"], (19_900, 1000, Some(20_500)));
    });
}

#[test]
fn a_file_of_two_readings_is_refused_until_somebody_says_which() {
    each(schemas(), |store| {
        let world = world(store);
        let text = "Handle,Title,Variant SKU,Variant Price\na,A,A,1.500\nb,B,B,2.000\n";
        let refused = run(store, world, text).unwrap_err();
        assert_eq!(refused.code, "decimal_unclear");
        assert!(refused.message.contains("1.500") && refused.message.contains("line 2"), "{}", refused.message);
        assert!(stand(store).is_empty(), "nothing was written");
        for (mark, minor) in [(Mark::Comma, 150_000), (Mark::Point, 150)] {
            let said = ImportOptions { decimal: Some(mark), ..options(world) };
            import(store, || Ok(text.as_bytes()), &said, |_| true).unwrap();
            assert_eq!(stand(store)["A"].0, minor);
        }
        // Said by hand, whatever is written the other way is told by line.
        let said = ImportOptions { decimal: Some(Mark::Comma), ..options(world) };
        let text = "Handle,Title,Variant SKU,Variant Price\na,A,A,19.99\nb,B,B,\"5,50\"\n";
        let report = import(store, || Ok(text.as_bytes()), &said, |_| true).unwrap();
        assert_eq!(told(&report), ["2 Variant Price number_other_way"]);
        assert_eq!((stand(store)["A"].0, stand(store)["B"].0), (150, 550));
    });
}

#[test]
fn numbers_that_quarrel_are_told_by_line() {
    each(schemas(), |store| {
        let world = world(store);
        let text =
            "Handle;Title;Variant SKU;Variant Price\na;A;A;19,99\nb;B;B;5,50\nc;C;C;7.50\nd;D;D;1.500\ne;E;E;12\n";
        let report = run(store, world, text).unwrap();
        assert_eq!(told(&report), ["4 Variant Price number_other_way", "5 Variant Price number_two_ways"]);
        assert_eq!(stand(store).keys().collect::<Vec<_>>(), ["A", "B", "E"]);
        assert_eq!(report.understood.numbers[0].other_line, 4);
    });
}

#[test]
fn currencies_have_their_own_decimals() {
    each(schemas(), |store| {
        let world = world(store);
        let text = "Handle,Title,Variant SKU,Variant Price,Price Currency\na,A,YEN,¥1500,JPY\nb,B,KWD,KWD 1.500,KWD\n\
c,C,RUPEE,\"₹1,00,000\",INR\nd,D,EURO,$5,EUR\ne,E,ARABIC,١٢٫٥٠,AED\n";
        let report = run(store, world, text).unwrap();
        assert_eq!(told(&report), ["5 Variant Price price_currency"]);
        let stand = stand(store);
        assert_eq!(
            [stand["YEN"].0, stand["KWD"].0, stand["RUPEE"].0, stand["ARABIC"].0],
            [1500, 1500, 10_000_000, 1250]
        );
        let yen = ImportOptions { currency: Currency::JPY, ..options(world) };
        let text = "Handle,Title,Variant SKU,Variant Price\na,A,YEN,1.500\n";
        import(store, || Ok(text.as_bytes()), &yen, |_| true).unwrap();
        assert_eq!(self::stand(store)["YEN"].0, 1500, "yen have no decimals: it can only be a group");
    });
}

const TEES: &str = "Handle,Title,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Variant SKU,Variant Price,\
Variant Compare At Price,Variant Grams,Variant Inventory Qty,Status\n\
tee,Tee,Size,S,Colour,Red,TEE-S,10.00,12.00,200,5,active\ntee,,,M,,Red,TEE-M,11.00,,210,5,\ntee,,,L,,Red,TEE-L,12.00,,220,5,\n";

#[test]
fn a_file_of_prices_changes_prices_and_nothing_else() {
    let files = [
        "Handle,Variant SKU,Variant Price\ntee,TEE-S,9.50\ntee,TEE-M,10.50\ntee,TEE-L,11.50\n",
        "SKU,Price\nTEE-M,10.50\nTEE-S,9.50\nTEE-L,11.50\n",
        "Price;SKU;Option1 Value\n9,50;TEE-S;S\n10,50;TEE-M;M\n11,50;TEE-L;L\n",
    ];
    each(schemas(), |store| {
        let world = world(store);
        let sizes = |store: &Store| labels(store, world, "tee");
        for file in files {
            run(store, world, TEES).unwrap();
            let before = sizes(store);
            assert_eq!(before[0], ("S/Red/".to_owned(), "TEE-S".to_owned()));
            let report = run(store, world, file).unwrap();
            assert_eq!((told(&report), report.created), (vec![], 0), "{file}");
            assert_eq!(sizes(store), before, "{file}");
            let stand = stand(store);
            assert_eq!(stand["TEE-S"], (950, 5, Some(200)));
            assert_eq!((stand["TEE-M"].0, stand["TEE-L"].0), (1050, 1150));
            assert_eq!(status(store, world, "tee"), Shown::Active);
            let facts = store.read_blocking(|db| facts_page(db, None, 500)).unwrap();
            let small = facts.iter().find(|one| one.sku == "TEE-S").unwrap();
            assert_eq!(small.compare_at.unwrap().minor, 1200, "the file says nothing of former prices");
        }
        let unknown = run(store, world, "SKU,Price\nTEE-XXL,9.50\nTEE-S,8.00\n").unwrap();
        assert_eq!((told(&unknown), stand(store)["TEE-S"].0), (vec!["2 SKU sku_unknown".to_owned()], 800));
        let wrong = run(store, world, "Handle,SKU,Price\ntee,TEE-S,7\ntee,TEE-X,8\ntee,TEE-M,9\n").unwrap();
        assert_eq!(told(&wrong), ["3  variant_unknown"], "the other rows go on");
        assert_eq!((stand(store)["TEE-S"].0, stand(store)["TEE-M"].0, sizes(store).len()), (700, 900, 3));
    });
}

#[test]
fn a_file_about_customs_puts_nothing_on_sale() {
    each(schemas(), |store| {
        let world = world(store);
        let base = "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price,Variant Grams,Status,Published\n\
secret,Not announced yet,Title,Default Title,SECRET-1,99.00,300,draft,FALSE\n\
old,Taken off sale,Title,Default Title,OLD-1,9.00,300,archived,TRUE\n";
        run(store, world, base).unwrap();
        let customs = "Handle,Title,SKU,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Option3 Name,Option3 Value,COO,HS Code\n\
secret,Not announced yet,SECRET-1,Title,Default Title,,,,,CN,691200\nold,Taken off sale,OLD-1,Title,Default Title,,,,,China,691200\n";
        let report = run(store, world, customs).unwrap();
        assert_eq!((told(&report), report.updated, report.effects), (vec![], 2, Effects::default()));
        assert_eq!([status(store, world, "secret"), status(store, world, "old")], [Shown::Draft, Shown::Archived]);
        let facts = store.read_blocking(|db| facts_page(db, None, 10)).unwrap();
        assert!(facts.iter().all(|one| one.hs.is_some() && one.origin.is_some()));
        // What is new takes the default.
        let new = "Handle,Title,Variant SKU,Variant Price\nnew,New,NEW,5.00\n";
        let report = run(store, world, new).unwrap();
        assert_eq!((status(store, world, "new"), report.effects.new_drafts), (Shown::Draft, 1));
        let active = ImportOptions { new_status: Shown::Active, ..options(world) };
        let report =
            import(store, || Ok(new.replace("new,New,NEW", "two,Two,TWO").leak().as_bytes()), &active, |_| true);
        assert_eq!((status(store, world, "two"), report.unwrap().effects.new_active), (Shown::Active, 1));
    });
}

#[test]
fn words_are_understood_in_many_languages_and_unknown_ones_refused() {
    each(schemas(), |store| {
        let world = world(store);
        let text = "Handle,Title,SKU,Price,Status,Published\na,A,A,5,Aktiv,ja\nb,B,B,5,,да\nc,C,C,5,草稿,\nd,D,D,5,,нет\n\
e,E,E,5,soon,\nf,F,F,5,,maybe\n";
        let report = run(store, world, text).unwrap();
        assert_eq!(told(&report), ["6 Status status_unknown", "7 Published no_yes_or_no"]);
        let shown = ["a", "b", "c", "d"].map(|handle| status(store, world, handle));
        assert_eq!(shown, [Shown::Active, Shown::Active, Shown::Draft, Shown::Draft]);
    });
}

#[test]
fn an_inventory_file_sets_stock_where_it_says() {
    each(schemas(), |store| {
        let world = world(store);
        let second = store.write_blocking(move |tx| super::warehouse(tx, "CN-2", world.seller)).unwrap();
        run(store, world, TEES).unwrap();
        let inventory = "Handle,Title,Option1 Name,Option1 Value,Option2 Name,Option2 Value,SKU,Location,Available (not editable),\
Committed (not editable),On hand (current),On hand (new)\n\
tee,Tee,Size,S,Colour,Red,TEE-S,CN-1,5,0,5,8\ntee,Tee,Size,S,Colour,Red,TEE-S,CN-2,0,0,0,4\n\
tee,Tee,Size,M,Colour,Red,TEE-M,CN-1,5,0,5,\ntee,Tee,Size,M,Colour,Red,TEE-M,CN-2,not stocked,,not stocked,\n\
tee,Tee,Size,L,Colour,Red,TEE-L,Nowhere,5,0,5,\n";
        let code = store.read_blocking(move |db| stock::warehouse(db, world.warehouse)).unwrap().code;
        let report = run(store, world, &inventory.replace("CN-1", &code)).unwrap();
        assert_eq!(told(&report), ["6 Location unknown_warehouse"]);
        let variants = store.read_blocking(move |db| {
            let skus = ["TEE-S", "TEE-M"];
            skus.map(|sku| catalog::variant_by_sku(db, world.seller.raw(), sku)).into_iter().collect::<Result<Vec<_>>>()
        });
        let variants: Vec<_> = variants.unwrap().into_iter().map(|one| one.unwrap().id).collect();
        let levels = store.read_blocking(move |db| stock::levels(db, &variants)).unwrap();
        let at = |warehouse: Id<stock::Warehouse>| -> Vec<i64> {
            levels.iter().filter(|level| level.warehouse == warehouse).map(|level| level.on_hand).collect()
        };
        assert_eq!((at(world.warehouse), at(second)), (vec![8, 5], vec![4]));
    });
}

#[test]
fn what_is_not_tracked_or_no_goods_is_told() {
    each(schemas(), |store| {
        let world = world(store);
        let text = "Handle,Title,Variant SKU,Variant Price,Variant Grams,Variant Inventory Tracker,Variant Inventory Policy,\
Variant Inventory Qty,Variant Requires Shipping,Product Category,Gift Card\n\
ring,Made to order ring,MTO-1,90.00,20,,continue,,true,Uncategorized,\n\
vase,Vase,VASE,20.00,500,shopify,continue,-3,true,Uncategorized,\n\
ebook,E-book to download,EB-1,9.00,0,,deny,0,false,Uncategorized,\ncard,Gift card,GC,25.00,0,,deny,0,false,,true\n";
        let report = run(store, world, text).unwrap();
        assert_eq!(told(&report), ["4 Variant Requires Shipping no_shipping", "5 Gift Card gift_card"]);
        let Effects { uncounted, oversold, no_goods, .. } = report.effects;
        assert_eq!((uncounted, oversold, no_goods, report.created), (1, 1, 2, 2));
        assert_eq!((stand(store)["MTO-1"].1, stand(store)["VASE"].1), (0, 0));
        assert_eq!(store.read_blocking(catalog::categories).unwrap(), [], "“Uncategorized” is no shelf");
        let some = ImportOptions { uncounted: Some(50), ..options(world) };
        import(store, || Ok(text.as_bytes()), &some, |_| true).unwrap();
        assert_eq!((stand(store)["MTO-1"].1, stand(store)["VASE"].1), (50, 50));
    });
}

#[test]
fn codes_that_cannot_be_are_told() {
    each(schemas(), |store| {
        let world = world(store);
        let text = "Handle,Title,Variant SKU,Variant Price,Variant Barcode,HS Code,Country of Origin\n\
tea8,Tea,TEA-8,12.00,,9021000,CN\ntea6,Tea,TEA-6,12.00,,90210,CN\nphone,Phone,PHONE,300.00,,8.5171E+09,CN\n\
none,None,NONE,1.00,,779999,CN\ngood,Good,GOOD,1.00,4006381333931,0902.10.00,Deutschland\n\
mist,Mistyped,MIST,1.00,4006381333932,'09021000,中国\nlost,Lost,LOST,1.00,4.00638E+12,,\ntwice,Twice,GOOD,2.00,,,\n";
        let report = run(store, world, text).unwrap();
        let expected = [
            "2 HS Code hs_lost_zero",
            "3 HS Code hs_lost_zero",
            "4 HS Code hs_shortened",
            "5 HS Code hs_no_heading",
            "9 Variant SKU sku_twice",
        ];
        assert_eq!(told(&report), expected);
        let left_out: Vec<_> = report.notes.iter().map(|note| (note.line, note.effect.name())).collect();
        assert_eq!(left_out, [(7, "left_out"), (8, "left_out")]);
        assert_eq!(stand(store).keys().collect::<Vec<_>>(), ["GOOD", "LOST", "MIST"]);
        assert_eq!(stand(store)["GOOD"].0, 100);
        let barcodes = store.read_blocking(move |db| {
            let skus = ["GOOD", "MIST", "LOST"];
            skus.map(|sku| catalog::variant_by_sku(db, world.seller.raw(), sku)).into_iter().collect::<Result<Vec<_>>>()
        });
        let barcodes: Vec<String> = barcodes.unwrap().into_iter().map(|one| one.unwrap().barcode).collect();
        assert_eq!(barcodes, ["4006381333931", "", ""]);
    });
}

#[test]
fn the_report_says_before_what_will_be() {
    each(schemas(), |store| {
        let world = world(store);
        let base =
            "Handle,Title,SKU,Price,Quantity,Status\na,A,A,10.00,5,active\nb,B,B,10.00,5,draft\nc,C,C,10.00,5,active\n";
        run(store, world, base).unwrap();
        let file = "Handle,Title,SKU,Price,Quantity,Status,Colour of the box\na,Anna,A,4.99,5,draft,red\nb,B,B,10.50,0,active,\n\
c,C,C,15.00,5,active,\nd,D,D,1.00,1,active,\n";
        let dry = ImportOptions { dry_run: true, ..options(world) };
        let before = stand(store);
        let report = import(store, || Ok(file.as_bytes()), &dry, |_| true).unwrap();
        let expected = Effects {
            published: 1,
            unpublished: 1,
            renamed: 1,
            repriced: 3,
            repriced_much: 1,
            emptied: 1,
            new_active: 1,
            ..Effects::default()
        };
        assert_eq!((report.effects, report.created), (expected, 1), "exactly half is not more than half");
        assert!(report.effects.are_grave());
        assert_eq!(stand(store), before, "nothing was written");
        assert_eq!(report.understood.unknown, ["Colour of the box"]);
        let repriced = report.notes.iter().find(|note| note.effect.name() == "repriced").unwrap();
        let effect = Effect::Repriced { before: "10.00 EUR".into(), after: "4.99 EUR".into() };
        assert_eq!((repriced.line, repriced.what.as_str(), &repriced.effect), (2, "A", &effect));
        let done = run(store, world, file).unwrap();
        assert_eq!((done.effects, done.notes), (report.effects, report.notes), "and then it is what was told");
        assert_eq!(run(store, world, file).unwrap().effects, Effects::default());
    });
}

#[test]
fn an_upload_asks_waits_for_the_answer_and_for_a_word_before_grave_changes() {
    each(schemas(), |store| {
        let world = world(store);
        run(store, world, "Handle,Title,SKU,Price,Status\na,A,A,10.00,active\n").unwrap();
        let id = sent_with(store, world, "SKU,Price\nA,1.500\n", None);
        run_all(store);
        let asked = look(store, world, id);
        let question = asked.understood.question.clone().unwrap();
        assert_eq!((asked.stage, question.text.as_str(), question.comma.as_str()), (Stage::Asked, "1.500", "1500"));
        let actor = seller_of(world.seller);
        let deny = store.write_as_blocking(Actor::Guest, move |tx| answer(tx, world.seller, id, Mark::Comma));
        assert!(deny.is_err());
        store.write_as_blocking(actor, move |tx| answer(tx, world.seller, id, Mark::Comma)).unwrap();
        let again = store.write_as_blocking(actor, move |tx| answer(tx, world.seller, id, Mark::Comma));
        assert_eq!(again.unwrap_err().code, "import_moved_on");
        run_all(store);
        let checked = look(store, world, id);
        assert_eq!((checked.stage, checked.effects.repriced_much), (Stage::Checked, 1));
        let wish =
            |confirmed| store.write_as_blocking(actor, move |tx| ask(tx, world.seller, id, Wish::Import, confirmed));
        assert_eq!(wish(false).unwrap_err().code, "import_unconfirmed");
        assert_eq!(stand(store)["A"].0, 1000);
        wish(true).unwrap();
        run_all(store);
        assert_eq!(stand(store)["A"].0, 150_000);
        let kept = store.read_blocking(move |db| notes(db, id, 10)).unwrap();
        assert_eq!(kept.len(), 1, "those of the dry run are gone");
        let said = store.read_blocking(move |db| last_said(db, world.seller)).unwrap();
        assert_eq!(said, Some(Mark::Comma), "the next question begins with it");
    });
}

/// Exports that count each place in a column of its own, named as the place is.
#[test]
fn a_column_a_place_sets_stock_there() {
    each(schemas(), |store| {
        let world = world(store);
        let second = store.write_blocking(move |tx| super::warehouse(tx, "CN-2", world.seller)).unwrap();
        run(store, world, TEES).unwrap();
        let code = store.read_blocking(move |db| stock::warehouse(db, world.warehouse)).unwrap().code;
        let inventory = format!(
            "Handle,Title,Option1 Name,Option1 Value,Option2 Name,Option2 Value,SKU,HS Code,COO,{code},CN-2,Elsewhere\n\
             tee,Tee,Size,S,Colour,Red,TEE-S,610910,CN,8,4,9\ntee,Tee,Size,M,Colour,Red,TEE-M,610910,CN,5,not stocked,9\n"
        );
        let before = stand(store);
        let report = run(store, world, &inventory).unwrap();
        assert_eq!((told(&report), report.understood.unknown.clone()), (vec![], vec!["Elsewhere".to_owned()]));
        assert_eq!((stand(store)["TEE-S"].0, stand(store)["TEE-S"].1), (before["TEE-S"].0, 8), "prices stay");
        let variant = move |db: &mut store::Read| catalog::variant_by_sku(db, world.seller.raw(), "TEE-S");
        let variant = store.read_blocking(variant).unwrap().unwrap().id;
        let levels = store.read_blocking(move |db| stock::levels(db, &[variant])).unwrap();
        assert_eq!(levels.iter().find(|level| level.warehouse == second).unwrap().on_hand, 4);
        let again = run(store, world, &inventory).unwrap();
        assert_eq!((again.updated, again.unchanged), (0, 1));
    });
}

/// A file of another system that calls goods by its own handles finds known goods by their SKU, and makes no second of them.
#[test]
fn goods_known_by_their_sku_are_not_made_twice() {
    each(schemas(), |store| {
        let world = world(store);
        run(store, world, TEES).unwrap();
        let count = |store: &Store| stand(store).len();
        let before = count(store);
        let revise =
            "Action(SiteID=DE|Country=DE|Currency=EUR|Version=941),ItemID,CustomLabel,Quantity\nRevise,110,TEE-S,7\n";
        let listings = "item-name\tseller-sku\tprice\tquantity\tasin1\nAnother name\tTEE-M\t19.50\t6\tB000\n";
        for text in [revise, listings] {
            let report = run(store, world, text).unwrap();
            assert_eq!((told(&report), report.created, report.updated), (vec![], 0, 1), "{text}");
        }
        assert_eq!((count(store), stand(store)["TEE-S"].1, stand(store)["TEE-M"].0), (before, 7, 1950));
        let unknown = run(store, world, &revise.replace("TEE-S", "NOBODYS")).unwrap();
        assert_eq!((told(&unknown).len(), unknown.created), (1, 0));
    });
}

/// What is wrong with a row is told once, also where the file has no handles; texts have their length.
#[test]
fn a_wrong_row_is_told_once() {
    each(schemas(), |store| {
        let world = world(store);
        let report = run(store, world, "SKU,Title,Price,Weight (kg)\nA-1,A,abc,heavy\n").unwrap();
        assert_eq!(told(&report), ["2 Weight (kg) weight_format", "2 Price price_format"]);
        let long = "S".repeat(256);
        let report = run(store, world, &format!("Handle,Title,SKU,Price\na,A,{long},5.00\n")).unwrap();
        assert_eq!((told(&report), report.created), (vec!["2  too_long".to_owned()], 0));
        let unpriced = "Handle,Title,SKU,Warehouse,On hand\nb,B,B-1,CN-9,4\nb,B,B-1,CN-8,4\n";
        for code in ["CN-9", "CN-8"] {
            store.write_blocking(move |tx| super::warehouse(tx, code, world.seller)).unwrap();
        }
        let report = run(store, world, unpriced).unwrap();
        assert_eq!((told(&report), report.effects.unpriced), (vec![], 1), "one variant, in two places");
    });
}

/// Names of shelves in every script: each is made, found again, and no two that are spelled differently are one.
#[test]
fn shelves_have_names_of_every_script() {
    each(schemas(), |store| {
        let world = world(store);
        let names =
            ["茶具", "查距", "お茶セット", "شاي", "чай", "ชา", "녹차", "🍵", "★", "☆", "Tee", "שלום", "देवनागरी"];
        let rows = names.iter().enumerate().map(|(at, name)| format!("p{at},P,{name},SC-{at},5.00\n"));
        let text =
            format!("Handle,Title,Type,Variant SKU,Variant Price\n{}tee,T,TEE!,SC-X,5.00\n", rows.collect::<String>());
        run(store, world, &text).unwrap();
        let shelves = store.read_blocking(catalog::categories).unwrap();
        let mut slugs: Vec<&str> = shelves.iter().map(|one| one.slug.as_str()).collect();
        slugs.sort_unstable();
        slugs.dedup();
        assert_eq!((shelves.len(), slugs.len()), (names.len(), names.len()), "{slugs:?}");
        assert!(names.iter().all(|name| shelves.iter().any(|one| one.name("en") == *name)));
        assert_eq!(run(store, world, &text).unwrap().unchanged, names.len() as u64 + 1);
        assert_eq!(store.read_blocking(catalog::categories).unwrap().len(), names.len());
    });
}
