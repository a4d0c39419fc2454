//! Personal numbers that customs of some countries ask for before a parcel is released, and their check digits.
//!
//! Sources: Receita Federal (CPF, CNPJ, also with letters since July 2026), Korea Customs Service (PCCC), Servicio de
//! Impuestos Internos (RUT), GB 11643-1999 (Chinese citizen number), Nüfus ve Vatandaşlık İşleri (T.C. kimlik no),
//! SAT (RFC, CURP), Direktorat Jenderal Pajak (NPWP, NIK), Income Tax Department of India (PAN), Israel's ID number.

/// Which number a country asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TaxNumber {
    /// Brazil: CPF of a person, CNPJ of a company.
    BrazilCpf,
    /// Korea: personal customs clearance code.
    KoreaPccc,
    /// Chile: RUT.
    ChileRut,
    /// China: citizen number.
    ChinaId,
    /// Türkiye: T.C. kimlik no.
    TurkeyId,
    /// Mexico: RFC or CURP.
    MexicoRfc,
    /// Indonesia: NIK or NPWP.
    IndonesiaNpwp,
    /// India: PAN.
    IndiaPan,
    /// Israel: identity number.
    IsraelId,
}

impl TaxNumber {
    /// The rule with this name in the table.
    pub(super) fn named(name: &str) -> Option<TaxNumber> {
        Some(match name {
            "cpf" => TaxNumber::BrazilCpf,
            "pccc" => TaxNumber::KoreaPccc,
            "rut" => TaxNumber::ChileRut,
            "cn_id" => TaxNumber::ChinaId,
            "tckn" => TaxNumber::TurkeyId,
            "rfc" => TaxNumber::MexicoRfc,
            "npwp" => TaxNumber::IndonesiaNpwp,
            "pan" => TaxNumber::IndiaPan,
            "il_id" => TaxNumber::IsraelId,
            _ => return None,
        })
    }

    /// What it is and looks like.
    pub(super) fn rule(self) -> &'static str {
        match self {
            TaxNumber::BrazilCpf => {
                "A CPF has eleven digits, for example 111.444.777-35; a company's CNPJ has fourteen."
            }
            TaxNumber::KoreaPccc => "A personal customs code is P and twelve digits, for example P123456789012.",
            TaxNumber::ChileRut => "A RUT ends with a check digit, for example 12.345.678-5.",
            TaxNumber::ChinaId => "A citizen number has eighteen characters, for example 11010519491231002X.",
            TaxNumber::TurkeyId => "A T.C. kimlik number has eleven digits, for example 10000000146.",
            TaxNumber::MexicoRfc => {
                "An RFC has twelve or thirteen characters, for example GODE561231GR8; a CURP has eighteen."
            }
            TaxNumber::IndonesiaNpwp => {
                "A NIK or NPWP has sixteen digits, for example 3171234567890123; older NPWP have fifteen."
            }
            TaxNumber::IndiaPan => "A PAN has five letters, four digits and a letter, for example ABCPE1234F.",
            TaxNumber::IsraelId => "An identity number has nine digits, for example 000000018.",
        }
    }

    /// The number as it goes to customs, or `None` if it cannot be one.
    pub(super) fn tidy(self, text: &str) -> Option<String> {
        let bare: String = text.chars().filter(|letter| !matches!(letter, ' ' | '.' | '-' | '/')).collect();
        let bare = bare.to_uppercase();
        match self {
            TaxNumber::BrazilCpf => brazil(&bare),
            TaxNumber::KoreaPccc => shaped(&bare, "A############").filter(|code| code.starts_with('P')),
            TaxNumber::ChileRut => chile(&bare),
            TaxNumber::ChinaId => china(&bare),
            TaxNumber::TurkeyId => turkey(&bare),
            TaxNumber::MexicoRfc => ["AAAA######***", "AAA######***", "AAAA######AAAAAA*#"]
                .into_iter()
                .find_map(|shape| shaped(&bare, shape)),
            TaxNumber::IndonesiaNpwp => shaped(&bare, "################").or_else(|| shaped(&bare, "###############")),
            TaxNumber::IndiaPan => shaped(&bare, "AAAAA####A"),
            TaxNumber::IsraelId => israel(&bare),
        }
    }
}

/// `#` digit, `A` letter (Ñ and & count, as in an RFC), `*` either.
fn shaped(text: &str, shape: &str) -> Option<String> {
    let fits = |(letter, mark): (char, char)| match mark {
        '#' => letter.is_ascii_digit(),
        'A' => letter.is_ascii_uppercase() || matches!(letter, 'Ñ' | '&'),
        _ => letter.is_ascii_digit() || letter.is_ascii_uppercase(),
    };
    (text.chars().count() == shape.len() && text.chars().zip(shape.chars()).all(fits)).then(|| text.to_string())
}

fn digits(text: &str) -> Option<Vec<u32>> {
    text.chars().map(|letter| letter.to_digit(10)).collect()
}

fn weighed(values: &[u32], weights: impl IntoIterator<Item = u32>) -> u32 {
    values.iter().zip(weights).map(|(value, weight)| value * weight).sum()
}

fn brazil(bare: &str) -> Option<String> {
    let check = |sum: u32| if sum % 11 < 2 { 0 } else { 11 - sum % 11 };
    if bare.len() == 11 {
        let n = digits(bare)?;
        let all_equal = n.iter().all(|digit| *digit == n[0]);
        let right =
            check(weighed(&n[..9], (2..=10).rev())) == n[9] && check(weighed(&n[..10], (2..=11).rev())) == n[10];
        let form = format!("{}.{}.{}-{}", &bare[..3], &bare[3..6], &bare[6..9], &bare[9..]);
        return (right && !all_equal).then_some(form);
    }
    shaped(bare, "************##")?;
    let n: Vec<u32> = bare.bytes().map(|byte| u32::from(byte) - 48).collect();
    let weights = |skip: usize| [6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2].into_iter().skip(skip);
    let right = check(weighed(&n[..12], weights(1))) == n[12] && check(weighed(&n[..13], weights(0))) == n[13];
    let form = || format!("{}.{}.{}/{}-{}", &bare[..2], &bare[2..5], &bare[5..8], &bare[8..12], &bare[12..]);
    (right && n.iter().any(|value| *value != 0)).then(form)
}

fn chile(bare: &str) -> Option<String> {
    if !bare.is_ascii() || !(8..=9).contains(&bare.len()) {
        return None;
    }
    let (number, given) = bare.split_at(bare.len() - 1);
    let mut n = digits(number)?;
    n.reverse();
    let check = match 11 - weighed(&n, (2..=7).cycle()) % 11 {
        11 => "0".to_string(),
        10 => "K".to_string(),
        digit => digit.to_string(),
    };
    (check == given).then(|| format!("{number}-{given}"))
}

fn china(bare: &str) -> Option<String> {
    shaped(bare, "#################*")?;
    let n = digits(&bare[..17])?;
    let sum = weighed(&n, [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]);
    let check = "10X98765432".as_bytes()[(sum % 11) as usize];
    (bare.as_bytes()[17] == check).then(|| bare.to_string())
}

fn turkey(bare: &str) -> Option<String> {
    shaped(bare, "###########")?;
    let n = digits(bare)?;
    let odd: u32 = n[..9].iter().step_by(2).sum();
    let even: u32 = n[1..8].iter().step_by(2).sum();
    let tenth = (odd * 7 + 10 * even - even) % 10;
    let eleventh = n[..10].iter().sum::<u32>() % 10;
    (n[0] != 0 && n[9] == tenth && n[10] == eleventh).then(|| bare.to_string())
}

fn israel(bare: &str) -> Option<String> {
    if bare.is_empty() || bare.len() > 9 {
        return None;
    }
    let padded = format!("{bare:0>9}");
    let n = digits(&padded)?;
    let sum: u32 = n
        .iter()
        .zip([1, 2].into_iter().cycle())
        .map(|(digit, weight)| (digit * weight) / 10 + (digit * weight) % 10)
        .sum();
    (sum.is_multiple_of(10) && sum > 0).then_some(padded)
}
