//! A strict little reader of the pages made here: what it does not know, it refuses.

use std::collections::BTreeSet;

/// Elements without an end.
const VOID: [&str; 3] = ["meta", "rect", "!DOCTYPE"];
/// Every element that a page may have.
const KNOWN: [&str; 43] = [
    "!DOCTYPE", "html", "head", "meta", "title", "style", "body", "a", "header", "nav", "main", "section",
    "footer", "article", "h1", "h2", "h3", "h4", "p", "ul", "ol", "li", "dl", "div", "dt", "dd", "code",
    "bdi", "strong", "span", "table", "caption", "thead", "tbody", "tr", "th", "td", "svg", "rect", "em",
    "abbr", "time", "small",
];

/// One element's begin.
#[derive(Debug, Clone)]
pub(crate) struct Element {
    pub(crate) name: String,
    pub(crate) attributes: Vec<(String, String)>,
    /// Names of the elements around it.
    pub(crate) within: Vec<String>,
    /// The text in it and in what it contains.
    pub(crate) text: String,
}

impl Element {
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|attribute| attribute.0 == name);
        found.map(|attribute| attribute.1.as_str())
    }
}

/// Takes a page apart; panics where it is not well-formed.
pub(crate) fn elements(page: &str) -> Vec<Element> {
    let known: BTreeSet<_> = KNOWN.into();
    let mut all: Vec<Element> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        let (text, tag) = rest.split_at(at);
        add_text(&mut all, &open, text);
        if let Some(end) = tag.strip_prefix("</") {
            let (name, after) = end.split_once('>').unwrap();
            let opened = open.pop().unwrap_or_else(|| panic!("</{name}> closes nothing"));
            assert_eq!(all[opened].name, name, "closed out of order");
            rest = after;
            continue;
        }
        let end = end_of_tag(tag);
        let inside = tag[1..end].trim_end_matches('/');
        rest = &tag[end + 1..];
        let (name, attributes) = inside.split_once(char::is_whitespace).unwrap_or((inside, ""));
        assert!(known.contains(name), "a page has no <{name}>");
        let within = open.iter().map(|&place| all[place].name.clone()).collect();
        all.push(Element {
            name: name.to_owned(),
            attributes: if name == "!DOCTYPE" {
                Vec::new()
            } else {
                read_attributes(attributes)
            },
            within,
            text: String::new(),
        });
        if name == "style" {
            let (style, after) = rest.split_once("</style>").unwrap();
            all.last_mut().unwrap().text = style.to_owned();
            rest = after;
        } else if !VOID.contains(&name) {
            open.push(all.len() - 1);
        }
    }
    assert!(open.is_empty(), "something was not closed");
    all
}

fn end_of_tag(tag: &str) -> usize {
    let mut quoted = false;
    for (at, c) in tag.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '>' if !quoted => return at,
            '<' if at > 0 => panic!("< within a tag: {}", &tag[..at]),
            _ => {}
        }
    }
    panic!("a tag does not end")
}

fn read_attributes(mut rest: &str) -> Vec<(String, String)> {
    let mut attributes = Vec::new();
    while !rest.trim().is_empty() {
        let (name, after) = rest
            .trim_start()
            .split_once("=\"")
            .expect("every attribute is quoted");
        let (value, after) = after.split_once('"').unwrap();
        attributes.push((name.to_owned(), plain(value)));
        rest = after;
    }
    attributes
}

fn add_text(all: &mut [Element], open: &[usize], text: &str) {
    assert!(!text.contains('>'), "an unescaped > in {text:?}");
    let text = plain(text);
    for &place in open {
        all[place].text.push_str(&text);
    }
}

/// Undoes the escaping, and refuses an & that begins no escape.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        plain.push_str(before);
        let (name, after) = after.split_once(';').expect("an unescaped &");
        plain.push(match name {
            "#60" | "lt" => '<',
            "#62" | "gt" => '>',
            "#38" | "amp" => '&',
            "#34" | "quot" => '"',
            "#39" => '\'',
            other => panic!("&{other}; is not one of ours"),
        });
        rest = after;
    }
    plain + rest
}
