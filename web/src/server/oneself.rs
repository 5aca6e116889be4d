//! Pages by which readers look for themselves (specs/11a-oneself.md §5).

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpRequest, web};
use serde::Deserialize;

use super::answers::{Answer, asked, failed, found, frame, rendered, trouble};
use super::{Site, headers};
use crate::booth::origin;
use crate::pages::{self, Failure, Frame, Oneself};
use crate::record::{Record, Shown};

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
    let Some(language) = asked(request) else {
        return failed(site, request, &Failure::NotFound, None);
    };
    let record = match found(site, request) {
        // The device reads the record itself.
        Ok((Shown::Current(record) | Shown::Stale(record), _)) => record,
        Ok((shown, _)) => return failed(site, request, &trouble(shown), None),
        Err(failure) => return failed(site, request, &failure, None),
    };
    let Ok(web::Query(asked)) = web::Query::<Asked>::from_query(request.query_string()) else {
        return failed(site, request, &Failure::Query, None);
    };
    let copy = asked.copy.as_deref().unwrap_or(&record.manifest.ledger.url);
    let Some(origin) = origin(copy) else {
        return failed(site, request, &Failure::Query, None);
    };
    let sealed = record.manifest.booth.as_ref();
    let booth = site.booth.as_deref();
    let oneself = Oneself {
        // A poll that names its booth is looked at with no other.
        booth: booth.filter(|booth| sealed.is_none_or(|sealed| **sealed == booth.sha256)),
        copy,
    };
    let runs = oneself.booth.is_some();
    let page = page(frame(site, request, language), &record, &oneself);
    let mut answer = rendered(site, request, StatusCode::OK, page);
    if runs && let Ok(policy) = HeaderValue::from_str(&headers::observer_policy(&origin)) {
        answer
            .headers_mut()
            .insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    answer
}
