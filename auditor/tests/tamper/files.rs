//! What lies beside the entries: the signed head, its cosignatures, the
//! witness policy, the content files.

use ed25519_dalek::SigningKey;
use voting_core::ledger::{Checkpoint, Cosigner, SignedNote, SignerKey};

use crate::golden::{Record, golden, twin};
use crate::mutants::{Meant, Mutant, When};
use crate::sealed::{POLICY, cosigned};

type Change = fn(&mut Record);

fn head(record: &mut Record, size: i64, root_bit: u8) {
    let story = &golden().story;
    let mut root = story.tree.root();
    root[0] ^= root_bit;
    let size = (story.tree.size() as i64 + size) as u64;
    record.checkpoint = cosigned(&story.checkpoint_of(size, root), &[0, 1, 3]);
}

/// The honest head, but signed as another ledger or by another key.
fn signed_as(record: &mut Record, origin: &str, key: &SigningKey) {
    let story = &golden().story;
    let note = Checkpoint {
        origin: origin.into(),
        size: story.tree.size(),
        root: story.tree.root(),
    };
    let signer = SignerKey::ed25519(origin, key).unwrap();
    record.checkpoint = cosigned(note.sign(&signer).as_bytes(), &[0, 1, 3]);
}

fn origin() -> String {
    golden().story.people.manifest.ledger.origin.clone()
}

fn edited(record: &mut Record, edit: impl FnOnce(&mut String)) {
    let mut text = String::from_utf8(record.checkpoint.clone()).unwrap();
    edit(&mut text);
    record.checkpoint = text.into_bytes();
}

/// The note with the cosignature lines of these witnesses.
fn with(record: &mut Record, witnesses: &[usize]) {
    record.checkpoint = cosigned(&golden().story.checkpoint(), witnesses);
}

/// A line by a key of one's own in the name of a witness, or of nobody known.
fn stranger(record: &mut Record, name: &str) {
    with(record, &[0, 1]);
    let text = SignedNote::parse(&record.checkpoint).unwrap().text().to_owned();
    let cosigner = Cosigner::ed25519(name, &SigningKey::from_bytes(&[99; 32])).unwrap();
    let line = cosigner.cosign(&text, 1_800_000_000).unwrap();
    edited(record, |note| note.push_str(&line));
}

fn file(record: &mut Record, place: usize) -> &mut Vec<u8> {
    &mut record.content[place].1
}

const POLICY_PLACE: usize = 2;

/// The file, what was done to it, the change, and the claim that is meant to notice.
const CHANGES: &[(&str, &str, Change, &str)] = &[
    (
        "checkpoint",
        "left out",
        |record| record.checkpoint.clear(),
        "checkpoint",
    ),
    (
        "checkpoint",
        "nonsense",
        |record| record.checkpoint = b"nonsense".to_vec(),
        "checkpoint",
    ),
    (
        "checkpoint",
        "another election's",
        |record| record.checkpoint = twin().record.checkpoint.clone(),
        "checkpoint",
    ),
    (
        "checkpoint.origin",
        "other text, signed",
        |record| signed_as(record, "ledger.example/other", &golden().story.people.ledger),
        "checkpoint",
    ),
    (
        "checkpoint.origin",
        "other text",
        |record| edited(record, |note| note.replace_range(0..1, "L")),
        "checkpoint",
    ),
    (
        "checkpoint.size",
        "one more, signed",
        |record| head(record, 1, 0),
        "checkpoint",
    ),
    (
        "checkpoint.size",
        "one less, signed",
        |record| head(record, -1, 0),
        "checkpoint",
    ),
    (
        "checkpoint.size",
        "none, signed",
        |record| head(record, -(golden().story.tree.size() as i64), 0),
        "checkpoint",
    ),
    (
        "checkpoint.size",
        "leading zero",
        |record| edited(record, |note| *note = note.replacen('\n', "\n0", 1)),
        "checkpoint",
    ),
    (
        "checkpoint.root",
        "first bit flipped, signed",
        |record| head(record, 0, 0x80),
        "checkpoint",
    ),
    (
        "checkpoint.extension",
        "a line more",
        |record| edited(record, |note| *note = note.replacen("\n\n", "\nmore\n\n", 1)),
        "checkpoint",
    ),
    (
        "checkpoint.signature",
        "by an officer",
        |record| signed_as(record, &origin(), &golden().story.people.officers[0]),
        "checkpoint",
    ),
    (
        "checkpoint.signature",
        "left out",
        |record| {
            edited(record, |note| {
                let start = note.find("\u{2014} ledger").unwrap();
                let end = start + note[start..].find('\n').unwrap() + 1;
                note.replace_range(start..end, "");
            })
        },
        "checkpoint",
    ),
    (
        "checkpoint.cosignatures",
        "all left out",
        |record| with(record, &[]),
        "checkpoint",
    ),
    (
        "checkpoint.cosignatures",
        "one too few",
        |record| with(record, &[0, 1]),
        "checkpoint",
    ),
    (
        "checkpoint.cosignatures",
        "one twice",
        |record| with(record, &[0, 1, 1]),
        "checkpoint",
    ),
    (
        "checkpoint.cosignatures",
        "a stranger's",
        |record| stranger(record, "eve.example"),
        "checkpoint",
    ),
    (
        "checkpoint.cosignatures",
        "in a witness's name",
        |record| stranger(record, "cy.example"),
        "checkpoint",
    ),
    (
        "checkpoint.cosignatures",
        "of another head",
        |record| {
            with(record, &[0, 1]);
            let other = String::from_utf8(cosigned(&golden().story.checkpoint_of(1, [7; 32]), &[2])).unwrap();
            let line = other.lines().last().unwrap().to_owned();
            edited(record, |note| *note += &format!("{line}\n"));
        },
        "checkpoint",
    ),
    (
        "witness policy",
        "left out",
        |record| drop(record.content.remove(POLICY_PLACE)),
        "checkpoint",
    ),
    (
        "witness policy",
        "first bit flipped",
        |record| file(record, POLICY_PLACE)[0] ^= 1,
        "content",
    ),
    (
        "witness policy",
        "a weaker one",
        |record| {
            let weaker = String::from_utf8(file(record, POLICY_PLACE).clone()).unwrap();
            *file(record, POLICY_PLACE) = weaker.replace("group most 3", "group most 1").into_bytes();
        },
        "content",
    ),
    (
        "witness policy",
        "another file",
        |record| record.content[POLICY_PLACE].1 = record.content[0].1.clone(),
        "content",
    ),
    (
        "witness policy",
        "under another name",
        |record| record.content[POLICY_PLACE].0 = format!("{POLICY}.old"),
        "content",
    ),
    (
        "content",
        "first bit flipped",
        |record| file(record, 0)[0] ^= 1,
        "content",
    ),
    (
        "content",
        "last bit flipped",
        |record| *file(record, 0).last_mut().unwrap() ^= 1,
        "content",
    ),
    (
        "content",
        "one byte more",
        |record| file(record, 0).push(b' '),
        "content",
    ),
    (
        "content",
        "cut short",
        |record| file(record, 0).truncate(5),
        "content",
    ),
    ("content", "emptied", |record| file(record, 0).clear(), "content"),
    (
        "content",
        "left out",
        |record| drop(record.content.remove(0)),
        "content",
    ),
    (
        "content",
        "all left out",
        |record| record.content.clear(),
        "content",
    ),
    (
        "content",
        "two swapped",
        |record| {
            let (one, other) = record.content.split_at_mut(1);
            std::mem::swap(&mut one[0].1, &mut other[0].1);
        },
        "content",
    ),
];

/// Changes that take evidence away, and contradict nothing.
const OPEN: &[(&str, &str)] = &[
    ("witness policy", "left out"),
    ("witness policy", "under another name"),
    ("content", "left out"),
    ("content", "all left out"),
];

pub(crate) fn mutants() -> Vec<Mutant> {
    let one = |&(place, edit, change, claim): &(&str, &str, Change, &'static str)| Mutant {
        kind: place.split('.').next().unwrap_or(place).into(),
        place: place.into(),
        edit: edit.into(),
        when: When::Later,
        meant: match OPEN.contains(&(place, edit)) {
            true => Meant::Open(claim),
            false => Meant::Caught(claim),
        },
        make: Box::new(move || {
            let mut record = golden().record.clone();
            change(&mut record);
            record
        }),
    };
    CHANGES.iter().map(one).collect()
}
