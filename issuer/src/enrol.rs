//! Enrolment: from the roll to keys, activation codes and the entries that
//! announce them. It happens once.
//!
//! Order of durable writes, and what a crash after each leaves:
//! 1. everything into `enrolment.unfinished`, the letters too — a crash leaves
//!    rubbish that the next run deletes; no code of it was ever seen;
//! 2. rename to `enrolment` — from here the codes stand for ever; a crash
//!    leaves letters that were not handed over, and the next run hands them over;
//! 3. letters to their file, then removed from the folder — a crash between
//!    leaves both, with the same bytes; the next run removes ours.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use blind_rsa_signatures::KeyPairSha384PSSDeterministic as KeyPair;
use voting_core::encoding::{decode, encode};
use voting_core::entry::{Entry, IssuerKey, Signed};
use voting_core::hash::{Hash, identifier};
use voting_core::manifest::Manifest;
use voting_core::roll::{ActivationCode, ListFault, pseudonym, roll_parts};
use voting_core::token::validity::{self, Context, ProofError};
use voting_core::token::{IssuerPublicKey, KeyRefused};
use zeroize::Zeroizing;

pub use crate::letters::{Letter, read_letters};

use crate::folder::{Folder, FolderError, io_error, read, write_whole};
use crate::roll_file::Voter;
use crate::signer::{BlindSigner, SoftwareSigner};

/// Why nobody was enrolled, or the enrolment cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum EnrolError {
    /// The folder.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// The manifest names another issuer.
    #[error("the manifest has no issuer named {0:?} with this folder's key")]
    NotInManifest(String),
    /// There is an enrolment for something else.
    #[error("this folder is enrolled already, with another {0}; codes are generated once")]
    Other(&'static str),
    /// The letters' file exists and is not ours.
    #[error("{} exists already and is never overwritten; name another file for the letters", .0.display())]
    LettersExist(PathBuf),
    /// Key generation failed.
    #[error("could not make an RSA key of {0} bits")]
    KeyGeneration(u32),
    /// The key's own proof.
    #[error(transparent)]
    Proof(#[from] ProofError),
    /// The key was refused by the check that everybody will make.
    #[error(transparent)]
    Key(#[from] KeyRefused),
    /// Two codes gave one pseudonym, or a style has more voters than entries can name.
    #[error(transparent)]
    Roll(#[from] ListFault),
    /// The letters could not be written as CSV.
    #[error("letters: {0}")]
    Letters(#[from] csv::Error),
}

/// A voter as the issuer knows her: no name, and the code only as a hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// Hash of the activation code.
    pub authorisation: Hash,
    /// Index of the ballot style.
    pub style: u32,
    /// The pseudonym on the published roll.
    pub pseudonym: Hash,
}

const LINE: usize = 68;

/// The key of one style.
#[derive(Clone)]
pub struct StyleKey {
    /// The public key, proven as everybody checks it.
    pub public: IssuerPublicKey,
    /// What signs.
    pub signer: Arc<dyn BlindSigner>,
}

/// A finished enrolment, loaded.
#[derive(Clone)]
pub struct Enrolment {
    /// The election's manifest.
    pub manifest: Manifest,
    /// Its id.
    pub election_id: Hash,
    /// This issuer's index in it.
    pub issuer: u32,
    /// The voters, ascending by authorisation.
    pub lines: Arc<Vec<Line>>,
    /// One key per style.
    pub keys: Vec<StyleKey>,
    /// The signed `issuer-key` and `roll` entries, in the order to publish them.
    pub entries: Vec<Vec<u8>>,
}

impl Enrolment {
    /// Loads the folder's enrolment.
    pub fn open(folder: &Folder) -> Result<Self, EnrolError> {
        let directory = folder.enrolment();
        if !directory.exists() {
            return Err(FolderError::NotEnrolled(directory).into());
        }
        let damaged = |name: &str| FolderError::Damaged(directory.join(name));
        let manifest: Manifest =
            decode(&read(&directory.join("manifest.cbor"))?).map_err(|_| damaged("manifest.cbor"))?;
        let election_id = manifest.election_id();
        let issuer = index_in(&manifest, folder)?;
        let entries: Vec<Vec<u8>> =
            unframe(&read(&directory.join("entries.bin"))?).ok_or_else(|| damaged("entries.bin"))?;
        let bytes = read(&directory.join("roll.bin"))?;
        let lines: Vec<Line> = bytes.as_chunks::<LINE>().0.iter().map(line_from).collect();
        let whole = bytes.len() % LINE == 0 && lines.is_sorted_by_key(|line| line.authorisation);
        if !whole {
            return Err(damaged("roll.bin").into());
        }
        let mut keys = Vec::new();
        for (style, entry) in (0..manifest.styles.len()).zip(&entries) {
            let Ok(Entry::IssuerKey(signed)) = Entry::from_bytes(entry) else {
                return Err(damaged("entries.bin").into());
            };
            let name = key_name(style);
            let der = Zeroizing::new(read(&directory.join(&name))?);
            let signer = SoftwareSigner::from_pkcs8(&der).ok_or_else(|| damaged(&name))?;
            let public = IssuerPublicKey::verify_entry(&election_id, &manifest, &signed.body)?;
            keys.push(StyleKey {
                public,
                signer: Arc::new(signer),
            });
        }
        Ok(Self {
            manifest,
            election_id,
            issuer,
            lines: Arc::new(lines),
            keys,
            entries,
        })
    }

    /// The voter with this authorisation.
    pub fn line(&self, authorisation: &Hash) -> Option<&Line> {
        let found = self
            .lines
            .binary_search_by_key(authorisation, |line| line.authorisation);
        found.ok().map(|place| &self.lines[place])
    }
}

/// Enrols the voters for an election, or finishes and returns the enrolment
/// that was begun with the same manifest and roll.
pub fn enrol(
    folder: &Folder,
    manifest: &Manifest,
    voters: &[Voter],
    letters: &Path,
) -> Result<Enrolment, EnrolError> {
    let source = source_hash(voters);
    if folder.enrolment().exists() {
        check_same(folder, manifest, &source)?;
    } else {
        if letters.exists() {
            return Err(EnrolError::LettersExist(letters.to_owned()));
        }
        prepare(folder, manifest, voters, &source)?;
        // From here the codes stand for ever.
        let (from, to) = (folder.staging(), folder.enrolment());
        fs::rename(&from, &to)
            .and_then(|()| journal::sync_folder_of(&to))
            .map_err(|error| io_error(&to, error))?;
    }
    hand_over_letters(folder, letters)?;
    Enrolment::open(folder)
}

fn check_same(folder: &Folder, manifest: &Manifest, source: &Hash) -> Result<(), EnrolError> {
    let directory = folder.enrolment();
    if read(&directory.join("manifest.cbor"))? != encode(manifest) {
        return Err(EnrolError::Other("manifest"));
    }
    if read(&directory.join("source.sha3"))? != source {
        return Err(EnrolError::Other("roll"));
    }
    Ok(())
}

/// Writes a whole enrolment into the staging folder.
fn prepare(folder: &Folder, manifest: &Manifest, voters: &[Voter], source: &Hash) -> Result<(), EnrolError> {
    let directory = folder.staging();
    let issuer = index_in(manifest, folder)?;
    let identity = folder.identity()?;
    let election_id = manifest.election_id();
    if directory.exists() {
        fs::remove_dir_all(&directory).map_err(|error| io_error(&directory, error))?;
    }
    fs::create_dir(&directory).map_err(|error| io_error(&directory, error))?;

    let mut entries = Vec::new();
    let mut truncated = HashSet::new();
    for style in 0..manifest.styles.len() {
        let (body, der) = make_key(manifest, &election_id, issuer, style as u32, &mut truncated)?;
        write_whole(&directory.join(key_name(style)), &der, 0o600)?;
        entries.push(Entry::IssuerKey(Signed::new(body, &election_id, &identity)).to_bytes());
    }
    let (lines, letters) = make_codes(manifest, &election_id, voters)?;
    for style in 0..manifest.styles.len() as u32 {
        let mut pseudonyms: Vec<Hash> = lines
            .iter()
            .filter(|line| line.style == style)
            .map(|line| line.pseudonym)
            .collect();
        pseudonyms.sort_unstable();
        for part in roll_parts(issuer, style, &pseudonyms)? {
            entries.push(Entry::Roll(Signed::new(part, &election_id, &identity)).to_bytes());
        }
    }
    let roll: Vec<u8> = lines.iter().flat_map(line_bytes).collect();
    write_whole(&directory.join("roll.bin"), &roll, 0o600)?;
    write_whole(&directory.join("entries.bin"), &frame(&entries), 0o644)?;
    write_whole(&directory.join("manifest.cbor"), &encode(manifest), 0o644)?;
    write_whole(&directory.join("source.sha3"), source, 0o644)?;
    write_whole(&directory.join("letters.csv"), &letters, 0o600)?;
    Ok(())
}

/// A key whose truncated id is unlike those before it, so that a request says
/// which key it means (RFC 9578 §6.5 has one byte for that).
fn make_key(
    manifest: &Manifest,
    election_id: &Hash,
    issuer: u32,
    style: u32,
    truncated: &mut HashSet<u8>,
) -> Result<(IssuerKey, Zeroizing<Vec<u8>>), EnrolError> {
    let bits = manifest.issuers.token_bits;
    let mut rng = rand::rng();
    loop {
        let pair = KeyPair::generate(&mut rng, bits as usize).map_err(|_| EnrolError::KeyGeneration(bits))?;
        let context = Context {
            election_id,
            issuer,
            style,
        };
        let proof = validity::prove(&context, pair.sk.as_ref(), &mut rng)?;
        let body = IssuerKey {
            issuer,
            style,
            modulus: pair.pk.components().n().into(),
            proof: proof.into(),
        };
        let public = IssuerPublicKey::verify_entry(election_id, manifest, &body)?;
        // With more styles than half the bytes, collisions are let be: the
        // activation code still says which key is meant.
        if truncated.insert(public.key().truncated_id()) || truncated.len() > 128 {
            let der = pair.sk.to_der().map_err(|_| EnrolError::KeyGeneration(bits))?;
            return Ok((body, Zeroizing::new(der)));
        }
    }
}

/// One code per voter: what the issuer keeps, and what the letters say.
fn make_codes(
    manifest: &Manifest,
    election_id: &Hash,
    voters: &[Voter],
) -> Result<(Vec<Line>, Zeroizing<Vec<u8>>), EnrolError> {
    let mut rng = rand::rng();
    let mut lines = Vec::with_capacity(voters.len());
    let mut letters = csv::Writer::from_writer(Vec::new());
    letters.write_record(["line", "style", "code"])?;
    for Voter { line, style } in voters {
        let code = ActivationCode::generate(&mut rng);
        lines.push(Line {
            authorisation: code.authorisation(election_id),
            style: *style,
            pseudonym: pseudonym(election_id, &code.secret(election_id), line),
        });
        letters.write_record([
            line.as_str(),
            &manifest.styles[*style as usize].name,
            &code.to_text(),
        ])?;
    }
    // Sorted: the order of the roll file is not kept.
    lines.sort_unstable_by_key(|line| line.authorisation);
    let letters = letters
        .into_inner()
        .map_err(|error| csv::Error::from(error.into_error()))?;
    Ok((lines, Zeroizing::new(letters)))
}

/// Moves the letters out of the folder. They are written once.
fn hand_over_letters(folder: &Folder, letters: &Path) -> Result<(), EnrolError> {
    let kept = folder.enrolment().join("letters.csv");
    if !kept.exists() {
        return Ok(());
    }
    let bytes = Zeroizing::new(read(&kept)?);
    if !letters.exists() {
        write_whole(letters, &bytes, 0o600)?;
    } else if read(letters)? != *bytes {
        return Err(EnrolError::LettersExist(letters.to_owned()));
    }
    fs::remove_file(&kept)
        .and_then(|()| journal::sync_folder_of(&kept))
        .map_err(|error| io_error(&kept, error))?;
    Ok(())
}

/// This issuer's index in a manifest: name and key must both be its own.
fn index_in(manifest: &Manifest, folder: &Folder) -> Result<u32, EnrolError> {
    let (name, key) = (folder.name()?, folder.identity()?.verifying_key().to_bytes());
    (0..)
        .zip(&manifest.issuers.members)
        .find(|(_, member)| member.name == name && *member.key == key)
        .map(|(index, _)| index)
        .ok_or(EnrolError::NotInManifest(name))
}

/// Recognises the roll that an enrolment was made from, without keeping it.
fn source_hash(voters: &[Voter]) -> Hash {
    let mut text = Vec::new();
    for Voter { line, style } in voters {
        text.extend_from_slice(&style.to_be_bytes());
        text.extend_from_slice(line.as_str().as_bytes());
        text.push(b'\n');
    }
    identifier("psephos/v1/roll-source", &[&text])
}

fn key_name(style: usize) -> String {
    format!("key-{style}.pkcs8")
}

fn line_bytes(line: &Line) -> Vec<u8> {
    [
        line.authorisation.as_slice(),
        &line.style.to_be_bytes(),
        &line.pseudonym,
    ]
    .concat()
}

fn line_from(bytes: &[u8; LINE]) -> Line {
    let mut line = Line {
        authorisation: [0; 32],
        style: 0,
        pseudonym: [0; 32],
    };
    line.authorisation.copy_from_slice(&bytes[..32]);
    line.style = u32::from_be_bytes([bytes[32], bytes[33], bytes[34], bytes[35]]);
    line.pseudonym.copy_from_slice(&bytes[36..]);
    line
}

/// Entries one after the other, each after its length in two bytes.
fn frame(entries: &[Vec<u8>]) -> Vec<u8> {
    entries
        .iter()
        .flat_map(|entry| [&(entry.len() as u16).to_be_bytes(), entry.as_slice()].concat())
        .collect()
}

fn unframe(mut bytes: &[u8]) -> Option<Vec<Vec<u8>>> {
    let mut entries = Vec::new();
    while !bytes.is_empty() {
        let (length, rest) = bytes.split_first_chunk::<2>()?;
        let (entry, rest) = rest.split_at_checked(usize::from(u16::from_be_bytes(*length)))?;
        entries.push(entry.to_vec());
        bytes = rest;
    }
    Some(entries)
}
