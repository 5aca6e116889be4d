//! The witness over HTTP (specs/06-ledger.md §2.4).
//!
//! | route | what |
//! |---|---|
//! | `POST /add-checkpoint` | a submission; the answer is the cosignature |
//! | `GET /<hex SHA-256(origin)>/checkpoint` | the last cosigned checkpoint of a ledger |
//! | `GET /healthz` | whether it runs and cosigns |
//!
//! Nothing of a request is logged: no address, no header, no body, no time.

use std::convert::Infallible;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock};
use std::thread::JoinHandle;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use actix_web::dev::ServerHandle;
use actix_web::http::{StatusCode, header};
use actix_web::middleware::DefaultHeaders;
use actix_web::{App, HttpResponse, HttpServer, web};
use serde_json::json;
use voting_core::ledger::{CosignerKey, MAX_SUBMISSION, NotWitnessed, VerifierKey};

use super::decide::{Refusal, Witness};
use super::error::WitnessError;
use super::folder::Folder;
use super::report::Report;

const TEXT: &str = "text/plain; charset=utf-8";
/// The media type of the size that a witness cosigned last (C2SP tlog-witness).
const SIZE: &str = "text/x.tlog.size";
/// Longest time for the body of a submission to arrive.
const ARRIVAL: Duration = Duration::from_secs(10);
/// Longest wait for workers that end.
const RELEASE: Duration = Duration::from_secs(10);

/// How a witness serves.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Where to listen; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Whether the server stops at an interrupt, as a command does.
    pub signals: bool,
    /// Who is told what is worth a line.
    pub report: Report,
}

impl Default for Settings {
    /// A free port of this machine alone; tells nobody.
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            signals: false,
            report: Report::default(),
        }
    }
}

/// Starts the witness of a folder, for these ledgers.
///
/// # Errors
/// As [`Witness::open`]; nothing can listen.
pub fn start(folder: &Folder, ledgers: &[VerifierKey], settings: &Settings) -> Result<Running, WitnessError> {
    Running::serve(Witness::open(folder, ledgers, settings.report.clone())?, settings)
}

/// A running witness. It goes on until it is stopped, even if this is dropped.
pub struct Running {
    address: SocketAddr,
    vkey: CosignerKey,
    witness: Arc<Mutex<Witness>>,
    handle: ServerHandle,
    thread: JoinHandle<io::Result<()>>,
    released: Receiver<Infallible>,
}

impl Running {
    /// Puts a witness on the network.
    ///
    /// # Errors
    /// Nothing can listen there.
    pub fn serve(witness: Witness, settings: &Settings) -> Result<Self, WitnessError> {
        let vkey = witness.vkey();
        let witness = Arc::new(Mutex::new(witness));
        let listener = TcpListener::bind(settings.listen).map_err(WitnessError::Serve)?;
        let address = listener.local_addr().map_err(WitnessError::Serve)?;
        let (held, released) = channel();
        let desk = web::Data::new(Desk {
            witness: witness.clone(),
            server: OnceLock::new(),
            _held: held,
        });
        let signals = settings.signals;
        let (send, receive) = channel();
        let thread = std::thread::Builder::new()
            .name("witness-http".to_owned())
            .spawn(move || run(&desk, listener, signals, &send))
            .map_err(WitnessError::Serve)?;
        match receive.recv() {
            Ok(handle) => Ok(Self {
                address,
                vkey,
                witness,
                handle,
                thread,
                released,
            }),
            Err(_) => Err(WitnessError::Serve(
                join(thread)
                    .err()
                    .unwrap_or_else(|| io::Error::other("the server did not start")),
            )),
        }
    }

    /// Its base URL: what a policy names as the witness's address.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Its public key with its name.
    pub fn vkey(&self) -> &CosignerKey {
        &self.vkey
    }

    /// The size that it cosigned last of a ledger, by its origin.
    pub fn size(&self, origin: &str) -> Option<u64> {
        locked(&self.witness)?.size(origin)
    }

    /// Stops. What is being answered is answered first.
    ///
    /// # Errors
    /// As [`Running::wait`].
    pub fn stop(self) -> Result<(), WitnessError> {
        // The future only waits for the server's thread, which is joined.
        drop(self.handle.stop(true));
        self.wait()
    }

    /// Waits until the witness stops: at an interrupt, or when it cannot write.
    ///
    /// # Errors
    /// It could not write, or the server ended with an error.
    pub fn wait(self) -> Result<(), WitnessError> {
        let served = join(self.thread);
        // The workers end on their own, a moment later.
        let _ = self.released.recv_timeout(RELEASE);
        let why = match locked(&self.witness) {
            None => Some("a thread panicked".to_owned()),
            Some(witness) => witness.stopped().map(str::to_owned),
        };
        match why {
            Some(why) => Err(WitnessError::Stopped(why)),
            None => served.map_err(WitnessError::Serve),
        }
    }
}

fn join(thread: JoinHandle<io::Result<()>>) -> io::Result<()> {
    let panicked = |_| Err(io::Error::other("the server's thread panicked"));
    thread.join().unwrap_or_else(panicked)
}

/// `None` if a thread panicked with the witness in its hands.
fn locked(witness: &Mutex<Witness>) -> Option<MutexGuard<'_, Witness>> {
    witness.lock().ok()
}

struct Desk {
    /// One submission after the other: what is judged, is judged against what
    /// the one before left.
    witness: Arc<Mutex<Witness>>,
    server: OnceLock<ServerHandle>,
    /// Goes with the last request that uses the witness.
    _held: Sender<Infallible>,
}

fn run(
    desk: &web::Data<Desk>,
    listener: TcpListener,
    signals: bool,
    started: &Sender<ServerHandle>,
) -> io::Result<()> {
    actix_web::rt::System::new().block_on(async move {
        let shared = desk.clone();
        let mut server = HttpServer::new(move || app(shared.clone()))
            .workers(1)
            .max_connections(1_024)
            .shutdown_timeout(2);
        if !signals {
            server = server.disable_signals();
        }
        let server = server.listen(listener)?.run();
        let _ = desk.server.set(server.handle());
        let _ = started.send(server.handle());
        server.await
    })
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
    // Auditors' and voters' pages ask witnesses too.
    let headers = DefaultHeaders::new()
        .add((header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"))
        .add((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .add((header::REFERRER_POLICY, "no-referrer"))
        .add((header::CACHE_CONTROL, "no-store"));
    App::new()
        .wrap(headers)
        .app_data(desk)
        .service(
            web::resource("/add-checkpoint")
                .route(web::post().to(add_checkpoint))
                .default_service(web::to(|| async { wrong_method("POST") })),
        )
        .service(
            web::resource("/healthz")
                .route(web::get().to(health))
                .default_service(web::to(|| async { wrong_method("GET") })),
        )
        .service(
            web::resource("/{ledger}/checkpoint")
                .route(web::get().to(checkpoint))
                .default_service(web::to(|| async { wrong_method("GET") })),
        )
        .default_service(web::to(|| async {
            problem(
                StatusCode::NOT_FOUND,
                "not-found",
                "there is nothing at this address",
            )
        }))
}

async fn add_checkpoint(desk: web::Data<Desk>, payload: web::Payload) -> HttpResponse {
    let answer = match body(payload).await {
        Ok(body) => submit(desk, body).await,
        Err(refusal) => Err(refusal),
    };
    match answer {
        Ok(line) => HttpResponse::Ok().content_type(TEXT).body(line),
        Err(refusal) => refused(&refusal),
    }
}

async fn body(payload: web::Payload) -> Result<web::Bytes, Refusal> {
    let read = payload.to_bytes_limited(MAX_SUBMISSION);
    match actix_web::rt::time::timeout(ARRIVAL, read).await {
        Ok(Ok(Ok(body))) => Ok(body),
        _ => Err(NotWitnessed::Form.into()),
    }
}

async fn submit(desk: web::Data<Desk>, body: web::Bytes) -> Result<String, Refusal> {
    let stop = desk.clone();
    // Making it durable is work for a thread that may wait.
    let answer = web::block(move || {
        let mut witness = locked(&desk.witness).ok_or(Refusal::Stopped)?;
        witness.add_checkpoint(&body, now())
    });
    let answer = answer.await.unwrap_or(Err(Refusal::Stopped));
    if answer == Err(Refusal::Stopped)
        && let Some(server) = stop.server.get()
    {
        // Fail closed: what does not remember must not cosign. The future only
        // waits for the server's thread.
        drop(server.stop(true));
    }
    answer
}

fn refused(refusal: &Refusal) -> HttpResponse {
    let status = StatusCode::from_u16(refusal.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = HttpResponse::build(status);
    match refusal {
        Refusal::NotWitnessed(NotWitnessed::Stale { size }) => {
            response.content_type(SIZE).body(format!("{size}\n"))
        }
        refusal => response.content_type(TEXT).body(format!("{refusal}\n")),
    }
}

async fn checkpoint(desk: web::Data<Desk>, ledger: web::Path<String>) -> HttpResponse {
    let found = web::block(move || {
        let witness = locked(&desk.witness)?;
        Some(witness.checkpoint(&ledger).map(str::to_owned))
    });
    match found.await.ok().flatten() {
        Some(Some(note)) => HttpResponse::Ok().content_type(TEXT).body(note),
        Some(None) => problem(
            StatusCode::NOT_FOUND,
            "not-found",
            "this witness has cosigned no ledger whose origin has this SHA-256",
        ),
        None => stopped(),
    }
}

async fn health(desk: web::Data<Desk>) -> HttpResponse {
    let well = web::block(move || locked(&desk.witness).is_some_and(|witness| witness.stopped().is_none()));
    match well.await {
        Ok(true) => HttpResponse::Ok().content_type(TEXT).body("ok\n"),
        _ => stopped(),
    }
}

fn stopped() -> HttpResponse {
    problem(
        StatusCode::SERVICE_UNAVAILABLE,
        "stopped",
        &Refusal::Stopped.to_string(),
    )
}

fn wrong_method(allowed: &'static str) -> HttpResponse {
    let detail = format!("this address takes {allowed}");
    let mut response = problem(StatusCode::METHOD_NOT_ALLOWED, "method", &detail);
    let allowed = header::HeaderValue::from_static(allowed);
    response.headers_mut().insert(header::ALLOW, allowed);
    response
}

/// RFC 9457.
fn problem(status: StatusCode, code: &str, detail: &str) -> HttpResponse {
    let problem = json!({
        "type": format!("urn:psephos:problem:{code}"),
        "title": status.canonical_reason().unwrap_or("Refused"),
        "status": status.as_u16(),
        "detail": detail,
    });
    HttpResponse::build(status)
        .content_type("application/problem+json")
        .body(problem.to_string())
}

/// Seconds since 1970-01-01 UTC by the system's clock.
fn now() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| since.as_secs())
}
