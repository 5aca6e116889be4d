//! Which projects a reader sees, and in which order (specs/11-web.md §6). No
//! project stands first for everybody: the order comes from a seed in the
//! page's address, by a rule that anybody can recompute.

use rand::RngExt;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use voting_core::hash::Hash;

/// Begins what is hashed for a project's place.
const LABEL: &[u8] = b"psephos project order v1\0";
/// Letters of a seed.
const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
/// Letters of the longest seed.
const MAX_SEED: usize = 16;
/// Letters of the longest search.
const MAX_SEARCH: usize = 200;

/// What stands behind the `?` of a poll's address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Query {
    /// Words that must all be there.
    pub q: String,
    /// A category or neighbourhood.
    pub group: String,
    /// `shuffled`, `cost` or `name`.
    pub order: String,
    /// What the shuffled order comes from.
    pub seed: String,
}

/// The order of projects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Shuffled by the seed.
    Shuffled,
    /// The cheapest first.
    Cost,
    /// By name.
    Name,
}

impl Order {
    /// All orders.
    pub const ALL: [Self; 3] = [Self::Shuffled, Self::Cost, Self::Name];

    /// Its name in addresses.
    pub fn word(self) -> &'static str {
        match self {
            Order::Shuffled => "shuffled",
            Order::Cost => "cost",
            Order::Name => "name",
        }
    }
}

impl Query {
    /// Whether the seed is one: letters and digits that stand in an address as they are.
    pub fn has_seed(&self) -> bool {
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
        (1..=MAX_SEED).contains(&self.seed.len()) && self.seed.bytes().all(plain)
    }

    /// The order asked for; anything else is the shuffled one.
    pub fn order(&self) -> Order {
        let asked = Order::ALL.into_iter().find(|order| order.word() == self.order);
        asked.unwrap_or(Order::Shuffled)
    }

    /// Whether it leaves projects out.
    pub fn filters(&self) -> bool {
        !self.q.trim().is_empty() || !self.group.is_empty()
    }

    /// The search as it is used.
    pub fn search(&self) -> String {
        self.q.trim().chars().take(MAX_SEARCH).collect()
    }
}

/// A fresh seed: 40 bits.
pub fn fresh_seed() -> String {
    let mut random = rand::rng();
    (0..8)
        .map(|_| char::from(ALPHABET[random.random_range(0..ALPHABET.len())]))
        .collect()
}

/// Where a project stands: ascending by these 32 bytes.
pub fn place(seed: &str, election: &Hash, contest: u32, project: u32) -> Hash {
    let mut hash = Sha256::new();
    hash.update(LABEL);
    hash.update(seed.as_bytes());
    hash.update([0]);
    hash.update(election);
    hash.update(contest.to_be_bytes());
    hash.update(project.to_be_bytes());
    hash.finalize().into()
}

/// Whether every word of a search is in one of the texts, whatever its case.
pub fn matches(search: &str, texts: &[&str]) -> bool {
    let all = texts.join("\n").to_lowercase();
    search
        .to_lowercase()
        .split_whitespace()
        .all(|word| all.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_is_the_specified_one() {
        // The first bytes of `printf 'psephos project order v1\0ab\0'; 32 bytes 07; 00000001 00000002` by sha256sum.
        let mut input = b"psephos project order v1\0ab\0".to_vec();
        input.extend([7; 32]);
        input.extend([0, 0, 0, 1, 0, 0, 0, 2]);
        assert_eq!(
            place("ab", &[7; 32], 1, 2),
            <[u8; 32]>::from(Sha256::digest(&input))
        );
    }

    #[test]
    fn every_project_comes_first_about_as_often() {
        let mut first = [0_u32; 5];
        for seed in 0..2_000 {
            let seed = seed.to_string();
            let winner = (0..5)
                .min_by_key(|project| place(&seed, &[1; 32], 0, *project))
                .unwrap();
            first[winner as usize] += 1;
        }
        assert!(first.iter().all(|times| (320..480).contains(times)), "{first:?}");
    }

    #[test]
    fn seeds_are_plain_and_fresh_ones_differ() {
        let seeded = |seed: &str| {
            Query {
                seed: seed.into(),
                ..Query::default()
            }
            .has_seed()
        };
        assert!(seeded(&fresh_seed()) && fresh_seed() != fresh_seed());
        for wrong in ["", "A", "a b", "ä", "0123456789abcdefg", "<script>"] {
            assert!(!seeded(wrong), "{wrong}");
        }
    }

    #[test]
    fn all_words_are_searched_for() {
        assert!(matches("mill TREES", &["Trees along", "Mill Street"]));
        assert!(!matches("mill bees", &["Trees along", "Mill Street"]));
        assert!(matches("ÇA", &["ça va"]));
    }
}
