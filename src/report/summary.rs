//! The table of themes at the end of a run, as text for the terminal; the command line prints it.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use transcripts::text::counted;

use super::display_width::{cut_to_width, display_width, one_line, wrapped};
use super::precision::precision_sentence;
use crate::results::{QuoteKind, SegmentIndex, Theme, ThemeIndex, ThemeKind};
use crate::table::{Findings, locator};

/// Columns of the numbers after the theme's name: kind, likely segments, their share, possible ones.
const NUMBERS: usize = 45;

/// Minimum width of a name.
const SHORTEST_NAME: usize = 12;

/// Maximum width of a name.
const LONGEST_NAME: usize = 40;

/// Maximum emergent themes shown; the tables hold all of them.
const MAX_EMERGENT: usize = 8;

/// Lines beside the themes: headings, advice, and where the results are.
const OTHER_LINES: usize = 17;

/// The size of a terminal, or one for logs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Screen {
    /// Columns; 60 or more look well.
    pub columns: usize,
    /// Lines.
    pub rows: usize,
}

/// The themes with kind, segments with a likely label, their share of all segments, and segments with a possible one; below each a central
/// quote with its locator, cut to the width. Unstable emergent themes are marked.
///
/// Of emergent themes the first top-level ones are shown and the rest counted. On a short screen quotes are left out first, then
/// emergent themes. The last lines say how often likely labels are right, how many seed themes have advice, and where saturation is reached.
/// Lines end in `\n`.
/// Themes without segments are shown with zeros and no quote.
pub fn theme_summary(findings: &Findings, screen: Screen) -> String {
    if findings.themes.is_empty() {
        return "No themes: the codebook is empty and nothing emerged.\n".to_owned();
    }
    let width = screen.columns;
    let longest =
        findings.themes.iter().map(|theme| display_width(&one_line(&theme.name))).max().unwrap_or(0);
    let room = width.saturating_sub(NUMBERS).clamp(SHORTEST_NAME, LONGEST_NAME);
    let name_width = longest.clamp(SHORTEST_NAME, room);

    let mut text = format!("{:name_width$}  kind        likely    share  possible\n", "theme");
    let of_kind = |kind| findings.themes.iter().enumerate().filter(move |(_, theme)| theme.kind == kind);
    let seeds: Vec<(usize, &Theme)> = of_kind(ThemeKind::Seed).collect();
    let emergent: Vec<(usize, &Theme)> = of_kind(ThemeKind::Emergent)
        .filter(|(_, theme)| theme.parent.is_empty())
        .take(MAX_EMERGENT)
        .collect();
    let shown = Shown::within(screen.rows.saturating_sub(OTHER_LINES), seeds.len(), emergent.len());
    let seeds = seeds.into_iter().take(shown.seeds).map(|theme| (theme, shown.quotes_of_seeds));
    let emergent = emergent.into_iter().take(shown.emergent).map(|theme| (theme, shown.quotes_of_emergent));
    for ((index, theme), with_quote) in seeds.chain(emergent) {
        text.push_str(&theme_line(theme, has_basis(findings, index.into()), name_width));
        if let Some(quote) = quote_line(findings, index.into(), width).filter(|_| with_quote) {
            text.push_str(&quote);
        }
    }
    let kind = if shown.seeds < of_kind(ThemeKind::Seed).count() { "theme" } else { "emergent theme" };
    match findings.themes.len() - shown.seeds - shown.emergent {
        0 => {}
        1 => {
            let _ = writeln!(text, "and 1 more {kind}, finer or rarer");
        }
        more => {
            let _ = writeln!(text, "and {more} more {kind}s, finer or rarer");
        }
    }
    if let Some(sentence) = precision_sentence(findings) {
        let _ = writeln!(text, "{}", wrapped(&sentence, 2, width));
    }
    text.push_str(&learned_line(findings));
    if findings.comparisons.overall().any(|row| !row.has_basis) {
        let sentence = "no basis: the codebook finds no more than the same words in another order; see the table problems\n";
        text.push_str(&wrapped(sentence, 2, width));
    }
    let advised: BTreeSet<ThemeIndex> = findings
        .seed_findings
        .iter()
        .filter(|finding| !finding.advice.is_empty())
        .map(|finding| finding.theme)
        .collect();
    if !advised.is_empty() {
        let themes = counted(advised.len(), "seed theme", "seed themes");
        let _ = writeln!(text, "advice on {themes}: see the table seeds");
    }
    text.push_str(&wrapped(&saturation_line(findings), 2, width));
    text
}

/// How many themes are shown, and which of them with a quote.
#[derive(Debug, PartialEq, Eq)]
struct Shown {
    seeds: usize,
    quotes_of_seeds: bool,
    emergent: usize,
    quotes_of_emergent: bool,
}

impl Shown {
    fn within(lines: usize, seeds: usize, emergent: usize) -> Self {
        let seeds_shown = seeds.min(lines.max(1));
        Self {
            seeds: seeds_shown,
            quotes_of_seeds: 2 * seeds + emergent <= lines,
            emergent: emergent.min(lines.saturating_sub(seeds_shown)),
            quotes_of_emergent: 2 * (seeds + emergent) <= lines,
        }
    }
}

/// The effect of people's codes; nothing where nobody coded.
fn learned_line(findings: &Findings) -> String {
    let coded: BTreeSet<SegmentIndex> = findings.codings.rows.iter().map(|row| row.segment).collect();
    if coded.is_empty() {
        return String::new();
    }
    let asked = findings.learned.iter().filter(|theme| theme.coded > 0).count();
    let changed = findings.learned.iter().filter(|theme| theme.used).count();
    format!(
        "learned from {}: {changed} of {} changed\n",
        counted(coded.len(), "coded segment", "coded segments"),
        counted(asked, "theme", "themes")
    )
}

/// A line about saturation; nothing where there are too few interviews.
fn saturation_line(findings: &Findings) -> String {
    let saturation = &findings.comparisons.saturation;
    let known = saturation.counts.iter().any(|count| count.share_new.is_some());
    let Some(reached) = saturation.reached.first().filter(|_| known) else { return String::new() };
    match reached.interviews[0] {
        Some(number) => {
            format!(
                "saturation of the codebook's themes at {number}+2 interviews: see the table saturation\n"
            )
        }
        None => "no saturation of the codebook's themes: see the table saturation\n".to_owned(),
    }
}

/// Whether the share of a theme may be taken for a finding.
fn has_basis(findings: &Findings, theme: ThemeIndex) -> bool {
    findings.comparisons.overall().find(|row| row.theme == theme).is_none_or(|row| row.has_basis)
}

fn theme_line(theme: &Theme, has_basis: bool, name_width: usize) -> String {
    let name = cut_to_width(&one_line(&theme.name), name_width);
    let padding = " ".repeat(name_width.saturating_sub(display_width(&name)));
    let counts = theme.counts;
    let warning = if theme.is_unstable() { "  unstable" } else { "" };
    let share =
        if has_basis { format!("{:.1}%", counts.share_likely * 100.0) } else { "no basis".to_owned() };
    format!(
        "{name}{padding}  {:8}  {:>8} {share:>8}  {:>8}{warning}\n",
        theme.kind.as_str(),
        counts.likely_segments,
        counts.segments.saturating_sub(counts.likely_segments)
    )
}

/// The theme's best central quote, cut so that its locator fits.
fn quote_line(findings: &Findings, theme: ThemeIndex, width: usize) -> Option<String> {
    let quote = findings
        .quotes
        .iter()
        .filter(|quote| quote.theme == theme && quote.kind == QuoteKind::Central)
        .min_by_key(|quote| quote.rank)?;
    let segment = quote.segment.of(&findings.segments)?;
    let transcript = segment.passage.transcript.of(&findings.corpus.transcripts)?;
    let index = one_line(&locator(transcript, segment));
    // Two columns of indent, two quotation marks, a space and two brackets.
    let room = width.saturating_sub(display_width(&index) + 7);
    let words = cut_to_width(&one_line(&segment.passage.text), room);
    Some(format!("  “{words}” ({index})\n"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::fixture::{empty_findings, small_findings};

    fn wide(columns: usize) -> Screen {
        Screen { columns, rows: 60 }
    }

    #[test]
    fn a_share_without_basis_is_not_shown() {
        let mut findings = small_findings();
        assert!(theme_summary(&findings, wide(80)).contains("50.0%"));
        for row in &mut findings.comparisons.prevalence {
            row.has_basis = false;
        }
        let text = theme_summary(&findings, wide(80));
        assert!(text.contains("no basis") && !text.contains("50.0%"), "{text}");
    }

    #[test]
    fn a_short_screen_has_fewer_quotes_and_then_fewer_themes() {
        let shown = |rows: usize| theme_summary(&small_findings(), Screen { columns: 80, rows });
        insta::assert_snapshot!(shown(OTHER_LINES + 3), @r"
        theme             kind        likely    share  possible
        workload          seed             2    50.0%         0
        missing services  seed             2    50.0%         0
        fear, minister    emergent         0     0.0%         0
        Of the likely labels that people checked, 83 % were right (7 to 100 %; 3
          decisions), by labels that had not learned from the same interview.
        learned from 3 coded segments: 1 of 1 theme changed
        advice on 1 seed theme: see the table seeds
        ");
        insta::assert_snapshot!(shown(0), @r"
        theme             kind        likely    share  possible
        workload          seed             2    50.0%         0
        and 2 more themes, finer or rarer
        Of the likely labels that people checked, 83 % were right (7 to 100 %; 3
          decisions), by labels that had not learned from the same interview.
        learned from 3 coded segments: 1 of 1 theme changed
        advice on 1 seed theme: see the table seeds
        ");
        assert_eq!(
            Shown::within(12, 4, 8),
            Shown { seeds: 4, quotes_of_seeds: false, emergent: 8, quotes_of_emergent: false }
        );
        assert!(Shown::within(16, 4, 8).quotes_of_seeds && !Shown::within(16, 4, 8).quotes_of_emergent);
    }

    #[test]
    fn a_summary_reads_like_this() {
        insta::assert_snapshot!(theme_summary(&small_findings(), wide(80)), @r#"
        theme             kind        likely    share  possible
        workload          seed             2    50.0%         0
          “Sixty families, and "one" morning a week. That is a…” (P01, turn 2, 00:00:04)
        missing services  seed             2    50.0%         0
          “אין שירותים, אין תקציב. 👩🏽‍💼 We fear the minister…” (P02, turns 1–2)
        fear, minister    emergent         0     0.0%         0
        Of the likely labels that people checked, 83 % were right (7 to 100 %; 3
          decisions), by labels that had not learned from the same interview.
        learned from 3 coded segments: 1 of 1 theme changed
        advice on 1 seed theme: see the table seeds
        "#);
    }

    #[test]
    fn finer_themes_are_counted_and_not_shown() {
        let mut findings = small_findings();
        let finer = Theme {
            name: "finer".to_owned(),
            parent: "fear, minister".to_owned(),
            ..findings.themes[2].clone()
        };
        findings.themes.push(finer);
        let summary = theme_summary(&findings, wide(80));
        assert!(!summary.contains("finer  "), "{summary}");
        assert!(summary.contains("and 1 more emergent theme, finer or rarer\n"), "{summary}");
    }

    #[test]
    fn a_narrow_terminal_cuts_names_and_quotes() {
        let mut findings = small_findings();
        findings.themes[1].name = "missing services and resources in the welfare system".to_owned();
        insta::assert_snapshot!(theme_summary(&findings, wide(60)), @r#"
        theme            kind        likely    share  possible
        workload         seed             2    50.0%         0
          “Sixty families, and "one" morni…” (P01, turn 2, 00:00:04)
        missing servic…  seed             2    50.0%         0
          “אין שירותים, אין תקציב. 👩🏽‍💼 We fear the…” (P02, turns 1–2)
        fear, minister   emergent         0     0.0%         0
        Of the likely labels that people checked, 83 % were right (7
          to 100 %; 3 decisions), by labels that had not learned
          from the same interview.
        learned from 3 coded segments: 1 of 1 theme changed
        advice on 1 seed theme: see the table seeds
        "#);
    }

    #[test]
    fn no_line_is_wider_than_asked() {
        let mut findings = small_findings();
        findings.segments[0].passage.text = "很多家庭，每周一个上午。".repeat(9).into();
        for width in 60..120 {
            let summary = theme_summary(&findings, wide(width));
            assert!(summary.lines().all(|line| display_width(line) <= width), "{width}:\n{summary}");
        }
    }

    #[test]
    fn no_theme_is_a_sentence() {
        insta::assert_snapshot!(theme_summary(&empty_findings(), wide(80)), @"No themes: the codebook is empty and nothing emerged.");
    }
}
