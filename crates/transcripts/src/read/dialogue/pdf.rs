//! PDF with a text layer: makes lines and paragraphs of letters at positions on pages.
//!
//! Not read by a crate: those that exist either panic on damaged files and unpack without limit, or contain a whole
//! renderer. Little is needed: objects, streams, fonts' letters, and the operators that position text. A PDF does not
//! mark paragraphs, so a note asks to compare; pictures of pages are refused.

mod content;
mod file;
mod filter;
mod font;
mod glyph_names;
mod layout;
mod object;
mod revisions;

use self::content::Pages;
use self::file::File;
use super::blocks::{Block, Document};
use super::parts::drafts_of;
use crate::codes;
use crate::read::format::{Draft, ReadError, Reader, Source};
use crate::read::problems::{ProblemLog, counted};

/// Share of letters that a font does not tell above which the text is of no use.
const MAX_UNKNOWN: f64 = 0.3;
/// Most letters of a document.
const MAX_LETTERS: usize = 20_000_000;

/// Reads `.pdf`.
#[derive(Debug)]
pub(crate) struct Pdf;

impl Reader for Pdf {
    fn name(&self) -> &'static str {
        "pdf"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["pdf"]
    }

    fn read(&self, source: &Source<'_>, log: &mut ProblemLog) -> Result<Vec<Draft>, ReadError> {
        let mut file = File::open(source.bytes)?;
        let pages = file.pages()?;
        if pages.is_empty() {
            return Err(ReadError::Damaged("it has no pages".to_owned()));
        }
        let mut reader = Pages::new(&mut file);
        let mut lines = Vec::new();
        let (mut empty, mut all) = (0, 0);
        for page in &pages {
            let letters = reader.letters(page)?;
            all += letters.len();
            if all > MAX_LETTERS {
                return Err(ReadError::TooMany { what: "letters", limit: MAX_LETTERS });
            }
            empty += usize::from(letters.is_empty());
            lines.push(layout::lines_of(letters));
        }
        if all == 0 {
            return Err(ReadError::Pictures);
        }
        let (unknown, turned, outside) = (reader.unknown, reader.turned, reader.outside);
        if unknown as f64 > MAX_UNKNOWN * all as f64 {
            return Err(ReadError::Letterless);
        }
        note_what_is_doubtful(empty, unknown, turned, log);
        if outside > 0 {
            let letters = counted(
                outside,
                "letter beyond the edge of its page was",
                "letters beyond the edge of their page were",
            );
            log.note(codes::TEXT_LEFT_OUT, None, format!("{letters} left out"), "");
        }
        let numbers = layout::drop_numbers(&mut lines);
        if numbers > 0 {
            let numbers = counted(numbers, "number", "numbers");
            log.note(codes::TEXT_LEFT_OUT, None, format!("{numbers} of lines or paragraphs left out"), "");
        }
        let dropped = layout::drop_margins(&mut lines);
        if dropped > 0 {
            let lines = counted(dropped, "line was", "lines were");
            log.note(
                codes::TEXT_LEFT_OUT,
                None,
                format!("{lines} left out as headers, footers and page numbers"),
                "",
            );
        }
        let blocks = layout::paragraphs_of(lines).into_iter().map(Block::Paragraph).collect();
        let lines = Document { blocks, ..Document::default() }.lines(source.roster, log)?;
        log.note(
            codes::LAYOUT_GUESSED,
            None,
            "a PDF does not say where paragraphs end; they were put together from its lines",
            "compare a page with the original, or use the file that the PDF was made from",
        );
        Ok(drafts_of(&lines, source, log))
    }
}

fn note_what_is_doubtful(empty: usize, unknown: usize, turned: usize, log: &mut ProblemLog) {
    if empty > 0 {
        let pages = counted(empty, "page holds", "pages hold");
        log.warning(
            codes::TEXT_DOUBTFUL,
            None,
            format!("{pages} no text"),
            "if they are pictures of text, have them recognised first",
        );
    }
    if unknown > 0 {
        let letters = counted(unknown, "letter is", "letters are");
        log.warning(
            codes::CHARACTERS_LOST,
            None,
            format!("{letters} not told by the PDF; \u{FFFD} stands for them where they have a place"),
            "use the file that the PDF was made from",
        );
    }
    if turned > 0 {
        let letters = counted(turned, "letter that does", "letters that do");
        log.note(codes::TEXT_LEFT_OUT, None, format!("{letters} not run along the lines left out"), "");
    }
}
