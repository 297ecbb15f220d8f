//! What all formats share: the trait that a format implements, its input, its output, and why it may refuse a file. A new format is one
//! file beside this one and one line in [`FORMATS`].

use super::annotated::{cha, eaf, tei, textgrid};
use super::captions::{ass, json, sbv, srt, ttml, vtt};
#[cfg(feature = "parquet")]
use super::columns::parquet;
use super::columns::workbook::WorkbookFault;
use super::columns::{csv, jsonl, spreadsheet};
use super::dialogue::questions::QuestionForm;
use super::dialogue::{docx, html, odt, pdf, qdpx, rtf, txt};
use super::problems::ProblemLog;

/// A way to read one kind of transcript file.
pub(super) trait Reader: Sync {
    /// Short name, as the `transcripts` table shows it.
    fn name(&self) -> &'static str;
    /// File endings without the dot, in small letters.
    fn endings(&self) -> &'static [&'static str];
    /// The transcripts in the file. What was guessed or skipped goes to `log`.
    ///
    /// # Errors
    /// When nothing in the file can be read.
    fn read(&self, source: &Source<'_>, log: &mut ProblemLog) -> Result<Vec<Draft>, ReadError>;
}

/// Every format, in the order in which messages list their endings.
pub(super) const FORMATS: &[&dyn Reader] = &[
    &txt::Txt,
    &vtt::Vtt,
    &srt::Srt,
    &sbv::Sbv,
    &ttml::Ttml,
    &ass::SubStation,
    &json::Json,
    &cha::Chat,
    &eaf::Elan,
    &textgrid::TextGrid,
    &tei::Tei,
    &docx::Docx,
    &odt::Odt,
    &rtf::Rtf,
    &html::Html,
    &html::otr::Otr,
    &pdf::Pdf,
    &qdpx::Qdpx,
    &csv::Csv,
    &spreadsheet::XLSX,
    &spreadsheet::XLSB,
    &spreadsheet::ODS,
    &jsonl::Jsonl,
    #[cfg(feature = "parquet")]
    &parquet::Parquet,
];

/// A file's contents as a reader gets them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Source<'a> {
    /// The whole file.
    pub(super) bytes: &'a [u8],
    /// The file's ending in small letters, without the dot.
    pub(super) ending: &'a str,
    /// The file's name without folders and ending.
    pub(super) stem: &'a str,
    /// Labels that are speakers' for sure: the study's `interviewers`.
    pub(super) roster: &'a [String],
    /// The tiers to read in formats that have tiers; empty: the reader chooses.
    pub(super) tiers: &'a [String],
    /// Headings that open a transcript of its own, `*` standing for any letters; empty: a file is one.
    pub(super) split: &'a [String],
    /// How questions are shown in texts that name nobody.
    pub(super) questions: Option<QuestionForm>,
}

/// A transcript as a file gives it: without roles, spans and, mostly, without an id.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Draft {
    /// The id that a table gives; none for a file that is one transcript and named by its file.
    pub(super) id: Option<String>,
    /// What a heading calls this part of a file of several interviews; none for a whole file.
    pub(super) part: Option<String>,
    /// The turns, in the order of the file.
    pub(super) turns: Vec<DraftTurn>,
    /// Attributes that a table gives, in the order of its columns.
    pub(super) attributes: Vec<(String, String)>,
    /// Labels of turns that ask for the study itself, such as a survey's questions; whatever the plan says.
    pub(super) asked_by: Vec<String>,
}

/// A turn as a file gives it.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct DraftTurn {
    /// The number that a table gives.
    pub(super) index: Option<i64>,
    /// The label as written; empty when nobody is named.
    pub(super) speaker: String,
    /// Milliseconds from the start of the recording.
    pub(super) start_ms: Option<u64>,
    /// Milliseconds from the start of the recording.
    pub(super) end_ms: Option<u64>,
    /// The words.
    pub(super) text: String,
}

/// Why a file could not be read at all.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// The operating system refused.
    #[error("the file could not be opened: {0}")]
    Open(std::io::Error),
    /// The operating system gave up in the middle, as it does when a share goes away.
    #[error("the file could not be read to its end: {0}")]
    BrokenOff(std::io::Error),
    /// Somebody wrote to it each time that it was read.
    #[error("the file was being written while it was read")]
    BeingWritten,
    /// A folder, a device, a pipe.
    #[error("this is not a file")]
    NotAFile,
    /// No bytes.
    #[error("the file is empty")]
    Empty,
    /// Nothing but zero bytes.
    #[error("the file holds nothing but zero bytes")]
    OnlyZeros,
    /// Larger than a transcript can be.
    #[error("the file is larger than {limit_mb} MB, the most that is read of this kind")]
    TooLarge {
        /// Limit in megabytes.
        limit_mb: u64,
    },
    /// The ending is not one that can be read.
    #[error("{}; transcripts may end in {readable}", ended(ending))]
    UnknownEnding {
        /// The ending, in small letters.
        ending: String,
        /// The endings that can be read.
        readable: String,
        /// What to do with this kind of file.
        hint: &'static str,
    },
    /// A file without an ending, or with one that means nothing, whose contents can be read.
    #[error("{}, but it holds {contents}", ended(ending))]
    Unnamed {
        /// The ending, in small letters; empty when there is none.
        ending: String,
        /// What the contents seem to be.
        contents: &'static str,
        /// What to rename it to.
        rename: &'static str,
    },
    /// The contents are not what the ending says.
    #[error("the file ends in .{ending} but is {found}")]
    WrongContent {
        /// The ending, in small letters.
        ending: String,
        /// What the contents seem to be.
        found: &'static str,
        /// What to do with it.
        hint: &'static str,
    },
    /// A damaged or hostile file.
    #[error("the file is damaged: {0}")]
    Damaged(String),
    /// More of something than a transcript can have.
    #[error("the file has more than {limit} {what}")]
    TooMany {
        /// Of what, in the plural.
        what: &'static str,
        /// How many are read.
        limit: usize,
    },
    /// A packed file that would fill the memory.
    #[error("the file unpacks to more than {limit_mb} MB, so it was not read")]
    Bomb {
        /// Limit in megabytes.
        limit_mb: u64,
    },
    /// A packed file or a PDF with a password.
    #[error("the file is protected with a password")]
    Locked,
    /// A workbook that cannot be opened.
    #[error("{0}")]
    Workbook(WorkbookFault),
    /// A PDF without a text layer.
    #[error("this PDF holds pictures of pages and no text")]
    Pictures,
    /// A PDF whose fonts do not say what their signs mean.
    #[error("this PDF does not tell which letters its signs stand for")]
    Letterless,
    /// A table without a column of text.
    #[error("there is no column with the text; the columns are {columns}")]
    NoTextColumn {
        /// Names of the columns found.
        columns: String,
    },
    /// A table with an interview a row.
    #[error("each row seems to be an interview, with what was said in several columns: {columns}")]
    Wide {
        /// Names of the columns.
        columns: String,
    },
    /// Nothing that anybody says.
    #[error("there is nothing to read in it")]
    NoTurns,
}

impl ReadError {
    /// What to do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Open(_) => "check that the file is there, is not open elsewhere and may be read",
            Self::BrokenOff(_) => "check that the drive or the share is still there, and run the study again",
            Self::BeingWritten => "wait until it is saved or synchronised, and run the study again",
            Self::NotAFile => "list files under `transcripts`, or a pattern such as transcripts/*.docx",
            Self::Empty => "export or copy the transcript again",
            Self::OnlyZeros => {
                "this happens when a copy or a cloud synchronisation was interrupted: copy the file again"
            }
            Self::TooLarge { .. } | Self::TooMany { .. } => "split the file, one interview a file",
            Self::UnknownEnding { hint, .. } | Self::WrongContent { hint, .. } => hint,
            Self::Unnamed { rename, .. } => rename,
            Self::Damaged(_) => "open it in the program that made it, save it again, and try once more",
            Self::Bomb { .. } => "open it in the program that made it and save the text alone as a new file",
            Self::Locked => "open it in the program that made it and save it again without a password",
            Self::NoTextColumn { .. } => "call the column that holds what was said `text`",
            Self::Workbook(fault) => fault.hint(),
            Self::Pictures => {
                "have the text recognised (OCR) and check it, or use the file that the PDF was made from"
            }
            Self::Letterless => "use the file that the PDF was made from, or export it again",
            Self::Wide { .. } => {
                "give each answer a row of its own: `transcript_id` (which interview), `speaker` and `text`"
            }
            Self::NoTurns => "open the file and check that it holds a transcript",
        }
    }
}

/// What is wrong with an ending.
fn ended(ending: &str) -> String {
    if ending.is_empty() {
        "the file's name has no ending that says what it is".to_owned()
    } else {
        format!("files ending in .{ending} cannot be read")
    }
}

/// The reader for a file ending (small letters, without the dot).
pub(super) fn reader_for(ending: &str) -> Option<&'static dyn Reader> {
    FORMATS.iter().copied().find(|reader| reader.endings().contains(&ending))
}

/// The endings that can be read, as a phrase: `.txt, .md, … and .parquet`.
pub(super) fn readable_endings() -> String {
    let endings: Vec<String> =
        FORMATS.iter().flat_map(|reader| reader.endings()).map(|ending| format!(".{ending}")).collect();
    match endings.split_last() {
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
        None => String::new(),
    }
}
