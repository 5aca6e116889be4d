//! One receipt, looked up.

use auditor::remote::{Find, Lost};
use wasm_bindgen::prelude::*;

use crate::{election, number, seed, taken};

/// A receipt that is being looked up.
#[wasm_bindgen]
pub struct Finder(Find);

#[wasm_bindgen]
impl Finder {
    /// Begins with the bytes of a kept receipt. `election_id`, in hexadecimal, is
    /// the one the voter knows.
    ///
    /// # Errors
    /// This is no receipt: the message begins with `no-receipt`.
    #[wasm_bindgen(constructor)]
    pub fn new(receipt: &[u8], election_id: Option<String>) -> Result<Finder, JsError> {
        let expected = election(election_id)?;
        Find::begin(receipt, expected, seed()).map(Self).map_err(refused)
    }

    /// The path to fetch next; nothing once all is read.
    pub fn wants(&self) -> Option<String> {
        self.0.wants()
    }

    /// Takes the file that was wanted, or nothing where it is not there.
    /// `false`: it is packed with gzip, and wanted unpacked.
    ///
    /// # Errors
    /// Nothing can be told from this address: a word, a colon, and the reason.
    pub fn take(&mut self, file: Option<Box<[u8]>>) -> Result<bool, JsError> {
        match self.0.take(file.as_deref()) {
            Ok(()) => Ok(true),
            Err(Lost::File(why)) if !taken(Some(&why)) => Ok(false),
            Err(why) => Err(refused(why)),
        }
    }

    /// Files read.
    #[wasm_bindgen(getter)]
    pub fn done(&self) -> f64 {
        number(self.0.progress().0)
    }

    /// Files to read; 0: not known yet.
    #[wasm_bindgen(getter)]
    pub fn of(&self) -> f64 {
        number(self.0.progress().1)
    }

    /// The ballot's place in the record.
    #[wasm_bindgen(getter)]
    pub fn index(&self) -> f64 {
        number(self.0.index())
    }

    /// What became of the ballot, as JSON; nothing as long as it cannot be told.
    ///
    /// # Errors
    /// As for [`Finder::take`].
    pub fn found(&self) -> Result<Option<String>, JsError> {
        let found = self.0.found().map_err(refused)?;
        Ok(found
            .map(|found| serde_json::to_string_pretty(&found))
            .transpose()?)
    }
}

/// The word by which a page finds the reader's words, and the reason.
fn refused(why: Lost) -> JsError {
    JsError::new(&format!("{}: {why}", why.word()))
}
