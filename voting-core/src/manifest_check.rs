//! manifest_check
