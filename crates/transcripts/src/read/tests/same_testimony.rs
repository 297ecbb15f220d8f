//! One testimony in five formats and two scripts gives the same turns.

use std::path::Path;

use super::*;

fn turns(script: &str, ending: &str) -> Vec<(String, Option<u64>, Option<u64>, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/same_testimony");
    let name = format!("testimony.{script}.{ending}");
    let files = vec![SourceFile::at(name.clone(), folder.join(&name))];
    let reading = read_corpus(&ReadPlan { files, ..ReadPlan::default() }, &());
    check(&reading);
    assert_eq!(reading.corpus.transcripts.len(), 1, "{:?}", reading.problems);
    let turns = reading.corpus.transcripts[0].turns.iter();
    turns.map(|turn| (turn.speaker.to_string(), turn.start_ms, turn.end_ms, turn.text.to_string())).collect()
}

#[test]
fn five_formats_and_two_scripts_give_the_same_turns() {
    for script in ["he", "la"] {
        let first = turns(script, "txt");
        assert_eq!(first.len(), 5);
        for ending in ["srt", "vtt", "eaf", "TextGrid"] {
            assert_eq!(turns(script, ending), first, "{script}.{ending}");
        }
    }
    let times =
        |script| turns(script, "eaf").into_iter().map(|(_, start, end, _)| (start, end)).collect::<Vec<_>>();
    assert_eq!(times("he"), times("la"));
    let words: Vec<String> =
        turns("la", "srt").into_iter().map(|(speaker, .., text)| format!("{speaker}: {text}")).collect();
    insta::assert_snapshot!(words.join("\n"), @r#"
    Interviewer: where did you work before?
    Noa Levi: I worked in "welfare", in the north sixty families & one morning a week.
    Interviewer: and what was missing?
    Noa Levi: time. <staff>, ABC 2019, money and patience
    Interviewer: thanks: really
    "#);
}
