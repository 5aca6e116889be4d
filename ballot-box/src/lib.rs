//! ballot-box
