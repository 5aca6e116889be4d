//! Every field of a ballot is bound: flip it, and the ballot is refused.

use alloc::vec;

use proptest::prelude::*;

use super::*;
use crate::encoding::Bytes;
use crate::entry::Entry;

#[test]
fn flipping_any_byte_of_a_ballot_makes_it_invalid() {
    let context = context(choose(3, 1, 2));
    let ballot = cast(&context, &[1, 0, 1], 1);
    let refused = |change: &dyn Fn(&mut BallotEntry)| {
        let mut changed = ballot.clone();
        change(&mut changed);
        verify(&context, &changed, &mut rng(2)).is_err()
    };
    assert!(refused(&|b| b.style ^= 1));
    for i in 0..32 {
        assert!(refused(&|b| b.credential[i] ^= 1), "credential {i}");
    }
    for i in 0..4 {
        assert!(refused(&|b| b.sequence[i] ^= 1), "sequence {i}");
    }
    for i in [0, 100, 383] {
        assert!(refused(&|b| b.tokens[0][i] ^= 1), "token {i}");
    }
    for i in 0..ballot.cells.len() {
        assert!(refused(&|b| b.cells[i] ^= 1), "cells {i}");
    }
    for i in 0..ballot.range_proof.len() {
        assert!(refused(&|b| b.range_proof[i] ^= 1), "range proof {i}");
    }
    for i in 0..192 {
        assert!(refused(&|b| b.link_proof[i] ^= 1), "link proof {i}");
    }
}

#[test]
fn a1_every_public_input_is_in_the_transcript() {
    let right = context(choose(3, 1, 2));
    let ballot = cast(&right, &[1, 0, 1], 1);
    let refused = |change: &dyn Fn(&mut BallotContext)| {
        let mut changed = right.clone();
        change(&mut changed);
        let admitted = precheck(&changed, &ballot);
        assert_eq!(
            admitted.clone().err(),
            verify(&changed, &ballot, &mut rng(2)).err()
        );
        admitted == Err(InvalidBallot::Possession)
    };
    assert!(refused(&|c| c.election_id[31] ^= 1), "election id");
    assert!(refused(&|c| c.joint_key = c.joint_key + c.joint_key), "joint key");
    assert!(refused(&|c| c.key_digest[0] ^= 1), "key digest");
    // Statements of the same size and other rules.
    assert!(refused(&|c| c.statement = choose(3, 0, 1)), "lo and hi");
    assert!(refused(&|c| c.statement = choose(3, 2, 3)), "lo and hi");
    let heavier = Constraint {
        lo: 1,
        hi: 2,
        terms: vec![(0, 1), (1, 1), (2, -1)],
    };
    assert!(
        refused(&|c| c.statement = Statement::new(vec![1; 3], vec![heavier.clone()]).unwrap()),
        "weight"
    );
    let shorter = Constraint {
        lo: 1,
        hi: 2,
        terms: vec![(0, 1), (1, 1)],
    };
    assert!(
        refused(&|c| c.statement = Statement::new(vec![1; 3], vec![shorter.clone()]).unwrap()),
        "term"
    );
}

#[test]
fn form_is_checked_before_anything_is_computed() {
    let context = context(choose(3, 1, 2));
    let ballot = cast(&context, &[1, 0, 1], 1);
    let check = |change: &dyn Fn(&mut BallotEntry)| {
        let mut changed = ballot.clone();
        change(&mut changed);
        precheck(&context, &changed).unwrap_err()
    };
    use InvalidBallot as Invalid;
    assert_eq!(
        check(&|b| b.style = 4),
        Invalid::Style {
            expected: 3,
            found: 4
        }
    );
    assert_eq!(
        check(&|b| b.tokens.clear()),
        Invalid::TokenCount {
            expected: 1,
            found: 0
        }
    );
    assert_eq!(
        check(&|b| b.tokens.push(Bytes::from(vec![]))),
        Invalid::TokenCount {
            expected: 1,
            found: 2
        }
    );
    let short = Invalid::TokenLength {
        issuer: 0,
        expected: 384,
        found: 383,
    };
    assert_eq!(check(&|b| b.tokens[0].truncate(383)), short);
    assert_eq!(
        check(&|b| b.cells.truncate(191)),
        Invalid::CellsLength {
            expected: 192,
            found: 191
        }
    );
    let expected = context.range_proof_length();
    let short = Invalid::RangeProofLength {
        expected,
        found: expected - 32,
    };
    assert_eq!(check(&|b| b.range_proof.truncate(expected - 32)), short);
    assert_eq!(
        check(&|b| b.range_proof.extend([0; 64])),
        Invalid::RangeProofLength {
            expected,
            found: expected + 64
        }
    );
}

/// `p`, `p + 1`, `2^255 − 1`, a negative field element, the all-ones bytes.
fn bad_points() -> Vec<([u8; 32], GroupError)> {
    let mut p = [0xff; 32];
    (p[0], p[31]) = (0xed, 0x7f);
    let mut above = p;
    above[0] = 0xee;
    let mut one = [0; 32];
    one[0] = 1;
    let mut high_bit = [0; 32];
    high_bit[31] = 0x80;
    let bad = [p, above, one, high_bit, [0xff; 32]].map(|bytes| (bytes, GroupError::Point));
    bad.into_iter().chain([([0; 32], GroupError::Identity)]).collect()
}

#[test]
fn b1_non_canonical_points_and_the_identity_are_refused_in_every_field() {
    let context = context(choose(2, 0, 1));
    let ballot = cast(&context, &[1, 0], 1);
    let check = |change: &dyn Fn(&mut BallotEntry)| {
        let mut changed = ballot.clone();
        change(&mut changed);
        verify(&context, &changed, &mut rng(2)).unwrap_err()
    };
    for (bytes, error) in bad_points() {
        assert_eq!(
            check(&|b| b.credential = bytes.into()),
            InvalidBallot::Credential(error)
        );
        for cell in 0..2 {
            for half in [0, 32] {
                let at = 64 * cell + half;
                let found = check(&|b| b.cells[at..at + 32].copy_from_slice(&bytes));
                assert_eq!(found, InvalidBallot::Cell { cell, error });
            }
            assert!(decode_refused(
                &context,
                &ballot,
                |b| &mut b.cells,
                64 * cell,
                &bytes
            ));
        }
        let rounds = (context.range_proof_length() / 32 - 9) / 2;
        for element in (0..4).chain(7..7 + 2 * rounds) {
            assert!(decode_refused(
                &context,
                &ballot,
                |b| &mut b.range_proof,
                32 * element,
                &bytes
            ));
        }
        for element in 0..3 {
            let found = check(&|b| b.link_proof[32 * element..32 * element + 32].copy_from_slice(&bytes));
            assert_eq!(found, InvalidBallot::LinkProof(error));
        }
    }
    let order = {
        let mut bytes = (-Scalar::ONE).to_bytes();
        bytes[0] += 1;
        bytes
    };
    let elements = context.range_proof_length() / 32;
    for element in [4, 5, 6, elements - 2, elements - 1] {
        let found = check(&|b| b.range_proof[32 * element..32 * element + 32].copy_from_slice(&order));
        assert_eq!(found, InvalidBallot::RangeProof(GroupError::Scalar));
    }
    for element in 3..6 {
        let found = check(&|b| b.link_proof[32 * element..32 * element + 32].copy_from_slice(&order));
        assert_eq!(found, InvalidBallot::LinkProof(GroupError::Scalar));
    }
}

/// Whether a point field refuses these bytes, alone and in a batch.
fn decode_refused(
    context: &BallotContext,
    ballot: &BallotEntry,
    field: impl Fn(&mut BallotEntry) -> &mut Bytes,
    at: usize,
    bytes: &[u8; 32],
) -> bool {
    let mut changed = ballot.clone();
    field(&mut changed)[at..at + 32].copy_from_slice(bytes);
    let alone = verify(context, &changed, &mut rng(2)).is_err();
    alone && verify_batch(context, &[ballot, &changed], &mut rng(2))[1].is_err()
}

/// RFC 9496 Appendix A.1: multiples 0 to 15 of the generator.
const MULTIPLES: [&str; 16] = [
    "0000000000000000000000000000000000000000000000000000000000000000",
    "e2f2ae0a6abc4e71a884a961c500515f58e30b6aa582dd8db6a65945e08d2d76",
    "6a493210f7499cd17fecb510ae0cea23a110e8d5b901f8acadd3095c73a3b919",
    "94741f5d5d52755ece4f23f044ee27d5d1ea1e2bd196b462166b16152a9d0259",
    "da80862773358b466ffadfe0b3293ab3d9fd53c5ea6c955358f568322daf6a57",
    "e882b131016b52c1d3337080187cf768423efccbb517bb495ab812c4160ff44e",
    "f64746d3c92b13050ed8d80236a7f0007c3b3f962f5ba793d19a601ebb1df403",
    "44f53520926ec81fbd5a387845beb7df85a96a24ece18738bdcfa6a7822a176d",
    "903293d8f2287ebe10e2374dc1a53e0bc887e592699f02d077d5263cdd55601c",
    "02622ace8f7303a31cafc63f8fc48fdc16e1c8c8d234b2f0d6685282a9076031",
    "20706fd788b2720a1ed2a5dad4952b01f413bcf0e7564de8cdc816689e2db95f",
    "bce83f8ba5dd2fa572864c24ba1810f9522bc6004afe95877ac73241cafdab42",
    "e4549ee16b9aa03099ca208c67adafcafa4c3f3e4e5303de6026e3ca8ff84460",
    "aa52e000df2e16f55fb1032fc33bc42742dad6bd5a8fc0be0167436c5948501f",
    "46376b80f409b29dc2b5f6f0c52591990896e5716f41477cd30085ab7f10301e",
    "e0c418f7c8d9c4cdd7395b93ea124f3ad99021bb681dfc3302a9d99a2e53e64e",
];

#[test]
fn rfc_9496_multiples_of_the_generator() {
    for (multiple, expected) in (0u64..).zip(MULTIPLES) {
        let point = RistrettoPoint::mul_base(&Scalar::from(multiple));
        assert_eq!(hex::encode(point.compress().as_bytes()), expected);
        let bytes = hex::decode(expected).unwrap();
        assert_eq!(crate::group::decode_point(&bytes), Ok(point));
    }
}

/// RFC 9496 Appendix A.2: encodings that must be refused, of each kind.
const REFUSED: [&str; 12] = [
    // Non-canonical field encodings.
    "00ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "f3ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    // Negative field elements.
    "0100000000000000000000000000000000000000000000000000000000000000",
    "01ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "ed57ffd8c914fb201471d1c3d245ce3c746fcbe63a3679d51b6a516ebebe0e20",
    "c34c4e1826e5d403b78e246e88aa051c36ccf0aafebffe137d148a2bf9104562",
    // Non-square x^2.
    "26948d35ca62e643e26a83177332e6b6afeb9d08e4268b650f1f5bbd8d81d371",
    "4eac077a713c57b4f4397629a4145982c661f48044dd3f96427d40b147d9742f",
    // Negative xy.
    "3eb858e78f5a7254d8c9731174a94f76755fd3941c0ac93735c07ba14579630e",
    // s = −1, which makes y = 0.
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
];

#[test]
fn rfc_9496_bad_encodings_are_refused() {
    for refused in REFUSED {
        let bytes = hex::decode(refused).unwrap();
        assert_eq!(
            crate::group::decode_point(&bytes),
            Err(GroupError::Point),
            "{refused}"
        );
    }
}

/// RFC 9496 Appendix A.3: the map from uniform bytes, on hashes of labels.
#[test]
fn rfc_9496_points_from_uniform_bytes() {
    use sha2::{Digest, Sha512};
    let vectors = [
        (
            "Ristretto is traditionally a short shot of espresso coffee",
            "3066f82a1a747d45120d1740f14358531a8f04bbffe6a819f86dfe50f44a0a46",
        ),
        (
            "made with the normal amount of ground coffee but extracted with",
            "f26e5b6f7d362d2d2a94c5d0e7602cb4773c95a2e5c31a64f133189fa76ed61b",
        ),
        (
            "about half the amount of water in the same amount of time",
            "006ccd2a9e6867e6a2c5cea83d3302cc9de128dd2a9a57dd8ee7b9d7ffe02826",
        ),
    ];
    for (label, expected) in vectors {
        let point = RistrettoPoint::from_uniform_bytes(&Sha512::digest(label).into());
        assert_eq!(hex::encode(point.compress().as_bytes()), expected);
    }
}

proptest! {
    #[test]
    fn ballot_entries_decode_to_what_was_encoded(
        style in any::<u32>(), credential in any::<[u8; 32]>(), sequence in any::<[u8; 4]>(),
        tokens in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..40), 0..4),
        cells in proptest::collection::vec(any::<u8>(), 0..200),
        range_proof in proptest::collection::vec(any::<u8>(), 0..200),
    ) {
        let ballot = BallotEntry {
            style, credential: credential.into(), sequence: sequence.into(),
            tokens: tokens.into_iter().map(Bytes::from).collect(),
            cells: cells.into(), range_proof: range_proof.into(), link_proof: [5; 192].into(),
        };
        let entry = Entry::Ballot(ballot);
        prop_assert_eq!(Entry::from_bytes(&entry.to_bytes()), Ok(entry));
    }

    #[test]
    fn random_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = Entry::from_bytes(&bytes);
        let _ = crate::encoding::decode::<Opening>(&bytes);
    }

    #[test]
    fn mangled_ballots_are_refused_without_panic(at in any::<proptest::sample::Index>(), to in any::<u8>(), cut in any::<proptest::sample::Index>()) {
        let context = context(choose(2, 0, 1));
        let bytes = Entry::Ballot(cast(&context, &[1, 0], 1)).to_bytes();
        let mut mangled = bytes.clone();
        let at = at.index(bytes.len());
        mangled[at] = to;
        if let Ok(Entry::Ballot(ballot)) = Entry::from_bytes(&mangled) {
            prop_assert!(mangled == bytes || verify(&context, &ballot, &mut rng(1)).is_err());
        }
        prop_assert!(Entry::from_bytes(&bytes[..cut.index(bytes.len())]).is_err());
    }
}
