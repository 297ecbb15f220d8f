//! Who coded a sheet: named by the caller, by the file's name, or on the first sheet of the workbook.

use transcripts::tables::Sheet;

use super::columns::folded;
use super::samples::Samples;
use crate::review::sample::file_part;

/// The cell beside `coder` (or another name) on a sheet of instructions.
pub(super) fn on_instructions(sheets: &[Sheet], name: &str) -> Option<String> {
    const FIRST_ROWS: usize = 10;
    let rows = sheets.iter().flat_map(|sheet| sheet.rows.iter().take(FIRST_ROWS));
    let mut values = rows.filter_map(|row| {
        let named = row.cells.get(&0).is_some_and(|cell| cell.trim() == name);
        row.cells.get(&1).filter(|_| named && row.cells.len() == 2).map(|cell| cell.trim().to_owned())
    });
    values.next().filter(|value| !value.is_empty())
}

/// The coder whose sheet has this file name; a copy such as `codes-Ana (2)` or `codes-Ana final` is Ana's too. None when no coder of
/// the samples fits, or several do.
pub(super) fn by_file_name(stem: &str, samples: &Samples) -> Option<String> {
    let coders = || samples.values().flat_map(|sample| &sample.record.coders);
    let rest =
        stem.get(..6).filter(|start| start.eq_ignore_ascii_case("codes-")).and_then(|_| stem.get(6..))?;
    if let Some(coder) = coders().find(|coder| coder.file == rest) {
        return Some(coder.name.clone());
    }
    // The longest name that the rest begins with: `Ana-María` before `Ana`.
    let rest = file_part(rest).to_lowercase();
    let begins = |file: &str| {
        let file = file.to_lowercase();
        rest.strip_prefix(&file).is_some_and(|more| !more.starts_with(char::is_alphabetic))
    };
    let fitting = coders().filter(|coder| begins(&coder.file));
    fitting.max_by_key(|coder| coder.file.len()).map(|coder| coder.name.clone())
}

/// The name in its known form, if only case and punctuation differ.
pub(super) fn as_known(name: &str, known: &[String]) -> String {
    let name = name.split_whitespace().collect::<Vec<&str>>().join(" ");
    known.iter().find(|known| folded(known) == folded(&name)).cloned().unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::super::tests::samples_of;
    use super::*;

    #[test]
    fn copies_of_a_sheet_are_their_coders() {
        let samples = samples_of(&["Ana", "Ana María", "Ben"]);
        let found = |stem: &str| by_file_name(stem, &samples);
        assert_eq!(found("codes-Ana").as_deref(), Some("Ana"));
        assert_eq!(found("Codes-ana (2)").as_deref(), Some("Ana"));
        assert_eq!(found("codes-Ana-María final").as_deref(), Some("Ana María"));
        assert_eq!(found("codes-Anabel"), None);
        assert_eq!(found("my codes"), None);
        assert_eq!(found("é"), None);
        assert_eq!(as_known(" ben ", &["Ben".to_owned()]), "Ben");
    }
}
