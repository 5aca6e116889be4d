//! What the booth's scripts say, in the page's language: they get the
//! sentences with `{name}` where a value will stand.

use crate::languages::Language;

/// Every message that a script says, with its values.
const SAID: &[(&str, &[&str])] = &[
    ("booth-blank", &[]),
    ("booth-cast", &[]),
    ("booth-cast-lead", &[]),
    ("booth-code-closed", &[]),
    ("booth-code-early", &[]),
    ("booth-code-mistyped", &[]),
    ("booth-code-refused", &[]),
    ("booth-code-style", &[]),
    ("booth-code-unknown", &[]),
    ("booth-code-used", &[]),
    ("booth-false-receipt", &[]),
    ("booth-file-none", &[]),
    ("booth-file-wrong", &[]),
    ("booth-found", &["count"]),
    ("booth-handed-in", &[]),
    ("booth-handed-in-lead", &[]),
    ("booth-issuer-false", &[]),
    ("booth-issuer-keys", &[]),
    ("booth-issuer-silent", &[]),
    ("booth-line-points", &["points"]),
    ("booth-look-wrong", &[]),
    ("booth-looking", &[]),
    ("booth-meter-cost", &["used", "most"]),
    ("booth-meter-count", &["used", "most"]),
    ("booth-meter-group", &["whose", "used", "most"]),
    ("booth-meter-points", &["used", "most"]),
    ("booth-meter-ranked", &["used", "most"]),
    ("booth-not-cast", &[]),
    ("booth-not-cast-again", &[]),
    ("booth-not-cast-waits", &["time"]),
    ("booth-note-cost", &["left"]),
    ("booth-note-full", &["most"]),
    ("booth-over", &["most"]),
    ("booth-passing", &[]),
    ("booth-proving", &[]),
    ("booth-qr-opening", &[]),
    ("booth-qr-receipt", &[]),
    ("booth-qr-tracker", &[]),
    ("booth-refused", &[]),
    ("booth-refused-again", &[]),
    ("booth-refused-closed", &[]),
    ("booth-saved", &[]),
    ("booth-seal-wrong", &[]),
    ("booth-sealing", &[]),
    ("booth-secret-short", &[]),
    ("booth-sending", &[]),
    ("booth-silent", &[]),
    ("booth-under", &["least"]),
    ("booth-wait-before", &["time"]),
    ("booth-waiting-until", &["time"]),
    ("booth-wrong-points", &["least", "most"]),
    ("number-decimal", &[]),
    ("number-group", &[]),
    ("number-group-from", &[]),
];

/// All of them in a language.
pub(super) fn all(language: &Language) -> Vec<(&'static str, String)> {
    let sentence = |&(name, values): &(&'static str, &[&'static str])| {
        let values: Vec<_> = values
            .iter()
            .map(|value| (*value, format!("{{{value}}}").into()))
            .collect();
        (name, language.say_with(name, &values))
    };
    SAID.iter().map(sentence).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_scripts_say_what_they_are_given_and_all_of_it() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/booth/page");
        let mut said = BTreeSet::new();
        for file in std::fs::read_dir(folder).unwrap() {
            let source = std::fs::read_to_string(file.unwrap().path()).unwrap();
            for part in source.split('"').skip(1).step_by(2) {
                let starts = ["booth-", "check-", "number-"];
                let letters = part.chars().all(|c| c.is_ascii_lowercase() || c == '-');
                if letters && starts.iter().any(|start| part.starts_with(start)) {
                    said.insert(part.to_owned());
                }
            }
        }
        let given: BTreeSet<String> = SAID.iter().map(|(name, _)| (*name).to_owned()).collect();
        assert_eq!(said, given);
    }

    #[test]
    fn values_stand_where_the_scripts_put_them() {
        for language in crate::languages::all() {
            for ((name, sentence), (_, values)) in all(language).iter().zip(SAID) {
                for value in *values {
                    assert!(
                        sentence.contains(&format!("{{{value}}}")),
                        "{} {name}: {sentence}",
                        language.tag
                    );
                }
            }
        }
    }
}
