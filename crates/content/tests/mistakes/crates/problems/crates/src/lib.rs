//! Empty, as in the real package.
