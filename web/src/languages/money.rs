//! Amounts of money as people write them.

use super::Language;

/// What a currency is written as, where everybody knows its sign.
fn sign(currency: &str) -> Option<&'static str> {
    Some(match currency {
        "EUR" => "€",
        "GBP" => "£",
        "PLN" => "zł",
        "USD" => "$",
        _ => return None,
    })
}

impl Language {
    /// An amount in minor units. Whole amounts have no decimal places.
    pub fn money(&self, amount: u64, currency: &str, decimals: u8) -> String {
        let unit = 10_u64.pow(decimals.min(9).into());
        let mut number = self.grouped(&(amount / unit).to_string());
        if !amount.is_multiple_of(unit) {
            let width = usize::from(decimals.min(9));
            number += &self.say("number-decimal");
            number += &format!("{:0width$}", amount % unit);
        }
        self.money_with(number, currency)
    }

    /// How amounts of a currency are written, with `{amount}` for the number.
    pub fn money_pattern(&self, currency: &str) -> String {
        self.money_with("{amount}".to_owned(), currency)
    }

    fn money_with(&self, number: String, currency: &str) -> String {
        if currency.is_empty() {
            return number;
        }
        let (kind, shown) = sign(currency).map_or(("code", currency), |sign| ("sign", sign));
        let arguments = [
            ("kind", kind.into()),
            ("currency", shown.into()),
            ("amount", number.into()),
        ];
        self.say_with("money", &arguments)
    }
}
