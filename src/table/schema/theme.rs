//! Tables of themes: the themes themselves, clusters, quotes, and the examination of seeds.

use super::{ColumnKind, ColumnSchema, TableSchema};

/// The table `themes`.
pub const THEMES: TableSchema = TableSchema {
    name: "themes",
    row: "a theme, seed or emergent",
    about: "Seed themes come in the order of the codebook, then the emergent ones, the one with most segments first. A seed theme \
            that nobody talks about is a row with zeros.",
    columns: &[
        ColumnSchema::text("theme", "Its name, unique in the study."),
        ColumnSchema::text("kind", "From the codebook, or from the data.").within("seed, emergent"),
        ColumnSchema::text(
            "definition",
            "The codebook's definition; of an emergent theme a draft in people's own words, up to three sentences of its \
             central quotes. Null when there is none.",
        )
        .nullable(),
        ColumnSchema::text("keywords", "Words that set its segments apart, strongest first, joined with `; `; of an emergent theme phrases, of which the first \
             three are its name."),
        ColumnSchema::count("segments", "Segments that carry it."),
        ColumnSchema::count("transcripts", "Transcripts with at least one such segment."),
        ColumnSchema::share("share_segments", "`segments` over all coded segments."),
        ColumnSchema::share("share_transcripts", "`transcripts` over all transcripts."),
        ColumnSchema::score(
            "stability",
            "Share of 20 random halves of the interviews in which an emergent theme comes up again, below 0.5 unstable; null for seeds and for fewer than six interviews.",
        )
        .within("0 to 1")
        .nullable(),
        ColumnSchema::text(
            "parent",
            "The codebook's word for the broader theme above it; null when there is none, as for every emergent theme.",
        )
        .nullable(),
        ColumnSchema::count("likely_segments", "Segments that carry it by a likely label; see `labels`."),
        ColumnSchema::count("likely_transcripts", "Transcripts with at least one of these."),
        ColumnSchema::share("share_likely", "`likely_segments` over all coded segments."),
    ],
    further: None,
    spreadsheets: true,
};

/// The table `clusters`.
pub const CLUSTERS: TableSchema = TableSchema {
    name: "clusters",
    row: "a cluster of segments",
    about: "",
    columns: &[
        ColumnSchema::count("cluster_id", "Number of the cluster, largest first.").within("from 0"),
        ColumnSchema::count("segments", "Segments in it."),
        ColumnSchema::count("transcripts", "Transcripts with at least one of them."),
        ColumnSchema::text("name", "Its strongest keywords, joined."),
        ColumnSchema::text("keywords", "Words that set it apart, strongest first, joined with `; `."),
        ColumnSchema::text("nearest_theme", "The seed theme nearest to it; null when the codebook is empty.")
            .nullable(),
        ColumnSchema::score("similarity", "Cosine between its centre and that theme; null without one.")
            .within("−1 to 1")
            .nullable(),
        ColumnSchema::new("emergent", ColumnKind::Flag, "Whether at least half of its segments carry the same emergent theme."),
        ColumnSchema::score(
            "stability",
            "Share of 20 random halves of the interviews in which it comes up again; null for fewer than six interviews.",
        )
        .within("0 to 1")
        .nullable(),
    ],
    further: None,
    spreadsheets: true,
};

/// The table `quotes`.
pub const QUOTES: TableSchema = TableSchema {
    name: "quotes",
    row: "a quote for a theme",
    about: "A quote is a whole segment, verbatim, so that searching the transcript for it finds it.",
    columns: &[
        ColumnSchema::text("theme", "The theme; see `themes`."),
        ColumnSchema::text(
            "kind",
            "Typical of the theme, only just of it, or on it and judging it otherwise than most.",
        )
        .within("central, borderline, dissenting"),
        ColumnSchema::count("rank", "1 for the best quote of its kind.").within("from 1"),
        ColumnSchema::text("segment_id", "The segment; see `segments`."),
        ColumnSchema::text("transcript_id", "The transcript; see `transcripts`."),
        ColumnSchema::text("speaker", "The speaker of its first turn; null when the source names nobody.")
            .nullable(),
        ColumnSchema::text("locator", "Where to find it, for example `P01, turn 12, 00:03:12`."),
        ColumnSchema::text("text", "The words, verbatim."),
    ],
    further: None,
    spreadsheets: true,
};

/// The table `seeds`.
pub const SEEDS: TableSchema = TableSchema {
    name: "seeds",
    row: "a finding about a seed theme",
    about: "Every seed theme has one row that says whether the corpus supports it; further rows say that it falls into two, or \
            overlaps with another.",
    columns: &[
        ColumnSchema::text("theme", "The seed theme; see `themes`."),
        ColumnSchema::text(
            "finding",
            "`supported`: three labels or more can be expected to be right, from two interviews or more. `thin`: fewer. `silent`: \
             no label. `split`: its segments fall into two groups, the same ones in both halves of the \
             interviews. `overlap`: at least 60 % of the rarer of two themes carries both.",
        )
        .within("supported, thin, silent, split, overlap"),
        ColumnSchema::text("other_theme", "The theme that it overlaps with; null otherwise.").nullable(),
        ColumnSchema::count("segments", "Segments that carry it; for an overlap, both."),
        ColumnSchema::count("transcripts", "Transcripts that these come from."),
        ColumnSchema::share(
            "share",
            "Supported, thin, silent: the mean confidence of its labels. Split: the share of the smaller group. Overlap: the share \
             of the rarer theme that carries both.",
        ),
        ColumnSchema::text("keywords_a", "Split: words of the first group, joined with `; `; null otherwise.").nullable(),
        ColumnSchema::text("keywords_b", "Split: words of the second group; null otherwise.").nullable(),
        ColumnSchema::text(
            "quote_a",
            "A segment to read, see `segments`: of a split the most typical of the first group, otherwise the surest; null when \
             there is none.",
        )
        .nullable(),
        ColumnSchema::text("quote_b", "The same of the second group, or the next.").nullable(),
        ColumnSchema::text("advice", "What you might do in the codebook; null when there is nothing to do.").nullable(),
    ],
    further: None,
    spreadsheets: true,
};
