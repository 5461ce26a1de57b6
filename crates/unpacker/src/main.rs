//! The unpacker's wasm file, which the compiler's worker calls (`xtask/src/compiler/worker.js`).
//!
//! It must not do more than carry bytes: how they are unpacked is in the library.

use std::io::{self, Read};

use js_sys::Uint8Array;
use wasm_bindgen::JsError;
use wasm_bindgen::prelude::wasm_bindgen;

/// Fills `unpacked`, which must be as long as the unpacked file.
#[wasm_bindgen]
pub fn unpack(packed: Uint8Array, unpacked: &Uint8Array) -> Result<(), JsError> {
    let mut filled = 0;
    let mut too_long = false;
    unpacker::unpack(Bytes { all: packed, read: 0 }, |piece| {
        let end = filled + piece.len() as u32;
        too_long |= end > unpacked.length();
        if !too_long {
            unpacked.subarray(filled, end).copy_from(piece);
        }
        filled = end;
    })?;
    match !too_long && filled == unpacked.length() {
        true => Ok(()),
        false => Err(JsError::new("the unpacked file has another length")),
    }
}

/// Bytes outside of the memory of wasm.
struct Bytes {
    all: Uint8Array,
    read: u32,
}

impl Read for Bytes {
    fn read(&mut self, piece: &mut [u8]) -> io::Result<usize> {
        let length = (self.all.length() - self.read).min(u32::try_from(piece.len()).unwrap_or(u32::MAX));
        let end = self.read + length;
        self.all.subarray(self.read, end).copy_to(&mut piece[..length as usize]);
        self.read = end;
        Ok(length as usize)
    }
}

fn main() {}
