//! A ledger for tests: takes any entry, signs heads, serves bundles. It knows
//! no rules, and can be told to lie. And the issuer's command, serving.
#![allow(dead_code)] // each test binary uses a part

#[path = "../../../auditor/tests/attacks/kit/mod.rs"]
#[allow(unused_imports)]
pub(crate) mod kit;

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};

use actix_web::{App, HttpResponse, HttpServer, web};
use ed25519_dalek::SigningKey;
use kit::{People, Story};
use voting_core::hash::Hash;
use voting_core::ledger::{Checkpoint, SignerKey, Tree, encode_bundle, leaf_hash};
use voting_core::manifest::*;

/// The golden people, but one issuer with this key, and one style.
pub(crate) fn people(issuer_key: [u8; 32]) -> Arc<People> {
    People::with(|manifest| {
        manifest.issuers.members = vec![Issuer {
            name: "issuer.example".into(),
            url: "https://issuer.example".into(),
            key: issuer_key.into(),
        }];
        manifest.styles = vec![Style {
            name: "all".into(),
            contests: vec![0, 1],
        }];
    })
}

/// A head, signed by a key in a ledger's name.
pub(crate) fn signed_head(key: &SigningKey, origin: &str, size: u64, root: Hash) -> String {
    let signer = SignerKey::ed25519(origin, key).unwrap();
    let origin = origin.into();
    Checkpoint { origin, size, root }.sign(&signer)
}

#[derive(Clone)]
pub(crate) struct FakeLedger {
    pub(crate) url: String,
    pub(crate) entries: Arc<Mutex<Vec<Vec<u8>>>>,
}

impl FakeLedger {
    /// Serves a story's entries under its ledger key.
    pub(crate) fn start(story: &Story) -> Self {
        let entries = Arc::new(Mutex::new(story.entries.clone()));
        let (shared, people) = (
            web::Data::from(entries.clone()),
            web::Data::from(story.people.clone()),
        );
        let (send, receive) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let server = HttpServer::new(move || {
                    App::new()
                        .app_data(shared.clone())
                        .app_data(people.clone())
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

    /// Goes on with the story: first what was posted here, then what `more` adds.
    pub(crate) fn go_on(&self, story: &mut Story, more: impl FnOnce(&mut Story)) {
        let mut entries = self.entries.lock().unwrap();
        for posted in &entries[story.entries.len()..] {
            story.push_bytes(posted.clone());
        }
        more(story);
        *entries = story.entries.clone();
    }
}

async fn checkpoint(entries: web::Data<Mutex<Vec<Vec<u8>>>>, people: web::Data<People>) -> String {
    let mut tree = Tree::default();
    for entry in entries.lock().unwrap().iter() {
        tree.push(leaf_hash(entry));
    }
    let origin = &people.manifest.ledger.origin;
    signed_head(&people.ledger, origin, tree.size(), tree.root())
}

async fn bundle(entries: web::Data<Mutex<Vec<Vec<u8>>>>, path: web::Path<String>) -> HttpResponse {
    let (number, width) = match path.split_once(".p/") {
        Some((number, width)) => (number.parse::<usize>().unwrap(), width.parse::<usize>().unwrap()),
        None => (path.parse().unwrap(), 256),
    };
    let entries = entries.lock().unwrap();
    match entries.get(number * 256..number * 256 + width) {
        Some(entries) => HttpResponse::Ok().body(encode_bundle(entries)),
        None => HttpResponse::NotFound().finish(),
    }
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
