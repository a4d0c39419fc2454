//! Charts as SVG that carries classes, not colours: `entrepot.css` paints one drawing in both themes.
//!
//! Drawn here rather than by a chart library, because a library writes colours and fonts into attributes, which neither
//! follow the theme nor pass the Content-Security-Policy. Amounts come in as integers; floats are pixels only.

mod bars;
mod sankey;
mod spark;
mod svg;
mod tree;

pub use bars::{Bars, bars};
pub use sankey::{End, Flow, Sankey, sankey};
pub use spark::spark;
pub use tree::{Tile, tree};
