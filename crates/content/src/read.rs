//! What an author wrote: the folder of problems, and each file of it with every mistake that shows without a compiler.
//!
//! It must not know which programs are proven, nor what becomes of them.

pub(crate) mod answer;
pub(crate) mod blocks;
pub(crate) mod body;
pub(crate) mod crates;
pub(crate) mod discuss;
pub(crate) mod discussion;
pub(crate) mod exercise;
pub(crate) mod fill;
pub(crate) mod folder;
pub(crate) mod front_matter;
pub(crate) mod guide;
pub(crate) mod interviews;
pub(crate) mod keys;
pub(crate) mod markers;
pub(crate) mod misconception;
pub(crate) mod options;
pub(crate) mod order;
pub(crate) mod outline;
pub(crate) mod placeholder;
pub(crate) mod plain_words;
pub(crate) mod predict;
pub(crate) mod problem;
pub(crate) mod program;
pub(crate) mod registry;
pub(crate) mod sections;
pub(crate) mod sentences;
pub(crate) mod spot;
pub(crate) mod statement;
pub(crate) mod syllabus;
pub(crate) mod table;
pub(crate) mod what_if;
pub(crate) mod write;
