//! Style, script and icon, under names that are their hashes: a name never
//! means other bytes, so browsers keep them for ever (specs/11-web.md §5).

use std::sync::LazyLock;

use base64ct::{Base64, Encoding};
use sha2::{Digest, Sha256, Sha384};

use crate::body::Body;

/// A file that pages load.
#[derive(Debug)]
pub struct Asset {
    /// Its address on this server.
    pub path: String,
    /// Its `integrity` attribute (W3C Subresource Integrity).
    pub integrity: String,
    /// Its media type.
    pub media_type: &'static str,
    /// Its bytes.
    pub body: Body,
}

/// All files that pages load.
#[derive(Debug)]
pub struct Assets {
    /// The style sheet.
    pub style: Asset,
    /// The module that shows times in the reader's own time zone.
    pub script: Asset,
    /// The icon.
    pub icon: Asset,
}

static ASSETS: LazyLock<Assets> = LazyLock::new(|| Assets {
    style: Asset::new(
        "style",
        "css",
        "text/css; charset=utf-8",
        include_bytes!("../assets/style.css"),
    ),
    script: Asset::new(
        "page",
        "js",
        "text/javascript; charset=utf-8",
        include_bytes!("../assets/page.js"),
    ),
    icon: Asset::new(
        "icon",
        "svg",
        "image/svg+xml",
        include_bytes!("../assets/icon.svg"),
    ),
});

/// All files that pages load.
pub fn assets() -> &'static Assets {
    &ASSETS
}

/// The file with this address.
pub fn find(path: &str) -> Option<&'static Asset> {
    let Assets { style, script, icon } = assets();
    [style, script, icon].into_iter().find(|asset| asset.path == path)
}

impl Asset {
    fn new(stem: &str, extension: &str, media_type: &'static str, bytes: &'static [u8]) -> Self {
        let name = hex::encode(&Sha256::digest(bytes)[..8]);
        Self {
            path: format!("/assets/{stem}.{name}.{extension}"),
            integrity: format!("sha384-{}", Base64::encode_string(&Sha384::digest(bytes))),
            media_type,
            body: Body::of(bytes.to_vec()),
        }
    }
}
