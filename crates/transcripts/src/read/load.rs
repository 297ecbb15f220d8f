//! Loads a file: regular files only, within limits of size, and with contents that agree with the ending. Files get renamed, so a message
//! says what a file seems to be and what to rename it to.

use crate::phrases::NO_CODEBOOK;
use std::borrow::Cow;
use std::fs::{File, Metadata};
use std::io::Read;
use std::path::Path;
use std::time::SystemTime;

use super::format::{ReadError, readable_endings, reader_for};
use super::plan::{SourceData, SourceFile};

/// Most megabytes of a table.
const TABLE_LIMIT_MB: u64 = 1024;
/// Most megabytes of any other file.
const TEXT_LIMIT_MB: u64 = 256;

/// Most lines of a table.
const MAX_TABLE_LINES: usize = 40_000_000;
/// Most lines of any other file.
const MAX_TEXT_LINES: usize = 2_000_000;

/// Bytes at the start of a file that show its kind.
const HEAD: u64 = 4_096;

/// The ending of a file's name in small letters, without the dot; empty when there is none.
pub(super) fn ending_of(name: &str) -> String {
    let file = name.rsplit('/').next().unwrap_or(name);
    file.rsplit_once('.').map_or(String::new(), |(_, ending)| ending.to_lowercase())
}

/// The file's name without folders and without its ending.
pub(super) fn stem_of(name: &str) -> &str {
    let file = name.rsplit('/').next().unwrap_or(name);
    match file.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem,
        _ => file,
    }
}

/// Whether a program left this file beside the real ones: Word's lock files, the Finder's resource forks.
pub(super) fn is_left_over(name: &str) -> bool {
    let file = name.rsplit('/').next().unwrap_or(name);
    file.starts_with("~$") || file.starts_with("._") || file.starts_with(".~lock.") || file == ".DS_Store"
}

/// Refuses an ending that no reader knows.
///
/// # Errors
/// [`ReadError::UnknownEnding`] with the endings that can be read and advice on this one.
pub(super) fn check_ending(ending: &str) -> Result<(), ReadError> {
    if reader_for(ending).is_some() {
        return Ok(());
    }
    let hint = advice_on(ending);
    let (ending, readable) = (ending.to_owned(), readable_endings());
    Err(ReadError::UnknownEnding { ending, readable, hint })
}

/// What to do with files that cannot be read, by their ending.
const ADVICE: &[(&[&str], &str)] = &[
    (
        &["doc", "dot", "wpd", "wps", "sxw", "hwp", "hwpx", "abw", "one", "mobi", "epub"],
        "open it and save it as .docx",
    ),
    (&["pages"], "open it in Pages and export it as Word (.docx)"),
    (&["rtfd"], "open it in TextEdit and save it as .rtf or .docx"),
    (&["tex", "latex"], "save the text without its commands as .txt"),
    (&["xls", "xlt", "numbers", "gsheet"], "save it as .xlsx, or the sheet as .csv (UTF-8)"),
    (
        &["sav", "zsav", "por", "dta", "sas7bdat", "rds", "rdata"],
        "export the table from the program that made it as .csv (UTF-8)",
    ),
    (&["ppt", "pptx", "odp", "key"], "save the text as .docx"),
    (
        &["smi", "sami", "sub", "idx", "sup", "stl", "scc", "mcc", "cap", "usf", "itt", "xif", "pac", "lrc"],
        "open the captions in Subtitle Edit or a like program and save them as .vtt or .srt",
    ),
    (
        &["exb", "exs", "coma"],
        "export it from EXMARaLDA as ELAN (.eaf), Praat (.TextGrid), CHAT (.cha) or TEI (.xml)",
    ),
    (&["fln", "flk"], "export it from FOLKER or OrthoNormal as ELAN (.eaf), Praat (.TextGrid) or TEI (.xml)"),
    (
        &["trs", "stm", "ctm", "antx", "pfsx", "etf"],
        "export it as ELAN (.eaf), Praat (.TextGrid), CHAT (.cha) or .srt",
    ),
    (
        &["mqda", "mqbac", "mqtc", "mqex", "mex", "mx2", "mx3", "mx4", "mx5"],
        "this is a project of MAXQDA: export it there as REFI-QDA project (.qdpx), or its documents as .docx",
    ),
    (
        &["nvp", "nvpx", "nvb", "nvbx"],
        "this is a project of NVivo: export it there as REFI-QDA project (.qdpx), or its files as .docx",
    ),
    (
        &["atlproj", "atlproj9", "atlproj22", "atlproj23", "atlcb", "hpr7", "hpr8"],
        "this is a project of ATLAS.ti: export it there as REFI-QDA project (.qdpx), or its documents as .docx",
    ),
    (
        &["qda", "rqda", "quirkos", "qrk", "tag", "sqlite3", "sqlite", "db", "f4p", "f4a", "dedoose"],
        "this is a project of another program: export it there as REFI-QDA project (.qdpx), or its texts as .docx or .txt",
    ),
    (&["hyperaudio"], "export the transcript from Hyperaudio as .html or .vtt"),
    (
        &[
            "mp3", "mp4", "m4a", "wav", "webm", "mov", "ogg", "oga", "opus", "flac", "aac", "aif", "aiff",
            "wma", "wmv", "avi", "mkv", "mpg", "mpeg", "m4v", "3gp", "amr", "caf", "dss", "ds2",
        ],
        "this is a recording: transcribe it first and list the transcript",
    ),
    (
        &["png", "jpg", "jpeg", "gif", "tif", "tiff", "bmp", "heic", "webp"],
        "this is a picture: put the transcript itself here; text in a picture cannot be read",
    ),
    (&["zip"], "unpack it first; a REFI-QDA project that was saved as .zip can be renamed to .qdpx"),
    (&["gz", "7z", "rar", "tar", "tgz", "bz2", "xz", "zst"], "unpack it first"),
    (&["eml", "msg", "mht", "mhtml", "webarchive"], "open it and save the text as .docx or .txt"),
    (
        &["lnk", "url", "webloc", "gdoc", "icloud"],
        "this only leads to a file that lies elsewhere: download the file itself and list that",
    ),
    (&["qdc"], NO_CODEBOOK),
    (&["qde"], "this is a part of a REFI-QDA project: list the .qdpx that it was in"),
    (
        &["toml"],
        "this is a file of settings or a codebook: list only transcripts, for example transcripts/*.docx",
    ),
];

fn advice_on(ending: &str) -> &'static str {
    // Projects of MAXQDA are called by its version: .mx20, .mx24.
    let is_maxqda = ending
        .strip_prefix("mx")
        .is_some_and(|year| !year.is_empty() && year.bytes().all(|byte| byte.is_ascii_digit()));
    let known = if is_maxqda { "mqda" } else { ending };
    let found = ADVICE.iter().find(|(endings, _)| endings.contains(&known)).map(|(_, advice)| *advice);
    found.unwrap_or("list only transcripts, for example transcripts/*.docx")
}

/// Says what a file seems to be whose ending no reader knows.
///
/// # Errors
/// Always: [`ReadError::Unnamed`] where the contents can be read under another ending, else what [`check_ending`] says.
pub(super) fn refuse_unknown(ending: &str, bytes: &[u8]) -> Result<(), ReadError> {
    check_ending(ending).map_err(|refusal| match contents_of(bytes) {
        Some((contents, rename)) if advice_on(ending) == advice_on("") => {
            ReadError::Unnamed { ending: ending.to_owned(), contents, rename }
        }
        _ => refusal,
    })
}

/// What contents that can be read are, and the ending that they should have.
fn contents_of(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    let head = &bytes[..bytes.len().min(HEAD as usize)];
    Some(match kind_of(head) {
        Kind::Pdf => ("a PDF", "rename it so that it ends in .pdf"),
        Kind::RichText => ("Rich Text", "rename it so that it ends in .rtf"),
        Kind::Parquet => ("a Parquet table", "rename it so that it ends in .parquet"),
        Kind::Zip if contains(head, b"word/") => ("a Word file", "rename it so that it ends in .docx"),
        Kind::Zip if contains(head, b"opendocument.text") => {
            ("an OpenDocument text", "rename it so that it ends in .odt")
        }
        Kind::Zip if contains(head, b"xl/") => ("an Excel file", "rename it so that it ends in .xlsx"),
        Kind::Zip if contains(head, b"project.qde") => {
            ("a REFI-QDA project", "rename it so that it ends in .qdpx")
        }
        Kind::Zip | Kind::Other(..) => return None,
        Kind::Text => {
            let text = String::from_utf8_lossy(head);
            let text = text.trim_start_matches('\u{FEFF}').trim_start();
            let readable = |c: char| !c.is_control() || c.is_whitespace();
            if text.is_empty() || text.chars().filter(|c| !readable(*c)).count() * 50 > text.chars().count() {
                return None;
            }
            if text.starts_with("WEBVTT") {
                ("WebVTT captions", "rename it so that it ends in .vtt")
            } else if text.starts_with(['{', '[']) && text.contains('"') {
                ("JSON", "rename it so that it ends in .json")
            } else if text.starts_with("<!DOCTYPE html") || text.starts_with("<html") {
                ("a web page", "rename it so that it ends in .html")
            } else if text.starts_with('<') {
                ("XML", "rename it so that it ends in .xml if it is TEI, or export it as .docx or .txt")
            } else if text.contains("-->") {
                ("captions", "rename it so that it ends in .srt")
            } else if text.starts_with("@UTF8") || text.starts_with("@Begin") {
                ("a CHAT transcript", "rename it so that it ends in .cha")
            } else {
                (
                    "plain text",
                    "rename it so that it ends in .txt if it is a transcript, or in .csv if it is a table",
                )
            }
        }
    })
}

/// Attempts to read a file that is being written.
const TRIES: usize = 3;

/// The bytes of a file on the disk or in memory.
///
/// # Errors
/// As [`load`].
pub(super) fn bytes_of<'a>(file: &'a SourceFile, ending: &str) -> Result<Cow<'a, [u8]>, ReadError> {
    match &file.data {
        SourceData::Path(path) => load(path, ending).map(Cow::Owned),
        SourceData::Bytes(bytes) => {
            check_length(bytes.len() as u64, ending).map(|()| Cow::Borrowed(&**bytes))
        }
    }
}

/// The first bytes of a file, as many as show its kind.
///
/// # Errors
/// When it cannot be opened or is not a regular file.
pub(super) fn head_of(file: &SourceFile) -> Result<Cow<'_, [u8]>, ReadError> {
    match &file.data {
        SourceData::Path(path) => load_head(path).map(Cow::Owned),
        SourceData::Bytes(bytes) => Ok(Cow::Borrowed(&bytes[..bytes.len().min(HEAD as usize)])),
    }
}

/// The largest file of its kind, in megabytes.
fn limit_mb(ending: &str) -> u64 {
    if is_table(ending) { TABLE_LIMIT_MB } else { TEXT_LIMIT_MB }
}

/// Refuses a file that is larger than its kind may be.
fn check_length(bytes: u64, ending: &str) -> Result<(), ReadError> {
    let limit_mb = limit_mb(ending);
    if bytes > limit_mb * 1024 * 1024 { Err(ReadError::TooLarge { limit_mb }) } else { Ok(()) }
}

/// Reads a whole file into memory, as it was at one moment.
///
/// # Errors
/// When it cannot be opened, is not a regular file, is empty, is larger than its kind may be, or is written to all the time.
fn load(path: &Path, ending: &str) -> Result<Vec<u8>, ReadError> {
    let limit = limit_mb(ending) * 1024 * 1024;
    let about = std::fs::metadata(path).map_err(ReadError::Open)?;
    if !about.is_file() {
        return Err(ReadError::NotAFile);
    }
    check_length(about.len(), ending)?;
    let bytes = settled(|| {
        let mut file = File::open(path).map_err(ReadError::Open)?;
        let before = FileState::of(&file.metadata().map_err(ReadError::Open)?);
        let mut bytes = Vec::with_capacity(about.len() as usize);
        // One byte more than allowed, in case the file grows while it is read.
        file.by_ref().take(limit + 1).read_to_end(&mut bytes).map_err(ReadError::BrokenOff)?;
        let after = FileState::of(&file.metadata().map_err(ReadError::BrokenOff)?);
        Ok((before, bytes, after))
    })?;
    check_length(bytes.len() as u64, ending)?;
    if bytes.is_empty() {
        return Err(ReadError::Empty);
    }
    Ok(bytes)
}

fn load_head(path: &Path) -> Result<Vec<u8>, ReadError> {
    if !std::fs::metadata(path).map_err(ReadError::Open)?.is_file() {
        return Err(ReadError::NotAFile);
    }
    let mut head = Vec::new();
    let file = File::open(path).map_err(ReadError::Open)?;
    file.take(HEAD).read_to_end(&mut head).map_err(ReadError::BrokenOff)?;
    Ok(head)
}

/// The length of a file and when it was written, to notice that it changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileState {
    /// Length in bytes.
    pub length: u64,
    /// When it was last written; none where the system does not record it.
    pub written: Option<SystemTime>,
}

impl FileState {
    /// From the metadata of the file.
    pub fn of(about: &Metadata) -> Self {
        Self { length: about.len(), written: about.modified().ok() }
    }
}

/// The first contents that were the same file's from the first byte to the last; `read` gives them with the file's state before
/// and after.
fn settled(
    mut read: impl FnMut() -> Result<(FileState, Vec<u8>, FileState), ReadError>,
) -> Result<Vec<u8>, ReadError> {
    for _ in 0..TRIES {
        let (before, bytes, after) = read()?;
        if before == after {
            return Ok(bytes);
        }
    }
    Err(ReadError::BeingWritten)
}

/// Says what is wrong when the contents are plainly of another kind than the ending says.
///
/// # Errors
/// [`ReadError::WrongContent`], [`ReadError::OnlyZeros`] or [`ReadError::Empty`].
pub(super) fn check_content(bytes: &[u8], ending: &str) -> Result<(), ReadError> {
    if bytes.is_empty() {
        return Err(ReadError::Empty);
    }
    if bytes.iter().all(|byte| *byte == 0) {
        return Err(ReadError::OnlyZeros);
    }
    let (found, hint) = match kind_of(bytes) {
        Kind::Text if matches!(ending, "docx" | "docm") => {
            ("plain text", "rename it to .txt, or open it in Word and save it as .docx")
        }
        Kind::Text if ending == "parquet" => ("not a Parquet file", "write the table again as Parquet"),
        Kind::Text if matches!(ending, "xlsx" | "xlsm" | "xlsb") => {
            ("plain text", "rename it to .csv, or open it in Excel and save it as .xlsx")
        }
        Kind::Text if ending == "ods" => {
            ("plain text", "rename it to .csv, or open it in LibreOffice and save it as .ods")
        }
        Kind::Text if ending == "qdpx" => ("plain text", "export the project again as REFI-QDA"),
        Kind::Text if ending == "odt" => ("plain text", "rename it to .txt, or save it as .odt again"),
        Kind::Text if ending == "rtf" => ("plain text", "rename it to .txt"),
        Kind::Zip
            if matches!(ending, "docx" | "docm" | "odt" | "xlsx" | "xlsm" | "xlsb" | "ods" | "qdpx") =>
        {
            return Ok(());
        }
        Kind::RichText if ending == "rtf" => return Ok(()),
        Kind::Pdf if ending == "pdf" => return Ok(()),
        Kind::Pdf => ("a PDF", "give it the ending .pdf"),
        Kind::Text if ending == "pdf" => ("plain text", "rename it to .txt"),
        Kind::Text => return Ok(()),
        Kind::RichText => ("Rich Text Format", "give it the ending .rtf"),
        Kind::Parquet if ending == "parquet" => return Ok(()),
        Kind::Zip => (
            "a Word file or another packed file",
            "give it the ending that it had (.docx, .odt, .xlsx), or unpack it",
        ),
        Kind::Parquet => ("a Parquet table", "give it the ending .parquet"),
        Kind::Other(found, hint) => (found, hint),
    };
    Err(ReadError::WrongContent { ending: ending.to_owned(), found, hint })
}

/// Refuses a file with more lines than memory allows.
///
/// # Errors
/// [`ReadError::TooMany`].
pub(super) fn check_lines(bytes: &[u8], ending: &str) -> Result<(), ReadError> {
    let limit = if is_table(ending) { MAX_TABLE_LINES } else { MAX_TEXT_LINES };
    let lines = bytes.iter().filter(|byte| matches!(byte, b'\n' | b'\r')).count();
    if lines > limit { Err(ReadError::TooMany { what: "lines", limit }) } else { Ok(()) }
}

fn is_table(ending: &str) -> bool {
    matches!(
        ending,
        "csv" | "tsv" | "jsonl" | "ndjson" | "parquet" | "xlsx" | "xlsm" | "xlsb" | "ods" | "fods"
    )
}

/// What a file's first bytes say that it is.
enum Kind {
    Text,
    Zip,
    Parquet,
    RichText,
    Pdf,
    /// What it is and what to do with it.
    Other(&'static str, &'static str),
}

fn kind_of(bytes: &[u8]) -> Kind {
    const PICTURE: &str = "put the transcript itself here; text in a picture cannot be read";
    const RECORDING: &str = "transcribe the recording first and list the transcript";
    let starts = |magic: &[u8]| bytes.starts_with(magic);
    if starts(b"PK\x03\x04") || starts(b"PK\x05\x06") {
        Kind::Zip
    } else if starts(b"PAR1") {
        Kind::Parquet
    } else if starts(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        if contains(bytes, &utf16("EncryptedPackage")) {
            Kind::Other(
                "protected with a password",
                "open it in Word or Excel, remove the password under File, Info, and save it again",
            )
        } else {
            Kind::Other("an old binary Office file", "open it and save it as .docx or .xlsx")
        }
    } else if starts(b"{\\rtf") {
        Kind::RichText
    } else if contains(&bytes[..bytes.len().min(1024)], b"%PDF-") {
        Kind::Pdf
    } else if starts(b"\x89PNG") {
        Kind::Other("a PNG picture", PICTURE)
    } else if starts(b"\xFF\xD8\xFF") {
        Kind::Other("a JPEG picture", PICTURE)
    } else if starts(b"GIF8") {
        Kind::Other("a GIF picture", PICTURE)
    } else if starts(b"ID3") || starts(b"RIFF") || starts(b"OggS") || starts(b"fLaC") {
        Kind::Other("a sound recording", RECORDING)
    } else if bytes.get(4..8) == Some(b"ftyp") || starts(b"\x1A\x45\xDF\xA3") {
        Kind::Other("a video or sound recording", RECORDING)
    } else if starts(b"\x1F\x8B") {
        Kind::Other("a gzip archive", "unpack it first")
    } else if starts(b"SQLite format 3") {
        Kind::Other("a database", "export the transcripts from the program that made it")
    } else {
        Kind::Text
    }
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(bytes: &[u8], ending: &str) -> String {
        let error = check_content(bytes, ending).unwrap_err();
        format!("{error} ({})", error.hint())
    }

    #[test]
    fn files_of_another_kind_than_their_ending_are_named() {
        insta::assert_snapshot!(refusal(b"\x89PNG\r\n\x1a\n....", "docx"), @"the file ends in .docx but is a PNG picture (put the transcript itself here; text in a picture cannot be read)");
        insta::assert_snapshot!(refusal(b"%PDF-1.7 ...", "txt"), @"the file ends in .txt but is a PDF (give it the ending .pdf)");
        insta::assert_snapshot!(refusal(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 old", "docx"), @"the file ends in .docx but is an old binary Office file (open it and save it as .docx or .xlsx)");
        let mut protected = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
        protected.extend(utf16("EncryptedPackage"));
        insta::assert_snapshot!(refusal(&protected, "docx"), @"the file ends in .docx but is protected with a password (open it in Word or Excel, remove the password under File, Info, and save it again)");
        insta::assert_snapshot!(refusal(b"PK\x03\x04....", "txt"), @"the file ends in .txt but is a Word file or another packed file (give it the ending that it had (.docx, .odt, .xlsx), or unpack it)");
        insta::assert_snapshot!(refusal(&[0; 64], "vtt"), @"the file holds nothing but zero bytes (this happens when a copy or a cloud synchronisation was interrupted: copy the file again)");
        insta::assert_snapshot!(refusal(b"I: Hello", "docx"), @"the file ends in .docx but is plain text (rename it to .txt, or open it in Word and save it as .docx)");
    }

    #[test]
    fn other_endings_are_refused_with_what_to_do() {
        let refusal = |name: &str, bytes: &[u8]| {
            let error = refuse_unknown(&ending_of(name), bytes).unwrap_err();
            let message = error.to_string();
            let message = message.split("; transcripts may end").next().unwrap_or_default();
            format!("{message} ({})", error.hint())
        };
        let all: Vec<String> = [
            refusal("P01.exb", b"<?xml version=\"1.0\"?><basic-transcription/>"),
            refusal("P02.mx24", b"SQLite format 3\0"),
            refusal("P03.nvpx", b"x"),
            refusal("P04.pages", b"PK\x03\x04"),
            refusal("P05.wav", b"RIFF"),
            refusal("P06", b"Mira: How was it?\nBen: Cold.\n"),
            refusal("P07", b"\x00\x01\x02\x03\x04"),
            refusal("P08.interview", b"%PDF-1.7"),
            refusal("P09.transcript", b"WEBVTT\n\n"),
            refusal("P10.old", b""),
        ]
        .into();
        insta::assert_snapshot!(all.join("\n"), @"
        files ending in .exb cannot be read (export it from EXMARaLDA as ELAN (.eaf), Praat (.TextGrid), CHAT (.cha) or TEI (.xml))
        files ending in .mx24 cannot be read (this is a project of MAXQDA: export it there as REFI-QDA project (.qdpx), or its documents as .docx)
        files ending in .nvpx cannot be read (this is a project of NVivo: export it there as REFI-QDA project (.qdpx), or its files as .docx)
        files ending in .pages cannot be read (open it in Pages and export it as Word (.docx))
        files ending in .wav cannot be read (this is a recording: transcribe it first and list the transcript)
        the file's name has no ending that says what it is, but it holds plain text (rename it so that it ends in .txt if it is a transcript, or in .csv if it is a table)
        the file's name has no ending that says what it is (list only transcripts, for example transcripts/*.docx)
        files ending in .interview cannot be read, but it holds a PDF (rename it so that it ends in .pdf)
        files ending in .transcript cannot be read, but it holds WebVTT captions (rename it so that it ends in .vtt)
        files ending in .old cannot be read (list only transcripts, for example transcripts/*.docx)
        ");
    }

    #[test]
    fn endings_and_stems_come_from_the_last_part_of_the_name() {
        assert_eq!(ending_of("a.b/P01.DOCX"), "docx");
        assert_eq!(ending_of("a.b/P01"), "");
        assert_eq!(stem_of("a.b/P01.final.docx"), "P01.final");
        assert_eq!(stem_of(".hidden"), ".hidden");
    }

    #[test]
    fn a_file_that_is_written_to_is_read_again_and_then_named() {
        let state = |length| FileState { length, written: None };
        // The file grows by a byte with each look until it has `full`.
        let reading = |full: u64| {
            let mut length = 0;
            settled(|| {
                let before = length;
                length = full.min(length + 1);
                Ok((state(before), vec![b'x'; length as usize], state(length)))
            })
        };
        assert_eq!(reading(2).unwrap(), b"xx");
        let error = reading(9).unwrap_err();
        insta::assert_snapshot!(format!("{error} ({})", error.hint()), @"the file was being written while it was read (wait until it is saved or synchronised, and run the study again)");
    }

    #[test]
    fn a_folder_is_not_a_file() {
        let folder = tempfile::tempdir().unwrap();
        assert!(matches!(load(folder.path(), "txt"), Err(ReadError::NotAFile)));
    }
}
