//! Somebody who tries to link voters and ballots, with everything at once.

use std::collections::{HashMap, HashSet};

/// What the issuer recorded of a voter.
#[derive(Clone, Debug)]
pub(crate) struct Issued {
    pub(crate) pseudonym: [u8; 32],
    pub(crate) blinded: [u8; 32],
}

/// A ballot on the ledger.
#[derive(Clone)]
pub(crate) struct Ballot {
    pub(crate) credential: [u8; 32],
    pub(crate) token: Vec<u8>,
    pub(crate) cells: Vec<u8>,
}

/// A batch, and the voters who cast while it was filled.
#[derive(Clone)]
pub(crate) struct Batch {
    /// By number, in the order in which they were issued their passes and cast.
    pub(crate) voters: Vec<usize>,
    /// In the ledger's order.
    pub(crate) ballots: Vec<Ballot>,
}

/// Everything that is stored, logged or published.
#[derive(Clone)]
pub(crate) struct Evidence {
    /// The issuer's records in the order of issuance.
    pub(crate) issued: Vec<Issued>,
    pub(crate) batches: Vec<Batch>,
    /// The ballot box's files by name, and the log of both services.
    pub(crate) files: Vec<(String, Vec<u8>)>,
    /// The issuer's files.
    pub(crate) issuer: Vec<(String, Vec<u8>)>,
    /// What everybody knows before the first ballot, and the ballot box's files then.
    pub(crate) public: Vec<Vec<u8>>,
}

/// A guess: of every batch, ballots in the order of its voters.
pub(crate) struct Guess {
    pub(crate) name: String,
    batches: Vec<(Vec<usize>, Vec<[u8; 32]>)>,
}

/// How good a guess was.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Score {
    pub(crate) name: String,
    /// Voters whose ballot was guessed, and of them rightly.
    pub(crate) guessed: usize,
    pub(crate) correct: usize,
    /// Batches: so many are right by chance, give or take the root of it.
    batches: usize,
    /// Rank correlation over all batches, in standard deviations of chance.
    correlation: f64,
}

impl Score {
    /// Better than chance: three times as many as by chance, or a correlation
    /// of six standard deviations. With 24 batches and some hundred guesses
    /// chance does so less than once in a million runs.
    pub(crate) fn is_link(&self) -> bool {
        self.correct >= 3 * self.batches || self.correlation.abs() >= 6.0
    }
}

impl Guess {
    /// Compares with the truth: credentials by voter.
    pub(crate) fn score(&self, truth: &[[u8; 32]]) -> Score {
        let (mut guessed, mut correct, mut sum, mut variance) = (0, 0, 0.0, 0.0);
        for (voters, ballots) in &self.batches {
            let places: HashMap<_, _> = (0..)
                .zip(ballots)
                .map(|(place, ballot)| (*ballot, place))
                .collect();
            let right: Vec<usize> = voters.iter().map(|&voter| places[&truth[voter]]).collect();
            guessed += right.len();
            correct += right
                .iter()
                .enumerate()
                .filter(|(place, right)| place == *right)
                .count();
            sum += rank_correlation(&right);
            variance += 1.0 / (right.len() as f64 - 1.0);
        }
        Score {
            name: self.name.clone(),
            guessed,
            correct,
            batches: self.batches.len(),
            correlation: sum / variance.sqrt(),
        }
    }
}

/// Spearman's, of a permutation with the natural order.
fn rank_correlation(ranks: &[usize]) -> f64 {
    let count = ranks.len() as f64;
    let squares = |(place, rank): (usize, &usize)| (place as f64 - *rank as f64).powi(2);
    let distance: f64 = ranks.iter().enumerate().map(squares).sum();
    1.0 - 6.0 * distance / (count * (count * count - 1.0))
}

/// An order of one batch's ballots; `None` where nothing gives one.
type Order<'a> = Box<dyn Fn(&Batch) -> Option<Vec<[u8; 32]>> + 'a>;

/// Every order of voters against every order of ballots, there and back.
pub(crate) fn guesses(evidence: &Evidence) -> Vec<Guess> {
    let mut guesses = Vec::new();
    let ballots = orders_of_ballots(evidence);
    for (by, voters) in orders_of_voters(evidence) {
        for (from, ballots) in &ballots {
            for back in [false, true] {
                let name = format!("{by} against {from}{}", if back { ", backwards" } else { "" });
                let batch = |batch: &Batch| {
                    let mut ballots = ballots(batch)?;
                    if back {
                        ballots.reverse();
                    }
                    Some((voters(batch), ballots))
                };
                let batches: Vec<_> = evidence.batches.iter().filter_map(batch).collect();
                if !batches.is_empty() {
                    guesses.push(Guess { name, batches });
                }
            }
        }
    }
    guesses
}

/// Orders of a batch's voters that the issuer can make.
#[allow(clippy::type_complexity)]
fn orders_of_voters(evidence: &Evidence) -> Vec<(&'static str, Box<dyn Fn(&Batch) -> Vec<usize> + '_>)> {
    let sorted = |key: fn(&Issued) -> [u8; 32]| {
        move |batch: &Batch| {
            let mut voters = batch.voters.clone();
            voters.sort_by_key(|&voter| key(&evidence.issued[voter]));
            voters
        }
    };
    vec![
        (
            "time of issuance and casting",
            Box::new(|batch| batch.voters.clone()),
        ),
        ("pseudonyms", Box::new(sorted(|issued| issued.pseudonym))),
        ("blinded messages", Box::new(sorted(|issued| issued.blinded))),
    ]
}

/// Orders of a batch's ballots that the ballot box, or anybody, can make.
fn orders_of_ballots(evidence: &Evidence) -> Vec<(String, Order<'_>)> {
    let sorted = |key: fn(&Ballot) -> &[u8]| -> Order<'_> {
        Box::new(move |batch| {
            let mut ballots: Vec<&Ballot> = batch.ballots.iter().collect();
            ballots.sort_by_key(|ballot| key(ballot));
            Some(ballots.iter().map(|ballot| ballot.credential).collect())
        })
    };
    let ledger: Order<'_> = Box::new(|batch| Some(credentials(batch)));
    let mut orders = vec![
        ("the ledger's order".to_owned(), ledger),
        ("credentials".to_owned(), sorted(|ballot| &ballot.credential)),
        ("tokens".to_owned(), sorted(|ballot| &ballot.token)),
        ("cells".to_owned(), sorted(|ballot| &ballot.cells)),
    ];
    let everybody: Vec<_> = evidence.batches.iter().flat_map(credentials).collect();
    for (name, bytes) in &evidence.files {
        for (written, text) in [("", false), (" in hexadecimal", true)] {
            let places = places(bytes, &everybody, text);
            for (which, last) in [("first", false), ("last", true)] {
                orders.push((
                    format!("{which} place in {name}{written}"),
                    by_place(places.clone(), last),
                ));
            }
        }
    }
    orders
}

fn credentials(batch: &Batch) -> Vec<[u8; 32]> {
    batch.ballots.iter().map(|ballot| ballot.credential).collect()
}

/// Ballots by where their credential stands in a file; only where all of the batch do.
fn by_place(places: HashMap<[u8; 32], (usize, usize)>, last: bool) -> Order<'static> {
    Box::new(move |batch| {
        let place = |credential: [u8; 32]| places.get(&credential).map(|place| (place, credential));
        let mut found = credentials(batch)
            .into_iter()
            .map(place)
            .collect::<Option<Vec<_>>>()?;
        found.sort_by_key(|(place, _)| if last { place.1 } else { place.0 });
        Some(found.into_iter().map(|(_, credential)| credential).collect())
    })
}

/// First and last place of every credential in a file. A database may leave
/// out the beginning of a key, so its middle is looked for.
fn places(bytes: &[u8], credentials: &[[u8; 32]], text: bool) -> HashMap<[u8; 32], (usize, usize)> {
    let middle = |credential: &[u8; 32]| match text {
        true => hex::encode(&credential[8..24]).into_bytes(),
        false => credential[8..24].to_vec(),
    };
    let wanted: HashMap<Vec<u8>, [u8; 32]> = credentials
        .iter()
        .map(|credential| (middle(credential), *credential))
        .collect();
    let length = if text { 32 } else { 16 };
    let beginnings: HashSet<&[u8]> = wanted.keys().map(|middle| &middle[..4]).collect();
    let mut places = HashMap::new();
    for (place, window) in bytes.windows(length).enumerate() {
        if !beginnings.contains(&window[..4]) {
            continue;
        }
        if let Some(credential) = wanted.get(window) {
            places.entry(*credential).or_insert((place, place)).1 = place;
        }
    }
    places
}

/// Length of a string that two stores do not share by chance.
const STRING: usize = 16;

/// The ballot box's files, and the log, that share a string with the issuer's
/// files which is not public.
pub(crate) fn common_strings(evidence: &Evidence) -> Vec<String> {
    let public: HashSet<&[u8]> = evidence
        .public
        .iter()
        .flat_map(|bytes| bytes.windows(STRING))
        .collect();
    let issuer: HashSet<&[u8]> = evidence
        .issuer
        .iter()
        .flat_map(|(_, bytes)| bytes.windows(STRING))
        .filter(|window| is_random(window) && !public.contains(window))
        .collect();
    let shares = |bytes: &[u8]| bytes.windows(STRING).any(|window| issuer.contains(window));
    let files = evidence.files.iter().filter(|(_, bytes)| shares(bytes));
    files.map(|(name, _)| name.clone()).collect()
}

/// Not what a file format repeats.
fn is_random(window: &[u8]) -> bool {
    let different: HashSet<u8> = window.iter().copied().collect();
    different.len() >= 12
}
