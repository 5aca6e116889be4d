//! Sealing a ballot, then opening it for a check or casting it
//! (specs/05-ballot.md §7).
//!
//! A [`Draft`] has cells but no proof. Opening and casting both use it up: an
//! opened ballot can never be cast, and no proof exists before the voter
//! decided to cast.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use minicbor::{Decode, Encode};
use rand_core::CryptoRng;
use sha3::{Digest, Sha3_512};
use zeroize::Zeroizing;

use crate::ballot::generators::Generators;
use crate::ballot::range::{self, Bases, Ranges, powers, small_multiple};
use crate::ballot::{BallotContext, CELL_LENGTH, InvalidBallot, derived, link};
use crate::credential::Credential;
use crate::encoding::{Bytes, Fixed};
use crate::entry::BallotEntry;
use crate::group::{CompressedRistretto, RistrettoPoint, Scalar, decode_key, decode_scalar, message_base};
use crate::hash::{Hash, identifier};
use crate::statement::{Statement, Unsatisfied, bits};
use crate::transcript::{Role, Transcript};
use curve25519_dalek::ristretto::RistrettoBasepointTable;

/// From this many cells on, a table of the key's multiples pays for itself.
const TABLE_FROM_CELLS: usize = 64;

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

/// What the voter compares between two devices: a hash of the sealed cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tracker(Hash);

impl Tracker {
    fn new(election_id: &Hash, style: u32, credential: &[u8; 32], sequence: &[u8; 4], cells: &[u8]) -> Self {
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

/// Cells of one choice, and their randomness.
struct Sealed {
    randomness: Zeroizing<Vec<Scalar>>,
    commitments: Vec<RistrettoPoint>,
    bytes: Vec<u8>,
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
        let commitments = value_commitments(statement, &sealed.bytes, &sealed.commitments);
        Self {
            values: all,
            blindings,
            commitments,
        }
    }
}

/// The encoded commitments `V_j`: every `C_i`, then the derived ones.
pub(crate) fn value_commitments(
    statement: &Statement,
    cells: &[u8],
    points: &[RistrettoPoint],
) -> Vec<CompressedRistretto> {
    let encoded = cells.chunks_exact(CELL_LENGTH).map(|cell| {
        let mut bytes = [0; 32];
        bytes.copy_from_slice(&cell[32..]);
        CompressedRistretto(bytes)
    });
    let derived = derived::vartime_commitments(statement, points);
    encoded
        .chain(derived.iter().map(RistrettoPoint::compress))
        .collect()
}

/// `r_i`: 64 bytes of SHA3-512 over seed and labels, reduced without bias.
fn cell_randomness(
    context: &BallotContext,
    credential: &[u8; 32],
    sequence: &[u8; 4],
    cell: u32,
    seed: &[u8; 32],
) -> Scalar {
    let hash = Sha3_512::new()
        .chain_update(b"psephos/v1/cell-randomness")
        .chain_update(context.election_id)
        .chain_update(context.style.to_be_bytes())
        .chain_update(credential)
        .chain_update(sequence)
        .chain_update(cell.to_be_bytes())
        .chain_update(seed);
    Scalar::from_bytes_mod_order_wide(&hash.finalize().into())
}

/// `(r_i·B, v_i·M + r_i·K)` for every cell, in constant time.
fn seal_cells(
    context: &BallotContext,
    credential: &[u8; 32],
    sequence: &[u8; 4],
    values: &[u64],
    seed: &[u8; 32],
) -> Sealed {
    let table =
        (values.len() >= TABLE_FROM_CELLS).then(|| RistrettoBasepointTable::create(&context.joint_key));
    let mut sealed = Sealed {
        randomness: Zeroizing::new(Vec::with_capacity(values.len())),
        commitments: Vec::with_capacity(values.len()),
        bytes: Vec::with_capacity(values.len() * CELL_LENGTH),
    };
    for ((cell, &value), &maximum) in (0..).zip(values).zip(context.statement.maxima()) {
        let r = cell_randomness(context, credential, sequence, cell, seed);
        let mask = match &table {
            Some(table) => table * &r,
            None => context.joint_key * r,
        };
        let commitment = small_multiple(value, bits(maximum), message_base()) + mask;
        sealed
            .bytes
            .extend_from_slice(RistrettoPoint::mul_base(&r).compress().as_bytes());
        sealed.bytes.extend_from_slice(commitment.compress().as_bytes());
        sealed.commitments.push(commitment);
        sealed.randomness.push(r);
    }
    sealed
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
        if self.style != context.style {
            return Err(SealError::Style {
                expected: context.style,
                found: self.style,
            });
        }
        decode_key(&*self.credential).map_err(|_| SealError::OpeningCredential)?;
        context.statement.check(&self.values)?;
        let sequence = u32::from_be_bytes(*self.sequence);
        let draft = Draft::encrypt(context, *self.credential, sequence, &self.values, *self.seed);
        Ok(draft.tracker())
    }
}

/// The number and length of tokens, without looking into them.
pub(crate) fn check_tokens(context: &BallotContext, ballot: &BallotEntry) -> Result<(), InvalidBallot> {
    if ballot.tokens.len() != context.issuers {
        return Err(InvalidBallot::TokenCount {
            expected: context.issuers,
            found: ballot.tokens.len(),
        });
    }
    match ballot
        .tokens
        .iter()
        .position(|token| token.len() != context.token_length)
    {
        Some(issuer) => Err(InvalidBallot::TokenLength {
            issuer,
            expected: context.token_length,
            found: ballot.tokens[issuer].len(),
        }),
        None => Ok(()),
    }
}
