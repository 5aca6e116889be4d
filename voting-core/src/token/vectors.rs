//! Vectors of the cited standards, and our own frozen ones.
