//! Reads `problems/`, proves every program and packs the result. Native only.
