//! Refusals, and how they look over HTTP: problem details (RFC 9457).

use actix_web::http::StatusCode;
use actix_web::http::header::{RETRY_AFTER, WWW_AUTHENTICATE};
use actix_web::{HttpResponse, ResponseError};
use serde::Serialize;
use voting_core::token::MalformedStructure;

/// Why a request gets no token. Nothing was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Another media type than `application/private-token-request`.
    #[error("send application/private-token-request")]
    MediaType,
    /// More bytes than a request can have.
    #[error("the request is longer than any token request")]
    TooLarge,
    /// Not a token request.
    #[error("not a token request: {0}")]
    Malformed(#[from] MalformedStructure),
    /// The key is none of this issuer's.
    #[error("the request names a key or token type this issuer does not have")]
    UnknownKey,
    /// The blinded message is no number that can be signed.
    #[error("the blinded message is out of range")]
    Range,
    /// No code, a mistyped one, or one on no letter: always the same answer.
    #[error("the activation code is not valid here; compare it with your letter")]
    Unauthorised,
    /// A valid code, and the key of another ballot style.
    #[error("your activation code is for another ballot style than this key")]
    OtherStyle,
    /// A token was issued for another request already.
    #[error("a token was already issued for this activation code, for another request")]
    Used,
    /// The ledger does not allow issuing yet.
    #[error("tokens are not issued yet: the ledger lacks the confirmed key or this issuer's keys and roll")]
    NotYet,
    /// The ledger says that voting has ended.
    #[error("the poll is closed")]
    Closed,
    /// Too many requests at once.
    #[error("too many requests at the moment; try again with the same request")]
    Busy,
    /// The issuer's own fault.
    #[error("the issuer could not complete the request; try again with the same request")]
    Fault,
}

impl Refusal {
    /// The problem's code, `urn:psephos:problem:<code>`.
    pub fn code(self) -> &'static str {
        match self {
            Refusal::MediaType => "media-type",
            Refusal::TooLarge => "too-large",
            Refusal::Malformed(_) => "malformed-request",
            Refusal::UnknownKey => "unknown-key",
            Refusal::Range => "blinded-message",
            Refusal::Unauthorised => "unauthorised",
            Refusal::OtherStyle => "other-style",
            Refusal::Used => "already-issued",
            Refusal::NotYet => "not-yet",
            Refusal::Closed => "closed",
            Refusal::Busy => "busy",
            Refusal::Fault => "fault",
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
            // RFC 9578 §6.2.
            Refusal::Malformed(_) | Refusal::UnknownKey | Refusal::Range => StatusCode::UNPROCESSABLE_ENTITY,
            Refusal::Unauthorised => StatusCode::UNAUTHORIZED,
            Refusal::OtherStyle => StatusCode::FORBIDDEN,
            Refusal::Used => StatusCode::CONFLICT,
            Refusal::NotYet => StatusCode::SERVICE_UNAVAILABLE,
            Refusal::Closed => StatusCode::GONE,
            Refusal::Busy => StatusCode::TOO_MANY_REQUESTS,
            Refusal::Fault => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn error_response(&self) -> HttpResponse {
        let status = self.status_code();
        let mut response = HttpResponse::build(status);
        match self {
            Refusal::Unauthorised => response.insert_header((WWW_AUTHENTICATE, "Bearer")),
            Refusal::NotYet | Refusal::Busy => response.insert_header((RETRY_AFTER, "1")),
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
