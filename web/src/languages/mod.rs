//! What pages say, in every language (specs/11-web.md §4): Fluent messages, one
//! file per language in `languages/`. Adding a language is adding a file.

mod accept;
pub(crate) mod date;
mod money;

use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

pub use accept::preferred;

/// Every file: its language tag and its messages.
static FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/languages.rs"));

/// The language that everything is written in first.
const FIRST: &str = "en";

static ALL: LazyLock<Vec<Language>> = LazyLock::new(|| {
    let mut all: Vec<Language> = FILES
        .iter()
        .map(|(tag, text)| Language::read(tag, text))
        .collect();
    // English first, the others by their tags.
    all.sort_by_key(|language| (language.tag != FIRST, language.tag));
    all
});

/// A language that pages can be read in.
pub struct Language {
    /// BCP 47 tag, as in addresses.
    pub tag: &'static str,
    /// Its own name.
    pub name: String,
    /// Direction of its writing, `ltr` or `rtl`.
    pub direction: &'static str,
    bundle: FluentBundle<FluentResource>,
}

/// All languages.
pub fn all() -> &'static [Language] {
    &ALL
}

/// The language with this tag.
pub fn find(tag: &str) -> Option<&'static Language> {
    ALL.iter().find(|language| language.tag == tag)
}

/// The language for whoever asks for none that there is.
pub fn first() -> &'static Language {
    &ALL[0]
}

/// Direction of the writing of any language tag; texts of polls may have others.
pub fn direction(tag: &str) -> &'static str {
    let primary = tag.split('-').next().unwrap_or_default();
    match primary {
        "ar" | "arc" | "ckb" | "dv" | "fa" | "he" | "ps" | "sd" | "ug" | "ur" | "yi" => "rtl",
        _ => "ltr",
    }
}

impl Language {
    fn read(tag: &'static str, text: &str) -> Self {
        // What does not parse is left out; a test looks that everything does.
        let resource = FluentResource::try_new(text.to_owned()).unwrap_or_else(|(resource, _)| resource);
        let identifier: LanguageIdentifier = tag.parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![identifier]);
        let direction = direction(tag);
        // Marks around names and numbers keep them in order where writing runs the other way.
        bundle.set_use_isolating(direction == "rtl");
        bundle.add_resource_overriding(resource);
        let mut language = Self {
            tag,
            name: String::new(),
            direction,
            bundle,
        };
        language.name = language
            .own("language-name", None)
            .unwrap_or_else(|| tag.to_owned());
        language
    }

    /// A message without arguments.
    pub fn say(&self, id: &str) -> String {
        self.format(id, None)
    }

    /// A message with arguments.
    pub fn say_with(&self, id: &str, arguments: &[(&'static str, FluentValue<'_>)]) -> String {
        let arguments: FluentArgs<'_> = arguments
            .iter()
            .map(|(name, value)| (*name, value.clone()))
            .collect();
        self.format(id, Some(&arguments))
    }

    /// A message about a number: `$n` chooses the form, `$count` is shown.
    pub fn count(&self, id: &str, n: u64) -> String {
        self.say_with(id, &[("n", n.into()), ("count", self.number(n).into())])
    }

    /// A message that is missing is said in the first language, or by its name.
    fn format(&self, id: &str, arguments: Option<&FluentArgs<'_>>) -> String {
        self.own(id, arguments)
            .or_else(|| first().own(id, arguments))
            .unwrap_or_else(|| id.to_owned())
    }

    /// A message of this language.
    fn own(&self, id: &str, arguments: Option<&FluentArgs<'_>>) -> Option<String> {
        let pattern = self.bundle.get_message(id)?.value()?;
        // An argument that is missing is shown by its name; a test looks that none is.
        let mut errors = Vec::new();
        Some(
            self.bundle
                .format_pattern(pattern, arguments, &mut errors)
                .into_owned(),
        )
    }

    /// A number with its thousands apart.
    pub fn number(&self, number: u64) -> String {
        self.grouped(&number.to_string())
    }

    /// A number that may be negative.
    pub fn signed(&self, number: i64) -> String {
        let digits = self.number(number.unsigned_abs());
        if number < 0 {
            format!("\u{2212}{digits}")
        } else {
            digits
        }
    }

    /// Digits in groups of three.
    fn grouped(&self, digits: &str) -> String {
        let least = self.say("number-group-from").parse().unwrap_or(4);
        if digits.len() < least {
            return digits.to_owned();
        }
        let separator = self.say("number-group");
        let mut text = String::new();
        for (place, digit) in digits.chars().enumerate() {
            if place > 0 && (digits.len() - place).is_multiple_of(3) {
                text.push_str(&separator);
            }
            text.push(digit);
        }
        text
    }
}

#[cfg(test)]
mod tests;
