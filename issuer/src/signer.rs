//! The blind signature itself (RFC 9474 §4.3).
//!
//! The `rsa` crate carries RUSTSEC-2023-0071 (timing). The issuer has no
//! padding oracle to offer; what remains is key recovery by timing, and against
//! it stand: base blinding at every operation, constant-time exponentiation,
//! one signature per roll line, one key per election, signing on threads of
//! their own, and answers that leave on a fixed grid of time
//! (specs/04-roll-and-tokens.md §7.4).

use blind_rsa_signatures::SecretKeySha384PSSDeterministic;
use voting_core::token::TokenKey;

/// Why a blinded message is not signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SignError {
    /// Not a number between 1 and N − 1, both excluded, of the modulus' length.
    #[error("the blinded message is not a number between 1 and the modulus less 1")]
    Range,
    /// The operation failed or its result did not verify: a fault in the machine or key.
    #[error("signing failed its own check")]
    Fault,
}

/// Whatever holds the private key: this process, or a device.
pub trait BlindSigner: Send + Sync {
    /// Raises the blinded message to the private exponent. The result has been
    /// checked: `m = s^e mod N` (RFC 9474 §4.3, step 5).
    fn sign(&self, blinded: &[u8]) -> Result<Vec<u8>, SignError>;
}

/// The key in this process' memory.
pub struct SoftwareSigner {
    secret: SecretKeySha384PSSDeterministic,
}

impl SoftwareSigner {
    /// A signer from a key in PKCS#8.
    pub fn from_pkcs8(der: &[u8]) -> Option<Self> {
        SecretKeySha384PSSDeterministic::from_der(der)
            .ok()
            .map(|secret| Self { secret })
    }
}

impl BlindSigner for SoftwareSigner {
    fn sign(&self, blinded: &[u8]) -> Result<Vec<u8>, SignError> {
        // Blinds the base, uses CRT, and compares the re-encrypted result.
        self.secret
            .blind_sign_with_rng(&mut rand::rng(), blinded)
            .map(|signature| signature.0)
            .map_err(|_| SignError::Fault)
    }
}

/// Refuses 0, 1, N − 1 and anything not below N: they are no blinded messages.
pub fn check_range(key: &TokenKey, blinded: &[u8]) -> Result<(), SignError> {
    let modulus = key.modulus();
    let small = blinded
        .split_last()
        .is_none_or(|(last, rest)| *last <= 1 && rest.iter().all(|byte| *byte == 0));
    // N is odd: N − 1 differs from it in the last bit only.
    let same_but_last =
        blinded.len() == modulus.len() && blinded[..blinded.len() - 1] == modulus[..modulus.len() - 1];
    let largest = same_but_last && blinded[blinded.len() - 1] | 1 == modulus[modulus.len() - 1];
    if blinded.len() != modulus.len() || small || largest || blinded >= modulus {
        return Err(SignError::Range);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use blind_rsa_signatures::KeyPairSha384PSSDeterministic as KeyPair;
    use rsa::BoxedUint;
    use rsa::traits::PublicKeyParts;
    use voting_core::token::TokenType;

    use super::*;

    #[test]
    fn g7_what_is_released_is_the_root_of_what_was_asked_however_it_was_blinded() {
        let pair = KeyPair::generate(&mut rand::rng(), 2048).unwrap();
        let signer = SoftwareSigner::from_pkcs8(&pair.sk.to_der().unwrap()).unwrap();
        let mut message = vec![0x5a; 256];
        message[0] = 0;
        let first = signer.sign(&message).unwrap();
        // Every operation is blinded afresh; nothing of that shows.
        assert_eq!(signer.sign(&message).unwrap(), first);
        let public: &rsa::RsaPublicKey = pair.pk.as_ref();
        let root = BoxedUint::from_be_slice(&first, 2048).unwrap();
        let power = root.pow_mod(public.e(), &public.n_params().modulus().clone());
        assert_eq!(power.to_be_bytes().to_vec(), message);
    }

    #[test]
    fn g13_numbers_that_are_no_blinded_messages_are_out_of_range() {
        let pair = KeyPair::generate(&mut rand::rng(), 2048).unwrap();
        let modulus = pair.pk.components().n();
        let key = TokenKey::from_modulus(TokenType::BlindRsa2048, &modulus).unwrap();
        let number = |last: u8| [[0; 255].as_slice(), &[last]].concat();
        let mut largest = modulus.clone();
        largest[255] -= 1;
        for bad in [
            number(0),
            number(1),
            largest.clone(),
            modulus.clone(),
            vec![0xff; 256],
            vec![2; 255],
            vec![],
        ] {
            assert_eq!(check_range(&key, &bad), Err(SignError::Range));
        }
        largest[0] -= 1;
        assert_eq!(check_range(&key, &largest), Ok(()));
        assert_eq!(check_range(&key, &number(2)), Ok(()));
    }

    /// Welch's t over what two classes of inputs take, asked in random order;
    /// the slowest tenth, which the machine made slow, is left out (dudect:
    /// Reparaz, Balasch, Verbauwhede 2017). Above 6 the classes differ.
    fn difference(samples: usize, message: impl Fn(bool) -> Vec<u8>, run: impl Fn(&[u8])) -> f64 {
        let mut times: [Vec<f64>; 2] = Default::default();
        for _ in 0..samples {
            let class: bool = rand::random();
            let message = message(class);
            let start = std::time::Instant::now();
            run(&message);
            times[usize::from(class)].push(start.elapsed().as_secs_f64());
        }
        let mut all = times.concat();
        all.sort_by(f64::total_cmp);
        let slow = all[all.len() * 9 / 10];
        let [a, b] = times.map(|times| {
            let kept: Vec<f64> = times.into_iter().filter(|time| *time < slow).collect();
            let count = kept.len() as f64;
            let mean = kept.iter().sum::<f64>() / count;
            let variance = kept.iter().map(|time| (time - mean).powi(2)).sum::<f64>() / (count - 1.0);
            (mean, variance / count)
        });
        (a.0 - b.0).abs() / (a.1 + b.1).sqrt()
    }

    #[test]
    fn g7_signing_takes_as_long_for_every_message() {
        let pair = KeyPair::generate(&mut rand::rng(), 2048).unwrap();
        let signer = SoftwareSigner::from_pkcs8(&pair.sk.to_der().unwrap()).unwrap();
        let mut few_bits = vec![0; 256];
        few_bits[255] = 2;
        let message = |class: bool| {
            let mut many_bits = vec![0; 256];
            rand::Rng::fill_bytes(&mut rand::rng(), &mut many_bits[1..]);
            if class { few_bits.clone() } else { many_bits }
        };
        let samples = match std::env::var_os("PSEPHOS_LONG") {
            Some(_) => 20_000,
            None => 600,
        };
        let signing = difference(samples, message, |bytes| drop(signer.sign(bytes).unwrap()));
        assert!(signing < 6.0, "signing: t = {signing:.1}");
        // The same statistic notices a multiplication for each bit of the message.
        let modulus = BoxedUint::from_be_slice(&pair.pk.components().n(), 2048).unwrap();
        let leaking = difference(samples, message, |bytes| {
            let bits: u32 = bytes.iter().map(|byte| byte.count_ones()).sum();
            for _ in 0..bits {
                std::hint::black_box(modulus.wrapping_mul(std::hint::black_box(&modulus)));
            }
        });
        assert!(leaking > 6.0, "the statistic misses a leak: t = {leaking:.1}");
    }
}
