//! The whole service over one folder and one ledger: for the command, and in
//! process for demonstrations and tests.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use crate::enrol::{EnrolError, Enrolment};
use crate::folder::Folder;
use crate::records::{Records, RecordsError};
use crate::server::{self, Running, Settings};
use crate::watch::{Follower, Gate, Standing, standing};

/// Time between two looks at the ledger.
const INTERVAL: Duration = Duration::from_millis(500);

/// Why the service does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// No usable enrolment.
    #[error(transparent)]
    Enrolment(#[from] EnrolError),
    /// No usable records.
    #[error(transparent)]
    Records(#[from] RecordsError),
    /// The address cannot be listened on.
    #[error("cannot serve: {0}")]
    Listen(#[from] std::io::Error),
}

/// A running service.
pub struct Service {
    server: Running,
    watcher: JoinHandle<()>,
    stop: Arc<AtomicBool>,
}

impl Service {
    /// Starts the server, and the thread that reads the ledger. It issues as
    /// soon as the ledger allows it, and stops issuing at close.
    pub fn start(folder: &Folder, ledger: &str, settings: &Settings) -> Result<Self, StartError> {
        let enrolment = Enrolment::open(folder)?;
        let records = Records::open(&folder.journal(), &folder.index())?;
        let gate = Arc::new(Gate::new(Standing::Waiting));
        let stop = Arc::new(AtomicBool::new(false));
        let server = server::start(enrolment.clone(), records, gate.clone(), settings)?;
        let follower = Follower::new(ledger);
        let stopped = stop.clone();
        let watcher = std::thread::Builder::new()
            .name("issuer-watch".to_owned())
            .spawn(move || watch(follower, &enrolment, &gate, &stopped))?;
        Ok(Self {
            server,
            watcher,
            stop,
        })
    }

    /// Its base URL.
    pub fn url(&self) -> String {
        self.server.url()
    }

    /// Stops it.
    pub fn stop(self) -> std::io::Result<()> {
        self.stop.store(true, Ordering::Relaxed);
        self.watcher.thread().unpark();
        self.server.stop()
    }

    /// Waits until it stops at an interrupt.
    pub fn wait(self) -> std::io::Result<()> {
        self.server.wait()
    }
}

/// Sets the gate by what the ledger says. A ledger that cannot be read leaves
/// the gate as it is; one that contradicts itself shuts it.
fn watch(mut follower: Follower, enrolment: &Enrolment, gate: &Gate, stop: &AtomicBool) {
    while !stop.load(Ordering::Relaxed) && gate.standing() != Standing::Closed {
        match follower.refresh() {
            Ok(reading) => {
                let now = standing(reading, enrolment);
                if now != gate.standing() {
                    tracing::info!(standing = now.name(), "the ledger says");
                }
                gate.set(now);
            }
            Err(error) => {
                tracing::warn!(%error, "the ledger cannot be followed");
                if error.is_contradiction() {
                    gate.set(Standing::Waiting);
                }
            }
        }
        std::thread::park_timeout(INTERVAL);
    }
}
