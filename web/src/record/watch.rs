//! A poll that is kept fresh by a thread of its own.

use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::sync::{Arc, RwLock};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use voting_core::hash::Hash;

use super::reader::{NotRead, Reader};
use super::{Distrust, Record, Shown};

/// Where a ledger is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ledger {
    /// Its address.
    pub url: String,
    /// The election id that must be found there.
    pub election: Option<Hash>,
}

/// How often to look, and how long a look counts as now.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// Between two looks.
    pub every: Duration,
    /// After the last look that succeeded.
    pub fresh: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            every: Duration::from_secs(3),
            fresh: Duration::from_secs(30),
        }
    }
}

/// What the thread knows.
#[derive(Debug)]
struct Known {
    record: Option<Arc<Record>>,
    /// When the ledger was last seen to be as the record says.
    seen: Option<Instant>,
    distrust: Option<Distrust>,
    step: Option<(u64, u64)>,
}

/// A watched poll. Dropping it ends the watch.
pub struct Watched {
    ledger: Ledger,
    fresh: Duration,
    known: Arc<RwLock<Known>>,
    stop: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Watched {
    /// Begins to read.
    ///
    /// # Errors
    /// The system gives no thread.
    pub fn start(ledger: Ledger, patience: Patience) -> std::io::Result<Self> {
        let known = Arc::new(RwLock::new(Known {
            record: None,
            seen: None,
            distrust: None,
            step: Some((0, 0)),
        }));
        let (stop, stopped) = channel();
        let thread = {
            let (known, ledger) = (known.clone(), ledger.clone());
            std::thread::Builder::new()
                .name("web-record".to_owned())
                .spawn(move || {
                    let mut reader = Reader::new(&ledger.url, ledger.election);
                    loop {
                        let trusted = look(&mut reader, &ledger.url, &known);
                        // A ledger that is not believed is read anew from its first entry.
                        let pause = patience.every * if trusted { 1 } else { 10 };
                        if stopped.recv_timeout(pause) != Err(RecvTimeoutError::Timeout) {
                            return;
                        }
                    }
                })?
        };
        Ok(Self {
            ledger,
            fresh: patience.fresh,
            known,
            stop: Some(stop),
            thread: Some(thread),
        })
    }

    /// Where it is read.
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// What may be said now.
    pub fn shown(&self) -> Shown {
        let Ok(known) = self.known.read() else {
            return Shown::OutOfReach;
        };
        if let Some(why) = &known.distrust {
            return Shown::Distrusted {
                why: why.clone(),
                before: known.record.clone(),
            };
        }
        match (&known.record, known.seen) {
            (Some(record), Some(seen)) if seen.elapsed() < self.fresh => Shown::Current(record.clone()),
            (Some(record), _) => Shown::Stale(record.clone()),
            (None, _) => match known.step {
                Some((entries, of)) => Shown::Checking { entries, of },
                None => Shown::OutOfReach,
            },
        }
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // A thread that panicked has said so.
            let _ = thread.join();
        }
    }
}

/// Looks once; whether the ledger is believed.
fn look(reader: &mut Reader, url: &str, known: &RwLock<Known>) -> bool {
    // A poisoned lock means that a page panicked while it read: the data is whole.
    let write = || known.write().unwrap_or_else(std::sync::PoisonError::into_inner);
    let found = reader.round(&mut |entries, of| write().step = Some((entries, of)));
    let mut known = write();
    if known.distrust == Some(Distrust::Rewritten) {
        // Two signed heads that contradict each other are never made good.
        return false;
    }
    match found {
        Ok(news) => {
            if let Some(record) = news {
                tracing::info!(url, phase = record.phase.name(), "verified a new head");
                known.record = Some(Arc::new(record));
            }
            (known.seen, known.distrust) = (Some(Instant::now()), None);
        }
        Err(NotRead::Distrusted(why)) => {
            tracing::error!(url, %why, "the ledger is not to be believed");
            known.distrust = Some(why);
        }
        // Silence says nothing about a distrust that was there before.
        Err(why) => tracing::warn!(url, %why, "no new head"),
    }
    known.step = None;
    known.distrust.is_none()
}
