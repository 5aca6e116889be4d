//! What voters load: how many bytes, in how many requests, and what of it they
//! wait for. Times are not judged here but measured, by `benches/booth.rs`.

use std::io::{Read, Write};
use std::net::TcpStream;

use base64ct::{Base64, Encoding};
use serde_json::json;
use sha2::{Digest, Sha384};

use crate::browser::booth::{booth, ready};
use crate::large::many;
use crate::town::Town;
use crate::walk::{run, run_knowing};

/// What the booth's page loads besides itself, in bytes: the goal for all of it
/// is 250,000 by Brotli.
const BROTLI: usize = 240_000;
/// The same by gzip, for readers without Brotli.
const GZIP: usize = 300_000;

/// Projects of a ballot that takes long to seal.
const MANY: u32 = 400;

/// An answer as it comes over the wire: its head and its body.
fn wire(site: &str, path: &str, accepted: &str) -> (String, Vec<u8>) {
    let mut stream = TcpStream::connect(site.trim_start_matches("http://")).unwrap();
    let request =
        format!("GET {path} HTTP/1.1\r\nhost: x\r\naccept-encoding: {accepted}\r\nconnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    let end = answer.windows(4).position(|part| part == b"\r\n\r\n").unwrap();
    let body = answer.split_off(end + 4);
    (String::from_utf8(answer).unwrap().to_ascii_lowercase(), body)
}

fn decoded(coding: &str, bytes: &[u8]) -> Vec<u8> {
    let mut plain = Vec::new();
    match coding {
        "br" => brotli::Decompressor::new(bytes, 4096).read_to_end(&mut plain),
        "gzip" => flate2::read::GzDecoder::new(bytes).read_to_end(&mut plain),
        _ => Ok(plain.write(bytes).unwrap()),
    }
    .unwrap();
    plain
}

#[test]
fn the_booth_is_sent_compressed_and_what_comes_out_is_what_integrity_says() {
    let booth = match booth() {
        Ok(booth) => booth,
        Err(why) => return println!("SKIPPED: {why}"),
    };
    let town = Town::open(&booth, |_| {});
    let facts = town.facts();
    let site = facts["site"].as_str().unwrap();
    let assets = web::assets::assets();
    let mut files: Vec<_> = ["booth_bg.wasm", "engine.js", "vote.js"]
        .map(|name| booth.file(name).unwrap())
        .map(|file| (&file.path, &file.integrity))
        .into();
    files.extend([&assets.style, &assets.script].map(|asset| (&asset.path, &asset.integrity)));
    for (coding, most) in [("br", BROTLI), ("gzip", GZIP), ("identity", usize::MAX)] {
        let mut all = 0;
        for (path, integrity) in &files {
            let (head, body) = wire(site, path, coding);
            let named = head.contains(&format!("content-encoding: {coding}\r\n"));
            assert_eq!(named, coding != "identity", "{path} {coding}: {head}");
            assert!(head.contains("vary: accept-encoding\r\n"), "{path}: {head}");
            assert!(head.contains("immutable"), "{path}: {head}");
            let plain = decoded(coding, &body);
            let hash = Base64::encode_string(&Sha384::digest(&plain));
            assert_eq!(**integrity, format!("sha384-{hash}"), "{path} {coding}");
            all += body.len();
        }
        println!("the booth by {coding}: {all} bytes");
        assert!(all <= most, "{all} bytes by {coding}, more than {most}");
    }
}

#[test]
fn pages_keep_their_budgets_and_are_there_before_the_module() {
    let Some((browser, booth)) = ready(&["steps.mjs", "budget.mjs"]) else {
        return;
    };
    let mut town = Town::open(&booth, |_| {});
    run(&browser, "budget.mjs", "budget", &mut town);
}

#[test]
fn the_page_never_stands_still_while_a_large_ballot_is_sealed() {
    let Some((browser, booth)) = ready(&["steps.mjs", "budget.mjs"]) else {
        return;
    };
    let mut town = Town::open(&booth, |manifest| many(manifest, MANY));
    let mut facts = town.facts();
    facts["many"] = json!(true);
    run_knowing(&browser, "budget.mjs", "budget-many", &facts, &mut town);
}
