//! Corrected differences between groups of one attribute.

use interview_stats::adjust::{benjamini_hochberg, holm};
use interview_stats::corrected::{CorrectedDifference, CorrectedShare, Question};

use super::super::contrast::{ALL_OTHERS, MAX_GROUPS};
use super::{CodedTheme, CorrectedContrast, DifferenceAnswer, Group};

/// A group and what it is compared with.
pub(super) struct Pair {
    /// Index in the list of groups.
    a: usize,
    b: Side,
}

/// The other side of a pair.
enum Side {
    /// A group, by its index in the list of groups.
    Group(usize),
    /// The interviews of all other groups of the attribute, in order.
    Others(Vec<usize>),
}

/// The pairs of the attribute whose groups are those of `groups` from `first` on: each two, and with more than two each against all
/// others.
pub(super) fn pairs(groups: &[Group<'_>], first: usize) -> Vec<Pair> {
    let number = groups.len() - first;
    let mut pairs = Vec::new();
    if number <= MAX_GROUPS {
        for a in first..groups.len() {
            pairs.extend((a + 1..groups.len()).map(|b| Pair { a, b: Side::Group(b) }));
        }
    }
    if number > 2 {
        let others = |a: usize| {
            let others = (first..groups.len()).filter(|&other| other != a);
            let mut members: Vec<usize> = others.flat_map(|other| groups[other].2.iter().copied()).collect();
            members.sort_unstable();
            members
        };
        pairs.extend((first..groups.len()).map(|a| Pair { a, b: Side::Others(others(a)) }));
    }
    pairs
}

impl Pair {
    /// The row of a theme. `shares` are those of `groups`: attribute, name and interviews.
    pub(super) fn row(
        &self,
        theme: &CodedTheme,
        groups: &[Group<'_>],
        shares: &[Option<CorrectedShare>],
        question: Question,
    ) -> CorrectedContrast {
        let (attribute, group_a, members_a) = &groups[self.a];
        let a = shares[self.a];
        let (group_b, members_b, b) = match &self.b {
            Side::Group(b) => (groups[*b].1, &groups[*b].2, shares[*b]),
            Side::Others(members) => (ALL_OTHERS, members, theme.share(members)),
        };
        let machine = theme.machine_share(members_a) - theme.machine_share(members_b);
        let both = a.zip(b);
        let corrected = both.map(|(a, b)| a.value() - b.value());
        let answer = |question: Question| {
            both.map(|(a, b)| {
                let difference = CorrectedDifference::between(&a, &b, question);
                DifferenceAnswer {
                    interval: difference.estimate.interval,
                    p_value: difference.p_value,
                    additional_sample_size: difference.additional_sample_size,
                }
            })
        };
        let main = answer(question);
        CorrectedContrast {
            theme: theme.theme,
            attribute: (*attribute).to_owned(),
            group_a: (*group_a).to_owned(),
            group_b: group_b.to_owned(),
            coded_a: a.map_or(0, |one| one.nobs()),
            coded_b: b.map_or(0, |one| one.nobs()),
            machine,
            corrected,
            interval: main.map(|one| one.interval),
            p_value: main.map(|one| one.p_value),
            p_adjusted: None,
            p_fdr: None,
            bias: corrected.map(|corrected| machine - corrected),
            additional_sample_size: main.and_then(|one| one.additional_sample_size),
            question,
            these: answer(Question::TheseInterviews),
            like_these: answer(Question::InterviewsLikeThese),
        }
    }
}

/// Adjusts the p values of one family of tests: all themes and pairs of an attribute.
pub(super) fn adjust_all(family: Vec<&mut CorrectedContrast>) {
    let p_values: Vec<Option<f64>> = family.iter().map(|contrast| contrast.p_value).collect();
    let adjusted = holm(&p_values).into_iter().zip(benjamini_hochberg(&p_values));
    for (contrast, adjusted) in family.into_iter().zip(adjusted) {
        (contrast.p_adjusted, contrast.p_fdr) = adjusted;
    }
}
