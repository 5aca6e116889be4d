//! What the voters' devices do: fetch a voting pass, seal, cast.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use ceremony::Record;
use ceremony::pabulib::Ballot;
use issuer::enrol::Letter;
use voting_core::ballot::{BallotContext, Draft};
use voting_core::credential::Credential;
use voting_core::entry::Entry;
use voting_core::manifest::Contest;
use voting_core::token::{IssuerPublicKey, Pending};

/// Connections at once, as many voters come at the same time.
const CONNECTIONS: usize = 128;

/// A voter with a voting pass.
pub(crate) struct Voter {
    credential: Credential,
    token: Vec<u8>,
}

/// What all devices read from the ledger.
pub(crate) struct Device {
    context: BallotContext,
    issuer: IssuerPublicKey,
    issuer_url: String,
    ledger_url: String,
    agent: ureq::Agent,
}

impl Device {
    pub(crate) fn new(record: &Record, ledger_url: String) -> Result<Self> {
        let election = record.election();
        let agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_idle_connections(CONNECTIONS)
            .max_idle_connections_per_host(CONNECTIONS)
            .timeout_global(Some(Duration::from_secs(120)))
            .build()
            .into();
        Ok(Self {
            context: election
                .ballot_context(0)
                .context("the ledger holds no joint key")?,
            issuer: election
                .issuer_keys
                .get(&(0, 0))
                .context("the ledger holds no issuer key")?
                .clone(),
            issuer_url: election.manifest.issuers.members[0].url.clone(),
            ledger_url,
            agent,
        })
    }

    /// Every voter asks for a blind-signed voting pass with the code of the letter.
    pub(crate) fn passes(&self, letters: &[&Letter]) -> Result<Vec<Voter>> {
        in_parallel(CONNECTIONS, letters, |letter| self.pass(letter))
    }

    fn pass(&self, letter: &Letter) -> Result<Voter> {
        let mut rng = rand::rng();
        let credential = Credential::generate(&mut rng);
        let pending = Pending::new(&self.issuer, &credential.public(), &mut rng)?;
        let answer = self.ask_for_pass(&pending, letter)?;
        let token = pending.finalize(&self.issuer, &answer)?;
        Ok(Voter { credential, token })
    }

    /// Asks again while the issuer has not seen the opening yet.
    fn ask_for_pass(&self, pending: &Pending, letter: &Letter) -> Result<Vec<u8>> {
        let begun = Instant::now();
        loop {
            let mut response = self
                .agent
                .post(format!("{}/token-request", self.issuer_url))
                .header("authorization", format!("Bearer {}", letter.code.as_str()))
                .content_type("application/private-token-request")
                .send(&pending.request().to_bytes()[..])?;
            if response.status() == 200 {
                return Ok(response.body_mut().read_to_vec()?);
            }
            if begun.elapsed() > Duration::from_secs(30) {
                bail!(
                    "the issuer refuses a voting pass: {}",
                    response.body_mut().read_to_string()?
                );
            }
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    /// Every device seals its voter's choice, on all cores.
    pub(crate) fn seal(
        &self,
        contest: &Contest,
        ballots: &[Ballot],
        voters: &[Voter],
    ) -> Result<Vec<Vec<u8>>> {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let pairs: Vec<_> = ballots.iter().zip(voters).collect();
        in_parallel(cores, &pairs, |(ballot, voter)| {
            let values = contest.encode(&ballot.choice)?;
            let draft = Draft::seal(&self.context, &voter.credential, 0, &values, rand::random())?;
            let cast = draft.cast(vec![voter.token.clone()], &voter.credential, &mut rand::rng())?;
            Ok(Entry::Ballot(cast).to_bytes())
        })
    }

    /// Every device casts over HTTP and keeps the receipt.
    pub(crate) fn cast(&self, sealed: &[Vec<u8>]) -> Result<Vec<String>> {
        in_parallel(CONNECTIONS, sealed, |ballot| {
            let request = self
                .agent
                .post(format!("{}/ballots", self.ledger_url))
                .content_type("application/cbor");
            let mut response = request.send(&ballot[..])?;
            let text = response.body_mut().read_to_string()?;
            if response.status() != 200 {
                bail!("the ballot box refuses a ballot: {text}");
            }
            Ok(text)
        })
    }
}

/// Does the same with every item on so many threads; results in their order.
fn in_parallel<T: Sync, R: Send>(
    threads: usize,
    items: &[T],
    work: impl Fn(&T) -> Result<R> + Sync,
) -> Result<Vec<R>> {
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::with_capacity(items.len()));
    std::thread::scope(|scope| {
        for _ in 0..threads.min(items.len()) {
            scope.spawn(|| {
                loop {
                    let place = next.fetch_add(1, Ordering::Relaxed);
                    let Some(item) = items.get(place) else { return };
                    let result = work(item);
                    if result.is_err() {
                        // The others stop too.
                        next.store(items.len(), Ordering::Relaxed);
                    }
                    done.lock()
                        .unwrap_or_else(|poisoned| poisoned.into_inner())
                        .push((place, result));
                }
            });
        }
    });
    let mut done = done.into_inner().unwrap_or_else(|poisoned| poisoned.into_inner());
    done.sort_by_key(|one| one.0);
    done.into_iter().map(|one| one.1).collect()
}
