//! Colours for Rust code, by the lexer of rustc itself.

use quiz::ink::{Ink, Inks};
use ra_ap_rustc_lexer::{FrontmatterAllowed, LiteralKind, TokenKind, tokenize};

#[rustfmt::skip]
const KEYWORDS: [&str; 39] = [
    "as", "async", "await", "break", "const", "continue", "crate", "dyn", "else", "enum", "extern", "false", "fn",
    "for", "if", "impl", "in", "let", "loop", "macro_rules", "match", "mod", "move", "mut", "pub", "ref", "return",
    "self", "Self", "static", "struct", "super", "trait", "true", "type", "unsafe", "use", "where", "while",
];

#[rustfmt::skip]
const PRIMITIVES: [&str; 17] = [
    "bool", "char", "str", "f32", "f64", "i8", "i16", "i32", "i64", "i128", "isize", "u8", "u16", "u32", "u64",
    "u128", "usize",
];

/// The colours of a program.
pub(crate) fn inks(source: &str) -> Inks {
    let mut rest = source.trim_end_matches('\n');
    let tokens: Vec<(TokenKind, usize)> =
        tokenize(rest, FrontmatterAllowed::No).map(|token| (token.kind, token.len as usize)).collect();
    Inks::of_runs(tokens.into_iter().map(|(kind, length)| {
        let (text, behind) = rest.split_at(length);
        rest = behind;
        (ink(kind, text, behind), length)
    }))
}

fn ink(kind: TokenKind, text: &str, behind: &str) -> Ink {
    match kind {
        TokenKind::Ident if behind.starts_with('!') && !behind.starts_with("!=") => Ink::Macro,
        TokenKind::Ident if KEYWORDS.contains(&text) => Ink::Keyword,
        TokenKind::Ident if PRIMITIVES.contains(&text) || text.starts_with(char::is_uppercase) => Ink::Type,
        TokenKind::Literal { kind: LiteralKind::Int { .. } | LiteralKind::Float { .. }, .. } => Ink::Number,
        TokenKind::Literal { .. } => Ink::Text,
        TokenKind::Lifetime { .. } | TokenKind::RawLifetime => Ink::Lifetime,
        TokenKind::LineComment { .. } | TokenKind::BlockComment { .. } => Ink::Comment,
        _ => Ink::Plain,
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    fn check(source: &str, expected: Expect) {
        let lines = inks(source).lines(source);
        let piece =
            |(ink, text): &(Ink, String)| if *ink == Ink::Plain { text.clone() } else { format!("[{ink:?} {text}]") };
        let lines: Vec<String> = lines.iter().map(|line| line.iter().map(piece).collect()).collect();
        expected.assert_eq(&lines.join("\n"));
    }

    #[test]
    fn a_program() {
        check(
            "/// Keys.\nfn first<'a>(keys: &'a [String]) -> &'a str {\n    println!(\"{}\", 1_u8 != 2.5);\n    Key::X('k')\n}\n",
            expect![[r#"
                [Comment /// Keys.]
                [Keyword fn] first<[Lifetime 'a]>(keys: &[Lifetime 'a] [[Type String]]) -> &[Lifetime 'a] [Type str] {
                    [Macro println]!([Text "{}"], [Number 1_u8] != [Number 2.5]);
                    [Type Key]::[Type X]([Text 'k'])
                }"#]],
        );
    }

    #[test]
    fn what_spans_lines() {
        check(
            "let a = \"x\ny\"; /* a\nb */ c!=d",
            expect![[r#"
            [Keyword let] a = [Text "x]
            [Text y"]; [Comment /* a]
            [Comment b */] c!=d"#]],
        );
    }
}
