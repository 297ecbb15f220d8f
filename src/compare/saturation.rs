//! Saturation of a run's themes: after how many interviews no new ones are found.

use interview_stats::Warning;
use interview_stats::saturation::{self, RUN_LENGTH, Saturation, SaturationReached};
use same_bits::random_stream;
use transcripts::{Problem, Severity};

use super::counts::{themes_of_segments, themes_of_transcripts};
use crate::results::{Label, Segment, Theme, ThemeKind, codes};

/// Saturation over random orders of the interviews, which are drawn from a stream of `seed`.
///
/// Seed themes count alone: emergent ones were found in all interviews together and need several of them, so that the last interviews could
/// bring no new one.
pub fn saturation(
    themes: &[Theme],
    transcripts: usize,
    segments: &[Segment],
    labels: &[Label],
    seed: u64,
) -> Saturation {
    let carried = themes_of_segments(segments.len(), themes.len(), labels);
    let mut present = themes_of_transcripts(transcripts, segments, &carried);
    let counts: Vec<bool> = themes.iter().map(|theme| theme.kind == ThemeKind::Seed).collect();
    for present in &mut present {
        present.retain(|&theme| counts.get(theme).copied().unwrap_or(false));
    }
    saturation::saturation(&present, &mut random_stream(seed, "saturation"))
}

/// The problem where interviews are too few to say anything about saturation.
pub(super) fn problem(saturation: &Saturation) -> Option<Problem> {
    let Some(Warning::TooFewForSaturation { needed, interviews }) = saturation.warning() else {
        return None;
    };
    let message =
        format!("Saturation is not known: it takes {needed} interviews or more, and there are {interviews}.");
    Some(Problem::new(Severity::Note, "saturation", message).with_code(codes::FEW_INTERVIEWS))
}

/// When saturation is reached, as a sentence for people.
pub fn saturation_sentence(reached: &SaturationReached) -> String {
    let allowed = if reached.threshold > 0.0 {
        format!("At most {} % new themes of the codebook in two interviews", reached.threshold * 100.0)
    } else {
        "No new theme of the codebook in two interviews".to_owned()
    };
    let [median, low, high] = reached.interviews;
    let shown =
        |number: Option<u32>| number.map_or("never".to_owned(), |number| format!("{number}+{RUN_LENGTH}"));
    if reached.share == 0.0 {
        return format!("{allowed}: in no order of the interviews.");
    }
    format!(
        "{allowed}: in {:.0} % of the orders of interviews, in the median at {} (95 % of orders: {} to {}).",
        reached.share * 100.0,
        shown(median),
        shown(low),
        shown(high)
    )
}

#[cfg(test)]
mod tests {
    use super::super::prevalence::tests::{label, study, theme};
    use super::*;

    #[test]
    fn what_is_found_is_a_sentence() {
        let heard = [&[0, 1][..], &[0, 1], &[1], &[1], &[1], &[], &[], &[], &[], &[]];
        let themes = heard.map(<[usize]>::to_vec);
        let found = saturation::saturation(&themes, &mut random_stream(7, "saturation"));
        insta::assert_snapshot!(
            found.reached.iter().map(saturation_sentence).collect::<Vec<_>>().join("\n"),
            @r"
        At most 5 % new themes of the codebook in two interviews: in 97 % of the orders of interviews, in the median at 4+2 (95 % of orders: 4+2 to never).
        No new theme of the codebook in two interviews: in 97 % of the orders of interviews, in the median at 4+2 (95 % of orders: 4+2 to never).
        "
        );
    }

    #[test]
    fn emergent_themes_and_repeated_labels_do_not_count() {
        let all = [
            theme("work", ThemeKind::Seed, ""),
            theme("pay", ThemeKind::Seed, "work"),
            theme("home", ThemeKind::Emergent, ""),
            theme("garden", ThemeKind::Emergent, "home"),
        ];
        let (_, segments) = study(&[("", 2), ("", 2)]);
        let labels =
            [label(0, 0), label(0, 0), label(1, 2), label(1, 3), label(3, 1), label(9, 1), label(3, 9)];
        let found = saturation(&all, 2, &segments, &labels, 7);
        assert_eq!(found.counts.iter().map(|count| count.themes_listed).collect::<Vec<_>>(), [1, 2]);
        assert!(found.counts.iter().all(|count| count.share_new.is_none()));
        insta::assert_snapshot!(problem(&found).unwrap(), @"note: saturation: Saturation is not known: it takes 6 interviews or more, and there are 2.");
        assert_eq!(saturation(&all, 0, &[], &[], 7), Saturation::default());
        let without_codebook = saturation(&all[2..], 2, &segments, &[label(0, 0)], 7);
        assert!(without_codebook.counts.iter().all(|count| count.themes_listed == 0));
    }
}
