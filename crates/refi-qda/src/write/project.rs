//! `project.qde`: everything of a project except its texts, in the order of the schema.

use std::io;

use super::codebook::{codes, named, sets};
use super::elements::{Elements, one_line};
use super::package::TextFiles;
use crate::guid::Guid;
use crate::project::{
    Case, Coding, Note, Project, Selection, TextSource, User, Value, Variable, VariableKind,
};

/// Code points of a marked passage that are quoted in its name, so that a reader can check the positions.
const MAX_QUOTE: usize = 100;

/// The date of a note whose date is not known: `QualCoder` stops at a note without one.
const NO_DATE: &str = "1970-01-01T00:00:00Z";

/// The XML of a project.
pub(super) fn write_qde(project: &Project, files: &TextFiles) -> io::Result<Vec<u8>> {
    let mut elements = Elements::new()?;
    let creator = project.users.first().map(|user| user.guid.to_string()).unwrap_or_default();
    let attributes = [
        ("xmlns", "urn:QDA-XML:project:1.0"),
        ("name", named(&project.name)),
        ("origin", &project.origin),
        ("creatingUserGUID", &creator),
        ("creationDateTime", &project.created),
    ];
    let all = Writing { project };
    elements.open("Project", &attributes, |elements| {
        elements.list("Users", &project.users, user)?;
        if !project.codes.is_empty() {
            elements.open("CodeBook", &[], |elements| codes(elements, &project.codes))?;
        }
        elements.list("Variables", &project.variables, variable)?;
        elements.list("Cases", &project.cases, |elements, case| all.case(elements, case))?;
        let sources: Vec<(&TextSource, &String)> = project.sources.iter().zip(&files.sources).collect();
        elements.list("Sources", &sources, |elements, (source, file)| all.source(elements, source, file))?;
        let notes: Vec<(&Note, &String)> = project.notes.iter().zip(&files.notes).collect();
        elements.list("Notes", &notes, |elements, (note, file)| all.note(elements, note, file))?;
        sets(elements, project, "targetGUID")?;
        elements.text("Description", &project.description)
    })?;
    Ok(elements.finish())
}

fn user(elements: &mut Elements, user: &User) -> io::Result<()> {
    elements.empty("User", &[("guid", &user.guid.to_string()), ("name", &user.name)])
}

fn variable(elements: &mut Elements, variable: &Variable) -> io::Result<()> {
    let kind = match variable.kind {
        VariableKind::Text => "Text",
        VariableKind::Boolean => "Boolean",
        VariableKind::Integer => "Integer",
        VariableKind::Float => "Float",
        VariableKind::Date => "Date",
        VariableKind::DateTime => "DateTime",
    };
    let guid = variable.guid.to_string();
    elements.empty("Variable", &[("guid", &guid), ("name", named(&variable.name)), ("typeOfVariable", kind)])
}

/// Parts of a project that refer to others.
struct Writing<'a> {
    project: &'a Project,
}

impl Writing<'_> {
    fn user(&self, index: Option<usize>) -> String {
        let user = index.and_then(|index| self.project.users.get(index));
        user.map(|user| user.guid.to_string()).unwrap_or_default()
    }

    fn case(&self, elements: &mut Elements, case: &Case) -> io::Result<()> {
        elements.open("Case", &[("guid", &case.guid.to_string()), ("name", &case.name)], |elements| {
            self.values(elements, &case.values)?;
            for source in case.sources.iter().filter_map(|&index| self.project.sources.get(index)) {
                reference(elements, "SourceRef", source.guid)?;
            }
            case.selections.iter().try_for_each(|&guid| reference(elements, "SelectionRef", guid))
        })
    }

    fn values(&self, elements: &mut Elements, values: &[Value]) -> io::Result<()> {
        for value in values {
            let Some(variable) = self.project.variables.get(value.variable) else { continue };
            let element = match variable.kind {
                VariableKind::Text => "TextValue",
                VariableKind::Boolean => "BooleanValue",
                VariableKind::Integer => "IntegerValue",
                VariableKind::Float => "FloatValue",
                VariableKind::Date => "DateValue",
                VariableKind::DateTime => "DateTimeValue",
            };
            elements.open("VariableValue", &[], |elements| {
                reference(elements, "VariableRef", variable.guid)?;
                elements.text(element, &value.text)
            })?;
        }
        Ok(())
    }

    fn source(&self, elements: &mut Elements, source: &TextSource, file: &str) -> io::Result<()> {
        let guid = source.guid.to_string();
        let path = format!("internal://{file}");
        let creator = self.user(Some(0));
        // Only a plain text: ATLAS.ti refuses a project whose rich text is a plain one.
        let attributes = [
            ("guid", guid.as_str()),
            ("name", &source.name),
            ("plainTextPath", &path),
            ("creatingUser", &creator),
            ("creationDateTime", &self.project.created),
        ];
        let letters: Vec<char> = source.text.chars().collect();
        elements.open("TextSource", &attributes, |elements| {
            elements.text("Description", &source.description)?;
            for selection in &source.selections {
                self.selection(elements, selection, &letters)?;
            }
            for note in source.notes.iter().filter_map(|&index| self.project.notes.get(index)) {
                reference(elements, "NoteRef", note.guid)?;
            }
            self.values(elements, &source.values)
        })
    }

    fn selection(&self, elements: &mut Elements, selection: &Selection, text: &[char]) -> io::Result<()> {
        let guid = selection.guid.to_string();
        let (start, end) = (selection.span.start.to_string(), selection.span.end.to_string());
        let marked = text.get(selection.span.start..selection.span.end).unwrap_or_default();
        let name = quoted(marked);
        let creator = self.user(selection.codings.first().and_then(|coding| coding.user));
        let attributes = [
            ("guid", guid.as_str()),
            ("name", &name),
            ("startPosition", &start),
            ("endPosition", &end),
            ("creatingUser", &creator),
            ("creationDateTime", &self.project.created),
        ];
        if selection.description.is_empty() && selection.codings.is_empty() {
            return elements.empty("PlainTextSelection", &attributes);
        }
        elements.open("PlainTextSelection", &attributes, |elements| {
            elements.text("Description", &selection.description)?;
            selection.codings.iter().try_for_each(|coding| self.coding(elements, coding))
        })
    }

    fn coding(&self, elements: &mut Elements, coding: &Coding) -> io::Result<()> {
        let Some(code) = self.project.codes.get(coding.code) else { return Ok(()) };
        let (guid, user) = (coding.guid.to_string(), self.user(coding.user));
        let created = &self.project.created;
        let attributes = [("guid", guid.as_str()), ("creatingUser", &user), ("creationDateTime", created)];
        elements.open("Coding", &attributes, |elements| reference(elements, "CodeRef", code.guid))
    }

    fn note(&self, elements: &mut Elements, note: &Note, file: &str) -> io::Result<()> {
        let guid = note.guid.to_string();
        let creator = self.user(Some(0));
        // In a file, because QualCoder takes no other notes.
        let path = format!("internal://{file}");
        let created = &self.project.created;
        let attributes = [
            ("guid", guid.as_str()),
            ("name", &note.name),
            ("plainTextPath", &path),
            ("creatingUser", &creator),
            ("creationDateTime", if created.is_empty() { NO_DATE } else { created }),
        ];
        elements.empty("Note", &attributes)
    }
}

fn reference(elements: &mut Elements, element: &str, guid: Guid) -> io::Result<()> {
    elements.empty(element, &[("targetGUID", &guid.to_string())])
}

/// The beginning of a marked passage, on one line.
fn quoted(marked: &[char]) -> String {
    let text: String = one_line(&marked.iter().collect::<String>());
    if text.chars().count() <= MAX_QUOTE {
        return text;
    }
    let start: String = text.chars().take(MAX_QUOTE).collect();
    format!("{}…", start.trim_end())
}
