//! The style sheet's promises: contrast, both directions of writing, nothing from elsewhere.

use std::collections::BTreeMap;

const STYLE: &str = include_str!("../../assets/style.css");

/// The colours of a `:root` block.
fn colours(block: &str) -> BTreeMap<&str, [f64; 3]> {
    let declarations = block
        .lines()
        .filter_map(|line| line.trim().strip_prefix("--")?.split_once(": #"));
    declarations
        .map(|(name, value)| {
            let digits = value.trim_end_matches(';');
            let part = |at: usize| f64::from(u8::from_str_radix(&digits[at..at + 2], 16).unwrap()) / 255.0;
            (name, [part(0), part(2), part(4)])
        })
        .collect()
}

/// Relative luminance and contrast as WCAG 2.2 defines them.
fn contrast(one: [f64; 3], other: [f64; 3]) -> f64 {
    let luminance = |colour: [f64; 3]| {
        let [r, g, b] = colour.map(|part| match part {
            part if part <= 0.04045 => part / 12.92,
            part => ((part + 0.055) / 1.055).powf(2.4),
        });
        0.2126 * r + 0.7152 * g + 0.0722 * b
    };
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn text_has_a_contrast_of_seven_to_one_in_both_colour_schemes() {
    let blocks: Vec<&str> = STYLE
        .split(":root {")
        .skip(1)
        .take(2)
        .map(|block| block.split('}').next().unwrap())
        .collect();
    assert_eq!(blocks.len(), 2);
    for (scheme, block) in ["light", "dark"].into_iter().zip(blocks) {
        let colours = colours(block);
        let on = |text: &str, ground: &str| contrast(colours[text], colours[ground]);
        for (text, ground) in [
            ("text", "page"),
            ("text", "quiet"),
            ("minor", "page"),
            ("minor", "quiet"),
            ("link", "page"),
            ("link", "quiet"),
            ("visited", "page"),
            ("visited", "quiet"),
            ("hover", "page"),
            ("hover", "quiet"),
            ("on-brand", "brand"),
            ("on-good", "good"),
            ("on-trouble", "trouble"),
            ("on-focus", "focus"),
        ] {
            assert!(
                on(text, ground) >= 7.0,
                "{scheme}: {text} on {ground} is {:.2}",
                on(text, ground)
            );
        }
        for (part, ground) in [
            ("line", "page"),
            ("line", "quiet"),
            ("bar", "page"),
            ("bar", "bar-rest"),
            ("good", "bar-rest"),
        ] {
            assert!(
                on(part, ground) >= 3.0,
                "{scheme}: {part} on {ground} is {:.2}",
                on(part, ground)
            );
        }
    }
}

#[test]
fn both_directions_of_writing_are_served_and_nothing_comes_from_elsewhere() {
    for property in [
        "margin-left",
        "margin-right",
        "padding-left",
        "padding-right",
        "border-left",
        "border-right",
        "text-align: left",
        "text-align: right",
        "float",
        " left:",
        " right:",
        "min-width: 0",
        "url(",
        "@import",
        "!important",
    ] {
        assert!(!STYLE.contains(property), "{property}");
    }
    for query in [
        "prefers-color-scheme: dark",
        "forced-colors: active",
        "prefers-reduced-motion",
        "@media print",
    ] {
        assert!(STYLE.contains(query), "{query}");
    }
}

#[test]
fn what_a_page_loads_is_small() {
    let script = include_bytes!("../../assets/page.js").len();
    assert!(
        STYLE.len() < 16_384 && script < 4_096,
        "{} and {script} bytes",
        STYLE.len()
    );
}
