use proptest::prelude::*;
use voting_core::entry::*;
use voting_core::manifest::{LedgerIdentity, Manifest};

use super::shape::{ENTRIES, Field, Shape};
use super::*;

/// The valid entries of the frozen vectors: every kind.
fn samples() -> Vec<Vec<u8>> {
    let vectors = include_str!("../../../specs/vectors/entries.json");
    let vectors: Vec<serde_json::Value> = serde_json::from_str(vectors).unwrap();
    let bytes = |vector: &serde_json::Value| hex::decode(vector["entry"].as_str()?).ok();
    vectors.iter().filter_map(bytes).collect()
}

#[test]
fn every_name_of_the_table_stands_in_the_cddl() {
    fn shape(found: &Shape, names: &mut Vec<&'static str>) {
        match found {
            Shape::List(below) | Shape::Maybe(below) => shape(below, names),
            Shape::Fields(below) => fields(below, names),
            Shape::Choice(variants) => {
                for (_, word, below) in *variants {
                    names.push(word);
                    fields(below, names);
                }
            }
            _ => {}
        }
    }
    fn fields(found: &[Field], names: &mut Vec<&'static str>) {
        for (name, below) in found {
            names.push(name);
            shape(below, names);
        }
    }
    let cddl = include_str!("../../../specs/entries.cddl");
    let words: std::collections::BTreeSet<&str> = cddl
        .split(|c: char| !c.is_ascii_alphanumeric() && c != '-')
        .collect();
    let mut names = Vec::new();
    shape(&Shape::Choice(ENTRIES), &mut names);
    // Places that the CDDL leaves without a name, and two that it names by a comment.
    let own = ["", "members", "signatures", "from-first", "from-last"];
    names.retain(|name| !own.contains(name));
    let missing: Vec<_> = names.iter().filter(|name| !words.contains(*name)).collect();
    assert!(missing.is_empty(), "{missing:?}");
    assert!(names.len() > 100);
}

#[test]
fn every_kind_is_shown_and_agrees_with_the_decoder() {
    let mut kinds = std::collections::BTreeSet::new();
    for bytes in samples() {
        let (decoded, walked) = (Entry::from_bytes(&bytes), walk::entry(&bytes));
        assert_eq!(decoded.is_ok(), walked.is_ok(), "{decoded:?} {walked:?}");
        if let (Ok(entry), Ok((kind, _))) = (decoded, walked) {
            assert_eq!(entry.kind(), kind);
            kinds.insert(kind);
            let shown = inspect(&bytes, None);
            assert!(shown.fields.is_some() && shown.wrong.is_none());
        }
    }
    let all: std::collections::BTreeSet<_> = ENTRIES.iter().map(|variant| variant.1).collect();
    assert_eq!(kinds, all, "a vector for every kind");
}

#[test]
fn what_is_wrong_has_a_place_and_a_name() {
    let batch = Entry::Batch(Batch { count: 300 }).to_bytes();
    assert_eq!(batch, [0x82, 0x0f, 0x81, 0x19, 0x01, 0x2c]);
    for (bytes, at, field, says) in [
        (
            &batch[..5],
            4,
            "batch.count",
            "2 bytes expected, but only 1 are left",
        ),
        (&[0x82, 0x0f, 0x81, 0x18, 0x07], 3, "batch.count", "shortest form"),
        (&[0x82, 0x0f, 0x81, 0x20], 3, "batch.count", "found the number -1"),
        (
            &[0x82, 0x0f, 0x81, 0x1b, 0, 0, 0, 1, 0, 0, 0, 0],
            3,
            "batch.count",
            "up to 4294967295",
        ),
        (&[0x82, 0x0f, 0x80], 2, "batch", "1 fields expected, found 0"),
        (&[0x82, 0x14, 0x80], 1, "", "there is no kind 20"),
        (&[0x82, 0x0f, 0x81, 0x07, 0x00], 4, "", "but 1 bytes follow"),
        (&[0x9f], 0, "", "begins nothing"),
        (&[], 0, "", "only 0 are left"),
    ] {
        let shown = inspect(bytes, None);
        let wrong = shown.wrong.expect("it does not decode");
        assert_eq!((wrong.at, wrong.field.as_str()), (at, field), "{wrong:?}");
        assert!(wrong.says.contains(says), "{wrong:?}");
        assert_eq!(shown.bytes, Some(hex::encode(bytes)));
    }
}

#[test]
fn a_result_without_winners_is_shown_as_null_and_null_is_refused() {
    let result = ContestResult {
        contest: 1,
        totals: vec![7, u64::MAX],
        winners: None,
    };
    let bytes = Entry::Result(result).to_bytes();
    let shown = inspect(&bytes, None).fields.unwrap();
    assert_eq!(shown.field("winners"), Some(&Shown::Nothing));
    let mut longer = bytes.clone();
    longer[2] += 1;
    longer.push(0xf6);
    let wrong = inspect(&longer, None).wrong.unwrap();
    assert_eq!(wrong.field, "result.winners");
    assert!(wrong.says.contains("left out"));
}

#[test]
fn an_entry_that_is_too_long_is_wrong() {
    let bytes = vec![0; MAX_ENTRY + 1];
    assert!(inspect(&bytes, None).wrong.is_some());
}

fn mangled() -> impl Strategy<Value = Vec<u8>> {
    let samples = samples();
    let change = (any::<prop::sample::Index>(), any::<u8>(), 0..4u8);
    (any::<prop::sample::Index>(), prop::collection::vec(change, 0..4)).prop_map(move |(which, changes)| {
        let mut bytes = samples[which.index(samples.len())].clone();
        for (at, byte, how) in changes {
            let at = at.index(bytes.len() + 1);
            match how {
                0 if at < bytes.len() => bytes[at] = byte,
                1 if at < bytes.len() => bytes[at] ^= 1 << (byte % 8),
                2 => bytes.insert(at, byte),
                _ => bytes.truncate(at),
            }
        }
        bytes
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn two_decoders_agree_on_mangled_entries(bytes in mangled()) {
        prop_assert_eq!(Entry::from_bytes(&bytes).is_ok(), walk::entry(&bytes).is_ok());
    }

    #[test]
    fn two_decoders_agree_on_any_bytes(kind in 0u8..32, rest in prop::collection::vec(any::<u8>(), 0..40)) {
        let bytes = [&[0x82, kind][..], &rest].concat();
        prop_assert_eq!(Entry::from_bytes(&bytes).is_ok(), walk::entry(&bytes).is_ok());
        inspect(&bytes, None);
    }
}

#[test]
fn names_come_from_the_manifest() {
    // Kinds without names say nothing about an unknown election.
    let batch = Entry::Batch(Batch { count: 1 }).to_bytes();
    assert_eq!(inspect(&batch, None).about, None);
    let manifest = samples()
        .into_iter()
        .find_map(|bytes| match Entry::from_bytes(&bytes) {
            Ok(Entry::Manifest(manifest, _)) => Some(manifest),
            _ => None,
        });
    let manifest: Manifest = manifest.expect("a vector of a manifest");
    let LedgerIdentity { origin, .. } = &manifest.ledger;
    let bytes = Entry::Manifest(manifest.clone(), Vec::new()).to_bytes();
    let shown = inspect(&bytes, None);
    let fields = shown.fields.unwrap();
    let ledger = fields.field("manifest").and_then(|found| found.field("ledger"));
    assert_eq!(
        ledger.and_then(|found| found.field("origin")),
        Some(&Shown::Text(origin.clone()))
    );
    let id = Shown::Text(hex::encode(manifest.election_id()));
    assert_eq!(shown.about.unwrap().field("election-id"), Some(&id));
}
