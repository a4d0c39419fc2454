//! What counts as a word: runs of letters and digits, lower-case; scripts without spaces are cut into pairs of letters.

/// Calls `say` with every word of `text`. A run of Chinese, Japanese, Korean or Thai letters gives each pair of neighbours
/// (`红茶杯` → `红茶`, `茶杯`), a single such letter itself.
pub fn each_word(text: &str, mut say: impl FnMut(&str)) {
    let mut word = String::new();
    let mut pair: Option<char> = None;
    let mut paired = false;
    let mut buffer = String::new();
    for letter in text.chars().flat_map(char::to_lowercase).chain([' ']) {
        let dense = is_dense(letter);
        if letter.is_alphanumeric() && !dense {
            word.push(letter);
        } else if !word.is_empty() && !is_mark(letter) {
            say(&word);
            word.clear();
        }
        if dense {
            if let Some(before) = pair {
                buffer.clear();
                buffer.push(before);
                buffer.push(letter);
                say(&buffer);
                paired = true;
            }
            pair = Some(letter);
        } else if let Some(alone) = pair.take() {
            if !paired {
                buffer.clear();
                buffer.push(alone);
                say(&buffer);
            }
            paired = false;
        }
    }
}

/// Every word of `text`, in order.
pub fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    each_word(text, |word| words.push(word.to_owned()));
    words
}

/// A letter of a script that does not put spaces between words.
fn is_dense(letter: char) -> bool {
    letter.is_alphabetic()
        && matches!(u32::from(letter),
            0x0E00..=0x0EFF // Thai, Lao
            | 0x3040..=0x30FF // kana
            | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x2FA1F // Han
            | 0xAC00..=0xD7AF | 0x1100..=0x11FF) // Hangul
}

/// Marks that belong to the letter before them, and apostrophes within words, are passed over: `women's` is `womens`.
fn is_mark(letter: char) -> bool {
    matches!(letter, '\'' | '’' | '\u{0300}'..='\u{036F}' | '\u{064B}'..='\u{065F}' | '\u{0640}')
}
