//! Section F: the verifier itself. Nothing makes it panic, nothing missing
//! looks like something empty.

use auditor::{Overall, Standing};
use proptest::prelude::*;

use crate::kit::{assert_breaks, assert_only, audit, golden, voted};

#[test]
fn f5_an_empty_ledger_is_no_ledger() {
    let verdict = audit(&[], &[]);
    assert_breaks(&verdict, "manifest", "no entry at all");
    assert!(verdict.figures.is_none());
}

#[test]
fn f5_a_ledger_without_a_checkpoint_is_incomplete() {
    let verdict = audit(&golden().entries, &[]);
    assert_only(&verdict, &[]);
    assert_eq!(verdict.overall(), Overall::Incomplete);
    assert!(verdict.fit_to_decrypt().is_err());
}

#[test]
fn f5_entries_beyond_the_checkpoint_are_not_vouched_for() {
    let open = voted().checkpoint();
    let verdict = audit(&golden().entries, &[&open]);
    assert!(matches!(
        verdict.claim("checkpoint").unwrap().standing,
        Standing::NotCheckable { .. }
    ));
}

#[test]
fn a_kept_checkpoint_must_be_a_head_of_the_ledger() {
    let (kept, newest) = (voted().checkpoint(), golden().checkpoint());
    assert_eq!(
        audit(&golden().entries, &[&kept, &newest]).overall(),
        Overall::Held
    );
    let forked = golden().checkpoint_of(voted().tree.size(), [3; 32]);
    assert_breaks(
        &audit(&golden().entries, &[&forked, &newest]),
        "checkpoint",
        "root",
    );
}

#[test]
fn e6_a_checkpoint_of_another_origin_key_root_or_size_is_refused() {
    let story = golden();
    let (size, root) = (story.tree.size(), story.tree.root());
    for checkpoint in [
        story.checkpoint_of(size, [0; 32]),
        story.checkpoint_of(size + 1, root),
        b"nonsense".to_vec(),
        vec![],
    ] {
        assert_only(&audit(&story.entries, &[&checkpoint]), &["checkpoint"]);
    }
    let text = String::from_utf8(story.checkpoint())
        .unwrap()
        .replace("golden", "silver");
    assert_only(&audit(&story.entries, &[text.as_bytes()]), &["checkpoint"]);
}

#[test]
fn another_election_than_the_one_asked_for_is_refused() {
    let mut recall = golden().entries.as_slice();
    let mut audit = auditor::Audit::begin(Some([9; 32]), [1; 32]);
    for entry in &golden().entries {
        audit.entry(entry, &mut recall);
    }
    let verdict = audit.finish(&[&golden().checkpoint()], &mut recall);
    assert_only(&verdict, &["manifest"]);
}

/// What an intruder does to a ledger without keys.
#[derive(Debug, Clone)]
enum Mangle {
    Flip {
        entry: prop::sample::Index,
        byte: prop::sample::Index,
        bit: u8,
    },
    Truncate {
        entry: prop::sample::Index,
        byte: prop::sample::Index,
    },
    Drop {
        entry: prop::sample::Index,
    },
    Twice {
        entry: prop::sample::Index,
    },
    Swap {
        one: prop::sample::Index,
        two: prop::sample::Index,
    },
    Replace {
        entry: prop::sample::Index,
        bytes: Vec<u8>,
    },
}

fn mangle() -> impl Strategy<Value = Mangle> {
    let index = any::<prop::sample::Index>;
    prop_oneof![
        4 => (index(), index(), 0..8u8).prop_map(|(entry, byte, bit)| Mangle::Flip { entry, byte, bit }),
        1 => (index(), index()).prop_map(|(entry, byte)| Mangle::Truncate { entry, byte }),
        1 => index().prop_map(|entry| Mangle::Drop { entry }),
        1 => index().prop_map(|entry| Mangle::Twice { entry }),
        1 => (index(), index()).prop_map(|(one, two)| Mangle::Swap { one, two }),
        1 => (index(), prop::collection::vec(any::<u8>(), 0..300)).prop_map(|(entry, bytes)| Mangle::Replace { entry, bytes }),
    ]
}

fn mangled(mangle: &Mangle) -> Vec<Vec<u8>> {
    let mut entries = golden().entries.clone();
    let at = |index: &prop::sample::Index| index.index(golden().entries.len());
    match mangle {
        Mangle::Flip { entry, byte, bit } => {
            let entry = &mut entries[at(entry)];
            let place = byte.index(entry.len());
            entry[place] ^= 1 << bit;
        }
        Mangle::Truncate { entry, byte } => {
            let entry = &mut entries[at(entry)];
            entry.truncate(byte.index(entry.len()));
        }
        Mangle::Drop { entry } => {
            entries.remove(at(entry));
        }
        Mangle::Twice { entry } => {
            let copy = entries[at(entry)].clone();
            entries.insert(at(entry), copy);
        }
        Mangle::Swap { one, two } => entries.swap(at(one), at(two)),
        Mangle::Replace { entry, bytes } => entries[at(entry)] = bytes.clone(),
    }
    entries
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn f7_no_mangled_ledger_makes_the_auditor_panic_or_hold(mangle in mangle()) {
        let entries = mangled(&mangle);
        let verdict = audit(&entries, &[&golden().checkpoint()]);
        prop_assert_eq!(verdict.claims.len(), 18);
        if entries != golden().entries {
            prop_assert_eq!(verdict.overall(), Overall::Broken);
        }
    }
}
