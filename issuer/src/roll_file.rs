//! The roll as officials hand it in: a CSV file (RFC 4180), UTF-8 with or
//! without a byte order mark, separated by commas or semicolons.
//!
//! Its header names a column `line`, what identifies the voter to herself and
//! is printed on her letter, and a column `style`, the ballot style's name,
//! which may be missing where the election has only one. Further columns are
//! not read. Every bad line is reported, with its number.

use std::collections::HashMap;

use voting_core::manifest::Manifest;
use voting_core::roll::RollLine;

/// One voter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Voter {
    /// The canonical roll line.
    pub line: RollLine,
    /// Index of the ballot style.
    pub style: u32,
}

/// What is wrong with a line of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Line number in the file, from 1.
    pub number: u64,
    /// What is wrong, for people.
    pub what: String,
}

/// A file that cannot be used as a roll. Nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the roll has {} bad line(s):\n{}", .0.len(), list(.0))]
pub struct BadRoll(pub Vec<Problem>);

fn list(problems: &[Problem]) -> String {
    let lines = problems
        .iter()
        .map(|problem| format!("line {}: {}", problem.number, problem.what));
    lines.collect::<Vec<_>>().join("\n")
}

/// Reads a roll for an election; all voters, or all problems.
pub fn read(bytes: &[u8], manifest: &Manifest) -> Result<Vec<Voter>, BadRoll> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter(bytes))
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(bytes);
    let columns =
        Columns::find(&mut reader, manifest).map_err(|what| BadRoll(vec![Problem { number: 1, what }]))?;
    let mut voters = Vec::new();
    let mut problems = Vec::new();
    let mut seen: HashMap<RollLine, u64> = HashMap::new();
    for record in reader.byte_records() {
        match record {
            Err(error) => {
                let number = error.position().map_or(0, csv::Position::line);
                problems.push(Problem {
                    number,
                    what: error.to_string(),
                });
            }
            Ok(record) => {
                let number = record.position().map_or(0, csv::Position::line);
                match columns
                    .voter(&record, manifest)
                    .and_then(|voter| once(&mut seen, voter, number))
                {
                    Ok(voter) => voters.push(voter),
                    Err(what) => problems.push(Problem { number, what }),
                }
            }
        }
    }
    if voters.is_empty() && problems.is_empty() {
        problems.push(Problem {
            number: 1,
            what: "the roll names nobody".to_owned(),
        });
    }
    if problems.is_empty() {
        Ok(voters)
    } else {
        Err(BadRoll(problems))
    }
}

/// The separator is the one that the header line contains more often.
fn delimiter(bytes: &[u8]) -> u8 {
    let header = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let count = |wanted| header.iter().filter(|byte| **byte == wanted).count();
    if count(b';') > count(b',') { b';' } else { b',' }
}

struct Columns {
    line: usize,
    style: Option<usize>,
    width: usize,
}

impl Columns {
    fn find(reader: &mut csv::Reader<&[u8]>, manifest: &Manifest) -> Result<Self, String> {
        let header = reader
            .headers()
            .map_err(|error| format!("the header is not UTF-8: {error}"))?;
        let place = |name: &str| header.iter().position(|column| column.eq_ignore_ascii_case(name));
        let line = place("line").ok_or("the header has no column \"line\"")?;
        let style = place("style");
        if style.is_none() && manifest.styles.len() != 1 {
            return Err("the header has no column \"style\", but the election has several styles".to_owned());
        }
        Ok(Self {
            line,
            style,
            width: header.len(),
        })
    }

    fn voter(&self, record: &csv::ByteRecord, manifest: &Manifest) -> Result<Voter, String> {
        if record.len() != self.width {
            return Err(format!(
                "{} columns where the header has {}",
                record.len(),
                self.width
            ));
        }
        let text = |place: usize| std::str::from_utf8(&record[place]).map_err(|_| "not UTF-8".to_owned());
        let line = RollLine::parse(text(self.line)?).map_err(|error| error.to_string())?;
        let Some(place) = self.style else {
            return Ok(Voter { line, style: 0 });
        };
        let name = text(place)?;
        let style = (0..).zip(&manifest.styles).find(|(_, style)| style.name == name);
        let (style, _) = style.ok_or_else(|| format!("the election has no ballot style {name:?}"))?;
        Ok(Voter { line, style })
    }
}

fn once(seen: &mut HashMap<RollLine, u64>, voter: Voter, number: u64) -> Result<Voter, String> {
    match seen.insert(voter.line.clone(), number) {
        None => Ok(voter),
        Some(first) => {
            seen.insert(voter.line.clone(), first);
            Err(format!("the same roll line as line {first}"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::election::manifest;

    fn problems(text: &str) -> Vec<(u64, String)> {
        let BadRoll(problems) = read(text.as_bytes(), &manifest()).unwrap_err();
        problems
            .into_iter()
            .map(|problem| (problem.number, problem.what))
            .collect()
    }

    #[test]
    fn commas_semicolons_byte_order_mark_and_quotes_are_read() {
        let expected = vec![
            Voter {
                line: RollLine::parse("Ada, 1 Main St").unwrap(),
                style: 0,
            },
            Voter {
                line: RollLine::parse("Bob").unwrap(),
                style: 1,
            },
        ];
        for text in [
            "line,style\n\"Ada, 1 Main St\",north\nBob,south\n",
            "\u{feff}line;style\r\nAda, 1 Main St;north\r\n  Bob ;south\r\n",
            "Style,number,Line\nnorth,1,\"Ada, 1  Main St\"\nsouth,2,Bob",
        ] {
            assert_eq!(read(text.as_bytes(), &manifest()).unwrap(), expected);
        }
    }

    #[test]
    fn every_bad_line_is_reported_with_its_number() {
        let found =
            problems("line,style\nAda,north\nAda,south\n,north\nBob,west\nCarl\nDora,north\n\u{7}x,north\n");
        let numbers: Vec<u64> = found.iter().map(|(number, _)| *number).collect();
        assert_eq!(numbers, [3, 4, 5, 6, 8]);
        assert!(found[0].1.contains("line 2"), "{found:?}");
        assert!(found[2].1.contains("west"), "{found:?}");
    }

    #[test]
    fn a_roll_without_header_or_voters_is_refused() {
        assert_eq!(problems("Ada,north\n").len(), 1);
        assert_eq!(
            problems("line,style\n"),
            [(1, "the roll names nobody".to_owned())]
        );
        assert_eq!(problems("").len(), 1);
        let BadRoll(found) = read(b"line,style\n\xff\xfe,north\n", &manifest()).unwrap_err();
        assert_eq!((found[0].number, found[0].what.as_str()), (2, "not UTF-8"));
    }
}
