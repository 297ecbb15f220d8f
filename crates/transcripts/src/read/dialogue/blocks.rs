//! The common form of word processors' files: paragraphs with their bold beginning, tables, and what was left out.
//!
//! The readers of Word, `OpenDocument` and Rich Text fill a [`Document`]; after that all three are the same.

use super::{Line, speaker_table};
use crate::codes;
use crate::read::format::ReadError;
use crate::read::problems::{ProblemLog, counted};
use crate::read::times::When;

/// Maximum paragraphs, rows and cells of a document, together.
pub(crate) const MAX_BLOCKS: usize = 1_000_000;
/// Maximum nesting of elements or groups; word processors use less than a few dozen.
pub(crate) const DEEPEST: usize = 512;

/// A paragraph of a document.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Paragraph {
    /// Number of the paragraph in the document, from 1.
    pub(crate) number: u64,
    /// The text; `\n` for breaks within the paragraph.
    pub(crate) text: String,
    /// Bytes at the start that are bold.
    pub(crate) bold: usize,
    /// Bytes at the start that are in italics.
    pub(crate) italic: usize,
    /// Whether the word processor numbers it.
    pub(crate) is_numbered: bool,
    /// When it is said, by bookmarks.
    pub(crate) when: When,
}

impl Paragraph {
    /// Adds text in italics or not.
    pub(crate) fn push_slanted(&mut self, text: &str, bold: bool, italic: bool) {
        let all_italic = self.italic == self.text.len() && (italic || text.trim().is_empty());
        self.push(text, bold);
        if all_italic {
            self.italic = self.text.len();
        }
    }

    /// Adds text; blanks count as bold where bold text continues after them.
    pub(crate) fn push(&mut self, text: &str, bold: bool) {
        let all_bold = self.bold == self.text.len() && (bold || text.trim().is_empty());
        self.text.push_str(text);
        if all_bold {
            self.bold = self.text.len();
        }
    }
}

/// Rows of cells of paragraphs; tables within cells are flattened.
pub(crate) type Rows = Vec<Vec<Vec<Paragraph>>>;

/// A paragraph or a table of a document.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Block {
    /// A paragraph outside tables.
    Paragraph(Paragraph),
    /// A table.
    Table(Rows),
}

/// A document's body, and counts of what is not read.
#[derive(Debug, Default)]
pub(crate) struct Document {
    /// Paragraphs and tables.
    pub(crate) blocks: Vec<Block>,
    /// Tracked deletions and passages moved away.
    pub(crate) deletions: usize,
    /// Comments, footnotes and endnotes.
    pub(crate) remarks: usize,
    /// Passages formatted as hidden.
    pub(crate) hidden: usize,
    /// Files inserted by reference.
    pub(crate) inserted_files: usize,
}

/// The refusal of a document with more than [`MAX_BLOCKS`].
pub(crate) fn too_many_blocks() -> ReadError {
    ReadError::TooMany { what: "paragraphs and cells", limit: MAX_BLOCKS }
}

/// The refusal of a document that nests deeper than [`DEEPEST`].
pub(crate) fn too_deep(what: &str) -> ReadError {
    ReadError::Damaged(format!("its {what} nests too deeply"))
}

impl Document {
    /// Notes what is not read.
    pub(crate) fn note_what_is_not_read(&self, log: &mut ProblemLog) {
        if self.deletions > 0 {
            let deletions = counted(self.deletions, "deletion was", "deletions were");
            log.note(
                codes::TEXT_LEFT_OUT,
                None,
                format!("the document has tracked changes: insertions were read, {deletions} not"),
                "accept or reject the changes in the word processor if the text should read otherwise",
            );
        }
        if self.remarks > 0 {
            let remarks = counted(self.remarks, "comment or note was", "comments and notes were");
            log.note(codes::TEXT_LEFT_OUT, None, format!("{remarks} not read"), "");
        }
        if self.hidden > 0 {
            let hidden = counted(self.hidden, "hidden passage was", "hidden passages were");
            log.note(
                codes::TEXT_LEFT_OUT,
                None,
                format!("{hidden} not read"),
                "show the hidden text if it belongs to the transcript",
            );
        }
        if self.inserted_files > 0 {
            log.error(
                codes::TEXT_LEFT_OUT,
                None,
                "the document contains other documents that were not read",
                "open it in Word and save it again as .docx",
            );
        }
    }

    /// The document as lines for [`super::draft_of`]: tables of speakers are written as labelled lines, others cell by cell.
    ///
    /// # Errors
    /// [`ReadError::TooMany`], because a line takes a hundred times the memory of its break.
    pub(crate) fn lines(self, roster: &[String], log: &mut ProblemLog) -> Result<Vec<Line>, ReadError> {
        if self.breaks() > MAX_BLOCKS {
            return Err(ReadError::TooMany { what: "lines", limit: MAX_BLOCKS });
        }
        let mut lines = Vec::new();
        let mut left_out = 0;
        for block in self.blocks {
            match block {
                Block::Paragraph(paragraph) => push_paragraph(&mut lines, &paragraph),
                Block::Table(rows) => match speaker_table::layout_of(&rows, roster) {
                    Some(layout) => left_out += speaker_table::push_rows(&mut lines, &rows, &layout),
                    None => {
                        for paragraph in rows.iter().flatten().flatten() {
                            push_paragraph(&mut lines, paragraph);
                        }
                    }
                },
            }
        }
        if left_out > 0 {
            let cells = counted(left_out, "cell", "cells");
            log.note(
                codes::TEXT_LEFT_OUT,
                None,
                format!("{cells} of further columns in a table of speakers left out"),
                "move them into the column with the text if somebody says them",
            );
        }
        Ok(lines)
    }

    /// Line breaks within paragraphs.
    fn breaks(&self) -> usize {
        let within = |paragraph: &Paragraph| paragraph.text.matches('\n').count();
        let in_block = |block: &Block| match block {
            Block::Paragraph(paragraph) => within(paragraph),
            Block::Table(rows) => rows.iter().flatten().flatten().map(within).sum(),
        };
        self.blocks.iter().map(in_block).sum()
    }
}

fn push_paragraph(lines: &mut Vec<Line>, paragraph: &Paragraph) {
    let mut bold = paragraph.bold;
    let mut italic = paragraph.italic;
    let mut starts_paragraph = true;
    for text in paragraph.text.split('\n') {
        lines.push(Line {
            number: paragraph.number,
            text: text.to_owned(),
            starts_paragraph,
            bold: bold.min(text.len()),
            italic: italic.min(text.len()),
            is_numbered: paragraph.is_numbered,
            when: paragraph.when,
            ..Line::default()
        });
        bold = bold.saturating_sub(text.len() + 1);
        italic = italic.saturating_sub(text.len() + 1);
        starts_paragraph = false;
    }
}
