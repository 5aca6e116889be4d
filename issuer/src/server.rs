//! The issuer over HTTP (RFC 9578 §4 and §6).
//!
//! | route | what |
//! |---|---|
//! | `POST /token-request` | a token request, `Authorization: Bearer <activation code>` |
//! | `GET /.well-known/private-token-issuer-directory` | the keys |
//! | `GET /healthz` | whether it runs, and whether it issues |
//!
//! Nothing of a request is logged: no address, no header, no body. Every
//! answer about a token leaves at the next step of a fixed grid of time, so
//! that its moment tells neither how long signing took nor where a refusal
//! was decided.

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use actix_web::dev::ServerHandle;
use actix_web::http::header::{self, HeaderMap, HeaderValue};
use actix_web::middleware::DefaultHeaders;
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};
use base64ct::{Base64Url, Encoding};
use serde_json::json;
use voting_core::token::TokenRequest;

use crate::enrol::Enrolment;
use crate::issue::Issuance;
use crate::problem::Refusal;
use crate::records::Records;
use crate::watch::Gate;

const REQUEST: &str = "application/private-token-request";
const RESPONSE: &str = "application/private-token-response";
const DIRECTORY: &str = "application/private-token-issuer-directory";

/// How the server behaves.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Where to listen; port 0 takes a free one.
    pub listen: SocketAddr,
    /// A listener taken before, whose address was published already; `listen`
    /// is not looked at then.
    pub taken: Option<Arc<TcpListener>>,
    /// Step of the grid on which answers leave.
    pub tick: Duration,
    /// Requests a second over all voters; as many again may come at once.
    pub rate: u32,
    /// Whether the server stops at an interrupt, as a command does.
    pub signals: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            taken: None,
            tick: Duration::from_millis(50),
            rate: 2_000,
            signals: false,
        }
    }
}

/// A running server.
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

    /// Stops: no new requests, those under way are answered.
    pub fn stop(self) -> io::Result<()> {
        // The future only waits for the server's thread, which we join.
        drop(self.handle.stop(true));
        self.wait()
    }

    /// Waits until the server stops by itself.
    pub fn wait(self) -> io::Result<()> {
        self.thread
            .join()
            .unwrap_or_else(|_| Err(io::Error::other("the server's thread panicked")))
    }
}

struct Shared {
    issuance: Issuance,
    grid: Grid,
    limit: Limit,
}

/// Starts answering on a thread of its own.
pub fn start(
    enrolment: Enrolment,
    records: Records,
    gate: Arc<Gate>,
    settings: &Settings,
) -> io::Result<Running> {
    let listener = match &settings.taken {
        Some(taken) => taken.try_clone()?,
        None => TcpListener::bind(settings.listen)?,
    };
    let address = listener.local_addr()?;
    let shared = web::Data::new(Shared {
        issuance: Issuance {
            enrolment,
            records,
            gate,
        },
        grid: Grid {
            start: Instant::now(),
            step: settings.tick,
        },
        limit: Limit::new(settings.rate),
    });
    let signals = settings.signals;
    let (send, receive) = std::sync::mpsc::channel();
    let thread = std::thread::Builder::new()
        .name("issuer-http".to_owned())
        .spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let mut server = HttpServer::new(move || app(shared.clone()))
                    .workers(2)
                    .shutdown_timeout(5);
                if !signals {
                    server = server.disable_signals();
                }
                let server = server.listen(listener)?.run();
                let _ = send.send(server.handle());
                server.await
            })
        })?;
    match receive.recv() {
        Ok(handle) => Ok(Running {
            address,
            handle,
            thread,
        }),
        Err(_) => Err(thread
            .join()
            .ok()
            .and_then(Result::err)
            .unwrap_or_else(|| io::Error::other("the server did not start"))),
    }
}

fn app(
    shared: web::Data<Shared>,
) -> App<
    impl actix_web::dev::ServiceFactory<
        actix_web::dev::ServiceRequest,
        Config = (),
        Response = actix_web::dev::ServiceResponse<impl actix_web::body::MessageBody>,
        Error = actix_web::Error,
        InitError = (),
    >,
> {
    // The booth is served from elsewhere and must be able to ask.
    let headers = DefaultHeaders::new()
        .add((header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"))
        .add((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .add((header::REFERRER_POLICY, "no-referrer"));
    App::new()
        .wrap(headers)
        .app_data(shared)
        .route("/token-request", web::post().to(token_request))
        .route(
            "/token-request",
            web::method(actix_web::http::Method::OPTIONS).to(preflight),
        )
        .route(
            "/.well-known/private-token-issuer-directory",
            web::get().to(directory),
        )
        .route("/healthz", web::get().to(health))
}

async fn token_request(
    shared: web::Data<Shared>,
    request: HttpRequest,
    payload: web::Payload,
) -> Result<HttpResponse, Refusal> {
    if !shared.limit.take() {
        return Err(Refusal::Busy);
    }
    let answer = answer(&shared, request.headers(), payload).await;
    shared.grid.next_step().await;
    let body = answer?;
    Ok(HttpResponse::Ok()
        .content_type(RESPONSE)
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(body))
}

async fn answer(shared: &Shared, headers: &HeaderMap, payload: web::Payload) -> Result<Vec<u8>, Refusal> {
    if headers.get(header::CONTENT_TYPE).map(HeaderValue::as_bytes) != Some(REQUEST.as_bytes()) {
        return Err(Refusal::MediaType);
    }
    let body = match payload.to_bytes_limited(TokenRequest::MAX_LENGTH).await {
        Ok(Ok(body)) => body,
        Ok(Err(_)) => {
            return Err(Refusal::Malformed(
                voting_core::token::MalformedStructure::Length("TokenRequest"),
            ));
        }
        Err(_) => return Err(Refusal::TooLarge),
    };
    shared.issuance.answer(bearer(headers), &body).await
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, code) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(code)
}

async fn preflight() -> HttpResponse {
    HttpResponse::NoContent()
        .insert_header((header::ACCESS_CONTROL_ALLOW_METHODS, "POST"))
        .insert_header((
            header::ACCESS_CONTROL_ALLOW_HEADERS,
            "authorization, content-type",
        ))
        .insert_header((header::ACCESS_CONTROL_MAX_AGE, "86400"))
        .finish()
}

/// The directory of RFC 9578 §4; `style` is ours, for people.
async fn directory(shared: web::Data<Shared>) -> HttpResponse {
    let enrolment = &shared.issuance.enrolment;
    let keys: Vec<_> = enrolment
        .keys
        .iter()
        .zip(&enrolment.manifest.styles)
        .map(|(key, style)| {
            let key = key.public.key();
            json!({
                "token-type": key.token_type().code(),
                "token-key": Base64Url::encode_string(&key.to_spki()),
                "style": style.name,
            })
        })
        .collect();
    let body = json!({ "issuer-request-uri": "/token-request", "token-keys": keys });
    HttpResponse::Ok().content_type(DIRECTORY).body(body.to_string())
}

async fn health(shared: web::Data<Shared>) -> HttpResponse {
    HttpResponse::Ok().json(json!({ "standing": shared.issuance.gate.standing().name() }))
}

/// Moments at which answers leave.
struct Grid {
    start: Instant,
    step: Duration,
}

impl Grid {
    async fn next_step(&self) {
        let step = self.step.as_nanos();
        if step == 0 {
            return;
        }
        let passed = self.start.elapsed().as_nanos();
        let wait = step - passed % step;
        // Less than one step, which fits.
        tokio::time::sleep(Duration::from_nanos(wait as u64)).await;
    }
}

/// A token bucket over all requests; it knows nothing of who asks.
struct Limit {
    rate: f64,
    bucket: Mutex<(f64, Instant)>,
}

impl Limit {
    fn new(rate: u32) -> Self {
        let rate = f64::from(rate);
        Self {
            rate,
            bucket: Mutex::new((rate, Instant::now())),
        }
    }

    fn take(&self) -> bool {
        let Ok(mut bucket) = self.bucket.lock() else {
            return false;
        };
        let now = Instant::now();
        let gained = now.duration_since(bucket.1).as_secs_f64() * self.rate;
        let level = (bucket.0 + gained).min(self.rate);
        *bucket = (if level < 1.0 { level } else { level - 1.0 }, now);
        level >= 1.0
    }
}
