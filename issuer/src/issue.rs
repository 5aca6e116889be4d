//! Issuing one token: the decision, the record, the signature, in this order.
//!
//! 1. [`decide`] looks at request, code and standing, and changes nothing.
//! 2. [`Records::claim`] makes the record durable, or finds the one there is. A
//!    crash after it costs nobody the vote: the same request gets its answer.
//! 3. The key signs, on a thread for blocking work; the result is checked.

use std::sync::Arc;

use voting_core::hash::Hash;
use voting_core::roll::{ActivationCode, blinded_hash};
use voting_core::token::TokenRequest;

use crate::enrol::{Enrolment, Line};
use crate::problem::Refusal;
use crate::records::{Claim, Records};
use crate::signer::{BlindSigner, check_range};
use crate::watch::{Gate, Standing};

/// A request that may be granted.
pub struct Granted {
    /// The voter's pseudonym.
    pub pseudonym: Hash,
    /// Hash of the blinded message.
    pub blinded: Hash,
    message: Vec<u8>,
    signer: Arc<dyn BlindSigner>,
}

/// Checks a request against everything but the records; pure.
pub fn decide(
    enrolment: &Enrolment,
    standing: Standing,
    code: Option<&str>,
    body: &[u8],
) -> Result<Granted, Refusal> {
    match standing {
        Standing::Waiting => return Err(Refusal::NotYet),
        Standing::Closed => return Err(Refusal::Closed),
        Standing::Issuing => {}
    }
    let request = TokenRequest::from_bytes(body)?;
    let names = |line: &Line| {
        let key = enrolment.keys[line.style as usize].public.key();
        key.token_type() == request.token_type && key.truncated_id() == request.truncated_token_key_id
    };
    let known = enrolment.keys.iter().map(|key| key.public.key()).any(|key| {
        key.token_type() == request.token_type && key.truncated_id() == request.truncated_token_key_id
    });
    if !known {
        return Err(Refusal::UnknownKey);
    }
    let line = authorise(enrolment, code).ok_or(Refusal::Unauthorised)?;
    if !names(line) {
        return Err(Refusal::OtherStyle);
    }
    let key = &enrolment.keys[line.style as usize];
    check_range(key.public.key(), &request.blinded_message).map_err(|_| Refusal::Range)?;
    Ok(Granted {
        pseudonym: line.pseudonym,
        blinded: blinded_hash(&enrolment.election_id, &request.blinded_message),
        message: request.blinded_message,
        signer: key.signer.clone(),
    })
}

/// Absent, mistyped and unknown codes are one answer.
fn authorise<'a>(enrolment: &'a Enrolment, code: Option<&str>) -> Option<&'a Line> {
    let code = ActivationCode::parse(code?).ok()?;
    enrolment.line(&code.authorisation(&enrolment.election_id))
}

/// Everything that answers requests.
pub struct Issuance {
    /// Keys and roll.
    pub enrolment: Enrolment,
    /// What was issued.
    pub records: Records,
    /// What the ledger says.
    pub gate: Arc<Gate>,
}

impl Issuance {
    /// Answers one request: the blind signature, or why there is none.
    pub async fn answer(&self, code: Option<&str>, body: &[u8]) -> Result<Vec<u8>, Refusal> {
        let granted = decide(&self.enrolment, self.gate.standing(), code, body)?;
        match self.records.claim(granted.pseudonym, granted.blinded).await? {
            Claim::New | Claim::Same => {}
            Claim::Other => return Err(Refusal::Used),
        }
        let signature = actix_web::web::block(move || granted.signer.sign(&granted.message)).await;
        match signature {
            Ok(Ok(signature)) => Ok(signature),
            Ok(Err(_)) | Err(_) => Err(Refusal::Fault),
        }
    }
}
