//! The verdict: every claim with its standing, the figures, the results.

use serde::Serialize;
use voting_core::hash::Hash;
use voting_core::manifest::Manifest;

use crate::finding::Findings;

/// The verdict on one election's record.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Verdict {
    /// Every claim, in the order of the story. None is ever left out.
    pub claims: Vec<Claim>,
    /// What was audited, in numbers. `None` without a readable manifest.
    pub figures: Option<Figures>,
    /// One per contest, in the manifest's order.
    pub results: Vec<ContestOutcome>,
    /// The rules by which all this was judged, where entry 0 is a manifest.
    #[serde(skip)]
    pub manifest: Option<Manifest>,
}

/// One thing that an observer must not have to believe.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Claim {
    /// Its place in the story, from 1: claim `n` is specified in §3.n.
    pub number: u32,
    /// Short name, stable.
    pub id: &'static str,
    /// The claim in a sentence.
    pub title: &'static str,
    /// The part of the election's story it belongs to.
    pub chapter: Chapter,
    /// Where the specification says how it is checked.
    pub clause: &'static str,
    /// How it stands.
    #[serde(flatten)]
    pub standing: Standing,
}

/// Chapters of an election's story.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Chapter {
    /// What is voted on, and by whose rules.
    Define,
    /// The trustees' key.
    Ceremony,
    /// Who may vote.
    Roll,
    /// Each ballot by itself.
    Ballots,
    /// The record as a whole.
    Ledger,
    /// The end of voting, and the sums.
    Tally,
    /// Opening the sums.
    Decrypt,
    /// The winners.
    Outcome,
}

impl Chapter {
    /// The chapter's heading on screen.
    pub fn heading(self) -> &'static str {
        match self {
            Chapter::Define => "Rules",
            Chapter::Ceremony => "Keys",
            Chapter::Roll => "Voters' roll",
            Chapter::Ballots => "Ballots",
            Chapter::Ledger => "Ledger",
            Chapter::Tally => "Close and tally",
            Chapter::Decrypt => "Decryption",
            Chapter::Outcome => "Result",
        }
    }
}

/// How a claim stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "standing")]
pub enum Standing {
    /// Checked in full, nothing found.
    #[serde(rename = "held")]
    Held {
        /// What was checked, in numbers.
        note: String,
    },
    /// At least one check failed.
    #[serde(rename = "broken")]
    Broken {
        /// All failures.
        findings: Findings,
    },
    /// The evidence is not there. Never means that a check was left out.
    #[serde(rename = "not checkable")]
    NotCheckable {
        /// Why.
        because: String,
        /// Whether the evidence is only to come, as in a poll still open.
        to_come: bool,
    },
}

impl Standing {
    /// Checked, nothing found.
    pub fn held(note: impl Into<String>) -> Self {
        Standing::Held { note: note.into() }
    }

    /// Evidence that the course of the election has not produced yet.
    pub fn to_come(because: impl Into<String>) -> Self {
        Standing::NotCheckable {
            because: because.into(),
            to_come: true,
        }
    }

    /// Evidence that should be there and is not at hand.
    pub fn missing(because: impl Into<String>) -> Self {
        Standing::NotCheckable {
            because: because.into(),
            to_come: false,
        }
    }

    /// The standing in a word, as in the JSON document.
    pub fn word(&self) -> &'static str {
        match self {
            Standing::Held { .. } => "held",
            Standing::Broken { .. } => "broken",
            Standing::NotCheckable { .. } => "not checkable",
        }
    }

    /// Whether the claim held.
    pub fn is_held(&self) -> bool {
        matches!(self, Standing::Held { .. })
    }

    /// Whether the claim is broken.
    pub fn is_broken(&self) -> bool {
        matches!(self, Standing::Broken { .. })
    }
}

/// What was audited, in numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Figures {
    /// The election id.
    #[serde(serialize_with = "as_hex")]
    pub election_id: Hash,
    /// The poll's title.
    pub title: String,
    /// Where the election stands.
    pub phase: &'static str,
    /// Entries on the ledger.
    pub entries: u64,
    /// Bytes of all entries.
    pub bytes: u64,
    /// The recomputed root.
    #[serde(serialize_with = "as_hex")]
    pub root: Hash,
    /// The ledger's name.
    pub origin: String,
    /// Whether a checkpoint at hand has the ledger's valid signature on exactly
    /// these entries and this root.
    pub signed: bool,
    /// Who has seen that head.
    pub witnesses: Witnesses,
    /// Ballots on the ledger.
    pub ballots: u64,
    /// Ballots that count: the latest valid one of every voting pass.
    pub counted: u64,
    /// Valid ballots that a later one replaced.
    pub replaced: u64,
    /// By style, in the manifest's order.
    pub turnout: Vec<Turnout>,
}

/// Who has cosigned the head over all entries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "policy", rename_all = "kebab-case")]
pub enum Witnesses {
    /// The manifest seals none.
    None,
    /// The manifest seals a policy that cannot be applied.
    Unknown {
        /// Why.
        because: String,
    },
    /// The witnesses of the sealed policy, by name.
    Sealed {
        /// Whether those who cosigned are the quorum.
        quorum: bool,
        /// Those whose cosignature verifies.
        cosigned: Vec<String>,
        /// The others.
        not_cosigned: Vec<String>,
    },
}

/// How many of a style's voters voted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Turnout {
    /// The style's name.
    pub style: String,
    /// Counted ballots.
    pub counted: u64,
    /// Lines on the roll.
    pub roll: u64,
}

/// The result of a contest as far as it is proven.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ContestOutcome {
    /// The contest's identifier.
    pub contest: String,
    /// Counted ballots of its styles.
    pub ballots: u64,
    /// What the record proves.
    #[serde(flatten)]
    pub standing: Proven,
}

impl ContestOutcome {
    /// Projects that all counted ballots name, and those that none names, where
    /// the totals are proven: on these the result tells how each voter voted.
    pub fn unanimous(&self) -> (Vec<&str>, Vec<&str>) {
        let Proven::Totals { projects, .. } = &self.standing else {
            return Default::default();
        };
        let with = |votes: u64| {
            let named = projects.iter().filter(move |project| project.votes == votes);
            named.map(|project| project.project.as_str()).collect()
        };
        match self.ballots {
            0 => Default::default(),
            all => (with(all), with(0)),
        }
    }
}

/// What the record proves about a contest's result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "result", rename_all = "kebab-case")]
pub enum Proven {
    /// The totals are the plaintexts of the sums of the ballots.
    Totals {
        /// By project, in the manifest's order.
        projects: Vec<ProjectOutcome>,
        /// Identifiers of the winners in the order they won, recomputed.
        winners: Option<Vec<String>>,
        /// Why the winners stay open.
        winners_reason: Option<String>,
    },
    /// Too few ballots: decrypting them would tell how single voters voted.
    NotDecrypted {
        /// The manifest's smallest group.
        smallest_group: u32,
    },
    /// No result, or none that is proven.
    Unproven {
        /// Why.
        because: String,
    },
}

/// One project's proven totals.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProjectOutcome {
    /// The project's identifier.
    pub project: String,
    /// Ballots that name it.
    pub votes: u64,
    /// Sum of its points; for other ballot kinds the votes.
    pub score: i64,
    /// Whether it won.
    pub won: bool,
}

/// The whole verdict in a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Overall {
    /// All claims held.
    Held,
    /// At least one is broken.
    Broken,
    /// None is broken; some claims wait for evidence that is still to come.
    Open,
    /// None is broken; evidence that should be there is not at hand.
    Incomplete,
}

impl Overall {
    /// The verdict's name, as the JSON document and statements have it.
    pub fn word(self) -> &'static str {
        match self {
            Overall::Held => "held",
            Overall::Broken => "broken",
            Overall::Open => "not finished",
            Overall::Incomplete => "incomplete",
        }
    }
}

impl Verdict {
    /// The claim with this name.
    pub fn claim(&self, id: &str) -> Option<&Claim> {
        self.claims.iter().find(|claim| claim.id == id)
    }

    /// The whole verdict in a word. Broken outweighs everything else.
    pub fn overall(&self) -> Overall {
        let standings = || self.claims.iter().map(|claim| &claim.standing);
        if standings().any(Standing::is_broken) {
            return Overall::Broken;
        }
        if !self.is_whole() {
            return Overall::Incomplete;
        }
        if standings().all(Standing::is_held) {
            return Overall::Held;
        }
        let waits = |standing: &Standing| matches!(standing, Standing::NotCheckable { to_come: false, .. });
        if standings().any(waits) {
            Overall::Incomplete
        } else {
            Overall::Open
        }
    }

    /// Whether every claim of specs/10-audit.md §3 is there, once and in order.
    fn is_whole(&self) -> bool {
        self.claims.iter().map(|claim| claim.id).eq(CLAIMS)
    }

    /// Whether a trustee may decrypt: everything before decryption held
    /// (specs/10-audit.md §4.2).
    ///
    /// Content files that are not at hand and issuance reports still to come
    /// do not stop a trustee; a broken one of these claims does.
    pub fn fit_to_decrypt(&self) -> Result<(), NotFit> {
        let waives =
            |claim: &Claim| matches!(claim.id, "content" | "eligibility") && !claim.standing.is_broken();
        let stops: Vec<_> = self
            .claims
            .iter()
            .filter(|claim| claim.chapter < Chapter::Decrypt)
            .filter(|claim| !claim.standing.is_held() && !waives(claim))
            .map(|claim| (claim.id, claim.standing.word()))
            .collect();
        if !self.is_whole() {
            return Err(NotFit(vec![("list of claims", "not whole")]));
        }
        if stops.is_empty() {
            Ok(())
        } else {
            Err(NotFit(stops))
        }
    }
}

/// The claims of an audit, numbered as in specs/10-audit.md §3: the first is
/// §3.1. A verdict without one of them is incomplete, whatever the others say
/// (attack F3).
pub const CLAIMS: [&str; 18] = [
    "manifest",
    "content",
    "joint-key",
    "rehearsal",
    "issuers",
    "ballots",
    "tokens",
    "sequence",
    "order",
    "checkpoint",
    "batches",
    "after-close",
    "eligibility",
    "counted",
    "sums",
    "shares",
    "plaintexts",
    "winners",
];

/// Why a trustee must not decrypt: the claims that did not hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("do not decrypt: {}", list(.0))]
pub struct NotFit(pub Vec<(&'static str, &'static str)>);

fn list(claims: &[(&'static str, &'static str)]) -> String {
    let named: Vec<_> = claims
        .iter()
        .map(|(id, word)| format!("claim \"{id}\" is {word}"))
        .collect();
    named.join(", ")
}

fn as_hex<S: serde::Serializer>(hash: &Hash, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&hex::encode(hash))
}
