//! Everything that a voter's browser talks to.

use std::net::TcpListener;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use auditor::witness::{self, Running};
use ballot_box::service as ledger;
use issuer::folder::Folder as IssuerFolder;
use issuer::roll_file::Voter;
use issuer::{enrol, server, service};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tempfile::TempDir;
use voting_core::entry::Entry;
use voting_core::ledger::VerifierKey;
use voting_core::manifest::*;
use web::booth::Booth;
use web::record::{Ledger, Patience};
use web::server::{Service, Settings};

use crate::desk::kit::{Story, seal_policy};
use crate::desk::{Client, folder_of, people};

/// The witness policy's file.
const POLICY: &str = "witness-policy.txt";

/// Voters of each style.
const VOTERS: usize = 60;

/// An observer who cosigns for a ballot box, and may be away for a while.
pub(crate) struct Witness {
    folder: witness::Folder,
    ledger: VerifierKey,
    address: String,
    running: Option<Running>,
}

impl Witness {
    /// Of the golden ledger.
    fn new(home: &Path) -> Self {
        let golden = people(|_| ());
        let key = golden.ledger.verifying_key().to_bytes();
        let mut witness = Self {
            folder: witness::Folder::init(&home.join("witness"), "witness.example").unwrap(),
            ledger: VerifierKey::ed25519(&golden.manifest.ledger.origin, &key).unwrap(),
            address: "127.0.0.1:0".into(),
            running: None,
        };
        witness.returns();
        witness
    }

    fn returns(&mut self) {
        let settings = witness::Settings {
            listen: self.address.parse().unwrap(),
            ..witness::Settings::default()
        };
        let running = witness::start(&self.folder, std::slice::from_ref(&self.ledger), &settings).unwrap();
        self.address = running.url().replace("http://", "");
        self.running = Some(running);
    }

    fn leaves(&mut self) {
        if let Some(running) = self.running.take() {
            running.stop().unwrap();
        }
    }

    /// The policy that asks for this witness's cosignature.
    fn policy(&self) -> String {
        let running = self.running.as_ref().unwrap();
        let (ledger, key, url) = (&self.ledger, running.vkey(), running.url());
        format!("log {ledger}\nwitness w0 {key} {url}\nquorum w0\n")
    }
}

/// A poll with its servers, all real.
pub(crate) struct Town {
    pub(crate) story: Story,
    pub(crate) client: Client,
    pub(crate) site: Option<Service>,
    ledger: Option<ledger::Service>,
    issuers: Vec<service::Service>,
    witness: Option<Witness>,
    /// Codes by style and voter, one of each issuer.
    pub(crate) codes: Vec<Vec<[String; 2]>>,
    _folder: TempDir,
}

impl Town {
    /// Open for votes. The change makes the manifest.
    pub(crate) fn open(booth: &Arc<Booth>, change: impl FnOnce(&mut Manifest)) -> Self {
        Self::in_folder(tempfile::tempdir().unwrap(), None, booth, change)
    }

    /// The same; a witness must cosign.
    pub(crate) fn watched(booth: &Arc<Booth>, change: impl FnOnce(&mut Manifest)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let witness = Witness::new(folder.path());
        Self::in_folder(folder, Some(witness), booth, change)
    }

    fn in_folder(
        folder: TempDir,
        witness: Option<Witness>,
        booth: &Arc<Booth>,
        change: impl FnOnce(&mut Manifest),
    ) -> Self {
        let (ledger_at, issuers_at) = (free(), [free(), free()]);
        let issuers = ["one.example", "two.example"];
        let issuers = issuers.map(|name| IssuerFolder::init(&folder.path().join(name), name).unwrap());
        let policy = witness.as_ref().map(Witness::policy);
        let people = people(|manifest| {
            manifest.ledger.url = url(&ledger_at);
            for ((member, folder), at) in manifest.issuers.members.iter_mut().zip(&issuers).zip(&issuers_at) {
                member.key = folder.identity().unwrap().verifying_key().to_bytes().into();
                member.url = url(at);
            }
            manifest.booth = Some(booth.sha256.into());
            manifest.closing = 4_000_000_000;
            manifest.content = vec![ContentFile {
                name: "projects.json".into(),
                sha256: <[u8; 32]>::from(Sha256::digest(TEXTS)).into(),
                length: TEXTS.len() as u64,
            }];
            if let Some(policy) = &policy {
                seal_policy(manifest, POLICY, policy);
            }
            every_kind(manifest);
            change(manifest);
        });
        let mut story = Story::begin(people);
        story.key_ceremony();
        let mut letters = Vec::new();
        for folder in &issuers {
            letters.push(enrolled(folder, &mut story));
        }
        for trustee in 0..3 {
            story.rehearse(trustee);
        }
        story.open();
        let policy = policy.as_ref().map(|policy| (POLICY, policy.as_bytes()));
        let content: Vec<_> = policy
            .into_iter()
            .chain([("projects.json", TEXTS.as_bytes())])
            .collect();
        let (desk, settings) = (
            folder_of(&folder.path().join("box"), &story, &content),
            ledger::Settings {
                taken: Some(ledger_at),
                round: Duration::from_millis(20),
                ..ledger::Settings::default()
            },
        );
        let ledger = ledger::Service::start(&desk, &settings).unwrap();
        let client = Client::new(&ledger.url(), &story);
        for entry in &story.entries[1..] {
            client.post("/entries", entry).unwrap();
        }
        let issuers = issuers.iter().zip(issuers_at).map(|(folder, taken)| {
            let settings = server::Settings {
                taken: Some(taken),
                tick: Duration::from_millis(1),
                ..server::Settings::default()
            };
            service::Service::start(folder, &client.url, &settings).unwrap()
        });
        let codes = (0..2).map(|style| {
            (0..VOTERS)
                .map(|voter| [0, 1].map(|issuer: usize| letters[issuer][style * VOTERS + voter].clone()))
                .collect()
        });
        let mut town = Self {
            codes: codes.collect(),
            issuers: issuers.collect(),
            site: None,
            ledger: Some(ledger),
            witness,
            client,
            story,
            _folder: folder,
        };
        town.site = Some(town.pages(Some(booth.clone())));
        town.wait();
        town
    }

    /// Pages of this poll.
    pub(crate) fn pages(&self, booth: Option<Arc<Booth>>) -> Service {
        let every = Duration::from_millis(50);
        Service::start(Settings {
            ledgers: vec![Ledger {
                url: self.client.url.clone(),
                election: Some(self.story.id()),
            }],
            listen: "127.0.0.1:0".parse().unwrap(),
            name: "Town of Riverside".into(),
            contact: Some("clerk@riverside.example".into()),
            booth,
            patience: Patience {
                every,
                fresh: Duration::from_secs(60),
            },
            signals: false,
        })
        .unwrap()
    }

    /// Until the pages and the issuers have read the opening.
    fn wait(&self) {
        let base = self.site.as_ref().unwrap().url();
        let begun = Instant::now();
        let says = |url: String, words: &str| {
            let found = ureq::get(&url).call().ok();
            let text = found.and_then(|mut answer| answer.body_mut().read_to_string().ok());
            text.is_some_and(|text| text.contains(words))
        };
        let ready = || {
            let issuing = self
                .issuers
                .iter()
                .all(|issuer| says(format!("{}/healthz", issuer.url()), "issuing"));
            issuing && says(format!("{base}/en/"), "Voting is open")
        };
        while !ready() {
            assert!(
                begun.elapsed() < Duration::from_secs(60),
                "the town does not open"
            );
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// What a script wishes to happen here.
    pub(crate) fn grant(&mut self, wish: &str) {
        let witness = self.witness.as_mut();
        match wish {
            "the witness leaves" => witness.unwrap().leaves(),
            "the witness returns" => witness.unwrap().returns(),
            "the poll closes" => {
                for bytes in &self.client.entries()[self.story.entries.len()..] {
                    self.story.push_bytes(bytes.clone());
                }
                let close = Entry::Close(self.story.act("close", ""));
                self.client.post("/entries", &close.to_bytes()).unwrap();
            }
            _ => panic!("nobody grants {wish:?}"),
        }
    }

    /// What a script needs to know.
    pub(crate) fn facts(&self) -> Value {
        let manifest = &self.story.people.manifest;
        json!({
            "site": self.site.as_ref().unwrap().url(),
            "poll": hex::encode(&self.story.id()[..8]),
            "election": hex::encode(self.story.id()),
            "ledger": manifest.ledger.url,
            "issuers": manifest.issuers.members.iter().map(|member| &member.url).collect::<Vec<_>>(),
            "codes": self.codes,
        })
    }
}

impl Drop for Town {
    fn drop(&mut self) {
        self.site.take().map(Service::stop);
        for issuer in self.issuers.drain(..) {
            let _ = issuer.stop();
        }
        self.ledger.take().map(ledger::Service::stop);
        self.witness.as_mut().map(Witness::leaves);
    }
}

/// A listener whose address is sealed before anybody serves there.
fn free() -> Arc<TcpListener> {
    Arc::new(TcpListener::bind("127.0.0.1:0").unwrap())
}

fn url(listener: &TcpListener) -> String {
    format!("http://{}", listener.local_addr().unwrap())
}

/// Enrols everybody; the codes of the letters by style.
fn enrolled(folder: &IssuerFolder, story: &mut Story) -> Vec<String> {
    let voters: Vec<Voter> = (0..2)
        .flat_map(|style| (0..VOTERS).map(move |voter| (style, voter)))
        .map(|(style, voter)| Voter {
            line: voting_core::roll::RollLine::parse(&format!("{style} {voter}")).unwrap(),
            style,
        })
        .collect();
    let letters = folder.enrolment().with_file_name("letters.csv");
    let enrolment = enrol::enrol(folder, &story.people.manifest, &voters, &letters).unwrap();
    for entry in &enrolment.entries {
        story.push_bytes(entry.clone());
    }
    let letters = enrol::read_letters(&letters).unwrap();
    let mut codes: Vec<_> = letters
        .into_iter()
        .map(|letter| (letter.line, letter.code))
        .collect();
    let place = |line: &str| {
        let (style, voter) = line.split_once(' ').unwrap();
        style.parse::<usize>().unwrap() * VOTERS + voter.parse::<usize>().unwrap()
    };
    codes.sort_by_key(|(line, _)| place(line));
    codes.into_iter().map(|(_, code)| code.to_string()).collect()
}

const TEXTS: &str = r#"{
  "title": "Riverside decides", "language": "en",
  "contests": {"square": "The square", "parks": "Parks", "basket": "Streets", "points": "Schools", "scores": "Events", "order": "Paths"},
  "projects": {
    "fountain": {"name": "A fountain", "description": "Water for everybody.", "category": "Water"},
    "stage": {"name": "A stage for music"}, "trees": {"name": "Forty lime trees", "category": "Nature"},
    "pond": {"name": "A pond for frogs", "description": "Dig a pond.\n\nPlant reeds.", "category": "Nature, Water", "place": "Mill Lane"},
    "slide": {"name": "A long slide", "category": "Children"}
  }}"#;

fn contest(id: &str, ballot: BallotKind, by: RankBy) -> Contest {
    let project = |(id, cost): (&str, u64)| Project {
        id: id.into(),
        cost,
        groups: vec![],
    };
    let projects = [
        ("fountain", 40_000),
        ("stage", 30_000),
        ("trees", 55_000),
        ("pond", 12_050),
        ("slide", 70_000),
    ];
    Contest {
        id: id.into(),
        budget: 100_000,
        currency: "EUR".into(),
        decimals: 2,
        projects: projects.map(project).into(),
        groups: vec![],
        ballot,
        limits: vec![],
        rule: WinnerRule {
            method: Method::Greedy,
            by,
            group_budgets: vec![],
            leftover: false,
        },
        tie_break: TieBreak::LowerCost,
    }
}

/// The first style chooses one; the second has a contest of every other kind.
fn every_kind(manifest: &mut Manifest) {
    let points = |max_points, sum| BallotKind::Points {
        min_points: 1,
        max_points,
        default_points: 0,
        sum,
        min_length: 0,
        max_length: 5,
    };
    let kinds = [
        ("square", BallotKind::ChooseOne { blank: true }),
        (
            "parks",
            BallotKind::Approval {
                min_length: 0,
                max_length: 2,
            },
        ),
        (
            "basket",
            BallotKind::Knapsack {
                min_length: 0,
                max_length: 5,
                min_sum_cost: 0,
                max_sum_cost: 100_000,
            },
        ),
        ("points", points(6, Some(SumLimit { least: 0, most: 10 }))),
        ("scores", points(3, None)),
        (
            "order",
            BallotKind::Ranking {
                min_length: 0,
                max_length: 3,
                points: PlacePoints::FromFirst { table: vec![5, 3, 1] },
            },
        ),
    ];
    manifest.contests = kinds
        .into_iter()
        .map(|(id, kind)| {
            let scored = matches!(kind, BallotKind::Points { .. } | BallotKind::Ranking { .. });
            contest(id, kind, if scored { RankBy::Score } else { RankBy::Votes })
        })
        .collect();
    manifest.styles = vec![
        Style {
            name: "centre".into(),
            contests: vec![0],
        },
        Style {
            name: "outskirts".into(),
            contests: vec![1, 2, 3, 4, 5],
        },
    ];
}
