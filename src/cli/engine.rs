//! Which inference engine computes the vectors, on what and how precisely.

use std::path::Path;

use anyhow::bail;

use crate::embed::{Device, NativeEncoder, SentenceEncoder};
use crate::study::{Engine, HOW_TO_BUILD, NOT_BUILT_IN, Study};

/// What is asked of the engine.
pub(super) struct Inference {
    engine: Engine,
    device: Device,
    /// `f32` or `bf16`.
    precision: String,
}

impl Inference {
    /// As a study asks for it.
    pub(super) fn of(study: &Study) -> Self {
        Self { engine: study.embed.engine, device: study.embed.device, precision: "f32".to_owned() }
    }

    /// As the command line asks for it, which knows the names of the engines.
    pub(super) fn named(engine: &str, device: Device, precision: &str) -> Self {
        let engine = if engine == Engine::RustBert.as_str() { Engine::RustBert } else { Engine::Native };
        Self { engine, device, precision: precision.to_owned() }
    }

    /// Refuses what the engine does not do, before a model is looked for.
    pub(super) fn check(&self) -> anyhow::Result<()> {
        match self.engine {
            engine if !engine.is_here() => bail!("{NOT_BUILT_IN}; {HOW_TO_BUILD}"),
            Engine::Native if self.device != Device::Cpu => {
                bail!("the native engine computes on the cpu; {} is for --engine rust-bert", self.device)
            }
            Engine::Native if self.precision == "bf16" => {
                bail!("the native engine does not compute in bf16; that is for --engine rust-bert")
            }
            Engine::RustBert if !["f32", "bf16"].contains(&self.precision.as_str()) => {
                bail!("the rust-bert engine does not compute in {}; it knows f32 and bf16", self.precision)
            }
            Engine::Native | Engine::RustBert => Ok(()),
        }
    }
}

/// The encoder of the model in `folder`, for what [`Inference::check`] lets through.
pub(super) fn load(folder: &Path, asked: &Inference) -> anyhow::Result<Box<dyn SentenceEncoder>> {
    match asked.engine {
        Engine::Native => Ok(Box::new(NativeEncoder::load(folder)?)),
        Engine::RustBert => rust_bert(folder, asked),
    }
}

#[cfg(feature = "rust-bert")]
fn rust_bert(folder: &Path, asked: &Inference) -> anyhow::Result<Box<dyn SentenceEncoder>> {
    use crate::embed::RustBertEncoder;
    use crate::embed::rust_bert::Precision;

    let precision = if asked.precision == "bf16" { Precision::Bf16 } else { Precision::F32 };
    Ok(Box::new(RustBertEncoder::load(folder, asked.device, precision)?))
}

#[cfg(not(feature = "rust-bert"))]
fn rust_bert(_: &Path, _: &Inference) -> anyhow::Result<Box<dyn SentenceEncoder>> {
    bail!("{NOT_BUILT_IN}")
}
