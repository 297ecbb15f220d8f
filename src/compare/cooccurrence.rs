//! Which themes come up together: in one segment, and in one interview.
//!
//! The interview is the unit of evidence here too: one person who always says two things in one breath does not make it a way of
//! speaking. Pairs grow with the square of the themes, so that everything is made of counts an interview.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::interval::{Interval, TAIL, effective, student};
use super::tally::{share, themes_of_segments, themes_of_transcripts};
use crate::corpus::Segment;
use crate::theme::{Label, Theme, ThemeKind};
use same_bits::elementary::exp;

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
    /// Its 95 % interval, from 0 upwards; none without a lift and for fewer than two transcripts with segments.
    pub lift_interval: Option<Interval>,
    /// Transcripts with both over transcripts with either, 0 to 1.
    pub jaccard_transcripts: f64,
    /// The lift over transcripts instead of segments.
    pub lift_transcripts: Option<f64>,
    /// Its 95 % interval.
    pub lift_transcripts_interval: Option<Interval>,
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
/// The same over transcripts, of which those without a coded segment are left out. Rare themes give large lifts by accident: read
/// it with its interval; see `of_counts` for how that is made.
pub fn cooccurrence(themes: &[Theme], segments: &[Segment], labels: &[Label]) -> Vec<Cooccurrence> {
    let carried = themes_of_segments(segments.len(), themes.len(), labels);
    let transcripts = segments.iter().map(|segment| segment.passage.transcript + 1).max().unwrap_or(0);
    let interview_of: Vec<usize> = segments.iter().map(|segment| segment.passage.transcript).collect();
    let in_segments = Counts::of(transcripts, themes.len(), &interview_of, &carried);

    let mut coded = interview_of;
    coded.sort_unstable();
    coded.dedup();
    let mut present = themes_of_transcripts(transcripts, segments, &carried);
    let present: Vec<Vec<usize>> =
        coded.iter().map(|&place| present.get_mut(place).map(std::mem::take).unwrap_or_default()).collect();
    let in_transcripts = Counts::of(transcripts, themes.len(), &coded, &present);

    let mut pairs = Vec::new();
    for (theme_a, first) in themes.iter().enumerate() {
        for (theme_b, second) in themes.iter().enumerate().skip(theme_a + 1) {
            if !is_below(first, second) && !is_below(second, first) {
                pairs.push((theme_a, theme_b));
            }
        }
    }
    let row = |&(theme_a, theme_b): &(usize, usize)| {
        let segments = in_segments.meeting(theme_a, theme_b);
        let transcripts = in_transcripts.meeting(theme_a, theme_b);
        Cooccurrence {
            theme_a,
            theme_b,
            segments: segments.both,
            transcripts: transcripts.both,
            jaccard: segments.jaccard,
            lift: segments.lift,
            lift_interval: segments.interval,
            jaccard_transcripts: transcripts.jaccard,
            lift_transcripts: transcripts.lift,
            lift_transcripts_interval: transcripts.interval,
        }
    };
    pairs.par_iter().map(row).collect()
}

/// How often themes and pairs of them come up in each interview.
struct Counts {
    /// Segments of each interview (or 1 for the interview itself).
    of: Vec<u32>,
    /// Themes × interviews.
    with: Vec<Vec<u32>>,
    /// For each pair that meets, the lesser theme first, its interviews with the segments that carry both.
    both: BTreeMap<(usize, usize), Vec<(usize, u32)>>,
}

/// What two themes have in common.
struct Meeting {
    both: u32,
    jaccard: f64,
    lift: Option<f64>,
    interval: Option<Interval>,
}

impl Counts {
    /// `carried` has the sorted themes of each unit, a segment or an interview, `interview_of` the interview that it is in.
    fn of(interviews: usize, themes: usize, interview_of: &[usize], carried: &[Vec<usize>]) -> Self {
        let mut counts =
            Self { of: vec![0; interviews], with: vec![vec![0; interviews]; themes], both: BTreeMap::new() };
        for (&interview, carried) in interview_of.iter().zip(carried) {
            counts.of[interview] += 1;
            for (place, &first) in carried.iter().enumerate() {
                counts.with[first][interview] += 1;
                for &second in carried.iter().skip(place + 1) {
                    let met = counts.both.entry((first, second)).or_default();
                    match met.last_mut() {
                        Some((last, count)) if *last == interview => *count += 1,
                        _ => met.push((interview, 1)),
                    }
                }
            }
        }
        counts
    }

    fn meeting(&self, first: usize, second: usize) -> Meeting {
        let met = self.both.get(&(first, second)).map_or(&[][..], Vec::as_slice);
        let (a, b) = (&self.with[first], &self.with[second]);
        let sum = |counts: &[u32]| counts.iter().sum::<u32>();
        let (of, all_a, all_b) = (sum(&self.of), sum(a), sum(b));
        let both: u32 = met.iter().map(|(_, count)| count).sum();
        if all_a == 0 || all_b == 0 {
            return Meeting { both, jaccard: share(both, all_a + all_b - both), lift: None, interval: None };
        }
        let lift = f64::from(both) / (f64::from(all_a) * f64::from(all_b) / f64::from(of));
        let mut met = met.iter().copied().peekable();
        let interviews: Vec<[f64; 4]> = (0..self.of.len())
            .filter(|&place| self.of[place] > 0)
            .map(|place| {
                let both = met.next_if(|&(at, _)| at == place).map_or(0, |(_, count)| count);
                [self.of[place], a[place], b[place], both].map(f64::from)
            })
            .collect();
        Meeting {
            both,
            jaccard: share(both, all_a + all_b - both),
            lift: Some(lift),
            interval: of_counts(&interviews, lift),
        }
    }
}

/// The 95 % interval of a lift, from the units of each interview: all, with the first theme, with the second, with both.
///
/// It is where two agree:
///
/// 1. ln(lift) ± *t* √*v*, with *v* = *k* ÷ (*k* − 1) Σ (*abᵢ* ÷ *ab* − *aᵢ* ÷ *a* − *bᵢ* ÷ *b* + *nᵢ* ÷ *n*)² over the *k* interviews, the linearised variance
///    (Woodruff, 1971; Binder, 1983), no less than 1 ÷ *ab* − 1 ÷ *a* − 1 ÷ *b* + (2 lift − 1) ÷ *n*, what independent units would give. The
///    degrees of freedom of *t* are the effective number of interviews with both, no more than *k* − 1.
/// 2. What as many answers as there are effective interviews would say (Kish, 1965), which is the worst case: with *e* = (Σ*nᵢ*)² ÷ Σ*nᵢ*² the four
///    counts of the shares times *e*, each of the four cells half an answer more (Haldane, 1956), and the variance of independent units.
///    It is all there is where the themes never meet, when the interval begins at 0, and where the units are the interviews
///    themselves: then part 1 is far too narrow for themes that are in nearly all.
///
/// None for fewer than two interviews.
fn of_counts(interviews: &[[f64; 4]], lift: f64) -> Option<Interval> {
    let number = interviews.len() as f64;
    if number < 2.0 {
        return None;
    }
    let mut all = [0.0; 4];
    for one in interviews {
        for (sum, count) in all.iter_mut().zip(one) {
            *sum += count;
        }
    }
    let [n, a, b, ab] = all;
    let independent =
        |[n, a, b, ab]: [f64; 4]| 1.0 / ab - 1.0 / a - 1.0 / b + (2.0 * n * ab / (a * b) - 1.0) / n;
    let around = |lift: f64, variance: f64, freedom: f64| {
        let reach = student(freedom.max(1.0), TAIL)? * variance.max(0.0).sqrt();
        Some(Interval { low: lift * exp(-reach), high: lift * exp(reach) })
    };

    let answers = effective(interviews.iter().map(|one| one[0])) / n;
    let cells = [n * answers + 2.0, a * answers + 1.0, b * answers + 1.0, ab * answers + 0.5];
    let worst = around(cells[0] * cells[3] / (cells[1] * cells[2]), independent(cells), number - 1.0)?;
    let worst = Interval { low: worst.low.min(lift), high: worst.high.max(lift) };
    let units_are_interviews = interviews.iter().all(|one| one[0] <= 1.0);
    if ab == 0.0 || units_are_interviews {
        return Some(worst);
    }
    let part = |one: &[f64; 4]| (one[3] / ab - one[1] / a - one[2] / b + one[0] / n).powi(2);
    let variance = interviews.iter().map(part).sum::<f64>() * number / (number - 1.0);
    let freedom = effective(interviews.iter().map(|one| one[3])).min(number - 1.0);
    let likely = around(lift, variance.max(independent(all)), freedom)?;
    // A theme that is everywhere has a lift of 1 whatever people say, and no variance that tells so.
    if likely.high - likely.low < 1e-9 {
        return Some(worst);
    }
    Some(Interval { low: worst.low.max(likely.low), high: worst.high.min(likely.high) })
}

/// Whether `fine` is one of the finer emergent themes of `broad`. A seed's parent is the researcher's word for a chapter of the
/// codebook; its labels are given apart from any other theme's, so that such pairs are kept.
fn is_below(fine: &Theme, broad: &Theme) -> bool {
    fine.kind == ThemeKind::Emergent && broad.kind == ThemeKind::Emergent && fine.parent == broad.name
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::prevalence::tests::{label, study, theme};
    use super::*;

    /// So many themes that have nothing to do with each other.
    fn themes(number: usize) -> Vec<Theme> {
        (0..number).map(|place| theme(&format!("theme {place}"), ThemeKind::Seed, "")).collect()
    }

    fn show(rows: &[Cooccurrence]) -> String {
        let line = |row: &Cooccurrence| {
            let lift = |lift: Option<f64>, interval: Option<Interval>| match (lift, interval) {
                (Some(lift), Some(Interval { low, high })) => format!("{lift:.3} ({low:.3}, {high:.3})"),
                _ => "none".to_owned(),
            };
            format!(
                "{} and {}: in {} segments, jaccard {:.3}, lift {}; in {} transcripts, {:.3}, {}",
                row.theme_a,
                row.theme_b,
                row.segments,
                row.jaccard,
                lift(row.lift, row.lift_interval),
                row.transcripts,
                row.jaccard_transcripts,
                lift(row.lift_transcripts, row.lift_transcripts_interval)
            )
        };
        rows.iter().map(line).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn pairs_are_counted_by_hand() {
        // Segments 0 to 3 in one interview, 4 to 7 in another; theme 0 in four of them, theme 1 in two.
        let (_, segments) = study(&[("", 4), ("", 4)]);
        let labels = [label(0, 0), label(1, 0), label(2, 0), label(4, 0), label(0, 1), label(5, 1)];
        let rows = cooccurrence(&themes(3), &segments, &labels);
        insta::assert_snapshot!(show(&rows), @r"
        0 and 1: in 1 segments, jaccard 0.200, lift 1.000 (0.000, 2394.500); in 2 transcripts, 1.000, 1.000 (0.091, 13.613)
        0 and 2: in 0 segments, jaccard 0.000, lift none; in 0 transcripts, 0.000, none
        1 and 2: in 0 segments, jaccard 0.000, lift none; in 0 transcripts, 0.000, none
        ");
    }

    #[test]
    fn intervals_of_lifts_are_those_of_numpy() {
        // Printed by tests/fixtures/compare/oracle.py: all, with a, with b, with both of each interview.
        let several = [
            [20.0, 6.0, 5.0, 3.0],
            [11.0, 2.0, 0.0, 0.0],
            [35.0, 9.0, 8.0, 4.0],
            [9.0, 0.0, 3.0, 0.0],
            [14.0, 5.0, 4.0, 2.0],
            [28.0, 3.0, 9.0, 1.0],
            [30.0, 12.0, 10.0, 7.0],
            [16.0, 4.0, 2.0, 1.0],
        ];
        let never = [[20.0, 6.0, 0.0, 0.0], [30.0, 0.0, 8.0, 0.0], [12.0, 3.0, 2.0, 0.0]];
        let everywhere =
            [[1.0, 1.0, 1.0, 1.0], [1.0, 1.0, 0.0, 0.0], [1.0, 1.0, 1.0, 1.0], [1.0, 1.0, 1.0, 1.0]];
        let found = [&several[..], &never, &everywhere].map(|interviews| {
            let sum = |place: usize| interviews.iter().map(|one| one[place]).sum::<f64>();
            let lift = sum(0) * sum(3) / (sum(1) * sum(2));
            let Interval { low, high } = of_counts(interviews, lift).unwrap();
            format!("{lift:.6} ({low:.6}, {high:.6})")
        });
        insta::assert_snapshot!(found.join("\n"), @r"
        1.745390 (1.157939, 2.630869)
        0.000000 (0.000000, 64.962647)
        1.000000 (0.676766, 1.629070)
        ");
        assert_eq!(of_counts(&several[..1], 1.0), None);
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
                for (lift, interval) in
                    [(row.lift, row.lift_interval), (row.lift_transcripts, row.lift_transcripts_interval)]
                {
                    let (Some(lift), Some(Interval { low, high })) = (lift, interval) else { continue };
                    prop_assert!(0.0 <= low && low <= lift + 1e-9 && lift <= high + 1e-9 && high - low > 1e-6);
                }
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
