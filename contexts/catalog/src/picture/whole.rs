//! Whether a picture's file arrived whole, and what to do with one of a kind that is not taken. By the bytes alone: a decoder fills
//! what is missing with grey, and names lie.

use base::Error;
use image::ImageFormat;

/// Whether the file has its own end. What stands behind that is left aside, as readers of pictures do.
pub(super) fn is_whole(format: ImageFormat, file: &[u8]) -> bool {
    let ended = match format {
        ImageFormat::Jpeg => jpeg(file),
        ImageFormat::Png => png(file),
        ImageFormat::Gif => gif(file),
        ImageFormat::WebP => webp(file),
        _ => Some(()),
    };
    ended.is_some()
}

/// JPEG (ITU-T T.81, annex B): segments with their lengths up to a scan, scans up to a marker, to the end of image.
fn jpeg(file: &[u8]) -> Option<()> {
    let mut at = 2;
    loop {
        let (marker, next) = marker(file, at)?;
        at = next;
        match marker {
            0xd9 => return Some(()),
            0x01 | 0xd0..=0xd7 => {}
            _ => {
                let length = u16::from_be_bytes([*file.get(at)?, *file.get(at + 1)?]);
                at = at.checked_add(usize::from(length.max(2)))?;
                if marker == 0xda {
                    at = scan(file, at)?;
                }
            }
        }
    }
}

/// The marker at or behind `at` and where it ends; bytes between segments are passed over.
fn marker(file: &[u8], mut at: usize) -> Option<(u8, usize)> {
    loop {
        at += file.get(at..)?.iter().position(|byte| *byte == 0xff)?;
        at += file[at..].iter().position(|byte| *byte != 0xff)?;
        match file[at] {
            0 => at += 1,
            marker => return Some((marker, at + 1)),
        }
    }
}

/// Where the next marker of a scan begins: stuffed zeros and restarts belong to the scan.
fn scan(file: &[u8], mut at: usize) -> Option<usize> {
    loop {
        at += file.get(at..)?.iter().position(|byte| *byte == 0xff)?;
        match *file.get(at + 1)? {
            0 | 0xd0..=0xd7 => at += 2,
            0xff => at += 1,
            _ => return Some(at),
        }
    }
}

/// PNG (ISO/IEC 15948): chunks with their lengths, to IEND.
fn png(file: &[u8]) -> Option<()> {
    let mut at = 8;
    loop {
        let length = u32::from_be_bytes(file.get(at..at + 4)?.try_into().ok()?);
        let kind = file.get(at + 4..at + 8)?;
        let end = at.checked_add(usize::try_from(length).ok()?)?.checked_add(12)?;
        file.get(end - 4..end)?;
        if kind == b"IEND" {
            return Some(());
        }
        at = end;
    }
}

/// GIF 89a: the screen and its colours, then blocks to the trailer.
fn gif(file: &[u8]) -> Option<()> {
    let colours = |flags: u8| if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) };
    let mut at = 13 + colours(*file.get(10)?);
    loop {
        match *file.get(at)? {
            0x3b => return Some(()),
            0x21 => at = blocks(file, at + 2)?,
            0x2c => at = blocks(file, at + 11 + colours(*file.get(at + 9)?))?,
            // Padding, as some writers leave behind the last block.
            0 => at += 1,
            _ => return None,
        }
    }
}

/// Behind the sub-blocks that begin at `at`.
fn blocks(file: &[u8], mut at: usize) -> Option<usize> {
    loop {
        match usize::from(*file.get(at)?) {
            0 => return Some(at + 1),
            length => at += length + 1,
        }
    }
}

/// WebP: a RIFF file says how long it is.
fn webp(file: &[u8]) -> Option<()> {
    let length = u32::from_le_bytes(file.get(4..8)?.try_into().ok()?);
    file.get(..usize::try_from(length).ok()?.checked_add(8)?).map(|_| ())
}

/// Why a file is not taken: a photograph of a telephone has another way out than a text.
pub(super) fn untaken(file: &[u8]) -> Error {
    let (code, say) = match kind(file) {
        Some("AVIF") => ("picture_avif", "This is an AVIF file, which cannot be read here: save it as JPEG or PNG.".to_owned()),
        Some("HEIC") => (
            "picture_heic",
            "This is a HEIC photograph, which cannot be read here: save it as JPEG (an iPhone does so under Settings, Camera, \
             Formats, Most Compatible)."
                .to_owned(),
        ),
        Some(other) => ("picture_format", format!("This is a file of the kind {other}: choose a JPEG, PNG, WebP or GIF file.")),
        None => ("picture_format", "Choose a JPEG, PNG, WebP or GIF file.".to_owned()),
    };
    Error::field("pictures", code, say)
}

/// The name of a kind that people send and that is not taken.
fn kind(file: &[u8]) -> Option<&'static str> {
    if file.get(4..8) == Some(b"ftyp") {
        let length = u32::from_be_bytes(file.get(..4)?.try_into().ok()?);
        let brands = file.get(8..usize::try_from(length).ok()?.min(file.len()).min(64))?;
        let any = |names: &[&[u8; 4]]| brands.chunks(4).any(|brand| names.iter().any(|name| brand == *name));
        return match () {
            () if any(&[b"avif", b"avis"]) => Some("AVIF"),
            () if any(&[b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"]) => Some("HEIC"),
            () => Some("MP4"),
        };
    }
    let begins: [(&[u8], &'static str); 8] = [
        (b"\xff\x0a", "JPEG XL"),
        (b"\x00\x00\x00\x0cJXL ", "JPEG XL"),
        (b"II*\x00", "TIFF"),
        (b"MM\x00*", "TIFF"),
        (b"BM", "BMP"),
        (b"8BPS", "Photoshop"),
        (b"%PDF", "PDF"),
        (b"<svg", "SVG"),
    ];
    begins.into_iter().find(|(magic, _)| file.starts_with(magic)).map(|(_, name)| name)
}
