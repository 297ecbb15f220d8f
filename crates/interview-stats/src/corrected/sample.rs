//! The coded segments of a theme beside the machine's values of these and of all others, by interview.

/// A segment as the machine labelled it and, where it was sampled, as people coded it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LabelledSegment {
    /// Index of its interview.
    pub interview: usize,
    /// What the machine says: 0 or 1, or a probability. It may not have learned from the human code of this segment. Values outside of 0
    /// to 1 are moved to its ends; what is no number is 0.
    pub machine: f64,
    /// What people say; none where nobody was asked.
    pub human: Option<HumanCode>,
}

/// The human code of a sampled segment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HumanCode {
    /// Share of its coders who gave the theme, 0 to 1.
    pub share: f64,
    /// Probability with which the segment was sampled, above 0 to 1.
    pub probability: f64,
}

impl HumanCode {
    fn is_possible(&self) -> bool {
        (0.0..=1.0).contains(&self.share) && self.probability > 0.0 && self.probability <= 1.0
    }
}

/// A theme in all interviews of a study, with the human codes of a sample of segments.
#[derive(Debug, Clone, PartialEq)]
pub struct CodedSample {
    pub(super) interviews: Vec<Interview>,
}

/// A theme in one interview.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Interview {
    /// The machine's values of all segments.
    pub(super) machine: Vec<f64>,
    /// The segments that were coded.
    pub(super) coded: Vec<CodedSegment>,
}

/// A coded segment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct CodedSegment {
    /// Mean of the coders, 0 to 1.
    pub(super) human: f64,
    /// What the machine says, 0 to 1.
    pub(super) machine: f64,
    /// How many segments it stands for: 1 ÷ the probability with which it was sampled, 1 or more.
    pub(super) weight: f64,
}

impl CodedSample {
    /// Collects the segments of a study of so many interviews; none where no segment was coded.
    ///
    /// Segments of interviews beyond that number are left out. A human code whose share or
    /// probability is out of range counts as none.
    pub fn new(interviews: usize, segments: impl IntoIterator<Item = LabelledSegment>) -> Option<Self> {
        let mut all = vec![Interview::default(); interviews];
        let mut is_coded = false;
        for segment in segments {
            let Some(interview) = all.get_mut(segment.interview) else { continue };
            let machine = segment.machine.clamp(0.0, 1.0);
            let machine = if machine.is_nan() { 0.0 } else { machine };
            interview.machine.push(machine);
            if let Some(HumanCode { share, probability }) = segment.human.filter(HumanCode::is_possible) {
                is_coded = true;
                interview.coded.push(CodedSegment { human: share, machine, weight: 1.0 / probability });
            }
        }
        is_coded.then_some(Self { interviews: all })
    }

    /// The interviews of these indices that have segments.
    pub(super) fn at(&self, interviews: &[usize]) -> Vec<&Interview> {
        interviews
            .iter()
            .filter_map(|&index| self.interviews.get(index))
            .filter(|one| !one.machine.is_empty())
            .collect()
    }

    /// All interviews that have segments.
    pub(super) fn all(&self) -> Vec<&Interview> {
        self.interviews.iter().filter(|one| !one.machine.is_empty()).collect()
    }
}

/// Weighted sums over the coded segments of some interviews, and what the machine says of all their segments.
#[derive(Debug, Clone)]
pub(super) struct Sums<'a> {
    pub(super) interviews: Vec<&'a Interview>,
    /// Coded segments, and their weights in sum.
    pub(super) coded: f64,
    pub(super) weight: f64,
    /// Weighted means over the coded ones.
    pub(super) human: f64,
    pub(super) machine: f64,
    /// Unweighted sum of what people said.
    pub(super) yes: f64,
    /// All segments, the mean of the machine's values and their variance.
    pub(super) segments: f64,
    pub(super) machine_mean: f64,
    pub(super) machine_variance: f64,
}

impl<'a> Sums<'a> {
    /// None where nothing was coded.
    pub(super) fn of(interviews: Vec<&'a Interview>) -> Option<Self> {
        let mut sums = Self {
            interviews,
            coded: 0.0,
            weight: 0.0,
            human: 0.0,
            machine: 0.0,
            yes: 0.0,
            segments: 0.0,
            machine_mean: 0.0,
            machine_variance: 0.0,
        };
        for interview in &sums.interviews {
            for one in &interview.coded {
                sums.coded += 1.0;
                sums.weight += one.weight;
                sums.human += one.weight * one.human;
                sums.machine += one.weight * one.machine;
                sums.yes += one.human;
            }
            sums.segments += interview.machine.len() as f64;
            sums.machine_mean += interview.machine.iter().sum::<f64>();
        }
        if sums.coded == 0.0 {
            return None;
        }
        sums.human /= sums.weight;
        sums.machine /= sums.weight;
        sums.machine_mean /= sums.segments;
        let mean = sums.machine_mean;
        let squares: f64 =
            sums.interviews.iter().flat_map(|one| &one.machine).map(|one| (one - mean).powi(2)).sum();
        sums.machine_variance = squares / sums.segments;
        Some(sums)
    }

    /// Coded segments, in the order of the interviews.
    pub(super) fn coded(&self) -> impl Iterator<Item = &'a CodedSegment> + '_ {
        self.interviews.iter().flat_map(|interview| &interview.coded)
    }

    /// Number of coded segments.
    pub(super) fn nobs(&self) -> u32 {
        self.coded as u32
    }

    /// Those of the coded segments that are rarer: with the theme or without it.
    pub(super) fn rarer(&self) -> f64 {
        self.yes.min(self.coded - self.yes).max(0.0)
    }

    /// Of so many equal parts the squared weights of interviews are: 1 ÷ this is Kish's (1965) effective number of interviews.
    pub(super) fn concentration(&self) -> f64 {
        self.interviews.iter().map(|one| (one.machine.len() as f64 / self.segments).powi(2)).sum()
    }

    /// The corrected share with this weight of the machine's values, and the share near it that variances are computed with, which is
    /// never 0 or 1.
    pub(super) fn share(&self, lambda: f64) -> (f64, f64) {
        let share = self.human + lambda * (self.machine_mean - self.machine);
        let share = share.clamp(self.least(), self.most());
        (share, (self.coded * share + 0.5) / (self.coded + 1.0))
    }

    /// The share if no other segment than those that people gave the theme had it.
    pub(super) fn least(&self) -> f64 {
        (self.yes / self.segments).clamp(0.0, 1.0)
    }

    /// The share if all segments had it but those to which people did not give it.
    pub(super) fn most(&self) -> f64 {
        (1.0 - (self.coded - self.yes) / self.segments).clamp(self.least(), 1.0)
    }
}
