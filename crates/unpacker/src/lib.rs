//! Unpacks a file piece by piece, so that neither the packed nor the unpacked file has to fit into the memory of wasm,
//! which never shrinks again.

use std::io::{self, Read};

use brotli_decompressor::Decompressor;

/// How many bytes are read and written at once.
pub const PIECE: usize = 256 << 10;

/// Unpacks all of `packed` and hands each piece to `take`.
///
/// # Errors
/// If `packed` cannot be read, or is not what brotli makes.
pub fn unpack(packed: impl Read, mut take: impl FnMut(&[u8])) -> io::Result<()> {
    let mut unpacked = Decompressor::new(packed, PIECE);
    let mut piece = vec![0; PIECE];
    loop {
        match unpacked.read(&mut piece)? {
            0 => return Ok(()),
            length => take(&piece[..length]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `brotli -q 9` of a thousand times `Borrowed Time\n`.
    const PACKED: &[u8] = &[
        27, 175, 54, 0, 196, 49, 206, 23, 154, 120, 226, 231, 107, 185, 116, 121, 172, 30, 77, 117, 235, 99, 254, 114,
        185, 0, 0,
    ];

    fn unpacked(packed: &[u8]) -> io::Result<Vec<u8>> {
        let mut all = Vec::new();
        unpack(packed, |piece| all.extend_from_slice(piece)).map(|()| all)
    }

    #[test]
    fn what_was_packed_comes_back() {
        assert_eq!(unpacked(PACKED).ok(), Some("Borrowed Time\n".repeat(1000).into_bytes()));
    }

    #[test]
    fn what_breaks_off_is_an_error() {
        assert!(unpacked(&PACKED[..PACKED.len() - 4]).is_err());
        assert!(unpacked(b"no brotli").is_err());
    }
}
