//! Themes: scores and labels for the researcher's seed themes, emergent themes from what the seeds leave over,
//! and quotes for both.

mod rows;

pub use rows::{ClusterSummary, Label, Quote, QuoteKind, Theme, ThemeCounts, ThemeKind};
