//! A trustee decrypts: audit, remember, then publish (specs/08-decrypt.md §2).
//!
//! The order of writes is the safeguard: the audit of the whole record comes
//! first; the checkpoint is on disk before the first share leaves; a share
//! already on the ledger is never made again. A crash after the checkpoint is
//! stored leaves a trustee that decrypts at that very checkpoint and no other.

use auditor::Audit;
use rand::CryptoRng;
use voting_core::entry::{DecryptionShare, Entry, Signed};
use voting_core::hash::Hash;
use voting_core::tally::Sums;

use crate::memory::{Head, decrypted_other};
use crate::trustee::{Trustee, hand_in};
use crate::{Board, CeremonyFault, Memory, Record, TrusteeKey};

/// What became of a contest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decrypted {
    /// The share was published now.
    Published,
    /// The share was on the ledger already.
    AlreadyThere,
    /// Too few ballots: nobody decrypts it.
    SmallGroup {
        /// Counted ballots.
        ballots: u64,
    },
}

/// Audits the record and publishes this trustee's shares, by contest.
pub fn decrypt<R: CryptoRng + ?Sized>(
    board: &dyn Board,
    election: &Hash,
    key: &TrusteeKey,
    memory: &mut Memory,
    rng: &mut R,
) -> Result<Vec<Decrypted>, CeremonyFault> {
    let record = Record::read_again(board, election, memory)?;
    let shares = shares(&record, key, memory, rng)?;
    shares
        .into_iter()
        .map(|share| publish(board, election, share))
        .collect()
}

/// A share that is ready, or why there is none.
enum Ready {
    Share(Box<Entry>),
    Not(Decrypted),
}

fn publish(board: &dyn Board, election: &Hash, ready: Ready) -> Result<Decrypted, CeremonyFault> {
    match ready {
        Ready::Share(entry) => hand_in(board, election, &entry).map(|()| Decrypted::Published),
        Ready::Not(why) => Ok(why),
    }
}

/// Everything up to the moment a share leaves.
fn shares<R: CryptoRng + ?Sized>(
    record: &Record,
    key: &TrusteeKey,
    memory: &mut Memory,
    rng: &mut R,
) -> Result<Vec<Ready>, CeremonyFault> {
    let trustee = Trustee::new(key, record)?;
    let tallied_at = record.lifecycle.closing().tallied_at();
    if tallied_at == 0 {
        let why = "the sums are not all published yet; trustees decrypt after close";
        return Err(CeremonyFault::NotNow(why.to_owned()));
    }
    let head = decryption_head(record, trustee.index(), memory)?;
    if head.size < tallied_at {
        return Err(decrypted_other(head));
    }
    let secret = trustee.secret_share()?;
    let mut ready = Vec::new();
    audit(record, rng)?;
    for contest in 0..record.election().contests.len() as u32 {
        ready.push(match decide(record, trustee.index(), contest) {
            Some(done) => Ready::Not(done),
            None => {
                let share = share_of(record, &secret, contest, head, rng)?;
                let signed = Signed::new(share, &record.election().id, &key.signing);
                let entry = Entry::DecryptionShare(signed);
                record.check_next(&entry)?;
                Ready::Share(Box::new(entry))
            }
        });
    }
    if ready.iter().any(|ready| matches!(ready, Ready::Share(_))) {
        // Durable before any share leaves.
        memory.decrypt_at(head)?;
    }
    Ok(ready)
}

/// The checkpoint to decrypt at: the one stored before; that of own shares on
/// the ledger, which a trustee restored from its key file finds there; or the
/// newest.
fn decryption_head(record: &Record, trustee: u32, memory: &Memory) -> Result<Head, CeremonyFault> {
    let own = record.decoded().filter_map(|(_, entry)| match entry {
        Entry::DecryptionShare(signed) if signed.body.trustee == trustee => Some(Head {
            size: signed.body.size,
            root: *signed.body.root,
        }),
        _ => None,
    });
    let mut known = memory.decrypted().into_iter().chain(own);
    let first = known.next().unwrap_or_else(|| record.head());
    match known.all(|head| head == first) {
        true => Ok(first),
        false => Err(CeremonyFault::NotMine {
            step: "decryption-share",
        }),
    }
}

/// Whether there is nothing to decrypt for a contest.
fn decide(record: &Record, trustee: u32, contest: u32) -> Option<Decrypted> {
    let closing = record.lifecycle.closing();
    let ballots = closing.counted(contest).unwrap_or(0);
    if ballots < u64::from(record.election().manifest.smallest_group) {
        return Some(Decrypted::SmallGroup { ballots });
    }
    let there = closing.trustees(contest).any(|other| other == trustee);
    there.then_some(Decrypted::AlreadyThere)
}

fn share_of<R: CryptoRng + ?Sized>(
    record: &Record,
    secret: &voting_core::keys::SecretShare,
    contest: u32,
    head: Head,
    rng: &mut R,
) -> Result<DecryptionShare, CeremonyFault> {
    let election = record.election();
    let sums = published_sums(record, contest)?;
    let keys = election.keys.as_ref();
    let joint = keys.map(|keys| keys.public.joint);
    let joint = joint.ok_or_else(|| CeremonyFault::NotNow("the ledger holds no certified key".to_owned()))?;
    Ok(secret.decrypt(&election.id, &joint, contest, (head.size, &head.root), &sums, rng))
}

/// The sums of a contest as its tally states them. Those who decrypt have
/// audited before that they are the sums of the ballots.
pub(crate) fn published_sums(record: &Record, contest: u32) -> Result<Sums, CeremonyFault> {
    let name = || {
        record
            .election()
            .manifest
            .contests
            .get(contest as usize)
            .map(|contest| contest.id.clone())
    };
    let fault = |why: String| CeremonyFault::Opening {
        contest: name().unwrap_or_default(),
        why,
    };
    let tally = record.decoded().find_map(|(_, entry)| match entry {
        Entry::Tally(tally) if tally.contest == contest => Some(tally),
        _ => None,
    });
    let tally = tally.ok_or_else(|| fault("its sums are not published".to_owned()))?;
    let cells = record
        .election()
        .contests
        .get(contest as usize)
        .map_or(0, |statement| statement.maxima().len());
    Sums::from_bytes(cells, &tally.sums).map_err(|error| fault(error.to_string()))
}

/// The auditor's claims up to the sums must all hold (attack D9).
fn audit<R: CryptoRng + ?Sized>(record: &Record, rng: &mut R) -> Result<(), CeremonyFault> {
    let mut seed = [0; 32];
    rng.fill_bytes(&mut seed);
    let mut audit = Audit::begin(Some(record.election().id), seed);
    let mut entries: &[Vec<u8>] = &record.entries;
    for entry in &record.entries {
        audit.entry(entry, &mut entries);
    }
    if let Some((name, bytes)) = &record.policy {
        audit.content(name, bytes);
    }
    let verdict = audit.finish(&[&record.note], &mut entries);
    verdict
        .fit_to_decrypt()
        .map_err(|not_fit| CeremonyFault::Audit(not_fit.to_string()))
}
