//! What an observer keeps and publishes of an audit: the report, the JSON
//! document, the signed statement, the terminal's lines.

#[allow(dead_code, unused_imports)] // each test binary uses a part
#[path = "../attacks/kit/mod.rs"]
mod kit;

mod html;
mod record;

mod page;
mod hostile;
mod document;
mod statement;
mod terminal;
