//! What people said of the segments of a run: the one form in which agreement, correction and learning see human codes.
//!
//! Places refer to the run's lists, as in labels; a code that belongs to no segment or theme of the run cannot be expressed.

/// Human codes, beside the run's segments and themes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Codings {
    /// Names of the coders, sorted.
    pub coders: Vec<String>,
    /// What was coded, by segment and then coder, none twice.
    pub rows: Vec<Coding>,
}

/// One segment as one coder coded it.
#[derive(Debug, Clone, PartialEq)]
pub struct Coding {
    /// Place of the segment in the run's list of segments.
    pub segment: usize,
    /// Place of the coder in [`Codings::coders`].
    pub coder: usize,
    /// The chance with which the segment came to be coded, above 0 to 1: known because the sample was drawn at random.
    pub probability: f64,
    /// For each theme of the run whether it applies; none where the coder was not asked.
    pub themes: Vec<Option<bool>>,
}

/// A coded segment: what its coders say together.
#[derive(Debug, Clone, PartialEq)]
pub struct CodedSegment {
    /// Place of the segment in the run's list of segments.
    pub segment: usize,
    /// For each theme the share of the coders asked who say that it applies, 0 to 1; none where nobody was asked.
    pub shares: Vec<Option<f64>>,
}

impl Codings {
    /// The coders who gave a theme to a segment, in order.
    pub fn who_gave(&self, segment: usize, theme: usize) -> Vec<usize> {
        let gave = |row: &&Coding| row.themes.get(theme).copied().flatten() == Some(true);
        let first = self.rows.partition_point(|row| row.segment < segment);
        let rows = self.rows[first..].iter().take_while(|row| row.segment == segment);
        rows.filter(gave).map(|row| row.coder).collect()
    }

    /// The coded segments in order, each with what all of its coders say.
    pub fn by_segment(&self) -> Vec<CodedSegment> {
        let of_segment = |rows: &[Coding]| {
            let share = |theme: usize| {
                let said: Vec<bool> =
                    rows.iter().filter_map(|row| row.themes.get(theme).copied().flatten()).collect();
                let yes = said.iter().filter(|applies| **applies).count();
                (!said.is_empty()).then(|| yes as f64 / said.len() as f64)
            };
            let themes = rows.iter().map(|row| row.themes.len()).max().unwrap_or(0);
            CodedSegment { segment: rows[0].segment, shares: (0..themes).map(share).collect() }
        };
        self.rows.chunk_by(|a, b| a.segment == b.segment).map(of_segment).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coders_of_a_segment_speak_together() {
        let row = |segment, coder, themes: &[Option<bool>]| Coding {
            segment,
            coder,
            probability: 0.5,
            themes: themes.to_vec(),
        };
        let codings = Codings {
            coders: vec!["Ana".into(), "Ben".into()],
            rows: vec![
                row(3, 0, &[Some(true), None, None]),
                row(3, 1, &[Some(false), Some(true), None]),
                row(7, 1, &[Some(false), Some(false), Some(false)]),
            ],
        };
        let together: Vec<(usize, Vec<Option<f64>>)> =
            codings.by_segment().into_iter().map(|one| (one.segment, one.shares)).collect();
        assert_eq!(together, [(3, vec![Some(0.5), Some(1.0), None]), (7, vec![Some(0.0); 3])]);
    }
}
