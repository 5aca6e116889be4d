//! What the issuer keeps and says does not link a voter with a ballot.

use std::io::{Read, Write};
use std::path::Path;
use std::sync::{Arc, Mutex};

use super::election::enrolled;
use super::{ask, pending};
use crate::watch::Standing;

#[derive(Clone, Default)]
struct Collected(Arc<Mutex<Vec<u8>>>);

impl Write for Collected {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn everything_in(folder: &Path, all: &mut Vec<u8>) {
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        if entry.file_type().unwrap().is_dir() {
            everything_in(&entry.path(), all);
        } else {
            all.extend(std::fs::read(entry.path()).unwrap());
        }
    }
}

fn contains(all: &[u8], needle: &[u8]) -> bool {
    let text = [hex::encode(needle), hex::encode_upper(needle)];
    let forms = [needle, text[0].as_bytes(), text[1].as_bytes()];
    forms
        .iter()
        .any(|form| all.windows(form.len()).any(|window| window == *form))
}

#[test]
fn g9_neither_stored_bytes_nor_logs_contain_what_links_a_voter_and_a_ballot() {
    let logs = Collected::default();
    let writer = logs.clone();
    tracing_subscriber::fmt()
        // Everything at the lowest level, but what the test's own client says.
        .with_env_filter("trace,ureq=off,ureq_proto=off,rustls=off")
        .with_writer(move || writer.clone())
        .try_init()
        .unwrap();
    let issuer = enrolled(2);
    let (server, _gate) = issuer.serve(Standing::Issuing);
    let key = &issuer.enrolment.keys[0].public;
    let pending = pending(key, 77);
    let code = issuer.letters[0].code.as_str();
    let request = pending.request();
    let (status, answer) = ask(&server.url(), code, &request.to_bytes());
    assert_eq!(status, 200);
    let token = pending.finalize(key, &answer).unwrap();
    assert_eq!(
        ask(&server.url(), code, &super::pending(key, 78).request().to_bytes()).0,
        409
    );
    let address = ask_from_a_known_address(server.address, code, &request.to_bytes());
    server.stop().unwrap();

    let mut all = logs.0.lock().unwrap().clone();
    assert!(!all.is_empty(), "the logs were not collected");
    everything_in(&issuer.root().join("issuer"), &mut all);
    // The collector sees what is there: the record is.
    let record = crate::records::read_all(&issuer.folder.journal()).unwrap()[0];
    assert!(contains(&all, &record.blinded) && contains(&all, &record.pseudonym));
    let bare_code = code.replace('-', "");
    let forbidden: [(&str, &[u8]); 9] = [
        ("credential key", pending.credential()),
        ("token", &token),
        ("part of the token", &token[..24]),
        ("blinded message", &request.blinded_message[..24]),
        ("blind signature", &answer[..24]),
        (
            "token input's hash of A",
            &key.token_input(pending.credential()).to_bytes(),
        ),
        ("activation code", code.as_bytes()),
        ("activation code without hyphens", bare_code.as_bytes()),
        ("roll line", b"Voter 0"),
    ];
    for (what, needle) in forbidden {
        assert!(!contains(&all, needle), "found the {what}");
    }
    for word in ["Bearer ", address.as_str()] {
        let found = all.windows(word.len()).any(|window| window == word.as_bytes());
        assert!(!found, "found {word:?}");
    }
}

/// Asks once by hand, to know the client's address.
fn ask_from_a_known_address(server: std::net::SocketAddr, code: &str, body: &[u8]) -> String {
    let mut stream = std::net::TcpStream::connect(server).unwrap();
    let head = format!(
        "POST /token-request HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer {code}\r\n\
         Content-Type: application/private-token-request\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all(&[head.as_bytes(), body].concat()).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    assert!(answer.starts_with(b"HTTP/1.1 200"));
    stream.local_addr().unwrap().to_string()
}
