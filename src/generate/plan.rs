//! What to generate, and which requests are refused.

use std::path::PathBuf;

use clap::ValueEnum;
use voting_core::contest::Choice;
use voting_core::manifest::{
    BallotKind, Contest, Method, PlacePoints, Project, RankBy, SumLimit, TieBreak, WinnerRule,
};

use super::randomness::Seed;

/// Makes a whole election of any size, fast, to try a reader of ledgers on.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "The folder is a closed, decrypted and witnessed election in which every claim of
`auditor verify` holds. The same seed and arguments give the same bytes. Nothing in it is
secret: whoever knows the seed knows everybody's keys.

Examples:
  psephos generate ./ledger --ballots 10000 --projects 20
  psephos generate ./ledger --ballots 100000 --projects 197 --kind one --seed 7"
)]
pub(crate) struct Arguments {
    /// Where the ledger goes: a folder that does not exist yet.
    folder: PathBuf,
    /// Ballots on the ledger.
    #[arg(long, value_parser = clap::value_parser!(u64).range(1..=1_000_000_000))]
    ballots: u64,
    /// Projects to choose from.
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=900))]
    projects: u32,
    /// What a ballot may say.
    #[arg(long, value_enum, default_value_t = Kind::Choose)]
    kind: Kind,
    /// Most projects of a ballot (choose), points to share out (points), places (rank).
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..=900))]
    most: u32,
    /// How many of the ballots replace an earlier one.
    #[arg(long, default_value_t = 0)]
    again: u64,
    /// Lines on the roll; by default as many as there are voters.
    #[arg(long)]
    roll: Option<u64>,
    /// Issuers, of each of whom a ballot bears a token.
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=8))]
    issuers: u32,
    /// Size of the issuers' RSA keys: 2048, 3072 or 4096.
    #[arg(long, default_value_t = 3072, value_parser = token_bits)]
    token_bits: u32,
    /// Trustees; most of them are needed to decrypt.
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u32).range(3..=50))]
    trustees: u32,
    /// Witnesses, most of whom must cosign; 0: no policy is sealed.
    #[arg(long, default_value_t = 4, value_parser = clap::value_parser!(u32).range(0..=50))]
    witnesses: u32,
    /// Ballots of a batch.
    #[arg(long, default_value_t = 256, value_parser = clap::value_parser!(u32).range(1..=4096))]
    batch: u32,
    /// Where all randomness comes from.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// What a ballot may say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Kind {
    /// Exactly one project.
    One,
    /// At least one project, and at most `--most`.
    Choose,
    /// Projects within the budget, which is a third of what all cost.
    Knapsack,
    /// At most `--most` points, shared out among projects.
    Points,
    /// Up to `--most` projects, best first.
    Rank,
}

fn token_bits(text: &str) -> Result<u32, String> {
    match text {
        "2048" => Ok(2048),
        "3072" => Ok(3072),
        "4096" => Ok(4096),
        _ => Err("2048, 3072 and 4096 are possible".to_owned()),
    }
}

/// Arguments that ask for something impossible.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Refused {
    /// The folder is there.
    #[error("{} exists already; name a folder that does not", .0.display())]
    Exists(PathBuf),
    /// More ballots replace earlier ones than there are.
    #[error("--again {again}: of {ballots} ballots at most half can replace the others")]
    Again {
        /// Ballots that replace one.
        again: u64,
        /// Ballots.
        ballots: u64,
    },
    /// Voters without a line on the roll.
    #[error("--roll {lines}: there are {voters} voters, and each needs a line")]
    Roll {
        /// Lines.
        lines: u64,
        /// Voters.
        voters: u64,
    },
    /// A ballot cannot name more projects than there are.
    #[error("--most {most}: there are only {projects} projects")]
    Most {
        /// Most projects of a ballot.
        most: u32,
        /// Projects.
        projects: u32,
    },
    /// A contest that the manifest refuses.
    #[error("such ballots are not possible: {0}")]
    Contest(String),
}

/// What to generate.
pub(super) struct Plan {
    pub(super) folder: PathBuf,
    pub(super) ballots: u64,
    pub(super) projects: u32,
    pub(super) contest: Contest,
    /// Ballots that replace an earlier one; the first voters cast them.
    pub(super) again: u64,
    pub(super) lines: u64,
    pub(super) issuers: u32,
    pub(super) token_bits: u32,
    pub(super) trustees: u32,
    pub(super) witnesses: u32,
    pub(super) batch: u32,
    pub(super) seed: Seed,
}

impl Plan {
    /// People who vote, some of them twice.
    pub(super) fn voters(&self) -> u64 {
        self.ballots - self.again
    }
}

impl Arguments {
    /// The plan, if it is possible.
    pub(super) fn plan(&self) -> Result<Plan, Refused> {
        let (ballots, again) = (self.ballots, self.again);
        if self.folder.exists() {
            return Err(Refused::Exists(self.folder.clone()));
        }
        if again > ballots / 2 {
            return Err(Refused::Again { again, ballots });
        }
        let voters = ballots - again;
        let lines = self.roll.unwrap_or(voters);
        if lines < voters {
            return Err(Refused::Roll { lines, voters });
        }
        if matches!(self.kind, Kind::Choose | Kind::Rank) && self.most > self.projects {
            return Err(Refused::Most {
                most: self.most,
                projects: self.projects,
            });
        }
        let contest = self.contest();
        contest
            .statement()
            .map_err(|error| Refused::Contest(error.to_string()))?;
        Ok(Plan {
            folder: self.folder.clone(),
            ballots,
            projects: self.projects,
            contest,
            again,
            lines,
            issuers: self.issuers,
            token_bits: self.token_bits,
            trustees: self.trustees,
            witnesses: self.witnesses,
            batch: self.batch,
            seed: Seed::new(self.seed),
        })
    }

    fn contest(&self) -> Contest {
        let projects: Vec<Project> = (0..self.projects).map(project).collect();
        let all: u64 = projects.iter().map(|project| project.cost).sum();
        let dearest = projects.iter().map(|project| project.cost).max().unwrap_or(0);
        let budget = dearest.max(all / 3);
        let by = match self.kind {
            Kind::Points | Kind::Rank => RankBy::Score,
            _ => RankBy::Votes,
        };
        Contest {
            id: "projects".to_owned(),
            budget,
            currency: "EUR".to_owned(),
            decimals: 0,
            projects,
            groups: Vec::new(),
            ballot: self.ballot_kind(budget),
            limits: Vec::new(),
            rule: WinnerRule {
                method: Method::Greedy,
                by,
                group_budgets: Vec::new(),
                leftover: false,
            },
            tie_break: TieBreak::LowerCost,
        }
    }

    fn ballot_kind(&self, budget: u64) -> BallotKind {
        let (most, projects) = (self.most, self.projects);
        match self.kind {
            Kind::One => BallotKind::ChooseOne { blank: false },
            Kind::Choose => BallotKind::Approval {
                min_length: 1,
                max_length: most,
            },
            Kind::Knapsack => BallotKind::Knapsack {
                min_length: 0,
                max_length: projects,
                min_sum_cost: 0,
                max_sum_cost: budget,
            },
            Kind::Points => BallotKind::Points {
                min_points: 1,
                max_points: most.into(),
                default_points: 0,
                sum: Some(SumLimit {
                    least: 0,
                    most: most.into(),
                }),
                min_length: 0,
                max_length: projects,
            },
            Kind::Rank => BallotKind::Ranking {
                min_length: 1,
                max_length: most,
                points: PlacePoints::FromFirst {
                    table: (1..=most).rev().collect(),
                },
            },
        }
    }
}

/// Costs differ, and repeat now and then: ties are broken too.
fn project(number: u32) -> Project {
    Project {
        id: format!("p{}", number + 1),
        cost: 1_000 + 250 * u64::from(number * 7 % 12),
        groups: Vec::new(),
    }
}

impl Plan {
    /// A voter's choice: projects at the front of the list are liked more.
    pub(super) fn choice(&self, voter: u64, sequence: u32) -> Choice {
        let mut rng = self.seed.rng("choice", voter << 1 | u64::from(sequence));
        let mut below = |bound: u64| rand_core::Rng::next_u64(&mut rng) % bound.max(1);
        let all = u64::from(self.projects);
        let mut order: Vec<u32> = Vec::new();
        let wanted = match self.contest.ballot {
            BallotKind::ChooseOne { .. } => 1,
            BallotKind::Approval { max_length, .. } | BallotKind::Ranking { max_length, .. } => {
                1 + below(max_length.into())
            }
            BallotKind::Knapsack { .. } | BallotKind::Points { .. } => 1 + below(all.min(8)),
        };
        while (order.len() as u64) < wanted {
            let project = below(all).min(below(all)) as u32;
            if !order.contains(&project) {
                order.push(project);
            }
        }
        match &self.contest.ballot {
            BallotKind::Points { max_points, .. } => {
                let mut left = *max_points;
                let mut points = Vec::new();
                for project in order {
                    if left > 0 {
                        let given = 1 + below(left as u64) as i64;
                        left -= given;
                        points.push((project, given));
                    }
                }
                Choice::Points(points)
            }
            BallotKind::Ranking { .. } => Choice::Ranking(order),
            BallotKind::Knapsack { max_sum_cost, .. } => {
                let mut left = *max_sum_cost;
                order.retain(|&project| {
                    let rest = left.checked_sub(self.contest.projects[project as usize].cost);
                    left = rest.unwrap_or(left);
                    rest.is_some()
                });
                Choice::Projects(order)
            }
            _ => Choice::Projects(order),
        }
    }
}
