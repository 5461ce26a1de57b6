//! Packs files by brotli. A crate of its own because `brotli` is generic: its code is compiled with whoever calls it, and
//! in a debug build of the developer commands it would take a quarter of an hour to pack the compiler for the
//! learner's device. `Cargo.toml` has this crate optimised in debug builds as well.

use std::io;

use brotli::enc::BrotliEncoderParams;

/// The largest window that all decoders know, 16 MB.
const WINDOW: i32 = 24;

/// How much time packing may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effort {
    /// Quality 9: a twentieth more bytes than the most, in a fifteenth of the time.
    Much,
    /// Quality 11.
    Most,
}

/// The packed content.
///
/// # Errors
/// None that is known: memory takes all.
pub fn pack(content: &[u8], effort: Effort) -> io::Result<Vec<u8>> {
    let quality = match effort {
        Effort::Much => 9,
        Effort::Most => 11,
    };
    let parameters = BrotliEncoderParams { quality, lgwin: WINDOW, size_hint: content.len(), ..Default::default() };
    let mut packed = Vec::new();
    brotli::BrotliCompress(&mut &content[..], &mut packed, &parameters)?;
    Ok(packed)
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn what_was_packed_is_small_and_comes_back() {
        let content = "Borrowed Time\n".repeat(1000).into_bytes();
        for effort in [Effort::Much, Effort::Most] {
            let packed = pack(&content, effort).unwrap_or_default();
            let mut unpacked = Vec::new();
            let read = brotli::Decompressor::new(&packed[..], 4096).read_to_end(&mut unpacked);
            assert!(read.is_ok() && unpacked == content && packed.len() < 100, "{effort:?}: {} bytes", packed.len());
        }
    }
}
