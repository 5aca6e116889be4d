//! What every page must be, whatever is on it.

use std::collections::BTreeSet;

use scraper::{ElementRef, Html, Selector};

/// A page, parsed by the HTML standard's rules.
pub(crate) struct Page {
    html: Html,
    what: String,
}

impl Page {
    pub(crate) fn parse(what: &str, text: &str) -> Self {
        let html = Html::parse_document(text);
        assert!(html.errors.is_empty(), "{what}: {:?}", html.errors);
        Self {
            html,
            what: what.to_owned(),
        }
    }

    pub(crate) fn all(&self, selector: &str) -> Vec<ElementRef<'_>> {
        self.html.select(&Selector::parse(selector).unwrap()).collect()
    }

    pub(crate) fn text(&self, selector: &str) -> String {
        let texts = self
            .all(selector)
            .into_iter()
            .flat_map(|found| found.text().collect::<Vec<_>>());
        texts.collect()
    }

    pub(crate) fn attributes(&self, selector: &str, name: &str) -> Vec<String> {
        let found = self.all(selector);
        found
            .iter()
            .filter_map(|found| found.attr(name).map(str::to_owned))
            .collect()
    }

    fn only(&self, selector: &str) -> ElementRef<'_> {
        let found = self.all(selector);
        assert_eq!(found.len(), 1, "{}: {selector}", self.what);
        found[0]
    }

    /// Everything that can be said of any page.
    pub(crate) fn judge(&self, language: &str, direction: &str) {
        let html = self.only("html");
        assert_eq!(
            (html.attr("lang"), html.attr("dir")),
            (Some(language), Some(direction)),
            "{}",
            self.what
        );
        for landmark in [
            "h1",
            "main#main",
            "body > header",
            "body > footer",
            "title",
            "a.skip[href='#main']",
        ] {
            let found = self.only(landmark);
            assert!(
                !found.text().collect::<String>().trim().is_empty(),
                "{}: {landmark}",
                self.what
            );
        }
        self.names();
        self.headings();
        self.nothing_inline();
        for link in self.attributes("a, form, link, script, img", "href") {
            assert!(
                link.starts_with(['/', '#', '?']) && !link.starts_with("//"),
                "{}: {link}",
                self.what
            );
        }
        for text in self.all("bdi[lang], p[lang]") {
            assert!(matches!(text.attr("dir"), Some("ltr" | "rtl")), "{}", self.what);
        }
        assert!(!self.text("body").contains('\u{fffd}'), "{}", self.what);
    }

    /// Ids are unique; whatever is operated or pictured has a name.
    fn names(&self) {
        let mut ids = BTreeSet::new();
        for id in self.attributes("[id]", "id") {
            assert!(ids.insert(id.clone()), "{}: id {id} stands twice", self.what);
        }
        for named in self.attributes("[aria-labelledby]", "aria-labelledby") {
            assert!(ids.contains(&named), "{}: {named}", self.what);
        }
        let labels: BTreeSet<String> = self.attributes("label[for]", "for").into_iter().collect();
        for field in self.all("input:not([type=hidden]), select, textarea") {
            assert!(
                labels.contains(field.attr("id").expect("a field has an id")),
                "{}",
                self.what
            );
        }
        for nav in self.all("nav, form[role=search]") {
            assert!(
                nav.attr("aria-label").is_some_and(|name| !name.is_empty()),
                "{}",
                self.what
            );
        }
        for picture in self.all("img") {
            assert!(
                picture.attr("alt").is_some(),
                "{}: a picture without words",
                self.what
            );
        }
        for control in self.all("a, button, summary, option, th") {
            let name: String = control.text().collect();
            assert!(!name.trim().is_empty(), "{}: {}", self.what, control.html());
        }
    }

    /// Levels go down one at a time.
    fn headings(&self) {
        let mut before = 0;
        for heading in self.all("h1, h2, h3, h4, h5, h6") {
            let level: u32 = heading.value().name()[1..].parse().unwrap();
            assert!(
                level <= before + 1,
                "{}: {} after h{before}",
                self.what,
                heading.html()
            );
            before = level;
        }
    }

    /// No script, style or handler in the page itself; all that is loaded has its hash.
    fn nothing_inline(&self) {
        assert!(
            self.all("style, iframe, object, embed, base").is_empty(),
            "{}",
            self.what
        );
        for script in self.all("script") {
            assert!(
                script.attr("src").is_some() && script.text().next().is_none(),
                "{}",
                self.what
            );
        }
        for loaded in self.all("script, link[rel=stylesheet]") {
            assert!(
                loaded
                    .attr("integrity")
                    .is_some_and(|hash| hash.starts_with("sha384-")),
                "{}",
                self.what
            );
        }
        for element in self.all("*") {
            for (name, _) in element.value().attrs() {
                assert!(
                    !name.starts_with("on") && name != "style",
                    "{}: {}",
                    self.what,
                    element.html()
                );
            }
        }
    }
}
