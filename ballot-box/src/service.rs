//! A whole ballot box: its store, its threads, its server.

use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use ed25519_dalek::SigningKey;
use voting_core::ledger::{NoTrust, Trust, leaf_hash};

use crate::admission::{Admission, Arrival, LARGEST_POOL, Waiting, verify_waiting};
use crate::book::Book;
use crate::files::Files;
use crate::folder::{Content, Folder, FolderError};
use crate::published::{Added, Published};
use crate::rebuild::Rebuild;
use crate::sequencer::{Handed, Sequencer};
use crate::server::{self, Server};
use crate::shared::Shared;
use crate::storage::{Embedded, Storage, StorageError};
use crate::witnesses::{self, Event, StartRefused};

/// How a ballot box serves.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Where to listen; port 0 takes a free one.
    pub listen: SocketAddr,
    /// A listener taken before, whose address was published already; `listen`
    /// is not looked at then.
    pub taken: Option<Arc<TcpListener>>,
    /// Whether the server stops at an interrupt, as a command does.
    pub signals: bool,
    /// Shortest time between two rounds of asking the witnesses. What witnesses
    /// of the public network allow is a second.
    pub round: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            taken: None,
            signals: false,
            round: Duration::from_secs(1),
        }
    }
}

/// Why a ballot box does not start, or has stopped.
#[derive(Debug, thiserror::Error)]
pub enum ServiceError {
    /// The folder.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// The ledger's store.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// Whom readers have to believe about the ledger.
    #[error(transparent)]
    Trust(#[from] NoTrust),
    /// What the witnesses have cosigned is not what is here.
    #[error(transparent)]
    Witnesses(#[from] StartRefused),
    /// The address, or a thread.
    #[error("cannot serve: {0}")]
    Listen(#[from] std::io::Error),
    /// A thread of ours panicked.
    #[error("the {0} panicked; nothing recorded is lost, start again")]
    Panicked(&'static str),
}

/// A ledger that was read from its store.
pub struct Ledger {
    book: Book,
    shared: Shared,
    storage: Box<dyn Storage>,
    content: Content,
    trust: Trust,
    /// Where the witnessed head is kept.
    witnessed: PathBuf,
}

impl Ledger {
    /// Reads the ledger in a folder, or begins it with the folder's manifest.
    ///
    /// # Errors
    /// The folder has no election, or the store is damaged, rolled back, in
    /// use, or of another election.
    pub fn open(folder: &Folder) -> Result<Self, ServiceError> {
        let (first, content) = folder.election()?;
        let label = [b"psephos/v1/ledger ".as_slice(), &leaf_hash(&first)].concat();
        let key = folder.key()?;
        let (book, published, storage) = open_store(&first, &key, |rebuild| {
            Embedded::open(folder.path(), &label, rebuild)
        })?;
        Self::new(book, published, Box::new(storage), content, folder.path())
    }

    fn new(
        book: Book,
        published: Published,
        storage: Box<dyn Storage>,
        content: Content,
        folder: &Path,
    ) -> Result<Self, ServiceError> {
        let trust = witnesses::trust(&book.lifecycle().election().manifest, &content)?;
        let witnessed = folder.join("witnessed");
        let shared = Shared::new(published, storage.entries());
        if trust.policy().is_some() {
            witnesses::restore(&shared, &trust, &witnessed)?;
        }
        Ok(Self {
            book,
            shared,
            storage,
            content,
            trust,
            witnessed,
        })
    }

    /// The public files.
    pub fn files(&self) -> Files {
        Files::new(self.shared.clone(), self.content.clone())
    }
}

/// Opens a store, counts what it does not remember, and begins an empty one
/// with entry 0.
pub(crate) fn open_store<S: Storage>(
    first: &[u8],
    key: &SigningKey,
    open: impl FnOnce(&mut Rebuild) -> Result<S, StorageError>,
) -> Result<(Book, Published, S), StorageError> {
    let mut rebuild = Rebuild::new(key);
    let mut storage = open(&mut rebuild)?;
    if let Some((book, published, missing)) = rebuild.finish(&*storage.entries())? {
        storage.remember(&book.summary(), &missing)?;
        return Ok((book, published, storage));
    }
    let refused = |why: String| StorageError::Entry { index: 0, why };
    let book = Book::begin(first, key).map_err(|refusal| refused(refusal.to_string()))?;
    let mut published = Published::new(book.lifecycle());
    let checkpoint = book.checkpoint();
    storage.commit(&checkpoint, &[first.to_vec()])?;
    storage.remember(&book.summary(), &[])?;
    published.add(Added::first(first), checkpoint, book.lifecycle());
    Ok((book, published, storage))
}

/// A running ballot box.
pub struct Service {
    server: Server,
    sequencer: JoinHandle<Result<(), StorageError>>,
    verifier: JoinHandle<()>,
    rounds: JoinHandle<()>,
    to_sequencer: Sender<Handed>,
    arrivals: Sender<Arrival>,
    to_rounds: Sender<Event>,
}

impl Service {
    /// Starts the ballot box of a folder.
    ///
    /// # Errors
    /// As [`Ledger::open`]; nothing can listen.
    pub fn start(folder: &Folder, settings: &Settings) -> Result<Self, ServiceError> {
        Self::serve(Ledger::open(folder)?, settings, LARGEST_POOL)
    }

    /// Starts serving a ledger. At most so many ballots may wait.
    pub(crate) fn serve(ledger: Ledger, settings: &Settings, pool: usize) -> Result<Self, ServiceError> {
        let files = ledger.files();
        let entries = ledger.storage.entries();
        let Ledger {
            book,
            shared,
            storage,
            trust,
            witnessed,
            ..
        } = ledger;
        let (to_rounds, told) = channel();
        let rounds = witnesses::begin(&shared, &trust, &witnessed, settings.round, &to_rounds)?;
        let waiting = Arc::new(Waiting::at_most(pool));
        let (to_sequencer, handed) = channel();
        let (arrivals, arriving) = channel();
        let sequencer = Sequencer::new(book, shared.clone(), storage, waiting.clone(), to_rounds.clone());
        let verifier = {
            let (shared, waiting, to_sequencer) = (shared.clone(), waiting.clone(), to_sequencer.clone());
            named("verifier").spawn(move || verify_waiting(&shared, &waiting, &arriving, &to_sequencer))?
        };
        let admission = Admission {
            shared,
            entries,
            waiting,
            arrivals: arrivals.clone(),
        };
        let server = server::start(admission, files, settings)?;
        let stop = server.stopper();
        let sequencer = named("sequencer").spawn(move || {
            let ended = sequencer.run(&handed);
            if let Err(error) = &ended {
                tracing::error!(%error, "stopping: the ledger cannot be written");
            }
            // Servers fail closed: without its writer there is no ballot box.
            stop.stop();
            ended
        })?;
        let rounds = named("witnesses").spawn(move || match rounds {
            Some(rounds) => rounds.run(&told),
            // Nobody is asked, and nobody listens.
            None => drop(told),
        })?;
        Ok(Self {
            server,
            sequencer,
            verifier,
            rounds,
            to_sequencer,
            arrivals,
            to_rounds,
        })
    }

    /// Its base URL.
    pub fn url(&self) -> String {
        format!("http://{}", self.server.address)
    }

    /// Stops: requests that wait for a batch are not answered any more, and
    /// whoever sent them sends them again.
    ///
    /// # Errors
    /// The ledger could not be written, or the server ended with an error.
    pub fn stop(self) -> Result<(), ServiceError> {
        // Its writer first, so that nobody waits for a batch.
        let _ = self.to_sequencer.send(Handed::Stop);
        self.wait()
    }

    /// Waits until the ballot box stops: at an interrupt, or when the ledger
    /// cannot be written.
    ///
    /// # Errors
    /// As [`Service::stop`].
    pub fn wait(self) -> Result<(), ServiceError> {
        let served = self.server.wait();
        let _ = self.to_sequencer.send(Handed::Stop);
        let _ = self.arrivals.send(Arrival::End);
        let _ = self.to_rounds.send(Event::Stop);
        let written = self
            .sequencer
            .join()
            .map_err(|_| ServiceError::Panicked("sequencer"))?;
        self.verifier
            .join()
            .map_err(|_| ServiceError::Panicked("verifier"))?;
        self.rounds
            .join()
            .map_err(|_| ServiceError::Panicked("witness rounds"))?;
        written?;
        Ok(served?)
    }
}

fn named(name: &str) -> thread::Builder {
    thread::Builder::new().name(format!("ballot-box-{name}"))
}

#[cfg(feature = "bench")]
pub mod bench;
#[cfg(test)]
mod tests;
