//! Random bits, for ids and seeds.

/// 64 random bits.
pub fn bits() -> u64 {
    let mut bytes = [0; 8];
    let filled = super::window().crypto().and_then(|crypto| crypto.get_random_values_with_u8_array(&mut bytes));
    match filled {
        Ok(_) => u64::from_le_bytes(bytes),
        // A page without the crypto interface still needs ids that differ; they are no secrets.
        Err(_) => {
            ((js_sys::Math::random() * f64::from(u32::MAX)) as u64) << 32
                | (js_sys::Math::random() * f64::from(u32::MAX)) as u64
        }
    }
}
