//! Numbers and amounts of money in META and PROJECTS.

use std::str::FromStr;

use super::super::amount::Amount;
use super::super::{File, PabulibError, Row, at};

/// Most decimal places of money.
const MAX_DECIMALS: u32 = 4;

impl File {
    /// Decimal places of the file's money.
    pub(super) fn decimals(&self) -> Result<u32, PabulibError> {
        let mut places = 0;
        for row in self.projects() {
            let cost = cost_amount(row)?;
            if cost.places() > MAX_DECIMALS {
                return Err(at(
                    row.line,
                    format!("the cost has more than {MAX_DECIMALS} decimal places"),
                ));
            }
            places = places.max(cost.places());
        }
        for key in ["budget", "max_sum_cost", "min_sum_cost"] {
            if let Some((text, line)) = self.meta_line(key) {
                let amount = Amount::parse(text).map_err(|problem| at(line, format!("{key}: {problem}")))?;
                places = places.max(amount.places().min(MAX_DECIMALS));
            }
        }
        Ok(places)
    }

    pub(super) fn money(
        &self,
        key: &str,
        decimals: u32,
        round: fn(Amount, u32) -> Option<u64>,
    ) -> Result<Option<u64>, PabulibError> {
        let Some((text, line)) = self.meta_line(key) else {
            return Ok(None);
        };
        let value = amount(text, decimals, round).map_err(|problem| at(line, format!("{key}: {problem}")))?;
        Ok(Some(value))
    }

    pub(super) fn first_number(&self, keys: [&str; 3]) -> Result<Option<u32>, PabulibError> {
        for key in keys {
            if let Some(found) = self.number(key)? {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }

    pub(super) fn number<T: FromStr>(&self, key: &str) -> Result<Option<T>, PabulibError> {
        let Some((text, line)) = self.meta_line(key) else {
            return Ok(None);
        };
        match parse_number(text) {
            Ok(number) => Ok(Some(number)),
            Err(problem) => Err(at(line, format!("{key}: {problem}"))),
        }
    }
}

pub(super) fn cost_amount(row: &Row) -> Result<Amount, PabulibError> {
    Amount::parse(row.get("cost").unwrap_or_default())
        .map_err(|problem| at(row.line, format!("cost: {problem}")))
}

pub(super) fn amount(
    text: &str,
    decimals: u32,
    round: fn(Amount, u32) -> Option<u64>,
) -> Result<u64, String> {
    round(Amount::parse(text)?, decimals).ok_or_else(|| format!("'{text}' is too large"))
}

pub(super) fn parse_number<T: FromStr>(text: &str) -> Result<T, String> {
    // Some files write whole numbers as "5.0".
    text.strip_suffix(".0")
        .unwrap_or(text)
        .parse()
        .map_err(|_| format!("'{text}' is not a whole number in range"))
}

pub(super) fn missing(key: &str) -> PabulibError {
    PabulibError::File(format!("META has no {key}"))
}
