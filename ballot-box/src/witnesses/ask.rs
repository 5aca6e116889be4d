//! Asking one witness (C2SP tlog-witness 1.0; specs/06-ledger.md §2.4).

use std::io::Read;
use std::time::Duration;

use sha2::{Digest, Sha256};
use ureq::Agent;
use ureq::http::Response;
use voting_core::ledger::{
    CosignerKey, Head, PolicyWitness, SignedNote, Submission, Trust, consistency_proof,
};

use crate::published::SignedHead;
use crate::shared::Shared;

/// Longest wait for one answer.
const PATIENCE: Duration = Duration::from_secs(5);
/// Bytes of the longest answer: some cosignature lines, or a checkpoint.
const LARGEST_ANSWER: u64 = 65_536;
/// Media type of the answer that tells a size.
const SIZE: &str = "text/x.tlog.size";

/// What a witness answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// It has cosigned: the lines of its cosignature, verified.
    Cosigned(String),
    /// It says that it has cosigned a larger ledger than ours, of so many entries.
    Ahead(u64),
    /// It says that ours does not go on from what it has cosigned.
    Disagrees,
    /// It has not answered, or nothing that makes sense.
    Silent(String),
}

impl Answer {
    /// The lines of its cosignature.
    pub(super) fn lines(self) -> Option<String> {
        match self {
            Answer::Cosigned(lines) => Some(lines),
            _ => None,
        }
    }

    /// Tells the operator of what should not be.
    pub(super) fn report(&self, witness: &str, size: u64) {
        match self {
            Answer::Cosigned(_) => {}
            Answer::Ahead(theirs) => tracing::error!(
                witness,
                "the witness says it has cosigned {theirs} entries, and there are {size}"
            ),
            Answer::Disagrees => tracing::error!(
                witness,
                "the witness says that the first {size} entries do not go on from those it has cosigned"
            ),
            Answer::Silent(why) => {
                tracing::warn!(witness, "the witness has not cosigned {size} entries: {why}")
            }
        }
    }
}

/// Asks one witness, and remembers what it cosigned last.
pub(crate) struct Asker {
    name: String,
    key: CosignerKey,
    url: String,
    agent: Agent,
    shared: Shared,
    /// Size that it cosigned last, as far as we know.
    known: u64,
}

impl Asker {
    /// Asks a witness of the policy; `None` if the policy says no address.
    pub(crate) fn new(witness: &PolicyWitness, shared: &Shared) -> Option<Self> {
        let config = Agent::config_builder()
            .timeout_global(Some(PATIENCE))
            .http_status_as_error(false)
            .max_redirects(0);
        Some(Self {
            name: witness.name.clone(),
            key: witness.key.clone(),
            url: witness.url.clone()?,
            agent: config.build().into(),
            shared: shared.clone(),
            known: 0,
        })
    }

    /// Its name in the policy.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Asks for a cosignature of a head. A witness that has cosigned another
    /// size than we thought tells so, and is asked once more.
    pub(crate) fn ask(&mut self, head: &SignedHead) -> Answer {
        for _ in 0..2 {
            match self.submit(head) {
                Ok(None) => {}
                Ok(Some(answer)) => return answer,
                Err(why) => return Answer::Silent(why),
            }
        }
        Answer::Silent("it tells another size every time".to_owned())
    }

    /// Submits once; `None` if what it cosigned last is known only now.
    fn submit(&mut self, head: &SignedHead) -> Result<Option<Answer>, String> {
        let proof = consistency_proof(&self.shared, self.known, head.size);
        let submission = Submission {
            old: self.known,
            proof: proof.ok_or("its last size is beyond ours")?,
            checkpoint: head.note.clone(),
        };
        let request = self.agent.post(format!("{}/add-checkpoint", self.url));
        let request = request.content_type("text/plain; charset=utf-8");
        let response = request.send(submission.to_string());
        let mut response = response.map_err(|error| error.to_string())?;
        match response.status().as_u16() {
            200 => {
                let lines = self.verified(head, &body(&mut response)?)?;
                self.known = head.size;
                Ok(Some(Answer::Cosigned(lines)))
            }
            409 => match size(&mut response)? {
                theirs if theirs > head.size => Ok(Some(Answer::Ahead(theirs))),
                theirs => {
                    self.known = theirs;
                    Ok(None)
                }
            },
            422 => Ok(Some(Answer::Disagrees)),
            status => Err(format!("it answers with status {status}")),
        }
    }

    /// Its own lines of an answer, once they verify under the head.
    fn verified(&self, head: &SignedHead, answer: &str) -> Result<String, String> {
        let note = format!("{}{answer}", head.note);
        let refused = |error: voting_core::ledger::InvalidNote| format!("its cosignature: {error}");
        let note = SignedNote::parse(note.as_bytes()).map_err(refused)?;
        match note.cosignature(&self.key).map_err(refused)? {
            Some(_) => Ok(note.cosignature_lines(&self.key)),
            None => Err("its answer has no cosignature of the sealed key".to_owned()),
        }
    }

    /// The last head that it shows to have cosigned, signed by this ledger.
    pub(super) fn shown(&self, trust: &Trust) -> Option<Head> {
        let origin = hex::encode(Sha256::digest(trust.key().name()));
        let request = self.agent.get(format!("{}/{origin}/checkpoint", self.url));
        let mut response = request.call().ok().filter(|response| response.status() == 200)?;
        trust.head(body(&mut response).ok()?.as_bytes()).ok()
    }
}

fn body(response: &mut Response<ureq::Body>) -> Result<String, String> {
    let mut text = String::new();
    let reader = response.body_mut().as_reader().take(LARGEST_ANSWER);
    let read = { reader }.read_to_string(&mut text);
    read.map(|_| text).map_err(|error| error.to_string())
}

/// The size that a conflict tells; believed only in its one form.
fn size(response: &mut Response<ureq::Body>) -> Result<u64, String> {
    let kind = response.headers().get("content-type");
    if kind.is_none_or(|kind| kind != SIZE) {
        return Err("it refuses, and does not say what it cosigned last".to_owned());
    }
    let text = body(response)?;
    let size = text.strip_suffix('\n').unwrap_or(&text);
    match size.parse::<u64>() {
        Ok(number) if number.to_string() == size => Ok(number),
        _ => Err("it tells a size that is no number".to_owned()),
    }
}
