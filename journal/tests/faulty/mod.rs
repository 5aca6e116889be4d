//! A disk that fails where it is told to, counts what it is asked, and knows
//! what would be left if the power went off. Shared by every crate that keeps
//! a journal.
#![allow(dead_code)] // each test binary uses a part

use std::collections::{BTreeMap, HashMap};
use std::fs::{self, File};
use std::io;
use std::ops::Range;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard};

use journal::{Disk, RealDisk};

/// What a call of the disk does instead of its work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Nothing happens, and an error comes back. A sync leaves everything
    /// visible, and the system takes it for written: a later sync does not
    /// write it either.
    Fails,
    /// It happens, durably, and an error comes back all the same.
    FailsButPersists,
    /// A part happens: half of the bytes, some of the names, or what is
    /// visible but not durable.
    Torn,
}

pub(crate) const FAULTS: [Fault; 3] = [Fault::Fails, Fault::FailsButPersists, Fault::Torn];

/// How a process comes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Restart {
    /// The machine stayed on: everything visible is there.
    Process,
    /// The power went off: only what is durable is there.
    Power,
}

pub(crate) const RESTARTS: [Restart; 2] = [Restart::Process, Restart::Power];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Node {
    Folder,
    File(u64),
}

#[derive(Default)]
struct State {
    root: PathBuf,
    /// Every call since the last [`FaultyDisk::arm`], by name.
    calls: Vec<String>,
    fault: Option<(usize, Fault)>,
    /// What is durable: names below the root, and the content of files.
    names: BTreeMap<PathBuf, Node>,
    content: HashMap<u64, Vec<u8>>,
    /// Bytes that a sync has to write, and bytes it takes for written that are
    /// not on the disk.
    dirty: HashMap<u64, Vec<Range<usize>>>,
    lost: HashMap<u64, Vec<Range<usize>>>,
    /// Open, so that no other file gets their numbers.
    held: Vec<File>,
}

/// The disk; clones are the same disk.
#[derive(Clone)]
pub(crate) struct FaultyDisk(Arc<Mutex<State>>);

impl FaultyDisk {
    /// The disk under a folder; what is there is durable.
    pub(crate) fn of(root: &Path) -> Self {
        let mut state = State {
            root: root.to_owned(),
            ..State::default()
        };
        state.names_below(root);
        for (path, node) in state.names.clone() {
            if let Node::File(inode) = node {
                state.content.insert(inode, fs::read(&path).unwrap());
                state.held.push(File::open(path).unwrap());
            }
        }
        Self(Arc::new(Mutex::new(state)))
    }

    pub(crate) fn boxed(&self) -> Box<dyn Disk> {
        Box::new(self.clone())
    }

    /// Counts calls from here on, and fails at one of them.
    pub(crate) fn arm(&self, fault: Option<(usize, Fault)>) {
        let mut state = self.state();
        state.calls.clear();
        state.fault = fault;
    }

    /// The calls since it was armed.
    pub(crate) fn calls(&self) -> Vec<String> {
        self.state().calls.clone()
    }

    /// Notes a write that goes past this disk, to another store; says what it
    /// has to do instead.
    pub(crate) fn note(&self, what: &str) -> Option<Fault> {
        self.state().call(what)
    }

    /// Brings the folder into the state that a restart finds. After the power
    /// went off, files that are not written through this disk stay.
    pub(crate) fn restart(&self, restart: Restart) {
        self.arm(None);
        if restart == Restart::Process {
            return;
        }
        let mut state = self.state();
        let visible = below(&state.root);
        for (path, node) in visible.iter().rev() {
            match node {
                Node::File(_) => fs::remove_file(path).unwrap(),
                Node::Folder => {
                    let _ = fs::remove_file(path.join("lock"));
                    // One with foreign files stays.
                    let _ = fs::remove_dir(path);
                }
            }
        }
        for (path, node) in &state.names {
            match node {
                Node::Folder => fs::create_dir_all(path).unwrap(),
                Node::File(inode) => {
                    let bytes = state.content.get(inode).map_or(&[][..], Vec::as_slice);
                    // Where its folder is not there, neither is the file.
                    let _ = fs::write(path, bytes);
                }
            }
        }
        let root = state.root.clone();
        *state = State::default();
        drop(state);
        let fresh = Self::of(&root);
        *self.state() = std::mem::take(&mut *fresh.state());
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}

/// Locks are no data, and the index is never synced.
fn foreign(path: &Path) -> bool {
    path.components().any(|part| part.as_os_str() == "index") || path.ends_with("lock")
}

/// Everything below a folder, each name after its folder's.
fn below(folder: &Path) -> BTreeMap<PathBuf, Node> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if foreign(&path) {
            continue;
        }
        let about = fs::metadata(&path).unwrap();
        if about.is_dir() {
            found.extend(below(&path));
            found.insert(path, Node::Folder);
        } else {
            found.insert(path, Node::File(about.ino()));
        }
    }
    found
}

fn inode(path: &Path) -> u64 {
    fs::metadata(path).unwrap().ino()
}

fn asked() -> io::Error {
    io::Error::other("the disk fails, as asked")
}

/// What a file is, whatever its number.
fn kind(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    match &*name {
        name if name.ends_with(".seg") => "segment".to_owned(),
        name if name.starts_with("torn-") => "torn tail".to_owned(),
        name => name.to_owned(),
    }
}

impl State {
    fn at(&mut self, what: &str, path: &Path) -> Option<Fault> {
        match path == self.root {
            true => self.call(&format!("{what} the folder above")),
            false => self.call(&format!("{what} {}", kind(path))),
        }
    }

    /// Notes a call; says what to do instead of it.
    fn call(&mut self, name: &str) -> Option<Fault> {
        self.calls.push(name.to_owned());
        let now = self.calls.len() - 1;
        self.fault.filter(|(at, _)| *at == now).map(|(_, fault)| fault)
    }

    fn names_below(&mut self, folder: &Path) {
        let visible = below(folder);
        self.names.retain(|path, _| !path.starts_with(folder));
        self.names.extend(visible);
    }

    /// Makes the names in one folder durable, or the first half of them.
    fn keep_names(&mut self, folder: &Path, half: bool) {
        let visible: BTreeMap<_, _> = below(folder)
            .into_iter()
            .filter(|(path, _)| path.parent() == Some(folder))
            .collect();
        let most = if half { visible.len() / 2 } else { visible.len() };
        self.names
            .retain(|path, _| path.parent() != Some(folder) || visible.contains_key(path));
        self.names.extend(visible.into_iter().take(most));
    }

    /// Makes one file durable as it is visible, but for what is lost.
    fn keep_content(&mut self, path: &Path) {
        let inode = inode(path);
        let mut bytes = fs::read(path).unwrap();
        let old = self.content.get(&inode).cloned().unwrap_or_default();
        for place in self.lost.get(&inode).into_iter().flatten().cloned().flatten() {
            if let Some(byte) = bytes.get_mut(place) {
                *byte = old.get(place).copied().unwrap_or_default();
            }
        }
        self.content.insert(inode, bytes);
        self.dirty.remove(&inode);
    }

    /// What was to be written is taken for written from `part` of it on.
    fn lose(&mut self, path: &Path, part: fn(Range<usize>) -> Range<usize>) {
        let inode = inode(path);
        let dirty = self.dirty.remove(&inode).unwrap_or_default();
        self.lost
            .entry(inode)
            .or_default()
            .extend(dirty.into_iter().map(part));
    }

    fn wrote(&mut self, path: &Path, range: Range<usize>) {
        let inode = inode(path);
        let covered = |lost: &mut Vec<Range<usize>>| {
            lost.retain(|lost| lost.start < range.start || lost.end > range.end);
        };
        self.lost.entry(inode).and_modify(covered);
        self.dirty.entry(inode).or_default().push(range);
    }
}

impl Disk for FaultyDisk {
    fn create_folder(&mut self, folder: &Path) -> io::Result<()> {
        let mut state = self.state();
        let fault = state.at("create", folder);
        if fault != Some(Fault::Fails) {
            RealDisk.create_folder(folder)?;
        }
        if fault == Some(Fault::FailsButPersists) {
            state.names.insert(folder.to_owned(), Node::Folder);
        }
        fault.map_or(Ok(()), |_| Err(asked()))
    }

    fn create(&mut self, path: &Path, mode: u32) -> io::Result<File> {
        let mut state = self.state();
        let fault = state.at("create", path);
        if fault == Some(Fault::Fails) {
            return Err(asked());
        }
        let file = RealDisk.create(path, mode)?;
        state.held.push(file.try_clone()?);
        if fault == Some(Fault::FailsButPersists) {
            state.names.insert(path.to_owned(), Node::File(inode(path)));
        }
        fault.map_or(Ok(file), |_| Err(asked()))
    }

    fn write(&mut self, path: &Path, file: &File, bytes: &[u8], offset: u64) -> io::Result<()> {
        let mut state = self.state();
        let fault = state.at("write", path);
        let length = match fault {
            None | Some(Fault::FailsButPersists) => bytes.len(),
            Some(Fault::Fails) => 0,
            Some(Fault::Torn) => bytes.len() / 2,
        };
        RealDisk.write(path, file, &bytes[..length], offset)?;
        state.wrote(path, offset as usize..offset as usize + length);
        if fault.is_some() {
            // The system has written it back by itself.
            state.keep_content(path);
        }
        fault.map_or(Ok(()), |_| Err(asked()))
    }

    fn cut(&mut self, path: &Path, file: &File, length: u64) -> io::Result<()> {
        let mut state = self.state();
        let fault = state.at("cut", path);
        if fault != Some(Fault::Fails) {
            RealDisk.cut(path, file, length)?;
        }
        if fault == Some(Fault::FailsButPersists) {
            state.keep_content(path);
        }
        fault.map_or(Ok(()), |_| Err(asked()))
    }

    fn sync(&mut self, path: &Path, file: &File) -> io::Result<()> {
        let mut state = self.state();
        let fault = state.at("sync", path);
        match fault {
            None | Some(Fault::FailsButPersists) => {
                RealDisk.sync(path, file)?;
                state.keep_content(path);
            }
            Some(Fault::Fails) => state.lose(path, |dirty| dirty),
            Some(Fault::Torn) => {
                state.lose(path, |dirty| dirty.start + dirty.len() / 2..dirty.end);
                state.keep_content(path);
            }
        }
        fault.map_or(Ok(()), |_| Err(asked()))
    }

    fn rename(&mut self, from: &Path, to: &Path) -> io::Result<()> {
        let mut state = self.state();
        let fault = state.at("rename to", to);
        if fault != Some(Fault::Fails) {
            RealDisk.rename(from, to)?;
        }
        if fault == Some(Fault::FailsButPersists) {
            state.names.remove(from);
            state.names.insert(to.to_owned(), Node::File(inode(to)));
        }
        fault.map_or(Ok(()), |_| Err(asked()))
    }

    fn sync_folder(&mut self, folder: &Path) -> io::Result<()> {
        let mut state = self.state();
        let fault = state.at("sync", folder);
        match fault {
            None | Some(Fault::FailsButPersists) => state.keep_names(folder, false),
            Some(Fault::Fails) => {}
            Some(Fault::Torn) => state.keep_names(folder, true),
        }
        fault.map_or(Ok(()), |_| Err(asked()))
    }
}
