//! Running text as transcription services, programs and chats export it. Each form is recognised by its shape over the whole file;
//! its speakers and times become known, and lines of the program itself are left out with a note.
//!
//! A form is one file here and one line in [`FORMS`]. Where no form matches, labels are looked for as in any text.

mod blocks;
mod captions_of_meet;
mod credits;
mod front;
mod headings;
mod line_shape;
mod meet;
pub(super) mod nvivo;
mod page_lines;
mod santa_barbara;
mod teams_panel;
mod timed_lines;
mod times_beside_labels;
mod whatsapp;
mod zoom_chat;

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::{Label, Line};
use crate::codes;
use crate::read::problems::{ProblemLog, counted};
use crate::read::speakers::label::{Style, fold};
use crate::read::times::When;

/// A form in which services or programs export transcripts as text.
trait ServiceForm: Sync {
    /// Its name in a note.
    fn name(&self) -> &'static str;
    /// The lines with their speakers and times, if the file as a whole has this form.
    fn recognise(&self, lines: &[Line]) -> Option<RecognisedText>;
}

/// Every form, the least ambiguous first.
const FORMS: &[&dyn ServiceForm] = &[
    &whatsapp::WhatsApp,
    &zoom_chat::ZoomChat,
    &teams_panel::TeamsPanel,
    &nvivo::NvivoRows,
    &santa_barbara::SantaBarbara,
    &blocks::Blocks,
    &headings::Headings,
    &captions_of_meet::CaptionsOfMeet,
    &meet::Meet,
    &timed_lines::TimedLines,
    &times_beside_labels::TimesAboveLabels,
    &times_beside_labels::TimesBehindLabels,
];

/// A file read by a form.
#[derive(Debug, Default)]
struct RecognisedText {
    lines: Vec<Line>,
    /// Lines that the program wrote about itself, and the number of the first.
    own: Count,
    /// Times, dashes and the like within the words, and the line of the first.
    marks: Count,
    /// Lines of notes or a summary above the transcript.
    summary: Count,
    /// Cells of columns that are neither time nor speaker nor words.
    further_cells: Count,
    /// Lines without the form that stayed as speech, and how the first begins.
    unfit: Count,
    unfit_begins: String,
}

/// A count, and the line of the first.
#[derive(Debug, Default)]
struct Count {
    count: usize,
    first: Option<u64>,
}

impl Count {
    fn add(&mut self, line: u64) {
        self.count += 1;
        self.first = self.first.or(Some(line));
    }
}

impl RecognisedText {
    /// Leaves out a line that the program wrote about itself; it still ends a paragraph.
    fn leave_out(&mut self, line: &Line) {
        if !line.is_blank() || !line.heading.is_empty() {
            self.own.add(line.number);
        }
        self.keep(Line { number: line.number, ..Line::default() });
    }

    /// Keeps a line unchanged.
    fn keep(&mut self, line: Line) {
        self.lines.push(line);
    }

    /// A speaker begins.
    fn speaker(&mut self, number: u64, name: &str, when: When) {
        let label = Label { name: name.trim().to_owned(), when };
        self.lines.push(Line { number, label: Some(label), ..Line::default() });
    }

    /// Words of the current speaker.
    fn speech(&mut self, number: u64, text: &str) {
        self.lines.push(Line { number, text: text.trim().to_owned(), is_speech: true, ..Line::default() });
    }

    /// A line without the form: it is not changed.
    fn unfit(&mut self, line: &Line) {
        if !line.is_blank() {
            if self.unfit.count == 0 {
                self.unfit_begins = beginning(&line.text);
            }
            self.unfit.add(line.number);
        }
        self.keep(line.clone());
    }
}

/// Whether lines that look like captions are speakers and speech, each below its time.
pub(super) fn are_blocks(lines: &[Line]) -> bool {
    blocks::Blocks.recognise(lines).is_some()
}

/// Whether lines are NVivo's rows only; a table's reader would split cells at commas within the words.
pub(super) fn are_rows(lines: &[Line]) -> bool {
    nvivo::NvivoRows.recognise(lines).is_some_and(|recognised| recognised.further_cells.count == 0)
}

/// Words of a line in a message.
const WORDS_SHOWN: usize = 6;

/// The first words of a line, for a message.
fn beginning(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().take(WORDS_SHOWN).collect();
    words.join(" ")
}

/// The lines of a file with speakers and times of a known form, without what programs wrote about themselves. Other lines are
/// not changed.
pub(crate) fn read_forms<'a>(lines: &'a [Line], log: &mut ProblemLog) -> Cow<'a, [Line]> {
    let (without, credits) = credits::without_credits(lines);
    let recognised = FORMS.iter().find_map(|form| Some((form.name(), form.recognise(&without)?)));
    let recognised = recognised.filter(|(_, recognised)| !hides_labels(&without, recognised));
    let Some((name, mut recognised)) = recognised else {
        note_own_lines("", &credits, log);
        return without;
    };
    recognised.own.count += credits.count;
    recognised.own.first = credits.first.into_iter().chain(recognised.own.first).min();
    note_own_lines(&format!("read as {name}: "), &recognised.own, log);
    let marks = &recognised.marks;
    if marks.count > 0 {
        let marks_in_words = counted(marks.count, "time within the words was", "times within the words were");
        log.note(codes::TEXT_LEFT_OUT, marks.first, format!("{marks_in_words} left out"), "");
    }
    let further = &recognised.further_cells;
    if further.count > 0 {
        let cells = counted(further.count, "cell of a further column was", "cells of further columns were");
        log.note(
            codes::TEXT_LEFT_OUT,
            further.first,
            format!("{cells} left out"),
            "move them into the column with the text if somebody says them",
        );
    }
    let summary = &recognised.summary;
    if summary.count > 0 {
        let lines = counted(summary.count, "line", "lines");
        log.warning(
            codes::TEXT_LEFT_OUT,
            summary.first,
            format!("{lines} of notes above the heading of the transcript left out"),
            "a service writes such a summary; if somebody says them, put them below the heading with the speaker's label",
        );
    }
    let unfit = &recognised.unfit;
    if unfit.count > 0 {
        let lines = counted(
            unfit.count,
            "line does not have its form and was",
            "lines do not have its form and were",
        );
        log.warning(
            codes::TEXT_DOUBTFUL,
            unfit.first,
            format!("{lines} kept as speech; the first begins with `{}`", recognised.unfit_begins),
            "look whose words these are",
        );
    }
    Cow::Owned(recognised.lines)
}

/// Whether a form takes lines for speech that begin with the labels of a dialogue: times at the ends of paragraphs may look like
/// headings, but alternating `I:` and `B:` are certainly labels.
fn hides_labels(lines: &[Line], recognised: &RecognisedText) -> bool {
    let speech: BTreeSet<u64> =
        recognised.lines.iter().filter(|line| line.is_speech).map(|line| line.number).collect();
    if speech.is_empty() {
        return false;
    }
    let named = recognised.lines.iter().filter_map(|line| line.label.as_ref()).count();
    let labels = super::accepted_labels(lines, &[]);
    let labels = labels.iter().zip(lines).filter(|(_, line)| speech.contains(&line.number));
    let own: Vec<String> = labels
        .filter_map(|(found, _)| found.filter(|found| found.style == Style::Colon))
        .map(|found| fold(found.label))
        .collect();
    let distinct: BTreeSet<&String> = own.iter().collect();
    distinct.len() > 1 && own.len() > named + named / 2
}

/// Notes how many lines the program wrote about itself; `form` begins the sentence.
fn note_own_lines(form: &str, own: &Count, log: &mut ProblemLog) {
    if own.count > 0 {
        let lines = counted(own.count, "line was", "lines were");
        log.note(
            codes::TEXT_LEFT_OUT,
            own.first,
            format!("{form}{lines} left out that the program wrote itself"),
            "titles, dates, lengths, lists of speakers and closing lines are nobody's words",
        );
    }
}
