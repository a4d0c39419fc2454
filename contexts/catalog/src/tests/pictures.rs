//! What a stranger's file may be, whose pictures are whose, and pictures that are fetched.

use super::{SCHEMAS, seller, shirt};
use crate::picture::{self, FILE_BYTES};
use crate::*;
use base::{Error, Id, Kind, Result};
use image::{DynamicImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use std::io::Cursor;
use store::testing::each;
use store::{Store, Tx};

/// Red above, blue below.
fn flag(width: u32, height: u32) -> DynamicImage {
    let color = |y| if y < height / 2 { Rgb([200, 20, 20]) } else { Rgb([20, 20, 200]) };
    DynamicImage::ImageRgb8(RgbImage::from_fn(width, height, |_, y| color(y)))
}

fn file(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

fn code(outcome: Result<Picture>) -> &'static str {
    outcome.map_or_else(|error| error.fields[0].code, |_| "fine")
}

/// A JPEG with an EXIF block that says how to turn it, and a name that must not stay.
fn turned(orientation: u8) -> Vec<u8> {
    let plain = file(&flag(600, 300), ImageFormat::Jpeg);
    let mut exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    exif.extend([orientation, 0, 0, 0, 0, 0, 0]);
    exif.extend(b"Camera of Jana, 52.5N 13.4E");
    let mut whole = plain[..2].to_vec();
    whole.extend([0xff, 0xe1]);
    whole.extend(u16::try_from(exif.len() + 2).unwrap().to_be_bytes());
    whole.extend(exif);
    whole.extend(&plain[2..]);
    whole
}

#[test]
fn a_photograph_is_kept_in_sizes_as_jpeg() {
    let read = picture::read(&file(&flag(1000, 500), ImageFormat::Png)).unwrap();
    let sizes: Vec<(u32, u32)> = read.files.iter().map(|(address, _)| (address.width, address.height)).collect();
    assert_eq!(sizes, [(240, 120), (480, 240), (960, 480), (1000, 500)]);
    assert_eq!(read.address.sizes(), read.files.iter().map(|(address, _)| address.clone()).collect::<Vec<_>>());
    for (address, bytes) in &read.files {
        let shown = image::load_from_memory_with_format(bytes, ImageFormat::Jpeg).unwrap();
        assert_eq!((shown.width(), shown.height()), (address.width, address.height));
        let top = shown.to_rgb8().get_pixel(10, 10).0;
        assert!(top[0] > 180 && top[2] < 50, "{top:?}");
    }
    let again = picture::read(&file(&flag(1000, 500), ImageFormat::Png)).unwrap();
    assert_eq!(again.address, read.address);
    let large = picture::read(&file(&flag(2000, 6000), ImageFormat::Png)).unwrap();
    assert_eq!((large.address.width, large.address.height), (800, 2400));
}

#[test]
fn every_format_is_read_and_transparency_stays() {
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP, ImageFormat::Gif] {
        let read = picture::read(&file(&flag(64, 32), format)).unwrap();
        assert_eq!((read.address.width, read.address.coding), (64, Coding::Jpeg), "{format:?}");
    }
    let glass = RgbaImage::from_pixel(300, 300, Rgba([0, 90, 0, 120]));
    let read = picture::read(&file(&DynamicImage::ImageRgba8(glass), ImageFormat::WebP)).unwrap();
    assert_eq!((read.address.coding, read.files.len()), (Coding::Png, 2));
    let shown = image::load_from_memory(&read.files[0].1).unwrap().to_rgba8();
    assert_eq!(shown.get_pixel(5, 5).0, [0, 90, 0, 120]);
}

#[test]
fn a_picture_is_turned_upright_and_tells_nothing_about_its_maker() {
    let read = picture::read(&turned(6)).unwrap();
    assert_eq!((read.address.width, read.address.height), (300, 600), "turned by a quarter");
    let shown = image::load_from_memory(&read.files.last().unwrap().1).unwrap().to_rgb8();
    // What was above is at the right now.
    assert!(shown.get_pixel(290, 300).0[0] > 180 && shown.get_pixel(10, 300).0[2] > 180);
    for (_, bytes) in &read.files {
        assert!(!bytes.windows(4).any(|four| four == b"Exif" || four == b"Jana"));
    }
}

#[test]
fn bombs_scripts_and_broken_files_stay_outside() {
    let mut bomb = file(&flag(8, 8), ImageFormat::Png);
    // The header says that it is 50,000 pixels wide and high; its checksum is made anew.
    bomb[16..24].copy_from_slice(&[0, 0, 0xc3, 0x50, 0, 0, 0xc3, 0x50]);
    let sum = crc(&bomb[12..29]);
    bomb[29..33].copy_from_slice(&sum.to_be_bytes());
    let refused = code(picture::read(&bomb));
    assert!(["picture_pixels", "picture_broken"].contains(&refused), "{refused}");
    let svg = b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>";
    assert_eq!(code(picture::read(svg)), "picture_format");
    assert_eq!(code(picture::read(b"")), "picture_format");
    assert_eq!(code(picture::read(b"BM not taken though it is a picture")), "picture_format");
    assert_eq!(code(picture::read(b"GIF89a<script>alert(1)</script>")), "picture_pixels");
    let whole = file(&flag(400, 400), ImageFormat::Png);
    let mut damaged = whole.clone();
    damaged[whole.len() / 2] ^= 0xff;
    let told = picture::read(&damaged).unwrap_err().fields[0].clone();
    assert_eq!(told.code, "picture_broken");
    assert!(!told.message.contains(['{', '_']), "in people's words: {}", told.message);
    assert_eq!(code(picture::read(&whole[..whole.len() / 2])), "picture_cut");
    let mut large = whole.clone();
    large.resize(FILE_BYTES + 1, 0);
    assert_eq!(code(picture::read(&large)), "picture_too_large");
    let mut two = whole;
    two.extend_from_slice(b"<script>alert(1)</script>");
    let read = picture::read(&two).unwrap();
    assert!(read.files.iter().all(|(_, bytes)| !bytes.windows(7).any(|seven| seven == b"<script")));
}

/// Whatever is missing at the end is not made grey: every cut of every kind is refused, whatever stands behind the end is not.
#[test]
fn half_a_picture_is_not_taken_for_a_whole_one() {
    let noise =
        RgbImage::from_fn(120, 90, |x, y| Rgb([(x * 37 + y * 91) as u8, (x * y) as u8, ((x * 7) ^ (y * 13)) as u8]));
    let noise = DynamicImage::ImageRgb8(noise);
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP, ImageFormat::Gif] {
        let whole = file(&noise, format);
        let mut taken = Vec::new();
        for cut in (0..whole.len()).step_by(whole.len() / 97 + 1).chain([whole.len() - 1, whole.len() - 2]) {
            // WebP pads to an even length, which says nothing.
            if picture::read(&whole[..cut]).is_ok() {
                taken.push(cut);
            }
        }
        assert!(taken.is_empty(), "{format:?} of {}: {taken:?}", whole.len());
        let mut behind = whole.clone();
        behind.extend(b"\0\0 thumbnails and what not \xff\xd8");
        assert!(picture::read(&behind).is_ok(), "{format:?}");
    }
    // The field case: a photograph with a small picture of itself in front, cut in the middle.
    let photograph = turned(6);
    assert_eq!(code(picture::read(&photograph[..photograph.len() / 2])), "picture_cut");
}

#[test]
fn what_a_telephone_sends_is_told_by_its_bytes() {
    let box_of = |brand: &[u8; 4]| [&b"\0\0\0\x18ftyp"[..], brand, b"\0\0\0\0mif1miaf", b"rest"].concat();
    for (file, known) in [
        (box_of(b"heic"), "picture_heic"),
        (box_of(b"mif1"), "picture_heic"),
        (box_of(b"avif"), "picture_avif"),
        (b"\0\0\0\x14ftypisom\0\0\0\0mp42".to_vec(), "picture_format"),
        (b"\xff\x0a jxl".to_vec(), "picture_format"),
        (b"%PDF-1.7".to_vec(), "picture_format"),
    ] {
        let error = picture::read(&file).unwrap_err();
        assert_eq!(error.fields[0].code, known, "{:?}", String::from_utf8_lossy(&file));
        assert!(error.fields[0].message.contains("JPEG"), "{}", error.fields[0].message);
    }
}

/// The checksum of a PNG's chunk.
fn crc(bytes: &[u8]) -> u32 {
    let step = |sum: u32| if sum & 1 == 1 { 0xedb8_8320 ^ (sum >> 1) } else { sum >> 1 };
    let fold = |sum: u32, byte: &u8| (0..8).fold(sum ^ u32::from(*byte), |sum, _| step(sum));
    !bytes.iter().fold(u32::MAX, fold)
}

fn address(digit: &str) -> PictureAddress {
    format!("/media/{}/800x600.jpg", digit.repeat(64)).parse().unwrap()
}

#[test]
fn only_addresses_that_the_house_wrote_are_read() {
    let own = address("a");
    assert_eq!(own.key(), format!("aa/{}/800x600.jpg", "a".repeat(64)));
    let sizes: Vec<String> = own.sizes().iter().map(|size| format!("{}x{}", size.width, size.height)).collect();
    assert_eq!(sizes, ["240x180", "480x360", "800x600"]);
    let hash = "a".repeat(64);
    for text in [
        format!("/media/{hash}/../../x.jpg"),
        format!("/media/{hash}/0800x600.jpg"),
        format!("/media/{hash}/+800x600.jpg"),
        format!("/media/{hash}/0x0.jpg"),
        format!("/media/{hash}/800x600.svg"),
        format!("/media/{hash}/800x600.jpg/"),
        format!("/media/{}/800x600.jpg", "A".repeat(64)),
        format!("/media/{}/800x600.jpg", "../".repeat(21)),
        format!("media/{hash}/800x600.jpg"),
        "/media/ä/1x1.jpg".to_owned(),
    ] {
        assert_eq!(text.parse::<PictureAddress>().unwrap_err().code, "unknown_picture", "{text}");
    }
}

fn medium(organisation: i64, digit: &str, source: &str) -> PutMedium {
    PutMedium { organisation, address: address(digit), bytes: 1000, source: source.into() }
}

fn write<T: Send + 'static>(store: &Store, work: impl FnMut(&mut Tx) -> Result<T> + Send + 'static) -> Result<T> {
    store.write_blocking(work)
}

fn images(store: &Store, id: Id<Product>) -> Vec<(String, String)> {
    let page = store.read_blocking(move |db| product(db, id, "en")).unwrap();
    page.images.into_iter().map(|image| (image.url, image.alt)).collect()
}

#[test]
fn a_kept_picture_is_used_by_its_owner_only() {
    each(SCHEMAS, |store| {
        let with = |organisation, url: &PictureAddress| PutProduct {
            organisation,
            images: vec![Image { url: url.to_string(), alt: "front".into() }],
            ..shirt()
        };
        let stranger = with(8, &address("a"));
        write(store, |tx| put_medium(tx, &medium(7, "a", ""))).unwrap();
        write(store, |tx| put_medium(tx, &medium(7, "a", ""))).unwrap();
        let own = with(7, &address("a"));
        let id = write(store, move |tx| put_product(tx, &own)).unwrap().id;
        let refused = write(store, move |tx| put_product(tx, &stranger)).unwrap_err();
        assert_eq!((refused.fields[0].name.as_str(), refused.fields[0].code), ("images", "unknown_picture"));
        let unknown = vec![Image { url: address("b").to_string(), alt: String::new() }];
        let refused = write(store, move |tx| set_images(tx, id, &unknown)).unwrap_err();
        assert_eq!(refused.fields[0].code, "unknown_picture");
        let denied = store.write_as_blocking(seller(8), move |tx| set_images(tx, id, &[])).unwrap_err();
        assert_eq!(denied.kind, Kind::Denied);
        assert_eq!(images(store, id), [(address("a").to_string(), "front".to_owned())]);
        write(store, move |tx| set_images(tx, id, &[])).unwrap();
        assert!(images(store, id).is_empty());
    });
}

const DAY: i64 = 86_400;

fn unused(store: &Store) -> Vec<String> {
    let mut hashes = write(store, |tx| claim_unused(tx, 10)).unwrap();
    hashes.sort();
    hashes.into_iter().map(|hash| hash[..1].to_owned()).collect()
}

#[test]
fn pictures_that_no_product_names_go_after_a_month() {
    each(SCHEMAS, |store| {
        for digit in ["a", "b", "c", "d", "e"] {
            write(store, move |tx| put_medium(tx, &medium(7, digit, ""))).unwrap();
        }
        let image = |digit| Image { url: address(digit).to_string(), alt: String::new() };
        let own = PutProduct { images: vec![image("a"), image("b")], ..shirt() };
        let id = write(store, move |tx| put_product(tx, &own)).unwrap().id;
        let text = format!("<p><img src=\"{}\" alt=\"\"></p>", address("c"));
        let told = PutProduct { description_html: Some(text), ..shirt() };
        write(store, move |tx| put_product(tx, &told)).unwrap();
        store.clock().advance_seconds((UNUSED_DAYS - 1) * DAY);
        assert!(unused(store).is_empty(), "too young");
        write(store, |tx| put_medium(tx, &medium(7, "e", ""))).unwrap();
        // The cover and another are taken off; from now on they are unused.
        let other = vec![Image { url: address("c").to_string(), alt: String::new() }];
        write(store, move |tx| set_images(tx, id, &other)).unwrap();
        store.clock().advance_seconds(2 * DAY);
        assert_eq!(
            unused(store),
            ["d"],
            "sent and never used; not what was sent again, named in a text or just taken off"
        );
        store.clock().advance_seconds((UNUSED_DAYS - 2) * DAY);
        assert_eq!(unused(store), ["b", "d", "e"], "`d` was never recorded as gone, the cover `a` stands in orders");

        let back = vec![image("b")];
        let refused = write(store, move |tx| set_images(tx, id, &back)).unwrap_err();
        assert_eq!(refused.fields[0].code, "unknown_picture", "nobody names what goes");
        let again = write(store, |tx| put_medium(tx, &medium(7, "b", ""))).unwrap_err();
        assert_eq!(again.fields[0].code, "picture_going", "its files may be removed behind whoever found them");
        let gone: Vec<String> = ["b", "d", "e"].map(|digit| address(digit).hash).into();
        write(store, move |tx| record_gone(tx, &gone)).unwrap();
        assert_eq!(write(store, |tx| forget_gone(tx, 10)).unwrap(), 0);
        store.clock().advance_seconds(3600);
        assert!(unused(store).is_empty());
        assert_eq!(write(store, |tx| forget_gone(tx, 10)).unwrap(), 3);
        write(store, |tx| put_medium(tx, &medium(7, "b", ""))).unwrap();
        let back = vec![image("b")];
        write(store, move |tx| set_images(tx, id, &back)).unwrap();
        assert_eq!(images(store, id).len(), 1);
    });
}

const FRONT: &str = "https://cdn.example/front.jpg";
const BACK: &str = "https://cdn.example/back.jpg";

/// A shirt with pictures on another machine: two of its own, one of a variant, one in its description.
fn remote() -> PutProduct {
    let mut put = shirt();
    put.description_html = Some(format!("<p>Soft. <img src=\"{FRONT}\" alt=\"it\"></p>"));
    put.images = [(FRONT, "front"), (BACK, "")].map(|(url, alt)| Image { url: url.into(), alt: alt.into() }).into();
    put.variants[0].image = Some(BACK.into());
    put
}

fn claim(store: &Store) -> Vec<Fetch> {
    let all = |tx: &mut Tx| {
        let mut claimed = Vec::new();
        for organisation in due_fetches(tx)? {
            claimed.extend(claim_fetches(tx, organisation, 10)?);
        }
        Ok(claimed)
    };
    write(store, all).unwrap()
}

#[test]
fn what_lies_elsewhere_is_fetched_once_and_then_named_by_its_own_address() {
    each(SCHEMAS, |store| {
        assert!(claim(store).is_empty());
        let id = write(store, |tx| put_product(tx, &remote())).unwrap().id;
        write(store, |tx| put_product(tx, &remote())).unwrap();
        let claimed = claim(store);
        assert_eq!(claimed.len(), 1, "a product, not a picture, is on the list");
        assert_eq!(claimed[0].sources, [FRONT, BACK]);
        assert!(claim(store).is_empty(), "given out once");
        let fetch = claimed[0].clone();
        let came = vec![(FRONT.to_owned(), Ok(medium(7, "a", FRONT))), (BACK.to_owned(), Ok(medium(7, "b", BACK)))];
        write(store, move |tx| record_fetches(tx, &fetch, &came)).unwrap();
        let (front, back) = (address("a").to_string(), address("b").to_string());
        assert_eq!(images(store, id), [(front.clone(), "front".to_owned()), (back.clone(), String::new())]);
        let page = store.read_blocking(move |db| product(db, id, "en")).unwrap();
        assert_eq!(page.variants[0].image, back);
        assert_eq!(page.description_html, format!("<p>Soft. <img src=\"{front}\" alt=\"it\"></p>"));
        assert_eq!(store.read_blocking(move |db| fetch_state(db, id)).unwrap(), FetchState::default());
        let again = write(store, |tx| put_product(tx, &remote())).unwrap();
        assert_eq!(again.change, Change::Unchanged, "the same file again changes nothing");
        store.clock().advance_seconds(10_000);
        assert!(claim(store).is_empty());
    });
}

#[test]
fn what_cannot_be_fetched_is_remembered_and_tried_a_few_times() {
    each(SCHEMAS, |store| {
        let id = write(store, |tx| put_product(tx, &remote())).unwrap().id;
        for attempt in 1..=fetch::ATTEMPTS {
            let fetch = claim(store).pop().unwrap_or_else(|| panic!("attempt {attempt}"));
            let silent = || Err(Error::unavailable("fetch_failed", "The other machine does not answer in time."));
            let came = vec![(FRONT.to_owned(), silent()), (BACK.to_owned(), silent())];
            write(store, move |tx| record_fetches(tx, &fetch, &came)).unwrap();
            let state = store.read_blocking(move |db| fetch_state(db, id)).unwrap();
            assert_eq!((state.faults.len(), state.faults[0].code.as_str()), (2, "fetch_failed"));
            assert_eq!((state.open, state.due_at.is_some()), (true, attempt < fetch::ATTEMPTS));
            assert!(claim(store).is_empty(), "not at once");
            store.clock().advance_seconds(3 * 3600);
        }
        assert!(claim(store).is_empty(), "given up");
        write(store, move |tx| fetch_again(tx, id)).unwrap();
        let fetch = claim(store).pop().unwrap();
        let broken = || Err(Error::field("pictures", "picture_format", "Choose a JPEG, PNG, WebP or GIF file."));
        let came = vec![(FRONT.to_owned(), broken()), (BACK.to_owned(), Ok(medium(7, "b", BACK)))];
        write(store, move |tx| record_fetches(tx, &fetch, &came)).unwrap();
        let state = store.read_blocking(move |db| fetch_state(db, id)).unwrap();
        assert_eq!(
            (state.open, state.due_at, state.faults.len()),
            (true, None, 1),
            "a wrong file does not mend itself"
        );
        assert_eq!(state.faults[0].source, FRONT);
    });
}

#[test]
fn a_product_put_again_while_it_is_fetched_is_fetched_again() {
    each(SCHEMAS, |store| {
        let id = write(store, |tx| put_product(tx, &remote())).unwrap().id;
        let fetch = claim(store).pop().unwrap();
        store.clock().advance_seconds(1);
        let mut more = remote();
        more.images.push(Image { url: "https://cdn.example/side.jpg".into(), alt: String::new() });
        write(store, move |tx| put_product(tx, &more)).unwrap();
        let came = vec![(FRONT.to_owned(), Ok(medium(7, "a", FRONT))), (BACK.to_owned(), Ok(medium(7, "b", BACK)))];
        write(store, move |tx| record_fetches(tx, &fetch, &came)).unwrap();
        let second = claim(store).pop().unwrap();
        assert_eq!((second.product, second.sources), (id, vec!["https://cdn.example/side.jpg".to_owned()]));
        let denied = store.write_as_blocking(seller(8), move |tx| fetch_again(tx, id)).unwrap_err();
        assert_eq!(denied.kind, Kind::Denied);
    });
}

#[test]
fn a_variant_is_found_by_its_id_and_a_text_can_be_taken_off() {
    each(SCHEMAS, |store| {
        let first = write(store, |tx| put_product(tx, &shirt())).unwrap();
        let (id, small) = (first.id, first.variants[0]);
        let renamed = |name: &str| {
            let options = [name.to_owned(), String::new(), String::new()];
            let variants =
                vec![PutVariant { id: Some(small), options, sku: Some("X".into()), ..PutVariant::default() }];
            PutProduct { variants, ..shirt() }
        };
        let put = renamed("Small");
        assert_eq!(write(store, move |tx| put_product(tx, &put)).unwrap().variants, [small]);
        let put = renamed("M");
        let refused = write(store, move |tx| put_product(tx, &put)).unwrap_err();
        assert_eq!((refused.fields[0].name.as_str(), refused.fields[0].code), ("variants[0].options", "variant_twice"));
        let german = PutText { language: "de".into(), title: Some("Hemd".into()), ..PutText::default() };
        let put = PutProduct { texts: vec![german], variants: Vec::new(), ..shirt() };
        write(store, move |tx| put_product(tx, &put)).unwrap();
        assert!(write(store, move |tx| remove_text(tx, id, "de")).unwrap());
        assert!(!write(store, move |tx| remove_text(tx, id, "de")).unwrap());
        let free = write(store, |tx| free_handle(tx, 7, "T shirt")).unwrap();
        assert!(free.starts_with("t-shirt-") && free.len() > 8, "{free}");
        assert_eq!(write(store, |tx| free_handle(tx, 8, "T shirt")).unwrap(), "t-shirt");
    });
}
