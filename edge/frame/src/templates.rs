//! The templates: one strict environment per language, so that `t("key")` in a template speaks it.

use crate::assets::Assets;
use crate::brought::Brought;
use crate::language::{Arg, Languages, Locale};
use base::Result;
use minijinja::value::{Kwargs, Value};
use minijinja::{AutoEscape, Environment, ErrorKind, HtmlEscape, TemplateSource, UndefinedBehavior, path_loader};
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

/// Where templates come from, in this order: a theme's folder, the disk (in development), the binary.
#[derive(Clone, Default)]
pub struct Sources {
    /// A folder whose templates replace those of the same name.
    pub theme: Option<PathBuf>,
    /// `edge`, whose crates' `templates` are read again when a file changes.
    pub disk: Option<PathBuf>,
    /// What the crates carry within them.
    pub brought: Vec<Brought>,
}

/// Every template in every language.
pub struct Templates {
    environments: HashMap<&'static str, Environment<'static>>,
}

impl Templates {
    /// Makes the environments. Templates are compiled when first used.
    pub fn load(sources: &Sources, languages: &Languages, assets: &Arc<Assets>) -> Templates {
        let environments =
            languages.all().iter().map(|locale| (locale.tag, environment(sources, locale, assets))).collect();
        Templates { environments }
    }

    /// Renders `name` in the language `tag`. Errors: internal, when the template is wrong or a name in it undefined.
    pub fn render(&self, tag: &str, name: &str, context: Value) -> Result<String> {
        let environment =
            self.environments.get(tag).ok_or_else(|| base::Error::internal(format!("no templates in {tag}")))?;
        let template = environment.get_template(name).map_err(|error| wrong(name, &error))?;
        template.render(context).map_err(|error| wrong(name, &error))
    }

    /// Compiles `name`, to see that it can be. Errors: internal, with the place in the template.
    pub fn compile(&self, tag: &str, name: &str) -> Result<()> {
        match self.environments.get(tag).map(|environment| environment.get_template(name)) {
            Some(Err(error)) => Err(wrong(name, &error)),
            _ => Ok(()),
        }
    }
}

fn wrong(name: &str, error: &minijinja::Error) -> base::Error {
    let mut text = format!("{name}: {error:#}");
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        text.push_str(&format!("; {error:#}"));
        cause = error.source();
    }
    base::Error::internal(text)
}

fn environment(sources: &Sources, locale: &Arc<Locale>, assets: &Arc<Assets>) -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|name| match name.rsplit('.').next() {
        Some("html" | "svg" | "xml") => AutoEscape::Html,
        _ => AutoEscape::None,
    });
    let brought = sources.brought.clone();
    let homes = sources.disk.iter().flat_map(|edge| brought.iter().map(|one| one.on_disk(edge, "templates")));
    let on_disk: Vec<_> = sources.theme.iter().cloned().chain(homes).map(path_loader).collect();
    environment.set_auto_reload(!on_disk.is_empty());
    environment.set_loader(move |name| {
        for load in &on_disk {
            if let Some(source) = load(name)? {
                return Ok(Some(source));
            }
        }
        Ok(brought.iter().find_map(|one| one.templates.text(name)).map(TemplateSource::new))
    });
    add_texts(&mut environment, locale);
    add_pictures(&mut environment, locale, assets);
    environment
}

fn add_texts(environment: &mut Environment<'static>, locale: &Arc<Locale>) {
    let speaker = locale.clone();
    environment.add_function("t", move |key: &str, args: Kwargs| match args.args().next() {
        None => Ok(Value::from(speaker.t(key))),
        Some(_) => with_args(&args, false, |args| Value::from(speaker.fill(key, args))),
    });
    // A text with markup of its own: what is filled in is escaped, the text itself is ours.
    let speaker = locale.clone();
    environment.add_function("th", move |key: &str, args: Kwargs| {
        with_args(&args, true, |args| Value::from_safe_string(speaker.fill(key, args)))
    });
    let speaker = locale.clone();
    environment.add_function("known", move |key: &str| speaker.maybe(key, &[]).is_some());
    let speaker = locale.clone();
    environment.add_filter("count", move |number: i64| speaker.count(number));
    let speaker = locale.clone();
    // Figures of tabs, whose counting stops somewhere.
    environment.add_filter("code", code);
    environment.add_filter("many", move |number: i64| {
        format!("{}{}", speaker.count(number.min(orders::MANY)), if number < orders::MANY { "" } else { "+" })
    });
    let speaker = locale.clone();
    environment.add_filter("weight", move |grams: i64| speaker.weight(grams));
}

fn with_args(
    args: &Kwargs,
    escape: bool,
    say: impl FnOnce(&[(&str, Arg<'_>)]) -> Value,
) -> std::result::Result<Value, minijinja::Error> {
    let mut filled: Vec<(&str, Arg<'_>)> = Vec::new();
    for name in args.args() {
        let value: Value = args.get(name)?;
        if value.is_undefined() {
            let detail = format!("the argument {name} of a text is undefined");
            return Err(minijinja::Error::new(ErrorKind::UndefinedError, detail));
        }
        let arg = match value.as_i64() {
            Some(count) if value.is_number() => Arg::Count(count),
            _ if escape && !value.is_safe() => Arg::from(HtmlEscape(&value.to_string()).to_string()),
            _ => Arg::from(value.to_string()),
        };
        filled.push((name, arg));
    }
    Ok(say(&filled))
}

fn add_pictures(environment: &mut Environment<'static>, locale: &Arc<Locale>, assets: &Arc<Assets>) {
    let files = assets.clone();
    environment.add_function("asset", move |path: &str| files.url(path));
    // {{ picture(item.picture, "15rem", lazy=true) }}: a picture in the size that its place needs.
    let files = assets.clone();
    environment.add_function("picture", move |source: &str, sizes: &str, args: Kwargs| {
        let shown = Shown {
            sizes,
            alt: args.get::<Option<String>>("alt")?.unwrap_or_default(),
            class: args.get::<Option<String>>("class")?.unwrap_or_default(),
            lazy: args.get::<Option<bool>>("lazy")?.unwrap_or_default(),
        };
        args.assert_all_used()?;
        Ok(Value::from_safe_string(img(&files, source, &shown)))
    });
    // {{ icon("cart") }}, {{ icon("truck", "flip lg") }}
    let sprite = assets.url("icons.svg");
    environment.add_function("icon", move |name: &str, class: Option<&str>| {
        Value::from_safe_string(icon(&sprite, name, class.unwrap_or_default()))
    });
    // {{ door(price) }}: an amount never stands without its gable.
    let gable = icon(&assets.url("icons.svg"), "door", "");
    let called = locale.t("door-price");
    environment.add_function("door", move |amount: &str, class: Option<&str>| {
        let (class, amount) = (class.unwrap_or_default(), HtmlEscape(amount));
        Value::from_safe_string(format!(
            "<span class=\"door-p {class}\">{gable}<span class=\"sr\">{called} </span><bdi>{amount}</bdi></span>"
        ))
    });
}

/// How a picture stands on a page.
struct Shown<'a> {
    /// Width of its place, as in the attribute `sizes`.
    sizes: &'a str,
    alt: String,
    class: String,
    lazy: bool,
}

/// A picture with all sizes in which it is kept. Its own measures are told, so that nothing moves when it comes.
fn img(assets: &Assets, source: &str, shown: &Shown<'_>) -> String {
    let place = assets.picture(source);
    let kept = place.parse::<catalog::PictureAddress>().ok();
    let (width, height) = kept.as_ref().map_or((480, 480), |largest| (largest.width, largest.height));
    let sizes = kept.map(|largest| largest.sizes()).filter(|sizes| sizes.len() > 1).unwrap_or_default();
    let choices: Vec<String> = sizes.iter().map(|size| format!("{size} {}w", size.width)).collect();
    let choices = match choices.is_empty() {
        true => String::new(),
        false => format!(" srcset=\"{}\" sizes=\"{}\"", choices.join(", "), HtmlEscape(shown.sizes)),
    };
    let class = if shown.class.is_empty() { String::new() } else { format!(" class=\"{}\"", HtmlEscape(&shown.class)) };
    let lazy = if shown.lazy { " loading=\"lazy\"" } else { "" };
    let (place, alt) = (HtmlEscape(&place), HtmlEscape(&shown.alt));
    format!("<img{class} src=\"{place}\"{choices} alt=\"{alt}\" width=\"{width}\" height=\"{height}\"{lazy}>")
}

fn icon(sprite: &str, name: &str, class: &str) -> String {
    let (class, name) = (HtmlEscape(class), HtmlEscape(name));
    format!("<svg class=\"i {class}\" aria-hidden=\"true\"><use href=\"{sprite}#i-{name}\"/></svg>")
}
/// A text of the API's document: what stands between backticks is code.
fn code(text: &str) -> Value {
    let mut html = String::new();
    for (at, part) in text.split('`').enumerate() {
        let part = HtmlEscape(part);
        html.push_str(&if at % 2 == 1 { format!("<code>{part}</code>") } else { part.to_string() });
    }
    Value::from_safe_string(html)
}
