//! A complaint convicts a dealer before everybody (specs/03-ceremony.md §6).
//!
//! The complainer reveals the private half of the receiving key it published
//! for this one round. Anybody checks that it fits, opens the dealer's share
//! with it, and compares with the dealer's commitments. What becomes readable
//! are this round's shares for this receiver; the round is over, and its
//! secrets are never used.

use super::envelope::{self, Address};
use super::{Commitments, KeyFault};
use crate::entry::{KeyComplaint, KeyHash, KeyShares};
use crate::group::RistrettoPoint;
use crate::hash::Hash;

/// Verifies a complaint. `Ok`: the dealer is proven wrong.
///
/// `receiver` is the complainer's `key-hash` of the round, `dealer` and
/// `shares` what the accused dealer published in it.
pub fn verify_complaint(
    election_id: &Hash,
    receiver: &KeyHash,
    dealer: &Commitments,
    shares: &KeyShares,
    complaint: &KeyComplaint,
) -> Result<(), KeyFault> {
    let round = complaint.round;
    let one_round = receiver.round == round && dealer.round() == round && shares.round == round;
    let one_dealer = dealer.trustee() == complaint.dealer && shares.trustee == complaint.dealer;
    let other_author = receiver.trustee == complaint.trustee && complaint.trustee != complaint.dealer;
    if !(one_round && one_dealer && other_author) {
        return Err(KeyFault::ComplaintSubject);
    }
    if envelope::receiving_key(&complaint.evidence) != Some(*receiver.receiving_key) {
        return Err(KeyFault::ComplaintEvidence);
    }
    let sealed = shares
        .shares
        .get(complaint.trustee as usize)
        .ok_or(KeyFault::ShareCount)?;
    let address = Address {
        election_id,
        round,
        dealer: complaint.dealer,
        receiver: complaint.trustee,
    };
    match envelope::open(&address, &complaint.evidence, sealed) {
        Some(share) if RistrettoPoint::mul_base(&share) == dealer.at(complaint.trustee) => {
            Err(KeyFault::ComplaintUnfounded)
        }
        _ => Ok(()),
    }
}
