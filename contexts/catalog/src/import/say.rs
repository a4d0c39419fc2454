//! Words that cells say yes, no and a status with, in the desk's languages and those of common systems. What is not among them is
//! refused, never guessed.

use crate::product::Status;
use base::number::plain;
use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;

const YES: &[&str] = &[
    "true",
    "t",
    "1",
    "yes",
    "y",
    "on",
    "x",
    "✓",
    "✔",
    "published",
    "enabled",
    "visible",
    "ja",
    "j",
    "wahr",
    "oui",
    "vrai",
    "sí",
    "si",
    "verdadero",
    "vero",
    "sim",
    "verdadeiro",
    "tak",
    "prawda",
    "да",
    "истина",
    "так",
    "ano",
    "áno",
    "igen",
    "evet",
    "doğru",
    "kyllä",
    "是",
    "真",
    "有",
    "对",
    "はい",
    "예",
    "네",
    "نعم",
    "כן",
    "có",
    "sant",
    "waar",
    "對",
    "正确",
    "上架",
    "已上架",
    "公開",
    "有り",
    "あり",
    "○",
    "참",
    "있음",
    "صح",
    "صحيح",
    "ใช่",
    "हाँ",
    "हां",
    "adevărat",
    "вкл",
];
const NO: &[&str] = &[
    "false",
    "f",
    "0",
    "no",
    "n",
    "off",
    "unpublished",
    "disabled",
    "hidden",
    "nein",
    "falsch",
    "non",
    "faux",
    "falso",
    "não",
    "nao",
    "nie",
    "fałsz",
    "нет",
    "ложь",
    "ні",
    "ne",
    "nem",
    "hayır",
    "yanlış",
    "ei",
    "nej",
    "nei",
    "nee",
    "否",
    "假",
    "无",
    "不",
    "いいえ",
    "아니요",
    "아니오",
    "لا",
    "לא",
    "không",
    "falskt",
    "onwaar",
    "hayir",
    "错",
    "錯",
    "错误",
    "没有",
    "沒有",
    "無",
    "不是",
    "下架",
    "已下架",
    "未上架",
    "非公開",
    "偽",
    "無し",
    "なし",
    "×",
    "✗",
    "✘",
    "거짓",
    "없음",
    "خطأ",
    "خاطئ",
    "ไม่",
    "ไม่ใช่",
    "नहीं",
    "fals",
    "выкл",
];
const STATUSES: [(Status, &[&str]); 3] = [
    (
        Status::Active,
        &[
            "active",
            "published",
            "publish",
            "online",
            "visible",
            "live",
            "on sale",
            "enabled",
            "aktiv",
            "veröffentlicht",
            "actif",
            "publié",
            "activo",
            "publicado",
            "attivo",
            "pubblicato",
            "ativo",
            "actief",
            "aktywny",
            "активен",
            "активный",
            "опубликован",
            "在售",
            "上架",
            "已上架",
            "启用",
            "激活",
            "已发布",
            "有効",
            "公開",
            "販売中",
            "활성",
            "نشط",
            "منشور",
            "активна",
            "опубликовано",
            "включен",
            "в продаже",
            "en vente",
            "en ligne",
            "publiée",
            "publicada",
            "em venda",
            "opublikowany",
            "公開中",
            "판매중",
            "활성화",
            "活跃",
            "上线",
            "上線",
            "فعال",
        ],
    ),
    (
        Status::Draft,
        &[
            "draft",
            "unlisted",
            "unpublished",
            "hidden",
            "private",
            "pending",
            "offline",
            "inactive",
            "disabled",
            "entwurf",
            "inaktiv",
            "versteckt",
            "brouillon",
            "inactif",
            "borrador",
            "bozza",
            "inattivo",
            "rascunho",
            "inativo",
            "concept",
            "inactief",
            "szkic",
            "nieaktywny",
            "черновик",
            "неактивен",
            "скрыт",
            "草稿",
            "下架",
            "已下架",
            "未发布",
            "停用",
            "下書き",
            "非公開",
            "임시",
            "مسودة",
            "отключен",
            "неактивна",
            "не опубликовано",
            "hors ligne",
            "inactivo",
            "nascosto",
            "無効",
            "停止",
            "販売停止",
            "비활성",
            "비활성화",
            "판매중지",
            "下线",
            "下線",
            "غير نشط",
        ],
    ),
    (
        Status::Archived,
        &[
            "archived",
            "archive",
            "archiviert",
            "archivé",
            "archivado",
            "archiviato",
            "arquivado",
            "gearchiveerd",
            "zarchiwizowany",
            "в архиве",
            "архив",
            "已归档",
            "归档",
            "存档",
            "アーカイブ",
            "보관",
            "مؤرشف",
        ],
    ),
];
/// Words for an offer that is kept and not sold, beside those of a status.
const PAUSED: &[&str] = &[
    "paused",
    "pausiert",
    "en pause",
    "en pausa",
    "in pausa",
    "wstrzymany",
    "приостановлен",
    "暂停",
    "已暂停",
    "一時停止",
    "일시중지",
    "متوقف",
];
/// Words for a product that has not been put anywhere, which is no category.
const NOWHERE: &[&str] = &[
    "uncategorized",
    "uncategorised",
    "none",
    "no category",
    "unkategorisiert",
    "nicht kategorisiert",
    "ohne kategorie",
    "non classé",
    "sin categoría",
    "sin categorizar",
    "senza categoria",
    "sem categoria",
    "без категории",
    "未分类",
    "無分類",
    "未分類",
    "غير مصنف",
];

fn folded(cell: &str) -> String {
    plain(cell).nfc().collect::<String>().trim().trim_matches('"').to_lowercase()
}

/// Yes or no; none where the word is neither.
pub(crate) fn truth(cell: &str) -> Option<bool> {
    let word = folded(cell);
    match (YES.contains(&word.as_str()), NO.contains(&word.as_str())) {
        (true, _) => Some(true),
        (_, true) => Some(false),
        _ => None,
    }
}

/// A status; none where the word is no status.
pub(crate) fn status(cell: &str) -> Option<Status> {
    let word = folded(cell);
    STATUSES.iter().find(|(_, words)| words.contains(&word.as_str())).map(|(status, _)| *status)
}

/// Whether an offer is on sale; none where the word does not say it.
pub(crate) fn on_sale(cell: &str) -> Option<bool> {
    if PAUSED.contains(&folded(cell).as_str()) {
        return Some(false);
    }
    status(cell).map(|status| status == Status::Active).or_else(|| truth(cell))
}

/// Whether a category's name says that there is none.
pub(crate) fn is_nowhere(name: &str) -> bool {
    NOWHERE.contains(&folded(name).as_str())
}

/// A cell that takes away what is stored, where a text may be empty: a lone dash.
pub(crate) fn is_clear(cell: &str) -> bool {
    matches!(cell, "-" | "–" | "—")
}

/// The text of a cell as it is meant: an apostrophe before what would be a sign (a lone dash, a spreadsheet's error) says that it is
/// none.
pub(crate) fn meant(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| is_sign(rest.trim_start_matches('\''))).unwrap_or(cell)
}

/// A text as a cell of which [`meant`] gives it back.
pub(crate) fn as_text(text: &str) -> Cow<'_, str> {
    if is_sign(text.trim_start_matches('\'')) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// A code (SKU, number under a bar code) as a cell: spreadsheets are told by one apostrophe that a number is a text, so one is taken
/// off again.
pub(crate) fn as_code(text: &str) -> Cow<'_, str> {
    let needs = text.starts_with('\'') || is_sign(text);
    if needs { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// The code of a cell.
pub(crate) fn code(cell: &str) -> &str {
    cell.strip_prefix('\'').unwrap_or(cell)
}

fn is_sign(text: &str) -> bool {
    is_clear(text) || is_formula_error(text)
}

/// A quantity cell that says that a thing does not lie at this place at all, as inventory files have it.
pub(crate) fn is_not_stocked(cell: &str) -> bool {
    matches!(folded(cell).as_str(), "not stocked" | "n/a" | "nicht vorrätig" | "non stocké" | "不存货")
}

/// What a spreadsheet shows where it could not compute a cell, in English and in German.
pub(crate) fn is_formula_error(cell: &str) -> bool {
    const ERRORS: [&str; 15] = [
        "#N/A",
        "#REF!",
        "#VALUE!",
        "#DIV/0!",
        "#NAME?",
        "#NULL!",
        "#NUM!",
        "#SPILL!",
        "#CALC!",
        "#GETTING_DATA",
        "#NV",
        "#BEZUG!",
        "#WERT!",
        "#ZAHL!",
        "#ÜBERLAUF!",
    ];
    cell.starts_with('#') && ERRORS.contains(&cell)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words_of_many_languages_and_no_guess() {
        for word in [
            "TRUE",
            "1",
            "Ja",
            "oui",
            "sí",
            "si\u{301}",
            "да",
            "是",
            "نعم",
            "１",
            "صحيح",
            "上架",
            "あり",
            "참",
            "Verdadeiro",
        ] {
            assert_eq!(truth(word), Some(true), "{word}");
        }
        for word in
            ["FALSE", "0", "Nein", "non", "no", "нет", "否", "لا", "خطأ", "没有", "HAYIR", "なし", "×", "거짓", "Falso"]
        {
            assert_eq!(truth(word), Some(false), "{word}");
        }
        for word in ["maybe", "2", "-1", "", "active soon"] {
            assert_eq!((truth(word), status(word)), (None, None), "{word}");
        }
        let all = [
            ("Aktiv", Status::Active),
            ("publish", Status::Active),
            ("草稿", Status::Draft),
            ("archivé", Status::Archived),
            ("опубликовано", Status::Active),
            ("公開中", Status::Active),
            ("비활성", Status::Draft),
        ];
        for (word, expected) in all {
            assert_eq!(status(word), Some(expected), "{word}");
        }
        let offers =
            [("Paused", Some(false)), ("active", Some(true)), ("暂停", Some(false)), ("yes", Some(true)), ("x1", None)];
        offers.into_iter().for_each(|(word, expected)| assert_eq!(on_sale(word), expected, "{word}"));
        let twice = YES.iter().find(|word| NO.contains(word));
        assert_eq!(twice, None, "no word says both");
    }

    proptest! {
        #[test]
        fn what_looks_like_a_sign_can_be_meant(text in "'{0,3}(-|–|—|#N/A|#REF!|a)?|.{0,6}") {
            let (cell, number) = (as_text(&text), as_code(&text));
            prop_assert_eq!(meant(&cell), text.as_str());
            prop_assert_eq!(code(&number), text.as_str());
            prop_assert!(!is_sign(&cell) && !is_sign(&number));
        }
    }
}
