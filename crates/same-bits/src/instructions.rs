//! The vector instructions that loops over numbers run on, chosen once when the program starts.
//!
//! Float loops are written once over `pulp`'s vectors and compiled for each set. All sets give the same bits where every
//! multiplication that may be fused is fused by name and every sum of floats has an order that does not depend on the width.

use std::sync::OnceLock;

use pulp::{Arch, WithSimd};

#[cfg(target_arch = "x86_64")]
mod amx;

/// What everything runs on, if it was said.
static CHOSEN: OnceLock<Instructions> = OnceLock::new();

/// A set of vector instructions that this machine has.
#[derive(Debug, Clone, Copy)]
pub struct Instructions {
    set: InstructionSet,
    floats: Arch,
}

/// Every set that there is a kernel for, slower ones first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum InstructionSet {
    /// No vector instructions: the definition that the others are held against, and slow.
    Plain,
    /// 128-bit vectors of ARM.
    Neon,
    /// The same with a dot product of bytes: Apple's M series, servers since 2019.
    NeonDot,
    /// 256-bit vectors.
    Avx2,
    /// The same with a product of bytes: recent laptops.
    AvxVnni,
    /// 512-bit vectors.
    Avx512,
    /// The same with a product of bytes: servers since 2019.
    Avx512Vnni,
    /// Products of whole tiles: servers since 2023.
    Amx,
}

impl InstructionSet {
    const ALL: [Self; 8] = [
        Self::Plain,
        Self::Neon,
        Self::NeonDot,
        Self::Avx2,
        Self::AvxVnni,
        Self::Avx512,
        Self::Avx512Vnni,
        Self::Amx,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Neon => "neon",
            Self::NeonDot => "neon-dot",
            Self::Avx2 => "avx2",
            Self::AvxVnni => "avx-vnni",
            Self::Avx512 => "avx512",
            Self::Avx512Vnni => "avx512-vnni",
            Self::Amx => "amx",
        }
    }

    /// What runs the float steps, if this machine has the set.
    fn floats(self) -> Option<Arch> {
        #[cfg(target_arch = "x86_64")]
        {
            let v3 = || pulp::x86::V3::try_new().map(Arch::V3);
            let v4 = || pulp::x86::V4::try_new().map(Arch::V4);
            match self {
                Self::Plain => Some(Arch::Scalar),
                Self::Neon | Self::NeonDot => None,
                Self::Avx2 => v3(),
                Self::AvxVnni => v3().filter(|_| is_x86_feature_detected!("avxvnni")),
                Self::Avx512 => v4(),
                Self::Avx512Vnni => v4().filter(|_| is_x86_feature_detected!("avx512vnni")),
                Self::Amx => v4().filter(|_| amx::permitted()),
            }
        }
        #[cfg(target_arch = "aarch64")]
        {
            let neon = || Some(Arch::new()).filter(|arch| matches!(arch, Arch::Neon(_)));
            match self {
                Self::Plain => Some(Arch::Scalar),
                Self::Neon => neon(),
                Self::NeonDot => neon().filter(|_| std::arch::is_aarch64_feature_detected!("dotprod")),
                _ => None,
            }
        }
        #[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
        {
            (self == Self::Plain).then_some(Arch::Scalar)
        }
    }
}

impl Instructions {
    /// Names of all sets that there is a kernel for, on whatever machine.
    pub fn names() -> impl Iterator<Item = &'static str> {
        InstructionSet::ALL.into_iter().map(InstructionSet::name)
    }

    /// The set of that name, if there is one and this machine has it.
    pub fn named(name: &str) -> Option<Self> {
        Self::available().into_iter().find(|instructions| instructions.name() == name)
    }

    /// The set that is used where no other is named: the one that the program was told to use, or else the fastest that this
    /// machine has.
    pub fn chosen() -> Self {
        *CHOSEN.get_or_init(Self::fastest)
    }

    /// Makes this the set that is used where no other is named, for the rest of the program. False when another one is in use
    /// already. Results have the same bits on any set, so this is for tests of just that, and for measuring.
    pub fn choose(self) -> bool {
        CHOSEN.get_or_init(|| self).set == self.set
    }

    /// The fastest set that this machine has.
    fn fastest() -> Self {
        Self::available().pop().unwrap_or(Self::plain())
    }

    /// No vector instructions: the definition that the others are held against, and slow.
    pub fn plain() -> Self {
        Self { set: InstructionSet::Plain, floats: Arch::Scalar }
    }

    /// Every set that this machine has, the plain one first and the fastest last.
    pub fn available() -> Vec<Self> {
        let with_floats = |set: InstructionSet| set.floats().map(|floats| Self { set, floats });
        InstructionSet::ALL.into_iter().filter_map(with_floats).collect()
    }

    /// The name that people know it by.
    pub fn name(self) -> &'static str {
        self.set.name()
    }

    /// The set, which this machine has.
    pub fn set(self) -> InstructionSet {
        self.set
    }

    /// Runs a kernel of float steps, or a loop that the compiler makes vectors of, with these instructions.
    pub fn run<Kernel: WithSimd>(self, kernel: Kernel) -> Kernel::Output {
        self.floats.dispatch(kernel)
    }
}
