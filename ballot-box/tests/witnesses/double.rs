//! Witnesses as good or bad as a test wants them: C2SP tlog-witness over HTTP,
//! judged by the core's rules where they are honest.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use ed25519_dalek::SigningKey;
use voting_core::ledger::{Checkpoint, Cosigner, NotWitnessed, Submission, VerifierKey};

/// How a witness behaves from now on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Manner {
    Honest,
    /// Hangs up.
    Dead,
    /// Honest, much later.
    Slow(Duration),
    /// Signs something else.
    Forges,
    /// Cosigns in another's name, with its own key.
    Impersonates,
    /// Says that it has cosigned so many entries.
    Claims(u64),
    /// Says that the ledger has forked.
    Slanders,
    /// Answers with whatever is not in the protocol.
    Babbles,
}

struct State {
    manner: Manner,
    /// What it cosigned last, and the checkpoint as it shows it.
    last: Option<(Checkpoint, String)>,
    asked: usize,
}

/// A witness of one ledger.
#[derive(Clone)]
pub(crate) struct Double {
    pub(crate) url: String,
    key: Arc<Cosigner>,
    ledger: VerifierKey,
    state: Arc<Mutex<State>>,
}

impl Double {
    pub(crate) fn start(number: u8, ledger: &VerifierKey) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let name = format!("witness{number}.example");
        let double = Self {
            url: format!("http://{}", listener.local_addr().unwrap()),
            key: Cosigner::ed25519(&name, &SigningKey::from_bytes(&[60 + number; 32]))
                .unwrap()
                .into(),
            ledger: ledger.clone(),
            state: Arc::new(Mutex::new(State {
                manner: Manner::Honest,
                last: None,
                asked: 0,
            })),
        };
        let serving = double.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let double = serving.clone();
                std::thread::spawn(move || double.serve(stream.unwrap()));
            }
        });
        double
    }

    pub(crate) fn line(&self, number: usize) -> String {
        format!("witness w{number} {} {}\n", self.key.verifier(), self.url)
    }

    pub(crate) fn behave(&self, manner: Manner) {
        self.state.lock().unwrap().manner = manner;
    }

    /// How often it was asked to cosign.
    pub(crate) fn asked(&self) -> usize {
        self.state.lock().unwrap().asked
    }

    /// It has lost all it knew.
    pub(crate) fn forget(&self) {
        self.state.lock().unwrap().last = None;
    }

    fn serve(&self, stream: TcpStream) {
        let mut reader = BufReader::new(stream.try_clone().unwrap());
        while let Some((line, body)) = request(&mut reader) {
            let manner = self.state.lock().unwrap().manner;
            if manner == Manner::Dead {
                return;
            }
            let (status, kind, answer) = match line.starts_with("POST /add-checkpoint ") {
                true => self.add(manner, &body),
                false => self.show(),
            };
            let head = format!(
                "HTTP/1.1 {status} x\r\ncontent-type: {kind}\r\ncontent-length: {}\r\n\r\n",
                answer.len()
            );
            if (&stream).write_all((head + &answer).as_bytes()).is_err() {
                return;
            }
        }
    }

    fn show(&self) -> (u16, &'static str, String) {
        match &self.state.lock().unwrap().last {
            Some((_, note)) => (200, "text/plain", note.clone()),
            None => (404, "text/plain", String::new()),
        }
    }

    fn add(&self, manner: Manner, body: &[u8]) -> (u16, &'static str, String) {
        if let Manner::Slow(wait) = manner {
            std::thread::sleep(wait);
        }
        let mut state = self.state.lock().unwrap();
        state.asked += 1;
        match manner {
            Manner::Claims(size) => return (409, "text/x.tlog.size", format!("{size}\n")),
            Manner::Slanders => return (422, "text/plain", "forked\n".into()),
            Manner::Babbles => return (200, "text/html", "<p>well\n".into()),
            _ => {}
        }
        let submission = Submission::parse(body).unwrap();
        let last = state.last.as_ref().map(|(head, _)| head);
        let head = match submission.judge(&self.ledger, last) {
            Ok(head) => head,
            Err(NotWitnessed::Stale { size }) => return (409, "text/x.tlog.size", format!("{size}\n")),
            Err(NotWitnessed::OtherRoot | NotWitnessed::Inconsistent(_)) => {
                return (422, "text/plain", String::new());
            }
            Err(other) => panic!("{other}"),
        };
        let other = Cosigner::ed25519("witness0.example", &SigningKey::from_bytes(&[99; 32])).unwrap();
        let line = match manner {
            Manner::Forges => self.key.cosign("another\n1\nroot\n", 1_800_000_000),
            Manner::Impersonates => other.cosign(&head.text(), 1_800_000_000),
            _ => self.key.cosign(&head.text(), 1_800_000_000),
        };
        let line = line.unwrap();
        state.last = Some((head, format!("{}{line}", submission.checkpoint)));
        (200, "text/plain", line)
    }
}

/// Request line and body.
fn request(reader: &mut BufReader<TcpStream>) -> Option<(String, Vec<u8>)> {
    let mut line = String::new();
    reader.read_line(&mut line).ok().filter(|&read| read > 0)?;
    let (mut length, mut header) = (0, String::new());
    loop {
        header.clear();
        reader.read_line(&mut header).ok()?;
        let lower = header.trim().to_ascii_lowercase();
        if let Some(value) = lower.strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
        if lower.is_empty() {
            break;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some((line, body))
}
