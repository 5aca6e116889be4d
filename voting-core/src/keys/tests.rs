//! The ceremony, and attacks on it. Names of attack tests start with the id
//! of the attack they repeat.

use alloc::vec::Vec;
use proptest::prelude::*;
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;
use std::string::ToString;

use super::*;
use crate::encoding::{decode, encode};
use crate::entry::{KeyCommitment, KeyConfirmation, KeyHash, KeyShares, Rehearsal, Signed};
use crate::group::{GroupError, RistrettoPoint, Scalar};
use crate::hash::Hash;
use crate::transcript::{Role, Transcript};

const ELECTION: Hash = [7; 32];
const OTHER_ELECTION: Hash = [8; 32];

pub(crate) fn rng(seed: u64) -> ChaCha20Rng {
    ChaCha20Rng::seed_from_u64(seed)
}

/// One round of `n` trustees with threshold `t`.
pub(crate) struct Ceremony {
    pub(crate) dealings: Vec<Dealing>,
    pub(crate) hashes: Vec<KeyHash>,
    pub(crate) bodies: Vec<KeyCommitment>,
    pub(crate) dealers: Vec<Commitments>,
    pub(crate) shares: Vec<KeyShares>,
    pub(crate) keys: PublicKeys,
}

impl Ceremony {
    pub(crate) fn run(trustees: u32, threshold: u32) -> Self {
        let mut rng = rng(1);
        let seeds: Vec<_> = (0..trustees).map(|_| DealingSeed::generate(&mut rng)).collect();
        let deal = |(trustee, seed)| Dealing::new(seed, &ELECTION, 0, trustee, threshold);
        let dealings: Vec<_> = (0..).zip(&seeds).map(deal).collect();
        let hashes: Vec<_> = dealings.iter().map(Dealing::hash).collect();
        let bodies: Vec<_> = dealings.iter().map(Dealing::commitment).collect();
        let verify = |body| verify_commitment(&ELECTION, threshold, body).unwrap();
        let dealers: Vec<_> = bodies.iter().map(verify).collect();
        let shares = dealings
            .iter()
            .map(|dealing| dealing.shares(&hashes, &mut rng).unwrap())
            .collect();
        let keys = PublicKeys::derive(&dealers).unwrap();
        Self {
            dealings,
            hashes,
            bodies,
            dealers,
            shares,
            keys,
        }
    }

    pub(crate) fn secret(&self, trustee: usize) -> SecretShare {
        self.dealings[trustee]
            .receive(&self.dealers, &self.shares)
            .unwrap()
    }

    fn transcript(&self) -> Hash {
        transcript_hash(&ELECTION, &self.hashes, &self.bodies, &self.shares)
    }
}

#[test]
fn every_trustee_gets_the_share_that_the_commitments_announce() {
    let ceremony = Ceremony::run(5, 3);
    for trustee in 0..5 {
        assert_eq!(ceremony.secret(trustee).public(), ceremony.keys.shares[trustee]);
    }
    for (hash, body) in ceremony.hashes.iter().zip(&ceremony.bodies) {
        assert_eq!(verify_hash(hash), Ok(()));
        assert_eq!(commitment_hash(&ELECTION, body), *hash.hash);
    }
}

#[test]
fn a_restored_trustee_says_the_same_again_and_another_round_has_other_secrets() {
    let seed = DealingSeed::generate(&mut rng(3));
    let restored = DealingSeed::from_secret_bytes(&seed.to_secret_bytes());
    let first = Dealing::new(&seed, &ELECTION, 0, 1, 2);
    assert_eq!(
        first.commitment(),
        Dealing::new(&restored, &ELECTION, 0, 1, 2).commitment()
    );
    let mut others = Vec::new();
    for (election, round, trustee, threshold) in [
        (ELECTION, 1, 1, 2),
        (OTHER_ELECTION, 0, 1, 2),
        (ELECTION, 0, 2, 2),
        (ELECTION, 0, 1, 3),
    ] {
        let other = Dealing::new(&seed, &election, round, trustee, threshold);
        assert_ne!(first.hash().receiving_key, other.hash().receiving_key);
        assert_ne!(first.commitment().points[..32], other.commitment().points[..32]);
        others.push(other.commitment().points);
    }
    others.dedup();
    assert_eq!(others.len(), 4);
}

#[test]
fn secrets_do_not_show_in_debug_output() {
    let ceremony = Ceremony::run(3, 2);
    let share = ceremony.secret(0);
    let shown = std::format!(
        "{share:?} {:?} {:?}",
        ceremony.dealings[0],
        DealingSeed::generate(&mut rng(9))
    );
    assert!(!shown.contains(&hex::encode(share.to_secret_bytes().as_slice())));
    assert!(shown.contains("redacted"));
    let copy = SecretShare::from_secret_bytes(0, &share.to_secret_bytes()).unwrap();
    assert_eq!(copy.public(), share.public());
}

#[test]
fn d1_a_last_dealer_that_cancels_the_others_lacks_the_proof_of_possession() {
    let ceremony = Ceremony::run(3, 2);
    let target = RistrettoPoint::mul_base(&Scalar::from(42_u64));
    let cancelling = target - ceremony.dealers[0].constant() - ceremony.dealers[1].constant();
    let mut forged = ceremony.bodies[2].clone();
    forged.points[..32].copy_from_slice(cancelling.compress().as_bytes());
    assert_eq!(
        verify_commitment(&ELECTION, 2, &forged),
        Err(KeyFault::Possession)
    );
}

#[test]
fn a7_a_proof_of_possession_mauled_for_a_related_key_is_refused() {
    // From (k·B, s) for A_0 anybody can make (k·B, s + c·d) for A_0 + d·B,
    // wherever the challenge does not hold the key.
    let honest = Ceremony::run(3, 2).bodies[0].clone();
    let points = [0, 32].map(|at| crate::group::decode_key(&honest.points[at..at + 32]).unwrap());
    let nonce: &[u8; 32] = honest.possession[..32].try_into().unwrap();
    let challenge = Transcript::possession(&ELECTION, 0, 0, &points, nonce);
    let d = Scalar::from(5_u64);
    let related = points[0] + RistrettoPoint::mul_base(&d);
    let response = crate::group::decode_scalar(&honest.possession[32..]).unwrap() + challenge * d;
    // Good under the challenge of the honest key …
    let nonce_point = crate::group::decode_key(nonce).unwrap();
    assert_eq!(
        RistrettoPoint::mul_base(&response),
        nonce_point + challenge * related
    );
    // … which is not that of the related one.
    let mut mauled = honest;
    mauled.points[..32].copy_from_slice(related.compress().as_bytes());
    mauled.possession[32..].copy_from_slice(response.as_bytes());
    assert_eq!(
        verify_commitment(&ELECTION, 2, &mauled),
        Err(KeyFault::Possession)
    );
}

#[test]
fn d2_commitments_chosen_after_seeing_the_others_miss_their_hash() {
    let ceremony = Ceremony::run(3, 2);
    let late = Dealing::new(&DealingSeed::generate(&mut rng(77)), &ELECTION, 0, 2, 2).commitment();
    assert!(verify_commitment(&ELECTION, 2, &late).is_ok());
    assert_ne!(commitment_hash(&ELECTION, &late), *ceremony.hashes[2].hash);
}

#[test]
fn d3_another_transcript_is_another_hash() {
    let ceremony = Ceremony::run(3, 2);
    let honest = ceremony.transcript();
    let again = ceremony.dealings[1]
        .shares(&ceremony.hashes, &mut rng(99))
        .unwrap();
    let mut shares = ceremony.shares.clone();
    shares[1] = again;
    assert_ne!(
        honest,
        transcript_hash(&ELECTION, &ceremony.hashes, &ceremony.bodies, &shares)
    );
    assert_ne!(
        honest,
        transcript_hash(
            &OTHER_ELECTION,
            &ceremony.hashes,
            &ceremony.bodies,
            &ceremony.shares
        )
    );
    let mut hashes = ceremony.hashes.clone();
    hashes[0].receiving_key = [9; 32].into();
    assert_ne!(
        honest,
        transcript_hash(&ELECTION, &hashes, &ceremony.bodies, &ceremony.shares)
    );
}

#[test]
fn d5_a_step_signed_by_another_key_or_for_another_election_is_refused() {
    let own = ed25519_dalek::SigningKey::from_bytes(&[1; 32]);
    let box_key = ed25519_dalek::SigningKey::from_bytes(&[2; 32]);
    let body = Ceremony::run(3, 2).hashes[0].clone();
    let enrolled = own.verifying_key().to_bytes();
    assert!(
        Signed::new(body.clone(), &ELECTION, &own)
            .verify(&ELECTION, &enrolled)
            .is_ok()
    );
    assert!(
        Signed::new(body.clone(), &ELECTION, &box_key)
            .verify(&ELECTION, &enrolled)
            .is_err()
    );
    assert!(
        Signed::new(body.clone(), &OTHER_ELECTION, &own)
            .verify(&ELECTION, &enrolled)
            .is_err()
    );
    let mut signed = Signed::new(body, &ELECTION, &own);
    signed.body.round += 1;
    assert!(signed.verify(&ELECTION, &enrolled).is_err());
}

#[test]
fn a6_a_proof_of_possession_from_another_election_round_or_dealer_is_refused() {
    let ceremony = Ceremony::run(3, 2);
    let body = &ceremony.bodies[0];
    assert_eq!(
        verify_commitment(&OTHER_ELECTION, 2, body),
        Err(KeyFault::Possession)
    );
    let mut moved = body.clone();
    moved.round = 1;
    assert_eq!(verify_commitment(&ELECTION, 2, &moved), Err(KeyFault::Possession));
    moved = body.clone();
    moved.trustee = 1;
    assert_eq!(verify_commitment(&ELECTION, 2, &moved), Err(KeyFault::Possession));
}

#[test]
fn every_byte_of_a_commitment_counts() {
    let body = &Ceremony::run(3, 2).bodies[0];
    for at in 0..64 {
        let mut mutant = body.clone();
        mutant.points[at] ^= 1;
        assert!(
            verify_commitment(&ELECTION, 2, &mutant).is_err(),
            "point byte {at}"
        );
        mutant = body.clone();
        mutant.possession[at] ^= 1;
        assert!(
            verify_commitment(&ELECTION, 2, &mutant).is_err(),
            "proof byte {at}"
        );
    }
}

#[test]
fn a9_a_proof_in_another_role_is_refused() {
    // The same statement in all roles: a proof for one fits no other.
    let secret = Scalar::from(5_u64);
    let base = canary(&ELECTION, &[1; 32]);
    let statement = Equality {
        key: RistrettoPoint::mul_base(&secret),
        base,
        image: base * secret,
    };
    let roles = [Role::Ballot, Role::Possession, Role::Rehearsal, Role::Decryption];
    for proven in roles {
        let proof = statement.prove(Transcript::new(proven, &ELECTION), &secret, &mut rng(4));
        for verified in roles {
            let outcome = statement.verify(Transcript::new(verified, &ELECTION), &proof);
            assert_eq!(outcome.is_ok(), proven == verified, "{proven:?} as {verified:?}");
        }
    }
}

#[test]
fn b1_commitments_that_are_no_points_or_the_identity_are_refused() {
    let body = Ceremony::run(3, 2).bodies[0].clone();
    let bad = [
        ([0; 32], GroupError::Identity),
        ([0xff; 32], GroupError::Point),
        (core::array::from_fn(|at| u8::from(at == 0)), GroupError::Point),
    ];
    for (encoding, error) in bad {
        for index in 0..2 {
            let mut mutant = body.clone();
            mutant.points[32 * index..32 * index + 32].copy_from_slice(&encoding);
            assert_eq!(
                verify_commitment(&ELECTION, 2, &mutant),
                Err(KeyFault::Commitment { index, error })
            );
        }
        let mut mutant = body.clone();
        mutant.possession[..32].copy_from_slice(&encoding);
        assert_eq!(
            verify_commitment(&ELECTION, 2, &mutant),
            Err(KeyFault::Possession)
        );
    }
    for threshold in [0, 1, 3, u32::MAX] {
        let refused = verify_commitment(&ELECTION, threshold, &body);
        assert!(
            matches!(refused, Err(KeyFault::CommitmentLength { .. })),
            "threshold {threshold}"
        );
    }
}

#[test]
fn b1_receiving_keys_of_small_order_or_not_canonical_are_refused() {
    let mut hash = Ceremony::run(3, 2).hashes[0].clone();
    let mut one = [0; 32];
    one[0] = 1;
    let mut above_prime = [0xff; 32];
    (above_prime[0], above_prime[31]) = (0xf6, 0x7f); // p + 9, the base point written otherwise
    let mut high_bit = *hash.receiving_key;
    high_bit[31] |= 0x80;
    for key in [[0; 32], one, above_prime, high_bit] {
        hash.receiving_key = key.into();
        assert_eq!(verify_hash(&hash), Err(KeyFault::ReceivingKey));
    }
}

#[test]
fn a_bad_share_convicts_its_dealer_before_everybody() {
    let mut ceremony = Ceremony::run(3, 2);
    for damage in 0..80 {
        ceremony.shares[0].shares[2][damage] ^= 0x10;
        let bad = ceremony.dealings[2]
            .receive(&ceremony.dealers, &ceremony.shares)
            .unwrap_err();
        assert_eq!(bad.dealer, 0);
        let complaint = ceremony.dealings[2].complain(bad);
        let (receiver, dealer, shares) = (&ceremony.hashes[2], &ceremony.dealers[0], &ceremony.shares[0]);
        assert_eq!(
            verify_complaint(&ELECTION, receiver, dealer, shares, &complaint),
            Ok(())
        );
        // The others' shares are right all the same.
        assert!(
            ceremony.dealings[1]
                .receive(&ceremony.dealers, &ceremony.shares)
                .is_ok()
        );
        ceremony.shares[0].shares[2][damage] ^= 0x10;
    }
}

#[test]
fn a_share_of_another_polynomial_convicts_its_dealer() {
    let ceremony = Ceremony::run(3, 2);
    let other = Dealing::new(&DealingSeed::generate(&mut rng(5)), &ELECTION, 0, 0, 2);
    let mut shares = ceremony.shares.clone();
    shares[0] = other.shares(&ceremony.hashes, &mut rng(6)).unwrap();
    let bad = ceremony.dealings[1]
        .receive(&ceremony.dealers, &shares)
        .unwrap_err();
    let complaint = ceremony.dealings[1].complain(bad);
    let verdict = verify_complaint(
        &ELECTION,
        &ceremony.hashes[1],
        &ceremony.dealers[0],
        &shares[0],
        &complaint,
    );
    assert_eq!(verdict, Ok(()));
}

#[test]
fn an_honest_dealer_is_never_convicted() {
    let ceremony = Ceremony::run(3, 2);
    let complaint = ceremony.dealings[1].complain(BadShare { dealer: 0 });
    let (dealer, shares) = (&ceremony.dealers[0], &ceremony.shares[0]);
    let verify = |receiver: usize, complaint: &crate::entry::KeyComplaint| {
        verify_complaint(&ELECTION, &ceremony.hashes[receiver], dealer, shares, complaint)
    };
    assert_eq!(verify(1, &complaint), Err(KeyFault::ComplaintUnfounded));
    // Another receiving key opens nothing, but it is not the published one.
    let mut lie = complaint.clone();
    lie.evidence[5] ^= 1;
    assert_eq!(verify(1, &lie), Err(KeyFault::ComplaintEvidence));
    for mutate in [
        (|complaint| complaint.round = 1) as fn(&mut crate::entry::KeyComplaint),
        |complaint| complaint.dealer = 2,
        |complaint| (complaint.dealer, complaint.trustee) = (1, 1),
        |complaint| complaint.trustee = 2,
    ] {
        let mut lie = complaint.clone();
        mutate(&mut lie);
        assert_eq!(verify(1, &lie), Err(KeyFault::ComplaintSubject));
    }
    assert_eq!(verify(2, &complaint), Err(KeyFault::ComplaintSubject));
    // Whom it speaks of is the same in everything it is held against.
    let against = |receiver: &KeyHash, dealer: &Commitments, shares: &KeyShares, trustee: u32| {
        let complaint = crate::entry::KeyComplaint {
            trustee,
            ..complaint.clone()
        };
        verify_complaint(&ELECTION, receiver, dealer, shares, &complaint)
    };
    let receiver = &ceremony.hashes[1];
    assert_eq!(
        against(receiver, dealer, shares, 1),
        Err(KeyFault::ComplaintUnfounded)
    );
    let later = KeyHash {
        round: 1,
        ..receiver.clone()
    };
    assert_eq!(
        against(&later, dealer, shares, 1),
        Err(KeyFault::ComplaintSubject)
    );
    let again = Dealing::new(&DealingSeed::generate(&mut rng(1)), &ELECTION, 1, 0, 2);
    let later = verify_commitment(&ELECTION, 2, &again.commitment()).unwrap();
    assert_eq!((later.round(), later.trustee()), (1, 0));
    assert_eq!(
        against(receiver, &later, shares, 1),
        Err(KeyFault::ComplaintSubject)
    );
    let later = KeyShares {
        round: 1,
        ..shares.clone()
    };
    assert_eq!(
        against(receiver, dealer, &later, 1),
        Err(KeyFault::ComplaintSubject)
    );
    let others = &ceremony.dealers[2];
    assert_eq!(
        against(receiver, others, shares, 1),
        Err(KeyFault::ComplaintSubject)
    );
    let others = KeyShares {
        trustee: 2,
        ..shares.clone()
    };
    assert_eq!(
        against(receiver, dealer, &others, 1),
        Err(KeyFault::ComplaintSubject)
    );
    assert_eq!(
        against(&ceremony.hashes[0], dealer, shares, 0),
        Err(KeyFault::ComplaintSubject)
    );
}

#[test]
fn b1_a_receiving_key_has_one_encoding() {
    let key = |first: u8, middle: u8, last: u8| {
        let mut key = [middle; 32];
        (key[0], key[31]) = (first, last);
        let hash = KeyHash {
            receiving_key: key.into(),
            ..Ceremony::run(3, 2).hashes[0].clone()
        };
        verify_hash(&hash)
    };
    // Two below the modulus 2^255 − 19, the modulus, and more; the highest bit.
    assert_eq!(key(0xeb, 0xff, 0x7f), Ok(()));
    assert_eq!(key(0xed, 0xff, 0x7f), Err(KeyFault::ReceivingKey));
    assert_eq!(key(0xf6, 0xff, 0x7f), Err(KeyFault::ReceivingKey));
    assert_eq!(key(0xff, 0, 0x7f), Ok(()));
    assert_eq!(key(0xff, 0xff, 0x7e), Ok(()));
    assert_eq!(key(9, 0, 0), Ok(()));
    assert_eq!(key(9, 0, 0x80), Err(KeyFault::ReceivingKey));
}

#[test]
fn a_share_moved_to_another_receiver_dealer_round_or_election_does_not_open() {
    let ceremony = Ceremony::run(3, 2);
    let private = DealingSeed::generate(&mut rng(1)); // the seed of trustee 0 in `run`
    let elsewhere = Dealing::new(&private, &OTHER_ELECTION, 0, 0, 2);
    assert_eq!(
        elsewhere
            .receive(&ceremony.dealers, &ceremony.shares)
            .unwrap_err()
            .dealer,
        0
    );
    let mut swapped = ceremony.shares.clone();
    swapped[0].shares.swap(0, 1);
    assert_eq!(
        ceremony.dealings[1]
            .receive(&ceremony.dealers, &swapped)
            .unwrap_err()
            .dealer,
        0
    );
}

#[test]
fn d7_a_rehearsal_shows_that_the_stored_share_decrypts() {
    let ceremony = Ceremony::run(3, 2);
    let transcript = ceremony.transcript();
    for trustee in 0..3 {
        let share_key = &ceremony.keys.shares[trustee as usize];
        let rehearsal = ceremony
            .secret(trustee as usize)
            .rehearse(&ELECTION, &transcript, &mut rng(2));
        let verify = |election, transcript, trustee, key, rehearsal: &Rehearsal| {
            verify_rehearsal(election, transcript, trustee, key, rehearsal)
        };
        assert_eq!(
            verify(&ELECTION, &transcript, trustee, share_key, &rehearsal),
            Ok(())
        );
        let refused = Err(KeyFault::Rehearsal);
        assert_eq!(
            verify(&OTHER_ELECTION, &transcript, trustee, share_key, &rehearsal),
            refused
        );
        assert_eq!(
            verify(&ELECTION, &[0; 32], trustee, share_key, &rehearsal),
            refused
        );
        let other_key = &ceremony.keys.shares[(trustee as usize + 1) % 3];
        assert_eq!(
            verify(&ELECTION, &transcript, trustee, other_key, &rehearsal),
            refused
        );
        let other = Err(KeyFault::RehearsalTrustee);
        assert_eq!(
            verify(&ELECTION, &transcript, trustee + 1, share_key, &rehearsal),
            other
        );
    }
}

#[test]
fn d7_every_byte_of_a_rehearsal_counts() {
    let ceremony = Ceremony::run(3, 2);
    let transcript = ceremony.transcript();
    let rehearsal = ceremony.secret(0).rehearse(&ELECTION, &transcript, &mut rng(2));
    for at in 0..96 {
        let mut mutant = rehearsal.clone();
        if at < 32 {
            mutant.point[at] ^= 1
        } else {
            mutant.proof[at - 32] ^= 1
        }
        let verdict = verify_rehearsal(&ELECTION, &transcript, 0, &ceremony.keys.shares[0], &mutant);
        assert!(verdict.is_err(), "byte {at}");
    }
    let mut identity = rehearsal;
    identity.point = [0; 32].into();
    let verdict = verify_rehearsal(&ELECTION, &transcript, 0, &ceremony.keys.shares[0], &identity);
    assert_eq!(verdict, Err(KeyFault::RehearsalPoint(GroupError::Identity)));
}

#[test]
fn the_key_digest_covers_every_confirmation_with_its_signature() {
    let key = ed25519_dalek::SigningKey::from_bytes(&[1; 32]);
    let confirm = |trustee, transcript: u8| {
        let body = KeyConfirmation {
            round: 0,
            trustee,
            joint_key: [1; 32].into(),
            transcript: [transcript; 32].into(),
        };
        Signed::new(body, &ELECTION, &key)
    };
    let digest = key_digest(&[confirm(0, 1), confirm(1, 1)]);
    assert_ne!(digest, key_digest(&[confirm(0, 1), confirm(1, 2)]));
    assert_ne!(digest, key_digest(&[confirm(1, 1), confirm(0, 1)]));
    assert_ne!(digest, key_digest(&[confirm(0, 1)]));
    let mut resigned = [confirm(0, 1), confirm(1, 1)];
    resigned[1].signature[0] ^= 1;
    assert_ne!(digest, key_digest(&resigned));
}

#[test]
fn keys_that_cancel_are_refused() {
    let ceremony = Ceremony::run(3, 2);
    assert_eq!(PublicKeys::derive(&[]), Err(KeyFault::IdentityKey));
    assert!(PublicKeys::derive(&ceremony.dealers).is_ok());
    assert!(!KeyFault::IdentityKey.to_string().is_empty());
}

proptest! {
    #[test]
    fn key_entries_decode_to_what_was_encoded(
        round: u32, trustee: u32, fixed: [u8; 32], points: Vec<u8>, count in 0_usize..5,
    ) {
        let hash = KeyHash { round, trustee, hash: fixed.into(), receiving_key: fixed.into() };
        prop_assert_eq!(decode::<KeyHash>(&encode(&hash)).unwrap(), hash);
        let body = KeyCommitment { round, trustee, points: points.into(), possession: [3; 64].into() };
        prop_assert_eq!(decode::<KeyCommitment>(&encode(&body)).unwrap(), body);
        let shares = KeyShares { round, trustee, shares: alloc::vec![[9; 80].into(); count] };
        prop_assert_eq!(decode::<KeyShares>(&encode(&shares)).unwrap(), shares);
    }

    #[test]
    fn mangled_key_entries_never_panic(mut at in 0_usize..400, flip in 1_u8.., cut in 0_usize..400) {
        let ceremony = Ceremony::run(3, 2);
        let mut bytes = encode(&ceremony.bodies[0]);
        at %= bytes.len();
        bytes[at] ^= flip;
        if let Ok(body) = decode::<KeyCommitment>(&bytes) {
            prop_assert!(verify_commitment(&ELECTION, 2, &body).is_err());
        }
        bytes.truncate(cut % bytes.len());
        prop_assert!(decode::<KeyCommitment>(&bytes).is_err());
        let _ = decode::<KeyShares>(&bytes);
        let _ = decode::<crate::entry::KeyComplaint>(&bytes);
    }

    #[test]
    fn arbitrary_points_and_proofs_never_panic(points: Vec<u8>, proof: [u8; 32], threshold in 0_u32..4) {
        let mut possession = [0; 64];
        possession[32..].copy_from_slice(&proof);
        let body = KeyCommitment { round: 0, trustee: 0, points: points.into(), possession: possession.into() };
        prop_assert!(verify_commitment(&ELECTION, threshold, &body).is_err());
    }
}
