//! Define: the manifest, ledger entry 0, which fixes everything an election is.
//!
//! It holds rules, keys and the *hashes* of content files (texts,
//! translations, pictures); those are served beside the ledger
//! (specs/02-define.md). Amounts of money are integers in the contest's minor
//! unit. Times are seconds since 1970-01-01 UTC.

use alloc::string::String;
use alloc::vec::Vec;
use minicbor::{Decode, Encode};

use crate::encoding::{Fixed, encode};
use crate::hash::{Hash, election_id};

/// The one version of the format this crate reads and writes.
pub const VERSION: u8 = 1;
/// Bytes of the longest witness policy.
pub const MAX_POLICY: usize = 65_536;

/// Everything that is fixed before the first vote.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct Manifest {
    /// Format version, [`VERSION`].
    #[n(0)]
    pub version: u8,
    /// Short title, in the first language.
    #[n(1)]
    pub title: String,
    /// Languages of the poll's texts, BCP 47 tags; the first is the default.
    #[n(2)]
    pub languages: Vec<String>,
    /// Random: the same poll run twice is two elections.
    #[n(3)]
    pub nonce: Fixed<32>,
    /// The ledger's name and key.
    #[n(4)]
    pub ledger: LedgerIdentity,
    /// Who opens and closes.
    #[n(5)]
    pub officers: Officers,
    /// Who decrypts the sums.
    #[n(6)]
    pub trustees: Trustees,
    /// Who says who may vote.
    #[n(7)]
    pub issuers: Issuers,
    /// SHA-256 of the witness policy, which is one of the content files;
    /// `None`: no witnesses sealed.
    #[n(8)]
    pub witness_policy: Option<Fixed<32>>,
    /// What is voted on.
    #[n(9)]
    pub contests: Vec<Contest>,
    /// Which contests a voter of a district sees. A roll line has one style.
    #[n(10)]
    pub styles: Vec<Style>,
    /// Whether a later ballot of a credential replaces the earlier one.
    #[n(11)]
    pub revoting: bool,
    /// A contest with fewer counted ballots is not decrypted.
    #[n(12)]
    pub smallest_group: u32,
    /// When waiting ballots enter the ledger.
    #[n(13)]
    pub batch: BatchRule,
    /// Planned opening.
    #[n(14)]
    pub opening: u64,
    /// Planned closing.
    #[n(15)]
    pub closing: u64,
    /// Default delay between token and casting, in seconds (0: none).
    #[n(16)]
    pub casting_delay: u32,
    /// SHA-256 of the booth's build manifest; `None`: no booth sealed.
    #[n(17)]
    pub booth: Option<Fixed<32>>,
    /// Days the ledger's entries stay published after the result.
    #[n(18)]
    pub retention_days: u32,
    /// Files with texts and pictures, served beside the ledger.
    #[n(19)]
    pub content: Vec<ContentFile>,
}

impl Manifest {
    /// The election id: a hash of the manifest's bytes.
    pub fn election_id(&self) -> Hash {
        election_id(&encode(self))
    }

    /// The content file that is the sealed witness policy; `None` where no
    /// witnesses are sealed.
    pub fn policy_file(&self) -> Option<&ContentFile> {
        let sealed = self.witness_policy.as_ref()?;
        self.content.iter().find(|file| file.sha256 == *sealed)
    }
}

/// The ledger's name, key and address.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct LedgerIdentity {
    /// The checkpoint's origin line and the signing key's name.
    #[n(0)]
    pub origin: String,
    /// Ed25519 public key of the checkpoints.
    #[n(1)]
    pub key: Fixed<32>,
    /// Where the ledger is read and ballots are cast.
    #[n(2)]
    pub url: String,
}

/// The officers and how many of them must sign an act.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct Officers {
    /// Signatures an act needs.
    #[n(0)]
    pub threshold: u32,
    /// The officers, by index from 0.
    #[n(1)]
    pub members: Vec<Officer>,
}

/// One officer.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct Officer {
    /// Name, for people.
    #[n(0)]
    pub name: String,
    /// Ed25519 public key.
    #[n(1)]
    pub key: Fixed<32>,
}

/// The trustees and how many of them decrypt.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct Trustees {
    /// `t`: shares that decrypt. `2t > n`.
    #[n(0)]
    pub threshold: u32,
    /// The trustees, by index from 0; trustee `i` holds the share at `i + 1`.
    #[n(1)]
    pub members: Vec<Trustee>,
}

/// One trustee.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct Trustee {
    /// Name, for people.
    #[n(0)]
    pub name: String,
    /// Ed25519 public key that signs this trustee's entries.
    #[n(1)]
    pub key: Fixed<32>,
}

/// The issuers. A ballot carries a token of every one of them.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct Issuers {
    /// Size of the issuers' RSA keys in bits: 2048, 3072 or 4096.
    #[n(0)]
    pub token_bits: u32,
    /// The issuers, by index from 0.
    #[n(1)]
    pub members: Vec<Issuer>,
}

/// One issuer.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct Issuer {
    /// Issuer name, as in the token challenge (RFC 9577 §2.1.1).
    #[n(0)]
    pub name: String,
    /// Where voters ask for a token.
    #[n(1)]
    pub url: String,
    /// Ed25519 public key that signs this issuer's entries.
    #[n(2)]
    pub key: Fixed<32>,
}

/// One question: projects, a ballot kind and a winner rule.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct Contest {
    /// Short identifier, unique in the manifest.
    #[n(0)]
    pub id: String,
    /// Money to distribute, in minor units.
    #[n(1)]
    pub budget: u64,
    /// ISO 4217 code, or empty.
    #[n(2)]
    pub currency: String,
    /// Decimal places of the minor unit: costs are `10^-decimals` of the currency.
    #[n(3)]
    pub decimals: u8,
    /// The projects, by index from 0.
    #[n(4)]
    pub projects: Vec<Project>,
    /// Names of the categories and neighbourhoods that projects belong to.
    #[n(5)]
    pub groups: Vec<String>,
    /// What a ballot may say.
    #[n(6)]
    pub ballot: BallotKind,
    /// Further limits on a ballot.
    #[n(7)]
    pub limits: Vec<Limit>,
    /// Who wins.
    #[n(8)]
    pub rule: WinnerRule,
    /// What decides between equals.
    #[n(9)]
    pub tie_break: TieBreak,
}

/// One project.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct Project {
    /// Identifier, unique in the contest.
    #[n(0)]
    pub id: String,
    /// Cost in minor units.
    #[n(1)]
    pub cost: u64,
    /// Indices into the contest's groups, ascending.
    #[n(2)]
    pub groups: Vec<u32>,
}

/// What a ballot may say. Lengths count the projects a ballot names.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(flat)]
pub enum BallotKind {
    /// Exactly one project, or none where blank ballots are allowed.
    #[n(0)]
    ChooseOne {
        /// Whether a ballot may name nothing.
        #[n(0)]
        blank: bool,
    },
    /// A set of projects.
    #[n(1)]
    Approval {
        /// Fewest projects.
        #[n(0)]
        min_length: u32,
        /// Most projects.
        #[n(1)]
        max_length: u32,
    },
    /// A set of projects within a budget.
    #[n(2)]
    Knapsack {
        /// Fewest projects.
        #[n(0)]
        min_length: u32,
        /// Most projects.
        #[n(1)]
        max_length: u32,
        /// Least total cost, minor units.
        #[n(2)]
        min_sum_cost: u64,
        /// Largest total cost, minor units.
        #[n(3)]
        max_sum_cost: u64,
    },
    /// Points for named projects: shared out (Pabulib: cumulative, with limits
    /// on the sum) or given freely (Pabulib: scoring, with a default score).
    #[n(3)]
    Points {
        /// Least points of a named project.
        #[n(0)]
        min_points: i64,
        /// Most points of a named project.
        #[n(1)]
        max_points: i64,
        /// Points of a project that a ballot does not name.
        #[n(2)]
        default_points: i64,
        /// Limits on the sum of the named projects' points; `None`: no limit.
        #[n(3)]
        sum: Option<SumLimit>,
        /// Fewest projects.
        #[n(4)]
        min_length: u32,
        /// Most projects.
        #[n(5)]
        max_length: u32,
    },
    /// Projects in order, best first (Pabulib: ordinal).
    #[n(4)]
    Ranking {
        /// Fewest projects.
        #[n(0)]
        min_length: u32,
        /// Most projects: the number of places.
        #[n(1)]
        max_length: u32,
        /// How places become a score.
        #[n(2)]
        points: PlacePoints,
    },
}

/// Limits on the sum of a ballot's points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
pub struct SumLimit {
    /// Least sum.
    #[n(0)]
    pub least: i64,
    /// Largest sum.
    #[n(1)]
    pub most: i64,
}

/// How places become a score.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(flat)]
pub enum PlacePoints {
    /// Points by place from the first: place `p` earns `table[p]`.
    #[n(0)]
    FromFirst {
        /// Points of each place, as many as there are places.
        #[n(0)]
        table: Vec<u32>,
    },
    /// Pabulib's Borda: the ballot's own length minus the position. Places
    /// are counted from the ballot's last.
    #[n(1)]
    FromLast,
}

/// A further limit: `lo ≤ Σ over the named projects of projects ≤ hi`.
/// An exclusion group is a count of at most 1.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct Limit {
    /// Indices of the projects it counts, ascending.
    #[n(0)]
    pub projects: Vec<u32>,
    /// What it adds up.
    #[n(1)]
    pub measure: Measure,
    /// Least sum.
    #[n(2)]
    pub lo: u64,
    /// Largest sum.
    #[n(3)]
    pub hi: u64,
}

/// What a limit adds up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
pub enum Measure {
    /// The number of named projects.
    #[n(0)]
    Count,
    /// Their costs, minor units.
    #[n(1)]
    Cost,
}

/// Who wins.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct WinnerRule {
    /// The rule.
    #[n(0)]
    pub method: Method,
    /// Whether projects are ordered by votes or by score.
    #[n(1)]
    pub by: RankBy,
    /// Separate budgets of groups (categories or districts), ascending by
    /// group; empty: one budget for all.
    #[n(2)]
    pub group_budgets: Vec<GroupBudget>,
    /// Whether what the group budgets leave over is spent in a second pass,
    /// on further projects that fit, whatever their group.
    #[n(3)]
    pub leftover: bool,
}

/// A group's own budget.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
pub struct GroupBudget {
    /// Index into the contest's groups.
    #[n(0)]
    pub group: u32,
    /// Money, minor units.
    #[n(1)]
    pub budget: u64,
}

/// The winner rules computed from totals (specs/09-outcome.md).
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(flat)]
pub enum Method {
    /// Best first; what does not fit is skipped.
    #[n(0)]
    Greedy,
    /// Best first; stops at the first that does not fit.
    #[n(1)]
    GreedyNoSkip {
        /// Least votes or score of a winner; 0: none.
        #[n(0)]
        least: u64,
    },
    /// Greedy among the projects with at least this total.
    #[n(2)]
    GreedyThreshold {
        /// Least votes or score.
        #[n(0)]
        least: u64,
    },
    /// Greedy, where a winner excludes the others of its exclusion groups.
    #[n(3)]
    GreedyExclusive {
        /// Least votes or score of a winner; 0: none.
        #[n(0)]
        least: u64,
        /// Groups of project indices, ascending, of which at most one wins.
        #[n(1)]
        exclusions: Vec<Vec<u32>>,
    },
    /// Greedy in the order of votes (or score) per cost.
    #[n(4)]
    VotesPerCost,
    /// A rule that is not computed from totals: winners stay open.
    #[n(5)]
    NotComputed {
        /// The rule's name.
        #[n(0)]
        name: String,
    },
}

/// What projects are ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
pub enum RankBy {
    /// The number of ballots that name a project.
    #[n(0)]
    Votes,
    /// The sum of points.
    #[n(1)]
    Score,
}

/// What decides between equals; manifest order decides what is still equal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
pub enum TieBreak {
    /// The cheaper project first.
    #[n(0)]
    LowerCost,
    /// The dearer project first.
    #[n(1)]
    HigherCost,
    /// The order of the manifest.
    #[n(2)]
    ManifestOrder,
    /// A public lot announced before opening; officers enter its value after close.
    #[n(3)]
    Lot,
}

/// The contests a group of voters sees.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct Style {
    /// Short name, unique in the manifest: the origin in token challenges.
    #[n(0)]
    pub name: String,
    /// Indices into the manifest's contests, ascending.
    #[n(1)]
    pub contests: Vec<u32>,
}

/// When waiting ballots enter the ledger: at `min_ballots` and `min_ms`, or after `max_ms`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
pub struct BatchRule {
    /// Ballots that make a full batch.
    #[n(0)]
    pub min_ballots: u32,
    /// Shortest time between batches, milliseconds.
    #[n(1)]
    pub min_ms: u32,
    /// Longest wait of a ballot, milliseconds.
    #[n(2)]
    pub max_ms: u32,
}

/// A file served beside the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct ContentFile {
    /// File name: ASCII letters, digits, `-`, `_`, `.`, not starting with `.`.
    #[n(0)]
    pub name: String,
    /// SHA-256 of its bytes.
    #[n(1)]
    pub sha256: Fixed<32>,
    /// Its length in bytes.
    #[n(2)]
    pub length: u64,
}
