//! Which inference engine computes the vectors, on what and how precisely.

use std::path::Path;

use anyhow::bail;

use crate::embed::{Device, NativeEncoder, SentenceEncoder};
use crate::study::{Engine, Study};

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
}

/// The encoder of the model in `folder`.
pub(super) fn load(folder: &Path, asked: &Inference) -> anyhow::Result<Box<dyn SentenceEncoder>> {
    match asked.engine {
        Engine::Native => {
            if asked.device != Device::Cpu {
                bail!("the native engine computes on the cpu; {} is for --engine rust-bert", asked.device);
            }
            if asked.precision == "bf16" {
                bail!("the native engine does not compute in bf16; that is for --engine rust-bert");
            }
            Ok(Box::new(NativeEncoder::load(folder)?))
        }
        Engine::RustBert => rust_bert(folder, asked),
    }
}

#[cfg(feature = "rust-bert")]
fn rust_bert(folder: &Path, asked: &Inference) -> anyhow::Result<Box<dyn SentenceEncoder>> {
    use crate::embed::RustBertEncoder;
    use crate::embed::rust_bert::Precision;

    let precision = match asked.precision.as_str() {
        "f32" => Precision::F32,
        "bf16" => Precision::Bf16,
        other => bail!("the rust-bert engine does not compute in {other}; it knows f32 and bf16"),
    };
    Ok(Box::new(RustBertEncoder::load(folder, asked.device, precision)?))
}

#[cfg(not(feature = "rust-bert"))]
fn rust_bert(_: &Path, _: &Inference) -> anyhow::Result<Box<dyn SentenceEncoder>> {
    use crate::study::{HOW_TO_BUILD, NOT_BUILT_IN};

    bail!("{NOT_BUILT_IN}; {HOW_TO_BUILD}")
}
