//! A folder to run the program in.

use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::models;

/// The project's own files.
pub(crate) fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// What a command did.
pub(crate) struct Done {
    pub(crate) status: i32,
    /// Standard output and then standard error, the scratch folder shown as `HERE`.
    pub(crate) said: String,
}

/// An empty folder that is gone after the test.
pub(crate) struct Scratch {
    folder: TempDir,
}

impl Scratch {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a temporary folder can be made") }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file and the folders above it.
    pub(crate) fn write(&self, name: &str, contents: impl AsRef<[u8]>) -> &Self {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().expect("a file has a folder")).expect("folders can be made");
        std::fs::write(path, contents).expect("files can be written");
        self
    }

    /// Runs the program in the folder.
    pub(crate) fn emic(&self, arguments: &[&str]) -> Done {
        self.emic_with(arguments, &[])
    }

    /// Runs the program in the folder with more in its environment.
    pub(crate) fn emic_with(&self, arguments: &[&str], environment: &[(&str, &str)]) -> Done {
        let mut command = Command::new(env!("CARGO_BIN_EXE_emic"));
        command.args(arguments).current_dir(self.folder.path()).envs(environment.iter().copied());
        let output = command.output().expect("the program starts");
        let said = [output.stdout, output.stderr].concat();
        let said = String::from_utf8_lossy(&said).replace(&self.folder.path().display().to_string(), "HERE");
        Done { status: output.status.code().unwrap_or(-1), said }
    }

    /// Runs a study with the models of these tests.
    pub(crate) fn run(&self, study: &str, more: &[&str]) -> Done {
        let models = models().display().to_string();
        self.emic(&[&["run", study, "--quiet", "--models", &models], more].concat())
    }

    /// A table of a finished run as rows of text, with its heading.
    pub(crate) fn table(&self, name: &str) -> Table {
        Table::read(&self.path(name))
    }
}

/// A CSV table.
pub(crate) struct Table {
    heading: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Table {
    pub(crate) fn read(path: &Path) -> Self {
        let text =
            std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        let heading = reader.headers().expect("a heading").iter().map(str::to_owned).collect();
        let rows =
            reader.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect()).collect();
        Self { heading, rows }
    }

    /// The cells of some columns, a row each.
    pub(crate) fn columns<const N: usize>(&self, names: [&str; N]) -> Vec<[&str; N]> {
        let place = |name: &str| {
            self.heading
                .iter()
                .position(|column| column == name)
                .unwrap_or_else(|| panic!("no column {name}"))
        };
        let places = names.map(place);
        self.rows.iter().map(|row| places.map(|place| row[place].as_str())).collect()
    }
}
