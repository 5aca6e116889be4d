//! The start: nothing is signed that would contradict what witnesses have
//! cosigned (specs/06-ledger.md §8.4).
//!
//! A folder restored from an old copy looks whole. Only others remember that
//! there was more: every witness is asked for its cosignature before the first
//! ballot is taken.

use std::fmt;
use std::io::ErrorKind;
use std::path::Path;

use voting_core::ledger::{Policy, Trust, tree_root};

use super::{Answer, Asker, publish};
use crate::published::SignedHead;
use crate::shared::Shared;

/// Why a ballot box does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartRefused {
    /// The witnessed head on the disk is not of the entries there.
    #[error(
        "{path} holds a checkpoint of {size} entries that witnesses have cosigned, and the journal's {found} entries are \
         not those: it was rolled back, cut or exchanged. Signing on would fork the ledger: restore the newest copy of \
         the journal, or take the missing entries from a mirror"
    )]
    Kept {
        /// The file.
        path: String,
        /// Entries under the kept head.
        size: u64,
        /// Entries in the journal.
        found: u64,
    },
    /// The file with the witnessed head cannot be used.
    #[error("{path}: {why}; it can be deleted, the witnesses are asked again")]
    File {
        /// The file.
        path: String,
        /// What is wrong with it.
        why: String,
    },
    /// This ledger has signed what is not in the journal: a witness shows it.
    #[error(
        "witness {witness} shows a checkpoint of {theirs} entries, signed by this ledger, and the journal holds {ours} that \
         do not contain it: this is an old or another copy. Signing on would fork the ledger: restore the newest copy of \
         the journal, or take the missing entries from a mirror. Delete nothing"
    )]
    Behind {
        /// Its name in the policy.
        witness: String,
        /// Entries of the checkpoint that it shows.
        theirs: u64,
        /// Entries in the journal.
        ours: u64,
    },
    /// Those that do not agree could have cosigned another ledger.
    #[error(
        "too few witnesses agree with this ledger of {ours} entries: the others could have cosigned more than the journal \
         holds, if it is an old copy.{}\nNo ballot is taken until enough of them answer. Start again then", list(.states)
    )]
    TooFew {
        /// Entries in the journal.
        ours: u64,
        /// What each of them said.
        states: Vec<WitnessState>,
    },
}

/// What one witness said at the start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WitnessState {
    /// Its name in the policy.
    pub witness: String,
    /// Its answer.
    pub answer: Answer,
}

fn list(states: &[WitnessState]) -> String {
    states.iter().map(|state| format!("\n  {state}")).collect()
}

impl fmt::Display for WitnessState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.witness)?;
        match &self.answer {
            Answer::Cosigned(_) => f.write_str("agrees"),
            Answer::Ahead(size) => write!(
                f,
                "says it has cosigned {size} entries, and shows no checkpoint of them"
            ),
            Answer::Disagrees => {
                f.write_str("says it has cosigned another ledger, and shows no checkpoint of it")
            }
            Answer::Silent(why) => f.write_str(why),
        }
    }
}

/// Takes the witnessed head from the disk, if it is of these entries.
pub(crate) fn restore(shared: &Shared, trust: &Trust, path: &Path) -> Result<(), StartRefused> {
    let note = match std::fs::read(path) {
        Ok(note) => note,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(unusable(path, error)),
    };
    let head = trust.head(&note).map_err(|error| unusable(path, error))?;
    if !head.is_witnessed() {
        return Err(unusable(path, "too few of the sealed witnesses have cosigned it"));
    }
    let size = head.checkpoint.size;
    if tree_root(shared, size) != Some(head.checkpoint.root) {
        return Err(StartRefused::Kept {
            path: path.display().to_string(),
            size,
            found: shared.read().tree.size(),
        });
    }
    let note = String::from_utf8_lossy(&note).into_owned();
    shared.write().witnessed = Some(SignedHead { size, note });
    shared.announce();
    Ok(())
}

fn unusable(path: &Path, why: impl ToString) -> StartRefused {
    StartRefused::File {
        path: path.display().to_string(),
        why: why.to_string(),
    }
}

/// Asks all witnesses at once for the newest head. The ballot box may run if
/// none shows that more was signed, and if those that do not agree are too few
/// to have cosigned anything without one that does.
pub(super) fn agree(
    shared: &Shared,
    trust: &Trust,
    policy: &Policy,
    askers: &mut [Option<Asker>],
    keep: &Path,
) -> Result<(), StartRefused> {
    let head = shared.read().newest();
    let answers: Vec<Result<Answer, StartRefused>> = std::thread::scope(|scope| {
        let asked: Vec<_> = askers
            .iter_mut()
            .map(|asker| scope.spawn(|| asked(asker.as_mut(), shared, trust, &head)))
            .collect();
        let silent = || Ok(Answer::Silent("it could not be asked".to_owned()));
        asked
            .into_iter()
            .map(|answer| answer.join().unwrap_or_else(|_| silent()))
            .collect()
    });
    let answers = answers.into_iter().collect::<Result<Vec<_>, _>>()?;
    let agrees = |place: usize| matches!(answers[place], Answer::Cosigned(_));
    if policy.is_met(|place| !agrees(place)) {
        let states = policy.witnesses().iter().zip(answers);
        return Err(StartRefused::TooFew {
            ours: head.size,
            states: states
                .map(|(witness, answer)| WitnessState {
                    witness: witness.name.clone(),
                    answer,
                })
                .collect(),
        });
    }
    if policy.is_met(agrees) {
        let lines: String = answers.into_iter().filter_map(Answer::lines).collect();
        let note = format!("{}{lines}", head.note);
        publish(
            shared,
            keep,
            SignedHead {
                size: head.size,
                note,
            },
        );
    }
    Ok(())
}

/// Asks one; what it claims to have cosigned beyond this ledger it must show.
fn asked(
    asker: Option<&mut Asker>,
    shared: &Shared,
    trust: &Trust,
    head: &SignedHead,
) -> Result<Answer, StartRefused> {
    let Some(asker) = asker else {
        return Ok(Answer::Silent("the policy says no address".to_owned()));
    };
    let answer = asker.ask(head);
    if let Answer::Ahead(_) | Answer::Disagrees = answer
        && let Some(shown) = asker.shown(trust)
        && tree_root(shared, shown.checkpoint.size) != Some(shown.checkpoint.root)
    {
        return Err(StartRefused::Behind {
            witness: asker.name().to_owned(),
            theirs: shown.checkpoint.size,
            ours: head.size,
        });
    }
    Ok(answer)
}
