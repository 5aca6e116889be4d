//! What stops a ceremony, sorted by whose fault it is.

use voting_core::encoding::DecodeError;
use voting_core::keys::KeyFault;
use voting_core::lifecycle::Illegal;

/// Why a step of the ceremony was not taken. Nothing was changed unless it
/// says so.
#[derive(Debug, thiserror::Error)]
pub enum CeremonyFault {
    // --- this machine
    /// A file that cannot be read or written.
    #[error("{path}: {why}")]
    File {
        /// The file.
        path: String,
        /// What the system says.
        why: std::io::Error,
    },
    /// A file that is something else than it should be, or damaged.
    #[error("{path}: {why}")]
    Content {
        /// The file.
        path: String,
        /// What is wrong.
        why: String,
    },
    /// A wrong passphrase, or a damaged file: which of them cannot be told.
    #[error("the file does not open: the passphrase is wrong, or the file was damaged")]
    Passphrase,
    /// Randomness or encryption failed.
    #[error("encrypting the file failed: {0}")]
    Encryption(String),

    // --- the wrong election, or the wrong person
    /// Another manifest than the one asked for.
    #[error(
        "the ledger holds election {found}, but you asked for {expected}; check the address and the manifest hash"
    )]
    OtherElection {
        /// Election id asked for.
        expected: String,
        /// Election id found.
        found: String,
    },
    /// A key that the manifest does not name.
    #[error("the manifest names no {role} with this key; use the key file whose public key was sealed")]
    NotEnrolled {
        /// Officer or trustee.
        role: &'static str,
    },
    /// A step on the ledger in this trustee's name that this key did not take.
    #[error(
        "the ledger holds a {step} in your name that your key file does not give; do not go on, tell the officers and publish it"
    )]
    NotMine {
        /// The kind of entry.
        step: &'static str,
    },

    // --- the ballot box
    /// The ballot box cannot be reached.
    #[error("{address} cannot be reached: {why}")]
    Unreachable {
        /// The address.
        address: String,
        /// What happened.
        why: String,
    },
    /// The ballot box refuses an entry or a request.
    #[error("the ballot box refuses ({status}): {detail}")]
    Refused {
        /// HTTP status.
        status: u16,
        /// What it says.
        detail: String,
    },
    /// A ledger that is not what it says.
    #[error("the ledger does not hold together: {0}; do not go on, and keep what you downloaded")]
    Record(String),
    /// A ledger that lost entries this person saw before.
    #[error(
        "the ledger no longer contains the head of {size} entries that was seen before; it was rolled back or forked: do not go on"
    )]
    RolledBack {
        /// Size of the head seen before.
        size: u64,
    },
    /// An entry on the ledger that does not decode.
    #[error("entry {index}: {error}")]
    Decode {
        /// Its index.
        index: u64,
        /// What is wrong.
        error: DecodeError,
    },
    /// An entry on the ledger, or about to be handed in, that is not legal.
    #[error("entry {index}: {illegal}")]
    Illegal {
        /// Its index.
        index: u64,
        /// Why.
        illegal: Box<Illegal>,
    },

    // --- other trustees
    /// A trustee's key entry is wrong.
    #[error("trustee {trustee}: {fault}")]
    Key {
        /// The trustee at fault.
        trustee: u32,
        /// What is wrong.
        fault: KeyFault,
    },

    // --- the course of the election
    /// A step whose time has not come or is over.
    #[error("{0}")]
    NotNow(String),
    /// The audit before decryption did not pass.
    #[error("{0}; run `auditor verify` and tell the officers")]
    Audit(String),
    /// A second decryption of something else.
    #[error(
        "this trustee has decrypted at the checkpoint of {size} entries ({root}) and decrypts nothing else, ever"
    )]
    DecryptedOther {
        /// Size of the stored checkpoint.
        size: u64,
        /// Its root.
        root: String,
    },
    /// The shares do not open the sums.
    #[error("contest \"{contest}\": {why}")]
    Opening {
        /// The contest's id.
        contest: String,
        /// Why.
        why: String,
    },
}
