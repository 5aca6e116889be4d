use alloc::format;
use alloc::string::{String, ToString};

use base64ct::Encoding;
use ed25519_dalek::SigningKey;
use proptest::prelude::*;

use super::*;

const ORIGIN: &str = "ledger.example/riverside";

fn key() -> SigningKey {
    SigningKey::from_bytes(&[7; 32])
}

fn public() -> [u8; 32] {
    key().verifying_key().to_bytes()
}

fn trust() -> Trust {
    trust_in(ORIGIN, &public())
}

fn trust_in(origin: &str, key: &[u8; 32]) -> Trust {
    Trust::key_alone(VerifierKey::ed25519(origin, key).unwrap())
}

fn signed(origin: &str, levels: &Levels, key: &SigningKey) -> String {
    let checkpoint = Checkpoint {
        origin: origin.into(),
        size: levels.size(),
        root: levels.root(),
    };
    checkpoint.sign(&SignerKey::ed25519(ORIGIN, key).unwrap())
}

fn receipt(size: usize, index: u64) -> Receipt {
    let levels: Levels = leaves(size).into_iter().collect();
    Receipt {
        index,
        proof: inclusion_proof(&levels, index, levels.size()).unwrap(),
        checkpoint: signed(ORIGIN, &levels, &key()),
    }
}

#[test]
fn a_receipt_says_what_tlog_proof_says() {
    let receipt = receipt(3, 2);
    let levels: Levels = leaves(2).into_iter().collect();
    let hash = base64ct::Base64::encode_string(&levels.root());
    let expected = format!(
        "c2sp.org/tlog-proof@v1\nindex 2\n{hash}\n\n{}",
        receipt.checkpoint
    );
    assert_eq!(receipt.to_string(), expected);
    let read = Receipt::parse(expected.as_bytes()).unwrap();
    let head = read.verify(&leaves(3)[2], &trust()).unwrap().checkpoint;
    assert_eq!((head.size, head.origin.as_str()), (3, ORIGIN));
}

#[test]
fn e1_a_receipt_of_another_entry_ledger_key_or_head_is_refused() {
    let (receipt, leaf) = (receipt(9, 4), leaves(9)[4]);
    assert!(receipt.verify(&leaf, &trust()).is_ok());
    let proof = |invalid| Err(InvalidReceipt::Proof(invalid));
    let note = |invalid| Err(InvalidReceipt::Checkpoint(InvalidCheckpoint::Note(invalid)));
    assert_eq!(receipt.verify(&leaves(9)[5], &trust()), proof(InvalidProof::Root));
    assert_eq!(
        receipt.verify(&leaf, &trust_in("ledger.example/other", &public())),
        note(InvalidNote::Unsigned)
    );
    assert_eq!(
        receipt.verify(&leaf, &trust_in(ORIGIN, &[9; 32])),
        note(InvalidNote::Unsigned)
    );
    let with = |change: &dyn Fn(&mut Receipt)| {
        let mut other = receipt.clone();
        change(&mut other);
        other.verify(&leaf, &trust())
    };
    assert_eq!(with(&|r| r.index = 9), proof(InvalidProof::Range));
    assert_eq!(with(&|r| r.index = 5), proof(InvalidProof::Root));
    assert_eq!(with(&|r| r.proof.truncate(1)), proof(InvalidProof::Length));
    assert_eq!(
        with(&|r| r.checkpoint = r.checkpoint.replace("\n9\n", "\n8\n")),
        note(InvalidNote::Signature)
    );
    // The ledger's key under another ledger's head.
    let levels: Levels = leaves(9).into_iter().collect();
    assert_eq!(
        with(&|r| r.checkpoint = signed("ledger.example/other", &levels, &key())),
        Err(InvalidReceipt::Checkpoint(InvalidCheckpoint::Origin))
    );
}

#[test]
fn other_forms_are_refused() {
    let good = receipt(5, 2).to_string();
    assert!(Receipt::parse(good.as_bytes()).is_ok());
    let hash = good.lines().nth(2).unwrap();
    let many = format!("{hash}\n").repeat(64);
    for (from, to) in [
        ("@v1", "@v2"),
        ("index 2", "index 02"),
        ("index 2", "index +2"),
        ("index 2", "index  2"),
        ("index 2", "Index 2"),
        ("index 2", "index 18446744073709551616"),
        ("index 2", "extra AAAA\nindex 2"),
        ("index 2\n", "index 2\r\n"),
        ("index 2\n", "index 2\nAAAA\n"),
        ("index 2\n", "index 2\n\n"),
        ("index 2\n", &format!("index 2\n{many}")),
        ("\n\nledger", "\nledger"),
        ("\n\nledger", "\n\n\nledger"),
        (hash, &hash[..43]),
        (hash, &hash.replace('=', "")),
        (hash, &format!("{hash} ")),
        (hash, ""),
    ] {
        let bad = good.replacen(from, to, 1);
        assert_ne!(bad, good);
        assert!(Receipt::parse(bad.as_bytes()).is_err(), "{bad}");
    }
    assert!(Receipt::parse(&[good.as_bytes(), b"\n"].concat()).is_err());
    assert!(Receipt::parse(&[good.as_bytes(), b"\xff"].concat()).is_err());
    let long = format!("{good}— a.example {}\n", "A".repeat(2_000_000));
    assert_eq!(Receipt::parse(long.as_bytes()), Err(InvalidReceipt::Form));
}

proptest! {
    #[test]
    fn a_receipt_is_read_back(size in 1usize..60, at: prop::sample::Index) {
        let receipt = receipt(size, at.index(size) as u64);
        prop_assert_eq!(Receipt::parse(receipt.to_string().as_bytes()), Ok(receipt));
    }

    #[test]
    fn a_changed_byte_is_noticed(at: prop::sample::Index, byte: u8) {
        let receipt = receipt(11, 6);
        let mut bytes = receipt.to_string().into_bytes();
        let place = at.index(bytes.len());
        if bytes[place] != byte {
            bytes[place] = byte;
            let verified = Receipt::parse(&bytes).and_then(|r| r.verify(&leaves(11)[6], &trust()));
            prop_assert!(verified.is_err());
        }
    }

    #[test]
    fn random_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..300), text in "c2sp.org/tlog-proof@v1\nindex [0-9]{1,3}\n(.{44}\n){0,3}\n\\PC{0,80}") {
        prop_assert!(Receipt::parse(&bytes).is_err());
        prop_assert!(Receipt::parse(text.as_bytes()).is_err());
    }
}
