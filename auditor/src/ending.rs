//! How an audit ends, in one line: the same words from the command, from its
//! report and from a page in a browser.

use crate::verdict::{Overall, Standing, Verdict};

impl Verdict {
    /// The last line of `auditor verify`: "HELD: all 18 claims hold."
    pub fn ending(&self) -> String {
        format!("{}: {}", self.overall().word().to_uppercase(), self.sentence())
    }

    /// "all 18 claims hold."
    pub fn sentence(&self) -> String {
        let total = self.claims.len();
        let count = |test: fn(&Standing) -> bool| {
            let claims = self.claims.iter();
            claims.filter(|claim| test(&claim.standing)).count()
        };
        let held = count(Standing::is_held);
        match self.overall() {
            Overall::Held => format!("all {total} claims hold."),
            Overall::Broken => {
                let broken = count(Standing::is_broken);
                let are = if broken == 1 { "is" } else { "are" };
                format!("{broken} of {total} claims {are} broken.")
            }
            Overall::Open => format!("{held} of {total} claims hold; the others wait for the poll."),
            Overall::Incomplete => {
                format!("{held} of {total} claims hold; evidence is missing for the others.")
            }
        }
    }
}
