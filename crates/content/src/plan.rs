//! Which programs a problem consists of.

pub(crate) mod answers;
