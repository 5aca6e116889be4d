//! What ballots of one style are sealed for.

use voting_core::ballot::BallotContext;
use voting_core::entry::Entry;
use voting_core::group::decode_key;
use voting_core::manifest::Manifest;
use voting_core::statement::Statement;
use wasm_bindgen::prelude::*;

/// Everything a ballot of one style is sealed for and checked against. It has
/// no secrets. A page makes one and keeps it: its memory is never given back,
/// so that a draft can refer to it.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Context(&'static BallotContext);

#[wasm_bindgen]
impl Context {
    /// From ledger entry 0, the style's index, and the joint key and digest of
    /// the ledger's key-confirmation entries (32 bytes each). All of it must
    /// come from a ledger whose checkpoint was verified.
    ///
    /// # Errors
    /// Bytes that are no manifest entry or no key, a style that does not exist.
    #[wasm_bindgen(constructor)]
    pub fn new(
        manifest_entry: &[u8],
        style: u32,
        joint_key: &[u8],
        key_digest: &[u8],
    ) -> Result<Context, JsError> {
        let Entry::Manifest(manifest, _) = Entry::from_bytes(manifest_entry)? else {
            return Err(JsError::new("ledger entry 0 is not a manifest"));
        };
        Ok(Self::leak(BallotContext {
            election_id: manifest.election_id(),
            joint_key: decode_key(joint_key)?,
            key_digest: array(key_digest, "the digest of the key confirmations")?,
            style,
            statement: statement(&manifest, style)?,
            issuers: manifest.issuers.members.len(),
            token_length: manifest.issuers.token_bits as usize / 8,
        }))
    }

    /// The election id, 32 bytes.
    #[wasm_bindgen(getter, js_name = electionId)]
    pub fn election_id(&self) -> Vec<u8> {
        self.0.election_id.to_vec()
    }

    /// Number of cells of this style's ballots.
    #[wasm_bindgen(getter)]
    pub fn cells(&self) -> usize {
        self.0.statement.maxima().len()
    }

    /// Checks the values of all cells against the rules.
    ///
    /// # Errors
    /// The rule that is broken.
    pub fn check(&self, values: &[u64]) -> Result<(), JsError> {
        Ok(self.0.statement.check(values)?)
    }
}

impl Context {
    pub(crate) fn leak(context: BallotContext) -> Self {
        Self(Box::leak(Box::new(context)))
    }

    pub(crate) fn get(&self) -> &'static BallotContext {
        self.0
    }
}

/// The statement of a style: its contests', cells one after the other.
fn statement(manifest: &Manifest, style: u32) -> Result<Statement, JsError> {
    let missing = || JsError::new("the manifest has no such style or contest");
    let style = manifest.styles.get(style as usize).ok_or_else(missing)?;
    let mut parts = Vec::with_capacity(style.contests.len());
    for &contest in &style.contests {
        let contest = manifest.contests.get(contest as usize).ok_or_else(missing)?;
        parts.push(contest.statement()?);
    }
    Ok(Statement::join(&parts.iter().collect::<Vec<_>>())?)
}

/// Bytes of a fixed length.
pub(crate) fn array<const N: usize>(bytes: &[u8], what: &str) -> Result<[u8; N], JsError> {
    bytes
        .try_into()
        .map_err(|_| JsError::new(&format!("{what} has {} bytes, not {N}", bytes.len())))
}
