//! The coded segments of one theme beside what the machine says of them and of all others, by interview.

use super::HumanSample;

/// One theme in all interviews.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ThemeSample {
    /// How much of the machine's labels to use; see [`lambda`].
    pub(super) lambda: f64,
    /// Beside the run's transcripts.
    pub(super) interviews: Vec<Interview>,
}

/// One theme in one interview.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Interview {
    /// Segments, and the sum of the machine's labels over them.
    pub(super) segments: f64,
    pub(super) labelled: f64,
    /// Segments that the machine rather takes to be without the theme (below .5), and with it.
    pub(super) classes: [f64; 2],
    /// Those that were coded.
    pub(super) coded: Vec<Coded>,
}

/// A coded segment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Coded {
    /// Mean of the coders, 0 to 1.
    pub(super) human: f64,
    /// What the machine says, 0 to 1.
    pub(super) machine: f64,
    /// How many segments it stands for: 1 ÷ the chance with which it was drawn, 1 or more.
    pub(super) weight: f64,
}

impl Coded {
    /// Which of [`Interview::classes`] it is of.
    pub(super) fn class(&self) -> usize {
        usize::from(self.machine >= 0.5)
    }
}

impl ThemeSample {
    /// The sample of a theme; none when nobody was asked about it.
    pub(super) fn of(sample: &HumanSample<'_>, theme: usize, transcripts: usize) -> Option<Self> {
        let mut interviews = vec![Interview::default(); transcripts];
        let answers = answers(sample, theme);
        if answers.is_empty() {
            return None;
        }
        let mut answers = answers.into_iter().peekable();
        for (segment, &interview) in sample.interviews.iter().enumerate() {
            let answer = answers.next_if(|answer| answer.segment == segment);
            let Some(interview) = interviews.get_mut(interview) else { continue };
            let machine = (sample.machine)(segment, theme).clamp(0.0, 1.0);
            let machine = if machine.is_nan() { 0.0 } else { machine };
            interview.segments += 1.0;
            interview.labelled += machine;
            interview.classes[usize::from(machine >= 0.5)] += 1.0;
            if let Some(Answer { yes, of, probability, .. }) = answer {
                interview.coded.push(Coded { human: yes / of, machine, weight: 1.0 / probability });
            }
        }
        let lambda = lambda(&interviews);
        Some(Self { lambda, interviews })
    }

    /// The interviews at `places` that have segments.
    pub(super) fn at(&self, places: &[usize]) -> Vec<&Interview> {
        places
            .iter()
            .filter_map(|&place| self.interviews.get(place))
            .filter(|one| one.segments > 0.0)
            .collect()
    }

    /// Share of segments that the machine labelled, 0 of nothing.
    pub(super) fn machine_share(&self, places: &[usize]) -> f64 {
        let interviews = self.at(places);
        let sum = |of: fn(&Interview) -> f64| interviews.iter().map(|one| of(one)).sum::<f64>();
        if interviews.is_empty() { 0.0 } else { sum(|one| one.labelled) / sum(|one| one.segments) }
    }
}

/// What coders said of one segment.
struct Answer {
    segment: usize,
    yes: f64,
    of: f64,
    probability: f64,
}

/// The answers about a theme, by segment. A second coder who saw a part of the first one's segments made none of them rarer, so
/// that the largest chance is the segment's.
fn answers(sample: &HumanSample<'_>, theme: usize) -> Vec<Answer> {
    let mut answers: Vec<Answer> = Vec::new();
    for coding in &sample.codings.rows {
        let Some(applies) = coding.themes.get(theme).copied().flatten() else { continue };
        let probability = coding.probability;
        if !(probability > 0.0 && probability <= 1.0) || coding.segment >= sample.interviews.len() {
            continue;
        }
        let yes = f64::from(u8::from(applies));
        match answers.last_mut() {
            Some(last) if last.segment == coding.segment => {
                last.yes += yes;
                last.of += 1.0;
                last.probability = last.probability.max(probability);
            }
            _ => answers.push(Answer { segment: coding.segment, yes, of: 1.0, probability }),
        }
    }
    answers
}

/// The share of the machine's labels to use: the slope of codes on labels over the whole study, each segment with its weight,
/// within 0 to 1.
///
/// For a sample with equal chances this is what makes the variance of the mean smallest (PPI++: Angelopoulos, Duchi and
/// Zrnic, 2023, whose factor 1 ÷ (1 + *n* ÷ *N*) comes from taking the labels of uncoded segments alone). Fitted once a theme, over all
/// groups, it hardly follows chance; a label that is worth nothing gets 0, and then codes alone count.
fn lambda(interviews: &[Interview]) -> f64 {
    let coded = interviews.iter().flat_map(|interview| &interview.coded);
    let sum = |of: &dyn Fn(&Coded) -> f64| coded.clone().map(|one| one.weight * of(one)).sum::<f64>();
    let weight = sum(&|_| 1.0);
    let (human, machine) = (sum(&|one| one.human) / weight, sum(&|one| one.machine) / weight);
    let spread = sum(&|one| (one.machine - machine).powi(2));
    if spread <= 1e-12 * weight {
        return 0.0;
    }
    (sum(&|one| (one.machine - machine) * (one.human - human)) / spread).clamp(0.0, 1.0)
}
