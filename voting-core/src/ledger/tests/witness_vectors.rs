//! Vectors of witnesses: policies, heads under them, submissions, and receipts
//! as people keep them. They stand in the list of [`super::vectors`].

use alloc::format;
use alloc::string::{String, ToString};

use base64ct::{Base64, Encoding};
use ed25519_dalek::SigningKey;
use serde_json::{Value, json};

use super::vectors::{ORIGIN, class, entry, head, judged, judged_as, ledger, signer};
use super::*;

const NAMES: [&str; 4] = ["ada", "bob", "cy", "dee"];

fn cosigner(place: usize) -> Cosigner {
    let key = SigningKey::from_bytes(&[0x50 + place as u8; 32]);
    Cosigner::ed25519(&format!("{}.example", NAMES[place]), &key).unwrap()
}

/// `witness` lines of all four.
fn witnesses() -> String {
    let line = |place: usize| format!("witness {} {}\n", NAMES[place], cosigner(place).verifier());
    (0..4).map(line).collect()
}

fn policy(rules: &str) -> String {
    format!("log {}\n{}{rules}", signer().verifier(), witnesses())
}

/// Three of four.
fn most() -> String {
    policy("group most 3 ada bob cy dee\nquorum most\n")
}

pub(super) fn policies(vectors: &mut Vec<Value>) {
    let ada = cosigner(0).verifier();
    let with_address = witnesses().replacen(
        &format!("{ada}\n"),
        &format!("{ada}\thttps://ada.example/w/ # the first\n\n"),
        1,
    );
    for (name, text) in [
        ("three of four", most()),
        ("all", policy("group g all ada bob cy dee\nquorum g\n")),
        ("any of two", policy("group g any ada bob\nquorum g\n")),
        ("one witness", policy("quorum dee\n")),
        ("nobody", policy("quorum none\n")),
        (
            "groups of groups",
            policy("group a any ada bob\ngroup b all cy dee\ngroup g 2 a b\nquorum g\n"),
        ),
        (
            "the quorum before another group",
            policy("quorum ada\ngroup g 1 ada\n"),
        ),
        (
            "addresses, comments, blank lines",
            format!("{with_address}quorum ada\n"),
        ),
        ("no newline at the end", format!("{}quorum ada", witnesses())),
    ] {
        let read = Policy::parse(text.as_bytes()).unwrap();
        let met = (0_u32..16).filter(|set| read.is_met(|place| set >> place & 1 == 1));
        let names = read.witnesses().iter().map(|witness| witness.name.clone());
        let addresses = read.witnesses().iter().map(|witness| witness.url.clone());
        let logs = read.logs().iter().map(|log| log.key.to_string());
        let fields = json!({
            "policy": text, "witnesses": names.collect::<Vec<_>>(), "addresses": addresses.collect::<Vec<_>>(),
            "logs": logs.collect::<Vec<_>>(), "met": met.collect::<Vec<_>>(),
        });
        vectors.push(judged("policy", name, fields, Ok::<_, ()>(())));
    }
    let line = |place: usize| witnesses().lines().nth(place).unwrap().to_string();
    for (name, text) in [
        ("no quorum", policy("")),
        ("two quorums", policy("quorum ada\nquorum ada\n")),
        ("a quorum that nobody names", policy("quorum eve\n")),
        ("a member that nobody names", policy("group g 1 eve\nquorum g\n")),
        (
            "a group before its members",
            format!("group g 1 ada\n{}quorum g\n", witnesses()),
        ),
        ("a group of itself", policy("group g 1 g\nquorum g\n")),
        (
            "a member twice in a group",
            policy("group g 2 ada ada\nquorum g\n"),
        ),
        (
            "a member of two groups",
            policy("group g 1 ada\ngroup h 1 ada\nquorum g\n"),
        ),
        ("a group that needs nobody", policy("group g 0 ada\nquorum g\n")),
        (
            "a group that needs more than it has",
            policy("group g 2 ada\nquorum g\n"),
        ),
        ("a group of nobody", policy("group g any\nquorum g\n")),
        (
            "a number with a zero before it",
            policy("group g 01 ada\nquorum g\n"),
        ),
        (
            "a key twice",
            format!("{}{}\nquorum ada\n", witnesses(), line(0).replace("ada ", "eve ")),
        ),
        (
            "a name twice",
            format!(
                "{}{}\nquorum ada\n",
                line(0),
                format_args!("\n{}", line(1).replace("bob ", "ada "))
            ),
        ),
        (
            "a witness of the name none",
            format!("{}\nquorum none\n", line(0).replace("ada ", "none ")),
        ),
        (
            "a ledger's key for a witness's",
            format!("witness ada {}\nquorum ada\n", signer().verifier()),
        ),
        (
            "a witness's key for a ledger's",
            format!("log {ada}\nquorum none\n"),
        ),
        (
            "an address that is none",
            format!("{} ada.example\nquorum ada\n", line(0)),
        ),
        ("a word that is no statement", policy("require ada\nquorum ada\n")),
        ("words too many", policy("quorum ada bob\n")),
    ] {
        let wrong = Policy::parse(text.as_bytes()).unwrap_err();
        let fields = json!({"policy": text, "line": wrong.line});
        vectors.push(judged_as("policy", name, fields, Some(class(&wrong.why))));
    }
}

/// A checkpoint over seven entries, cosigned by these.
fn cosigned(places: &[usize]) -> String {
    let text = head(7).text();
    let line = |&place: &usize| cosigner(place).cosign(&text, 1_700_000_000).unwrap();
    head(7).sign(&signer()) + &places.iter().map(line).collect::<String>()
}

pub(super) fn heads(vectors: &mut Vec<Value>) {
    let other = cosigner(3).cosign(&head(8).text(), 1_700_000_000).unwrap();
    for (name, note) in [
        ("by all", cosigned(&[0, 1, 2, 3])),
        ("by three, in another order", cosigned(&[3, 0, 2])),
        ("by two", cosigned(&[1, 2])),
        ("by one, three times", cosigned(&[1, 1, 1])),
        ("by nobody", cosigned(&[])),
        (
            "by three, and a line for another head",
            cosigned(&[0, 1, 2]) + &other,
        ),
        (
            "another head under the cosignatures",
            cosigned(&[0, 1, 2]).replace("\n7\n", "\n8\n"),
        ),
    ] {
        let policy = Policy::parse(most().as_bytes()).unwrap();
        let trust = Trust::with_policy(signer().verifier(), policy).unwrap();
        let found = trust.head(note.as_bytes());
        let mut fields = json!({"note": note, "vkey": signer().verifier().to_string(), "policy": most()});
        if let Some(cosignatures) = found.as_ref().ok().and_then(|head| head.cosignatures.as_ref()) {
            let by = (0..4).filter(|&place| cosignatures.each[place].is_some());
            fields["cosigned"] = by.collect::<Vec<_>>().into();
            fields["met"] = cosignatures.met.into();
        }
        vectors.push(judged("witnessed", name, fields, found));
    }
}

pub(super) fn submissions(vectors: &mut Vec<Value>) {
    let of = |old, size| Submission {
        old,
        proof: consistency_proof(&ledger(size), old, size).unwrap(),
        checkpoint: head(size).sign(&signer()),
    };
    let good = of(3, 7).to_string();
    let changed = |change: &dyn Fn(&mut Submission)| {
        let mut submission = of(3, 7);
        change(&mut submission);
        submission.to_string()
    };
    let forked = Checkpoint {
        root: [9; 32],
        ..head(7)
    };
    let foreign = SignerKey::ed25519(ORIGIN, &SigningKey::from_bytes(&[0x1f; 32])).unwrap();
    let same = Submission {
        old: 7,
        proof: Vec::new(),
        checkpoint: forked.sign(&signer()),
    }
    .to_string();
    let beyond = good.replacen("old 3", "old 8", 1);
    for (name, last, body) in [
        ("the first", None, of(0, 7).to_string()),
        ("of seven entries after three", Some(head(3)), good.clone()),
        ("of the same head again", Some(head(7)), of(7, 7).to_string()),
        ("of a head with fewer entries", Some(head(7)), beyond),
        ("from a size that is not the last", Some(head(4)), good.clone()),
        ("from nothing, after three", Some(head(3)), of(0, 7).to_string()),
        ("of another root of the same size", Some(head(7)), same),
        (
            "of another past",
            Some(Checkpoint {
                root: [8; 32],
                ..head(3)
            }),
            good.clone(),
        ),
        (
            "of a forked head",
            Some(head(3)),
            changed(&|it| it.checkpoint = forked.sign(&signer())),
        ),
        (
            "signed by another key",
            Some(head(3)),
            changed(&|it| it.checkpoint = head(7).sign(&foreign)),
        ),
        (
            "a hash too few",
            Some(head(3)),
            changed(&|it| it.proof.truncate(3)),
        ),
        (
            "a hash changed",
            Some(head(3)),
            changed(&|it| it.proof[1][7] ^= 1),
        ),
        (
            "64 hashes",
            Some(head(3)),
            changed(&|it| it.proof = std::vec![[1; 32]; 64]),
        ),
        (
            "a size with a zero before it",
            Some(head(3)),
            good.replacen("old 3", "old 03", 1),
        ),
        ("no size", Some(head(3)), good.replacen("old 3\n", "", 1)),
        ("no blank line", Some(head(3)), good.replacen("\n\n", "\n", 1)),
        (
            "a hash of 31 bytes",
            Some(head(3)),
            good.replace(good.lines().nth(1).unwrap(), &Base64::encode_string(&[1; 31])),
        ),
    ] {
        let read = Submission::parse(body.as_bytes());
        let found = read.and_then(|submission| submission.judge(&signer().verifier(), last.as_ref()));
        let mut fields = json!({"body": body, "vkey": signer().verifier().to_string(), "last": null});
        if let Some(last) = last {
            fields["last"] = json!({"size": last.size, "root": hex::encode(last.root)});
        }
        vectors.push(judged("submission", name, fields, found));
    }
}

pub(super) fn kept(vectors: &mut Vec<Value>) {
    let of = |index, size| KeptReceipt {
        leaf: leaf_hash(&entry(index)),
        receipt: Receipt {
            index,
            proof: inclusion_proof(&ledger(size), index, size).unwrap(),
            checkpoint: head(size).sign(&signer()),
        },
    };
    let good = of(4, 7).to_string();
    let leaf = good.lines().nth(1).unwrap().to_string();
    let other = format!("extra {}", Base64::encode_string(&leaf_hash(b"another entry")));
    for (name, text) in [
        ("of entry 4", good.clone()),
        ("of the only entry", of(0, 1).to_string()),
        ("of another leaf", good.replace(&leaf, &other)),
        ("a bare receipt", good.replace(&format!("{leaf}\n"), "")),
        ("two extra lines", good.replace(&leaf, &format!("{leaf}\n{leaf}"))),
        (
            "a leaf of 31 bytes",
            good.replace(&leaf, &format!("extra {}", Base64::encode_string(&[1; 31]))),
        ),
        ("another version", good.replace("@v1", "@v2")),
    ] {
        let trust = Trust::key_alone(signer().verifier());
        let read = KeptReceipt::parse(text.as_bytes());
        let found = read.and_then(|kept| kept.verify(&trust).map(|_| kept));
        let mut fields = json!({"receipt": text, "vkey": signer().verifier().to_string()});
        if let Ok(kept) = &found {
            fields["leaf"] = hex::encode(kept.leaf).into();
            fields["index"] = kept.receipt.index.into();
        }
        vectors.push(judged("kept-receipt", name, fields, found));
    }
}
