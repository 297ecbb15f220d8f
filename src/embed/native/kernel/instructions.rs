//! The vector instructions that the kernels run on, chosen once when the program starts.
//!
//! Every kernel is written once over `pulp`'s vectors and compiled for each set. All sets give the same bits: every
//! multiplication that may be fused is fused by name, and every sum has an order that does not depend on the width.

use pulp::{Arch, WithSimd};

/// A set of vector instructions that this machine has.
#[derive(Debug, Clone, Copy)]
pub struct Instructions(Arch);

impl Instructions {
    /// The widest set that this machine has.
    pub fn detect() -> Self {
        Self(Arch::new())
    }

    /// No vector instructions: the definition that the others are held against, and very slow.
    pub fn plain() -> Self {
        Self(Arch::Scalar)
    }

    /// Every set that this machine has, the plain one first.
    pub fn available() -> Vec<Self> {
        #[cfg_attr(not(target_arch = "x86_64"), expect(unused_mut, reason = "only x86 has a set in between"))]
        let mut sets = vec![Self::plain()];
        #[cfg(target_arch = "x86_64")]
        sets.extend(pulp::x86::V3::try_new().map(|simd| Self(Arch::V3(simd))));
        let widest = Self::detect();
        if sets.iter().all(|set| set.name() != widest.name()) {
            sets.push(widest);
        }
        sets
    }

    /// The name that people know it by.
    pub fn name(self) -> &'static str {
        match self.0 {
            Arch::Scalar => "plain",
            #[cfg(target_arch = "x86_64")]
            Arch::V3(_) => "avx2",
            #[cfg(target_arch = "x86_64")]
            Arch::V4(_) => "avx512",
            #[cfg(target_arch = "aarch64")]
            Arch::Neon(_) => "neon",
            _ => "other",
        }
    }

    /// Runs a kernel with these instructions.
    pub(super) fn run<Kernel: WithSimd>(self, kernel: Kernel) -> Kernel::Output {
        self.0.dispatch(kernel)
    }
}
