//! Libraries of Rust without their machine code, which an interpreter never looks at: a fifth of what they are.
//!
//! They are archives as `ar` makes them: a magic line, then members, each behind a header of 60 bytes in ASCII.

const MAGIC: &[u8] = b"!<arch>\n";
const HEADER: usize = 60;
/// Where in a header the size stands.
const SIZE: std::ops::Range<usize> = 48..58;
/// The member that holds what rustc knows of the crate, the interpreted code included.
const METADATA: &[u8] = b"lib.rmeta/";

/// An archive of the metadata only; nothing if this is no library of Rust.
pub fn only_metadata(library: &[u8]) -> Option<Vec<u8>> {
    let mut rest = library.strip_prefix(MAGIC)?;
    while rest.len() >= HEADER {
        let size: usize = str::from_utf8(&rest[SIZE]).ok()?.trim().parse().ok()?;
        // Members begin at even places.
        let member = rest.get(..HEADER + size)?;
        if member.starts_with(METADATA) {
            return Some([MAGIC, member, if size % 2 == 1 { b"\n" } else { b"" }].concat());
        }
        rest = rest.get(HEADER + size + size % 2..)?;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn archive(members: &[(&str, &str)]) -> Vec<u8> {
        let mut all = MAGIC.to_vec();
        for (name, content) in members {
            let size = content.len();
            all.extend(format!("{name:<16}{:<12}{:<6}{:<6}{:<8}{size:<10}`\n", 0, 0, 0, 644).bytes());
            all.extend(content.bytes());
            all.extend((size % 2 == 1).then_some(b'\n'));
        }
        all
    }

    #[test]
    fn machine_code_stays_at_home() {
        let whole = archive(&[("/", "sym"), ("//", "names"), ("lib.rmeta/", "what rustc knows"), ("/0", "code")]);
        assert_eq!(only_metadata(&whole), Some(archive(&[("lib.rmeta/", "what rustc knows")])));
    }

    #[test]
    fn a_member_of_odd_size_is_filled_up() {
        assert_eq!(only_metadata(&archive(&[("lib.rmeta/", "odd")])), Some(archive(&[("lib.rmeta/", "odd")])));
    }

    #[test]
    fn what_is_no_library_of_rust_is_refused() {
        let whole = archive(&[("lib.rmeta/", "what rustc knows")]);
        for other in [&b""[..], b"\0asm", &archive(&[("main.o/", "code")]), &whole[..whole.len() - 3], &whole[..20]] {
            assert_eq!(only_metadata(other), None);
        }
    }
}
