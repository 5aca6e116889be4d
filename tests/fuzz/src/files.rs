//! Texts: polls, rolls, notes, policies, submissions, receipts, evidence.

use auditor::Evidence;
use auditor::occasion::{Occasion, Tool};
use auditor::statement::Statement;
use auditor::witness::Refused;
use ceremony::define::{Poll, Setting, draft};
use ceremony::pabulib::{File, Purpose, recount};
use ed25519_dalek::SigningKey;
use issuer::roll_file;
use voting_core::ledger::{
    Checkpoint, CosignerKey, KeptReceipt, Policy, Receipt, SignedNote, SignerKey, Submission, Trust,
    VerifierKey, consistency_proof, leaf_hash,
};
use voting_core::roll::{ActivationCode, RollLine};

use crate::election::{cosigner, head, honest, note_at, proof_of};
use crate::kit::rng;

const RIVERSIDE: &[u8] = include_bytes!("../../../samples/riverside.pb");
const SETTING: &str = include_str!("../../../samples/riverside.toml");

fn text(bytes: &[u8]) -> Option<&str> {
    core::str::from_utf8(bytes).ok()
}

/// A Pabulib file, down to its ballots and totals.
pub(crate) fn pabulib(bytes: &[u8]) {
    let Ok(file) = File::parse(bytes) else { return };
    let again = File::parse(file.print().as_bytes()).expect("what was printed is a file");
    assert_eq!(again.print(), file.print(), "a file is printed as it was read");
    let _ = Poll::from_pabulib(&file, Purpose::Poll);
    let Ok(contest) = file.contest(Purpose::Replay) else {
        return;
    };
    let Ok(statement) = contest.statement() else {
        return;
    };
    let ballots = file.ballots(&contest);
    for ballot in &ballots.accepted {
        let values = contest.encode(&ballot.choice).expect("it was accepted");
        assert_eq!(statement.check(&values), Ok(()), "rules and statement agree");
    }
    let counted = recount(&contest, ballots.accepted.iter().map(|ballot| &ballot.choice));
    let _ = file.differences(&ballots, &counted);
}

pub(crate) fn pabulib_seeds() -> Vec<Vec<u8>> {
    // The whole file, and one of which every line counts.
    let lines: Vec<&[u8]> = RIVERSIDE.split_inclusive(|byte| *byte == b'\n').collect();
    let votes = lines
        .iter()
        .position(|line| line.starts_with(b"VOTES"))
        .unwrap_or(0);
    let small = lines[..(votes + 6).min(lines.len())].concat();
    let count = format!("num_votes;{}", 4);
    let small = String::from_utf8_lossy(&small);
    let small: Vec<String> = small
        .lines()
        .map(|line| match line.starts_with("num_votes") {
            true => count.clone(),
            false => line.to_owned(),
        })
        .collect();
    let seeds = vec![RIVERSIDE.to_vec(), small.join("\n").into_bytes()];
    assert!(seeds.iter().all(|seed| File::parse(seed).is_ok()));
    seeds
}

/// A poll in TOML, and a setting: what is defined is a coherent manifest.
pub(crate) fn define(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    let (poll, setting) = (Poll::from_toml(text), toml::from_str::<Setting>(text));
    if let Ok(poll) = &poll {
        let _ = poll.contest.statement();
        let _ = poll.content();
        let setting = toml::from_str(SETTING).expect("the sample is one");
        defined(poll, &setting);
    }
    if let Ok(setting) = &setting {
        let poll = File::parse(RIVERSIDE)
            .ok()
            .and_then(|file| Poll::from_pabulib(&file, Purpose::Poll).ok());
        defined(&poll.expect("the sample is one"), setting);
    }
}

fn defined(poll: &Poll, setting: &Setting) {
    if let Ok(draft) = draft(poll, setting, None, &mut rng(1)) {
        assert_eq!(draft.manifest.check(), Ok(()), "what is defined is coherent");
    }
}

pub(crate) fn define_seeds() -> Vec<Vec<u8>> {
    assert!(Poll::from_toml(POLL).is_ok() && toml::from_str::<Setting>(SETTING).is_ok());
    vec![POLL.into(), SETTING.into()]
}

/// A poll with everything that TOML can say beyond Pabulib.
const POLL: &str = r#"description = "Two squares"
vote_type = "cumulative"
rule = "greedy-exclusive"
budget = 100.5
max_sum_points = 5
tie_break = "lot"
exclusions = [["b", "a"]]
ballot_exclusions = [["a", "b"]]
projects = [{ project_id = "a", cost = 60, category = ["x", "y"] }, { project_id = "b", cost = "40.25" }]"#;

/// A council's roll, roll lines, activation codes.
pub(crate) fn roll(bytes: &[u8]) {
    let manifest = &honest().story.election().manifest;
    let _ = roll_file::read(bytes, manifest);
    let Some(text) = text(bytes) else { return };
    if let Ok(line) = RollLine::parse(text) {
        assert_eq!(RollLine::parse(line.as_str()), Ok(line), "a line has one form");
    }
    if let Ok(code) = ActivationCode::parse(text) {
        let again = ActivationCode::parse(&code.to_text()).expect("a code that was written is one");
        assert_eq!(*again.to_text(), *code.to_text());
    }
}

pub(crate) fn roll_seeds() -> Vec<Vec<u8>> {
    let style = &honest().story.election().manifest.styles[0].name;
    let code = ActivationCode::generate(&mut rng(3));
    vec![
        format!("line,style\nAda Example 1,{style}\n\"Bo, Example\",{style}\n").into_bytes(),
        format!("line;style\nCy;{style}\n").into_bytes(),
        b"  Dee \t Example  ".to_vec(),
        code.to_text().as_bytes().to_vec(),
    ]
}

/// Signed notes, checkpoints, cosignatures, keys.
pub(crate) fn note(bytes: &[u8]) {
    let honest = honest();
    if let Ok(note) = SignedNote::parse(bytes) {
        if let Ok(checkpoint) = Checkpoint::parse(note.text()) {
            assert_eq!(checkpoint.text(), note.text(), "a checkpoint has one text");
        }
        if let Ok(signed) = note.verify(&honest.key) {
            assert!(
                signed.starts_with(honest.key.name()),
                "nobody signs for the ledger"
            );
            let only = note.only(&honest.key);
            assert!(SignedNote::parse(only.as_bytes()).is_ok_and(|note| note.verify(&honest.key).is_ok()));
        }
        let witness = cosigner().verifier();
        let _ = note.cosignature(&witness);
        let _ = note.cosignature_lines(&witness);
    }
    if honest.trust.head(bytes).is_ok() {
        let signed = [head().size, 20].iter().any(|&size| {
            let honest = note_at(size);
            let honest = SignedNote::parse(&honest).expect("honest");
            SignedNote::parse(bytes).is_ok_and(|note| note.text() == honest.text())
        });
        assert!(signed, "nobody signs for the ledger");
    }
    let Some(text) = text(bytes) else { return };
    if let Ok(key) = VerifierKey::parse(text) {
        assert_eq!(key.to_string(), text, "a key has one form");
    }
    if let Ok(key) = CosignerKey::parse(text) {
        assert_eq!(key.to_string(), text, "a key has one form");
    }
}

pub(crate) fn note_seeds() -> Vec<Vec<u8>> {
    let note = honest().note.clone();
    let text = head().text();
    let line = cosigner().cosign(&text, 1_800_000_000).expect("a checkpoint");
    vec![
        [note.clone(), line.into_bytes()].concat(),
        note,
        note_at(20),
        honest().key.to_string().into_bytes(),
        cosigner().verifier().to_string().into_bytes(),
    ]
}

/// A witness policy.
pub(crate) fn policy(bytes: &[u8]) {
    let Ok(policy) = Policy::parse(bytes) else { return };
    let honest = honest();
    let note = SignedNote::parse(&honest.note).expect("the honest note is one");
    if let Ok(found) = policy.cosignatures(&note) {
        assert_eq!(found.each.len(), policy.witnesses().len());
        assert_eq!(found.met, policy.is_met(|at| found.each[at].is_some()));
    }
    if policy.is_met(|_| false) {
        assert!(policy.is_met(|_| true), "more cosignatures never do harm");
    }
    if let Ok(trust) = Trust::with_policy(honest.key.clone(), policy) {
        let _ = trust.head(&honest.note);
    }
}

pub(crate) fn policy_seeds() -> Vec<Vec<u8>> {
    let (key, witness) = (&honest().key, cosigner().verifier());
    let seeds = vec![
        format!("log {key} https://ledger.example\nwitness ada {witness}\nquorum ada\n").into_bytes(),
        format!("# nobody\nlog {key}\nwitness ada {witness} https://a.example\ngroup most 1 ada\ngroup all all most\nquorum all\n")
            .into_bytes(),
        format!("log {key}\nquorum none\n").into_bytes(),
    ];
    assert!(seeds.iter().all(|seed| Policy::parse(seed).is_ok()));
    seeds
}

/// What a witness is asked.
pub(crate) fn submission(bytes: &[u8]) {
    let Ok(submission) = Submission::parse(bytes) else {
        return;
    };
    assert_eq!(
        submission.to_string().as_bytes(),
        bytes,
        "a submission has one form"
    );
    let _ = submission.claimed();
    let key = &honest().key;
    let last = head();
    for last in [None, Some(&last)] {
        if let Ok(next) = submission.judge(key, last) {
            assert!(
                last.is_none_or(|last| last.size <= next.size),
                "nothing is taken back"
            );
        }
    }
}

pub(crate) fn submission_seeds() -> Vec<Vec<u8>> {
    let honest = honest();
    let size = head().size;
    let seed = |old: u64| {
        let submission = Submission {
            old,
            proof: consistency_proof(&honest.levels, old, size).unwrap_or_default(),
            checkpoint: String::from_utf8_lossy(&honest.note).into_owned(),
        };
        submission.to_string().into_bytes()
    };
    let seeds = vec![seed(0), seed(20), seed(size)];
    assert!(seeds.iter().all(|seed| Submission::parse(seed).is_ok()));
    seeds
}

/// A receipt, bare or as its holder keeps it.
pub(crate) fn receipt(bytes: &[u8]) {
    let honest = honest();
    if let Ok(receipt) = Receipt::parse(bytes) {
        assert_eq!(receipt.to_string().as_bytes(), bytes, "a receipt has one form");
        let _ = receipt.verify(&leaf_hash(b""), &honest.trust);
    }
    if let Ok(kept) = KeptReceipt::parse(bytes) {
        assert_eq!(kept.to_string().as_bytes(), bytes, "a receipt has one form");
        if kept.verify(&honest.trust).is_ok() {
            let entry = &honest.story.entries[kept.receipt.index as usize];
            assert_eq!(kept.leaf, leaf_hash(entry), "nobody signs for the ledger");
        }
    }
}

fn kept(index: u64) -> KeptReceipt {
    KeptReceipt {
        leaf: leaf_hash(&honest().story.entries[index as usize]),
        receipt: Receipt {
            index,
            proof: proof_of(index),
            checkpoint: String::from_utf8_lossy(&honest().note).into_owned(),
        },
    }
}

pub(crate) fn receipt_seeds() -> Vec<Vec<u8>> {
    vec![
        kept(9).to_string().into_bytes(),
        kept(0).to_string().into_bytes(),
        kept(9).receipt.to_string().into_bytes(),
    ]
}

/// Evidence against a ledger, and a witness's.
/// What an observer has signed: any text under a good signature, and any note.
pub(crate) fn audit_statement(bytes: &[u8]) {
    let observer = observer();
    let key = observer.verifier();
    let _ = Statement::verify(bytes, &key);
    let Some(text) = text(bytes) else { return };
    if let Ok(statement) = Statement::verify(observer.sign(text).as_bytes(), &key) {
        assert_eq!(statement.text(), text, "a statement has one form");
    }
}

pub(crate) fn audit_statement_seeds() -> Vec<Vec<u8>> {
    let occasion = Occasion {
        source: String::new(),
        time: 1_800_000_000,
        tool: Tool {
            name: "auditor",
            version: "1",
            sha256: None,
        },
    };
    let observer = observer();
    let verdict = honest().story.audit();
    let statement = Statement::new(observer.verifier().name(), &verdict, &occasion);
    let text = statement.expect("the record has an election").text();
    vec![observer.sign(&text).into(), text.into()]
}

fn observer() -> SignerKey {
    let key = SigningKey::from_bytes(&[5; 32]);
    SignerKey::ed25519("observer.example/alice", &key).expect("the name is one")
}

pub(crate) fn evidence(bytes: &[u8]) {
    if let Ok(evidence) = serde_json::from_slice::<Evidence>(bytes) {
        let json = serde_json::to_vec(&evidence).expect("evidence is JSON");
        let again: Evidence = serde_json::from_slice(&json).expect("its own JSON is evidence");
        assert_eq!(again, evidence);
        let _ = evidence.accused();
        if evidence.check().is_ok() {
            let honest = honest().key.to_string();
            assert_ne!(evidence.ledger, honest, "nobody convicts an honest ledger");
        }
    }
    if let Ok(refused) = Refused::parse(bytes) {
        assert_eq!(refused.to_string().as_bytes(), bytes, "a refusal has one form");
        let _ = refused.verify();
    }
}

pub(crate) fn evidence_seeds() -> Vec<Vec<u8>> {
    let honest = honest();
    let note = |size| String::from_utf8_lossy(&note_at(size)).into_owned();
    let size = head().size;
    let head = |kind: &str| {
        serde_json::json!({
            "schema": "psephos/evidence/v1", "says": "", "ledger": honest.key.to_string(), "kind": kind,
            "manifest": hex::encode(&honest.story.entries[0]),
        })
    };
    let hashes = |proof: Vec<[u8; 32]>| proof.iter().map(hex::encode).collect::<Vec<_>>();
    let with = |mut value: serde_json::Value, fields: &[(&str, serde_json::Value)]| {
        for (name, field) in fields {
            value[*name] = field.clone();
        }
        value.to_string().into_bytes()
    };
    let proof = hashes(consistency_proof(&honest.levels, 20, size).unwrap_or_default());
    let root = hex::encode(crate::election::root_at(20));
    let close = honest
        .story
        .entries
        .iter()
        .position(|entry| entry.get(1) == Some(&13));
    let close = close.unwrap_or_default();
    let ballot = honest
        .story
        .entries
        .iter()
        .position(|entry| entry.get(1) == Some(&14));
    let ballot = ballot.unwrap_or_default();
    vec![
        with(
            head("fork"),
            &[
                ("older", note(20).into()),
                ("newer", note(size).into()),
                ("other-root", root.into()),
                ("proof", proof.into()),
            ],
        ),
        with(
            head("dropped"),
            &[
                ("receipt", kept(9).to_string().into()),
                ("checkpoint", note(size).into()),
                ("other-leaf", hex::encode(kept(9).leaf).into()),
                ("proof", hashes(proof_of(9)).into()),
            ],
        ),
        with(
            head("dropped-at-close"),
            &[
                ("receipt", kept(ballot as u64).to_string().into()),
                ("checkpoint", note(size).into()),
                ("ballot", hex::encode(&honest.story.entries[ballot]).into()),
                ("close", hex::encode(&honest.story.entries[close]).into()),
                ("close-index", close.into()),
                ("proof", hashes(proof_of(close as u64)).into()),
            ],
        ),
        with(
            head("rolled-back"),
            &[("seen", note(20).into()), ("shown", note(size).into())],
        ),
    ]
}
