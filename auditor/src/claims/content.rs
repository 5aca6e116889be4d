//! The texts and pictures beside the ledger are those the manifest seals.

use super::{About, End, Observer, number};
use crate::finding::{Fault, Findings};
use crate::verdict::{Chapter, Standing};

const ABOUT: About = About {
    id: "content",
    title: "The texts and pictures that voters saw are the sealed ones",
    chapter: Chapter::Define,
    clause: "specs/10-audit.md §3.2",
};

/// Compares hashes at the end: files come in any order.
#[derive(Default)]
pub(crate) struct ContentIsSealed;

impl Observer for ContentIsSealed {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn conclude(&self, end: &End<'_>) -> (Findings, Standing) {
        let mut findings = Findings::default();
        let sealed = &end.lifecycle.election().manifest.content;
        let mut absent = Vec::new();
        for file in sealed {
            let Some((length, sha256)) = end.content.get(&file.name) else {
                absent.push(file.name.as_str());
                continue;
            };
            if length != file.length || sha256 != *file.sha256 {
                let finding = ABOUT.finding(Some(0), format!("content file {}", file.name), Fault::Source);
                let sealed = format!("{} bytes with SHA-256 {}", file.length, hex::encode(*file.sha256));
                findings
                    .push(finding.differs(sealed, format!("{length} bytes with {}", hex::encode(sha256))));
            }
        }
        let standing = if sealed.is_empty() {
            Standing::held("none sealed")
        } else if absent.is_empty() {
            Standing::held(format!("{} compared", number(sealed.len() as u64, "file")))
        } else {
            Standing::missing(format!(
                "not beside this copy of the ledger: {}",
                absent.join(", ")
            ))
        };
        (findings, standing)
    }
}
