//! The part of the developer commands that the browser tests use as well: making a folder of files a release, and making
//! releases and pasts to measure with.

pub mod boot;
mod bundle;
pub mod compiler;
pub mod editor;
pub mod files;
pub mod hosting;
pub mod html;
pub mod minify;
pub mod pages;
pub mod precompress;
pub mod previews;
pub mod release;
pub mod scale;
pub mod styles;
pub mod trainer;

mod parallel;
mod script;
