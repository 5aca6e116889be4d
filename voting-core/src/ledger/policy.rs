//! Witness policies (C2SP tlog-policy): whose cosignatures a checkpoint needs
//! (specs/06-ledger.md §2.3).
//!
//! A policy is a text file, one statement a line. An election seals its hash
//! in the manifest, so that voters, officers and auditors ask for the same.

use alloc::borrow::ToOwned;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::cosignature::Cosignature;
use super::note::{InvalidNote, SignedNote};
use super::vkey::{CosignerKey, InvalidVkey, VerifierKey};
use crate::manifest::MAX_POLICY;

/// The quorum, and the name, of nobody.
const NONE: &str = "none";

/// Why a policy is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line} of the witness policy: {why}")]
pub struct InvalidPolicy {
    /// The line, counted from 1; the last one's where something is missing.
    pub line: usize,
    /// What is wrong with it.
    pub why: PolicyProblem,
}

/// What can be wrong with a line of a policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PolicyProblem {
    /// Not text of at most [`MAX_POLICY`] bytes.
    #[error("the file is not UTF-8 text of at most 65,536 bytes")]
    Text,
    /// Not a statement in its form.
    #[error(
        "this is none of `log VKEY [URL]`, `witness NAME VKEY [URL]`, `group NAME all|any|K MEMBER…`, `quorum NAME|none`"
    )]
    Statement,
    /// A key that is none, or of another kind.
    #[error("{0}")]
    Key(#[from] InvalidVkey),
    /// A key that stands twice: one witness would count twice.
    #[error("this key stands in the policy already; one key is one witness")]
    KeyTwice,
    /// A name that is taken.
    #[error("this name is taken already, or is `none`")]
    NameTaken,
    /// A name that no earlier line gives.
    #[error("no earlier line gives a witness or group this name")]
    NameUnknown,
    /// A member of two groups, or twice of one.
    #[error("a member belongs to one group, once")]
    MemberTwice,
    /// A group that needs no member, or more than it has.
    #[error("a group needs at least one of its members, and at most all of them")]
    Threshold,
    /// Two quorums.
    #[error("there is one quorum")]
    QuorumTwice,
    /// No quorum.
    #[error("no line says `quorum NAME` or `quorum none`")]
    NoQuorum,
}

/// A ledger that the policy is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyLog {
    /// Its key; the key's name is the ledger's origin.
    pub key: VerifierKey,
    /// Where it is read.
    pub url: Option<String>,
}

/// A witness that the policy knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyWitness {
    /// Its name in the policy.
    pub name: String,
    /// Its key.
    pub key: CosignerKey,
    /// Where checkpoints are submitted to it: `<url>/add-checkpoint`.
    pub url: Option<String>,
}

/// A witness or a group, by its place in the policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Member {
    Witness(usize),
    Group(usize),
}

/// A group, satisfied by `needed` of its members.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Group {
    needed: usize,
    members: Vec<Member>,
}

/// A witness policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    logs: Vec<PolicyLog>,
    witnesses: Vec<PolicyWitness>,
    groups: Vec<Group>,
    /// `None`: no cosignature is needed.
    quorum: Option<Member>,
}

impl Policy {
    /// Reads a policy file.
    ///
    /// # Errors
    /// The first line that is wrong, and why.
    pub fn parse(file: &[u8]) -> Result<Self, InvalidPolicy> {
        let text = core::str::from_utf8(file)
            .ok()
            .filter(|_| file.len() <= MAX_POLICY);
        let text = text.ok_or(InvalidPolicy {
            line: 1,
            why: PolicyProblem::Text,
        })?;
        let mut reader = Reader::default();
        let mut last = 1;
        for (line, statement) in (1..).zip(text.lines()) {
            let read = reader.statement(statement);
            read.map_err(|why| InvalidPolicy { line, why })?;
            last = line;
        }
        reader.finish().map_err(|why| InvalidPolicy { line: last, why })
    }

    /// The ledgers it is for.
    pub fn logs(&self) -> &[PolicyLog] {
        &self.logs
    }

    /// The witnesses, in the file's order.
    pub fn witnesses(&self) -> &[PolicyWitness] {
        &self.witnesses
    }

    /// Whether these witnesses, by their place in [`Policy::witnesses`], are a quorum.
    pub fn is_met(&self, has: impl Fn(usize) -> bool) -> bool {
        self.quorum.is_none_or(|quorum| self.satisfied(quorum, &has))
    }

    /// The cosignatures under a checkpoint, whose ledger's signature is
    /// another question.
    ///
    /// # Errors
    /// A line of a witness's name and key id does not verify: the whole note
    /// is refused.
    pub fn cosignatures(&self, note: &SignedNote<'_>) -> Result<Cosignatures, InvalidNote> {
        let keys = self.witnesses.iter().map(|witness| &witness.key);
        let each: Vec<_> = keys.map(|key| note.cosignature(key)).collect::<Result<_, _>>()?;
        let met = self.is_met(|witness| each[witness].is_some());
        Ok(Cosignatures { each, met })
    }

    // Groups name earlier ones only, so this ends.
    fn satisfied(&self, member: Member, has: &impl Fn(usize) -> bool) -> bool {
        match member {
            Member::Witness(witness) => has(witness),
            Member::Group(group) => {
                let Group { needed, members } = &self.groups[group];
                let satisfied = members.iter().filter(|&&member| self.satisfied(member, has));
                satisfied.take(*needed).count() == *needed
            }
        }
    }
}

/// The verified cosignatures under a checkpoint, judged by a policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cosignatures {
    /// By witness, in the policy's order.
    pub each: Vec<Option<Cosignature>>,
    /// Whether those there are a quorum.
    pub met: bool,
}

/// What the lines so far have said.
#[derive(Default)]
struct Reader {
    policy: Lines,
    names: BTreeMap<String, Member>,
    keys: BTreeSet<[u8; 32]>,
    /// Names that are members of a group.
    members: BTreeSet<String>,
}

#[derive(Default)]
struct Lines {
    logs: Vec<PolicyLog>,
    witnesses: Vec<PolicyWitness>,
    groups: Vec<Group>,
    quorum: Option<Option<Member>>,
}

impl Reader {
    fn statement(&mut self, line: &str) -> Result<(), PolicyProblem> {
        let line = line.split('#').next().unwrap_or_default();
        let words: Vec<&str> = line.split([' ', '\t']).filter(|word| !word.is_empty()).collect();
        match words.as_slice() {
            [] => Ok(()),
            ["log", key, url @ ..] if url.len() <= 1 => self.log(key, url),
            ["witness", name, key, url @ ..] if url.len() <= 1 => self.witness(name, key, url),
            ["group", name, needed, members @ ..] => self.group(name, needed, members),
            ["quorum", name] => self.quorum(name),
            _ => Err(PolicyProblem::Statement),
        }
    }

    fn log(&mut self, key: &str, url: &[&str]) -> Result<(), PolicyProblem> {
        let key = VerifierKey::parse(key)?;
        self.new_key(*key.public())?;
        let url = address(url)?;
        self.policy.logs.push(PolicyLog { key, url });
        Ok(())
    }

    fn witness(&mut self, name: &str, key: &str, url: &[&str]) -> Result<(), PolicyProblem> {
        let key = CosignerKey::parse(key)?;
        self.new_key(*key.public())?;
        self.new_name(name, Member::Witness(self.policy.witnesses.len()))?;
        self.policy.witnesses.push(PolicyWitness {
            name: name.to_owned(),
            key,
            url: address(url)?,
        });
        Ok(())
    }

    fn group(&mut self, name: &str, needed: &str, members: &[&str]) -> Result<(), PolicyProblem> {
        let needed = match needed {
            "all" => members.len(),
            "any" => 1,
            number => decimal(number).ok_or(PolicyProblem::Statement)?,
        };
        if !(1..=members.len()).contains(&needed) {
            return Err(PolicyProblem::Threshold);
        }
        let mut known = Vec::with_capacity(members.len());
        for &member in members {
            known.push(*self.names.get(member).ok_or(PolicyProblem::NameUnknown)?);
            if !self.members.insert(member.to_owned()) {
                return Err(PolicyProblem::MemberTwice);
            }
        }
        self.new_name(name, Member::Group(self.policy.groups.len()))?;
        self.policy.groups.push(Group {
            needed,
            members: known,
        });
        Ok(())
    }

    fn quorum(&mut self, name: &str) -> Result<(), PolicyProblem> {
        let quorum = match name {
            NONE => None,
            name => Some(*self.names.get(name).ok_or(PolicyProblem::NameUnknown)?),
        };
        match self.policy.quorum.replace(quorum) {
            None => Ok(()),
            Some(_) => Err(PolicyProblem::QuorumTwice),
        }
    }

    fn new_name(&mut self, name: &str, member: Member) -> Result<(), PolicyProblem> {
        let taken = name == NONE || self.names.insert(name.to_owned(), member).is_some();
        if taken {
            Err(PolicyProblem::NameTaken)
        } else {
            Ok(())
        }
    }

    fn new_key(&mut self, key: [u8; 32]) -> Result<(), PolicyProblem> {
        match self.keys.insert(key) {
            true => Ok(()),
            false => Err(PolicyProblem::KeyTwice),
        }
    }

    fn finish(self) -> Result<Policy, PolicyProblem> {
        let Lines {
            logs,
            witnesses,
            groups,
            quorum,
        } = self.policy;
        Ok(Policy {
            logs,
            witnesses,
            groups,
            quorum: quorum.ok_or(PolicyProblem::NoQuorum)?,
        })
    }
}

/// The address at a line's end, if there is one.
fn address(url: &[&str]) -> Result<Option<String>, PolicyProblem> {
    let http = |url: &str| url.starts_with("https://") || url.starts_with("http://");
    match url.first() {
        Some(url) if !http(url) => Err(PolicyProblem::Statement),
        url => Ok(url.map(|&url| url.trim_end_matches('/').to_owned())),
    }
}

/// A decimal without sign or leading zero.
fn decimal(text: &str) -> Option<usize> {
    text.parse()
        .ok()
        .filter(|number: &usize| number.to_string() == text)
}
