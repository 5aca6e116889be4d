use alloc::format;
use alloc::string::{String, ToString};

use base64ct::{Base64, Encoding};
use ed25519_dalek::SigningKey;
use proptest::prelude::*;

use super::*;

const TEXT: &str = "ledger.example/riverside\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n";

fn ledger() -> SignerKey {
    SignerKey::ed25519("ledger.example/riverside", &SigningKey::from_bytes(&[7; 32])).unwrap()
}

fn witness(number: u8) -> Cosigner {
    let name = format!("witness{number}.example");
    Cosigner::ed25519(&name, &SigningKey::from_bytes(&[number; 32])).unwrap()
}

fn cosigned(lines: &[String]) -> String {
    ledger().sign(TEXT) + &lines.concat()
}

fn cosignature(note: &str, number: u8) -> Result<Option<u64>, InvalidNote> {
    let found = SignedNote::parse(note.as_bytes())?.cosignature(&witness(number).verifier())?;
    Ok(found.map(|cosignature| cosignature.time))
}

#[test]
fn cosignatures_count_by_key_and_never_for_the_ledger() {
    let line = |number, time| witness(number).cosign(TEXT, time).unwrap();
    let note = cosigned(&[line(1, 100), line(2, 200), line(1, 300), line(1, 50)]);
    assert_eq!(cosignature(&note, 1), Ok(Some(300)));
    assert_eq!(cosignature(&note, 2), Ok(Some(200)));
    assert_eq!(cosignature(&note, 3), Ok(None));
    let read = SignedNote::parse(note.as_bytes()).unwrap();
    assert_eq!(read.verify(&ledger().verifier()), Ok(TEXT));
    assert_eq!(read.only(&ledger().verifier()), ledger().sign(TEXT));

    // The same key under the same name, as a ledger's: another key id.
    let key = SigningKey::from_bytes(&[7; 32]);
    let other = Cosigner::ed25519("ledger.example/riverside", &key).unwrap();
    assert_eq!(read.cosignature(&other.verifier()), Ok(None));
    let lone = format!("{TEXT}\n{}", other.cosign(TEXT, 1).unwrap());
    assert_eq!(
        SignedNote::parse(lone.as_bytes())
            .unwrap()
            .verify(&ledger().verifier()),
        Err(InvalidNote::Unsigned)
    );
}

#[test]
fn e5_a_cosignature_of_another_text_time_or_key_refuses_the_note() {
    let line = witness(1).cosign(TEXT, 100).unwrap();
    let good = witness(1).cosign(TEXT, 101).unwrap();
    let payload = |line: &str| Base64::decode_vec(line.trim_end().rsplit_once(' ').unwrap().1).unwrap();
    let write = |payload: &[u8]| format!("— witness1.example {}\n", Base64::encode_string(payload));
    assert_eq!(write(&payload(&line)), line);

    let mut moved = payload(&line);
    moved[11] += 1;
    let mut timeless = payload(&line);
    timeless[4..12].fill(0);
    let mut late = payload(&line);
    late[4] = 0x80;
    let other_text = witness(1).cosign(&TEXT.replace("\n0\n", "\n1\n"), 100).unwrap();
    let short = &payload(&line)[..75];
    let long = [payload(&line), [0].into()].concat();
    for (bad, why) in [
        (write(&moved), InvalidNote::Signature),
        (write(&timeless), InvalidNote::Time),
        (write(&late), InvalidNote::Time),
        (other_text, InvalidNote::Signature),
        (write(short), InvalidNote::Signature),
        (write(&long), InvalidNote::Signature),
        (write(&payload(&line)[..5]), InvalidNote::Signature),
    ] {
        // A good line beside it changes nothing.
        for lines in [[bad.clone(), good.clone()], [good.clone(), bad.clone()]] {
            assert_eq!(cosignature(&cosigned(&lines), 1), Err(why));
        }
        // Whoever does not trust the witness does not mind.
        let note = cosigned(&[bad]);
        assert_eq!(cosignature(&note, 2), Ok(None));
        let read = SignedNote::parse(note.as_bytes()).unwrap();
        assert_eq!(read.verify(&ledger().verifier()), Ok(TEXT));
    }
    assert_eq!(witness(1).cosign(TEXT, 0), Err(InvalidNote::Time));
    assert_eq!(witness(1).cosign(TEXT, 1 << 63), Err(InvalidNote::Time));
}

#[test]
fn a_bad_line_of_the_ledger_beside_a_good_one_refuses_the_note() {
    let good = ledger().sign(TEXT);
    let other = ledger().sign("another text\n");
    let bad = other.rsplit_once("\n\n").unwrap().1;
    for note in [
        format!("{good}{bad}"),
        format!("{TEXT}\n{bad}") + good.rsplit_once("\n\n").unwrap().1,
    ] {
        assert_eq!(
            SignedNote::parse(note.as_bytes())
                .unwrap()
                .verify(&ledger().verifier()),
            Err(InvalidNote::Signature)
        );
    }
}

#[test]
fn notes_beyond_the_limits_are_refused() {
    let line = witness(1).cosign(TEXT, 1).unwrap();
    assert!(SignedNote::parse(cosigned(&std::vec![line.clone(); 99]).as_bytes()).is_ok());
    let many = cosigned(&std::vec![line.clone(); 100]);
    assert_eq!(SignedNote::parse(many.as_bytes()), Err(InvalidNote::Form));
    let long = ledger().sign(&format!("{}\n", "a".repeat(1_000_000)));
    assert_eq!(SignedNote::parse(long.as_bytes()), Err(InvalidNote::Form));
}

#[test]
fn other_forms_of_a_note_are_refused() {
    let good = ledger().sign(TEXT);
    for (from, to) in [
        ("\n\n", "\n"),
        ("— ", "- "),
        ("— ", "—"),
        ("— ledger", "—  ledger"),
        ("— ledger.example/riverside", "— "),
        ("— ledger", "— led+ger"),
        ("— ledger", "— led\u{2003}ger"),
        ("ledger", "led\tger"),
        ("ledger", "led\rger"),
        ("ledger", "led\0ger"),
    ] {
        let bad = good.replacen(from, to, 1);
        assert_ne!(bad, good);
        assert_eq!(SignedNote::parse(bad.as_bytes()), Err(InvalidNote::Form), "{bad}");
    }
    for bad in [
        format!("{good}\n"),
        format!("{good}— a.example AAAA\n"),
        format!("{good}— a.example AAAAAA\n"),
        format!("{good}— a.example AAAAAAA=AAAA\n"),
        good.trim_end().into(),
        format!("{TEXT}\n"),
        TEXT.into(),
        String::new(),
    ] {
        assert_eq!(SignedNote::parse(bad.as_bytes()), Err(InvalidNote::Form), "{bad}");
    }
    assert!(SignedNote::parse(format!("{good}— a.example AAAAAAA=\n").as_bytes()).is_ok());
}

#[test]
fn a_text_with_blank_lines_ends_at_the_last() {
    let note = ledger().sign("one\n\ntwo\n\n");
    let read = SignedNote::parse(note.as_bytes()).unwrap();
    assert_eq!(read.verify(&ledger().verifier()), Ok("one\n\ntwo\n\n"));
}

#[test]
fn keys_say_what_is_wrong_with_them() {
    let vkey = ledger().verifier().to_string();
    let read = VerifierKey::parse(&vkey).unwrap();
    assert_eq!(
        (read.name(), read.clone()),
        ("ledger.example/riverside", ledger().verifier())
    );
    assert_eq!(CosignerKey::parse(&vkey), Err(InvalidVkey::Type));
    let witness = witness(1).verifier();
    assert_eq!(CosignerKey::parse(&witness.to_string()), Ok(witness.clone()));
    assert_eq!(VerifierKey::parse(&witness.to_string()), Err(InvalidVkey::Type));

    let (name, rest) = vkey.split_once('+').unwrap();
    let (id, key) = rest.split_once('+').unwrap();
    for (bad, why) in [
        (format!("other+{id}+{key}"), InvalidVkey::Id),
        (format!("{name}+00000000+{key}"), InvalidVkey::Id),
        (
            format!("{name}+{id}+A{}", &key[1..].to_lowercase()),
            InvalidVkey::Id,
        ),
        (format!("{name}+{}+{key}", id.to_uppercase()), InvalidVkey::Form),
        (format!("{name}+{}+{key}", &id[..6]), InvalidVkey::Form),
        (format!("{name}+{id}0+{key}"), InvalidVkey::Form),
        (format!("{name}+{id}+"), InvalidVkey::Form),
        (format!("{name}+{id}"), InvalidVkey::Form),
        (format!("{name}+{id}+{}", &key[..43]), InvalidVkey::Form),
        (format!("+{vkey}"), InvalidVkey::Form),
        (format!(" {vkey}"), InvalidVkey::Id),
        (format!("{vkey}\n"), InvalidVkey::Form),
        (String::new(), InvalidVkey::Form),
    ] {
        assert_eq!(VerifierKey::parse(&bad), Err(why), "{bad}");
    }
}

#[test]
fn secret_keys_do_not_show_themselves() {
    let shown = format!("{:?} {:?}", ledger(), witness(1));
    assert!(shown.contains("riverside") && shown.contains("witness1"));
    assert!(!shown.contains("7, 7") && !shown.contains("key:"), "{shown}");
}

proptest! {
    #[test]
    fn a_cosignature_is_read_back(time in 1..=i64::MAX as u64, number: u8, byte: prop::sample::Index, bit in 0u8..8) {
        let note = cosigned(&[witness(number).cosign(TEXT, time).unwrap()]);
        prop_assert_eq!(cosignature(&note, number), Ok(Some(time)));
        // No changed note has another time.
        let mut bytes = note.into_bytes();
        let at = byte.index(bytes.len());
        bytes[at] ^= 1 << bit;
        let found = SignedNote::parse(&bytes).and_then(|note| note.cosignature(&witness(number).verifier()));
        prop_assert!(matches!(found, Err(_) | Ok(None)) || found.unwrap().unwrap().time == time);
    }

    #[test]
    fn a_key_is_read_back(name in "[^ +\\s\\pC]{1,60}", key: [u8; 32]) {
        let ledger = VerifierKey::ed25519(&name, &key).unwrap();
        prop_assert_eq!(VerifierKey::parse(&ledger.to_string()).unwrap(), ledger);
        let witness = CosignerKey::ed25519(&name, &key).unwrap();
        prop_assert_eq!(CosignerKey::parse(&witness.to_string()).unwrap(), witness);
    }

    #[test]
    fn random_keys_never_panic(vkey in "\\PC{0,20}\\+?[0-9a-f]{0,10}\\+?\\PC{0,50}") {
        prop_assert!(VerifierKey::parse(&vkey).is_err());
        prop_assert!(CosignerKey::parse(&vkey).is_err());
    }
}
