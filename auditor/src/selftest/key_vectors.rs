//! The vectors of the key ceremony and of the decryption
//! (specs/vectors/keys.json, decryption.json).

use serde_json::Value;
use voting_core::decrypt::{VerifiedShare, bounded_logarithms, combine, verify_share};
use voting_core::encoding::decode;
use voting_core::entry::{
    DecryptionShare, KeyCommitment, KeyComplaint, KeyConfirmation, KeyHash, KeyShares, Rehearsal, Signed,
};
use voting_core::group::{RistrettoPoint, decode_key};
use voting_core::hash::Hash;
use voting_core::keys::{
    Commitments, PublicKeys, canary, commitment_hash, key_digest, transcript_hash, verify_commitment,
    verify_complaint, verify_hash, verify_rehearsal,
};
use voting_core::tally::Sums;

use super::vectors::{Judgement, array, bytes, class, number, parsed, same, text};

/// Judges a vector of the key ceremony.
pub(super) fn keys(vector: &Value) -> Judgement {
    match text(vector, "kind")? {
        "hash" => verify_hash(&body(vector, "key_hash")?).map_err(|fault| class(&fault)),
        "commitment" => commitment(vector).map(drop),
        "complaint" => complaint(vector),
        "joint" => joint(vector),
        "rehearsal" => rehearsal(vector),
        other => Err(format!("unknown kind {other}")),
    }
}

/// Judges a vector of the decryption.
pub(super) fn decryption(vector: &Value) -> Judgement {
    match text(vector, "kind")? {
        "share" => {
            let share_key = point(&vector["share_key"])?;
            share(vector, &share_key, &body(vector, "share")?).map(drop)
        }
        "combination" => combination(vector),
        other => Err(format!("unknown kind {other}")),
    }
}

fn commitment(vector: &Value) -> Result<Commitments, String> {
    let (election, commitment): (Hash, KeyCommitment) =
        (array(vector, "election_id")?, body(vector, "commitment")?);
    if commitment_hash(&election, &commitment) != array(vector, "hash")? {
        return Err("Hash".to_owned());
    }
    let threshold = parsed(&vector["threshold"])?;
    verify_commitment(&election, threshold, &commitment).map_err(|fault| class(&fault))
}

fn complaint(vector: &Value) -> Judgement {
    let election = array(vector, "election_id")?;
    let dealer = verify_commitment(&election, parsed(&vector["threshold"])?, &body(vector, "dealer")?);
    let dealer = dealer.map_err(|fault| class(&fault))?;
    let (receiver, shares): (KeyHash, KeyShares) = (body(vector, "receiver")?, body(vector, "shares")?);
    let complaint: KeyComplaint = body(vector, "complaint")?;
    verify_complaint(&election, &receiver, &dealer, &shares, &complaint).map_err(|fault| class(&fault))
}

fn joint(vector: &Value) -> Judgement {
    let election = array(vector, "election_id")?;
    let threshold = parsed(&vector["threshold"])?;
    let commitments: Vec<KeyCommitment> = bodies(vector, "commitments")?;
    let dealers = commitments
        .iter()
        .map(|one| verify_commitment(&election, threshold, one));
    let dealers: Vec<Commitments> = dealers.collect::<Result<_, _>>().map_err(|fault| class(&fault))?;
    let keys = PublicKeys::derive(&dealers).map_err(|fault| class(&fault))?;
    same("joint key", keys.joint, point(&vector["joint_key"])?)?;
    same("list of share keys", keys.shares, share_keys(vector)?)?;
    let (hashes, shares): (Vec<KeyHash>, Vec<KeyShares>) =
        (bodies(vector, "hashes")?, bodies(vector, "shares")?);
    let transcript = transcript_hash(&election, &hashes, &commitments, &shares);
    same("transcript hash", transcript, array(vector, "transcript")?)?;
    let confirmations: Vec<Signed<KeyConfirmation>> = bodies(vector, "confirmations")?;
    same(
        "key digest",
        key_digest(&confirmations),
        array(vector, "key_digest")?,
    )?;
    same(
        "canary",
        canary(&election, &transcript),
        point(&vector["canary"])?,
    )
}

fn rehearsal(vector: &Value) -> Judgement {
    let (election, transcript) = (array(vector, "election_id")?, array(vector, "transcript")?);
    let (share_key, trustee) = (point(&vector["share_key"])?, parsed(&vector["trustee"])?);
    let rehearsal: Rehearsal = body(vector, "rehearsal")?;
    verify_rehearsal(&election, &transcript, trustee, &share_key, &rehearsal).map_err(|fault| class(&fault))
}

fn sums(vector: &Value) -> Result<Sums, String> {
    let cells = parsed(&vector["cells"])?;
    Sums::from_bytes(cells, &bytes(vector, "sums")?).map_err(|fault| class(&fault))
}

fn share(
    vector: &Value,
    share_key: &RistrettoPoint,
    share: &DecryptionShare,
) -> Result<VerifiedShare, String> {
    let (election, joint) = (array(vector, "election_id")?, point(&vector["joint_key"])?);
    verify_share(&election, &joint, share_key, &sums(vector)?, share).map_err(|fault| class(&fault))
}

fn combination(vector: &Value) -> Judgement {
    let share_keys = share_keys(vector)?;
    let verify = |one: &DecryptionShare| {
        let share_key = share_keys.get(one.trustee as usize).ok_or("a share of nobody")?;
        share(vector, share_key, one)
    };
    let shares: Vec<DecryptionShare> = bodies(vector, "shares")?;
    let shares: Vec<VerifiedShare> = shares.iter().map(verify).collect::<Result<_, _>>()?;
    let points = combine(parsed(&vector["threshold"])?, &sums(vector)?, &shares);
    let points = points.map_err(|fault| class(&fault))?;
    let totals = bounded_logarithms(&points, number(vector, "max")?).map_err(|fault| class(&fault))?;
    same("list of totals", totals, parsed(&vector["totals"])?)
}

fn body<T>(vector: &Value, field: &str) -> Result<T, String>
where
    T: minicbor::Encode<()> + for<'b> minicbor::Decode<'b, ()>,
{
    decode(&bytes(vector, field)?).map_err(|fault| class(&fault))
}

fn bodies<T>(vector: &Value, field: &str) -> Result<Vec<T>, String>
where
    T: minicbor::Encode<()> + for<'b> minicbor::Decode<'b, ()>,
{
    let texts: Vec<String> = parsed(&vector[field])?;
    let decoded = texts.iter().map(|text| {
        let bytes = hex::decode(text).map_err(|_| format!("\"{field}\" is not hexadecimal"))?;
        decode(&bytes).map_err(|fault| class(&fault))
    });
    decoded.collect()
}

fn point(value: &Value) -> Result<RistrettoPoint, String> {
    let text: String = parsed(value)?;
    let bytes = hex::decode(text).map_err(|_| "a point is not hexadecimal".to_owned())?;
    decode_key(&bytes).map_err(|fault| class(&fault))
}

fn share_keys(vector: &Value) -> Result<Vec<RistrettoPoint>, String> {
    vector["share_keys"]
        .as_array()
        .into_iter()
        .flatten()
        .map(point)
        .collect()
}
