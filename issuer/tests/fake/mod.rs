//! A ledger for tests: takes any entry, signs heads, serves bundles. It knows
//! no rules, and can be told to lie. And the issuer's command, serving.
#![allow(dead_code)] // each test binary uses a part

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};

use actix_web::{App, HttpResponse, HttpServer, web};
use base64ct::{Base64, Encoding};
use ed25519_dalek::{Signer, SigningKey};
use issuer::reading::leaf;
use sha2::{Digest, Sha256};
use voting_core::entry::*;
use voting_core::hash::Hash;
use voting_core::manifest::*;

pub(crate) const ORIGIN: &str = "ledger.example";

/// Keys of everybody who signs.
pub(crate) struct People {
    pub(crate) ledger: SigningKey,
    pub(crate) officer: SigningKey,
    pub(crate) trustees: [SigningKey; 3],
}

pub(crate) fn people() -> People {
    let key = |seed| SigningKey::from_bytes(&[seed; 32]);
    People {
        ledger: key(1),
        officer: key(2),
        trustees: [key(3), key(4), key(5)],
    }
}

pub(crate) fn manifest(people: &People, issuer_name: &str, issuer_key: [u8; 32]) -> Manifest {
    let public = |key: &SigningKey| key.verifying_key().to_bytes().into();
    let trustee = |(index, key): (usize, &SigningKey)| Trustee {
        name: format!("trustee {index}"),
        key: public(key),
    };
    Manifest {
        version: VERSION,
        title: "Test".into(),
        languages: vec!["en".into()],
        nonce: [3; 32].into(),
        ledger: LedgerIdentity {
            origin: ORIGIN.into(),
            key: public(&people.ledger),
            url: String::new(),
        },
        officers: Officers {
            threshold: 1,
            members: vec![Officer {
                name: "officer".into(),
                key: public(&people.officer),
            }],
        },
        trustees: Trustees {
            threshold: 2,
            members: people.trustees.iter().enumerate().map(trustee).collect(),
        },
        issuers: Issuers {
            token_bits: 2048,
            members: vec![Issuer {
                name: issuer_name.into(),
                url: String::new(),
                key: issuer_key.into(),
            }],
        },
        witness_policy: None,
        contests: vec![],
        styles: vec![Style {
            name: "all".into(),
            contests: vec![],
        }],
        revoting: true,
        smallest_group: 1,
        batch: BatchRule {
            min_ballots: 1,
            min_ms: 1,
            max_ms: 1,
        },
        opening: 0,
        closing: 0,
        casting_delay: 0,
        booth: None,
        retention_days: 0,
        content: vec![],
    }
}

/// The certificates of all trustees, over one key.
pub(crate) fn confirmations(people: &People, election_id: &Hash) -> Vec<Vec<u8>> {
    let confirm = |(trustee, key): (usize, &SigningKey)| {
        let body = KeyConfirmation {
            round: 0,
            trustee: trustee as u32,
            joint_key: [7; 32].into(),
            transcript: [8; 32].into(),
        };
        Entry::KeyConfirmation(Signed::new(body, election_id, key)).to_bytes()
    };
    people.trustees.iter().enumerate().map(confirm).collect()
}

pub(crate) fn close(key: &SigningKey, election_id: &Hash) -> Vec<u8> {
    let body = ActBody {
        counter: 2,
        previous: [0; 32].into(),
        size: 0,
        root: [0; 32].into(),
        closing: 0,
        statement: String::new(),
    };
    let signature = key
        .sign(&signed_message("close", election_id, &body))
        .to_bytes()
        .into();
    Entry::Close(Act {
        body,
        signatures: vec![OfficerSignature {
            officer: 0,
            signature,
        }],
    })
    .to_bytes()
}

/// A note over size and root, signed by a key in the ledger's name.
pub(crate) fn note(key: &SigningKey, size: usize, root: &Hash) -> String {
    let text = format!("{ORIGIN}\n{size}\n{}\n", Base64::encode_string(root));
    let id = Sha256::new()
        .chain_update(ORIGIN)
        .chain_update([b'\n', 1])
        .chain_update(key.verifying_key().to_bytes())
        .finalize();
    let signature = [&id[..4], &key.sign(text.as_bytes()).to_bytes()].concat();
    format!(
        "{text}\n\u{2014} {ORIGIN} {}\n",
        Base64::encode_string(&signature)
    )
}

/// The root by the definition of RFC 6962 §2.1.
pub(crate) fn root(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => Sha256::digest([]).into(),
        [leaf] => *leaf,
        _ => {
            let split = leaves.len().next_power_of_two() / 2;
            let (left, right) = leaves.split_at(split);
            Sha256::new()
                .chain_update([1])
                .chain_update(root(left))
                .chain_update(root(right))
                .finalize()
                .into()
        }
    }
}

#[derive(Clone)]
pub(crate) struct FakeLedger {
    pub(crate) url: String,
    pub(crate) entries: Arc<Mutex<Vec<Vec<u8>>>>,
}

impl FakeLedger {
    pub(crate) fn start(manifest: &Manifest, key: SigningKey) -> Self {
        let first = Entry::Manifest(manifest.clone(), vec![]).to_bytes();
        let entries = Arc::new(Mutex::new(vec![first]));
        let (shared, key) = (web::Data::from(entries.clone()), web::Data::new(key));
        let (send, receive) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let server = HttpServer::new(move || {
                    App::new()
                        .app_data(shared.clone())
                        .app_data(key.clone())
                        .route("/checkpoint", web::get().to(checkpoint))
                        .route("/tile/entries/{path:.*}", web::get().to(bundle))
                        .route("/entries", web::post().to(append))
                })
                .workers(1)
                .disable_signals()
                .bind("127.0.0.1:0")
                .unwrap();
                send.send(server.addrs()[0]).unwrap();
                server.run().await.unwrap();
            })
        });
        Self {
            url: format!("http://{}", receive.recv().unwrap()),
            entries,
        }
    }

    pub(crate) fn push(&self, entries: impl IntoIterator<Item = Vec<u8>>) {
        self.entries.lock().unwrap().extend(entries);
    }
}

async fn checkpoint(entries: web::Data<Mutex<Vec<Vec<u8>>>>, key: web::Data<SigningKey>) -> String {
    let leaves: Vec<Hash> = entries.lock().unwrap().iter().map(|entry| leaf(entry)).collect();
    note(&key, leaves.len(), &root(&leaves))
}

async fn bundle(entries: web::Data<Mutex<Vec<Vec<u8>>>>, path: web::Path<String>) -> HttpResponse {
    let (number, width) = match path.split_once(".p/") {
        Some((number, width)) => (number.parse::<usize>().unwrap(), width.parse::<usize>().unwrap()),
        None => (path.parse().unwrap(), 256),
    };
    let entries = entries.lock().unwrap();
    let Some(entries) = entries.get(number * 256..number * 256 + width) else {
        return HttpResponse::NotFound().finish();
    };
    let frame = |entry: &Vec<u8>| [&(entry.len() as u16).to_be_bytes(), entry.as_slice()].concat();
    HttpResponse::Ok().body(entries.iter().flat_map(frame).collect::<Vec<u8>>())
}

async fn append(entries: web::Data<Mutex<Vec<Vec<u8>>>>, body: web::Bytes) -> HttpResponse {
    entries.lock().unwrap().push(body.to_vec());
    HttpResponse::Ok().finish()
}

/// The served process; killed when dropped.
pub(crate) struct Served(pub(crate) Child, pub(crate) String);

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Starts `issuer serve` and waits until it listens.
pub(crate) fn serve(folder: &str, ledger: &str) -> Served {
    let mut child = Command::new(env!("CARGO_BIN_EXE_issuer"))
        .args(["serve", folder, "--ledger", ledger, "--listen", "127.0.0.1:0"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let url = lines
        .find_map(|line| line.unwrap().strip_prefix("listening on ").map(str::to_owned))
        .unwrap();
    Served(child, url)
}
