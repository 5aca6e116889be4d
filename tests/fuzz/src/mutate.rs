//! Changed bytes without knowledge of what they mean: for `make test`, and
//! where libFuzzer is not at hand.

use rand_chacha::ChaCha20Rng;
use rand_core::{Rng, SeedableRng};

/// Numbers at which readers err.
const NUMBERS: [u64; 8] = [
    0,
    1,
    0x7f,
    0xff,
    0xffff,
    u32::MAX as u64,
    i64::MAX as u64,
    u64::MAX,
];
/// Bytes that mean something in the formats here.
const BYTES: &[u8] = b"\0\n\r\t ;,:+-.\"\\/\x18\x19\x1a\x1b\x40\x58\x60\x80\x9f\xa0\xf6\xf7\xff";

/// Changes of seeds, always the same ones.
#[derive(Debug)]
pub struct Mutator {
    rng: ChaCha20Rng,
    seeds: Vec<Vec<u8>>,
}

impl Mutator {
    /// Begins with honest inputs, at least one.
    pub fn new(seeds: Vec<Vec<u8>>, number: u64) -> Self {
        assert!(!seeds.is_empty());
        let rng = ChaCha20Rng::seed_from_u64(number);
        Self { rng, seeds }
    }

    fn below(&mut self, end: usize) -> usize {
        (self.rng.next_u64() % end.max(1) as u64) as usize
    }

    /// The next changed input.
    pub fn changed(&mut self) -> Vec<u8> {
        let which = self.below(self.seeds.len());
        let mut bytes = self.seeds[which].clone();
        for _ in 0..1 + self.below(4) {
            self.change(&mut bytes);
        }
        bytes
    }

    fn change(&mut self, bytes: &mut Vec<u8>) {
        let at = self.below(bytes.len() + 1);
        let end = (at + 1 + self.below(16)).min(bytes.len());
        let byte = BYTES[self.below(BYTES.len())];
        match self.below(9) {
            0 if at < bytes.len() => bytes[at] ^= 1 << self.below(8),
            1 if at < bytes.len() => bytes[at] = byte,
            2 => bytes.insert(at, byte),
            3 => drop(bytes.drain(at..end)),
            4 => bytes.truncate(at),
            5 => {
                let block = bytes[at..end].to_vec();
                let to = self.below(bytes.len() + 1);
                bytes.splice(to..to, block);
            }
            6 => {
                let number = NUMBERS[self.below(NUMBERS.len())].to_be_bytes();
                let width = 1 << self.below(4);
                let end = (at + width).min(bytes.len());
                bytes.splice(at..end, number[8 - width..].iter().copied());
            }
            7 => {
                let other = self.below(self.seeds.len());
                let other = self.seeds[other].clone();
                let from = self.below(other.len() + 1);
                bytes.truncate(at);
                bytes.extend_from_slice(&other[from..]);
            }
            _ => {
                let number = NUMBERS[self.below(NUMBERS.len())].to_string();
                bytes.splice(at..end, number.into_bytes());
            }
        }
    }
}
