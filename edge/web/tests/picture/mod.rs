//! Pictures to be sent.

/// A PNG of one colour.
pub fn png(width: u32, height: u32, red: u8) -> Vec<u8> {
    let mut file = std::io::Cursor::new(Vec::new());
    let pixels = image::RgbImage::from_pixel(width, height, image::Rgb([red, 90, 30]));
    pixels.write_to(&mut file, image::ImageFormat::Png).unwrap();
    file.into_inner()
}
