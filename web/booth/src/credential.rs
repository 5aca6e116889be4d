//! The voter's credential on this device.

use getrandom::SysRng;
use rand_core::UnwrapErr;
use voting_core::credential;
use wasm_bindgen::prelude::*;
use zeroize::Zeroizing;

use crate::context::array;

/// The secret of one voter in one election; wiped when freed.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Credential(credential::Credential);

#[wasm_bindgen]
impl Credential {
    /// A fresh credential from the browser's randomness.
    pub fn generate() -> Credential {
        Self(credential::Credential::generate(&mut UnwrapErr(SysRng)))
    }

    /// Restores a credential from its 32 secret bytes.
    ///
    /// # Errors
    /// Bytes that are no secret.
    pub fn restore(secret: Vec<u8>) -> Result<Credential, JsError> {
        let secret = Zeroizing::new(secret);
        let secret = Zeroizing::new(array(&secret, "a credential's secret")?);
        Ok(Self(credential::Credential::from_secret_bytes(&secret)?))
    }

    /// The secret, for encrypted storage on the voter's device only.
    pub fn secret(&self) -> Vec<u8> {
        self.0.to_secret_bytes().to_vec()
    }

    /// The key `A`, 32 bytes.
    #[wasm_bindgen(getter)]
    pub fn public(&self) -> Vec<u8> {
        self.0.public().to_vec()
    }
}

impl Credential {
    pub(crate) fn get(&self) -> &credential::Credential {
        &self.0
    }
}
