//! The pages over HTTP (specs/11-web.md §1).
//!
//! | route | what |
//! |---|---|
//! | `GET /` | leads to the list in the reader's language |
//! | `GET /<language>/` | the list of polls |
//! | `GET /<language>/polls/<poll>` | a poll with its projects |
//! | `GET /<language>/polls/<poll>/results` | its results |
//! | `GET /<language>/polls/<poll>/vote` | the booth |
//! | `GET /<language>/polls/<poll>/check` | the second device |
//! | `GET /<language>/polls/<poll>/find-my-ballot`, `/recount` | to look for oneself |
//! | `GET /<language>/how-it-works`, `/accessibility`, `/privacy` | words |
//! | `GET /assets/…` | style, script, icon |
//! | `GET /booth/…` | the booth's files and build manifest |
//! | `GET /pictures/<poll>/<file>` | a sealed picture |
//! | `GET /healthz` | whether it runs |
//!
//! Nothing of a request is logged: no address, no header, no query, no time.

mod answers;
mod files;
mod headers;
mod oneself;

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::thread::JoinHandle;

use actix_web::dev::ServerHandle;
use actix_web::middleware::Compress;
use actix_web::{App, HttpRequest, HttpServer, Resource, Route, guard, web};

use crate::booth::Booth;
use crate::pages::Prose;
use crate::record::{Ledger, Patience, Watched};

/// What a site shows, and where.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Its polls.
    pub ledgers: Vec<Ledger>,
    /// Where to listen.
    pub listen: SocketAddr,
    /// Whose pages these are.
    pub name: String,
    /// Where readers report what they cannot use.
    pub contact: Option<String>,
    /// What voters' devices run; `None`: nobody votes here.
    pub booth: Option<Arc<Booth>>,
    /// How often ledgers are read, and how long a reading counts as now.
    pub patience: Patience,
    /// Whether signals stop it.
    pub signals: bool,
}

/// What every answer is made from.
pub(crate) struct Site {
    name: String,
    contact: Option<String>,
    polls: Vec<Watched>,
    booth: Option<Arc<Booth>>,
}

/// A running site.
pub struct Service {
    address: SocketAddr,
    handle: ServerHandle,
    thread: JoinHandle<io::Result<()>>,
}

impl Service {
    /// Begins to read the ledgers, and to answer, on threads of their own.
    ///
    /// # Errors
    /// The address cannot be listened on.
    pub fn start(settings: Settings) -> io::Result<Self> {
        let listener = TcpListener::bind(settings.listen)?;
        let address = listener.local_addr()?;
        let polls = settings.ledgers.into_iter();
        let polls = polls.map(|ledger| Watched::start(ledger, settings.patience));
        let site = web::Data::new(Site {
            name: settings.name,
            contact: settings.contact,
            polls: polls.collect::<io::Result<_>>()?,
            booth: settings.booth,
        });
        let signals = settings.signals;
        let (send, receive) = channel();
        let thread = std::thread::Builder::new()
            .name("web-http".to_owned())
            .spawn(move || {
                actix_web::rt::System::new().block_on(async move {
                    let mut server = HttpServer::new(move || app(site.clone()))
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
            Ok(handle) => Ok(Self {
                address,
                handle,
                thread,
            }),
            Err(_) => Err(joined(thread)
                .err()
                .unwrap_or_else(|| io::Error::other("the server did not start"))),
        }
    }

    /// Its address.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Runs until it is stopped.
    ///
    /// # Errors
    /// The server failed.
    pub fn wait(self) -> io::Result<()> {
        joined(self.thread)
    }

    /// Stops.
    ///
    /// # Errors
    /// The server failed.
    pub fn stop(self) -> io::Result<()> {
        // The future only waits for the thread, which is joined.
        drop(self.handle.stop(true));
        joined(self.thread)
    }
}

fn joined(thread: JoinHandle<io::Result<()>>) -> io::Result<()> {
    let ended = thread.join();
    ended.unwrap_or_else(|_| Err(io::Error::other("the server's thread panicked")))
}

fn app(
    site: web::Data<Site>,
) -> App<
    impl actix_web::dev::ServiceFactory<
        actix_web::dev::ServiceRequest,
        Config = (),
        Response = actix_web::dev::ServiceResponse<impl actix_web::body::MessageBody>,
        Error = actix_web::Error,
        InitError = (),
    >,
> {
    let words = |page: Prose| {
        let answer = move |site: web::Data<Site>, request: HttpRequest| answers::prose(page, site, request);
        read(&format!("/{{language}}{}", page.path())).route(get().to(answer))
    };
    App::new()
        .wrap(headers::defaults())
        .wrap(Compress::default())
        .app_data(site)
        .service(read("/").route(get().to(answers::root)))
        .service(read("/healthz").route(get().to(|| async { "ok\n" })))
        .service(read("/assets/{name}").route(get().to(files::asset)))
        .service(read("/booth/{name}").route(get().to(files::booth_file)))
        .service(read("/pictures/{poll}/{name}").route(get().to(answers::picture)))
        .service(read("/{language}").route(get().to(answers::slash)))
        .service(read("/{language}/").route(get().to(answers::polls)))
        .service(read("/{language}/polls/{poll}").route(get().to(answers::poll)))
        .service(read("/{language}/polls/{poll}/results").route(get().to(answers::results)))
        .service(read("/{language}/polls/{poll}/vote").route(get().to(answers::vote)))
        .service(read("/{language}/polls/{poll}/check").route(get().to(answers::check)))
        .service(read("/{language}/polls/{poll}/find-my-ballot").route(get().to(oneself::find)))
        .service(read("/{language}/polls/{poll}/recount").route(get().to(oneself::recount)))
        .service(words(Prose::HowItWorks))
        .service(words(Prose::Accessibility))
        .service(words(Prose::Privacy))
        .default_service(web::to(answers::not_found))
}

/// `GET`, and `HEAD` for the headers alone.
fn get() -> Route {
    web::route().guard(guard::Any(guard::Get()).or(guard::Head()))
}

/// An address that is only read.
fn read(path: &str) -> Resource {
    web::resource(path).default_service(web::to(answers::method))
}
