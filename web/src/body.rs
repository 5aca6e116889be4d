//! A file as it is sent: compressed once, as far as possible, when it is read.
//!
//! What `integrity` covers is what comes out of it (W3C Subresource Integrity
//! §3.3.4), so the way that a file took makes no difference.

use std::io::Write;

use actix_web::http::header::{AcceptEncoding, ContentEncoding, Encoding};
use actix_web::web::Bytes;
use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;

/// A file's bytes, and what is sent in their stead.
#[derive(Debug)]
pub struct Body {
    plain: Bytes,
    brotli: Bytes,
    gzip: Bytes,
}

/// A content coding (RFC 9110 §8.4.1) of what is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coding {
    /// Brotli, RFC 7932.
    Brotli,
    /// Gzip, RFC 1952.
    Gzip,
}

impl Coding {
    /// The one that a reader likes best; Brotli, which is shorter, where it
    /// likes both as much. `None`: as it is.
    pub fn wanted(accepted: &AcceptEncoding) -> Option<Self> {
        match accepted.negotiate([Encoding::brotli(), Encoding::gzip()].iter())? {
            Encoding::Known(ContentEncoding::Brotli) => Some(Self::Brotli),
            Encoding::Known(ContentEncoding::Gzip) => Some(Self::Gzip),
            _ => None,
        }
    }

    /// Its name in `Content-Encoding`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gzip",
        }
    }
}

impl Body {
    /// Compresses a file: some seconds for a megabyte.
    pub fn of(bytes: Vec<u8>) -> Self {
        Self {
            brotli: brotli(&bytes).into(),
            gzip: gzip(&bytes).into(),
            plain: bytes.into(),
        }
    }

    /// The file's bytes.
    pub fn plain(&self) -> &[u8] {
        &self.plain
    }

    /// What is sent in a coding.
    pub fn sent(&self, coding: Option<Coding>) -> Bytes {
        let bytes = match coding {
            Some(Coding::Brotli) => &self.brotli,
            Some(Coding::Gzip) => &self.gzip,
            None => &self.plain,
        };
        bytes.clone()
    }
}

fn brotli(bytes: &[u8]) -> Vec<u8> {
    let parameters = BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        size_hint: bytes.len(),
        ..BrotliEncoderParams::default()
    };
    let mut compressed = Vec::new();
    let mut source = bytes;
    brotli::BrotliCompress(&mut source, &mut compressed, &parameters).expect("memory is read and written");
    compressed
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    let written = encoder.write_all(bytes).and_then(|()| encoder.finish());
    written.expect("memory is written")
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use actix_web::http::header::Header;
    use actix_web::test::TestRequest;

    use super::*;

    fn wanted(header: &str) -> Option<Coding> {
        let request = TestRequest::default().insert_header(("accept-encoding", header));
        Coding::wanted(&AcceptEncoding::parse(&request.to_http_request()).unwrap())
    }

    #[test]
    fn a_reader_gets_the_shortest_that_it_likes() {
        for (header, coding) in [
            ("gzip, deflate, br, zstd", Some(Coding::Brotli)),
            ("gzip", Some(Coding::Gzip)),
            ("br;q=0.5, gzip", Some(Coding::Gzip)),
            ("br;q=0, gzip;q=0.1", Some(Coding::Gzip)),
            ("br;q=0, gzip;q=0", None),
            ("identity", None),
            ("*", None),
            ("", None),
        ] {
            assert_eq!(wanted(header), coding, "{header}");
        }
    }

    #[test]
    fn what_is_sent_is_shorter_and_becomes_the_file_again() {
        let file = include_bytes!("../assets/style.css").to_vec();
        let body = Body::of(file.clone());
        let (brotli, gzip) = (body.sent(Some(Coding::Brotli)), body.sent(Some(Coding::Gzip)));
        assert!(brotli.len() < gzip.len() && gzip.len() < file.len() / 3);
        let mut read = Vec::new();
        brotli::Decompressor::new(&brotli[..], 4096)
            .read_to_end(&mut read)
            .unwrap();
        assert_eq!(read, file);
        read.clear();
        flate2::read::GzDecoder::new(&gzip[..])
            .read_to_end(&mut read)
            .unwrap();
        assert_eq!(read, file);
        assert_eq!((body.plain(), &body.sent(None)[..]), (&file[..], &file[..]));
    }
}
