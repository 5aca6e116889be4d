//! The verdict in words, and what no audit of a public record can prove.

use crate::verdict::{Overall, Verdict};

/// What a verdict means, and what to do about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Words {
    /// The verdict, in capitals.
    pub(crate) word: &'static str,
    /// A sign beside the word; never alone.
    pub(crate) sign: &'static str,
    /// The name of its colours.
    pub(crate) class: &'static str,
    /// What it means.
    pub(crate) means: &'static str,
    /// What to do.
    pub(crate) to_do: &'static [&'static str],
}

/// The words of a verdict.
pub(super) fn words(overall: Overall) -> &'static Words {
    match overall {
        Overall::Held => &HELD,
        Overall::Broken => &BROKEN,
        Overall::Incomplete => &INCOMPLETE,
        Overall::Open => &NOT_FINISHED,
    }
}

/// What to do about a verdict.
pub(super) fn to_do(verdict: &Verdict) -> Vec<&'static str> {
    let unsigned = verdict.figures.as_ref().is_some_and(|figures| !figures.signed);
    let first = (unsigned && verdict.overall() == Overall::Broken).then_some(UNSIGNED);
    first
        .into_iter()
        .chain(words(verdict.overall()).to_do.iter().copied())
        .collect()
}

/// The first thing to do where other findings may follow from a bad copy.
const UNSIGNED: &str = "What was read is not what the ledger's key signed. This copy may be damaged or changed, and everything \
                        else that was found may follow from that: audit another copy first.";

const HELD: Words = Words {
    word: "HELD",
    sign: "✓",
    class: "held",
    means: "Everything that the public record can prove was checked, and all of it is right. The ballots in the record were \
            cast with valid voting passes, each keeps the rules, every voter's latest ballot and no other was counted, and the \
            published totals and winners follow from them.",
    to_do: &[
        "Compare by hand what no program can compare for you (below).",
        "File this report. Publish its fingerprints, or a signed statement, so that others can compare.",
    ],
};

const BROKEN: Words = Words {
    word: "BROKEN",
    sign: "✗",
    class: "broken",
    means: "At least one thing in this record is wrong. What is wrong, where, and whose doing it is stands under each broken \
            claim. Until it is explained, do not rely on what that claim should have assured.",
    to_do: &[
        "Keep a copy of the record as it is now (auditor mirror).",
        "If a finding names whoever served this copy, audit another copy: the record itself may be sound.",
        "Otherwise put the findings to the one they name, in writing, and publish them.",
    ],
};

const INCOMPLETE: Words = Words {
    word: "INCOMPLETE",
    sign: "?",
    class: "open",
    means: "Nothing wrong was found, but evidence that should be there is not. This is no confirmation of the result.",
    to_do: &[
        "See under each claim that could not be checked what is missing.",
        "Audit another copy of the record, or ask whoever serves this one for the missing part; then audit again.",
    ],
};

const NOT_FINISHED: Words = Words {
    word: "NOT FINISHED",
    sign: "…",
    class: "open",
    means: "Nothing wrong was found so far. The poll is under way: some claims can be checked only when it is over.",
    to_do: &[
        "Audit again when the result is published. Keep the head of the record below: the later record must go on from it.",
    ],
};

/// The words where there is no verdict.
pub(super) const UNREADABLE: Words = Words {
    word: "NO VERDICT",
    sign: "?",
    class: "open",
    means: "The record could not be read, so nothing was audited. This says nothing for or against the election.",
    to_do: &[
        "See below what could not be read. Try again, or audit another copy of the record.",
        "If no copy can be read although one should be public, say so publicly: an election that cannot be audited is not verified.",
    ],
};

/// Something that no audit of a public record proves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Limit {
    /// The same thing's name in specs/threat-model.md §2.
    pub(super) promise: &'static str,
    /// In a few words.
    pub(super) title: &'static str,
    /// In plain words.
    pub(super) says: &'static str,
}

/// Everything that specs/threat-model.md §2 does not promise, in its order.
pub(super) const LIMITS: [Limit; 11] = [
    Limit {
        promise: "No receipt-freeness.",
        title: "That nobody was pressed or paid",
        says: "Voters who want to can prove to somebody what they voted. Voting again helps against pressure in person, not \
               against somebody who keeps the voter's device or pass.",
    },
    Limit {
        promise: "Revoting is visible.",
        title: "That nobody sees who voted again",
        says: "Whoever knows the public key of a voter's ballot sees that it was replaced, though not by what.",
    },
    Limit {
        promise: "t trustees together can read single ballots, and do so early, without a trace.",
        title: "That the trustees did not read ballots",
        says: "As many trustees as are needed to open the sums could, together, open single ballots, and nothing would show. \
               Secrecy rests on their not meeting for that. The result does not.",
    },
    Limit {
        promise: "Abstainers.",
        title: "That nobody voted for people who stayed away",
        says: "If all issuing offices worked together, they could vote in the name of people who did not. The numbers still fit. \
               Only those people can find out, by looking up whether a pass was issued in their name.",
    },
    Limit {
        promise: "Ballots that were never acknowledged can be dropped.",
        title: "That every ballot that was sent arrived",
        says: "A ballot without a receipt may have been lost or refused on its way. Devices keep it and send it again until \
               they hold a receipt; with a receipt it cannot vanish unnoticed.",
    },
    Limit {
        promise: "A fork of the ledger",
        title: "That everybody was shown this record, unless witnesses saw it",
        says: "Witnesses prevent that two records are shown to two people. Where none are named above, compare the head with \
               what other people were shown.",
    },
    Limit {
        promise: "Ciphertexts are public for ever.",
        title: "That ballots stay secret for ever",
        says: "The sealed ballots are public. Whoever breaks today's cryptography one day can read them, without names.",
    },
    Limit {
        promise: "A device that lies and is never checked wins.",
        title: "That every voter's device was honest",
        says: "A device can seal another choice than the voter made. Voters can have it checked on a second device before \
               casting; what nobody checks, nobody finds.",
    },
    Limit {
        promise: "A lost credential cannot be replaced",
        title: "That everybody who wanted to could vote",
        says: "Whoever lost their pass after it was issued got no second one: nobody can know which ballot it cast. People who \
               were left off the list of voters do not appear in this record at all.",
    },
    Limit {
        promise: "Traffic analysis.",
        title: "That nobody watched the network",
        says: "Whoever sees the traffic of both the issuing office and the ballot box could match times.",
    },
    Limit {
        promise: "RSA timing (RUSTSEC-2023-0071).",
        title: "That the issuing offices' keys never leaked",
        says: "A key that leaked, by measuring how long signing takes for instance, could make passes that look right. There \
               would then be more ballots than records of passes, which is checked above; passes in place of those of people \
               who stayed away would not show.",
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_report_says_everything_that_the_threat_model_does_not_promise() {
        let model = include_str!("../../../specs/threat-model.md");
        let (_, section) = model.split_once("## 2. What is not promised").unwrap();
        let (section, _) = section.split_once("\n## ").unwrap();
        let promises: Vec<_> = section
            .lines()
            .filter_map(|line| line.strip_prefix("- **")?.split_once("**"))
            .map(|(promise, _)| promise)
            .collect();
        let said: Vec<_> = LIMITS.iter().map(|limit| limit.promise).collect();
        assert_eq!(
            said, promises,
            "specs/threat-model.md §2 and the report drift apart"
        );
    }
}
