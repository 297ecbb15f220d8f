//! The draft of the next codebook: the researcher's text of the seed themes, proposals for the emergent ones, and the findings about
//! each.
//!
//! The workbook and the TOML file both write this draft, so that they agree.

use std::fmt::Write as _;

use transcripts::text::counted;

use crate::results::{QuoteKind, Seed, Theme, ThemeIndex, ThemeKind};
use crate::table::{Findings, locator};
use crate::theme::excerpt;

/// Examples of an emergent theme, and quotes in the comment of any theme.
const EXAMPLES: usize = 3;
const SHOWN_QUOTES: usize = 2;
/// Borderline quotes that are shown for a decision.
const UNSURE_QUOTES: usize = 2;
/// Keywords that say when to use an emergent theme; weaker ones would make it vague.
const STRONGEST: usize = 6;

/// A theme as the next codebook may hold it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct DraftTheme {
    /// The researcher's own text, or the proposal for an emergent theme.
    pub(super) seed: Seed,
    /// Findings about it, a sentence or a quote each; for a comment.
    pub(super) found: Vec<String>,
}

/// A draft for every theme, in the order of the findings. Seeds are matched to themes by name.
pub(super) fn draft_codebook(findings: &Findings, seeds: &[Seed]) -> Vec<DraftTheme> {
    let drafted = (0..).map(ThemeIndex::new).zip(&findings.themes).map(|(index, theme)| {
        let seed = match (theme.kind, seeds.iter().find(|seed| seed.name == theme.name)) {
            (ThemeKind::Seed, Some(seed)) => seed.clone(),
            (ThemeKind::Seed, None) => {
                Seed { name: theme.name.clone(), definition: theme.definition.clone(), ..Seed::default() }
            }
            (ThemeKind::Emergent, _) => proposal(findings, index, theme),
        };
        DraftTheme { seed, found: found(findings, index, theme) }
    });
    drafted.collect()
}

/// An emergent theme as an entry of a codebook.
fn proposal(findings: &Findings, index: ThemeIndex, theme: &Theme) -> Seed {
    let strongest = theme.keywords.iter().take(STRONGEST).map(String::as_str).collect::<Vec<&str>>();
    let include = if strongest.is_empty() {
        String::new()
    } else {
        format!("Use when people say: {}.", strongest.join(", "))
    };
    Seed {
        name: theme.name.clone(),
        definition: theme.definition.clone(),
        include,
        exclude: undecided(&excerpts(findings, index, theme, QuoteKind::Borderline, UNSURE_QUOTES)),
        examples: excerpts(findings, index, theme, QuoteKind::Central, EXAMPLES),
        keywords: theme.keywords.clone(),
        parent: theme.parent.clone(),
    }
}

/// Borderline quotes as a question to whoever edits the codebook: a person has to decide where a theme ends.
fn undecided(quotes: &[String]) -> String {
    let quoted: Vec<String> = quotes.iter().map(|quote| format!("“{quote}”")).collect();
    match quoted.len() {
        0 => String::new(),
        1 => format!("Unsure: {} Decide whether this belongs.", quoted.join(" ")),
        _ => format!("Unsure: {} Decide whether these belong.", quoted.join(" ")),
    }
}

/// The first quotes of a kind that can be shortened to whole sentences.
fn excerpts(
    findings: &Findings,
    index: ThemeIndex,
    theme: &Theme,
    kind: QuoteKind,
    most: usize,
) -> Vec<String> {
    let mut excerpts: Vec<String> = Vec::new();
    for quote in findings.quotes.iter().filter(|quote| quote.theme == index && quote.kind == kind) {
        let text = quote.segment.of(&findings.segments).map(|segment| excerpt(segment, &theme.keywords));
        excerpts.extend(text.filter(|text| !text.is_empty() && !excerpts.contains(text)));
    }
    excerpts.truncate(most);
    excerpts
}

/// What was found of a theme: how often, how surely, and quotes with their locators.
fn found(findings: &Findings, index: ThemeIndex, theme: &Theme) -> Vec<String> {
    let mut lines = Vec::new();
    if theme.kind == ThemeKind::Emergent {
        lines.push("Proposed: the codebook does not name this theme. Keep, change or delete it.".to_owned());
    }
    let segments = counted(theme.counts.segments as usize, "segment", "segments");
    let (heard, all) = (theme.counts.transcripts, findings.corpus.transcripts.len());
    lines.push(format!("Found in {segments}, in {heard} of {}.", counted(all, "interview", "interviews")));
    if let Some(share) = theme.stability {
        let mut line =
            format!("It came up again in {:.0} % of random halves of the interviews", share * 100.0);
        if theme.is_unstable() {
            let _ = write!(line, ": unstable, other people might not have shown it");
        }
        lines.push(format!("{line}."));
    }
    let findings_of = findings.seed_findings.iter().filter(|finding| finding.theme == index);
    lines.extend(findings_of.map(|finding| finding.advice.clone()).filter(|advice| !advice.is_empty()));
    lines.extend(shown_quotes(findings, index, theme));
    lines
}

/// The first central quotes with their locators.
fn shown_quotes(findings: &Findings, index: ThemeIndex, theme: &Theme) -> Vec<String> {
    let mut shown = Vec::new();
    for quote in
        findings.quotes.iter().filter(|quote| quote.theme == index && quote.kind == QuoteKind::Central)
    {
        let Some(segment) = quote.segment.of(&findings.segments) else { continue };
        let Some(transcript) = segment.passage.transcript.of(&findings.corpus.transcripts) else { continue };
        let text = excerpt(segment, &theme.keywords);
        if !text.is_empty() {
            shown.push(format!("“{text}” ({})", locator(transcript, segment)));
        }
    }
    shown.truncate(SHOWN_QUOTES);
    shown
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::results::Quote;
    use crate::table::fixture::small_findings;

    /// The small study with words for its emergent theme, which two people talk about.
    pub(crate) fn findings_with_a_proposal() -> Findings {
        let mut findings = small_findings();
        let texts = ["We fear the minister. Did you say so?", "The minister was here. Fear is not the word."];
        for (segment, text) in findings.segments[..2].iter_mut().zip(texts) {
            segment.passage.text = text.into();
        }
        let theme = 2;
        findings.themes[theme].definition = "People say: “We fear the minister.”".to_owned();
        findings.themes[theme].counts.segments = 1;
        findings.themes[theme].counts.transcripts = 1;
        findings.themes[theme].stability = Some(0.35);
        findings.quotes.extend([
            Quote { theme: theme.into(), kind: QuoteKind::Central, rank: 1, segment: 0.into() },
            Quote { theme: theme.into(), kind: QuoteKind::Central, rank: 2, segment: 99.into() },
            Quote { theme: theme.into(), kind: QuoteKind::Borderline, rank: 1, segment: 1.into() },
        ]);
        findings
    }

    #[test]
    fn an_emergent_theme_is_proposed_in_peoples_own_words() {
        let drafts = draft_codebook(&findings_with_a_proposal(), &[]);
        insta::assert_debug_snapshot!(drafts[2], @r#"
        DraftTheme {
            seed: Seed {
                name: "fear, minister",
                definition: "People say: “We fear the minister.”",
                include: "Use when people say: fear, minister.",
                exclude: "Unsure: “The minister was here. Fear is not the word.” Decide whether this belongs.",
                examples: [
                    "We fear the minister.",
                ],
                keywords: [
                    "fear",
                    "minister",
                ],
                parent: "",
            },
            found: [
                "Proposed: the codebook does not name this theme. Keep, change or delete it.",
                "Found in 1 segment, in 1 of 2 interviews.",
                "It came up again in 35 % of random halves of the interviews: unstable, other people might not have shown it.",
                "“We fear the minister.” (P01, turn 2, 00:00:04)",
            ],
        }
        "#);
    }

    #[test]
    fn a_seed_keeps_its_own_text() {
        let keywords = vec!["caseload".to_owned()];
        let seed = Seed { name: "workload".into(), keywords, parent: "barriers".into(), ..Seed::default() };
        let drafts = draft_codebook(&small_findings(), std::slice::from_ref(&seed));
        assert_eq!(drafts[0].seed, seed);
        insta::assert_debug_snapshot!(drafts[0].found, @r#"
        [
            "Found in 2 segments, in 2 of 2 interviews.",
            "Merge them, \"or\" say why not.",
            "“Sixty families, and \"one\" morning a week. That is all.” (P01, turn 2, 00:00:04)",
        ]
        "#);
    }

    #[test]
    fn what_nobody_is_sure_of_is_put_as_a_question() {
        let quotes = ["One.".to_owned(), "Two.".to_owned()];
        insta::assert_snapshot!(undecided(&quotes), @"Unsure: “One.” “Two.” Decide whether these belong.");
        assert_eq!(undecided(&[]), "");
    }
}
