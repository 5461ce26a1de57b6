//! Colours for Rust code, by the lexer of rustc itself.

use quiz::highlights::Snippet;
use quiz::highlights::{Highlights, TokenKind};
use ra_ap_rustc_lexer::{self as lexer, FrontmatterAllowed, LiteralKind, tokenize};

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
pub(crate) fn highlights(source: &str) -> Highlights {
    let mut rest = source.trim_end_matches('\n');
    let tokens: Vec<(lexer::TokenKind, usize)> =
        tokenize(rest, FrontmatterAllowed::No).map(|token| (token.kind, token.len as usize)).collect();
    Highlights::of_runs(tokens.into_iter().map(|(kind, length)| {
        let (text, behind) = rest.split_at(length);
        rest = behind;
        (token_kind(kind, text, behind), length)
    }))
}

fn token_kind(kind: lexer::TokenKind, text: &str, behind: &str) -> TokenKind {
    match kind {
        lexer::TokenKind::Ident if behind.starts_with('!') && !behind.starts_with("!=") => TokenKind::Macro,
        lexer::TokenKind::Ident if KEYWORDS.contains(&text) => TokenKind::Keyword,
        lexer::TokenKind::Ident if PRIMITIVES.contains(&text) || text.starts_with(char::is_uppercase) => {
            TokenKind::Type
        }
        lexer::TokenKind::Literal { kind: LiteralKind::Int { .. } | LiteralKind::Float { .. }, .. } => {
            TokenKind::Number
        }
        lexer::TokenKind::Literal { .. } => TokenKind::Text,
        lexer::TokenKind::Lifetime { .. } | lexer::TokenKind::RawLifetime => TokenKind::Lifetime,
        lexer::TokenKind::LineComment { .. } | lexer::TokenKind::BlockComment { .. } => TokenKind::Comment,
        _ => TokenKind::Plain,
    }
}

/// A piece of code in colours.
pub(crate) fn snippet(text: &str) -> Snippet {
    Snippet { text: text.to_owned(), highlights: highlights(text) }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    fn check(source: &str, expected: Expect) {
        let lines = highlights(source).lines(source);
        let piece = |(token, text): &(TokenKind, String)| {
            if *token == TokenKind::Plain { text.clone() } else { format!("[{token:?} {text}]") }
        };
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
