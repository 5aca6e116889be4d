//! Our range verifier beside the `bulletproofs` crate's, both ways.
//!
//! The crate stands on another version of the group library; only bytes cross
//! the border. Statements are fresh and random: `m` values of `n` bits with
//! our bases `M` and a random `K`.

use bulletproofs::{BulletproofGens, PedersenGens, RangeProof};
use curve25519_dalek_reference::ristretto::CompressedRistretto as TheirCompressed;
use curve25519_dalek_reference::scalar::Scalar as TheirScalar;
use rand_core::CryptoRng;
use voting_core::ballot::generators::Generators;
use voting_core::ballot::range::{Bases, Ranges, Witness, prove, verify};
use voting_core::group::{CompressedRistretto, RistrettoPoint, Scalar, message_base};
use voting_core::transcript::Transcript;

use super::{Agreement, Disagreement};

/// Any label: both sides start from the same one.
const LABEL: &[u8] = b"psephos self-test";

/// What one comparison is about: values of `bits` bits each.
struct Case {
    bits: usize,
    values: Vec<u64>,
    blindings: Vec<[u8; 32]>,
    key: RistrettoPoint,
}

/// Bits of a value that the crate supports.
pub(super) const BITS: [usize; 4] = [8, 16, 32, 64];

/// Compares on `rounds` random statements of each of these sizes.
pub(super) fn compare<R: CryptoRng>(
    rounds: usize,
    bits: &[usize],
    aggregated: &[usize],
    rng: &mut R,
) -> Result<Agreement, Disagreement> {
    let mut cases = 0;
    for _ in 0..rounds {
        for &bits in bits {
            for &count in aggregated {
                Case::random(bits, count, rng)
                    .compare(rng)
                    .map_err(|why| Disagreement {
                        what: format!(
                            "range proofs of {count} value(s) of {bits} bits, beside the bulletproofs crate"
                        ),
                        why,
                    })?;
                cases += 1;
            }
        }
    }
    let what = "range proofs, ours and the bulletproofs crate's, under both verifiers".to_owned();
    Ok(Agreement { what, cases })
}

impl Case {
    fn random<R: CryptoRng>(bits: usize, count: usize, rng: &mut R) -> Self {
        let most = u64::MAX >> (64 - bits);
        Self {
            bits,
            // The ends of the range are where verifiers go wrong first.
            values: (0..count)
                .map(|place| [0, most, rng.next_u64() & most][(place + rng.next_u32() as usize) % 3])
                .collect(),
            blindings: (0..count).map(|_| Scalar::random(rng).to_bytes()).collect(),
            key: RistrettoPoint::mul_base(&Scalar::random(rng)),
        }
    }

    fn compare<R: CryptoRng>(&self, rng: &mut R) -> Result<(), String> {
        let (commitments, theirs) = self.their_proof()?;
        let ours = self.our_proof(&commitments, rng)?;
        for (name, proof) in [("ours", &ours), ("the crate's", &theirs)] {
            self.agree(name, &commitments, proof, true, rng)?;
            // One bit of the proof, and one of the commitments' order.
            let mut changed = proof.clone();
            let place = rng.next_u32() as usize % changed.len();
            changed[place] ^= 1 << (rng.next_u32() % 8);
            self.agree(name, &commitments, &changed, false, rng)?;
        }
        Ok(())
    }

    /// Both verifiers must give the expected answer.
    fn agree<R: CryptoRng>(
        &self,
        name: &str,
        commitments: &[[u8; 32]],
        proof: &[u8],
        expected: bool,
        rng: &mut R,
    ) -> Result<(), String> {
        let answers = (
            self.we_accept(commitments, proof, rng),
            self.they_accept(commitments, proof),
        );
        if answers == (expected, expected) {
            return Ok(());
        }
        let word = |accepts: bool| if accepts { "accepts" } else { "refuses" };
        let proof = if expected {
            "proof".to_owned()
        } else {
            "proof with one bit changed".to_owned()
        };
        Err(format!(
            "our verifier {}, the crate {} {name} {proof}",
            word(answers.0),
            word(answers.1)
        ))
    }

    fn our_proof<R: CryptoRng>(&self, commitments: &[[u8; 32]], rng: &mut R) -> Result<Vec<u8>, String> {
        let blindings = self
            .blindings
            .iter()
            .map(|bytes| Option::from(Scalar::from_canonical_bytes(*bytes)));
        let blindings: Vec<Scalar> = blindings
            .collect::<Option<_>>()
            .ok_or("a scalar of ours is not canonical")?;
        let commitments: Vec<_> = commitments
            .iter()
            .map(|bytes| CompressedRistretto(*bytes))
            .collect();
        let ranges = self.ranges();
        let witness = Witness {
            ranges: &ranges,
            commitments: &commitments,
            values: &self.values,
            blindings: &blindings,
        };
        let generators = self.our_generators();
        prove(
            &mut Transcript::for_reference(LABEL),
            &generators,
            self.our_bases(),
            &witness,
            rng,
        )
        .map_err(|error| format!("our prover fails: {error}"))
    }

    fn we_accept<R: CryptoRng>(&self, commitments: &[[u8; 32]], proof: &[u8], rng: &mut R) -> bool {
        let commitments: Vec<_> = commitments
            .iter()
            .map(|bytes| CompressedRistretto(*bytes))
            .collect();
        let mut transcript = Transcript::for_reference(LABEL);
        let generators = self.our_generators();
        verify(
            &mut transcript,
            &generators,
            self.our_bases(),
            &self.ranges(),
            &commitments,
            proof,
            rng,
        )
        .is_ok()
    }

    fn ranges(&self) -> Ranges {
        Ranges::reference(self.bits as u32, self.values.len())
    }

    /// The crate has a chain of generators for every party of an aggregation.
    fn our_generators(&self) -> Generators {
        Generators::for_parties(self.bits, self.values.len() as u32)
    }

    fn our_bases(&self) -> Bases<'_> {
        Bases {
            value: message_base(),
            blinding: &self.key,
        }
    }

    fn their_proof(&self) -> Result<(Vec<[u8; 32]>, Vec<u8>), String> {
        let blindings: Vec<_> = self
            .blindings
            .iter()
            .map(|bytes| TheirScalar::from_bytes_mod_order(*bytes))
            .collect();
        let mut transcript = merlin::Transcript::new(LABEL);
        let (generators, bases) = self.theirs().ok_or("the crate does not decode our bases")?;
        let (proof, commitments) = RangeProof::prove_multiple(
            &generators,
            &bases,
            &mut transcript,
            &self.values,
            &blindings,
            self.bits,
        )
        .map_err(|error| format!("the crate's prover fails: {error:?}"))?;
        Ok((
            commitments.iter().map(TheirCompressed::to_bytes).collect(),
            proof.to_bytes(),
        ))
    }

    fn they_accept(&self, commitments: &[[u8; 32]], proof: &[u8]) -> bool {
        let commitments: Vec<_> = commitments.iter().map(|bytes| TheirCompressed(*bytes)).collect();
        let (Ok(proof), Some((generators, bases))) = (RangeProof::from_bytes(proof), self.theirs()) else {
            return false;
        };
        let mut transcript = merlin::Transcript::new(LABEL);
        proof
            .verify_multiple(&generators, &bases, &mut transcript, &commitments, self.bits)
            .is_ok()
    }

    fn theirs(&self) -> Option<(BulletproofGens, PedersenGens)> {
        let point = |point: &RistrettoPoint| TheirCompressed(point.compress().to_bytes()).decompress();
        let bases = PedersenGens {
            B: point(message_base())?,
            B_blinding: point(&self.key)?,
        };
        Some((BulletproofGens::new(self.bits, self.values.len()), bases))
    }
}
