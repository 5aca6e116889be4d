//! What every answer says besides itself (specs/11-web.md §5).

use std::collections::BTreeSet;

use actix_web::http::header::{self, HeaderName};
use actix_web::middleware::DefaultHeaders;

/// Only this origin's own files; nothing inline; no other origin; no frames.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; \
    require-trusted-types-for 'script'; trusted-types 'none'";

/// The same for a page with the booth: its module is compiled, its worker is
/// made of bytes that were fetched with their hash, and it talks to these
/// origins, the sealed ones of its poll.
pub(super) fn booth_policy(origins: &BTreeSet<String>) -> String {
    running(origins, "'none'")
}

/// The same for a page by which readers look themselves: it reads this one
/// copy of the record, and its form can name another.
pub(super) fn observer_policy(copy: &str) -> String {
    running(&BTreeSet::from([copy.to_owned()]), "'self'")
}

fn running(origins: &BTreeSet<String>, forms: &str) -> String {
    let mut policy = format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; \
         worker-src blob:; form-action {forms}; base-uri 'none'; frame-ancestors 'none'; \
         require-trusted-types-for 'script'; trusted-types booth; connect-src 'self'",
    );
    for origin in origins {
        policy.push(' ');
        policy.push_str(origin);
    }
    policy
}

/// No page asks for anything that a device can do.
const PERMISSIONS_POLICY: &str = "accelerometer=(), autoplay=(), camera=(), display-capture=(), \
    encrypted-media=(), fullscreen=(), geolocation=(), gyroscope=(), hid=(), magnetometer=(), \
    microphone=(), midi=(), payment=(), publickey-credentials-get=(), screen-wake-lock=(), \
    serial=(), usb=(), xr-spatial-tracking=(), browsing-topics=()";

/// The headers of every answer.
pub(super) fn defaults() -> DefaultHeaders {
    DefaultHeaders::new()
        .add((header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY))
        .add((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .add((header::REFERRER_POLICY, "no-referrer"))
        .add((header::X_FRAME_OPTIONS, "DENY"))
        .add((header::PERMISSIONS_POLICY, PERMISSIONS_POLICY))
        .add((
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        ))
        .add((
            HeaderName::from_static("cross-origin-embedder-policy"),
            "require-corp",
        ))
        .add((
            HeaderName::from_static("cross-origin-resource-policy"),
            "same-origin",
        ))
        // A script without `integrity` is not loaded, where browsers know this.
        .add((
            HeaderName::from_static("integrity-policy"),
            "blocked-destinations=(script)",
        ))
        // Nothing shown is looked up elsewhere beforehand.
        .add((HeaderName::from_static("x-dns-prefetch-control"), "off"))
}
