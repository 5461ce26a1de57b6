//! Whether the compiler bears out what an author says, and both sides where it does not.

pub(crate) mod block;
