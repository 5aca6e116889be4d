//! Keys, manifest and issuing for the tests of this module. 2048 bits: the
//! code is the same for all sizes, and keys are made in a tenth of a second.

use alloc::string::ToString;
use alloc::vec;
use alloc::vec::Vec;
use std::sync::OnceLock;

use blind_rsa_signatures::SecretKeySha384PSSDeterministic;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;
use rsa::RsaPrivateKey;
use rsa::traits::PublicKeyParts;

use super::key::IssuerPublicKey;
use super::structures::TokenRequest;
use super::validity::{self, Context};
use crate::entry::IssuerKey;
use crate::hash::Hash;
use crate::manifest::*;

pub(super) fn rng(seed: u64) -> ChaCha20Rng {
    ChaCha20Rng::seed_from_u64(seed)
}

/// Two fixed keys of 2048 bits.
pub(super) fn private_key(index: usize) -> &'static RsaPrivateKey {
    static KEYS: [OnceLock<RsaPrivateKey>; 2] = [OnceLock::new(), OnceLock::new()];
    KEYS[index].get_or_init(|| {
        let mut key = RsaPrivateKey::new(&mut rng(1_000 + index as u64), 2048).unwrap();
        key.precompute().unwrap();
        key
    })
}

/// A manifest with two issuers and two styles, different for each nonce byte.
pub(super) fn manifest(nonce: u8) -> Manifest {
    let style = |name: &str| Style {
        name: name.to_string(),
        contests: vec![0],
    };
    let issuer = |name: &str| Issuer {
        name: name.to_string(),
        url: "".to_string(),
        key: [0; 32].into(),
    };
    Manifest {
        version: VERSION,
        title: "Test".to_string(),
        languages: vec!["en".to_string()],
        nonce: [nonce; 32].into(),
        ledger: LedgerIdentity {
            origin: "ledger.example".to_string(),
            key: [0; 32].into(),
            url: "".to_string(),
        },
        officers: Officers {
            threshold: 1,
            members: vec![],
        },
        trustees: Trustees {
            threshold: 2,
            members: vec![],
        },
        issuers: Issuers {
            token_bits: 2048,
            members: vec![issuer("issuer.example"), issuer("second.example")],
        },
        witness_policy: None,
        contests: vec![],
        styles: vec![style("north"), style("south")],
        revoting: true,
        smallest_group: 1,
        batch: BatchRule {
            min_ballots: 1,
            min_ms: 1,
            max_ms: 1,
        },
        opening: 0,
        closing: 0,
        casting_delay: 0,
        booth: None,
        retention_days: 0,
        content: vec![],
    }
}

pub(super) fn modulus(key: &RsaPrivateKey) -> Vec<u8> {
    key.n().to_be_bytes().to_vec()
}

/// The issuer's honest entry for a key.
pub(super) fn entry(election_id: &Hash, issuer: u32, style: u32, key: &RsaPrivateKey) -> IssuerKey {
    let context = Context {
        election_id,
        issuer,
        style,
    };
    let proof = validity::prove(&context, key, &mut rng(5)).unwrap();
    IssuerKey {
        issuer,
        style,
        modulus: modulus(key).into(),
        proof: proof.into(),
    }
}

/// The proven key `index` of issuer 0 and a style in the election of a manifest.
pub(super) fn proven(manifest: &Manifest, style: u32, index: usize) -> IssuerPublicKey {
    let id = manifest.election_id();
    IssuerPublicKey::verify_entry(&id, manifest, &entry(&id, 0, style, private_key(index))).unwrap()
}

/// What an honest issuer answers.
pub(super) fn sign(key: &RsaPrivateKey, request: &TokenRequest) -> Vec<u8> {
    SecretKeySha384PSSDeterministic::new(key.clone())
        .blind_sign_with_rng(&mut rng(6), &request.blinded_message)
        .unwrap()
        .0
}
