//! What an import does and how its file was understood, in the reader's language: the same sentences on the page, at the command
//! line and in the API.

use crate::language::{Arg, Locale};
use crate::parts::wrong_rows;
use base::Money;
use offers::import::{Effect, Effects, Note, Numbers, Understood};

/// A sentence for each kind of thing that happens; `uncounted` are the pieces put on hand of what nobody counts.
pub fn does(locale: &Locale, effects: &Effects, uncounted: Option<i64>) -> Vec<String> {
    let pieces = uncounted.unwrap_or(0);
    let (uncounted, oversold) = match uncounted {
        Some(_) => ("uncounted-set", "oversold-set"),
        None => ("uncounted", "oversold"),
    };
    let kinds = [
        ("published", effects.published),
        ("unpublished", effects.unpublished),
        ("repriced-much", effects.repriced_much),
        ("emptied", effects.emptied),
        ("repriced", effects.repriced - effects.repriced_much),
        ("renamed", effects.renamed),
        ("new-active", effects.new_active),
        ("new-drafts", effects.new_drafts),
        (uncounted, effects.uncounted),
        (oversold, effects.oversold),
        ("unpriced", effects.unpriced),
        ("no-goods", effects.no_goods),
        ("left-out", effects.left_out),
    ];
    let say = |(kind, count): (&str, u64)| {
        let n = i64::try_from(count).unwrap_or(i64::MAX);
        locale.fill(&format!("d-does-{kind}"), &[("n", Arg::from(n)), ("pieces", Arg::from(pieces))])
    };
    kinds.into_iter().filter(|(_, count)| *count > 0).map(say).collect()
}

/// What happens to one product or variant.
pub fn happens(locale: &Locale, note: &Note) -> String {
    let key = format!("d-note-{}", note.effect.name().replace('_', "-"));
    match &note.effect {
        Effect::Published | Effect::Unpublished => locale.t(&key).to_string(),
        Effect::Renamed { before, after } => {
            locale.fill(&key, &[("before", before.as_str().into()), ("after", after.as_str().into())])
        }
        Effect::Repriced { before, after } => {
            let money =
                |text: &str| text.parse::<Money>().map_or_else(|_| text.to_owned(), |money| locale.money(money));
            locale.fill(&key, &[("before", money(before).into()), ("after", money(after).into())])
        }
        Effect::Emptied { before } => locale.fill(&key, &[("before", (*before).into())]),
        Effect::LeftOut { column, reason } => {
            let reason = wrong_rows::said(locale, reason);
            locale.fill(&key, &[("column", column.as_str().into()), ("reason", reason.into())])
        }
    }
}

/// How the numbers of the file are read and which number told it, and which columns are taken.
pub fn understood(locale: &Locale, understood: &Understood) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(system) = &understood.system {
        lines.push(locale.fill("d-file-system", &[("system", system.as_str().into())]));
    }
    if !matches!(understood.encoding.as_str(), "" | "UTF-8" | "workbook") {
        lines.push(locale.fill("d-file-encoding", &[("encoding", understood.encoding.as_str().into())]));
    }
    lines.extend(understood.numbers.iter().map(|numbers| read_as(locale, numbers)));
    let columns = [("d-columns-taken", &understood.taken), ("d-columns-unknown", &understood.unknown)];
    let named = columns.into_iter().filter(|(_, names)| !names.is_empty());
    lines.extend(named.map(|(key, names)| locale.fill(key, &[("names", names.join(", ").into())])));
    lines
}

fn read_as(locale: &Locale, numbers: &Numbers) -> String {
    let group = locale.t(&format!("d-numbers-{}", numbers.group)).to_string();
    let example = if numbers.decimal == "comma" { "1.234,50" } else { "1,234.50" };
    let line = |line: u64| Arg::from(i64::try_from(line).unwrap_or(i64::MAX));
    let args = [
        ("group", group.into()),
        ("example", example.into()),
        ("text", numbers.text.as_str().into()),
        ("line", line(numbers.line)),
    ];
    let said = locale.fill(if numbers.line == 0 { "d-numbers-said" } else { "d-numbers-told" }, &args);
    match numbers.other_line {
        0 => said,
        other => {
            let args = [("other", numbers.other.as_str().into()), ("line", line(other))];
            format!("{said} {}", locale.fill("d-numbers-both", &args))
        }
    }
}
