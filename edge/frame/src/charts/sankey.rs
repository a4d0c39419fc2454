//! Where money goes: bands from lines of an order to the parties, as thick as their amounts.

use super::svg::escape;
use std::fmt::Write;

/// A bar at one end of the bands.
pub struct End<'a> {
    /// Who or what.
    pub label: &'a str,
    /// A second, smaller line; may be empty.
    pub note: &'a str,
    /// Which series colours it and the bands into it, 1 to 6.
    pub series: u8,
}

/// One band.
pub struct Flow {
    /// Index into `from`.
    pub from: usize,
    /// Index into `to`.
    pub to: usize,
    /// Minor units, more than 0 to be drawn.
    pub amount: i64,
}

/// What to draw.
pub struct Sankey<'a> {
    /// One sentence for those who do not see the picture.
    pub title: &'a str,
    /// Where it comes from, top to bottom.
    pub from: &'a [End<'a>],
    /// Where it goes.
    pub to: &'a [End<'a>],
    /// The bands.
    pub flows: &'a [Flow],
    /// How an amount is written.
    pub format: &'a dyn Fn(i64) -> String,
}

const LEFT: f64 = 210.0;
const RIGHT: f64 = 664.0;
const BAR: f64 = 7.0;
const GAP: f64 = 16.0;
const ROW_MIN: f64 = 15.0;

/// The chart as an `<svg>` element; without flows an empty string.
pub fn sankey(chart: &Sankey) -> String {
    let total: i64 = chart.flows.iter().map(|flow| flow.amount.max(0)).sum();
    if total == 0 {
        return String::new();
    }
    let rows = chart.from.len().max(chart.to.len());
    let scale = (36.0 * rows as f64 + 120.0) / total as f64;
    let outgoing = |index: usize| sum(chart.flows, |flow| flow.from == index);
    let incoming = |index: usize| sum(chart.flows, |flow| flow.to == index);
    let left = stack(chart.from.len(), &outgoing, scale);
    let right = stack(chart.to.len(), &incoming, scale);
    let height = left.last().map_or(0.0, |end| end.1).max(right.last().map_or(0.0, |end| end.1)) + 6.0;
    let mut svg = String::with_capacity(8192);
    let _ = write!(
        svg,
        r#"<svg class="chart" viewBox="0 0 900 {height:.0}" role="img" aria-label="{}">"#,
        escape(chart.title)
    );
    bands(&mut svg, chart, &left, &right, scale);
    for (index, end) in chart.from.iter().enumerate() {
        side(&mut svg, left[index], LEFT - BAR, "hi", (LEFT - 18.0, "end"), end, &(chart.format)(outgoing(index)));
    }
    for (index, end) in chart.to.iter().enumerate() {
        let class = format!("f{}", end.series.clamp(1, 6));
        side(&mut svg, right[index], RIGHT, &class, (RIGHT + 18.0, "start"), end, &(chart.format)(incoming(index)));
    }
    svg.push_str("</svg>");
    svg
}

fn sum(flows: &[Flow], of: impl Fn(&Flow) -> bool) -> i64 {
    flows.iter().filter(|flow| of(flow)).map(|flow| flow.amount.max(0)).sum()
}

/// Top and bottom of every bar; thin ones are given room for their words.
fn stack(count: usize, amount: &dyn Fn(usize) -> i64, scale: f64) -> Vec<(f64, f64)> {
    let mut ends = Vec::with_capacity(count);
    let mut top = 3.0;
    for index in 0..count {
        let thick = (amount(index) as f64 * scale).max(1.0);
        ends.push((top, top + thick));
        top += thick.max(ROW_MIN) + GAP;
    }
    ends
}

fn bands(svg: &mut String, chart: &Sankey, left: &[(f64, f64)], right: &[(f64, f64)], scale: f64) {
    let mut left_at: Vec<f64> = left.iter().map(|end| end.0).collect();
    let mut right_at: Vec<f64> = right.iter().map(|end| end.0).collect();
    let middle = (LEFT + RIGHT) / 2.0;
    for flow in chart.flows.iter().filter(|flow| flow.amount > 0) {
        let thick = flow.amount as f64 * scale;
        let (from, to) = (left_at[flow.from], right_at[flow.to]);
        let _ = write!(
            svg,
            r#"<path class="f{} mid" d="M{LEFT} {from:.1}C{middle} {from:.1} {middle} {to:.1} {RIGHT} {to:.1}V{:.1}C{middle} {:.1} {middle} {:.1} {LEFT} {:.1}z"><title>{} → {}: {}</title></path>"#,
            chart.to[flow.to].series.clamp(1, 6),
            to + thick,
            to + thick,
            from + thick,
            from + thick,
            escape(chart.from[flow.from].label),
            escape(chart.to[flow.to].label),
            escape(&(chart.format)(flow.amount)),
        );
        left_at[flow.from] += thick;
        right_at[flow.to] += thick;
    }
}

fn side(svg: &mut String, (top, bottom): (f64, f64), x: f64, class: &str, text: (f64, &str), end: &End, amount: &str) {
    let (text_x, anchor) = text;
    let middle = (top + bottom) / 2.0;
    let note = if end.note.is_empty() { amount.to_owned() } else { format!("{}, {amount}", end.note) };
    let _ = write!(
        svg,
        r#"<rect class="{class}" x="{x}" y="{top:.1}" width="{BAR}" height="{:.1}"/><text x="{text_x}" y="{:.1}" text-anchor="{anchor}"><tspan class="hi">{}</tspan></text><text x="{text_x}" y="{:.1}" text-anchor="{anchor}">{}</text>"#,
        bottom - top,
        middle - 1.0,
        escape(end.label),
        middle + 12.0,
        escape(&note),
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bands_and_ends_are_drawn() {
        let end = |label, series| End { label, note: "", series };
        let format = |minor: i64| format!("{minor} ct");
        let svg = sankey(&Sankey {
            title: "Where the money goes",
            from: &[end("Mug × 2", 1), end("Tea", 1)],
            to: &[end("Platform", 1), end("Seller", 2)],
            flows: &[
                Flow { from: 0, to: 0, amount: 100 },
                Flow { from: 0, to: 1, amount: 900 },
                Flow { from: 1, to: 1, amount: 50 },
                Flow { from: 1, to: 0, amount: 0 },
            ],
            format: &format,
        });
        assert_eq!(svg.matches("<path").count(), 3, "an empty band is not drawn");
        assert!(svg.contains("Mug × 2 → Seller: 900 ct"));
        assert!(svg.contains("950 ct"), "an end shows what reaches it");
    }
}
