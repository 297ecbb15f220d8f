//! Codes of problems: what kind of thing happened, for programs that do not want to read sentences.
//!
//! A code stands beside the sentence in [`Problem::code`](crate::Problem::code). Codes are stable: their words do not change, and
//! the sentences of a problem may. Other programs may add codes of their own.

/// The file could not be read at all.
pub const FILE_UNREADABLE: &str = "file-unreadable";
/// The file is not a transcript: another program left it there.
pub const FILE_PASSED_OVER: &str = "file-passed-over";
/// A part of the file is broken; the rest was read.
pub const FILE_DAMAGED: &str = "file-damaged";
/// The contents are of another format than the ending says, and were read as that.
pub const FORMAT_CHANGED: &str = "format-changed";
/// The file has more of something than is read.
pub const LIMIT_REACHED: &str = "limit-reached";
/// The file does not say its encoding; it was guessed.
pub const ENCODING_GUESSED: &str = "encoding-guessed";
/// The encoding was guessed, and the letters do not settle it.
pub const ENCODING_DOUBTFUL: &str = "encoding-doubtful";
/// Characters could not be decoded, or were decoded wrongly by another program.
pub const CHARACTERS_LOST: &str = "characters-lost";
/// Text that nobody said was left out, such as headings, remarks and page numbers.
pub const TEXT_LEFT_OUT: &str = "text-left-out";
/// Text was kept that may not be speech, or some may be missing.
pub const TEXT_DOUBTFUL: &str = "text-doubtful";
/// Text that the file has several times was read once.
pub const REPETITION_LEFT_OUT: &str = "repetition-left-out";
/// The file does not say where paragraphs or turns end; it was guessed.
pub const LAYOUT_GUESSED: &str = "layout-guessed";
/// Turns look as if the file had been read wrongly: one turn, one speaker, very long turns.
pub const TURNS_UNLIKELY: &str = "turns-unlikely";
/// A label may be a speaker or not, or two labels may be the same speaker.
pub const SPEAKER_DOUBTFUL: &str = "speaker-doubtful";
/// The file does not mark its speakers; they were found in the text.
pub const SPEAKER_GUESSED: &str = "speaker-guessed";
/// A speaker is shown under another label than the file has.
pub const SPEAKER_RENAMED: &str = "speaker-renamed";
/// Turns have no speaker.
pub const SPEAKER_MISSING: &str = "speaker-missing";
/// Who interviews is not known or seems to be wrong.
pub const INTERVIEWER_DOUBTFUL: &str = "interviewer-doubtful";
/// The unit or the form of times was guessed.
pub const TIME_GUESSED: &str = "time-guessed";
/// Times cannot be right, such as those that run backwards.
pub const TIME_DOUBTFUL: &str = "time-doubtful";
/// A time could not be understood or is missing; the turn was kept without it.
pub const TIME_LEFT_OUT: &str = "time-left-out";
/// A column was taken for the text, the speaker or another role that its heading does not name.
pub const COLUMN_GUESSED: &str = "column-guessed";
/// A column was not used.
pub const COLUMN_LEFT_OUT: &str = "column-left-out";
/// A row was not used.
pub const ROW_LEFT_OUT: &str = "row-left-out";
/// A row or a cell was read, and may be broken.
pub const ROW_DOUBTFUL: &str = "row-doubtful";
/// A sheet of a workbook was not used.
pub const SHEET_LEFT_OUT: &str = "sheet-left-out";
/// The transcript is shown under another id, because its own is taken.
pub const TRANSCRIPT_RENAMED: &str = "transcript-renamed";
/// Several files, parts or texts were read as one transcript.
pub const TRANSCRIPT_JOINED: &str = "transcript-joined";
/// The file was read as several transcripts.
pub const TRANSCRIPT_SPLIT: &str = "transcript-split";
/// The file seems to hold several interviews, and was read as one.
pub const SEVERAL_INTERVIEWS: &str = "several-interviews";
/// Two transcripts hold nearly the same words.
pub const TRANSCRIPT_ALIKE: &str = "transcript-alike";
/// A copy of a transcript was left out, as the plan says.
pub const TRANSCRIPT_LEFT_OUT: &str = "transcript-left-out";
/// Values of an attribute may be missing, misspelt or contradictory.
pub const ATTRIBUTE_DOUBTFUL: &str = "attribute-doubtful";
/// A row of the participants table has no transcript, or a transcript has no row.
pub const PARTICIPANT_UNMATCHED: &str = "participant-unmatched";
/// An entry of the plan fits nothing that was read.
pub const PLAN_UNMATCHED: &str = "plan-unmatched";
/// The table of names has doubtful entries, or ones that were not found.
pub const PSEUDONYM_DOUBTFUL: &str = "pseudonym-doubtful";
/// A listed name stands where it is not replaced.
pub const NAME_SHOWN: &str = "name-shown";
/// Something in a REFI-QDA project could not be used or was guessed.
pub const PROJECT_DOUBTFUL: &str = "project-doubtful";
/// No more is known than the words say.
pub const OTHER: &str = "other";

/// All codes of this crate.
pub const ALL: &[&str] = &[
    FILE_UNREADABLE,
    FILE_PASSED_OVER,
    FILE_DAMAGED,
    FORMAT_CHANGED,
    LIMIT_REACHED,
    ENCODING_GUESSED,
    ENCODING_DOUBTFUL,
    CHARACTERS_LOST,
    TEXT_LEFT_OUT,
    TEXT_DOUBTFUL,
    REPETITION_LEFT_OUT,
    LAYOUT_GUESSED,
    TURNS_UNLIKELY,
    SPEAKER_DOUBTFUL,
    SPEAKER_GUESSED,
    SPEAKER_RENAMED,
    SPEAKER_MISSING,
    INTERVIEWER_DOUBTFUL,
    TIME_GUESSED,
    TIME_DOUBTFUL,
    TIME_LEFT_OUT,
    COLUMN_GUESSED,
    COLUMN_LEFT_OUT,
    ROW_LEFT_OUT,
    ROW_DOUBTFUL,
    SHEET_LEFT_OUT,
    TRANSCRIPT_RENAMED,
    TRANSCRIPT_JOINED,
    TRANSCRIPT_SPLIT,
    SEVERAL_INTERVIEWS,
    TRANSCRIPT_ALIKE,
    TRANSCRIPT_LEFT_OUT,
    ATTRIBUTE_DOUBTFUL,
    PARTICIPANT_UNMATCHED,
    PLAN_UNMATCHED,
    PSEUDONYM_DOUBTFUL,
    NAME_SHOWN,
    PROJECT_DOUBTFUL,
    OTHER,
];
