//! The result as a Pabulib file with totals only.
//!
//! Nobody ever sees single ballots, so the VOTES section has its header and
//! no line; `num_votes` counts the ballots behind the totals.

use std::collections::BTreeMap;

use voting_core::contest::ProjectTotal;
use voting_core::manifest::Contest;

use super::print_row;

/// Prints a contest's totals. `texts` are the META lines to keep (title,
/// country, rule and the like); counts and budget come from the result.
pub fn totals_file(
    contest: &Contest,
    texts: &[(String, String)],
    names: &BTreeMap<String, String>,
    totals: &[ProjectTotal],
    winners: Option<&[u32]>,
    ballots: u64,
) -> String {
    let mut text = String::from("META\nkey;value\n");
    let computed = ["num_projects", "num_votes", "budget"];
    for (key, value) in texts.iter().filter(|entry| !computed.contains(&entry.0.as_str())) {
        print_row(&mut text, [key.as_str(), value.as_str()].into_iter());
    }
    let number = |value: u64| plain(value, contest.decimals);
    let lines = [
        ("num_projects", contest.projects.len().to_string()),
        ("num_votes", ballots.to_string()),
        ("budget", number(contest.budget)),
    ];
    for (key, value) in &lines {
        print_row(&mut text, [*key, value.as_str()].into_iter());
    }
    text.push_str("PROJECTS\nproject_id;cost;votes;score;name");
    text.push_str(if winners.is_some() { ";selected\n" } else { "\n" });
    for ((project, total), index) in contest.projects.iter().zip(totals).zip(0u32..) {
        let mut row = vec![
            project.id.clone(),
            number(project.cost),
            total.votes.to_string(),
            total.score.to_string(),
            names.get(&project.id).cloned().unwrap_or_default(),
        ];
        if let Some(winners) = winners {
            row.push(u8::from(winners.contains(&index)).to_string());
        }
        print_row(&mut text, row.iter().map(String::as_str));
    }
    text.push_str("VOTES\nvoter_id;vote\n");
    text
}

fn plain(amount: u64, decimals: u8) -> String {
    let unit = 10u64.saturating_pow(decimals.into());
    let rest = amount % unit;
    if rest == 0 {
        (amount / unit).to_string()
    } else {
        format!("{}.{rest:0width$}", amount / unit, width = usize::from(decimals))
    }
}
