//! Nothing that leaves a device, and nothing that comes back, tells by its
//! length what was chosen (specs/11-web.md §9.1).

use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::net::TcpStream;

use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;
use voting_core::contest::Choice;
use voting_core::ledger::Receipt;
use voting_core::voter::{Beginning, Poll, Stage, Voter};

use crate::browser::booth::booth;
use crate::town::Town;

/// The poll of a style, read as a device reads it.
fn poll(town: &Town, style: u32) -> Poll {
    let mut beginning = Beginning::of(&town.client.get("checkpoint").unwrap()).unwrap();
    while let Some(path) = beginning.wanted() {
        let bytes = town.client.get(&path).unwrap();
        beginning.take(&path, &bytes).unwrap();
    }
    beginning.poll(&town.story.id(), style).unwrap()
}

/// An answer as it came over the wire.
struct Answer {
    head: String,
    body: Vec<u8>,
}

/// One request by hand, so that every byte of the answer is seen.
fn ask(url: &str, path: &str, headers: &str, body: &[u8]) -> Answer {
    let authority = url.strip_prefix("http://").unwrap();
    let mut stream = TcpStream::connect(authority).unwrap();
    let method = if body.is_empty() { "GET" } else { "POST" };
    let length = body.len();
    let head = format!(
        "{method} {path} HTTP/1.1\r\nhost: {authority}\r\n{headers}content-length: {length}\r\nconnection: close\r\n\r\n"
    );
    stream.write_all(&[head.as_bytes(), body].concat()).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
    let head = String::from_utf8(answer[..end].to_vec()).unwrap();
    assert!(head.starts_with("HTTP/1.1 200"), "{head}");
    Answer {
        head,
        body: answer[end + 4..].to_vec(),
    }
}

impl Answer {
    /// The head's length without the digits of the body's.
    fn head_length(&self) -> usize {
        let digits = self.head.lines().find_map(|line| {
            let (name, value) = line.split_once(": ")?;
            name.eq_ignore_ascii_case("content-length").then_some(value.len())
        });
        self.head.len() - digits.unwrap()
    }

    /// A receipt's length without what the place in the ledger decides.
    fn receipt_length(&self) -> usize {
        let receipt = Receipt::parse(&self.body).unwrap();
        let size = receipt.checkpoint.lines().nth(1).unwrap().len();
        let index = receipt.index.to_string().len();
        // A hash in base64, and its line's end.
        self.body.len() - size - index - 45 * receipt.proof.len()
    }
}

/// Lengths on a voter's whole way: requests and answers of the passes, of the ballot.
fn lengths(poll: &Poll, codes: &[String; 2], choices: &[Choice], seed: u64) -> Vec<usize> {
    let mut rng = ChaCha20Rng::seed_from_u64(seed);
    let mut voter = Voter::begin(poll, &mut rng).unwrap();
    let mut lengths = Vec::new();
    let urls: Vec<String> = poll.issuers().map(|issuer| issuer.url.clone()).collect();
    for (index, (url, code)) in (0..).zip(urls.iter().zip(codes)) {
        let directory = ask(url, "/.well-known/private-token-issuer-directory", "", &[]);
        let directory: serde_json::Value = serde_json::from_slice(&directory.body).unwrap();
        let keys = directory["token-keys"].as_array().unwrap();
        let keys = keys.iter().map(|key| key["token-key"].as_str().unwrap());
        let request = voter
            .request(&poll.served(index, keys).unwrap())
            .unwrap()
            .unwrap();
        let headers =
            format!("content-type: application/private-token-request\r\nauthorization: Bearer {code}\r\n");
        let answer = ask(url, "/token-request", &headers, &request.to_bytes());
        voter.answer(index, &answer.body).unwrap();
        lengths.extend([
            headers.len(),
            request.to_bytes().len(),
            answer.head_length(),
            answer.body.len(),
        ]);
    }
    let draft = voter.choose(choices, &mut rng).unwrap();
    let ballot = voter.cast(draft, &mut rng).unwrap().to_vec();
    let answer = ask(
        &poll.ledger().url,
        "/ballots",
        "content-type: application/cbor\r\n",
        &ballot,
    );
    assert_eq!(voter.receive(&answer.body).unwrap(), Stage::Cast);
    lengths.extend([ballot.len(), answer.head_length(), answer.receipt_length()]);
    lengths
}

/// Blank, least, most, and every order of three, in every kind of contest.
fn choices(style: usize) -> Vec<Vec<Choice>> {
    let named = |projects: &[u32]| Choice::Projects(projects.to_vec());
    if style == 0 {
        let one = (0..5).map(|project| vec![named(&[project])]);
        return one.chain([vec![named(&[])]]).collect();
    }
    let given = |points: &[(u32, i64)]| Choice::Points(points.to_vec());
    let ranked = |order: &[u32]| Choice::Ranking(order.to_vec());
    let all = |points| given(&[0, 1, 2, 3, 4].map(|project| (project, points)));
    let mut choices = vec![
        vec![named(&[]), named(&[]), given(&[]), given(&[]), ranked(&[])],
        vec![
            named(&[4]),
            named(&[3]),
            given(&[(4, 1)]),
            given(&[(0, 1)]),
            ranked(&[2]),
        ],
        vec![
            named(&[0, 4]),
            named(&[0, 1, 3]),
            given(&[(0, 6), (4, 4)]),
            all(3),
            ranked(&[4, 3, 2]),
        ],
        vec![named(&[1, 2]), named(&[1, 4]), all(2), all(1), ranked(&[0, 4])],
    ];
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        let mut next = choices[2].clone();
        next[4] = ranked(&order);
        choices.push(next);
    }
    choices
}

#[test]
fn requests_and_answers_of_a_style_have_one_length_whatever_the_choice() {
    let booth = match booth() {
        Ok(booth) => booth,
        Err(why) => return println!("SKIPPED: {why}"),
    };
    let town = Town::open(&booth, |_| {});
    // Every voter has a credential of their own.
    let mut seed = 0;
    for style in 0..2 {
        let poll = poll(&town, style as u32);
        let ways: Vec<_> = choices(style)
            .iter()
            .enumerate()
            .map(|(voter, choices)| {
                seed += 1;
                lengths(&poll, &town.codes[style][voter], choices, seed)
            })
            .collect();
        let different: BTreeSet<_> = ways.iter().collect();
        assert_eq!(different.len(), 1, "style {style}: {ways:?}");
    }
}
