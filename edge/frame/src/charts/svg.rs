//! What every drawing needs: text that cannot break out, and scales that people can read.

/// `text` made safe between tags and inside double quotes.
pub(super) fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            _ => safe.push(letter),
        }
    }
    safe
}

/// The smallest of 1, 2, 2.5, 5 times a power of ten that is not below `value`: a scale people can read.
pub(super) fn round_up(value: i64) -> i64 {
    let mut power: i64 = 1;
    loop {
        for tenths in [10, 20, 25, 50] {
            let step = power.saturating_mul(tenths) / 10;
            if step >= value.max(1) && step * 10 == power.saturating_mul(tenths) {
                return step;
            }
        }
        power = power.saturating_mul(10);
        if power > i64::MAX / 100 {
            return value.max(1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scales_are_readable() {
        for (value, top) in [(0, 1), (1, 1), (3, 5), (7, 10), (11, 20), (21, 25), (26, 50), (99, 100), (2_301, 2_500)] {
            assert_eq!(round_up(value), top, "{value}");
        }
        assert!(round_up(i64::MAX) > 0);
    }

    #[test]
    fn labels_cannot_break_out() {
        assert_eq!(escape("<b a=\"1\">&"), "&lt;b a=&quot;1&quot;&gt;&amp;");
    }
}
