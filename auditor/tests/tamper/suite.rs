//! The suite: every mutant audited, every verdict compared with what was meant.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::atomic::{AtomicUsize, Ordering};

use auditor::{Overall, Verdict};

use crate::mutants::{Meant, Mutant};

/// What became of a mutant.
pub(crate) struct Caught {
    pub(crate) broken: Vec<&'static str>,
    /// Claims that could not be checked any more.
    pub(crate) open: Vec<&'static str>,
    pub(crate) overall: Overall,
}

impl Caught {
    fn of(verdict: &Verdict) -> Self {
        let named = |is: fn(&auditor::Standing) -> bool| {
            let claims = verdict.claims.iter().filter(move |claim| is(&claim.standing));
            claims.map(|claim| claim.id).collect()
        };
        Self {
            broken: named(auditor::Standing::is_broken),
            open: named(|standing| !standing.is_held() && !standing.is_broken()),
            overall: verdict.overall(),
        }
    }

    /// Whether the mutant met the fate that was meant for it.
    pub(crate) fn as_meant(&self, meant: Meant) -> bool {
        match meant {
            Meant::Caught(claim) => self.broken.contains(&claim),
            Meant::Open(claim) => self.broken.is_empty() && self.open.contains(&claim),
            Meant::Equivalent(_) => self.overall == Overall::Held,
        }
    }

    /// "broken: order, sums".
    pub(crate) fn says(&self) -> String {
        match (self.overall, self.broken.is_empty()) {
            (Overall::Held, _) => "held".into(),
            (_, false) => format!("broken: {}", self.broken.join(", ")),
            _ => format!("not checkable: {}", self.open.join(", ")),
        }
    }
}

/// Audits all mutants on all cores; the answers stand in their order. Where
/// the claims themselves are mutated (`make mutants`), the first mutant that
/// meets another fate than meant is enough.
pub(crate) fn run(mutants: &[Mutant]) -> Vec<Caught> {
    let at_once = std::env::var_os("PSEPHOS_MUTANTS").is_some();
    let next = AtomicUsize::new(0);
    let one = || {
        let mut done = Vec::new();
        loop {
            let place = next.fetch_add(1, Ordering::Relaxed);
            let Some(mutant) = mutants.get(place) else {
                return done;
            };
            let caught = Caught::of(&(mutant.make)().audit(mutant.expected()));
            if at_once && !caught.as_meant(mutant.meant) {
                next.store(mutants.len(), Ordering::Relaxed);
                panic!("{}: {}", mutant.name(), caught.says());
            }
            done.push((place, caught));
        }
    };
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    let mut done = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..workers).map(|_| scope.spawn(one)).collect();
        let done = threads.into_iter().flat_map(|thread| thread.join().unwrap());
        done.collect::<Vec<_>>()
    });
    done.sort_by_key(|(place, _)| *place);
    done.into_iter().map(|(_, caught)| caught).collect()
}

/// The list of mutants, each with the claim that caught it, and the counts.
pub(crate) fn report(mutants: &[Mutant], caught: &[Caught]) -> String {
    let mut text = String::new();
    let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for (mutant, caught) in mutants.iter().zip(caught) {
        let (word, by) = match mutant.meant {
            Meant::Caught(claim) | Meant::Open(claim) => (claim, caught.says()),
            Meant::Equivalent(reason) => ("equivalent", format!("{}; {reason}", caught.says())),
        };
        *counts.entry((&mutant.kind, word)).or_default() += 1;
        let mark = if caught.as_meant(mutant.meant) {
            ""
        } else {
            "NOT AS MEANT "
        };
        let _ = writeln!(text, "{mark}{} -> {word} [{by}]", mutant.name());
    }
    let _ = writeln!(text, "\n{} mutants", mutants.len());
    for ((kind, word), count) in counts {
        let _ = writeln!(text, "{count:5}  {kind}: {word}");
    }
    text
}
