//! The COREQ checklist for interviews and focus groups (Tong, Sainsbury and Craig, 2007), answered from a run where possible.
//!
//! The program does not know who asked or how people were recruited: those items are listed and left to the researcher, because
//! hidden gaps are worse than no list.

use transcripts::text::counted;

use super::facts::Facts;
use super::paragraph::{saturation, sizes};
use crate::record::Program;
use crate::results::{QuoteKind, ThemeKind};

/// An item of the checklist.
pub(super) struct Item {
    /// 1 to 32.
    pub(super) number: usize,
    /// Its name.
    pub(super) about: &'static str,
    /// The answer from the run; empty where it is the researcher's.
    pub(super) answer: String,
}

/// The names of the items, in order.
const ABOUT: [&str; 32] = [
    "interviewer",
    "credentials",
    "occupation",
    "gender",
    "experience and training",
    "relationship before the study",
    "what participants knew of the interviewer",
    "characteristics of the interviewer",
    "methodological orientation",
    "sampling",
    "how participants were approached",
    "sample size",
    "non-participation",
    "setting",
    "presence of others",
    "description of the sample",
    "interview guide",
    "repeat interviews",
    "recording",
    "field notes",
    "duration",
    "saturation",
    "transcripts returned",
    "number of coders",
    "coding tree",
    "where themes come from",
    "software",
    "participants' checking",
    "quotations",
    "data and findings agree",
    "major themes",
    "minor themes",
];

/// All items, in order.
pub(super) fn items(facts: &Facts<'_>) -> Vec<Item> {
    let numbered = ABOUT.into_iter().zip(1..);
    numbered
        .map(|(about, number)| Item { number, about, answer: answer(number, facts).unwrap_or_default() })
        .collect()
}

fn answer(item: usize, facts: &Facts<'_>) -> Option<String> {
    let findings = facts.findings;
    let quotes = |kind| findings.quotes.iter().filter(|quote| quote.kind == kind).count();
    match item {
        12 => Some(counted(facts.interviews(), "interview", "interviews")),
        16 => {
            let groups = facts.groups.iter().map(|groups| format!("{}: {}", groups.attribute, sizes(groups)));
            Some(groups.collect::<Vec<_>>().join("; ")).filter(|answer| !answer.is_empty())
        }
        19 => facts.minutes_of.map(|(_, timed)| {
            format!("{} with times of a recording", counted(timed, "transcript", "transcripts"))
        }),
        21 => facts.minutes_of.map(|(range, _)| {
            format!(
                "median {}, {} to {}",
                counted(range.median as usize, "minute", "minutes"),
                range.least,
                range.most
            )
        }),
        // Of labels that nobody checked it cannot be said that nothing new came.
        22 => saturation(facts).filter(|_| facts.coders > 0),
        24 => Some(match facts.coders {
            0 => {
                "the program labelled all segments; no sample coded by people is part of this run".to_owned()
            }
            coders => format!(
                "the program labelled all segments; {} coded a random sample of {}",
                counted(coders, "coder", "coders"),
                counted(facts.coded.0, "segment", "segments")
            ),
        }),
        25 => Some(format!(
            "`codebook.xlsx`: {} with definition, when to use and when not, and quotes",
            counted(findings.themes.len(), "theme", "themes")
        )),
        26 => Some(match (facts.seeds, facts.emergent) {
            (0, found) => format!("all {found} from the data"),
            (seeds, 0) => format!("{} of the codebook", counted(seeds, "theme", "themes")),
            (seeds, found) => {
                format!("{} of the codebook, {found} from the data", counted(seeds, "theme", "themes"))
            }
        }),
        27 => Some(format!("Emic {}", Program::this().version)),
        29 => Some(format!(
            "{} of {}, verbatim, each with interview, turn and time: table `quotes`",
            counted(findings.quotes.len(), "quote", "quotes"),
            counted(findings.themes.len(), "theme", "themes")
        )),
        30 => Some(format!(
            "{} and {} are shown beside {}",
            counted(quotes(QuoteKind::Borderline), "borderline quote", "borderline quotes"),
            counted(quotes(QuoteKind::Dissenting), "different one", "different ones"),
            counted(quotes(QuoteKind::Central), "central one", "central ones")
        )),
        31 => Some(format!(
            "table `themes`: {} of the codebook, {} from the data",
            facts.seeds,
            counted(facts.emergent, "emergent one", "emergent ones")
        )),
        32 => Some(format!(
            "table `clusters`: {}; {} of the codebook found in no segment",
            counted(findings.clusters.len(), "finer cluster", "finer clusters"),
            findings
                .themes
                .iter()
                .filter(|theme| theme.kind == ThemeKind::Seed && theme.counts.segments == 0)
                .count()
        )),
        _ => None,
    }
}
