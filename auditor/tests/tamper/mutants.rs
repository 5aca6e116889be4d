//! Mutants of the golden election: what was changed, when, by whom, and the
//! claim that is meant to notice.

use voting_core::entry::Entry;
use voting_core::hash::Hash;

use crate::cbor::Item;
use crate::cddl::{Cddl, Field};
use crate::edits::Edit;
use crate::golden::{Golden, Record, golden, twin};
use crate::insiders::{Tampered, sign_again};

/// When the change is made, and who helps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum When {
    /// After the election. The ledger signs its new head, the witnesses of a
    /// new reader cosign it; officers and trustees have signed the old ones.
    Later,
    /// When the entry was new. Everybody after it goes on with what is there.
    AtOnce,
    /// When the entry was new, and signed again by those who signed it.
    SignedAgain,
    /// As before, for an observer who does not know the election id.
    Unpinned,
}

impl When {
    pub(crate) fn says(self) -> &'static str {
        match self {
            When::Later => "later",
            When::AtOnce => "at once",
            When::SignedAgain => "at once, signed again",
            When::Unpinned => "signed again, id not known",
        }
    }
}

/// What must become of a mutant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Meant {
    /// This claim is broken.
    Caught(&'static str),
    /// Nothing contradicts anything, but this claim can no longer be checked:
    /// its evidence is gone.
    Open(&'static str),
    /// Every claim is held, for this reason.
    Equivalent(&'static str),
}

/// One change.
pub(crate) struct Mutant {
    /// The entry's kind, or the file.
    pub(crate) kind: String,
    /// The field, or what is done to the whole.
    pub(crate) place: String,
    pub(crate) edit: String,
    pub(crate) when: When,
    pub(crate) meant: Meant,
    pub(crate) make: Box<dyn Fn() -> Record + Send + Sync>,
}

impl Mutant {
    pub(crate) fn name(&self) -> String {
        format!("{}: {} ({})", self.place, self.edit, self.when.says())
    }

    /// The election id that the observer knows.
    pub(crate) fn expected(&self) -> Option<Hash> {
        (self.when != When::Unpinned).then(|| golden().story.id())
    }
}

/// The kind of an entry of the golden election.
pub(crate) fn kind_of(bytes: &[u8]) -> &'static str {
    Entry::from_bytes(bytes).unwrap().kind()
}

/// Entries of a kind, by index.
pub(crate) fn of_kind(golden: &Golden, kind: &str) -> Vec<usize> {
    let entries = golden.record.entries.iter().enumerate();
    entries
        .filter(|(_, bytes)| kind_of(bytes) == kind)
        .map(|(index, _)| index)
        .collect()
}

/// The entry of a kind whose fields are changed: of the ceremony's second
/// round, of a contest of points, with a neighbour of its kind where there is one.
pub(crate) fn example(kind: &str) -> usize {
    let found = of_kind(golden(), kind);
    match kind {
        "key-hash" | "key-commitment" | "key-shares" | "key-confirmation" => found[found.len() - 2],
        "tally" | "result" => found[3],
        "decryption-share" => found[6],
        _ => found[0],
    }
}

/// The fields of an entry, of several in a list the first.
pub(crate) fn fields(cddl: &Cddl, entry: &Item) -> Vec<Field> {
    let mut named = std::collections::BTreeSet::new();
    let mut fields = cddl.fields(entry);
    fields.retain(|field| named.insert(general(&field.path)));
    fields
}

/// A field's path without indices.
pub(crate) fn general(path: &str) -> String {
    let mut general = String::new();
    for part in path.split('[') {
        match part.split_once(']') {
            Some((_, rest)) => general += &format!("[]{rest}"),
            None => general += part,
        }
    }
    general
}

/// One edit of one field of an entry, made at a time.
pub(crate) fn field_mutant(
    index: usize,
    field: &Field,
    edit: Edit,
    when: When,
    meant: Meant,
) -> Option<Mutant> {
    let golden = golden();
    let kind = kind_of(&golden.record.entries[index]);
    let read = |record: &Record, index: usize| Some(Item::read(record.entries.get(index)?));
    let item = read(&golden.record, index)?;
    let (other, next) = match edit {
        Edit::OfAnotherElection => (read(&twin().record, index), None),
        Edit::OfItsNeighbour => {
            let next = of_kind(golden, kind).into_iter().find(|&other| other > index)?;
            (None, read(&golden.record, next))
        }
        _ => (None, None),
    };
    let mut edited = edit.apply(&item, field, other.as_ref(), next.as_ref())?;
    if matches!(when, When::SignedAgain | When::Unpinned) {
        let signed = sign_again(&golden.story.people, &golden.story.id(), kind, &mut edited);
        if !signed || edited == item {
            return None;
        }
    }
    let bytes = edited.bytes();
    let make = move || {
        let mut entries = golden.record.entries.clone();
        entries[index] = bytes.clone();
        let tampered = Tampered {
            entries,
            touched: vec![index],
        };
        match when {
            When::Later => tampered.record(golden),
            _ => tampered.at_once(golden).record(golden),
        }
    };
    Some(Mutant {
        kind: kind.into(),
        place: general(&field.path),
        edit: edit.says().into(),
        when,
        meant,
        make: Box::new(make),
    })
}
