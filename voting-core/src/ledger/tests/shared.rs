//! Vectors of other projects, and a log that third parties read and cosigned.
//! They lie beside the project; their README names the sources.

use alloc::format;
use alloc::string::{String, ToString};
use std::path::PathBuf;
use std::println;

use base64ct::{Base64, Encoding};
use ed25519_dalek::SigningKey;
use serde_json::Value;

use super::*;

fn folder() -> Option<PathBuf> {
    let shared = std::env::var("PSEPHOS_SHARED")
        .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared").into());
    let folder = PathBuf::from(shared).join("data/tlog-vectors");
    if !folder.is_dir() {
        println!(
            "skipped: no transparency log vectors at {}; set PSEPHOS_SHARED",
            folder.display()
        );
        return None;
    }
    Some(folder)
}

fn read(file: &str) -> Option<Vec<u8>> {
    let path = folder()?.join(file);
    Some(std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display())))
}

fn text(file: &str) -> Option<String> {
    Some(String::from_utf8(read(file)?).unwrap())
}

fn json(file: &str) -> Option<Value> {
    Some(serde_json::from_str(&text(file)?).unwrap())
}

fn hash(value: &Value) -> Option<Hash> {
    Base64::decode_vec(value.as_str()?).ok()?.try_into().ok()
}

/// `None` if one of them is no hash: nothing that a reader would take.
fn hashes(value: &Value) -> Option<Vec<Hash>> {
    value.as_array().into_iter().flatten().map(hash).collect()
}

fn inclusion(case: &Value, size: &str) -> bool {
    let verify = || {
        let (leaf, root) = (hash(&case["leafHash"])?, hash(&case["root"])?);
        let (index, size) = (case["leafIdx"].as_u64()?, case[size].as_u64()?);
        verify_inclusion(&leaf, index, size, &hashes(&case["proof"])?, &root).ok()
    };
    verify().is_some()
}

fn consistency(case: &Value, old: &str, new: &str) -> bool {
    let verify = || {
        let (old_root, new_root) = (hash(&case["root1"])?, hash(&case["root2"])?);
        let (old, new) = (case[old].as_u64()?, case[new].as_u64()?);
        verify_consistency(old, &old_root, new, &new_root, &hashes(&case["proof"])?).ok()
    };
    verify().is_some()
}

/// Runs all cases and returns the names of those on which we differ.
fn differing(file: &str, valid: impl Fn(&Value) -> Option<bool>) -> Option<(usize, Vec<String>)> {
    let cases = json(&format!("transparency-dev-merkle/{file}.json"))?;
    let mut judged = 0;
    let mut differ = Vec::new();
    for (name, case) in cases.as_object().unwrap() {
        if let Some(valid) = valid(case) {
            judged += 1;
            if valid == case["wantErr"].as_bool().unwrap() {
                differ.push(name.rsplit('/').next().unwrap().to_string());
            }
        }
    }
    differ.sort();
    Some((judged, differ))
}

#[test]
fn the_inclusion_proofs_of_transparency_dev_are_judged_alike() {
    let Some((judged, differ)) = differing("inclusion", |case| Some(inclusion(case, "treeSize"))) else {
        return;
    };
    assert_eq!((judged, differ), (98, Vec::new()));
}

#[test]
fn the_consistency_proofs_of_transparency_dev_are_judged_alike() {
    let Some((judged, differ)) = differing("consistency", |case| Some(consistency(case, "size1", "size2")))
    else {
        return;
    };
    assert_eq!((judged, differ), (98, Vec::from([NO_HASH.into()])));
}

/// Two equal roots of 12 bytes: we take nothing for a hash that has not 32.
const NO_HASH: &str = "sizes-are-equal-one-and-proof-is-empty.json";
/// Nothing is part of everything, even of a tree whose root is no hash.
const NO_TREE: &str =
    "subtree-is-empty-sizes-are-equal-zero-subtree-root-valid-tree-root-random-proof-is-empty.json";

#[test]
fn the_subtree_proofs_of_transparency_dev_from_entry_0_are_judged_alike() {
    let whole = |case: &Value| case["start"] == 0;
    let inclusions = differing("subtreeinclusion", |case| {
        whole(case).then(|| inclusion(case, "end"))
    });
    let consistencies = differing("subtreeconsistency", |case| {
        whole(case).then(|| consistency(case, "end", "size"))
    });
    let (Some(inclusions), Some(consistencies)) = (inclusions, consistencies) else {
        return;
    };
    assert_eq!(inclusions, (101, Vec::new()));
    assert_eq!(consistencies, (102, Vec::from([NO_HASH.into(), NO_TREE.into()])));
}

#[test]
fn the_inclusion_proofs_of_sigsum_are_judged_alike() {
    for (file, valid) in [("valid", true), ("invalid", false)] {
        let Some(cases) = json(&format!("sigsum/inclusion-{file}.json")) else {
            return;
        };
        for case in cases.as_array().unwrap() {
            let (leaf, root) = (
                hash(&case["leaf_hash"]).unwrap(),
                hash(&case["root_hash"]).unwrap(),
            );
            let (index, size) = (
                case["leaf_index"].as_u64().unwrap(),
                case["tree_size"].as_u64().unwrap(),
            );
            let proof = hashes(&case["inclusion_path"]).unwrap();
            let verified = verify_inclusion(&leaf, index, size, &proof, &root);
            assert_eq!(verified.is_ok(), valid, "{case}");
        }
    }
}

#[test]
fn the_notes_of_go_are_judged_alike() {
    let Some(file) = json("go-sumdb-note/note.json") else {
        return;
    };
    for bad in file["bad_vkeys"].as_array().unwrap() {
        assert!(VerifierKey::parse(bad.as_str().unwrap()).is_err());
    }
    let key = |name: &str| VerifierKey::parse(file["vkeys"][name].as_str().unwrap()).unwrap();
    for (name, vkey) in file["vkeys"].as_object().unwrap() {
        assert_eq!(key(name).to_string(), vkey.as_str().unwrap());
    }

    // The private form: its last part is the type and the seed.
    let private = file["test_signing_key"].as_str().unwrap();
    let typed = Base64::decode_vec(private.splitn(5, '+').last().unwrap()).unwrap();
    let seed = SigningKey::from_bytes(typed[1..].try_into().unwrap());
    let signer = SignerKey::ed25519("PeterNeumann", &seed).unwrap();
    assert_eq!(signer.verifier(), key("PeterNeumann"));
    assert_eq!(
        signer.sign(file["text"].as_str().unwrap()),
        file["deterministic_sign_output"].as_str().unwrap()
    );

    let mut judged = 0;
    for case in file["open_cases"].as_array().unwrap() {
        let Some(note) = case["note"].as_str() else {
            continue;
        };
        let note = SignedNote::parse(note.as_bytes()).unwrap();
        let trusted = case["trusted"].as_array().unwrap().iter();
        let verified: Vec<_> = trusted
            .map(|name| note.verify(&key(name.as_str().unwrap())))
            .collect();
        let expected = case["error"].is_null();
        let opened = !verified.is_empty()
            && verified
                .iter()
                .all(|text| *text == Ok(file["text"].as_str().unwrap()));
        assert_eq!(opened, expected, "{case}");
        judged += 1;
    }
    assert_eq!(judged, 4);
    let line = file["signature_lines"]["PeterNeumann"].as_str().unwrap();
    let many = format!("{}\n{}", file["text"].as_str().unwrap(), line.repeat(101));
    assert_eq!(SignedNote::parse(many.as_bytes()), Err(InvalidNote::Form));
}

#[test]
fn the_examples_of_c2sp_are_read() {
    let (Some(note), Some(vkey)) = (
        text("c2sp-examples/signed-note.note"),
        text("c2sp-examples/signed-note.vkey"),
    ) else {
        return;
    };
    let key = VerifierKey::parse(vkey.trim()).unwrap();
    let read = SignedNote::parse(note.as_bytes()).unwrap();
    assert_eq!(read.verify(&key), Ok("This is an example message.\n"));

    let cosigned = text("c2sp-examples/cosigned-checkpoint.note").unwrap();
    let cosigned = SignedNote::parse(cosigned.as_bytes()).unwrap();
    let checkpoint = Checkpoint::parse(cosigned.text()).unwrap();
    assert_eq!(
        (checkpoint.origin.as_str(), checkpoint.size),
        ("example.com/behind-the-sofa", 20_852_163)
    );
}

#[test]
fn every_size_of_the_log_of_tessera_is_read() {
    let Some(vkey) = text("tessera/log.vkey") else {
        return;
    };
    let key = VerifierKey::parse(vkey.trim()).unwrap();
    let mut heads = Vec::new();
    let mut newest = Levels::default();
    for size in 0..=15 {
        let Some(note) = folder().map(|folder| folder.join(format!("tessera/log/checkpoint.{size}"))) else {
            return;
        };
        let head = Checkpoint::verify(&std::fs::read(note).unwrap(), &key).unwrap();
        assert_eq!((head.origin.as_str(), head.size), (key.name(), size));
        if let Some(bundle) = TilePlace::entries_at(0, size) {
            let bundle = read(&format!("tessera/log/{bundle}")).unwrap();
            let entries = parse_bundle(&bundle).unwrap();
            newest = entries.into_iter().map(leaf_hash).collect();
            let tile = TilePlace::hashes_at(0, 0, size).unwrap();
            let tile = read(&format!("tessera/log/{tile}")).unwrap();
            assert_eq!(newest.tile(0, 0, size as u16), Some(tile));
        }
        assert_eq!(newest.root(), head.root);
        heads.push(head);
    }
    for new in &heads {
        for old in heads.iter().take_while(|old| old.size <= new.size) {
            let proof = consistency_proof(&newest, old.size, new.size).unwrap();
            assert_eq!(
                verify_consistency(old.size, &old.root, new.size, &new.root, &proof),
                Ok(())
            );
        }
    }
}

/// A request of tlog-witness: the older size, a proof, and a signed checkpoint.
fn request(body: &str) -> (u64, Vec<Hash>, &str) {
    let (head, note) = body.split_once("\n\n").unwrap();
    let mut lines = head.lines();
    let old = lines.next().unwrap().strip_prefix("old ").unwrap();
    let proof = lines.map(|line| Base64::decode_vec(line).unwrap().try_into().unwrap());
    (old.parse().unwrap(), proof.collect(), note)
}

#[test]
fn the_requests_to_litewitness_are_judged_as_it_judges_them() {
    let Some(file) = json("torchwood/litewitness-add-checkpoint.json") else {
        return;
    };
    let public = hex::decode(file["log_public_key_hex"].as_str().unwrap()).unwrap();
    let public: [u8; 32] = public.try_into().unwrap();
    let origin = "sigsum.org/v1/tree/4d6d8825a6bb689d459628312889dfbb0bcd41b5211d9e1ce768b0ff0309e562";
    let key = VerifierKey::ed25519(origin, &public).unwrap();
    let mut seen = (0, empty_root());
    let cases = file["cases"].as_array().unwrap();
    for case in cases {
        let (old, proof, note) = request(case["request_body"].as_str().unwrap());
        let (text, _) = note.rsplit_once("\n\n").unwrap();
        let head = Checkpoint::parse(&format!("{text}\n")).unwrap();
        // The order of checks of tlog-witness.
        let status = if head.origin != origin {
            404
        } else if Checkpoint::verify(note.as_bytes(), &key).is_err() {
            403
        } else if old != seen.0 {
            409
        } else if verify_consistency(old, &seen.1, head.size, &head.root, &proof).is_err() {
            422
        } else {
            seen = (head.size, head.root);
            200
        };
        assert_eq!(Some(status), case["want_status"].as_u64(), "{case}");
    }
    assert_eq!(cases.len(), 9);
}

/// The log of 700 entries that three kinds of witness cosigned.
fn demo_key() -> Option<VerifierKey> {
    let vkey = text("interop-2026-11/log.vkey")?;
    Some(VerifierKey::parse(vkey.lines().next().unwrap().trim()).unwrap())
}

fn demo_head(file: &str) -> Option<Checkpoint> {
    let note = read(&format!("interop-2026-11/{file}"))?;
    Some(Checkpoint::verify(&note, &demo_key()?).unwrap())
}

fn demo_witnesses() -> Vec<CosignerKey> {
    let policy = text("interop-2026-11/policy.txt").unwrap();
    let witnesses = policy.lines().filter(|line| line.starts_with("witness "));
    witnesses
        .map(|line| CosignerKey::parse(line.split(' ').nth(2).unwrap()).unwrap())
        .collect()
}

#[test]
fn cosignatures_of_three_kinds_of_witness_verify() {
    let Some(cosigned) = read("interop-2026-11/cp700.cosigned.note") else {
        return;
    };
    let (witnesses, key) = (demo_witnesses(), demo_key().unwrap());
    assert_eq!(witnesses.len(), 3);
    let note = SignedNote::parse(&cosigned).unwrap();
    // With a line of ML-DSA-44, of a key that nobody here knows.
    let times: Vec<_> = witnesses
        .iter()
        .map(|key| note.cosignature(key).unwrap().unwrap().time)
        .collect();
    assert_eq!(times, [0x6b00_923a; 3]);
    let own = text("interop-2026-11/cp700.note").unwrap();
    assert_eq!(note.only(&key), own);
    assert_eq!(
        SignedNote::parse(own.as_bytes())
            .unwrap()
            .cosignature(&witnesses[0]),
        Ok(None)
    );

    // What they answered, line by line, at both sizes.
    for (step, checkpoint) in [("add0", "cp300.note"), ("add1", "cp700.note")] {
        let checkpoint = text(&format!("interop-2026-11/{checkpoint}")).unwrap();
        for (witness, name) in
            witnesses
                .iter()
                .zip(["litewitness-0.9.0", "aics-witness-0.1.0", "omniwitness-54dbcdd1"])
        {
            let answer = text(&format!("interop-2026-11/responses/{name}.{step}.200")).unwrap();
            let note = format!("{checkpoint}{}\n", answer.trim_end());
            let note = SignedNote::parse(note.as_bytes()).unwrap();
            assert!(note.cosignature(witness).unwrap().is_some(), "{name} {step}");
        }
    }
    let with_pq = read("interop-2026-11/cp700.pq.note").unwrap();
    assert!(Checkpoint::verify(&with_pq, &key).is_ok());
    let pq = text("interop-2026-11/log.pq.vkey").unwrap();
    assert_eq!(VerifierKey::parse(pq.trim()), Err(InvalidVkey::Type));
}

#[test]
fn receipts_that_third_parties_took_verify_and_are_the_ones_we_write() {
    let (Some(entry), Some(key)) = (read("interop-2026-11/entry.bin"), demo_key()) else {
        return;
    };
    let policy = Policy::parse(&read("interop-2026-11/policy.txt").unwrap()).unwrap();
    for file in ["entry.tlog-proof", "entry.cosigned.tlog-proof"] {
        let bytes = read(&format!("interop-2026-11/{file}")).unwrap();
        let receipt = Receipt::parse(&bytes).unwrap();
        assert_eq!(receipt.to_string().as_bytes(), bytes);
        let trust = Trust::with_policy(key.clone(), policy.clone()).unwrap();
        let head = receipt.verify(&leaf_hash(&entry), &trust).unwrap();
        assert_eq!((receipt.index, head.checkpoint.size), (512, 700));
        assert_eq!(head.is_witnessed(), file.contains("cosigned"));
        let other = receipt.verify(&leaf_hash(b"another"), &trust);
        assert_eq!(other, Err(InvalidReceipt::Proof(InvalidProof::Root)));
        let note = SignedNote::parse(receipt.checkpoint.as_bytes()).unwrap();
        let cosigned = demo_witnesses()
            .iter()
            .filter(|key| note.cosignature(key).unwrap().is_some())
            .count();
        assert_eq!(cosigned, if file.contains("cosigned") { 3 } else { 0 });
    }
}

#[test]
fn proofs_from_the_demo_logs_tiles_are_those_that_third_parties_took() {
    let (Some(old), Some(new)) = (demo_head("cp300.note"), demo_head("cp700.note")) else {
        return;
    };
    let mut places = tiles_for_inclusion(512, 700).unwrap();
    places.extend(tiles_for_consistency(300, 700).unwrap());
    let mut tiles = Tiles::default();
    for place in places {
        tiles
            .add(place, &read(&format!("interop-2026-11/log/{place}")).unwrap())
            .unwrap();
    }
    let bytes = read("interop-2026-11/entry.tlog-proof").unwrap();
    let proof = inclusion_proof(&tiles, 512, 700).unwrap();
    assert_eq!(proof, Receipt::parse(&bytes).unwrap().proof);

    for (file, old, new) in [("add0.req", 0, &old), ("add1.req", 300, &new)] {
        let body = text(&format!("interop-2026-11/{file}")).unwrap();
        let (size, proof, note) = request(&body);
        assert_eq!(size, old);
        assert_eq!(consistency_proof(&tiles, old, new.size), Some(proof));
        assert_eq!(
            Checkpoint::verify(note.as_bytes(), &demo_key().unwrap()).as_ref(),
            Ok(new)
        );
    }
    let proof = consistency_proof(&tiles, 300, 700).unwrap();
    assert_eq!(verify_consistency(300, &old.root, 700, &new.root, &proof), Ok(()));
}

#[test]
fn the_demo_logs_files_are_the_ones_we_would_serve() {
    let Some(new) = demo_head("log/checkpoint") else {
        return;
    };
    let mut levels = Levels::default();
    for number in 0..3 {
        let place = TilePlace::entries_at(number, new.size).unwrap();
        let bundle = read(&format!("interop-2026-11/log/{place}")).unwrap();
        let entries = parse_bundle(&bundle).unwrap();
        assert_eq!(entries.len(), usize::from(place.width()));
        assert_eq!(encode_bundle(&entries), bundle);
        levels.extend(entries.into_iter().map(leaf_hash));
    }
    assert_eq!((levels.size(), levels.root()), (new.size, new.root));
    for (level, number, size) in [
        (0, 0, 700),
        (0, 1, 300),
        (0, 1, 700),
        (0, 2, 700),
        (1, 0, 300),
        (1, 0, 700),
    ] {
        let place = TilePlace::hashes_at(level, number, size).unwrap();
        let tile = levels.tile(level, number, place.width());
        assert_eq!(tile, read(&format!("interop-2026-11/log/{place}")), "{place}");
    }
}
