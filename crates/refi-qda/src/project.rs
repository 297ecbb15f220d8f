//! A project as programs for qualitative analysis exchange it (REFI-QDA 1.5): what an export writes and an import reads.
//!
//! Everything refers to users, codes and variables by their place in these lists, so that nothing can refer to what is not there.
//! What Emic neither writes nor uses (pictures, graphs, links between codes) has no place here; reading counts it as lost.

use super::guid::Guid;
use crate::CharSpan;

/// A project.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Project {
    /// The project's name.
    pub name: String,
    /// The program that wrote it.
    pub origin: String,
    /// When it was made, `2026-01-01T00:00:00Z`; empty when unknown.
    pub created: String,
    /// A text about the project.
    pub description: String,
    /// Who coded, machines among them.
    pub users: Vec<User>,
    /// The user who last changed the project.
    pub modified_by: Option<usize>,
    /// The codes; a code comes after its parent.
    pub codes: Vec<Code>,
    /// What is known of cases and sources.
    pub variables: Vec<Variable>,
    /// Participants and other units.
    pub cases: Vec<Case>,
    /// The transcripts.
    pub sources: Vec<TextSource>,
    /// Texts that belong to sources or codes.
    pub notes: Vec<Note>,
    /// Named groups of codes.
    pub sets: Vec<CodeSet>,
}

/// Who coded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// Its identifier.
    pub guid: Guid,
    /// The name.
    pub name: String,
}

/// A code of the codebook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// Its identifier.
    pub guid: Guid,
    /// The name.
    pub name: String,
    /// `#RRGGBB`, or empty.
    pub color: String,
    /// False for a code that only groups others.
    pub is_codable: bool,
    /// What it means, in one text; see [`CodeDescription`](crate::CodeDescription).
    pub description: String,
    /// The place of the code above it.
    pub parent: Option<usize>,
}

/// What a variable's values are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VariableKind {
    /// Any text.
    Text,
    /// true or false.
    Boolean,
    /// Whole numbers.
    Integer,
    /// Decimal numbers without an exponent.
    Float,
    /// `2026-01-01`.
    Date,
    /// `2026-01-01T00:00:00Z`.
    DateTime,
}

/// Something known of cases and sources.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variable {
    /// Its identifier.
    pub guid: Guid,
    /// The name.
    pub name: String,
    /// What its values are.
    pub kind: VariableKind,
}

/// The value of a variable; a missing one is not written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value {
    /// The place of the variable.
    pub variable: usize,
    /// As text, in the form of the variable's kind.
    pub text: String,
}

/// A participant or another unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// Its identifier.
    pub guid: Guid,
    /// The name; empty where a program keeps variables of a source in a case without one.
    pub name: String,
    /// What is known of it.
    pub values: Vec<Value>,
    /// Places of the sources that belong to it whole.
    pub sources: Vec<usize>,
    /// Selections that belong to it, such as a speaker's turns.
    pub selections: Vec<Guid>,
}

/// A transcript.
#[derive(Debug, Clone, PartialEq)]
pub struct TextSource {
    /// Its identifier.
    pub guid: Guid,
    /// The name.
    pub name: String,
    /// A text about it.
    pub description: String,
    /// The whole text, with `\n` for every line break.
    pub text: String,
    /// Marked places, in the order of the text.
    pub selections: Vec<Selection>,
    /// What is known of it.
    pub values: Vec<Value>,
    /// Places of the notes about it.
    pub notes: Vec<usize>,
}

/// A marked place in a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Selection {
    /// Its identifier.
    pub guid: Guid,
    /// Where, in code points of the source's text.
    pub span: CharSpan,
    /// A remark; a selection without codings is a memo.
    pub description: String,
    /// The codes that were given to it.
    pub codings: Vec<Coding>,
}

/// A code that somebody gave to a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Coding {
    /// Its identifier.
    pub guid: Guid,
    /// The place of the code.
    pub code: usize,
    /// The place of the user; none where the file does not say who.
    pub user: Option<usize>,
}

/// A text that belongs to something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Its identifier.
    pub guid: Guid,
    /// The name.
    pub name: String,
    /// The text.
    pub text: String,
}

/// A named group of codes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeSet {
    /// Its identifier.
    pub guid: Guid,
    /// The name.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// Places of the codes.
    pub codes: Vec<usize>,
}

impl Project {
    /// The names from the topmost code down to this one, with ` > ` between them.
    pub fn path_of(&self, code: usize) -> String {
        let mut names = Vec::new();
        let mut place = Some(code);
        // A code comes after its parent, so that this ends.
        while let Some(code) = place.and_then(|place| self.codes.get(place)) {
            names.push(code.name.as_str());
            place = code.parent;
        }
        names.reverse();
        names.join(" > ")
    }
}
