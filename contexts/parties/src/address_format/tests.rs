//! Formats, postcodes, labels and personal numbers, by hand-made cases, properties and the posts' own examples.

use super::*;
use proptest::prelude::*;
use std::collections::BTreeMap;

fn country(code: &str) -> Country {
    code.parse().unwrap()
}

fn address(code: &str) -> Address {
    let of = |text: &str| text.to_string();
    Address { country: of(code), name: of("Jo Doe"), street: of("Main 1"), city: of("Town"), ..Address::default() }
}

fn codes(address: &Address) -> BTreeMap<String, &'static str> {
    validate(address).unwrap_err().fields.into_iter().map(|field| (field.name, field.code)).collect()
}

#[test]
fn every_row_is_read_and_every_destination_has_one() {
    assert_eq!(table::FORMATS.len(), table::row_count());
    assert!(table::smaller().iter().all(|(read, rows)| read == rows), "{:?}", table::smaller());
    let rest = "GB US CA AU NZ JP KR SG CH NO BR MX CL AE SA IL TR TH VN ID MY PH IN ZA CN HK";
    for country in Country::eu().chain(rest.split(' ').map(country)) {
        let format = address_format(country);
        assert!(table::FORMATS.contains_key(&country), "{country}");
        for part in [Part::Name, Part::Street] {
            assert!(format.field(part).unwrap().required, "{country} {part:?}");
        }
        if !format.postcode_templates.is_empty() {
            assert_eq!(format.postcode(&format.postcode_example).as_deref(), Some(&*format.postcode_example));
            assert!(format.postcode_rule.contains(&format.postcode_example), "{country}");
        }
        let mut seen: Vec<&str> = format.regions.iter().map(|region| region.code.as_str()).collect();
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), format.regions.len(), "{country} names a region twice");
        assert!(format.regions.is_empty() || format.field(Part::Region).is_some(), "{country}");
        let printed: Vec<Part> =
            Part::ALL.into_iter().filter(|part| format.label.iter().any(|line| line.contains(part.name()))).collect();
        for field in &format.fields {
            let elsewhere = matches!(field.part, Part::Phone | Part::TaxNumber);
            assert!(elsewhere || printed.contains(&field.part), "{country} never prints {:?}", field.part);
        }
    }
    for (code, count) in
        [("US", 59), ("CA", 13), ("AU", 8), ("JP", 47), ("BR", 27), ("CN", 31), ("MX", 32), ("IT", 107)]
    {
        assert_eq!(address_format(country(code)).regions.len(), count, "{code}");
    }
    for country in Country::all() {
        assert_eq!(address_format(country).country, country);
    }
}

#[test]
fn postcodes_are_brought_into_their_countrys_form() {
    for (code, typed, printed) in [
        ("DE", " 10115", "10115"),
        ("DE", "D-10115", "10115"),
        ("GB", "sw1a1aa", "SW1A 1AA"),
        ("GB", "m2 5bq", "M2 5BQ"),
        ("NL", "1012ab", "1012 AB"),
        ("PL", "00950", "00-950"),
        ("PT", "1250 096", "1250-096"),
        ("SE", "11455", "114 55"),
        ("LV", "1010", "LV-1010"),
        ("LT", "lt01103", "LT-01103"),
        ("CH", "CH-8001", "8001"),
        ("LU", "L-1009", "1009"),
        ("BR", "01310100", "01310-100"),
        ("JP", "1540023", "154-0023"),
        ("CA", "k1a0b1", "K1A 0B1"),
        ("US", "100011234", "10001-1234"),
        ("IE", "d02x285", "D02 X285"),
        ("IE", "d6wf4e2", "D6W F4E2"),
        ("MT", "vlt1117", "VLT 1117"),
        ("JP", "〒１５４－００２３", "154-0023"),
        ("JP", "１５４ー００２３", "154-0023"),
        ("JP", "〒 154—0023", "154-0023"),
        ("CN", "邮编：３１００１３", "310013"),
        ("BR", "CEP 01.310−100", "01310-100"),
        ("AE", "", ""),
        ("SA", "١٢٢١١", "12211"),
        ("TH", "๑๐๑๑๐", "10110"),
        ("IN", "PIN ११०००१", "110001"),
        ("GB", "ｓｗ１ａ　１ａａ", "SW1A 1AA"),
        ("PL", "00–950", "00-950"),
        ("SE", "SE-114 55", "114 55"),
        ("CZ", "11000", "110 00"),
        ("KY", "ky1 1100", "KY1-1100"),
        ("AD", "ad100", "AD100"),
        ("JE", "je23ab", "JE2 3AB"),
        ("TW", "１０４", "104"),
        ("UA", "01001", "01001"),
        ("RU", "１０１０００", "101000"),
        ("PE", "Lima 15001", "LIMA 15001"),
    ] {
        assert_eq!(address_format(country(code)).postcode(typed).as_deref(), Some(printed), "{code} {typed}");
    }
    for (code, wrong) in [
        ("DE", "1011"),
        ("DE", "101155"),
        ("DE", "F-10115"),
        ("DE", "D"),
        ("GB", "10115"),
        ("US", "1000"),
        ("NL", "1012"),
        ("CA", "K1A 0BB"),
        ("JP", "東京"),
    ] {
        assert_eq!(address_format(country(code)).postcode(wrong), None, "{code} {wrong}");
    }
}

#[test]
fn all_errors_come_at_once_and_say_what_to_type() {
    let german =
        Address { postcode: "1011".into(), city: "  ".into(), phone: "12".into(), email: "x".into(), ..address("de") };
    let error = validate(&german).unwrap_err();
    assert_eq!((error.kind, error.code), (base::Kind::Invalid, "invalid"));
    let found = codes(&german);
    let expected =
        [("city", "required"), ("postcode", "postcode_format"), ("phone", "phone_format"), ("email", "email_format")];
    assert_eq!(found, expected.into_iter().map(|(name, code)| (name.to_string(), code)).collect());
    let message = &error.fields.iter().find(|field| field.name == "postcode").unwrap().message;
    assert_eq!(message, "A German postcode has five digits, for example 10115.");

    assert_eq!(codes(&Address { country: "XX".into(), ..address("DE") })["country"], "unknown_country");
    let long = Address { name: "ä".repeat(81), postcode: "10115".into(), ..address("DE") };
    assert_eq!(codes(&long), BTreeMap::from([("name".to_string(), "too_long")]));
    assert!(validate(&Address { name: "ä".repeat(80), ..long }).is_ok());
    let american = Address { region: "Bavaria".into(), postcode: "10001".into(), ..address("US") };
    assert_eq!(codes(&american), BTreeMap::from([("region".to_string(), "unknown_region")]));
    assert_eq!(codes(&Address { region: String::new(), ..american })["region"], "required");
}

#[test]
fn a_good_address_is_tidied() {
    let typed = Address {
        name: " Jo\u{a0} \t Doe ".into(),
        region: "new york".into(),
        postcode: "10001".into(),
        phone: "+1 212 555 0100".into(),
        ..address("us")
    };
    let clean = validate(&typed).unwrap();
    assert_eq!((clean.country.as_str(), clean.name.as_str(), clean.region.as_str()), ("US", "Jo Doe", "NY"));
    assert_eq!(validate(&clean).unwrap(), clean);
    assert_eq!(label_lines(&clean), ["Jo Doe", "Main 1", "Town, NY 10001", "US"]);

    let tokyo =
        Address { region: "東京都".into(), postcode: "1540023".into(), phone: "0312345678".into(), ..address("JP") };
    let tokyo = validate(&tokyo).unwrap();
    assert_eq!(tokyo.region, "13");
    assert_eq!(label_lines(&tokyo), ["Jo Doe", "Main 1", "Town, Tokyo", "154-0023", "JP"]);

    let singapore = Address { city: String::new(), postcode: "238859".into(), ..address("SG") };
    assert_eq!(validate(&singapore).unwrap().city, "Singapore");
    let dubai =
        Address { city: String::new(), region: "dubai".into(), phone: "+971 4 555 0100".into(), ..address("AE") };
    assert_eq!(validate(&dubai).unwrap().city, "Dubai");
    let nowhere = Address { phone: "+354 555 0100".into(), ..address("IS") };
    assert_eq!(label_lines(&validate(&nowhere).unwrap()), ["Jo Doe", "Main 1", "Town", "IS"]);
}

#[test]
fn personal_numbers_are_checked_where_customs_needs_them() {
    let brazil =
        Address { region: "SP".into(), postcode: "01310-100".into(), phone: "11912345678".into(), ..address("BR") };
    assert_eq!(codes(&brazil), BTreeMap::from([("tax_number".to_string(), "required")]));
    let with = |number: &str| Address { tax_number: number.into(), ..brazil.clone() };
    assert_eq!(validate(&with("11144477735")).unwrap().tax_number, "111.444.777-35");
    assert_eq!(codes(&with("111.444.777-36"))["tax_number"], "tax_number_format");
    assert!(validate_sender(&brazil).is_ok());
    assert!(validate_sender(&with("111.444.777-36")).is_err());
    for code in ["DE", "US", "GB"] {
        assert_eq!(address_format(country(code)).tax_number_hint(), None);
    }
}

#[test]
fn check_digits() {
    for (rule, good, tidy, bad) in [
        ("cpf", "11.222.333/0001-81", "11.222.333/0001-81", "11.222.333/0001-82"),
        ("cpf", "12ABC34501DE35", "12.ABC.345/01DE-35", "12ABC34501DE36"),
        ("cpf", "529.982.247-25", "529.982.247-25", "111.111.111-11"),
        ("pccc", "p123456789012", "P123456789012", "Q123456789012"),
        ("rut", "12.345.678-5", "12345678-5", "12.345.678-4"),
        ("rut", "20.347.878-k", "20347878-K", "20347878-1"),
        ("cn_id", "11010519491231002x", "11010519491231002X", "110105194912310021"),
        ("tckn", "10000000146", "10000000146", "10000000147"),
        ("rfc", "GODE561231GR8", "GODE561231GR8", "GODE5612"),
        ("npwp", "3171234567890123", "3171234567890123", "317123456789012A"),
        ("pan", "abcpe1234f", "ABCPE1234F", "ABCPE12345"),
        ("il_id", "18", "000000018", "000000019"),
    ] {
        let rule = TaxNumber::named(rule).unwrap();
        assert_eq!(rule.tidy(good).as_deref(), Some(tidy));
        assert_eq!(rule.tidy(bad), None, "{bad}");
        assert_eq!(rule.tidy(""), None);
    }
}

#[test]
fn every_hint_gives_a_number_that_passes() {
    for format in table::FORMATS.values() {
        let Some(tax) = format.tax else { continue };
        let example = tax.rule().split("for example ").nth(1).unwrap();
        let example = example.split(['\u{3b}', ' ']).next().unwrap().trim_end_matches('.');
        assert!(tax.tidy(example).is_some(), "{} {example}", format.country);
    }
}

/// Country, region, and what people call it.
const CALLED: [(&str, &str, &str); 39] = [
    ("JP", "13", "東京都;東京;Tokyo-to;Tokyo;TOKYO;Tōkyō;Tokyo Prefecture;JP-13;jp-13;１３;东京都;Ｔｏｋｙｏ"),
    ("JP", "13", "とうきょうと;とうきょう"),
    ("JP", "30", "和歌山県;わかやま;Wakayama-ken"),
    ("US", "NV", "Nev.;Nevada"),
    ("US", "ND", "N. Dak.;North Dakota"),
    ("BR", "MG", "Minas;Minas Gerais"),
    ("ES", "M", "Comunidad de Madrid;Madrid"),
    ("JP", "26", "Kyoto;京都府;京都;Kyoto-fu;Kyōto"),
    ("JP", "27", "Osaka;大阪府;大阪;Osaka-fu;Ōsaka"),
    ("JP", "14", "神奈川県;神奈川;Kanagawa-ken;Kanagawa Prefecture"),
    ("JP", "01", "北海道;Hokkaido;Hokkaidō;Hokkai-do"),
    ("CN", "GD", "广东;广东省;Guangdong;廣東省;廣東;Guangdong Sheng;Guangdong Province;CN-GD;Canton"),
    ("CN", "SN", "陕西省;陕西;陝西省;Shaanxi"),
    ("CN", "SX", "山西省;山西;Shanxi"),
    ("CN", "GX", "广西壮族自治区;广西;Guangxi;廣西"),
    ("CN", "BJ", "北京;北京市;Beijing;Beijing Shi;Peking"),
    ("CN", "XZ", "西藏;Tibet;Xizang"),
    ("KR", "11", "서울;서울특별시;Seoul;Seoul-si;KR-11"),
    ("KR", "43", "충북;충청북도;Chungcheongbuk-do;North Chungcheong"),
    ("BR", "SP", "São Paulo;Sao Paulo;SAO PAULO;SP;BR-SP;Estado de São Paulo"),
    ("US", "CA", "California;CALIFORNIA;CA;US-CA;ca;Calif.;加州"),
    ("US", "DC", "Washington, D.C.;District of Columbia;D.C.;Washington DC"),
    ("US", "NY", "New York;N.Y.;New York State;State of New York"),
    ("CA", "QC", "Québec;Quebec;PQ;QC"),
    ("MX", "CMX", "CDMX;Ciudad de México;Mexico City;Distrito Federal;D.F."),
    ("MX", "NLE", "Nuevo Leon;Nuevo León;N.L."),
    ("ES", "B", "Barcelona;Provincia de Barcelona;ES-B"),
    ("ES", "BI", "Vizcaya;Bizkaia;BI"),
    ("IT", "FI", "Firenze;Florence;Provincia di Firenze"),
    ("IT", "BZ", "Bolzano;Bozen;Südtirol;Sudtirol"),
    ("IN", "OD", "Odisha;Orissa;OR"),
    ("IN", "TN", "Tamil Nadu;Tamilnadu;தமிழ்நாடு"),
    ("TH", "10", "Bangkok;กรุงเทพมหานคร;กรุงเทพ;Krung Thep"),
    ("TR", "34", "İstanbul;Istanbul;ISTANBUL;istanbul"),
    ("AE", "DU", "Dubai;دبي;إمارة دبي;Emirate of Dubai;AE-DU"),
    ("HK", "KLN", "Kowloon;九龍;九龙"),
    ("IE", "D", "Dublin;Co. Dublin;County Dublin"),
    ("ZA", "KZN", "KwaZulu-Natal;Kwazulu Natal;Natal"),
    ("AU", "NSW", "NSW;N.S.W.;New South Wales"),
];

#[test]
fn regions_are_known_by_what_people_call_them() {
    for (code, region, names) in CALLED {
        let format = address_format(country(code));
        let found = |name: &&str| format.region(name).map(|region| region.code.as_str()) != Some(region);
        let wrong: Vec<&str> = names.split(';').filter(found).collect();
        assert!(wrong.is_empty(), "{code}-{region}: {wrong:?}");
    }
    for (code, unknown) in
        [("US", "Bavaria"), ("US", "Kansas City"), ("JP", "to"), ("CN", ""), ("US", "-"), ("CN", "shanxisheng?x")]
    {
        assert!(address_format(country(code)).region(unknown).is_none(), "{code} {unknown}");
    }
    // Of every region each of its own names finds it and no other.
    for format in table::FORMATS.values() {
        for region in &format.regions {
            let names = [&region.code, &region.name, &region.local_name].into_iter().filter(|name| !name.is_empty());
            for name in names {
                assert_eq!(
                    format.region(name).map(|found| &found.code),
                    Some(&region.code),
                    "{} {name}",
                    format.country
                );
            }
        }
    }
    // Where regions are written freely they stay as they are.
    for free in ["Bayern", "Bavaria", "BY"] {
        let german = Address { region: free.into(), postcode: "80331".into(), ..address("DE") };
        assert_eq!(validate(&german).unwrap().region, free);
    }
}

/// The field case: a Japanese keyboard.
#[test]
fn a_full_width_address_is_taken() {
    let typed = Address {
        name: "試験　太郎".into(),
        street: "１−２−３".into(),
        city: "世田谷区".into(),
        region: "東京都".into(),
        postcode: "１５４－００２３".into(),
        phone: "０９０－１２３４－５６７８".into(),
        email: "ｔｅｓｔ＠ｅｘａｍｐｌｅ．ｃｏｍ".into(),
        ..address("ＪＰ")
    };
    let clean = validate(&typed).unwrap();
    assert_eq!((clean.country.as_str(), clean.name.as_str(), clean.street.as_str()), ("JP", "試験 太郎", "1-2-3"));
    assert_eq!((clean.region.as_str(), clean.postcode.as_str()), ("13", "154-0023"));
    assert_eq!((clean.phone.as_str(), clean.email.as_str()), ("090-1234-5678", "test@example.com"));
    assert_eq!(validate(&clean).unwrap(), clean);
}

/// The posts' own examples and required fields, if the reference table is at hand.
#[test]
fn agrees_with_the_posts() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/address-formats/country_address_formats.csv");
    let Ok(mut reader) = csv::Reader::from_path(path) else {
        println!("skipped: no {path}");
        return;
    };
    let (mut compared, mut differ) = (0, Vec::new());
    for row in reader.records().map(|row| row.unwrap()) {
        let Ok(country) = row[0].parse::<Country>() else { continue };
        let Some(format) = table::FORMATS.get(&country) else { continue };
        for example in row[7].split(',').filter(|example| !example.is_empty()) {
            if format.postcode(example).is_none() {
                differ.push(format!("{country}: {example} is refused"));
            }
            compared += 1;
        }
        for (letter, part) in [('A', Part::Street), ('C', Part::City), ('S', Part::Region), ('Z', Part::Postcode)] {
            let required = format.field(part).is_some_and(|field| field.required);
            if !required && row[4].contains(letter) {
                differ.push(format!("{country}: {part:?} is needed"));
            }
        }
    }
    assert!(differ.is_empty(), "{} differ:\n{}", differ.len(), differ.join("\n"));
    assert!(compared > 100, "{compared}");
}

proptest! {
    #[test]
    fn a_filled_template_is_its_own_postcode(index in 0usize..60, seed in any::<u64>()) {
        let formats: Vec<_> = table::FORMATS.values().filter(|format| !format.postcode_templates.is_empty()).collect();
        let format = formats[index % formats.len()];
        let template = &format.postcode_templates[seed as usize % format.postcode_templates.len()];
        let mut state = seed;
        let made: String = template.chars().map(|mark| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let pick = (state >> 33) as u8;
            match mark { '#' => (b'0' + pick % 10) as char, '@' | '*' => (b'A' + pick % 26) as char, other => other }
        }).collect();
        prop_assert_eq!(format.postcode(&made), Some(made.clone()));
        let squeezed = made.replace([' ', '-'], "").to_lowercase();
        prop_assert_eq!(format.postcode(&squeezed), Some(made));
    }

    #[test]
    fn whatever_is_typed_neither_panics_nor_changes_twice(text in "\\PC{0,40}", index in 0usize..249) {
        let country = Country::all().nth(index).unwrap();
        let typed = Address {
            country: country.code().into(), name: text.clone(), street: text.clone(), city: text.clone(),
            region: text.clone(), postcode: text.clone(), phone: text.clone(), tax_number: text.clone(),
            email: text.clone(), ..Address::default()
        };
        if let Ok(clean) = validate(&typed) {
            prop_assert_eq!(validate(&clean).unwrap(), clean);
        }
        let _ = label_lines(&typed);
    }

    #[test]
    fn a_changed_cpf_digit_is_noticed(number in 1u64..999_999_999, position in 0usize..11, by in 1u8..10) {
        let base = format!("{number:09}");
        let checked: Vec<String> = (0..100).filter_map(|check| TaxNumber::BrazilCpf.tidy(&format!("{base}{check:02}"))).collect();
        prop_assume!(!checked.is_empty());
        prop_assert_eq!(checked.len(), 1);
        let mut digits: Vec<u8> = checked[0].bytes().filter(u8::is_ascii_digit).collect();
        digits[position] = b'0' + (digits[position] - b'0' + by) % 10;
        // Remainders 0 and 1 share the check digit 0, so only a changed check digit is always noticed.
        let changed = String::from_utf8(digits).unwrap();
        if position >= 9 {
            prop_assert_eq!(TaxNumber::BrazilCpf.tidy(&changed), None);
        }
    }
}

#[test]
fn regions_are_named_in_any_way_and_made_up_ones_refused() {
    let code = |country: &str, text: &str| address_format(country.parse().unwrap()).region_code(text);
    for ontario in ["ON", "ca-on".to_uppercase().as_str(), "ontario", " ON "] {
        assert_eq!(code("CA", ontario).unwrap(), "ON");
    }
    assert_eq!(code("CA", "").unwrap(), "", "not said");
    assert_eq!(code("SG", "anything").unwrap(), "anything", "written freely");
    let error = code("CA", "ZZ").unwrap_err();
    assert!(error.fields[0].code == "region_unknown" && error.fields[0].message.contains("QC"));
}
