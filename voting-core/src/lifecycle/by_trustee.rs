//! What trustees have done in one step of the ceremony.

use alloc::vec::Vec;

/// One value a trustee at most, by the trustee's index, in its order. A sorted
/// list: trustees are few, and a tree for each kind of value is code that
/// every voter would load.
#[derive(Debug, Clone)]
pub struct ByTrustee<T>(Vec<(u32, T)>);

impl<T> Default for ByTrustee<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> ByTrustee<T> {
    /// How many trustees.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether none has.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// A trustee's value.
    pub fn get(&self, trustee: u32) -> Option<&T> {
        let place = self.place(trustee).ok()?;
        Some(&self.0[place].1)
    }

    /// Whether a trustee has one.
    pub fn has(&self, trustee: u32) -> bool {
        self.place(trustee).is_ok()
    }

    /// The values, in the order of the trustees.
    pub fn values(&self) -> impl Iterator<Item = &T> {
        self.0.iter().map(|one| &one.1)
    }

    /// Takes a trustee's value; an earlier one is replaced.
    pub(super) fn insert(&mut self, trustee: u32, value: T) {
        match self.place(trustee) {
            Ok(place) => self.0[place].1 = value,
            Err(place) => self.0.insert(place, (trustee, value)),
        }
    }

    fn place(&self, trustee: u32) -> Result<usize, usize> {
        self.0.binary_search_by_key(&trustee, |one| one.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stand_in_the_order_of_trustees() {
        let mut found = ByTrustee::default();
        assert!(found.is_empty());
        for (trustee, value) in [(2, "c"), (0, "a"), (7, "x"), (7, "h")] {
            found.insert(trustee, value);
        }
        assert_eq!(found.values().copied().collect::<Vec<_>>(), ["a", "c", "h"]);
        assert_eq!((found.get(7), found.get(1)), (Some(&"h"), None));
        assert!(found.has(0) && !found.has(1) && found.len() == 3 && !found.is_empty());
    }
}
