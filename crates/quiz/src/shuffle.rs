//! Repeatable shuffles, for which the caller brings the seed.

/// A stream of numbers from a seed.
///
/// SplitMix64, from Steele, Lea and Flood, "Fast splittable pseudorandom number generators" (OOPSLA 2014).
#[derive(Clone, Debug)]
pub struct Shuffle {
    state: u64,
}

impl Shuffle {
    /// The stream that belongs to `seed`.
    pub fn new(seed: u64) -> Shuffle {
        Shuffle { state: seed }
    }

    /// The next number.
    pub fn number(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A random order of the indexes `0..len`, by Fisher and Yates.
    pub fn order(&mut self, len: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..len).collect();
        for last in (1..len).rev() {
            let other = (self.number() % (last as u64 + 1)) as usize;
            order.swap(last, other);
        }
        order
    }
}

/// A seed from a name and a number, the same on every machine.
pub fn seed_of(name: &str, number: u64) -> u64 {
    fnv1a(fnv1a(FNV_START, name.as_bytes()), &number.to_le_bytes())
}

/// The [hash](fnv1a) of nothing.
pub const FNV_START: u64 = 0xcbf2_9ce4_8422_2325;

/// A 64-bit hash of bytes, going on from the hash of those before. Two texts of one length that differ in one byte never
/// have the same one.
///
/// FNV-1a, from the IETF draft "The FNV non-cryptographic hash algorithm" by Fowler, Noll, Vo and Eastlake.
pub fn fnv1a(before: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(before, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3))
}
