//! A manifest with one issuer and two styles, and a folder enrolled for it.

use std::path::Path;
use std::sync::Arc;

use voting_core::manifest::*;

use crate::enrol::{Enrolment, Letter, enrol, read_letters};
use crate::folder::Folder;
use crate::records::Records;
use crate::roll_file;
use crate::server::{Running, Settings, start};
use crate::watch::{Gate, Standing};

pub(crate) fn manifest() -> Manifest {
    let style = |name: &str| Style {
        name: name.to_string(),
        contests: vec![0],
    };
    Manifest {
        version: VERSION,
        title: "Test".to_string(),
        languages: vec!["en".to_string()],
        nonce: [3; 32].into(),
        ledger: LedgerIdentity {
            origin: "ledger.example".into(),
            key: [0; 32].into(),
            url: String::new(),
        },
        officers: Officers {
            threshold: 1,
            members: vec![],
        },
        trustees: Trustees {
            threshold: 2,
            members: vec![],
        },
        issuers: Issuers {
            token_bits: 2048,
            members: vec![],
        },
        witness_policy: None,
        contests: vec![],
        styles: vec![style("north"), style("south")],
        revoting: true,
        smallest_group: 1,
        batch: BatchRule {
            min_ballots: 1,
            min_ms: 1,
            max_ms: 1,
        },
        opening: 0,
        closing: 0,
        casting_delay: 0,
        booth: None,
        retention_days: 0,
        content: vec![],
    }
}

/// An issuer's folder enrolled for some voters, alternately north and south.
pub(crate) struct Enrolled {
    pub(crate) folder: Folder,
    pub(crate) enrolment: Enrolment,
    pub(crate) letters: Vec<Letter>,
    pub(crate) directory: tempfile::TempDir,
}

pub(crate) fn enrolled(voters: usize) -> Enrolled {
    let directory = tempfile::tempdir().unwrap();
    let folder = Folder::init(&directory.path().join("issuer"), "issuer.example").unwrap();
    let manifest = manifest_with(&folder);
    let enrolment = enrol(
        &folder,
        &manifest,
        &roll(voters, &manifest),
        &directory.path().join("letters.csv"),
    )
    .unwrap();
    let letters = read_letters(&directory.path().join("letters.csv")).unwrap();
    Enrolled {
        folder,
        enrolment,
        letters,
        directory,
    }
}

pub(crate) fn manifest_with(folder: &Folder) -> Manifest {
    let mut manifest = manifest();
    manifest.issuers.members.push(Issuer {
        name: folder.name().unwrap(),
        url: String::new(),
        key: folder.identity().unwrap().verifying_key().to_bytes().into(),
    });
    manifest
}

pub(crate) fn roll(voters: usize, manifest: &Manifest) -> Vec<roll_file::Voter> {
    let mut text = "line,style\n".to_owned();
    for number in 0..voters {
        let style = if number % 2 == 0 { "north" } else { "south" };
        text.push_str(&format!("Voter {number},{style}\n"));
    }
    roll_file::read(text.as_bytes(), manifest).unwrap()
}

impl Enrolled {
    /// Starts the real server over this folder's journal.
    pub(crate) fn serve(&self, standing: Standing) -> (Running, Arc<Gate>) {
        let gate = Arc::new(Gate::new(standing));
        let records = Records::open(&self.folder.journal(), &self.folder.index()).unwrap();
        let settings = Settings {
            rate: 100_000,
            tick: std::time::Duration::from_millis(5),
            ..Settings::default()
        };
        (
            start(self.enrolment.clone(), records, gate.clone(), &settings).unwrap(),
            gate,
        )
    }

    pub(crate) fn root(&self) -> &Path {
        self.directory.path()
    }
}
