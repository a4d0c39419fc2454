//! WooCommerce's product export: a variable product in a row of its own, its variations in others, wherever they stand.

use super::super::header::Column;
use super::super::system::{Cells, Made, Maker, System};
use super::super::table::RowFault;
use super::{cell, options, sale};

/// Attributes of a product that are looked at.
const ATTRIBUTES: usize = 12;

pub(super) const WOOCOMMERCE: System = System {
    name: "WooCommerce",
    marks: &[&["type", "sku", "name", "regularprice"], &["type", "sku", "name", "parent"]],
    columns: &[
        (Column::Tags, &["tags"]),
        (Column::Weight, &["weightkg", "weightlbs", "weightg", "weightoz"]),
        (Column::Barcode, &["gtinupceanorisbn"]),
        (Column::Vendor, &["brands"]),
        (Column::Quantity, &["stock"]),
    ],
    makes: &[
        (Column::Handle, "sku"),
        (Column::Title, "name"),
        (Column::Body, "description"),
        (Column::Sku, "sku"),
        (Column::Price, "regularprice"),
        (Column::CompareAt, "regularprice"),
        (Column::Published, "published"),
        (Column::ProductCategory, "categories"),
        (Column::ImageUrl, "images"),
        (Column::VariantImage, "images"),
        (Column::Tracker, "stock"),
        (Column::StockPolicy, "backordersallowed"),
        (Column::RequiresShipping, "type"),
        (Column::OptionName(0), "attribute1name"),
        (Column::OptionName(1), "attribute2name"),
        (Column::OptionName(2), "attribute3name"),
        (Column::OptionValue(0), "attribute1values"),
        (Column::OptionValue(1), "attribute2values"),
        (Column::OptionValue(2), "attribute3values"),
    ],
    make,
};

/// The export's columns as it names them in German, French, Spanish, Italian and Dutch (sources: the plugin's own translations).
pub(super) const ABROAD: &[(&str, &[&str])] = &[
    ("type", &["Typ", "Tipo"]),
    ("sku", &["Artikelnummer", "UGS", "COD"]),
    ("name", &["Nom", "Nombre", "Nome", "Naam"]),
    ("published", &["Veröffentlicht", "Publié", "Publicado", "Pubblicato", "Gepubliceerd"]),
    (
        "shortdescription",
        &["Kurzbeschreibung", "Description courte", "Descripción corta", "Breve descrizione", "Korte beschrijving"],
    ),
    ("description", &["Beschreibung", "Descripción", "Descrizione", "Beschrijving"]),
    (
        "datesalepricestarts",
        &[
            "Datum, an dem Angebotspreis beginnt",
            "Date de début de promo",
            "Día en que empieza el precio rebajado",
            "Data di inizio del prezzo in offerta",
            "Startdatum actieprijs",
        ],
    ),
    (
        "datesalepriceends",
        &[
            "Datum, an dem Angebotspreis endet",
            "Date de fin de promo",
            "Día en que termina el precio rebajado",
            "Data di fine del prezzo in offerta",
            "Einddatum actieprijs",
        ],
    ),
    ("instock", &["Vorrätig?", "En stock ?", "¿Existencias?", "¿En inventario?", "In stock?", "Op voorraad?"]),
    ("stock", &["Bestand", "Lager", "Lagerbestand", "Inventario", "Magazzino", "Voorraad"]),
    (
        "backordersallowed",
        &[
            "Lieferrückstände erlaubt?",
            "Lieferrückstande erlaubt?",
            "Autoriser les commandes de produits en rupture ?",
            "¿Permitir reservas de productos agotados?",
            "Abilita gli ordini arretrati?",
            "Nabestellingen toestaan?",
        ],
    ),
    ("weightkg", &["Gewicht (kg)", "Poids (kg)", "Peso (kg)"]),
    ("saleprice", &["Angebotspreis", "Tarif promo", "Precio rebajado", "Prezzo in offerta", "Actieprijs"]),
    ("regularprice", &["Regulärer Preis", "Tarif régulier", "Precio normal", "Prezzo di listino", "Reguliere prijs"]),
    ("categories", &["Kategorien", "Catégories", "Categorías", "Categorie", "Categorieën"]),
    ("tags", &["Schlagwörter", "Étiquettes", "Etiquetas", "Tag"]),
    ("images", &["Bilder", "Imágenes", "Immagine", "Immagini", "Afbeeldingen"]),
    ("parent", &["Übergeordnet", "Übergeordnetes Produkt", "Superior", "Genitore", "Hoofd"]),
    (
        "gtinupceanorisbn",
        &["GTIN, UPC, EAN oder ISBN", "GTIN, UPC, EAN ou ISBN", "GTIN, UPC, EAN o ISBN", "GTIN, UPC, EAN of ISBN"],
    ),
    ("brands", &["Marken", "Marques", "Marcas", "Brand", "Merken"]),
    (
        "attribute#name",
        &[
            "Attribut # Name",
            "Nom de l’attribut #",
            "Nombre del atributo #",
            "Nome dell'attributo #",
            "Naam eigenschap #",
        ],
    ),
    (
        "attribute#values",
        &[
            "Attribut # Wert(e)",
            "Valeur(s) de l’attribut #",
            "Valor(es) del atributo #",
            "Valore dell'attributo #",
            "Waarde(n) eigenschap #",
        ],
    ),
];

fn make(maker: &mut Maker, row: &Cells) -> Made {
    let kind = row.get("type").to_lowercase();
    let is = |word: &str| kind.split(',').any(|part| part.trim() == word);
    if is("grouped") || is("external") {
        return Err(RowFault::NoGoods);
    }
    let variation = is("variation");
    let handle = if variation { parent(maker, row) } else { own(maker, row) };
    let mut made = vec![cell(Column::Handle, handle.clone())];
    made.extend(if variation { of_variation(row) } else { of_product(row) });
    let attributes = attributes(row);
    if is("variable") {
        // A product that varies has no price of its own; what it varies by has several values.
        let several = |(_, values): &&(String, String)| values.contains([',', '|']);
        let mut names: Vec<String> = attributes.iter().filter(several).map(|(name, _)| name.clone()).collect();
        if names.is_empty() {
            names = attributes.iter().map(|(name, _)| name.clone()).collect();
        }
        made.extend(
            names.iter().take(3).enumerate().map(|(index, name)| cell(Column::OptionName(index), name.clone())),
        );
        maker.options.insert(handle, names);
        return Ok(made);
    }
    made.push(cell(Column::Sku, row.get("sku")));
    made.extend(of_sale(row));
    if variation {
        let known = maker.options.get(&handle);
        let ordered = known.map(|names| named(names, &attributes)).unwrap_or(attributes);
        made.extend(options(&ordered));
    }
    if is("virtual") || is("downloadable") {
        made.push(cell(Column::RequiresShipping, "no"));
    }
    Ok(made)
}

/// The product's handle, by which its variations will find it.
fn own(maker: &mut Maker, row: &Cells) -> String {
    let (sku, id) = (row.get("sku"), row.get("id"));
    let handle = if sku.is_empty() { format!("product-{id}") } else { sku.to_owned() };
    if !id.is_empty() {
        maker.handles.insert(id.to_owned(), handle.clone());
    }
    handle
}

/// `tee`, the parent's SKU, or `id:7`.
fn parent(maker: &Maker, row: &Cells) -> String {
    let parent = row.get("parent");
    match parent.strip_prefix("id:").map(str::trim) {
        Some(id) => maker.handles.get(id).cloned().unwrap_or_else(|| format!("product-{id}")),
        None => parent.to_owned(),
    }
}

fn of_variation(row: &Cells) -> Vec<(Column, String)> {
    let first = row.get("images").split(',').next().unwrap_or_default().trim();
    vec![cell(Column::VariantImage, first)]
}

fn of_product(row: &Cells) -> Vec<(Column, String)> {
    // The first of several places in the shop's tree: `Clothing > Shirts, Sale`.
    let category = row.get("categories").split(", ").next().unwrap_or_default();
    let published = match row.get("published") {
        "1" => "yes",
        "0" | "-1" => "no",
        other => other,
    };
    vec![
        cell(Column::Title, row.get("name")),
        cell(Column::Body, row.first(&["description", "shortdescription"])),
        cell(Column::ProductCategory, category.replace("\\,", ",")),
        cell(Column::ImageUrl, row.get("images")),
        cell(Column::Published, published),
    ]
}

fn of_sale(row: &Cells) -> Vec<(Column, String)> {
    let dated = ["datesalepricestarts", "datesalepriceends"];
    let (price, former) = sale(row, row.get("saleprice"), row.get("regularprice"), &dated);
    // Stock that is not counted has an empty cell; what is out of stock without a number has none.
    let (stock, available) = (row.get("stock"), row.get("instock"));
    let counted = !stock.is_empty() || available == "0";
    let policy = match row.get("backordersallowed") {
        "1" | "notify" => "continue",
        _ => "deny",
    };
    vec![
        cell(Column::Price, price),
        cell(Column::CompareAt, former),
        cell(Column::Tracker, if counted { "woocommerce" } else { "" }),
        cell(Column::StockPolicy, policy),
    ]
}

/// Names and values, in the order of the file.
fn attributes(row: &Cells) -> Vec<(String, String)> {
    let one = |number: usize| {
        let name = row.get(&format!("attribute{number}name")).to_owned();
        (name, row.get(&format!("attribute{number}values")).to_owned())
    };
    (1..=ATTRIBUTES).map(one).filter(|(name, value)| !name.is_empty() && !value.is_empty()).collect()
}

/// The values in the order of the product's option names.
fn named(names: &[String], attributes: &[(String, String)]) -> Vec<(String, String)> {
    let value = |name: &String| {
        let found = attributes.iter().find(|(own, _)| own.eq_ignore_ascii_case(name));
        (name.clone(), found.map(|(_, value)| value.clone()).unwrap_or_default())
    };
    names.iter().map(value).collect()
}
