//! The vectors of the ledger: proofs, tiles, keys, checkpoints, receipts, witnesses
//! (specs/vectors/ledger.json).

use serde_json::Value;
use voting_core::hash::Hash;
use voting_core::ledger::{
    Checkpoint, CosignerKey, KeptReceipt, Policy, Receipt, SignedNote, Submission, TilePlace, Trust,
    VerifierKey, leaf_hash, parse_bundle, tiles_for_consistency, tiles_for_inclusion, verify_consistency,
    verify_inclusion,
};

use super::vectors::{Judgement, array, bytes, number, parsed, same, text};

/// Judges a vector of the ledger.
pub(super) fn ledger(vector: &Value) -> Judgement {
    match text(vector, "kind")? {
        "inclusion" => inclusion(vector),
        "consistency" => consistency(vector),
        "tile-path" => tile_path(vector),
        "tiles" => tiles(vector),
        "bundle" => bundle(vector),
        "vkey" => vkey(vector),
        "checkpoint" => checkpoint(vector),
        "cosignature" => cosignature(vector),
        "receipt" => receipt(vector),
        "policy" => policy(vector),
        "witnessed" => witnessed(vector),
        "submission" => submission(vector),
        "kept-receipt" => kept_receipt(vector),
        other => Err(format!("unknown kind {other}")),
    }
}

/// The defect's class: the innermost variant, for here errors wrap errors.
fn class(defect: impl core::fmt::Debug) -> String {
    let text = format!("{defect:?}");
    let inner = text.rsplit('(').next().unwrap_or(&text);
    inner.chars().take_while(char::is_ascii_alphanumeric).collect()
}

fn hashes(vector: &Value) -> Result<Vec<Hash>, String> {
    let texts: Vec<String> = parsed(&vector["proof"])?;
    let decoded = texts.iter().map(|text| {
        let hash = hex::decode(text).ok().and_then(|hash| hash.try_into().ok());
        hash.ok_or_else(|| format!("\"{text}\" is not a hash"))
    });
    decoded.collect()
}

fn inclusion(vector: &Value) -> Judgement {
    let (leaf, root) = (array(vector, "leaf")?, array(vector, "root")?);
    let (index, size) = (number(vector, "index")?, number(vector, "size")?);
    verify_inclusion(&leaf, index, size, &hashes(vector)?, &root).map_err(class)
}

fn consistency(vector: &Value) -> Judgement {
    let (old_root, new_root) = (array(vector, "old_root")?, array(vector, "new_root")?);
    let (old, new) = (number(vector, "old")?, number(vector, "new")?);
    verify_consistency(old, &old_root, new, &new_root, &hashes(vector)?).map_err(class)
}

fn tile_path(vector: &Value) -> Judgement {
    let path = text(vector, "path")?;
    let place = TilePlace::parse(path).map_err(class)?;
    let level = match place {
        TilePlace::Hashes { level, .. } => Some(level),
        TilePlace::Entries { .. } => None,
    };
    same("level", level, parsed(&vector["level"])?)?;
    same("number", place.number(), number(vector, "number")?)?;
    same("width", place.width(), parsed(&vector["width"])?)?;
    same("path", place.to_string().as_str(), path)
}

/// Which tiles a reader fetches.
fn tiles(vector: &Value) -> Judgement {
    let size = number(vector, "size")?;
    let places = match vector["old"].as_u64() {
        Some(old) => tiles_for_consistency(old, size),
        None => tiles_for_inclusion(number(vector, "index")?, size),
    };
    let paths: Vec<String> = places
        .into_iter()
        .flatten()
        .map(|place| place.to_string())
        .collect();
    same("list of tiles", paths, parsed(&vector["paths"])?)
}

fn bundle(vector: &Value) -> Judgement {
    let bytes = bytes(vector, "bytes")?;
    let entries = parse_bundle(&bytes).map_err(class)?;
    let entries: Vec<String> = entries.into_iter().map(hex::encode).collect();
    same("list of entries", entries, parsed(&vector["entries"])?)
}

fn vkey(vector: &Value) -> Judgement {
    let vkey = text(vector, "vkey")?;
    let (public, written) = match number(vector, "type")? {
        1 => VerifierKey::parse(vkey).map(|key| (*key.public(), key.to_string())),
        _ => CosignerKey::parse(vkey).map(|key| (*key.public(), key.to_string())),
    }
    .map_err(class)?;
    same("key", public, array(vector, "public")?)?;
    same("string of the key", written.as_str(), vkey)
}

fn checkpoint(vector: &Value) -> Judgement {
    let key = VerifierKey::parse(text(vector, "vkey")?).map_err(class)?;
    let trust = Trust::key_alone(key);
    let head = trust.head(text(vector, "note")?.as_bytes()).map_err(class)?;
    same("size", head.checkpoint.size, number(vector, "size")?)?;
    same("root", head.checkpoint.root, array(vector, "root")?)
}

fn cosignature(vector: &Value) -> Judgement {
    let key = CosignerKey::parse(text(vector, "vkey")?).map_err(class)?;
    let note = SignedNote::parse(text(vector, "note")?.as_bytes()).map_err(class)?;
    let cosignature = note.cosignature(&key).map_err(class)?;
    let time = cosignature.map(|cosignature| cosignature.time);
    same("time", time, parsed(&vector["time"])?)
}

fn receipt(vector: &Value) -> Judgement {
    let receipt = Receipt::parse(text(vector, "receipt")?.as_bytes()).map_err(class)?;
    let leaf = leaf_hash(&bytes(vector, "entry")?);
    let key = VerifierKey::ed25519(text(vector, "origin")?, &array(vector, "key")?).map_err(class)?;
    let head = receipt.verify(&leaf, &Trust::key_alone(key)).map_err(class)?;
    same("index", receipt.index, number(vector, "index")?)?;
    same("size", head.checkpoint.size, number(vector, "size")?)
}

/// A policy, its witnesses, and which sets of them are a quorum: bit `i` of a
/// set is the witness in place `i`.
fn policy(vector: &Value) -> Judgement {
    let read = Policy::parse(text(vector, "policy")?.as_bytes());
    let policy = match read {
        Ok(policy) => policy,
        Err(wrong) => {
            same("line", wrong.line, parsed(&vector["line"])?)?;
            return Err(class(wrong.why));
        }
    };
    let witnesses = policy.witnesses();
    let names: Vec<String> = witnesses.iter().map(|witness| witness.name.clone()).collect();
    same("list of witnesses", names, parsed(&vector["witnesses"])?)?;
    let addresses: Vec<Option<String>> = witnesses.iter().map(|witness| witness.url.clone()).collect();
    same("list of addresses", addresses, parsed(&vector["addresses"])?)?;
    let logs: Vec<String> = policy.logs().iter().map(|log| log.key.to_string()).collect();
    same("list of ledgers", logs, parsed(&vector["logs"])?)?;
    let sets = (0_u32..16).filter(|set| policy.is_met(|place| set >> place & 1 == 1));
    same(
        "list of quorums",
        sets.collect::<Vec<_>>(),
        parsed(&vector["met"])?,
    )
}

fn witnessed(vector: &Value) -> Judgement {
    let key = VerifierKey::parse(text(vector, "vkey")?).map_err(class)?;
    let policy = Policy::parse(text(vector, "policy")?.as_bytes()).map_err(|wrong| class(wrong.why))?;
    let trust = Trust::with_policy(key, policy).map_err(class)?;
    let head = trust.head(text(vector, "note")?.as_bytes()).map_err(class)?;
    let found = head
        .cosignatures
        .ok_or("there is a policy, and no cosignatures")?;
    let by = found.each.iter().enumerate().filter(|(_, one)| one.is_some());
    let by: Vec<usize> = by.map(|(place, _)| place).collect();
    same("list of cosigners", by, parsed(&vector["cosigned"])?)?;
    same("quorum", found.met, parsed(&vector["met"])?)
}

fn submission(vector: &Value) -> Judgement {
    let key = VerifierKey::parse(text(vector, "vkey")?).map_err(class)?;
    let last = &vector["last"];
    let last = match last.is_null() {
        true => None,
        false => Some(Checkpoint {
            origin: key.name().to_owned(),
            size: number(last, "size")?,
            root: array(last, "root")?,
        }),
    };
    let submission = Submission::parse(text(vector, "body")?.as_bytes()).map_err(class)?;
    submission.judge(&key, last.as_ref()).map(drop).map_err(class)
}

fn kept_receipt(vector: &Value) -> Judgement {
    let key = VerifierKey::parse(text(vector, "vkey")?).map_err(class)?;
    let kept = KeptReceipt::parse(text(vector, "receipt")?.as_bytes()).map_err(class)?;
    kept.verify(&Trust::key_alone(key)).map_err(class)?;
    same("leaf hash", kept.leaf, array(vector, "leaf")?)?;
    same("index", kept.receipt.index, number(vector, "index")?)
}
