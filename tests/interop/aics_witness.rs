//! `aics-witness` as a process.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::Value;
use voting_core::ledger::{Policy, Trust, VerifierKey};

/// An `aics-witness` of one ledger.
pub(crate) struct Witness {
    python: PathBuf,
    folder: tempfile::TempDir,
    log: VerifierKey,
    /// The key that verifies its cosignatures.
    pub(crate) vkey: String,
    pub(crate) url: String,
    process: Option<Child>,
}

impl Witness {
    /// A new witness, serving.
    pub(crate) fn of(python: &Path, log: &VerifierKey) -> Self {
        let mut witness = Self {
            python: python.to_owned(),
            folder: tempfile::tempdir().unwrap(),
            log: log.clone(),
            vkey: String::new(),
            url: "http://127.0.0.1:0".to_owned(),
            process: None,
        };
        let vkey = printed(witness.command("init").args(["--name", "witness.example/aics"]));
        witness.vkey = vkey.trim().to_owned();
        let log_vkey = log.to_string();
        printed(
            witness
                .command("add-log")
                .args(["--origin", log.name(), "--vkey", &log_vkey]),
        );
        witness.serve();
        witness
    }

    fn command(&self, verb: &str) -> Command {
        let mut command = Command::new(&self.python);
        command
            .args(["-m", "aics_witness", verb, "--config"])
            .arg(self.folder.path().join("witness.json"));
        command
    }

    /// Serves, at the address that it had if it served before.
    pub(crate) fn serve(&mut self) {
        let address = self.url.trim_start_matches("http://");
        let mut process = self
            .command("serve")
            .args(["--listen", address])
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(process.stderr.take().unwrap()).lines();
        let mut heard = lines.by_ref().map_while(Result::ok);
        let said = heard.find(|line| line.contains("listening on"));
        self.process = Some(process);
        let said = said.expect("aics-witness serves");
        let url = said.split("listening on ").nth(1).unwrap();
        self.url = url.split(' ').next().unwrap().to_owned();
        // What it says later is read, so that it never waits for a reader.
        std::thread::spawn(move || lines.map_while(Result::ok).for_each(drop));
    }

    /// Its process dies.
    pub(crate) fn die(&mut self) {
        if let Some(mut process) = self.process.take() {
            let _ = process.kill();
            let _ = process.wait();
        }
    }

    /// A policy by which this witness has to agree.
    pub(crate) fn policy(&self) -> String {
        let Self { log, vkey, url, .. } = self;
        format!("log {log}\nwitness aics {vkey} {url}\nquorum aics\n")
    }

    /// Who believes that policy.
    pub(crate) fn trust(&self) -> Trust {
        let policy = Policy::parse(self.policy().as_bytes()).unwrap();
        Trust::with_policy(self.log.clone(), policy).unwrap()
    }

    /// What it has kept of a ledger that forked.
    pub(crate) fn evidence(&self) -> Vec<Value> {
        serde_json::from_str(&printed(&mut self.command("evidence"))).unwrap()
    }
}

impl Drop for Witness {
    fn drop(&mut self) {
        self.die();
    }
}

/// Runs a command that must succeed; what it prints.
fn printed(command: &mut Command) -> String {
    let output = command.output().unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}
