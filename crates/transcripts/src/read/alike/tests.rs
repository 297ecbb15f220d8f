//! Which transcripts are taken for one interview, and which never are.

use proptest::prelude::*;
use rand::Rng;
use rand::seq::SliceRandom;
use same_bits::{RandomStream, random_stream};

use super::*;
use crate::corpus::Role;
use crate::read::{ReadPlan, Reading, SourceFile, read_corpus};

const GUIDE: [&str; 4] = [
    "Could you tell me how you first came to work here at this place?",
    "What would you say has changed the most in all of these years?",
    "And what would you like to hand on to those who come after you?",
    "Is there anything that I have not asked and you would like to say?",
];

/// What somebody says: words drawn from a few hundred.
fn talk(words: usize, rng: &mut RandomStream) -> Vec<String> {
    (0..words).map(|_| format!("word{}", rng.gen_range(0..400))).collect()
}

/// An interview by the guide, as a text file has it.
fn interview(answers: &[Vec<String>], asks: &str, says: &str) -> String {
    let turns = GUIDE.iter().zip(answers);
    let turns =
        turns.map(|(question, answer)| format!("{asks}: {question}\n{says}: {}.\n", answer.join(" ")));
    turns.collect::<Vec<_>>().concat()
}

fn read(files: &[(&str, String)], plan: ReadPlan) -> Reading {
    let folder = tempfile::tempdir().unwrap();
    let file = |(name, text): &(&str, String)| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        SourceFile::at((*name).to_owned(), path)
    };
    read_corpus(&ReadPlan { files: files.iter().map(file).collect(), ..plan }, &())
}

fn told(reading: &Reading) -> String {
    let about =
        |problem: &&Problem| problem.message.contains("same interview") || problem.source == "[plan] same";
    let lines: Vec<String> = reading.problems.iter().filter(about).map(ToString::to_string).collect();
    lines.join("\n")
}

fn listed() -> ReadPlan {
    ReadPlan { interviewers: vec!["INT".to_owned()], ..ReadPlan::default() }
}

/// Four answers of one person.
fn answers(person: &str, words: usize) -> Vec<Vec<String>> {
    let mut rng = random_stream(7, person);
    (0..4).map(|_| talk(words, &mut rng)).collect()
}

/// The same with every so many words another one.
fn edited(answers: &[Vec<String>], every: usize) -> Vec<Vec<String>> {
    let edit = |(at, word): (usize, &String)| {
        if at % every == every - 1 { "erm".to_owned() } else { word.clone() }
    };
    answers.iter().map(|answer| answer.iter().enumerate().map(edit).collect()).collect()
}

#[test]
fn copies_are_told_of_and_count_once_where_the_study_says_so() {
    let ana = answers("ana", 60);
    let files = [
        ("C05 (1).txt", interview(&ana, "INT", "Ana")),
        ("C05.txt", interview(&ana, "INT", "Ana")),
        ("C05_final.txt", interview(&edited(&ana, 12), "SPEAKER_00", "SPEAKER_01")),
        ("C05_short.txt", interview(&ana[..2], "INT", "Ana")),
        ("C06.txt", interview(&answers("bo", 60), "INT", "Bo")),
        ("C07.txt", interview(&answers("cy", 60), "Cy", "INT")),
    ];
    insta::assert_snapshot!(told(&read(&files, listed())), @r#"
    warning: C05 (1).txt: `C05` and `C05 (1)` seem to be the same interview: 100 % of the words in `C05 (1)` stand in `C05` too (if they are, take one out, or write same = [["C05", "C05 (1)", "C05_final", "C05_short"]] in the plan, and the first alone counts; if not, never mind)
    warning: C05_final.txt: `C05` and `C05_final` seem to be the same interview: 91 % of the words in `C05_final` stand in `C05` too (if they are, take one out, or write same = [["C05", "C05 (1)", "C05_final", "C05_short"]] in the plan, and the first alone counts; if not, never mind)
    warning: C05_short.txt: `C05` and `C05_short` seem to be the same interview: 100 % of the words in `C05_short` stand in `C05` too (if they are, take one out, or write same = [["C05", "C05 (1)", "C05_final", "C05_short"]] in the plan, and the first alone counts; if not, never mind)
    "#);
    let same = ["C05", "C05 (1)", "C05_final.txt", "c05_short", "C55"].map(str::to_owned).to_vec();
    let wrong = ["C06", "C07"].map(str::to_owned).to_vec();
    let reading = read(&files, ReadPlan { same: vec![same, wrong], ..listed() });
    insta::assert_snapshot!(told(&reading), @r"
    note: C05 (1).txt: `C05 (1)` is left out: it is listed as the same interview as `C05`
    note: C05_final.txt: `C05_final` is left out: it is listed as the same interview as `C05`
    note: C05_short.txt: `C05_short` is left out: it is listed as the same interview as `C05`
    warning: C07.txt: `C07` is left out: it is listed as the same interview as `C06`, but only 0 % of their words are the same (if they are two interviews, take them out of `same` in the plan)
    warning: [plan] same: no transcript is called `C55` (did you mean `C05`?)
    ");
    let ids: Vec<&str> = reading.corpus.transcripts.iter().map(|one| one.id.as_str()).collect();
    assert_eq!(ids, ["C05", "C06"]);
}

#[test]
fn interviews_by_one_guide_and_short_equal_answers_are_no_copies() {
    let names: Vec<String> = (0..30).map(|number| format!("P{number:02}.txt")).collect();
    let files: Vec<(&str, String)> =
        names.iter().map(|name| (name.as_str(), interview(&answers(name, 30), "INT", "P"))).collect();
    assert_eq!(told(&read(&files, listed())), "");
    // Nobody is known to interview.
    assert_eq!(told(&read(&files, ReadPlan::default())), "");
    let rows: String = (0..200)
        .map(|row| format!("R{row},There is not enough staff on the ward at night.\n"))
        .collect::<Vec<_>>()
        .concat();
    assert_eq!(told(&read(&[("survey.csv", format!("transcript_id,text\n{rows}"))], listed())), "");
}

#[test]
fn many_copies_of_one_interview_are_one_warning_each() {
    let ana = interview(&answers("ana", 60), "INT", "Ana");
    let names: Vec<String> = (0..40).map(|number| format!("P{number:02}.txt")).collect();
    let files: Vec<(&str, String)> = names.iter().map(|name| (name.as_str(), ana.clone())).collect();
    let told = told(&read(&files, listed()));
    assert_eq!(told.lines().count(), 39);
    assert!(
        told.lines().all(|line| line.contains("`P00` and `P") && line.contains(": 100 % of the words")),
        "{told}"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn a_version_with_one_word_in_ten_changed_is_found_and_another_interview_is_not(
        seed in 0_u64..1_000, words in 40_usize..300, shuffled in any::<bool>(),
    ) {
        let mut rng = random_stream(seed, "alike");
        let one: Vec<Vec<String>> = (0..4).map(|_| talk(words, &mut rng)).collect();
        let mut version = one.clone();
        for word in version.iter_mut().flatten() {
            if rng.gen_bool(0.1) {
                *word = format!("other{}", rng.gen_range(0..400));
            }
        }
        let mut words_of_one: Vec<String> = one.concat();
        words_of_one.shuffle(&mut rng);
        // The same words in another order are another interview.
        let other: Vec<Vec<String>> = if shuffled {
            words_of_one.chunks(words).map(<[String]>::to_vec).collect()
        } else {
            (0..4).map(|_| talk(words, &mut rng)).collect()
        };
        let files = [
            ("a.txt", interview(&one, "INT", "Ana")),
            ("b.txt", interview(&other, "INT", "Bo")),
            ("c.txt", interview(&version, "Speaker 1", "Speaker 2")),
        ];
        let reading = read(&files, listed());
        let told = told(&reading);
        prop_assert_eq!(told.lines().count(), 1, "{}", &told);
        prop_assert!(told.contains("`a` and `c`"), "{}", &told);
        prop_assert!(reading.corpus.transcripts.iter().any(|one| one.turns.iter().any(|turn| turn.role == Role::Interviewer)));
    }
}
