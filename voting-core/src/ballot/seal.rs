//! Sealing a ballot, then opening it for a check or casting it
//! (specs/05-ballot.md §7).
//!
//! A [`Draft`] has cells but no proof. Opening and casting both use it up: an
//! opened ballot can never be cast, and no proof exists before the voter
//! decided to cast.

use alloc::vec::Vec;
use core::fmt;

use rand_core::CryptoRng;
use zeroize::Zeroizing;

use crate::ballot::cells::{Sealed, seal_cells};
use crate::ballot::generators::Generators;
use crate::ballot::range::{self, Bases, Ranges, powers};
use crate::ballot::{BallotContext, Opening, Tracker, derived, link};
use crate::credential::Credential;
use crate::encoding::Bytes;
use crate::entry::BallotEntry;
use crate::group::{CompressedRistretto, Scalar, decode_scalar, message_base};
use crate::statement::{Statement, Unsatisfied};
use crate::transcript::{Role, Transcript};

/// Why a ballot cannot be sealed, checked or cast.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// The choice breaks a rule: the voter's or the booth's fault.
    #[error(transparent)]
    Unsatisfied(#[from] Unsatisfied),
    /// Not as many tokens as issuers, or of another length.
    #[error("the tokens are not the {issuers} tokens of {length} bytes that this election asks for")]
    Tokens {
        /// Number of issuers.
        issuers: usize,
        /// Length of a token, in bytes.
        length: usize,
    },
    /// Cast with another credential than sealed with.
    #[error("the ballot was sealed with another credential")]
    Credential,
    /// An opening of another style.
    #[error("the opening is of style {found}, not {expected}")]
    Style {
        /// The style it is checked against.
        expected: u32,
        /// The style it names.
        found: u32,
    },
    /// The opening's credential is no key.
    #[error("the opening's credential is not a key")]
    OpeningCredential,
}

/// A sealed ballot that has no proof yet. Open it or cast it; both consume it.
pub struct Draft<'a> {
    context: &'a BallotContext,
    credential: [u8; 32],
    sequence: [u8; 4],
    values: Zeroizing<Vec<u64>>,
    seed: Zeroizing<[u8; 32]>,
    sealed: Sealed,
}

/// Redacted: a draft knows the choice.
impl fmt::Debug for Draft<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Draft")
            .field("tracker", &self.tracker())
            .finish_non_exhaustive()
    }
}

impl<'a> Draft<'a> {
    /// Encrypts a choice. `seed` must be fresh for every draft; the cells'
    /// randomness, and nothing else, comes from it. `sequence` is larger than
    /// that of every earlier ballot of the credential.
    pub fn seal(
        context: &'a BallotContext,
        credential: &Credential,
        sequence: u32,
        values: &[u64],
        seed: [u8; 32],
    ) -> Result<Self, SealError> {
        context.statement.check(values)?;
        Ok(Self::encrypt(
            context,
            credential.public(),
            sequence,
            values,
            seed,
        ))
    }

    /// Encrypts whatever values.
    pub(crate) fn encrypt(
        context: &'a BallotContext,
        credential: [u8; 32],
        sequence: u32,
        values: &[u64],
        seed: [u8; 32],
    ) -> Self {
        let sequence = sequence.to_be_bytes();
        let seed = Zeroizing::new(seed);
        let sealed = seal_cells(context, &credential, &sequence, values, &seed);
        Self {
            context,
            credential,
            sequence,
            values: Zeroizing::new(values.to_vec()),
            seed,
            sealed,
        }
    }

    /// Shown to the voter before the choice between check and cast.
    pub fn tracker(&self) -> Tracker {
        let Self {
            context,
            credential,
            sequence,
            ..
        } = self;
        Tracker::new(
            &context.election_id,
            context.style,
            credential,
            sequence,
            &self.sealed.bytes,
        )
    }

    /// The sealed cells, `R_i ‖ C_i`.
    pub(super) fn cells(&self) -> &[u8] {
        &self.sealed.bytes
    }

    /// The ballot's sequence.
    pub fn sequence(&self) -> u32 {
        u32::from_be_bytes(self.sequence)
    }

    /// Shows what is inside, for the second device. The draft is gone.
    pub fn open(self) -> Opening {
        Opening {
            style: self.context.style,
            credential: self.credential.into(),
            sequence: self.sequence.into(),
            seed: (*self.seed).into(),
            values: self.values.to_vec(),
        }
    }

    /// Proves the ballot. `tokens` by issuer index; `rng` must be a
    /// cryptographic generator: its bytes are the proof's nonces.
    pub fn cast<R: CryptoRng + ?Sized>(
        self,
        tokens: Vec<Vec<u8>>,
        credential: &Credential,
        rng: &mut R,
    ) -> Result<BallotEntry, SealError> {
        let BallotContext {
            issuers,
            token_length,
            ..
        } = *self.context;
        if tokens.len() != issuers || tokens.iter().any(|token| token.len() != token_length) {
            return Err(SealError::Tokens {
                issuers,
                length: token_length,
            });
        }
        if credential.public() != self.credential {
            return Err(SealError::Credential);
        }
        let ranges = Ranges::of(&self.context.statement);
        let tokens = tokens.into_iter().map(Bytes::from).collect();
        Ok(self.prove(tokens, credential, &ranges, None, rng))
    }

    /// Both proofs. `vector` replaces the honest bits in tests of dishonest provers.
    pub(crate) fn prove<R: CryptoRng + ?Sized>(
        self,
        tokens: Vec<Bytes>,
        credential: &Credential,
        ranges: &Ranges,
        vector: Option<&[u8]>,
        rng: &mut R,
    ) -> BallotEntry {
        let Self {
            context,
            sequence,
            values,
            sealed,
            ..
        } = &self;
        let statement = &context.statement;
        let bases = Bases {
            value: message_base(),
            blinding: &context.joint_key,
        };
        let mut transcript = begin(context);
        transcript.ballot_voter(sequence, &self.credential, &tokens);
        transcript.ballot_cells(&sealed.bytes);

        let openings = Openings::new(statement, values, sealed);
        let honest;
        let vector = match vector {
            Some(vector) => vector,
            None => {
                honest = ranges.decompose(&openings.values);
                &honest
            }
        };
        let witness = range::Witness {
            ranges,
            commitments: &openings.commitments,
            values: &openings.values,
            blindings: &openings.blindings,
        };
        let generators = Generators::of_length(statement.padded_bits());
        let range_proof = range::prove_bits(&mut transcript, generators, bases, &witness, vector, rng);

        let rho = link_weight(&mut transcript, &range_proof);
        let rho_powers = || powers(Scalar::ONE, &rho);
        let randomness = Zeroizing::new(
            sealed
                .randomness
                .iter()
                .zip(rho_powers())
                .map(|(r, rho)| r * rho)
                .sum::<Scalar>(),
        );
        let value = Zeroizing::new(
            values
                .iter()
                .zip(rho_powers())
                .map(|(v, rho)| Scalar::from(*v) * rho)
                .sum::<Scalar>(),
        );
        let link_witness = link::Witness {
            randomness: &randomness,
            value: &value,
            secret: credential.secret(),
        };
        let link_proof = link::prove(&mut transcript, bases, &link_witness, rng);
        BallotEntry {
            style: context.style,
            credential: self.credential.into(),
            sequence: (*sequence).into(),
            tokens,
            cells: sealed.bytes.clone().into(),
            range_proof: range_proof.into(),
            link_proof: link_proof.into(),
        }
    }
}

#[cfg(test)]
impl Draft<'_> {
    /// `(r*, v*)`, for tests that forge link proofs.
    pub(crate) fn test_sums(&self, rho: &Scalar) -> (Scalar, Scalar) {
        let weights = || powers(Scalar::ONE, rho);
        let randomness = self
            .sealed
            .randomness
            .iter()
            .zip(weights())
            .map(|(r, rho)| r * rho)
            .sum();
        (
            randomness,
            self.values
                .iter()
                .zip(weights())
                .map(|(v, rho)| Scalar::from(*v) * rho)
                .sum(),
        )
    }
}

/// The transcript with everything absorbed that all ballots of a style share.
pub(crate) fn begin(context: &BallotContext) -> Transcript {
    let mut transcript = Transcript::new(Role::Ballot, &context.election_id);
    let statement = context.statement.digest();
    transcript.ballot_context(&context.joint_key, &context.key_digest, context.style, &statement);
    transcript
}

/// Absorbs the last two scalars of a range proof that the prover itself made.
fn link_weight(transcript: &mut Transcript, range_proof: &[u8]) -> Scalar {
    let end = range_proof.len();
    let scalar = |at: usize| decode_scalar(&range_proof[at..at + 32]).unwrap_or(Scalar::ZERO);
    transcript.link_weight(&scalar(end - 64), &scalar(end - 32))
}

/// Openings of every commitment of the range proof: cells, then constraints.
struct Openings {
    values: Zeroizing<Vec<u64>>,
    blindings: Zeroizing<Vec<Scalar>>,
    commitments: Vec<CompressedRistretto>,
}

impl Openings {
    fn new(statement: &Statement, values: &[u64], sealed: &Sealed) -> Self {
        let count = statement.value_count();
        // Allocated at full length: growing would leave copies of secrets behind.
        let mut all = Zeroizing::new(Vec::with_capacity(count));
        all.extend_from_slice(values);
        all.extend(statement.slacks(values));
        let mut blindings = Zeroizing::new(Vec::with_capacity(count));
        blindings.extend_from_slice(&sealed.randomness);
        blindings.extend(statement.constraints().iter().map(|constraint| {
            let terms = constraint.terms.iter();
            -terms
                .map(|&(cell, w)| derived::signed(w) * sealed.randomness[cell as usize])
                .sum::<Scalar>()
        }));
        let commitments = derived::Slacks::of(statement).vartime_value_commitments(
            statement,
            &sealed.bytes,
            &sealed.commitments,
        );
        Self {
            values: all,
            blindings,
            commitments,
        }
    }
}
