//! A register that does not grow in memory: beyond a limit it lies in a
//! temporary file, as a hash table.
//!
//! The file is nobody's record: it is unlinked as soon as it is open, and gone
//! with the process. Where a credential stands in it is decided by a secret of
//! this process, so nobody can choose credentials that all stand together.

use std::collections::HashMap;
use std::fs::File;
use std::hash::{BuildHasher, RandomState};
use std::io::{Error, Read, Result, Seek, SeekFrom, Write};

use crate::register::{Latest, Lost, Register};

/// Credentials in memory, before the file is begun: some 20 MB.
const IN_MEMORY: usize = 1 << 17;
/// Slots of a new file, which is 84 MB long then, most of it holes.
const SLOTS: u64 = 1 << 20;
/// Bytes of a slot: credential, leaf, index + 1 (0: the slot is free), sequence, style.
const SLOT: usize = 80;
/// Slots read at once.
const READ: u64 = 16;

/// Of every credential the ballot that counts so far, in memory or in a file.
pub(super) struct Spilling {
    limit: usize,
    memory: HashMap<[u8; 32], Latest>,
    table: Option<Table>,
}

impl Default for Spilling {
    fn default() -> Self {
        Self::beyond(IN_MEMORY)
    }
}

impl Spilling {
    /// Goes to a file beyond so many credentials.
    fn beyond(limit: usize) -> Self {
        Self {
            limit,
            memory: HashMap::new(),
            table: None,
        }
    }

    fn spill(&mut self) -> Result<()> {
        let mut table = Table::new(SLOTS.max(4 * self.memory.len() as u64))?;
        for (credential, latest) in std::mem::take(&mut self.memory) {
            table.set(&credential, latest)?;
        }
        self.table = Some(table);
        Ok(())
    }
}

impl Register for Spilling {
    fn get(&mut self, credential: &[u8; 32]) -> std::result::Result<Option<Latest>, Lost> {
        match &mut self.table {
            None => Ok(self.memory.get(credential).copied()),
            Some(table) => table.get(credential).map_err(lost),
        }
    }

    fn set(&mut self, credential: &[u8; 32], latest: Latest) -> std::result::Result<(), Lost> {
        if let Some(table) = &mut self.table {
            return table.set(credential, latest).map_err(lost);
        }
        self.memory.insert(*credential, latest);
        if self.memory.len() > self.limit {
            self.spill().map_err(lost)?;
        }
        Ok(())
    }
}

fn lost(error: Error) -> Lost {
    let folder = std::env::temp_dir();
    Lost(format!("the temporary file in {}: {error}", folder.display()))
}

/// Open addressing, at most two thirds full.
struct Table {
    file: File,
    slots: u64,
    used: u64,
    hasher: RandomState,
}

type Slot = [u8; SLOT];

impl Table {
    fn new(slots: u64) -> Result<Self> {
        let file = tempfile::tempfile()?;
        file.set_len(slots * SLOT as u64)?;
        Ok(Self {
            file,
            slots,
            used: 0,
            hasher: RandomState::new(),
        })
    }

    fn get(&mut self, credential: &[u8; 32]) -> Result<Option<Latest>> {
        let (_, slot) = self.find(credential)?;
        Ok(latest(&slot))
    }

    fn set(&mut self, credential: &[u8; 32], latest: Latest) -> Result<()> {
        let (mut place, slot) = self.find(credential)?;
        if is_free(&slot) {
            if 3 * self.used >= 2 * self.slots {
                self.grow()?;
                (place, _) = self.find(credential)?;
            }
            self.used += 1;
        }
        self.write(place, &encoded(credential, &latest))
    }

    /// The slot of a credential, or the free one where it would stand.
    fn find(&mut self, credential: &[u8; 32]) -> Result<(u64, Slot)> {
        let mut place = self.hasher.hash_one(credential) % self.slots;
        loop {
            let slots = READ.min(self.slots - place);
            let mut bytes = [0; SLOT * READ as usize];
            let bytes = &mut bytes[..SLOT * slots as usize];
            self.file.seek(SeekFrom::Start(place * SLOT as u64))?;
            self.file.read_exact(bytes)?;
            for slot in bytes.as_chunks::<SLOT>().0 {
                if is_free(slot) || slot[..32] == *credential {
                    return Ok((place, *slot));
                }
                place = (place + 1) % self.slots;
            }
        }
    }

    fn write(&mut self, place: u64, slot: &Slot) -> Result<()> {
        self.file.seek(SeekFrom::Start(place * SLOT as u64))?;
        self.file.write_all(slot)
    }

    /// Moves everything to a file twice as long.
    fn grow(&mut self) -> Result<()> {
        let mut larger = Self::new(2 * self.slots)?;
        self.file.seek(SeekFrom::Start(0))?;
        let mut bytes = vec![0; SLOT * 4_096];
        let mut left = self.slots;
        while left > 0 {
            let slots = left.min(4_096);
            let bytes = &mut bytes[..SLOT * slots as usize];
            self.file.read_exact(bytes)?;
            for slot in bytes.as_chunks::<SLOT>().0 {
                if let (Some(latest), Some(credential)) = (latest(slot), slot.first_chunk()) {
                    larger.set(credential, latest)?;
                }
            }
            left -= slots;
        }
        *self = larger;
        Ok(())
    }
}

fn is_free(slot: &Slot) -> bool {
    slot[64..72] == [0; 8]
}

fn encoded(credential: &[u8; 32], latest: &Latest) -> Slot {
    let mut slot = [0; SLOT];
    slot[..32].copy_from_slice(credential);
    slot[32..64].copy_from_slice(&latest.leaf);
    slot[64..72].copy_from_slice(&(latest.index + 1).to_le_bytes());
    slot[72..76].copy_from_slice(&latest.sequence.to_le_bytes());
    slot[76..].copy_from_slice(&latest.style.to_le_bytes());
    slot
}

/// What a slot remembers, if it is not free.
fn latest(slot: &Slot) -> Option<Latest> {
    let (leaf, numbers) = slot[32..].split_first_chunk()?;
    let (index, numbers) = numbers.split_first_chunk()?;
    let (sequence, style) = numbers.split_first_chunk()?;
    Some(Latest {
        leaf: *leaf,
        index: u64::from_le_bytes(*index).checked_sub(1)?,
        sequence: u32::from_le_bytes(*sequence),
        style: u32::from_le_bytes(*style.first_chunk()?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn some(number: u64) -> Latest {
        Latest {
            sequence: number as u32,
            style: 3,
            index: number,
            leaf: [number as u8; 32],
        }
    }

    fn credential(number: u64) -> [u8; 32] {
        let mut credential = [7; 32];
        credential[..8].copy_from_slice(&number.to_le_bytes());
        credential
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]
        #[test]
        fn in_memory_or_in_a_file_it_gives_what_was_set_last(
            limit in 0usize..40,
            acts in prop::collection::vec((0u64..60, any::<bool>()), 0..200),
        ) {
            let mut register = Spilling::beyond(limit);
            let mut model = HashMap::new();
            for (number, (who, sets)) in (0..).zip(acts) {
                let credential = credential(who);
                if sets {
                    register.set(&credential, some(number)).unwrap();
                    model.insert(who, some(number));
                }
                prop_assert_eq!(register.get(&credential).unwrap(), model.get(&who).copied());
            }
            prop_assert_eq!(register.table.is_some(), model.len() > limit);
            for (who, latest) in model {
                prop_assert_eq!(register.get(&credential(who)).unwrap(), Some(latest));
            }
        }
    }

    #[test]
    fn a_table_grows_and_forgets_nothing() {
        let mut table = Table::new(8).unwrap();
        for number in 0..1_000 {
            table.set(&credential(number), some(number)).unwrap();
        }
        assert!(table.used == 1_000 && table.slots >= 1_500);
        for number in 0..1_000 {
            assert_eq!(table.get(&credential(number)).unwrap(), Some(some(number)));
        }
        assert_eq!(table.get(&credential(1_000)).unwrap(), None);
    }
}
