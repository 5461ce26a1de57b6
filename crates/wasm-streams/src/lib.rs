//! Stands in for the crate `wasm-streams`, which Leptos' server functions need and this app, having no server, never calls.
//!
//! The real one exports classes to JavaScript. An export cannot be optimised away, so it would be in every wasm file: 4 kB by
//! brotli. This one has the three functions that are named, and none of them is reached.

use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;
use wasm_bindgen::JsValue;

const NO_SERVER: &str = "the app has no server functions";

/// A stream of the browser.
pub struct ReadableStream(());

impl ReadableStream {
    /// Never called.
    pub fn from_raw(_: web_sys::ReadableStream) -> ReadableStream {
        unreachable!("{NO_SERVER}")
    }

    /// Never called.
    pub fn from_stream(_: impl Stream<Item = Result<JsValue, JsValue>> + 'static) -> ReadableStream {
        unreachable!("{NO_SERVER}")
    }

    /// Never called.
    pub fn into_raw(self) -> web_sys::ReadableStream {
        unreachable!("{NO_SERVER}")
    }

    /// Never called.
    pub fn into_stream(self) -> Nothing {
        unreachable!("{NO_SERVER}")
    }
}

/// A stream of nothing.
pub struct Nothing(());

impl Stream for Nothing {
    type Item = Result<JsValue, JsValue>;

    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(None)
    }
}
