//! What the voters' devices do: fetch a voting pass, seal, cast, look. Each is a
//! [`Voter`] of the core; here is only what carries its messages over HTTP.
//!
//! The devices of this election live and die with the process, so none stores
//! its state (specs/05a-voter.md §7).

use std::slice;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use ceremony::Record;
use ceremony::pabulib::Ballot;
use indicatif::ProgressBar;
use issuer::enrol::Letter;
use voting_core::token::TokenRequest;
use voting_core::voter::{Poll, Reading, Stage, Status, Voter};

use crate::device::{Answer, Device};

/// Connections at once, as many voters come at the same time.
const CONNECTIONS: usize = 128;

/// How long an issuer may take to see the opening.
const ISSUER_PATIENCE: Duration = Duration::from_secs(30);
/// How long a ballot waits for its witnesses; each answer waits 2 s already.
const WITNESSES_PATIENCE: Duration = Duration::from_secs(60);

/// What all devices read: the poll from the ledger, and what the issuers serve.
pub(crate) struct Devices {
    poll: Poll,
    issuers: Vec<Issuer>,
    ledger_url: String,
    device: Device,
}

/// An issuer as it shows itself.
struct Issuer {
    url: String,
    /// The keys of its directory, base64url.
    keys: Vec<String>,
}

impl Devices {
    pub(crate) fn new(record: &Record, ledger_url: String) -> Result<Self> {
        let device = Device::new(CONNECTIONS);
        let poll = Poll::of(&record.lifecycle, 0, record.trust.clone())?;
        let issuers = poll.issuers().map(|issuer| {
            Ok(Issuer {
                url: issuer.url.clone(),
                keys: device.served_keys(&issuer.url)?,
            })
        });
        Ok(Self {
            issuers: issuers.collect::<Result<_>>()?,
            poll,
            ledger_url,
            device,
        })
    }

    /// Every voter asks for a blind-signed voting pass with the code of the letter.
    pub(crate) fn passes(&self, letters: Vec<&Letter>, bar: &ProgressBar) -> Result<Vec<Voter<'_>>> {
        in_parallel(CONNECTIONS, letters, bar, |letter| self.pass(letter))
    }

    fn pass(&self, letter: &Letter) -> Result<Voter<'_>> {
        let mut voter = Voter::begin(&self.poll, &mut rand::rng())?;
        for (index, issuer) in (0..).zip(&self.issuers) {
            let served = self.poll.served(index, issuer.keys.iter().map(String::as_str))?;
            if let Some(request) = voter.request(&served)? {
                voter.answer(index, &self.ask_for_pass(issuer, &request, letter)?)?;
            }
        }
        Ok(voter)
    }

    /// Asks again while the issuer has not seen the opening yet.
    fn ask_for_pass(&self, issuer: &Issuer, request: &TokenRequest, letter: &Letter) -> Result<Vec<u8>> {
        let begun = Instant::now();
        loop {
            match self.device.ask_for_pass(&issuer.url, request, &letter.code) {
                Answer::Given(pass) => return Ok(pass),
                Answer::Refused(why) | Answer::Unknown(why) if begun.elapsed() > ISSUER_PATIENCE => {
                    bail!("the issuer refuses a voting pass: {why}");
                }
                _ => std::thread::sleep(Duration::from_millis(100)),
            }
        }
    }

    /// Every device seals and proves its voter's choice, on all cores.
    pub(crate) fn seal<'d>(
        &'d self,
        ballots: &[Ballot],
        voters: Vec<Voter<'d>>,
        bar: &ProgressBar,
    ) -> Result<Vec<Voter<'d>>> {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let pairs = ballots.iter().zip(voters).collect();
        in_parallel(cores, pairs, bar, |(ballot, mut voter)| {
            let mut rng = rand::rng();
            let draft = voter.choose(slice::from_ref(&ballot.choice), &mut rng)?;
            voter.cast(draft, &mut rng)?;
            Ok(voter)
        })
    }

    /// Every device casts over HTTP, and verifies its receipt. While the
    /// witnesses have not confirmed it, the same ballot is handed in again.
    pub(crate) fn cast<'d>(&'d self, voters: Vec<Voter<'d>>, bar: &ProgressBar) -> Result<Vec<Voter<'d>>> {
        in_parallel(CONNECTIONS, voters, bar, |mut voter| {
            let begun = Instant::now();
            while let Some(ballot) = voter.unconfirmed() {
                let answer = self.hand_in(ballot)?;
                if voter.receive(&answer)? == Stage::HandedIn && begun.elapsed() > WITNESSES_PATIENCE {
                    bail!("the witnesses do not confirm a ballot that the ballot box has taken");
                }
            }
            Ok(voter)
        })
    }

    fn hand_in(&self, ballot: &[u8]) -> Result<Vec<u8>> {
        match self.device.hand_in(&self.ledger_url, ballot) {
            Answer::Given(receipt) => Ok(receipt),
            Answer::Refused(why) | Answer::Unknown(why) => bail!("the ballot box refuses a ballot: {why}"),
        }
    }
}

/// One voter reads the whole record, and finds the ballot that counts.
pub(crate) fn look<'d>(voter: &mut Voter<'d>, record: &Record) -> Result<Status> {
    let (first, rest) = record.entries.split_first().context("the ledger is empty")?;
    let mut reading = Reading::begin(voter, first)?;
    for entry in rest {
        reading.entry(entry, &mut rand::rng());
    }
    Ok(voter.status(reading, &record.note)?)
}

/// Does the same with every item on so many threads; results in their order.
fn in_parallel<T: Send, R: Send>(
    threads: usize,
    items: Vec<T>,
    bar: &ProgressBar,
    work: impl Fn(T) -> Result<R> + Sync,
) -> Result<Vec<R>> {
    let threads = threads.min(items.len());
    let done = Mutex::new(Vec::with_capacity(items.len()));
    let items = Mutex::new(items.into_iter().enumerate());
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let next = locked(&items).next();
                    let Some((place, item)) = next else { return };
                    let result = work(item);
                    if result.is_err() {
                        // The others stop too.
                        locked(&items).by_ref().for_each(drop);
                    }
                    locked(&done).push((place, result));
                    bar.inc(1);
                }
            });
        }
    });
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_by_key(|one| one.0);
    done.into_iter().map(|one| one.1).collect()
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
