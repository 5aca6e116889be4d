//! Key files, memory, and the command around them.

use std::process::{Command, Output};

use age::secrecy::SecretString;
use ceremony::memory::Head;
use ceremony::{CeremonyFault, Memory, OfficerKey, TrusteeKey, durable};
use tempfile::TempDir;

use crate::kit::rng;

fn passphrase(text: &str) -> SecretString {
    SecretString::from(text.to_owned())
}

#[test]
fn a_key_file_opens_with_its_passphrase_only() {
    let key = TrusteeKey::generate("Dora  with\nspaces", &mut rng(1));
    let file = key.seal(&passphrase("right"), Some(2)).unwrap();
    let opened = TrusteeKey::open("dora.age", &file, &passphrase("right")).unwrap();
    assert_eq!(opened.public(), key.public());
    assert_eq!(opened.name, "Dora with spaces");
    assert_eq!(*opened.dealing.to_secret_bytes(), *key.dealing.to_secret_bytes());
    let refused = TrusteeKey::open("dora.age", &file, &passphrase("wrong"));
    assert!(matches!(refused, Err(CeremonyFault::Passphrase)));
    // No secret in the file or in debug output.
    let secret = key.signing.to_bytes();
    assert!(!file.windows(32).any(|window| window == secret));
    assert!(!format!("{key:?}").contains(&hex::encode(secret)));
}

#[test]
fn a_damaged_key_file_never_opens() {
    let key = OfficerKey::generate("Ada", &mut rng(1));
    let file = key.seal(&passphrase("p"), Some(2)).unwrap();
    for at in 0..file.len() {
        let mut damaged = file.clone();
        damaged[at] ^= 1;
        assert!(
            OfficerKey::open("ada.age", &damaged, &passphrase("p")).is_err(),
            "byte {at}"
        );
        assert!(
            OfficerKey::open("ada.age", &file[..at], &passphrase("p")).is_err(),
            "cut at {at}"
        );
    }
}

#[test]
fn a_key_of_another_role_is_refused() {
    let key = OfficerKey::generate("Ada", &mut rng(1));
    let file = key.seal(&passphrase("p"), Some(2)).unwrap();
    let refused = TrusteeKey::open("ada.age", &file, &passphrase("p")).unwrap_err();
    assert!(refused.to_string().contains("key of a officer"), "{refused}");
}

#[test]
fn a_new_file_never_replaces_another_and_leaves_nothing_behind() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("key.age");
    durable::create(&path, b"first").unwrap();
    assert!(durable::create(&path, b"second").is_err());
    assert_eq!(std::fs::read(&path).unwrap(), b"first");
    durable::replace(&path, b"third").unwrap();
    assert_eq!(std::fs::read(&path).unwrap(), b"third");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    assert!(durable::create(&folder.path().join("none/key.age"), b"x").is_err());
}

#[test]
fn a_memory_survives_and_a_damaged_or_foreign_one_is_refused() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("dora.age.json");
    let head = Head {
        size: 7,
        root: [1; 32],
    };
    Memory::open(&path, &[2; 32]).unwrap().decrypt_at(head).unwrap();
    assert_eq!(Memory::open(&path, &[2; 32]).unwrap().decrypted(), Some(head));
    assert!(Memory::open(&path, &[3; 32]).is_err());
    std::fs::write(&path, b"{").unwrap();
    assert!(Memory::open(&path, &[2; 32]).is_err());
}

fn run(folder: &TempDir, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_ceremony"))
        .args(arguments)
        .current_dir(folder.path())
        .env("PSEPHOS_PASSPHRASE", "a passphrase")
        .output()
        .unwrap()
}

#[test]
fn the_command_makes_keys_that_only_their_owner_may_read() {
    let folder = TempDir::new().unwrap();
    let make = [
        "trustee",
        "key",
        "--name",
        "Dora",
        "--out",
        "dora.age",
        "--demo-work-factor",
        "2",
    ];
    let made = run(&folder, &make);
    assert_eq!(
        made.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&made.stderr)
    );
    let shown = String::from_utf8(made.stdout).unwrap();
    assert!(
        shown.starts_with("[[trustees.members]]\nname = \"Dora\"\nkey = \""),
        "{shown}"
    );
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(folder.path().join("dora.age"))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    assert_eq!(run(&folder, &make).status.code(), Some(1), "never overwritten");
    let public = run(&folder, &["trustee", "public", "dora.age"]);
    assert_eq!(String::from_utf8(public.stdout).unwrap(), shown);
    let officer = run(&folder, &["officer", "public", "dora.age"]);
    assert_eq!(officer.status.code(), Some(1));
}

#[test]
fn the_command_says_what_is_wrong() {
    let folder = TempDir::new().unwrap();
    assert_eq!(run(&folder, &["--help"]).status.code(), Some(0));
    assert_eq!(run(&folder, &[]).status.code(), Some(64));
    assert_eq!(run(&folder, &["deal"]).status.code(), Some(64));
    assert_eq!(
        run(&folder, &["sign", "none.cbor", "--key", "k"]).status.code(),
        Some(1)
    );
    let hash = "00".repeat(32);
    let nobody = run(
        &folder,
        &["status", "--ledger", "http://127.0.0.1:9", "--election", &hash],
    );
    assert_eq!(nobody.status.code(), Some(1));
    assert!(
        String::from_utf8(nobody.stderr)
            .unwrap()
            .contains("cannot be reached")
    );
    let short = run(
        &folder,
        &["status", "--ledger", "http://127.0.0.1:9", "--election", "00"],
    );
    assert_eq!(short.status.code(), Some(64));
}

#[test]
fn officers_define_and_sign_a_manifest_over_files() {
    let folder = TempDir::new().unwrap();
    let samples = concat!(env!("CARGO_MANIFEST_DIR"), "/../samples");
    let mut setting = String::from(
        "opening = 1\nclosing = 2\n[ledger]\norigin = \"ledger.example/riverside\"\nkey = \"KEY\"\nurl = \"http://127.0.0.1\"\n\
         [issuers]\ntoken_bits = 2048\n[[issuers.members]]\nname = \"one.example\"\nurl = \"http://127.0.0.1\"\nkey = \"KEY2\"\n\
         [officers]\nthreshold = 2\n",
    );
    let public = |seed: u8| {
        hex::encode(
            ed25519_dalek::SigningKey::from_bytes(&[seed; 32])
                .verifying_key()
                .to_bytes(),
        )
    };
    setting = setting.replace("KEY2", &public(2)).replace("KEY", &public(1));
    let key = |role: &str, name: &str| {
        let file = format!("{name}.age");
        let made = run(
            &folder,
            &[
                role,
                "key",
                "--name",
                name,
                "--out",
                &file,
                "--demo-work-factor",
                "2",
            ],
        );
        String::from_utf8(made.stdout).unwrap()
    };
    setting += &(key("officer", "ada") + &key("officer", "ben"));
    setting += "[trustees]\nthreshold = 2\n";
    setting += &(key("trustee", "dora") + &key("trustee", "emil") + &key("trustee", "fay"));
    std::fs::write(folder.path().join("setting.toml"), setting).unwrap();
    let poll = format!("{samples}/riverside.pb");
    let define = [
        "define",
        &poll,
        "--setting",
        "setting.toml",
        "--out",
        "manifest.cbor",
    ];
    let defined = run(&folder, &define);
    assert_eq!(
        defined.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&defined.stderr)
    );
    let election = String::from_utf8(defined.stdout).unwrap();
    assert!(folder.path().join("projects.json").exists());
    assert_eq!(run(&folder, &define).status.code(), Some(1), "never overwritten");
    assert_eq!(
        run(&folder, &["sign", "manifest.cbor", "--key", "ada.age"])
            .status
            .code(),
        Some(2)
    );
    assert_eq!(
        run(&folder, &["sign", "manifest.cbor", "--key", "dora.age"])
            .status
            .code(),
        Some(1)
    );
    assert_eq!(
        run(&folder, &["sign", "manifest.cbor", "--key", "ben.age"])
            .status
            .code(),
        Some(0)
    );
    let shown = String::from_utf8(run(&folder, &["show", "manifest.cbor"]).stdout).unwrap();
    assert!(
        shown.contains(election.trim()) && shown.contains("2 of 2"),
        "{shown}"
    );
    let first = std::fs::read(folder.path().join("manifest.cbor")).unwrap();
    assert!(voting_core::lifecycle::Lifecycle::begin(&first).is_ok());
}
