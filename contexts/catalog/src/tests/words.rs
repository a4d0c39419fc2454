//! What a word is.

use crate::words::words;
use proptest::prelude::*;

#[test]
fn words_of_many_scripts() {
    for (text, expected) in [
        ("Red Cotton-Shirt, XL", "red cotton shirt xl"),
        ("Women's 2in1", "womens 2in1"),
        ("红茶杯", "红茶 茶杯"),
        ("茶", "茶"),
        ("USB充电器 5V", "usb 充电 电器 5v"),
        ("شاي أخضر", "شاي أخضر"),
        ("ÄPFEL Straße", "äpfel straße"),
        ("コーヒー", "コー ーヒ ヒー"),
        ("", ""),
        ("— … !", ""),
    ] {
        assert_eq!(words(text).join(" "), expected, "{text}");
    }
}

proptest! {
    #[test]
    fn words_are_made_of_letters_and_found_again(text in ".{0,60}") {
        for word in words(&text) {
            prop_assert!(!word.is_empty());
            prop_assert!(word.chars().all(char::is_alphanumeric), "{:?}", word);
            prop_assert_eq!(words(&word), vec![word.clone()]);
        }
    }

    #[test]
    fn case_and_spaces_do_not_matter(text in "[a-zA-Z0-9 ,.-]{0,60}") {
        prop_assert_eq!(words(&text), words(&text.to_uppercase()));
        prop_assert_eq!(words(&text), words(&format!("  {}  ", text.replace(' ', "   "))));
    }
}
