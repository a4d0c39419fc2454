//! Files of other systems, in other encodings, of other programs: what they hold comes in, and what cannot is told by its line.

use crate::import::{Column, Mapping, Opening, Reason, Said, Sheet, SheetProduct, StockSaid, Survey};
use base::Currency;
use encoding_rs::{BIG5, EUC_JP, EUC_KR, GBK, SHIFT_JIS, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252};

pub(super) fn opening() -> Opening {
    Opening::new(Currency::EUR)
}

pub(super) fn survey(bytes: &[u8], opening: Opening) -> base::Result<Survey> {
    crate::import::survey(bytes, Said { decimal: None, opening })?.1
}

/// The products of a file, and what the first look found.
pub(super) fn read(bytes: &[u8], opening: Opening) -> (Vec<SheetProduct>, Survey) {
    let found = survey(bytes, opening).unwrap();
    let mut sheet = Sheet::open(bytes, found.clone()).unwrap();
    let mut products = Vec::new();
    while let Some(product) = sheet.next_product().unwrap() {
        products.push(product);
    }
    (products, found)
}

pub(super) fn title(product: &SheetProduct) -> &str {
    product.product.as_ref().and_then(|put| put.title.as_deref()).unwrap_or_default()
}

pub(super) fn price(product: &SheetProduct, index: usize) -> String {
    product.commerce[index].price.map(|rate| rate.to_string()).unwrap_or_default()
}

#[test]
fn letters_of_every_encoding_come_in() {
    let chinese = "Handle,Title,Variant SKU,Variant Price\nhu,青瓷茶壶与两只茶杯，适合日常使用,A-1,128.00\n";
    let japanese = "Handle,Title,Variant SKU,Variant Price\nyunomi,湯のみ茶碗と急須のセット,A-1,128.00\n";
    let german = "Handle,Title,Variant SKU,Variant Price\nb,Große Tönung für Küchen,A-1,128.00\n";
    let wide = |text: &str| -> Vec<u8> {
        [0xff, 0xfe].into_iter().chain(text.replace(',', "\t").encode_utf16().flat_map(u16::to_le_bytes)).collect()
    };
    for (text, bytes, name) in [
        (chinese, GBK.encode(chinese).0.to_vec(), "GBK"),
        (chinese, wide(chinese), "UTF-16LE"),
        (chinese, chinese.as_bytes().to_vec(), "UTF-8"),
        (japanese, SHIFT_JIS.encode(japanese).0.to_vec(), "Shift_JIS"),
        (german, WINDOWS_1252.encode(german).0.to_vec(), "windows-1252"),
        (german, [b"\xef\xbb\xbf", german.as_bytes()].concat(), "UTF-8"),
    ] {
        let (products, found) = read(&bytes, opening());
        assert_eq!((products.len(), found.encoding), (1, name));
        assert!(text.contains(title(&products[0])) && title(&products[0]).chars().count() > 8, "{name}");
        assert_eq!((products[0].errors.len(), price(&products[0], 0).as_str()), (0, "128"));
    }
    // What is said counts more than what is guessed.
    let said = Opening { encoding: Some(GBK), ..opening() };
    assert_eq!(title(&read(&GBK.encode("Handle,Title\na,茶\n").0, said).0[0]), "茶");
}

/// A file of two lines holds too little for a guess by its letters.
#[test]
fn a_few_letters_are_read_in_the_encoding_in_which_they_name_columns() {
    let japanese = "商品コード,商品名,価格\nA-1,湯呑,1200\n";
    let korean = "상품코드,상품명,판매가\nA-1,찻잔,1200\n";
    let traditional = "貨號,商品名稱,價格\nA-1,茶壺,1200\n";
    let simplified = "货号,商品名称,价格\nA-1,茶壶,1200\n";
    let german = "Artikelnummer;Artikelname;Verfügbarkeit;Preis\nA-1;Töpfe;3;12,00\n";
    let cases = [
        (japanese, SHIFT_JIS, "湯呑"),
        (japanese, EUC_JP, "湯呑"),
        (korean, EUC_KR, "찻잔"),
        (traditional, BIG5, "茶壺"),
        (simplified, GBK, "茶壶"),
        (german, WINDOWS_1252, "Töpfe"),
        ("SKU;Tytuł;Cena\nA-1;Żółty kubek;12,50\n", WINDOWS_1250, "Żółty kubek"),
        ("SKU;Название;Цена\nA-1;Чайник;12,50\n", WINDOWS_1251, "Чайник"),
    ];
    for (text, encoding, expected) in cases {
        let (products, found) = read(&encoding.encode(text).0, opening());
        assert_eq!(title(&products[0]), expected, "{} was read as {}", encoding.name(), found.encoding);
    }
    let nothing_known = survey(&SHIFT_JIS.encode("名,値\n湯呑,1200\n").0, opening()).unwrap_err();
    assert!(nothing_known.message.contains("read as "), "{}", nothing_known.message);
}

#[test]
fn a_byte_of_nought_is_told_by_its_line_and_the_others_go_in() {
    let text =
        "Handle,Title,Variant SKU,Variant Price\ngood,Good,G-1,5.00\nnul,Nul\0title,N-1,5.00\nafter,After,A-1,5.00\n";
    let (products, _) = read(text.as_bytes(), opening());
    let told: Vec<_> = products.iter().flat_map(|one| &one.errors).map(|error| (error.line, &error.reason)).collect();
    assert_eq!(told, [(3, &Reason::NoughtByte)]);
    let whole: Vec<_> = products.iter().filter(|one| one.product.is_some()).map(title).collect();
    assert_eq!(whole, ["Good", "After"]);
}

#[test]
fn lines_are_counted_as_an_editor_counts_them() {
    let text = "Handle,Title,Body (HTML),Variant SKU,Variant Price\nok,Ok,\"<p>a</p>\n<p>b</p>\",OK-1,5.00\n\nbad,Bad,x,BAD-1,abc\n";
    for end in ["\n", "\r\n", "\r"] {
        let (products, _) = read(text.replace('\n', end).as_bytes(), opening());
        let lines: Vec<u64> = products.iter().flat_map(|one| &one.errors).map(|error| error.line).collect();
        assert_eq!(lines, [5], "{end:?}");
    }
    // Without a line end behind the last row.
    let (products, _) = read(b"Handle,Variant Price\r\na,5\r\nb,x", opening());
    assert_eq!(products[1].errors[0].line, 3);
}

#[test]
fn an_open_quote_is_told_where_it_began() {
    let text = "Handle,Title,Variant SKU,Variant Price\na,A,A-1,5\nb,\"B with no end,B-1,5\nc,C,C-1,5\nd,D,D-1,5\n";
    let (products, _) = read(text.as_bytes(), opening());
    assert_eq!(title(&products[0]), "A");
    let errors: Vec<_> = products.iter().flat_map(|one| &one.errors).collect();
    assert_eq!(errors.len(), 1);
    assert_eq!((errors[0].line, &errors[0].reason), (3, &Reason::OpenQuote));
    // Closed at the very end it is none.
    assert!(read(b"Handle,Title\na,\"A\nB\"", opening()).0[0].errors.is_empty());
}

#[test]
fn separators_are_told_or_said() {
    for text in [
        "sep=;\nHandle;Title;Variant SKU;Variant Price\ns;A, b, c, d;S-1;5.00\n",
        "\"Handle\";\"Title, long, with, commas\";Title;Variant SKU;Variant Price\ns;x;A, b, c, d;S-1;5.00\n",
        "Handle\tTitle\tVariant SKU\tVariant Price\ns\tA, b, c, d\tS-1\t5.00\n",
        "Handle|Title|Variant SKU|Variant Price\ns|A, b, c, d|S-1|5.00\n",
    ] {
        let (products, _) = read(text.as_bytes(), opening());
        assert_eq!((title(&products[0]), price(&products[0], 0).as_str()), ("A, b, c, d", "5"), "{text}");
    }
}

#[test]
fn what_is_no_table_is_refused_with_what_to_do() {
    for (bytes, code) in [
        (&b"<!DOCTYPE html><html><body>Sign in</body></html>"[..], "file_web_page"),
        (b"{\"products\": []}", "file_json"),
        (b"PK\x03\x04[Content_Types].xml", "workbook_broken"),
        (b"", "file_empty"),
        (b"\n\n  \n", "file_empty"),
        (b"Name,Colour\na,b\n", "column_missing"),
    ] {
        assert_eq!(survey(bytes, opening()).unwrap_err().code, code);
    }
}

const WOO: &str = "ID,Type,SKU,Name,Published,Description,\"In stock?\",Stock,\"Weight (kg)\",\"Sale price\",\"Regular price\",Categories,Images,Parent,\"Attribute 1 name\",\"Attribute 1 value(s)\",\"Attribute 2 name\",\"Attribute 2 value(s)\"
7,variable,tee,Test tee,1,A tee.,1,,0.2,,,\"Clothing > Tees, Sale\",\"https://example.com/a.jpg, https://example.com/b.jpg\",,Material,Cotton,Color,\"Blue, Green\"
8,simple,mug,Mug,-1,A mug.,1,,0.4,,9.5,Home,https://example.com/m.jpg,,,,,
9,variation,tee-b,Test tee - Blue,1,,1,3,0.2,18,20,,https://example.com/blue.jpg,tee,Color,Blue,,
10,variation,tee-g,Test tee - Green,1,,0,,0.2,,20,,,id:7,Color,Green,,
11,\"simple, virtual\",book,E-book,1,,1,,,,5,,,,,,,
12,external,ad,Elsewhere,1,,1,,,,5,,,,,,,
";

#[test]
fn a_woocommerce_export_comes_in() {
    let (products, found) = read(WOO.as_bytes(), opening());
    assert_eq!(found.system, Some("WooCommerce"));
    let by = |handle: &str| -> Vec<&SheetProduct> {
        let own = |one: &&SheetProduct| one.product.as_ref().is_some_and(|put| put.handle == handle);
        products.iter().filter(own).collect()
    };
    let tee = by("tee");
    let put = tee[0].product.as_ref().unwrap();
    assert_eq!((title(tee[0]), put.options.clone(), put.variants.len()), ("Test tee", vec!["Color".to_owned()], 0));
    assert_eq!(
        put.images.iter().map(|image| image.url.as_str()).collect::<Vec<_>>(),
        ["https://example.com/a.jpg", "https://example.com/b.jpg"]
    );
    assert_eq!((tee[0].published, tee[0].category.clone()), (Some(true), vec!["Clothing".to_owned(), "Tees".into()]));
    let blue = &tee[1].product.as_ref().unwrap().variants[0];
    assert_eq!((blue.sku.as_deref(), blue.options[0].as_str()), (Some("tee-b"), "Blue"));
    assert_eq!(blue.image.as_deref(), Some("https://example.com/blue.jpg"));
    assert_eq!((price(tee[1], 0).as_str(), tee[1].commerce[0].stock), ("18", StockSaid::OnHand(3)));
    assert_eq!(tee[1].commerce[0].compare_at.unwrap().to_string(), "20");
    let green = tee[1].product.as_ref().unwrap().variants.get(1).or(tee
        .last()
        .unwrap()
        .product
        .as_ref()
        .unwrap()
        .variants
        .last());
    assert_eq!(green.unwrap().options[0], "Green", "a parent may be named by its number");
    let mug = by("mug");
    assert_eq!((mug[0].published, mug[0].commerce[0].stock), (Some(false), StockSaid::Uncounted));
    assert_eq!(mug[0].product.as_ref().unwrap().variants[0].weight.unwrap().grams, 400);
    let told: Vec<_> =
        products.iter().flat_map(|one| &one.errors).map(|error| (error.line, error.reason.clone())).collect();
    assert_eq!(told, [(6, Reason::NoShipping), (7, Reason::NoGoods)]);
}

#[test]
fn a_medusa_file_comes_in_at_the_price_of_the_import() {
    let text = "Product Id;Product Handle;Product Title;Product Description;Product Status;Product Weight;Product HS Code;\
        Product Origin Country;Variant Id;Variant Title;Variant SKU;Variant Inventory Quantity;Variant Price EUR;\
        Variant Price USD;Option 1 Name;Option 1 Value\n\
        ;test-cup;Test cup;A cup.;published;400;691200;cn;;Small;MED-1;100;10;12;Size;Small\n";
    for (currency, wanted) in [(Currency::EUR, "10"), (Currency::USD, "12"), ("JPY".parse().unwrap(), "10")] {
        let (products, found) = read(text.as_bytes(), Opening::new(currency));
        assert_eq!((found.system, products[0].errors.len()), (Some("Medusa"), 0));
        assert_eq!(price(&products[0], 0), wanted);
        let variant = &products[0].product.as_ref().unwrap().variants[0];
        assert_eq!((variant.sku.as_deref(), variant.weight.unwrap().grams), (Some("MED-1"), 400));
        assert_eq!((variant.hs.unwrap().to_string(), variant.origin.unwrap().code()), ("691200".into(), "CN"));
        assert_eq!(products[0].product.as_ref().unwrap().status, Some(crate::Status::Active));
    }
}

#[test]
fn amazon_files_come_in() {
    let template = "TemplateType=test\tVersion=2026.0101\t(rows for the marketplace only)\n\
        Seller SKU\tProduct Name\tBrand\tPrice\tQuantity\tOrigin\n\
        item_sku\titem_name\tbrand_name\tstandard_price\tquantity\tcountry_of_origin\n\
        AMZ-1\tShirt\tFieldlog\t19.99\t5\tCN\n";
    let (products, found) = read(template.as_bytes(), opening());
    assert_eq!((found.system, products.len()), (Some("Amazon listing template"), 1));
    assert_eq!((title(&products[0]), price(&products[0], 0).as_str(), products[0].line), ("Shirt", "19.99", 4));
    assert_eq!(products[0].commerce[0].stock, StockSaid::OnHand(5));
    let report = "item-name\titem-description\tlisting-id\tseller-sku\tprice\tquantity\tproduct-id-type\tproduct-id\tstatus\n\
        Teapot\tFor two\t0101\tTP-1\t24.00\t7\t4\t4006381333931\tActive\n";
    let (products, found) = read(report.as_bytes(), opening());
    assert_eq!((found.system, products[0].published), (Some("Amazon listings report"), Some(true)));
    assert_eq!(products[0].product.as_ref().unwrap().variants[0].barcode.as_deref(), Some("4006381333931"));
    let loader = "sku\tproduct-id\tproduct-id-type\tprice\tquantity\tadd-delete\nTP-1\tB000000001\t1\t25.00\t9\ta\nOLD\t\t\t\t\tx\n";
    let (products, _) = read(loader.as_bytes(), opening());
    assert_eq!((price(&products[0], 0).as_str(), title(&products[0])), ("25", ""));
    assert_eq!(products[1].errors[0].reason, Reason::NoGoods);
}

#[test]
fn ebay_and_prestashop_and_google_come_in() {
    let ebay = "*Action(SiteID=US|Country=US|Currency=USD|Version=941),CustomLabel,*Title,*Description,PicURL,*Quantity,*StartPrice,Relationship,RelationshipDetails\n\
        Add,SH,Shirt,Cotton,https://example.com/a.jpg|https://example.com/b.jpg,,,,\"Size=S;M\"\n\
        ,SH-S,,,,4,12.50,Variation,Size=S\n,SH-M,,,,5,13.50,Variation,Size=M\nEnd,OLD,,,,,,,\n";
    let (products, found) = read(ebay.as_bytes(), opening());
    assert_eq!(found.system, Some("eBay File Exchange"));
    let shirt = products[0].product.as_ref().unwrap();
    assert_eq!((shirt.handle.as_str(), shirt.variants.len(), shirt.images.len()), ("SH", 2, 2));
    assert_eq!((shirt.variants[1].options[0].as_str(), price(&products[0], 1).as_str()), ("M", "13.5"));
    assert_eq!(products[0].commerce[0].currency, Some(Currency::USD));

    let presta = "Product ID;Active (0/1);Name *;Categories (x,y,z...);Price tax excluded;Reference #;Manufacturer;EAN13;Weight;Quantity;Tags (x,y,z...);Image URLs (x,y,z...)\n\
        1;1;Poster;Art,Home;29,90;demo_6;Graphic Corner;4006381333931;0,300;300;art,wall;https://example.com/p.jpg,https://example.com/q.jpg\n\
        2;0;Frame;Art;1.129,00;demo_7;;;0;3;;\n";
    let (products, found) = read(presta.as_bytes(), opening());
    assert_eq!(found.system, Some("PrestaShop"));
    assert_eq!((price(&products[0], 0).as_str(), price(&products[1], 0).as_str()), ("29.9", "1129"));
    let poster = products[0].product.as_ref().unwrap();
    assert_eq!((poster.variants[0].weight.unwrap().grams, poster.images.len()), (300, 2));
    assert_eq!((products[1].published, products[1].product.as_ref().unwrap().variants[0].weight), (Some(false), None));

    let google = "id\ttitle\tdescription\tlink\timage_link\tavailability\tprice\tsale_price\titem_group_id\tcolor\tsize\tshipping_weight\tgtin\n\
        G-1\tScarf\tSilk\thttps://a.example/1\thttps://a.example/1.jpg\tin_stock\t40.00 USD\t32.00 USD\tscarf\tRed\tL\t0.2 kg\t4006381333931\n";
    let (products, found) = read(google.as_bytes(), opening());
    assert_eq!(found.system, Some("Google Merchant"));
    let scarf = products[0].product.as_ref().unwrap();
    assert_eq!((scarf.handle.as_str(), scarf.variants[0].options[1].as_str()), ("scarf", "L"));
    assert_eq!((price(&products[0], 0).as_str(), products[0].commerce[0].currency), ("32", Some(Currency::USD)));
}

#[test]
fn any_table_comes_in_with_a_word_on_its_columns() {
    let text = "Artikel;Was es ist;Netto;Lager;Intern\nA-1;Teekanne;1.299,00;3;geheim\n";
    assert_eq!(survey(text.as_bytes(), opening()).unwrap_err().code, "column_missing");
    let mut columns = Mapping::default();
    for word in ["Artikel=SKU", "was es ist = title", "Netto=price", "Lager=Quantity"] {
        columns.read(word).unwrap();
    }
    let said = Opening { columns: columns.clone(), ..opening() };
    let (products, found) = read(text.as_bytes(), said);
    assert_eq!((title(&products[0]), price(&products[0], 0).as_str()), ("Teekanne", "1299"));
    assert_eq!(found.unknown, ["Intern"]);
    assert_eq!(columns.clone().read("Netto=klingon").unwrap_err().fields[0].code, "mapping_unknown");
    assert_eq!(columns.read("Netto").unwrap_err().fields[0].code, "mapping_format");
    // A column may be left out, also one that would be known.
    let mut without = Mapping::default();
    without.read("Variant Price=").unwrap();
    let (products, _) =
        read(b"Handle,Title,Variant SKU,Variant Price\na,A,A-1,5\n", Opening { columns: without, ..opening() });
    assert_eq!(products[0].commerce[0].price, None);
    assert_eq!(Column::named("HS code"), Some(Column::Hs));
}

/// What a row says is made of is not called unknown.
#[test]
fn columns_that_others_are_made_of_are_taken() {
    let text = "Product Handle,Product Title,Variant SKU,Product Weight,Product HS Code,Variant Price EUR,Product Tag 1,Product Tag 2,\
        Product Thumbnail,Product Image 1 Url,Variant Manage Inventory,Variant EAN,Shelf life\n\
        tee,Tee,TEE-S,400,610910,10,a,b,https://e.example/t.jpg,https://e.example/1.jpg,TRUE,4006381333931,x\n\
        cap,Cap,CAP-1,90,650500,5,,,,,FALSE,,x\n";
    let (products, found) = read(text.as_bytes(), opening());
    assert_eq!((found.system, found.unknown), (Some("Medusa"), vec!["Shelf life".to_owned()]));
    let tee = products[0].product.as_ref().unwrap();
    assert_eq!((tee.tags.clone(), tee.images.len()), (Some(vec!["a".to_owned(), "b".to_owned()]), 2));
    assert_eq!(tee.variants[0].barcode.as_deref(), Some("4006381333931"));
    assert_eq!(
        [products[0].commerce[0].stock, products[1].commerce[0].stock],
        [StockSaid::Nothing, StockSaid::Uncounted]
    );
}

/// A sale that has its days may be over: nobody sells by it.
#[test]
fn a_sale_with_days_is_not_followed() {
    let woo = "ID,Type,SKU,Name,Date sale price starts,Date sale price ends,Sale price,Regular price\n\
        1,simple,over,Over,2020-01-01,2020-02-01,1,100\n2,simple,ends,Ends,,2020-02-01,1,100\n3,simple,sale,Sale,,,80,100\n";
    let google = "id\ttitle\tlink\timage_link\tprice\tsale_price\tsale_price_effective_date\n\
        a\tA\thttps://e.example/1\t\t100.00 EUR\t1.00 EUR\t2020-01-01T00:00+00:00/2020-02-01T00:00+00:00\n\
        b\tB\thttps://e.example/1\t\t100.00 EUR\t1.00 EUR\t2020-01-01T00:00+00:00/2020-02-01T00:00+00:00\n\
        c\tC\thttps://e.example/1\t\t100.00 EUR\t80.00 EUR\t\n";
    let amazon = "item_sku\titem_name\tstandard_price\tsale_price\tsale_from_date\tsale_end_date\n\
        a\tA\t100.00\t1.00\t2020-01-01\t2020-02-01\nb\tB\t100.00\t1.00\t\t2020-02-01\nc\tC\t100.00\t80.00\t\t\n";
    for text in [woo, google, amazon] {
        let (products, _) = read(text.as_bytes(), opening());
        let prices: Vec<(String, bool)> =
            products.iter().map(|one| (price(one, 0), one.commerce[0].compare_at.is_some())).collect();
        assert_eq!(prices, [("100".to_owned(), false), ("100".to_owned(), false), ("80".to_owned(), true)], "{text}");
    }
}

#[test]
fn newer_layouts_of_known_systems_come_in() {
    let ebay = "#INFO,Version=0.0.2,Template= eBay-draft-listings-template_US,,,\n\
        #INFO Action and Category ID are required fields.,,,,,\n\
        Action(SiteID=US|Country=US|Currency=USD|Version=1193|CC=UTF-8),Custom label (SKU),Title,Price,Quantity,Item photo URL\n\
        Draft,EB-1,Mug,12.50,5,https://e.example/a.jpg|https://e.example/b.jpg\n";
    let (products, found) = read(ebay.as_bytes(), opening());
    let put = products[0].product.as_ref().unwrap();
    assert_eq!((found.system, put.images.len(), products[0].line), (Some("eBay File Exchange"), 2, 4));
    assert_eq!((price(&products[0], 0).as_str(), products[0].commerce[0].currency), ("12.5", Some(Currency::USD)));
    // Few columns, and strokes in the name of the first.
    let few = "Action(SiteID=US|Country=US|Currency=USD|Version=941),ItemID,CustomLabel,Quantity\nRevise,110,EB-1,7\n";
    let (products, found) = read(few.as_bytes(), opening());
    assert_eq!((found.system, products[0].commerce[0].stock), (Some("eBay File Exchange"), StockSaid::OnHand(7)));

    let feed = "g:id,g:title,g:image_link,g:additional_image_link,g:link,g:price\n\
        G-1,Mug,https://e.example/1.jpg,\"https://e.example/2.jpg,https://e.example/3.jpg\",https://e.example/,25.00 USD\n";
    let (products, found) = read(feed.as_bytes(), opening());
    assert_eq!((found.system, price(&products[0], 0).as_str()), (Some("Google Merchant"), "25"));
    assert_eq!(products[0].product.as_ref().unwrap().images.len(), 3);

    let presta = "Product ID;Active (0/1);Name *;Categories (x,y,z...);Price tax excluded;Reference #\n1;1;Mug;Home,Art/Prints;11.90;d1\n2;1;Cup;Home;5.50;d2\n";
    let (products, _) = read(presta.as_bytes(), opening());
    assert_eq!(products[0].category, ["Art", "Prints"]);
    assert!(products[1].category.is_empty(), "the root of its tree is no shelf");

    let parent = "TemplateType=x\tVersion=1\nProduct\tSeller SKU\titem_sku2\n\
        item_sku\titem_name\tstandard_price\tparent_child\tparent_sku\tcolor_name\tsize_name\n\
        P-1\tShirt\t\tparent\t\t\t\nP-1-R\tShirt red\t20.00\tchild\tP-1\tRed\tM\n";
    let (products, _) = read(parent.as_bytes(), opening());
    assert_eq!(products[0].product.as_ref().unwrap().options, ["Color", "Size"], "told by the rows of the variants");
}

/// The same export from shops in other languages.
#[test]
fn woocommerce_writes_its_names_in_the_owners_language() {
    let heads = [
        "ID,Typ,Artikelnummer,Name,Veröffentlicht,Beschreibung,Vorrätig?,Bestand,Gewicht (kg),Angebotspreis,Regulärer Preis,Kategorien,Übergeordnetes Produkt,Attribut 1 Name,Attribut 1 Wert(e)",
        "ID,Type,UGS,Nom,Publié,Description,En stock ?,Stock,Poids (kg),Tarif promo,Tarif régulier,Catégories,Parent,Nom de l’attribut 1,Valeur(s) de l’attribut 1",
        "ID,Tipo,SKU,Nombre,Publicado,Descripción,¿Existencias?,Inventario,Peso (kg),Precio rebajado,Precio normal,Categorías,Superior,Nombre del atributo 1,Valor(es) del atributo 1",
    ];
    let rows = "7,variable,tee,Tee,1,A tee.,1,,\"0,2\",,,Clothing,,Color,\"Blue, Green\"\n8,variation,tee-b,Tee - Blue,1,,1,3,\"0,2\",\"18,50\",20,,id:7,Color,Blue\n";
    for head in heads {
        let (products, found) = read(format!("{head}\n{rows}").as_bytes(), opening());
        assert_eq!((found.system, title(&products[0])), (Some("WooCommerce"), "Tee"), "{head}");
        let put = products[0].product.as_ref().unwrap();
        assert_eq!((put.options.clone(), put.variants[0].options[0].as_str()), (vec!["Color".to_owned()], "Blue"));
        assert_eq!(
            (price(&products[0], 0).as_str(), products[0].commerce[0].stock),
            ("18.5", StockSaid::OnHand(3)),
            "{head}"
        );
        assert_eq!(
            (put.variants[0].weight.unwrap().grams, products[0].category.clone()),
            (200, vec!["Clothing".to_owned()])
        );
        assert_eq!(found.unknown, Vec::<String>::new(), "{head}");
    }
}
