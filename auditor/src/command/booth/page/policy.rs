//! What a page's headers let in.

use std::collections::BTreeMap;

use voting_core::manifest::Manifest;

/// Headers that lead a page elsewhere, load something, or mark its reader.
const FORBIDDEN: [&str; 4] = ["refresh", "link", "set-cookie", "location"];
/// Directives that must be there, with all that they may name; none may name more.
const NEEDED: [(&str, &[&str]); 6] = [
    ("default-src", &["'none'"]),
    ("script-src", &["'self'", "'wasm-unsafe-eval'"]),
    ("base-uri", &["'none'"]),
    ("form-action", &["'none'", "'self'"]),
    ("frame-ancestors", &["'none'"]),
    ("require-trusted-types-for", &["'script'"]),
];
/// Directives that may be there.
const ALLOWED: [(&str, &[&str]); 5] = [
    ("style-src", &["'self'"]),
    ("img-src", &["'self'", "blob:", "data:"]),
    ("worker-src", &["blob:", "'self'"]),
    ("trusted-types", &["'none'", "booth"]),
    ("media-src", &["'self'", "blob:"]),
];

/// What is wrong with a page's headers.
pub(super) fn wrong(headers: &BTreeMap<String, String>, manifest: &Manifest) -> Vec<String> {
    let mut wrong: Vec<String> = FORBIDDEN
        .iter()
        .filter(|name| headers.contains_key(**name))
        .map(|name| format!("it comes with a header {name}"))
        .collect();
    if headers.get("content-type").map(String::as_str) != Some("text/html; charset=utf-8") {
        wrong.push("its media type is not text/html; charset=utf-8".to_owned());
    }
    match headers.get("content-security-policy") {
        // Of several policies all bind: the first is enough.
        Some(policies) => wrong.extend(lets_in(policies.lines().next().unwrap_or_default(), manifest)),
        None => wrong.push("it has no Content-Security-Policy".to_owned()),
    }
    wrong
}

/// What a policy lets in that it should not.
fn lets_in(policy: &str, manifest: &Manifest) -> Vec<String> {
    let mut directives: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for directive in policy.split(';') {
        let mut words = directive.split_ascii_whitespace();
        if let Some(name) = words.next() {
            // Of two of one name browsers take the first.
            directives.entry(name).or_insert_with(|| words.collect());
        }
    }
    let own = [&manifest.ledger.url]
        .into_iter()
        .chain(manifest.issuers.members.iter().map(|issuer| &issuer.url));
    let own: Vec<String> = own.filter_map(|url| origin(url)).collect();
    let mut wrong = Vec::new();
    for (name, words) in &directives {
        let known = NEEDED.iter().chain(&ALLOWED).find(|known| known.0 == *name);
        for word in words {
            let fits = match (known, *name) {
                (Some((_, may)), _) => may.contains(word),
                (None, "connect-src") => *word == "'self'" || own.iter().any(|origin| origin == word),
                (None, _) => false,
            };
            if !fits {
                wrong.push(format!("its policy lets in {word} by {name}"));
            }
        }
    }
    let missing = NEEDED.iter().filter(|needed| !directives.contains_key(needed.0));
    wrong.extend(missing.map(|needed| format!("its policy says nothing about {}", needed.0)));
    wrong
}

/// Scheme, host and port of an address.
fn origin(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next()?;
    Some(format!("{scheme}://{}", host.to_ascii_lowercase()))
}
