//! What a run would compute again and why, without running it.
//!
//! Passages, vectors and clusters are cached under digests of their inputs, so what is not cached would be computed. Labels,
//! comparisons, tables and the page are made by every run; changes since the last one tell whether they will differ.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use sentence_encoder::{Purpose, SentenceEncoder};
use transcripts::text::counted;
use transcripts::{Reading, Transcript};

use super::codebook_files::run_before;
use super::inputs::{file_digest, read_by};
use super::parameters::settings;
use super::write::MANIFEST;
use super::{CUTS, PipelineError, go_on, read_study};
use crate::embed::{CACHE_FOLDER, count_missing};
use crate::record::{FileDigest, Manifest};
use crate::results::Progress;
use crate::segment::{self, SegmentationCache};
use crate::storage::StageCache;
use crate::study::Study;
use crate::theme::SeedTexts;

/// Maximum names that are listed before "and so on".
const NAMES: usize = 3;

/// What a run of the study would do, a line a stage.
///
/// Reads transcripts, as a run does first. Embeds nothing and writes no results.
///
/// # Errors
/// [`PipelineError::NothingRead`], and [`PipelineError::NoOutputFolder`]: without a cache, a run computes everything.
pub fn explain(
    study: &Study,
    encoder: &dyn SentenceEncoder,
    progress: &dyn Progress,
) -> Result<String, PipelineError> {
    let Reading { corpus, problems, .. } = read_study(study, progress);
    go_on(progress)?;
    if corpus.transcripts.is_empty() {
        return Err(PipelineError::NothingRead { problems });
    }
    let out = &study.output_plan()?.directory;
    let before = run_before(&out.join(MANIFEST));
    let changes = Changes::since(before.as_ref(), study, encoder);

    let languages = segment::languages(&corpus, study.language.as_deref());
    let mut cuts = StageCache::read_only(&out.join(CACHE_FOLDER), CUTS);
    let digests = segment::cut_digests(&corpus, &languages, study.segment, encoder.fingerprint());
    let is_kept: Vec<bool> = digests.iter().map(|digest| cuts.get(digest).is_some()).collect();
    let new: Vec<&Transcript> =
        corpus.transcripts.iter().zip(&is_kept).filter(|(_, kept)| !**kept).map(|(one, _)| one).collect();
    // Passages are cut here where they are cached; those of other transcripts are unknown.
    let mut known = corpus.clone();
    let mut kept = is_kept.iter();
    known.transcripts.retain(|_| kept.next() == Some(&true));
    let mut tags = languages.iter().zip(&is_kept).filter(|(_, kept)| **kept).map(|(tag, _)| tag.clone());
    let tags: Vec<String> = tags.by_ref().collect();
    let of_known = SegmentationCache { kept: &mut cuts, model: encoder.fingerprint() };
    let passages =
        segment::passages(&known, &tags, study.segment, encoder, of_known, &crate::results::NoProgress);
    let normal = segment::normal_texts(&passages);
    let texts: Vec<&str> = normal.iter().map(AsRef::as_ref).collect();
    let seed_texts = SeedTexts::of(&study.codebook);
    let missing = count_missing(encoder, out, &texts, Purpose::Passage);
    let missing_seeds = count_missing(encoder, out, &seed_texts.as_strs(), Purpose::Query);

    let all = corpus.transcripts.len();
    let cutting = if new.is_empty() {
        "nothing: all interviews are cut".to_owned()
    } else {
        let all = counted(all, "interview", "interviews");
        format!("{} of {all} (new, changed, or to be cut otherwise): {}", new.len(), listed(&new))
    };
    let embedding = match (missing, new.len()) {
        (0, 0) => "no passage".to_owned(),
        (missing, 0) => counted(missing, "passage", "passages"),
        (0, cut) => format!("the passages of {}", counted(cut, "interview", "interviews")),
        (missing, cut) => {
            format!(
                "{}, and those of {}",
                counted(missing, "passage", "passages"),
                counted(cut, "interview", "interviews")
            )
        }
    };
    let clusters = changes.of_clusters(!new.is_empty() || missing > 0);
    let rest = changes.describe();
    Ok(format!(
        "Reading     {}, as always: so it is seen what has changed\n\
         Cutting     {cutting}\n\
         Embedding   {embedding}; {}\n\
         Clusters    {clusters}\n\
         The rest    labels, comparisons, tables and the page, as always; {rest}\n",
        counted(study.read.files.len(), "file", "files"),
        counted(missing_seeds, "text of the codebook", "texts of the codebook"),
    ))
}

/// The changes since the last run, in words.
struct Changes {
    /// None where there is no last run.
    since: Option<Vec<String>>,
    /// Whether a setting that clusters depend on has changed.
    of_clusters: Vec<String>,
}

impl Changes {
    fn since(before: Option<&Manifest>, study: &Study, encoder: &dyn SentenceEncoder) -> Self {
        let Some(before) = before else { return Self { since: None, of_clusters: Vec::new() } };
        let mut changed = Vec::new();
        let mut of_clusters = Vec::new();
        let now = settings(study);
        let keys: BTreeSet<&String> = now.keys().chain(before.settings.keys()).collect();
        for key in keys.into_iter().filter(|key| now.get(*key) != before.settings.get(*key)) {
            let setting = format!("`{key}`");
            if ["cluster.", "segment.", "embed."].iter().any(|stage| key.starts_with(stage))
                || key == "study.seed"
            {
                of_clusters.push(setting.clone());
            }
            changed.push(setting);
        }
        let mut note = |differs: bool, what: &str, matters: bool| {
            if differs {
                changed.push(what.to_owned());
                if matters {
                    of_clusters.push(what.to_owned());
                }
            }
        };
        let codebook = study.codebook.file.as_deref().and_then(|path| file_digest(study, path).ok());
        note(codebook != before.study.codebook, "the codebook", false);
        note(encoder.fingerprint() != before.model.fingerprint, "the model", true);
        note(before.program.version != env!("CARGO_PKG_VERSION"), "the version of Emic", false);
        changed.extend(files_changed(before, study));
        Self { since: Some(changed), of_clusters }
    }

    fn of_clusters(&self, passages_changed: bool) -> String {
        match &self.since {
            None => "found anew: there is no last run".to_owned(),
            Some(_) if !self.of_clusters.is_empty() => {
                format!("found anew: {} changed", self.of_clusters.join(", "))
            }
            Some(_) if passages_changed => "found anew: there are other passages".to_owned(),
            Some(_) => "as kept, unless an interview was taken out".to_owned(),
        }
    }

    fn describe(&self) -> String {
        match &self.since {
            None => "there is no last run".to_owned(),
            Some(changed) if changed.is_empty() => "nothing has changed, so they will be the same".to_owned(),
            Some(changed) => format!("changed since the last run: {}", changed.join(", ")),
        }
    }
}

/// The files that were added, changed or removed since a run, by their names in problems.
fn files_changed(before: &Manifest, study: &Study) -> Vec<String> {
    let sources = study.read.files.iter().chain(&study.read.participants);
    let names: BTreeMap<&Path, &str> =
        sources.filter_map(|source| Some((source.path()?, source.name.as_str()))).collect();
    let now: Vec<(String, FileDigest)> = read_by(study)
        .filter_map(|path| {
            let digest = file_digest(study, &path).ok()?;
            let name = names.get(path.as_path()).map(|name| study.read.pseudonyms.path(name));
            Some((name.unwrap_or_else(|| digest.path.clone()), digest))
        })
        .collect();
    // Files outside the study's folder are recorded by name without a path, which several may share.
    let mut then: BTreeMap<&FileDigest, usize> = BTreeMap::new();
    for file in &before.inputs {
        *then.entry(file).or_default() += 1;
    }
    let mut changed = Vec::new();
    for (name, file) in &now {
        match then.get_mut(file).filter(|count| **count > 0) {
            Some(count) => *count -= 1,
            None => changed.push((name, file)),
        }
    }
    let mut by_path: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, file) in &changed {
        *by_path.entry(&file.path).or_default() += 1;
    }
    let mut gone = Vec::new();
    for (file, count) in then {
        for _ in 0..count {
            match by_path.get_mut(file.path.as_str()).filter(|changed| **changed > 0) {
                // The file exists and has other contents.
                Some(changed) => *changed -= 1,
                None => gone.push(format!("{} (taken out)", file.path)),
            }
        }
    }
    let all: Vec<String> = changed.into_iter().map(|(name, _)| name.clone()).chain(gone).collect();
    if all.len() <= NAMES {
        return all;
    }
    let more = counted(all.len() - NAMES, "more file", "more files");
    all.into_iter().take(NAMES).chain([more]).collect()
}

fn listed(transcripts: &[&Transcript]) -> String {
    let names: Vec<&str> = transcripts.iter().take(NAMES).map(|transcript| transcript.id.as_str()).collect();
    if transcripts.len() > NAMES { format!("{}, …", names.join(", ")) } else { names.join(", ") }
}
