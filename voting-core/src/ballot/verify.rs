//! Verifying ballots, one by one or many at once (specs/05-ballot.md §6).
//!
//! All equations of many ballots are one weighted sum. When it does not hold,
//! the batch is split until the bad ballots are known. Every point of a ballot
//! is decoded exactly once.

use alloc::vec::Vec;
use core::borrow::Borrow;

use rand_core::CryptoRng;

use crate::ballot::derived::{Slacks, signed};
use crate::ballot::equation::{Bases, Equation, weight};
use crate::ballot::form::check_form;
use crate::ballot::generators::Generators;
use crate::ballot::range::{self, RangeError, Ranges, powers};
use crate::ballot::seal::begin;
use crate::ballot::{BallotContext, CELL_LENGTH, InvalidBallot, link};
use crate::entry::BallotEntry;
use crate::group::{RistrettoPoint, Scalar, decode_key, message_base};
use crate::statement::Statement;
use crate::transcript::Transcript;

/// Ballots summed at once: more would not fit into the processor's cache and cost more each.
const LARGEST_BATCH: usize = 256;

/// A ballot whose proof was verified. There is no other way to get one
/// (benches of what comes after have one, with the feature `bench`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifiedBallot {
    style: u32,
    credential: [u8; 32],
    sequence: u32,
    cells: Vec<(RistrettoPoint, RistrettoPoint)>,
}

impl VerifiedBallot {
    /// Index of the style.
    pub fn style(&self) -> u32 {
        self.style
    }

    /// The credential key `A`, encoded.
    pub fn credential(&self) -> [u8; 32] {
        self.credential
    }

    /// The sequence: of one credential's ballots the largest counts.
    pub fn sequence(&self) -> u32 {
        self.sequence
    }

    /// `(R_i, C_i)` of every cell.
    pub fn cells(&self) -> &[(RistrettoPoint, RistrettoPoint)] {
        &self.cells
    }
}

#[cfg(feature = "bench")]
impl VerifiedBallot {
    /// A copy under another credential, which nobody verified: for benches of
    /// what comes after verification, and for nothing else.
    pub fn as_if_of(&self, credential: [u8; 32]) -> Self {
        Self {
            credential,
            ..self.clone()
        }
    }
}

/// Form and possession, before anything costly: lengths, the credential and
/// commitments canonical, and `k_3 = z_s·B − e·A` (specs/05-ballot.md §6.1).
/// What passes may still break a rule.
pub fn precheck(context: &BallotContext, ballot: &BallotEntry) -> Result<(), InvalidBallot> {
    Verifier::new(context).precheck(ballot)
}

/// Verifies one ballot. `rng` gives the secret weights of its equations.
pub fn verify<R: CryptoRng + ?Sized>(
    context: &BallotContext,
    ballot: &BallotEntry,
    rng: &mut R,
) -> Result<VerifiedBallot, InvalidBallot> {
    Verifier::new(context).verify(ballot, rng)
}

/// Verifies ballots of one style together; one result each, in their order.
/// `rng` gives fresh weights for every sum: it must never have a seed that
/// somebody could know before the ballots were made.
pub fn verify_batch<R: CryptoRng + ?Sized>(
    context: &BallotContext,
    ballots: &[&BallotEntry],
    rng: &mut R,
) -> Vec<Result<VerifiedBallot, InvalidBallot>> {
    Verifier::new(context).verify_batch(ballots, rng)
}

/// What all ballots of a style share, computed once: for whoever verifies
/// ballots as they come. It owns the style's context or borrows it.
pub struct Verifier<C> {
    context: C,
    ranges: Ranges,
    slacks: Slacks,
    transcript: Transcript,
    generators: &'static Generators,
}

/// A ballot after its transcript: challenges drawn.
struct Replayed<'b> {
    entry: &'b BallotEntry,
    credential: RistrettoPoint,
    commitments: Vec<RistrettoPoint>,
    range: range::Replayed,
    rho: Scalar,
    link: link::Replayed,
}

/// A ballot with every point decoded.
struct Decoded<'b> {
    replayed: Replayed<'b>,
    cells: Vec<(RistrettoPoint, RistrettoPoint)>,
    link_points: [RistrettoPoint; 3],
}

impl<C: Borrow<BallotContext>> Verifier<C> {
    /// Computes it from the style's context.
    pub fn new(context: C) -> Self {
        let borrowed: &BallotContext = context.borrow();
        let statement = &borrowed.statement;
        Self {
            ranges: Ranges::of(statement),
            slacks: Slacks::of(statement),
            transcript: begin(borrowed),
            generators: Generators::of_length(statement.padded_bits()),
            context,
        }
    }

    /// What ballots are checked against.
    pub fn context(&self) -> &BallotContext {
        self.context.borrow()
    }

    fn statement(&self) -> &Statement {
        &self.context().statement
    }

    /// See [`precheck`].
    pub fn precheck(&self, ballot: &BallotEntry) -> Result<(), InvalidBallot> {
        match self.replay(ballot)?.possession() {
            true => Ok(()),
            false => Err(InvalidBallot::Possession),
        }
    }

    /// See [`verify`].
    pub fn verify<R: CryptoRng + ?Sized>(
        &self,
        ballot: &BallotEntry,
        rng: &mut R,
    ) -> Result<VerifiedBallot, InvalidBallot> {
        let mut decoded = self.decode(ballot)?;
        range::invert_challenges(core::iter::once(&mut decoded.replayed.range));
        match self.vartime_hold(&[&decoded], rng) {
            true => Ok(decoded.into_verified()),
            false => Err(decoded.fault()),
        }
    }

    /// See [`verify_batch`].
    pub fn verify_batch<R: CryptoRng + ?Sized>(
        &self,
        ballots: &[&BallotEntry],
        rng: &mut R,
    ) -> Vec<Result<VerifiedBallot, InvalidBallot>> {
        ballots
            .chunks(LARGEST_BATCH)
            .flat_map(|chunk| self.batch(chunk, rng))
            .collect()
    }

    /// Form and transcript.
    fn replay<'b>(&self, entry: &'b BallotEntry) -> Result<Replayed<'b>, InvalidBallot> {
        check_form(self.context(), entry)?;
        let credential = decode_key(&*entry.credential).map_err(InvalidBallot::Credential)?;
        let commitments = decode_half(&entry.cells, 32)?;
        let values = self
            .slacks
            .vartime_value_commitments(self.statement(), &entry.cells, &commitments);
        let mut transcript = self.transcript.clone();
        transcript.ballot_voter(&entry.sequence, &entry.credential, &entry.tokens);
        transcript.ballot_cells(&entry.cells);
        let range =
            range::replay(&mut transcript, &self.ranges, &values, &entry.range_proof).map_err(range_fault)?;
        let rho = transcript.link_weight(&range.a, &range.b);
        let link = link::replay(&mut transcript, &entry.link_proof).map_err(InvalidBallot::LinkProof)?;
        Ok(Replayed {
            entry,
            credential,
            commitments,
            range,
            rho,
            link,
        })
    }

    /// All of [`Verifier::replay`], and the remaining points.
    fn decode<'b>(&self, entry: &'b BallotEntry) -> Result<Decoded<'b>, InvalidBallot> {
        let mut replayed = self.replay(entry)?;
        let randomness = decode_half(&entry.cells, 0)?;
        replayed
            .range
            .decode_points(&entry.range_proof)
            .map_err(InvalidBallot::RangeProof)?;
        let link_points = replayed.link.points().map_err(InvalidBallot::LinkProof)?;
        let cells = randomness
            .into_iter()
            .zip(core::mem::take(&mut replayed.commitments))
            .collect();
        Ok(Decoded {
            replayed,
            cells,
            link_points,
        })
    }

    fn batch<R: CryptoRng + ?Sized>(
        &self,
        ballots: &[&BallotEntry],
        rng: &mut R,
    ) -> Vec<Result<VerifiedBallot, InvalidBallot>> {
        let mut decoded: Vec<_> = ballots.iter().map(|ballot| self.decode(ballot)).collect();
        range::invert_challenges(
            decoded
                .iter_mut()
                .flatten()
                .map(|ballot| &mut ballot.replayed.range),
        );
        let sound: Vec<(usize, &Decoded<'_>)> = decoded
            .iter()
            .enumerate()
            .filter_map(|(index, ballot)| Some((index, ballot.as_ref().ok()?)))
            .collect();
        let mut bad = alloc::vec![false; ballots.len()];
        self.bisect(&sound, &mut bad, rng);
        let settle = |(ballot, bad): (Result<Decoded<'_>, InvalidBallot>, bool)| match ballot {
            Ok(ballot) if bad => Err(ballot.fault()),
            Ok(ballot) => Ok(ballot.into_verified()),
            Err(invalid) => Err(invalid),
        };
        decoded.into_iter().zip(bad).map(settle).collect()
    }

    /// Marks the ballots whose equations do not hold.
    fn bisect<R: CryptoRng + ?Sized>(
        &self,
        ballots: &[(usize, &Decoded<'_>)],
        bad: &mut [bool],
        rng: &mut R,
    ) {
        let group: Vec<&Decoded<'_>> = ballots.iter().map(|(_, ballot)| *ballot).collect();
        if group.is_empty() || self.vartime_hold(&group, rng) {
            return;
        }
        if let [(index, _)] = ballots {
            bad[*index] = true;
            return;
        }
        let (left, right) = ballots.split_at(ballots.len() / 2);
        self.bisect(left, bad, rng);
        self.bisect(right, bad, rng);
    }

    /// Whether all equations of all these ballots hold.
    fn vartime_hold<R: CryptoRng + ?Sized>(&self, ballots: &[&Decoded<'_>], rng: &mut R) -> bool {
        let statement = self.statement();
        let own_points =
            2 * statement.maxima().len() + 8 + 2 * statement.padded_bits().trailing_zeros() as usize;
        let mut sum = Equation::new(statement.padded_bits(), ballots.len() * own_points);
        for ballot in ballots {
            self.add_to(&mut sum, ballot, rng);
        }
        sum.vartime_holds(
            self.generators,
            Bases {
                value: message_base(),
                blinding: &self.context().joint_key,
            },
        )
    }

    /// Adds a ballot's five equations, each with a fresh weight.
    fn add_to<'b, R: CryptoRng + ?Sized>(
        &self,
        sum: &mut Equation<'b>,
        ballot: &'b Decoded<'_>,
        rng: &mut R,
    ) {
        let Decoded {
            replayed,
            cells,
            link_points,
        } = ballot;
        let mut factors = replayed.range.add_to(&self.ranges, sum, weight(rng), weight(rng));
        let derived_factors = factors.split_off(cells.len());
        sum.value += self.spread_over_cells(&derived_factors, &mut factors);
        let weights = [weight(rng), weight(rng), weight(rng)];
        let (r_factor, c_factor) = replayed
            .link
            .add_to(sum, link_points, &replayed.credential, weights);
        let r_factors = powers(r_factor, &replayed.rho);
        let c_factors = powers(c_factor, &replayed.rho);
        for (((r, c), factor), (r_factor, c_factor)) in
            cells.iter().zip(factors).zip(r_factors.zip(c_factors))
        {
            sum.add(r_factor, r);
            sum.add(factor + c_factor, c);
        }
    }

    /// Puts the derived commitments' factors on the cells and, returned, on `M`:
    /// `hi·M − Σ w·C` stands for the derived commitment.
    fn spread_over_cells(&self, derived: &[Scalar], cells: &mut [Scalar]) -> Scalar {
        let mut value = Scalar::ZERO;
        for (constraint, factor) in self.statement().constraints().iter().zip(derived) {
            value += factor * signed(constraint.hi);
            for &(cell, w) in &constraint.terms {
                match w {
                    1 => cells[cell as usize] -= factor,
                    -1 => cells[cell as usize] += factor,
                    _ => cells[cell as usize] -= factor * signed(w),
                }
            }
        }
        value
    }
}

impl Replayed<'_> {
    fn possession(&self) -> bool {
        self.link.possession(&self.credential)
    }
}

impl Decoded<'_> {
    /// Which equation of a refused ballot fails, as far as that helps.
    fn fault(&self) -> InvalidBallot {
        match self.replayed.possession() {
            true => InvalidBallot::Proof,
            false => InvalidBallot::Possession,
        }
    }

    fn into_verified(self) -> VerifiedBallot {
        let entry = self.replayed.entry;
        VerifiedBallot {
            style: entry.style,
            credential: *entry.credential,
            sequence: u32::from_be_bytes(*entry.sequence),
            cells: self.cells,
        }
    }
}

/// Decodes the first (`R_i`, offset 0) or second (`C_i`, offset 32) point of every cell.
fn decode_half(cells: &[u8], offset: usize) -> Result<Vec<RistrettoPoint>, InvalidBallot> {
    let decode = |(cell, bytes): (usize, &[u8])| {
        decode_key(&bytes[offset..offset + 32]).map_err(|error| InvalidBallot::Cell { cell, error })
    };
    cells.chunks_exact(CELL_LENGTH).enumerate().map(decode).collect()
}

/// The form was checked, so only elements can be at fault.
fn range_fault(error: RangeError) -> InvalidBallot {
    match error {
        RangeError::Element(error) => InvalidBallot::RangeProof(error),
        RangeError::Length(_) | RangeError::Refused | RangeError::Value(_) => InvalidBallot::Proof,
    }
}
