//! Readers look for themselves, in a browser: every ballot is found, a dropped
//! one is called so, the recount says what the command says; and `auditor
//! booth` looks at these very pages.

use std::path::PathBuf;
use std::process::Command;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use serde_json::{Value, json};
use voting_core::entry::Entry;
use voting_core::ledger::{KeptReceipt, Levels, Receipt, inclusion_proof, leaf_hash};
use web::booth::Booth;

use crate::browser::Browser;
use crate::desk::kit::{People, Story};
use crate::judge::Page;
use crate::mirror::{Answer, Mirror};
use crate::site::{Site, decided, folder, ledger, seal, shown, stages_of, texts};

/// `cargo xtask`'s exit code where nothing can build for WebAssembly.
const NO_COMPILER: i32 = 69;

/// The booth's files, built once; or why they cannot be.
fn booth() -> Result<Arc<Booth>, String> {
    static BOOTH: OnceLock<Result<Arc<Booth>, String>> = OnceLock::new();
    let build = || {
        let workspace = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..");
        let built = Command::new(env!("CARGO"))
            .args(["run", "--quiet", "--locked", "--package", "xtask", "--", "booth"])
            .current_dir(&workspace)
            .output()
            .expect("cargo runs");
        let says = String::from_utf8_lossy(&built.stderr);
        if built.status.code() == Some(NO_COMPILER) {
            return Err(says.into_owned());
        }
        assert!(built.status.success(), "{says}");
        Ok(Arc::new(Booth::read(&workspace.join("target/booth")).unwrap()))
    };
    BOOTH.get_or_init(build).clone()
}

/// A decided poll whose ledger is a mirror's, and pages with its sealed booth.
struct Town {
    story: Story,
    mirror: Mirror,
    site: Site,
}

impl Town {
    fn decided(booth: &Arc<Booth>) -> Self {
        let empty = tempfile::tempdir().unwrap();
        let mirror = Mirror::of(empty.path());
        let people = People::with(|manifest| {
            manifest.languages = vec!["en".into(), "ar".into()];
            manifest.ledger.url = mirror.url.clone();
            manifest.booth = Some(booth.sha256.into());
            seal(manifest, &texts());
        });
        let (_, story) = stages_of(people).pop().unwrap();
        mirror.turn(folder(&story, &texts()).path());
        let site = Site::with(
            vec![ledger(&mirror.url)],
            Duration::from_secs(600),
            Some(booth.clone()),
        );
        site.reader.wait_for("/en/", "Result is known");
        Self { story, mirror, site }
    }

    fn path(&self, language: &str, page: &str) -> String {
        format!("/{language}/polls/{}/{page}", hex::encode(&self.story.id()[..8]))
    }

    fn receipt(&self, index: u64) -> String {
        let levels: Levels = self.story.entries.iter().map(|entry| leaf_hash(entry)).collect();
        let receipt = Receipt {
            index,
            proof: inclusion_proof(&levels, index, levels.size()).unwrap(),
            checkpoint: String::from_utf8(self.story.checkpoint()).unwrap(),
        };
        let leaf = leaf_hash(&self.story.entries[index as usize]);
        KeptReceipt { leaf, receipt }.to_string()
    }

    /// Indices of the ballots, in the ledger's order.
    fn ballots(&self) -> Vec<u64> {
        let entries = self.story.entries.iter();
        let ballot = |entry: &[u8]| matches!(Entry::from_bytes(entry), Ok(Entry::Ballot(_)));
        (0..)
            .zip(entries)
            .filter(|(_, entry)| ballot(entry))
            .map(|(index, _)| index)
            .collect()
    }

    /// The same ledger without an entry, signed: what a ballot box that drops it shows.
    fn without(&self, index: u64) -> Mirror {
        let mut lies = self.story.clone();
        lies.entries.remove(index as usize);
        lies.tree = Default::default();
        lies.entries
            .iter()
            .for_each(|entry| lies.tree.push(leaf_hash(entry)));
        Mirror::of(folder(&lies, &texts()).path())
    }
}

fn run(browser: &Browser, town: &Town, facts: Value, shots: &str) -> Value {
    let mut node = browser.node("oneself.mjs");
    let base = json!({ "site": town.site.reader.url, "facts": facts });
    node.arg(base.to_string()).arg(browser.shots(shots));
    let output = node.output().expect("node started before");
    let (said, errors) = (
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    assert!(output.status.success(), "{said}{errors}");
    serde_json::from_str(said.lines().last().unwrap_or_default()).unwrap_or_else(|_| panic!("{said}{errors}"))
}

/// Browser and booth, or a line that says why not.
fn ready() -> Option<(Browser, Arc<Booth>)> {
    let found = Browser::with(&["oneself.mjs"]).and_then(|browser| Ok((browser, booth()?)));
    found.map_err(|why| println!("SKIPPED: {why}")).ok()
}

#[test]
fn h4_a_voter_finds_the_ballot_in_a_browser_and_the_server_learns_nothing() {
    let Some((browser, booth)) = ready() else { return };
    let town = Town::decided(&booth);
    let ballots = town.ballots();
    let gone = town.without(ballots[2]);
    let find = town.path("en", "find-my-ballot");
    let arabic = town.path("ar", "find-my-ballot");
    let elsewhere = format!("{find}?copy={}", gone.url);
    let facts = json!({ "find": [
        { "page": find, "receipt": town.receipt(ballots[0]) },
        { "page": find, "receipt": town.receipt(ballots[9]), "paste": true },
        { "page": elsewhere, "receipt": town.receipt(ballots[2]) },
        { "page": arabic, "receipt": town.receipt(ballots[2]) },
        { "page": find, "receipt": "thank you for voting" },
        { "page": format!("{find}?copy=http://127.0.0.1:9"), "receipt": town.receipt(ballots[2]) },
    ]});
    town.mirror.asked();
    let found = run(&browser, &town, facts, "find");
    let shown: Vec<&str> = found
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["part"].as_str().unwrap())
        .collect();
    let good = |part: &str| matches!(part, "counted" | "replaced");
    assert!(good(shown[0]) && good(shown[1]) && good(shown[3]), "{shown:?}");
    assert_eq!(
        [shown[2], shown[4], shown[5]],
        ["dropped", "no-receipt", "unreachable"]
    );
    let proof: auditor::Evidence = serde_json::from_value(found[2]["proof"].clone()).unwrap();
    assert!(matches!(proof.check(), Ok(auditor::Shown::Dropped { index, .. }) if index == ballots[2]));
    // Each look asked for the same files in the same order, whichever ballot it was.
    let asked = town.mirror.asked();
    let asked: Vec<&str> = asked
        .iter()
        .map(String::as_str)
        .filter(|path| *path != "checkpoint")
        .collect();
    let width = town.story.entries.len();
    let (entries, hashes) = (
        format!("tile/entries/000.p/{width}"),
        format!("tile/0/000.p/{width}"),
    );
    assert_eq!(asked, [entries.as_str(), &hashes, &entries].repeat(3));
}

#[test]
fn h5_the_recount_in_a_browser_says_what_the_command_says() {
    let Some((browser, booth)) = ready() else { return };
    let town = Town::decided(&booth);
    let mut source = auditor::command::Source::open(&town.mirror.url).unwrap();
    let expected = auditor::command::audit(&mut source, None, &[], &mut |_| {}).unwrap();
    let figures = expected.figures.as_ref().unwrap();
    let check = town.path("en", "recount");
    let mut changed = town.story.clone();
    let last = changed.entries.len() - 1;
    let end = changed.entries[last].len() - 1;
    changed.entries[last][end] ^= 1;
    changed.tree = Default::default();
    changed
        .entries
        .iter()
        .for_each(|entry| changed.tree.push(leaf_hash(entry)));
    let broken = Mirror::of(folder(&changed, &texts()).path());
    let facts = json!({ "check": [
        { "page": check },
        { "page": format!("{check}?copy={}", broken.url) },
        { "page": town.path("ar", "recount") },
    ]});
    let found = run(&browser, &town, facts, "check");
    assert_eq!(found[0]["outcome"], "held");
    assert_eq!(found[0]["held"], expected.claims.len());
    assert_eq!(
        found[0]["figures"],
        json!([
            figures.entries,
            figures.ballots,
            figures.counted,
            figures.replaced
        ])
    );
    assert_eq!(found[0]["root"], hex::encode(figures.root));
    let votes: Vec<u64> = expected.results.iter().flat_map(votes).collect();
    assert_eq!(found[0]["votes"], json!(votes));
    assert_eq!(found[1]["outcome"], "broken");
    assert!(
        found[1]["broken"].as_array().unwrap().contains(&json!("winners"))
            || found[1]["broken"].as_array().unwrap().len() > 1
    );
    assert_eq!(found[2]["outcome"], "held");
}

fn votes(outcome: &auditor::ContestOutcome) -> Vec<u64> {
    match &outcome.standing {
        auditor::Proven::Totals { projects, .. } => projects.iter().map(|project| project.votes).collect(),
        _ => Vec::new(),
    }
}

#[test]
fn h1_the_auditors_command_finds_the_real_pages_as_sealed_and_a_changed_one_not() {
    let booth = match booth() {
        Ok(booth) => booth,
        Err(why) => return println!("SKIPPED: {why}"),
    };
    let town = Town::decided(&booth);
    let look = |site: &str| {
        let url = format!("{site}{}", town.path("en", "vote"));
        let id = hex::encode(town.story.id());
        let words = [
            "auditor",
            "booth",
            &url,
            "--ledger",
            &town.mirror.url,
            "--election",
            &id,
        ];
        let code = auditor::command::run(words.map(Into::into));
        format!("{code:?}")
    };
    let code = |code: u8| format!("{:?}", std::process::ExitCode::from(code));
    assert_eq!(look(&town.site.reader.url), code(0));
    // A server in between that changes one script, and says so nowhere.
    let between = Mirror::of(tempfile::tempdir().unwrap().path());
    copy(&town, &booth, &between);
    assert_eq!(look(&between.url), code(0));
    let engine = booth.file(Booth::ENGINE).unwrap();
    let changed = [&engine.bytes[..], b"\n"].concat();
    between.lie(&engine.path[1..], Answer::File(changed));
    assert_eq!(look(&between.url), code(1));
}

/// Every page and file that the command asks for.
fn copy(town: &Town, booth: &Booth, between: &Mirror) {
    let languages = ["en", "ar", "de", "es", "fr", "pl"];
    let pages = languages.iter().flat_map(|language| {
        ["vote", "check", "find-my-ballot", "recount"].map(|page| town.path(language, page))
    });
    let build: Value = serde_json::from_slice(&booth.manifest).unwrap();
    let files = build["files"]
        .as_object()
        .unwrap()
        .keys()
        .map(|name| booth.file(name).unwrap().path.clone());
    let assets = [
        web::assets::assets().script.path.clone(),
        web::assets::assets().style.path.clone(),
    ];
    let manifest = ["/booth/booth.manifest.json".to_owned()];
    for path in pages.chain(files).chain(assets).chain(manifest) {
        let answer = town.site.reader.get(&path);
        assert_eq!(answer.status, 200, "{path}");
        let headers = ["content-type", "content-security-policy"];
        let headers = headers.map(|name| format!("{name}: {}\r\n", answer.header(name)));
        between.lie(&path[1..], Answer::Headed(headers.concat(), answer.bytes));
    }
}

#[test]
fn without_the_files_the_pages_say_which_command_does_it() {
    let (_mirror, site) = shown(decided(), &texts());
    for page in ["find-my-ballot", "recount"] {
        for (language, direction) in [("en", "ltr"), ("ar", "rtl")] {
            let path = format!("/{language}/polls/{}/{page}", hex::encode(&decided().id()[..8]));
            let text = site.reader.page(&path);
            let page = Page::parse(&path, &text);
            page.judge(language, direction);
            assert!(
                text.contains("<code>auditor ") && !text.contains("receipt-form"),
                "{text}"
            );
        }
    }
}

#[test]
fn h2_the_address_of_a_copy_lets_nothing_into_the_pages_policy() {
    let (_mirror, site) = shown(decided(), &texts());
    let slug = hex::encode(&decided().id()[..8]);
    for copy in [
        "https://a.example;script-src%20*",
        "javascript:alert(1)",
        "//evil",
        "https://a%20b",
        "https://",
        "*",
    ] {
        let answer = site.reader.get(&format!("/en/polls/{slug}/recount?copy={copy}"));
        assert_eq!(answer.status, 400, "{copy}");
    }
    let path = format!("/en/polls/{slug}/recount?copy=https://a.example/%22%3E%3Cscript%3E");
    let text = site.reader.page(&path);
    assert!(!text.contains("\"><script>"), "{text}");
}
