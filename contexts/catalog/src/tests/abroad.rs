//! Files as people all over the world write them: names of columns in their languages, separators, letters, broken bytes.

use super::tables::{opening, price, read, survey, title};
use crate::import::{Opening, Reason, Said, StockSaid};
use base::Currency;
use encoding_rs::{BIG5, EUC_KR, Encoding, GB18030, SHIFT_JIS, UTF_8, WINDOWS_1251, WINDOWS_1256};

/// A table in a language: its text, its encoding, currency of the import, and what its one row says: price, pieces, grams.
type Spoken = (&'static str, &'static Encoding, &'static str, (&'static str, i64, i64));

const SPOKEN: [Spoken; 13] = [
    (
        "Artikelnummer;Bezeichnung;Verkaufspreis (EUR);Lagerbestand;Gewicht in kg\nA-1;Teekanne;1.234,50;1.000;0,85\n",
        UTF_8,
        "EUR",
        ("1234.5", 1000, 850),
    ),
    ("Référence;Désignation;Prix;Quantité;Poids (g)\nA-1;Théière;1 234,50;3;850\n", UTF_8, "EUR", ("1234.5", 3, 850)),
    ("Reference;Designation;Prix;Quantite;Poids kg\nA-1;Théière;1234,50;3;0,85\n", UTF_8, "EUR", ("1234.5", 3, 850)),
    (
        "Código;Nombre del producto;Precio;Existencias;Peso (kg)\nA-1;Tetera;1.234,50 €;3;0,85\n",
        UTF_8,
        "EUR",
        ("1234.5", 3, 850),
    ),
    ("Código;Nome;Preço (R$);Estoque;Peso (g)\nA-1;Bule;1.234,50;3;850\n", UTF_8, "BRL", ("1234.5", 3, 850)),
    ("Codice articolo;Titolo;Prezzo;Giacenza;Peso kg\nA-1;Teiera;1.234,50;3;0,85\n", UTF_8, "EUR", ("1234.5", 3, 850)),
    (
        "Артикул;Наименование;Цена;Остаток;Вес, кг\nA-1;Чайник фарфоровый;1 234,50;3;0,85\n",
        WINDOWS_1251,
        "EUR",
        ("1234.5", 3, 850),
    ),
    (
        "货号,商品名称,售价（元）,库存,重量（克）\nA-1,红茶壶与两只茶杯,1234.50,3,850\n",
        GB18030,
        "CNY",
        ("1234.5", 3, 850),
    ),
    (
        "貨號,商品名稱,售價,庫存,重量（克）\nA-1,紅茶壺與兩只茶杯，適合日常使用,1234.50,3,850\n",
        BIG5,
        "TWD",
        ("1234.5", 3, 850),
    ),
    (
        "商品コード,商品名,販売価格,在庫数,重量(g)\nA-1,抹茶茶碗とセット,1500,3,850\n",
        SHIFT_JIS,
        "JPY",
        ("1500", 3, 850),
    ),
    ("상품코드,상품명,가격,재고,무게(kg)\nA-1,도자기 찻주전자,15000,3,0.85\n", EUC_KR, "KRW", ("15000", 3, 850)),
    (
        "رمز المنتج,الاسم,السعر,الكمية,الوزن (غ)\nA-1,شاي أخضر فاخر,1234.50,3,850\n",
        WINDOWS_1256,
        "EUR",
        ("1234.5", 3, 850),
    ),
    ("رمز المنتج,الاسم,السعر,الكمية,الوزن (غ)\nA-1,شاي,١٢٣٤٫٥,٣,٨٥٠\n", UTF_8, "EUR", ("1234.5", 3, 850)),
];

#[test]
fn tables_in_many_languages_need_no_explaining() {
    for (text, encoding, currency, (wanted, pieces, grams)) in SPOKEN {
        let (products, found) = read(&encoding.encode(text).0, Opening::new(currency.parse().unwrap()));
        assert!(products[0].errors.is_empty(), "{text}: {:?}", products[0].errors);
        assert!(text.contains(title(&products[0])) && !title(&products[0]).is_empty(), "{text}: {}", found.encoding);
        assert_eq!(
            (price(&products[0], 0).as_str(), products[0].commerce[0].stock),
            (wanted, StockSaid::OnHand(pieces)),
            "{text}"
        );
        assert_eq!(products[0].product.as_ref().unwrap().variants[0].weight.unwrap().grams, grams, "{text}");
    }
    // Letters in two parts, as one system's files have them.
    let parted = "Ti\u{301}tulo,Co\u{301}digo,Prec\u{327}o\nBule,N-1,12.50\n";
    assert_eq!(price(&read(parted.as_bytes(), opening()).0[0], 0), "12.5");
}

/// A name of a price column that says a currency is not taken for another.
#[test]
fn a_price_column_says_in_which_currency() {
    let of = |name: &str, currency: &str| {
        let text = format!("SKU;Title;{name}\nA-1;A;5.00\n");
        let product = read(text.as_bytes(), Opening::new(currency.parse().unwrap())).0.remove(0);
        let reason = product.errors.first().map(|error| error.reason.code());
        (product.commerce.first().and_then(|one| one.currency), reason)
    };
    assert_eq!(of("Price (USD)", "EUR"), (Some(Currency::USD), None));
    assert_eq!(of("Price ($)", "USD"), (None, None), "a sign of many, and the one meant is among them");
    assert_eq!(of("Price ($)", "EUR"), (None, Some("price_currency")));
    assert_eq!(of("Price", "EUR"), (None, None));
}

#[test]
fn names_are_found_below_titles_whatever_stands_between_their_cells() {
    for text in [
        "Preisliste 2026, gültig ab 1.1.\n\nArtikelnummer;Bezeichnung;Preis\nT-1;Tasse;5,50\n",
        "Price list | 2026 | all\nSKU,Title,Price\nT-1,Tasse,5.50\n",
        "Unsere Liste\nSKU\tTitle\tPrice\nT-1\tTasse\t5.50\n",
    ] {
        let (products, _) = read(text.as_bytes(), opening());
        assert_eq!((title(&products[0]), price(&products[0], 0).as_str()), ("Tasse", "5.5"), "{text}");
    }
    // Names that are not known: the first row that has several.
    let said = Said { decimal: None, opening: opening() };
    let (look, none) = crate::import::survey(&b"Our list\nTeil;Benennung\nA-1;Tasse\n"[..], said).unwrap();
    assert_eq!(none.unwrap_err().code, "column_missing");
    assert_eq!((look.columns[0].name.as_str(), look.columns[0].sample.as_str(), look.usable), ("Teil", "A-1", false));
}

#[test]
fn letters_that_are_not_the_files_are_told_by_line() {
    let head = b"Handle,Title,Variant SKU,Variant Price\na,Gr\xc3\xb6\xc3\x9fe,A-1,5.00\n".to_vec();
    // One broken letter in UTF-8, a lone half of a pair in UTF-16, a disk system's letters of old.
    let broken = [head, b"b,T\xfcr,B-1,6.00\n".to_vec()].concat();
    let mut wide: Vec<u8> = "\u{feff}Handle\tTitle\tVariant SKU\tVariant Price\na\tA\tA-1\t5.00\nb\tB"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    wide.extend([0x00, 0xd8]);
    wide.extend("x\tB-1\t6.00\n".encode_utf16().flat_map(u16::to_le_bytes));
    let dos =
        b"Handle;Title;Variant SKU;Variant Price\na;A;A-1;5,00\nb;Gr\x94\xe1e f\x81r K\x81che;B-1;6,00\n".to_vec();
    for bytes in [broken, wide, dos] {
        let (products, _) = read(&bytes, opening());
        let told: Vec<_> =
            products.iter().flat_map(|one| &one.errors).map(|error| (error.line, error.reason.code())).collect();
        assert_eq!(told, [(3, "not_decoded")]);
        assert_eq!(products[0].errors.len(), 0);
    }
    assert_eq!(survey(b"\xff\xfe\0\0H\0\0\0a\0\0\0", opening()).unwrap_err().code, "file_encoding");
}

#[test]
fn a_row_that_never_ends_is_told_and_what_came_before_it_goes_in() {
    let long = "x".repeat(9 * 1024 * 1024);
    for text in [
        format!("Handle,Title,Body (HTML)\na,A,a\nb,B,\"{long}\"\nc,C,c\n"),
        format!("Handle,Title,Body (HTML)\na,A,a\nb,B,{long}\nc,C,c\n"),
    ] {
        let (products, _) = read(text.as_bytes(), opening());
        assert_eq!(title(&products[0]), "A");
        let told: Vec<_> =
            products.iter().flat_map(|one| &one.errors).map(|error| (error.line, &error.reason)).collect();
        assert_eq!(told, [(3, &Reason::RowEndless)]);
    }
}

#[test]
fn a_weight_without_any_unit_is_told_as_such() {
    let (products, _) = read(b"SKU,Title,Price,Weight\nA-1,A,5.00,1.5\n", opening());
    assert_eq!(products[0].errors[0].reason, Reason::WeightUnitMissing { value: "1.5".into() });
}

/// Older exports have a column a place; only known places are counted at.
#[test]
fn columns_named_as_places_count_their_pieces() {
    let text = "Handle,Title,Option1 Name,Option1 Value,SKU,HS Code,COO,\"Ningbo, Beilun\",EU-LODZ,Somewhere else\n\
        tee,Tee,Size,S,TEE-S,610910,CN,5,1000,3\ntee,Tee,Size,M,TEE-M,610910,CN,6,not stocked,3\n";
    let known = Opening { places: vec!["Ningbo, Beilun".into(), "eu-lodz".into()], ..opening() };
    let (products, found) = read(text.as_bytes(), known.clone());
    let said: Vec<_> =
        products[0].commerce.iter().map(|one| (one.variant, one.warehouse.as_deref().unwrap(), one.stock)).collect();
    assert_eq!(
        said,
        [
            (0, "Ningbo, Beilun", StockSaid::OnHand(5)),
            (0, "EU-LODZ", StockSaid::OnHand(1000)),
            (1, "Ningbo, Beilun", StockSaid::OnHand(6)),
        ]
    );
    assert_eq!(found.unknown, ["Somewhere else"]);
    // With what is counted before the name of the place.
    let text = "SKU,Title,Price,Inventory Available: EU-LODZ,Inventory On Hand: Ningbo (Beilun)\nA-1,A,5.00,4,9\n";
    let (products, found) = read(text.as_bytes(), known);
    let said: Vec<_> = products[0].commerce.iter().map(|one| (one.warehouse.as_deref(), one.stock)).collect();
    assert_eq!(said, [(None, StockSaid::Nothing), (Some("EU-LODZ"), StockSaid::Available(4))]);
    assert_eq!(found.unknown, ["Inventory On Hand: Ningbo (Beilun)"]);
    let (products, _) =
        read(b"SKU,Title,Price,EU-LODZ\nA-1,A,5.00,many\n", Opening { places: vec!["EU-LODZ".into()], ..opening() });
    assert_eq!(products[0].errors[0].reason, Reason::QuantityFormat { value: "many".into() });
}
