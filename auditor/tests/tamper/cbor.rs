//! CBOR as a tree: what an entry is made of, whatever its kind.

use minicbor::data::Type;
use minicbor::encode::{Error, Write};
use minicbor::{Decoder, Encode, Encoder};

/// One item. Entries use no others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Item {
    Number(i128),
    Bytes(Vec<u8>),
    Text(String),
    List(Vec<Item>),
    Flag(bool),
    Null,
}

/// The way from an entry to one of its items: an index for every list.
pub(crate) type Place = Vec<usize>;

impl Item {
    pub(crate) fn read(bytes: &[u8]) -> Self {
        let mut decoder = Decoder::new(bytes);
        let item = Self::next(&mut decoder);
        assert_eq!(decoder.position(), bytes.len(), "bytes after the entry");
        item
    }

    fn next(decoder: &mut Decoder<'_>) -> Self {
        match decoder.datatype().unwrap() {
            Type::Bytes => Item::Bytes(decoder.bytes().unwrap().to_vec()),
            Type::String => Item::Text(decoder.str().unwrap().to_owned()),
            Type::Bool => Item::Flag(decoder.bool().unwrap()),
            Type::Null => {
                decoder.null().unwrap();
                Item::Null
            }
            Type::Array => {
                let length = decoder.array().unwrap().unwrap();
                Item::List((0..length).map(|_| Self::next(decoder)).collect())
            }
            _ => Item::Number(decoder.int().unwrap().into()),
        }
    }

    pub(crate) fn bytes(&self) -> Vec<u8> {
        minicbor::to_vec(self).unwrap()
    }

    pub(crate) fn list(&self) -> &[Item] {
        match self {
            Item::List(items) => items,
            other => panic!("{other:?} is no list"),
        }
    }

    pub(crate) fn at(&self, place: &[usize]) -> Option<&Item> {
        match (place.split_first(), self) {
            (None, item) => Some(item),
            (Some((&first, rest)), Item::List(items)) => items.get(first)?.at(rest),
            _ => None,
        }
    }

    pub(crate) fn at_mut(&mut self, place: &[usize]) -> Option<&mut Item> {
        match (place.split_first(), self) {
            (None, item) => Some(item),
            (Some((&first, rest)), Item::List(items)) => items.get_mut(first)?.at_mut(rest),
            _ => None,
        }
    }
}

impl<C> Encode<C> for Item {
    fn encode<W: Write>(&self, out: &mut Encoder<W>, context: &mut C) -> Result<(), Error<W::Error>> {
        match self {
            Item::Number(number) => {
                let number = minicbor::data::Int::try_from(*number).map_err(Error::custom)?;
                out.int(number)?.ok()
            }
            Item::Bytes(bytes) => out.bytes(bytes)?.ok(),
            Item::Text(text) => out.str(text)?.ok(),
            Item::Flag(flag) => out.bool(*flag)?.ok(),
            Item::Null => out.null()?.ok(),
            Item::List(items) => {
                out.array(items.len() as u64)?;
                items.iter().try_for_each(|item| item.encode(out, context))
            }
        }
    }
}
