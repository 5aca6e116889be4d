//! Choosing, and the sealed ballot between check and cast (specs/05a-voter.md §4).

use voting_core::ballot;
use voting_core::contest::Choice;
use voting_core::encoding::encode;
use wasm_bindgen::prelude::*;

/// One choice for each contest, in the poll's order. Projects are named by place.
#[wasm_bindgen]
#[derive(Debug, Default)]
pub struct Choices(Vec<Choice>);

#[wasm_bindgen]
impl Choices {
    /// No choice yet.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Choices {
        Self::default()
    }

    /// The next contest's choice is these projects.
    pub fn projects(&mut self, projects: Vec<u32>) {
        self.0.push(Choice::Projects(projects));
    }

    /// The next contest's choice is these projects with these points.
    ///
    /// # Errors
    /// Not as many points as projects.
    pub fn points(&mut self, projects: Vec<u32>, points: Vec<i64>) -> Result<(), JsError> {
        if projects.len() != points.len() {
            return Err(JsError::new("there are not as many points as projects"));
        }
        self.0
            .push(Choice::Points(projects.into_iter().zip(points).collect()));
        Ok(())
    }

    /// The next contest's choice is these projects, best first.
    pub fn ranking(&mut self, projects: Vec<u32>) {
        self.0.push(Choice::Ranking(projects));
    }
}

impl Choices {
    pub(crate) fn get(&self) -> &[Choice] {
        &self.0
    }
}

/// A sealed ballot without a proof: not cast yet.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Draft(pub(crate) ballot::Draft<'static>);

#[wasm_bindgen]
impl Draft {
    /// The tracker as the page shows it, in groups of four digits.
    pub fn tracker(&self) -> String {
        self.0.tracker().to_string()
    }

    /// The tracker's 32 bytes, as the QR code carries them.
    #[wasm_bindgen(js_name = trackerBytes)]
    pub fn tracker_bytes(&self) -> Vec<u8> {
        self.0.tracker().as_bytes().to_vec()
    }

    /// Opens the ballot for a check on a second device: the opening's bytes.
    /// The draft is gone.
    pub fn open(self) -> Vec<u8> {
        encode(&self.0.open())
    }
}
