//! The golden election: small, honest, and with everything in it that a
//! ledger can have. All ballot kinds and winner rules, two styles, two
//! issuers, a key ceremony that began again after a complaint, rolls and
//! reports in parts, votes that were replaced, a poll that was paused and
//! extended, a trustee who stayed away, sealed witnesses, a public lot.

use std::sync::{Arc, OnceLock};

use auditor::{Audit, Verdict};
use sha2::{Digest, Sha256};
use voting_core::contest::Choice;
use voting_core::entry::{BallotEntry, Entry};
use voting_core::hash::{Hash, identifier};
use voting_core::lifecycle::{Election, Lifecycle};
use voting_core::manifest::*;
use voting_core::roll::IssuanceRecord;
use voting_core::tally::Sums;

use crate::kit::{People, Story, Voter};
use crate::sealed::{self, POLICY, cosigned};

/// The value of the lot: it decides who comes second in the first contest.
const LOT: &str = "3 17 22 41";

/// Everything an audit reads.
#[derive(Clone)]
pub(crate) struct Record {
    pub(crate) entries: Vec<Vec<u8>>,
    pub(crate) content: Vec<(String, Vec<u8>)>,
    pub(crate) checkpoint: Vec<u8>,
}

/// The honest record, and what insiders need to go on with it.
pub(crate) struct Golden {
    pub(crate) story: Story,
    pub(crate) record: Record,
    /// The state before each entry but the first.
    pub(crate) states: Vec<Lifecycle>,
    /// The sums of every contest.
    pub(crate) sums: Vec<Sums>,
}

pub(crate) fn golden() -> &'static Golden {
    static GOLDEN: OnceLock<Golden> = OnceLock::new();
    GOLDEN.get_or_init(|| Golden::with([9; 32]))
}

/// The same poll held a second time by the same people: what can be replayed.
pub(crate) fn twin() -> &'static Golden {
    static TWIN: OnceLock<Golden> = OnceLock::new();
    TWIN.get_or_init(|| Golden::with([10; 32]))
}

impl Golden {
    fn with(nonce: Hash) -> Self {
        let story = decided(people(nonce));
        let mut state = Lifecycle::begin(&story.entries[0]).unwrap();
        let mut states = vec![state.clone()];
        for bytes in &story.entries[1..] {
            states.push(state.clone());
            let entry = Entry::from_bytes(bytes).unwrap();
            state
                .apply(voting_core::ledger::leaf_hash(bytes), &entry)
                .unwrap();
        }
        let sums = (0..story.people.manifest.contests.len() as u32).map(|contest| story.sums(contest).1);
        Self {
            sums: sums.collect(),
            record: Record::of(&story),
            states,
            story,
        }
    }
}

impl Record {
    /// The whole public record of a story, its head cosigned.
    pub(crate) fn of(story: &Story) -> Self {
        let policy = sealed::policy(&People::golden(), &[]).into_bytes();
        let mut content: Vec<_> = FILES
            .map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()))
            .into();
        content.push((POLICY.to_owned(), policy));
        let checkpoint = cosigned(&story.checkpoint(), &[0, 1, 3]);
        Self {
            entries: story.entries.clone(),
            content,
            checkpoint,
        }
    }

    /// The verdict of an observer who knows the published election id.
    pub(crate) fn audit(&self, expected: Option<Hash>) -> Verdict {
        let mut recall = self.entries.as_slice();
        let mut audit = Audit::begin(expected, [42; 32]);
        for (index, entry) in self.entries.iter().enumerate() {
            audit.entry(entry, &mut recall);
            if index == 0 {
                for (name, bytes) in &self.content {
                    audit.content(name, bytes);
                }
            }
        }
        audit.finish(&[&self.checkpoint], &mut recall)
    }
}

/// Files beside the ledger, apart from the witness policy.
const FILES: [(&str, &str); 2] = [
    ("en.json", "{\"pond\": \"A pond for frogs\"}"),
    ("pond.svg", "<svg/>"),
];

fn project(id: &str, cost: u64, groups: &[u32]) -> Project {
    Project {
        id: id.into(),
        cost,
        groups: groups.into(),
    }
}

/// Three projects, a ballot kind, a rule and a tie-break.
fn contest(id: &str, ballot: BallotKind, (method, by): (Method, RankBy), tie_break: TieBreak) -> Contest {
    Contest {
        id: id.into(),
        budget: 100,
        currency: "EUR".into(),
        decimals: 0,
        projects: vec![
            project("pond", 40, &[]),
            project("trees", 30, &[]),
            project("slide", 60, &[]),
        ],
        groups: vec![],
        ballot,
        limits: vec![],
        rule: WinnerRule {
            method,
            by,
            group_budgets: vec![],
            leftover: false,
        },
        tie_break,
    }
}

/// All five ballot kinds in all their forms, all winner rules, all tie-breaks.
fn contests() -> Vec<Contest> {
    use Method::*;
    use RankBy::*;
    let points = |min_points, default_points, sum, max_length| BallotKind::Points {
        min_points,
        max_points: 3,
        default_points,
        sum,
        min_length: 1,
        max_length,
    };
    let ranking = |points| BallotKind::Ranking {
        min_length: 1,
        max_length: 2,
        points,
    };
    let approval = BallotKind::Approval {
        min_length: 1,
        max_length: 2,
    };
    let knapsack = BallotKind::Knapsack {
        min_length: 1,
        max_length: 2,
        min_sum_cost: 30,
        max_sum_cost: 90,
    };
    let exclusive = GreedyExclusive {
        least: 1,
        exclusions: vec![vec![0, 2]],
    };
    let sum = Some(SumLimit { least: 1, most: 5 });
    let table = PlacePoints::FromFirst { table: vec![3, 1] };
    let not_computed = NotComputed {
        name: "equalshares".into(),
    };
    let mut contests = vec![
        contest(
            "one",
            BallotKind::ChooseOne { blank: false },
            (Greedy, Votes),
            TieBreak::Lot,
        ),
        contest("some", approval, (exclusive, Votes), TieBreak::HigherCost),
        contest("basket", knapsack, (VotesPerCost, Votes), TieBreak::LowerCost),
        contest(
            "points",
            points(1, 0, sum, 3),
            (GreedyNoSkip { least: 1 }, Score),
            TieBreak::ManifestOrder,
        ),
        contest(
            "scores",
            points(-1, 1, None, 2),
            (GreedyThreshold { least: 2 }, Score),
            TieBreak::LowerCost,
        ),
        contest("table", ranking(table), (Greedy, Score), TieBreak::LowerCost),
        contest(
            "borda",
            ranking(PlacePoints::FromLast),
            (not_computed, Score),
            TieBreak::LowerCost,
        ),
    ];
    let basket = &mut contests[2];
    basket.groups = vec!["north bank".into(), "south bank".into()];
    for (project, group) in basket.projects.iter_mut().zip([0, 0, 1]) {
        project.groups = vec![group];
    }
    basket.rule.group_budgets = vec![
        GroupBudget { group: 0, budget: 35 },
        GroupBudget { group: 1, budget: 65 },
    ];
    basket.rule.leftover = true;
    contests[1].limits = vec![
        Limit {
            projects: vec![0, 2],
            measure: Measure::Count,
            lo: 0,
            hi: 1,
        },
        Limit {
            projects: vec![0, 1, 2],
            measure: Measure::Cost,
            lo: 0,
            hi: 95,
        },
    ];
    contests
}

fn people(nonce: Hash) -> Arc<People> {
    let policy = sealed::policy(&People::golden(), &[]);
    People::with(|manifest| {
        manifest.nonce = nonce.into();
        manifest.languages.push("pl".into());
        manifest.contests = contests();
        manifest.styles[0].contests = vec![0, 1, 2, 5];
        manifest.styles[1].contests = vec![0, 3, 4, 6];
        // As many as vote in a contest of one style: that is enough.
        manifest.smallest_group = 5;
        manifest.casting_delay = 60;
        manifest.booth = Some([8; 32].into());
        let files = FILES.into_iter().chain([(POLICY, policy.as_str())]);
        manifest.content = files
            .map(|(name, text)| ContentFile {
                name: name.into(),
                sha256: <[u8; 32]>::from(Sha256::digest(text)).into(),
                length: text.len() as u64,
            })
            .collect();
        manifest.witness_policy = Some(<[u8; 32]>::from(Sha256::digest(&policy)).into());
    })
}

/// Lines on the roll of a style: the first style's list has two parts; of the
/// second, everybody votes.
const LINES: [u64; 2] = [2_003, 5];
/// Records that every issuer reports of a style: the first list has two parts.
const RECORDS: [usize; 2] = [1_002, 5];

/// The sorted pseudonyms of an issuer's roll.
pub(crate) fn roll(issuer: u32, style: u32) -> Vec<Hash> {
    let place = [issuer.to_be_bytes(), style.to_be_bytes()].concat();
    let line = |line: u64| identifier("test", &[&place, &line.to_be_bytes()]);
    let mut roll: Vec<_> = (0..LINES[style as usize]).map(line).collect();
    roll.sort_unstable();
    roll
}

/// What a voter chooses in a contest; it depends on the sequence.
pub(crate) fn choice(kind: &BallotKind, voter: u32, sequence: u32) -> Choice {
    let pick = (voter + sequence) % 3;
    let other = (pick + 1) % 3;
    match kind {
        BallotKind::ChooseOne { .. } => Choice::Projects(vec![pick]),
        // One project each in pairs that no limit forbids.
        BallotKind::Approval { .. } => {
            Choice::Projects([vec![0, 1], vec![1], vec![2]][pick as usize].clone())
        }
        BallotKind::Knapsack { .. } => {
            Choice::Projects([vec![0, 1], vec![1, 2], vec![2]][pick as usize].clone())
        }
        BallotKind::Points { min_points: 1, .. } => Choice::Points(vec![(pick, 3), (other, 2)]),
        BallotKind::Points { .. } => Choice::Points(vec![(pick, 3), (other, -1)]),
        BallotKind::Ranking { .. } if voter.is_multiple_of(4) => Choice::Ranking(vec![pick]),
        BallotKind::Ranking { .. } => Choice::Ranking(vec![pick, other]),
    }
}

/// The cell values of a voter's choices.
pub(crate) fn values(election: &Election, voter: u32, style: u32, sequence: u32) -> Vec<u64> {
    let contests = election.manifest.styles[style as usize].contests.iter();
    let contests = contests.map(|&contest| &election.manifest.contests[contest as usize]);
    contests
        .flat_map(|contest| contest.encode(&choice(&contest.ballot, voter, sequence)).unwrap())
        .collect()
}

/// An honest ballot. Voters 0 to 4 are of the first style, 5 to 9 of the second.
pub(crate) fn cast(story: &Story, voter: u32, sequence: u32) -> BallotEntry {
    let (election, person) = (story.election(), Voter::new(voter.into()));
    let context = election.ballot_context(person.style).unwrap();
    let values = values(election, voter, person.style, sequence);
    person.ballot_in(&context, person.tokens(election), &values, sequence)
}

/// Up to opening: the first key ceremony fails, the second holds.
fn opened(people: Arc<People>) -> Story {
    let mut story = Story::begin(people);
    story.failed_round(1, 2);
    story.key_ceremony();
    for style in 0..2 {
        for issuer in 0..2 {
            story.issuer_key(issuer, style);
            story.roll(issuer, style, &roll(issuer, style));
        }
    }
    for trustee in 0..3 {
        story.rehearse(trustee);
    }
    story.open();
    story
}

/// Voting, interrupted and extended. Voter 1 votes three times, voter 6 twice.
pub(crate) fn voted(people: Arc<People>) -> Story {
    let mut story = opened(people);
    let batch = |story: &mut Story, votes: &[(u32, u32)]| {
        let ballots = votes
            .iter()
            .map(|&(voter, sequence)| cast(story, voter, sequence));
        let ballots = ballots.collect();
        story.batch(ballots);
    };
    batch(&mut story, &[(0, 0), (1, 0), (2, 0), (5, 0), (6, 0), (7, 0)]);
    story.officers("pause", "a flood", 0, Entry::Pause);
    story.officers("extend", "one day more", 1_801_086_400, Entry::Extend);
    story.officers("resume", "dry again", 0, Entry::Resume);
    batch(&mut story, &[(1, 1), (3, 0), (4, 0), (8, 0)]);
    batch(&mut story, &[(1, 2), (6, 1), (9, 0)]);
    story
}

/// To the end. Trustee 1 stays away.
fn decided(people: Arc<People>) -> Story {
    let mut story = voted(people);
    story.close();
    finish(&mut story);
    story
}

/// After close: what box, issuers, officers and trustees add.
pub(crate) fn finish(story: &mut Story) {
    story.tally();
    for style in 0..2 {
        for issuer in 0..2 {
            story.report_records(issuer, style, &records(issuer, style));
        }
    }
    story.officers("lot", LOT, 0, Entry::Lot);
    story.shares(&[0, 2]);
    story.results();
}

/// What an issuer reports of a style.
pub(crate) fn records(issuer: u32, style: u32) -> Vec<IssuanceRecord> {
    let lines = roll(issuer, style).into_iter().take(RECORDS[style as usize]);
    let blinded = [issuer as u8; 32];
    lines
        .map(|pseudonym| IssuanceRecord { pseudonym, blinded })
        .collect()
}
