//! What a ballot costs, beside the `bulletproofs` crate on the same statement
//! in the same run: `cargo bench --bench ballot`.
//!
//! First a table of least times and ratios, then Criterion's statistics for the
//! figures that regressions would show in.

use std::hint::black_box;
use std::time::{Duration, Instant};

use bulletproofs::{BulletproofGens, PedersenGens, RangeProof};
use criterion::Criterion;
use curve25519_dalek::ristretto::{CompressedRistretto, RistrettoPoint};
use curve25519_dalek::scalar::Scalar;
use curve25519_dalek::traits::VartimeMultiscalarMul;
use curve25519_dalek_reference::ristretto::CompressedRistretto as ReferencePoint;
use curve25519_dalek_reference::scalar::Scalar as ReferenceScalar;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use voting_core::ballot::{BallotContext, Draft, verify, verify_batch};
use voting_core::credential::Credential;
use voting_core::entry::{BallotEntry, Entry};
use voting_core::statement::{Constraint, Statement};

/// Length of a token of a 3,072-bit key.
const TOKEN_LENGTH: usize = 384;

/// A statement to measure, with values that satisfy it.
struct Case {
    name: String,
    statement: Statement,
    values: Vec<u64>,
    batch: usize,
}

fn all(cells: usize, weight: i64) -> Vec<(u32, i64)> {
    (0..cells as u32).map(|cell| (cell, weight)).collect()
}

fn case(
    name: String,
    maxima: Vec<u64>,
    constraints: Vec<Constraint>,
    values: Vec<u64>,
    batch: usize,
) -> Case {
    let statement = Statement::new(maxima, constraints).expect("the bench's statements are valid");
    statement.check(&values).expect("the bench's values satisfy them");
    Case {
        name,
        statement,
        values,
        batch,
    }
}

fn choose(projects: usize, batch: usize) -> Case {
    let constraint = Constraint {
        lo: 0,
        hi: 5,
        terms: all(projects, 1),
    };
    let values = (0..projects).map(|cell| u64::from(cell < 5)).collect();
    case(
        format!("choose ≤ 5 of {projects}"),
        vec![1; projects],
        vec![constraint],
        values,
        batch,
    )
}

fn knapsack(projects: usize) -> Case {
    let terms = (0..projects as u32)
        .map(|cell| (cell, 10_000 + 7_919 * i64::from(cell)))
        .collect();
    let constraint = Constraint {
        lo: 0,
        hi: 5_000_000,
        terms,
    };
    let values = (0..projects).map(|cell| u64::from(cell < 8)).collect();
    case(
        format!("knapsack of {projects}"),
        vec![1; projects],
        vec![constraint],
        values,
        256,
    )
}

/// Up to ten points for a project, twenty in all: cells `u` and `w`.
fn points(projects: usize) -> Case {
    let bound = |u: u32| Constraint {
        lo: 0,
        hi: 9,
        terms: vec![(u, 9), (u + projects as u32, -1)],
    };
    let mut constraints: Vec<Constraint> = (0..projects as u32).map(bound).collect();
    constraints.push(Constraint {
        lo: 0,
        hi: 20,
        terms: all(2 * projects, 1),
    });
    let maxima = [vec![1; projects], vec![9; projects]].concat();
    let mut values = vec![0; 2 * projects];
    (values[0], values[1], values[projects], values[projects + 1]) = (1, 1, 9, 8);
    case(
        format!("20 points over {projects}"),
        maxima,
        constraints,
        values,
        128,
    )
}

/// The five best of `projects`, in order: cell `(i, p)` at `5·i + p`.
fn ranking(projects: usize) -> Case {
    let ranks = 5;
    let at = |project: usize, rank: usize| (ranks * project + rank) as u32;
    let row = |i: usize| Constraint {
        lo: 0,
        hi: 1,
        terms: (0..ranks).map(|p| (at(i, p), 1)).collect(),
    };
    let mut constraints: Vec<Constraint> = (0..projects).map(row).collect();
    constraints.push(Constraint {
        lo: 0,
        hi: 1,
        terms: (0..projects).map(|i| (at(i, 0), 1)).collect(),
    });
    for rank in 1..ranks {
        let terms = (0..projects)
            .flat_map(|i| [(at(i, rank - 1), 1), (at(i, rank), -1)])
            .collect();
        constraints.push(Constraint { lo: 0, hi: 1, terms });
    }
    let mut values = vec![0; ranks * projects];
    (0..ranks).for_each(|rank| values[at(rank, rank) as usize] = 1);
    case(
        format!("rank 5 of {projects}"),
        vec![1; ranks * projects],
        constraints,
        values,
        128,
    )
}

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

/// The least time of repeated runs, at least three, for about the given time:
/// what the machine needs when nothing else runs on it.
fn least(budget: Duration, mut run: impl FnMut()) -> f64 {
    let begin = Instant::now();
    let mut times = Vec::new();
    run();
    while times.len() < 3 || (begin.elapsed() < budget && times.len() < 1_000) {
        let start = Instant::now();
        run();
        times.push(start.elapsed().as_secs_f64() * 1e3);
    }
    times.into_iter().fold(f64::INFINITY, f64::min)
}

/// The crate's way: every value and its distance from the upper bound in 8
/// bits (or as few as it can), aggregated to a power of two.
struct Peer {
    generators: BulletproofGens,
    pedersen: PedersenGens,
    bits: usize,
    values: Vec<u64>,
    blindings: Vec<ReferenceScalar>,
}

impl Peer {
    fn new(case: &Case) -> Self {
        let slacks = case.statement.constraints().iter().map(|constraint| {
            let sum: i64 = constraint
                .terms
                .iter()
                .map(|&(cell, w)| w * case.values[cell as usize] as i64)
                .sum();
            (constraint.hi - sum) as u64
        });
        let values: Vec<u64> = case.values.iter().copied().chain(slacks).collect();
        let mut both: Vec<u64> = case
            .statement
            .ranges()
            .zip(&values)
            .flat_map(|(maximum, value)| [*value, maximum - value])
            .collect();
        both.resize(both.len().next_power_of_two(), 0);
        let widest = case.statement.ranges().max().unwrap_or(1);
        let bits = [8, 16, 32, 64]
            .into_iter()
            .find(|bits| widest >> (bits - 1) >> 1 == 0)
            .unwrap_or(64);
        let blinding = |_: &u64| ReferenceScalar::from_bytes_mod_order(Scalar::random(&mut rng()).to_bytes());
        let blindings = both.iter().map(blinding).collect();
        let generators = BulletproofGens::new(bits, both.len());
        Self {
            generators,
            pedersen: PedersenGens::default(),
            bits,
            values: both,
            blindings,
        }
    }

    fn prove(&self) -> (RangeProof, Vec<ReferencePoint>) {
        let mut transcript = merlin::Transcript::new(b"bench");
        RangeProof::prove_multiple(
            &self.generators,
            &self.pedersen,
            &mut transcript,
            &self.values,
            &self.blindings,
            self.bits,
        )
        .expect("the crate proves what it can")
    }

    fn verify(&self, (proof, commitments): &(RangeProof, Vec<ReferencePoint>)) {
        let mut transcript = merlin::Transcript::new(b"bench");
        proof
            .verify_multiple(
                &self.generators,
                &self.pedersen,
                &mut transcript,
                commitments,
                self.bits,
            )
            .expect("the crate's proof holds");
    }
}

/// The least a ballot can cost in a batch: decoding its points and its share
/// of one multiscalar multiplication, in milliseconds.
fn bound(context: &BallotContext, ballots: &[BallotEntry]) -> f64 {
    let encodings: Vec<CompressedRistretto> = ballots.iter().flat_map(ballot_points).collect();
    let fixed = 2 * context.statement.padded_bits() + 3;
    let mut rng = rng();
    let scalars: Vec<Scalar> = (0..encodings.len() + fixed)
        .map(|_| Scalar::random(&mut rng))
        .collect();
    let time = least(Duration::from_millis(1_500), || {
        let mut points: Vec<RistrettoPoint> = encodings
            .iter()
            .map(|encoding| encoding.decompress().expect("a ballot's point"))
            .collect();
        points.extend_from_within(..fixed.min(points.len()));
        black_box(RistrettoPoint::vartime_multiscalar_mul(
            &scalars[..points.len()],
            &points,
        ));
    });
    time / ballots.len() as f64
}

/// Every encoded point of a ballot: cells, credential, proofs.
fn ballot_points(ballot: &BallotEntry) -> Vec<CompressedRistretto> {
    let range = &ballot.range_proof;
    let rounds = &range[7 * 32..range.len() - 64];
    let parts: [&[u8]; 5] = [
        &ballot.cells,
        &*ballot.credential,
        &range[..4 * 32],
        rounds,
        &ballot.link_proof[..96],
    ];
    let points = parts.into_iter().flat_map(|part| part.chunks_exact(32));
    points
        .map(|bytes| CompressedRistretto::from_slice(bytes).expect("32 bytes"))
        .collect()
}

fn measure(case: &Case) {
    let context = context(&case.statement);
    let mut rng = rng();
    let ballots: Vec<BallotEntry> = (0..case.batch)
        .map(|_| seal(&context, &case.values, &mut rng))
        .collect();
    let references: Vec<&BallotEntry> = ballots.iter().collect();
    let budget = Duration::from_millis(400);
    let sealing = least(budget, || drop(black_box(seal(&context, &case.values, &mut rng))));
    let alone = least(budget, || {
        drop(black_box(
            verify(&context, &ballots[0], &mut rng).expect("a valid ballot"),
        ))
    });
    let batch = least(Duration::from_millis(1_500), || {
        let results = verify_batch(&context, &references, &mut rng);
        assert!(results.iter().all(Result::is_ok));
    }) / case.batch as f64;
    let bound = bound(&context, &ballots);
    let peer = Peer::new(case);
    let proof = peer.prove();
    let peer_sealing = least(budget, || drop(black_box(peer.prove())));
    let peer_verifying = least(budget, || peer.verify(&proof));
    let bytes = Entry::Ballot(ballots[0].clone()).to_bytes().len();
    println!(
        "| {:<18} | {:>5} | {:>5} | {:>6} | {:>7.2} | {:>6.2} | {:>6.3} | {:>8.1} | {:>7.2} | {:>5.1} | {:>6.1} | {:>5.1} | {:>6.3} | {:>5.2} | {:>7.2} |",
        case.name,
        case.statement.maxima().len(),
        case.statement.padded_bits(),
        bytes,
        sealing,
        alone,
        batch,
        peer_sealing,
        peer_verifying,
        peer_sealing / sealing,
        peer_verifying / alone,
        peer_verifying / batch,
        bound,
        batch / bound,
        batch * 1e3 / case.statement.maxima().len() as f64,
    );
}

fn table() {
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
    cases.iter().for_each(measure);
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
    let mut group = criterion.benchmark_group("ballot of 20 projects");
    group
        .sample_size(20)
        .warm_up_time(Duration::from_secs(1))
        .measurement_time(Duration::from_secs(3));
    group.bench_function("seal", |bencher| {
        bencher.iter(|| seal(&context, &case.values, &mut rng))
    });
    group.bench_function("verify alone", |bencher| {
        bencher.iter(|| verify(&context, &ballots[0], &mut rng))
    });
    group.sample_size(10).measurement_time(Duration::from_secs(5));
    group.throughput(criterion::Throughput::Elements(1_024));
    group.bench_function("verify 1,024", |bencher| {
        bencher.iter(|| verify_batch(&context, &references, &mut rng));
    });
    group.finish();
}

fn main() {
    // `cargo test --benches` runs this file too: then there is nothing to measure.
    if std::env::args().any(|argument| argument == "--test") {
        return;
    }
    table();
    let mut criterion = Criterion::default().configure_from_args();
    statistics(&mut criterion);
    criterion.final_summary();
}
