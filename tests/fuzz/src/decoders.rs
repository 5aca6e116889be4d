//! Bytes: entries, openings, tokens, tiles, statements.

use auditor::AwsLcVerifier;
use auditor::inspect::{Within, inspect};
use voting_core::ballot::{Draft, Opening, precheck, verify};
use voting_core::encoding::{decode, encode};
use voting_core::entry::Entry;
use voting_core::hash::Hash;
use voting_core::ledger::{
    TilePlace, Tiles, encode_bundle, leaf_hash, older_root, parse_bundle, tiles_for_consistency,
    tiles_for_inclusion, tiles_for_root, tree_root, verify_consistency, verify_inclusion,
};
use voting_core::lifecycle::Lifecycle;
use voting_core::statement::{Constraint, Statement};
use voting_core::token::{
    Pending, RsaTokenVerifier, Token, TokenChallenge, TokenKey, TokenRequest, TokenVerifier,
};
use voting_core::voter;

use crate::election::{head, honest, proof_of};
use crate::kit::{Voter, rng};

/// An entry: two decoders, the legal order, and for a ballot its proofs.
pub(crate) fn entry(bytes: &[u8]) {
    let honest = honest();
    let election = honest.story.election();
    let within = Within {
        id: &election.id,
        manifest: &election.manifest,
    };
    let shown = inspect(bytes, Some(within));
    serde_json::to_string(&shown).expect("what is shown is JSON");
    let decoded = Entry::from_bytes(bytes);
    assert_eq!(decoded.is_ok(), shown.fields.is_some(), "two decoders agree");
    assert_ne!(shown.fields.is_some(), shown.wrong.is_some());
    let _ = Lifecycle::begin(bytes);
    let Ok(entry) = decoded else { return };
    assert_eq!(entry.to_bytes(), bytes, "an entry has one encoding");
    assert_eq!(shown.kind, Some(entry.kind()));
    for stage in &honest.stages {
        let mut stage = stage.clone();
        let leaf = leaf_hash(bytes);
        let foreseen = stage.foresee(leaf, &entry);
        if stage.apply(leaf, &entry).is_ok() {
            assert_eq!(foreseen, Ok(()), "what is legal was not ruled out");
        }
    }
    if let Entry::Ballot(ballot) = entry {
        for poll in &honest.polls {
            let context = poll.context();
            let proven = verify(context, &ballot, &mut rng(1));
            if proven.is_ok() {
                assert_eq!(precheck(context, &ballot), Ok(()));
                let known = honest.story.entries.iter().any(|entry| entry == bytes);
                assert!(known, "nobody proves a ballot without its secrets");
            }
        }
    }
}

pub(crate) fn entry_seeds() -> Vec<Vec<u8>> {
    honest().story.entries.clone()
}

/// What a device shows that is checked, and what it keeps.
pub(crate) fn opening(bytes: &[u8]) {
    for poll in &honest().polls {
        let _ = voter::Voter::resume(poll, bytes);
        let Ok(opening) = decode::<Opening>(bytes) else {
            continue;
        };
        assert_eq!(encode(&opening), bytes, "an opening has one encoding");
        let Ok(tracker) = opening.check(poll.context()) else {
            continue;
        };
        let cells = opening.cells(poll.context()).expect("it was checked");
        assert_eq!(cells.len(), 64 * opening.values.len());
        let checked = poll
            .check(bytes, tracker.as_bytes())
            .expect("every lawful value is a choice");
        assert_eq!(checked.choices().len(), poll.contests().len());
    }
}

pub(crate) fn opening_seeds() -> Vec<Vec<u8>> {
    let honest = honest();
    let mut seeds = Vec::new();
    for (style, poll) in (0..).zip(&honest.polls) {
        let voter = Voter::new(style * 5);
        let values = voter.values(honest.story.election(), 0);
        let draft = Draft::seal(poll.context(), &voter.credential, 3, &values, [9; 32]);
        seeds.push(encode(&draft.expect("an honest choice").open()));
        seeds.push(
            voter::Voter::begin(poll, &mut rng(4))
                .expect("a poll with keys")
                .to_secret_bytes()
                .to_vec(),
        );
    }
    seeds
}

/// Tokens, requests, challenges, keys: two RSA libraries agree.
pub(crate) fn token(bytes: &[u8]) {
    if let Ok(challenge) = TokenChallenge::from_bytes(bytes) {
        assert_eq!(challenge.to_bytes(), bytes);
    }
    if let Ok(token) = Token::from_bytes(bytes) {
        assert_eq!(token.to_bytes(), bytes);
        for key in honest().story.election().issuer_keys.values() {
            let _ = key.verify_token(&token);
        }
    }
    if let Ok(request) = TokenRequest::from_bytes(bytes) {
        assert_eq!(request.to_bytes(), bytes);
    }
    if let Some(key) = TokenKey::from_spki(bytes) {
        assert_eq!(key.to_spki(), bytes);
    }
    let keys = &honest().story.election().issuer_keys;
    let credential = Voter::new(0).credential.public();
    let other = AwsLcVerifier::new(keys.values());
    for key in keys.values() {
        let _ = Pending::from_secret_bytes(key, bytes);
        let ours = RsaTokenVerifier.verify(key, &credential, bytes).is_ok();
        assert_eq!(
            ours,
            other.verify(key, &credential, bytes).is_ok(),
            "two libraries agree"
        );
        if ours {
            let honest = Voter::new(0).tokens(honest().story.election());
            assert!(
                honest.iter().any(|token| token == bytes),
                "nobody signs for an issuer"
            );
        }
    }
}

pub(crate) fn token_seeds() -> Vec<Vec<u8>> {
    let election = honest().story.election();
    let voter = Voter::new(0);
    let mut seeds = voter.tokens(election);
    for (key, token) in election.issuer_keys.values().zip(seeds.clone()) {
        seeds.push(key.challenge().to_bytes());
        seeds.push(key.key().to_spki());
        let pending = Pending::new(key, &voter.credential.public(), &mut rng(11)).expect("a good key");
        seeds.push(pending.request().to_bytes());
        seeds.push(pending.to_secret_bytes().to_vec());
        let input = key.token_input(&voter.credential.public());
        seeds.push([&input.to_bytes()[..], &token].concat());
    }
    seeds
}

/// Paths, bundles, tiles of hashes, proofs.
pub(crate) fn tile(bytes: &[u8]) {
    if let Some(place) = core::str::from_utf8(bytes)
        .ok()
        .and_then(|path| TilePlace::parse(path).ok())
    {
        assert_eq!(place.to_string().as_bytes(), bytes, "a tile has one path");
        assert_eq!(TilePlace::parse(&place.full().to_string()), Ok(place.full()));
        let _ = Tiles::default().add(place, &vec![0; usize::from(place.width()) * 32]);
    }
    if let Ok(entries) = parse_bundle(bytes) {
        assert_eq!(encode_bundle(&entries), bytes, "a bundle has one encoding");
    }
    let (numbers, hashes) = bytes.split_at(bytes.len().min(32));
    let mut read = numbers.chunks(8).map(|chunk| {
        let mut number = [0; 8];
        number[..chunk.len()].copy_from_slice(chunk);
        u64::from_be_bytes(number)
    });
    let (Some(index), Some(old), Some(new), Some(level)) =
        (read.next(), read.next(), read.next(), read.next())
    else {
        return;
    };
    let level = level as u32;
    tree(index, old, new, level);
    let proof: Vec<Hash> = hashes.as_chunks::<32>().0.to_vec();
    let head = head();
    let leaf = honest()
        .story
        .entries
        .get(index as usize)
        .map(|entry| leaf_hash(entry));
    if let Some(leaf) = leaf
        && verify_inclusion(&leaf, index, head.size, &proof, &head.root).is_ok()
    {
        assert_eq!(proof, proof_of(index), "an entry has one proof");
    }
    let _ = verify_consistency(old, &head.root, new, &head.root, &proof);
    let _ = older_root(old, new, &head.root, &proof);
}

fn tree(index: u64, old: u64, new: u64, level: u32) {
    let mut tiles = Tiles::default();
    let plans = [
        tiles_for_inclusion(index, new).unwrap_or_default(),
        tiles_for_consistency(old, new).unwrap_or_default(),
        tiles_for_root(new),
    ];
    for place in plans.concat() {
        let made = tiles.add(place, &vec![7; usize::from(place.width()) * 32]);
        made.expect("a plan names tiles by their width");
    }
    let _ = tree_root(&tiles, new);
    let _ = TilePlace::hashes_at(level, index, new);
    let _ = TilePlace::entries_at(index, new);
    let _ = TilePlace::since(old, new).take(20).count();
}

pub(crate) fn tile_seeds() -> Vec<Vec<u8>> {
    let story = honest().story;
    let mut seeds: Vec<Vec<u8>> = ["tile/0/000", "tile/entries/x001/x234/067.p/17", "tile/63/005.p/1"]
        .map(|path| path.as_bytes().to_vec())
        .into();
    seeds.push(encode_bundle(&story.entries[5..9]));
    for index in [0u64, 7, story.entries.len() as u64 - 1] {
        let numbers = [index, 5, head().size, 1].map(u64::to_be_bytes).concat();
        seeds.push([numbers, proof_of(index).concat()].concat());
    }
    let large = [u64::MAX, 1 << 40, u64::MAX, 63].map(u64::to_be_bytes).concat();
    seeds.push(large);
    seeds
}

/// Cells and constraints: a statement that is made never overflows.
pub(crate) fn statement(bytes: &[u8]) {
    let mut numbers = bytes.chunks(8).map(|chunk| {
        let mut number = [0; 8];
        number[..chunk.len()].copy_from_slice(chunk);
        u64::from_be_bytes(number)
    });
    let mut next = || numbers.next().unwrap_or(0);
    let cells = (next() % 8) as usize;
    let maxima: Vec<u64> = (0..cells).map(|_| next()).collect();
    let constraints = (0..next() % 4).map(|_| Constraint {
        lo: next() as i64,
        hi: next() as i64,
        terms: (0..next() % 5).map(|_| (next() as u32, next() as i64)).collect(),
    });
    let constraints: Vec<_> = constraints.collect();
    let Ok(statement) = Statement::new(maxima.clone(), constraints) else {
        return;
    };
    let _ = statement.check(&vec![0; cells]);
    let _ = statement.check(&maxima);
    let _ = statement.check(&vec![u64::MAX; cells]);
    assert!(statement.padded_bits().is_power_of_two());
    let twice = Statement::join(&[&statement, &statement]);
    let twice = twice.expect("two small statements are one");
    let _ = twice.check(&[maxima.clone(), maxima].concat());
}

pub(crate) fn statement_seeds() -> Vec<Vec<u8>> {
    let seed = |numbers: &[i64]| numbers.iter().flat_map(|number| number.to_be_bytes()).collect();
    let wide = (1 << 53) - 1;
    vec![
        seed(&[3, 1, 1, 1, 1, 1, 1, 3, 0, 1, 1, 1, 2, 1]),
        seed(&[2, 1, 9, 2, 0, 9, 2, 0, 9, 1, -1, 1, 10, 2, 0, 1, 1, 1]),
        seed(&[2, wide, wide, 1, 0, wide, 1, 1, 1]),
    ]
}
