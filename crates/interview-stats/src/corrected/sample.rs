//! The coded segments of a theme beside the machine's labels of these and of all others, by interview.

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
    pub(super) lambda: f64,
    pub(super) interviews: Vec<Interview>,
}

/// A theme in one interview.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Interview {
    /// Number of segments, and the sum of the machine's labels of them.
    pub(super) segments: f64,
    pub(super) labelled: f64,
    /// Number of segments whose label is below .5, and of the others.
    pub(super) classes: [f64; 2],
    /// Those that were coded.
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

impl CodedSegment {
    /// Which of [`Interview::classes`] it is in.
    pub(super) fn class(&self) -> usize {
        usize::from(self.machine >= 0.5)
    }
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
            interview.segments += 1.0;
            interview.labelled += machine;
            interview.classes[usize::from(machine >= 0.5)] += 1.0;
            if let Some(HumanCode { share, probability }) = segment.human.filter(HumanCode::is_possible) {
                is_coded = true;
                interview.coded.push(CodedSegment { human: share, machine, weight: 1.0 / probability });
            }
        }
        let lambda = lambda(&all);
        is_coded.then_some(Self { lambda, interviews: all })
    }

    /// How much of the machine's labels the corrected shares use, 0 (none) to 1.
    ///
    /// It is the slope of human codes on labels over the whole study, each segment with its weight, within 0 to 1. For a sample with equal
    /// probabilities this minimises the variance of the mean (PPI++: Angelopoulos, Duchi and Zrnic, 2023, whose factor 1 ÷ (1 + *n* ÷ *N*) comes
    /// from using the labels of uncoded segments alone). It is fitted once a theme, over all groups, so chance hardly affects it; a label
    /// that predicts nothing gets 0, and then human codes alone count.
    pub fn lambda(&self) -> f64 {
        self.lambda
    }

    /// Mean label of the segments of some interviews, by their indices; 0 of none.
    pub fn machine_share(&self, interviews: &[usize]) -> f64 {
        let interviews = self.at(interviews);
        let sum = |of: fn(&Interview) -> f64| interviews.iter().map(|one| of(one)).sum::<f64>();
        if interviews.is_empty() { 0.0 } else { sum(|one| one.labelled) / sum(|one| one.segments) }
    }

    /// The interviews of these indices that have segments.
    pub(super) fn at(&self, interviews: &[usize]) -> Vec<&Interview> {
        interviews
            .iter()
            .filter_map(|&index| self.interviews.get(index))
            .filter(|one| one.segments > 0.0)
            .collect()
    }
}

/// See [`CodedSample::lambda`].
fn lambda(interviews: &[Interview]) -> f64 {
    let coded = interviews.iter().flat_map(|interview| &interview.coded);
    let sum = |of: &dyn Fn(&CodedSegment) -> f64| coded.clone().map(|one| one.weight * of(one)).sum::<f64>();
    let weight = sum(&|_| 1.0);
    let (human, machine) = (sum(&|one| one.human) / weight, sum(&|one| one.machine) / weight);
    let spread = sum(&|one| (one.machine - machine).powi(2));
    if spread <= 1e-12 * weight {
        return 0.0;
    }
    (sum(&|one| (one.machine - machine) * (one.human - human)) / spread).clamp(0.0, 1.0)
}
