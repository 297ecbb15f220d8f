//! The table of shares in the text for a paper: of segments, by likely labels, and corrected where people coded a sample.

use std::fmt::Write as _;

use interview_stats::Interval;

use super::cell;
use crate::compare::{Answer, CorrectedPrevalence};
use crate::report::precision::precision_sentence;
use crate::results::{ThemeIndex, ThemeKind};
use crate::table::Findings;

/// A section with a row a theme; nothing without themes.
///
/// Shares of interviews are not in it: one wrong label makes an interview count, so that they are too high wherever nobody checked them.
pub(super) fn shares(findings: &Findings) -> String {
    if findings.themes.is_empty() {
        return String::new();
    }
    let mut text =
        "\n## Shares of segments\n\nWith 95 % intervals that have interviews as the unit. ".to_owned();
    if let Some(sentence) = precision_sentence(findings) {
        let _ = write!(text, "{sentence} ");
    }
    let coded = findings.corrected_prevalence.iter().any(|row| row.corrected.is_some());
    text += if coded {
        "Corrected shares are what people would have coded, judged from the sample; write these. They answer two questions: what these \
         interviews say, where only the coding is a sample, and what interviews like these say, where the interviews are one too.\n"
    } else {
        "Shares of likely labels are shares of the program's labels, not of what people would code.\n"
    };
    text += "\n| theme | kind | segments, likely | share, likely | segments, all labels |";
    text += if coded {
        " corrected, these interviews | corrected, interviews like these |\n|---|---|---|---|---|---|---|\n"
    } else {
        "\n|---|---|---|---|---|\n"
    };
    for (theme, row) in findings.themes.iter().zip(findings.comparisons.overall()) {
        let _ = write!(
            text,
            "| {} | {} | {} | {} | {} |",
            cell(&theme.name),
            match theme.kind {
                ThemeKind::Seed => "codebook",
                ThemeKind::Emergent => "from the data",
            },
            row.likely_segments,
            if row.has_basis { share(row.share_likely, row.interval_likely) } else { "no basis".to_owned() },
            row.segments,
        );
        if coded {
            let [these, like_these] = corrected(findings, row.theme);
            let _ = write!(text, " {these} | {like_these} |");
        }
        text.push('\n');
    }
    if findings.comparisons.overall().any(|row| !row.has_basis) {
        text += "\nNo basis: in the languages that were spoken most, the codebook's themes find no more than themes whose words were \
                 shuffled, so that shares of their labels are no finding.\n";
    }
    text + &shares_of_interviews(findings)
}

/// A table of shares of interviews for the themes for which people read whole interviews; nothing without any.
fn shares_of_interviews(findings: &Findings) -> String {
    let mut text = String::new();
    for row in findings.corrected_prevalence.iter().filter(|row| row.attribute.is_empty()) {
        let (Some(found), Some(theme)) = (row.in_interviews, row.theme.of(&findings.themes)) else {
            continue;
        };
        if text.is_empty() {
            text.push_str(
                "\nShares of interviews, corrected by interviews that were drawn and read whole:\n\n\
                 | theme | read | these interviews | interviews like these |\n|---|---|---|---|\n",
            );
        }
        let [these, like_these] =
            [found.these, found.like_these].map(|answer| share(found.corrected, answer.interval));
        let _ = writeln!(text, "| {} | {} | {these} | {like_these} |", cell(&theme.name), found.read);
    }
    text
}

/// The corrected share of the whole study, as an answer to each of the two questions; empty where nobody coded the theme.
fn corrected(findings: &Findings, theme: ThemeIndex) -> [String; 2] {
    let of_theme =
        findings.corrected_prevalence.iter().find(|row| row.theme == theme && row.attribute.is_empty());
    let shown = |answer: fn(&CorrectedPrevalence) -> Option<Answer>| {
        let row = of_theme?;
        Some(share(row.corrected?, answer(row)?.interval))
    };
    [shown(|row| row.these), shown(|row| row.like_these)].map(Option::unwrap_or_default)
}

fn share(value: f64, interval: Interval) -> String {
    let [value, low, high] = [value, interval.low, interval.high].map(|share| 100.0 * share);
    format!("{value:.1} % ({low:.1} to {high:.1})")
}
