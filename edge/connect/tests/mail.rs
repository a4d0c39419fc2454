//! Letters to a small mail server on loopback: taken, put off, refused, and never sent in the clear outside of test mode.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

use connect::{Peers, Smtp};
use notify::{Letter, Mailer, Outcome};
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// What the server answers to a command; nothing: the usual.
type Answers = fn(&str) -> Option<&'static str>;

/// A mail server that speaks as much SMTP as a letter needs.
struct Server {
    port: u16,
    /// Every line it was sent.
    heard: Arc<Mutex<Vec<String>>>,
}

async fn serve(answers: Answers) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let heard: Arc<Mutex<Vec<String>>> = Arc::default();
    let ears = heard.clone();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            talk(stream, answers, &ears).await;
        }
    });
    Server { port, heard }
}

async fn talk(stream: TcpStream, answers: Answers, heard: &Mutex<Vec<String>>) {
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    let mut in_letter = false;
    write.write_all(b"220 loopback\r\n").await.unwrap();
    while let Ok(Some(line)) = lines.next_line().await {
        heard.lock().unwrap().push(line.clone());
        if in_letter && line != "." {
            continue;
        }
        let word = line.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
        let usual = match word.as_str() {
            "EHLO" => "250-loopback\r\n250-AUTH PLAIN LOGIN\r\n250 8BITMIME",
            "AUTH" => "235 come in",
            "DATA" => "354 go on",
            "QUIT" => "221 bye",
            _ => "250 fine",
        };
        let answer = answers(&line).unwrap_or(usual);
        in_letter = word == "DATA" && answer.starts_with("354");
        if write.write_all(format!("{answer}\r\n").as_bytes()).await.is_err() {
            return;
        }
    }
}

fn letter() -> Letter {
    Letter {
        id: "msg_1".into(),
        to: "jana@example.com".into(),
        subject: "您的订单 EN-7Q4K-2219".into(),
        text: "在您门口：€145.86".into(),
        html: "<p>At your door: €145.86</p>".into(),
    }
}

fn smtp(server: &Server, test_mode: bool, user: &str) -> Smtp {
    let url = format!("smtp://{user}127.0.0.1:{}", server.port);
    Smtp::new(&Peers::new(test_mode), &url, "Haven <orders@haven.example>").unwrap()
}

#[tokio::test]
async fn a_letter_is_taken() {
    let server = serve(|_| None).await;
    let sent = smtp(&server, true, "shop:p%40ss%2Fword@").send(&letter()).await.unwrap();
    assert_eq!(sent, Outcome::Accepted);
    let heard = server.heard.lock().unwrap().join("\n");
    assert!(heard.contains("EHLO haven.example"), "{heard}");
    // base64 of \0shop\0p@ss/word
    assert!(heard.contains("AUTH PLAIN AHNob3AAcEBzcy93b3Jk"), "{heard}");
    assert!(
        heard.contains("MAIL FROM:<orders@haven.example>") && heard.contains("RCPT TO:<jana@example.com>"),
        "{heard}"
    );
    assert!(heard.contains("Message-ID: <msg_1@haven.example>"), "{heard}");
    assert!(heard.contains("multipart/alternative") && heard.contains("text/plain") && heard.contains("text/html"));
    assert!(heard.contains("Subject: =?utf-8?"), "a subject in any language: {heard}");
    assert!(heard.contains("From: Haven <orders@haven.example>") || heard.contains("From: \"Haven\""), "{heard}");
}

#[tokio::test]
async fn a_busy_server_is_asked_again_later() {
    let server = serve(|line| line.starts_with("RCPT").then_some("451 come back in a minute")).await;
    let later = smtp(&server, true, "").send(&letter()).await.unwrap_err();
    assert_eq!(later.kind, base::Kind::Unavailable);
    assert!(later.message.contains("come back in a minute"), "{later}");
    // Nobody listens there any more.
    let gone = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = gone.local_addr().unwrap().port();
    drop(gone);
    let silent = Server { port, heard: Arc::default() };
    assert_eq!(smtp(&silent, true, "").send(&letter()).await.unwrap_err().kind, base::Kind::Unavailable);
}

#[tokio::test]
async fn a_refusal_is_for_good_unless_it_is_about_our_own_account() {
    let server = serve(|line| line.starts_with("RCPT").then_some("550 no such mailbox")).await;
    let refused = smtp(&server, true, "").send(&letter()).await.unwrap();
    assert!(matches!(&refused, Outcome::Refused(answer) if answer.contains("no such mailbox")), "{refused:?}");
    let server = serve(|line| line.starts_with("AUTH").then_some("535 wrong password")).await;
    let ours = smtp(&server, true, "shop:old@").send(&letter()).await.unwrap_err();
    assert_eq!(ours.kind, base::Kind::Unavailable, "the letter can be sent when the password is right again");
    let nobody = Letter { to: "no address".into(), ..letter() };
    assert!(matches!(smtp(&server, true, "").send(&nobody).await.unwrap(), Outcome::Refused(_)));
}

#[tokio::test]
async fn nothing_is_told_to_a_server_without_tls() {
    let server = serve(|_| None).await;
    let refused = smtp(&server, false, "shop:secret@").send(&letter()).await.unwrap_err();
    assert!(refused.message.contains("STARTTLS"), "{refused}");
    let heard = server.heard.lock().unwrap().join("\n");
    assert!(!heard.contains("AUTH") && !heard.contains("MAIL FROM"), "{heard}");
}

#[test]
fn an_address_is_checked_and_its_password_never_repeated() {
    let peers = Peers::new(false);
    for wrong in
        ["", "mail.example", "http://u:hunter2@mail.example", "smtp://", "smtps://u:hunter2@", "imap://u:hunter2@x"]
    {
        let error = Smtp::new(&peers, wrong, "a@b.example").err().unwrap();
        assert_eq!(error.fields[0].code, "mail_url", "{wrong}");
        assert!(!format!("{error} {error:?}").contains("hunter2"), "{error:?}");
    }
    let error = Smtp::new(&peers, "smtps://mail.example", "nobody").err().unwrap();
    assert_eq!(error.fields[0].name, "mail-from");
    for fine in ["smtps://u:p@mail.example:465", "smtps://mail.example", "smtp://u:p@mail.example:587", "smtps://[::1]"]
    {
        assert!(Smtp::new(&peers, fine, "Haven <a@b.example>").is_ok(), "{fine}");
    }
}
