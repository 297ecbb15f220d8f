//! `emic init`: a new study folder.

use std::path::PathBuf;

use anyhow::{Context, bail};

use super::exit::Exit;
use crate::storage::private::make_folder_within;
use crate::study::scaffold;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The folder to make; what is already in it is never written over
    folder: PathBuf,
}

#[expect(clippy::print_stdout, reason = "the command line speaks here")]
pub(super) fn init(arguments: &Arguments) -> anyhow::Result<Exit> {
    let folder = &arguments.folder;
    let taken: Vec<&str> =
        scaffold().into_iter().map(|(name, _)| name).filter(|name| folder.join(name).exists()).collect();
    if !taken.is_empty() {
        bail!("{} already holds {}; nothing was written", folder.display(), taken.join(", "));
    }
    let transcripts = folder.join("transcripts");
    make_folder_within(folder, &transcripts)
        .with_context(|| format!("{} cannot be made", transcripts.display()))?;
    for (name, contents) in scaffold() {
        let path = folder.join(name);
        std::fs::write(&path, contents).with_context(|| format!("{} cannot be written", path.display()))?;
    }
    println!("Made a study in {}.", folder.display());
    println!("  1. put your transcripts into {}", transcripts.display());
    println!("  2. write your themes into {}", folder.join("codebook.toml").display());
    println!("  3. emic check {}", folder.join("study.toml").display());
    println!("  4. emic run {}", folder.join("study.toml").display());
    Ok(Exit::Done)
}
