//! On which occasion an audit was made: of what, when, and with which program.
//!
//! Everything that a report says and a ledger does not comes from here, so
//! that the same verdict on the same occasion gives the same bytes.

use std::fs::File;
use std::io::{self, Read};

use sha2::{Digest, Sha256};
use voting_core::hash::Hash;

/// The specification whose claims this program checks.
pub const SPECIFICATION: &str = "psephos/v1";
/// The last second that [`utc`] can write: of the year 9999.
pub const LATEST: u64 = 253_402_300_799;
const DAY: u64 = 86_400;

/// What was audited, when, and with what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Occasion {
    /// The folder or URL that was read, as given.
    pub source: String,
    /// Seconds since 1970-01-01 UTC, by the clock of whoever audits.
    pub time: u64,
    /// The program.
    pub tool: Tool,
}

/// The program that audits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tool {
    /// Its name.
    pub name: &'static str,
    /// Its version.
    pub version: &'static str,
    /// SHA-256 of its executable file; `None` where that cannot be read.
    pub sha256: Option<Hash>,
}

impl Tool {
    /// The running program.
    pub fn running() -> Self {
        Self {
            sha256: executable().ok(),
            ..Self::unhashed()
        }
    }

    /// This program, its executable file unread.
    pub fn unhashed() -> Self {
        Self {
            name: env!("CARGO_PKG_NAME"),
            version: env!("CARGO_PKG_VERSION"),
            sha256: None,
        }
    }
}

/// SHA-256 of the file that is running, even if another one has its name by now.
fn executable() -> io::Result<Hash> {
    let running = File::open("/proc/self/exe");
    let mut file = running.or_else(|_| File::open(std::env::current_exe()?))?;
    let mut hash = Sha256::new();
    let mut part = vec![0; 1 << 20];
    loop {
        match file.read(&mut part)? {
            0 => return Ok(hash.finalize().into()),
            read => hash.update(&part[..read]),
        }
    }
}

/// A time as people and programs write it: `2027-03-14T09:26:53Z` (RFC 3339).
/// Times after [`LATEST`] are written as that.
pub fn utc(seconds: u64) -> String {
    let seconds = seconds.min(LATEST);
    let (year, month, day) = date(seconds / DAY);
    let (hour, minute, second) = (seconds % DAY / 3_600, seconds % 3_600 / 60, seconds % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

/// The calendar's date so many days after 1970-01-01, counted in years that
/// begin in March, so that the leap day is the last (Hinnant, "chrono-Compatible
/// Low-Level Date Algorithms").
fn date(days: u64) -> (u64, u64, u64) {
    const ERA: u64 = 146_097;
    let days = days + 719_468;
    let day = days % ERA;
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let of_month = day - (153 * month + 2) / 5 + 1;
    let civil = if month < 10 { month + 3 } else { month - 9 };
    let year = days / ERA * 400 + year + u64::from(civil <= 2);
    (year, civil, of_month)
}

/// Reads what [`utc`] writes, and nothing else.
pub fn seconds(text: &str) -> Option<u64> {
    let number = |range: std::ops::Range<usize>| text.get(range)?.parse::<u64>().ok();
    let (year, month, day): (u64, u64, u64) = (number(0..4)?, number(5..7)?, number(8..10)?);
    let (hour, minute, second): (u64, u64, u64) = (number(11..13)?, number(14..16)?, number(17..19)?);
    if year < 1970 || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    // The reverse of `date`; what is no date is written differently below.
    let (year, march) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    let of_era = year % 400;
    let of_year = (153 * march + 2) / 5 + day - 1;
    let days = year / 400 * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468;
    let seconds = days * DAY + hour * 3_600 + minute * 60 + second;
    (utc(seconds) == text).then_some(seconds)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn dates_are_the_calendars() {
        assert_eq!(utc(0), "1970-01-01T00:00:00Z");
        assert_eq!(utc(951_782_399), "2000-02-28T23:59:59Z");
        assert_eq!(utc(951_782_400), "2000-02-29T00:00:00Z");
        assert_eq!(utc(1_804_497_613), "2027-03-08T09:20:13Z");
        assert_eq!(utc(4_107_542_400), "2100-03-01T00:00:00Z");
        assert_eq!(utc(LATEST), "9999-12-31T23:59:59Z");
        assert_eq!(utc(u64::MAX), utc(LATEST));
    }

    #[test]
    fn what_is_no_time_is_not_read() {
        for text in [
            "",
            "2027-02-29T00:00:00Z",
            "2027-13-01T00:00:00Z",
            "2027-04-31T00:00:00Z",
            "2027-03-14T24:00:00Z",
            "2027-03-14T09:26:53+00:00",
            "2027-03-14 09:26:53Z",
            "+027-03-14T09:26:53Z",
            "1969-12-31T23:59:59Z",
            "2027-03-14T09:26:53Z ",
            "é027-03-14T09:26:53Z",
        ] {
            assert_eq!(seconds(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_time_written_is_the_time_read(time in 0..=LATEST) {
            prop_assert_eq!(seconds(&utc(time)), Some(time));
        }
    }
}
