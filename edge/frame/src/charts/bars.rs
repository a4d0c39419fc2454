//! Bars over time, with the period before as a line: sales by day.

use super::svg::{escape, round_up};
use std::fmt::Write;

/// What to draw. `values` and `labels` have the same length, oldest first.
pub struct Bars<'a> {
    /// One sentence for those who do not see the picture.
    pub title: &'a str,
    /// A label a bar; drawn where there is room.
    pub labels: &'a [String],
    /// Amounts, never negative.
    pub values: &'a [i64],
    /// The period before, drawn as a line; empty for none.
    pub previous: &'a [i64],
    /// The last bar is a day that is not over: drawn lighter.
    pub last_is_open: bool,
    /// How an amount is written on the scale.
    pub format: &'a dyn Fn(i64) -> String,
}

const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 178.0;
const GRID_STEPS: i64 = 4;

/// The chart as an `<svg>` element. Nothing to draw gives an empty string.
pub fn bars(chart: &Bars) -> String {
    let most = chart.values.iter().chain(chart.previous).copied().max().unwrap_or(0);
    if chart.values.is_empty() {
        return String::new();
    }
    let top = round_up((most + GRID_STEPS - 1) / GRID_STEPS) * GRID_STEPS;
    let y = |value: i64| HEIGHT - HEIGHT * (value.max(0) as f64) / (top as f64);
    let left = margin(top, chart.format);
    let slot = (WIDTH - left) / chart.values.len() as f64;
    let mut svg = String::with_capacity(4096);
    let _ =
        write!(svg, r#"<svg class="chart" viewBox="0 -10 640 210" role="img" aria-label="{}">"#, escape(chart.title));
    grid(&mut svg, top, left, chart.format);
    for (index, value) in chart.values.iter().enumerate() {
        let open = chart.last_is_open && index + 1 == chart.values.len();
        let x = left + slot * index as f64 + slot * 0.18;
        let _ = write!(
            svg,
            r#"<rect x="{x:.1}" y="{:.1}" width="{:.1}" height="{:.1}" rx="2" class="f1{}"><title>{}: {}</title></rect>"#,
            y(*value),
            slot * 0.64,
            HEIGHT - y(*value),
            if open { " mid" } else { "" },
            escape(chart.labels.get(index).map_or("", String::as_str)),
            escape(&(chart.format)(*value)),
        );
    }
    if !chart.previous.is_empty() {
        let point =
            |(index, value): (usize, &i64)| format!("{:.1} {:.1}", left + slot * (index as f64 + 0.5), y(*value));
        let points: Vec<String> = chart.previous.iter().take(chart.values.len()).enumerate().map(point).collect();
        let _ = write!(svg, r#"<path class="ln s2" d="M{}"/>"#, points.join("L"));
    }
    axis(&mut svg, chart.labels, left, slot);
    svg.push_str("</svg>");
    svg
}

/// Room for the longest amount on the scale, in the 11 px type of charts.
fn margin(top: i64, format: &dyn Fn(i64) -> String) -> f64 {
    let letters = (0..=GRID_STEPS).map(|step| format(top / GRID_STEPS * step).chars().count()).max().unwrap_or(0);
    (letters as f64 * 6.6 + 10.0).max(40.0)
}

fn grid(svg: &mut String, top: i64, left: f64, format: &dyn Fn(i64) -> String) {
    for step in 0..=GRID_STEPS {
        let value = top / GRID_STEPS * step;
        let y = HEIGHT - HEIGHT * step as f64 / GRID_STEPS as f64;
        let _ = write!(
            svg,
            r#"<path class="gr" d="M{left} {y:.1}H{WIDTH}"/><text x="{}" y="{:.1}" text-anchor="end">{}</text>"#,
            left - 6.0,
            y + 4.0,
            escape(&format(value)),
        );
    }
}

/// At most six labels, the first and the last among them.
fn axis(svg: &mut String, labels: &[String], left: f64, slot: f64) {
    let every = labels.len().div_ceil(6).max(1);
    let last = labels.len().saturating_sub(1);
    for (index, label) in labels.iter().enumerate() {
        let crowded = index != last && last - index < every / 2 + 1;
        if (index % every == 0 && !crowded) || index == last {
            let anchor = if index == last { "end" } else { "middle" };
            let x = left + slot * (index as f64 + if index == last { 1.0 } else { 0.5 });
            let _ = write!(svg, r#"<text x="{x:.1}" y="196" text-anchor="{anchor}">{}</text>"#, escape(label));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_for_every_value_and_the_tallest_fills_the_scale() {
        let labels: Vec<String> = (1..=30).map(|day| format!("{day} Nov")).collect();
        let values: Vec<i64> = (1..=30).map(|day| day * 100).collect();
        let format = |value: i64| value.to_string();
        let svg = bars(&Bars {
            title: "Sales by day",
            labels: &labels,
            values: &values,
            previous: &[5, 6],
            last_is_open: true,
            format: &format,
        });
        assert_eq!(svg.matches("<rect").count(), 30);
        assert_eq!(svg.matches("f1 mid").count(), 1);
        assert!(svg.contains("30 Nov: 3000"));
        assert!(svg.contains(">4000</text>"), "the scale ends at a round number");
        assert!(svg.contains("ln s2"));
    }
}
