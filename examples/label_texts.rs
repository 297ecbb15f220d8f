//! Labels a list of answers by a codebook.
//!
//! `cargo run --release --example label_texts -- models/all-MiniLM-L6-v2`, or without a folder
//!
//! Nine people answered "What makes your work hard?" in a line or two. Nobody wants to read all of them before knowing which of the
//! project's three themes they are about.

#![expect(clippy::print_stdout, reason = "an example shows what it found")]

mod model;

use std::error::Error;

use emic::results::Seed;

const ANSWERS: [&str; 9] = [
    "I have sixty families and one morning a week.",
    "There is simply no time for all the cases.",
    "The forms take longer than the visits.",
    "Everything has to be written down three times.",
    "My colleague left in May and nobody came after her.",
    "We eat together on Fridays, that keeps me going.",
    "Half of my day is spent in front of the computer.",
    "I cannot sleep when I think of the children.",
    "The road is closed in winter.",
];

fn main() -> Result<(), Box<dyn Error>> {
    let encoder = model::encoder()?;

    // 1. A codebook is a list of themes. A name is enough; a definition, examples in people's words and keywords make labels better.
    let codebook = vec![
        Seed {
            examples: vec!["I cannot see everybody who needs me.".to_owned()],
            ..Seed::new("workload", "Too few hours and too many cases.")
        },
        Seed {
            keywords: vec!["forms".to_owned(), "computer".to_owned()],
            ..Seed::new("paperwork", "Forms and documentation instead of people.")
        },
        Seed::new("colleagues", "People at work who help, or who are missing."),
    ];

    // 2. Label. A text may carry no theme, one or several.
    let labels = emic::label(&ANSWERS, codebook.clone(), &encoder)?;
    for (answer, labels) in ANSWERS.iter().zip(&labels) {
        println!("{answer}");
        for label in labels {
            println!("  {} ({:.0} % sure)", codebook[label.theme.get()].name, 100.0 * label.confidence);
        }
    }

    // 3. Results are rows, and rows are JSON.
    println!("\n{}", serde_json::to_string(&labels)?);
    Ok(())
}
