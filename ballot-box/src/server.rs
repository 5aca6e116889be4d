//! The ballot box over HTTP.
//!
//! | route | what |
//! |---|---|
//! | `POST /entries` | a signed entry that is no ballot |
//! | `POST /ballots` | a ballot |
//! | `GET /checkpoint`, `/tile/…` | the ledger (C2SP tlog-tiles) |
//! | `GET /content/<name>` | texts sealed in the manifest |
//! | `GET /status`, `/healthz` | where it stands |
//!
//! Nothing of a request is logged.

use std::collections::BTreeMap;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::sync::mpsc::Sender;
use std::thread::JoinHandle;

use actix_web::dev::ServerHandle;
use actix_web::middleware::DefaultHeaders;
use actix_web::{App, HttpResponse, HttpServer, web};
use ed25519_dalek::SigningKey;
use tokio::sync::oneshot;
use voting_core::ballot::precheck;
use voting_core::encoding::MAX_ENTRY;
use voting_core::entry::Entry;
use voting_core::ledger::{BUNDLE_WIDTH, encode_bundle};

use crate::problem::Refusal;
use crate::sequencer::{Handed, OpenError, Sequencer, Shared};

/// A running ballot box.
pub struct Running {
    /// Where it listens.
    pub address: SocketAddr,
    handle: ServerHandle,
    thread: JoinHandle<io::Result<()>>,
}

impl Running {
    /// Its base URL.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Stops: requests under way are answered.
    ///
    /// # Errors
    /// The server ended with an error.
    pub fn stop(self) -> io::Result<()> {
        // The future only waits for the server's thread, which we join.
        drop(self.handle.stop(true));
        self.thread
            .join()
            .unwrap_or_else(|_| Err(io::Error::other("the server's thread panicked")))
    }
}

/// Why a ballot box does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The ledger.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The address.
    #[error("cannot serve: {0}")]
    Listen(#[from] io::Error),
}

struct Service {
    shared: Shared,
    inbox: Sender<Handed>,
    content: BTreeMap<String, Vec<u8>>,
}

/// Starts a ballot box on a bound listener: its journal in `folder`, entry 0,
/// its key, and the content files that the manifest seals.
///
/// # Errors
/// The journal cannot be used or is of another election, or nothing can listen.
pub fn start(
    folder: &Path,
    first: &[u8],
    key: &SigningKey,
    content: BTreeMap<String, Vec<u8>>,
    listener: TcpListener,
) -> Result<Running, StartError> {
    let sequencer = Sequencer::start(folder, first, key)?;
    let address = listener.local_addr()?;
    let service = web::Data::new(Service {
        shared: sequencer.shared,
        inbox: sequencer.inbox,
        content,
    });
    let (send, receive) = std::sync::mpsc::channel();
    let thread = std::thread::spawn(move || {
        actix_web::rt::System::new().block_on(async move {
            let server = HttpServer::new(move || {
                let headers = DefaultHeaders::new()
                    .add(("access-control-allow-origin", "*"))
                    .add(("x-content-type-options", "nosniff"));
                App::new()
                    .wrap(headers)
                    .app_data(service.clone())
                    .app_data(web::PayloadConfig::new(MAX_ENTRY))
                    .route("/entries", web::post().to(post_entry))
                    .route("/ballots", web::post().to(post_ballot))
                    .route("/checkpoint", web::get().to(checkpoint))
                    .route("/tile/entries/{place:.*}", web::get().to(bundle))
                    .route("/tile/{level}/{place:.*}", web::get().to(tile))
                    .route("/content/{name}", web::get().to(content_file))
                    .route("/status", web::get().to(status))
                    .route("/healthz", web::get().to(|| async { "ok\n" }))
            });
            let server = server
                .workers(2)
                .shutdown_timeout(2)
                .disable_signals()
                .listen(listener)?
                .run();
            let _ = send.send(server.handle());
            server.await
        })
    });
    let handle = receive
        .recv()
        .map_err(|_| io::Error::other("the server did not start"))?;
    Ok(Running {
        address,
        handle,
        thread,
    })
}

async fn post_entry(service: web::Data<Service>, body: web::Bytes) -> Result<HttpResponse, Refusal> {
    let entry = Entry::from_bytes(&body).map_err(|error| Refusal::Malformed(error.to_string()))?;
    if matches!(
        entry,
        Entry::Ballot(_) | Entry::Batch(_) | Entry::Tally(_) | Entry::Manifest(..)
    ) {
        return Err(Refusal::Malformed(format!(
            "a {} entry is not handed in here",
            entry.kind()
        )));
    }
    hand_in(&service, entry, body.to_vec()).await
}

async fn post_ballot(service: web::Data<Service>, body: web::Bytes) -> Result<HttpResponse, Refusal> {
    let entry = Entry::from_bytes(&body).map_err(|error| Refusal::Malformed(error.to_string()))?;
    let Entry::Ballot(ballot) = &entry else {
        return Err(Refusal::Malformed(format!(
            "a {} entry is no ballot",
            entry.kind()
        )));
    };
    // Form and possession before anything costly.
    let context = read(&service.shared)
        .lifecycle
        .election()
        .ballot_context(ballot.style);
    let context =
        context.ok_or_else(|| Refusal::Illegal("there is no joint key, or no such style".to_string()))?;
    precheck(&context, ballot).map_err(|error| Refusal::Invalid(error.to_string()))?;
    hand_in(&service, entry, body.to_vec()).await
}

async fn hand_in(service: &Service, entry: Entry, bytes: Vec<u8>) -> Result<HttpResponse, Refusal> {
    let (reply, answer) = oneshot::channel();
    service
        .inbox
        .send(Handed { bytes, entry, reply })
        .map_err(|_| Refusal::Stopped)?;
    let receipt = answer.await.map_err(|_| Refusal::Stopped)??;
    Ok(HttpResponse::Ok()
        .content_type("text/plain; charset=utf-8")
        .body(receipt))
}

fn read(shared: &Shared) -> std::sync::RwLockReadGuard<'_, crate::ledger::Ledger> {
    shared.read().unwrap_or_else(|poisoned| poisoned.into_inner())
}

async fn checkpoint(service: web::Data<Service>) -> HttpResponse {
    let note = read(&service.shared).checkpoint.clone();
    HttpResponse::Ok()
        .content_type("text/plain; charset=utf-8")
        .insert_header(("cache-control", "no-store"))
        .body(note)
}

async fn bundle(service: web::Data<Service>, place: web::Path<String>) -> HttpResponse {
    let ledger = read(&service.shared);
    let found = parse_place(&place).and_then(|(number, width)| {
        let start = usize::try_from(number.checked_mul(BUNDLE_WIDTH)?).ok()?;
        ledger
            .entries
            .get(start..start.checked_add(width)?)
            .map(encode_bundle)
    });
    immutable(found)
}

async fn tile(service: web::Data<Service>, path: web::Path<(usize, String)>) -> HttpResponse {
    let (level, place) = path.into_inner();
    let found = parse_place(&place)
        .and_then(|(number, width)| read(&service.shared).levels.tile(level, number, width));
    immutable(found)
}

fn immutable(found: Option<Vec<u8>>) -> HttpResponse {
    match found {
        Some(bytes) => HttpResponse::Ok()
            .content_type("application/octet-stream")
            .insert_header(("cache-control", "public, max-age=31536000, immutable"))
            .body(bytes),
        None => HttpResponse::NotFound().finish(),
    }
}

/// Number and width of `x001/x234/067` or `x001/067.p/12`.
fn parse_place(place: &str) -> Option<(u64, usize)> {
    let (number, width) = match place.split_once(".p/") {
        Some((number, width)) => (
            number,
            width.parse().ok().filter(|width| (1..256).contains(width))?,
        ),
        None => (place, 256),
    };
    let parts: Vec<&str> = number.split('/').collect();
    let (last, leading) = parts.split_last()?;
    let mut value = 0u64;
    for part in leading
        .iter()
        .map(|part| part.strip_prefix('x'))
        .chain([Some(*last)])
    {
        let part = part.filter(|part| part.len() == 3 && part.bytes().all(|byte| byte.is_ascii_digit()))?;
        value = value.checked_mul(1000)?.checked_add(part.parse().ok()?)?;
    }
    Some((value, width))
}

async fn content_file(service: web::Data<Service>, name: web::Path<String>) -> HttpResponse {
    match service.content.get(name.as_str()) {
        Some(bytes) => HttpResponse::Ok()
            .content_type("application/octet-stream")
            .body(bytes.clone()),
        None => HttpResponse::NotFound().finish(),
    }
}

async fn status(service: web::Data<Service>) -> HttpResponse {
    let ledger = read(&service.shared);
    HttpResponse::Ok().json(serde_json::json!({
        "phase": ledger.lifecycle.phase().name(),
        "entries": ledger.entries.len(),
        "ballots": ledger.lifecycle.voting().ballots(),
        "origin": ledger.lifecycle.election().manifest.ledger.origin,
    }))
}
