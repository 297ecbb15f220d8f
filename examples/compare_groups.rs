//! Runs a whole study in memory and compares two groups.
//!
//! `cargo run --release --example compare_groups -- models/all-MiniLM-L6-v2`, or without a folder
//!
//! Teams in the north say that they drown in paperwork. Do they speak of it more than teams in the south? Interviews are the unit:
//! one person who talks of nothing else is one person.

#![expect(clippy::print_stdout, reason = "an example shows what it found")]

mod model;

use std::error::Error;

use emic::results::{NoProgress, Seed};
use emic::study::Study;
use transcripts::{Role, Transcript, Turn};

const NORTH: [&str; 3] = [
    "The forms take longer than the visits, every single week.",
    "Everything has to be written down three times, and nobody reads it.",
    "Half of my day is spent in front of the computer.",
];
const SOUTH: [&str; 3] = [
    "I have sixty families and one morning a week for them.",
    "My colleagues are the best part of the work, we eat together.",
    "The road to the villages is closed for most of the winter.",
];

/// An interview of one question, and of three answers that begin at another place for each.
fn interview(number: usize, team: &str, answers: [&str; 3]) -> Transcript {
    let id = format!("{team}{number}");
    let question = Turn::new(Role::Interviewer, "Interviewer", "What makes your work hard?");
    let said = (0..3).map(|turn| Turn::new(Role::Participant, id.clone(), answers[(number + turn) % 3]));
    Transcript::new(id.clone(), std::iter::once(question).chain(said)).with_attribute("team", team)
}

fn main() -> Result<(), Box<dyn Error>> {
    let encoder = model::encoder()?;

    // 1. The study: transcripts in memory with what is known of each, the themes, and what to compare by. `Study::load` reads the
    //    same from a study file. Without an output folder nothing is written.
    let north = (1..=6).map(|number| interview(number, "north", NORTH));
    let south = (1..=6).map(|number| interview(number, "south", SOUTH));
    let study = Study::builder()
        .title("Two districts")
        .language("en")
        .transcripts(north.chain(south))
        .codebook([
            Seed::new("paperwork", "Forms and documentation instead of people."),
            Seed::new("colleagues", "People at work who help, or who are missing."),
        ])
        .groups(["team"])
        .emergent(false)
        .build()?;

    // 2. Run it: segments, vectors, labels, comparisons. A `Progress` in the place of `NoProgress` shows how far it is, and may stop it.
    let findings = emic::pipeline::run(&study, &encoder, &NoProgress)?;

    // 3. How often is each theme raised in each group?
    for row in findings.comparisons.prevalence.iter().filter(|row| !row.attribute.is_empty()) {
        let name = &findings.themes[row.theme.get()].name;
        println!("{name} in {}: {} of 6 interviews", row.group, row.transcripts);
    }

    // 4. Is the difference more than chance? The interval is of 95 %, the p value of a permutation test over interviews.
    println!();
    for contrast in &findings.comparisons.contrasts {
        let p = contrast.p_adjusted.map_or("none".to_owned(), |p| format!("{p:.3}"));
        println!(
            "{}, {} less {}: {:+.2} ({:+.2} to {:+.2}), p {p}",
            findings.themes[contrast.theme.get()].name,
            contrast.group_a,
            contrast.group_b,
            contrast.difference,
            contrast.interval.low,
            contrast.interval.high,
        );
    }

    // 5. What should a reader know before believing it?
    for problem in &findings.problems {
        println!("\n{problem}");
    }
    Ok(())
}
