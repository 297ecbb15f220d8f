//! `codebook.xlsx`: every theme with its definition, counts and quotes, and empty columns for a reviewer's verdict.
//!
//! The workbook is for people: texts wrap, quotes have locators, and a reviewer's possible answers are offered as a
//! list. The tables hold the same findings for programs.

use std::path::{Path, PathBuf};

use rust_xlsxwriter::{Workbook, XlsxError};

use super::codebook_sheets::{add_about_sheet, add_quotes_sheet, add_themes_sheet};
use crate::results::Seed;
use crate::table::{Digest, Findings, fixed_properties, replace_file};

/// Why the workbook could not be written. A workbook of an earlier run is unchanged.
#[derive(Debug, thiserror::Error)]
#[error(
    "cannot write {}: {source} (if it is open in Excel or another program, close it there; otherwise see that the \
     disk has room and the folder may be written to)",
    path.display()
)]
pub struct WorkbookError {
    /// The workbook.
    pub path: PathBuf,
    /// What went wrong.
    pub source: XlsxError,
}

/// Writes the codebook of a run to `path`, under another name first and renamed when it is complete.
///
/// `title` is the study's. `seeds` are the codebook's entries, matched to the findings' themes by name; a theme
/// without one shows what the findings know of it. The bytes depend on the arguments and the version of the
/// program alone. An earlier workbook at `path` is overwritten; the caller keeps it if a reviewer wrote into it.
///
/// # Errors
/// When the file cannot be written.
pub fn write_codebook_workbook(
    path: &Path,
    title: &str,
    findings: &Findings,
    seeds: &[Seed],
) -> Result<Digest, WorkbookError> {
    let written = codebook_workbook(title, findings, seeds)
        .and_then(|mut workbook| replace_file(path, |writer| workbook.save_to_writer(writer)));
    written.map_err(|source| WorkbookError { path: path.to_owned(), source })
}

fn codebook_workbook(title: &str, findings: &Findings, seeds: &[Seed]) -> Result<Workbook, XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&fixed_properties("codebook")?);
    add_about_sheet(&mut workbook, title, findings)?;
    add_themes_sheet(&mut workbook, findings, seeds)?;
    add_quotes_sheet(&mut workbook, findings)?;
    Ok(workbook)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::excel_parts::{cells, part};
    use crate::table::fixture::{empty_findings, small_findings};

    fn seeds() -> Vec<Seed> {
        vec![Seed {
            name: "workload".into(),
            definition: "Too few hours.".into(),
            include: "=Use when time is short.".into(),
            exclude: String::new(),
            examples: vec!["I have sixty families.".into()],
            keywords: vec!["caseload".into(), "overtime".into()],
            parent: String::new(),
        }]
    }

    fn written(findings: &Findings) -> Vec<u8> {
        let mut workbook = codebook_workbook("Barriers", findings, &seeds()).unwrap();
        workbook.save_to_buffer().unwrap()
    }

    #[test]
    fn the_first_sheet_says_what_this_is() {
        insta::assert_snapshot!(cells(&written(&small_findings()), 1), @r#"
        A1 "Codebook: Barriers"
        A3 "2 interviews, 4 coded segments, 3 themes. A segment carries none, one or several themes."
        A4 "A program proposed everything on a white ground: it labelled the segments with the themes of the codebook (seed) and added themes that the codebook does not name (emergent), described in people's own words. It is a proposal to argue with, not a result. The yellow columns are yours."
        A5 "Sheet `themes` has a row a theme. Read the quotes against definition, include and exclude. Then say whether to keep the theme, what to call it, which theme it belongs to, and what its definition should say."
        A6 "Sheet `quotes` has a row a quote. Central quotes are typical of the theme, borderline ones were labelled only just, dissenting ones are near the theme and say otherwise. Say whether each fits: the borderline ones show best where the theme ends."
        A7 "Every quote is verbatim. The locator names the interview, the turn and, where there are times, hours, minutes and seconds of the recording; searching the transcript for the first words finds it too."
        A8 "Shares are plain shares: of all coded segments, and of all interviews (those with one such segment or more)."
        A9 "To go on with your verdicts, save your copy beside the study file and name it there under [themes], for example codebook = \"reviewed.xlsx\". The next run then starts from the sheet `themes`."
        A10 "A theme of the codebook (seed) stays unless you say no. An emergent one comes in only if you say yes, rename it, give it a new definition, or merge it or another one with it. `merge with` moves a theme's examples and keywords to the theme that you name; a name that is not there yet makes a new theme. Corrections in the white columns count too."
        "#);
    }

    #[test]
    fn a_theme_has_its_definition_its_counts_and_its_quotes() {
        insta::assert_snapshot!(cells(&written(&small_findings()), 2), @r#"
        A1 "theme" | B1 "kind" | C1 "definition" | D1 "include" | E1 "exclude" | F1 "examples" | G1 "keywords" | H1 "parent" | I1 "words found" | J1 "segments" | K1 "share of segments" | L1 "interviews" | M1 "share of interviews" | N1 "central quotes" | O1 "borderline quotes" | P1 "keep? (yes, no)" | Q1 "rename to" | R1 "merge with" | S1 "new definition" | T1 "notes"
        A2 "workload" | B2 "seed" | C2 "Too few hours." | D2 "=Use when time is short." | F2 "I have sixty families." | G2 "caseload; overtime" | I2 "workload" | J2 2 | K2 0.5 | L2 2 | M2 1 | N2 "“Sixty families, and \"one\" morning a week.⏎That is all.” (P01, turn 2, 00:00:04)" | O2 "“אין שירותים, אין תקציב.⏎👩🏽\u{200d}💼 We fear the minister…” (P02, turns 1–2)"
        A3 "missing services" | B3 "seed" | C3 "When missing services stands in the way." | I3 "missing; services" | J3 2 | K3 0.5 | L3 1 | M3 0.5 | N3 "“אין שירותים, אין תקציב.⏎👩🏽\u{200d}💼 We fear the minister…” (P02, turns 1–2)⏎⏎“👩🏽\u{200d}💼 We fear the minister…” (P02, turn 2)"
        A4 "fear, minister" | B4 "emergent" | D4 "Use when people say: fear, minister." | G4 "fear; minister" | I4 "fear; minister" | J4 0 | K4 0 | L4 0 | M4 0
        "#);
    }

    #[test]
    fn a_quote_has_its_place_and_room_for_a_verdict() {
        insta::assert_snapshot!(cells(&written(&small_findings()), 3), @r#"
        A1 "theme" | B1 "kind" | C1 "rank" | D1 "quote" | E1 "speaker" | F1 "locator" | G1 "segment_id" | H1 "fits? (yes, no, unsure)" | I1 "memo"
        A2 "workload" | B2 "central" | C2 1 | D2 "Sixty families, and \"one\" morning a week.⏎That is all." | E2 "Ana" | F2 "P01, turn 2, 00:00:04" | G2 "P01:1"
        A3 "workload" | B3 "borderline" | C3 1 | D3 "אין שירותים, אין תקציב.⏎👩🏽\u{200d}💼 We fear the minister…" | F3 "P02, turns 1–2" | G3 "P02:1"
        A4 "missing services" | B4 "central" | C4 1 | D4 "אין שירותים, אין תקציב.⏎👩🏽\u{200d}💼 We fear the minister…" | F4 "P02, turns 1–2" | G4 "P02:1"
        A5 "missing services" | B5 "central" | C5 2 | D5 "👩🏽\u{200d}💼 We fear the minister…" | E5 "+Bo" | F5 "P02, turn 2" | G5 "P02:2"
        A6 "missing services" | B6 "dissenting" | C6 1 | D6 "=cmd|' /C calc'!A0" | E6 "Ana" | F6 "P01, turn 3, 01:00:01" | G6 "P01:2"
        "#);
    }

    #[test]
    fn a_reviewer_chooses_from_lists() {
        let workbook = written(&small_findings());
        let themes = part(&workbook, "xl/worksheets/sheet2.xml");
        assert!(themes.contains("yes,no") && themes.contains("$A$2:$A$4"), "{themes}");
        let quotes = part(&workbook, "xl/worksheets/sheet3.xml");
        assert!(quotes.contains("yes,no,unsure"), "{quotes}");
    }

    #[test]
    fn a_study_without_themes_still_has_a_workbook() {
        let workbook = written(&empty_findings());
        assert_eq!(cells(&workbook, 3).lines().count(), 1, "a heading alone");
    }

    #[test]
    fn quotes_that_point_nowhere_are_left_out() {
        let mut findings = small_findings();
        findings.quotes[0].segment = 99.into();
        let before = cells(&written(&small_findings()), 3).matches("central").count();
        assert_eq!(cells(&written(&findings), 3).matches("central").count(), before - 1);
    }

    #[test]
    fn the_same_findings_give_the_same_bytes() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("codebook.xlsx");
        let findings = small_findings();
        let first = write_codebook_workbook(&path, "Barriers", &findings, &seeds()).unwrap();
        assert_eq!(first, write_codebook_workbook(&path, "Barriers", &findings, &seeds()).unwrap());
        assert_eq!(std::fs::read(&path).unwrap(), written(&findings));
    }

    #[test]
    fn a_folder_that_is_not_there_is_an_error_that_names_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("nowhere/codebook.xlsx");
        let error = write_codebook_workbook(&path, "Barriers", &empty_findings(), &[]).unwrap_err();
        assert!(error.to_string().contains("codebook.xlsx"), "{error}");
    }
}
