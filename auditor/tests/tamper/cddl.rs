//! specs/entries.cddl, read: it names every field of every entry, so that the
//! suite can forget none.

use std::collections::{BTreeMap, BTreeSet};

use crate::cbor::{Item, Place};

/// A named field of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Field {
    /// `close.act-body.counter`.
    pub(crate) path: String,
    pub(crate) place: Place,
    /// Whether it is a list of any length, whose elements are fields too.
    pub(crate) list: bool,
}

#[derive(Debug, Clone)]
enum Shape {
    /// Any one of these.
    Choice(Vec<Shape>),
    List(Vec<Member>),
    /// A rule or a built-in type, with its argument.
    Name(String, Option<Box<Shape>>),
    Literal(i128),
}

#[derive(Debug, Clone)]
struct Member {
    label: Option<String>,
    /// `*`: any number of times.
    many: bool,
    /// `?`: may be absent.
    maybe: bool,
    shape: Shape,
}

/// The rules by name, with the name of a rule's parameter.
pub(crate) struct Cddl(BTreeMap<String, (Option<String>, Shape)>);

struct Tokens(Vec<String>, usize);

impl Tokens {
    fn of(text: &str) -> Self {
        let mut tokens = Vec::new();
        for line in text.lines() {
            let line = line.split(';').next().unwrap_or_default();
            let mut word = String::new();
            for character in line.chars().chain([' ']) {
                if character.is_alphanumeric() || "-._".contains(character) {
                    word.push(character);
                    continue;
                }
                if !word.is_empty() {
                    tokens.push(std::mem::take(&mut word));
                }
                if !character.is_whitespace() {
                    tokens.push(character.to_string());
                }
            }
        }
        Self(tokens, 0)
    }

    fn peek(&self, ahead: usize) -> &str {
        self.0.get(self.1 + ahead).map_or("", String::as_str)
    }

    fn take(&mut self) -> String {
        self.1 += 1;
        self.0[self.1 - 1].clone()
    }

    fn expect(&mut self, token: &str) {
        assert_eq!(self.take(), token, "token {}", self.1);
    }

    fn skip(&mut self, token: &str) -> bool {
        let there = self.peek(0) == token;
        self.1 += usize::from(there);
        there
    }

    fn shape(&mut self) -> Shape {
        let mut choices = vec![self.one()];
        while self.skip("/") {
            choices.push(self.one());
        }
        if choices.len() == 1 {
            choices.remove(0)
        } else {
            Shape::Choice(choices)
        }
    }

    fn one(&mut self) -> Shape {
        if self.skip("[") {
            let mut members = Vec::new();
            while !self.skip("]") {
                members.push(self.member());
                self.skip(",");
            }
            return Shape::List(members);
        }
        let name = self.take();
        if self.peek(0) == ".size" {
            self.1 += 2;
        }
        if name.contains("..") {
            return Shape::Name("int".into(), None);
        }
        if let Ok(number) = name.parse() {
            return Shape::Literal(number);
        }
        let argument = self.skip("<").then(|| {
            let argument = self.one();
            self.expect(">");
            Box::new(argument)
        });
        Shape::Name(name, argument)
    }

    fn member(&mut self) -> Member {
        let (many, maybe) = (self.skip("*"), self.skip("?"));
        let label = (self.peek(1) == ":").then(|| {
            let label = self.take();
            self.expect(":");
            label
        });
        let shape = self.shape();
        Member {
            label,
            many,
            maybe,
            shape,
        }
    }
}

impl Cddl {
    pub(crate) fn read() -> Self {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../specs/entries.cddl");
        let mut tokens = Tokens::of(&std::fs::read_to_string(path).unwrap());
        let mut rules = BTreeMap::new();
        while tokens.1 < tokens.0.len() {
            let name = tokens.take();
            let parameter = tokens.skip("<").then(|| {
                let parameter = tokens.take();
                tokens.expect(">");
                parameter
            });
            tokens.expect("=");
            let shape = tokens.shape();
            rules.insert(name, (parameter, shape));
        }
        Self(rules)
    }

    /// The kinds of entries, by name.
    pub(crate) fn kinds(&self) -> Vec<String> {
        let Shape::Choice(kinds) = &self.0["entry"].1 else {
            panic!("an entry is one of several kinds")
        };
        let name = |kind: &Shape| match kind {
            Shape::Name(name, _) => name.trim_end_matches("-entry").to_owned(),
            other => panic!("{other:?}"),
        };
        kinds.iter().map(name).collect()
    }

    /// Every label that any rule gives to a member.
    pub(crate) fn labels(&self) -> BTreeSet<String> {
        fn collect(shape: &Shape, labels: &mut BTreeSet<String>) {
            match shape {
                Shape::Choice(choices) => choices.iter().for_each(|choice| collect(choice, labels)),
                Shape::List(members) => {
                    for member in members {
                        labels.extend(member.label.clone());
                        collect(&member.shape, labels);
                    }
                }
                Shape::Name(..) | Shape::Literal(_) => {}
            }
        }
        let mut labels = BTreeSet::new();
        self.0.values().for_each(|(_, shape)| collect(shape, &mut labels));
        labels
    }

    /// Rules that are one of several named lists, and the names.
    pub(crate) fn choices(&self) -> Vec<(&str, Vec<String>)> {
        let named = |choices: &Vec<Shape>| {
            let lists = choices.iter().filter_map(|choice| match choice {
                Shape::Name(name, _) if matches!(self.0.get(name), Some((_, Shape::List(_)))) => {
                    Some(name.clone())
                }
                _ => None,
            });
            lists.collect::<Vec<_>>()
        };
        let rules = self.0.iter().filter(|(rule, _)| *rule != "entry");
        let choices = rules.filter_map(|(rule, (_, shape))| match shape {
            Shape::Choice(choices) => Some((rule.as_str(), named(choices))),
            _ => None,
        });
        choices.filter(|(_, names)| !names.is_empty()).collect()
    }

    /// All fields of an entry, named.
    pub(crate) fn fields(&self, entry: &Item) -> Vec<Field> {
        let mut fields = Vec::new();
        let shape = Shape::Name("entry".into(), None);
        let context = Walk {
            cddl: self,
            argument: None,
        };
        context.walk(&shape, entry, String::new(), Vec::new(), &mut fields);
        fields
    }
}

/// Where a walk through an entry stands: the rules, and the argument of the
/// generic rule it is in.
#[derive(Clone, Copy)]
struct Walk<'a> {
    cddl: &'a Cddl,
    argument: Option<&'a Shape>,
}

impl<'a> Walk<'a> {
    /// What a name stands for, and in which walk; `None` for built-in types.
    fn resolve(self, name: &str, argument: Option<&'a Shape>) -> Option<(Self, &'a Shape)> {
        match self.cddl.0.get(name) {
            Some((_, shape)) => Some((Self { argument, ..self }, shape)),
            None => Some((self, self.argument.filter(|_| name == "body")?)),
        }
    }

    fn walk(self, shape: &'a Shape, item: &Item, path: String, place: Place, fields: &mut Vec<Field>) {
        match shape {
            Shape::Choice(choices) => {
                let choice = choices.iter().find(|choice| self.fits(choice, item));
                let choice = choice.unwrap_or_else(|| panic!("{path}: {item:?} is none of {choices:?}"));
                let path = match choice {
                    Shape::Name(name, _) if matches!(item, Item::List(_)) => {
                        join(&path, name.trim_end_matches("-entry"))
                    }
                    _ => path,
                };
                self.walk(choice, item, path, place, fields);
            }
            Shape::Name(name, argument) => match self.resolve(name, argument.as_deref()) {
                Some((walk, shape)) => walk.walk(shape, item, path, place, fields),
                None => fields.push(Field {
                    path,
                    place,
                    list: false,
                }),
            },
            Shape::Literal(_) => fields.push(Field {
                path,
                place,
                list: false,
            }),
            Shape::List(members) => {
                let items = item.list();
                if let [
                    Member {
                        many: true, shape, ..
                    },
                ] = members.as_slice()
                {
                    fields.push(Field {
                        path: path.clone(),
                        place: place.clone(),
                        list: true,
                    });
                    for (index, item) in items.iter().enumerate() {
                        let place = [place.clone(), vec![index]].concat();
                        self.walk(shape, item, format!("{path}[{index}]"), place, fields);
                    }
                    return;
                }
                for (index, member) in members.iter().enumerate() {
                    let place = [place.clone(), vec![index]].concat();
                    match items.get(index) {
                        Some(item) => {
                            self.walk(&member.shape, item, join(&path, &member.name()), place, fields)
                        }
                        None => assert!(member.maybe, "{path}: nothing at {index}"),
                    }
                }
            }
        }
    }

    fn fits(self, shape: &'a Shape, item: &Item) -> bool {
        match (shape, item) {
            (Shape::Choice(choices), item) => choices.iter().any(|choice| self.fits(choice, item)),
            (Shape::Literal(literal), Item::Number(number)) => literal == number,
            (Shape::List(members), Item::List(items)) => match members.first() {
                Some(Member {
                    shape: literal @ Shape::Literal(_),
                    ..
                }) => items.first().is_some_and(|first| self.fits(literal, first)),
                _ => true,
            },
            (Shape::Name(name, argument), item) => match self.resolve(name, argument.as_deref()) {
                Some((walk, shape)) => walk.fits(shape, item),
                None => match item {
                    Item::Null => name == "null",
                    Item::Flag(_) => name == "bool",
                    Item::Bytes(_) => name == "bstr",
                    Item::Text(_) => name == "tstr",
                    Item::Number(_) => name == "uint" || name == "int",
                    Item::List(_) => false,
                },
            },
            _ => false,
        }
    }
}

impl Member {
    /// A field without a label bears its type's name.
    fn name(&self) -> String {
        match (&self.label, &self.shape) {
            (Some(label), _) => label.clone(),
            (None, Shape::Name(name, _)) => name.clone(),
            (None, Shape::Literal(_)) => "kind".into(),
            (None, Shape::List(members)) => match members.as_slice() {
                [
                    Member {
                        many: true,
                        shape: Shape::Name(name, _),
                        ..
                    },
                ] => format!("{name}s"),
                [Member { many: true, .. }] => "members".into(),
                _ => "body".into(),
            },
            (None, Shape::Choice(_)) => "choice".into(),
        }
    }
}

fn join(path: &str, name: &str) -> String {
    // What only wraps a field says nothing about it.
    let wraps = ["signed", "body", "act", "manifest"].contains(&name) || name.ends_with("-body");
    if wraps && !path.is_empty() {
        return path.to_owned();
    }
    if path.is_empty() {
        name.to_owned()
    } else {
        format!("{path}.{name}")
    }
}
