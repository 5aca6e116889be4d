//! Every target with its seeds, with what fuzzing has found before, and with
//! changes of both: as many as are quick, or for `PSEPHOS_FUZZ_SECONDS` each.

use std::path::Path;
use std::sync::Once;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use fuzz::mutate::Mutator;
use fuzz::{TARGETS, Target};

/// Inputs that once made a property fail.
fn found(target: &Target) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("found")
        .join(target.name);
    let Ok(files) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    files
        .map(|file| std::fs::read(file.unwrap().path()).unwrap())
        .collect()
}

/// Panics so far, of any thread: an audit survives those of its workers, but
/// nothing may panic.
static PANICS: AtomicUsize = AtomicUsize::new(0);

fn count_panics() {
    static COUNTED: Once = Once::new();
    COUNTED.call_once(|| {
        let print = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            PANICS.fetch_add(1, Ordering::SeqCst);
            print(panic);
        }));
    });
}

fn run(target: &Target, input: &[u8]) {
    let before = PANICS.load(Ordering::SeqCst);
    let held = std::panic::catch_unwind(|| (target.run)(input));
    if held.is_err() || PANICS.load(Ordering::SeqCst) != before {
        panic!("{} fails for {}", target.name, hex(input));
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn patience() -> Option<Duration> {
    let seconds = std::env::var("PSEPHOS_FUZZ_SECONDS").ok()?;
    Some(Duration::from_secs(seconds.parse().expect("a number of seconds")))
}

fn fuzzed(name: &str) {
    count_panics();
    let target = TARGETS.iter().find(|target| target.name == name).unwrap();
    let seeds = [(target.seeds)(), found(target)].concat();
    assert!(!seeds.is_empty());
    for seed in &seeds {
        run(target, seed);
    }
    run(target, &[]);
    let patience = patience();
    // Another number every time would find more, and fail where nothing changed.
    let mut mutator = Mutator::new(seeds, u64::from(patience.is_some()));
    let begin = Instant::now();
    let mut tried = 0u64;
    while patience.map_or(tried < u64::from(target.everyday), |patience| {
        begin.elapsed() < patience
    }) {
        run(target, &mutator.changed());
        tried += 1;
    }
    println!("{name}: {tried} changed inputs in {:.1?}", begin.elapsed());
}

macro_rules! targets {
    ($($name:ident)*) => {
        $(
            #[test]
            fn $name() {
                fuzzed(stringify!($name));
            }
        )*

        #[test]
        fn no_target_is_left_out() {
            let names = TARGETS.iter().map(|target| target.name);
            assert!(names.eq([$(stringify!($name)),*]));
        }
    };
}

targets! {
    pabulib define statement roll token entry opening note policy submission receipt evidence audit_statement
    tile record verify
}
