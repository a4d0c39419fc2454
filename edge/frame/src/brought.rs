//! What a crate of pages carries within itself: folders of templates and of texts, as they lie beside its source.

use rust_embed::RustEmbed;
use std::borrow::Cow;
use std::path::{Path, PathBuf};

/// A folder of files within the binary.
#[derive(Clone, Copy)]
pub struct Folder {
    names: fn() -> Vec<Cow<'static, str>>,
    read: fn(&str) -> Option<Cow<'static, [u8]>>,
}

impl Folder {
    /// The folder that `F` embeds.
    pub const fn of<F: RustEmbed>() -> Folder {
        Folder { names: || F::iter().collect(), read: |path| F::get(path).map(|file| file.data) }
    }

    /// The paths of all files.
    pub fn names(&self) -> Vec<Cow<'static, str>> {
        (self.names)()
    }

    /// The text at `path`, if there is one.
    pub fn text(&self, path: &str) -> Option<String> {
        (self.read)(path).map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
    }
}

/// What one crate brings.
#[derive(Clone, Copy)]
pub struct Brought {
    /// The crate's folder below `edge/`.
    pub home: &'static str,
    /// `templates/`: each by its whole path, `shop/home.html`, which no other crate has.
    pub templates: Folder,
    /// `languages/<tag>/*.ftl`: file names that no other crate has.
    pub texts: Folder,
}

impl Brought {
    /// Where a folder of the crate lies on disk, below `edge`.
    pub fn on_disk(&self, edge: &Path, folder: &str) -> PathBuf {
        edge.join(self.home).join(folder)
    }
}
