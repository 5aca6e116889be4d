//! Enrolment happens once, survives crashes, and keeps no names or codes.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use voting_core::roll::{ActivationCode, Parts, RollLine, pseudonym};

use super::election::{enrolled, manifest_with, roll};
use crate::enrol::{EnrolError, enrol};
use crate::folder::{Folder, FolderError};

#[test]
fn enrolling_again_changes_nothing_and_writes_no_second_letters() {
    let issuer = enrolled(3);
    let manifest = issuer.enrolment.manifest.clone();
    let second = issuer.root().join("second.csv");
    let again = enrol(&issuer.folder, &manifest, &roll(3, &manifest), &second).unwrap();
    assert_eq!(again.lines, issuer.enrolment.lines);
    assert_eq!(again.entries, issuer.enrolment.entries);
    assert!(!second.exists());
    let other = enrol(&issuer.folder, &manifest, &roll(4, &manifest), &second);
    assert!(matches!(other, Err(EnrolError::Other("roll"))));
    let mut changed = manifest.clone();
    changed.title.push('!');
    let other = enrol(&issuer.folder, &changed, &roll(3, &manifest), &second);
    assert!(matches!(other, Err(EnrolError::Other("manifest"))));
}

#[test]
fn h10_a_crash_before_the_letters_left_is_made_good_with_the_same_codes() {
    let issuer = enrolled(3);
    let (manifest, letters) = (
        issuer.enrolment.manifest.clone(),
        issuer.root().join("letters.csv"),
    );
    // As after step 2: the letters lie in the folder, their file does not exist.
    fs::rename(&letters, issuer.folder.enrolment().join("letters.csv")).unwrap();
    enrol(&issuer.folder, &manifest, &roll(3, &manifest), &letters).unwrap();
    let read = crate::enrol::read_letters(&letters).unwrap();
    for (before, after) in issuer.letters.iter().zip(&read) {
        assert_eq!(before.code, after.code);
    }
    // As between the two halves of step 3: both exist.
    fs::copy(&letters, issuer.folder.enrolment().join("letters.csv")).unwrap();
    enrol(&issuer.folder, &manifest, &roll(3, &manifest), &letters).unwrap();
    assert!(!issuer.folder.enrolment().join("letters.csv").exists());
}

#[test]
fn a_crash_while_preparing_leaves_nothing_that_matters() {
    let directory = tempfile::tempdir().unwrap();
    let folder = Folder::init(&directory.path().join("issuer"), "issuer.example").unwrap();
    let manifest = manifest_with(&folder);
    fs::create_dir(folder.staging()).unwrap();
    fs::write(folder.staging().join("letters.csv"), "half a file").unwrap();
    let letters = directory.path().join("letters.csv");
    let enrolment = enrol(&folder, &manifest, &roll(2, &manifest), &letters).unwrap();
    assert_eq!((enrolment.lines.len(), folder.staging().exists()), (2, false));
}

#[test]
fn letters_are_never_written_over_another_file() {
    let directory = tempfile::tempdir().unwrap();
    let folder = Folder::init(&directory.path().join("issuer"), "issuer.example").unwrap();
    let manifest = manifest_with(&folder);
    let letters = directory.path().join("letters.csv");
    fs::write(&letters, "mine").unwrap();
    let result = enrol(&folder, &manifest, &roll(2, &manifest), &letters);
    assert!(matches!(result, Err(EnrolError::LettersExist(_))));
    assert_eq!(fs::read_to_string(&letters).unwrap(), "mine");
    assert!(!folder.enrolment().exists());
}

#[test]
fn voters_find_their_own_line_on_the_published_roll() {
    let issuer = enrolled(5);
    let election_id = &issuer.enrolment.election_id;
    let mut parts = [Parts::default(), Parts::default()];
    let mut published = Vec::new();
    for entry in &issuer.enrolment.entries {
        if let voting_core::entry::Entry::Roll(signed) = voting_core::entry::Entry::from_bytes(entry).unwrap()
        {
            let key = issuer.folder.identity().unwrap().verifying_key().to_bytes();
            signed.verify(election_id, &key).unwrap();
            parts[signed.body.style as usize]
                .accept_roll(&signed.body)
                .unwrap();
            published.extend(voting_core::roll::pseudonyms(&signed.body));
        }
    }
    assert!(parts.iter().all(Parts::is_complete));
    for letter in &issuer.letters {
        let code = ActivationCode::parse(&letter.code).unwrap();
        let own = pseudonym(
            election_id,
            &code.secret(election_id),
            &RollLine::parse(&letter.line).unwrap(),
        );
        assert!(published.contains(&own));
    }
}

#[test]
fn secret_files_are_for_their_owner_only() {
    let issuer = enrolled(1);
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let enrolment = issuer.folder.enrolment();
    for path in [
        issuer.root().join("letters.csv"),
        issuer.root().join("issuer/identity.key"),
        enrolment.join("key-0.pkcs8"),
        enrolment.join("key-1.pkcs8"),
        enrolment.join("roll.bin"),
    ] {
        assert_eq!(mode(&path), 0o600, "{}", path.display());
    }
}

#[test]
fn an_identity_is_never_replaced_and_another_issuers_manifest_is_refused() {
    let issuer = enrolled(1);
    let path = issuer.root().join("issuer");
    assert!(matches!(
        Folder::init(&path, "again"),
        Err(FolderError::Exists(_))
    ));
    let other = Folder::init(&issuer.root().join("other"), "issuer.example").unwrap();
    let manifest = issuer.enrolment.manifest.clone();
    let result = enrol(
        &other,
        &manifest,
        &roll(1, &manifest),
        &issuer.root().join("x.csv"),
    );
    assert!(matches!(result, Err(EnrolError::NotInManifest(_))));
}
