//! The one SPKI of an issuer key (RFC 9578 §6.5): DER of a
//! `SubjectPublicKeyInfo` with the RSASSA-PSS identifier, SHA-384, MGF1 with
//! SHA-384 and a salt of 48 bytes (RFC 4055 §3.1). `token_key_id` is its SHA-256.
//!
//! There is exactly one encoding of a key, so it is written directly; a reader
//! compares with what it would write.

use alloc::vec::Vec;

/// The `AlgorithmIdentifier`: RSASSA-PSS with its parameters.
const ALGORITHM: [u8; 63] = [
    0x30, 0x3d, // SEQUENCE
    0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0a, // id-RSASSA-PSS
    0x30, 0x30, // SEQUENCE of parameters
    0xa0, 0x0d, 0x30, 0x0b, // [0] hash algorithm
    0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x02, // id-sha384
    0xa1, 0x1a, 0x30, 0x18, // [1] mask generation
    0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x08, // id-mgf1
    0x30, 0x0b, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x02, // id-sha384
    0xa2, 0x03, 0x02, 0x01, 0x30, // [2] salt length 48
];

/// DER of `INTEGER 65537`.
const EXPONENT: [u8; 5] = [0x02, 0x03, 0x01, 0x00, 0x01];

/// Encodes a modulus of 256 to 512 bytes with its top bit set, and e = 65537.
pub fn encode(modulus: &[u8]) -> Vec<u8> {
    // The top bit is set, so DER's INTEGER needs a leading zero byte.
    let integer = tagged(0x02, &[&[0], modulus]);
    let key = tagged(0x30, &[&integer, &EXPONENT]);
    let bits = tagged(0x03, &[&[0], &key]);
    tagged(0x30, &[&ALGORITHM, &bits])
}

/// The modulus in an SPKI, if the SPKI is the one encoding of a key of
/// `length` bytes with e = 65537.
pub fn decode(spki: &[u8], length: usize) -> Option<&[u8]> {
    let end = spki.len().checked_sub(EXPONENT.len())?;
    let modulus = spki.get(end.checked_sub(length)?..end)?;
    (encode(modulus) == spki).then_some(modulus)
}

fn tagged(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let content = parts.concat();
    let mut bytes = Vec::with_capacity(content.len() + 4);
    bytes.push(tag);
    // Everything tagged here has 256 to 65,535 bytes: the length takes two.
    bytes.push(0x82);
    bytes.extend_from_slice(&(content.len() as u16).to_be_bytes());
    bytes.extend_from_slice(&content);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;

    #[test]
    fn only_the_one_encoding_decodes() {
        for length in [256, 384, 512] {
            let modulus = vec![0xab; length];
            let spki = encode(&modulus);
            assert_eq!(decode(&spki, length), Some(modulus.as_slice()));
            for place in 0..spki.len() - length - EXPONENT.len() {
                let mut wrong = spki.clone();
                wrong[place] ^= 1;
                assert_eq!(decode(&wrong, length), None, "byte {place}");
            }
            let mut longer = spki.clone();
            longer.push(0);
            assert_eq!(decode(&longer, length), None);
            assert_eq!(decode(&spki[..spki.len() - 1], length), None);
            assert_eq!(decode(&[], length), None);
        }
    }

    #[test]
    fn g6_an_exponent_of_three_is_refused() {
        let mut spki = encode(&[0xab; 256]);
        let end = spki.len();
        spki[end - 3..].copy_from_slice(&[0, 0, 3]);
        assert_eq!(decode(&spki, 256), None);
    }
}
