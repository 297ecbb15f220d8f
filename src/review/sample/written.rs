//! The folder of a sample: written under another name and renamed, so that a sample is complete or not there, and is never overwritten.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use rust_xlsxwriter::XlsxError;

use super::SampleError;
use super::design::{CoderRecord, DESIGN, DesignRow, RECORD, SampleRecord, SampleSettings, write_design};
use super::sheet::CodingSheet;
use super::workbook::coding_workbook;
use crate::record::{FileDigest, Program};
use crate::review::rows::write_rows;
use crate::storage::private::{make_folder, make_folder_within};
use crate::study::REVIEW;
use crate::table::{Digest, replace_file};

/// The folder of samples and the number of the next one.
pub(super) struct NextSample {
    review: PathBuf,
    number: u32,
}

/// What the record of a sample says besides its sheets.
pub(super) struct Record {
    pub(super) number: u32,
    pub(super) key: String,
    pub(super) study: String,
    pub(super) run: String,
    pub(super) settings: SampleSettings,
}

/// The name of a sheet's file.
pub(super) fn sheet_name(coder: &str, ending: &str) -> String {
    format!("codes-{coder}.{ending}")
}

/// The folder of the sample with this number.
pub(in crate::review) fn folder_of(review: &Path, number: u32) -> PathBuf {
    review.join(format!("sample-{number}"))
}

/// The numbers of the samples in the folder `review`, in order.
pub(in crate::review) fn numbers_in(review: &Path) -> io::Result<Vec<u32>> {
    let mut numbers = Vec::new();
    let entries = match fs::read_dir(review) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(numbers),
        entries => entries?,
    };
    for entry in entries {
        let name = entry?.file_name();
        numbers.extend(name.to_str().and_then(|name| name.strip_prefix("sample-")?.parse::<u32>().ok()));
    }
    numbers.sort_unstable();
    Ok(numbers)
}

/// The number after that of the last sample, and where to write it.
pub(super) fn next_sample(out: &Path) -> Result<(u32, NextSample), SampleError> {
    let review = out.join(REVIEW);
    let failed = |source| SampleError::Write { path: review.clone(), source };
    make_folder(&review).map_err(failed)?;
    let last = numbers_in(&review).map_err(failed)?.last().copied().unwrap_or(0);
    let number = last.checked_add(1).ok_or_else(|| failed(io::Error::other("there are too many samples")))?;
    Ok((number, NextSample { review, number }))
}

/// Writes a whole sample and returns its folder. `sheets` come with the coder's form in their names.
pub(super) fn write_sample(
    next: &NextSample,
    record: Record,
    rows: &[DesignRow],
    sheets: &[(String, CodingSheet)],
) -> Result<PathBuf, SampleError> {
    let partial = next.review.join(format!(".sample-{}.partial", next.number));
    let folder = folder_of(&next.review, next.number);
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |source| SampleError::Write { path, source }
    };
    // Left by a run that was killed.
    if partial.exists() {
        fs::remove_dir_all(&partial).map_err(failed(&partial))?;
    }
    make_folder(&partial).map_err(failed(&partial))?;
    let written = write_files(&partial, record, rows, sheets);
    let moved = written.and_then(|()| {
        if folder.exists() {
            return Err(failed(&folder)(io::Error::other("it is there by now")));
        }
        fs::rename(&partial, &folder).map_err(failed(&folder))
    });
    if moved.is_err() {
        // The first failure is the one to report.
        let _ = fs::remove_dir_all(&partial);
    }
    moved.map(|()| folder)
}

/// Writes the sample of a page, or replaces it by one with further coders: its design and its record, without sheets.
///
/// # Errors
/// The file or folder that cannot be written.
pub(in crate::review) fn write_page_sample(
    review: &Path,
    record: &SampleRecord,
    rows: &[DesignRow],
) -> Result<(), (PathBuf, io::Error)> {
    let folder = folder_of(review, record.sample);
    let is_there = folder.exists();
    let into = if is_there {
        folder.clone()
    } else {
        let partial = review.join(format!(".sample-{}.partial", record.sample));
        if partial.exists() {
            fs::remove_dir_all(&partial).map_err(|error| (partial.clone(), error))?;
        }
        make_folder_within(review, &partial).map_err(|error| (partial.clone(), error))?;
        partial
    };
    let design = into.join(DESIGN);
    let Digest { bytes, sha256 } = write_design(&design, rows).map_err(|error| (design, error))?;
    let files = vec![FileDigest { path: DESIGN.to_owned(), bytes, sha256 }];
    write_record(&into.join(RECORD), &SampleRecord { files, ..record.clone() })?;
    if is_there { Ok(()) } else { fs::rename(&into, &folder).map_err(|error| (folder, error)) }
}

fn write_record(path: &Path, record: &SampleRecord) -> Result<(), (PathBuf, io::Error)> {
    let written = replace_file::<io::Error>(path, |writer| {
        serde_json::to_writer_pretty(&mut *writer, record)?;
        writer.write_all(b"\n")
    });
    written.map(|_| ()).map_err(|error| (path.to_owned(), error))
}

fn write_files(
    partial: &Path,
    record: Record,
    rows: &[DesignRow],
    sheets: &[(String, CodingSheet)],
) -> Result<(), SampleError> {
    let mut files = Vec::new();
    let mut listed = |name: String, digest: Digest| {
        files.push(FileDigest { path: name, bytes: digest.bytes, sha256: digest.sha256 });
    };
    let design = partial.join(DESIGN);
    let digest = write_design(&design, rows).map_err(|source| SampleError::Write { path: design, source })?;
    listed(DESIGN.to_owned(), digest);
    for (file, sheet) in sheets {
        let name = sheet_name(file, "xlsx");
        let path = partial.join(&name);
        let saved = coding_workbook(sheet).and_then(|mut workbook| {
            replace_file::<XlsxError>(&path, |writer| workbook.save_to_writer(writer))
        });
        listed(name, saved.map_err(|source| SampleError::Workbook { path, source })?);
        let name = sheet_name(file, "csv");
        let path = partial.join(&name);
        let headings = sheet.headings();
        let headings: Vec<&str> = headings.iter().map(String::as_str).collect();
        let saved = write_rows(&path, &headings, sheet.cells());
        listed(name, saved.map_err(|source| SampleError::Write { path, source })?);
    }
    let first = sheets.first().map(|(_, sheet)| sheet);
    let record = SampleRecord {
        sample: record.number,
        key: record.key,
        program: Program::this(),
        study: record.study,
        run: record.run,
        settings: record.settings,
        segments: rows.iter().filter(|row| row.drawn).count() as u64,
        of: rows.len() as u64,
        themes: first
            .map(|sheet| sheet.themes.iter().map(|theme| theme.name.clone()).collect())
            .unwrap_or_default(),
        coders: sheets
            .iter()
            .map(|(file, sheet)| CoderRecord {
                name: sheet.coder.clone(),
                file: file.clone(),
                segments: sheet.rows.len() as u64,
                pages: Vec::new(),
            })
            .collect(),
        files,
    };
    write_record(&partial.join(RECORD), &record).map_err(|(path, source)| SampleError::Write { path, source })
}
