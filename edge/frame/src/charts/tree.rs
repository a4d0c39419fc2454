//! A treemap: areas that compare. Squarified after Bruls, Huizing and van Wijk (2000): tiles are kept as square as they can be.

/// Width over height of the whole, as `entrepot.css` draws it.
const RATIO: f64 = 1.9;

/// Where a tile lies, in percent of the whole.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tile {
    /// From the start.
    pub x: f64,
    /// From the top.
    pub y: f64,
    /// Width.
    pub w: f64,
    /// Height.
    pub h: f64,
}

/// A tile for each value, in their order. Values should come largest first; those that are not above zero get no area.
pub fn tree(values: &[i64]) -> Vec<Tile> {
    let total: f64 = values.iter().map(|value| (*value).max(0) as f64).sum();
    let mut free = Tile { x: 0.0, y: 0.0, w: 100.0 * RATIO, h: 100.0 };
    let scale = if total > 0.0 { free.w * free.h / total } else { 0.0 };
    let mut areas: Vec<f64> = values.iter().map(|value| (*value).max(0) as f64 * scale).collect();
    let mut tiles = Vec::with_capacity(values.len());
    while !areas.is_empty() {
        let side = free.w.min(free.h);
        let mut taken = 1;
        while taken < areas.len() && worst(&areas[..=taken], side) <= worst(&areas[..taken], side) {
            taken += 1;
        }
        let row: Vec<f64> = areas.drain(..taken).collect();
        lay(&row, &mut free, &mut tiles);
    }
    let percent = |tile: &Tile| Tile { x: tile.x / RATIO, w: tile.w / RATIO, ..*tile };
    tiles.iter().map(percent).collect()
}

/// The longest of a row's tiles: its longer side over its shorter.
fn worst(row: &[f64], side: f64) -> f64 {
    let sum: f64 = row.iter().sum();
    let depth = if side > 0.0 { sum / side } else { 0.0 };
    let ratio = |area: &f64| {
        let length = if depth > 0.0 { area / depth } else { 0.0 };
        if length > 0.0 { (length / depth).max(depth / length) } else { f64::INFINITY }
    };
    row.iter().map(ratio).fold(0.0, f64::max)
}

/// Lays a row along the shorter side of what is free, and takes it away.
fn lay(row: &[f64], free: &mut Tile, tiles: &mut Vec<Tile>) {
    let sum: f64 = row.iter().sum();
    let upright = free.w >= free.h;
    let side = if upright { free.h } else { free.w };
    let depth = if side > 0.0 { sum / side } else { 0.0 };
    let mut at = 0.0;
    for area in row {
        let length = if depth > 0.0 { area / depth } else { 0.0 };
        tiles.push(match upright {
            true => Tile { x: free.x, y: free.y + at, w: depth, h: length },
            false => Tile { x: free.x + at, y: free.y, w: length, h: depth },
        });
        at += length;
    }
    match upright {
        true => (free.x, free.w) = (free.x + depth, (free.w - depth).max(0.0)),
        false => (free.y, free.h) = (free.y + depth, (free.h - depth).max(0.0)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn one_value_takes_it_all() {
        assert_eq!(tree(&[7]), [Tile { x: 0.0, y: 0.0, w: 100.0, h: 100.0 }]);
        assert_eq!(tree(&[]), []);
        assert_eq!(tree(&[0, 0]).len(), 2);
    }

    proptest! {
        #[test]
        fn areas_are_shares_and_stay_inside(mut values in prop::collection::vec(1i64..1_000_000, 1..20)) {
            values.sort_unstable_by(|one, other| other.cmp(one));
            let total: i64 = values.iter().sum();
            for (tile, value) in tree(&values).iter().zip(&values) {
                let share = *value as f64 / total as f64;
                prop_assert!((tile.w * tile.h / 10_000.0 - share).abs() < 1e-6);
                prop_assert!(tile.x >= -1e-6 && tile.y >= -1e-6);
                prop_assert!(tile.x + tile.w < 100.001 && tile.y + tile.h < 100.001);
            }
        }
    }
}
