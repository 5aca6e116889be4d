//! What a restart makes of the journal and the index.

use std::fs;
use std::path::{Path, PathBuf};

use crate::records::{Claim, Records, RecordsError, read_all};

struct Desk(tempfile::TempDir);

impl Desk {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn journal(&self) -> PathBuf {
        self.0.path().join("journal")
    }

    fn index(&self) -> PathBuf {
        self.0.path().join("index")
    }

    /// Opens the records once the thread that held them has ended.
    fn open(&self) -> Result<Records, RecordsError> {
        for _ in 0..1_000 {
            match Records::open(&self.journal(), &self.index()) {
                Err(RecordsError::Journal(journal::JournalError::Locked(_)) | RecordsError::Index(_)) => {
                    std::thread::sleep(std::time::Duration::from_millis(10));
                }
                opened => return opened,
            }
        }
        panic!("the records stay locked");
    }

    /// Claims for some pseudonyms, one after the other.
    fn claims(&self, pseudonyms: std::ops::Range<u8>, blinded: u8) -> Vec<Claim> {
        let records = self.open().unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        pseudonyms
            .map(|pseudonym| runtime.block_on(records.claim([pseudonym; 32], [blinded; 32])))
            .collect::<Result<_, _>>()
            .unwrap()
    }

    fn segment(&self) -> PathBuf {
        self.journal().join("00000000000000000000.seg")
    }
}

fn cut(file: &Path, bytes: u64) {
    let length = fs::metadata(file).unwrap().len();
    let file = fs::OpenOptions::new().write(true).open(file).unwrap();
    file.set_len(length - bytes).unwrap();
}

#[test]
fn records_survive_a_restart_and_the_loss_of_the_index() {
    let desk = Desk::new();
    assert_eq!(desk.claims(0..4, 1), [Claim::New; 4]);
    assert_eq!(desk.claims(0..4, 1), [Claim::Same; 4]);
    drop(desk.open().unwrap());
    while fs::remove_dir_all(desk.index()).is_err() {}
    assert_eq!(desk.claims(0..4, 2), [Claim::Other; 4]);
    assert_eq!(desk.claims(3..5, 1), [Claim::Same, Claim::New]);
    assert_eq!(read_all(&desk.journal()).unwrap().len(), 5);
}

#[test]
fn g2_a_journal_that_lost_records_is_refused_and_no_second_token_given() {
    let desk = Desk::new();
    desk.claims(0..4, 1);
    drop(desk.open().unwrap());
    cut(&desk.segment(), 1);
    let error = match desk.open() {
        Err(error) => error,
        Ok(_) => panic!("records that were cut were taken"),
    };
    assert!(
        matches!(
            error,
            RecordsError::RolledBack {
                held: 3,
                known: 4,
                ..
            }
        ),
        "{error}"
    );
}

#[test]
fn what_a_crash_tore_was_never_answered_and_is_moved_aside() {
    let desk = Desk::new();
    desk.claims(0..4, 1);
    drop(desk.open().unwrap());
    let mut bytes = fs::read(desk.segment()).unwrap();
    bytes.extend_from_within(..60);
    fs::write(desk.segment(), bytes).unwrap();
    assert_eq!(desk.claims(3..5, 1), [Claim::Same, Claim::New]);
    assert_eq!(read_all(&desk.journal()).unwrap().len(), 5);
}
