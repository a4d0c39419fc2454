//! Rates from a file of the European Central Bank.

use super::schemas;
use crate::*;
use base::{Actor, Currency, Date, Money, Role};
use std::path::Path;
use std::process::Command;
use store::Store;
use store::testing::each;

fn day(text: &str) -> Date {
    base::time::parse_date(text).unwrap()
}

fn dollars(store: &Store, on: &str) -> String {
    let on = day(on);
    let rates = store.read_blocking(move |db| Rates::load(db, on)).unwrap();
    rates.rate(Currency::EUR, Currency::USD).unwrap().to_string()
}

fn ask(file: &str) -> RatesFile<'_> {
    RatesFile { file: file.as_bytes(), source: "ECB", since: None, confirmed: false }
}

fn taken(store: &Store, file: &str) -> base::Result<RatesReport> {
    import_rates(store, Actor::System, &ask(file))
}

#[test]
fn a_file_is_recorded_whole_or_not_at_all() {
    each(schemas(), |store| {
        store.write_blocking(install_rates).unwrap();
        let file = "Date,USD,CYP,JPY\n2026-11-19,1.25,N/A,170.5\n2026-11-18,1.24,N/A,170\n";
        let report = taken(store, file).unwrap();
        assert_eq!((report.days, report.rates), (2, 4));
        assert_eq!(report.span, Some((day("2026-11-18"), day("2026-11-19"))));
        assert_eq!((dollars(store, "2026-11-18").as_str(), dollars(store, "2026-11-25").as_str()), ("1.24", "1.25"));
        let rows = store.read_blocking(|db| rate_rows(db, "2026-11-25".parse().unwrap())).unwrap();
        let source = rows.iter().find(|row| row.quote == Currency::USD).map(|row| row.source.clone());
        assert_eq!(source.as_deref(), Some("ECB"));
        let wrong = "Date,USD\n2026-11-20,1.5\n2026-11-17,?\n";
        let refused = taken(store, wrong).unwrap_err();
        assert_eq!(refused.fields[0].code, "rates_line");
        assert_eq!(dollars(store, "2026-11-25"), "1.25", "nothing of a wrong file is recorded");
        let later =
            import_rates(store, Actor::System, &RatesFile { since: Some(day("2026-11-19")), ..ask(file) }).unwrap();
        assert_eq!((later.days, later.rates), (1, 2));
        assert_eq!(
            import_rates(store, Actor::System, &RatesFile { source: " ", ..ask(file) }).unwrap_err().fields[0].name,
            "source"
        );
        let service = Actor::Person { person: 1, organisation: 1, role: Role::Service };
        assert!(import_rates(store, service, &ask(file)).is_err());
    });
}

/// The bank's whole file, when it lies beside the checkout.
#[test]
fn the_banks_own_file_is_read() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/fx-ecb/eurofxref-hist.csv.zst");
    let Some(text) = Command::new("zstdcat").arg(&file).output().ok().filter(|out| out.status.success()) else {
        println!("skipped: the bank's file, or zstdcat, is not here");
        return;
    };
    let text = String::from_utf8(text.stdout).unwrap();
    each(schemas(), |store| {
        let report =
            import_rates(store, Actor::System, &RatesFile { since: Some(day("2026-01-01")), ..ask(&text) }).unwrap();
        assert_eq!(report.span.unwrap().1, day("2026-10-30"));
        assert!(report.days > 200 && report.rates == report.days * 29, "{report:?}");
        assert_eq!(dollars(store, "2026-10-30"), "1.1172");
    });
}

/// An archive with one file.
fn zip(name: &str, text: &str) -> Vec<u8> {
    use std::io::Write;
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
    archive.write_all(text.as_bytes()).unwrap();
    archive.finish().unwrap().into_inner()
}

/// What a file says, a rate a line.
fn told(file: &str) -> Vec<String> {
    let rates = rate_file::read(file.as_bytes(), day("2026-11-29")).unwrap_or_else(|error| panic!("{error}: {file}"));
    rates.rates.iter().map(|one| format!("{} {}/{} {}", one.date, one.base, one.quote, one.rate)).collect()
}

#[test]
fn every_form_of_the_bank_is_read() {
    let envelope = |cubes: &str| {
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gesmes:Envelope xmlns:gesmes=\"http://www.gesmes.org/xml/2002-08-01\" \
             xmlns=\"http://www.ecb.int/vocabulary/2002-08-01/eurofxref\"><gesmes:subject>Reference rates</gesmes:subject>\
             <gesmes:Sender><gesmes:name>European Central Bank</gesmes:name></gesmes:Sender><Cube>{cubes}</Cube></gesmes:Envelope>"
        )
    };
    let dollar = ["2026-11-27 EUR/USD 1.156"];
    let two = ["2026-11-26 EUR/USD 1.15", "2026-11-27 EUR/USD 1.156", "2026-11-27 EUR/JPY 180.75"];
    let daily = envelope("<Cube time='2026-11-27'><Cube currency='USD' rate='1.1560'/></Cube>");
    let history = envelope(
        "<Cube time=\"2026-11-27\"><Cube currency=\"USD\" rate=\"1.1560\"/><Cube currency=\"JPY\" rate=\"180.75\"/>\
         <Cube currency=\"CYP\" rate=\"0.58\"/></Cube><Cube time=\"2026-11-26\"><Cube currency=\"USD\" rate=\"1.15\"/></Cube>",
    );
    let generic = "<message:GenericData><message:DataSet><generic:Series><generic:SeriesKey>\
        <generic:Value id=\"FREQ\" value=\"D\"/><generic:Value id=\"CURRENCY\" value=\"USD\"/>\
        <generic:Value id=\"CURRENCY_DENOM\" value=\"EUR\"/></generic:SeriesKey><generic:Attributes>\
        <generic:Value id=\"UNIT\" value=\"USD\"/></generic:Attributes><generic:Obs>\
        <generic:ObsDimension value=\"2026-11-27\"/><generic:ObsValue value=\"1.1560\"/><generic:Attributes>\
        <generic:Value id=\"OBS_STATUS\" value=\"A\"/></generic:Attributes></generic:Obs><generic:Obs>\
        <generic:ObsDimension value=\"2026-11-28\"/><generic:ObsValue value=\"NaN\"/></generic:Obs>\
        </generic:Series></message:DataSet></message:GenericData>";
    let specific = "<message:StructureSpecificData><message:DataSet><Series FREQ=\"D\" CURRENCY=\"USD\" CURRENCY_DENOM=\"EUR\" \
        EXR_TYPE=\"SP00\"><Obs TIME_PERIOD=\"2026-11-27\" OBS_VALUE=\"1.1560\" OBS_STATUS=\"A\"/></Series>\
        <Series FREQ=\"M\" CURRENCY=\"USD\" CURRENCY_DENOM=\"EUR\"><Obs TIME_PERIOD=\"2026-10\" OBS_VALUE=\"1.1\"/></Series>\
        </message:DataSet></message:StructureSpecificData>";
    let feed = "<rdf:RDF><channel><title>ECB</title></channel><item><title>1.1560 USD = 1 EUR</title>\
        <dc:date>2026-11-27T14:15:00+01:00</dc:date><cb:statistics><cb:exchangeRate>\
        <cb:value frequency=\"daily\" decimals=\"4\">1.1560</cb:value><cb:baseCurrency unit_mult=\"0\">EUR</cb:baseCurrency>\
        <cb:targetCurrency>USD</cb:targetCurrency></cb:exchangeRate></cb:statistics></item></rdf:RDF>";
    for file in [
        daily.as_str(),
        generic,
        specific,
        feed,
        "Date, USD, \n27 November 2026, 1.1560, \n",
        "\u{feff}Date,USD,CYP,\r\n2026-11-27,1.1560,N/A,\r\n",
        "Date;USD\n2026-11-27;1,1560\n",
        "KEY,FREQ,CURRENCY,CURRENCY_DENOM,EXR_TYPE,EXR_SUFFIX,TIME_PERIOD,OBS_VALUE\nEXR.D.USD.EUR.SP00.A,D,USD,EUR,SP00,A,2026-11-27,1.1560\nEXR.M.USD.EUR.SP00.A,M,USD,EUR,SP00,A,2026-10,1.1\n",
        "\"DATE\",\"TIME PERIOD\",\"US dollar/Euro (EXR.D.USD.EUR.SP00.A)\"\n\"2026-11-27\",\"27 Nov 2026\",\"1.1560\"\n",
        "date,from,to,rate\n2026-11-27,EUR,USD,1.1560\n",
        "Rate;To;From;Day\n1,1560;USD;EUR;2026-11-27\n",
        "currency,rate,date\nUSD,1.1560,2026-11-27\nCYP,0.58,2026-11-27\n",
        "date;from;to;rate\n27.11.2026;EUR;USD;1,1560\n",
        "date,from,to,rate\n2026/11/27,EUR,USD,１．１５６０\n",
    ] {
        assert_eq!(told(file), dollar, "{file}");
    }
    assert_eq!(told(&history), two);
    assert_eq!(told("Date,USD,JPY\n2026-11-27,1.1560,180.75\n2026-11-26,1.15,"), two);
    assert_eq!(told("base,currency,rate\nUSD,VND,26000\n"), ["2026-11-29 USD/VND 26000"]);
    assert_eq!(told("currency,rate\nVND,30000\n"), ["2026-11-29 EUR/VND 30000"]);
    assert_eq!(told("currency,rate\nIDR,\"18,500.5\"\n"), ["2026-11-29 EUR/IDR 18500.5"]);
    assert_eq!(told("currency;rate\nIDR;18.500,5\n"), ["2026-11-29 EUR/IDR 18500.5"]);
    // Packed, as the bank publishes its daily file.
    let packed = rate_file::read(&zip("eurofxref.csv", "Date, USD, \n27 November 2026, 1.1560, \n"), day("2026-11-29"));
    assert_eq!(packed.unwrap().rates.len(), 1);
    // A currency that nobody knows is named.
    let read = rate_file::read(b"from,to,rate\nEUR,USD,1.1\nEUR,ZZZ,2\n", day("2026-11-29")).unwrap();
    assert_eq!((read.rates.len(), read.passed.iter().map(String::as_str).collect::<Vec<_>>()), (1, vec!["ZZZ"]));
}

#[test]
fn what_is_no_file_of_rates_is_told_where() {
    for (file, code, says) in [
        ("", "rates_heading", "Date and currencies"),
        ("Handle,Title\nx,y", "rates_heading", "date, from, to, rate"),
        ("PK\u{3}\u{4}zip", "rates_heading", "ZIP"),
        ("<html><body>404</body></html>", "rates_heading", "no rate"),
        ("<Cube time='2026-11-27'><Cube currency='USD' rate='1.1'", "rates_heading", "XML"),
        ("<Cube time='27.11.'>\n<Cube currency='USD' rate='1.1'/></Cube>", "rates_line", "Line 2"),
        ("<Cube time='2026-11-27'>\n<Cube currency='USD' rate='much'/></Cube>", "rates_line", "Line 2"),
        ("Date,USD\n30/10/2026,1.1", "rates_line", "Line 2"),
        ("Date,USD\n11/12/2026,1.1", "rates_line", "Line 2"),
        ("currency,rate\nIDR,\"18,500\"", "rates_line", "Line 2"),
        ("Date,USD\n2026-10-30,1.1\n2026-10-29,x", "rates_line", "Line 3"),
        ("Date,USD\n2026-10-30,0", "rates_line", "Line 2"),
        ("Date,USD\n2026-10-30,1,2", "rates_line", "Line 2"),
        ("date,from,to,rate\n2026-11-27,EUR,dollars,1.1", "rates_line", "Line 2"),
        ("date,from,to,rate\n2026-11-27,EUR,EUR,1", "rates_line", "Line 2"),
    ] {
        let error = rate_file::read(file.as_bytes(), day("2026-11-29")).unwrap_err();
        assert_eq!(error.fields[0].code, code, "{file}");
        assert!(error.fields[0].message.contains(says), "{file}: {}", error.fields[0].message);
    }
}

/// The files of the field, when they lie beside the checkout.
#[test]
fn the_fields_files_are_read() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/field-cases/15-rates-daily-forms");
    let Ok(entries) = std::fs::read_dir(&folder) else {
        println!("skipped: no field cases");
        return;
    };
    let files =
        entries.map(|entry| entry.unwrap().path()).filter(|path| path.extension().is_some_and(|end| end != "md"));
    let read = |path: &std::path::PathBuf| rate_file::read(&std::fs::read(path).unwrap(), day("2026-11-29"));
    let unread: Vec<_> = files.filter(|path| read(path).map_or(true, |file| file.rates.is_empty())).collect();
    assert!(unread.is_empty(), "{unread:?}");
}

#[test]
fn what_is_implausible_or_to_come_waits_for_a_word() {
    each(schemas(), |store| {
        store.write_blocking(install_rates).unwrap();
        let today = store.clock().now().date();
        let held = || store.read_blocking(held_rates).unwrap();
        let before = dollars(store, "2026-11-29");
        let days = |rate: &str| format!("Date,USD,JPY\n{today},{rate},175\n");
        for (rate, why) in [("11.172", Doubt::Change), ("0.11172", Doubt::Change), ("0.8951", Doubt::UpsideDown)] {
            let report = taken(store, &days(rate)).unwrap();
            assert_eq!((report.rates, report.held.len(), report.held[0].why), (1, 1, why), "{rate}");
            assert_eq!(report.held[0].known.unwrap().to_string(), before);
            assert_eq!(held(), report.held, "one for each pair and day");
            assert_eq!(dollars(store, "2026-11-29"), before, "it does not count yet");
        }
        // A few per cent are no news, and a file is compared with itself from day to day.
        assert_eq!(taken(store, &days("1.2")).unwrap().held, []);
        assert_eq!(held(), [], "what is known now needs no word");
        assert_eq!(taken(store, &days("0.7")).unwrap().held[0].why, Doubt::Change);
        let ahead = today.tomorrow().unwrap();
        let future = taken(store, &format!("Date,USD\n{ahead},1.2\n")).unwrap();
        assert_eq!((future.rates, future.held[0].why), (0, Doubt::Future));
        // Confirmed or dropped, once.
        let euro_dollar = (Currency::EUR, Currency::USD);
        store.write_blocking(move |tx| drop_rate(tx, euro_dollar.0, euro_dollar.1, ahead)).unwrap();
        assert_eq!(
            store.write_blocking(move |tx| drop_rate(tx, euro_dollar.0, euro_dollar.1, ahead)).unwrap_err().code,
            "unknown_rate"
        );
        store.write_blocking(move |tx| confirm_rate(tx, euro_dollar.0, euro_dollar.1, today)).unwrap();
        assert_eq!((dollars(store, "2026-12-31").as_str(), held().len()), ("0.7", 0));
        let service = Actor::Person { person: 1, organisation: 1, role: Role::Service };
        assert!(
            store.write_as_blocking(service, move |tx| confirm_rate(tx, euro_dollar.0, euro_dollar.1, today)).is_err()
        );
        // Whoever says so has it recorded at once.
        let file = days("11.172");
        let report = import_rates(store, Actor::System, &RatesFile { confirmed: true, ..ask(&file) }).unwrap();
        assert_eq!((report.rates, report.held.len(), dollars(store, "2026-12-31").as_str()), (2, 0, "11.172"));
    });
}

#[test]
fn currencies_outside_the_list_are_reached_either_way() {
    let row = |base: &str, quote: &str, rate: &str, date: &str| RateRow {
        base: base.parse().unwrap(),
        quote: quote.parse().unwrap(),
        date: day(date),
        rate: rate.parse().unwrap(),
        source: "test".into(),
    };
    let rows = [
        row("EUR", "USD", "1.25", "2026-11-19"),
        row("KWD", "EUR", "2.5", "2026-11-10"),
        row("USD", "VND", "26000", "2026-11-01"),
        row("EUR", "VND", "20000", "2020-01-01"),
        row("USD", "SAR", "3.75", "2003-01-01"),
        row("BHD", "OMR", "1.02", "2026-11-01"),
    ];
    let rates = Rates::of(day("2026-11-20"), &rows).unwrap();
    let of = |code: &str| {
        let currency: Currency = code.parse().unwrap();
        let rate = rates.rate(Currency::EUR, currency).map(|rate| rate.to_string());
        rate.zip(rates.published(Currency::EUR, currency).map(|day| day.to_string()))
    };
    let is = |rate: &str, day: &str| Some((rate.to_owned(), day.to_owned()));
    assert_eq!(of("KWD"), is("0.4", "2026-11-10"), "units of euro for one");
    assert_eq!(of("VND"), is("32500", "2026-11-01"), "the newer of two ways, as old as its older step");
    assert_eq!(of("SAR"), is("4.6875", "2026-11-19"), "a peg is as old as what it is pegged to");
    assert_eq!((of("BHD"), of("OMR")), (None, None), "no way to the euro");
    assert_eq!(rates.newest(), Some(day("2026-11-19")));
}

#[test]
fn banking_days_leave_weekends_out() {
    // 27 November 2026 is a Friday.
    for (from, to, days) in [
        ("2026-11-27", "2026-11-27", 0),
        ("2026-11-27", "2026-11-29", 0),
        ("2026-11-27", "2026-11-30", 1),
        ("2026-11-27", "2026-12-03", 4),
        ("2026-10-30", "2026-11-29", 20),
        ("2026-11-30", "2026-11-27", 0),
    ] {
        assert_eq!(banking_days(day(from), day(to)), days, "{from} {to}");
    }
}

#[test]
fn each_day_keeps_its_own_rate() {
    each(schemas(), |store| {
        let row = |quote: &str, date: &str, rate: &str| RateRow {
            base: Currency::EUR,
            quote: quote.parse().unwrap(),
            date: day(date),
            rate: rate.parse().unwrap(),
            source: "test".into(),
        };
        let rows = [
            row("USD", "2026-11-02", "1.10"),
            row("USD", "2026-11-04", "1.20"),
            row("CNY", "2026-11-04", "8.00"),
            row("USD", "2026-11-09", "1.50"),
        ];
        store.write_blocking(move |tx| put_rates(tx, &rows)).unwrap();
        let [from, until] = ["2026-11-03", "2026-11-06"].map(day);
        let known = store.read_blocking(move |db| RateHistory::load(db, from, until)).unwrap();
        let on = |minor: i64, currency: &str, date: &str| {
            let money = Money::new(minor, currency.parse().unwrap());
            known.convert(money, Currency::EUR, day(date)).map(|money| money.minor)
        };
        assert_eq!(on(11_000, "USD", "2026-11-03"), Some(10_000), "of the last day that had one");
        assert_eq!(on(12_000, "USD", "2026-11-04"), Some(10_000));
        assert_eq!(on(12_000, "USD", "2026-11-06"), Some(10_000), "what came later is not known");
        assert_eq!(on(8_000, "CNY", "2026-11-03"), Some(1_000), "the first that is known");
        assert_eq!((on(7, "EUR", "2026-11-03"), on(7, "KWD", "2026-11-03")), (Some(7), None));
    });
}
