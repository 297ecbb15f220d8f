//! What a group's share and variance are made of: sums over its interviews.

use crate::Count;
use crate::monte_carlo::TIE;

/// The sums that a group's share and variance are made of.
///
/// All are sums of whole numbers far below 2⁵³, so they are the same in any order, and the sums of one group are those of both less
/// the other's.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Sums {
    pub(super) successes: f64,
    pub(super) trials: f64,
    pub(super) successes_squared: f64,
    pub(super) trials_squared: f64,
    pub(super) product: f64,
}

impl Sums {
    pub(super) fn of(count: Count) -> Self {
        let (successes, trials) = (f64::from(count.successes), f64::from(count.trials));
        Self {
            successes,
            trials,
            successes_squared: successes * successes,
            trials_squared: trials * trials,
            product: successes * trials,
        }
    }

    /// The sums over several interviews.
    pub(super) fn of_all(counts: &[Count]) -> Self {
        counts.iter().fold(Self::default(), |sum, &count| sum.plus(Self::of(count)))
    }

    pub(super) fn plus(self, other: Self) -> Self {
        Self {
            successes: self.successes + other.successes,
            trials: self.trials + other.trials,
            successes_squared: self.successes_squared + other.successes_squared,
            trials_squared: self.trials_squared + other.trials_squared,
            product: self.product + other.product,
        }
    }

    pub(super) fn minus(self, other: Self) -> Self {
        self.plus(other.times(-1.0))
    }

    /// The sums over as many interviews of these counts.
    pub(super) fn times(self, factor: f64) -> Self {
        Self {
            successes: factor * self.successes,
            trials: factor * self.trials,
            successes_squared: factor * self.successes_squared,
            trials_squared: factor * self.trials_squared,
            product: factor * self.product,
        }
    }

    /// The share *p* = Σ *x* ÷ Σ *m* and its linearised variance *k* ÷ (*k* − 1) × Σ (*x* − *p m*)² ÷ (Σ *m*)² over *k* interviews.
    pub(super) fn share_and_variance(self, interviews: f64) -> (f64, f64) {
        let (share, scatter) = self.share_and_scatter();
        (share, interviews / (interviews - 1.0) * scatter)
    }

    /// The share and Σ (*x* − *p m*)² ÷ (Σ *m*)².
    pub(super) fn share_and_scatter(self) -> (f64, f64) {
        let share = self.successes / self.trials;
        let scatter =
            self.successes_squared - 2.0 * share * self.product + share * share * self.trials_squared;
        // Interviews that all have one share have no variance; what is left is rounding.
        let scatter = if scatter <= TIE * self.successes_squared { 0.0 } else { scatter };
        (share, scatter / (self.trials * self.trials))
    }
}
