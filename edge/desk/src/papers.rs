//! What goes on and into a parcel: the label as a picture, and the packing slip, on one printable page.

use base::{Error, Result};
use frame::parts::asks::{self, SaidView};
use frame::{Answer, App, Head, Visitor, render};
use logistics::{LabelView, label_svg};
use orders::{Consignment, Line, Order, Parcel, Said};
use serde::Serialize;
use store::Read;

/// A parcel's papers, read from the store.
#[derive(Clone, Debug)]
pub struct Papers {
    order: Order,
    parcel: Parcel,
    /// With the pieces of each that are in it.
    lines: Vec<(Line, i64)>,
    /// What the buyer said that slips print.
    said: Vec<Said>,
    label: LabelView,
    grams: i64,
    /// The carrier made the label: it is a file of its own.
    outside: bool,
}

#[derive(Serialize)]
struct PaperView {
    number: String,
    tracking: String,
    label: Option<String>,
    file: String,
    to: Vec<String>,
    seller: String,
    placed: String,
    service: String,
    weight: i64,
    lines: Vec<SlipLine>,
    said: Vec<SaidView>,
    pieces: i64,
}

#[derive(Serialize)]
struct SlipLine {
    title: String,
    options: String,
    sku: String,
    quantity: i64,
}

#[derive(Serialize)]
struct View {
    papers: Vec<PaperView>,
}

/// The papers of a consignment's parcels that have a label and have not left, or of the one that is named, wherever it is. Who may see
/// them was checked by the caller.
pub fn read(db: &mut Read, consignment: &Consignment, named: Option<&str>) -> Result<Vec<Papers>> {
    let order = orders::find(db, consignment.order)?;
    let all = orders::parcels(db, order.id)?.into_iter().filter(|one| one.consignment == consignment.id);
    let mut own: Vec<Parcel> = all.filter(Parcel::has_label).collect();
    match named.filter(|name| !name.is_empty()) {
        Some(name) => own.retain(|one| one.id.to_string() == name),
        None if own.iter().any(|one| !one.has_left()) => own.retain(|one| !one.has_left()),
        None => {}
    }
    own.into_iter().map(|parcel| of_parcel(db, &order, parcel)).collect()
}

fn of_parcel(db: &mut Read, order: &Order, parcel: Parcel) -> Result<Papers> {
    let label = parcel.label.ok_or_else(|| Error::internal(format!("{} is packed without a label", parcel.id)))?;
    let carried = logistics::parcel(db, label)?;
    let lines = orders::lines(db, order.id)?.into_iter().map(|line| (parcel.pieces_of(line.id), line));
    let lines: Vec<(Line, i64)> =
        lines.filter(|(pieces, _)| *pieces > 0).map(|(pieces, line)| (line, pieces)).collect();
    let mut said = orders::said(db, order.id)?;
    said.retain(|one| one.is_printed(lines.iter().map(|(line, _)| line)));
    Ok(Papers {
        lines,
        said,
        label: LabelView::of(db, &carried, &order.number, |country| country.code().to_owned())?,
        outside: logistics::document(db, label, "label")?.is_some(),
        grams: carried.grams,
        order: order.clone(),
        parcel,
    })
}

/// The printable page of these papers. Labels that a carrier made are files at `base/{consignment}/documents/label`.
pub fn page(app: &App, visitor: &Visitor, base: &str, papers: Vec<Papers>) -> Answer {
    let english = app.languages.english();
    let mut views = Vec::new();
    for mut one in papers {
        let name = |code: &str| code.parse().map_or_else(|_| code.to_owned(), |country| english.country(country));
        one.label.countries = (name(&one.label.countries.0), name(&one.label.countries.1));
        views.push(PaperView {
            label: if one.outside { None } else { Some(label_svg(&one.label)?) },
            file: format!("{base}/{}/documents/label?parcel={}", one.parcel.consignment, one.parcel.id),
            to: address_lines(visitor, &one.order.address),
            seller: one.lines.first().map(|(line, _)| line.seller_name.clone()).unwrap_or_default(),
            placed: visitor.locale.date(one.order.placed_at.date()),
            service: one.label.service.clone(),
            weight: one.grams,
            pieces: one.lines.iter().map(|(_, pieces)| pieces).sum(),
            said: {
                let lines: Vec<Line> = one.lines.iter().map(|(line, _)| line.clone()).collect();
                asks::said(&visitor.locale, &lines, &one.said)
            },
            lines: one.lines.iter().map(slip_line).collect(),
            number: one.order.number,
            tracking: one.label.tracking,
        });
    }
    let head = Head::titled(visitor.locale.t("d-papers").to_string()).unlisted();
    render(app, visitor, "desk/papers.html", head, &View { papers: views })
}

fn slip_line((line, pieces): &(Line, i64)) -> SlipLine {
    SlipLine { title: line.title.clone(), options: line.options.clone(), sku: line.sku.clone(), quantity: *pieces }
}

/// An address as it is written, line by line, the country last.
pub fn address_lines(visitor: &Visitor, address: &base::Address) -> Vec<String> {
    let country = address.country().map_or_else(|| address.country.clone(), |country| visitor.locale.country(country));
    let city = [address.postcode.as_str(), address.city.as_str()];
    let city = city.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    let lines = [
        address.name.clone(),
        address.organisation.clone(),
        address.street.clone(),
        address.street2.clone(),
        address.district.clone(),
        city,
        address.region.clone(),
        country,
    ];
    lines.into_iter().filter(|line| !line.trim().is_empty()).collect()
}
