//! Files under names that are their hashes: sent compressed, kept for ever
//! (specs/11-web.md §8).

use actix_web::http::header::{self, AcceptEncoding, Header};
use actix_web::{HttpRequest, HttpResponse, web};

use super::Site;
use super::answers::{Answer, FOR_EVER, failed};
use crate::assets;
use crate::body::{Body, Coding};
use crate::booth::MANIFEST;
use crate::pages::Failure;

/// A file of the booth, or its build manifest.
pub(super) async fn booth_file(site: web::Data<Site>, request: HttpRequest) -> Answer {
    let Some(booth) = &site.booth else {
        return failed(&site, &request, &Failure::NotFound, None);
    };
    if request.match_info().query("name") == MANIFEST {
        return HttpResponse::Ok()
            .content_type("application/json")
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .body(booth.manifest.clone());
    }
    match booth.find(request.path()) {
        Some(file) => sent(&request, file.media_type, &file.body),
        None => failed(&site, &request, &Failure::NotFound, None),
    }
}

/// Style, script, icon.
pub(super) async fn asset(site: web::Data<Site>, request: HttpRequest) -> Answer {
    match assets::find(request.path()) {
        Some(asset) => sent(&request, asset.media_type, &asset.body),
        None => failed(&site, &request, &Failure::NotFound, None),
    }
}

/// A file in the coding that the reader likes best. Its name is its hash, so
/// that no other tag is needed to know whether it changed.
fn sent(request: &HttpRequest, media_type: &str, body: &Body) -> Answer {
    let accepted = AcceptEncoding::parse(request).ok();
    let coding = accepted.and_then(|accepted| Coding::wanted(&accepted));
    let mut answer = HttpResponse::Ok();
    answer
        .content_type(media_type)
        .insert_header((header::CACHE_CONTROL, FOR_EVER))
        .insert_header((header::VARY, "accept-encoding"));
    if let Some(coding) = coding {
        answer.insert_header((header::CONTENT_ENCODING, coding.name()));
    }
    answer.body(body.sent(coding))
}
