//! What the entries add up to: everything a ballot is checked against.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use super::Illegal;
use crate::ballot::BallotContext;
use crate::hash::Hash;
use crate::keys::PublicKeys;
use crate::manifest::Manifest;
use crate::statement::Statement;
use crate::token::IssuerPublicKey;

/// The joint key and what the trustees certified.
#[derive(Debug, Clone)]
pub struct ElectionKeys {
    /// `K` and every `Z_i`.
    pub public: PublicKeys,
    /// Hash of the ceremony round's entries.
    pub transcript: Hash,
    /// Digest of the key-confirmation entries, part of every ballot's transcript.
    pub digest: Hash,
}

/// An election as its ledger tells it so far.
#[derive(Debug, Clone)]
pub struct Election {
    /// The election id.
    pub id: Hash,
    /// The manifest.
    pub manifest: Manifest,
    /// The statement of each contest.
    pub contests: Vec<Statement>,
    /// The statement of each style: its contests' cells one after the other.
    pub styles: Vec<Statement>,
    /// The joint key, once every trustee has certified it.
    pub keys: Option<ElectionKeys>,
    /// RSA keys by (issuer, style).
    pub issuer_keys: BTreeMap<(u32, u32), IssuerPublicKey>,
    /// Roll lines by (issuer, style), of completely published rolls.
    pub roll_lines: BTreeMap<(u32, u32), u64>,
}

impl Election {
    pub(super) fn new(id: Hash, manifest: Manifest) -> Result<Self, Illegal> {
        let mut contests = Vec::with_capacity(manifest.contests.len());
        for (index, contest) in (0..).zip(&manifest.contests) {
            contests.push(
                contest
                    .statement()
                    .map_err(|error| Illegal::Contest { index, error })?,
            );
        }
        let mut styles = Vec::with_capacity(manifest.styles.len());
        for (index, style) in (0..).zip(&manifest.styles) {
            let parts = style
                .contests
                .iter()
                .map(|&contest| {
                    contests.get(contest as usize).ok_or(Illegal::Unknown {
                        what: "contest",
                        index: contest,
                    })
                })
                .collect::<Result<Vec<_>, _>>()?;
            styles.push(Statement::join(&parts).map_err(|error| Illegal::Style { index, error })?);
        }
        Ok(Self {
            id,
            manifest,
            contests,
            styles,
            keys: None,
            issuer_keys: BTreeMap::new(),
            roll_lines: BTreeMap::new(),
        })
    }

    /// What a ballot of a style is checked against, once the key is certified.
    pub fn ballot_context(&self, style: u32) -> Option<BallotContext> {
        let keys = self.keys.as_ref()?;
        Some(BallotContext {
            election_id: self.id,
            joint_key: keys.public.joint,
            key_digest: keys.digest,
            style,
            statement: self.styles.get(style as usize)?.clone(),
            issuers: self.manifest.issuers.members.len(),
            token_length: self.manifest.issuers.token_bits as usize / 8,
        })
    }

    /// Where a contest's cells stand in a style's ballots: the number of
    /// cells before them.
    pub fn cell_offset(&self, style: u32, contest: u32) -> Option<usize> {
        let mut offset = 0;
        for &member in &self.manifest.styles.get(style as usize)?.contests {
            if member == contest {
                return Some(offset);
            }
            offset += self.contests.get(member as usize)?.maxima().len();
        }
        None
    }

    /// Roll lines of a style: every issuer's list has the same length.
    pub fn roll_lines(&self, style: u32) -> u64 {
        self.roll_lines.get(&(0, style)).copied().unwrap_or(0)
    }
}
