//! A study for the findings of the table tests.

use std::fs;

use crate::study::Study;

/// A study file that names one transcript; the folder is removed when it is dropped.
pub(super) fn study(title: &str) -> (tempfile::TempDir, Study) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("P01.txt"), "Ana: No time at all for that.").unwrap();
    let written = format!(
        "[study]\ntitle = \"{title}\"\n[corpus]\ntranscripts = [\"*.txt\"]\ngroups = [\"country\"]\ninterviewers = [\"INT\"]\n"
    );
    fs::write(folder.path().join("study.toml"), written).unwrap();
    let (study, _) = Study::load(&folder.path().join("study.toml")).unwrap();
    (folder, study)
}
