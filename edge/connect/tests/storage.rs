//! A small S3 and small strangers on loopback: what is asked of them, and what is taken from them.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

use base::Kind;
use bytes::Bytes;
use connect::{Fetcher, Media, Peers, S3};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;

/// A request as the other side saw it.
#[derive(Clone, Debug, Default)]
struct Asked {
    method: String,
    path: String,
    headers: BTreeMap<String, String>,
    body: Vec<u8>,
}

/// What the other side answers.
struct Reply {
    status: &'static str,
    headers: String,
    body: Vec<u8>,
}

fn reply(status: &'static str, body: &[u8]) -> Reply {
    Reply { status, headers: String::new(), body: body.to_vec() }
}

/// A server on loopback; its address.
async fn serve(answer: impl Fn(&Asked) -> Reply + Send + Sync + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let answer = Arc::new(answer);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let answer = answer.clone();
            tokio::spawn(async move {
                let mut stream = BufReader::new(stream);
                while let Some(asked) = read(&mut stream).await {
                    let Reply { status, headers, body } = answer(&asked);
                    let length = match headers.contains("content-length") {
                        true => String::new(),
                        false => format!("content-length: {}\r\n", body.len()),
                    };
                    let head = format!("HTTP/1.1 {status}\r\n{length}{headers}\r\n");
                    let body = if asked.method == "HEAD" { &[] } else { body.as_slice() };
                    if stream.write_all(&[head.as_bytes(), body].concat()).await.is_err() {
                        return;
                    }
                }
            });
        }
    });
    address
}

async fn read(stream: &mut BufReader<tokio::net::TcpStream>) -> Option<Asked> {
    let mut asked = Asked::default();
    let mut line = String::new();
    stream.read_line(&mut line).await.ok().filter(|bytes| *bytes > 0)?;
    let mut words = line.split_whitespace().map(str::to_owned);
    (asked.method, asked.path) = (words.next()?, words.next()?);
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).await.ok()?;
        let Some((name, value)) = line.trim().split_once(':') else { break };
        asked.headers.insert(name.to_lowercase(), value.trim().to_owned());
    }
    let length = asked.headers.get("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
    asked.body = vec![0; length];
    stream.read_exact(&mut asked.body).await.ok()?;
    Some(asked)
}

type Objects = Arc<Mutex<BTreeMap<String, Vec<u8>>>>;
type Log = Arc<Mutex<Vec<Asked>>>;

/// Enough of S3: PUT, GET, HEAD, DELETE of objects, and one page of a list.
async fn small_s3() -> (String, Objects, Log) {
    let (objects, log): (Objects, Log) = Default::default();
    let (kept, seen) = (objects.clone(), log.clone());
    let answer = move |asked: &Asked| {
        seen.lock().unwrap().push(asked.clone());
        let mut objects = kept.lock().unwrap();
        let (path, query) = asked.path.split_once('?').unwrap_or((&asked.path, ""));
        let stamp = "etag: \"1\"\r\nlast-modified: Fri, 20 Nov 2026 09:00:00 GMT\r\n";
        let stamped = |status, body: &[u8]| Reply { headers: stamp.into(), ..reply(status, body) };
        match (asked.method.as_str(), objects.get(path)) {
            ("PUT", _) => {
                objects.insert(path.to_owned(), asked.body.clone());
                stamped("200 OK", b"")
            }
            ("GET", _) if query.contains("list-type=2") => reply("200 OK", list(&objects).as_bytes()),
            ("GET" | "HEAD", Some(body)) => stamped("200 OK", body),
            ("DELETE", _) => {
                objects.remove(path);
                reply("204 No Content", b"")
            }
            _ => reply("404 Not Found", b""),
        }
    };
    (serve(answer).await, objects, log)
}

fn list(objects: &BTreeMap<String, Vec<u8>>) -> String {
    let entry = |(path, body): (&String, &Vec<u8>)| {
        let key = path.trim_start_matches("/pictures/");
        format!(
            "<Contents><Key>{key}</Key><Size>{}</Size><LastModified>2026-11-20T09:00:00Z</LastModified><ETag>1</ETag></Contents>",
            body.len()
        )
    };
    let entries: String = objects.iter().map(entry).collect();
    format!("<?xml version=\"1.0\"?><ListBucketResult><IsTruncated>false</IsTruncated>{entries}</ListBucketResult>")
}

fn settings(endpoint: &str) -> S3 {
    S3 {
        bucket: "pictures".into(),
        prefix: "shop/one".into(),
        endpoint: Some(endpoint.to_owned()),
        region: "eu-central-1".into(),
        key_id: "AKTEST".into(),
        secret: "very secret".parse().unwrap(),
    }
}

#[tokio::test]
async fn files_are_written_read_and_removed_over_s3_and_every_request_is_signed() {
    let (endpoint, objects, log) = small_s3().await;
    let media = Media::s3(&Peers::new(true), &settings(&endpoint)).unwrap();
    media.check().await.unwrap();
    assert!(objects.lock().unwrap().is_empty(), "the probe is gone");
    media.keep("ab/file.jpg", Bytes::from_static(b"picture")).await.unwrap();
    assert_eq!(media.get("ab/file.jpg").await.unwrap(), Some(Bytes::from_static(b"picture")));
    assert_eq!(media.get("ab/other.jpg").await.unwrap(), None);
    assert_eq!(objects.lock().unwrap().keys().collect::<Vec<_>>(), ["/pictures/shop/one/ab/file.jpg"]);
    media.keep("ab/file.jpg", Bytes::from_static(b"picture")).await.unwrap();
    let log = log.lock().unwrap();
    let methods: Vec<&str> = log.iter().map(|asked| asked.method.as_str()).collect();
    assert_eq!(methods, ["PUT", "GET", "DELETE", "HEAD", "PUT", "GET", "GET", "HEAD"], "one that is there is not sent");
    for asked in log.iter() {
        let signed = &asked.headers["authorization"];
        assert!(signed.starts_with("AWS4-HMAC-SHA256 Credential=AKTEST/") && signed.contains("Signature="), "{signed}");
        assert!(signed.contains("/eu-central-1/s3/aws4_request"), "{signed}");
        assert!(!format!("{asked:?}").contains("very secret"));
    }
}

#[tokio::test]
async fn a_storage_moves_to_another_whole() {
    let (endpoint, objects, _) = small_s3().await;
    let folder = tempfile::tempdir().unwrap();
    let (files, s3) = (
        Media::folder(&folder.path().join("media")).unwrap(),
        Media::s3(&Peers::new(true), &settings(&endpoint)).unwrap(),
    );
    files.check().await.unwrap();
    for (key, text) in [("aa/1.jpg", "one"), ("bb/2.png", "two")] {
        files.keep(key, text.into()).await.unwrap();
    }
    assert_eq!(files.copy_to(&s3).await.unwrap(), 2);
    assert_eq!(objects.lock().unwrap()["/pictures/shop/one/bb/2.png"], b"two");
    let back = Media::folder(&folder.path().join("back")).unwrap();
    assert_eq!(s3.copy_to(&back).await.unwrap(), 2);
    assert_eq!(std::fs::read(folder.path().join("back/aa/1.jpg")).unwrap(), b"one");
    for wrong in ["../outside", "a//b", "/"] {
        assert!(back.get(wrong).await.is_err() || back.get(wrong).await.unwrap().is_none(), "{wrong}");
    }
}

#[tokio::test]
async fn a_storage_is_reached_as_peers_allow() {
    let code = |outcome: base::Result<Media>| outcome.err().map(|error| error.fields[0].code);
    let plain = settings("http://127.0.0.1:9");
    assert_eq!(code(Media::s3(&Peers::new(false), &plain)), Some("url_not_https"));
    assert_eq!(code(Media::s3(&Peers::new(true), &settings("http://10.0.0.1"))), Some("url_not_https"));
    assert_eq!(code(Media::s3(&Peers::new(false), &settings("https://10.0.0.1"))), None, "the operator's own");
    let nameless = S3 { secret: "".parse().unwrap(), ..plain };
    assert_eq!(code(Media::s3(&Peers::new(true), &nameless)), Some("required"));
    let endpoint = serve(|_| reply("403 Forbidden", b"<Error><Code>AccessDenied</Code></Error>")).await;
    let refused = Media::s3(&Peers::new(true), &settings(&endpoint)).unwrap().check().await.unwrap_err();
    assert_eq!((refused.kind, refused.code), (Kind::Unavailable, "media_storage"));
}

#[tokio::test]
async fn a_strangers_file_is_kept_in_every_size() {
    let media = Media::memory();
    let mut file = std::io::Cursor::new(Vec::new());
    image::RgbImage::from_pixel(500, 400, image::Rgb([9, 99, 9])).write_to(&mut file, image::ImageFormat::Png).unwrap();
    let file = Bytes::from(file.into_inner());
    let medium = media.take(7, file.clone(), "").await.unwrap();
    assert_eq!((medium.address.width, medium.address.height, medium.organisation), (500, 400, 7));
    for size in medium.address.sizes() {
        assert!(media.get(&size.key()).await.unwrap().is_some(), "{size}");
    }
    assert_eq!(media.take(7, file, "").await.unwrap(), medium);
    let refused = media.take(7, Bytes::from_static(b"<svg/>"), "").await.unwrap_err();
    assert_eq!(refused.fields[0].code, "picture_format");
}

/// A stranger's machine.
async fn stranger() -> String {
    serve(|asked| match asked.path.as_str() {
        "/picture" => reply("200 OK", b"a picture"),
        "/large" => reply("200 OK", &[7; 3000]),
        "/lies" => Reply { headers: "content-length: 5000000\r\n".into(), ..reply("200 OK", b"") },
        "/moved" => Reply { headers: "location: /picture\r\n".into(), ..reply("302 Found", b"") },
        "/round" => Reply { headers: "location: /round\r\n".into(), ..reply("302 Found", b"") },
        "/inside" => Reply { headers: "location: https://10.0.0.5/admin\r\n".into(), ..reply("302 Found", b"") },
        "/plain" => Reply { headers: "location: http://example.com/\r\n".into(), ..reply("301 Moved", b"") },
        "/broken" => reply("500 Internal Server Error", b""),
        _ => reply("404 Not Found", b""),
    })
    .await
}

#[tokio::test]
async fn strangers_are_asked_with_care() {
    let (base, fetcher) = (stranger().await, Fetcher::new(Peers::new(true)).unwrap());
    let fetch = async |path: &str| {
        let outcome = fetcher.fetch(&format!("{base}{path}"), 2000).await;
        outcome.map_err(|error| error.fields.first().map_or(error.code, |field| field.code))
    };
    assert_eq!(fetch("/picture").await, Ok(Bytes::from_static(b"a picture")));
    assert_eq!(fetch("/moved").await, Ok(Bytes::from_static(b"a picture")));
    for (path, code) in [
        ("/nothing", "fetch_missing"),
        ("/large", "fetch_too_large"),
        ("/lies", "fetch_too_large"),
        ("/round", "fetch_failed"),
        ("/broken", "fetch_failed"),
        ("/inside", "url_not_public"),
        ("/plain", "url_not_https"),
    ] {
        assert_eq!(fetch(path).await, Err(code), "{path}");
    }
    let real = Fetcher::new(Peers::new(false)).unwrap();
    let refused = real.fetch(&format!("{base}/picture"), 2000).await.unwrap_err();
    assert_eq!(refused.fields[0].code, "url_not_https");
    let refused = real.fetch("https://127.0.0.1/picture", 2000).await.unwrap_err();
    assert_eq!(refused.fields[0].code, "url_not_public");
}
