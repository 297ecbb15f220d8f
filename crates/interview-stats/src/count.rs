//! Counts by interview, from which shares and comparisons of groups start.
//!
//! The interview is the unit of analysis: segments of one interview are not independent observations.

/// What was counted in one interview.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Count {
    /// Segments of the interview that carry the theme; no more than `trials`.
    pub successes: u32,
    /// Segments of the interview, or 1 for the interview itself.
    pub trials: u32,
}

/// What a share is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub enum Measure {
    /// Of the segments: how much of the talk is about the theme. Long interviews count more.
    Segments,
    /// Of the interviews: in how many the theme comes up at all.
    Interviews,
}

impl Measure {
    /// Both measures, segments first.
    pub const BOTH: [Self; 2] = [Self::Segments, Self::Interviews];
}

/// Segments of each interview, and how many of them carry each theme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountTable {
    /// By interview.
    trials: Vec<u32>,
    /// Themes × interviews.
    successes: Vec<Vec<u32>>,
}

impl CountTable {
    /// A table from the number of segments by interview and, for each theme, the number of these that carry it.
    ///
    /// Counts that are missing at the end of a theme's list are 0; counts above the interview's number of segments are lowered to it.
    pub fn new(trials: Vec<u32>, mut successes: Vec<Vec<u32>>) -> Self {
        for counts in &mut successes {
            counts.resize(trials.len(), 0);
            for (count, &most) in counts.iter_mut().zip(&trials) {
                *count = (*count).min(most);
            }
        }
        Self { trials, successes }
    }

    /// Number of themes.
    pub fn themes(&self) -> usize {
        self.successes.len()
    }

    /// The segments of an interview, and those that carry the theme; an index beyond the table is an interview without segments.
    pub(crate) fn count(&self, theme: usize, interview: usize) -> Count {
        let of_theme = self.successes.get(theme).and_then(|counts| counts.get(interview));
        Count {
            successes: of_theme.copied().unwrap_or(0),
            trials: self.trials.get(interview).copied().unwrap_or(0),
        }
    }

    /// Counts of a theme in some interviews, by their indices.
    ///
    /// By [`Measure::Segments`], interviews without segments are left out; by [`Measure::Interviews`], each is one trial. An index
    /// beyond the table is an interview without segments, a theme beyond it is in none.
    pub fn counts(&self, theme: usize, measure: Measure, interviews: &[usize]) -> Vec<Count> {
        let one = |&interview: &usize| {
            let Count { successes, trials } = self.count(theme, interview);
            match measure {
                Measure::Segments => (trials > 0).then_some(Count { successes, trials }),
                Measure::Interviews => Some(Count { successes: successes.min(1), trials: 1 }),
            }
        };
        interviews.iter().filter_map(one).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_that_cannot_be_are_mended() {
        let table = CountTable::new(vec![2, 0, 4], vec![vec![5], vec![1, 1, 1]]);
        let shown = |theme, measure| {
            let counts = table.counts(theme, measure, &[0, 1, 2, 9]);
            let shown: Vec<String> =
                counts.iter().map(|one| format!("{}/{}", one.successes, one.trials)).collect();
            shown.join(" ")
        };
        assert_eq!(shown(0, Measure::Segments), "2/2 0/4");
        assert_eq!(shown(1, Measure::Segments), "1/2 1/4");
        assert_eq!(shown(1, Measure::Interviews), "1/1 0/1 1/1 0/1");
    }
}
