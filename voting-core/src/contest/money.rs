//! Money as people write it.

use alloc::string::{String, ToString};
use core::fmt::Write;

use crate::manifest::Contest;

impl Contest {
    /// An amount in minor units as people write it: `1,234.50 EUR`.
    pub fn money(&self, amount: u128) -> String {
        let unit = 10u128.saturating_pow(self.decimals.into());
        let whole = (amount / unit).to_string();
        let mut text = String::new();
        for (index, digit) in whole.chars().enumerate() {
            if index > 0 && (whole.len() - index).is_multiple_of(3) {
                text.push(',');
            }
            text.push(digit);
        }
        let rest = amount % unit;
        if rest > 0 {
            // Writing into a string cannot fail.
            let _ = write!(text, ".{rest:0width$}", width = usize::from(self.decimals));
        }
        if !self.currency.is_empty() {
            text.push(' ');
            text.push_str(&self.currency);
        }
        text
    }
}
