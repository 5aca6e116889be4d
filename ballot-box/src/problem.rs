//! Refusals as RFC 9457 problem details.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, ResponseError};

/// Why something was not taken. Nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The bytes are no entry, or one of another kind.
    #[error("not an entry that can be taken here: {0}")]
    Malformed(String),
    /// The entry is not legal now, or breaks the election's rules.
    #[error("{0}")]
    Illegal(String),
    /// The ballot's proofs or tokens do not hold.
    #[error("the ballot is invalid: {0}")]
    Invalid(String),
    /// A later or equal ballot of this credential is there.
    #[error(
        "a ballot of this credential with sequence {0} is on the ledger; a new one needs a larger sequence"
    )]
    Sequence(u32),
    /// Another ballot of this credential waits for its batch.
    #[error("another ballot of this credential is about to be recorded; try again in a few seconds")]
    Waiting,
    /// The ledger cannot be written.
    #[error("the ballot box cannot write and takes nothing more; the operator has to look")]
    Stopped,
}

impl Refusal {
    /// The refusal's code in the problem's type.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Malformed(_) => "malformed",
            Self::Illegal(_) => "illegal",
            Self::Invalid(_) => "invalid-ballot",
            Self::Sequence(_) => "sequence",
            Self::Waiting => "waiting",
            Self::Stopped => "stopped",
        }
    }
}

impl ResponseError for Refusal {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::Malformed(_) => StatusCode::BAD_REQUEST,
            Self::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Illegal(_) | Self::Sequence(_) | Self::Waiting => StatusCode::CONFLICT,
            Self::Stopped => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    fn error_response(&self) -> HttpResponse {
        let status = self.status_code();
        let problem = serde_json::json!({
            "type": format!("urn:psephos:problem:{}", self.code()),
            "title": status.canonical_reason().unwrap_or_default(),
            "status": status.as_u16(),
            "detail": self.to_string(),
        });
        HttpResponse::build(status)
            .content_type("application/problem+json")
            .body(problem.to_string())
    }
}
