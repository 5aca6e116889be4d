//! What officers sign: the manifest, and the acts that move the election on.
//!
//! A draft is the ledger entry itself with the signatures gathered so far.
//! It goes as a file from officer to officer; each signs only what follows
//! from the ledger it reads itself.

use voting_core::entry::{Act, ActBody, Entry, OfficerSignature, signed_message};
use voting_core::manifest::Manifest;

use crate::{CeremonyFault, OfficerKey, Record};

/// An act of the officers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ActKind {
    /// Voting begins.
    Open,
    /// Voting is interrupted; why.
    Pause(String),
    /// Voting goes on; why.
    Resume(String),
    /// The planned closing moves.
    Extend {
        /// The new closing, seconds since 1970-01-01 UTC.
        closing: u64,
        /// Why.
        reason: String,
    },
    /// Voting ends, for good.
    Close,
    /// The drawn value of the announced lot.
    Lot(String),
}

/// The draft of an act: it follows the newest act and names the ledger's head.
pub fn draft(record: &Record, kind: ActKind) -> Entry {
    let acts = record.lifecycle.acts();
    let head = record.head();
    let body = |closing: u64, statement: String| Act {
        body: ActBody {
            counter: acts.counter() + 1,
            previous: acts.previous().into(),
            size: head.size,
            root: head.root.into(),
            closing,
            statement,
        },
        signatures: Vec::new(),
    };
    match kind {
        ActKind::Open => Entry::Open(body(0, String::new())),
        ActKind::Pause(reason) => Entry::Pause(body(0, reason)),
        ActKind::Resume(reason) => Entry::Resume(body(0, reason)),
        ActKind::Extend { closing, reason } => Entry::Extend(body(closing, reason)),
        ActKind::Close => Entry::Close(body(0, String::new())),
        ActKind::Lot(value) => Entry::Lot(body(0, value)),
    }
}

/// The draft of a manifest, not signed yet.
pub fn draft_manifest(manifest: Manifest) -> Entry {
    Entry::Manifest(manifest, Vec::new())
}

/// Adds an officer's signature to a draft; signing twice changes nothing.
///
/// `record` is the ledger of an act (a manifest needs none): an act that does
/// not follow from it is not signed.
pub fn sign(draft: &mut Entry, record: Option<&Record>, key: &OfficerKey) -> Result<(), CeremonyFault> {
    let kind = draft.kind();
    if let Entry::Manifest(manifest, signatures) = draft {
        check_manifest(manifest)?;
        let message = signed_message(kind, &manifest.election_id(), &*manifest);
        return add(manifest, signatures, &message, key);
    }
    let act = draft
        .act_mut()
        .ok_or_else(|| CeremonyFault::NotNow(format!("a {kind} entry is not signed by officers")))?;
    let record = record.ok_or_else(|| {
        CeremonyFault::NotNow(format!(
            "to sign this {kind} act, name the ledger and the election"
        ))
    })?;
    check_follows(record, &act.body)?;
    let election = record.election();
    let message = signed_message(kind, &election.id, &act.body);
    add(&election.manifest, &mut act.signatures, &message, key)
}

/// Signatures that a draft still needs.
pub fn signatures_missing(draft: &Entry, manifest: &Manifest) -> usize {
    let signed = match draft {
        Entry::Manifest(_, signatures) => signatures.len(),
        other => other.act().map_or(0, |act| act.signatures.len()),
    };
    (manifest.officers.threshold as usize).saturating_sub(signed)
}

fn check_manifest(manifest: &Manifest) -> Result<(), CeremonyFault> {
    manifest.check().map_err(|problems| {
        let problems: Vec<_> = problems.iter().map(ToString::to_string).collect();
        CeremonyFault::NotNow(format!("the manifest is not coherent: {}", problems.join("; ")))
    })
}

/// The act is the next one, and was drafted on a head of this ledger.
fn check_follows(record: &Record, body: &ActBody) -> Result<(), CeremonyFault> {
    let acts = record.lifecycle.acts();
    let follows = body.counter == acts.counter() + 1 && *body.previous == acts.previous();
    if !follows {
        return Err(CeremonyFault::NotNow(
            "the act does not follow the newest one on the ledger; draft it anew".to_owned(),
        ));
    }
    if !record.lifecycle.has_head(body.size, &body.root) {
        return Err(CeremonyFault::NotNow(
            "the act names a head that this ledger never had; do not sign it".to_owned(),
        ));
    }
    Ok(())
}

fn add(
    manifest: &Manifest,
    signatures: &mut Vec<OfficerSignature>,
    message: &[u8],
    key: &OfficerKey,
) -> Result<(), CeremonyFault> {
    use ed25519_dalek::Signer;
    let public = key.public();
    let place = manifest
        .officers
        .members
        .iter()
        .position(|member| *member.key == public);
    let officer = place.ok_or(CeremonyFault::NotEnrolled { role: "officer" })? as u32;
    let signature = key.signing.sign(message).to_bytes().into();
    signatures.retain(|signature| signature.officer != officer);
    signatures.push(OfficerSignature { officer, signature });
    signatures.sort_by_key(|signature| signature.officer);
    Ok(())
}
