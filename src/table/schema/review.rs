//! Tables of human codes compared with the machine.

use super::{ColumnKind, ColumnSchema, TableSchema};

/// The table `agreement`.
pub const AGREEMENT: TableSchema = TableSchema {
    name: "agreement",
    row: "a theme and two who coded it",
    about: "Empty where nothing was coded. A decision is whether a theme applies to a segment; `(all)` is all decisions on all themes. \
            Decisions are weighted by 1 over the chance with which their segment came to be coded, so that the figures speak \
            of the whole corpus. Intervals are of 95 %, with transcripts as the unit.",
    columns: &[
        ColumnSchema::text("theme", "The theme; `(all)` for all together."),
        ColumnSchema::text("rater_a", "A coder, or `(all coders)`."),
        ColumnSchema::text("rater_b", "Another coder, `(machine)`, or `(all coders)`."),
        ColumnSchema::count("segments", "Segments on which both decided."),
        ColumnSchema::count("decisions", "Decisions compared."),
        ColumnSchema::count("transcripts", "Transcripts that these segments are of."),
        ColumnSchema::new(
            "percent",
            ColumnKind::Share,
            "Share of decisions that are the same; of more than two coders, of pairs of answers.",
        )
        .within("0 to 1"),
        ColumnSchema::new("percent_low", ColumnKind::Share, "Lower end of its interval.").within("0 to 1"),
        ColumnSchema::new("percent_high", ColumnKind::Share, "Upper end of its interval.").within("0 to 1"),
        ColumnSchema::new(
            "cohen_kappa",
            ColumnKind::Share,
            "Cohen's kappa; null for all coders together, and where both gave one answer throughout.",
        )
        .within("−1 to 1")
        .nullable(),
        ColumnSchema::new("cohen_kappa_low", ColumnKind::Share, "Lower end of its interval.")
            .within("−1 to 1")
            .nullable(),
        ColumnSchema::new("cohen_kappa_high", ColumnKind::Share, "Upper end of its interval.")
            .within("−1 to 1")
            .nullable(),
        ColumnSchema::new(
            "fleiss_kappa",
            ColumnKind::Share,
            "Fleiss's kappa, of two raters Scott's pi; null where one answer was given throughout.",
        )
        .within("−1 to 1")
        .nullable(),
        ColumnSchema::new("fleiss_kappa_low", ColumnKind::Share, "Lower end of its interval.")
            .within("−1 to 1")
            .nullable(),
        ColumnSchema::new("fleiss_kappa_high", ColumnKind::Share, "Upper end of its interval.")
            .within("−1 to 1")
            .nullable(),
        ColumnSchema::new("gwet_ac1", ColumnKind::Share, "Gwet's AC1.").within("−1 to 1"),
        ColumnSchema::new("gwet_ac1_low", ColumnKind::Share, "Lower end of its interval.").within("−1 to 1"),
        ColumnSchema::new("gwet_ac1_high", ColumnKind::Share, "Upper end of its interval.").within("−1 to 1"),
        ColumnSchema::new(
            "krippendorff_alpha",
            ColumnKind::Share,
            "Krippendorff's alpha, nominal; null where one answer was given throughout.",
        )
        .within("−1 to 1")
        .nullable(),
        ColumnSchema::new("krippendorff_alpha_low", ColumnKind::Share, "Lower end of its interval.")
            .within("−1 to 1")
            .nullable(),
        ColumnSchema::new("krippendorff_alpha_high", ColumnKind::Share, "Upper end of its interval.")
            .within("−1 to 1")
            .nullable(),
        ColumnSchema::new(
            "pabak",
            ColumnKind::Share,
            "2 × `percent` − 1: kappa were yes and no equally frequent (Brennan and Prediger's, PABAK).",
        )
        .within("−1 to 1"),
        ColumnSchema::new("pabak_low", ColumnKind::Share, "Lower end of its interval.").within("−1 to 1"),
        ColumnSchema::new("pabak_high", ColumnKind::Share, "Upper end of its interval.").within("−1 to 1"),
        ColumnSchema::new(
            "prevalence_index",
            ColumnKind::Share,
            "Share of yes less share of no; far from 0, kappa and alpha are low even where raters agree.",
        )
        .within("−1 to 1"),
        ColumnSchema::new("prevalence_index_low", ColumnKind::Share, "Lower end of its interval.")
            .within("−1 to 1"),
        ColumnSchema::new("prevalence_index_high", ColumnKind::Share, "Upper end of its interval.")
            .within("−1 to 1"),
        ColumnSchema::new(
            "bias_index",
            ColumnKind::Share,
            "Share of yes of the first less that of the second; null for all coders together.",
        )
        .within("−1 to 1")
        .nullable(),
        ColumnSchema::new("bias_index_low", ColumnKind::Share, "Lower end of its interval.")
            .within("−1 to 1")
            .nullable(),
        ColumnSchema::new("bias_index_high", ColumnKind::Share, "Upper end of its interval.")
            .within("−1 to 1")
            .nullable(),
    ],
    further: None,
    spreadsheets: true,
};

/// The table `disagreements`.
pub const DISAGREEMENTS: TableSchema = TableSchema {
    name: "disagreements",
    row: "a coded segment and a theme on which not all say the same",
    about: "To talk about: first where coders differ among themselves, then where they differ from the machine, theme by theme.",
    columns: &[
        ColumnSchema::text("segment_id", "The segment; see `segments`."),
        ColumnSchema::text("transcript_id", "Its transcript; see `transcripts`."),
        ColumnSchema::text("theme", "The theme; see `themes`."),
        ColumnSchema::text("yes", "Who says that it applies; the machine is `(machine)`.")
            .within("joined with `; `"),
        ColumnSchema::text("no", "Who says that it does not.").within("joined with `; `"),
        ColumnSchema::new("among_coders", ColumnKind::Flag, "Whether coders differ among themselves."),
        ColumnSchema::text("speaker", "Speaker of the first turn; null when the source names nobody.")
            .nullable(),
        ColumnSchema::text("locator", "Transcript, turn and time."),
        ColumnSchema::text("text", "The segment, verbatim."),
    ],
    further: None,
    spreadsheets: true,
};

/// The table `corrected_prevalence`.
pub const CORRECTED_PREVALENCE: TableSchema = TableSchema {
    name: "corrected_prevalence",
    row: "a coded theme in a group",
    about: "The share of segments as labelled, and as corrected by the segments that people coded. Empty where nothing was coded. \
            Shares of transcripts are corrected by transcripts that were drawn whole; some segments do not tell whether a theme is in a transcript at all.",
    columns: &[
        ColumnSchema::text("theme", "The theme; see `themes`."),
        ColumnSchema::text("attribute", "The attribute, for example `country`; null for the whole study.").nullable(),
        ColumnSchema::text("group", "The group; `(all)` for the whole study."),
        ColumnSchema::count("coded", "Segments of the group of which people said whether the theme applies."),
        ColumnSchema::count("transcripts_coded", "Transcripts that these segments are of."),
        ColumnSchema::share("share_machine", "Labelled segments over the group's segments."),
        ColumnSchema::share("share_corrected", "The share of segments that people would say carry the theme; null without a coded segment.")
            .nullable(),
        ColumnSchema::share("low", "Lower end of its 95 % interval, for the question of this row.").nullable(),
        ColumnSchema::share("high", "Upper end of its 95 % interval.").nullable(),
        ColumnSchema::new("lambda", ColumnKind::Share, "How much the machine's confidence in the theme was used: at 0 codes alone count.")
            .within("0 or more"),
        ColumnSchema::new("bias", ColumnKind::Share, "`share_machine` less `share_corrected`.")
            .within("−1 to 1")
            .nullable(),
        ColumnSchema::count(
            "more_to_halve",
            "About how many more segments of the group to code so that the interval is half as wide; null when coding all would \
             not do, because transcripts differ.",
        )
        .nullable(),
        ColumnSchema::text("question", "What `low`, `high` and `more_to_halve` are about: by default these interviews; see `[compare]` in the guide.")
            .within("these interviews, interviews like these"),
        ColumnSchema::share("low_these", "Lower end of the 95 % interval of the share in these interviews: only the coding is a sample.").nullable(),
        ColumnSchema::share("high_these", "Upper end of it.").nullable(),
        ColumnSchema::count("more_to_halve_these", "About how many more segments of the group to code so that this interval is half as wide.").nullable(),
        ColumnSchema::share("low_like_these", "Lower end of the 95 % interval of the share in interviews like these: the interviews are a sample too.").nullable(),
        ColumnSchema::share("high_like_these", "Upper end of it.").nullable(),
        ColumnSchema::count("more_to_halve_like_these", "As for these interviews; null also where interviews differ too much for it.").nullable(),
        ColumnSchema::count("transcripts_read", "Transcripts of the group that were drawn whole and read until the theme was found or to the end.").nullable(),
        ColumnSchema::share("share_transcripts_corrected", "The share of transcripts in which the theme comes up, as people found in those; null where none were drawn whole, or where one was left before the theme was found or it ended.").nullable(),
        ColumnSchema::share("share_transcripts_low_these", "Lower end of its 95 % interval for these interviews.").nullable(),
        ColumnSchema::share("share_transcripts_high_these", "Upper end of it.").nullable(),
        ColumnSchema::count("transcripts_to_halve_these", "About how many more transcripts to read so that this interval is half as wide.").nullable(),
        ColumnSchema::share("share_transcripts_low_like_these", "Lower end of its 95 % interval for interviews like these.").nullable(),
        ColumnSchema::share("share_transcripts_high_like_these", "Upper end of it.").nullable(),
        ColumnSchema::count("transcripts_to_halve_like_these", "As for these interviews; null also where reading all would not do.").nullable(),
    ],
    further: None,
    spreadsheets: true,
};

/// The table `corrected_contrasts`.
pub const CORRECTED_CONTRASTS: TableSchema = TableSchema {
    name: "corrected_contrasts",
    row: "a coded theme and two groups",
    about: "The pairs of `contrasts`, by share of segments, corrected by the segments that people coded. Empty where nothing was coded.",
    columns: &[
        ColumnSchema::text("theme", "The theme; see `themes`."),
        ColumnSchema::text("attribute", "The attribute, for example `country`."),
        ColumnSchema::text("group_a", "The first group."),
        ColumnSchema::text("group_b", "The second group; `(all others)` for the rest."),
        ColumnSchema::count("coded_a", "Coded segments of the first group."),
        ColumnSchema::count("coded_b", "Coded segments of the second group."),
        ColumnSchema::new("difference_machine", ColumnKind::Share, "Share of labelled segments in the first group less that in the second.")
            .within("−1 to 1"),
        ColumnSchema::new(
            "difference_corrected",
            ColumnKind::Share,
            "The same as corrected; null unless both groups have coded segments.",
        )
        .within("−1 to 1")
        .nullable(),
        ColumnSchema::new("low", ColumnKind::Share, "Lower end of its 95 % interval, for the question of this row.")
            .within("−1 to 1")
            .nullable(),
        ColumnSchema::new("high", ColumnKind::Share, "Upper end of its 95 % interval.").within("−1 to 1").nullable(),
        ColumnSchema::share("p_value", "Below .05 where the interval leaves out 0, and in step with it for other limits.").nullable(),
        ColumnSchema::share("p_adjusted", "The same for all themes and groups of this attribute at once (Holm).").nullable(),
        ColumnSchema::share(
            "p_fdr",
            "The share of chance findings to expect among all rows with this or a smaller value (Benjamini and Hochberg).",
        )
        .nullable(),
        ColumnSchema::new("bias", ColumnKind::Share, "`difference_machine` less `difference_corrected`.")
            .within("−2 to 2")
            .nullable(),
        ColumnSchema::count(
            "more_to_halve",
            "About how many more segments of both groups to code so that the interval is half as wide; null when coding all \
             would not do.",
        )
        .nullable(),
        ColumnSchema::text("question", "What `low`, `high`, the p values and `more_to_halve` are about: by default interviews like these; see `[compare]` in the guide.")
            .within("these interviews, interviews like these"),
        ColumnSchema::new("low_these", ColumnKind::Share, "Lower end of the 95 % interval of the difference in these interviews: only the coding is a sample.").within("−1 to 1").nullable(),
        ColumnSchema::new("high_these", ColumnKind::Share, "Upper end of it.").within("−1 to 1").nullable(),
        ColumnSchema::share("p_value_these", "Its p value, not adjusted.").nullable(),
        ColumnSchema::count("more_to_halve_these", "About how many more segments of both groups to code so that this interval is half as wide.").nullable(),
        ColumnSchema::new("low_like_these", ColumnKind::Share, "Lower end of the 95 % interval of the difference in interviews like these: the interviews are a sample too.").within("−1 to 1").nullable(),
        ColumnSchema::new("high_like_these", ColumnKind::Share, "Upper end of it.").within("−1 to 1").nullable(),
        ColumnSchema::share("p_value_like_these", "Its p value, not adjusted.").nullable(),
        ColumnSchema::count("more_to_halve_like_these", "As for these interviews; null also where interviews differ too much for it.").nullable(),
    ],
    further: None,
    spreadsheets: true,
};

/// The table `learned`.
pub const LEARNED: TableSchema = TableSchema {
    name: "learned",
    row: "a theme of the codebook, where people coded a sample",
    about: "What their codes changed in the labels of the other segments. Empty where nobody coded.",
    columns: &[
        ColumnSchema::text("theme", "The theme; see `themes`."),
        ColumnSchema::count("coded", "Segments that were coded for it."),
        ColumnSchema::count("carrying", "Those that carry it, by at least half of their coders."),
        ColumnSchema::new(
            "loss_before",
            ColumnKind::Share,
            "How far the program's confidence was from the codes before it learned: the mean negative logarithm of the probability that \
             it gave to what people said. Null where nobody coded.",
        )
        .within("0 or more, less is better")
        .nullable(),
        ColumnSchema::new(
            "loss_after",
            ColumnKind::Share,
            "The same after it learned, always from other interviews than the coded segment's.",
        )
        .within("0 or more, less is better")
        .nullable(),
        ColumnSchema::new(
            "learned",
            ColumnKind::Flag,
            "Whether the theme's scores were changed. They are unless that took them clearly further from the codes of interviews that \
             were not learned from.",
        ),
        ColumnSchema::count("labels_before", "Segments that the program labelled before."),
        ColumnSchema::count("labels_after", "Segments that it labels now; people's own labels not counted."),
        ColumnSchema::count("labels_kept", "Segments that it labels before and now."),
        ColumnSchema::share(
            "own_direction",
            "Whether what the codes say of this theme alone was taken, beside what they say of all themes: 1 unless that foretells the \
             codes of other interviews clearly worse, then 0.",
        ),
    ],
    further: None,
    spreadsheets: true,
};

/// The table `calibration`.
pub const CALIBRATION: TableSchema = TableSchema {
    name: "calibration",
    row: "a range of the program's confidence, where people coded a sample",
    about: "How many of the decisions that the program was so sure of people say yes to. Empty where nobody coded. A decision is a coded \
            segment and a theme of the codebook that was asked for; the confidence is the one that the program would have had had nobody \
            coded the segment's transcript. Decisions are weighted by 1 over the chance with which their segment came to be coded. A \
            range without a decision has no row.",
    columns: &[
        ColumnSchema::share("confidence_low", "Least confidence of the range."),
        ColumnSchema::share("confidence_high", "Where the next range begins; the last one holds 1 itself."),
        ColumnSchema::count("decisions", "Decisions of the range."),
        ColumnSchema::share("confidence", "Mean confidence of these decisions."),
        ColumnSchema::share(
            "share_yes",
            "Share of them to which people say yes; of several coders of a segment, their mean.",
        ),
        ColumnSchema::share("low", "Lower end of its 95 % interval, with transcripts as the unit."),
        ColumnSchema::share("high", "Upper end of its 95 % interval."),
        ColumnSchema::share(
            "share_decisions",
            "Part of all decisions that are of this range. The sum over ranges of this times the distance of `confidence` from `share_yes` \
             is the expected calibration error.",
        ),
    ],
    further: None,
    spreadsheets: true,
};

/// The table `notes`.
pub const NOTES: TableSchema = TableSchema {
    name: "notes",
    row: "something that a coder wrote about a segment besides answers, or a quote marked for the paper",
    about: "From `review/notes.csv`; empty where nobody wrote anything.",
    columns: &[
        ColumnSchema::text("segment_id", "The segment; see `segments`."),
        ColumnSchema::text("transcript_id", "Its transcript; see `transcripts`."),
        ColumnSchema::text("coder", "Who wrote it."),
        ColumnSchema::text(
            "kind",
            "What it is. `paper`: to be quoted in the paper; `unsure`: the coder could not tell whether the theme applies.",
        )
        .within("`memo`, `other theme`, `paper`, `unsure`"),
        ColumnSchema::text("theme", "The theme that the coder was unsure of; null for the other kinds.")
            .nullable(),
        ColumnSchema::text("note", "What was written; null for a mark.").nullable(),
        ColumnSchema::text("speaker", "Speaker of the first turn; null when the source names nobody.")
            .nullable(),
        ColumnSchema::text("locator", "Transcript, turn and time."),
        ColumnSchema::text("text", "The segment, verbatim."),
    ],
    further: None,
    spreadsheets: true,
};
