//! Lists that an issuer publishes in numbered parts, by issuer and style: roll
//! and issuance report (specs/04-roll-and-tokens.md §3.2 and §8.1).

use alloc::collections::BTreeMap;

use super::Illegal;
use crate::roll::{ListFault, Parts};

/// How far each issuer's list of each style has come.
#[derive(Debug, Clone, Default)]
pub(super) struct Lists(BTreeMap<(u32, u32), Parts>);

impl Lists {
    /// Takes the next part of a list, or changes nothing.
    pub(super) fn apply(
        &mut self,
        issuer: u32,
        style: u32,
        accept: impl FnOnce(&mut Parts) -> Result<(), ListFault>,
    ) -> Result<(), Illegal> {
        // A refused part changes nothing in `Parts`; an empty list is not whole.
        let list = self.0.entry((issuer, style)).or_default();
        accept(list).map_err(|fault| Illegal::List { issuer, style, fault })
    }

    /// Items of a list whose parts are all there.
    pub(super) fn whole(&self, issuer: u32, style: u32) -> Option<u64> {
        let list = self.0.get(&(issuer, style))?;
        list.is_complete().then(|| list.count())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entry::Roll;

    fn roll(part: u32, parts: u32, pseudonyms: usize) -> Roll {
        let first = u64::from(part) << 32;
        let bytes: alloc::vec::Vec<u8> = (first..)
            .take(pseudonyms)
            .flat_map(|number| [[0; 24].as_slice(), &number.to_be_bytes()].concat())
            .collect();
        Roll {
            issuer: 0,
            style: 1,
            part,
            parts,
            pseudonyms: bytes.into(),
        }
    }

    #[test]
    fn a_short_part_before_the_last_is_refused_and_the_full_one_taken_after() {
        let mut lists = Lists::default();
        let short = lists.apply(0, 1, |list| list.accept_roll(&roll(0, 2, 1_999)));
        assert!(matches!(
            short,
            Err(Illegal::List {
                issuer: 0,
                style: 1,
                fault: ListFault::PartSize {
                    part: 0,
                    items: 1_999
                }
            })
        ));
        assert_eq!(lists.whole(0, 1), None);
        assert_eq!(
            lists.apply(0, 1, |list| list.accept_roll(&roll(0, 2, 2_000))),
            Ok(())
        );
        assert_eq!(lists.whole(0, 1), None);
        assert_eq!(lists.apply(0, 1, |list| list.accept_roll(&roll(1, 2, 1))), Ok(()));
        assert_eq!(lists.whole(0, 1), Some(2_001));
        assert_eq!(lists.whole(1, 0), None);
    }
}
