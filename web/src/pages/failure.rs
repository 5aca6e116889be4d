//! A page for each way to fail: what is wrong, whose fault it is, what to do.

use actix_web::http::StatusCode;
use askama::Template;

use super::Frame;
use crate::record::Distrust;

/// Why there is no such page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// There is no such address.
    NotFound,
    /// The address cannot be used that way.
    Method,
    /// The address's question cannot be read.
    Query,
    /// The poll's record is still being verified.
    Checking,
    /// The poll's ledger does not answer.
    OutOfReach,
    /// The poll's ledger is not to be believed.
    Distrusted(Distrust),
    /// A fault in this program.
    Internal,
}

#[derive(Template)]
#[template(path = "failure.html")]
struct Page<'a> {
    frame: Frame<'a>,
    word: &'static str,
    /// What exactly is wrong, in English, for whoever runs this.
    detail: Vec<String>,
    back: Option<String>,
}

impl Failure {
    /// The answer's status.
    pub fn status(&self) -> StatusCode {
        match self {
            Failure::NotFound => StatusCode::NOT_FOUND,
            Failure::Method => StatusCode::METHOD_NOT_ALLOWED,
            Failure::Query => StatusCode::BAD_REQUEST,
            Failure::Checking | Failure::OutOfReach | Failure::Distrusted(_) => {
                StatusCode::SERVICE_UNAVAILABLE
            }
            Failure::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// Its messages are `failure-<word>` and `failure-<word>-…`.
    fn word(&self) -> &'static str {
        match self {
            Failure::NotFound => "not-found",
            Failure::Method => "method",
            Failure::Query => "query",
            Failure::Checking => "checking",
            Failure::OutOfReach => "out-of-reach",
            Failure::Distrusted(_) => "distrusted",
            Failure::Internal => "internal",
        }
    }

    /// The page. `back` leads to the poll, where there is one.
    pub(crate) fn page(&self, frame: Frame<'_>, back: Option<String>) -> askama::Result<String> {
        let detail = match self {
            Failure::Distrusted(Distrust::Claims(claims)) => claims.iter().map(ToString::to_string).collect(),
            Failure::Distrusted(why) => vec![why.to_string()],
            _ => Vec::new(),
        };
        Page {
            frame,
            word: self.word(),
            detail,
            back,
        }
        .render()
    }
}

impl Page<'_> {
    fn title(&self) -> String {
        self.frame.say(&format!("failure-{}", self.word))
    }

    fn lead(&self) -> String {
        self.frame.say(&format!("failure-{}-lead", self.word))
    }

    fn next(&self) -> String {
        self.frame.say(&format!("failure-{}-next", self.word))
    }
}
