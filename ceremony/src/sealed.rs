//! Secrets in a file: age v1 (age-encryption.org) with one scrypt recipient, so
//! that the tool `age` opens them too.

use age::secrecy::SecretString;
use zeroize::Zeroizing;

use crate::CeremonyFault;

/// Highest scrypt cost that is tried on opening: about a minute.
const LARGEST_WORK_FACTOR: u8 = 22;

/// Encrypts a secret under a passphrase. `work_factor` is the binary logarithm
/// of scrypt's cost; without one it takes about a second here.
///
/// # Errors
/// [`CeremonyFault::Encryption`].
pub fn seal(
    secret: &[u8],
    passphrase: &SecretString,
    work_factor: Option<u8>,
) -> Result<Vec<u8>, CeremonyFault> {
    let mut recipient = age::scrypt::Recipient::new(passphrase.clone());
    if let Some(work_factor) = work_factor {
        recipient.set_work_factor(work_factor);
    }
    age::encrypt(&recipient, secret).map_err(|error| CeremonyFault::Encryption(error.to_string()))
}

/// Decrypts what [`seal`] made.
///
/// # Errors
/// [`CeremonyFault::Passphrase`]: it is wrong, or the file was damaged.
pub fn open(bytes: &[u8], passphrase: &SecretString) -> Result<Zeroizing<Vec<u8>>, CeremonyFault> {
    let mut identity = age::scrypt::Identity::new(passphrase.clone());
    identity.set_max_work_factor(LARGEST_WORK_FACTOR);
    let secret = age::decrypt(&identity, bytes).map_err(|_| CeremonyFault::Passphrase)?;
    Ok(Zeroizing::new(secret))
}
