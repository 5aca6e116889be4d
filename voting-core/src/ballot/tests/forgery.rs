//! Provers that cheat, for the tests.

use super::*;
use crate::ballot::derived;
use crate::ballot::range::{self, Ranges};
use crate::encoding::Bytes;
use crate::group::{CompressedRistretto, message_base};
use crate::transcript::Transcript;

/// A prover that keeps to the protocol but for the values: bits are those of
/// the values where they fit, and given otherwise.
pub(super) fn dishonest(context: &BallotContext, values: &[u64], vector: &[u8], seed: u64) -> BallotEntry {
    let mut rng = rng(seed);
    let credential = Credential::generate(&mut rng);
    let draft = Draft::encrypt(context, credential.public(), 0, values, [seed as u8; 32]);
    let tokens = tokens(context).into_iter().map(Bytes::from).collect();
    draft.prove(
        tokens,
        &credential,
        &Ranges::of(&context.statement),
        Some(vector),
        &mut rng,
    )
}

/// Three votes where two are allowed; the slack −1 is claimed to be 0.
pub(super) fn ballot_with_one_vote_too_many(context: &BallotContext, seed: u64) -> BallotEntry {
    dishonest(context, &[1, 1, 1, 0], &[1, 1, 1, 0, 0, 0, 0, 0], seed)
}

/// A valid ballot but for its link proof's first equation, off by `error·B`.
pub(super) fn ballot_off_by(context: &BallotContext, error: i64, seed: u64) -> BallotEntry {
    let mut rng = rng(seed);
    let credential = Credential::generate(&mut rng);
    let draft = Draft::seal(context, &credential, 0, &[1, 0, 0, 1], [seed as u8; 32]).unwrap();
    let honest = draft.cast(tokens(context), &credential, &mut rng).unwrap();
    // The forger moves k_1 before the challenge and answers as if it had not.
    relink(context, honest, &credential, &mut rng, |commitments| {
        let moved = commitments[0].decompress().unwrap()
            + derived::signed(error) * RistrettoPoint::mul_base(&Scalar::ONE);
        commitments[0] = moved.compress();
    })
}

/// Replaces the link proof by one whose commitments were changed before the
/// challenge. The forger knows all secrets: seeds are the test's.
pub(super) fn relink(
    context: &BallotContext,
    mut ballot: BallotEntry,
    credential: &Credential,
    rng: &mut ChaCha20Rng,
    change: impl Fn(&mut [CompressedRistretto; 3]),
) -> BallotEntry {
    let mut transcript = transcript_before_link(context, &ballot);
    let (k_r, k_v, k_s) = (Scalar::random(rng), Scalar::random(rng), Scalar::random(rng));
    let k = &context.joint_key;
    let mut commitments = [
        RistrettoPoint::mul_base(&k_r).compress(),
        (k_v * message_base() + k_r * k).compress(),
        RistrettoPoint::mul_base(&k_s).compress(),
    ];
    change(&mut commitments);
    let (rho, seed) = (transcript.1, [ballot_seed(&ballot); 32]);
    let draft = Draft::encrypt(context, credential.public(), 0, &[1, 0, 0, 1], seed);
    let (randomness, value) = draft.test_sums(&rho);
    let e = transcript.0.link_challenge(&commitments);
    let responses = [
        k_r + e * randomness,
        k_v + e * value,
        k_s + e * credential.secret(),
    ];
    for (i, point) in commitments.iter().enumerate() {
        ballot.link_proof[32 * i..32 * i + 32].copy_from_slice(point.as_bytes());
    }
    for (i, scalar) in responses.iter().enumerate() {
        ballot.link_proof[96 + 32 * i..128 + 32 * i].copy_from_slice(scalar.as_bytes());
    }
    ballot
}

/// Which `[seed; 32]` a ballot of these tests was sealed with.
pub(super) fn ballot_seed(ballot: &BallotEntry) -> u8 {
    let context = context(choose(4, 0, 2));
    let matches = |seed: &u8| {
        let draft = Draft::encrypt(&context, *ballot.credential, 0, &[1, 0, 0, 1], [*seed; 32]);
        draft.tracker() == Tracker::of(&context.election_id, ballot)
    };
    (0..10).find(matches).unwrap()
}

/// A ballot's transcript up to `ρ`, and `ρ`.
pub(super) fn transcript_before_link(context: &BallotContext, ballot: &BallotEntry) -> (Transcript, Scalar) {
    let mut transcript = seal::begin(context);
    transcript.ballot_voter(&ballot.sequence, &ballot.credential, &ballot.tokens);
    transcript.ballot_cells(&ballot.cells);
    let points: Vec<RistrettoPoint> = ballot
        .cells
        .chunks(64)
        .map(|cell| crate::group::decode_point(&cell[32..]).unwrap())
        .collect();
    let statement = &context.statement;
    let slacks = derived::Slacks::of(statement);
    let values = slacks.vartime_value_commitments(statement, &ballot.cells, &points);
    let range = range::replay(
        &mut transcript,
        &Ranges::of(statement),
        &values,
        &ballot.range_proof,
    )
    .unwrap();
    let rho = transcript.link_weight(&range.a, &range.b);
    (transcript, rho)
}

pub(super) fn refused(context: &BallotContext, ballot: &BallotEntry) -> InvalidBallot {
    let batch = verify_batch(context, &[ballot], &mut rng(5)).pop().unwrap();
    let alone = verify(context, ballot, &mut rng(6));
    assert_eq!(alone, batch);
    alone.unwrap_err()
}
