//! Finds what people say alike: embeds answers and shows for each the one that is nearest to it in meaning.
//!
//! `cargo run --release --example embed_texts -- models/all-MiniLM-L6-v2`, or without a folder
//!
//! A vector of a few hundred numbers stands for each text; texts that mean alike point in the same direction.

#![expect(clippy::print_stdout, reason = "an example shows what it found")]

mod model;

use std::error::Error;

use emic::embed::encode_distinct;
use same_bits::products::dot;
use sentence_encoder::{Encoder, Purpose, TokenCounter};

const ANSWERS: [&str; 6] = [
    "I have sixty families and one morning a week.",
    "There is simply no time for all the cases.",
    "My colleagues are the best part of the work.",
    "We eat together on Fridays, and somebody always brings a cake.",
    "The forms take longer than the visits.",
    "There is simply no time for all the cases.",
];

fn main() -> Result<(), Box<dyn Error>> {
    // 1. Load a model: a folder as sentence-transformers writes it.
    let encoder = model::encoder()?;
    println!("{} numbers a vector, {} tokens a text at most", encoder.dimension(), encoder.limit());

    // 2. Embed. The work for equal texts is done once; rows are in the order of the texts. `()` follows nothing: a
    //    `sentence_encoder::EncodeObserver` in its place counts texts and may stop.
    let vectors = encode_distinct(&encoder, &ANSWERS, Purpose::Passage, &())?;

    // 3. Compare. Vectors have unit length, so the inner product of two is the cosine of the angle between them.
    let cosine = |a: usize, b: usize| dot(vectors.row(a), vectors.row(b));
    for (index, answer) in ANSWERS.iter().enumerate() {
        let others = (0..ANSWERS.len()).filter(|&other| ANSWERS[other] != *answer);
        let nearest = others.max_by(|&a, &b| cosine(index, a).total_cmp(&cosine(index, b)));
        if let Some(nearest) = nearest {
            println!("\n{answer}\n  {:.2}  {}", cosine(index, nearest), ANSWERS[nearest]);
        }
    }

    // 4. A question is embedded as what it is, because some models put other words before it than before answers.
    let question = encode_distinct(&encoder, &["Is there enough time?"], Purpose::Query, &())?;
    let similarity = |index: usize| dot(vectors.row(index), question.row(0));
    let best = (0..ANSWERS.len()).max_by(|&a, &b| similarity(a).total_cmp(&similarity(b)));
    println!("\nIs there enough time?\n  {}", best.map_or("", |best| ANSWERS[best]));
    Ok(())
}
