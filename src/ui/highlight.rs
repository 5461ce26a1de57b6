//! Colours for Rust code, by the lexer of rustc itself.

use ra_ap_rustc_lexer::{FrontmatterAllowed, LiteralKind, TokenKind, tokenize};

/// What a piece of code is, as far as its colour goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
    /// Names, punctuation and white space.
    Plain,
    /// A keyword.
    Keyword,
    /// A type, trait, variant or constant: a name that begins with a capital, and the primitive types.
    Type,
    /// Text and characters.
    Text,
    /// A number.
    Number,
    /// The name of a macro with its `!`.
    Macro,
    /// A lifetime.
    Lifetime,
    /// A comment.
    Comment,
}

impl Ink {
    /// The style class.
    pub fn class(self) -> &'static str {
        match self {
            Ink::Plain => "",
            Ink::Keyword => "keyword",
            Ink::Type => "type",
            Ink::Text => "text",
            Ink::Number => "numeral",
            Ink::Macro => "macro",
            Ink::Lifetime => "lifetime",
            Ink::Comment => "comment",
        }
    }
}

/// A piece of a line in one colour.
pub type Piece = (Ink, String);

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

/// The lines of a program, each in pieces of one colour.
pub fn lines(source: &str) -> Vec<Vec<Piece>> {
    let mut lines = vec![Vec::new()];
    let mut rest = source.trim_end_matches('\n');
    let lengths: Vec<(TokenKind, usize)> =
        tokenize(rest, FrontmatterAllowed::No).map(|token| (token.kind, token.len as usize)).collect();
    for (kind, length) in lengths {
        let (text, behind) = rest.split_at(length);
        rest = behind;
        push(&mut lines, ink(kind, text, behind), text);
    }
    lines
}

fn push(lines: &mut Vec<Vec<Piece>>, ink: Ink, text: &str) {
    for (place, part) in text.split('\n').enumerate() {
        if place > 0 {
            lines.push(Vec::new());
        }
        let line = lines.last_mut().expect("there is always a line");
        match line.last_mut() {
            _ if part.is_empty() => {}
            Some((last, piece)) if *last == ink => piece.push_str(part),
            _ => line.push((ink, part.to_owned())),
        }
    }
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
