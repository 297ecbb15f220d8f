//! Tables of comparisons: between groups, between themes, over an interview and over time.

use super::{ColumnKind, ColumnSchema, TableSchema};

const LOWER: &str = "Lower end of its 95 % interval, with transcripts as the unit.";
const UPPER: &str = "Upper end of its 95 % interval.";

/// The table `prevalence`.
pub const PREVALENCE: TableSchema = TableSchema {
    name: "prevalence",
    row: "a theme in a group of transcripts",
    about: "Every theme has a row for the whole study, whose group is `(all)`, and one for every group, zero rows included. Transcripts without a value for the attribute \
            form no group and count in none; `problems` says how many they are. Intervals say what other transcripts of \
            the same kind might have given; a theme that is nowhere has one from 0 upwards. They know nothing of wrong labels.",
    columns: &[
        ColumnSchema::text("theme", "The theme; see `themes`."),
        ColumnSchema::text(
            "attribute",
            "The attribute compared by, for example `country`; null for the whole study.",
        )
        .nullable(),
        ColumnSchema::text("group", "Its value; `(all)` for the whole study."),
        ColumnSchema::count("segments", "Segments of the group that carry the theme."),
        ColumnSchema::count("transcripts", "Transcripts of the group with at least one such segment."),
        ColumnSchema::share(
            "share_segments",
            "`segments` over the group's coded segments; 0 when it has none.",
        ),
        ColumnSchema::share("share_segments_low", LOWER),
        ColumnSchema::share("share_segments_high", UPPER),
        ColumnSchema::share("share_transcripts", "`transcripts` over the group's transcripts."),
        ColumnSchema::share("share_transcripts_low", LOWER),
        ColumnSchema::share("share_transcripts_high", UPPER),
        ColumnSchema::share(
            "mean_share",
            "Mean over the group's transcripts of the share of their segments that carry the theme: each transcript counts once, \
             however long it is; 0 when none has a coded segment.",
        ),
        ColumnSchema::share("mean_share_low", LOWER),
        ColumnSchema::share("mean_share_high", UPPER),
        ColumnSchema::count(
            "likely_segments",
            "Segments of the group that carry the theme by a likely label; see `labels`.",
        ),
        ColumnSchema::count("likely_transcripts", "Transcripts of the group with at least one of these."),
        ColumnSchema::share(
            "share_likely",
            "`likely_segments` over the group's coded segments; 0 when it has none.",
        ),
        ColumnSchema::share("share_likely_low", LOWER),
        ColumnSchema::share("share_likely_high", UPPER),
        ColumnSchema::new(
            "has_basis",
            ColumnKind::Flag,
            "Whether shares of labels may be taken for a finding. False for a theme of the codebook where more than half of the group's \
             segments are in languages in which the codebook finds no more than themes whose words were shuffled; see `problems`.",
        ),
    ],
    further: None,
    spreadsheets: true,
};

/// The table `contrasts`.
pub const CONTRASTS: TableSchema = TableSchema {
    name: "contrasts",
    row: "a theme in two groups of transcripts, by one measure",
    about: "Every theme has two rows, one a measure, for every pair of an attribute's groups and, with more than two groups, for \
            each group against all others. An attribute of more than 20 groups has no pairs. Transcripts, not segments, are the \
            unit of intervals and p values. They know nothing of wrong labels.",
    columns: &[
        ColumnSchema::text("theme", "The theme; see `themes`."),
        ColumnSchema::text("attribute", "The attribute compared by, for example `country`."),
        ColumnSchema::text("group_a", "The first group."),
        ColumnSchema::text("group_b", "The second group, or all transcripts of the attribute's other groups.")
            .within("a group or `(all others)`"),
        ColumnSchema::text("measure", "The share that is compared; see `prevalence`.")
            .within("`share_segments` or `share_transcripts`"),
        ColumnSchema::share(
            "difference",
            "The share in the first group less that in the second; of `share_transcripts` over equal numbers of segments, see \
             `segments_compared`.",
        )
        .within("−1 to 1"),
        ColumnSchema::share("low", "Lower end of the difference's 95 % interval.").within("−1 to 1"),
        ColumnSchema::share("high", "Upper end of the difference's 95 % interval.").within("−1 to 1"),
        ColumnSchema::share(
            "p_value",
            "How often transcripts dealt to the two groups at random differ as much, two-sided; no less than \
             what Welch's test of the logits says, which knows of groups that vary unequally. Null when a group has fewer than two \
             to compare.",
        )
        .nullable(),
        ColumnSchema::share(
            "p_adjusted",
            "The same for all themes and groups of this attribute and measure at once (Holm): below .05, not one of them is a \
             finding by chance in 19 studies of 20.",
        )
        .nullable(),
        ColumnSchema::new(
            "language_confounded",
            ColumnKind::Flag,
            "Whether the groups speak different languages, so that the difference may be one of language.",
        ),
        ColumnSchema::share(
            "p_fdr",
            "The share of chance findings to expect among all rows with this or a smaller value (Benjamini and Hochberg); \
             for looking for leads.",
        )
        .nullable(),
        ColumnSchema::share(
            "smallest_detectable",
            "The smallest difference that four of five such studies would find at 5 %, before any adjustment; null when \
             even 1 would not be found.",
        )
        .nullable(),
        ColumnSchema::count("transcripts_a", "Transcripts of the first group."),
        ColumnSchema::count("transcripts_b", "Transcripts of the second group."),
        ColumnSchema::share(
            "difference_within",
            "The difference within the levels of the attribute that the study file names under `within`, put together; null \
             without one, and where no level has transcripts of both groups.",
        )
        .within("−1 to 1")
        .nullable(),
        ColumnSchema::share("low_within", "Lower end of its 95 % interval.").within("−1 to 1").nullable(),
        ColumnSchema::share("high_within", "Upper end of its 95 % interval.").within("−1 to 1").nullable(),
        ColumnSchema::share("p_within", "How often transcripts dealt anew within the levels differ as much.").nullable(),
        ColumnSchema::share(
            "p_within_adjusted",
            "The same for all themes and groups of this attribute and measure at once (Holm).",
        )
        .nullable(),
        ColumnSchema::share(
            "leave_language_out_low",
            "The least difference when the transcripts of one language after the other are left out; null with fewer than two \
             languages, and where leaving any out leaves a group with none.",
        )
        .within("−1 to 1")
        .nullable(),
        ColumnSchema::share("leave_language_out_high", "The greatest such difference.").within("−1 to 1").nullable(),
        ColumnSchema::count(
            "segments_compared",
            "For `share_transcripts` the number of segments of each transcript over which they are compared, so that a longer one has no \
             more chances: as many as nine of ten transcripts of either group have. Shorter ones are left out. Null for `share_segments`.",
        )
        .nullable(),
    ],
    further: None,
    spreadsheets: true,
};

/// The table `cooccurrence`.
pub const COOCCURRENCE: TableSchema = TableSchema {
    name: "cooccurrence",
    row: "a pair of themes",
    about: "Every pair has one row, with the themes in the order of `themes`.",
    columns: &[
        ColumnSchema::text("theme_a", "The first theme; see `themes`."),
        ColumnSchema::text("theme_b", "The second theme."),
        ColumnSchema::count("segments", "Segments that carry both."),
        ColumnSchema::count("transcripts", "Transcripts in which both come up, in the same segment or not."),
        ColumnSchema::share("jaccard", "Segments with both over segments with either; 0 when there is neither."),
        ColumnSchema::new(
            "lift",
            ColumnKind::Share,
            "Segments with both over what chance would give: coded segments × both ÷ (a × b). 1 is chance; null \
             when either theme is absent.",
        )
        .within("0 or more")
        .nullable(),
        ColumnSchema::new(
            "lift_low",
            ColumnKind::Share,
            "Lower end of the lift's 95 % interval, with transcripts as the unit; null without a lift, and for one transcript.",
        )
        .within("0 or more")
        .nullable(),
        ColumnSchema::new("lift_high", ColumnKind::Share, "Upper end of its 95 % interval.")
            .within("0 or more")
            .nullable(),
        ColumnSchema::share("jaccard_transcripts", "Transcripts with both over transcripts with either."),
        ColumnSchema::new(
            "lift_transcripts",
            ColumnKind::Share,
            "The lift over transcripts with a coded segment instead of segments: whether who brings up one brings up the other.",
        )
        .within("0 or more")
        .nullable(),
        ColumnSchema::new("lift_transcripts_low", ColumnKind::Share, "Lower end of its 95 % interval.")
            .within("0 or more")
            .nullable(),
        ColumnSchema::new("lift_transcripts_high", ColumnKind::Share, "Upper end of its 95 % interval.")
            .within("0 or more")
            .nullable(),
    ],
    further: None,
    spreadsheets: true,
};

/// The table `saturation`.
pub const SATURATION: TableSchema = TableSchema {
    name: "saturation",
    row: "a number of transcripts",
    about: "After Guest, Namey and Chen (2020), with a base of four transcripts and runs of two. The order of transcripts is \
            arbitrary, so that numbers are over 1,000 random orders (fewer for more than 4,000 transcripts); the two columns `…_listed` \
            are for the order of `transcripts`. A row of 6 transcripts says what the two behind them bring: where that is 5 % or less, \
            saturation is reached at \"6+2\". The median order reaches it in the first row with a `share_saturated` of .5 or more, \
            95 % of the orders between the first with .025 and the first with .975. Themes of the codebook count alone: emergent \
            themes were found in all transcripts together and need several of them, so that the last ones could bring no new one.",
    columns: &[
        ColumnSchema::count("transcripts", "How many were heard.").within("from 1"),
        ColumnSchema::new("new_themes", ColumnKind::Share, "Themes that the last of them brought up first; mean over orders.")
            .within("0 or more"),
        ColumnSchema::new(
            "share_new",
            ColumnKind::Share,
            "New themes of the two transcripts behind them over the themes of the first four; mean over orders. Null before the \
             fourth and for the last two, and where the first four have no theme.",
        )
        .within("0 or more")
        .nullable(),
        ColumnSchema::new("low", ColumnKind::Share, "From here to `high` lie 95 % of the orders.").within("0 or more").nullable(),
        ColumnSchema::new("high", ColumnKind::Share, "See `low`.").within("0 or more").nullable(),
        ColumnSchema::new("themes", ColumnKind::Share, "Themes heard so far; mean over orders.").within("0 or more"),
        ColumnSchema::new("themes_low", ColumnKind::Share, "From here to `themes_high` lie 95 % of the orders.")
            .within("0 or more"),
        ColumnSchema::new("themes_high", ColumnKind::Share, "See `themes_low`.").within("0 or more"),
        ColumnSchema::share(
            "share_saturated",
            "Share of orders in which saturation is reached with so many transcripts or fewer, at most 5 % new in a run.",
        ),
        ColumnSchema::share("share_without_new", "The same with nothing new in a run."),
        ColumnSchema::count("themes_listed", "Themes heard so far in the order of `transcripts`."),
        ColumnSchema::new("share_new_listed", ColumnKind::Share, "`share_new` in the order of `transcripts`.")
            .within("0 or more")
            .nullable(),
    ],
    further: None,
    spreadsheets: true,
};

/// The table `positions`.
pub const POSITIONS: TableSchema = TableSchema {
    name: "positions",
    row: "a theme in a tenth of the interview",
    about: "A segment is in the tenth in which its middle character lies, of all characters of the transcript's reading text, the \
            interviewer's included. All transcripts together; every theme has ten rows.",
    columns: &[
        ColumnSchema::text("theme", "The theme; see `themes`."),
        ColumnSchema::count("tenth", "1 for the first tenth of each interview.").within("1 to 10"),
        ColumnSchema::count("segments", "Segments of this tenth that carry the theme."),
        ColumnSchema::count("transcripts", "Transcripts with at least one such segment."),
        ColumnSchema::share(
            "share",
            "`segments` over all coded segments of this tenth; 0 when there are none.",
        ),
        ColumnSchema::share("low", LOWER),
        ColumnSchema::share("high", UPPER),
    ],
    further: None,
    spreadsheets: true,
};

/// The table `raised`.
pub const RAISED: TableSchema = TableSchema {
    name: "raised",
    row: "a theme, and who raises it",
    about: "Counts transcripts. The interviewer raised a theme when one of their turns before the participant's first segment \
            with the theme would have been labelled with it, had a participant said it. Questions are read by themselves and get no label in \
            `labels`; they are judged as roughly as segments are.",
    columns: &[
        ColumnSchema::text("theme", "The theme; see `themes`."),
        ColumnSchema::count("transcripts", "Transcripts in which a segment carries the theme."),
        ColumnSchema::count("by_participant", "Of these, those in which the participant spoke of it first."),
        ColumnSchema::count("by_interviewer", "Those in which the interviewer did."),
        ColumnSchema::share(
            "share_interviewer",
            "`by_interviewer` over these two together; null when both are 0.",
        )
        .nullable(),
        ColumnSchema::share("low", "Lower end of its exact 95 % interval.").nullable(),
        ColumnSchema::share("high", "Upper end of its 95 % interval.").nullable(),
        ColumnSchema::count(
            "not_known",
            "Transcripts in which it cannot be told: nobody in them is known to be the interviewer, or the segment holds the \
             interviewer's words too (topics).",
        ),
    ],
    further: None,
    spreadsheets: true,
};

/// The table `trends`.
pub const TRENDS: TableSchema = TableSchema {
    name: "trends",
    row: "a theme over time, by one measure",
    about: "Empty unless the study file names an attribute under `time`. From one wave to the next is one step, however long it \
            took; transcripts, not segments, are the unit of intervals and p values.",
    columns: &[
        ColumnSchema::text("theme", "The theme; see `themes`."),
        ColumnSchema::text("attribute", "The attribute that says when."),
        ColumnSchema::text("waves", "Its values in the order of time, joined with `; `; of more than 12 the first and the last."),
        ColumnSchema::text("measure", "The share that changes; see `prevalence`.")
            .within("`share_segments` or `share_transcripts`"),
        ColumnSchema::share("change", "Change of the share from one wave to the next, by a line through the transcripts.")
            .within("−1 to 1"),
        ColumnSchema::share("low", "Lower end of its 95 % interval.").within("−1 to 1"),
        ColumnSchema::share("high", "Upper end of its 95 % interval.").within("−1 to 1"),
        ColumnSchema::share(
            "p_value",
            "How often transcripts dealt to the waves at random show as much change, two-sided; null for fewer than three.",
        )
        .nullable(),
        ColumnSchema::share("p_adjusted", "The same for all themes of this measure at once (Holm).").nullable(),
        ColumnSchema::share("p_fdr", "The share of chance findings to expect among all rows with this or a smaller value.")
            .nullable(),
        ColumnSchema::count("transcripts", "Transcripts with a wave."),
    ],
    further: None,
    spreadsheets: true,
};
