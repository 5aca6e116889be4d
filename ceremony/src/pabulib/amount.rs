//! Amounts of money as decimal text, exactly.

/// A non-negative decimal number: `digits · 10^-places`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Amount {
    digits: u128,
    places: u32,
}

impl Amount {
    /// Reads `1234`, `1234.5` or `400000.0`; a decimal comma is refused.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let wrong = || format!("'{text}' is not an amount; write digits, with a decimal point where needed");
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let fraction = fraction.trim_end_matches('0');
        let digits = format!("{whole}{fraction}");
        if whole.is_empty() || digits.len() > 30 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(wrong());
        }
        Ok(Self {
            digits: digits.parse().map_err(|_| wrong())?,
            places: fraction.len() as u32,
        })
    }

    /// Decimal places that are not zero.
    pub(super) fn places(self) -> u32 {
        self.places
    }

    /// The amount in units of `10^-decimals`, rounded down.
    pub(super) fn floor(self, decimals: u32) -> Option<u64> {
        let value = if decimals >= self.places {
            self.digits
                .checked_mul(10u128.checked_pow(decimals - self.places)?)?
        } else {
            self.digits / 10u128.checked_pow(self.places - decimals)?
        };
        value.try_into().ok()
    }

    /// The amount in units of `10^-decimals`, rounded up.
    pub(super) fn ceil(self, decimals: u32) -> Option<u64> {
        let floor = self.floor(decimals)?;
        let exact = decimals >= self.places
            || self
                .digits
                .is_multiple_of(10u128.checked_pow(self.places - decimals)?);
        floor.checked_add(u64::from(!exact))
    }
}
