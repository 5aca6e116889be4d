//! A Privacy Pass client written by others gets a token from our server.

use std::path::{Path, PathBuf};
use std::process::Command;

use voting_core::token::Token;

use super::election::enrolled;
use crate::watch::Standing;

/// The client, installed into the build folder; `None` where npm cannot.
fn client() -> Option<PathBuf> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/interop/privacypass");
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../target"),
        PathBuf::from,
    );
    let place = target.join("interop/privacypass");
    std::fs::create_dir_all(&place).ok()?;
    for file in ["package.json", "package-lock.json", "get-token.mjs"] {
        std::fs::copy(source.join(file), place.join(file)).ok()?;
    }
    if !place.join("node_modules/@cloudflare/privacypass-ts").exists() {
        let npm = Command::new("npm")
            .args(["ci", "--no-audit", "--no-fund", "--silent"])
            .current_dir(&place)
            .status();
        if !npm.ok()?.success() {
            return None;
        }
    }
    let node = Command::new("node").arg("--version").output().ok()?;
    node.status.success().then(|| place.join("get-token.mjs"))
}

#[test]
fn a_standard_privacy_pass_client_gets_a_token_that_our_verifier_accepts() {
    let Some(client) = client() else {
        println!("SKIPPED: node and npm, or the package @cloudflare/privacypass-ts, are not available");
        return;
    };
    let issuer = enrolled(2);
    let (server, _gate) = issuer.serve(Standing::Issuing);
    for (letter, key) in issuer.letters.iter().zip(&issuer.enrolment.keys) {
        let challenge = hex::encode(key.public.challenge().to_bytes());
        let output = Command::new("node")
            .arg(&client)
            .args([&server.url(), letter.code.as_str(), &challenge])
            .output()
            .unwrap();
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        let token = hex::decode(String::from_utf8(output.stdout).unwrap().trim()).unwrap();
        let token = Token::from_bytes(&token).unwrap();
        assert_eq!(key.public.verify_token(&token), Ok(token.input.nonce));
    }
    server.stop().unwrap();
}
