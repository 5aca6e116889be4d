//! Dates in words. The server knows no visitor's time zone, so it says UTC; a
//! script in the page says the same in the visitor's own.

use super::Language;

/// A civil date of the Gregorian calendar, UTC.
struct Civil {
    year: i64,
    month: u32,
    day: u32,
    hour: u64,
    minute: u64,
    second: u64,
}

/// From seconds since 1970; days to date by Hinnant's `civil_from_days`.
fn civil(seconds: u64) -> Civil {
    let (days, rest) = ((seconds / 86_400) as i64, seconds % 86_400);
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * of_year + 2) / 153;
    let month = if from_march < 10 {
        from_march + 3
    } else {
        from_march - 9
    };
    Civil {
        year: year_of_era + era * 400 + i64::from(month <= 2),
        month: month as u32,
        day: (of_year - (153 * from_march + 2) / 5 + 1) as u32,
        hour: rest / 3_600,
        minute: rest / 60 % 60,
        second: rest % 60,
    }
}

/// The largest time that is shown: the end of the year 9999.
const LAST: u64 = 253_402_300_799;

/// A time for machines (RFC 3339).
pub(crate) fn machine(seconds: u64) -> String {
    let Civil {
        year,
        month,
        day,
        hour,
        minute,
        second,
    } = civil(seconds.min(LAST));
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

impl Language {
    /// Date and time of day, UTC.
    pub fn time(&self, seconds: u64) -> String {
        let civil = civil(seconds.min(LAST));
        let month = self.say(&format!("month-{}", civil.month));
        let clock = format!("{:02}:{:02}", civil.hour, civil.minute);
        let arguments = [
            ("day", civil.day.to_string().into()),
            ("month", month.into()),
            ("year", civil.year.to_string().into()),
            ("time", clock.into()),
        ];
        self.say_with("date-time", &arguments)
    }

    /// How long until then; `None` if that is past.
    pub fn until(&self, then: u64, now: u64) -> Option<String> {
        let seconds = then.checked_sub(now).filter(|left| *left > 0)?;
        Some(match seconds {
            0..7_200 => self.count("in-minutes", seconds.div_ceil(60)),
            7_200..172_800 => self.count("in-hours", seconds / 3_600),
            _ => self.count("in-days", seconds / 86_400),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::machine;

    #[test]
    fn days_become_dates() {
        assert_eq!(machine(0), "1970-01-01T00:00:00Z");
        assert_eq!(machine(951_782_399), "2000-02-28T23:59:59Z");
        assert_eq!(machine(951_782_400), "2000-02-29T00:00:00Z");
        assert_eq!(machine(1_772_409_600), "2026-03-02T00:00:00Z");
        assert_eq!(machine(u64::MAX), "9999-12-31T23:59:59Z");
    }
}
