//! What stands in an activation letter: the roll line and the code
//! (specs/04-roll-and-tokens.md §2).

use alloc::string::String;
use core::fmt;

use rand_core::CryptoRng;
use zeroize::Zeroizing;

use crate::hash::{Hash, identifier};

/// Bytes of the longest canonical roll line.
pub const MAX_LINE: usize = 500;

/// Symbols of an activation code that carry its 130 random bits.
pub(super) const SYMBOLS: usize = 26;
/// Symbols with the checksum.
const WITH_CHECKSUM: usize = SYMBOLS + 2;
/// A prime below `32²`: any one wrong symbol and any swap of two symbols change the checksum.
const CHECKSUM_MODULUS: u32 = 1_021;
/// Crockford's base 32: no I, L, O, U.
pub(super) const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Why a roll line is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LineError {
    /// Nothing but white space.
    #[error("the roll line is empty")]
    Empty,
    /// More bytes than [`MAX_LINE`].
    #[error("the roll line has {0} bytes, at most 500 are allowed")]
    TooLong(usize),
    /// A control character, which no letter can show.
    #[error("the roll line contains a control character")]
    Control,
}

/// A roll line in canonical form: what the activation letter prints.
///
/// UTF-8; white space at both ends removed and every run of it inside made
/// one space; no control characters; at most [`MAX_LINE`] bytes. Letters keep
/// their case and their Unicode composition: the letter shows, and its QR code
/// carries, these very bytes (specs/04-roll-and-tokens.md §2.1).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RollLine(String);

impl RollLine {
    /// Brings a line into canonical form.
    pub fn parse(text: &str) -> Result<Self, LineError> {
        let mut line = String::with_capacity(text.len());
        for word in text.split_whitespace() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        if line.is_empty() {
            return Err(LineError::Empty);
        }
        if line.len() > MAX_LINE {
            return Err(LineError::TooLong(line.len()));
        }
        if line.chars().any(char::is_control) {
            return Err(LineError::Control);
        }
        Ok(Self(line))
    }

    /// The canonical text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Why text is not an activation code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CodeError {
    /// A character outside the alphabet.
    #[error("{0:?} does not occur in activation codes")]
    Character(char),
    /// Too few or too many characters.
    #[error("an activation code has 28 letters and digits, this has {0}")]
    Length(usize),
    /// The checksum does not fit: a typing error.
    #[error("the activation code contains a typing error (its last two characters do not fit the rest)")]
    Checksum,
}

/// The code of an activation letter: 130 random bits, and a checksum.
///
/// Written in Crockford's base 32 as seven groups of four,
/// `XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-XXXX`; the last two characters are the
/// checksum. Read without regard to case, spaces and hyphens; `O` counts as
/// `0`, `I` and `L` as `1` (specs/04-roll-and-tokens.md §2.2).
pub struct ActivationCode(Zeroizing<[u8; SYMBOLS]>);

impl fmt::Debug for ActivationCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ActivationCode(secret)")
    }
}

impl ActivationCode {
    /// Draws a fresh code.
    pub fn generate<R: CryptoRng + ?Sized>(rng: &mut R) -> Self {
        let mut symbols = Zeroizing::new([0; SYMBOLS]);
        rng.fill_bytes(symbols.as_mut());
        // 256 is a multiple of 32: the low bits of a random byte are uniform.
        symbols.iter_mut().for_each(|symbol| *symbol &= 31);
        Self(symbols)
    }

    /// Reads a code as a person typed it.
    pub fn parse(text: &str) -> Result<Self, CodeError> {
        let mut values = Zeroizing::new([0u8; WITH_CHECKSUM]);
        let mut length = 0;
        for character in text.chars().filter(|c| !c.is_whitespace() && *c != '-') {
            let value = symbol_value(character).ok_or(CodeError::Character(character))?;
            if let Some(place) = values.get_mut(length) {
                *place = value;
            }
            length += 1;
        }
        if length != WITH_CHECKSUM {
            return Err(CodeError::Length(length));
        }
        let mut symbols = Zeroizing::new([0; SYMBOLS]);
        symbols.copy_from_slice(&values[..SYMBOLS]);
        if checksum(&symbols) != [values[SYMBOLS], values[SYMBOLS + 1]] {
            return Err(CodeError::Checksum);
        }
        Ok(Self(symbols))
    }

    /// The code as the letter prints it.
    pub fn to_text(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::with_capacity(WITH_CHECKSUM + 6));
        for (place, value) in self.0.iter().copied().chain(checksum(&self.0)).enumerate() {
            if place > 0 && place % 4 == 0 {
                text.push('-');
            }
            text.push(char::from(ALPHABET[usize::from(value)]));
        }
        text
    }

    /// What the issuer keeps to recognise the code: a hash of 130 random
    /// bits, which nobody inverts.
    pub fn authorisation(&self, election_id: &Hash) -> Hash {
        identifier(
            "psephos/v1/activation-authorisation",
            &[election_id, self.0.as_ref()],
        )
    }

    /// The voter's own secret, from which the pseudonym is made.
    pub fn secret(&self, election_id: &Hash) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(identifier(
            "psephos/v1/activation-secret",
            &[election_id, self.0.as_ref()],
        ))
    }
}

fn symbol_value(character: char) -> Option<u8> {
    let symbol = match character.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    (0u8..32).find(|value| char::from(ALPHABET[usize::from(*value)]) == symbol)
}

/// `Σ (i + 1)·symbol_i mod 1021`, in two symbols.
fn checksum(symbols: &[u8; SYMBOLS]) -> [u8; 2] {
    let sum: u32 = (1..)
        .zip(symbols)
        .map(|(weight, symbol)| weight * u32::from(*symbol))
        .sum();
    let sum = sum % CHECKSUM_MODULUS;
    // 1,021 < 32², so both halves are symbols.
    [(sum / 32) as u8, (sum % 32) as u8]
}
