//! The encoder of a plan, for either inference engine.

use std::path::Path;

use anyhow::bail;
use sentence_encoder::{NativeEncoder, SentenceEncoder};

use crate::embed::{EmbedPlan, Engine};

/// Refuses what this build does not compute, before a model is looked for.
pub(super) fn check(plan: &EmbedPlan, kernel: Option<&str>) -> anyhow::Result<()> {
    if let Some(refusal) = plan.refusal() {
        bail!("{}; {}", refusal.message, refusal.hint);
    }
    if plan.engine != Engine::Native && kernel.is_some() {
        bail!("--kernel is for the native engine; {} chooses for itself", plan.engine.as_str());
    }
    Ok(())
}

/// The encoder of the model in `folder`, for a plan that [`check`] lets through.
pub(super) fn load(folder: &Path, plan: &EmbedPlan) -> anyhow::Result<Box<dyn SentenceEncoder>> {
    match plan.engine {
        Engine::Native => Ok(Box::new(NativeEncoder::load(folder, plan.precision)?)),
        #[cfg(feature = "rust-bert")]
        Engine::RustBert => {
            Ok(Box::new(sentence_encoder::RustBertEncoder::load(folder, plan.device, plan.precision)?))
        }
        #[cfg(not(feature = "rust-bert"))]
        Engine::RustBert => bail!("this program was built without the rust-bert engine"),
    }
}
