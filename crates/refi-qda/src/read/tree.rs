//! From the XML of a project to a [`Project`]. References are looked up by kind and identifier, because some programs give a code and a
//! case the same identifier.

use std::collections::BTreeMap;

use roxmltree::Node;

use super::ReadProject;
use super::codes::codes_in;
use super::nodes::{child, children, description, guid_at, guid_of, inner_text, text_of, within};
use super::positions::{PositionReading, decided};
use super::ruler::{Marked, Ruler};
use super::text::{RawText, Texts, within_xml};
use crate::diagnostics::Diagnostics;
use crate::guid::Guid;
use crate::loss::Loss;
use crate::project::{
    Case, CodeSet, Coding, Note, Project, Selection, TextSource, User, Value, Variable, VariableKind,
};

/// Reads the parts of one project.
pub(super) struct TreeReader<'a> {
    pub(super) texts: Texts<'a>,
    pub(super) log: Diagnostics,
    /// Counts of what was lost, by what it is and why.
    pub(super) lost: BTreeMap<(&'static str, &'static str), usize>,
}

/// Indices of what can be referred to.
#[derive(Default)]
struct Indices {
    users: BTreeMap<Guid, usize>,
    codes: BTreeMap<Guid, usize>,
    variables: BTreeMap<Guid, usize>,
    notes: BTreeMap<Guid, usize>,
}

/// A source before its positions are converted.
struct Draft<'x> {
    source: TextSource,
    raw: RawText,
    marked: Vec<(Marked, Node<'x, 'x>)>,
}

impl TreeReader<'_> {
    pub(super) fn project(mut self, root: Node<'_, '_>) -> ReadProject {
        let mut project = Project {
            name: text_of(root, "name"),
            origin: text_of(root, "origin"),
            created: text_of(root, "creationDateTime"),
            description: description(root),
            ..Project::default()
        };
        let mut indices = Indices::default();
        for node in within(root, "Users", "User") {
            let Some(guid) = guid_of(node, &mut self.log) else { continue };
            indices.users.insert(guid, project.users.len());
            project.users.push(User { guid, name: text_of(node, "name") });
        }
        project.modified_by =
            guid_at(root, "modifyingUserGUID").and_then(|guid| indices.users.get(&guid).copied());
        for codes in child(root, "CodeBook").into_iter().flat_map(|book| children(book, "Codes")) {
            project.codes.extend(codes_in(codes, &mut self.log));
        }
        indices.codes =
            project.codes.iter().enumerate().rev().map(|(index, code)| (code.guid, index)).collect();
        for node in within(root, "Variables", "Variable") {
            let Some(guid) = guid_of(node, &mut self.log) else { continue };
            indices.variables.insert(guid, project.variables.len());
            project.variables.push(Variable { guid, name: text_of(node, "name"), kind: kind_of(node) });
        }
        for node in within(root, "Notes", "Note") {
            let Some(guid) = guid_of(node, &mut self.log) else { continue };
            indices.notes.insert(guid, project.notes.len());
            let text = self.raw_text(node).map(|raw| raw.text).unwrap_or_default();
            project.notes.push(Note { guid, name: text_of(node, "name"), text });
        }
        let drafts = self.sources(root, &indices);
        let from_atlas = project.origin.to_lowercase().contains("atlas");
        let positions = {
            let marked = |draft: &Draft<'_>| draft.marked.iter().map(|(marked, _)| marked.clone()).collect();
            let all: Vec<(&RawText, Vec<Marked>)> =
                drafts.iter().map(|draft| (&draft.raw, marked(draft))).collect();
            decided(&all, from_atlas)
        };
        for draft in drafts {
            let ruler = Ruler::of(&draft.raw, positions);
            project.sources.push(self.source(draft, &ruler, &indices));
        }
        self.report_positions(positions);
        self.cases(root, &indices, &mut project);
        for node in within(root, "Sets", "Set") {
            let Some(guid) = guid_of(node, &mut self.log) else { continue };
            // Codebooks and projects refer to members by different attributes.
            let member = |node: Node<'_, '_>| guid_at(node, "targetGUID").or_else(|| guid_at(node, "guid"));
            let codes =
                children(node, "MemberCode").filter_map(|node| indices.codes.get(&member(node)?).copied());
            let codes: Vec<usize> = codes.collect();
            let (name, description) = (text_of(node, "name"), description(node));
            project.sets.push(CodeSet { guid, name, description, codes });
            self.lose(
                "members of sets that are no codes",
                "sets of sources and notes are not used",
                children(node, "MemberSource").count() + children(node, "MemberNote").count(),
            );
        }
        self.lose(
            "links",
            "links between parts of a project are not used",
            within(root, "Links", "Link").count(),
        );
        self.lose("graphs", "drawings of codes are not used", within(root, "Graphs", "Graph").count());
        let losses =
            self.lost.into_iter().map(|((what, why), count)| Loss { what: what.to_owned(), count, why });
        ReadProject { project, positions, losses: losses.collect(), diagnostics: self.log.finish() }
    }

    fn lose(&mut self, what: &'static str, why: &'static str, count: usize) {
        if count > 0 {
            *self.lost.entry((what, why)).or_default() += count;
        }
    }

    /// The text sources, and the texts of transcripts and PDFs within other sources.
    fn sources<'x>(&mut self, root: Node<'x, 'x>, indices: &Indices) -> Vec<Draft<'x>> {
        let mut drafts = Vec::new();
        for node in children(root, "Sources").flat_map(|sources| sources.children()).filter(Node::is_element)
        {
            match node.tag_name().name() {
                "TextSource" => drafts.extend(self.draft(node, node, "PlainTextSelection", indices)),
                "PDFSource" => {
                    let inside = children(node, "Representation").next();
                    drafts.extend(
                        inside.and_then(|text| self.draft(node, text, "PlainTextSelection", indices)),
                    );
                    let selections = children(node, "PDFSelection").count();
                    self.lose(
                        "marked places on pages of PDFs",
                        "only places in the text are used",
                        selections,
                    );
                }
                "AudioSource" | "VideoSource" => {
                    for transcript in children(node, "Transcript") {
                        drafts.extend(self.draft(node, transcript, "TranscriptSelection", indices));
                    }
                    let selections =
                        children(node, "AudioSelection").chain(children(node, "VideoSelection")).count();
                    self.lose("marked places in recordings", "only places in the text are used", selections);
                }
                _ => self.lose("pictures", "only texts are read", 1),
            }
        }
        drafts
    }

    /// A source whose text is in `text`, which is the source itself or a part of it.
    fn draft<'x>(
        &mut self,
        node: Node<'x, 'x>,
        text: Node<'x, 'x>,
        selection: &'static str,
        indices: &Indices,
    ) -> Option<Draft<'x>> {
        let guid = guid_of(text, &mut self.log)?;
        let raw = self.raw_text(text)?;
        // ATLAS.ti names the transcript and not the recording.
        let name = [text, node].into_iter().map(|node| text_of(node, "name")).find(|name| !name.is_empty());
        let synced: BTreeMap<Guid, &str> = children(text, "SyncPoint")
            .filter_map(|point| Some((guid_at(point, "guid")?, point.attribute("position")?)))
            .collect();
        let number = |text: Option<&str>| text.and_then(|text| text.trim().parse::<i64>().ok());
        let mut marked = Vec::new();
        for selection in children(text, selection) {
            let at = |name: &str, by: &str| {
                number(selection.attribute(name))
                    .or_else(|| number(guid_at(selection, by).and_then(|guid| synced.get(&guid).copied())))
            };
            let quote = selection.attribute("name").unwrap_or_default().to_owned();
            match (at("startPosition", "fromSyncPoint"), at("endPosition", "toSyncPoint")) {
                (Some(start), Some(end)) => marked.push((Marked { start, end, quote }, selection)),
                _ => self.lose("selections without positions", "nobody can say what they mark", 1),
            }
        }
        self.lose(
            "codings of whole sources",
            "only places in the text are used",
            children(text, "Coding").count(),
        );
        let source = TextSource {
            guid,
            name: name.unwrap_or_else(|| guid.to_string()),
            description: description(node),
            text: String::new(),
            selections: Vec::new(),
            values: self.values(node, indices),
            notes: children(node, "NoteRef")
                .filter_map(|note| indices.notes.get(&guid_at(note, "targetGUID")?).copied())
                .collect(),
        };
        Some(Draft { source, raw, marked })
    }

    /// The text of a source or a note, from the XML or from a file of its own.
    fn raw_text(&mut self, node: Node<'_, '_>) -> Option<RawText> {
        if let Some(content) = child(node, "PlainTextContent") {
            return within_xml(inner_text(content), &text_of(node, "name"), &mut self.log);
        }
        if let Some(path) = node.attribute("plainTextPath").filter(|path| !path.is_empty()) {
            return self.texts.at(path, &mut self.log);
        }
        let name = text_of(node, "name");
        if let Some(path) = node.attribute("richTextPath").filter(|path| !path.is_empty()) {
            self.log.warning(
                None,
                format!("`{name}` has no plain text in the project; it was read from its Word document"),
                "compare a few marked places with the other program, because positions are those of the plain text",
            );
            return self.texts.of_word(path, &mut self.log);
        }
        self.log.error(
            None,
            format!("`{name}` has no text in the project and was left out"),
            "export it again with plain text, or save the document as .docx and list it among the transcripts",
        );
        None
    }

    fn source(&mut self, draft: Draft<'_>, ruler: &Ruler, indices: &Indices) -> TextSource {
        let Draft { mut source, marked, .. } = draft;
        let mut outside = 0;
        for (marked, node) in marked {
            let Some(span) = ruler.span(&marked) else {
                outside += 1;
                continue;
            };
            let Some(guid) = guid_of(node, &mut self.log) else { continue };
            let creator = guid_at(node, "creatingUser");
            let mut codings = Vec::new();
            for coding in children(node, "Coding") {
                for code in children(coding, "CodeRef").filter_map(|code| guid_at(code, "targetGUID")) {
                    let Some(&code) = indices.codes.get(&code) else {
                        self.lose("codings", "their code is not in the project", 1);
                        continue;
                    };
                    let user = guid_at(coding, "creatingUser").or(creator);
                    let user = user.and_then(|user| indices.users.get(&user).copied());
                    codings.push(Coding { guid: guid_at(coding, "guid").unwrap_or(guid), code, user });
                }
            }
            let description = description(node);
            if codings.is_empty() && !description.is_empty() {
                self.lose("remarks at places in the texts", "only codings are used", 1);
            }
            source.selections.push(Selection { guid, span, description, codings });
        }
        if outside > 0 {
            let what = if outside == 1 {
                "1 marked place lies".to_owned()
            } else {
                format!("{outside} marked places lie")
            };
            self.log.error(
                None,
                format!("{what} outside the text of `{}` and cannot be used", source.name),
                "export the project again; the text was changed after it was coded",
            );
        }
        source.selections.sort_by_key(|selection| selection.span);
        source.text = ruler.letters.iter().collect();
        source
    }

    fn values(&mut self, node: Node<'_, '_>, indices: &Indices) -> Vec<Value> {
        let mut values = Vec::new();
        for value in children(node, "VariableValue") {
            let variable = child(value, "VariableRef").and_then(|variable| guid_at(variable, "targetGUID"));
            let Some(&variable) = variable.and_then(|guid| indices.variables.get(&guid)) else {
                self.lose("values", "their variable is not in the project", 1);
                continue;
            };
            let text =
                value.children().filter(|node| node.tag_name().name().ends_with("Value")).map(inner_text);
            let text = text.collect::<String>().trim().to_owned();
            if !text.is_empty() {
                values.push(Value { variable, text });
            }
        }
        values
    }

    fn cases(&mut self, root: Node<'_, '_>, indices: &Indices, project: &mut Project) {
        let sources_by_guid: BTreeMap<Guid, usize> =
            project.sources.iter().enumerate().map(|(index, source)| (source.guid, index)).collect();
        for node in within(root, "Cases", "Case") {
            let Some(guid) = guid_of(node, &mut self.log) else { continue };
            let targets =
                |name: &'static str| children(node, name).filter_map(|node| guid_at(node, "targetGUID"));
            let sources =
                targets("SourceRef").filter_map(|guid| sources_by_guid.get(&guid).copied()).collect();
            let selections = targets("SelectionRef").collect();
            let values = self.values(node, indices);
            project.cases.push(Case { guid, name: text_of(node, "name"), values, sources, selections });
        }
    }

    /// Says how positions were counted, unless nothing is marked or nothing speaks against the standard.
    fn report_positions(&mut self, positions: PositionReading) {
        if positions.agreeing == 0 && positions.ends == 0 && !positions.is_unclear {
            return;
        }
        if positions.is_checked() {
            self.log.note(None, positions.to_string(), "");
        } else if positions.agreeing > 0 && !positions.is_unclear {
            self.log.warning(
                None,
                positions.to_string(),
                "compare a few marked places with the other program: its texts may have changed after they were coded",
            );
        } else {
            self.log.warning(
                None,
                format!("it could not be checked where the marked places are: {positions}"),
                "compare a few marked places with the other program; emoji, line breaks and the mark at the start of a text file are \
                 counted differently",
            );
        }
    }
}

fn kind_of(node: Node<'_, '_>) -> VariableKind {
    match node.attribute("typeOfVariable") {
        Some("Boolean") => VariableKind::Boolean,
        Some("Integer") => VariableKind::Integer,
        Some("Float") => VariableKind::Float,
        Some("Date") => VariableKind::Date,
        Some("DateTime") => VariableKind::DateTime,
        _ => VariableKind::Text,
    }
}
