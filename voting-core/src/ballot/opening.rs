//! The tracker, and the opening that a second device checks
//! (specs/05-ballot.md §7.2, §7.3).

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use minicbor::{Decode, Encode};

use crate::ballot::{BallotContext, Draft, SealError};
use crate::encoding::Fixed;
use crate::entry::BallotEntry;
use crate::group::decode_key;
use crate::hash::{Hash, identifier};

/// What the voter compares between two devices: a hash of the sealed cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tracker(Hash);

impl Tracker {
    pub(super) fn new(
        election_id: &Hash,
        style: u32,
        credential: &[u8; 32],
        sequence: &[u8; 4],
        cells: &[u8],
    ) -> Self {
        let style = style.to_be_bytes();
        Self(identifier(
            "psephos/v1/tracker",
            &[election_id, &style, credential, sequence, cells],
        ))
    }

    /// The tracker of a ballot on the ledger.
    pub fn of(election_id: &Hash, ballot: &BallotEntry) -> Self {
        Self::new(
            election_id,
            ballot.style,
            &ballot.credential,
            &ballot.sequence,
            &ballot.cells,
        )
    }

    /// All 256 bits, as the QR code carries them.
    pub fn as_bytes(&self) -> &Hash {
        &self.0
    }
}

/// Sixteen groups of four hexadecimal digits.
impl fmt::Display for Tracker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let groups: Vec<String> = self.0.chunks(2).map(hex::encode).collect();
        f.write_str(&groups.join(" "))
    }
}

/// What a second device needs to see inside a sealed ballot. Not a secret: an
/// opened ballot is never cast. It never contains the credential's secret.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct Opening {
    /// Index of the style.
    #[n(0)]
    pub style: u32,
    /// The credential key `A`.
    #[n(1)]
    pub credential: Fixed<32>,
    /// Sequence, 4 bytes big-endian.
    #[n(2)]
    pub sequence: Fixed<4>,
    /// The seed of the cells' randomness.
    #[n(3)]
    pub seed: Fixed<32>,
    /// The values of the cells.
    #[n(4)]
    pub values: Vec<u64>,
}

impl Opening {
    /// Recomputes the cells, on the second device, from a context that it took
    /// from the witnessed ledger itself. The voter compares the tracker with
    /// the one scanned *before* choosing to check.
    pub fn check(&self, context: &BallotContext) -> Result<Tracker, SealError> {
        Ok(self.reseal(context)?.tracker())
    }

    /// The cells that it seals, `R_i ‖ C_i` of 64 bytes each: to say in which
    /// of them a ballot on the ledger is another.
    ///
    /// # Errors
    /// As [`Opening::check`].
    pub fn cells(&self, context: &BallotContext) -> Result<Vec<u8>, SealError> {
        Ok(self.reseal(context)?.cells().to_vec())
    }

    fn reseal<'a>(&self, context: &'a BallotContext) -> Result<Draft<'a>, SealError> {
        if self.style != context.style {
            return Err(SealError::Style {
                expected: context.style,
                found: self.style,
            });
        }
        decode_key(&*self.credential).map_err(|_| SealError::OpeningCredential)?;
        context.statement.check(&self.values)?;
        let sequence = u32::from_be_bytes(*self.sequence);
        Ok(Draft::encrypt(
            context,
            *self.credential,
            sequence,
            &self.values,
            *self.seed,
        ))
    }
}
