//! Whom a reader believes about a ledger's head: the ledger's key, and the
//! witnesses that the manifest seals (specs/06-ledger.md §2.5).

use sha2::{Digest, Sha256};

use super::checkpoint::{Checkpoint, InvalidCheckpoint};
use super::note::{InvalidNote, SignedNote};
use super::policy::{Cosignatures, InvalidPolicy, Policy};
use super::vkey::VerifierKey;
use crate::manifest::Manifest;

/// Why there is nobody to believe.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoTrust {
    /// The ledger's name cannot stand in a note.
    #[error("the ledger's name: {0}")]
    Name(#[from] InvalidNote),
    /// The manifest seals a policy, and no file was given.
    #[error("the manifest seals a witness policy, and its file is not here")]
    Missing,
    /// Another file than the sealed one.
    #[error("this witness policy is not the one that the manifest seals")]
    NotSealed,
    /// The policy.
    #[error(transparent)]
    Policy(#[from] InvalidPolicy),
    /// A policy for other ledgers.
    #[error("the witness policy does not name this ledger and its key in a line `log {0}`")]
    OtherLedger(VerifierKey),
    /// A policy that everything meets.
    #[error("the witness policy asks for nobody; an election without witnesses seals no policy")]
    Nobody,
}

/// Whom to believe about one ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trust {
    key: VerifierKey,
    policy: Option<Policy>,
}

/// A head that the ledger has signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The head.
    pub checkpoint: Checkpoint,
    /// Who has cosigned it; `None` where no witnesses are sealed.
    pub cosignatures: Option<Cosignatures>,
}

impl Head {
    /// Whether the witnesses that the election asks for have cosigned it; of
    /// an election that asks for none, always.
    pub fn is_witnessed(&self) -> bool {
        self.cosignatures.as_ref().is_none_or(|found| found.met)
    }
}

impl Trust {
    /// Believes one key, and asks for no witnesses.
    pub fn key_alone(key: VerifierKey) -> Self {
        Self { key, policy: None }
    }

    /// Believes a key where the policy's witnesses agree.
    ///
    /// # Errors
    /// [`NoTrust::OtherLedger`], [`NoTrust::Nobody`].
    pub fn with_policy(key: VerifierKey, policy: Policy) -> Result<Self, NoTrust> {
        if policy.logs().iter().all(|log| log.key != key) {
            return Err(NoTrust::OtherLedger(key));
        }
        if policy.is_met(|_| false) {
            return Err(NoTrust::Nobody);
        }
        let policy = Some(policy);
        Ok(Self { key, policy })
    }

    /// Believes what a manifest seals. `file` is the policy's file where one is
    /// sealed ([`Manifest::policy_file`]), and is not looked at otherwise.
    ///
    /// # Errors
    /// The file is missing, another one, or no policy for this ledger.
    pub fn sealed(manifest: &Manifest, file: Option<&[u8]>) -> Result<Self, NoTrust> {
        let key = VerifierKey::ed25519(&manifest.ledger.origin, &manifest.ledger.key)?;
        let Some(sealed) = &manifest.witness_policy else {
            return Ok(Self::key_alone(key));
        };
        let file = file.ok_or(NoTrust::Missing)?;
        if Sha256::digest(file).as_slice() != sealed.as_slice() {
            return Err(NoTrust::NotSealed);
        }
        Self::with_policy(key, Policy::parse(file)?)
    }

    /// The ledger's key; its name is the origin.
    pub fn key(&self) -> &VerifierKey {
        &self.key
    }

    /// Whose cosignatures are needed; `None`: nobody's.
    pub fn policy(&self) -> Option<&Policy> {
        self.policy.as_ref()
    }

    /// Verifies a signed checkpoint: the ledger's signature, its origin, and
    /// every cosignature of a witness of the policy. Whether those suffice is
    /// left to the caller: [`Head::is_witnessed`].
    ///
    /// # Errors
    /// Another ledger's checkpoint, or a signature line that does not verify.
    pub fn head(&self, note: &[u8]) -> Result<Head, InvalidCheckpoint> {
        let note = SignedNote::parse(note)?;
        let checkpoint = Checkpoint::parse(note.verify(&self.key)?)?;
        if checkpoint.origin != self.key.name() {
            return Err(InvalidCheckpoint::Origin);
        }
        let policy = self.policy.as_ref();
        let cosignatures = policy.map(|policy| policy.cosignatures(&note)).transpose()?;
        Ok(Head {
            checkpoint,
            cosignatures,
        })
    }
}
