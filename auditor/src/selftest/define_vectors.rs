//! The vectors of the formats and of what is fixed before the first vote:
//! entries, contests, manifests, winner rules (specs/vectors/entries.json,
//! contest.json, manifest.json, outcome.json).

use serde_json::Value;
use voting_core::contest::{Choice, ProjectTotal};
use voting_core::encoding::decode;
use voting_core::entry::{Entry, OfficerSignature, Signable, Signed, signed_message, verify_signature};
use voting_core::hash::Hash;
use voting_core::ledger::leaf_hash;
use voting_core::manifest::{Contest, Manifest};
use voting_core::outcome::{Outcome, outcome};

use super::vectors::{Judgement, array, bytes, class, number, parsed, same, text};

/// Judges an entry: its encoding, kind, leaf hash and signatures.
pub(super) fn entries(vector: &Value) -> Judgement {
    let encoded = bytes(vector, "entry")?;
    let entry = Entry::from_bytes(&encoded).map_err(|defect| class(&defect))?;
    same("encoding", entry.to_bytes(), encoded.clone())?;
    same("kind", entry.kind(), text(vector, "kind")?)?;
    same("leaf hash", leaf_hash(&encoded), array(vector, "leaf")?)?;
    let author = Author {
        election: array(vector, "election_id")?,
        key: array(vector, "key")?,
    };
    author.judge(&entry)
}

/// Who signed the vectors' entries.
struct Author {
    election: Hash,
    key: [u8; 32],
}

impl Author {
    fn judge(&self, entry: &Entry) -> Judgement {
        match entry {
            Entry::Manifest(manifest, signatures) => self.officers("manifest", manifest, signatures),
            Entry::Open(act)
            | Entry::Pause(act)
            | Entry::Resume(act)
            | Entry::Extend(act)
            | Entry::Close(act)
            | Entry::Lot(act) => self.officers(entry.kind(), &act.body, &act.signatures),
            Entry::KeyHash(signed) => self.signed(signed),
            Entry::KeyCommitment(signed) => self.signed(signed),
            Entry::KeyShares(signed) => self.signed(signed),
            Entry::KeyComplaint(signed) => self.signed(signed),
            Entry::KeyConfirmation(signed) => self.signed(signed),
            Entry::Rehearsal(signed) => self.signed(signed),
            Entry::Roll(signed) => self.signed(signed),
            Entry::IssuerKey(signed) => self.signed(signed),
            Entry::IssuanceReport(signed) => self.signed(signed),
            Entry::DecryptionShare(signed) => self.signed(signed),
            // A ballot's proof is its signature; the rest everybody recomputes.
            Entry::Ballot(_) | Entry::Batch(_) | Entry::Tally(_) | Entry::Result(_) => Ok(()),
        }
    }

    fn signed<T: Signable>(&self, signed: &Signed<T>) -> Judgement {
        signed
            .verify(&self.election, &self.key)
            .map_err(|defect| class(&defect))
    }

    fn officers<T: minicbor::Encode<()>>(
        &self,
        kind: &str,
        body: &T,
        signatures: &[OfficerSignature],
    ) -> Judgement {
        let message = signed_message(kind, &self.election, body);
        let mut verdicts = signatures
            .iter()
            .map(|one| verify_signature(&self.key, &message, &one.signature));
        verdicts
            .try_for_each(|verdict| verdict)
            .map_err(|defect| class(&defect))
    }
}

fn contest_of(vector: &Value) -> Result<Contest, String> {
    decode(&bytes(vector, "contest")?).map_err(|defect| class(&defect))
}

/// Judges a contest: its statement, or a choice and its cells.
pub(super) fn contest(vector: &Value) -> Judgement {
    let contest = contest_of(vector)?;
    match text(vector, "kind")? {
        "statement" => statement(&contest, vector),
        "choice" => {
            let choice = choice(&vector["choice"])?;
            let values = contest.encode(&choice).map_err(|defect| class(&defect))?;
            same("list of cell values", &values, &parsed(&vector["values"])?)?;
            same("choice read back", contest.decode(&values), Some(choice))
        }
        "values" => {
            let values: Vec<u64> = parsed(&vector["values"])?;
            contest.decode(&values).map(drop).ok_or("NoChoice".to_owned())
        }
        other => Err(format!("unknown kind {other}")),
    }
}

fn statement(contest: &Contest, vector: &Value) -> Judgement {
    let statement = contest.statement().map_err(|defect| class(&defect))?;
    let constraints: Vec<_> = statement
        .constraints()
        .iter()
        .map(|one| (one.lo, one.hi, one.terms.clone()))
        .collect();
    same(
        "list of maxima",
        statement.maxima(),
        &parsed::<Vec<u64>>(&vector["maxima"])?,
    )?;
    same(
        "list of constraints",
        constraints,
        parsed(&vector["constraints"])?,
    )?;
    same(
        "padded length",
        statement.padded_bits() as u64,
        number(vector, "padded_bits")?,
    )?;
    same("digest", statement.digest(), array(vector, "digest")?)
}

fn choice(value: &Value) -> Result<Choice, String> {
    let kinds = value.as_object().into_iter().flatten().next();
    let (kind, content) = kinds.ok_or("the vector has no choice")?;
    Ok(match kind.as_str() {
        "projects" => Choice::Projects(parsed(content)?),
        "points" => Choice::Points(parsed(content)?),
        "ranking" => Choice::Ranking(parsed(content)?),
        other => return Err(format!("unknown kind of choice {other}")),
    })
}

/// Judges a manifest: its id, and which of its fields are wrong.
pub(super) fn manifest(vector: &Value) -> Judgement {
    let manifest: Manifest = decode(&bytes(vector, "manifest")?).map_err(|defect| class(&defect))?;
    same(
        "election id",
        manifest.election_id(),
        array(vector, "election_id")?,
    )?;
    let problems = manifest.check().err().unwrap_or_default();
    let fields: Vec<String> = problems.into_iter().map(|problem| problem.field).collect();
    same("list of wrong fields", &fields, &parsed(&vector["fields"])?)?;
    if fields.is_empty() {
        Ok(())
    } else {
        Err("Incoherent".to_owned())
    }
}

/// Judges totals, or the winners that follow from them.
pub(super) fn outcomes(vector: &Value) -> Judgement {
    let contest = contest_of(vector)?;
    match text(vector, "kind")? {
        "totals" => {
            let cells: Vec<u64> = parsed(&vector["cells"])?;
            let found = contest.totals(&cells, number(vector, "ballots")?);
            let found = found.map_err(|defect| class(&defect))?;
            same("list of totals", found, totals(vector)?)
        }
        "winners" => match outcome(&contest, &totals(vector)?, vector["lot"].as_str()) {
            Outcome::Winners(winners) => same("list of winners", winners, parsed(&vector["winners"])?),
            Outcome::Open { .. } => Err("Open".to_owned()),
        },
        other => Err(format!("unknown kind {other}")),
    }
}

fn totals(vector: &Value) -> Result<Vec<ProjectTotal>, String> {
    let (votes, score): (Vec<u64>, Vec<i64>) = (parsed(&vector["votes"])?, parsed(&vector["score"])?);
    same("number of scores", votes.len(), score.len())?;
    let totals = votes.into_iter().zip(score);
    Ok(totals
        .map(|(votes, score)| ProjectTotal { votes, score })
        .collect())
}
