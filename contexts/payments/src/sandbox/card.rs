//! The sandbox's test cards and the tokens that stand for them. A number never leaves this file.

use base::{Error, Result};

/// What a payment method will do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Behaviour {
    /// Is captured at once.
    Succeeds,
    /// Is refused with this code.
    Declines(&'static str),
    /// Asks the buyer first.
    Asks3ds,
    /// Says nothing for half a minute, then is captured.
    AnswersLate,
}

/// Number, token and behaviour of every test card.
pub const TEST_CARDS: [(&str, &str, Behaviour); 5] = [
    ("4242424242424242", "sandbox:ok", Behaviour::Succeeds),
    ("4000000000000002", "sandbox:decline", Behaviour::Declines("declined")),
    ("4000000000009995", "sandbox:insufficient", Behaviour::Declines("insufficient_funds")),
    ("4000000000003220", "sandbox:3ds", Behaviour::Asks3ds),
    ("4000000000000341", "sandbox:late", Behaviour::AnswersLate),
];

/// The token of what a buyer typed: a test card's number (spaces and hyphens are fine) or a token itself.
/// Errors: `incorrect_number` for digits that are no card, `unknown_card` for a card that is none of the test cards.
pub fn tokenise(input: &str) -> Result<String> {
    let input = input.trim();
    if behaviour(input).is_some() {
        return Ok(input.to_owned());
    }
    let digits: String = input.chars().filter(|letter| !matches!(letter, ' ' | '-')).collect();
    if let Some((number, token, _)) = TEST_CARDS.iter().find(|(number, _, _)| *number == digits) {
        return Ok(format!("{token}:{}", &number[number.len() - 4..]));
    }
    if is_card(&digits) {
        let say = "This is a sandbox: it takes its test cards only, such as 4242 4242 4242 4242.";
        return Err(Error::field("card", "unknown_card", say));
    }
    Err(Error::field("card", "incorrect_number", "This is no card number; look at it once more."))
}

/// What a token will do; nothing if it is none. Tokens may carry the card's last digits: `sandbox:ok:4242`.
pub fn behaviour(token: &str) -> Option<Behaviour> {
    let known = |known: &str| token.strip_prefix(known).is_some_and(|rest| rest.is_empty() || rest.starts_with(':'));
    TEST_CARDS.iter().find(|(_, token, _)| known(token)).map(|(_, _, behaviour)| *behaviour)
}

/// 12 to 19 digits with a right check digit (ISO/IEC 7812-1, Luhn).
fn is_card(digits: &str) -> bool {
    let doubled = |digit: u32| if digit > 4 { digit * 2 - 9 } else { digit * 2 };
    let Some(values) = digits.chars().map(|letter| letter.to_digit(10)).collect::<Option<Vec<u32>>>() else {
        return false;
    };
    let sum: u32 =
        values.iter().rev().enumerate().map(|(at, digit)| if at % 2 == 1 { doubled(*digit) } else { *digit }).sum();
    (12..=19).contains(&values.len()) && sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_become_tokens() {
        assert_eq!(tokenise(" 4242 4242-4242 4242 ").unwrap(), "sandbox:ok:4242");
        assert_eq!(tokenise("4000000000003220").unwrap(), "sandbox:3ds:3220");
        assert_eq!(tokenise("sandbox:late").unwrap(), "sandbox:late");
        for (number, token, behaves) in TEST_CARDS {
            assert!(is_card(number), "{number}");
            assert_eq!(behaviour(&tokenise(number).unwrap()), Some(behaves));
            assert_eq!(behaviour(token), Some(behaves));
        }
        for (input, code) in [
            ("4242424242424241", "incorrect_number"),
            ("5555555555554444", "unknown_card"),
            ("", "incorrect_number"),
            ("sandbox:okay", "incorrect_number"),
        ] {
            assert_eq!(tokenise(input).unwrap_err().fields[0].code, code, "{input}");
        }
    }
}
