//! The model of a project (REFI-QDA 1.5): what [`write_qdpx`](crate::write_qdpx) writes and [`read_qdpx`](crate::read_qdpx) reads.

use crate::{CharSpan, Guid};

/// A project.
///
/// Users, codes, variables, sources and notes are referred to by their indices in these lists. A writer leaves out what an index outside
/// of its list refers to; a reader never makes one. Pictures, recordings, graphs and links between codes are not in the model: a reader
/// counts them as [losses](crate::Loss).
#[derive(Debug, Clone, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Project {
    /// The project's name.
    pub name: String,
    /// The program that wrote it.
    pub origin: String,
    /// When it was made, `2026-01-01T00:00:00Z`; empty when unknown.
    pub created: String,
    /// A text about the project.
    pub description: String,
    /// Everyone who coded, programs among them. The first one is written as the author of the project.
    pub users: Vec<User>,
    /// Index of the user who last changed the project.
    pub modified_by: Option<usize>,
    /// The codes, each after its parent.
    pub codes: Vec<Code>,
    /// The attributes of cases and sources.
    pub variables: Vec<Variable>,
    /// Participants and other units.
    pub cases: Vec<Case>,
    /// The texts.
    pub sources: Vec<TextSource>,
    /// Memos.
    pub notes: Vec<Note>,
    /// Named groups of codes.
    pub sets: Vec<CodeSet>,
}

/// Somebody who coded.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct User {
    /// The identifier.
    pub guid: Guid,
    /// The name.
    pub name: String,
}

/// A code of the codebook.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Code {
    /// The identifier.
    pub guid: Guid,
    /// The name.
    pub name: String,
    /// `#RRGGBB`, or empty; [`distinct_color`](crate::distinct_color) has some.
    pub color: String,
    /// False for a code that only groups others.
    pub is_codable: bool,
    /// The definition as one text; [`CodeDescription`](crate::CodeDescription) has its parts.
    pub description: String,
    /// Index of the code above it, which is smaller than its own.
    pub parent: Option<usize>,
}

/// The type of a variable's values. They are kept as text, in the form given here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum VariableKind {
    /// Any text.
    Text,
    /// `true` or `false`.
    Boolean,
    /// A whole number.
    Integer,
    /// A decimal number without an exponent.
    Float,
    /// `2026-01-01`.
    Date,
    /// `2026-01-01T00:00:00Z`.
    DateTime,
}

/// An attribute of cases and sources.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Variable {
    /// The identifier.
    pub guid: Guid,
    /// The name.
    pub name: String,
    /// The type of its values.
    pub kind: VariableKind,
}

/// The value of a variable. A missing value is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Value {
    /// Index of the variable.
    pub variable: usize,
    /// The value in the form of the variable's kind.
    pub text: String,
}

/// A participant or another unit.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Case {
    /// The identifier.
    pub guid: Guid,
    /// The name. Some programs keep the variables of a source in a case without a name.
    pub name: String,
    /// Values of its variables.
    pub values: Vec<Value>,
    /// Indices of the sources that belong to it as a whole.
    pub sources: Vec<usize>,
    /// Selections that belong to it, such as a speaker's turns.
    pub selections: Vec<Guid>,
}

/// A text, such as a transcript.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct TextSource {
    /// The identifier.
    pub guid: Guid,
    /// The name.
    pub name: String,
    /// A text about it.
    pub description: String,
    /// The whole text, with `\n` for every line break.
    pub text: String,
    /// The marked passages. A reader sorts them by their spans.
    pub selections: Vec<Selection>,
    /// Values of its variables.
    pub values: Vec<Value>,
    /// Indices of the notes about it.
    pub notes: Vec<usize>,
}

/// A marked passage of a text.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Selection {
    /// The identifier.
    pub guid: Guid,
    /// The passage, in code points of the source's text; never empty.
    pub span: CharSpan,
    /// A remark. A selection without codings is a memo.
    pub description: String,
    /// The codes given to it.
    pub codings: Vec<Coding>,
}

/// A code given to a selection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Coding {
    /// The identifier.
    pub guid: Guid,
    /// Index of the code.
    pub code: usize,
    /// Index of the user who gave it; none where the file does not say who.
    pub user: Option<usize>,
}

/// A memo.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Note {
    /// The identifier.
    pub guid: Guid,
    /// The name.
    pub name: String,
    /// The text.
    pub text: String,
}

/// A named group of codes.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct CodeSet {
    /// The identifier.
    pub guid: Guid,
    /// The name.
    pub name: String,
    /// A text about it.
    pub description: String,
    /// Indices of the codes.
    pub codes: Vec<usize>,
}

impl Project {
    /// The names from the topmost code down to the code with this index, with ` > ` between them; empty where there is no such code.
    pub fn path_of(&self, code: usize) -> String {
        names_down_to(&self.codes, code).join(" > ")
    }
}

/// The names from the topmost code down to the code with this index.
pub(crate) fn names_down_to(codes: &[Code], code: usize) -> Vec<&str> {
    let mut names = Vec::new();
    let mut next = Some(code);
    while let Some(index) = next
        && let Some(code) = codes.get(index)
    {
        names.push(code.name.as_str());
        // Ends also where a caller made a circle of parents.
        next = code.parent.filter(|parent| *parent < index);
    }
    names.reverse();
    names
}

impl TextSource {
    /// The words at a span of the text; none where the span is not within it.
    ///
    /// Code points are counted from the beginning of the text at each call.
    pub fn words(&self, span: CharSpan) -> Option<&str> {
        let mut starts =
            self.text.char_indices().map(|(byte, _)| byte).chain(std::iter::once(self.text.len()));
        let start = starts.nth(span.start)?;
        let length = span.end.checked_sub(span.start)?;
        let end = if length == 0 { start } else { starts.nth(length - 1)? };
        self.text.get(start..end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_counted_in_code_points() {
        let source = TextSource {
            guid: Guid::derived("", "source", "P01"),
            name: "P01".into(),
            description: String::new(),
            text: "a🙂é\u{301} no".into(),
            selections: Vec::new(),
            values: Vec::new(),
            notes: Vec::new(),
        };
        let words = |start, end| source.words(CharSpan { start, end });
        assert_eq!(words(1, 4), Some("🙂é\u{301}"));
        assert_eq!(words(0, 7), Some(source.text.as_str()));
        assert_eq!((words(7, 7), words(6, 8), words(3, 2), words(9, 9)), (Some(""), None, None, None));
    }

    #[cfg(feature = "serde")]
    #[test]
    fn a_project_goes_through_json() {
        let guid = Guid::derived("", "coding", "1");
        let project = Project {
            modified_by: Some(0),
            variables: vec![Variable { guid, name: "age".into(), kind: VariableKind::Integer }],
            ..Project::default()
        };
        let text = serde_json::to_string(&project).unwrap();
        assert!(text.contains(&format!("\"guid\":\"{guid}\"")), "{text}");
        assert_eq!(serde_json::from_str::<Project>(&text).unwrap(), project);
        assert!(serde_json::from_str::<Guid>("\"1\"").is_err());
    }

    #[test]
    fn a_circle_of_parents_ends() {
        let code = |name: &str, parent| Code {
            guid: Guid::derived("", "code", name),
            name: name.to_owned(),
            color: String::new(),
            is_codable: true,
            description: String::new(),
            parent: Some(parent),
        };
        let project = Project { codes: vec![code("a", 1), code("b", 0)], ..Project::default() };
        assert_eq!(
            (project.path_of(0), project.path_of(1), project.path_of(2)),
            ("a".into(), "a > b".into(), String::new())
        );
    }
}
