//! What a researcher reads, on the small study of the table tests.

use super::paper;
use crate::report::fixture::study;
use crate::results::UnsampledDecision;
use crate::table::fixture::{empty_findings, small_findings};

#[test]
fn the_paragraph_has_the_runs_own_numbers() {
    let (_folder, study) = study("Barriers");
    let text = paper(&study, &small_findings());
    let methods = text.split("## Sources").next().unwrap();
    insta::assert_snapshot!(methods, @r"
    # For the paper: Barriers

    Written by the program from this run's numbers. Take over what you need, in your own words or these, and check it against what you did: the program does not know how people were asked.

    ## Methods

    The corpus holds 2 interviews with 23 words of the people interviewed (median 11.5 an interview, 9 to 14). By the times in 1 transcript an interview lasts 61 to 61 minutes (median 61). Language: en, not known. Interviews by country: Chile 1, Israel 1.

    Transcripts were cut with Emic 0.1.0 into 4 segments; a segment is a turn, what one speaker says until another does, and those of fewer than 5 words were context only. Turns of the interviewer served as context and were not coded. Each segment became a vector of 2 numbers by the sentence encoder all-MiniLM-L6-v2 (int8 arithmetic; Reimers and Gurevych 2019), to which those of the talk around it were added.

    Segments were scored against the 2 themes of the codebook by their vectors and words, with theme vectors moved towards the segments that fit them best (Rocchio 1971), in standard deviations of what a theme scores on other talk (Efron 2004). A segment could carry none, one or several themes: 3 (75 %) carry at least one, 3 (75 %) by a likely label, with a confidence of 0.5 or more or given by people; 1 carry none. Of the likely labels that people checked, 83 % were right (7 to 100 %; 3 decisions), by labels that had not learned from the same interview.

    Segments were clustered by spherical k-means (Dhillon and Modha 2001), no interview weighing more than the median one; directions that no theme of the codebook explained gave 1 emergent theme, named by phrases of its segments. Whether a theme comes up with other people was tried on random halves of the interviews (compare Hennig 2007): 0 of 1 came up in fewer than half of them and are marked as unstable.

    A random sample of 3 segments from 2 interviews, drawn with known chances, was coded blind by 2 coders; what they said stands in place of the program's labels. Agreement over all decisions, with AC1 (Gwet 2008), kappa (Cohen 1960, of all coders Fleiss 1971) and alpha (Krippendorff 2004) and 95 % intervals from leaving out one interview after the other (Tukey 1958): coder 1 and coder 2 on 67 % (7 to 100) of 3 decisions (AC1 0.54, -0.29 to 0.99; kappa 0.00, -1.00 to 0.99; alpha 0.00, -1.00 to 0.99); coder 1 and the program on 83 % (22 to 100) of 6 decisions (AC1 0.68, -0.52 to 1.00; kappa 0.67, -0.56 to 1.00; alpha 0.69, -0.47 to 1.00); coder 2 and the program on 67 % (7 to 100) of 3 decisions (AC1 0.54, -0.29 to 0.99; kappa 0.00, -1.00 to 0.99; alpha 0.00, -1.00 to 0.99). Scores of 1 of 2 themes were learned from the codes, each theme unless that foretold the codes of other interviews clearly worse. Shares of segments and differences between groups were corrected by the sample (Egami et al. 2023), with labels that had not learned from the interview that they are of.

    Every random choice derives from the seed 7; the same files give the same tables, byte for byte. Digests of all inputs and outputs and the fingerprint of the model are in `run.json`.

    The program is cited by the file `CITATION.cff` in the root folder of its sources.
    ");
}

#[test]
fn marked_quotes_stand_as_they_were_said() {
    let (_folder, study) = study("Barriers");
    let mut findings = small_findings();
    let text = &mut findings.segments[0].passage.text;
    *text = format!("{text} <b>").into();
    let text = paper(&study, &findings);
    let quotes = text.split("## Quotes").nth(1).unwrap().split("## COREQ").next().unwrap();
    insta::assert_snapshot!(quotes, @r#"
     marked for the paper

    Marked by those who coded, verbatim; the table `notes` has them too. See that nobody can be known by them.

    > Sixty families, and "one" morning a week.
    > That is all. &lt;b>
    >
    > (P01, turn 2, 00:00:04): workload
    "#);
    assert!(!paper(&study, &empty_findings()).contains("Quotes marked"));
}

#[test]
fn decisions_about_labels_are_told_apart_from_the_sample() {
    let (_folder, study) = study("Barriers");
    let mut findings = small_findings();
    findings.codings.unsampled =
        vec![UnsampledDecision { segment: 3.into(), coder: 0, themes: vec![Some(false)] }];
    let sentence = |text: String| {
        let found = text.split(". ").find(|sentence| sentence.contains("that they saw")).map(str::to_owned);
        found.unwrap_or_default()
    };
    assert!(sentence(paper(&study, &findings)).starts_with("People also decided on labels of 1 segment"));
    findings.codings.rows.clear();
    assert!(paper(&study, &findings).contains("No sample was coded by people. People also decided"));
}

#[test]
fn items_that_no_program_knows_are_left_open() {
    let (_folder, study) = study("Barriers");
    let text = paper(&study, &small_findings());
    let items: Vec<&str> = text.lines().skip_while(|line| !line.starts_with("| 1 |")).take(32).collect();
    insta::assert_snapshot!(items.join("\n"), @r"
    | 1 | interviewer |  |
    | 2 | credentials |  |
    | 3 | occupation |  |
    | 4 | gender |  |
    | 5 | experience and training |  |
    | 6 | relationship before the study |  |
    | 7 | what participants knew of the interviewer |  |
    | 8 | characteristics of the interviewer |  |
    | 9 | methodological orientation |  |
    | 10 | sampling |  |
    | 11 | how participants were approached |  |
    | 12 | sample size | 2 interviews |
    | 13 | non-participation |  |
    | 14 | setting |  |
    | 15 | presence of others |  |
    | 16 | description of the sample | country: Chile 1, Israel 1 |
    | 17 | interview guide |  |
    | 18 | repeat interviews |  |
    | 19 | recording | 1 transcript with times of a recording |
    | 20 | field notes |  |
    | 21 | duration | median 61 minutes, 61 to 61 |
    | 22 | saturation |  |
    | 23 | transcripts returned |  |
    | 24 | number of coders | the program labelled all segments; 2 coders coded a random sample of 3 segments |
    | 25 | coding tree | `codebook.xlsx`: 3 themes with definition, when to use and when not, and quotes |
    | 26 | where themes come from | 2 themes of the codebook, 1 from the data |
    | 27 | software | Emic 0.1.0 |
    | 28 | participants' checking |  |
    | 29 | quotations | 5 quotes of 3 themes, verbatim, each with interview, turn and time: table `quotes` |
    | 30 | data and findings agree | 1 borderline quote and 1 different one are shown beside 3 central ones |
    | 31 | major themes | table `themes`: 2 of the codebook, 1 emergent one from the data |
    | 32 | minor themes | table `clusters`: 2 finer clusters; 0 of the codebook found in no segment |
    ");
}

#[test]
fn only_sources_that_are_named_are_listed() {
    let (_folder, study) = study("Barriers");
    let text = paper(&study, &empty_findings());
    assert!(!text.contains("Holm"), "nothing was compared");
    assert!(text.contains("Reimers, N. and Gurevych, I. (2019)"));
}

#[test]
fn a_title_with_markup_stays_a_title() {
    let (_folder, study) = study("a | b <script>");
    let text = paper(&study, &empty_findings());
    assert!(text.starts_with("# For the paper: a | b &lt;script>\n"), "{text}");
}

#[test]
fn shares_are_of_segments_and_corrected_where_people_coded() {
    let (_folder, study) = study("Barriers");
    let table = |text: String| {
        let (_, rest) = text.split_once("## Shares").unwrap();
        rest.split("## ").next().unwrap().to_owned()
    };
    let mut findings = small_findings();
    insta::assert_snapshot!(table(paper(&study, &findings)), @r"
     of segments

    With 95 % intervals that have interviews as the unit. Of the likely labels that people checked, 83 % were right (7 to 100 %; 3 decisions), by labels that had not learned from the same interview. Corrected shares are what people would have coded, judged from the sample; write these. They answer two questions: what these interviews say, where only the coding is a sample, and what interviews like these say, where the interviews are one too.

    | theme | kind | segments, likely | share, likely | segments, all labels | corrected, these interviews | corrected, interviews like these |
    |---|---|---|---|---|---|---|
    | workload | codebook | 2 | 50.0 % (1.3 to 98.7) | 2 | 77.9 % (62.5 to 87.5) | 77.9 % (9.3 to 99.5) |
    | missing services | codebook | 2 | 50.0 % (1.3 to 98.7) | 2 | 40.4 % (25.0 to 50.0) | 40.4 % (1.9 to 95.4) |
    | fear, minister | from the data | 0 | 0.0 % (0.0 to 84.2) | 0 |  |  |
    ");
    findings.corrected_prevalence[0].in_interviews = findings.corrected_prevalence[0].these.map(|answer| {
        crate::compare::InterviewShare { read: 1, corrected: 0.75, these: answer, like_these: answer }
    });
    assert!(table(paper(&study, &findings)).contains("| workload | 1 | 75.0 % ("));
    findings.corrected_prevalence.clear();
    findings.likely_precision = None;
    findings.codings = crate::results::Codings::default();
    insta::assert_snapshot!(table(paper(&study, &findings)), @r"
     of segments

    With 95 % intervals that have interviews as the unit. Likely labels were not checked in this study; in 16 collections coded by people, about half of the likely labels were right (8 to 100 % by collection). Shares of likely labels are shares of the program's labels, not of what people would code.

    | theme | kind | segments, likely | share, likely | segments, all labels |
    |---|---|---|---|---|
    | workload | codebook | 2 | 50.0 % (1.3 to 98.7) | 2 |
    | missing services | codebook | 2 | 50.0 % (1.3 to 98.7) | 2 |
    | fear, minister | from the data | 0 | 0.0 % (0.0 to 84.2) | 0 |
    ");
    findings.comparisons.prevalence[0].has_basis = false;
    let text = table(paper(&study, &findings));
    assert!(
        text.contains("| workload | codebook | 2 | no basis | 2 |")
            && text.contains("No basis: in the languages"),
        "{text}"
    );
    assert!(!paper(&study, &empty_findings()).contains("## Shares"));
}

#[test]
fn the_interviewer_is_told_of_where_one_speaks() {
    let (_folder, study) = study("Barriers");
    let mut findings = small_findings();
    assert!(paper(&study, &findings).contains("Turns of the interviewer"));
    findings.corpus.transcripts[0].turns.remove(0);
    assert!(!paper(&study, &findings).contains("nterviewer served"));
}
