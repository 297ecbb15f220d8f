//! Moves files that hold words which are not in the study any more into a folder beside the output folder, or deletes them where
//! somebody asked for that.

use std::path::{Path, PathBuf};
use std::{fs, io};

use transcripts::text::counted;
use transcripts::{Problem, Severity};

use super::Withdrawn;
use crate::exchange::export_without;
use crate::results::codes;
use crate::storage::private::make_folder_within;
use crate::table::replace_file;

/// Suffix of the folder beside the output folder.
const ENDING: &str = ".withdrawn";

/// Moves files out of an output folder.
pub(super) struct Aside {
    /// Name of the output folder.
    out: String,
    /// The folder beside it; none where the output folder has no name.
    folder: Option<PathBuf>,
    withdrawn: Withdrawn,
    /// Whether anything was moved.
    moved: bool,
}

impl Aside {
    pub(super) fn of(out: &Path, withdrawn: Withdrawn) -> Self {
        let whole =
            fs::canonicalize(out).or_else(|_| std::path::absolute(out)).unwrap_or_else(|_| out.to_owned());
        let name = whole.file_name().map(|name| name.to_string_lossy().into_owned());
        let folder = name.as_ref().map(|name| whole.with_file_name(format!("{name}{ENDING}")));
        Self { out: name.unwrap_or_default(), folder, withdrawn, moved: false }
    }

    /// The name of a file of the output folder in problems.
    pub(super) fn shown(&self, within: &Path) -> String {
        shown(&self.out, within)
    }

    /// Moves a file out.
    pub(super) fn file(&mut self, path: &Path, within: &Path) -> Problem {
        let source = self.shown(within);
        match self.take(path, within) {
            Ok(None) => Problem::new(
                Severity::Warning,
                source,
                "this file held words that are not in the study any more, and was deleted",
            )
            .with_code(codes::WITHDRAWN_WORDS),
            Ok(Some(index)) => Problem::new(
                Severity::Warning,
                source,
                format!("this file held words that are not in the study any more, and was moved to {index}"),
            )
            .with_code(codes::WITHDRAWN_WORDS)
            .with_hint(self.hint()),
            Err(error) => Self::stays(source, &error),
        }
    }

    /// Removes rows from a table of ours; none where it has no such rows. The heading and all other rows are not changed.
    pub(super) fn rows(
        &mut self,
        path: &Path,
        within: &Path,
        goes: &dyn Fn(&csv::StringRecord, &csv::StringRecord) -> bool,
    ) -> Option<Problem> {
        let source = self.shown(within);
        let (count, rewritten) = match without_rows(path, goes) {
            Ok((0, _)) => return None,
            Ok(done) => done,
            // Not a table that this program wrote; its contents are unknown.
            Err(_) => return Some(self.file(path, within)),
        };
        let taken = self.without(path, within, &rewritten);
        let rows = counted(count, "row is", "rows are");
        Some(match taken {
            Ok(None) => Problem::new(
                Severity::Warning,
                source,
                format!("{rows} about what is not in the study any more, and was deleted here"),
            ).with_code(codes::WITHDRAWN_WORDS),
            Ok(Some(index)) => Problem::new(
                Severity::Warning,
                source,
                format!("{rows} about what is not in the study any more, and was taken out; as it was, the file is {index}"),
            ).with_code(codes::WITHDRAWN_WORDS)
            .with_hint(self.hint()),
            Err(error) => Self::stays(source, &error),
        })
    }

    /// Removes transcripts from the copy of an export, or the whole copy.
    pub(super) fn export(&mut self, path: &Path, within: &Path, goes: &dyn Fn(&str) -> bool) -> Problem {
        let source = self.shown(within);
        let left = fs::read(path).ok().and_then(|bytes| export_without(&bytes, goes));
        let written =
            left.map(|bytes| replace_file::<io::Error>(path, |file| io::Write::write_all(file, &bytes)));
        match written {
            Some(Ok(_)) => Problem::new(
                Severity::Warning,
                source,
                "transcripts that are not in the study any more were taken out of this copy of a project that you exported",
            ).with_code(codes::WITHDRAWN_WORDS)
            .with_hint("the project itself is where you saved it and with those whom you gave it to"),
            Some(Err(error)) => Self::stays(source, &error),
            None => self.file(path, within),
        }
    }

    /// The note about the folder beside the output folder.
    pub(super) fn finish(self) -> Option<Problem> {
        let folder = self.folder.filter(|folder| folder.is_dir())?;
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if self.withdrawn == Withdrawn::Forgotten {
            let error = fs::remove_dir_all(&folder).err()?;
            let message = format!("the folder cannot be deleted: {error}");
            return Some(
                Problem::new(Severity::Warning, name, message)
                    .with_code(codes::WITHDRAWN_WORDS)
                    .with_hint("delete it yourself"),
            );
        }
        let message = "this folder, beside the output folder, holds files with words that are not in the study any more";
        (!self.moved).then(|| {
            Problem::new(Severity::Warning, name, message).with_code(codes::WITHDRAWN_WORDS).with_hint(
                "keep what is yours of them elsewhere, then delete the folder or have the next run delete it",
            )
        })
    }

    fn hint(&self) -> String {
        format!(
            "keep what is yours of it elsewhere, then delete the folder {}{ENDING}, or have the next run delete it",
            self.out
        )
    }

    fn stays(source: String, error: &io::Error) -> Problem {
        let message = format!(
            "this file holds words that are not in the study any more, and cannot be taken out: {error}"
        );
        Problem::new(Severity::Warning, source, message)
            .with_code(codes::WITHDRAWN_WORDS)
            .with_hint("close it in other programs and delete it yourself")
    }

    /// Moves or deletes a file; where it was moved to, as shown to people.
    fn take(&mut self, path: &Path, within: &Path) -> io::Result<Option<String>> {
        if self.withdrawn == Withdrawn::Forgotten {
            fs::remove_file(path)?;
            return Ok(None);
        }
        let (target, shown) = self.free_path(within)?;
        // Never copied: the other folder may be on another disk, which is not encrypted as this one may be.
        fs::rename(path, target)?;
        self.moved = true;
        Ok(Some(shown))
    }

    /// Moves or deletes a file and writes `rewritten` instead; where the old file was moved to.
    fn without(&mut self, path: &Path, within: &Path, rewritten: &[u8]) -> io::Result<Option<String>> {
        let written = || replace_file::<io::Error>(path, |file| io::Write::write_all(file, rewritten));
        if self.withdrawn == Withdrawn::Forgotten {
            return written().map(|_| None);
        }
        let (target, shown) = self.free_path(within)?;
        fs::rename(path, &target)?;
        if let Err(error) = written() {
            fs::rename(&target, path)?;
            return Err(error);
        }
        self.moved = true;
        Ok(Some(shown))
    }

    /// A path that no file has yet, and the path as shown to people. Makes its folders.
    fn free_path(&self, within: &Path) -> io::Result<(PathBuf, String)> {
        let folder = self
            .folder
            .as_deref()
            .ok_or_else(|| io::Error::other("there is no folder beside the output folder"))?;
        let first = folder.join(within);
        make_folder_within(folder, first.parent().unwrap_or(folder))?;
        let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let mut candidates = std::iter::once(first.clone())
            .chain((2_u64..).map(|number| first.with_file_name(format!("{number}-{}", name(&first)))));
        let target = candidates.find(|path| !path.exists()).unwrap_or(first);
        let shown =
            target.strip_prefix(folder).map(|within| shown(&name(folder), within)).unwrap_or_default();
        Ok((target, shown))
    }
}

fn shown(folder: &str, within: &Path) -> String {
    let parts: Vec<String> =
        within.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
    format!("{folder}/{}", parts.join("/"))
}

/// The number of rows to remove, and the file without them.
fn without_rows(
    path: &Path,
    goes: &dyn Fn(&csv::StringRecord, &csv::StringRecord) -> bool,
) -> Result<(usize, Vec<u8>), csv::Error> {
    let bytes = fs::read(path)?;
    let mark = "\u{feff}".as_bytes();
    let is_marked = bytes.starts_with(mark);
    let mut reader = csv::Reader::from_reader(bytes.strip_prefix(mark).unwrap_or(&bytes));
    let mut writer = csv::Writer::from_writer(if is_marked { mark.to_vec() } else { Vec::new() });
    let heading = reader.headers()?.clone();
    writer.write_record(&heading)?;
    let mut count = 0;
    for row in reader.records() {
        let row = row?;
        if goes(&heading, &row) {
            count += 1;
        } else {
            writer.write_record(&row)?;
        }
    }
    let written = writer.into_inner().map_err(|error| io::Error::other(error.to_string()))?;
    Ok((count, written))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("out");
        fs::create_dir_all(out.join("review")).unwrap();
        (folder, out)
    }

    #[test]
    fn a_file_is_moved_beside_the_folder_or_deleted() {
        let (folder, out) = folder();
        let within = Path::new("review/codes-Ana.xlsx");
        let mut aside = Aside::of(&out, Withdrawn::MovedAside);
        let said: Vec<String> = ["first", "second"]
            .into_iter()
            .map(|words| {
                fs::write(out.join(within), words).unwrap();
                aside.file(&out.join(within), within).to_string()
            })
            .collect();
        insta::assert_snapshot!(said.join("\n"), @r"
        warning: out/review/codes-Ana.xlsx: this file held words that are not in the study any more, and was moved to out.withdrawn/review/codes-Ana.xlsx (keep what is yours of it elsewhere, then delete the folder out.withdrawn, or have the next run delete it)
        warning: out/review/codes-Ana.xlsx: this file held words that are not in the study any more, and was moved to out.withdrawn/review/2-codes-Ana.xlsx (keep what is yours of it elsewhere, then delete the folder out.withdrawn, or have the next run delete it)
        ");
        assert_eq!(aside.finish(), None, "it was told");
        let moved = folder.path().join("out.withdrawn");
        assert_eq!(fs::read(moved.join("review/2-codes-Ana.xlsx")).unwrap(), b"second");
        assert!(!out.join(within).exists());

        let said = Aside::of(&out, Withdrawn::MovedAside).finish().unwrap().to_string();
        insta::assert_snapshot!(said, @"warning: out.withdrawn: this folder, beside the output folder, holds files with words that are not in the study any more (keep what is yours of them elsewhere, then delete the folder or have the next run delete it)");
        fs::write(out.join(within), "third").unwrap();
        let mut aside = Aside::of(&out, Withdrawn::Forgotten);
        let said = aside.file(&out.join(within), within).to_string();
        insta::assert_snapshot!(said, @"warning: out/review/codes-Ana.xlsx: this file held words that are not in the study any more, and was deleted");
        assert_eq!(aside.finish(), None);
        assert!(!out.join(within).exists() && !moved.exists());
    }

    #[test]
    fn rows_are_taken_out_of_a_table_and_the_others_stay_as_they_are() {
        let (folder, out) = folder();
        let within = Path::new("review/notes.csv");
        let table = "\u{feff}transcript_id,note\nP01,\"'=a, \"\"b\"\"\"\nP02,gone\nP03,\n";
        let goes = |_: &csv::StringRecord, row: &csv::StringRecord| row.iter().any(|cell| cell == "gone");
        fs::write(out.join(within), table).unwrap();
        let mut aside = Aside::of(&out, Withdrawn::MovedAside);
        let said = aside.rows(&out.join(within), within, &goes).unwrap().to_string();
        insta::assert_snapshot!(said, @"warning: out/review/notes.csv: 1 row is about what is not in the study any more, and was taken out; as it was, the file is out.withdrawn/review/notes.csv (keep what is yours of it elsewhere, then delete the folder out.withdrawn, or have the next run delete it)");
        assert_eq!(fs::read_to_string(out.join(within)).unwrap(), table.replace("P02,gone\n", ""));
        assert_eq!(fs::read_to_string(folder.path().join("out.withdrawn").join(within)).unwrap(), table);
        assert_eq!(aside.rows(&out.join(within), within, &goes), None);
    }
}
