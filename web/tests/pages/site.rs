//! A site of one poll, the stages of that poll, and a reader.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use sha2::{Digest, Sha256};
use tempfile::TempDir;
use voting_core::entry::Entry;
use voting_core::manifest::{ContentFile, Manifest};
use web::booth::Booth;
use web::record::{Ledger, Patience};
use web::server::{Service, Settings};

use crate::desk::kit::files::{export, write};
use crate::desk::kit::{People, Story};
use crate::mirror::Mirror;

/// One pixel.
pub(crate) const PIXEL: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0\x90wS\xde\0\0\0\x0cIDATx\x9cc```\0\0\0\x04\0\x01\xf6\x178U\0\0\0\0IEND\xaeB`\x82";

/// The golden poll's texts in English.
pub(crate) const ENGLISH: &str = r#"{
  "title": "Riverside decides", "language": "en",
  "contests": {"parks": "Parks", "roads": "Roads"},
  "projects": {
    "pond": {"name": "A pond for frogs", "description": "Dig a pond.\n\nPlant reeds.", "category": "Nature, Water", "place": "Mill Lane", "picture": "pond.png", "picture_alt": "A pond with reeds"},
    "trees": {"name": "Forty lime trees", "description": "Shade.", "category": "Nature"},
    "slide": {"name": "A long slide", "category": "Children"},
    "bench": {"name": "Benches"}, "bridge": {"name": "A bridge"}, "lights": {"name": "Street lights"}
  }}"#;
/// And in Arabic, not all of them.
pub(crate) const ARABIC: &str = r#"{"title": "ضفة النهر تقرر", "language": "ar", "projects": {"pond": {"name": "بركة للضفادع", "category": "طبيعة"}}}"#;

/// Files that lie beside a ledger.
pub(crate) type Files = BTreeMap<&'static str, Vec<u8>>;

/// Texts in two languages and a picture.
pub(crate) fn texts() -> Files {
    [
        ("projects.json", ENGLISH.as_bytes().to_vec()),
        ("projects.ar.json", ARABIC.as_bytes().to_vec()),
        ("pond.png", PIXEL.to_vec()),
    ]
    .into()
}

/// Seals files in a manifest.
pub(crate) fn seal(manifest: &mut Manifest, files: &Files) {
    manifest.content = files
        .iter()
        .map(|(name, bytes)| ContentFile {
            name: (*name).into(),
            sha256: <[u8; 32]>::from(Sha256::digest(bytes)).into(),
            length: bytes.len() as u64,
        })
        .collect();
}

/// The golden poll with texts, from its setup to its result.
pub(crate) fn stages() -> &'static [(&'static str, Story)] {
    static STAGES: OnceLock<Vec<(&'static str, Story)>> = OnceLock::new();
    STAGES.get_or_init(|| {
        let people = People::with(|manifest| {
            manifest.languages = vec!["en".into(), "ar".into()];
            seal(manifest, &texts());
        });
        stages_of(people)
    })
}

pub(crate) fn stages_of(people: Arc<People>) -> Vec<(&'static str, Story)> {
    let mut story = Story::begin(people);
    story.key_ceremony();
    story.issuers();
    for trustee in 0..3 {
        story.rehearse(trustee);
    }
    let mut stages = vec![("In preparation", story.clone())];
    story.open();
    let ballots = (0..10).map(|voter| story.cast(voter, 0)).collect();
    story.batch(ballots);
    let again = vec![story.cast(1, 1)];
    story.batch(again);
    stages.push(("Voting is open", story.clone()));
    story.officers("pause", "a storm", 0, Entry::Pause);
    stages.push(("Voting is interrupted", story.clone()));
    story.officers("resume", "", 0, Entry::Resume);
    story.close();
    stages.push(("Voting has ended", story.clone()));
    story.tally();
    stages.push(("Being counted", story.clone()));
    story.reports();
    story.shares(&[0, 2]);
    story.results();
    stages.push(("Result is known", story));
    stages
}

/// The last stage.
pub(crate) fn decided() -> &'static Story {
    &stages().last().unwrap().1
}

/// A ledger as a folder that any web server can serve.
pub(crate) fn folder(story: &Story, files: &Files) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    export(&story.entries, &story.checkpoint(), folder.path());
    for (name, bytes) in files {
        write(folder.path(), &format!("content/{name}"), bytes);
    }
    folder
}

/// Pages of ledgers, read often.
pub(crate) struct Site {
    service: Option<Service>,
    pub(crate) reader: Reader,
}

impl Site {
    /// Of ledgers at these addresses; a reading counts as now for a while.
    pub(crate) fn of(ledgers: Vec<Ledger>, fresh: Duration) -> Self {
        Self::with(ledgers, fresh, None)
    }

    /// The same, with a booth.
    pub(crate) fn with(ledgers: Vec<Ledger>, fresh: Duration, booth: Option<Arc<Booth>>) -> Self {
        let settings = Settings {
            ledgers,
            listen: "127.0.0.1:0".parse().unwrap(),
            name: "Town of Riverside".into(),
            contact: Some("clerk@riverside.example".into()),
            booth,
            patience: Patience {
                every: Duration::from_millis(30),
                fresh,
            },
            signals: false,
        };
        let service = Service::start(settings).unwrap();
        let reader = Reader::new(&service.url());
        Self {
            service: Some(service),
            reader,
        }
    }

    /// Of one ledger.
    pub(crate) fn reading(url: &str) -> Self {
        Self::of(vec![ledger(url)], Duration::from_secs(60))
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.service.take().unwrap().stop().unwrap();
    }
}

pub(crate) fn ledger(url: &str) -> Ledger {
    Ledger {
        url: url.to_owned(),
        election: None,
    }
}

/// A mirror of a story and a site that has read it.
pub(crate) fn shown(story: &Story, files: &Files) -> (Mirror, Site) {
    let mirror = Mirror::of(folder(story, files).path());
    let site = Site::reading(&mirror.url);
    site.reader.wait_for("/en/", "class=\"facts\"");
    (mirror, site)
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: ureq::http::HeaderMap,
    pub(crate) bytes: Vec<u8>,
}

impl Answer {
    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.bytes).unwrap()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name);
        value.unwrap_or_else(|| panic!("no {name}")).to_str().unwrap()
    }
}

/// Somebody who reads, and follows nothing by itself.
#[derive(Clone)]
pub(crate) struct Reader {
    pub(crate) url: String,
    agent: ureq::Agent,
}

impl Reader {
    fn new(url: &str) -> Self {
        let agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .timeout_global(Some(Duration::from_secs(20)))
            .build()
            .into();
        Self {
            url: url.to_owned(),
            agent,
        }
    }

    pub(crate) fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = ureq::http::Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.url));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let mut response = self.agent.run(request.body(()).unwrap()).unwrap();
        Answer {
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            bytes: response.body_mut().read_to_vec().unwrap(),
        }
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[])
    }

    /// A page that is there.
    pub(crate) fn page(&self, path: &str) -> String {
        let answer = self.get(path);
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        answer.text().to_owned()
    }

    /// Asks until the page says so.
    #[track_caller]
    pub(crate) fn wait_for(&self, path: &str, says: &str) -> String {
        let begun = Instant::now();
        loop {
            let answer = self.get(path);
            if answer.text().contains(says) {
                return answer.text().to_owned();
            }
            let patience = Duration::from_secs(60);
            assert!(
                begun.elapsed() < patience,
                "{path} never said {says}: {}",
                answer.text()
            );
            std::thread::sleep(Duration::from_millis(30));
        }
    }
}

/// Where a poll's page is, in a language, in a fixed order.
pub(crate) fn poll_path(language: &str, story: &Story) -> String {
    format!("/{language}/polls/{}?seed=abc", hex::encode(&story.id()[..8]))
}

/// Where its results are.
pub(crate) fn results_path(language: &str, story: &Story) -> String {
    format!("/{language}/polls/{}/results", hex::encode(&story.id()[..8]))
}

/// A folder whose files a mirror takes over.
pub(crate) fn turn(mirror: &Mirror, story: &Story, files: &Files) {
    let folder: TempDir = folder(story, files);
    let path: &Path = folder.path();
    mirror.turn(path);
}
