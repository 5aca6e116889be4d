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
    here(PYTHON.get_or_init(install_aics)).map(PathBuf::as_path)
}

/// `@sigstore/verify`; `None`, with a line that says why, where there is none.
pub(crate) fn sigstore() -> Option<&'static Sigstore> {
    static SIGSTORE: OnceLock<Result<Sigstore, Missing>> = OnceLock::new();
    here(SIGSTORE.get_or_init(|| {
        let node = node()?;
        let place = npm("sigstore", &["check.mjs"])?;
        Ok(Sigstore {
            node,
            script: place.join("check.mjs"),
        })
    }))
}

fn here<T>(found: &Result<T, Missing>) -> Option<&T> {
    let say = |why: &Missing| println!("SKIPPED: {why}");
    found.as_ref().inspect_err(|why| say(why)).ok()
}

fn install_aics() -> Result<PathBuf, Missing> {
    let python = pythons().into_iter().find(|python| is_new_enough(python));
    let python = python.ok_or("aics-tlog and aics-witness need Python 3.12 or newer, and there is none")?;
    place("aics", &["requirements.txt", "audit.py", "feed.py"], |place| {
        let environment = place.join("venv");
        run(Command::new(python)
            .args(["-m", "venv", "--clear"])
            .arg(&environment))?;
        run(Command::new(environment.join("bin/python"))
            .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"])
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
    let version = version.map_err(|_| "@sigstore/verify needs Node 22 or newer, and there is no `node`")?;
    let version = String::from_utf8_lossy(&version.stdout).into_owned();
    let major = version.trim_start_matches('v').split('.').next();
    if major
        .and_then(|major| major.parse().ok())
        .is_some_and(|major: u32| major >= 22)
    {
        return Ok("node".into());
    }
    let node = npm("node", &[])?.join("node_modules/.bin/node");
    run(Command::new(&node).arg("--version")).map_err(|_| {
        format!(
            "@sigstore/verify needs Node 22 or newer; here is {}",
            version.trim()
        )
    })?;
    Ok(node)
}

fn npm(name: &str, scripts: &[&str]) -> Result<PathBuf, Missing> {
    let files = [&["package-lock.json", "package.json"], scripts].concat();
    place(name, &files, |place| {
        run(Command::new("npm")
            .args(["ci", "--no-audit", "--no-fund", "--loglevel", "error"])
            .current_dir(place))
    })
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
    Err(format!("`{program}` could not install it: {why}"))
}
