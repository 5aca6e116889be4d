//! A witness without a network: what it cosigns, refuses, keeps and remembers.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock};

use ed25519_dalek::SigningKey;
use journal::{Disk, RealDisk};
use proptest::prelude::*;
use sha2::{Digest, Sha256};
use voting_core::ledger::{
    Checkpoint, CosignerKey, Levels, NotWitnessed, SignedNote, SignerKey, Submission, VerifierKey,
    consistency_proof, leaf_hash, tree_root,
};

use super::*;
use crate::evidence::{Contradiction, Evidence, Shown};

const NAME: &str = "witness.example/alice";
const ORIGIN: &str = "ledger.example/2027";
const NOON: u64 = 1_800_000_000;

/// A ledger that signs whatever it likes.
struct Ledger {
    signer: SignerKey,
    key: VerifierKey,
    levels: Levels,
}

impl Ledger {
    fn new(origin: &str, seed: u8) -> Self {
        let key = SigningKey::from_bytes(&[seed; 32]);
        let public = key.verifying_key().to_bytes();
        Self {
            signer: SignerKey::ed25519(origin, &key).unwrap(),
            key: VerifierKey::ed25519(origin, &public).unwrap(),
            levels: Levels::default(),
        }
    }

    /// Grows to so many entries; `branch` tells forks apart.
    fn grown(mut self, size: u64, branch: &str) -> Self {
        for index in self.levels.size()..size {
            self.levels
                .push(leaf_hash(format!("{branch} {index}").as_bytes()));
        }
        self
    }

    fn head(&self, size: u64) -> Checkpoint {
        Checkpoint {
            origin: self.key.name().to_owned(),
            size,
            root: tree_root(&self.levels, size).unwrap(),
        }
    }

    fn submission(&self, old: u64, new: u64) -> Submission {
        Submission {
            old,
            proof: consistency_proof(&self.levels, old, new).unwrap_or_default(),
            checkpoint: self.head(new).sign(&self.signer),
        }
    }

    fn body(&self, old: u64, new: u64) -> Vec<u8> {
        self.submission(old, new).to_string().into_bytes()
    }
}

fn ledger() -> Ledger {
    Ledger::new(ORIGIN, 7).grown(20, "honest")
}

/// The same key signs another ledger from entry `common` on.
fn forked(common: u64) -> Ledger {
    Ledger::new(ORIGIN, 7).grown(common, "honest").grown(20, "forked")
}

struct Scene {
    _temporary: tempfile::TempDir,
    folder: Folder,
    told: Arc<Mutex<Vec<Event>>>,
}

fn scene() -> Scene {
    let temporary = tempfile::tempdir().unwrap();
    let folder = Folder::init(&temporary.path().join("alice"), NAME).unwrap();
    Scene {
        _temporary: temporary,
        folder,
        told: Arc::default(),
    }
}

impl Scene {
    fn open(&self) -> Witness {
        self.open_with(&[ledger().key]).unwrap()
    }

    fn open_with(&self, keys: &[VerifierKey]) -> Result<Witness, WitnessError> {
        let told = self.told.clone();
        let report = Report::to(move |event| told.lock().unwrap().push(event.clone()));
        Witness::open(&self.folder, keys, report)
    }

    fn told(&self) -> Vec<Event> {
        self.told.lock().unwrap().clone()
    }

    fn evidence(&self) -> Vec<PathBuf> {
        let files = fs::read_dir(self.folder.evidence()).unwrap();
        files.map(|file| file.unwrap().path()).collect()
    }

    fn journal(&self) -> PathBuf {
        self.folder.journal().join("00000000000000000000.seg")
    }
}

fn status(answer: &Result<String, Refusal>) -> u16 {
    answer.as_ref().map_or_else(Refusal::status, |_| 200)
}

/// The time of a cosignature, which verifies.
fn time(head: &Checkpoint, line: &str, key: &CosignerKey) -> u64 {
    let note = format!("{}\n{line}", head.text());
    let note = SignedNote::parse(note.as_bytes()).unwrap();
    note.cosignature(key).unwrap().unwrap().time
}

#[test]
fn a_witness_cosigns_what_goes_on() {
    let (scene, ledger) = (scene(), ledger());
    let mut witness = scene.open();
    for (old, new) in [(0, 0), (0, 3), (3, 8), (8, 20), (20, 20)] {
        let line = witness.add_checkpoint(&ledger.body(old, new), NOON).unwrap();
        assert_eq!(time(&ledger.head(new), &line, scene.folder.vkey()), NOON);
        assert_eq!(witness.size(ORIGIN), Some(new));
    }
    assert_eq!(
        scene.told(),
        [Event::Witnessing {
            origin: ORIGIN.to_owned(),
            size: 0
        }]
    );
    assert!(scene.evidence().is_empty());
}

#[test]
fn every_refusal_has_its_status_and_changes_nothing() {
    let (scene, honest) = (scene(), ledger());
    let mut witness = scene.open();
    witness.add_checkpoint(&honest.body(0, 8), NOON).unwrap();
    let journal = fs::read(scene.journal()).unwrap();
    let text = |body: Vec<u8>| String::from_utf8(body).unwrap();
    let long_proof = Submission {
        proof: vec![[0; 32]; 64],
        ..honest.submission(8, 20)
    };
    let badly_signed = text(honest.body(8, 20)).replace("\n20\n", "\n19\n");
    let cases: Vec<(&str, Vec<u8>, u16)> = vec![
        ("nothing", vec![], 400),
        ("no text", vec![0xff; 20], 400),
        ("too long", vec![b'a'; 20_000], 400),
        ("64 hashes", long_proof.to_string().into_bytes(), 400),
        (
            "a leading zero",
            text(honest.body(8, 20))
                .replacen("old 8", "old 08", 1)
                .into_bytes(),
            400,
        ),
        ("shrinks", honest.body(8, 3), 400),
        (
            "another ledger",
            Ledger::new("other.example", 7).grown(9, "x").body(0, 9),
            404,
        ),
        (
            "another key",
            Ledger::new(ORIGIN, 8).grown(20, "honest").body(8, 20),
            403,
        ),
        ("a changed size", badly_signed.into_bytes(), 403),
        (
            "no signature line",
            text(honest.body(8, 20))
                .replace("— ledger", "ledger")
                .into_bytes(),
            403,
        ),
        ("an older size", honest.body(3, 20), 409),
        ("from nothing", honest.body(0, 20), 409),
        ("a later size", honest.body(19, 20), 409),
        ("a fork of the same size", forked(5).body(8, 8), 422),
        ("a fork that grows", forked(5).body(8, 20), 422),
        (
            "a needless proof",
            Submission {
                proof: vec![[1; 32]],
                ..honest.submission(8, 8)
            }
            .to_string()
            .into_bytes(),
            422,
        ),
    ];
    for (case, body, expected) in cases {
        let answer = witness.add_checkpoint(&body, NOON + 5);
        assert_eq!(status(&answer), expected, "{case}: {answer:?}");
        if expected == 409 {
            assert_eq!(
                answer,
                Err(Refusal::NotWitnessed(NotWitnessed::Stale { size: 8 })),
                "{case}"
            );
        }
        assert_eq!(witness.size(ORIGIN), Some(8), "{case}");
        assert_eq!(fs::read(scene.journal()).unwrap(), journal, "{case}");
    }
    witness.add_checkpoint(&honest.body(8, 20), NOON).unwrap();
}

/// What a file of evidence proves, by the ledger's key alone.
fn proven(path: &Path) -> (Evidence, Shown) {
    let evidence: Evidence = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
    assert_eq!(evidence.accused().unwrap().0, ledger().key);
    let shown = evidence.check().unwrap();
    (evidence, shown)
}

#[test]
fn e1_two_heads_of_one_size_are_a_portable_proof() {
    let (scene, honest, fork) = (scene(), ledger(), forked(5));
    let mut witness = scene.open();
    witness.add_checkpoint(&honest.body(0, 8), NOON).unwrap();
    let answer = witness.add_checkpoint(&fork.body(8, 8), NOON);
    assert_eq!(answer, Err(Refusal::NotWitnessed(NotWitnessed::OtherRoot)));
    let [path] = scene.evidence().try_into().unwrap();
    let (evidence, shown) = proven(&path);
    assert_eq!(shown, Shown::Fork { older: 8, newer: 8 });
    // Whoever holds the file alone sees both heads, and that the witness had cosigned one.
    let Contradiction::Fork { older, newer, .. } = &evidence.proof else {
        panic!("{evidence:?}");
    };
    let cosigned = SignedNote::parse(older.as_bytes()).unwrap();
    let cosignature = cosigned.cosignature(scene.folder.vkey()).unwrap().unwrap();
    assert_eq!(cosignature.time, NOON);
    assert_eq!(
        Checkpoint::verify(newer.as_bytes(), &honest.key),
        Ok(fork.head(8))
    );
    assert!(matches!(&scene.told()[..], [_, Event::Fork { size: 8, evidence, .. }] if *evidence == path));

    // The same once more, after a restart too, with other lines under it: one file.
    drop(witness);
    let mut witness = scene.open();
    let mut noisy = fork.submission(8, 8);
    let other = Ledger::new("other.example", 9).signer.sign("x\n");
    noisy.checkpoint.push_str(other.rsplit_once("\n\n").unwrap().1);
    witness
        .add_checkpoint(noisy.to_string().as_bytes(), NOON)
        .unwrap_err();
    assert_eq!(scene.evidence(), std::slice::from_ref(&path));
    assert_eq!(scene.told().len(), 2);
    // It goes on with the ledger that it knows.
    witness.add_checkpoint(&honest.body(8, 9), NOON).unwrap();
}

#[test]
fn e1_a_fork_shows_itself_even_when_asked_for_with_another_old_size() {
    let (scene, honest, fork) = (scene(), ledger(), forked(5));
    let mut witness = scene.open();
    witness.add_checkpoint(&honest.body(0, 8), NOON).unwrap();
    assert_eq!(status(&witness.add_checkpoint(&fork.body(3, 8), NOON)), 409);
    let [path] = scene.evidence().try_into().unwrap();
    assert_eq!(proven(&path).1, Shown::Fork { older: 8, newer: 8 });
}

#[test]
fn e2_a_rewritten_history_is_never_cosigned() {
    let (honest, fork) = (ledger(), forked(5));
    // Its own proof convicts the ledger, but not where the tree cosigned was whole.
    for (size, convicts) in [(7, true), (8, false), (11, true)] {
        let scene = scene();
        let mut witness = scene.open();
        witness.add_checkpoint(&honest.body(0, size), NOON).unwrap();
        // Rolled back to 5 and grown again, with the honest proof, and with the proof that it has.
        for (proof, files) in [
            (honest.submission(size, 20).proof, 1),
            (fork.submission(size, 20).proof, 2),
        ] {
            let submission = Submission {
                proof,
                ..fork.submission(size, 20)
            };
            let answer = witness.add_checkpoint(submission.to_string().as_bytes(), NOON);
            assert_eq!(status(&answer), 422, "{answer:?}");
            assert_eq!(scene.evidence().len(), if convicts { files } else { 1 });
        }
        assert!(matches!(&scene.told()[1], Event::Unproved { size: 20, .. }));
        for path in scene.evidence() {
            if path.extension().unwrap() == "json" {
                assert_eq!(
                    proven(&path).1,
                    Shown::Fork {
                        older: size,
                        newer: 20
                    }
                );
            } else {
                let file = fs::read(&path).unwrap();
                let refused = Refused::parse(&file).unwrap();
                assert_eq!(refused.to_string().as_bytes(), file);
                assert_eq!(refused.verify(), Ok(Suspicion::Unproved));
            }
        }
        // The rolled back ledger alone: it hears how far it had been.
        let answer = witness.add_checkpoint(&fork.body(5, 6), NOON);
        assert_eq!(answer, Err(Refusal::NotWitnessed(NotWitnessed::Stale { size })));
    }
}

#[test]
fn a_wrong_proof_sent_by_anybody_does_not_accuse_the_ledger_for_long() {
    let (scene, honest) = (scene(), ledger());
    let mut witness = scene.open();
    witness.add_checkpoint(&honest.body(0, 8), NOON).unwrap();
    let wrong = Submission {
        proof: vec![[3; 32]; 2],
        ..honest.submission(8, 20)
    };
    witness
        .add_checkpoint(wrong.to_string().as_bytes(), NOON)
        .unwrap_err();
    assert_eq!(scene.evidence().len(), 1);
    witness.add_checkpoint(&honest.body(8, 20), NOON).unwrap();
    assert!(scene.evidence().is_empty());
    // Nor do things that were only judged after it, or that nobody signed.
    for body in [
        Submission {
            proof: vec![[1; 32]],
            ..honest.submission(20, 20)
        }
        .to_string()
        .into_bytes(),
        Ledger::new(ORIGIN, 8).grown(20, "other").body(20, 20),
        honest.body(8, 20),
        honest.body(20, 8),
    ] {
        witness.add_checkpoint(&body, NOON).unwrap_err();
    }
    assert!(scene.evidence().is_empty());
}

#[test]
fn evidence_is_bounded_and_forks_always_have_room() {
    let (scene, honest) = (scene(), ledger());
    drop(scene.open());
    // All but two of what is kept without proof, made by hand: a real one costs two syncs.
    let ledger = &hex::encode(Sha256::digest(ORIGIN))[..16];
    for number in 2..1_024 {
        let name = format!("unproved-{ledger}-{number}-0.txt");
        fs::write(scene.folder.evidence().join(name), "").unwrap();
    }
    let mut witness = scene.open();
    assert_eq!(witness.evidence(), 1_022);
    witness.add_checkpoint(&honest.body(0, 8), NOON).unwrap();
    for size in 9..20 {
        let wrong = Submission {
            proof: vec![[3; 32]],
            ..honest.submission(8, size)
        };
        witness
            .add_checkpoint(wrong.to_string().as_bytes(), NOON)
            .unwrap_err();
    }
    assert_eq!(scene.evidence().len(), 1_024);
    for branch in 0..20 {
        let fork = Ledger::new(ORIGIN, 7).grown(8, &format!("fork {branch}"));
        witness.add_checkpoint(&fork.body(8, 8), NOON).unwrap_err();
    }
    assert_eq!(scene.evidence().len(), 1_024 + 16);
    // It says so, once for each.
    let said = |event: &&Event| matches!(event, Event::Enough { .. });
    assert_eq!(scene.told().iter().filter(said).count(), 2);
}

#[test]
fn what_accuses_nobody_or_was_changed_is_refused() {
    let (honest, fork) = (ledger(), forked(5));
    let scene = scene();
    let mut witness = scene.open();
    witness.add_checkpoint(&honest.body(0, 8), NOON).unwrap();
    witness.add_checkpoint(&fork.body(8, 20), NOON).unwrap_err();
    let file = fs::read(&scene.evidence()[0]).unwrap();
    let evidence = Refused::parse(&file).unwrap();
    let consistent = Refused {
        submitted: honest.submission(8, 20),
        ..evidence.clone()
    };
    assert_eq!(consistent.verify(), Err(InvalidRefused::Consistent));
    let framed = Refused {
        submitted: Ledger::new(ORIGIN, 8).grown(9, "x").submission(0, 8),
        ..evidence.clone()
    };
    assert!(matches!(framed.verify(), Err(InvalidRefused::Unsigned(_))));
    for at in 0..file.len() {
        let mut changed = file.clone();
        changed[at] ^= 1;
        let accuses = Refused::parse(&changed).is_ok_and(|read| read.verify().is_ok());
        // The witness's own line and the proof accuse nobody: no signature covers them.
        let read = Refused::parse(&changed);
        let same = read.is_ok_and(|read| {
            let text = |note: &str| note.split("\n\n").next().map(str::to_owned);
            read.ledger == evidence.ledger
                && text(&read.cosigned) == text(&evidence.cosigned)
                && text(&read.submitted.checkpoint) == text(&evidence.submitted.checkpoint)
        });
        assert!(!accuses || same, "byte {at}");
        assert!(Refused::parse(&file[..at]).is_err());
    }
}

#[test]
fn the_time_never_goes_back_and_asking_again_fills_no_disk() {
    let (scene, honest) = (scene(), ledger());
    let mut witness = scene.open();
    let ask = |witness: &mut Witness, old, new, now| {
        let line = witness.add_checkpoint(&honest.body(old, new), now).unwrap();
        time(&honest.head(new), &line, scene.folder.vkey())
    };
    assert_eq!(ask(&mut witness, 0, 8, NOON), NOON);
    let length = fs::metadata(scene.journal()).unwrap().len();
    for second in 0..60 {
        assert_eq!(ask(&mut witness, 8, 8, NOON + second), NOON);
    }
    assert_eq!(fs::metadata(scene.journal()).unwrap().len(), length);
    assert_eq!(ask(&mut witness, 8, 8, NOON + 60), NOON + 60);
    // A clock that is set back, before a restart and after it, and one that has lost its date.
    assert_eq!(ask(&mut witness, 8, 9, NOON - 1_000), NOON + 60);
    drop(witness);
    let mut witness = scene.open();
    assert_eq!(ask(&mut witness, 9, 10, 0), NOON + 60);
    assert_eq!(ask(&mut witness, 10, 11, u64::MAX), i64::MAX as u64);
    assert_eq!(ask(&mut witness, 11, 12, NOON), i64::MAX as u64);
}

#[test]
fn a_killed_witness_goes_on_exactly_wherever_its_journal_was_torn() {
    let (scene, honest, fork) = (scene(), ledger(), forked(5));
    let path = scene.journal();
    // The journal's length when each size had been answered: a crash cannot take that back.
    let mut witness = scene.open();
    let mut answered = vec![(fs::metadata(&path).unwrap().len(), None)];
    for (old, new) in [(0, 8), (8, 9), (9, 20)] {
        witness.add_checkpoint(&honest.body(old, new), NOON).unwrap();
        answered.push((fs::metadata(&path).unwrap().len(), Some(new)));
    }
    drop(witness);
    let whole = fs::read(&path).unwrap();
    // At every end of a frame and beside it, and at every thirteenth byte between.
    let near = |torn: usize| {
        let ends = answered.iter().map(|(length, _)| *length as usize);
        torn.is_multiple_of(13) || ends.into_iter().any(|end| end.abs_diff(torn) < 3)
    };
    let first = answered[0].0 as usize;
    for torn in (first..=whole.len()).filter(|&torn| near(torn)) {
        fs::write(&path, &whole[..torn]).unwrap();
        let durable = answered
            .iter()
            .rev()
            .find(|(length, _)| *length <= torn as u64)
            .unwrap()
            .1;
        let mut witness = scene.open();
        assert_eq!(witness.size(ORIGIN), durable, "torn at {torn}");
        if durable == Some(9) {
            assert_eq!(status(&witness.add_checkpoint(&fork.body(9, 20), NOON)), 422);
        }
        let old = durable.unwrap_or(0);
        witness.add_checkpoint(&honest.body(old, 20), NOON).unwrap();
    }
}

/// How a durable write goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    /// Half of the bytes arrive.
    Torn,
    /// All of them do, though the system says no.
    WrittenNevertheless,
    /// They are written, and the sync fails.
    Unsynced,
}

/// A disk that goes wrong once it is told how.
struct Failing(Arc<OnceLock<Fault>>);

impl Disk for Failing {
    fn write(&mut self, path: &Path, file: &fs::File, bytes: &[u8], offset: u64) -> io::Result<()> {
        let part = match self.0.get() {
            Some(Fault::Torn) => bytes.len() / 2,
            _ => bytes.len(),
        };
        RealDisk.write(path, file, &bytes[..part], offset)?;
        match self.0.get() {
            None | Some(Fault::Unsynced) => Ok(()),
            Some(_) => Err(io::Error::other("the disk is full")),
        }
    }

    fn sync(&mut self, path: &Path, file: &fs::File) -> io::Result<()> {
        match self.0.get() {
            Some(_) => Err(io::Error::other("the disk is gone")),
            None => RealDisk.sync(path, file),
        }
    }
}

#[test]
fn a_witness_that_cannot_write_answers_nobody_until_it_is_started_again() {
    for fault in [Fault::Torn, Fault::WrittenNevertheless, Fault::Unsynced] {
        let persists = fault != Fault::Torn;
        let (scene, honest, fork) = (scene(), ledger(), forked(5));
        let told = Arc::new(OnceLock::new());
        let disk = Box::new(Failing(told.clone()));
        let keys = [honest.key.clone()];
        let mut witness = Witness::open_on(disk, &scene.folder, &keys, Report::default()).unwrap();
        witness.add_checkpoint(&honest.body(0, 8), NOON).unwrap();
        told.set(fault).unwrap();
        for body in [
            honest.body(8, 20),
            honest.body(8, 9),
            fork.body(8, 20),
            honest.body(8, 8),
        ] {
            assert_eq!(witness.add_checkpoint(&body, NOON), Err(Refusal::Stopped));
        }
        assert!(witness.stopped().unwrap().contains("the disk is"));
        drop(witness);
        // Written or not: it goes on from what it finds, and never beside it.
        let mut witness = scene.open();
        let size = witness.size(ORIGIN).unwrap();
        assert_eq!(size, if persists { 20 } else { 8 });
        if size == 8 {
            assert_eq!(status(&witness.add_checkpoint(&fork.body(8, 20), NOON)), 422);
        }
        witness.add_checkpoint(&honest.body(size, 20), NOON).unwrap();
    }
}

#[test]
fn two_witnesses_never_share_a_folder() {
    let scene = scene();
    let witness = scene.open();
    assert!(matches!(
        scene.open_with(&[ledger().key]),
        Err(WitnessError::Journal(journal::JournalError::Locked(_)))
    ));
    drop(witness);
    scene.open();
}

#[test]
fn a_witness_without_its_memory_does_not_start() {
    let forgets = |forget: &dyn Fn(&Scene)| {
        let (scene, honest) = (scene(), ledger());
        scene.open().add_checkpoint(&honest.body(0, 8), NOON).unwrap();
        forget(&scene);
        let opened = scene.open_with(std::slice::from_ref(&honest.key));
        assert!(
            matches!(opened, Err(WitnessError::Forgotten(_))),
            "{:?}",
            opened.err()
        );
    };
    forgets(&|scene| fs::remove_dir_all(scene.folder.journal()).unwrap());
    forgets(&|scene| fs::write(scene.journal(), []).unwrap());
    // The journal of another witness.
    forgets(&|scene| {
        let other = Folder::init(&scene.folder.path().join("other"), NAME).unwrap();
        fs::copy(other.journal().join("00000000000000000000.seg"), scene.journal()).unwrap();
    });
}

#[test]
fn a_key_is_made_once_and_only_its_owner_reads_it() {
    use std::os::unix::fs::PermissionsExt;
    let scene = scene();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&scene.folder.key_path()), 0o600);
    assert_eq!(mode(scene.folder.path()), 0o700);
    let again = Folder::init(scene.folder.path(), NAME);
    assert!(matches!(again, Err(WitnessError::Exists(_))));
    assert_eq!(
        Folder::open(scene.folder.path()).unwrap().vkey(),
        scene.folder.vkey()
    );
    for name in ["", "two words", "a+b"] {
        let made = Folder::init(&scene.folder.path().join("bad"), name);
        assert!(matches!(made, Err(WitnessError::Name(_))), "{name}");
    }
    // A crash before the key was there: the next try makes a whole witness.
    fs::remove_file(scene.folder.key_path()).unwrap();
    assert!(matches!(
        Folder::open(scene.folder.path()),
        Err(WitnessError::NotThere(_))
    ));
    let folder = Folder::init(scene.folder.path(), NAME).unwrap();
    assert_ne!(folder.vkey(), scene.folder.vkey());
    Witness::open(&folder, &[ledger().key], Report::default()).unwrap();
    // Another witness's key beside this one's public key.
    fs::write(folder.key_path(), format!("{}\n", hex::encode([1; 32]))).unwrap();
    assert!(matches!(
        Folder::open(folder.path()),
        Err(WitnessError::Damaged(_))
    ));
}

#[test]
fn e6_a_ledger_keeps_its_key_and_a_key_its_ledger() {
    let (scene, honest) = (scene(), ledger());
    scene.open().add_checkpoint(&honest.body(0, 8), NOON).unwrap();
    let other = Ledger::new(ORIGIN, 8).key;
    let same_key = Ledger::new("other.example", 7).key;
    let open = |keys: &[&VerifierKey]| {
        let keys: Vec<_> = keys.iter().map(|&key| key.clone()).collect();
        scene.open_with(&keys).err()
    };
    assert!(matches!(open(&[&other]), Some(WitnessError::OtherKey(_))));
    assert!(matches!(
        open(&[&honest.key, &other]),
        Some(WitnessError::LedgerTwice(_))
    ));
    assert!(matches!(
        open(&[&honest.key, &same_key]),
        Some(WitnessError::LedgerTwice(_))
    ));
    assert!(matches!(open(&[]), Some(WitnessError::NoLedger)));
    assert!(open(&[&honest.key, &honest.key]).is_none());
}

#[test]
fn ledgers_are_remembered_apart() {
    let (scene, one) = (scene(), ledger());
    let two = Ledger::new("second.example", 9).grown(5, "second");
    let keys = [one.key.clone(), two.key.clone()];
    let mut witness = scene.open_with(&keys).unwrap();
    witness.add_checkpoint(&one.body(0, 8), NOON).unwrap();
    witness.add_checkpoint(&two.body(0, 5), NOON).unwrap();
    drop(witness);
    // Watched or not, what was cosigned is remembered and shown.
    let mut witness = scene.open_with(&keys[..1]).unwrap();
    assert_eq!(witness.size("second.example"), Some(5));
    assert_eq!(status(&witness.add_checkpoint(&two.body(5, 5), NOON)), 404);
    let shown: BTreeSet<_> = [ORIGIN, "second.example"]
        .map(|origin| {
            let name = hex::encode(Sha256::digest(origin));
            witness
                .checkpoint(&name)
                .unwrap()
                .lines()
                .next()
                .unwrap()
                .to_owned()
        })
        .into();
    assert_eq!(
        shown,
        BTreeSet::from([ORIGIN.to_owned(), "second.example".to_owned()])
    );
    assert_eq!(witness.checkpoint(ORIGIN), None);
}

/// One witness that has cosigned nothing, for all cases.
fn fresh() -> &'static Mutex<Witness> {
    static FRESH: OnceLock<Mutex<Witness>> = OnceLock::new();
    FRESH.get_or_init(|| {
        let scene = scene();
        Mutex::new(scene.open())
    })
}

proptest! {
    #[test]
    fn mangled_submissions_and_evidence_never_panic(
        bytes in prop::collection::vec(any::<u8>(), 0..300), at in 0usize..400, byte: u8,
    ) {
        let _ = Refused::parse(&bytes);
        let mut witness = fresh().lock().unwrap();
        prop_assert!(witness.add_checkpoint(&bytes, NOON).is_err());
        let mut body = ledger().body(0, 8);
        let place = at % body.len();
        prop_assume!(body[place] != byte);
        body[place] = byte;
        prop_assert!(witness.add_checkpoint(&body, NOON).is_err());
    }
}

#[test]
fn a_server_that_cannot_write_stops_serving() {
    let (scene, honest) = (scene(), ledger());
    let told = Arc::new(OnceLock::new());
    let disk = Box::new(Failing(told.clone()));
    let keys = [honest.key.clone()];
    let witness = Witness::open_on(disk, &scene.folder, &keys, Report::default()).unwrap();
    let running = Running::serve(witness, &Settings::default()).unwrap();
    let post = |body: &[u8]| {
        let agent: ureq::Agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .build()
            .into();
        let sent = agent.post(format!("{}/add-checkpoint", running.url())).send(body);
        sent.unwrap().status().as_u16()
    };
    assert_eq!(post(&honest.body(0, 8)), 200);
    told.set(Fault::Unsynced).unwrap();
    assert_eq!(post(&honest.body(8, 9)), 503);
    // Nobody stopped it: it stops by itself, and says why.
    assert!(matches!(running.wait(), Err(WitnessError::Stopped(why)) if why.contains("the disk is gone")));
    let running = start(&scene.folder, &keys, &Settings::default()).unwrap();
    assert_eq!(running.size(ORIGIN), Some(9));
    running.stop().unwrap();
}
