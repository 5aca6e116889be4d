//! What was fetched of a ledger at an address, kept until its audit is over:
//! an audit that was interrupted goes on without fetching it again.
//!
//! Nothing vouches for what lies here but the root that it leads to, as for
//! everything else; files that an earlier run has left are dropped, and
//! fetched once more, if they lead to another one.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use sha2::{Digest, Sha256};
use tempfile::TempDir;

/// Files by their path in the ledger.
pub(super) struct Cache {
    folder: PathBuf,
    /// Whether an earlier run has left files.
    earlier: AtomicBool,
    written: AtomicU64,
    _temporary: Option<TempDir>,
}

impl Cache {
    /// For this run alone.
    pub(super) fn temporary() -> io::Result<Self> {
        let folder = TempDir::new()?;
        Ok(Self {
            folder: folder.path().to_owned(),
            earlier: AtomicBool::new(false),
            written: AtomicU64::new(0),
            _temporary: Some(folder),
        })
    }

    /// In a folder, where the next run finds it too.
    pub(super) fn kept(folder: &Path) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        let earlier = fs::read_dir(folder)?.next().is_some();
        Ok(Self {
            folder: folder.to_owned(),
            earlier: AtomicBool::new(earlier),
            written: AtomicU64::new(0),
            _temporary: None,
        })
    }

    /// Where the file of a path lies, whether it is there or not.
    pub(super) fn file(&self, path: &str) -> PathBuf {
        self.folder.join(path.replace('/', "_"))
    }

    /// Keeps a file. One that cannot be kept costs another download, nothing more.
    pub(super) fn keep(&self, path: &str, bytes: &[u8]) {
        let number = self.written.fetch_add(1, Ordering::Relaxed);
        let unfinished = format!("{}-{number}.unfinished", std::process::id());
        let unfinished = self.folder.join(unfinished);
        // As a whole or not at all, even if this process ends here.
        let kept = fs::write(&unfinished, bytes).and_then(|()| fs::rename(&unfinished, self.file(path)));
        if kept.is_err() {
            let _ = fs::remove_file(&unfinished);
        }
    }

    /// Drops a file; whether it was there.
    pub(super) fn forget(&self, path: &str) -> bool {
        fs::remove_file(self.file(path)).is_ok()
    }

    /// Drops what an earlier run has left, and all else; whether there was any.
    pub(super) fn forget_earlier(&self) -> bool {
        let earlier = self.earlier.swap(false, Ordering::Relaxed);
        if earlier {
            self.remove();
            let _ = fs::create_dir_all(&self.folder);
        }
        earlier
    }

    /// Removes the folder: the audit is over.
    pub(super) fn remove(&self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// The folder of an address among the user's caches, by the XDG rules.
pub(super) fn folder_of(place: &str) -> Option<PathBuf> {
    let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    let cache = set("XDG_CACHE_HOME").map(PathBuf::from);
    let home = || set("HOME").map(|home| Path::new(&home).join(".cache"));
    let name = &hex::encode(Sha256::digest(place.trim_end_matches('/')))[..24];
    Some(cache.or_else(home)?.join("psephos").join(name))
}
