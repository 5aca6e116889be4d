//! The markup of a page, read by a grammar far narrower than HTML's: whatever
//! is not in it is refused, so that no browser sees a tag that this does not.

/// Elements that pages have. None of them runs anything but `script`, and none
/// begins text that a browser reads by other rules but `script`, `title`, `textarea`.
const ELEMENTS: [&str; 66] = [
    "a",
    "abbr",
    "article",
    "aside",
    "b",
    "bdi",
    "body",
    "br",
    "button",
    "canvas",
    "caption",
    "code",
    "dd",
    "details",
    "dialog",
    "div",
    "dl",
    "dt",
    "em",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "head",
    "header",
    "hr",
    "html",
    "i",
    "img",
    "input",
    "kbd",
    "label",
    "legend",
    "li",
    "link",
    "main",
    "meta",
    "nav",
    "ol",
    "optgroup",
    "option",
    "output",
    "p",
    "pre",
    "progress",
    "script",
    "search",
    "section",
    "select",
    "small",
    "span",
    "strong",
    "summary",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "time",
    "title",
    "tr",
];
/// More of them; in the second a browser reads text where this reads tags.
const MORE: [&str; 3] = ["ul", "textarea", "template"];
/// Attributes that run something, or lead the page elsewhere.
const FORBIDDEN: [&str; 9] = [
    "style",
    "srcdoc",
    "http-equiv",
    "formaction",
    "ping",
    "srcset",
    "background",
    "manifest",
    "nonce",
];

/// A start tag.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Element<'a> {
    pub(super) name: &'a str,
    /// Values as they are written; those looked at here need no unescaping but `&amp;`.
    pub(super) attributes: Vec<(&'a str, String)>,
}

impl Element<'_> {
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let mut attributes = self.attributes.iter();
        let found = attributes.find(|attribute| attribute.0 == name);
        found.map(|attribute| attribute.1.as_str())
    }

    /// What no page has.
    pub(super) fn forbidden(&self) -> Vec<String> {
        let mut wrong = Vec::new();
        if !ELEMENTS.contains(&self.name) && !MORE.contains(&self.name) {
            wrong.push(format!("it has an element <{}>", self.name));
        }
        for (name, _) in &self.attributes {
            if name.starts_with("on") || FORBIDDEN.contains(name) {
                wrong.push(format!("its <{}> has an attribute {name}", self.name));
            }
        }
        if self.name == "script" && self.get("type") != Some("module") {
            wrong.push("it has a script that is no module".to_owned());
        }
        let rel = self.get("rel").unwrap_or_default();
        if self.name == "link" && !["stylesheet", "icon"].contains(&rel) {
            wrong.push(format!("it has a link of the kind {rel}"));
        }
        wrong
    }

    /// Where the same page in another language is, if this is a link to it.
    pub(super) fn language_link(&self, here: &str) -> Option<String> {
        let (href, tag) = (self.get("href")?, self.get("hreflang")?);
        let behind = |path: &str| path.split('/').skip(2).collect::<Vec<_>>().join("/");
        let same = href.starts_with(&format!("/{tag}/")) && behind(href) == behind(here);
        (self.name == "a" && same).then(|| href.to_owned())
    }
}

/// All start tags of a page; where it does not fit the grammar, at which byte.
pub(super) fn elements(page: &str) -> Result<Vec<Element<'_>>, usize> {
    let mut reader = Reader { page, at: 0 };
    let mut found = Vec::new();
    if page.contains(['\0', '\r', '\u{c}']) || !reader.takes("<!doctype html>") {
        return Err(0);
    }
    while let Some(length) = reader.rest().find('<') {
        reader.at += length;
        if reader.takes("</") {
            reader.name().ok_or(reader.at)?;
        } else {
            let element = reader.element().ok_or(reader.at)?;
            // Between a script's tags other rules hold, so nothing may stand there.
            let script = element.name == "script";
            found.push(element);
            if !reader.takes(">") || (script && !reader.rest().starts_with("</script>")) {
                return Err(reader.at);
            }
            continue;
        }
        if !reader.takes(">") {
            return Err(reader.at);
        }
    }
    Ok(found)
}

struct Reader<'a> {
    page: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        &self.page[self.at..]
    }

    fn takes(&mut self, text: &str) -> bool {
        let found = self.rest().starts_with(text);
        if found {
            self.at += text.len();
        }
        found
    }

    /// Letters, digits and hyphens, a letter first, all small.
    fn name(&mut self) -> Option<&'a str> {
        let rest = self.rest();
        let letter = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        let end = rest.find(|c: char| !letter(c)).unwrap_or(rest.len());
        let name = &rest[..end];
        name.starts_with(|c: char| c.is_ascii_lowercase()).then(|| {
            self.at += end;
            name
        })
    }

    /// `<name attribute="value" attribute`
    fn element(&mut self) -> Option<Element<'a>> {
        if !self.takes("<") {
            return None;
        }
        let name = self.name()?;
        let mut attributes: Vec<(&str, String)> = Vec::new();
        while self.takes(" ") || self.takes("\n") {
            if self.rest().starts_with([' ', '\n', '>']) {
                continue;
            }
            let attribute = self.name()?;
            let value = if self.takes("=\"") {
                let end = self.rest().find('"')?;
                let value = self.rest()[..end].to_owned();
                self.at += end + 1;
                value
            } else {
                String::new()
            };
            // Of two of one name browsers take the first.
            if attributes.iter().any(|known| known.0 == attribute) {
                return None;
            }
            attributes.push((attribute, unescaped(&value)));
        }
        Some(Element { name, attributes })
    }
}

/// The characters that these pages write as references in attributes.
fn unescaped(value: &str) -> String {
    let known = [
        ("&#38;", "&"),
        ("&amp;", "&"),
        ("&#34;", "\""),
        ("&#39;", "'"),
        ("&#60;", "<"),
        ("&#62;", ">"),
    ];
    if !value.contains('&') {
        return value.to_owned();
    }
    let mut text = String::new();
    let mut rest = value;
    while let Some(at) = rest.find('&') {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        match known.iter().find(|(reference, _)| rest.starts_with(reference)) {
            Some((reference, character)) => {
                text.push_str(character);
                rest = &rest[reference.len()..];
            }
            None => {
                text.push('&');
                rest = &rest[1..];
            }
        }
    }
    text + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tags(body: &str) -> Result<Vec<Element<'_>>, usize> {
        elements(body)
    }

    #[test]
    fn a_page_is_read_tag_by_tag() {
        let page = "<!doctype html>\n<html lang=\"en\">\n<p class=\"a\" hidden>1 &lt; 2</p><a href=\"/x?a=1&#38;b=2\">x</a></html>";
        let found = tags(page).unwrap();
        assert_eq!(found.len(), 3);
        assert_eq!(found[1].get("hidden"), Some(""));
        assert_eq!(found[2].get("href"), Some("/x?a=1&b=2"));
        assert!(found.iter().all(|element| element.forbidden().is_empty()));
    }

    #[test]
    fn h2_what_a_browser_might_read_otherwise_is_refused() {
        for body in [
            "<script src=\"/a.js\">alert(1)</script>",
            "<!-- <script> -->",
            "<![CDATA[x]]>",
            "<p title='x'>",
            "<p title=x>",
            "<P>",
            "<p/onclick=\"x\">",
            "<?x?>",
            "</ p>",
            "<3",
            "<p a=\"1\" a=\"2\">",
            "<p a=\"1\"b=\"2\">",
            "<p",
            "<script src=\"/a.js\" /></script>",
        ] {
            let page = format!("<!doctype html>\n{body}");
            assert!(tags(&page).is_err(), "{body}");
        }
        assert!(tags("<p>").is_err(), "no doctype: another mode");
        assert!(tags("<!doctype html>\0").is_err());
    }

    #[test]
    fn h2_what_runs_or_leads_elsewhere_is_named() {
        for body in [
            "<p onclick=\"x\">",
            "<svg>",
            "<iframe src=\"/x\">",
            "<base href=\"/x\">",
            "<style>",
            "<object>",
            "<meta http-equiv=\"refresh\">",
            "<p style=\"x\">",
            "<link rel=\"preload\" href=\"/x\">",
            "<script src=\"/x.js\"></script>",
        ] {
            let page = format!("<!doctype html>\n{body}");
            let found = tags(&page).unwrap();
            assert!(!found[0].forbidden().is_empty(), "{body}");
        }
    }

    #[test]
    fn only_the_same_page_in_another_language_is_followed() {
        let link = |href: &str, tag: &str| {
            let page = format!("<!doctype html>\n<a href=\"{href}\" hreflang=\"{tag}\">");
            elements(&page).unwrap()[0].language_link("/en/polls/1/vote")
        };
        assert_eq!(
            link("/de/polls/1/vote", "de").as_deref(),
            Some("/de/polls/1/vote")
        );
        for (href, tag) in [
            ("/de/polls/2/vote", "de"),
            ("//evil/polls/1/vote", "de"),
            ("/fr/polls/1/vote", "de"),
        ] {
            assert_eq!(link(href, tag), None, "{href}");
        }
    }
}
