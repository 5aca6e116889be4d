//! One answer per route.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, web};

use super::{Site, headers};
use crate::booth::{Booth, origin};
use crate::languages::{self, Language};
use crate::pages::{self, Failure, Frame, Prose};
use crate::projects::{Query, fresh_seed};
use crate::record::{Record, Shown, Watched};

/// The answer: a page, or the page that says why there is none.
pub(super) type Answer = HttpResponse;
/// How long browsers keep what never changes: a year.
pub(super) const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// `/`: to the reader's language.
pub(super) async fn root(request: HttpRequest) -> Answer {
    let language = preferred(&request);
    HttpResponse::SeeOther()
        .insert_header((header::LOCATION, format!("/{}/", language.tag)))
        .insert_header((header::VARY, "accept-language"))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .finish()
}

/// `/<language>`: the list has a slash.
pub(super) async fn slash(site: web::Data<Site>, request: HttpRequest) -> Answer {
    match asked(&request) {
        Some(language) => see(&format!("/{}/", language.tag)),
        None => failed(&site, &request, &Failure::NotFound, None),
    }
}

/// The list of polls.
pub(super) async fn polls(site: web::Data<Site>, request: HttpRequest) -> Answer {
    let Some(language) = asked(&request) else {
        return failed(&site, &request, &Failure::NotFound, None);
    };
    let page = pages::polls(frame(&site, &request, language), &site.polls);
    rendered(&site, &request, StatusCode::OK, page)
}

/// A poll with its projects.
pub(super) async fn poll(site: web::Data<Site>, request: HttpRequest) -> Answer {
    let Some(language) = asked(&request) else {
        return failed(&site, &request, &Failure::NotFound, None);
    };
    let (record, current) = match found(&site, &request) {
        Ok((Shown::Current(record), _)) => (record, true),
        Ok((Shown::Stale(record), _)) => (record, false),
        Ok((shown, _)) => return failed(&site, &request, &trouble(shown), None),
        Err(failure) => return failed(&site, &request, &failure, None),
    };
    let Ok(web::Query(query)) = web::Query::<Query>::from_query(request.query_string()) else {
        return failed(&site, &request, &Failure::Query, Some(home(language, &record)));
    };
    if !query.has_seed() {
        // The order stands in the address, so that it can be shared and checked.
        return see(&seeded(language, &record, &query));
    }
    let votes_here = booth_of(&site, &record).is_some();
    let page = pages::poll(
        frame(&site, &request, language),
        &record,
        current,
        votes_here,
        &query,
    );
    rendered(&site, &request, StatusCode::OK, page)
}

/// A poll's results.
pub(super) async fn results(site: web::Data<Site>, request: HttpRequest) -> Answer {
    let Some(language) = asked(&request) else {
        return failed(&site, &request, &Failure::NotFound, None);
    };
    let (record, ledger) = match found(&site, &request) {
        Ok((Shown::Current(record), poll)) => (record, poll.ledger().url.clone()),
        // A result that was true may still be, or not: it is not shown.
        Ok((Shown::Stale(record), _)) => {
            return failed(
                &site,
                &request,
                &Failure::OutOfReach,
                Some(home(language, &record)),
            );
        }
        Ok((shown, _)) => return failed(&site, &request, &trouble(shown), None),
        Err(failure) => return failed(&site, &request, &failure, None),
    };
    let page = pages::results(frame(&site, &request, language), &record, &ledger);
    rendered(&site, &request, StatusCode::OK, page)
}

/// The booth.
pub(super) async fn vote(site: web::Data<Site>, request: HttpRequest) -> Answer {
    let (language, record) = match sealed(&site, &request) {
        Ok(found) => found,
        Err(failure) => return failed(&site, &request, &failure, None),
    };
    let mut query = web::Query::<Query>::from_query(request.query_string())
        .map(web::Query::into_inner)
        .unwrap_or_default();
    if !query.has_seed() {
        // Not in the address: whatever a link has behind `#` is lost by being led elsewhere.
        query.seed = fresh_seed();
    }
    let (booth, policy) = booth_of(&site, &record).unzip();
    let page = pages::vote(frame(&site, &request, language), &record, booth, &query);
    let answer = rendered(&site, &request, StatusCode::OK, page);
    allowing(answer, policy)
}

/// The second device.
pub(super) async fn check(site: web::Data<Site>, request: HttpRequest) -> Answer {
    let (language, record) = match sealed(&site, &request) {
        Ok(found) => found,
        Err(failure) => return failed(&site, &request, &failure, None),
    };
    let Some((booth, policy)) = booth_of(&site, &record) else {
        return failed(&site, &request, &Failure::NotFound, None);
    };
    let page = pages::check(frame(&site, &request, language), &record, booth);
    match page {
        Some(page) => allowing(rendered(&site, &request, StatusCode::OK, page), Some(policy)),
        None => failed(&site, &request, &Failure::NotFound, None),
    }
}

/// The record of the poll asked for, of which only what is sealed is used: the
/// device reads the ledger itself.
pub(super) fn sealed(
    site: &Site,
    request: &HttpRequest,
) -> Result<(&'static Language, Arc<Record>), Failure> {
    let language = asked(request).ok_or(Failure::NotFound)?;
    match found(site, request)?.0 {
        Shown::Current(record) | Shown::Stale(record) => Ok((language, record)),
        shown => Err(trouble(shown)),
    }
}

/// Lets a page run what a policy of its own allows.
pub(super) fn allowing(mut answer: Answer, policy: Option<String>) -> Answer {
    let policy = policy.map(|policy| HeaderValue::from_str(&policy));
    if let Some(Ok(policy)) = policy {
        let headers = answer.headers_mut();
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    answer
}

/// The booth for a poll, and what its page may do: talk to the poll's servers.
fn booth_of<'a>(site: &'a Site, record: &Record) -> Option<(&'a Booth, String)> {
    let manifest = &record.manifest;
    let issuers = manifest.issuers.members.iter().map(|issuer| &issuer.url);
    let origins = issuers.chain([&manifest.ledger.url]).map(|url| origin(url));
    let origins: BTreeSet<_> = origins.collect::<Option<_>>()?;
    Some((sealed_booth(site, record)?, headers::booth_policy(&origins)))
}

/// The site's booth, if the poll may use it: one that names its booth is voted
/// in, and looked at, with no other.
pub(super) fn sealed_booth<'a>(site: &'a Site, record: &Record) -> Option<&'a Booth> {
    let sealed = record.manifest.booth.as_ref();
    let booth = site.booth.as_deref()?;
    sealed
        .is_none_or(|sealed| **sealed == booth.sha256)
        .then_some(booth)
}

/// A page of words.
pub(super) async fn prose(page: Prose, site: web::Data<Site>, request: HttpRequest) -> Answer {
    let Some(language) = asked(&request) else {
        return failed(&site, &request, &Failure::NotFound, None);
    };
    let page = pages::prose(page, frame(&site, &request, language));
    rendered(&site, &request, StatusCode::OK, page)
}

/// A sealed picture: its bytes never change.
pub(super) async fn picture(site: web::Data<Site>, request: HttpRequest) -> Answer {
    let name = request.match_info().query("name");
    let found = found(&site, &request).ok();
    let record = found.and_then(|(shown, _)| match shown {
        Shown::Current(record) | Shown::Stale(record) => Some(record),
        _ => None,
    });
    match record.as_ref().and_then(|record| record.pictures.get(name)) {
        Some(picture) => HttpResponse::Ok()
            .content_type(picture.media_type)
            .insert_header((header::CACHE_CONTROL, FOR_EVER))
            .body(picture.bytes.to_vec()),
        None => failed(&site, &request, &Failure::NotFound, None),
    }
}

/// Any other address.
pub(super) async fn not_found(site: web::Data<Site>, request: HttpRequest) -> Answer {
    failed(&site, &request, &Failure::NotFound, None)
}

/// An address asked for in another way than it can be.
pub(super) async fn method(site: web::Data<Site>, request: HttpRequest) -> Answer {
    let mut answer = failed(&site, &request, &Failure::Method, None);
    let allowed = HeaderValue::from_static("GET");
    answer.headers_mut().insert(header::ALLOW, allowed);
    answer
}

/// What may be said of the poll that an address names. While a ledger has not
/// been read, nobody knows which poll it is.
fn found<'a>(site: &'a Site, request: &HttpRequest) -> Result<(Shown, &'a Watched), Failure> {
    let slug = request.match_info().query("poll");
    let mut unread = None;
    for poll in &site.polls {
        let shown = poll.shown();
        match shown.record() {
            Some(record) if record.slug() == slug => return Ok((shown, poll)),
            Some(_) => {}
            None => unread = Some(trouble(shown)),
        }
    }
    Err(unread.unwrap_or(Failure::NotFound))
}

/// Why there is nothing to show.
fn trouble(shown: Shown) -> Failure {
    match shown {
        Shown::Checking { .. } => Failure::Checking,
        Shown::Distrusted { why, .. } => Failure::Distrusted(why),
        Shown::OutOfReach | Shown::Stale(_) | Shown::Current(_) => Failure::OutOfReach,
    }
}

/// The language that an address begins with.
fn asked(request: &HttpRequest) -> Option<&'static Language> {
    let tag = request.path().split('/').nth(1).unwrap_or_default();
    languages::find(tag)
}

/// The language that the browser asks for.
fn preferred(request: &HttpRequest) -> &'static Language {
    let wishes = request.headers().get(header::ACCEPT_LANGUAGE);
    languages::preferred(wishes.and_then(|wishes| wishes.to_str().ok()))
}

fn home(language: &Language, record: &Arc<Record>) -> String {
    format!("/{}/polls/{}", language.tag, record.slug())
}

/// The same question with a fresh seed.
fn seeded(language: &Language, record: &Arc<Record>, query: &Query) -> String {
    let mut pairs = form_urlencoded(&[("q", &query.q), ("group", &query.group), ("order", &query.order)]);
    pairs.push_str("seed=");
    pairs.push_str(&fresh_seed());
    format!("{}?{pairs}", home(language, record))
}

/// What is not empty, encoded for a query.
fn form_urlencoded(pairs: &[(&str, &str)]) -> String {
    let mut query = String::new();
    for (name, value) in pairs.iter().filter(|pair| !pair.1.is_empty()) {
        query.push_str(name);
        query.push('=');
        for byte in value.bytes() {
            match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => query.push(byte.into()),
                _ => query.push_str(&format!("%{byte:02X}")),
            }
        }
        query.push('&');
    }
    query
}

pub(super) fn frame<'a>(site: &'a Site, request: &HttpRequest, language: &'static Language) -> Frame<'a> {
    let path = request.path();
    let here = path.strip_prefix(&format!("/{}", language.tag)).unwrap_or("/");
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    Frame {
        language,
        site: &site.name,
        contact: site.contact.as_deref(),
        here: here.to_owned(),
        query: request.query_string().to_owned(),
        now: now.map_or(0, |now| now.as_secs()),
    }
}

/// The page that says what is wrong. Its language switch leads to the lists.
pub(super) fn failed(site: &Site, request: &HttpRequest, failure: &Failure, back: Option<String>) -> Answer {
    let language = asked(request).unwrap_or_else(|| preferred(request));
    let mut frame = frame(site, request, language);
    if asked(request).is_none() {
        (frame.here, frame.query) = ("/".to_owned(), String::new());
    }
    let mut answer = match failure.page(frame, back) {
        Ok(page) => html(failure.status(), page),
        Err(error) => {
            tracing::error!(%error, "a template failed");
            HttpResponse::InternalServerError().finish()
        }
    };
    if failure.status() == StatusCode::SERVICE_UNAVAILABLE {
        let soon = HeaderValue::from_static("10");
        answer.headers_mut().insert(header::RETRY_AFTER, soon);
    }
    answer
}

pub(super) fn rendered(
    site: &Site,
    request: &HttpRequest,
    status: StatusCode,
    page: askama::Result<String>,
) -> Answer {
    match page {
        Ok(page) => html(status, page),
        Err(error) => {
            tracing::error!(%error, "a template failed");
            failed(site, request, &Failure::Internal, None)
        }
    }
}

fn html(status: StatusCode, page: String) -> Answer {
    HttpResponse::build(status)
        .content_type("text/html; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(page)
}

fn see(place: &str) -> Answer {
    HttpResponse::SeeOther()
        .insert_header((header::LOCATION, place))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .finish()
}
