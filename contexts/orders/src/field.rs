//! What the shop asks buyers besides goods and address: a gift message, a reference, what is to be engraved. The operator declares a
//! field; buyers are asked for it at the checkout; sellers see it, and slips print it, where the field says so.

use crate::event;
use base::{Error, Permission, Result};
use std::collections::BTreeMap;
use store::{Read, Row, Tx, params};

store::names!(
    /// What a field is asked of.
    Scope {
        /// The order, once.
        Order => "order",
        /// Each line.
        Line => "line",
        /// Each line that is made to order.
        Made => "made",
    }
);

store::names!(
    /// What may stand in a field.
    FieldKind {
        /// A line of text.
        Line => "line",
        /// Text of several lines.
        Text => "text",
        /// One of its choices.
        Choice => "choice",
        /// Ticked or not: `yes`, or nothing.
        Tick => "tick",
    }
);

/// What a ticked field holds.
pub const TICKED: &str = "yes";
/// Fields that a shop may have, those not asked any more included.
pub const FIELDS_MOST: i64 = 30;
/// Letters that a field may hold.
pub const LETTERS_MOST: i64 = 1_000;
const LABEL_MOST: usize = 80;
const CHOICES_MOST: usize = 50;

/// A field, as the shop declares it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// What makes it the same field: `gift_message`.
    pub key: String,
    /// Order among the fields.
    pub position: i64,
    /// Whether buyers are asked for it.
    pub asked: bool,
    /// What it is asked of.
    pub scope: Scope,
    /// What may stand in it.
    pub kind: FieldKind,
    /// What it is called, by language tag; empty where the platform has words for its key.
    pub labels: BTreeMap<String, String>,
    /// What may be chosen; of a choice only.
    pub choices: Vec<String>,
    /// Letters at most, 1 to [`LETTERS_MOST`]; of texts only.
    pub most: i64,
    /// Whether an order needs it.
    pub required: bool,
    /// Whether whoever sells or ships the goods sees it; the buyer and the operator always do.
    pub to_seller: bool,
    /// Whether packing slips print it.
    pub printed: bool,
}

/// A field that the platform has words for.
#[derive(Clone, Copy, Debug)]
pub struct Preset {
    /// Its key.
    pub key: &'static str,
    scope: Scope,
    kind: FieldKind,
    most: i64,
    printed: bool,
}

/// Fields that shops often have: their labels need not be written, and are translated.
pub const PRESETS: &[Preset] = &[
    Preset { key: "gift_message", scope: Scope::Order, kind: FieldKind::Text, most: 300, printed: true },
    Preset { key: "reference", scope: Scope::Order, kind: FieldKind::Line, most: 40, printed: true },
    Preset { key: "delivery_note", scope: Scope::Order, kind: FieldKind::Text, most: 200, printed: true },
    Preset { key: "personalisation", scope: Scope::Made, kind: FieldKind::Line, most: 60, printed: true },
];

impl Preset {
    /// The field to begin with.
    pub fn field(&self) -> Field {
        Field {
            key: self.key.to_owned(),
            position: 0,
            asked: true,
            scope: self.scope,
            kind: self.kind,
            labels: BTreeMap::new(),
            choices: Vec::new(),
            most: self.most,
            required: false,
            to_seller: true,
            printed: self.printed,
        }
    }
}

impl Field {
    /// A field to begin with: some text for the whole order, seen by sellers.
    pub fn new(key: &str) -> Field {
        let plain = Preset { key: "", scope: Scope::Order, kind: FieldKind::Text, most: 300, printed: false };
        Field { key: key.to_owned(), ..plain.field() }
    }

    /// What the shop calls it in `language`, else in the same primary language, else in English, else in any; none where the
    /// platform has words for it.
    pub fn label(&self, language: &str) -> Option<&str> {
        catalog::category::named(&self.labels, language)
    }

    /// Whether it is a text, with letters to be counted.
    pub fn is_text(&self) -> bool {
        matches!(self.kind, FieldKind::Line | FieldKind::Text)
    }

    /// What was typed, as it is kept; empty where nothing was. Errors: a code and a sentence for what cannot be.
    pub fn read(&self, typed: &str) -> std::result::Result<String, (&'static str, String)> {
        let text = typed.replace("\r\n", "\n").trim().to_owned();
        if text.is_empty() {
            return if self.required { Err(("required", "This field is needed.".into())) } else { Ok(text) };
        }
        let breaks = self.kind == FieldKind::Text;
        let odd = |letter: char| letter.is_control() && !(breaks && matches!(letter, '\n' | '\t'));
        match self.kind {
            FieldKind::Choice if !self.choices.contains(&text) => {
                Err(("unknown_choice", format!("Choose one of: {}.", self.choices.join(", "))))
            }
            FieldKind::Tick if text != TICKED => Err(("unknown_choice", format!("Write “{TICKED}”, or nothing."))),
            FieldKind::Line | FieldKind::Text if text.chars().any(odd) => {
                Err(("in_one_line", "Write it in one line, without control characters.".into()))
            }
            FieldKind::Line | FieldKind::Text if text.chars().count() as i64 > self.most => {
                Err(("too_long", format!("Write {} characters or less.", self.most)))
            }
            _ => Ok(text),
        }
    }
}

/// Declares a field, or changes one. What was said to it before stays as it is.
/// Emits `order.field_changed` when something differs. Errors: denied; `field_key_format`, `required`, `too_long`, `out_of_range` (fields);
/// `field_fixed` (conflict) for another scope or kind than it has; `too_many_fields` (conflict).
pub fn put_field(tx: &mut Tx, field: &Field) -> Result<()> {
    tx.actor().may(Permission::SettingsWrite)?;
    check(field)?;
    let labels = serde_json::to_string(&field.labels).map_err(Error::internal)?;
    let choices = serde_json::to_string(&field.choices).map_err(Error::internal)?;
    let row = params![
        &field.key,
        field.position,
        field.asked,
        field.scope,
        field.kind,
        labels,
        choices,
        field.most,
        field.required,
        field.to_seller,
        field.printed
    ];
    let known = self::field(tx, &field.key)?;
    if known.as_ref() == Some(field) {
        return Ok(());
    }
    if known.is_some_and(|known| (known.scope, known.kind) != (field.scope, field.kind)) {
        let say = "What a field is asked of and what may stand in it are fixed, since orders may hold it; make another field.";
        return Err(Error::conflict("field_fixed", say));
    }
    if tx.run(UPDATE, row)? == 0 && tx.run(INSERT, &[row, params![FIELDS_MOST]].concat())? == 0 {
        let say = format!("A shop has {FIELDS_MOST} fields at most; use one that is there.");
        return Err(Error::conflict("too_many_fields", say));
    }
    tx.emit((), &event::FieldChanged { field: field.key.clone() })
}

fn check(field: &Field) -> Result<()> {
    let letters = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_';
    let fits = field.key.starts_with(|letter: char| letter.is_ascii_lowercase()) && field.key.len() <= 40;
    if !fits || !field.key.chars().all(letters) {
        let say = "Write small letters, digits and _, beginning with a letter, such as gift_message.";
        return Err(Error::field("key", "field_key_format", say));
    }
    if field.labels.is_empty() && !PRESETS.iter().any(|preset| preset.key == field.key) {
        return Err(Error::field("labels", "required", "Say what the field is called."));
    }
    let long = |text: &String| text.trim().is_empty() || text.chars().count() > LABEL_MOST;
    if field.labels.values().any(long) {
        return Err(Error::field("labels", "too_long", format!("Write 1 to {LABEL_MOST} characters.")));
    }
    if !(1..=LETTERS_MOST).contains(&field.most) {
        return Err(Error::field("most", "out_of_range", format!("Write a number from 1 to {LETTERS_MOST}.")));
    }
    check_choices(field)
}

fn check_choices(field: &Field) -> Result<()> {
    let of_choice = field.kind == FieldKind::Choice;
    let long = |text: &String| text.trim() != text || text.is_empty() || text.chars().count() > LABEL_MOST;
    match field.choices.len() {
        0 if of_choice => Err(Error::field("choices", "required", "Write what can be chosen, each in a line.")),
        0 => Ok(()),
        _ if !of_choice => Err(Error::field("choices", "not_a_choice", "Only a choice has choices; leave them out.")),
        n if n > CHOICES_MOST || field.choices.iter().any(long) => {
            let say = format!("Write {CHOICES_MOST} choices at most, of {LABEL_MOST} characters or less.");
            Err(Error::field("choices", "too_long", say))
        }
        _ => Ok(()),
    }
}

/// Every field of the shop, in its order, those not asked any more included.
pub fn fields(db: &mut Read) -> Result<Vec<Field>> {
    db.query(ALL, params![])?.iter().map(from_row).collect()
}

/// Says that [`fields`] will be asked soon.
pub fn fields_ahead(db: &mut Read) -> Result<()> {
    db.ahead(ALL, params![])
}

/// The field of this key.
pub fn field(db: &mut Read, key: &str) -> Result<Option<Field>> {
    Ok(fields(db)?.into_iter().find(|field| field.key == key))
}

fn from_row(row: &Row) -> Result<Field> {
    Ok(Field {
        key: row.get(0)?,
        position: row.get(1)?,
        asked: row.get(2)?,
        scope: row.get(3)?,
        kind: row.get(4)?,
        labels: serde_json::from_str(&row.get::<String>(5)?).map_err(Error::internal)?,
        choices: serde_json::from_str(&row.get::<String>(6)?).map_err(Error::internal)?,
        most: row.get(7)?,
        required: row.get(8)?,
        to_seller: row.get(9)?,
        printed: row.get(10)?,
    })
}

const ALL: &str = "SELECT key, position, asked, scope, kind, labels, choices, most, required, to_seller, printed
    FROM order_field ORDER BY position, key";
const UPDATE: &str =
    "UPDATE order_field SET position = $2, asked = $3, scope = $4, kind = $5, labels = $6, choices = $7,
    most = $8, required = $9, to_seller = $10, printed = $11 WHERE key = $1";
const INSERT: &str =
    "INSERT INTO order_field (key, position, asked, scope, kind, labels, choices, most, required, to_seller, printed)
    SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11 WHERE (SELECT COUNT(*) FROM order_field) < $12";
