//! Tiers that the study names instead of those that a reader would choose.

use std::path::Path;

use super::*;

fn read_with(tiers: &[&str], name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/read");
    let files = vec![SourceFile::at(name.to_owned(), folder.join(name))];
    let tiers = tiers.iter().map(ToString::to_string).collect();
    let interviewers = vec!["Interviewer".to_owned()];
    let reading = read_corpus(&ReadPlan { files, interviewers, tiers, ..ReadPlan::default() }, &());
    check(&reading);
    shown(&reading)
}

#[test]
fn named_tiers_are_read_and_the_others_are_not() {
    insta::assert_snapshot!(read_with(&["*@tx", "b@FT"], "tiers.eaf"), @r#"
    tiers (eaf, tiers.eaf)
      1 Interviewer <Interviewer> 500..2500 "how is work?"
      2 Participant <Noa> 3000..9000 "sixty & more families, soixante familles one morning a week"
      3 Interviewer <Interviewer> 9500..11000 "thank you"
    note: tiers.eaf: 1 tier was not read: `A@ref` (to choose tiers, write tiers = ["…"] in the plan)
    note: tiers.eaf: 2 slots of time have no value and were set evenly between the others
    "#);
    insta::assert_snapshot!(read_with(&["events"], "tiers.TextGrid"), @r#"
    tiers (textgrid, tiers.TextGrid)
      1 Participant <events> 4200..4200 "laughs"
    note: [plan] interviewers: no transcript has a speaker `Interviewer` (write the label as it was read)
    note: tiers.TextGrid: 1 mark for silence was left out
    note: tiers.TextGrid: 3 tiers were not read: `Interviewer`, `Noa`, `Noa - words` (to choose tiers, write tiers = ["…"] in the plan)
    "#);
}

#[test]
fn without_any_of_the_named_tiers_the_contents_decide() {
    let shown = read_with(&["X@tx"], "short.TextGrid");
    assert!(
        shown.contains("is it so?")
            && shown.contains("none of the tiers that the study names is in this file"),
        "{shown}"
    );
}
