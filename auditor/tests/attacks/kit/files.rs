//! A ledger's files, as any web server serves them, and what voters keep of it.

use std::path::Path;

use voting_core::ledger::{
    BUNDLE_WIDTH, KeptReceipt, Levels, Receipt, TilePlace, encode_bundle, inclusion_proof, leaf_hash,
};

pub(crate) fn levels(entries: &[Vec<u8>]) -> Levels {
    entries.iter().map(|entry| leaf_hash(entry)).collect()
}

/// Writes bundles and hashes of these entries, and this head, into a folder.
pub(crate) fn export(entries: &[Vec<u8>], checkpoint: &[u8], folder: &Path) {
    let levels = levels(entries);
    for place in TilePlace::since(0, levels.size()) {
        let bytes = match place {
            TilePlace::Entries { number, width } => {
                let start = (number * BUNDLE_WIDTH) as usize;
                encode_bundle(&entries[start..start + usize::from(width)])
            }
            TilePlace::Hashes { level, number, width } => levels.tile(level, number, width).unwrap(),
        };
        write(folder, &place.to_string(), &bytes);
    }
    write(folder, "checkpoint", checkpoint);
}

/// Writes a file where its path from the ledger's address says.
pub(crate) fn write(folder: &Path, path: &str, bytes: &[u8]) {
    let path = folder.join(path);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, bytes).unwrap();
}

/// What the holder of one of these entries keeps, under the head of them all.
pub(crate) fn receipt(entries: &[Vec<u8>], checkpoint: &[u8], index: u64) -> KeptReceipt {
    KeptReceipt {
        leaf: leaf_hash(&entries[index as usize]),
        receipt: Receipt {
            index,
            proof: inclusion_proof(&levels(entries), index, entries.len() as u64).unwrap(),
            checkpoint: String::from_utf8(checkpoint.to_vec()).unwrap(),
        },
    }
}
