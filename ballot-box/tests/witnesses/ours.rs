//! The ballot box with witnesses as observers run them: `auditor witness`.

use std::path::Path;

use auditor::witness::{self, Running};
use voting_core::ledger::{CosignerKey, VerifierKey};

use super::{Watched, ledger_key};

/// A witness of the house, and the folder that it may be started from again.
fn start(folder: &witness::Folder, key: &VerifierKey, listen: &str) -> Running {
    let settings = witness::Settings {
        listen: listen.parse().unwrap(),
        ..witness::Settings::default()
    };
    witness::start(folder, std::slice::from_ref(key), &settings).unwrap()
}

fn made(home: &Path, number: usize) -> witness::Folder {
    witness::Folder::init(
        &home.join(number.to_string()),
        &format!("witness{number}.example"),
    )
    .unwrap()
}

fn line(number: usize, key: &CosignerKey, url: &str) -> String {
    format!("witness w{number} {key} {url}\n")
}

#[test]
fn our_own_witnesses_cosign_for_our_ballot_box_and_catch_up_after_a_pause() {
    let (home, key) = (tempfile::tempdir().unwrap(), ledger_key());
    let folders: Vec<_> = (0..4).map(|number| made(home.path(), number)).collect();
    let mut running: Vec<_> = folders
        .iter()
        .map(|folder| start(folder, &key, "127.0.0.1:0"))
        .collect();
    let lines = running.iter().enumerate();
    let lines: String = lines
        .map(|(number, one)| line(number, one.vkey(), &one.url()))
        .collect();
    let watched = Watched::by(Vec::new(), &lines);
    let folder = watched.folder("box");
    let (service, client) = watched.open(&folder);
    assert!(watched.cast(&client, 1));
    // One observer pauses: three are enough.
    let paused = running.pop().unwrap();
    let address = paused.url().replace("http://", "");
    paused.stop().unwrap();
    assert!(watched.cast(&client, 2));
    running.push(start(&folders[3], &key, &address));
    assert!(watched.cast(&client, 3));
    watched.catch_up(&client);
    let head = watched.shown(&client);
    assert!(head.is_witnessed());
    let size = head.checkpoint.size;
    let at_head = running.iter().filter(|one| one.size(key.name()) == Some(size));
    assert!(at_head.count() >= 3);
    service.stop().unwrap();
    for (one, folder) in running.into_iter().zip(folders) {
        one.stop().unwrap();
        // Nobody was accused of anything.
        assert_eq!(std::fs::read_dir(folder.evidence()).unwrap().count(), 0);
    }
}
