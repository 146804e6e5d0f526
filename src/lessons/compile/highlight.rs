//! Colours for code: syntect's scopes, told in the few kinds of [`Token`].

use std::ops::Range;
use std::sync::LazyLock;

use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxSet};

use super::model::Token;
use super::source::Language;

static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(SyntaxSet::load_defaults_newlines);

/// Which scopes mean which token; the first prefix that fits wins.
static SCOPES: LazyLock<Vec<(Scope, Token)>> = LazyLock::new(|| {
    let scopes = [
        ("comment", Token::Comment),
        ("source.python.embedded", Token::Plain),
        ("storage.type.numeric", Token::Number),
        ("storage.type.string", Token::Text),
        ("string", Token::Text),
        ("constant.numeric", Token::Number),
        ("constant.language", Token::Keyword),
        ("constant.other.placeholder", Token::Text),
        ("keyword.operator.logical.python", Token::Keyword),
        ("keyword.operator", Token::Plain),
        ("keyword", Token::Keyword),
        ("storage", Token::Keyword),
        ("entity.name.function", Token::Function),
        ("support.function", Token::Function),
        ("support.macro", Token::Function),
        ("variable.function", Token::Function),
        ("entity.name", Token::Type),
        ("support.type", Token::Type),
    ];
    // A scope of letters and dots always parses; one that did not would only lose its colour.
    scopes.into_iter().filter_map(|(name, token)| Some((Scope::new(name).ok()?, token))).collect()
});

/// The pieces of each line of a program, in order and without gaps.
pub fn highlight(lines: &[&str], language: Language) -> Vec<Vec<(Token, Range<usize>)>> {
    let extension = match language {
        Language::Python => "py",
        Language::Rust => "rs",
    };
    let syntax =
        SYNTAXES.find_syntax_by_extension(extension).unwrap_or_else(|| SYNTAXES.find_syntax_plain_text());
    let mut parser = ParseState::new(syntax);
    let mut stack = ScopeStack::new();
    lines.iter().map(|line| merged(line, pieces(line, language, &mut parser, &mut stack))).collect()
}

fn pieces(
    line: &str,
    language: Language,
    parser: &mut ParseState,
    stack: &mut ScopeStack,
) -> Vec<(Token, Range<usize>)> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut piece = |end: usize, stack: &ScopeStack, start: &mut usize| {
        let end = end.min(line.len());
        if end > *start {
            match token(stack) {
                Token::Plain => pieces.extend(words(line, *start..end, language)),
                token => pieces.push((token, *start..end)),
            }
            *start = end;
        }
    };
    // A line that a syntax cannot parse is shown without colours.
    for (at, change) in parser.parse_line(&format!("{line}\n"), &SYNTAXES).unwrap_or_default() {
        piece(at, stack, &mut start);
        if stack.apply(&change).is_err() {
            break;
        }
    }
    piece(line.len(), stack, &mut start);
    pieces
}

fn token(stack: &ScopeStack) -> Token {
    let kind = |scope: &Scope| {
        SCOPES.iter().find(|(prefix, _)| prefix.is_prefix_of(*scope)).map(|(_, token)| *token)
    };
    stack.scopes.iter().rev().find_map(kind).unwrap_or(Token::Plain)
}

/// Finds what the syntax definitions miss: `async` and `await` in Rust, `in`, and the names of types.
fn words(line: &str, range: Range<usize>, language: Language) -> Vec<(Token, Range<usize>)> {
    let mut pieces = Vec::new();
    let mut rest = range;
    while !rest.is_empty() {
        let text = &line[rest.clone()];
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        let in_word = text.starts_with(is_word);
        let length = text.find(|c| is_word(c) != in_word).unwrap_or(text.len());
        let word = &text[..length];
        let token = match word {
            "async" | "await" | "in" => Token::Keyword,
            _ if language == Language::Rust && is_type(word) => Token::Type,
            _ => Token::Plain,
        };
        pieces.push((token, rest.start..rest.start + length));
        rest.start += length;
    }
    pieces
}

/// `Vec`, `T`, but not `MAX_LEN`.
fn is_type(word: &str) -> bool {
    let shouts = word.len() > 1 && word.chars().all(|c| c.is_uppercase() || c == '_' || c.is_numeric());
    word.starts_with(|c: char| c.is_uppercase()) && !shouts
}

/// Joins neighbours of one kind; space takes the kind of what stands before it.
fn merged(line: &str, pieces: Vec<(Token, Range<usize>)>) -> Vec<(Token, Range<usize>)> {
    let mut joined: Vec<(Token, Range<usize>)> = Vec::new();
    for (token, range) in pieces {
        let is_space = line[range.clone()].trim().is_empty();
        match joined.last_mut() {
            Some((before, last)) if *before == token || is_space => last.end = range.end,
            _ => joined.push((token, range)),
        }
    }
    joined
}
