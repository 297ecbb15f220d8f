//! The files that a study names: single ones must exist, patterns must match something; errors suggest the path to write.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};

use toml::Spanned;
use transcripts::{Problem, Severity, SourceFile};

use super::{Check, shown};
use crate::study::error::{StudyError, line_of};
use crate::study::mistakes;

/// A file that the study names.
pub(super) struct NamedFile {
    /// As in the study file, with `/` between folders.
    pub(super) name: String,
    pub(super) path: PathBuf,
}

impl From<NamedFile> for SourceFile {
    fn from(file: NamedFile) -> Self {
        Self::at(file.name, file.path)
    }
}

impl Check<'_> {
    /// A file that the study names: it must exist.
    pub(super) fn file(&self, name: &Spanned<String>) -> Result<NamedFile, StudyError> {
        self.path_as_meant(name)?;
        let path = self.folder().join(name.get_ref());
        if path.is_file() {
            return Ok(NamedFile { path, name: name.get_ref().replace('\\', "/") });
        }
        Err(self.error(
            name,
            format!("there is no file `{}`", name.get_ref()),
            format!("paths are relative to the folder of the study file, `{}`", shown(self.folder())),
        ))
    }

    /// Refuses a path in which a backslash became another character.
    fn path_as_meant(&self, name: &Spanned<String>) -> Result<(), StudyError> {
        match mistakes::advice_on_path(name.get_ref()) {
            Some((message, hint)) => Err(self.error(name, message, hint)),
            None => Ok(()),
        }
    }

    /// The files that the patterns match, sorted by name, each once.
    pub(super) fn transcripts(
        &mut self,
        patterns: &[Spanned<String>],
    ) -> Result<Vec<SourceFile>, StudyError> {
        let mut files = BTreeSet::new();
        let mut advice = None;
        for pattern in patterns {
            self.path_as_meant(pattern)?;
            // Escaped, because the study's own folder may contain signs such as `[` that are no pattern.
            let folder = PathBuf::from(glob::Pattern::escape(&self.folder().to_string_lossy()));
            let paths = glob::glob(&folder.join(pattern.get_ref()).to_string_lossy()).map_err(|error| {
                self.error(
                    pattern,
                    format!("`{}` is not a file pattern: {}", pattern.get_ref(), error.msg),
                    "a pattern is a path with `*` for any letters, for example `interviews/*.docx`",
                )
            })?;
            let before = files.len();
            let mut matched = false;
            for path in paths.flatten().filter(|path| path.is_file()) {
                matched = true;
                // Lock files of Word and LibreOffice beside an open interview.
                let name =
                    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
                if !name.starts_with("~$") && !name.starts_with(".~") {
                    files.insert((self.shown_name(&path), path));
                }
            }
            if !matched && before == files.len() {
                let hint = mistakes::advice_on_pattern(self.folder(), pattern.get_ref());
                advice = advice.or_else(|| hint.clone());
                self.problems.push(
                    Problem::new(
                        Severity::Warning,
                        shown(self.path),
                        format!("`{}` matches no file", pattern.get_ref()),
                    )
                    .with_code(transcripts::codes::PLAN_UNMATCHED)
                    .at_line(line_of(self.text, pattern.span().start) as u64)
                    .with_hint(hint.unwrap_or_else(|| {
                        let folder = shown(self.folder());
                        format!("patterns are relative to the folder of the study file, `{folder}`")
                    })),
                );
            }
        }
        if files.is_empty() {
            return Err(StudyError::about(
                self.path,
                "no transcript was found: no pattern under `transcripts` matches a file",
                advice.unwrap_or_else(|| {
                    format!(
                        "patterns are relative to the folder of the study file, `{}`; for example `transcripts = [\"interviews/*.docx\"]`",
                        shown(self.folder())
                    )
                }),
            ));
        }
        Ok(files.into_iter().map(|(name, path)| SourceFile::at(name, path)).collect())
    }

    /// The path relative to the study file, with `/` on every system.
    fn shown_name(&self, path: &Path) -> String {
        let folder = without_dots(self.folder());
        let path = without_dots(path);
        path.strip_prefix(&folder).unwrap_or(&path).to_string_lossy().replace('\\', "/")
    }
}

/// The path without `.` components, which `./study.toml` has and paths of patterns do not.
fn without_dots(path: &Path) -> PathBuf {
    path.components().filter(|part| *part != Component::CurDir).collect()
}
