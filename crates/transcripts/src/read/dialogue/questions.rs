//! Interviews without labels: questions in bold or italics, numbered questions, alternating paragraphs.
//!
//! Nothing is guessed: a warning names the form and the line that accepts it, `questions = "bold"` in the plan. With that line
//! such paragraphs become the interviewer's and all others the participant's.

use unicode_segmentation::UnicodeSegmentation;

use super::labels::{beginnings, first_words};
use super::{Line, without_end_mark};
use crate::codes;
use crate::phrases::IN_PLAN;
use crate::question::ends_in_question;
use crate::read::format::DraftTurn;
use crate::read::problems::{ProblemLog, counted};
use crate::read::times::{When, take_when};

/// Labels of the turns.
pub(super) const ASKS: &str = "Interviewer";
const ANSWERS: &str = "Participant";

/// Minimum marked paragraphs; fewer are headings or emphasis.
const MIN_MARKED: usize = 2;
/// Minimum alternating paragraphs; fewer may be chance.
const MIN_IN_TURN: usize = 4;
/// Minimum share of questions among marked paragraphs: an interviewer also thanks and agrees, headings ask nothing.
const MIN_ASKING: f64 = 0.5;
/// Maximum share of questions among the participant's alternating paragraphs.
const MAX_ASKING_BACK: f64 = 0.25;
/// How the interviewer's words are marked in a text without labels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum QuestionForm {
    /// Paragraphs in bold.
    Bold,
    /// Paragraphs in italics.
    Italic,
    /// Numbered paragraphs.
    Numbered,
    /// Every second paragraph.
    Alternating,
}

impl QuestionForm {
    /// Every form.
    pub const ALL: [Self; 4] = [Self::Bold, Self::Italic, Self::Numbered, Self::Alternating];

    /// The form as a word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Bold => "bold",
            Self::Italic => "italic",
            Self::Numbered => "numbered",
            Self::Alternating => "alternating",
        }
    }

    /// The paragraphs of this form, in words.
    fn paragraphs(self, count: usize) -> String {
        match self {
            Self::Bold => counted(count, "paragraph in bold", "paragraphs in bold"),
            Self::Italic => counted(count, "paragraph in italics", "paragraphs in italics"),
            Self::Numbered => counted(count, "numbered paragraph", "numbered paragraphs"),
            Self::Alternating => counted(count, "paragraph", "paragraphs in turn with others"),
        }
    }
}

/// A paragraph, or a line of a text that is not wrapped.
struct Unit {
    number: u64,
    text: String,
    when: When,
    is_bold: bool,
    is_italic: bool,
    is_numbered: bool,
}

impl Unit {
    fn asks(&self) -> bool {
        let text = self.text.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_'));
        ends_in_question(text)
    }

    fn is(&self, form: QuestionForm) -> bool {
        match form {
            QuestionForm::Bold => self.is_bold,
            QuestionForm::Italic => self.is_italic,
            QuestionForm::Numbered => self.is_numbered,
            QuestionForm::Alternating => false,
        }
    }
}

/// Reports the form that a text without labels seems to have.
pub(super) fn tell(lines: &[Line], is_header: &[bool], log: &mut ProblemLog) {
    let units = units_of(lines, is_header);
    let seen = QuestionForm::ALL.into_iter().find_map(|form| Some((form, asking(&units, form)?)));
    if let Some((form, marks)) = seen {
        let marked: Vec<&Unit> =
            units.iter().zip(&marks).filter(|(_, asks)| **asks).map(|(unit, _)| unit).collect();
        let Some(first) = marked.first() else { return };
        log.warning(
            codes::INTERVIEWER_DOUBTFUL,
            Some(first.number),
            format!(
                "nobody is named, but {} look like the interviewer's (“{}”); all {} were read as said by nobody in particular",
                form.paragraphs(marked.len()),
                first_words(without_marks(&first.text)),
                units.len(),
            ),
            format!("if they are, write questions = \"{}\" {IN_PLAN}", form.as_str()),
        );
    }
}

/// The turns of a text without labels whose questions have the form that the study names; none otherwise.
pub(super) fn turns(
    form: QuestionForm,
    lines: &[Line],
    is_header: &[bool],
    log: &mut ProblemLog,
) -> Option<Vec<DraftTurn>> {
    let units = units_of(lines, is_header);
    let marks = match form {
        QuestionForm::Alternating => in_turn(&units),
        form => {
            let marks: Vec<bool> = units.iter().map(|unit| unit.is(form)).collect();
            let marked = marks.iter().filter(|marked| **marked).count();
            (marked >= MIN_MARKED && marked < units.len()).then_some(marks)
        }
    }?;
    let first_asked = marks.iter().position(|asks| *asks)?;
    let mut turns: Vec<DraftTurn> = Vec::new();
    let mut before = 0;
    for (at, (unit, asks)) in units.iter().zip(&marks).enumerate() {
        // The speaker before the first question is unknown.
        let speaker = match asks {
            true => ASKS,
            false if at < first_asked && form != QuestionForm::Alternating => "",
            false => ANSWERS,
        };
        let text = if *asks { without_marks(&unit.text) } else { unit.text.as_str() };
        before += if speaker.is_empty() { text.unicode_words().count() } else { 0 };
        match turns.last_mut() {
            Some(last) if last.speaker == speaker && !speaker.is_empty() => {
                last.text.push('\n');
                last.text.push_str(text);
                last.end_ms = last.end_ms.max(unit.when.end);
            }
            _ => turns.push(DraftTurn {
                speaker: speaker.to_owned(),
                start_ms: unit.when.start,
                end_ms: unit.when.end,
                text: text.to_owned(),
                ..DraftTurn::default()
            }),
        }
    }
    let asked = marks.iter().filter(|asks| **asks).count();
    log.note(
        codes::SPEAKER_GUESSED,
        units.get(first_asked).map(|unit| unit.number),
        format!("{} of {} were read as the interviewer's", form.paragraphs(asked), units.len()),
        "",
    );
    if before > 0 {
        log.warning(
            codes::SPEAKER_MISSING,
            units.first().map(|unit| unit.number),
            format!(
                "{} before the first question; kept as said by nobody in particular",
                counted(before, "word stands", "words stand")
            ),
            "if somebody says them, put a label before them",
        );
    }
    Some(turns)
}

/// Which paragraphs are the interviewer's by this form.
fn asking(units: &[Unit], form: QuestionForm) -> Option<Vec<bool>> {
    let marks: Vec<bool> = match form {
        QuestionForm::Alternating => in_turn(units)?,
        form => units.iter().map(|unit| unit.is(form)).collect(),
    };
    let marked = marks.iter().filter(|marked| **marked).count();
    let share = |of: bool| {
        let those = units.iter().zip(&marks).filter(|(_, mark)| **mark == of);
        let (mut all, mut asking) = (0_usize, 0_usize);
        for (unit, _) in those {
            all += 1;
            asking += usize::from(unit.asks());
        }
        asking as f64 / all.max(1) as f64
    };
    let is_form = marked >= MIN_MARKED
        && marked < units.len()
        && share(true) >= MIN_ASKING
        && (form != QuestionForm::Alternating || share(false) <= MAX_ASKING_BACK);
    is_form.then_some(marks)
}

/// Every second paragraph, from the first or the second, whichever asks more.
fn in_turn(units: &[Unit]) -> Option<Vec<bool>> {
    if units.len() < MIN_IN_TURN {
        return None;
    }
    let asked = |odd: usize| units.iter().skip(odd).step_by(2).filter(|unit| unit.asks()).count();
    let first = usize::from(asked(1) > asked(0));
    Some((0..units.len()).map(|at| at % 2 == first).collect())
}

/// Paragraphs that are no header.
fn units_of(lines: &[Line], is_header: &[bool]) -> Vec<Unit> {
    let begins = beginnings(lines);
    let mut units: Vec<Unit> = Vec::new();
    let mut pending = When::default();
    // Only lines at the top are a header.
    let header =
        is_header.iter().zip(lines).take_while(|(is_header, line)| **is_header || line.is_blank()).count();
    for (line, begins) in lines.iter().zip(begins).skip(header) {
        if line.is_blank() {
            continue;
        }
        let (when, text) = take_when(line.text.trim_start()).unwrap_or((When::default(), line.text.trim()));
        if text.trim().is_empty() {
            pending = when;
            continue;
        }
        let (text, end) = without_end_mark(text);
        let text = text.trim();
        if !begins
            && when.start.is_none()
            && let Some(last) = units.last_mut()
        {
            last.text.push('\n');
            last.text.push_str(text);
            last.is_bold &= is_bold(line);
            last.is_italic &= is_italic(line);
            continue;
        }
        units.push(Unit {
            number: line.number,
            text: text.to_owned(),
            when: When {
                start: when.start.or(line.when.start).or(pending.start),
                end: when.end.or(line.when.end).or(end),
            },
            is_bold: is_bold(line),
            is_italic: is_italic(line),
            is_numbered: line.is_numbered || begins_with_number(text),
        });
        pending = When::default();
    }
    units
}

fn is_bold(line: &Line) -> bool {
    let text = line.text.trim();
    line.bold >= line.text.trim_end().len() || ["**", "__"].iter().any(|mark| is_within(text, mark))
}

fn is_italic(line: &Line) -> bool {
    let text = line.text.trim();
    line.italic >= line.text.trim_end().len()
        || (!is_bold(line) && ["*", "_"].iter().any(|mark| is_within(text, mark)))
}

/// Whether signs of Markdown are around the whole text and not within it.
fn is_within(text: &str, mark: &str) -> bool {
    let inside = text.strip_prefix(mark).and_then(|text| text.strip_suffix(mark));
    inside.is_some_and(|inside| !inside.is_empty() && !inside.contains(mark))
}

/// The text without Markdown's signs around it.
fn without_marks(text: &str) -> &str {
    let text = text.trim();
    for mark in ["***", "**", "__", "*", "_"] {
        if is_within(text, mark) {
            return text.strip_prefix(mark).and_then(|text| text.strip_suffix(mark)).unwrap_or(text).trim();
        }
    }
    text
}

/// `1. How …`, `2) How …`, `Q3. How …`, `Question 4: How …`
fn begins_with_number(text: &str) -> bool {
    let text = without_marks(text);
    let first = text.split_whitespace().next().unwrap_or_default();
    let lower = first.to_lowercase();
    let number = lower.strip_prefix('q').unwrap_or(&lower);
    let is_number = |text: &str| {
        let digits = text.trim_end_matches(['.', ')', ':', '-']);
        !digits.is_empty()
            && digits.len() < 4
            && digits.len() < text.len()
            && digits.bytes().all(|byte| byte.is_ascii_digit())
    };
    let words: Vec<&str> = text.split_whitespace().take(2).collect();
    let is_named =
        matches!(lower.as_str(), "question" | "frage" | "pregunta" | "domanda" | "pergunta" | "vraag");
    is_number(number) || (is_named && words.get(1).is_some_and(|word| is_number(word)))
}

#[cfg(test)]
mod tests {
    use crate::corpus::Role;
    use crate::phrases::IN_PLAN;
    use crate::read::{QuestionForm, ReadPlan, read_file_bytes};

    fn read(text: &str, questions: Option<QuestionForm>) -> (String, String) {
        let plan = ReadPlan { questions, ..ReadPlan::default() };
        let reading = read_file_bytes(text.as_bytes(), "a.md", &plan);
        let turns = reading.corpus.transcripts.iter().flat_map(|transcript| &transcript.turns);
        let letters = turns.map(|turn| match turn.role {
            Role::Interviewer => 'I',
            Role::Participant => 'P',
            Role::Other => '-',
        });
        let problems: Vec<String> = reading.problems.iter().map(ToString::to_string).collect();
        (letters.collect(), problems.join("\n"))
    }

    const BOLD: &str = "# Ferry\n\n**How was the first year?**\n\nCold. We had no car.\n\nAnd no road.\n\n**Who helped?**\n\nThe neighbours.\n\n**I see.**\n\nYes.";

    #[test]
    fn bold_questions_are_offered_and_read_on_request() {
        let (turns, told) = read(BOLD, None);
        assert_eq!(turns, "-------");
        insta::assert_snapshot!(told, @r#"
        note: a.md:1: 1 heading or rule was left out
        warning: a.md:3: nobody is named, but 3 paragraphs in bold look like the interviewer's (“How was the first …”); all 7 were read as said by nobody in particular (if they are, write questions = "bold" in the plan)
        "#);
        let (turns, told) = read(BOLD, Some(QuestionForm::Bold));
        assert_eq!(turns, "IPIPIP");
        insta::assert_snapshot!(told, @r"
        note: a.md:1: 1 heading or rule was left out
        note: a.md:3: 3 paragraphs in bold of 7 were read as the interviewer's
        ");
    }

    #[test]
    fn other_forms_are_offered_too() {
        let italic = BOLD.replace("**", "*");
        let numbered =
            "1. How was it?\n\nCold.\n\nAnd dark.\n\n2. Who helped?\n\nNobody.\n\n3. And then?\n\nWe left.";
        let in_turn = "How was it?\n\nCold.\n\nWho helped?\n\nNobody.\n\nI see. And then?\n\nWe left.";
        for (text, form, turns) in [
            (italic.as_str(), QuestionForm::Italic, "IPIPIP"),
            (numbered, QuestionForm::Numbered, "IPIPIP"),
            (in_turn, QuestionForm::Alternating, "IPIPIP"),
        ] {
            let (_, told) = read(text, None);
            let offer = format!("write questions = \"{}\" {IN_PLAN}", form.as_str());
            assert!(told.contains(&offer), "{told}");
            assert_eq!(read(text, Some(form)).0, turns, "{text}");
        }
    }

    #[test]
    fn prose_is_no_interview() {
        let prose = "The winter was cold.\n\n**Spring**\n\nThen came the thaw. Why not?\n\n**Summer**\n\nAnd the hay.";
        assert_eq!(read(prose, None).1, "");
        // A form that a file does not have changes nothing.
        assert_eq!(read(prose, Some(QuestionForm::Italic)).0, "-----");
        let labelled = "I: **Why?**\n\nP: So.\n\nI: **And?**\n\nP: Home.";
        let (turns, told) = read(labelled, Some(QuestionForm::Bold));
        assert_eq!(turns, "PPPP", "{told}");
    }
}
