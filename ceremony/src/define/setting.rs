//! Who runs the poll, and when.

use serde::{Deserialize, Serialize};

/// Who runs the poll, and when. Keys are hexadecimal.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Setting {
    /// Planned opening, seconds since 1970-01-01 UTC.
    pub opening: u64,
    /// Planned closing.
    pub closing: u64,
    /// Whether a later ballot replaces an earlier one.
    #[serde(default = "yes")]
    pub revoting: bool,
    /// A contest with fewer counted ballots is not decrypted.
    #[serde(default)]
    pub smallest_group: u32,
    /// When waiting ballots enter the ledger; by default 32 ballots and 1 s, or 10 s.
    #[serde(default)]
    pub batch: Batch,
    /// Seconds between token and casting.
    #[serde(default)]
    pub casting_delay: u32,
    /// Days the ledger stays published after the result.
    #[serde(default = "ten_years")]
    pub retention_days: u32,
    /// Name of the one ballot style.
    #[serde(default = "everyone")]
    pub style: String,
    /// The ledger.
    pub ledger: Ledger,
    /// The officers.
    pub officers: Group,
    /// The trustees.
    pub trustees: Group,
    /// The issuers.
    pub issuers: IssuerGroup,
    /// The witnesses of the ledger; left out: none.
    pub witnesses: Option<Witnesses>,
}

/// A batch rule, as in the manifest.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Batch {
    /// Ballots of a full batch.
    pub min_ballots: u32,
    /// Shortest time between batches, milliseconds.
    pub min_ms: u32,
    /// Longest wait, milliseconds.
    pub max_ms: u32,
}

impl Default for Batch {
    fn default() -> Self {
        Self {
            min_ballots: 32,
            min_ms: 1_000,
            max_ms: 10_000,
        }
    }
}

/// Name, key and address of the ledger.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ledger {
    /// The checkpoint's origin line.
    pub origin: String,
    /// Ed25519 key.
    #[serde(with = "hex::serde")]
    pub key: [u8; 32],
    /// Address.
    pub url: String,
}

/// People who act together.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// How many must.
    pub threshold: u32,
    /// All of them, in order.
    pub members: Vec<Person>,
}

/// One of them.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// Name.
    pub name: String,
    /// Ed25519 key.
    #[serde(with = "hex::serde")]
    pub key: [u8; 32],
}

/// The issuers.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IssuerGroup {
    /// RSA key size: 2048, 3072 or 4096.
    pub token_bits: u32,
    /// All of them, in order.
    pub members: Vec<IssuerMember>,
}

/// One issuer.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IssuerMember {
    /// Name in token challenges.
    pub name: String,
    /// Address.
    pub url: String,
    /// Ed25519 key.
    #[serde(with = "hex::serde")]
    pub key: [u8; 32],
}

/// The witnesses, and how many must cosign a head of the ledger. What this
/// cannot say, groups of one organisation's witnesses say, is said in a policy
/// file of one's own.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Witnesses {
    /// How many must cosign.
    pub needed: u32,
    /// All of them.
    pub members: Vec<Witness>,
}

/// One witness.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Witness {
    /// Its key as it shows it: `name+<8 hex digits>+base64`.
    pub key: String,
    /// Address that checkpoints are submitted to.
    pub url: String,
}

fn yes() -> bool {
    true
}

fn ten_years() -> u32 {
    3_650
}

fn everyone() -> String {
    "everyone".to_string()
}
