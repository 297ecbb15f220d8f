//! Reports for people: the summary on the terminal, the text for a paper, the page.

mod corpus_summary;
mod display_width;
#[cfg(test)]
mod fixture;
mod page;
mod paper;
mod precision;
mod summary;
mod who_interviews;
mod who_speaks;

pub use corpus_summary::corpus_summary;
pub use page::{PageError, write_page};
pub use paper::paper;
pub use summary::{Screen, theme_summary};
