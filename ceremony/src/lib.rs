//! ceremony

pub mod pabulib;
