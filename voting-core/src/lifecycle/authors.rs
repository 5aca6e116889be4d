//! Who signed an entry, and whether it is that author's turn.

use super::{ByTrustee, Election, Illegal};
use crate::entry::{Signable, Signed};
use crate::keys::KeyFault;

/// A trustee whose signed step is being looked at.
pub(super) struct Trustee<'a> {
    election: &'a Election,
    index: u32,
}

impl<'a> Trustee<'a> {
    /// The author is an enrolled trustee and signed.
    pub(super) fn of<T: Signable>(
        election: &'a Election,
        signed: &Signed<T>,
        index: u32,
    ) -> Result<Self, Illegal> {
        let members = &election.manifest.trustees.members;
        let member = members.get(index as usize).ok_or(Illegal::Unknown {
            what: "trustee",
            index,
        })?;
        verify(election, signed, "trustee", index, &member.key)?;
        Ok(Self { election, index })
    }

    /// The step is of the ceremony's current round.
    pub(super) fn in_round(self, round: u32, current: u32) -> Result<Self, Illegal> {
        if round == current {
            return Ok(self);
        }
        Err(self.out_of_turn("speaks of another round of the ceremony than the current one"))
    }

    /// The step comes after every trustee has taken an earlier one.
    pub(super) fn after_all<T>(&self, earlier: &ByTrustee<T>, why: &'static str) -> Result<(), Illegal> {
        if earlier.len() == self.election.manifest.trustees.members.len() {
            return Ok(());
        }
        Err(self.out_of_turn(why))
    }

    /// The trustee has not taken the step yet.
    pub(super) fn once<T>(&self, taken: &ByTrustee<T>, why: &'static str) -> Result<(), Illegal> {
        if taken.has(self.index) {
            return Err(self.out_of_turn(why));
        }
        Ok(())
    }

    pub(super) fn out_of_turn(&self, why: &'static str) -> Illegal {
        turn("trustee", self.index, why)
    }

    pub(super) fn at_fault(&self, fault: KeyFault) -> Illegal {
        Illegal::Key {
            trustee: self.index,
            fault,
        }
    }
}

/// The author is an enrolled issuer, the style exists, and the issuer signed.
pub(super) fn check_issuer<T: Signable>(
    election: &Election,
    signed: &Signed<T>,
    index: u32,
    style: u32,
) -> Result<(), Illegal> {
    let members = &election.manifest.issuers.members;
    let member = members.get(index as usize).ok_or(Illegal::Unknown {
        what: "issuer",
        index,
    })?;
    if style as usize >= election.manifest.styles.len() {
        return Err(Illegal::Unknown {
            what: "style",
            index: style,
        });
    }
    verify(election, signed, "issuer", index, &member.key)
}

pub(super) fn turn(what: &'static str, index: u32, why: &'static str) -> Illegal {
    Illegal::Turn { what, index, why }
}

fn verify<T: Signable>(
    election: &Election,
    signed: &Signed<T>,
    author: &'static str,
    index: u32,
    key: &[u8; 32],
) -> Result<(), Illegal> {
    signed.verify(&election.id, key).map_err(|_| Illegal::Signature {
        kind: T::KIND,
        author,
        index,
    })
}
