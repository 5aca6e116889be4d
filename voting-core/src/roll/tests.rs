use super::letter::{ALPHABET, SYMBOLS};
use super::*;
use alloc::format;
use alloc::string::String;
use alloc::string::ToString;
use alloc::vec;
use proptest::prelude::*;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;

const ELECTION: Hash = [7; 32];

fn code(seed: u64) -> ActivationCode {
    ActivationCode::generate(&mut ChaCha20Rng::seed_from_u64(seed))
}

fn hashes(count: u32) -> Vec<Hash> {
    (0..count)
        .map(|i| {
            let mut hash = [0; 32];
            hash[..4].copy_from_slice(&i.to_be_bytes());
            hash
        })
        .collect()
}

#[test]
fn a_code_is_read_as_people_type_it() {
    let printed = code(1).to_text();
    assert_eq!(printed.len(), 34);
    let typed = printed
        .to_lowercase()
        .replace('-', " ")
        .replace('0', "o")
        .replace('1', "l");
    let read = ActivationCode::parse(&typed).unwrap();
    assert_eq!(read.authorisation(&ELECTION), code(1).authorisation(&ELECTION));
    assert_eq!(read.to_text().as_str(), printed.as_str());
}

#[test]
fn every_single_wrong_character_and_every_swap_is_noticed() {
    let text: Vec<char> = code(2).to_text().replace('-', "").chars().collect();
    for place in 0..text.len() {
        for symbol in ALPHABET.iter().map(|byte| char::from(*byte)) {
            let mut wrong = text.clone();
            wrong[place] = symbol;
            let result = ActivationCode::parse(&wrong.iter().collect::<String>());
            assert_eq!(result.is_ok(), symbol == text[place]);
        }
        for other in place + 1..SYMBOLS {
            let mut swapped = text.clone();
            swapped.swap(place, other);
            let result = ActivationCode::parse(&swapped.iter().collect::<String>());
            assert_eq!(result.is_ok(), text[place] == text[other]);
        }
    }
}

#[test]
fn codes_of_wrong_length_or_alphabet_are_refused() {
    assert_eq!(ActivationCode::parse("").unwrap_err(), CodeError::Length(0));
    let text = code(3).to_text();
    assert_eq!(
        ActivationCode::parse(&format!("{}0", *text)).unwrap_err(),
        CodeError::Length(29)
    );
    assert_eq!(
        ActivationCode::parse(&text.replacen('-', "U", 1)).unwrap_err(),
        CodeError::Character('U')
    );
}

#[test]
fn the_two_uses_of_a_code_are_independent_and_bound_to_the_election() {
    let code = code(4);
    assert_ne!(code.authorisation(&ELECTION), *code.secret(&ELECTION));
    assert_ne!(code.authorisation(&ELECTION), code.authorisation(&[8; 32]));
    assert_ne!(*code.secret(&ELECTION), *code.secret(&[8; 32]));
    assert_eq!(format!("{code:?}"), "ActivationCode(secret)");
}

#[test]
fn a_roll_line_has_one_canonical_form() {
    let line = RollLine::parse("  Ada \t Lovelace,\u{a0}12 Main St ").unwrap();
    assert_eq!(line.as_str(), "Ada Lovelace, 12 Main St");
    assert_eq!(RollLine::parse(line.as_str()).unwrap(), line);
    assert_eq!(RollLine::parse(" \n "), Err(LineError::Empty));
    assert_eq!(RollLine::parse("a\u{0}b"), Err(LineError::Control));
    assert_eq!(RollLine::parse(&"x".repeat(501)), Err(LineError::TooLong(501)));
    let secret = [1; 32];
    assert_ne!(
        pseudonym(&ELECTION, &secret, &line),
        pseudonym(
            &ELECTION,
            &secret,
            &RollLine::parse("Ada Lovelace, 12 main St").unwrap()
        )
    );
}

#[test]
fn a_long_roll_goes_into_full_parts_and_comes_back() {
    for count in [0, 1, 1_999, 2_000, 2_001, 4_500] {
        let list = hashes(count);
        let parts = roll_parts(0, 1, &list).unwrap();
        let mut check = Parts::default();
        let mut back = Vec::new();
        for part in &parts {
            assert!(!check.is_complete());
            check.accept_roll(part).unwrap();
            back.extend(pseudonyms(part));
            assert!(
                crate::entry::Entry::Roll(crate::entry::Signed {
                    body: part.clone(),
                    signature: [0; 64].into()
                })
                .to_bytes()
                .len()
                    <= crate::encoding::MAX_ENTRY
            );
        }
        assert!(check.is_complete());
        assert_eq!((back, check.count()), (list, u64::from(count)));
    }
}

#[test]
fn reports_go_into_parts_and_come_back() {
    let list: Vec<IssuanceRecord> = hashes(1_001)
        .into_iter()
        .map(|pseudonym| IssuanceRecord {
            pseudonym,
            blinded: [9; 32],
        })
        .collect();
    let parts = report_parts(0, 0, &list).unwrap();
    assert_eq!(parts.len(), 2);
    let back: Vec<_> = parts.iter().flat_map(records).collect();
    assert_eq!(back, list);
    assert_eq!(check_records_on_roll(&hashes(1_001), &list), Ok(()));
    assert_eq!(
        check_records_on_roll(&hashes(1_000), &list),
        Err(ListFault::NotOnRoll(1_000))
    );
}

#[test]
fn g10_a_pseudonym_twice_or_out_of_order_is_refused_within_and_across_parts() {
    let mut list = hashes(2_500);
    list[2_000] = list[1_999];
    assert_eq!(roll_parts(0, 0, &list), Err(ListFault::Order(2_000)));
    list.swap(3, 4);
    assert_eq!(roll_parts(0, 0, &list), Err(ListFault::Order(4)));
}

#[test]
fn only_a_list_that_is_empty_as_a_whole_has_an_empty_part() {
    let mut parts = roll_parts(0, 0, &hashes(2_001)).unwrap();
    parts[1].pseudonyms = vec![].into();
    let mut check = Parts::default();
    check.accept_roll(&parts[0]).unwrap();
    let empty = Err(ListFault::PartSize { part: 1, items: 0 });
    assert_eq!(check.accept_roll(&parts[1]), empty);
    // A full last part is none of them.
    let mut check = Parts::default();
    let parts = roll_parts(0, 0, &hashes(4_000)).unwrap();
    assert_eq!(parts.len(), 2);
    parts.iter().for_each(|part| check.accept_roll(part).unwrap());
    let mut longer = roll_parts(0, 0, &hashes(2_000)).unwrap().remove(0);
    longer.pseudonyms.extend([0xff; 32]);
    let too_many = Err(ListFault::PartSize {
        part: 0,
        items: 2_001,
    });
    assert_eq!(Parts::default().accept_roll(&longer), too_many);
}

#[test]
fn g10_reports_are_held_to_the_same_rules() {
    let record = |pseudonym| IssuanceRecord {
        pseudonym,
        blinded: [9; 32],
    };
    let list: Vec<_> = hashes(1_001).into_iter().map(record).collect();
    let parts = report_parts(0, 0, &list).unwrap();
    let mut check = Parts::default();
    let early = ListFault::PartOrder {
        expected: 0,
        found: 1,
    };
    assert_eq!(check.accept_report(&parts[1]), Err(early));
    check.accept_report(&parts[0]).unwrap();
    check.accept_report(&parts[1]).unwrap();
    assert_eq!((check.is_complete(), check.count()), (true, 1_001));
    let mut twice = parts[1].clone();
    twice.records.extend_from_within(..);
    let mut check = Parts::default();
    check.accept_report(&parts[0]).unwrap();
    assert_eq!(check.accept_report(&twice), Err(ListFault::Order(1_001)));
}

#[test]
fn parts_out_of_order_of_wrong_size_or_count_change_nothing() {
    let parts = roll_parts(0, 0, &hashes(4_500)).unwrap();
    let mut check = Parts::default();
    assert_eq!(
        check.accept_roll(&parts[1]),
        Err(ListFault::PartOrder {
            expected: 0,
            found: 1
        })
    );
    assert_eq!(check, Parts::default());
    check.accept_roll(&parts[0]).unwrap();
    let before = check.clone();
    assert_eq!(
        check.accept_roll(&parts[0]),
        Err(ListFault::PartOrder {
            expected: 1,
            found: 0
        })
    );
    let mut wrong = parts[1].clone();
    wrong.parts = 4;
    assert_eq!(
        check.accept_roll(&wrong),
        Err(ListFault::PartCount {
            expected: 3,
            found: 4
        })
    );
    let mut wrong = parts[1].clone();
    wrong.pseudonyms.pop();
    assert_eq!(check.accept_roll(&wrong), Err(ListFault::Length(63_999)));
    wrong.pseudonyms.truncate(63_968);
    assert_eq!(
        check.accept_roll(&wrong),
        Err(ListFault::PartSize {
            part: 1,
            items: 1_999
        })
    );
    assert_eq!(check, before);
    let nothing = Roll {
        issuer: 0,
        style: 0,
        part: 0,
        parts: 0,
        pseudonyms: vec![].into(),
    };
    assert_eq!(
        Parts::default().accept_roll(&nothing),
        Err(ListFault::PartCount {
            expected: 1,
            found: 0
        })
    );
}

proptest! {
    #[test]
    fn codes_survive_printing(seed: u64) {
        let text = code(seed).to_text();
        prop_assert_eq!(ActivationCode::parse(&text).unwrap().to_text().to_string(), text.to_string());
    }

    #[test]
    fn arbitrary_text_never_panics(text in ".*") {
        let _ = ActivationCode::parse(&text);
        if let Ok(line) = RollLine::parse(&text) {
            prop_assert_eq!(RollLine::parse(line.as_str()), Ok(line.clone()));
        }
    }

    #[test]
    fn arbitrary_parts_never_panic(part in 0u32..3, parts in 0u32..3, bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = Parts::default().accept_roll(&Roll { issuer: 0, style: 0, part, parts, pseudonyms: bytes.clone().into() });
        let _ = Parts::default().accept_report(&IssuanceReport { issuer: 0, style: 0, part, parts, records: bytes.into() });
    }
}
