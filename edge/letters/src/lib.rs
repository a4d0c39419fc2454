//! Messages as letters: what `notify` keeps as a few facts, written out in the recipient's language as text and as HTML.
//!
//! Owns: what each kind of letter says, and where its link leads. Promises: a link that opens something is made when it is sent; the
//! one that is shown carries no secret. Never: decides who hears of what, sends anything.

mod buyer;
mod changes;
mod claims;
mod letter;
mod link;
mod people;
mod sheet;

pub use letter::letter;
pub use link::{handed_over, link, plain_link};

use frame::Surface;
use frame::brought::{Brought, Folder};
use rust_embed::Embed;

#[derive(Embed)]
#[folder = "templates/"]
struct Templates;

#[derive(Embed)]
#[folder = "languages/"]
struct Texts;

/// The letters: templates and texts, and no addresses.
pub const SURFACE: Surface = Surface { routes: &[], brings: BRINGS };

const BRINGS: Brought = Brought { home: "letters", templates: Folder::of::<Templates>(), texts: Folder::of::<Texts>() };
