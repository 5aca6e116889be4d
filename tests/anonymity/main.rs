//! Whoever sees the times of issuance and casting, and everything that both
//! services store, log and publish, links voters and ballots of one batch no
//! better than by chance (specs/threat-model.md §3, G9).
//!
//! The worst case is played: voters cast in the very order in which they were
//! issued their passes, and the observer knows who cast in which batch.

mod linker;
mod poll;

use linker::{Evidence, Guess, Score, common_strings, guesses};
use poll::{BATCHES, PER_BATCH, Poll};

/// Guesses that link.
fn links(evidence: &Evidence, truth: &[[u8; 32]]) -> Vec<Score> {
    let scores = guesses(evidence)
        .iter()
        .map(|guess| guess.score(truth))
        .collect::<Vec<_>>();
    scores.into_iter().filter(Score::is_link).collect()
}

/// The guesses' names.
fn names(guesses: &[Guess]) -> Vec<&str> {
    guesses.iter().map(|guess| guess.name.as_str()).collect()
}

#[test]
fn g9_who_knows_all_times_stores_and_logs_links_no_better_than_by_chance_within_a_batch() {
    let poll = Poll::hold();
    let (evidence, truth) = (&poll.evidence, &poll.truth);
    // The observer has something to go by, in the stores themselves.
    let guessed = guesses(evidence);
    for from in [
        "the ledger's order",
        "first place in journal",
        "first place in index",
        "tokens",
    ] {
        let found = names(&guessed).iter().any(|name| name.contains(from));
        assert!(found, "nothing is guessed by {from}: {:?}", names(&guessed));
    }
    for guess in &guessed {
        assert_eq!(guess.score(truth).guessed, BATCHES * PER_BATCH, "{}", guess.name);
    }
    assert_eq!(links(evidence, truth), [], "voters and ballots can be linked");
    let common = common_strings(evidence);
    assert!(common.is_empty(), "both services hold {common:?}");
    // What was shown while they voted are whole batches, and nothing in between.
    assert!(poll.heads.len() > BATCHES / 2, "{:?}", poll.heads);
    for head in &poll.heads {
        assert!(
            poll.batch_ends.contains(head),
            "a head of {head} entries parts a batch"
        );
    }
}

/// The same observer, and ballot boxes that are less careful: each is found out.
#[test]
fn g9_the_same_linker_links_where_a_ballot_box_keeps_the_order_of_arrival() {
    let poll = Poll::hold();
    let truth = &poll.truth;
    let everybody = truth.len();
    // One that does not sort.
    let unsorted = poll.unsorted(|place| place);
    let found = links(&unsorted, truth);
    for by in ["the ledger's order", "first place in journal"] {
        let score = found.iter().find(|score| score.name.contains(by)).expect(by);
        assert_eq!(score.correct, everybody, "{score:?}");
    }
    // One whose order is that of arrival only roughly.
    let roughly = poll.unsorted(|place| place ^ 1);
    let found = links(&roughly, truth);
    assert!(
        found.iter().any(|score| score.correct < everybody / 4),
        "{found:?}"
    );
    // One that sorts, and keeps a list of arrivals, in bytes or in hexadecimal.
    for text in [false, true] {
        let mut listed = poll.evidence.clone();
        let arrivals = truth.iter().map(|credential| match text {
            true => format!("a ballot of {} came\n", hex::encode(credential)).into_bytes(),
            false => credential.to_vec(),
        });
        listed
            .files
            .push(("arrivals".to_owned(), arrivals.collect::<Vec<_>>().concat()));
        let found = links(&listed, truth);
        assert!(
            found
                .iter()
                .any(|score| score.name.contains("arrivals") && score.correct == everybody)
        );
        assert!(
            found.iter().all(|score| score.name.contains("arrivals")),
            "{found:?}"
        );
    }
    // One that is told by the issuer whose token it was.
    let mut told = poll.evidence.clone();
    let blinded = told.issued[7].blinded;
    told.files.push(("tokens".to_owned(), blinded.to_vec()));
    assert_eq!(common_strings(&told), ["tokens"]);
}
