//! Entry bundles (C2SP tlog-tiles 0.1): up to 256 entries in a file.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::tile::{TILE_WIDTH, TilePlace};

/// Entries in a full bundle.
pub const BUNDLE_WIDTH: u64 = TILE_WIDTH as u64;

/// Bytes that are no bundle: an entry is shorter than its length says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an entry bundle: it ends inside an entry")]
pub struct InvalidBundle;

/// The path of bundle `number`, with `width` entries if it is partial, 0 if it is full.
pub fn bundle_path(number: u64, width: u32) -> String {
    let full = u32::from(TILE_WIDTH);
    let width = if width == 0 { full } else { width.min(full) } as u16;
    TilePlace::Entries { number, width }.to_string()
}

/// Joins entries: each after its length in 16 bits, big-endian. An entry's
/// length fits, because no entry is longer than [`crate::encoding::MAX_ENTRY`].
pub fn encode_bundle<T: AsRef<[u8]>>(entries: &[T]) -> Vec<u8> {
    let mut bundle = Vec::new();
    for entry in entries.iter().map(AsRef::as_ref) {
        bundle.extend_from_slice(&(entry.len() as u16).to_be_bytes());
        bundle.extend_from_slice(entry);
    }
    bundle
}

/// Parts a bundle into its entries.
pub fn parse_bundle(mut bytes: &[u8]) -> Result<Vec<&[u8]>, InvalidBundle> {
    let mut entries = Vec::new();
    while !bytes.is_empty() {
        let (length, rest) = bytes.split_first_chunk::<2>().ok_or(InvalidBundle)?;
        let length = usize::from(u16::from_be_bytes(*length));
        let (entry, rest) = rest.split_at_checked(length).ok_or(InvalidBundle)?;
        entries.push(entry);
        bytes = rest;
    }
    Ok(entries)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn bundle_paths(size: u64) -> impl Iterator<Item = String> {
        let places = (0..).map_while(move |number| TilePlace::entries_at(number, size));
        places.map(|place| place.to_string())
    }

    #[test]
    fn paths_are_those_of_the_specification() {
        assert_eq!(bundle_path(5, 0), "tile/entries/005");
        assert_eq!(bundle_path(1_234_067, 0), "tile/entries/x001/x234/067");
        assert_eq!(bundle_path(273, 112), "tile/entries/273.p/112");
        assert_eq!(bundle_paths(70_000).count(), 274);
        assert_eq!(bundle_paths(256).collect::<Vec<_>>(), ["tile/entries/000"]);
        assert_eq!(bundle_paths(0).count(), 0);
    }

    proptest! {
        #[test]
        fn entries_are_read_back(entries in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..300), 0..20)) {
            let bundle = encode_bundle(&entries);
            prop_assert_eq!(parse_bundle(&bundle).unwrap(), entries);
            if bundle.len() > 1 {
                let _ = parse_bundle(&bundle[..bundle.len() - 1]);
            }
        }

        #[test]
        fn random_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            if let Ok(entries) = parse_bundle(&bytes) {
                prop_assert_eq!(encode_bundle(&entries), bytes);
            }
        }
    }
}
