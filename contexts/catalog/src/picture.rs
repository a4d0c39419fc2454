//! Pictures on their way in: what a stranger's file may be, and the sizes in which it is kept. Pure: no database, no disk.
//!
//! A file is told by its first bytes, measured before it is decoded, turned upright, and written anew: whatever else it
//! carried (place and camera, a second file behind the first) stays outside.

mod whole;

use base::{Error, Result};
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::imageops::FilterType as Scaling;
use image::{DynamicImage, ImageDecoder, ImageEncoder, ImageError, ImageFormat, ImageReader, Limits};
use sha2::{Digest, Sha256};
use std::fmt;
use std::io::Cursor;
use std::str::FromStr;

/// Largest file.
pub const FILE_BYTES: usize = 20 * 1024 * 1024;
/// Most pixels: a bomb is small as a file and large as a picture.
pub const PIXELS: u64 = 60_000_000;
/// Most that a decoder may allocate: twice the pixels above at four bytes.
const DECODER_BYTES: u64 = 512 * 1024 * 1024;
/// Widths in which a picture is kept, as far as it is as wide itself.
const WIDTHS: [u32; 4] = [240, 480, 960, 1600];
/// A tall picture is kept at most this high.
const HEIGHT: u32 = 2400;
/// Of JPEG: what is lost is not seen at these sizes.
const QUALITY: u8 = 82;
/// Changes with the way in which pictures are written: the same file then gets another address.
const RECIPE: &[u8] = b"entrepot picture 1\n";
/// Colour profiles are small; a larger one is a hiding place.
const PROFILE_BYTES: usize = 64 * 1024;

/// How a kept picture is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Coding {
    /// Without transparency.
    Jpeg,
    /// With transparency.
    Png,
}

impl Coding {
    /// In names of files.
    pub fn extension(self) -> &'static str {
        match self {
            Coding::Jpeg => "jpg",
            Coding::Png => "png",
        }
    }

    /// Media type.
    pub fn mime(self) -> &'static str {
        match self {
            Coding::Jpeg => "image/jpeg",
            Coding::Png => "image/png",
        }
    }
}

/// Which kept picture, and how large: written `/media/{hash}/{width}x{height}.{extension}`, it is its own address, so that a
/// page needs no look-up to name every size.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PictureAddress {
    /// 64 hex digits: SHA-256 of the file that came in, and of the recipe.
    pub hash: String,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// How it is written.
    pub coding: Coding,
}

impl PictureAddress {
    /// Every size in which this picture is kept, smallest first; the last is the largest, `self` as products name it.
    pub fn sizes(&self) -> Vec<PictureAddress> {
        let smaller = WIDTHS.into_iter().filter(|width| *width < self.width);
        let mut sizes: Vec<PictureAddress> = smaller.map(|width| self.at_width(width)).collect();
        sizes.push(self.clone());
        sizes
    }

    fn at_width(&self, width: u32) -> PictureAddress {
        let height = (u64::from(self.height) * u64::from(width) + u64::from(self.width) / 2) / u64::from(self.width);
        PictureAddress { width, height: u32::try_from(height).unwrap_or(u32::MAX).max(1), ..self.clone() }
    }

    /// Its name in the storage; the folders keep each of them small.
    pub fn key(&self) -> String {
        let PictureAddress { hash, width, height, coding } = self;
        format!("{}/{hash}/{width}x{height}.{}", &hash[..2], coding.extension())
    }
}

impl fmt::Display for PictureAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "/media/{}/{}x{}.{}", self.hash, self.width, self.height, self.coding.extension())
    }
}

impl FromStr for PictureAddress {
    type Err = Error;

    /// Only what [`PictureAddress`] itself writes: nothing else reaches a storage.
    fn from_str(text: &str) -> Result<PictureAddress> {
        let read = || {
            let (hash, name) = text.strip_prefix("/media/")?.split_once('/')?;
            let (size, extension) = name.split_once('.')?;
            let (width, height) = size.split_once('x')?;
            let coding = [Coding::Jpeg, Coding::Png].into_iter().find(|coding| coding.extension() == extension)?;
            let hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
            let whole = hash.len() == 64 && hash.bytes().all(hex);
            let (width, height) = (width.parse().ok()?, height.parse().ok()?);
            let address = PictureAddress { hash: hash.to_owned(), width, height, coding };
            (whole && width > 0 && height > 0 && address.to_string() == text).then_some(address)
        };
        read().ok_or_else(|| Error::not_found("unknown_picture", "There is no such picture."))
    }
}

/// A picture as it is kept.
#[derive(Clone, Debug)]
pub struct Picture {
    /// Its largest size.
    pub address: PictureAddress,
    /// Every size with its file, smallest first.
    pub files: Vec<(PictureAddress, Vec<u8>)>,
}

impl Picture {
    /// Bytes of all its files.
    pub fn bytes(&self) -> i64 {
        self.files.iter().map(|(_, file)| file.len() as i64).sum()
    }
}

/// Reads a stranger's file. Takes about a second for a large photograph: call it away from the threads that serve.
/// Errors: `picture_too_large`, `picture_format`, `picture_heic`, `picture_avif`, `picture_cut`, `picture_pixels`, `picture_broken`.
pub fn read(file: &[u8]) -> Result<Picture> {
    if file.len() > FILE_BYTES {
        return Err(Error::field("pictures", "picture_too_large", "Choose a picture of at most 20 MB."));
    }
    let (image, profile) = decoded(file)?;
    let (image, coding) = coded(image);
    let digest = Sha256::new().chain_update(RECIPE).chain_update(file).finalize();
    let hash = base::hex::digits(&digest);
    let (width, height) = fitted(image.width(), image.height());
    let address = PictureAddress { hash, width, height, coding };
    let mut files = Vec::new();
    let mut larger = image;
    for size in address.sizes().into_iter().rev() {
        larger = scaled(&larger, size.width, size.height);
        files.insert(0, (size, encoded(&larger, coding, profile.as_deref())?));
    }
    Ok(Picture { address, files })
}

/// What a decoder says of it helps nobody who sends pictures.
fn broken(_: ImageError) -> Error {
    let say = "This picture is damaged and cannot be read: save it anew, or choose another.";
    Error::field("pictures", "picture_broken", say)
}

/// The picture upright, and its colour profile.
fn decoded(file: &[u8]) -> Result<(DynamicImage, Option<Vec<u8>>)> {
    let taken = [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP, ImageFormat::Gif];
    let format = image::guess_format(file).ok().filter(|format| taken.contains(format));
    let format = format.ok_or_else(|| whole::untaken(file))?;
    let mut reader = ImageReader::with_format(Cursor::new(file), format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(DECODER_BYTES);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(broken)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > PIXELS {
        let say = "Choose a picture of at most 60 million pixels.";
        return Err(Error::field("pictures", "picture_pixels", say));
    }
    // Decoders make grey of what is missing.
    if !whole::is_whole(format, file) {
        let say = "This picture did not arrive whole: send it again, or save it anew first.";
        return Err(Error::field("pictures", "picture_cut", say));
    }
    let upright = decoder.orientation().map_err(broken)?;
    let profile = decoder.icc_profile().ok().flatten();
    // A profile of another colour space (grey, CMYK) does not fit what is written.
    let profile = profile.filter(|profile| profile.len() <= PROFILE_BYTES && profile.get(16..20) == Some(b"RGB "));
    let mut image = DynamicImage::from_decoder(decoder).map_err(broken)?;
    image.apply_orientation(upright);
    Ok((image, profile))
}

/// Eight bits a channel; transparency is kept where there is some.
fn coded(image: DynamicImage) -> (DynamicImage, Coding) {
    if !image.color().has_alpha() {
        return (DynamicImage::ImageRgb8(image.into_rgb8()), Coding::Jpeg);
    }
    let pixels = image.into_rgba8();
    if pixels.pixels().any(|pixel| pixel.0[3] < 255) {
        return (DynamicImage::ImageRgba8(pixels), Coding::Png);
    }
    (DynamicImage::ImageRgb8(DynamicImage::ImageRgba8(pixels).into_rgb8()), Coding::Jpeg)
}

/// The largest size that is kept of a picture.
fn fitted(width: u32, height: u32) -> (u32, u32) {
    let (w, h) = (u64::from(width), u64::from(height));
    let widest = u64::from(WIDTHS[WIDTHS.len() - 1]).min(w).min((u64::from(HEIGHT) * w / h).max(1));
    let high = ((h * widest + w / 2) / w).clamp(1, u64::from(HEIGHT));
    (u32::try_from(widest).unwrap_or(width), u32::try_from(high).unwrap_or(height))
}

/// Far too large pictures are halved quickly first, the last step is done well.
fn scaled(image: &DynamicImage, width: u32, height: u32) -> DynamicImage {
    if (image.width(), image.height()) == (width, height) {
        return image.clone();
    }
    if image.width() > width.saturating_mul(4) && image.height() > height.saturating_mul(4) {
        return image.thumbnail_exact(width * 2, height * 2).resize_exact(width, height, Scaling::CatmullRom);
    }
    image.resize_exact(width, height, Scaling::CatmullRom)
}

fn encoded(image: &DynamicImage, coding: Coding, profile: Option<&[u8]>) -> Result<Vec<u8>> {
    let mut file = Vec::new();
    let (bytes, width, height, color) = (image.as_bytes(), image.width(), image.height(), image.color());
    match coding {
        Coding::Jpeg => {
            let mut encoder = JpegEncoder::new_with_quality(&mut file, QUALITY);
            drop(profile.map(|profile| encoder.set_icc_profile(profile.to_vec())));
            encoder.write_image(bytes, width, height, color.into()).map_err(Error::internal)?;
        }
        Coding::Png => {
            let mut encoder = PngEncoder::new_with_quality(&mut file, CompressionType::Default, FilterType::Adaptive);
            drop(profile.map(|profile| encoder.set_icc_profile(profile.to_vec())));
            encoder.write_image(bytes, width, height, color.into()).map_err(Error::internal)?;
        }
    }
    Ok(file)
}
