//! Which themes come up together.

use std::collections::BTreeMap;

use super::tally::{share, themes_of_segments, themes_of_transcripts};
use crate::corpus::Segment;
use crate::theme::{Label, Theme, ThemeKind};

/// Two themes and how often they meet.
#[derive(Debug, Clone, PartialEq)]
pub struct Cooccurrence {
    /// Place of the first theme in the run's list of themes.
    pub theme_a: usize,
    /// Place of the second theme, behind the first.
    pub theme_b: usize,
    /// Segments that carry both.
    pub segments: u32,
    /// Transcripts in which both come up.
    pub transcripts: u32,
    /// Segments with both over segments with either, 0 to 1; 0 when there is neither.
    pub jaccard: f64,
    /// Segments with both over what chance would give if the themes had nothing to do with each other; none when
    /// either theme is absent.
    pub lift: Option<f64>,
}

/// Every pair of themes, by the first and then the second, but for a broad emergent theme with the finer ones below it: its
/// segments hold theirs, so that the two meet however people talk.
///
/// With *n* coded segments, of which *a* and *b* carry the themes and *ab* both:
///
/// - jaccard = *ab* ÷ (*a* + *b* − *ab*) (Jaccard, 1901),
/// - lift = (*ab* ÷ *n*) ÷ ((*a* ÷ *n*) × (*b* ÷ *n*)) = *n* × *ab* ÷ (*a* × *b*): 1 is what chance gives, more
///   means that the themes are said in one breath (the "interest" of Brin, Motwani, Ullman and Tsur, 1997).
///
/// Rare themes give large lifts by accident: read it beside `segments`. Transcripts in which both come up count
/// whether or not it is in one segment.
pub fn cooccurrence(themes: &[Theme], segments: &[Segment], labels: &[Label]) -> Vec<Cooccurrence> {
    let carried = themes_of_segments(segments.len(), themes.len(), labels);
    let transcripts = segments.iter().map(|segment| segment.passage.transcript + 1).max().unwrap_or(0);
    let present = themes_of_transcripts(transcripts, segments, &carried);

    let mut alone = vec![0_u32; themes.len()];
    for &theme in carried.iter().flatten() {
        if let Some(count) = alone.get_mut(theme) {
            *count += 1;
        }
    }
    let together = pairs(&carried);
    let met = pairs(&present);

    let mut rows = Vec::new();
    for (theme_a, (first, &a)) in themes.iter().zip(&alone).enumerate() {
        for (theme_b, (second, &b)) in themes.iter().zip(&alone).enumerate().skip(theme_a + 1) {
            if is_below(first, second) || is_below(second, first) {
                continue;
            }
            let both = together.get(&(theme_a, theme_b)).copied().unwrap_or(0);
            let expected = f64::from(a) * f64::from(b) / segments.len() as f64;
            rows.push(Cooccurrence {
                theme_a,
                theme_b,
                segments: both,
                transcripts: met.get(&(theme_a, theme_b)).copied().unwrap_or(0),
                jaccard: share(both, a + b - both),
                lift: (a > 0 && b > 0).then(|| f64::from(both) / expected),
            });
        }
    }
    rows
}

/// Whether `fine` is one of the finer emergent themes of `broad`. A seed's parent is the researcher's word for a chapter of the
/// codebook; its labels are given apart from any other theme's, so that such pairs are kept.
fn is_below(fine: &Theme, broad: &Theme) -> bool {
    fine.kind == ThemeKind::Emergent && broad.kind == ThemeKind::Emergent && fine.parent == broad.name
}

/// How many of the sorted sets hold both of two themes, the lesser theme first.
fn pairs(sets: &[Vec<usize>]) -> BTreeMap<(usize, usize), u32> {
    let mut pairs = BTreeMap::new();
    for set in sets {
        for (place, &first) in set.iter().enumerate() {
            for &second in set.iter().skip(place + 1) {
                *pairs.entry((first, second)).or_insert(0) += 1;
            }
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::prevalence::tests::{label, study};
    use super::super::simulated::theme;
    use super::*;

    /// So many themes that have nothing to do with each other.
    fn themes(number: usize) -> Vec<Theme> {
        (0..number).map(|place| theme(&format!("theme {place}"), ThemeKind::Seed, "")).collect()
    }

    #[test]
    fn pairs_are_counted_by_hand() {
        // Segments 0 to 3 in one interview, 4 to 7 in another; theme 0 in four of them, theme 1 in two.
        let (_, segments) = study(&[("", 4), ("", 4)]);
        let labels = [label(0, 0), label(1, 0), label(2, 0), label(4, 0), label(0, 1), label(5, 1)];
        let rows = cooccurrence(&themes(3), &segments, &labels);
        assert_eq!(
            rows,
            [
                Cooccurrence {
                    theme_a: 0,
                    theme_b: 1,
                    segments: 1,
                    transcripts: 2,
                    jaccard: 0.2,
                    lift: Some(1.0)
                },
                Cooccurrence {
                    theme_a: 0,
                    theme_b: 2,
                    segments: 0,
                    transcripts: 0,
                    jaccard: 0.0,
                    lift: None
                },
                Cooccurrence {
                    theme_a: 1,
                    theme_b: 2,
                    segments: 0,
                    transcripts: 0,
                    jaccard: 0.0,
                    lift: None
                },
            ]
        );
    }

    #[test]
    fn a_broad_emergent_theme_is_not_paired_with_its_finer_ones() {
        let all = [
            theme("work", ThemeKind::Seed, ""),
            theme("pay", ThemeKind::Seed, "work"),
            theme("home", ThemeKind::Emergent, ""),
            theme("garden", ThemeKind::Emergent, "home"),
            theme("kitchen", ThemeKind::Emergent, "home"),
        ];
        let (_, segments) = study(&[("", 4)]);
        let rows = cooccurrence(&all, &segments, &[label(0, 2), label(0, 3)]);
        let pairs: Vec<(usize, usize)> = rows.iter().map(|row| (row.theme_a, row.theme_b)).collect();
        assert_eq!(pairs, [(0, 1), (0, 2), (0, 3), (0, 4), (1, 2), (1, 3), (1, 4), (3, 4)]);
    }

    #[test]
    fn no_segment_or_no_theme_is_no_trouble() {
        assert_eq!(cooccurrence(&[], &[], &[]), []);
        assert_eq!(cooccurrence(&themes(2), &[], &[label(0, 0)])[0].lift, None);
    }

    proptest! {
        #[test]
        fn measures_are_bounded_and_symmetric(pairs in prop::collection::vec((0_usize..9, 0_usize..4), 0..30)) {
            let (_, segments) = study(&[("", 4), ("", 5)]);
            let labels: Vec<Label> = pairs.iter().map(|&(segment, theme)| label(segment, theme)).collect();
            let rows = cooccurrence(&themes(4), &segments, &labels);
            prop_assert_eq!(rows.len(), 6);
            for row in &rows {
                prop_assert!(row.theme_a < row.theme_b);
                prop_assert!((0.0..=1.0).contains(&row.jaccard));
                prop_assert!(row.lift.is_none_or(|lift| (0.0..=9.0).contains(&lift)));
                // Any segment with both is in a transcript with both.
                prop_assert!(row.segments == 0 || row.transcripts > 0);
            }
            // Numbering the themes the other way round turns each pair round and changes nothing else.
            let turned: Vec<Label> = labels.iter().map(|one| label(one.segment, 3 - one.theme)).collect();
            for row in cooccurrence(&themes(4), &segments, &turned) {
                let same = rows.iter().find(|one| one.theme_a == 3 - row.theme_b && one.theme_b == 3 - row.theme_a);
                let same = same.unwrap();
                prop_assert_eq!((row.segments, row.transcripts), (same.segments, same.transcripts));
                prop_assert_eq!((row.jaccard, row.lift), (same.jaccard, same.lift));
            }
        }
    }
}
