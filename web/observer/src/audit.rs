//! The whole audit.

use auditor::Verdict;
use auditor::remote::RemoteAudit;
use serde::Serialize;
use wasm_bindgen::prelude::*;

use crate::{election, number, seed, taken};

/// An audit of one ledger, file after file.
#[wasm_bindgen]
pub struct Observer(RemoteAudit);

/// The verdict as a page shows it.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Shown<'a> {
    /// `held`, `broken`, `not finished` or `incomplete`.
    outcome: &'static str,
    /// The last line of `auditor verify`.
    ending: String,
    /// All claims, figures and results, as in the auditor's document.
    #[serde(flatten)]
    verdict: &'a Verdict,
}

#[wasm_bindgen]
impl Observer {
    /// Begins. `election_id`, in hexadecimal, is the one the reader knows.
    ///
    /// # Errors
    /// The id is none.
    #[wasm_bindgen(constructor)]
    pub fn new(election_id: Option<String>) -> Result<Observer, JsError> {
        Ok(Self(RemoteAudit::begin(election(election_id)?, seed())))
    }

    /// The path to fetch next; nothing once all is read.
    pub fn wants(&self) -> Option<String> {
        self.0.wants()
    }

    /// Takes the file that was wanted, or nothing where it is not there.
    /// `false`: it is packed with gzip, and wanted unpacked.
    ///
    /// # Errors
    /// The file is of no use.
    pub fn take(&mut self, file: Option<Box<[u8]>>) -> Result<bool, JsError> {
        match self.0.take(file.as_deref()) {
            Err(why) if taken(Some(&why)) => Err(why.into()),
            done => Ok(done.is_ok()),
        }
    }

    /// Entries verified.
    #[wasm_bindgen(getter)]
    pub fn done(&self) -> f64 {
        number(self.0.progress().0)
    }

    /// Entries of the ledger; 0: not known yet.
    #[wasm_bindgen(getter)]
    pub fn of(&self) -> f64 {
        number(self.0.progress().1)
    }

    /// The verdict as JSON.
    ///
    /// # Errors
    /// None of a verdict that can be written.
    pub fn verdict(self) -> Result<String, JsError> {
        let verdict = self.0.verdict();
        let shown = Shown {
            outcome: verdict.overall().word(),
            ending: verdict.ending(),
            verdict: &verdict,
        };
        Ok(serde_json::to_string(&shown)?)
    }
}
