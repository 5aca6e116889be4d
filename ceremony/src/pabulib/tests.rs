use proptest::prelude::*;
use voting_core::manifest::{BallotKind, Measure, Method};

use super::*;

const SMALL: &str = "\u{feff}META\r\nkey;value\r\ndescription;\"Parks; and \"\"more\"\"\"\r\nnum_projects;2\r\nnum_votes;3\r\n\
budget;100.50\r\nvote_type;approval\r\nrule; greedy\r\nmax_length;1\r\nPROJECTS\r\nproject_id;cost;name\r\n\
a;60.5;Bench\r\nb;40;Tree\r\nVOTES\r\nvoter_id;vote\r\n1;a\r\n2;a, b\r\n3;a,a\r\n";

fn parse(text: &str) -> File {
    File::parse(text.as_bytes()).unwrap()
}

/// The problem of a file in which `from` was replaced.
fn problem(from: &str, to: &str) -> String {
    assert!(SMALL.contains(from));
    match File::parse(SMALL.replacen(from, to, 1).as_bytes()) {
        Err(error) => error.to_string(),
        Ok(file) => file.contest(Purpose::Replay).unwrap_err().to_string(),
    }
}

#[test]
fn a_file_is_read_with_its_mark_quotes_spaces_and_decimals() {
    let file = parse(SMALL);
    assert_eq!(file.title(), "Parks; and \"more\"");
    let contest = file.contest(Purpose::Poll).unwrap();
    assert_eq!(
        (contest.decimals, contest.budget, contest.projects[0].cost),
        (1, 1005, 605)
    );
    assert_eq!(contest.rule.method, Method::Greedy);
}

#[test]
fn ballots_that_break_the_rules_are_reported_with_the_reason() {
    let file = parse(SMALL);
    let ballots = file.ballots(&file.contest(Purpose::Replay).unwrap());
    assert_eq!(ballots.accepted.len(), 1);
    let reasons: Vec<_> = ballots
        .refused
        .iter()
        .map(|one| (one.voter_id.as_str(), one.reason.as_str()))
        .collect();
    assert_eq!(
        reasons,
        [
            ("2", "names 2 projects, but at most 1 may be named"),
            ("3", "project a is named more than once"),
        ]
    );
    assert_eq!(ballots.refused[1].would_add, [(0, 2, 2)]);
}

#[test]
fn a_difference_to_the_files_columns_is_explained_by_refused_ballots_or_not() {
    let differences = |votes: &str| {
        let text = SMALL
            .replace("project_id;cost;name", "project_id;cost;name;votes")
            .replace("Bench", &format!("Bench;{votes}"))
            .replace("Tree", "Tree;");
        let file = parse(&text);
        let contest = file.contest(Purpose::Replay).unwrap();
        let ballots = file.ballots(&contest);
        let counted = recount(&contest, ballots.accepted.iter().map(|ballot| &ballot.choice));
        file.differences(&ballots, &counted)
    };
    let stated = differences("9").remove(0);
    assert!(!stated.is_explained());
    let sum = (stated.counted + stated.refused).to_string();
    assert!(differences(&sum)[0].is_explained());
    assert_eq!(differences(&stated.counted.to_string()), []);
    assert_eq!(differences("many"), []);
}

#[test]
fn a_defect_is_named_with_its_line() {
    assert_eq!(
        problem("num_votes;3", "num_votes;4"),
        "line 5: num_votes is 4, but the file has 3"
    );
    assert_eq!(
        problem("b;40;Tree", "a;40;Tree"),
        "line 13: project a is listed twice"
    );
    assert_eq!(problem("b;40;Tree", "b;40"), "line 13: 2 fields for 3 columns");
    assert!(problem("b;40;Tree", "b;4,5;Tree").starts_with("line 13: cost: '4,5' is not an amount"));
    assert!(problem("approval", "guess").starts_with("line 7: vote_type 'guess'"));
    assert!(problem("VOTES", "VOTE").contains("line 14"));
    assert!(problem("key;value", "key").starts_with("line 2:"));
    assert!(problem("3;a,a", "3;\"a,a").contains("line 18"));
}

#[test]
fn limits_per_category_become_limits_and_group_budgets() {
    let file = parse(&SMALL.replace("max_length;1", "max_length;2\r\ncategories;x,y\r\nmax_length_per_category;1\r\nmax_sum_cost_per_category;50,100\r\nbudget_per_category;70,30").replace("cost;name", "cost;category").replace("Bench", "x").replace("Tree", "x,y"));
    let contest = file.contest(Purpose::Poll).unwrap();
    let limits: Vec<_> = contest
        .limits
        .iter()
        .map(|limit| (limit.projects.as_slice(), limit.measure, limit.hi))
        .collect();
    assert_eq!(
        limits,
        [
            ([0, 1].as_slice(), Measure::Count, 1),
            ([0, 1].as_slice(), Measure::Cost, 500)
        ]
    );
    assert_eq!(contest.rule.group_budgets.len(), 2);
}

#[test]
fn points_below_one_show_that_zero_is_a_vote() {
    let points = |line: &str| {
        let text = SMALL
            .replace("approval", "cumulative")
            .replace("max_length;1", "max_sum_points;5")
            .replace("voter_id;vote", "voter_id;vote;points");
        let start = text.find("1;a\r\n").unwrap();
        let file = parse(&format!(
            "{}{line}",
            text[..start].replace("num_votes;3", "num_votes;1")
        ));
        match file.contest(Purpose::Replay).unwrap().ballot {
            BallotKind::Points {
                min_points,
                max_points,
                ..
            } => (min_points, max_points),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(points("1;a,b;3,2\r\n"), (1, 5));
    assert_eq!(points("1;a,b;5,0\r\n"), (0, 5));
    assert_eq!(points("1;a,b;5,-1\r\n"), (-1, 6));
}

proptest! {
    #[test]
    fn what_is_printed_reads_back(cells in proptest::collection::vec("[ -~äß]{0,12}", 4)) {
        let mut file = parse(SMALL);
        file.meta[0].1 = cells[0].trim().to_string();
        for (row, cell) in file.projects.iter_mut().zip(&cells[1..]) {
            row.fields.insert("name".into(), cell.trim().to_string());
        }
        prop_assert_eq!(parse(&file.print()), file);
    }

    #[test]
    fn mangled_files_never_panic(at in 0usize..260, byte: u8, cut in 0usize..260) {
        let mut bytes = SMALL.as_bytes().to_vec();
        let at = at % bytes.len();
        bytes[at] = byte;
        for bytes in [&bytes[..], &bytes[..cut.min(bytes.len())]] {
            if let Ok(file) = File::parse(bytes)
                && let Ok(contest) = file.contest(Purpose::Replay)
            {
                file.ballots(&contest);
            }
        }
    }

    #[test]
    fn random_bytes_never_panic(bytes: Vec<u8>) {
        let _ = File::parse(&bytes);
    }
}
