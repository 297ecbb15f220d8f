//! Problems of reading in words of a study: the crate `transcripts` speaks of its plan, and researchers write a study file and see what was
//! read with `emic check`.

use transcripts::Problem;
use transcripts::phrases::{AS_READ, IN_PLAN, IN_SPEAKERS, NO_CODEBOOK, PLAN_SOURCE};

/// What is said instead of the crate's phrases.
const PHRASES: [(&str, &str); 4] = [
    (IN_SPEAKERS, "under [corpus.speakers]"),
    (IN_PLAN, "under [corpus]"),
    (AS_READ, "as `emic check` lists it"),
    (NO_CODEBOOK, "this is a codebook: name it as `codebook` under [themes]"),
];

/// The problem as a researcher reads it.
pub(super) fn in_words_of_the_study(problem: Problem) -> Problem {
    let source = match problem.source.strip_prefix(PLAN_SOURCE) {
        Some("speakers") => "[corpus.speakers]".to_owned(),
        Some(field) => format!("[corpus] {field}"),
        None => problem.source,
    };
    let hint = PHRASES.iter().fold(problem.hint, |hint, (phrase, words)| hint.replace(phrase, words));
    Problem { source, hint, ..problem }
}

#[cfg(test)]
mod tests {
    use transcripts::{ReadPlan, Severity, SourceFile};

    use super::*;
    use crate::pipeline::read_corpus;
    use crate::results::NoProgress;

    #[test]
    fn researchers_are_told_what_to_write_in_the_study_file() {
        let talk = |name: &str, asks: &str| {
            let turn = |at: usize| format!("{asks}: How was day {at}?\nJohanna: It was long, number {at}.\n");
            SourceFile::in_memory(name, (1..6).map(turn).collect::<String>().into_bytes())
        };
        let plan = ReadPlan {
            files: vec![
                talk("a.txt", "MOD"),
                talk("b.txt", "MOD"),
                talk("c.txt", "Johana"),
                SourceFile::in_memory("themes.qdc", b"<CodeBook/>".to_vec()),
            ],
            interviewers: vec!["MOD".to_owned(), "Nobody".to_owned()],
            speakers: [("Anna".to_owned(), vec!["x: Ana".to_owned()])].into(),
            ..ReadPlan::default()
        };
        let problems = read_corpus(&plan, &NoProgress).problems;
        let said: Vec<String> = problems.iter().map(ToString::to_string).collect();
        insta::assert_snapshot!(said.join("\n"), @r#"
        warning: [corpus.speakers]: no transcript has a speaker `x: Ana`, which is listed for `Anna` (write it as `emic check` lists it; before a colon stands a transcript's id)
        note: [corpus] interviewers: no transcript has a speaker `Nobody` (write the label as `emic check` lists it)
        warning: b.txt: `a` and `b` seem to be the same interview: 100 % of the words in `b` stand in `a` too (if they are, take one out, or write same = [["a", "b", "c"]] under [corpus], and the first alone counts; if not, never mind)
        warning: c.txt: `a` and `c` seem to be the same interview: 100 % of the words in `c` stand in `a` too (if they are, take one out, or write same = [["a", "b", "c"]] under [corpus], and the first alone counts; if not, never mind)
        warning: c.txt: nobody interviews here, as somebody does in 2 of 3 transcripts: whoever asks counts as a participant; its speakers: `Johana`, `Johanna` (it seems to be `Johana`, with 5 of 5 turns with a question; if so, add "c: Johana" to `interviewers` under [corpus])
        error: themes.qdc: files ending in .qdc cannot be read; transcripts may end in .txt, .md, .vtt, .srt, .sbv, .ttml, .dfxp, .ass, .ssa, .json, .cha, .eaf, .textgrid, .xml, .tei, .docx, .docm, .odt, .fodt, .rtf, .html, .htm, .otr, .pdf, .qdpx, .csv, .tsv, .xlsx, .xlsm, .xlsb, .ods, .fods, .jsonl, .ndjson and .parquet (this is a codebook: name it as `codebook` under [themes])
        "#);
        let hint = format!("write \"Ana\" = [\"a: ANA\"] {IN_SPEAKERS}");
        let problem =
            in_words_of_the_study(Problem::new(Severity::Warning, "a.txt", "it may be Ana").with_hint(hint));
        assert_eq!(problem.hint, "write \"Ana\" = [\"a: ANA\"] under [corpus.speakers]");
    }
}
