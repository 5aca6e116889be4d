//! Observers who audit by URL what the ballot box serves, and by folder what
//! it exports.

mod desk;
#[path = "../../auditor/tests/attacks/mirror.rs"]
mod mirror;

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::Path;
use std::process::ExitCode;

use auditor::command::{AuditError, Source, SourceError, audit, document};
use auditor::occasion::{Occasion, Tool};
use auditor::{Overall, Standing, Verdict};
use desk::kit::{Story, broken};
use desk::{Desk, content, people};
use mirror::{Answer, Mirror};
use tempfile::TempDir;
use voting_core::entry::Entry;
use voting_core::hash::Hash;

/// A ballot box with a decided election, still serving.
fn decide() -> (Story, Desk) {
    let mut story = Story::whole_setup(people(|manifest| {
        manifest.content = vec![content("map.svg"), content("rules.txt")];
    }));
    let desk = Desk::with(&story);
    desk.decide(&mut story);
    (story, desk)
}

fn export(desk: &Desk) -> TempDir {
    let record = tempfile::tempdir().unwrap();
    let ledger = ballot_box::service::Ledger::open(&desk.folder).unwrap();
    ballot_box::export::export(&ledger.files(), record.path()).unwrap();
    record
}

/// The audit as `auditor verify` makes it.
fn verdict(place: &str, election: Option<Hash>) -> Result<Verdict, AuditError> {
    audit(&mut Source::open(place)?, election, &[], &mut |_| {})
}

/// The document of a verdict, on one occasion.
fn told(verdict: &Verdict) -> String {
    let occasion = Occasion {
        source: "the record".to_owned(),
        time: 0,
        tool: Tool::unhashed(),
    };
    document(verdict, &occasion)
}

#[test]
fn the_audit_by_url_is_the_audit_of_the_exported_folder() {
    let (story, mut desk) = decide();
    let url = desk.client.url.clone();
    let by_url = verdict(&url, Some(story.id())).unwrap();
    for claim in &by_url.claims {
        assert!(claim.standing.is_held(), "{}: {:?}", claim.id, claim.standing);
    }
    assert_eq!(by_url.overall(), Overall::Held);
    let other = verdict(&format!("{url}/"), Some([7; 32])).unwrap();
    assert_eq!(other.overall(), Overall::Broken);

    desk.stop();
    let gone = verdict(&url, None);
    assert!(matches!(
        gone,
        Err(AuditError::Source(SourceError::Unreadable { .. }))
    ));
    let record = export(&desk);
    let by_folder = verdict(record.path().to_str().unwrap(), Some(story.id())).unwrap();
    assert_eq!(told(&by_url), told(&by_folder));

    // Any web server can serve the folder. Sealed texts are part of it.
    let mirror = Mirror::of(record.path());
    let by_mirror = verdict(&mirror.url, Some(story.id())).unwrap();
    assert_eq!(told(&by_url), told(&by_mirror));
    let texts = || {
        let verdict = verdict(&mirror.url, None).unwrap();
        assert!(broken(&verdict).iter().all(|claim| *claim == "content"));
        verdict.claim("content").unwrap().standing.clone()
    };
    mirror.lie("content/rules.txt", Answer::File(b"How to cheat\n".to_vec()));
    assert!(texts().is_broken());
    for missing in [Answer::Endless, Answer::Status(404)] {
        mirror.lie("content/rules.txt", missing);
        assert!(matches!(texts(), Standing::NotCheckable { .. }));
    }
}

/// Runs a command of `auditor`.
fn auditor(arguments: &[&str]) -> ExitCode {
    let arguments = ["auditor"].iter().chain(arguments);
    auditor::command::run(arguments.map(OsString::from))
}

/// A folder's files, by their path in it.
fn files(root: &Path, folder: &Path, found: &mut BTreeMap<String, Vec<u8>>) {
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        if path.is_dir() {
            files(root, &path, found);
        } else {
            let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
            found.insert(name, std::fs::read(&path).unwrap());
        }
    }
}

#[test]
fn a_mirror_is_byte_for_byte_the_export_a_node_ends_well_and_a_receipt_is_kept() {
    let mut story = Story::whole_setup(people(|manifest| {
        manifest.content = vec![content("map.svg"), content("rules.txt")];
    }));
    let mut desk = Desk::with(&story);
    let url = desk.client.url.clone();
    let place = tempfile::tempdir().unwrap();
    let path = |name: &str| place.path().join(name).to_str().unwrap().to_owned();
    let (copy, receipt, ballot) = (path("copy"), path("receipt"), path("ballot"));
    assert_eq!(auditor(&["mirror", &url, &copy]), ExitCode::SUCCESS);
    desk.decide(&mut story);
    assert_eq!(auditor(&["follow", &url, "--mirror", &copy]), ExitCode::SUCCESS);

    let entries = desk.client.entries();
    let is_ballot = |bytes: &&Vec<u8>| matches!(Entry::from_bytes(bytes), Ok(Entry::Ballot(_)));
    // The last one: no later ballot has replaced it, so it gets its receipt again.
    let cast = entries.iter().rev().find(is_ballot).unwrap();
    std::fs::write(&ballot, cast).unwrap();
    std::fs::write(&receipt, desk.client.post("/ballots", cast).unwrap()).unwrap();
    for ledger in [&url, &copy] {
        let arguments = ["receipt", &receipt, "--ballot", &ballot, "--ledger", ledger];
        assert_eq!(auditor(&arguments), ExitCode::SUCCESS);
    }

    desk.stop();
    let record = export(&desk);
    let (mut exported, mut copied) = (BTreeMap::new(), BTreeMap::new());
    files(record.path(), record.path(), &mut exported);
    files(Path::new(&copy), Path::new(&copy), &mut copied);
    for (path, bytes) in &exported {
        assert_eq!(copied.get(path), Some(bytes), "{path}");
    }
    assert_eq!(auditor(&["verify", &copy]), ExitCode::SUCCESS);
}

#[test]
fn an_open_poll_is_audited_by_url_too() {
    let story = Story::whole_setup(people(|_| {}));
    let desk = Desk::with(&story);
    desk.vote(&story);
    let verdict = verdict(&desk.client.url, None).unwrap();
    assert_eq!(verdict.overall(), Overall::Open, "{:?}", broken(&verdict));
    assert_eq!(verdict.figures.unwrap().ballots, 12);
}

#[test]
fn f1_tiles_of_hashes_play_no_part_in_an_audit() {
    let (_, mut desk) = decide();
    desk.stop();
    let mirror = Mirror::of(export(&desk).path());
    let tiles = mirror.paths().into_iter();
    let tiles: Vec<_> = tiles.filter(|path| path.starts_with("tile/0/")).collect();
    assert!(!tiles.is_empty());
    for tile in tiles {
        mirror.lie(&tile, Answer::File(vec![0xff; 32]));
    }
    let verdict = verdict(&mirror.url, None).unwrap();
    assert_eq!(verdict.overall(), Overall::Held);
}

#[test]
fn who_accepts_gzip_gets_it_and_everybody_gets_the_same_bytes() {
    let (_, desk) = decide();
    let plain: ureq::Agent = ureq::Agent::config_builder()
        .accept_encoding("identity")
        .build()
        .into();
    for path in ["tile/entries/000.p/5", "tile/0/000.p/5", "checkpoint"] {
        let url = format!("{}/{path}", desk.client.url);
        let mut response = plain.get(&url).call().unwrap();
        assert_eq!(response.headers().get("content-encoding"), None, "{path}");
        // The other client unpacks what it asked to have packed.
        let bytes = response.body_mut().read_to_vec().unwrap();
        assert_eq!(desk.client.get(path).unwrap(), bytes, "{path}");
        let head = head_with_gzip(&desk.client.url, path);
        assert!(head.contains("content-encoding: gzip"), "{path}: {head}");
    }
}

/// The head of an answer to a reader who accepts gzip.
fn head_with_gzip(url: &str, path: &str) -> String {
    use std::io::{BufRead, BufReader, Write};
    let address = url.strip_prefix("http://").unwrap();
    let mut stream = std::net::TcpStream::connect(address).unwrap();
    let request =
        format!("GET /{path} HTTP/1.1\r\nhost: x\r\naccept-encoding: gzip\r\nconnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).unwrap();
    let lines = BufReader::new(stream).lines().map_while(Result::ok);
    lines
        .take_while(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join("\n")
}
