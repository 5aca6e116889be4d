//! What is voted on: contests with rules that can be met and counted, and the
//! ballot styles that show them.

use alloc::format;
use alloc::vec::Vec;

use super::{MAX_MONEY, MAX_TOTAL, MAX_VOTERS, Problems, readable};
use crate::encoding::MAX_ENTRY;
use crate::manifest::{BallotKind, Contest, Manifest, Measure, Method};
use crate::statement::{MAX_CELLS, Statement};

/// Room in a ballot's entry beside cells and tokens: proofs and framing.
const BALLOT_OVERHEAD: usize = 1_536;
// The widest ballot, with eight tokens of 4096 bits, fits into an entry.
const _: () = assert!(MAX_CELLS * 64 + 8 * (4096 / 8 + 3) + BALLOT_OVERHEAD <= MAX_ENTRY);

impl Problems {
    pub(super) fn contest(&mut self, at: &str, contest: &Contest) {
        if let Err(error) = contest.statement() {
            self.add(format!("{at}.ballot"), error, "correct the ballot's rules");
        }
        self.names(
            &format!("{at}.projects"),
            contest.projects.iter().map(|project| &project.id),
        );
        self.names(&format!("{at}.groups"), contest.groups.iter());
        for (index, project) in contest.projects.iter().enumerate() {
            self.indices(
                &format!("{at}.projects[{index}].groups"),
                &project.groups,
                contest.groups.len(),
                "group",
            );
        }
        for (index, limit) in contest.limits.iter().enumerate() {
            let field = format!("{at}.limits[{index}]");
            self.indices(&field, &limit.projects, contest.projects.len(), "project");
            self.require(
                !limit.projects.is_empty(),
                &field,
                "the limit counts no project",
                "leave it out",
            );
            let empty = limit.measure == Measure::Count && limit.hi == 0;
            self.require(
                !empty,
                &field,
                "nobody could name any of its projects",
                "leave the projects out",
            );
        }
        self.money(at, contest);
        self.points(at, contest);
        self.rule(at, contest);
    }

    fn money(&mut self, at: &str, contest: &Contest) {
        self.require(
            contest.decimals <= 4,
            format!("{at}.decimals"),
            format!("{} decimal places", contest.decimals),
            "use at most 4",
        );
        let code = contest.currency.is_empty()
            || (contest.currency.len() == 3
                && contest.currency.bytes().all(|byte| byte.is_ascii_uppercase()));
        self.require(
            code,
            format!("{at}.currency"),
            format!("'{}' is not an ISO 4217 code", contest.currency),
            "write three capital letters, or nothing",
        );
        let costs: u128 = contest
            .projects
            .iter()
            .map(|project| u128::from(project.cost))
            .sum();
        let largest = costs.max(contest.budget.into());
        self.require(
            largest <= MAX_MONEY.into(),
            format!("{at}.budget"),
            "budget or costs together pass 2^52 minor units",
            "use a larger unit of money",
        );
    }

    /// Every total can be read, and no sum leaves 64 bits (attacks A11, B10).
    fn points(&mut self, at: &str, contest: &Contest) {
        let largest = (0..contest.cells().min(MAX_CELLS))
            .map(|cell| contest.cell_maximum(cell))
            .max()
            .unwrap_or(0);
        let readable = largest
            .checked_mul(MAX_VOTERS)
            .is_some_and(|total| total <= MAX_TOTAL);
        self.require(
            readable,
            format!("{at}.ballot"),
            format!("one ballot can add {largest} to a total, and totals above 2^42 cannot be decrypted"),
            "allow at most 32,768 points between least and most",
        );
        if let BallotKind::Points {
            min_points,
            max_points,
            default_points,
            ..
        } = contest.ballot
        {
            let far = [min_points, max_points, default_points]
                .iter()
                .any(|points| points.unsigned_abs() > MAX_TOTAL / MAX_VOTERS);
            self.require(
                !far,
                format!("{at}.ballot"),
                "points are beyond ±32,768",
                "use smaller points",
            );
        }
    }

    fn rule(&mut self, at: &str, contest: &Contest) {
        let groups: Vec<u32> = contest.rule.group_budgets.iter().map(|own| own.group).collect();
        self.indices(
            &format!("{at}.rule.group_budgets"),
            &groups,
            contest.groups.len(),
            "group",
        );
        let spare = contest.rule.leftover && groups.is_empty();
        self.require(
            !spare,
            format!("{at}.rule.leftover"),
            "there are no group budgets to leave anything over",
            "turn it off",
        );
        match &contest.rule.method {
            Method::GreedyExclusive { exclusions, .. } => {
                for (index, group) in exclusions.iter().enumerate() {
                    self.indices(
                        &format!("{at}.rule.exclusions[{index}]"),
                        group,
                        contest.projects.len(),
                        "project",
                    );
                }
            }
            Method::NotComputed { name } => {
                self.require(
                    readable(name),
                    format!("{at}.rule"),
                    "the rule has no name",
                    "name the rule",
                );
            }
            _ => {}
        }
    }

    pub(super) fn contests_and_styles(&mut self, manifest: &Manifest) {
        self.require(
            !manifest.contests.is_empty(),
            "contests",
            "there is nothing to vote on",
            "add a contest",
        );
        self.names("contests", manifest.contests.iter().map(|contest| &contest.id));
        self.require(
            !manifest.styles.is_empty(),
            "styles",
            "nobody sees any contest",
            "add a style",
        );
        self.names("styles", manifest.styles.iter().map(|style| &style.name));
        for (index, style) in manifest.styles.iter().enumerate() {
            let at = format!("styles[{index}]");
            self.require(
                !style.name.contains(','),
                &at,
                "a comma separates origins in token challenges",
                "leave it out of the name",
            );
            self.require(
                !style.contests.is_empty(),
                &at,
                "its voters see no contest",
                "name one",
            );
            self.indices(&at, &style.contests, manifest.contests.len(), "contest");
            self.style_size(&at, manifest, &style.contests);
        }
        let mut seen = alloc::vec![false; manifest.contests.len()];
        for &index in manifest.styles.iter().flat_map(|style| &style.contests) {
            if let Some(seen) = seen.get_mut(index as usize) {
                *seen = true;
            }
        }
        for index in (0..seen.len()).filter(|&index| !seen[index]) {
            self.add(
                format!("contests[{index}]"),
                "no style shows this contest",
                "add it to a style or leave it out",
            );
        }
    }

    /// A ballot of the style has no more cells than a proof, and fits into an entry.
    fn style_size(&mut self, at: &str, manifest: &Manifest, contests: &[u32]) {
        let contests: Vec<&Contest> = contests
            .iter()
            .filter_map(|&index| manifest.contests.get(index as usize))
            .collect();
        let cells = contests
            .iter()
            .fold(0usize, |sum, contest| sum.saturating_add(contest.cells()));
        if cells > MAX_CELLS {
            self.add(
                at,
                format!("a ballot would have {cells} cells; {MAX_CELLS} are the most"),
                "show fewer contests in one style, or allow fewer places",
            );
            return;
        }
        let parts = contests.iter().map(|contest| contest.statement().ok());
        let Some(parts) = parts.collect::<Option<Vec<Statement>>>() else {
            return; // already said at the contest
        };
        if parts.is_empty() {
            return; // already said of the style
        }
        if let Err(error) = Statement::join(&parts.iter().collect::<Vec<_>>()) {
            self.add(at, error, "show fewer contests in one style");
        }
    }
}
