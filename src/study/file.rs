//! The study file as written: every key of DESIGN.md's study file with its default, unchecked.

use std::collections::BTreeMap;

use sentence_encoder::Precision;
use serde::Deserialize;
use toml::Spanned;

use crate::embed::{EmbedPlan, Engine};
use crate::segment::{SegmentPlan, Unit};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StudyFile {
    #[serde(default)]
    pub(super) study: StudySection,
    pub(super) corpus: CorpusSection,
    #[serde(default)]
    pub(super) segment: SegmentSection,
    #[serde(default)]
    pub(super) embed: EmbedSection,
    #[serde(default)]
    pub(super) cluster: ClusterSection,
    #[serde(default)]
    pub(super) themes: ThemesSection,
    #[serde(default)]
    pub(super) review: ReviewSection,
    #[serde(default)]
    pub(super) compare: CompareSection,
    #[serde(default)]
    pub(super) output: OutputSection,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct StudySection {
    pub(super) title: String,
    pub(super) language: Option<Spanned<String>>,
    pub(super) seed: u64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CorpusSection {
    pub(super) transcripts: Vec<Spanned<String>>,
    pub(super) participants: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) groups: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) interviewers: Vec<String>,
    #[serde(default)]
    pub(super) tiers: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) split: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) same: Option<Spanned<SameAsWritten>>,
    pub(super) questions: Option<Spanned<String>>,
    /// In the order of the names, which does not matter.
    #[serde(default)]
    pub(super) speakers: BTreeMap<String, Vec<String>>,
    pub(super) pseudonyms: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) mask: Vec<Spanned<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct SegmentSection {
    pub(super) unit: Unit,
    pub(super) min_words: Spanned<u32>,
    pub(super) window_words: Spanned<u32>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct EmbedSection {
    pub(super) model: String,
    pub(super) engine: Spanned<Engine>,
    pub(super) device: Spanned<String>,
    pub(super) precision: Option<Spanned<Precision>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct ClusterSection {
    pub(super) method: Spanned<String>,
    pub(super) clusters: Option<Spanned<CountAsWritten>>,
}

/// `same = [["P05", "P05 (1)"], …]`, or the names of one interview alone.
#[derive(Debug, Deserialize)]
#[serde(
    untagged,
    expecting = "`same` is a list of lists of names: [[\"P05\", \"P05 (1)\"], [\"P08\", \"P08_final\"]]"
)]
pub(super) enum SameAsWritten {
    Several(Vec<Vec<String>>),
    One(Vec<String>),
}

/// `clusters = "auto"` or `clusters = 12`.
#[derive(Debug, Deserialize)]
#[serde(untagged, expecting = "`clusters` is \"auto\" or a whole number from 1")]
pub(super) enum CountAsWritten {
    Number(i64),
    Word(String),
}

/// `emergent = true` or `emergent = 24`.
#[derive(Debug, Deserialize)]
#[serde(untagged, expecting = "`emergent` is true, false or a whole number, without quotation marks")]
pub(super) enum EmergentAsWritten {
    Wanted(bool),
    Number(i64),
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct ThemesSection {
    pub(super) codebook: Option<Spanned<String>>,
    pub(super) emergent: Option<Spanned<EmergentAsWritten>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct ReviewSection {
    pub(super) codes: Option<Spanned<String>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct CompareSection {
    pub(super) within: Option<Spanned<String>>,
    pub(super) time: Option<Spanned<String>>,
    pub(super) question: Option<Spanned<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct OutputSection {
    pub(super) directory: String,
    pub(super) formats: Vec<Spanned<String>>,
}

/// A default; it is not in the file, so its span is never shown.
fn unwritten<T>(value: T) -> Spanned<T> {
    Spanned::new(0..0, value)
}

impl Default for StudySection {
    fn default() -> Self {
        Self { title: "Untitled study".to_owned(), language: None, seed: 7 }
    }
}

impl Default for SegmentSection {
    fn default() -> Self {
        let SegmentPlan { unit, min_words, window_words } = SegmentPlan::default();
        Self { unit, min_words: unwritten(min_words), window_words: unwritten(window_words) }
    }
}

impl Default for EmbedSection {
    fn default() -> Self {
        let EmbedPlan { model, engine, device, .. } = EmbedPlan::default();
        Self { model, engine: unwritten(engine), device: unwritten(device.to_string()), precision: None }
    }
}

impl Default for ClusterSection {
    fn default() -> Self {
        Self { method: unwritten("spherical-kmeans".to_owned()), clusters: None }
    }
}

impl Default for OutputSection {
    fn default() -> Self {
        Self { directory: "out".to_owned(), formats: vec![unwritten("parquet".to_owned())] }
    }
}
