//! A line the size of a word.

use super::svg::escape;
use std::fmt::Write;

/// `values` as a small line with a dot at the last; fewer than two values give an empty string.
pub fn spark(values: &[i64], title: &str) -> String {
    let (Some(least), Some(most)) = (values.iter().min(), values.iter().max()) else { return String::new() };
    if values.len() < 2 {
        return String::new();
    }
    let span = (most - least).max(1) as f64;
    let x = |index: usize| 2.0 + 92.0 * index as f64 / (values.len() - 1) as f64;
    let y = |value: i64| 22.0 - 20.0 * (value - least) as f64 / span;
    let points: Vec<String> =
        values.iter().enumerate().map(|(index, value)| format!("{:.1} {:.1}", x(index), y(*value))).collect();
    let mut svg = String::new();
    let last = values.len() - 1;
    let _ = write!(
        svg,
        r#"<svg class="chart spark" viewBox="0 0 98 24" role="img" aria-label="{}"><path class="ln s1" d="M{}"/><circle class="f1" cx="{:.1}" cy="{:.1}" r="2.2"/></svg>"#,
        escape(title),
        points.join("L"),
        x(last),
        y(values[last]),
    );
    svg
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn needs_two_values() {
        assert_eq!(spark(&[1], "x"), "");
        assert!(spark(&[1, 3, 2], "x").contains("M2.0 22.0L48.0 2.0L94.0 12.0"));
    }
}
