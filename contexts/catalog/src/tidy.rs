//! What is put, as it is kept: no blanks around a text, lines that all end alike, tags without commas, languages by their tag. A text
//! that went out in a file comes back as it was.

use crate::plain::text;
use crate::put_variant::ONLY;
use crate::wanted::{PutProduct, PutText, PutVariant};
use base::goods::whole_digits;
use base::{Language, Result};

fn some(said: &Option<String>) -> Option<String> {
    said.as_deref().map(text)
}

/// The put as it is kept. Errors: a language that is none (`language`, `texts`).
pub(crate) fn tidied(put: &PutProduct) -> Result<PutProduct> {
    let mut options: Vec<String> = put.options.iter().map(|name| text(name)).collect();
    while options.last().is_some_and(String::is_empty) {
        options.pop();
    }
    let tags = |tags: &Vec<String>| -> Vec<String> {
        let single = tags.iter().flat_map(|tag| tag.split(',')).map(text);
        single.filter(|tag| !tag.is_empty()).collect()
    };
    Ok(PutProduct {
        handle: text(&put.handle),
        language: put.language.as_deref().map(|tag| language(tag, "language")).transpose()?,
        title: some(&put.title),
        vendor: some(&put.vendor),
        product_type: some(&put.product_type),
        tags: put.tags.as_ref().map(tags),
        options,
        images: put.images.iter().map(|image| image_of(&image.url, &image.alt)).collect(),
        texts: put.texts.iter().map(translation).collect::<Result<_>>()?,
        variants: put.variants.iter().map(variant).collect(),
        ..put.clone()
    })
}

fn language(tag: &str, field: &str) -> Result<String> {
    let named = tag.parse::<Language>().map(|language| language.tag().to_owned());
    named.map_err(|mut error| {
        error.fields.iter_mut().for_each(|wrong| wrong.name = field.to_owned());
        error
    })
}

fn image_of(url: &str, alt: &str) -> crate::Image {
    crate::Image { url: text(url), alt: text(alt) }
}

fn translation(put: &PutText) -> Result<PutText> {
    Ok(PutText {
        language: language(&put.language, "texts")?,
        title: some(&put.title),
        description_html: put.description_html.clone(),
        words: put.words.iter().map(|(word, said)| (text(word), text(said))).collect(),
    })
}

fn variant(put: &PutVariant) -> PutVariant {
    let mut options = put.options.each_ref().map(|value| text(value));
    if put.unsaid == [false; 3] && options.iter().all(String::is_empty) {
        options[0] = ONLY.to_owned();
    }
    PutVariant {
        sku: some(&put.sku),
        options,
        customs_description: some(&put.customs_description),
        barcode: put.barcode.as_deref().map(|code| whole_digits(text(code).as_str()).to_owned()),
        image: some(&put.image),
        tax_class: some(&put.tax_class),
        ..put.clone()
    }
}
