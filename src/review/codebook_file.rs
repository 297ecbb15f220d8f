//! `codebook.toml` as a run drafts it: themes ready to be edited and fed back, with what was found of each as comments.
//!
//! Comments are the only text of an interview outside a string, so whatever could end the line is
//! taken out of it. Strings are escaped by the same crate that reads them.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::codebook_draft::{DraftTheme, draft_codebook};
use crate::results::Seed;
use crate::study::theme_toml;
use crate::table::{Digest, Findings, replace_file};

/// Why the drafted codebook could not be written. A draft of an earlier run is unchanged.
#[derive(Debug, thiserror::Error)]
#[error("cannot write {}: {source} (see that the disk has room and the folder may be written to)", path.display())]
pub struct DraftError {
    /// The file.
    pub path: PathBuf,
    /// What went wrong.
    pub source: io::Error,
}

/// Writes the drafted codebook of a run to `path`, under another name first and renamed when it is complete.
///
/// `title` is the study's. `seeds` are the codebook's entries, matched to the findings' themes by name; their own text
/// is kept as it is. The bytes depend on the arguments and the version of the program alone. An earlier draft at `path` is
/// overwritten; the caller keeps it if somebody edited it.
///
/// # Errors
/// When the file cannot be written.
pub fn write_codebook_draft(
    path: &Path,
    title: &str,
    findings: &Findings,
    seeds: &[Seed],
) -> Result<Digest, DraftError> {
    let written = draft_text(title, &draft_codebook(findings, seeds))
        .and_then(|text| replace_file(path, |writer| writer.write_all(text.as_bytes())));
    written.map_err(|source| DraftError { path: path.to_owned(), source })
}

fn draft_text(title: &str, themes: &[DraftTheme]) -> io::Result<String> {
    let about = [
        format!("Codebook of the study “{title}”, drafted from a run."),
        "Seed themes have the text of your codebook. Proposed ones are made of people's own words: a proposal to argue \
         with, not a result."
            .to_owned(),
        "Edit it, delete what you do not want, save it beside the study file and name it there: codebook = \
         \"codebook.toml\"."
            .to_owned(),
        "A draft that you changed in this folder is kept under another name when the study is run again.".to_owned(),
    ];
    let mut text = comment(&about);
    for theme in themes {
        text.push('\n');
        text.push_str(&comment(&theme.found));
        text.push_str(&theme_toml(&theme.seed).map_err(io::Error::other)?);
    }
    Ok(text)
}

/// Lines of a comment. TOML allows no control characters there, and the other line ends of Unicode would look to an
/// editor as if the comment were over.
fn comment(lines: &[String]) -> String {
    let plain = |letter: char| {
        if letter.is_control() || ['\u{2028}', '\u{2029}'].contains(&letter) { ' ' } else { letter }
    };
    let mut text = String::new();
    for line in lines {
        text.push_str("# ");
        text.extend(line.chars().map(plain));
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::results::Codebook;
    use crate::review::codebook_draft::tests::findings_with_a_proposal;

    fn seeds() -> Vec<Seed> {
        vec![Seed {
            name: "workload".into(),
            definition: "Too few hours,\ntoo many \"cases\".".into(),
            examples: vec!["I have sixty families.".into(), "C:\\ '''".into()],
            keywords: vec!["caseload".into(), "overtime".into()],
            parent: "barriers".into(),
            ..Seed::default()
        }]
    }

    fn written(findings: &Findings, seeds: &[Seed]) -> (String, Codebook) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("codebook.toml");
        write_codebook_draft(&path, "Barriers\n[[theme]]", findings, seeds).unwrap();
        (std::fs::read_to_string(&path).unwrap(), Codebook::load(&path).unwrap().0)
    }

    #[test]
    fn a_draft_says_what_was_found_and_reads_as_a_codebook() {
        let (text, codebook) = written(&findings_with_a_proposal(), &seeds());
        insta::assert_snapshot!(text, @r#"
        # Codebook of the study “Barriers [[theme]]”, drafted from a run.
        # Seed themes have the text of your codebook. Proposed ones are made of people's own words: a proposal to argue with, not a result.
        # Edit it, delete what you do not want, save it beside the study file and name it there: codebook = "codebook.toml".
        # A draft that you changed in this folder is kept under another name when the study is run again.

        # Found in 2 segments, in 2 of 2 interviews.
        # Merge them, "or" say why not.
        # “We fear the minister.” (P01, turn 2, 00:00:04)
        [[theme]]
        name = "workload"
        definition = """
        Too few hours,
        too many "cases"."""
        examples = [
            "I have sixty families.",
            "C:\\ '''",
        ]
        keywords = [
            "caseload",
            "overtime",
        ]
        parent = "barriers"

        # Found in 2 segments, in 1 of 2 interviews.
        # “אין שירותים, אין תקציב. 👩🏽‍💼 We fear the minister…” (P02, turns 1–2)
        # “👩🏽‍💼 We fear the minister…” (P02, turn 2)
        [[theme]]
        name = "missing services"
        definition = "When missing services stands in the way."

        # Proposed: the codebook does not name this theme. Keep, change or delete it.
        # Found in 1 segment, in 1 of 2 interviews.
        # It came up again in 35 % of random halves of the interviews: unstable, other people might not have shown it.
        # “We fear the minister.” (P01, turn 2, 00:00:04)
        [[theme]]
        name = "fear, minister"
        definition = "People say: “We fear the minister.”"
        include = "Use when people say: fear, minister."
        exclude = "Unsure: “The minister was here. Fear is not the word.” Decide whether this belongs."
        examples = ["We fear the minister."]
        keywords = [
            "fear",
            "minister",
        ]
        "#);
        assert_eq!(codebook.seeds[0], seeds()[0]);
        assert_eq!(codebook.seeds.len(), 3);
    }

    #[test]
    fn a_folder_that_is_not_there_is_an_error_that_names_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("nowhere/codebook.toml");
        let error = write_codebook_draft(&path, "", &findings_with_a_proposal(), &[]).unwrap_err();
        assert!(error.to_string().contains("codebook.toml"), "{error}");
    }

    /// Text with everything in it that ends strings, lines and comments.
    fn hostile() -> impl Strategy<Value = String> {
        let marks = [
            "\"\"\"",
            "'''",
            "\"",
            "'",
            "\\",
            "\n",
            "\r",
            "\r\n",
            "#",
            "[[theme]]",
            "name = \"x\"",
            "]",
            ",",
            "\u{0}",
            "\u{7f}",
            "\u{85}",
            "\u{2028}",
            "\u{feff}",
            "\t",
            "We fear them all. ",
            "Why? ",
            "fear",
            " ",
        ];
        let mark = prop::sample::select(marks.to_vec()).prop_map(str::to_owned);
        let piece = prop_oneof![3 => mark, 1 => any::<char>().prop_map(String::from)];
        prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(256))]

        #[test]
        fn whatever_people_say_the_draft_reads_back(texts in prop::collection::vec(hostile(), 14)) {
            let mut findings = findings_with_a_proposal();
            for (segment, text) in findings.segments.iter_mut().zip(&texts) {
                segment.passage.text = text.as_str().into();
            }
            let printable = |text: &str| text.chars().filter(|letter| !letter.is_control()).collect::<String>();
            for (index, theme) in findings.themes.iter_mut().enumerate() {
                theme.name = format!("{index}{}", printable(&texts[4 + index]));
                theme.definition.clone_from(&texts[7]);
                theme.keywords = vec![texts[8].clone(), "fear".to_owned()];
            }
            findings.corpus.transcripts[0].id.clone_from(&texts[9]);
            let seed = Seed {
                name: findings.themes[0].name.clone(),
                definition: texts[10].clone(),
                include: texts[11].clone(),
                exclude: texts[12].clone(),
                examples: vec![texts[13].clone(), texts[0].clone()],
                keywords: vec![texts[1].clone()],
                parent: texts[2].clone(),
            };
            let seeds = [seed];
            let drafted: Vec<Seed> =
                draft_codebook(&findings, &seeds).into_iter().map(|draft| draft.seed.cleaned()).collect();
            prop_assert_eq!(written(&findings, &seeds).1.seeds, drafted);
        }
    }
}
