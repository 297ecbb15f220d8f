//! Randomly drawn arrangements of interviews in two groups, and the sums of the first group for many themes at once.

use rand::Rng;
use same_bits::{RandomStream, RowSums};

use super::sums::Sums;
use crate::Count;

/// Sums of an interview that are the same for all themes, and those of a theme.
const OF_TRIALS: usize = 2;
const OF_THEME: usize = 3;

/// Interviews, of which some in each stratum are the first group.
pub(super) struct Arrangement<'a> {
    /// Interviews by theme; strata lie one after the other. All themes have the same trials.
    themes: Vec<&'a [Count]>,
    strata: Vec<Stratum>,
    table: RowSums,
    /// The themes whose sums are in the table, ascending.
    summed: Vec<usize>,
}

struct Stratum {
    /// Indices of its interviews; the first `chosen` are the first group.
    order: Vec<u32>,
    chosen: usize,
    /// The first group's, by column of the table.
    sums: Vec<f64>,
}

impl<'a> Arrangement<'a> {
    /// Of the interviews of each theme, in strata of so many interviews, of which so many are the first group.
    pub(super) fn new(themes: Vec<&'a [Count]>, strata: &[(usize, usize)]) -> Self {
        let mut first = 0;
        let mut stratum = |&(interviews, chosen): &(usize, usize)| {
            let order = (first..first + interviews as u32).collect();
            first += interviews as u32;
            Stratum { order, chosen: chosen.min(interviews), sums: Vec::new() }
        };
        let strata = strata.iter().map(&mut stratum).collect();
        Self { themes, strata, table: RowSums::default(), summed: Vec::new() }
    }

    /// Draws the next arrangement and sums it for the themes `open`, ascending, which become fewer from draw to draw.
    pub(super) fn draw(&mut self, open: &[usize], rng: &mut RandomStream) {
        let panels = |themes: usize| RowSums::panels(OF_TRIALS + OF_THEME * themes);
        if self.summed.is_empty() || panels(open.len()) < panels(self.summed.len()) {
            self.sum_only(open);
        }
        for stratum in &mut self.strata {
            let interviews = stratum.order.len();
            for index in 0..stratum.chosen {
                stratum.order.swap(index, rng.gen_range(index..interviews));
            }
            self.table.sum(&stratum.order[..stratum.chosen], &mut stratum.sums);
        }
    }

    fn sum_only(&mut self, themes: &[usize]) {
        self.summed = themes.to_vec();
        let summed: Vec<&[Count]> =
            themes.iter().filter_map(|&theme| self.themes.get(theme).copied()).collect();
        let interviews = summed.iter().map(|counts| counts.len()).min().unwrap_or(0);
        let row = |interview: usize| {
            let sums = summed.iter().map(|counts| Sums::of(counts[interview]));
            let of_trials = sums.clone().take(1).flat_map(|one| [one.trials, one.trials_squared]);
            let of_themes = sums.flat_map(|one| [one.successes, one.successes_squared, one.product]);
            of_trials.chain(of_themes).collect()
        };
        self.table = RowSums::new((0..interviews).map(row), OF_TRIALS + OF_THEME * summed.len());
    }

    /// The sums of the first group by stratum, for a theme that was open in the last draw.
    pub(super) fn first_group(&self, theme: usize) -> impl Iterator<Item = Sums> {
        let place = self.summed.binary_search(&theme).ok();
        self.strata.iter().map(move |stratum| {
            let of_theme = place.and_then(|place| stratum.sums.get(OF_TRIALS + OF_THEME * place..));
            match (stratum.sums.as_slice(), of_theme) {
                (&[trials, trials_squared, ..], Some(&[successes, successes_squared, product, ..])) => {
                    Sums { successes, trials, successes_squared, trials_squared, product }
                }
                _ => Sums::default(),
            }
        })
    }
}
