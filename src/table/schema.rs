//! Every table of a run, defined once.
//!
//! Frames are checked against these definitions before they are written (`frame`), and `data/dictionary.md` is made from
//! them (`dictionary`), so that both agree. Names and order are a contract with other people's scripts: add columns at
//! the end and increase [`SCHEMA_VERSION`].

mod comparison;
mod review;
mod theme;

use polars::prelude::DataType;

pub use comparison::{CONTRASTS, COOCCURRENCE, POSITIONS, PREVALENCE, RAISED, SATURATION, TRENDS};
pub use review::{
    AGREEMENT, CALIBRATION, CORRECTED_CONTRASTS, CORRECTED_PREVALENCE, DISAGREEMENTS, LEARNED, NOTES,
};
pub use theme::{CLUSTERS, QUOTES, SEEDS, THEMES};

/// Version of the definitions below. It is in every Parquet file under `emic.schema` and in `run.json`.
///
/// Increased whenever a table or a column is added, renamed, removed, or changes its meaning.
pub const SCHEMA_VERSION: u32 = 7;

/// The definition of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TableSchema {
    /// Name of the table and of its files.
    pub name: &'static str,
    /// The meaning of a row.
    pub row: &'static str,
    /// Further notes for readers of the table; may be empty.
    pub about: &'static str,
    /// The columns that every study has, in order.
    pub columns: &'static [ColumnSchema],
    /// The columns after them that depend on the study, if there are any.
    pub further: Option<FurtherColumns>,
    /// Whether the table is also written as CSV and XLSX, or as Parquet only.
    pub spreadsheets: bool,
}

/// A column that every study has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ColumnSchema {
    /// Its name.
    pub name: &'static str,
    /// Type of its cells.
    pub kind: ColumnKind,
    /// Unit, range or allowed words; may be empty.
    pub range: &'static str,
    /// Whether a cell may be null.
    pub nullable: bool,
    /// Its meaning.
    pub description: &'static str,
}

/// Columns whose names and number depend on the study.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FurtherColumns {
    /// What there is one column of: `attribute` or `theme`.
    pub one_per: &'static str,
    /// Type of their cells.
    pub kind: ColumnKind,
    /// Unit or range; may be empty.
    pub range: &'static str,
    /// Whether a cell may be null.
    pub nullable: bool,
    /// Their meaning.
    pub description: &'static str,
}

/// The type of a column's cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    /// Unicode text.
    Text,
    /// A count or a number counted from 0 or 1.
    Count,
    /// A whole number that the input chooses, or that may be large.
    Whole,
    /// A share or a statistic.
    Share,
    /// A score as the model computes it, in single precision.
    Score,
    /// Yes or no.
    Flag,
    /// A vector of the model's dimension, in single precision.
    Vector,
}

impl ColumnKind {
    /// The type of the column in a frame; `width` is the dimension of vectors.
    pub fn data_type(self, width: usize) -> DataType {
        match self {
            Self::Text => DataType::String,
            Self::Count => DataType::UInt32,
            Self::Whole => DataType::Int64,
            Self::Share => DataType::Float64,
            Self::Score => DataType::Float32,
            Self::Flag => DataType::Boolean,
            Self::Vector => DataType::Array(Box::new(DataType::Float32), width),
        }
    }

    /// Its name in the data dictionary.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Count => "whole number (u32)",
            Self::Whole => "whole number (i64)",
            Self::Share => "number (f64)",
            Self::Score => "number (f32)",
            Self::Flag => "true or false",
            Self::Vector => "array of numbers (f32)",
        }
    }
}

impl ColumnSchema {
    const fn new(name: &'static str, kind: ColumnKind, description: &'static str) -> Self {
        Self { name, kind, range: "", nullable: false, description }
    }

    const fn text(name: &'static str, description: &'static str) -> Self {
        Self::new(name, ColumnKind::Text, description)
    }

    const fn count(name: &'static str, description: &'static str) -> Self {
        Self::new(name, ColumnKind::Count, description)
    }

    const fn whole(name: &'static str, description: &'static str) -> Self {
        Self::new(name, ColumnKind::Whole, description)
    }

    const fn share(name: &'static str, description: &'static str) -> Self {
        Self::new(name, ColumnKind::Share, description).within("0 to 1")
    }

    const fn score(name: &'static str, description: &'static str) -> Self {
        Self::new(name, ColumnKind::Score, description)
    }

    const fn within(mut self, range: &'static str) -> Self {
        self.range = range;
        self
    }

    const fn nullable(mut self) -> Self {
        self.nullable = true;
        self
    }
}

const MILLISECONDS: &str = "milliseconds from the start of the recording";
const CODE_POINTS: &str = "Unicode code points";

/// The table `transcripts`.
pub const TRANSCRIPTS: TableSchema = TableSchema {
    name: "transcripts",
    row: "a transcript",
    about: "",
    columns: &[
        ColumnSchema::text(
            "transcript_id",
            "The file's name without its ending, or the table's `transcript_id`.",
        ),
        ColumnSchema::text("source", "The file it was read from, relative to the study file."),
        ColumnSchema::text("format", "The format it was read as.").within("txt, vtt, srt, docx, …"),
        ColumnSchema::count("turns", "Turns of all speakers.").within("1 or more"),
        ColumnSchema::count("segments", "Coded segments cut from it."),
        ColumnSchema::count("words", "Words of all turns, interviewers' too, by Unicode word boundaries."),
        ColumnSchema::whole("duration_ms", "The latest time that any turn mentions; null without times.")
            .within(MILLISECONDS)
            .nullable(),
    ],
    further: Some(FurtherColumns {
        one_per: "attribute",
        kind: ColumnKind::Text,
        range: "",
        nullable: true,
        description: "Its value for the attribute, as written; null when nothing is known.",
    }),
    spreadsheets: true,
};

/// The table `turns`.
pub const TURNS: TableSchema = TableSchema {
    name: "turns",
    row: "a turn: what one speaker says until another does",
    about: "The reading text of a transcript is the `text` of its turns in this order, with one line break between \
            turns; all character positions refer to it.",
    columns: &[
        ColumnSchema::text("transcript_id", "The transcript; see `transcripts`."),
        ColumnSchema::whole(
            "turn_index",
            "Number of the turn as the source gives it, otherwise counted from 1.",
        ),
        ColumnSchema::text("speaker", "The speaker's label as written; null when the source names nobody.")
            .nullable(),
        ColumnSchema::text(
            "role",
            "What the speaker is in the interview. Interviewers' turns are never coded.",
        )
        .within("participant, interviewer, other"),
        ColumnSchema::whole("start_ms", "When it starts.").within(MILLISECONDS).nullable(),
        ColumnSchema::whole("end_ms", "When it ends.").within(MILLISECONDS).nullable(),
        ColumnSchema::whole("char_start", "First character in the transcript's reading text, from 0.")
            .within(CODE_POINTS),
        ColumnSchema::whole("char_end", "One past the last character.").within(CODE_POINTS),
        ColumnSchema::text("text", "The words, verbatim."),
    ],
    further: None,
    spreadsheets: true,
};

/// The table `segments`.
pub const SEGMENTS: TableSchema = TableSchema {
    name: "segments",
    row: "a segment: what is embedded and labelled",
    about: "Only coded segments are here; interviewers' turns and short turns are context and stand in `turns` alone, \
            unless the unit is topic, which holds them too.",
    columns: &[
        ColumnSchema::text("segment_id", "The transcript's id, a colon, and `segment_index`."),
        ColumnSchema::text("transcript_id", "The transcript; see `transcripts`."),
        ColumnSchema::count("segment_index", "Number of the segment in its transcript.").within("from 1"),
        ColumnSchema::whole("first_turn", "`turn_index` of the turn it starts in."),
        ColumnSchema::whole("last_turn", "`turn_index` of the turn it ends in."),
        ColumnSchema::text("speaker", "The speaker of its first turn; null when the source names nobody.")
            .nullable(),
        ColumnSchema::text("language", "The language; null when it is not known.")
            .within("BCP-47 tag")
            .nullable(),
        ColumnSchema::whole("start_ms", "When its first turn starts.").within(MILLISECONDS).nullable(),
        ColumnSchema::whole("end_ms", "When its last turn ends.").within(MILLISECONDS).nullable(),
        ColumnSchema::whole("char_start", "First character in the transcript's reading text, from 0.")
            .within(CODE_POINTS),
        ColumnSchema::whole("char_end", "One past the last character.").within(CODE_POINTS),
        ColumnSchema::count("words", "Words by Unicode word boundaries."),
        ColumnSchema::count(
            "tokens",
            "Tokens as the encoder counts them, its special ones included; for a topic, the sum over its parts.",
        ),
        ColumnSchema::text("text", "The words, verbatim."),
        ColumnSchema::count(
            "cluster_id",
            "Its cluster; null for what a density method calls noise; see `clusters`.",
        )
        .nullable(),
    ],
    further: None,
    spreadsheets: true,
};

/// The table `embeddings`.
pub const EMBEDDINGS: TableSchema = TableSchema {
    name: "embeddings",
    row: "a segment",
    about: "",
    columns: &[
        ColumnSchema::text("segment_id", "The segment; see `segments`."),
        ColumnSchema::new(
            "embedding",
            ColumnKind::Vector,
            "The segment's vector, of unit length. The array is as wide as the model's dimension.",
        )
        .within("−1 to 1"),
    ],
    further: None,
    spreadsheets: false,
};

/// The table `scores`.
pub const SCORES: TableSchema = TableSchema {
    name: "scores",
    row: "a segment",
    about: "",
    columns: &[ColumnSchema::text("segment_id", "The segment; see `segments`.")],
    further: Some(FurtherColumns {
        one_per: "theme",
        kind: ColumnKind::Score,
        range: "",
        nullable: false,
        description: "How much the segment is about the theme, in spreads above what the theme scores on talk \
                      about something else. They are not probabilities.",
    }),
    spreadsheets: true,
};

/// The table `labels`.
pub const LABELS: TableSchema = TableSchema {
    name: "labels",
    row: "a segment and a theme given to it",
    about: "A segment without a row here carries no theme; one with several rows carries several.",
    columns: &[
        ColumnSchema::text("segment_id", "The segment; see `segments`."),
        ColumnSchema::text("theme", "The theme; see `themes`."),
        ColumnSchema::score("score", "The segment's score for the theme, as in `scores`."),
        ColumnSchema::score(
            "confidence",
            "How sure the machine is: from the score and the number of themes. A label has 0.2 or more, and where people coded a sample \
             a limit of its theme's own. For a label that people gave the share of the coders asked who gave it.",
        )
        .within("0 to 1"),
        ColumnSchema::count("rank", "1 for the segment's strongest theme, 2 for the next, …")
            .within("from 1"),
        ColumnSchema::text("source", "Who gave the label.").within("machine, or the reviewer's name"),
        ColumnSchema::text(
            "tier",
            "How far the label can be relied on. Likely: a confidence of 0.5 or more, or given by people. Possible: below that, for \
             reading rather than for counting.",
        )
        .within("likely, possible"),
    ],
    further: None,
    spreadsheets: true,
};

/// The table `parameters`.
pub const PARAMETERS: TableSchema = TableSchema {
    name: "parameters",
    row: "a number or a choice that decided the result",
    about: "Everything beside the transcripts and the codebook, for a paper's appendix.",
    columns: &[
        ColumnSchema::text("stage", "The stage that it belongs to.")
            .within("study, segment, embed, cluster, theme, compare, review"),
        ColumnSchema::text("parameter", "Its name; for a setting the section and key of the study file."),
        ColumnSchema::text("value", "Its value."),
        ColumnSchema::text("origin", "Who set it.").within("study file, built in, found in the data"),
        ColumnSchema::text("about", "What it decides."),
    ],
    further: None,
    spreadsheets: true,
};

/// The table `replacements`.
pub const REPLACEMENTS: TableSchema = TableSchema {
    name: "replacements",
    row: "a pseudonym or a mask in one place",
    about: "What was replaced while reading, where the study asks for it. The names that were replaced stand in no table and in no \
            other file of a run.",
    columns: &[
        ColumnSchema::text("transcript_id", "The transcript; see `transcripts`."),
        ColumnSchema::whole(
            "turn_index",
            "The turn; see `turns`. Null for what is not in what is said, which is counted once a transcript.",
        )
        .nullable(),
        ColumnSchema::text("place", "In what part of the transcript. For `speaker`, `count` counts turns.")
            .within("transcript_id, source, attribute, speaker, text"),
        ColumnSchema::text("kind", "What was replaced: a name of what the mapping says, or something masked.")
            .within("name, place, organisation, other, email, phone, web"),
        ColumnSchema::text("replacement", "What is shown instead, as the mapping has it."),
        ColumnSchema::count("count", "How often."),
    ],
    further: None,
    spreadsheets: true,
};

/// The table `problems`.
pub const PROBLEMS: TableSchema = TableSchema {
    name: "problems",
    row: "something skipped, guessed or doubtful",
    about: "",
    columns: &[
        ColumnSchema::text(
            "source",
            "The file, relative to the study file, or the part of the study concerned.",
        ),
        ColumnSchema::whole("line", "Line in that file; null where there is none.")
            .within("from 1")
            .nullable(),
        ColumnSchema::text(
            "severity",
            "`error`: something was skipped. `warning`: a person should look. `note`: \
             read differently than written, nothing lost.",
        )
        .within("note, warning, error"),
        ColumnSchema::text("message", "What happened."),
        ColumnSchema::text("hint", "What to do about it; null when there is nothing to add.").nullable(),
    ],
    further: None,
    spreadsheets: true,
};

/// All tables in the order in which they are written.
pub const TABLES: [&TableSchema; 27] = [
    &TRANSCRIPTS,
    &TURNS,
    &SEGMENTS,
    &EMBEDDINGS,
    &SCORES,
    &LABELS,
    &THEMES,
    &CLUSTERS,
    &QUOTES,
    &SEEDS,
    &PREVALENCE,
    &CONTRASTS,
    &COOCCURRENCE,
    &SATURATION,
    &POSITIONS,
    &RAISED,
    &TRENDS,
    &AGREEMENT,
    &DISAGREEMENTS,
    &CORRECTED_PREVALENCE,
    &CORRECTED_CONTRASTS,
    &LEARNED,
    &CALIBRATION,
    &NOTES,
    &PARAMETERS,
    &REPLACEMENTS,
    &PROBLEMS,
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_limit_of_likely_labels_is_the_one_that_is_described() {
        let tier = LABELS.columns.iter().find(|column| column.name == "tier").unwrap();
        let limit = format!("a confidence of {} or more", crate::results::MIN_LIKELY_CONFIDENCE);
        assert!(tier.description.contains(&limit), "{}", tier.description);
    }

    #[test]
    fn tables_and_columns_have_unique_plain_names() {
        let is_plain = |name: &str| name.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_'));
        let tables: BTreeSet<&str> = TABLES.iter().map(|table| table.name).collect();
        assert_eq!(tables.len(), TABLES.len());
        for table in TABLES {
            let columns: BTreeSet<&str> = table.columns.iter().map(|column| column.name).collect();
            assert_eq!(columns.len(), table.columns.len(), "{} names a column twice", table.name);
            assert!(columns.iter().all(|name| is_plain(name)), "{} has an odd column name", table.name);
        }
    }

    #[test]
    fn columns_stand_in_the_published_order() {
        let listing: Vec<String> = TABLES
            .iter()
            .map(|table| {
                let mut names: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
                names.extend(table.further.map(|further| further.one_per));
                format!("{}: {}", table.name, names.join(", "))
            })
            .collect();
        insta::assert_snapshot!(listing.join("\n"), @r"
        transcripts: transcript_id, source, format, turns, segments, words, duration_ms, attribute
        turns: transcript_id, turn_index, speaker, role, start_ms, end_ms, char_start, char_end, text
        segments: segment_id, transcript_id, segment_index, first_turn, last_turn, speaker, language, start_ms, end_ms, char_start, char_end, words, tokens, text, cluster_id
        embeddings: segment_id, embedding
        scores: segment_id, theme
        labels: segment_id, theme, score, confidence, rank, source, tier
        themes: theme, kind, definition, keywords, segments, transcripts, share_segments, share_transcripts, stability, parent, likely_segments, likely_transcripts, share_likely
        clusters: cluster_id, segments, transcripts, name, keywords, nearest_theme, similarity, emergent, stability
        quotes: theme, kind, rank, segment_id, transcript_id, speaker, locator, text
        seeds: theme, finding, other_theme, segments, transcripts, share, keywords_a, keywords_b, quote_a, quote_b, advice
        prevalence: theme, attribute, group, segments, transcripts, share_segments, share_segments_low, share_segments_high, share_transcripts, share_transcripts_low, share_transcripts_high, mean_share, mean_share_low, mean_share_high, likely_segments, likely_transcripts, share_likely, share_likely_low, share_likely_high, has_basis
        contrasts: theme, attribute, group_a, group_b, measure, difference, low, high, p_value, p_adjusted, language_confounded, p_fdr, smallest_detectable, transcripts_a, transcripts_b, difference_within, low_within, high_within, p_within, p_within_adjusted, leave_language_out_low, leave_language_out_high, segments_compared
        cooccurrence: theme_a, theme_b, segments, transcripts, jaccard, lift, lift_low, lift_high, jaccard_transcripts, lift_transcripts, lift_transcripts_low, lift_transcripts_high
        saturation: transcripts, new_themes, share_new, low, high, themes, themes_low, themes_high, share_saturated, share_without_new, themes_listed, share_new_listed
        positions: theme, tenth, segments, transcripts, share, low, high
        raised: theme, transcripts, by_participant, by_interviewer, share_interviewer, low, high, not_known
        trends: theme, attribute, waves, measure, change, low, high, p_value, p_adjusted, p_fdr, transcripts
        agreement: theme, rater_a, rater_b, segments, decisions, transcripts, percent, percent_low, percent_high, cohen_kappa, cohen_kappa_low, cohen_kappa_high, fleiss_kappa, fleiss_kappa_low, fleiss_kappa_high, gwet_ac1, gwet_ac1_low, gwet_ac1_high, krippendorff_alpha, krippendorff_alpha_low, krippendorff_alpha_high, pabak, pabak_low, pabak_high, prevalence_index, prevalence_index_low, prevalence_index_high, bias_index, bias_index_low, bias_index_high
        disagreements: segment_id, transcript_id, theme, yes, no, among_coders, speaker, locator, text
        corrected_prevalence: theme, attribute, group, coded, transcripts_coded, share_machine, share_corrected, low, high, lambda, bias, more_to_halve, question, low_these, high_these, more_to_halve_these, low_like_these, high_like_these, more_to_halve_like_these, transcripts_read, share_transcripts_corrected, share_transcripts_low_these, share_transcripts_high_these, transcripts_to_halve_these, share_transcripts_low_like_these, share_transcripts_high_like_these, transcripts_to_halve_like_these
        corrected_contrasts: theme, attribute, group_a, group_b, coded_a, coded_b, difference_machine, difference_corrected, low, high, p_value, p_adjusted, p_fdr, bias, more_to_halve, question, low_these, high_these, p_value_these, more_to_halve_these, low_like_these, high_like_these, p_value_like_these, more_to_halve_like_these
        learned: theme, coded, carrying, loss_before, loss_after, learned, labels_before, labels_after, labels_kept, own_direction
        calibration: confidence_low, confidence_high, decisions, confidence, share_yes, low, high, share_decisions
        notes: segment_id, transcript_id, coder, kind, theme, note, speaker, locator, text
        parameters: stage, parameter, value, origin, about
        replacements: transcript_id, turn_index, place, kind, replacement, count
        problems: source, line, severity, message, hint
        ");
    }
}
