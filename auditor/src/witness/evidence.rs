//! What a witness keeps when a ledger contradicts what it cosigned: evidence
//! of a fork (specs/10-audit.md §8), or what it was asked for without a proof
//! that holds (specs/06-ledger.md §2.4).

use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use journal::{sync_folder_of, write_whole};
use sha2::{Digest, Sha256};
use voting_core::hash::Hash;
use voting_core::ledger::{
    Checkpoint, CosignerKey, InvalidCheckpoint, NotWitnessed, Submission, Trust, VerifierKey, older_root,
    verify_consistency,
};

use super::error::{WitnessError, at};
use crate::evidence::{Contradiction, Evidence};

const HEADER: &str = "psephos/v1/not-witnessed";
/// Files of each ledger: one proven fork is enough to convict it.
const MOST_FORKS: usize = 16;
/// Files of each ledger: anybody who has a checkpoint can send it with a wrong
/// proof, but only one file for each checkpoint that the ledger has signed.
const MOST_UNPROVED: usize = 1_024;

/// What a refused head says about a ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Suspicion {
    /// It begins with another tree than the one cosigned: both are signed by
    /// the ledger, so it has forked.
    Fork {
        /// The root of that tree, of the size cosigned last.
        root: Hash,
        /// Proof that the refused head goes on from it.
        proof: Vec<Hash>,
    },
    /// It is larger, and came without a proof that holds. The ledger has
    /// forked, unless it can show another proof from the one head to the other.
    Unproved,
}

impl Suspicion {
    fn word(&self) -> &'static str {
        match self {
            Self::Fork { .. } => "fork",
            Self::Unproved => "unproved",
        }
    }

    fn most(&self) -> usize {
        match self {
            Self::Fork { .. } => MOST_FORKS,
            Self::Unproved => MOST_UNPROVED,
        }
    }
}

/// Why what was kept says nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidRefused {
    /// Another form.
    #[error("this is not what a witness keeps: header, `ledger`, `witness`, `cosigned` and `submitted`")]
    Form,
    /// Its submission is none.
    #[error("what was submitted: {0}")]
    Submission(#[from] NotWitnessed),
    /// The ledger has not signed one of the two.
    #[error("the ledger has not signed both checkpoints: {0}")]
    Unsigned(#[from] InvalidCheckpoint),
    /// The two heads agree.
    #[error("the two checkpoints are consistent: they accuse nobody")]
    Consistent,
}

/// A head that was refused beside the one cosigned, with all that is needed to judge them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// The ledger's key.
    pub ledger: VerifierKey,
    /// The key of the witness that kept this.
    pub witness: CosignerKey,
    /// The checkpoint that the witness had cosigned last, with the ledger's
    /// lines and its own.
    pub cosigned: String,
    /// What it was asked to cosign, and refused.
    pub submitted: Submission,
}

impl Refused {
    /// Reads a file from its one form; verifies nothing.
    ///
    /// # Errors
    /// [`InvalidRefused::Form`] or [`InvalidRefused::Submission`].
    pub fn parse(file: &[u8]) -> Result<Self, InvalidRefused> {
        Self::read(file).ok_or(InvalidRefused::Form)?
    }

    fn read(file: &[u8]) -> Option<Result<Self, InvalidRefused>> {
        let text = std::str::from_utf8(file).ok()?;
        let rest = text.strip_prefix(HEADER)?.strip_prefix('\n')?;
        let (ledger, rest) = rest.strip_prefix("ledger ")?.split_once('\n')?;
        let (witness, rest) = rest.strip_prefix("witness ")?.split_once('\n')?;
        let (cosigned, rest) = section(rest.strip_prefix("cosigned ")?)?;
        let (submitted, rest) = section(rest.strip_prefix("submitted ")?)?;
        let submitted = match Submission::parse(submitted.as_bytes()) {
            Ok(submitted) => submitted,
            Err(error) => return Some(Err(error.into())),
        };
        let refused = Self {
            ledger: VerifierKey::parse(ledger).ok()?,
            witness: CosignerKey::parse(witness).ok()?,
            cosigned: cosigned.to_owned(),
            submitted,
        };
        (rest.is_empty() && refused.to_string() == text).then_some(Ok(refused))
    }

    /// Verifies both signatures of the ledger, and says what the two heads
    /// mean. The witness's own line needs no belief: the ledger's signatures accuse it.
    ///
    /// # Errors
    /// They accuse nobody.
    pub fn verify(&self) -> Result<Suspicion, InvalidRefused> {
        let trust = Trust::key_alone(self.ledger.clone());
        let cosigned = trust.head(self.cosigned.as_bytes())?.checkpoint;
        let submitted = trust.head(self.submitted.checkpoint.as_bytes())?.checkpoint;
        suspicion(&cosigned, &submitted, &self.submitted).ok_or(InvalidRefused::Consistent)
    }

    /// The file of a suspicion: what anybody can check where it is proven.
    fn file(&self, suspicion: &Suspicion, head: &Checkpoint) -> String {
        let Suspicion::Fork { root, proof } = suspicion else {
            return self.to_string();
        };
        let (older, newer) = (self.cosigned.clone(), self.submitted.checkpoint.clone());
        let contradiction = Contradiction::fork(older, newer, root, proof);
        let says = format!(
            "The witness {} had cosigned this ledger, and was asked at size {} to cosign another one.",
            self.witness.name(),
            head.size
        );
        let trust = Trust::key_alone(self.ledger.clone());
        let evidence = Evidence::new(&trust, None, contradiction, says);
        // Strings alone: they can always be written.
        let mut file = serde_json::to_string_pretty(&evidence).unwrap_or_default();
        file.push('\n');
        file
    }
}

/// What a head that the ledger has signed, and was submitted, says beside the
/// one cosigned last.
pub(super) fn suspicion(
    cosigned: &Checkpoint,
    head: &Checkpoint,
    submission: &Submission,
) -> Option<Suspicion> {
    if head.size == cosigned.size {
        let other = head.root != cosigned.root;
        let (root, proof) = (head.root, Vec::new());
        return other.then_some(Suspicion::Fork { root, proof });
    }
    // Everything goes on from the empty ledger, and what is smaller may have
    // come late.
    if submission.old != cosigned.size || !(1..head.size).contains(&cosigned.size) {
        return None;
    }
    let (old, new, proof) = (cosigned.size, head.size, &submission.proof);
    if verify_consistency(old, &cosigned.root, new, &head.root, proof).is_ok() {
        return None;
    }
    // A proof that leads to the refused head from another tree convicts the ledger.
    Some(match older_root(old, new, &head.root, proof) {
        Some(root) if root != cosigned.root => Suspicion::Fork {
            root,
            proof: proof.clone(),
        },
        _ => Suspicion::Unproved,
    })
}

impl fmt::Display for Refused {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "{HEADER}")?;
        writeln!(out, "ledger {}", self.ledger)?;
        writeln!(out, "witness {}", self.witness)?;
        for (what, text) in [
            ("cosigned", &self.cosigned),
            ("submitted", &self.submitted.to_string()),
        ] {
            write!(out, "{what} {}\n{text}", text.len())?;
        }
        Ok(())
    }
}

/// A length in bytes, a newline, and so many bytes.
fn section(text: &str) -> Option<(&str, &str)> {
    let (length, rest) = text.split_once('\n')?;
    rest.split_at_checked(length.parse().ok()?)
}

/// `<word>-<ledger>-<size>-<hash of the head>.<json or txt>`: the same for the
/// same head, whatever proof came with it.
fn name(suspicion: &Suspicion, head: &Checkpoint) -> String {
    let hash = &hex::encode(Sha256::digest(head.text()))[..16];
    let kind = match suspicion {
        Suspicion::Fork { .. } => "json",
        Suspicion::Unproved => "txt",
    };
    format!("{}{}-{hash}.{kind}", prefix(suspicion, &head.origin), head.size)
}

fn prefix(suspicion: &Suspicion, origin: &str) -> String {
    let ledger = &hex::encode(Sha256::digest(origin))[..16];
    format!("{}-{ledger}-", suspicion.word())
}

/// What became of some evidence.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Kept {
    /// It is durable, in this file.
    New(PathBuf),
    /// It was there already.
    Known,
    /// There is enough of this ledger; said once.
    Enough,
}

/// The folder of evidence files.
#[derive(Debug)]
pub(super) struct Files {
    folder: PathBuf,
    names: BTreeSet<String>,
    /// Prefixes of which there are enough.
    enough: BTreeSet<String>,
}

impl Files {
    pub(super) fn open(folder: &Path) -> Result<Self, WitnessError> {
        fs::create_dir_all(folder).map_err(at(folder))?;
        sync_folder_of(folder).map_err(at(folder))?;
        let mut names = BTreeSet::new();
        for file in fs::read_dir(folder).map_err(at(folder))? {
            let name = file.map_err(at(folder))?.file_name();
            let whole = |name: &String| name.ends_with(".txt") || name.ends_with(".json");
            names.extend(name.into_string().ok().filter(whole));
        }
        Ok(Self {
            folder: folder.to_owned(),
            names,
            enough: BTreeSet::new(),
        })
    }

    /// How many files there are.
    pub(super) fn len(&self) -> usize {
        self.names.len()
    }

    /// Writes evidence durably, unless that head's is there already, or enough.
    pub(super) fn keep(
        &mut self,
        refused: &Refused,
        head: &Checkpoint,
        suspicion: &Suspicion,
    ) -> Result<Kept, WitnessError> {
        let name = name(suspicion, head);
        if self.names.contains(&name) {
            return Ok(Kept::Known);
        }
        let prefix = prefix(suspicion, &head.origin);
        let there = self.names.iter().filter(|name| name.starts_with(&prefix));
        if there.count() >= suspicion.most() {
            return Ok(match self.enough.insert(prefix) {
                true => Kept::Enough,
                false => Kept::Known,
            });
        }
        let path = self.folder.join(&name);
        write_whole(&path, refused.file(suspicion, head).as_bytes(), 0o644).map_err(at(&path))?;
        self.names.insert(name);
        Ok(Kept::New(path))
    }

    /// A head was proved after all and is cosigned now: what was kept about a
    /// wrong proof for it accuses nobody any more.
    pub(super) fn settle(&mut self, head: &Checkpoint) {
        let name = name(&Suspicion::Unproved, head);
        // A file that cannot be removed says what it always said; its reader verifies it.
        if self.names.remove(&name) {
            let _ = fs::remove_file(self.folder.join(name));
        }
    }
}
