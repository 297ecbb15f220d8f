//! `emic models`: lists, checks, adds and fetches models. Only this command and `demo` fetch anything.

use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, bail};
use sentence_encoder::Purpose;
use sentence_encoder::models::{FetchEvent, ModelEntry, ModelStore};
use transcripts::text::counted;

use super::exit::Exit;
use super::hints::described;
use super::locations::{model_store, model_target};
use crate::embed::{EmbedPlan, registry};
use crate::segment::language_name;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    action: Action,
    /// Folder of models [default: models/ here if there is one, otherwise your data folder]
    #[arg(long, value_name = "DIR", global = true)]
    models: Option<PathBuf>,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// List the models that are known and those that are here
    List {
        /// Measure how many texts a second each model that is here embeds on this machine
        #[arg(long)]
        speed: bool,
    },
    /// Fetch a model and check every file of it
    Fetch {
        /// Its name in the list
        name: String,
    },
    /// Add a sentence-transformers folder of your own
    Add {
        /// The name to give it
        name: String,
        /// The folder with config.json, tokenizer.json and model.safetensors
        folder: PathBuf,
    },
    /// Check the files of a model, or of every model that is here, against their sha256
    Verify {
        /// Its name; all models when left out
        name: Option<String>,
    },
}

pub(super) fn models(arguments: &Arguments) -> anyhow::Result<Exit> {
    let named = arguments.models.as_deref();
    match &arguments.action {
        Action::List { speed } => list(named, *speed),
        Action::Fetch { name } => {
            let registry = registry()?;
            let known =
                || registry.models().iter().map(|entry| entry.name.clone()).collect::<Vec<_>>().join(", ");
            let Some(entry) = registry.find(name) else {
                bail!(
                    "the model {name} is not known; known are {}. `emic models add` takes a folder of yours",
                    known()
                );
            };
            fetch(entry, named, false)?;
            Ok(Exit::Done)
        }
        Action::Add { name, folder } => add(name, folder, named),
        Action::Verify { name } => verify(name.as_deref(), named),
    }
}

/// Fetches a known model unless it is here.
pub(super) fn fetch_if_missing(name: &str, named: Option<&Path>, quiet: bool) -> anyhow::Result<()> {
    if model_store(named).find(name).is_some() {
        return Ok(());
    }
    let registry = registry()?;
    let entry = registry.find(name).with_context(|| format!("the model {name} is not known"))?;
    fetch(entry, named, quiet)
}

#[expect(clippy::print_stdout, reason = "the command line speaks here")]
fn fetch(entry: &ModelEntry, named: Option<&Path>, quiet: bool) -> anyhow::Result<()> {
    let print = |text: String| {
        if !quiet {
            println!("{text}");
        }
    };
    if let Some(folder) = model_store(named).find(&entry.name) {
        print(format!("{} is already in {}", entry.name, folder.display()));
        return Ok(());
    }
    let target = model_target(named);
    std::fs::create_dir_all(&target).with_context(|| format!("{} cannot be made", target.display()))?;
    let store = ModelStore { folders: vec![target] };
    let folder = store.fetch(entry, &mut |event| match event {
        FetchEvent::Trying { source, bytes } => {
            print(format!(
                "Fetching {} ({} MB, {}) from {source}",
                entry.name,
                bytes.div_ceil(1_000_000),
                entry.licence
            ));
        }
        FetchEvent::Unpacking => print("Writing its 4-bit weights as 32-bit numbers".to_owned()),
        FetchEvent::Checking { .. } => print("Checking the sha256 of every file".to_owned()),
        FetchEvent::Failed { source, reason } => print(format!("  {source} did not work: {reason}")),
    })?;
    print(format!("{} is in {}\n", entry.name, folder.display()));
    Ok(())
}

#[expect(clippy::print_stdout, reason = "the command line speaks here")]
fn list(named: Option<&Path>, with_speed: bool) -> anyhow::Result<Exit> {
    let store = model_store(named);
    let registry = registry()?;
    for entry in registry.models() {
        let names: Vec<&str> =
            registry.names().filter(|(_, model)| *model == entry.name).map(|(name, _)| name).collect();
        let called =
            if names.is_empty() { String::new() } else { format!(", or \"{}\"", names.join("\", \"")) };
        println!("{}{called}", entry.name);
        println!(
            "    {} numbers, {} MB, {}, {}",
            entry.dimension,
            entry.bytes() / 1_000_000,
            entry.licence,
            languages(&entry.languages)
        );
        match store.find(&entry.name) {
            Some(folder) => println!("    in {}{}", folder.display(), speed(&folder, with_speed)?),
            None => println!(
                "    not here; `emic models fetch {}` fetches {} MB",
                entry.name,
                entry.bytes() / 1_000_000
            ),
        }
    }
    for (name, folder) in store.installed() {
        if registry.find(&name).is_none() {
            println!("{name}\n    added by you, in {}{}", folder.display(), speed(&folder, with_speed)?);
        }
    }
    Ok(Exit::Done)
}

/// "English", or "93 languages, with Arabic, Chinese, …".
fn languages(tags: &[String]) -> String {
    /// Spoken by most people.
    const SHOWN: [&str; 6] = ["ar", "zh", "en", "hi", "ru", "es"];
    if tags.len() <= 3 {
        return tags.iter().map(|tag| language_name(tag)).collect::<Vec<_>>().join(", ");
    }
    let shown: Vec<String> = SHOWN
        .iter()
        .filter(|shown| tags.iter().any(|tag| tag == *shown))
        .map(|shown| language_name(shown))
        .collect();
    format!("{} languages, with {}", tags.len(), shown.join(", "))
}

/// Texts that are embedded to measure the speed, and the words of each: about what people say in a turn.
const MEASURED: usize = 512;
const MEASURED_WORDS: usize = 30;

/// How many texts a second the model embeds, as the end of a line; nothing if that is not wanted.
#[expect(clippy::disallowed_methods, reason = "the speed is measured for people to read and decides nothing")]
fn speed(folder: &Path, is_wanted: bool) -> anyhow::Result<String> {
    if !is_wanted {
        return Ok(String::new());
    }
    let encoder = super::engine::load(folder, &EmbedPlan::default())?;
    let words =
        ["we", "have", "sixty", "families", "and", "one", "morning", "for", "the", "community", "meeting"];
    let text = |number: usize| {
        let words =
            (0..MEASURED_WORDS).map(|word| words[(number * 7 + word * (1 + number % 5)) % words.len()]);
        words.collect::<Vec<_>>().join(" ")
    };
    let texts: Vec<String> = (0..MEASURED).map(text).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let begun = Instant::now();
    encoder.encode(&texts, Purpose::Passage, &())?;
    let per_second = MEASURED as f64 / begun.elapsed().as_secs_f64().max(1e-6);
    Ok(format!("; {per_second:.0} texts of {MEASURED_WORDS} words a second on this machine"))
}

#[expect(clippy::print_stdout, reason = "the command line speaks here")]
fn add(name: &str, folder: &Path, named: Option<&Path>) -> anyhow::Result<Exit> {
    let target = model_target(named);
    std::fs::create_dir_all(&target).with_context(|| format!("{} cannot be made", target.display()))?;
    let added = ModelStore { folders: vec![target] }.add(name, folder)?;
    println!("{name} is in {}; name it under [embed] in a study file: model = \"{name}\"", added.display());
    Ok(Exit::Done)
}

#[expect(clippy::print_stdout, reason = "the command line speaks here")]
fn verify(name: Option<&str>, named: Option<&Path>) -> anyhow::Result<Exit> {
    let store = model_store(named);
    let registry = registry()?;
    let names: Vec<String> = match name {
        Some(name) => vec![name.to_owned()],
        None => store.installed().into_iter().map(|(name, _)| name).collect(),
    };
    if names.is_empty() {
        println!("No model is here; `emic models fetch all-MiniLM-L6-v2` fetches the default one.");
    }
    let mut damaged = 0;
    for name in names {
        match store.verify(&name, registry.find(&name)) {
            Ok(files) => {
                println!(
                    "{name}: {}",
                    counted(files, "file is as it should be", "files are as they should be")
                );
            }
            Err(error) => {
                damaged += 1;
                println!("{name}: {}", described(&error.into()));
            }
        }
    }
    if damaged > 0 {
        bail!(
            "{damaged} of the models cannot be relied on; remove their folders and fetch or add them again"
        );
    }
    Ok(Exit::Done)
}
