//! The cells of a workbook (`.xlsx`, `.xlsb`, `.ods`) as text, within limits: files may be sent by strangers, and a small package can
//! unpack to more than fits into memory.
//!
//! calamine reads Excel's formats, after everything is unpacked and counted. Cells are read one by one and not as calamine's table of
//! a sheet, which has room for every cell between the first and the last filled one. For the same reason `open_document` is
//! ours: calamine expands repeated cells before they can be counted.

mod open_document;

use std::collections::BTreeMap;
use std::io::{self, Cursor, Read};
use std::panic::{self, AssertUnwindSafe};

use calamine::{DataRef, ExcelDateTime, Reader, SheetType, Xlsb, XlsbError, Xlsx, XlsxError};
use zip::ZipArchive;

use self::open_document::OpenSheet;
use refi_qda::package::Package;

/// Maximum files in the package.
const MAX_PARTS: usize = 2_000;
/// Maximum megabytes that they may unpack to together.
const UNPACKED_LIMIT_MB: u64 = 64;
/// Maximum filled cells of a sheet, and megabytes of their text: one long text may be in every cell.
const MAX_CELLS: usize = 1_000_000;
const TEXT_LIMIT_MB: usize = 64;

/// Every file of the formats before 2007, and every one with a password, begins with these bytes.
const OLD_OR_LOCKED: [u8; 4] = [0xD0, 0xCF, 0x11, 0xE0];

/// Why a workbook cannot be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WorkbookFault {
    /// A format that cannot be read.
    #[error("the workbook has a password or is older than Excel 2007")]
    OldOrLocked,
    /// Bytes that are no workbook.
    #[error("this is not a workbook, or it is damaged")]
    Damaged,
    /// A package that would fill the memory.
    #[error("the workbook unpacks to more than {UNPACKED_LIMIT_MB} MB or {MAX_PARTS} files")]
    Bomb,
    /// A sheet, by its name, that is larger than what people write.
    #[error("the sheet `{0}` has more than {MAX_CELLS} cells or more than {TEXT_LIMIT_MB} MB of text")]
    TooMuch(String),
}

impl WorkbookFault {
    /// What to do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::OldOrLocked => "open it in Excel or LibreOffice and save it as .xlsx without a password",
            Self::Damaged => "open it in Excel or LibreOffice and save it again as .xlsx",
            Self::Bomb | Self::TooMuch(_) => "copy what matters into a new workbook",
        }
    }
}

/// Details of the damage do not help a researcher; the hint is the same.
impl From<XlsxError> for WorkbookFault {
    fn from(_: XlsxError) -> Self {
        Self::Damaged
    }
}

impl From<XlsbError> for WorkbookFault {
    fn from(_: XlsbError) -> Self {
        Self::Damaged
    }
}

/// A row that is not empty: its number from 1, as spreadsheets show it, and its filled cells by column from 0.
#[derive(Debug, Clone)]
pub struct Row {
    /// From 1, as spreadsheets number their rows.
    pub number: usize,
    /// The cells that are filled, by column from 0.
    pub cells: BTreeMap<u32, String>,
}

/// A cell that is merged over several rows, numbered as in [`Row`].
#[derive(Debug, Clone, Copy)]
pub(crate) struct MergedCells {
    pub(crate) first: usize,
    pub(crate) last: usize,
    /// The leftmost column, which is the one that may be filled.
    pub(crate) column: u32,
}

/// An opened workbook.
pub(crate) struct Workbook<'a> {
    book: Book<'a>,
}

/// The reader.
enum Book<'a> {
    Xlsx(Box<Xlsx<Cursor<&'a [u8]>>>),
    Xlsb(Box<Xlsb<Cursor<&'a [u8]>>>),
    OpenDocument(Vec<OpenSheet>),
}

impl<'a> Workbook<'a> {
    pub(crate) fn open(bytes: &'a [u8]) -> Result<Self, WorkbookFault> {
        if bytes.starts_with(&OLD_OR_LOCKED) {
            return Err(WorkbookFault::OldOrLocked);
        }
        if is_flat_document(bytes) {
            return Ok(Self { book: Book::OpenDocument(open_document::sheets_of(bytes)?) });
        }
        refuse_bombs(bytes)?;
        let mut package = Package::open(bytes).map_err(|_| WorkbookFault::Damaged)?;
        let book = if package.has("content.xml") {
            Book::OpenDocument(open_document::sheets_in(&mut package)?)
        } else if package.has("xl/workbook.bin") {
            Book::Xlsb(guarded(|| Ok(Box::new(Xlsb::new(Cursor::new(bytes))?)))?)
        } else {
            Book::Xlsx(guarded(|| Ok(Box::new(Xlsx::new(Cursor::new(bytes))?)))?)
        };
        Ok(Self { book })
    }

    /// The names of its sheets with cells, in order.
    pub(crate) fn sheets(&self) -> Vec<String> {
        let sheets = match &self.book {
            Book::Xlsx(book) => book.sheets_metadata(),
            Book::Xlsb(book) => book.sheets_metadata(),
            Book::OpenDocument(sheets) => return sheets.iter().map(|sheet| sheet.name.clone()).collect(),
        };
        let with_cells = sheets.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
        with_cells.map(|sheet| sheet.name.clone()).collect()
    }

    /// The rows of a sheet that are not empty, from the top.
    pub(crate) fn rows(&mut self, sheet: &str) -> Result<Vec<Row>, WorkbookFault> {
        match &mut self.book {
            Book::Xlsx(book) => guarded(|| {
                let mut reader = book.worksheet_cells_reader(sheet)?;
                filled_rows(sheet, || {
                    Ok(reader.next_cell()?.map(|cell| (cell.get_position(), text_of(cell.get_value()))))
                })
            }),
            Book::Xlsb(book) => guarded(|| {
                let mut reader = book.worksheet_cells_reader(sheet)?;
                filled_rows(sheet, || {
                    Ok(reader.next_cell()?.map(|cell| (cell.get_position(), text_of(cell.get_value()))))
                })
            }),
            Book::OpenDocument(sheets) => match sheets.iter().find(|open| open.name == sheet) {
                Some(open) if open.is_too_much => Err(WorkbookFault::TooMuch(sheet.to_owned())),
                Some(open) => Ok(open.rows.clone()),
                None => Err(WorkbookFault::Damaged),
            },
        }
    }

    /// The merged cells of a sheet; none in `.xlsb`, where they are not read.
    pub(crate) fn merged(&mut self, sheet: &str) -> Result<Vec<MergedCells>, WorkbookFault> {
        let book = match &mut self.book {
            Book::Xlsx(book) => book,
            Book::Xlsb(_) => return Ok(Vec::new()),
            Book::OpenDocument(sheets) => {
                let open = sheets.iter().find(|open| open.name == sheet);
                return Ok(open.map(|open| open.merged.clone()).unwrap_or_default());
            }
        };
        let areas = guarded(|| Ok(book.merge_cells_by_sheet_name(sheet)?))?;
        let merged = areas.into_iter().map(|area| MergedCells {
            first: area.start.0 as usize + 1,
            last: area.end.0 as usize + 1,
            column: area.start.1,
        });
        Ok(merged.collect())
    }
}

/// Whether this is an `OpenDocument` without a package, `.fods`.
pub(crate) fn is_flat_document(bytes: &[u8]) -> bool {
    const ROOT: &[u8] = b"<office:document";
    let start = &bytes[..bytes.len().min(2048)];
    start.windows(ROOT.len()).any(|window| window == ROOT)
}

/// calamine adds positions of cells unchecked. A hostile one wraps around, or panics in a build with checks of
/// arithmetic; for a researcher the file is damaged.
fn guarded<T>(read: impl FnOnce() -> Result<T, WorkbookFault>) -> Result<T, WorkbookFault> {
    panic::catch_unwind(AssertUnwindSafe(read)).unwrap_or(Err(WorkbookFault::Damaged))
}

/// The filled cells from `next`, by row.
fn filled_rows(
    sheet: &str,
    mut next: impl FnMut() -> Result<Option<((u32, u32), String)>, WorkbookFault>,
) -> Result<Vec<Row>, WorkbookFault> {
    let mut rows: BTreeMap<u32, BTreeMap<u32, String>> = BTreeMap::new();
    let (mut cells, mut bytes) = (0, 0);
    while let Some(((row, column), text)) = next()? {
        if text.trim().is_empty() {
            continue;
        }
        cells += 1;
        bytes += text.len();
        if cells > MAX_CELLS || bytes > TEXT_LIMIT_MB * 1024 * 1024 {
            return Err(WorkbookFault::TooMuch(sheet.to_owned()));
        }
        rows.entry(row).or_default().insert(column, text);
    }
    Ok(rows.into_iter().map(|(row, cells)| Row { number: row as usize + 1, cells }).collect())
}

/// Unpacks everything once and keeps nothing. Sizes stated by the package may be false, so the bytes are counted.
fn refuse_bombs(bytes: &[u8]) -> Result<(), WorkbookFault> {
    let mut package = ZipArchive::new(Cursor::new(bytes)).map_err(|_| WorkbookFault::Damaged)?;
    if package.len() > MAX_PARTS {
        return Err(WorkbookFault::Bomb);
    }
    let mut room = UNPACKED_LIMIT_MB * 1024 * 1024;
    for index in 0..package.len() {
        let part = package.by_index(index).map_err(|_| WorkbookFault::Damaged)?;
        let holds_texts = part.name().to_lowercase().ends_with("sharedstrings.xml");
        let mut part = part.take(room + 1);
        let mut texts = Vec::new();
        let unpacked = if holds_texts {
            part.read_to_end(&mut texts).map(|length| length as u64)
        } else {
            io::copy(&mut part, &mut io::sink())
        };
        let unpacked = unpacked.map_err(|_| WorkbookFault::Damaged)?;
        if states_too_many(&texts) {
            return Err(WorkbookFault::Damaged);
        }
        room = room.checked_sub(unpacked).ok_or(WorkbookFault::Bomb)?;
    }
    Ok(())
}

/// Whether a list of texts claims to hold more texts than it has bytes: calamine allocates for that number before it reads one.
fn states_too_many(texts: &[u8]) -> bool {
    const COUNT: &[u8] = b"uniqueCount";
    let mut rest = texts;
    while let Some(at) = rest.windows(COUNT.len()).position(|window| window == COUNT) {
        rest = &rest[at + COUNT.len()..];
        let value =
            rest.iter().skip_while(|byte| byte.is_ascii_whitespace() || matches!(byte, b'=' | b'"' | b'\''));
        let digits = value.take_while(|byte| byte.is_ascii_digit());
        let count = digits
            .fold(0_u64, |count, digit| count.saturating_mul(10).saturating_add(u64::from(digit - b'0')));
        if count > texts.len() as u64 {
            return true;
        }
    }
    false
}

/// A date as `2026-01-31`, a time as `01:02:03`, both where a cell holds both; lengths of time in hours.
fn date_of(date: &ExcelDateTime) -> String {
    const LAST_DAY: f64 = 2_958_466.0;
    let value = date.as_f64();
    if !(0.0..LAST_DAY).contains(&value) {
        return value.to_string();
    }
    let ms = (value * 86_400_000.0).round() as u64;
    let (hours, minutes, seconds) = (ms / 3_600_000, ms / 60_000 % 60, ms / 1000 % 60);
    let fraction = if ms.is_multiple_of(1000) { String::new() } else { format!(".{:03}", ms % 1000) };
    if date.is_duration() || value < 1.0 {
        return format!("{hours:02}:{minutes:02}:{seconds:02}{fraction}");
    }
    let (year, month, day, ..) = date.to_ymd_hms_milli();
    let day = format!("{year:04}-{month:02}-{day:02}");
    if ms.is_multiple_of(86_400_000) {
        return day;
    }
    format!("{day} {:02}:{minutes:02}:{seconds:02}{fraction}", hours % 24)
}

/// A cell as a spreadsheet shows it; whole numbers without a decimal point.
fn text_of(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(true) => "TRUE".to_owned(),
        DataRef::Bool(false) => "FALSE".to_owned(),
        DataRef::DateTime(date) => date_of(date),
        DataRef::Error(error) => error.to_string(),
        DataRef::Empty => String::new(),
    }
}
