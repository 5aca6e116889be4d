//! Refusals, and how they look over HTTP: problem details, RFC 9457
//! (specs/06-ledger.md §7.3).

use actix_web::http::StatusCode;
use actix_web::http::header::RETRY_AFTER;
use actix_web::{HttpResponse, ResponseError};
use serde::Serialize;
use voting_core::encoding::MAX_ENTRY;

/// Why something was not taken. Nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Another media type than `application/cbor`.
    #[error("send the entry as application/cbor")]
    MediaType,
    /// More bytes than an entry can have.
    #[error("the entry is longer than {MAX_ENTRY} bytes")]
    TooLarge,
    /// The bytes are no entry, or one that is not handed in here.
    #[error("not an entry that can be handed in here: {0}")]
    Malformed(String),
    /// The entry is not legal now, or breaks the election's rules.
    #[error("{0}")]
    Illegal(String),
    /// The witnesses have not cosigned what the entry builds on.
    #[error(
        "the witnesses have not confirmed the public record that this entry builds on; hand it in again in a few seconds"
    )]
    NotWitnessed,
    /// No ballots are taken now.
    #[error("no ballots are taken: the election is {0}")]
    NotOpen(&'static str),
    /// The ballot's form, proofs or tokens do not hold.
    #[error("the ballot is invalid: {0}")]
    Invalid(String),
    /// An equal or later ballot of this credential is on the ledger.
    #[error(
        "a ballot of this credential with sequence {0} is on the ledger; a new one needs a larger sequence"
    )]
    Sequence(u32),
    /// The manifest allows one ballot for each credential.
    #[error("a ballot of this credential is on the ledger, and this election lets nobody vote again")]
    NoRevoting,
    /// The ballot on the ledger is of another style.
    #[error("the ballot of this credential on the ledger is of another style; a new one must be of the same")]
    OtherStyle,
    /// Another ballot of this credential waits for its batch.
    #[error("another ballot of this credential is about to be recorded; try again in a few seconds")]
    Waiting,
    /// Too many ballots wait.
    #[error("too many ballots are waiting; send the same ballot again in a few seconds")]
    Busy,
    /// The ledger cannot be written.
    #[error("the ballot box takes nothing more until its operator has looked; nothing recorded is lost")]
    Stopped,
    /// No such file.
    #[error("there is no such file on this ledger")]
    NotFound,
    /// Another method than the route takes.
    #[error("this address takes {0}")]
    Method(&'static str),
    /// A stored entry does not fit the tree any more.
    #[error("a stored entry is damaged; read it from a mirror, the operator has to look")]
    Damaged,
}

impl Refusal {
    /// The problem's code, `urn:psephos:problem:<code>`.
    pub fn code(&self) -> &'static str {
        match self {
            Refusal::MediaType => "media-type",
            Refusal::TooLarge => "too-large",
            Refusal::Malformed(_) => "malformed",
            Refusal::Illegal(_) => "illegal",
            Refusal::NotWitnessed => "not-witnessed",
            Refusal::NotOpen(_) => "not-open",
            Refusal::Invalid(_) => "invalid-ballot",
            Refusal::Sequence(_) => "sequence",
            Refusal::NoRevoting => "no-revoting",
            Refusal::OtherStyle => "other-style",
            Refusal::Waiting => "waiting",
            Refusal::Busy => "busy",
            Refusal::Stopped => "stopped",
            Refusal::NotFound => "not-found",
            Refusal::Method(_) => "method",
            Refusal::Damaged => "damaged",
        }
    }
}

#[derive(Serialize)]
struct Problem {
    r#type: String,
    title: &'static str,
    status: u16,
    detail: String,
}

impl ResponseError for Refusal {
    fn status_code(&self) -> StatusCode {
        match self {
            Refusal::MediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Refusal::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Refusal::Malformed(_) => StatusCode::BAD_REQUEST,
            Refusal::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Refusal::Illegal(_)
            | Refusal::NotWitnessed
            | Refusal::NotOpen(_)
            | Refusal::Sequence(_)
            | Refusal::NoRevoting
            | Refusal::OtherStyle
            | Refusal::Waiting => StatusCode::CONFLICT,
            Refusal::Busy | Refusal::Stopped => StatusCode::SERVICE_UNAVAILABLE,
            Refusal::NotFound => StatusCode::NOT_FOUND,
            Refusal::Method(_) => StatusCode::METHOD_NOT_ALLOWED,
            Refusal::Damaged => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn error_response(&self) -> HttpResponse {
        let status = self.status_code();
        let mut response = HttpResponse::build(status);
        match self {
            Refusal::Busy | Refusal::Waiting | Refusal::NotWitnessed => {
                response.insert_header((RETRY_AFTER, "3"))
            }
            Refusal::Stopped => response.insert_header((RETRY_AFTER, "60")),
            Refusal::Method(allowed) => response.insert_header(("allow", *allowed)),
            _ => &mut response,
        };
        let problem = Problem {
            r#type: format!("urn:psephos:problem:{}", self.code()),
            title: status.canonical_reason().unwrap_or("Refused"),
            status: status.as_u16(),
            detail: self.to_string(),
        };
        let body = serde_json::to_string(&problem).unwrap_or_default();
        response.content_type("application/problem+json").body(body)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// One refusal of each kind: a new one does not compile before it stands here.
    fn every() -> Vec<Refusal> {
        let after = |refusal: &Refusal| match refusal {
            Refusal::MediaType => Some(Refusal::TooLarge),
            Refusal::TooLarge => Some(Refusal::Malformed("why".into())),
            Refusal::Malformed(_) => Some(Refusal::Illegal("why".into())),
            Refusal::Illegal(_) => Some(Refusal::NotWitnessed),
            Refusal::NotWitnessed => Some(Refusal::NotOpen("closed")),
            Refusal::NotOpen(_) => Some(Refusal::Invalid("why".into())),
            Refusal::Invalid(_) => Some(Refusal::Sequence(7)),
            Refusal::Sequence(_) => Some(Refusal::NoRevoting),
            Refusal::NoRevoting => Some(Refusal::OtherStyle),
            Refusal::OtherStyle => Some(Refusal::Waiting),
            Refusal::Waiting => Some(Refusal::Busy),
            Refusal::Busy => Some(Refusal::Stopped),
            Refusal::Stopped => Some(Refusal::NotFound),
            Refusal::NotFound => Some(Refusal::Method("GET")),
            Refusal::Method(_) => Some(Refusal::Damaged),
            Refusal::Damaged => None,
        };
        std::iter::successors(Some(Refusal::MediaType), after).collect()
    }

    /// (code, status, what to do) in the table of specs/06-ledger.md §7.3.
    fn specified() -> Vec<(String, u16, String)> {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../specs/06-ledger.md");
        let text = std::fs::read_to_string(path).unwrap();
        let (_, section) = text.split_once("### 7.3 ").unwrap();
        let (section, _) = section.split_once("\n## ").unwrap();
        let rows = section.lines().filter(|line| line.starts_with("| `"));
        rows.map(|row| {
            let cells: Vec<&str> = row.trim_matches('|').splitn(3, '|').map(str::trim).collect();
            let code = cells[0].trim_matches('`').to_owned();
            (code, cells[1].parse().unwrap(), cells[2].to_owned())
        })
        .collect()
    }

    #[test]
    fn the_specification_lists_every_refusal_with_its_status() {
        let ours: Vec<(String, u16)> = every()
            .iter()
            .map(|refusal| (refusal.code().to_owned(), refusal.status_code().as_u16()))
            .collect();
        let theirs: Vec<(String, u16)> = specified()
            .into_iter()
            .map(|(code, status, _)| (code, status))
            .collect();
        let set = |list: &[(String, u16)]| list.iter().cloned().collect::<BTreeSet<_>>();
        assert_eq!(set(&ours), set(&theirs));
        assert_eq!(ours.len(), theirs.len());
    }

    #[test]
    fn whoever_can_try_again_is_told_when() {
        for refusal in every() {
            let response = refusal.error_response();
            assert_eq!(response.status(), refusal.status_code());
            let header = |name: &str| {
                let value = response.headers().get(name);
                value.map(|value| value.to_str().unwrap().to_owned())
            };
            assert_eq!(
                header("content-type").as_deref(),
                Some("application/problem+json")
            );
            let row = specified()
                .into_iter()
                .find(|row| row.0 == refusal.code())
                .unwrap();
            let stated = row
                .2
                .split_once("`Retry-After: ")
                .map(|(_, rest)| rest.trim_matches('`'));
            assert_eq!(header("retry-after").as_deref(), stated, "{refusal:?}");
            assert_eq!(header("allow").is_some(), matches!(refusal, Refusal::Method(_)));
        }
    }
}
