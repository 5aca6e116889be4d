//! Real elections without cryptography: recount = sum of cells, for every file.

use std::path::PathBuf;

use ceremony::pabulib::{Difference, File, Purpose, Row, recount};
use voting_core::contest::ProjectTotal;
use voting_core::manifest::Contest;
use voting_core::outcome::{Outcome, outcome};

fn folder() -> Option<PathBuf> {
    let shared = std::env::var("PSEPHOS_SHARED")
        .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared").into());
    let folder = PathBuf::from(shared).join("data/pabulib");
    if !folder.is_dir() {
        println!(
            "skipped: no Pabulib files at {}; set PSEPHOS_SHARED",
            folder.display()
        );
        return None;
    }
    Some(folder)
}

#[test]
fn every_real_election_comes_out_right() {
    let Some(folder) = folder() else { return };
    let index = std::fs::read_to_string(folder.join("INDEX.tsv")).unwrap();
    let mut lines = index.lines().map(|line| line.split('\t').collect::<Vec<_>>());
    let header = lines.next().unwrap();
    let column = |name: &str| header.iter().position(|one| *one == name).unwrap();
    let (name, replay) = (column("file"), column("replay"));
    let mut files = 0;
    for line in lines {
        let bytes = std::fs::read(folder.join(line[name])).unwrap();
        check(
            line[name],
            &File::parse(&bytes).unwrap(),
            line[replay] == "greedy",
        );
        files += 1;
    }
    assert_eq!(files, 35);
}

fn check(name: &str, file: &File, winners_follow: bool) {
    let contest = file
        .contest(Purpose::Replay)
        .unwrap_or_else(|error| panic!("{name}: {error}"));
    let statement = contest.statement().unwrap();
    let ballots = file.ballots(&contest);
    println!(
        "{name}: {} cells, {} constraints, N = {}, {} accepted, refused {:?}",
        contest.cells(),
        statement.constraints().len(),
        statement.padded_bits(),
        ballots.accepted.len(),
        ballots.refused.iter().map(|one| &one.reason).collect::<Vec<_>>()
    );
    let mut sums = vec![0; contest.cells()];
    for ballot in &ballots.accepted {
        let values = contest.encode(&ballot.choice).unwrap();
        statement
            .check(&values)
            .unwrap_or_else(|error| panic!("{name}, {}: {error}", ballot.voter_id));
        assert_eq!(contest.encode(&contest.decode(&values).unwrap()).unwrap(), values);
        for (sum, value) in sums.iter_mut().zip(values) {
            *sum += value;
        }
    }
    let totals = contest.totals(&sums, ballots.accepted.len() as u64).unwrap();
    let plain = recount(&contest, ballots.accepted.iter().map(|ballot| &ballot.choice));
    assert_eq!(totals, plain, "{name}");
    let differences = file.differences(&ballots, &totals);
    let explained = differences.iter().all(Difference::is_explained);
    assert!(explained, "{name}: {differences:?}");
    if winners_follow {
        stated_winners(name, file, &contest, &totals);
    }
}

fn stated_winners(name: &str, file: &File, contest: &Contest, totals: &[ProjectTotal]) {
    let selected = |row: &Row| row.get("selected").is_some_and(|mark| mark != "0");
    let stated: Vec<u32> = (0u32..)
        .zip(file.projects())
        .filter(|(_, row)| selected(row))
        .map(|one| one.0)
        .collect();
    match outcome(contest, totals, None) {
        Outcome::Winners(mut winners) => {
            winners.sort_unstable();
            assert_eq!(winners, stated, "{name}");
        }
        // A rule that is not computed stays open, also where greedy would do.
        Outcome::Open { reason } => assert!(reason.contains("greedy-custom"), "{name}: {reason}"),
    }
}
