//! Decryption of sums, and attacks on it. Names of attack tests start with
//! the id of the attack they repeat.

use alloc::vec::Vec;
use proptest::prelude::*;
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;

use super::*;
use crate::entry::DecryptionShare;
use crate::group::{GroupError, RistrettoPoint, Scalar, message_base};
use crate::hash::Hash;
use crate::keys::{Commitments, Dealing, DealingSeed, PublicKeys, SecretShare, verify_commitment};
use crate::tally::{Sums, SumsFault};

const ELECTION: Hash = [7; 32];
const ROOT: Hash = [3; 32];
const SIZE: u64 = 1_000;

fn rng(seed: u64) -> ChaCha20Rng {
    ChaCha20Rng::seed_from_u64(seed)
}

/// Trustees after their ceremony.
struct Trustees {
    threshold: u32,
    secrets: Vec<SecretShare>,
    keys: PublicKeys,
}

impl Trustees {
    fn new(trustees: u32, threshold: u32) -> Self {
        let mut rng = rng(1);
        let deal = |trustee| Dealing::new(&DealingSeed::generate(&mut rng), &ELECTION, 0, trustee, threshold);
        let dealings: Vec<Dealing> = (0..trustees).map(deal).collect();
        let hashes: Vec<_> = dealings.iter().map(Dealing::hash).collect();
        let verify =
            |dealing: &Dealing| verify_commitment(&ELECTION, threshold, &dealing.commitment()).unwrap();
        let dealers: Vec<Commitments> = dealings.iter().map(verify).collect();
        let shares: Vec<_> = dealings
            .iter()
            .map(|dealing| dealing.shares(&hashes, &mut rng).unwrap())
            .collect();
        let receive = |dealing: &Dealing| dealing.receive(&dealers, &shares).unwrap();
        let secrets = dealings.iter().map(receive).collect();
        Self {
            threshold,
            secrets,
            keys: PublicKeys::derive(&dealers).unwrap(),
        }
    }

    /// Sums as ballots would give them.
    fn seal(&self, totals: &[u64]) -> Sums {
        let mut rng = rng(2);
        let cell = |&total: &u64| {
            let r = Scalar::random(&mut rng);
            (
                RistrettoPoint::mul_base(&r),
                Scalar::from(total) * message_base() + r * self.keys.joint,
            )
        };
        Sums::of_cells(totals.iter().map(cell).collect())
    }

    fn share(&self, trustee: usize, sums: &Sums) -> DecryptionShare {
        let secret = &self.secrets[trustee];
        secret.decrypt(
            &ELECTION,
            &self.keys.joint,
            0,
            (SIZE, &ROOT),
            sums,
            &mut rng(trustee as u64),
        )
    }

    fn verify(&self, sums: &Sums, share: &DecryptionShare) -> Result<VerifiedShare, ShareFault> {
        let key = &self.keys.shares[share.trustee as usize];
        verify_share(&ELECTION, &self.keys.joint, key, sums, share)
    }

    fn open(&self, sums: &Sums, trustees: &[usize]) -> Result<Vec<RistrettoPoint>, CombineFault> {
        let verify = |&trustee: &usize| self.verify(sums, &self.share(trustee, sums)).unwrap();
        combine(
            self.threshold,
            sums,
            &trustees.iter().map(verify).collect::<Vec<_>>(),
        )
    }
}

#[test]
fn shares_of_other_sums_are_not_put_together() {
    let trustees = Trustees::new(3, 2);
    let sums = trustees.seal(&[4, 5]);
    let verified = |trustee: usize, contest: u32, sums: &Sums| {
        let secret = &trustees.secrets[trustee];
        let rng = &mut rng(trustee as u64);
        let share = secret.decrypt(&ELECTION, &trustees.keys.joint, contest, (SIZE, &ROOT), sums, rng);
        trustees.verify(sums, &share).unwrap()
    };
    let other = Err(CombineFault::OtherSums { trustee: 1 });
    let longer = trustees.seal(&[4, 5, 6]);
    let shares = [verified(0, 0, &sums), verified(1, 0, &longer)];
    assert_eq!(combine(2, &sums, &shares), other);
    let shares = [verified(0, 0, &sums), verified(1, 1, &sums)];
    assert_eq!(combine(2, &sums, &shares), other);
    let shares = [verified(1, 0, &longer), verified(2, 0, &longer)];
    assert_eq!(combine(2, &sums, &shares), other);
}

#[test]
fn d6_any_threshold_of_trustees_opens_the_sums_and_fewer_do_not() {
    let trustees = Trustees::new(5, 3);
    let totals = [0, 1, 17, 2_500, 99_999];
    let sums = trustees.seal(&totals);
    for present in (0_u32..32).map(|set| (0..5).filter(|at| set >> at & 1 == 1).collect::<Vec<usize>>()) {
        let opened = trustees.open(&sums, &present);
        if present.len() < 3 {
            let found = present.len();
            assert_eq!(opened, Err(CombineFault::TooFew { found, threshold: 3 }));
        } else {
            assert_eq!(
                bounded_logarithms(&opened.unwrap(), 100_000).unwrap(),
                totals,
                "{present:?}"
            );
        }
    }
}

#[test]
fn d6_one_trustee_counts_once() {
    let trustees = Trustees::new(3, 2);
    let sums = trustees.seal(&[1]);
    assert_eq!(
        trustees.open(&sums, &[1, 1]),
        Err(CombineFault::TooFew {
            found: 1,
            threshold: 2
        })
    );
}

#[test]
fn a3_a_factor_that_the_proof_does_not_bind_is_refused() {
    // The trustee proves honestly, then publishes other points under the proof.
    let trustees = Trustees::new(3, 2);
    let sums = trustees.seal(&[4, 5]);
    let mut share = trustees.share(0, &sums);
    let wrong = sums.cells()[0].0 * Scalar::from(9_u64);
    share.points[..32].copy_from_slice(wrong.compress().as_bytes());
    assert_eq!(trustees.verify(&sums, &share), Err(ShareFault::Proof));
    // Or shifts two cells against each other, which equal weights would let pass.
    let mut share = trustees.share(0, &sums);
    let shift = RistrettoPoint::mul_base(&Scalar::from(3_u64));
    let points: Vec<u8> = [(0, shift), (1, -shift)]
        .iter()
        .flat_map(|(cell, by)| {
            let point = sums.cells()[*cell].0 * trustees.secrets[0].secret() + by;
            point.compress().to_bytes()
        })
        .collect();
    share.points = points.into();
    assert_eq!(trustees.verify(&sums, &share), Err(ShareFault::Proof));
}

#[test]
fn a4_every_input_of_the_proof_counts() {
    let trustees = Trustees::new(3, 2);
    let sums = trustees.seal(&[4, 5]);
    let share = trustees.share(0, &sums);
    let (joint, key) = (trustees.keys.joint, trustees.keys.shares[0]);
    let refused =
        |verdict: Result<VerifiedShare, ShareFault>, what: &str| assert!(verdict.is_err(), "{what}");
    assert!(verify_share(&ELECTION, &joint, &key, &sums, &share).is_ok());
    refused(verify_share(&[8; 32], &joint, &key, &sums, &share), "election");
    refused(verify_share(&ELECTION, &key, &key, &sums, &share), "joint key");
    refused(
        verify_share(&ELECTION, &joint, &trustees.keys.shares[1], &sums, &share),
        "share key",
    );
    for (what, mutate) in [
        ("size", (|share| share.size += 1) as fn(&mut DecryptionShare)),
        ("root", |share| share.root[0] ^= 1),
        ("trustee", |share| share.trustee += 1),
        ("contest", |share| share.contest += 1),
    ] {
        let mut mutant = share.clone();
        mutate(&mut mutant);
        refused(verify_share(&ELECTION, &joint, &key, &sums, &mutant), what);
    }
    for at in 0..64 {
        let mut mutant = share.clone();
        mutant.proof[at] ^= 1;
        refused(verify_share(&ELECTION, &joint, &key, &sums, &mutant), "proof");
        let mut mutant = share.clone();
        mutant.points[at] ^= 1;
        refused(verify_share(&ELECTION, &joint, &key, &sums, &mutant), "points");
    }
    let base = RistrettoPoint::mul_base(&Scalar::ONE);
    for cell in 0..2 {
        let mut cells = sums.cells().to_vec();
        cells[cell].0 += base;
        refused(
            verify_share(&ELECTION, &joint, &key, &Sums::of_cells(cells), &share),
            "sum of R",
        );
        let mut cells = sums.cells().to_vec();
        cells[cell].1 += base;
        refused(
            verify_share(&ELECTION, &joint, &key, &Sums::of_cells(cells), &share),
            "sum of C",
        );
    }
    let cells = sums.cells().iter().rev().copied().collect();
    refused(
        verify_share(&ELECTION, &joint, &key, &Sums::of_cells(cells), &share),
        "order of cells",
    );
}

#[test]
fn b1_points_that_do_not_decode_are_refused() {
    let trustees = Trustees::new(3, 2);
    let sums = trustees.seal(&[4, 5]);
    for cell in 0..2 {
        let mut share = trustees.share(0, &sums);
        share.points[32 * cell..32 * cell + 32].fill(0xff);
        let error = GroupError::Point;
        assert_eq!(
            trustees.verify(&sums, &share),
            Err(ShareFault::Point { cell, error })
        );
        let mut bytes = sums.to_bytes();
        bytes[64 * cell..64 * cell + 32].fill(0xff);
        assert_eq!(Sums::from_bytes(2, &bytes), Err(SumsFault::Point { cell, error }));
    }
}

#[test]
fn d8_bad_shares_are_named_and_the_good_ones_open_the_sums() {
    let trustees = Trustees::new(5, 3);
    let sums = trustees.seal(&[12, 34]);
    let mut good = Vec::new();
    let mut culprits = Vec::new();
    for trustee in 0..5 {
        let mut share = trustees.share(trustee, &sums);
        if trustee % 2 == 1 {
            share.points[0] ^= 2;
        }
        match trustees.verify(&sums, &share) {
            Ok(share) => good.push(share),
            Err(_) => culprits.push(share.trustee),
        }
    }
    assert_eq!(culprits, [1, 3]);
    let opened = combine(3, &sums, &good).unwrap();
    assert_eq!(bounded_logarithms(&opened, 100).unwrap(), [12, 34]);
}

#[test]
fn d8_a_share_off_the_polynomial_is_named() {
    // Proven against the keys of another ceremony.
    let trustees = Trustees::new(3, 2);
    let sums = trustees.seal(&[1]);
    let stranger = SecretShare::from_secret_bytes(2, &Scalar::from(5_u64).to_bytes()).unwrap();
    let share = stranger.decrypt(
        &ELECTION,
        &trustees.keys.joint,
        0,
        (SIZE, &ROOT),
        &sums,
        &mut rng(1),
    );
    let foreign = verify_share(&ELECTION, &trustees.keys.joint, &stranger.public(), &sums, &share).unwrap();
    let own = |trustee| trustees.verify(&sums, &trustees.share(trustee, &sums)).unwrap();
    let mixed = combine(2, &sums, &[own(0), own(1), foreign]);
    assert_eq!(mixed, Err(CombineFault::OffPolynomial { trustee: 2 }));
}

#[test]
fn d10_a_share_of_other_sums_or_another_head_does_not_fit() {
    // The differencing attack: the same trustee asked for n and for n − 1 ballots.
    let trustees = Trustees::new(3, 2);
    let (all, fewer) = (trustees.seal(&[10]), trustees.seal(&[9]));
    let mut share = trustees.share(0, &all);
    assert!(trustees.verify(&fewer, &share).is_err());
    share.size -= 1;
    assert!(trustees.verify(&all, &share).is_err());
}

#[test]
fn d12_a_share_without_its_proof_is_refused() {
    let trustees = Trustees::new(3, 2);
    let sums = trustees.seal(&[10]);
    let mut share = trustees.share(0, &sums);
    share.proof = [0; 64].into();
    assert_eq!(trustees.verify(&sums, &share), Err(ShareFault::Proof));
}

#[test]
fn d15_every_cell_must_be_decrypted_under_the_proof() {
    let trustees = Trustees::new(3, 2);
    let (two, one) = (trustees.seal(&[10, 11]), trustees.seal(&[10]));
    let short = trustees.share(0, &one);
    assert_eq!(
        trustees.verify(&two, &short),
        Err(ShareFault::Length { cells: 2, found: 32 })
    );
    let long = trustees.share(0, &two);
    assert_eq!(
        trustees.verify(&one, &long),
        Err(ShareFault::Length { cells: 1, found: 64 })
    );
}

#[test]
fn b9_a_plaintext_without_bound_ends_the_search() {
    let trustees = Trustees::new(3, 2);
    let sums = trustees.seal(&[5, u64::MAX]);
    let opened = trustees.open(&sums, &[0, 2]).unwrap();
    let fault = LogarithmFault::NotFound {
        cell: 1,
        max: 1_000_000,
    };
    assert_eq!(bounded_logarithms(&opened, 1_000_000), Err(fault));
}

#[test]
fn b10_totals_beyond_the_search_are_refused_before_it() {
    let fault = LogarithmFault::Bound(LARGEST_TOTAL + 1);
    assert_eq!(bounded_logarithms(&[], LARGEST_TOTAL + 1), Err(fault));
}

#[test]
fn sums_without_ballots_open_to_zero() {
    let trustees = Trustees::new(3, 2);
    let empty = Sums::new(4);
    let opened = trustees.open(&empty, &[0, 1, 2]).unwrap();
    assert_eq!(bounded_logarithms(&opened, 0).unwrap(), [0; 4]);
    assert_eq!(trustees.open(&Sums::new(0), &[0, 1]).unwrap(), []);
}

#[test]
fn logarithms_at_the_edges_of_the_steps_are_found() {
    let of = |totals: &[u64]| {
        totals
            .iter()
            .map(|&v| Scalar::from(v) * message_base())
            .collect::<Vec<_>>()
    };
    let mut totals: Vec<u64> = (0..200).collect();
    totals.extend([9_999, 10_000, 1_000_000, 77_777_777]);
    assert_eq!(bounded_logarithms(&of(&totals), 77_777_777).unwrap(), totals);
    let above = bounded_logarithms(&of(&[100, 101]), 100);
    assert_eq!(above, Err(LogarithmFault::NotFound { cell: 1, max: 100 }));
    let large = [(1 << 36) - 1, 1 << 36];
    assert_eq!(bounded_logarithms(&of(&large), 1 << 36).unwrap(), large);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn logarithms_are_found(totals in prop::collection::vec(0_u64..1 << 24, 1..8), slack in 0_u64..1 << 20) {
        let points: Vec<_> = totals.iter().map(|&v| Scalar::from(v) * message_base()).collect();
        let max = totals.iter().max().unwrap() + slack;
        prop_assert_eq!(bounded_logarithms(&points, max).unwrap(), totals);
    }

    #[test]
    fn sums_decode_to_what_was_encoded_and_mangled_ones_never_panic(
        totals in prop::collection::vec(0_u64..100, 0..6), at: usize, flip: u8, cells in 0_usize..8,
    ) {
        let sums = Sums::of_cells(totals.iter().map(|&v| {
            (RistrettoPoint::mul_base(&Scalar::from(v)), Scalar::from(v) * message_base())
        }).collect());
        let mut bytes = sums.to_bytes();
        prop_assert_eq!(Sums::from_bytes(totals.len(), &bytes).unwrap(), sums);
        if !bytes.is_empty() {
            let at = at % bytes.len();
            bytes[at] ^= flip;
        }
        if let Ok(decoded) = Sums::from_bytes(cells, &bytes) {
            prop_assert_eq!(decoded.to_bytes(), bytes);
        }
    }

    #[test]
    fn arbitrary_shares_are_refused(points in prop::collection::vec(any::<u8>(), 0..130), proof: [u8; 32]) {
        let trustees = Trustees::new(3, 2);
        let sums = trustees.seal(&[1, 2]);
        let mut share = trustees.share(0, &sums);
        share.points = points.into();
        share.proof[..32].copy_from_slice(&proof);
        prop_assert!(trustees.verify(&sums, &share).is_err());
    }
}
