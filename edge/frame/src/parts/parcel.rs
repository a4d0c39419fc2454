//! What is in a parcel, in words; and the pieces that a form names for one.

use crate::form::Form;
use base::{Error, Id, Result};
use orders::{Line, Parcel};
use serde::Serialize;

/// Pieces of a line in a parcel.
#[derive(Clone, Debug, Serialize)]
pub struct PieceView {
    /// The line.
    pub id: String,
    /// As it was sold.
    pub title: String,
    /// Its option values, or empty.
    pub options: String,
    /// Its stock keeping unit.
    pub sku: String,
    /// Its picture, or empty.
    pub image: String,
    /// How many.
    pub n: i64,
}

/// So many pieces of a line.
pub fn piece(line: &Line, n: i64) -> PieceView {
    PieceView {
        id: line.id.to_string(),
        title: line.title.clone(),
        options: line.options.clone(),
        sku: line.sku.clone(),
        image: line.image.clone(),
        n,
    }
}

/// What is in a parcel; `lines` are those of its order.
pub fn inside(lines: &[Line], parcel: &Parcel) -> Vec<PieceView> {
    let counted = lines.iter().map(|line| (line, parcel.pieces_of(line.id)));
    counted.filter(|(_, n)| *n > 0).map(|(line, n)| piece(line, n)).collect()
}

/// What of a consignment's lines waits to be packed.
pub fn waiting<'a>(lines: impl IntoIterator<Item = &'a Line>) -> Vec<PieceView> {
    let counted = lines.into_iter().map(|line| (line, line.to_pack()));
    counted.filter(|(_, n)| *n > 0).map(|(line, n)| piece(line, n)).collect()
}

/// The pieces that a form names by line, in fields `pieces-{line}`. Errors: `pieces` (a field) is no whole number.
pub fn named(form: &Form) -> Result<Vec<(Id<Line>, i64)>> {
    let mut lines = Vec::new();
    for (line, text) in form.with_prefix("pieces-") {
        let wrong = || Error::field("pieces", "whole_number", "Write a whole number of pieces.");
        let line: Id<Line> = line.parse().map_err(|_| wrong())?;
        let text = text.trim();
        lines.push((line, if text.is_empty() { 0 } else { text.parse().map_err(|_| wrong())? }));
    }
    Ok(lines)
}
