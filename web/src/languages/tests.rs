//! Every language says everything, about the same things, in short sentences.

use std::collections::{BTreeMap, BTreeSet};

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};

use super::*;

/// A message's texts, one per form, and the arguments it uses.
#[derive(Default)]
struct Message {
    forms: Vec<String>,
    arguments: BTreeSet<String>,
}

fn messages(tag: &str) -> BTreeMap<String, Message> {
    let (_, text) = FILES.iter().find(|file| file.0 == tag).unwrap();
    let resource =
        fluent_syntax::parser::parse(*text).unwrap_or_else(|(_, errors)| panic!("{tag}: {errors:?}"));
    let mut messages = BTreeMap::new();
    for entry in resource.body {
        let Entry::Message(message) = entry else { continue };
        let mut found = Message::default();
        read(message.value.as_ref().expect("a message has a text"), &mut found);
        let twice = messages.insert(message.id.name.to_owned(), found);
        assert!(twice.is_none(), "{tag}: {} stands twice", message.id.name);
    }
    messages
}

fn read(pattern: &Pattern<&str>, message: &mut Message) {
    let mut form = String::new();
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => form.push_str(value),
            PatternElement::Placeable {
                expression: Expression::Inline(inline),
            } => {
                form.push_str(inlined(inline, message));
            }
            PatternElement::Placeable {
                expression: Expression::Select { selector, variants },
            } => {
                inlined(selector, message);
                for variant in variants {
                    read(&variant.value, message);
                }
            }
        }
    }
    if !form.trim().is_empty() {
        message.forms.push(form);
    }
}

fn inlined<'a>(expression: &InlineExpression<&'a str>, message: &mut Message) -> &'a str {
    match expression {
        InlineExpression::VariableReference { id } => {
            message.arguments.insert(id.name.to_owned());
            "x"
        }
        InlineExpression::StringLiteral { value } => value,
        other => panic!("nothing else is used: {other:?}"),
    }
}

#[test]
fn every_language_says_everything_about_the_same_things() {
    let first = messages(FIRST);
    assert!(FILES.len() >= 6);
    for (tag, _) in FILES {
        let own = messages(tag);
        let names = |messages: &BTreeMap<String, Message>| messages.keys().cloned().collect::<Vec<_>>();
        assert_eq!(names(&own), names(&first), "{tag}");
        for (name, message) in &own {
            assert_eq!(message.arguments, first[name].arguments, "{tag}: {name}");
            assert!(!message.forms.is_empty(), "{tag}: {name} says nothing");
        }
    }
}

#[test]
fn sentences_are_short() {
    for (tag, _) in FILES {
        for (name, message) in messages(tag) {
            for form in &message.forms {
                for sentence in form.split(['.', '!', '?', '؟']) {
                    let words = sentence
                        .split_whitespace()
                        .filter(|word| word.contains(char::is_alphanumeric));
                    let words = words.count();
                    assert!(
                        words <= 20,
                        "{tag}: {name} has a sentence of {words} words:{sentence}"
                    );
                }
            }
        }
    }
}

#[test]
fn words_are_plain() {
    let unwanted = [
        "ciphertext",
        "plaintext",
        "nonce",
        "hash",
        "encrypt",
        "decrypt",
        "cryptograph",
        "token",
        "credential",
        "ledger",
        "checkpoint",
        "homomorphic",
        "signature",
        "zero-knowledge",
    ];
    for (name, message) in messages(FIRST) {
        for form in &message.forms {
            let found = unwanted.iter().find(|word| form.to_lowercase().contains(*word));
            assert_eq!(found, None, "{name}: {form}");
        }
    }
}

/// Messages whose names are put together.
const COMPOSED: [&str; 14] = [
    "month-",
    "chapter-",
    "failure-",
    "how-",
    "accessibility-can-",
    "privacy-",
    "order-",
    "phase-",
    "standing-",
    "facts-",
    "kind-",
    "find-",
    "recount-",
    "claim-",
];

#[test]
fn pages_say_only_what_there_is_and_all_of_it() {
    let root = env!("CARGO_MANIFEST_DIR");
    let mut sources = String::new();
    for folder in ["templates", "src/pages", "src/languages"] {
        for file in std::fs::read_dir(format!("{root}/{folder}")).unwrap() {
            let path = file.unwrap().path();
            if path.is_file() && !path.ends_with("tests.rs") {
                sources += &std::fs::read_to_string(path).unwrap();
            }
        }
    }
    let first = messages(FIRST);
    for say in ["say(\"", "say_with(\"", "count(\""] {
        for rest in sources.split(say).skip(1) {
            let name = rest.split('"').next().unwrap();
            assert!(first.contains_key(name), "nothing says {name}");
        }
    }
    for name in first.keys() {
        let composed = COMPOSED.iter().any(|start| name.starts_with(start));
        assert!(
            composed || sources.contains(&format!("\"{name}\"")),
            "{name} is never said"
        );
    }
}

#[test]
fn numbers_and_money_are_written_as_people_do() {
    let [en, de, ar] = ["en", "de", "ar"].map(|tag| find(tag).unwrap());
    assert_eq!([en.number(123), en.number(1_234)], ["123", "1,234"]);
    assert_eq!(find("pl").unwrap().number(1_234), "1234");
    assert_eq!(en.number(1_234_567), "1,234,567");
    assert_eq!(en.signed(-12_345), "\u{2212}12,345");
    assert_eq!(en.money(24_000_000, "EUR", 2), "€240,000");
    assert_eq!(en.money(12_345, "CHF", 2), "CHF\u{a0}123.45");
    assert_eq!(de.money(2_400_050, "EUR", 2), "24.000,50\u{a0}€");
    assert_eq!(en.money(77_000, "", 0), "77,000");
    assert_eq!((ar.direction, ar.name.as_str()), ("rtl", "العربية"));
    assert_eq!(
        en.money(u64::MAX, "XXX", 255),
        "XXX\u{a0}18,446,744,073.709551615"
    );
}

#[test]
fn counts_have_their_forms() {
    let say = |tag: &str, n| find(tag).unwrap().count("projects-count", n);
    assert_eq!([say("en", 1), say("en", 2)], ["1 project", "2 projects"]);
    assert_eq!(
        [say("pl", 1), say("pl", 3), say("pl", 5)],
        ["1 projekt", "3 projekty", "5 projektów"]
    );
    assert_eq!(say("ar", 2), "مشروعان");
    assert!(say("ar", 3).ends_with("مشاريع"));
}

#[test]
fn a_browser_gets_the_language_it_likes_best() {
    let tag = |header| preferred(header).tag;
    assert_eq!(tag(None), "en");
    assert_eq!(tag(Some("pl")), "pl");
    assert_eq!(tag(Some("de-AT, fr;q=0.9")), "de");
    assert_eq!(tag(Some("fr;q=0.3, ES-mx;q=0.7, nl")), "es");
    assert_eq!(tag(Some("pl;q=0, xx, *;q=0.1")), "en");
    assert_eq!(tag(Some(";;;,q=,\u{7f}")), "en");
}

#[test]
fn until_says_days_hours_or_minutes() {
    let en = first();
    assert_eq!(en.until(1_000_000, 1_000_000 - 3 * 86_400).unwrap(), "in 3 days");
    assert_eq!(en.until(1_000_000, 1_000_000 - 7_200).unwrap(), "in 2 hours");
    assert_eq!(en.until(1_000_000, 999_999).unwrap(), "in 1 minute");
    assert_eq!(en.until(1_000_000, 1_000_000), None);
    assert_eq!(en.time(1_772_409_600), "2 March 2026, 00:00 UTC");
}
