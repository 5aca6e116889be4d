//! Programs that others wrote, against a ballot box that runs: they read its
//! ledger, witness it, and refuse what is forged as we do.
//!
//! Each is installed from its registry into the build folder at first use, as
//! its lock file pins it. Where that, or the runtime that it needs, is not to
//! be had, the test says so in one line and skips.

#[path = "interop/aics_witness.rs"]
mod aics_witness;
#[path = "../ballot-box/tests/desk/mod.rs"]
mod desk;
#[path = "interop/installed.rs"]
mod installed;
#[path = "interop/ledger.rs"]
mod ledger;
#[path = "interop/readers.rs"]
mod readers;
#[path = "interop/witnesses.rs"]
mod witnesses;
