//! Where the programs are.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

/// Why a program cannot run here.
type Missing = String;

/// Sigstore's verifier, and a Node that is new enough for it.
pub(crate) struct Sigstore {
    pub(crate) node: PathBuf,
    pub(crate) script: PathBuf,
}

/// A Python that has `aics-tlog` and `aics-witness`; `None`, with a line that
/// says why, where there is none.
pub(crate) fn aics() -> Option<&'static Path> {
    static PYTHON: OnceLock<Result<PathBuf, Missing>> = OnceLock::new();
    here("aics-tlog and aics-witness", PYTHON.get_or_init(install_aics)).map(PathBuf::as_path)
}

/// `@sigstore/verify`; `None`, with a line that says why, where there is none.
pub(crate) fn sigstore() -> Option<&'static Sigstore> {
    static SIGSTORE: OnceLock<Result<Sigstore, Missing>> = OnceLock::new();
    let found = SIGSTORE.get_or_init(|| {
        let node = node()?;
        let files = ["package-lock.json", "package.json", "check.mjs"];
        let place = place("sigstore", &files, npm)?;
        Ok(Sigstore {
            node,
            script: place.join("check.mjs"),
        })
    });
    here("@sigstore/verify", found)
}

fn here<'f, T>(program: &str, found: &'f Result<T, Missing>) -> Option<&'f T> {
    let say = |why: &Missing| println!("SKIPPED: {program}: {why}");
    found.as_ref().inspect_err(|why| say(why)).ok()
}

fn install_aics() -> Result<PathBuf, Missing> {
    let python = pythons().into_iter().find(|python| is_new_enough(python));
    let python = python.ok_or("needs Python 3.12 or newer, and there is none")?;
    place("aics", &["requirements.txt", "audit.py", "feed.py"], |place| {
        let environment = place.join("venv");
        run(Command::new(python)
            .args(["-m", "venv", "--clear"])
            .arg(&environment))?;
        run(Command::new(environment.join("bin/python"))
            .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"])
            .args(["--retries", "2"])
            .args(["--require-hashes", "--only-binary", ":all:", "--requirement"])
            .arg(place.join("requirements.txt")))
    })
    .map(|place| place.join("venv/bin/python"))
}

/// Every Python that may be here, also those that pyenv keeps beside its own.
fn pythons() -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = ["python3", "python3.14", "python3.13", "python3.12"]
        .map(PathBuf::from)
        .into();
    let versions = std::env::home_dir().map(|home| home.join(".pyenv/versions"));
    let versions = versions.and_then(|versions| std::fs::read_dir(versions).ok());
    let versions = versions.into_iter().flatten().flatten();
    found.extend(versions.map(|version| version.path().join("bin/python3")));
    found
}

fn is_new_enough(python: &Path) -> bool {
    let asked = "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 12))";
    run(Command::new(python).args(["-c", asked])).is_ok()
}

/// Node 22 or newer: the machine's, or else npm's package of it.
fn node() -> Result<PathBuf, Missing> {
    let version = Command::new("node").arg("--version").output();
    let version = version.map_err(|_| "needs Node 22 or newer, and there is no `node`")?;
    let version = String::from_utf8_lossy(&version.stdout).trim().to_owned();
    let major = version.trim_start_matches('v').split('.').next();
    let major: Option<u32> = major.and_then(|major| major.parse().ok());
    if major.is_some_and(|major| major >= 22) {
        return Ok("node".into());
    }
    let binary = |place: &Path| place.join("node_modules/.bin/node");
    let installed = place("node", &["package-lock.json", "package.json"], |place| {
        // npm does not mind if it cannot have this package.
        npm(place).and_then(|()| run(Command::new(binary(place)).arg("--version")))
    });
    installed
        .map(|place| binary(&place))
        .map_err(|why| format!("needs Node 22 or newer; here is {version}, and {why}"))
}

fn npm(place: &Path) -> Result<(), Missing> {
    run(Command::new("npm")
        .args(["ci", "--no-audit", "--no-fund", "--loglevel", "error"])
        .args(["--fetch-retries", "1", "--fetch-retry-mintimeout", "1000"])
        .current_dir(place))
}

/// The folder `interop/<name>` of the build folder, with files from
/// `tests/interop/<name>`. Installs anew when the first, which pins, changes.
fn place(
    name: &str,
    files: &[&str],
    install: impl FnOnce(&Path) -> Result<(), Missing>,
) -> Result<PathBuf, Missing> {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR"));
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| workspace.join("target"), PathBuf::from);
    let (source, place) = (
        workspace.join("tests/interop").join(name),
        target.join("interop").join(name),
    );
    std::fs::create_dir_all(&place).expect("the build folder can be written");
    for file in files {
        std::fs::copy(source.join(file), place.join(file)).expect("tests/interop has its files");
    }
    let pins = std::fs::read(place.join(files[0])).expect("it was just written");
    let installed = place.join("installed");
    if std::fs::read(&installed).ok().as_ref() != Some(&pins) {
        install(&place)?;
        std::fs::write(installed, pins).expect("the build folder can be written");
    }
    Ok(place)
}

/// Runs a command that must succeed.
fn run(command: &mut Command) -> Result<(), Missing> {
    let program = command.get_program().to_string_lossy().into_owned();
    let output = command.stdin(Stdio::null()).output();
    let output = output.map_err(|error| format!("`{program}` does not start: {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    let errors = String::from_utf8_lossy(&output.stderr);
    let why = errors.lines().last().unwrap_or_default();
    Err(format!("`{program}` failed: {why}"))
}
