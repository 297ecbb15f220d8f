//! Whether the machine's confidence is calibrated: of the decisions with a given confidence, to how many people say yes.
//!
//! A decision is a coded segment and a theme that was asked for. Confidence is that of a fit without the codes of the segment's interview,
//! over random samples; the curve is that of `interview_stats`.

use interview_stats::{CalibrationBin, CheckedPrediction, calibration_curve};

use crate::results::{
    Coding, Codings, MIN_LIKELY_CONFIDENCE, SegmentIndex, ThemeIndex, Tier, TranscriptIndex,
};

/// Lower ends of the bins of confidence. They are finer below, where most segments are; a label has .2 or more.
pub const CALIBRATION_BINS: [f64; 7] = [0.0, 0.1, 0.2, 0.3, 0.4, 0.6, 0.8];

/// The bins that hold decisions, from the least confidence to the most.
///
/// `confidence` is the machine's for a segment and a theme without the codes of that segment's interview; `transcript_of` has the
/// transcript of each segment of the run, of `themes` themes. Codings of segments or themes beyond the lists, and those with an
/// impossible probability, are left out.
pub fn calibration(
    codings: &Codings,
    confidence: &dyn Fn(SegmentIndex, ThemeIndex) -> f64,
    transcript_of: &[TranscriptIndex],
    themes: usize,
) -> Vec<CalibrationBin> {
    calibration_curve(checked_predictions(codings, confidence, transcript_of, themes), &CALIBRATION_BINS)
}

/// How often people say yes to likely labels, as one bin of confidence; none where nobody was asked about one.
///
/// The input is that of [`calibration`].
pub fn likely_precision(
    codings: &Codings,
    confidence: &dyn Fn(SegmentIndex, ThemeIndex) -> f64,
    transcript_of: &[TranscriptIndex],
    themes: usize,
) -> Option<CalibrationBin> {
    let likely = checked_predictions(codings, confidence, transcript_of, themes)
        .filter(|one| Tier::of_confidence(one.predicted as f32) == Tier::Likely);
    calibration_curve(likely, &[f64::from(MIN_LIKELY_CONFIDENCE)]).pop()
}

/// The decisions of people with the machine's confidence.
fn checked_predictions<'a>(
    codings: &'a Codings,
    confidence: &'a dyn Fn(SegmentIndex, ThemeIndex) -> f64,
    transcript_of: &'a [TranscriptIndex],
    themes: usize,
) -> impl Iterator<Item = CheckedPrediction> + 'a {
    let of_segment = move |rows: &[Coding]| -> Vec<CheckedPrediction> {
        let Some(segment) = rows.first().map(|row| row.segment) else { return Vec::new() };
        let Some(transcript) = segment.of(transcript_of) else { return Vec::new() };
        let of_theme = |theme: ThemeIndex| {
            let (human, weight) = said(rows, theme)?;
            Some(CheckedPrediction {
                interview: transcript.get(),
                predicted: confidence(segment, theme),
                human,
                weight,
            })
        };
        (0..themes).map(ThemeIndex::new).filter_map(of_theme).collect()
    };
    codings.rows.chunk_by(|a, b| a.segment == b.segment).flat_map(of_segment)
}

/// The share of a segment's coders who say that a theme applies, and the weight of the segment; none where nobody was asked. A coder who was
/// given part of the others' segments made none of them rarer, so the largest probability is the segment's.
fn said(rows: &[Coding], theme: ThemeIndex) -> Option<(f64, f64)> {
    let (mut yes, mut of, mut chance) = (0.0, 0.0, 0.0_f64);
    for row in rows.iter().filter(|row| row.probability > 0.0 && row.probability <= 1.0) {
        if let Some(applies) = theme.of(&row.themes).copied().flatten() {
            yes += f64::from(u8::from(applies));
            of += 1.0;
            chance = chance.max(row.probability);
        }
    }
    (of > 0.0).then(|| (yes / of, 1.0 / chance))
}

#[cfg(test)]
mod tests {
    use super::*;
    use transcripts::text::counted;

    fn row(segment: usize, coder: usize, probability: f64, themes: &[Option<bool>]) -> Coding {
        Coding { segment: segment.into(), coder, probability, themes: themes.to_vec() }
    }

    fn codings(rows: Vec<Coding>) -> Codings {
        Codings { coders: vec!["Ana".into(), "Ben".into()], rows, ..Codings::default() }
    }

    fn show(bins: &[CalibrationBin]) -> String {
        let line = |bin: &CalibrationBin| {
            format!(
                "{:.1} to {:.1}: {} ({:.3}), confidence {:.4}, yes {:.4} ({:.4} to {:.4})",
                bin.low,
                bin.high,
                counted(bin.nobs as usize, "decision", "decisions"),
                bin.share_decisions,
                bin.mean_predicted,
                bin.share_yes,
                bin.interval.low,
                bin.interval.high
            )
        };
        bins.iter().map(line).collect::<Vec<String>>().join("\n")
    }

    #[test]
    fn decisions_are_weighed_by_the_chance_of_their_segment() {
        // Segments 0 and 1 of one interview, 2 and 3 of another; segment 1 was twice as likely to be drawn as the others.
        let codings = codings(vec![
            row(0, 0, 0.25, &[Some(true), Some(false)]),
            row(1, 0, 0.5, &[Some(false), None]),
            row(2, 0, 0.25, &[Some(true), Some(false)]),
            row(2, 1, 0.25, &[Some(false), None]),
            row(3, 1, 0.25, &[None, Some(true)]),
            row(9, 1, 0.25, &[Some(true), Some(true)]),
        ]);
        let sure = [[0.25, 0.05], [0.2, 0.9], [0.29, 0.1], [0.7, 1.0]];
        let confidence = |segment: SegmentIndex, theme: ThemeIndex| sure[segment.get()][theme.get()];
        let transcript_of = [0, 0, 1, 1].map(TranscriptIndex::new);
        let bins = calibration(&codings, &confidence, &transcript_of, 2);
        insta::assert_snapshot!(show(&bins), @r"
        0.0 to 0.1: 1 decision (0.182), confidence 0.0500, yes 0.0000 (0.0000 to 0.9750)
        0.1 to 0.2: 1 decision (0.182), confidence 0.1000, yes 0.0000 (0.0000 to 0.9750)
        0.2 to 0.3: 3 decisions (0.455), confidence 0.2560, yes 0.6000 (0.0239 to 0.9963)
        0.8 to 1.0: 1 decision (0.182), confidence 1.0000, yes 1.0000 (0.0250 to 1.0000)
        ");
        // By hand: weights 4, 2 and 4; yes 1, 0 and ½.
        assert!((bins[2].share_yes - 6.0 / 10.0).abs() < 1e-12);
        assert!((bins[2].mean_predicted - (4.0 * 0.25 + 2.0 * 0.2 + 4.0 * 0.29) / 10.0).abs() < 1e-12);
        assert_eq!(calibration(&Codings::default(), &confidence, &transcript_of, 2), []);

        // Likely are the second theme of segments 1, where nobody was asked, and 3.
        let likely = likely_precision(&codings, &confidence, &transcript_of, 2).unwrap();
        insta::assert_snapshot!(show(&[likely]), @"0.5 to 1.0: 1 decision (1.000), confidence 1.0000, yes 1.0000 (0.0250 to 1.0000)");
        assert_eq!(likely_precision(&Codings::default(), &confidence, &transcript_of, 2), None);
    }
}
