//! Who takes part: an officer, three trustees, an issuer, a ballot box and four
//! witnesses, each with keys of its own, the services on addresses of this machine.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result};
use auditor::witness;
use ceremony::define::{
    Batch, Group, IssuerGroup, IssuerMember, Ledger, Person, Poll, Setting, Witness, Witnesses,
};
use ceremony::officer::{self, ActKind};
use ceremony::trustee::{Progress, Step, Trustee, advance, hand_in};
use ceremony::{HttpBoard, Memory, OfficerKey, Record, TrusteeKey};
use issuer::folder::Folder;
use issuer::server::Settings;
use issuer::service::Service;
use voting_core::hash::Hash;
use voting_core::ledger::VerifierKey;
use voting_core::manifest::Manifest;

/// The ledger's name.
const ORIGIN: &str = "ledger.localhost/election";
/// Who watches the ledger; three of them must cosign.
const WITNESSES: [&str; 4] = ["university", "newspaper", "chamber", "neighbours"];

/// Everybody, the services running.
pub(crate) struct People {
    /// The election's id, which everybody knows from the manifest.
    pub(crate) id: Hash,
    pub(crate) manifest: Manifest,
    officer: OfficerKey,
    trustees: Vec<(TrusteeKey, Memory)>,
    folder: tempfile::TempDir,
    issuer_listener: Arc<TcpListener>,
    issuer: Option<Service>,
    witnesses: Vec<witness::Running>,
    ballot_box: ballot_box::service::Service,
}

impl People {
    /// Makes keys, defines and signs the manifest, starts the ballot box.
    pub(crate) fn define(poll: &Poll, token_bits: u32) -> Result<Self> {
        let mut rng = rand::rng();
        let folder = tempfile::tempdir()?;
        let officer = OfficerKey::generate("City clerk", &mut rng);
        let trustees: Vec<_> = ["Library", "School council", "Sports club"]
            .map(|name| TrusteeKey::generate(name, &mut rng))
            .into();
        let box_folder = ballot_box::folder::Folder::init(&box_folder(&folder), ORIGIN)?;
        let issuer_folder = Folder::init(&folder.path().join("issuer"), "issuer.localhost")?;
        let (ledger_listener, issuer_listener) = (free_address()?, free_address()?);
        let (ledger_address, issuer_address) = (ledger_listener.local_addr()?, issuer_listener.local_addr()?);
        let ledger_key = box_folder.key()?.verifying_key().to_bytes();
        let witnesses = start_witnesses(folder.path(), &ledger_key)?;
        let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs();
        let person = |name: &str, key| Person {
            name: name.to_owned(),
            key,
        };
        let setting = Setting {
            opening: now,
            closing: now + 86_400,
            revoting: true,
            smallest_group: 1,
            batch: Batch {
                min_ballots: 32,
                min_ms: 200,
                max_ms: 1_000,
            },
            casting_delay: 0,
            retention_days: 3_650,
            style: "everyone".to_owned(),
            ledger: Ledger {
                origin: ORIGIN.to_owned(),
                key: ledger_key,
                url: format!("http://{ledger_address}"),
            },
            officers: Group {
                threshold: 1,
                members: vec![person(&officer.name, officer.public())],
            },
            trustees: Group {
                threshold: 2,
                members: trustees
                    .iter()
                    .map(|trustee| person(&trustee.name, trustee.public()))
                    .collect(),
            },
            issuers: IssuerGroup {
                token_bits,
                members: vec![IssuerMember {
                    name: issuer_folder.name()?,
                    url: format!("http://{issuer_address}"),
                    key: issuer_folder.identity()?.verifying_key().to_bytes(),
                }],
            },
            witnesses: Some(Witnesses {
                needed: 3,
                members: witnesses
                    .iter()
                    .map(|witness| Witness {
                        key: witness.vkey().to_string(),
                        url: witness.url(),
                    })
                    .collect(),
            }),
        };
        let ceremony::define::Draft {
            manifest,
            content: files,
        } = ceremony::define::draft(poll, &setting, None, &mut rng)?;
        let id = manifest.election_id();
        let mut draft = officer::draft_manifest(manifest.clone());
        officer::sign(&mut draft, None, &officer)?;
        let content = folder.path().join("content");
        std::fs::create_dir(&content)?;
        for (name, bytes) in files {
            std::fs::write(content.join(name), bytes)?;
        }
        box_folder.begin(&draft.to_bytes(), Some(&content))?;
        let ballot_box = ballot_box::service::Service::start(
            &box_folder,
            &ballot_box::service::Settings {
                taken: Some(ledger_listener),
                round: Duration::from_millis(50),
                ..ballot_box::service::Settings::default()
            },
        )?;
        let trustees = trustees.into_iter().enumerate().map(|(index, key)| {
            let memory = Memory::beside(&folder.path().join(format!("trustee-{index}")), &id)?;
            Ok((key, memory))
        });
        let trustees = trustees.collect::<Result<_>>()?;
        Ok(Self {
            id,
            manifest,
            officer,
            trustees,
            folder,
            issuer_listener,
            issuer: None,
            witnesses,
            ballot_box,
        })
    }

    /// The ballot box's address.
    pub(crate) fn ledger_url(&self) -> String {
        self.ballot_box.url()
    }

    pub(crate) fn board(&self) -> HttpBoard {
        HttpBoard::new(&self.ledger_url())
    }

    /// The ledger, downloaded and checked.
    pub(crate) fn record(&self) -> Result<Record> {
        Ok(Record::read(&self.board(), &self.id)?)
    }

    /// The trustees make the joint key and rehearse.
    pub(crate) fn make_key(&mut self) -> Result<()> {
        self.all_step(|trustee| trustee.deal(&mut rand::rng()))?;
        self.all_step(|trustee| trustee.certify())?;
        self.all_step(|trustee| trustee.rehearse(&mut rand::rng()))
    }

    /// Every trustee in turn, until none waits for another.
    fn all_step(
        &mut self,
        step: impl Fn(&Trustee<'_>) -> Result<Step, ceremony::CeremonyFault>,
    ) -> Result<()> {
        let (board, id) = (self.board(), self.id);
        loop {
            let mut waiting = false;
            for (key, memory) in &mut self.trustees {
                let progress = advance(
                    &board,
                    &id,
                    memory,
                    |record| step(&Trustee::new(key, record)?),
                    |_| (),
                )?;
                waiting |= matches!(progress, Progress::Waiting(_));
            }
            if !waiting {
                return Ok(());
            }
        }
    }

    /// The issuer enrols the voters and starts; gives back their letters.
    pub(crate) fn enrol(&mut self, voters: &[String]) -> Result<Vec<issuer::enrol::Letter>> {
        let mut roll = String::from("line,style\n");
        for voter in voters {
            roll.push_str(&format!("\"{}\",everyone\n", voter.replace('"', "\"\"")));
        }
        let folder = Folder::open(&self.issuer_folder())?;
        let voters = issuer::roll_file::read(roll.as_bytes(), &self.manifest)?;
        let letters = self.folder.path().join("letters.csv");
        let enrolment = issuer::enrol::enrol(&folder, &self.manifest, &voters, &letters)?;
        issuer::publish::publish(&self.ledger_url(), &enrolment.entries)?;
        let settings = Settings {
            taken: Some(self.issuer_listener.clone()),
            tick: Duration::from_millis(5),
            rate: 1_000_000,
            ..Settings::default()
        };
        self.issuer = Some(Service::start(&folder, &self.ledger_url(), &settings)?);
        Ok(issuer::enrol::read_letters(&letters)?)
    }

    fn issuer_folder(&self) -> PathBuf {
        self.folder.path().join("issuer")
    }

    /// The issuer stops and reports what it issued.
    pub(crate) fn report(&mut self) -> Result<()> {
        self.issuer.take().context("the issuer does not run")?.stop()?;
        let entries = issuer::report::entries(&Folder::open(&self.issuer_folder())?)?;
        issuer::publish::publish(&self.ledger_url(), &entries)?;
        Ok(())
    }

    /// The officer opens or closes.
    pub(crate) fn act(&self, kind: ActKind) -> Result<()> {
        let record = self.record()?;
        let mut draft = officer::draft(&record, kind);
        officer::sign(&mut draft, Some(&record), &self.officer)?;
        Ok(hand_in(&self.board(), &self.id, &draft)?)
    }

    /// Two of the three trustees audit the record and decrypt its sums.
    pub(crate) fn decrypt(&mut self) -> Result<()> {
        let (board, id) = (self.board(), self.id);
        for (key, memory) in self.trustees.iter_mut().take(2) {
            ceremony::decrypt::decrypt(&board, &id, key, memory, &mut rand::rng())?;
        }
        Ok(())
    }

    /// Stops the ballot box and writes its public record into a folder.
    pub(crate) fn export(self, out: &Path) -> Result<()> {
        self.ballot_box.stop()?;
        for witness in self.witnesses {
            witness.stop()?;
        }
        let folder = ballot_box::folder::Folder::open(&box_folder(&self.folder))?;
        let ledger = ballot_box::service::Ledger::open(&folder)?;
        ballot_box::export::export(&ledger.files(), out)?;
        Ok(())
    }
}

/// Starts the witnesses, who take this ledger's checkpoints and no other's.
fn start_witnesses(folder: &Path, ledger_key: &[u8; 32]) -> Result<Vec<witness::Running>> {
    let ledger = VerifierKey::ed25519(ORIGIN, ledger_key)?;
    let start = |name: &str| {
        let folder = witness::Folder::init(&folder.join(name), &format!("{name}.localhost"))?;
        let settings = witness::Settings::default();
        Ok(witness::start(&folder, std::slice::from_ref(&ledger), &settings)?)
    };
    WITNESSES.into_iter().map(start).collect()
}

fn box_folder(folder: &tempfile::TempDir) -> PathBuf {
    folder.path().join("ballot-box")
}

/// Takes a free address, which the manifest states before its service serves there.
fn free_address() -> Result<Arc<TcpListener>> {
    Ok(Arc::new(TcpListener::bind("127.0.0.1:0")?))
}
