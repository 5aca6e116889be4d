//! voter
