//! The booth's ES modules, bundled: each page and the worker load one file, so
//! that one `integrity` covers all that runs. Every module becomes a function
//! of its own; nothing is renamed, left out or made shorter, so that whoever
//! compares the served file with the sources can read it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use anyhow::{Context, Result, bail, ensure};

/// A module's exports by name, with what they are called inside.
type Exports = BTreeMap<String, String>;

/// Bundles an entry and everything it imports. `read` gives a module's source
/// by its file name.
pub(crate) fn bundle(entry: &str, read: &dyn Fn(&str) -> Result<String>) -> Result<String> {
    let mut bundle = Bundle {
        read,
        done: BTreeMap::new(),
        open: BTreeSet::new(),
        text: String::new(),
    };
    bundle.add(entry)?;
    Ok(bundle.text)
}

struct Bundle<'a> {
    read: &'a dyn Fn(&str) -> Result<String>,
    done: BTreeMap<String, Exports>,
    open: BTreeSet<String>,
    text: String,
}

impl Bundle<'_> {
    fn add(&mut self, name: &str) -> Result<()> {
        if self.done.contains_key(name) {
            return Ok(());
        }
        ensure!(self.open.insert(name.to_owned()), "{name} imports itself");
        let source = (self.read)(name)?;
        let mut body = String::new();
        let mut exports = Exports::new();
        for line in statements(&source) {
            self.line(&line, &mut body, &mut exports)
                .with_context(|| format!("{name}: {line}"))?;
        }
        let list: Vec<String> = exports
            .iter()
            .map(|(name, inside)| match name == inside {
                true => name.clone(),
                false => format!("{name}: {inside}"),
            })
            .collect();
        // Writing to a string cannot fail.
        let _ = write!(
            self.text,
            "// {name}\nconst {} = (() => {{\n{body}return {{ {} }};\n}})();\n",
            variable(name),
            list.join(", ")
        );
        self.open.remove(name);
        self.done.insert(name.to_owned(), exports);
        Ok(())
    }

    fn line(&mut self, line: &str, body: &mut String, exports: &mut Exports) -> Result<()> {
        if let Some(rest) = line.strip_prefix("import ") {
            let (names, module) = rest
                .rsplit_once(" from \"./")
                .context("imports are of names from a file beside it")?;
            let module = module.trim_end().trim_end_matches(';').trim_end_matches('"');
            self.add(module)?;
            let names = imported(names, &self.done[module])?;
            let _ = writeln!(body, "const {{ {names} }} = {};", variable(module));
        } else if let Some(list) = line.strip_prefix("export {") {
            for part in list
                .trim_end()
                .trim_end_matches(';')
                .trim_end_matches('}')
                .split(',')
            {
                let part = part.trim();
                let (inside, name) = part.split_once(" as ").unwrap_or((part, part));
                exports.insert(name.to_owned(), inside.to_owned());
            }
        } else if let Some(declaration) = line.strip_prefix("export ") {
            let name = declared(declaration).context("exports are declarations or lists of names")?;
            exports.insert(name.clone(), name);
            body.push_str(declaration);
            body.push('\n');
        } else {
            ensure!(!line.starts_with("export"), "exports stand alone on their line");
            body.push_str(line);
            body.push('\n');
        }
        Ok(())
    }
}

/// Lines; an import over several lines is one.
fn statements(source: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut lines = source.lines();
    while let Some(line) = lines.next() {
        let mut line = line.to_owned();
        while line.starts_with("import ") && !line.contains(" from ") {
            let Some(more) = lines.next() else { break };
            line.push(' ');
            line.push_str(more.trim());
        }
        found.push(line);
    }
    found
}

/// `a, { b, c as d }` as a pattern that takes them from an object.
fn imported(names: &str, exports: &Exports) -> Result<String> {
    let (default, list) = match names.split_once('{') {
        Some((default, list)) => (default.trim().trim_end_matches(',').trim(), list),
        None => (names.trim(), ""),
    };
    let mut pairs = Vec::new();
    if !default.is_empty() {
        pairs.push(("default", default));
    }
    let list = list.trim().trim_end_matches('}').split(',').map(str::trim);
    pairs.extend(
        list.filter(|part| !part.is_empty())
            .map(|part| part.split_once(" as ").unwrap_or((part, part))),
    );
    for (name, _) in &pairs {
        if !exports.contains_key(*name) {
            bail!("{name} is not exported");
        }
    }
    let pattern = pairs.iter().map(|(name, inside)| match name == inside {
        true => (*name).to_owned(),
        false => format!("{name}: {inside}"),
    });
    Ok(pattern.collect::<Vec<_>>().join(", "))
}

/// The name that `const x =`, `function x(`, `class X {` declare.
fn declared(declaration: &str) -> Option<String> {
    let kinds = ["const ", "async function ", "function ", "class "];
    let rest = kinds.iter().find_map(|kind| declaration.strip_prefix(kind))?;
    let letters = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '$';
    let name: String = rest.chars().take_while(|c| letters(*c)).collect();
    (!name.is_empty()).then_some(name)
}

fn variable(module: &str) -> String {
    let stem = module.trim_end_matches(".js");
    let plain: String = stem
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '_' })
        .collect();
    format!("module_{plain}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bundled(files: &[(&str, &str)]) -> Result<String> {
        bundle(files[0].0, &|name| {
            let file = files.iter().find(|file| file.0 == name);
            file.map(|file| file.1.to_owned())
                .with_context(|| format!("no {name}"))
        })
    }

    #[test]
    fn modules_stand_in_the_order_of_their_use_each_in_its_own_scope() {
        let text = bundled(&[
            (
                "page.js",
                "import load, {\n  add,\n  two as zwei,\n} from \"./sums.js\";\nload(add(zwei));\n",
            ),
            (
                "sums.js",
                "export const two = 2;\nexport function add(a) {\n  return a + 1;\n}\nexport { start as default };\nfunction start() {}\n",
            ),
        ])
        .unwrap();
        assert_eq!(
            text,
            "// sums.js\nconst module_sums = (() => {\nconst two = 2;\nfunction add(a) {\n  return a + 1;\n}\n\
             function start() {}\nreturn { add, default: start, two };\n})();\n\
             // page.js\nconst module_page = (() => {\nconst { default: load, add, two: zwei } = module_sums;\n\
             load(add(zwei));\nreturn {  };\n})();\n"
        );
    }

    #[test]
    fn what_cannot_be_bundled_is_refused() {
        for (source, says) in [
            ("import { b } from \"./a.js\";", "imports itself"),
            ("import * from \"https://evil.example\";", "beside it"),
            ("export default 3;", "declarations"),
            ("import { x } from \"./b.js\";", "x is not exported"),
        ] {
            let refused = bundled(&[("a.js", source), ("b.js", "export const y = 1;")]).unwrap_err();
            assert!(format!("{refused:#}").contains(says), "{refused:#}");
        }
    }
}
