//! Pages that are words alone.

use askama::Template;

use super::Frame;

/// Which page of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Prose {
    /// How voting works.
    HowItWorks,
    /// The accessibility statement.
    Accessibility,
    /// What is known about readers and voters.
    Privacy,
}

impl Prose {
    /// Its address behind the language.
    pub(crate) fn path(self) -> &'static str {
        match self {
            Prose::HowItWorks => "/how-it-works",
            Prose::Accessibility => "/accessibility",
            Prose::Privacy => "/privacy",
        }
    }
}

/// A page of parts, each with its heading.
#[derive(Template)]
#[template(path = "prose.html")]
struct Parts<'a> {
    frame: Frame<'a>,
    title: String,
    lead: String,
    parts: Vec<Part>,
}

/// One of them.
struct Part {
    title: String,
    text: String,
}

#[derive(Template)]
#[template(path = "accessibility.html")]
struct Accessibility<'a> {
    frame: Frame<'a>,
    can: Vec<String>,
}

/// The page.
pub(crate) fn prose(page: Prose, frame: Frame<'_>) -> askama::Result<String> {
    match page {
        Prose::HowItWorks => {
            let names = [
                "envelope", "list", "name", "sums", "recount", "site", "order", "limits",
            ];
            parts(frame, "how", &names)
        }
        Prose::Privacy => parts(
            frame,
            "privacy",
            &["reading", "address", "booth", "record", "roll", "others"],
        ),
        Prose::Accessibility => {
            let names = ["keyboard", "reader", "zoom", "colours", "script"];
            let can = names.map(|name| frame.say(&format!("accessibility-can-{name}")));
            let can = can.into();
            Accessibility { frame, can }.render()
        }
    }
}

fn parts(frame: Frame<'_>, page: &str, names: &[&str]) -> askama::Result<String> {
    let part = |name: &&str| Part {
        title: frame.say(&format!("{page}-{name}-title")),
        text: frame.say(&format!("{page}-{name}")),
    };
    let page = Parts {
        title: frame.say(&format!("{page}-title")),
        lead: frame.say(&format!("{page}-lead")),
        parts: names.iter().map(part).collect(),
        frame,
    };
    page.render()
}
