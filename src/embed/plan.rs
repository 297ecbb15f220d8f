//! Settings of embedding: engine, device and arithmetic, and which of them can be combined.

use sentence_encoder::{Device, Precision};
use serde::Deserialize;

use super::languages_of;

/// What computes the vectors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Engine {
    /// The inference engine of this program.
    Native,
    /// rust-bert on libtorch, in a build with the feature `rust-bert`.
    RustBert,
}

impl Engine {
    /// Its name in the study file.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Native => "native",
            Self::RustBert => "rust-bert",
        }
    }

    /// Whether this build includes it.
    pub const fn is_here(self) -> bool {
        match self {
            Self::Native => true,
            Self::RustBert => cfg!(feature = "rust-bert"),
        }
    }

    /// Its arithmetics, the default first.
    pub const fn precisions(self) -> [Precision; 2] {
        match self {
            Self::Native => [Precision::Int8, Precision::F32],
            Self::RustBert => [Precision::F32, Precision::Bf16],
        }
    }
}

/// How segments become vectors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmbedPlan {
    /// Name of the model, as `emic models list` shows it, or a folder.
    pub model: String,
    /// The engine.
    pub engine: Engine,
    /// The device.
    pub device: Device,
    /// The arithmetic.
    pub precision: Precision,
    /// Languages that the model was trained on, as BCP-47 tags; empty when the registry of models does not know it.
    pub languages: Vec<String>,
}

impl Default for EmbedPlan {
    /// The default model on this program's own engine.
    fn default() -> Self {
        let model = "all-MiniLM-L6-v2".to_owned();
        let engine = Engine::Native;
        let languages = languages_of(&model);
        Self { model, engine, device: Device::Cpu, precision: engine.precisions()[0], languages }
    }
}

/// Why this build cannot carry out a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) setting: Setting,
    pub(crate) message: String,
    pub(crate) hint: String,
}

/// The setting that does not fit the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Setting {
    Engine,
    Device,
    Precision,
}

impl EmbedPlan {
    /// What is wrong with the plan: its engine is missing or does not have the arithmetic.
    pub(crate) fn refusal(&self) -> Option<Refusal> {
        let engine = self.engine.as_str();
        let [usual, other] = self.engine.precisions();
        let (setting, message, hint) = if !self.engine.is_here() {
            let hint =
                "build it with the feature `rust-bert` (CONTRIBUTING.md says how), or take the engine native";
            (Setting::Engine, format!("this program was built without the {engine} engine"), hint.to_owned())
        } else if self.engine == Engine::Native && self.device != Device::Cpu {
            let message = format!("the native engine does not compute on {}", self.device);
            (Setting::Device, message, "take the device cpu, or the engine rust-bert".to_owned())
        } else if self.precision != usual && self.precision != other {
            let message = format!("the {engine} engine does not compute in {}", self.precision.name());
            (Setting::Precision, message, format!("it computes in {} and {}", usual.name(), other.name()))
        } else {
            return None;
        };
        Some(Refusal { setting, message, hint })
    }
}

#[cfg(test)]
mod tests {
    use sentence_encoder::{Device, Precision};

    use super::{EmbedPlan, Engine};

    fn said(engine: Engine, device: Device, precision: Precision) -> String {
        let plan = EmbedPlan { model: String::new(), engine, device, precision, languages: Vec::new() };
        plan.refusal().map_or_else(String::new, |refusal| format!("{}; {}", refusal.message, refusal.hint))
    }

    #[test]
    fn what_an_engine_computes_is_not_refused() {
        for engine in [Engine::Native, Engine::RustBert].into_iter().filter(|engine| engine.is_here()) {
            for precision in engine.precisions() {
                assert_eq!(said(engine, Device::Cpu, precision), "");
            }
        }
    }

    #[test]
    fn the_native_engine_refuses_what_is_for_the_other() {
        insta::assert_snapshot!(
            said(Engine::Native, Device::Cuda(0), Precision::Int8),
            @"the native engine does not compute on cuda:0; take the device cpu, or the engine rust-bert"
        );
        insta::assert_snapshot!(
            said(Engine::Native, Device::Cpu, Precision::Bf16),
            @"the native engine does not compute in bf16; it computes in int8 and f32"
        );
    }
}
