//! Empty: this package only says which crates programs may use.
