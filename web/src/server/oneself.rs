//! Pages by which readers look for themselves (specs/11a-oneself.md §5).

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, web};
use serde::Deserialize;

use super::answers::{Answer, allowing, failed, frame, rendered, sealed, sealed_booth};
use super::{Site, headers};
use crate::booth::origin;
use crate::pages::{self, Failure, Frame, Oneself};
use crate::record::Record;

/// What stands behind `?`.
#[derive(Deserialize)]
struct Asked {
    /// The copy of the record that the reader wants to have read.
    copy: Option<String>,
}

type Page = fn(Frame<'_>, &Record, &Oneself<'_>) -> askama::Result<String>;

/// "Find my ballot".
pub(super) async fn find(site: web::Data<Site>, request: HttpRequest) -> Answer {
    page(&site, &request, pages::find)
}

/// The recount.
pub(super) async fn recount(site: web::Data<Site>, request: HttpRequest) -> Answer {
    page(&site, &request, pages::recount)
}

fn page(site: &Site, request: &HttpRequest, page: Page) -> Answer {
    let refused = |failure| failed(site, request, &failure, None);
    let (language, record) = match sealed(site, request) {
        Ok(found) => found,
        Err(failure) => return refused(failure),
    };
    let Ok(web::Query(asked)) = web::Query::<Asked>::from_query(request.query_string()) else {
        return refused(Failure::Query);
    };
    let copy = asked.copy.as_deref().unwrap_or(&record.manifest.ledger.url);
    let Some(origin) = origin(copy) else {
        return refused(Failure::Query);
    };
    let booth = sealed_booth(site, &record);
    let policy = booth.map(|_| headers::observer_policy(&origin));
    let page = page(frame(site, request, language), &record, &Oneself { booth, copy });
    allowing(rendered(site, request, StatusCode::OK, page), policy)
}
