//! Which groups have a basis for the shares of the codebook's themes: those that spoke mostly in languages in which the themes find more
//! than chance.

use std::collections::{BTreeMap, BTreeSet};

use transcripts::Transcript;

use super::contrast::{ALL_OTHERS, Contrast};
use super::groups::groups_of;
use super::prevalence::Prevalence;
use crate::results::{LanguageBasis, Segment, Theme, ThemeIndex, ThemeKind};

/// Segments of a group: those in a language without basis, and all.
type Counts = [u32; 2];

/// The groups of all attributes that are compared by.
pub(super) struct GroupBasis<'a> {
    themes: &'a [Theme],
    whole: Counts,
    groups: BTreeMap<(String, String), Counts>,
}

impl<'a> GroupBasis<'a> {
    pub(super) fn of(
        transcripts: &[Transcript],
        segments: &[Segment],
        themes: &'a [Theme],
        bases: &[LanguageBasis],
        attributes: &[String],
    ) -> Self {
        let lacking: BTreeSet<&str> =
            bases.iter().filter(|basis| !basis.is_shown()).map(|basis| basis.language.as_str()).collect();
        let mut of_transcripts = vec![[0, 0]; transcripts.len()];
        for segment in segments {
            if let Some(counts) = segment.passage.transcript.of_mut(&mut of_transcripts) {
                counts[0] += u32::from(lacking.contains(segment.language.as_str()));
                counts[1] += 1;
            }
        }
        let sum = |members: &[usize]| {
            members.iter().fold([0, 0], |[without, all], &one| {
                let [more_without, more] = of_transcripts[one];
                [without + more_without, all + more]
            })
        };
        let groups = attributes.iter().flat_map(|attribute| {
            let groups = groups_of(attribute, transcripts).into_iter();
            groups.map(|(name, members)| ((attribute.clone(), name.to_owned()), sum(&members)))
        });
        Self { themes, whole: sum(&(0..transcripts.len()).collect::<Vec<_>>()), groups: groups.collect() }
    }

    /// Says of each row whether its shares have a basis.
    pub(super) fn mark(&self, rows: &mut [Prevalence]) {
        for row in rows {
            row.has_basis = self.has(row.theme, self.group(&row.attribute, &row.group));
        }
    }

    /// Whether a difference is one between shares that have a basis.
    pub(super) fn compares(&self, contrast: &Contrast) -> bool {
        let Contrast { theme, attribute, group_a, group_b, .. } = contrast;
        let b = if group_b == ALL_OTHERS {
            let others = self.groups.iter().filter(|((of, name), _)| of == attribute && name != group_a);
            others.fold([0, 0], |[without, all], (_, counts)| [without + counts[0], all + counts[1]])
        } else {
            self.group(attribute, group_b)
        };
        self.has(*theme, self.group(attribute, group_a)) && self.has(*theme, b)
    }

    /// Whether shares of a theme in the whole study have a basis.
    pub(super) fn has_in_all(&self, theme: ThemeIndex) -> bool {
        self.has(theme, self.whole)
    }

    fn group(&self, attribute: &str, group: &str) -> Counts {
        if attribute.is_empty() {
            return self.whole;
        }
        self.groups.get(&(attribute.to_owned(), group.to_owned())).copied().unwrap_or_default()
    }

    /// Emergent themes come from the talk itself and not from the codebook.
    fn has(&self, theme: ThemeIndex, [without, all]: Counts) -> bool {
        theme.of(self.themes).is_none_or(|theme| theme.kind == ThemeKind::Emergent) || 2 * without <= all
    }
}

#[cfg(test)]
mod tests {
    use super::super::prevalence::tests::{study, theme};
    use super::*;

    #[test]
    fn a_group_that_speaks_a_language_without_basis_has_none() {
        let (transcripts, mut segments) = study(&[("egypt", 4), ("kenya", 3), ("sudan", 3)]);
        for segment in &mut segments {
            let is_english = segment.passage.transcript.get() == 1 || segment.id == "P2:0";
            segment.language = if is_english { "en" } else { "ar" }.into();
        }
        let themes =
            [theme("workload", ThemeKind::Seed, ""), theme("cows – calves", ThemeKind::Emergent, "")];
        let basis = |language: &str, own| LanguageBasis {
            language: language.to_owned(),
            segments: 5,
            own,
            shuffled: 3.0,
            shuffled_spread: 0.5,
        };
        let bases = [basis("ar", 2.0), basis("en", 5.0)];
        let of = |bases: &[LanguageBasis]| {
            let basis = GroupBasis::of(&transcripts, &segments, &themes, bases, &["country".to_owned()]);
            ["egypt", "kenya", "sudan"].map(|group| basis.has(0.into(), basis.group("country", group)))
        };
        assert_eq!(of(&bases), [false, true, false]);
        assert_eq!(of(&bases[1..]), [true; 3]);
        let basis = GroupBasis::of(&transcripts, &segments, &themes, &bases, &[]);
        assert!(!basis.has_in_all(0.into()) && basis.has_in_all(1.into()));
    }
}
