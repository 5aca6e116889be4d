//! What a ballot costs, beside the `bulletproofs` crate on the same statement
//! in the same run: `cargo bench --bench ballot`, or for some statements only
//! `cargo bench --bench ballot -- "of 20"`.
//!
//! First a table of least times and ratios, then Criterion's statistics for the
//! figures that regressions would show in.

use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::Criterion;
use curve25519_dalek::ristretto::RistrettoPoint;
use curve25519_dalek::scalar::Scalar;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use rustix::time::{ClockId, clock_gettime};
use voting_core::ballot::{BallotContext, Draft, Verifier};
use voting_core::credential::Credential;
use voting_core::entry::{BallotEntry, Entry};
use voting_core::statement::Statement;

mod bound;
mod cases;
mod peer;

use bound::Bound;
use cases::{Case, choose, knapsack, points, ranking};
use peer::Peer;

/// Length of a token of a 3,072-bit key.
const TOKEN_LENGTH: usize = 384;
/// Ballots that share a multiplication where that is cheaper than all at once.
const CACHED: usize = 256;
/// For how long, and at least how often, the tasks of one statement take turns.
const BUDGET: Duration = Duration::from_secs(10);
const TURNS: usize = 5;

fn rng() -> ChaCha20Rng {
    ChaCha20Rng::seed_from_u64(20)
}

fn context(statement: &Statement) -> BallotContext {
    BallotContext {
        election_id: [1; 32],
        joint_key: RistrettoPoint::mul_base(&Scalar::random(&mut rng())),
        key_digest: [2; 32],
        style: 0,
        statement: statement.clone(),
        issuers: 1,
        token_length: TOKEN_LENGTH,
    }
}

fn seal(context: &BallotContext, values: &[u64], rng: &mut ChaCha20Rng) -> BallotEntry {
    let credential = Credential::generate(rng);
    let mut seed = [0; 32];
    rng.fill_bytes(&mut seed);
    let draft = Draft::seal(context, &credential, 0, values, seed).expect("values satisfy the statement");
    draft
        .cast(vec![vec![0; TOKEN_LENGTH]], &credential, rng)
        .expect("one token of the right length")
}

/// Processor time of this thread in milliseconds: that of others, who want the
/// same processor, does not count.
fn processor_time() -> f64 {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    time.tv_sec as f64 * 1e3 + time.tv_nsec as f64 / 1e6
}

/// One thing to measure, and its least time so far in milliseconds.
struct Task<'a> {
    run: Box<dyn FnMut() + 'a>,
    least: f64,
}

impl<'a> Task<'a> {
    fn new(run: impl FnMut() + 'a) -> Self {
        Self {
            run: Box::new(run),
            least: f64::INFINITY,
        }
    }

    /// One turn: once, or as often as fits into some milliseconds.
    fn turn(&mut self) {
        let begin = Instant::now();
        while begin.elapsed() < Duration::from_millis(40) {
            let start = processor_time();
            (self.run)();
            self.least = self.least.min(processor_time() - start);
        }
    }
}

/// Lets the tasks take turns, so that whatever else the machine does slows all
/// of them alike, and gives the least time of each.
fn least<const TASKS: usize>(mut tasks: [Task<'_>; TASKS]) -> [f64; TASKS] {
    let begin = Instant::now();
    let mut turns = 0;
    while turns < TURNS || begin.elapsed() < BUDGET {
        tasks.iter_mut().for_each(Task::turn);
        turns += 1;
    }
    tasks.map(|task| task.least)
}

fn measure(case: &Case) {
    let context = context(&case.statement);
    let mut rng = rng();
    let ballots: Vec<BallotEntry> = (0..case.batch)
        .map(|_| seal(&context, &case.values, &mut rng))
        .collect();
    let references: Vec<&BallotEntry> = ballots.iter().collect();
    // Made once for a style, as the crate's generators are.
    let verifier = Verifier::new(&context);
    let peer = Peer::new(case);
    let proof = peer.prove();
    let at_once = Bound::new(&context, &ballots, case.batch);
    let cached = Bound::new(&context, &ballots, CACHED);
    let (mut sealing, mut alone, mut batch) = (rng.clone(), rng.clone(), rng);
    let [seal, alone, batch, peer_seal, peer_verify, at_once, cached] = least([
        Task::new(|| drop(black_box(seal(&context, &case.values, &mut sealing)))),
        Task::new(|| {
            let verified = verifier.verify(&ballots[0], &mut alone);
            drop(black_box(verified.expect("a valid ballot")));
        }),
        Task::new(|| {
            let results = verifier.verify_batch(&references, &mut batch);
            assert!(results.iter().all(Result::is_ok));
        }),
        Task::new(|| drop(black_box(peer.prove()))),
        Task::new(|| peer.verify(&proof)),
        Task::new(|| at_once.run()),
        Task::new(|| cached.run()),
    ]);
    let batch = batch / case.batch as f64;
    let bound = at_once.min(cached) / case.batch as f64;
    let cells = case.statement.maxima().len();
    println!(
        "| {:<18} | {:>5} | {:>5} | {:>6} | {:>7.2} | {:>6.2} | {:>6.3} | {:>11.1} | {:>12.2} | {:>6.1} | {:>7.1} | {:>7.1} | {:>6.3} | {:>11.2} | {:>11.2} |",
        case.name,
        cells,
        case.statement.padded_bits(),
        Entry::Ballot(ballots[0].clone()).to_bytes().len(),
        seal,
        alone,
        batch,
        peer_seal,
        peer_verify,
        peer_seal / seal,
        peer_verify / alone,
        peer_verify / batch,
        bound,
        batch / bound,
        batch * 1e3 / cells as f64,
    );
}

fn table(wanted: impl Fn(&str) -> bool) {
    println!(
        "\nLeast times in milliseconds per ballot, one core. \"Crate\" is bulletproofs::RangeProof on the same statement."
    );
    println!("Bound: decoding a ballot's points and its share of one multiscalar multiplication.\n");
    println!(
        "| statement          | cells |     N |  bytes |    seal |  alone |  batch | crate prove | crate verify | seal × | alone × | batch × |  bound | batch/bound | µs per cell |"
    );
    println!("|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|");
    let cases = [
        choose(8, 1_024),
        choose(20, 1_024),
        choose(50, 256),
        choose(100, 128),
        choose(200, 128),
        knapsack(20),
        knapsack(100),
        points(20),
        points(50),
        ranking(20),
        ranking(50),
    ];
    cases.iter().filter(|case| wanted(&case.name)).for_each(measure);
    println!();
}

fn statistics(criterion: &mut Criterion) {
    let case = choose(20, 1_024);
    let context = context(&case.statement);
    let mut rng = rng();
    let ballots: Vec<BallotEntry> = (0..case.batch)
        .map(|_| seal(&context, &case.values, &mut rng))
        .collect();
    let references: Vec<&BallotEntry> = ballots.iter().collect();
    let verifier = Verifier::new(&context);
    let mut group = criterion.benchmark_group("ballot of 20 projects");
    group
        .sample_size(20)
        .warm_up_time(Duration::from_secs(1))
        .measurement_time(Duration::from_secs(3));
    group.bench_function("seal", |bencher| {
        bencher.iter(|| seal(&context, &case.values, &mut rng))
    });
    group.bench_function("verify alone", |bencher| {
        bencher.iter(|| verifier.verify(&ballots[0], &mut rng))
    });
    group.sample_size(10).measurement_time(Duration::from_secs(5));
    group.throughput(criterion::Throughput::Elements(1_024));
    group.bench_function("verify 1,024", |bencher| {
        bencher.iter(|| verifier.verify_batch(&references, &mut rng));
    });
    group.finish();
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    // `cargo test --benches` runs this file too: then there is nothing to measure.
    if arguments.iter().any(|argument| argument == "--test") {
        return;
    }
    let filter = arguments.iter().find(|argument| !argument.starts_with('-'));
    table(|name| filter.is_none_or(|filter| name.contains(filter.as_str())));
    let mut criterion = Criterion::default().configure_from_args();
    statistics(&mut criterion);
    criterion.final_summary();
}
