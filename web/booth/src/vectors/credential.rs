//! A credential with a stated secret.

use getrandom::SysRng;
use rand_core::UnwrapErr;
use voting_core::credential;
use wasm_bindgen::prelude::*;

use crate::bytes::array;

/// The secret of one voter in one election.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Credential(credential::Credential);

#[wasm_bindgen]
impl Credential {
    /// A fresh credential.
    pub fn generate() -> Credential {
        Self(credential::Credential::generate(&mut UnwrapErr(SysRng)))
    }

    /// From its 32 secret bytes.
    ///
    /// # Errors
    /// Bytes that are no secret.
    pub fn restore(secret: &[u8]) -> Result<Credential, JsError> {
        let secret = array(secret, "a credential's secret")?;
        Ok(Self(credential::Credential::from_secret_bytes(&secret)?))
    }

    /// The key `A`, 32 bytes.
    #[wasm_bindgen(getter)]
    pub fn public(&self) -> Vec<u8> {
        self.0.public().to_vec()
    }
}

impl Credential {
    pub(super) fn get(&self) -> &credential::Credential {
        &self.0
    }
}
