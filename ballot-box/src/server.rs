//! The ballot box over HTTP (specs/06-ledger.md §7.1).
//!
//! | route | what |
//! |---|---|
//! | `POST /ballots` | a ballot; the answer is its receipt |
//! | `POST /entries` | a signed entry that is no ballot; the answer is its receipt |
//! | `GET /checkpoint`, `/tile/…`, `/content/…` | the public record, see [`crate::files`] |
//! | `GET /status` | where the election stands |
//! | `GET /healthz` | whether it runs and takes entries |
//!
//! Nothing of a request is logged: no address, no header, no body, no time.

use std::convert::Infallible;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use actix_web::dev::ServerHandle;
use actix_web::http::Method;
use actix_web::http::header::{self, HeaderMap, HeaderValue};
use actix_web::middleware::{Compress, DefaultHeaders};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, Resource, web};
use serde_json::json;
use voting_core::encoding::MAX_ENTRY;

use crate::admission::Admission;
use crate::files::Files;
use crate::problem::Refusal;
use crate::service::Settings;

const ENTRY: &str = "application/cbor";

/// A running server.
pub(crate) struct Server {
    /// Where it listens.
    pub(crate) address: SocketAddr,
    handle: ServerHandle,
    thread: JoinHandle<io::Result<()>>,
    released: Receiver<Infallible>,
}

/// Stops a server from any thread.
pub(crate) struct Stopper(ServerHandle);

impl Stopper {
    /// Stops: nothing new is taken.
    pub(crate) fn stop(self) {
        // The future only waits for the server's thread, which its owner joins.
        drop(self.0.stop(true));
    }
}

impl Server {
    pub(crate) fn stopper(&self) -> Stopper {
        Stopper(self.handle.clone())
    }

    /// Waits until the server stops and no request uses the ledger any more.
    pub(crate) fn wait(self) -> io::Result<()> {
        let served = self
            .thread
            .join()
            .unwrap_or_else(|_| Err(io::Error::other("the server's thread panicked")));
        // The workers end on their own, a moment later.
        let _ = self.released.recv_timeout(RELEASE);
        served
    }
}

/// Longest wait for workers that end.
const RELEASE: Duration = Duration::from_secs(10);

struct Desk {
    admission: Admission,
    files: Files,
    /// Goes with the last request that uses the ledger.
    _held: Sender<Infallible>,
}

/// Starts answering on a thread of its own.
pub(crate) fn start(admission: Admission, files: Files, settings: &Settings) -> io::Result<Server> {
    let listener = match &settings.taken {
        Some(taken) => taken.try_clone()?,
        None => TcpListener::bind(settings.listen)?,
    };
    let address = listener.local_addr()?;
    let (held, released) = channel();
    let desk = web::Data::new(Desk {
        admission,
        files,
        _held: held,
    });
    let signals = settings.signals;
    let (send, receive) = channel();
    let thread = std::thread::Builder::new()
        .name("ballot-box-http".to_owned())
        .spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let mut server = HttpServer::new(move || app(desk.clone()))
                    .workers(2)
                    .shutdown_timeout(2);
                if !signals {
                    server = server.disable_signals();
                }
                let server = server.listen(listener)?.run();
                let _ = send.send(server.handle());
                server.await
            })
        })?;
    match receive.recv() {
        Ok(handle) => Ok(Server {
            address,
            handle,
            thread,
            released,
        }),
        Err(_) => Err(thread
            .join()
            .ok()
            .and_then(Result::err)
            .unwrap_or_else(|| io::Error::other("the server did not start"))),
    }
}

fn app(
    desk: web::Data<Desk>,
) -> App<
    impl actix_web::dev::ServiceFactory<
        actix_web::dev::ServiceRequest,
        Config = (),
        Response = actix_web::dev::ServiceResponse<impl actix_web::body::MessageBody>,
        Error = actix_web::Error,
        InitError = (),
    >,
> {
    // Booths and auditors are served from elsewhere and must be able to ask.
    let headers = DefaultHeaders::new()
        .add((header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"))
        .add((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .add((header::REFERRER_POLICY, "no-referrer"));
    App::new()
        .wrap(headers)
        // For whoever says that they take it; a stored copy is never compressed.
        .wrap(Compress::default())
        .app_data(desk)
        .service(posted("/ballots").route(web::post().to(post_ballot)))
        .service(posted("/entries").route(web::post().to(post_entry)))
        .service(read("/checkpoint").route(web::get().to(file)))
        .service(read("/tile/{rest:.*}").route(web::get().to(file)))
        .service(read("/content/{rest:.*}").route(web::get().to(file)))
        .service(read("/status").route(web::get().to(status)))
        .service(read("/healthz").route(web::get().to(health)))
        .default_service(web::to(|| async { Err::<HttpResponse, _>(Refusal::NotFound) }))
}

/// An address that takes entries, from pages of any origin.
fn posted(path: &str) -> Resource {
    web::resource(path)
        .route(web::method(Method::OPTIONS).to(preflight))
        .default_service(web::to(|| async {
            Err::<HttpResponse, _>(Refusal::Method("POST"))
        }))
}

/// An address that is read.
fn read(path: &str) -> Resource {
    web::resource(path).default_service(web::to(|| async {
        Err::<HttpResponse, _>(Refusal::Method("GET"))
    }))
}

async fn preflight() -> HttpResponse {
    HttpResponse::NoContent()
        .insert_header((header::ACCESS_CONTROL_ALLOW_METHODS, "POST"))
        .insert_header((header::ACCESS_CONTROL_ALLOW_HEADERS, "content-type"))
        .insert_header((header::ACCESS_CONTROL_MAX_AGE, "86400"))
        .finish()
}

async fn post_ballot(
    desk: web::Data<Desk>,
    request: HttpRequest,
    payload: web::Payload,
) -> Result<HttpResponse, Refusal> {
    let bytes = body(request.headers(), payload).await?;
    receipt(desk.admission.ballot(&bytes).await)
}

async fn post_entry(
    desk: web::Data<Desk>,
    request: HttpRequest,
    payload: web::Payload,
) -> Result<HttpResponse, Refusal> {
    let bytes = body(request.headers(), payload).await?;
    receipt(desk.admission.entry(&bytes).await)
}

async fn body(headers: &HeaderMap, payload: web::Payload) -> Result<web::Bytes, Refusal> {
    if headers.get(header::CONTENT_TYPE).map(HeaderValue::as_bytes) != Some(ENTRY.as_bytes()) {
        return Err(Refusal::MediaType);
    }
    match payload.to_bytes_limited(MAX_ENTRY).await {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(_)) => Err(Refusal::Malformed("the request ends too early".to_owned())),
        Err(_) => Err(Refusal::TooLarge),
    }
}

fn receipt(answer: Result<String, Refusal>) -> Result<HttpResponse, Refusal> {
    let response = HttpResponse::Ok()
        .content_type("text/plain; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(answer?);
    Ok(response)
}

async fn file(desk: web::Data<Desk>, request: HttpRequest) -> Result<HttpResponse, Refusal> {
    // Reading entries from the disk is work for a thread that may wait.
    let path = request.path().trim_start_matches('/').to_owned();
    let file = web::block(move || desk.files.get(&path))
        .await
        .map_err(|_| Refusal::Stopped)??;
    let caching = match file.immutable {
        true => "public, max-age=31536000, immutable",
        false => "public, max-age=1",
    };
    let response = HttpResponse::Ok()
        .content_type(file.media_type)
        .insert_header((header::CACHE_CONTROL, caching))
        .body(file.bytes);
    Ok(response)
}

async fn status(desk: web::Data<Desk>) -> HttpResponse {
    let published = desk.admission.shared.read();
    let standing = &published.standing;
    let body = json!({
        "title": standing.election.manifest.title,
        "origin": standing.election.manifest.ledger.origin,
        "phase": standing.phase.name(),
        "entries": published.tree.size(),
        "witnessed": published.head().map_or(0, |head| head.size),
        "ballots": published.ballots,
    });
    HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .json(body)
}

/// A ballot box whose writer has stopped is not well, even while it still answers.
async fn health(desk: web::Data<Desk>) -> Result<&'static str, Refusal> {
    if desk.admission.waiting.is_stopped() {
        return Err(Refusal::Stopped);
    }
    Ok("ok\n")
}
