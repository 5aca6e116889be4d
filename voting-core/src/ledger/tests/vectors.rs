//! `specs/vectors/ledger.json`: made from fixed seeds and frozen.
//! `PSEPHOS_WRITE_VECTORS=1 cargo test -p voting-core vectors` writes it.

use alloc::format;
use alloc::string::{String, ToString};
use std::path::PathBuf;

use base64ct::{Base64, Encoding};
use ed25519_dalek::SigningKey;
use serde_json::{Value, json};

use super::*;

pub(super) const ORIGIN: &str = "ledger.example/riverside";

/// Compares with the frozen file, or writes it.
fn freeze(vectors: &[Value]) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../specs/vectors/ledger.json");
    let lines: Vec<String> = vectors.iter().map(|vector| format!("  {vector}")).collect();
    let text = format!("[\n{}\n]\n", lines.join(",\n"));
    if std::env::var_os("PSEPHOS_WRITE_VECTORS").is_some() {
        std::fs::write(path, text).unwrap();
        return;
    }
    assert!(
        std::fs::read_to_string(path).unwrap() == text,
        "ledger.json changed: a change here is another protocol"
    );
}

/// The name of the innermost variant.
pub(super) fn class(error: &impl core::fmt::Debug) -> String {
    let text = format!("{error:?}");
    let inner = text.rsplit('(').next().unwrap();
    inner.chars().take_while(char::is_ascii_alphanumeric).collect()
}

/// A vector with the judgement of this implementation.
pub(super) fn judged<T, E: core::fmt::Debug>(
    kind: &str,
    name: &str,
    mut fields: Value,
    found: Result<T, E>,
) -> Value {
    fields["kind"] = kind.into();
    fields["name"] = format!("{kind}: {name}").into();
    fields["valid"] = found.is_ok().into();
    if let Err(defect) = found {
        fields["defect"] = class(&defect).into();
    }
    fields
}

pub(super) fn entry(number: u64) -> Vec<u8> {
    format!("entry {number}").into_bytes()
}

pub(super) fn ledger(size: u64) -> Levels {
    (0..size).map(|number| leaf_hash(&entry(number))).collect()
}

fn hexed(hashes: &[Hash]) -> Vec<String> {
    hashes.iter().map(hex::encode).collect()
}

struct Inclusion {
    leaf: Hash,
    index: u64,
    size: u64,
    proof: Vec<Hash>,
    root: Hash,
}

impl Inclusion {
    fn of(index: u64, size: u64) -> Self {
        let levels = ledger(size);
        Self {
            leaf: leaf_hash(&entry(index)),
            index,
            size,
            proof: inclusion_proof(&levels, index, size).unwrap(),
            root: levels.root(),
        }
    }

    fn with(mut self, change: impl FnOnce(&mut Self)) -> Self {
        change(&mut self);
        self
    }

    fn vector(&self, name: &str) -> Value {
        let fields = json!({
            "leaf": hex::encode(self.leaf), "index": self.index, "size": self.size,
            "proof": hexed(&self.proof), "root": hex::encode(self.root),
        });
        let found = verify_inclusion(&self.leaf, self.index, self.size, &self.proof, &self.root);
        judged("inclusion", name, fields, found)
    }
}

fn inclusions(vectors: &mut Vec<Value>) {
    for (index, size) in [
        (0, 1),
        (0, 2),
        (1, 2),
        (2, 3),
        (4, 5),
        (3, 7),
        (6, 7),
        (7, 8),
        (255, 256),
        (256, 257),
        (512, 700),
    ] {
        vectors.push(Inclusion::of(index, size).vector(&format!("entry {index} of {size}")));
    }
    let of = || Inclusion::of(4, 7);
    let other = leaf_hash(b"another entry");
    for (name, bad) in [
        ("no such entry", of().with(|proof| proof.index = 7)),
        (
            "an empty tree",
            of().with(|proof| (proof.index, proof.size) = (0, 0)),
        ),
        ("another entry", of().with(|proof| proof.leaf = other)),
        ("another root", of().with(|proof| proof.root = other)),
        ("another index", of().with(|proof| proof.index = 5)),
        ("a longer tree", of().with(|proof| proof.size = 9)),
        ("a hash too few", of().with(|proof| proof.proof.truncate(2))),
        ("a hash too many", of().with(|proof| proof.proof.push(other))),
        (
            "hashes in another order",
            of().with(|proof| proof.proof.swap(0, 1)),
        ),
        ("a changed hash", of().with(|proof| proof.proof[1][0] ^= 1)),
        (
            "the root as its own proof",
            of().with(|proof| (proof.leaf, proof.proof) = (proof.root, Vec::new())),
        ),
    ] {
        vectors.push(bad.vector(name));
    }
}

struct Consistency {
    old: u64,
    old_root: Hash,
    new: u64,
    new_root: Hash,
    proof: Vec<Hash>,
}

impl Consistency {
    fn of(old: u64, new: u64) -> Self {
        let levels = ledger(new);
        Self {
            old,
            old_root: tree_root(&levels, old).unwrap(),
            new,
            new_root: levels.root(),
            proof: consistency_proof(&levels, old, new).unwrap(),
        }
    }

    fn with(mut self, change: impl FnOnce(&mut Self)) -> Self {
        change(&mut self);
        self
    }

    fn vector(&self, name: &str) -> Value {
        let fields = json!({
            "old": self.old, "old_root": hex::encode(self.old_root),
            "new": self.new, "new_root": hex::encode(self.new_root), "proof": hexed(&self.proof),
        });
        let found = verify_consistency(self.old, &self.old_root, self.new, &self.new_root, &self.proof);
        judged("consistency", name, fields, found)
    }
}

fn consistencies(vectors: &mut Vec<Value>) {
    for (old, new) in [
        (0, 0),
        (0, 5),
        (1, 1),
        (1, 2),
        (2, 3),
        (3, 7),
        (4, 7),
        (6, 7),
        (7, 7),
        (6, 8),
        (256, 700),
        (300, 700),
    ] {
        vectors.push(Consistency::of(old, new).vector(&format!("{old} to {new}")));
    }
    let of = || Consistency::of(3, 7);
    let other = leaf_hash(b"another entry");
    for (name, bad) in [
        (
            "a ledger that shrinks",
            of().with(|proof| (proof.old, proof.new) = (7, 3)),
        ),
        ("a forked ledger", of().with(|proof| proof.new_root = other)),
        ("another past", of().with(|proof| proof.old_root = other)),
        ("another old size", of().with(|proof| proof.old = 2)),
        ("no hashes", of().with(|proof| proof.proof.clear())),
        ("a hash too few", of().with(|proof| proof.proof.truncate(3))),
        ("a hash too many", of().with(|proof| proof.proof.push(other))),
        (
            "the old root before its proof",
            Consistency::of(4, 7).with(|proof| proof.proof.insert(0, proof.old_root)),
        ),
        (
            "a changed hash of the past",
            of().with(|proof| proof.proof[0][0] ^= 1),
        ),
        (
            "a changed hash of the present",
            of().with(|proof| proof.proof[1][0] ^= 1),
        ),
        (
            "equal sizes with a proof",
            Consistency::of(7, 7).with(|proof| proof.proof.push(other)),
        ),
        (
            "equal sizes with two roots",
            Consistency::of(7, 7).with(|proof| proof.new_root = other),
        ),
        (
            "nothing, with a root",
            Consistency::of(0, 7).with(|proof| proof.old_root = other),
        ),
        (
            "nothing, with a proof",
            Consistency::of(0, 7).with(|proof| proof.proof.push(other)),
        ),
        (
            "nothing to nothing, with a root",
            Consistency::of(0, 0).with(|proof| proof.new_root = other),
        ),
    ] {
        vectors.push(bad.vector(name));
    }
}

fn paths(vectors: &mut Vec<Value>) {
    for path in [
        "tile/0/000",
        "tile/0/x001/x234/067",
        "tile/0/x001/234.p/12",
        "tile/7/000.p/255",
        "tile/63/999.p/1",
        "tile/entries/005",
        "tile/entries/x070/000.p/112",
    ] {
        let place = TilePlace::parse(path);
        let level = match place {
            Ok(TilePlace::Hashes { level, .. }) => Some(level),
            _ => None,
        };
        let (number, width) = (place.unwrap().number(), place.unwrap().width());
        let fields = json!({"path": path, "level": level, "number": number, "width": width});
        vectors.push(judged("tile-path", path, fields, place));
    }
    for (name, path) in [
        ("a leading slash", "/tile/0/000"),
        ("a group too short", "tile/0/05"),
        ("a group too long", "tile/0/0005"),
        ("a group too many", "tile/0/x000/005"),
        ("no x", "tile/0/001/234"),
        ("an x at the end", "tile/0/x005"),
        ("a level of 64", "tile/64/000"),
        ("a level with a zero before it", "tile/00/000"),
        ("the height of sumdb", "tile/8/0/000"),
        ("a width of 0", "tile/0/000.p/0"),
        ("a width of 256", "tile/0/000.p/256"),
        ("a width with a zero before it", "tile/0/000.p/07"),
        (
            "a number beyond 64 bits",
            "tile/0/x018/x446/x744/x073/x709/x551/616",
        ),
        ("certificate transparency's entries", "tile/data/000"),
        ("a sign", "tile/0/+05"),
    ] {
        vectors.push(judged(
            "tile-path",
            name,
            json!({"path": path}),
            TilePlace::parse(path),
        ));
    }
}

fn plans(vectors: &mut Vec<Value>) {
    let written = |places: Vec<TilePlace>| places.iter().map(ToString::to_string).collect::<Vec<_>>();
    for (index, size) in [
        (0, 1),
        (1, 2),
        (512, 700),
        (255, 257),
        (69_999, 70_000),
        (0, 16_777_217),
    ] {
        let places = tiles_for_inclusion(index, size).unwrap();
        let fields = json!({"old": null, "index": index, "size": size, "paths": written(places)});
        let name = format!("inclusion of {index} in {size}");
        vectors.push(judged("tiles", &name, fields, Ok::<_, InvalidTile>(())));
    }
    for (old, size) in [(0, 700), (256, 700), (300, 700), (65_536, 70_000)] {
        let places = tiles_for_consistency(old, size).unwrap();
        let fields = json!({"old": old, "index": null, "size": size, "paths": written(places)});
        let name = format!("consistency from {old} to {size}");
        vectors.push(judged("tiles", &name, fields, Ok::<_, InvalidTile>(())));
    }
}

fn bundles(vectors: &mut Vec<Value>) {
    let bundle = encode_bundle(&[b"".as_slice(), b"a", &[0xab; 300]]);
    for (name, bytes) in [
        ("three entries", bundle.clone()),
        ("no entries", Vec::new()),
        ("it ends inside an entry", bundle[..bundle.len() - 1].to_vec()),
        ("it ends inside a length", [bundle.as_slice(), &[0]].concat()),
        ("a length beyond the end", Vec::from([0xff, 0xff, 0])),
    ] {
        let found = parse_bundle(&bytes);
        let entries: Option<Vec<_>> = found
            .as_ref()
            .ok()
            .map(|all| all.iter().map(hex::encode).collect());
        let fields = json!({"bytes": hex::encode(&bytes), "entries": entries});
        vectors.push(judged("bundle", name, fields, found));
    }
}

pub(super) fn signer() -> SignerKey {
    SignerKey::ed25519(ORIGIN, &SigningKey::from_bytes(&[0x1e; 32])).unwrap()
}

fn witness() -> Cosigner {
    Cosigner::ed25519("witness.example/w1", &SigningKey::from_bytes(&[0x3f; 32])).unwrap()
}

fn keys(vectors: &mut Vec<Value>) {
    let (ledger, witness) = (signer().verifier(), witness().verifier());
    for (name, kind, vkey, public) in [
        ("a ledger's", 1, ledger.to_string(), ledger.public()),
        ("a witness's", 4, witness.to_string(), witness.public()),
    ] {
        let fields = json!({"type": kind, "vkey": vkey, "public": hex::encode(public)});
        vectors.push(judged("vkey", name, fields, Ok::<_, InvalidVkey>(())));
    }
    let vkey = ledger.to_string();
    let (id, key) = vkey.split_once('+').unwrap().1.split_once('+').unwrap();
    for (name, bad) in [
        ("another name", format!("ledger.example/other+{id}+{key}")),
        ("another key id", format!("{ORIGIN}+{}+{key}", "0".repeat(8))),
        ("a short key id", format!("{ORIGIN}+{}+{key}", &id[..6])),
        (
            "a key id in capitals",
            format!("{ORIGIN}+{}+{key}", id.to_uppercase()),
        ),
        ("a character too few", vkey[..vkey.len() - 1].to_string()),
        ("no key", format!("{ORIGIN}+{id}+")),
        ("no key id", format!("{ORIGIN}+{key}")),
        ("a witness's key for a ledger's", witness.to_string()),
        ("a key of two bytes", crafted("AQAB")),
        ("no name", format!("+{id}+{key}")),
    ] {
        assert_ne!(bad, vkey, "{name}");
        let fields = json!({"type": 1, "vkey": bad});
        vectors.push(judged("vkey", name, fields, VerifierKey::parse(&bad)));
    }
}

/// A vkey with a right id, of whatever bytes.
fn crafted(typed: &str) -> String {
    let bytes = Base64::decode_vec(typed).unwrap();
    let digest = Sha256::digest([ORIGIN.as_bytes(), b"\n", &bytes].concat());
    format!("{ORIGIN}+{}+{typed}", hex::encode(&digest[..4]))
}

pub(super) fn head(size: u64) -> Checkpoint {
    Checkpoint {
        origin: ORIGIN.into(),
        size,
        root: ledger(size).root(),
    }
}

fn checkpoints(vectors: &mut Vec<Value>) {
    let good = head(7).sign(&signer());
    let text = head(7).text();
    let sign = |text: &str| signer().sign(text);
    let (_, line) = good.rsplit_once("\n\n").unwrap();
    let foreign = witness().cosign(&text, 1_700_000_000).unwrap();
    let other_line = head(8).sign(&signer());
    let (_, other_line) = other_line.rsplit_once("\n\n").unwrap();
    let other_origin = text.replace(ORIGIN, "ledger.example/other");
    for (name, note) in [
        ("of seven entries", good.clone()),
        ("of no entries", head(0).sign(&signer())),
        ("with a line of an unknown key", format!("{good}{foreign}")),
        ("with its line twice", format!("{good}{line}")),
        ("unsigned", format!("{text}\n{foreign}")),
        ("another head under the signature", good.replace("\n7\n", "\n8\n")),
        ("a bad line beside a good one", format!("{good}{other_line}")),
        (
            "a bad line before a good one",
            format!("{text}\n{other_line}{line}"),
        ),
        ("a signature too short", format!("{text}\n{}", shortened(line))),
        ("more than 100 lines", format!("{good}{}", foreign.repeat(100))),
        ("no blank line", good.replace("\n\n", "\n")),
        ("a line after a blank one too many", format!("{good}\n")),
        ("no newline at the end", good.trim_end().into()),
        ("a carriage return", good.replacen('\n', "\r\n", 1)),
        ("a hyphen for the dash", good.replace("— ", "- ")),
        ("an extension line", sign(&format!("{text}extension\n"))),
        (
            "a size with a zero before it",
            sign(&text.replace("\n7\n", "\n07\n")),
        ),
        ("no size", sign(&text.replace("\n7\n", "\n"))),
        (
            "a root of 31 bytes",
            sign(&format!("{ORIGIN}\n7\n{}\n", Base64::encode_string(&[1; 31]))),
        ),
        ("another origin", sign(&other_origin)),
    ] {
        let found = Checkpoint::verify(note.as_bytes(), &signer().verifier());
        let found = found.map_err(|defect| class(&defect)).and_then(|head| {
            if head.origin == ORIGIN {
                Ok(head)
            } else {
                Err("Origin".into())
            }
        });
        let mut fields = json!({"note": note, "vkey": signer().verifier().to_string()});
        if let Ok(head) = &found {
            fields["size"] = head.size.into();
            fields["root"] = hex::encode(head.root).into();
        }
        vectors.push(judged_as("checkpoint", name, fields, found.err()));
    }
}

pub(super) fn judged_as(kind: &str, name: &str, fields: Value, defect: Option<String>) -> Value {
    let mut vector = judged(kind, name, fields, defect.as_ref().map_or(Ok(()), |_| Err(())));
    if let Some(defect) = defect {
        vector["defect"] = defect.into();
    }
    vector
}

/// A signature line without its last byte.
fn shortened(line: &str) -> String {
    let (name, payload) = line.trim_end().rsplit_once(' ').unwrap();
    let payload = Base64::decode_vec(payload).unwrap();
    let payload = Base64::encode_string(&payload[..payload.len() - 1]);
    format!("{name} {payload}\n")
}

fn cosignatures(vectors: &mut Vec<Value>) {
    let note = head(7).sign(&signer());
    let line = |text: &str, time| witness().cosign(text, time).unwrap();
    let (text, time) = (head(7).text(), 1_700_000_000);
    let good = line(&text, time);
    let timed = |time: u64| {
        let mut payload = Base64::decode_vec(good.trim_end().rsplit_once(' ').unwrap().1).unwrap();
        payload[4..12].copy_from_slice(&time.to_be_bytes());
        format!("— witness.example/w1 {}\n", Base64::encode_string(&payload))
    };
    let as_note = SignerKey::ed25519("witness.example/w1", &SigningKey::from_bytes(&[0x3f; 32])).unwrap();
    let as_note = as_note.sign(&text);
    for (name, lines) in [
        ("one", good.clone()),
        ("none", String::new()),
        ("the latest of two", format!("{}{good}", line(&text, time - 1))),
        (
            "a note's signature by the same key",
            as_note.rsplit_once("\n\n").unwrap().1.into(),
        ),
        ("of another checkpoint", line(&head(8).text(), time)),
        ("at another time than was signed", timed(time + 1)),
        ("without a time", timed(0)),
        ("beyond all time", timed(1 << 63)),
        (
            "a bad one beside a good one",
            format!("{good}{}", line("another text\n", time)),
        ),
        ("too short", shortened(&good)),
    ] {
        let note = format!("{note}{lines}");
        let found =
            SignedNote::parse(note.as_bytes()).and_then(|note| note.cosignature(&witness().verifier()));
        let time = found.ok().flatten().map(|cosignature| cosignature.time);
        let fields = json!({"note": note, "vkey": witness().verifier().to_string(), "time": time});
        vectors.push(judged("cosignature", name, fields, found));
    }
}

fn receipts(vectors: &mut Vec<Value>) {
    let of = |index, size| Receipt {
        index,
        proof: inclusion_proof(&ledger(size), index, size).unwrap(),
        checkpoint: head(size).sign(&signer()),
    };
    let with = |change: &dyn Fn(&mut Receipt)| {
        let mut receipt = of(4, 7);
        change(&mut receipt);
        receipt.to_string()
    };
    let good = of(4, 7).to_string();
    let cosigned = format!(
        "{good}{}",
        witness().cosign(&head(7).text(), 1_700_000_000).unwrap()
    );
    let other = SignerKey::ed25519("ledger.example/other", &SigningKey::from_bytes(&[0x1e; 32])).unwrap();
    let mut foreign = head(7);
    foreign.origin = "ledger.example/other".into();
    let hash = good.lines().nth(2).unwrap();
    for (name, index, text) in [
        ("of entry 4", 4, good.clone()),
        ("of the only entry", 0, of(0, 1).to_string()),
        ("cosigned", 4, cosigned),
        ("of another entry", 5, good.clone()),
        ("of another index", 4, with(&|receipt| receipt.index = 5)),
        (
            "of an index beyond the head",
            4,
            with(&|receipt| receipt.index = 7),
        ),
        ("a hash too few", 4, with(&|receipt| receipt.proof.truncate(2))),
        ("a hash changed", 4, with(&|receipt| receipt.proof[1][7] ^= 1)),
        (
            "under another head",
            4,
            with(&|receipt| receipt.checkpoint = head(8).sign(&signer())),
        ),
        (
            "under a head nobody signed",
            4,
            with(&|receipt| receipt.checkpoint = head(7).sign(&other)),
        ),
        ("under a changed head", 4, good.replace("\n7\n", "\n8\n")),
        (
            "under another ledger's head",
            4,
            with(&|receipt| receipt.checkpoint = foreign.sign(&signer())),
        ),
        ("another version", 4, good.replace("@v1", "@v2")),
        (
            "an index with a zero before it",
            4,
            good.replace("index 4", "index 04"),
        ),
        ("an extra line", 4, good.replace("index 4", "extra AAAA\nindex 4")),
        (
            "a hash without padding",
            4,
            good.replace(hash, hash.trim_end_matches('=')),
        ),
        (
            "a hash of 31 bytes",
            4,
            good.replace(hash, &Base64::encode_string(&[1; 31])),
        ),
        (
            "64 hashes",
            4,
            with(&|receipt| receipt.proof = std::vec![[1; 32]; 64]),
        ),
        ("no blank line", 4, good.replacen("\n\n", "\n", 1)),
        ("two blank lines", 4, good.replacen("\n\n", "\n\n\n", 1)),
        (
            "no checkpoint",
            4,
            good.split_once("\n\n").unwrap().0.to_string() + "\n\n",
        ),
    ] {
        let key = signer().verifier();
        let leaf = leaf_hash(&entry(index));
        let found = Receipt::parse(text.as_bytes()).and_then(|receipt| {
            receipt
                .verify(&leaf, &Trust::key_alone(key.clone()))
                .map(|head| (receipt.index, head.checkpoint.size))
        });
        let mut fields = json!({
            "receipt": text, "entry": hex::encode(entry(index)),
            "origin": ORIGIN, "key": hex::encode(key.public()),
        });
        if let Ok((index, size)) = found {
            fields["index"] = index.into();
            fields["size"] = size.into();
        }
        vectors.push(judged("receipt", name, fields, found));
    }
}

#[test]
fn ledger_vectors() {
    let mut vectors = Vec::new();
    inclusions(&mut vectors);
    consistencies(&mut vectors);
    paths(&mut vectors);
    plans(&mut vectors);
    bundles(&mut vectors);
    keys(&mut vectors);
    checkpoints(&mut vectors);
    cosignatures(&mut vectors);
    receipts(&mut vectors);
    witness_vectors::policies(&mut vectors);
    witness_vectors::heads(&mut vectors);
    witness_vectors::submissions(&mut vectors);
    witness_vectors::kept(&mut vectors);
    // A name that says "of another …" must not stand over a valid vector.
    let valid = vectors.iter().filter(|vector| vector["valid"] == true).count();
    assert_eq!((valid, vectors.len() - valid), (VALID, NEGATIVE));
    freeze(&vectors);
}

const VALID: usize = 74;
const NEGATIVE: usize = 135;
