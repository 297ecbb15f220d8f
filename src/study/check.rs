//! Checks a study file and makes a study that can be run.

mod files;

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

use toml::Spanned;
use transcripts::pseudonym::{Mapping, MappingError, Mask, NamesToReplace, Pseudonyms, read_mapping};
use transcripts::{Problem, QuestionForm, ReadPlan, Severity, SourceFile, Transcript};

use super::builder::corpus;
use super::error::{StudyError, nearest};
use super::file::{
    CompareSection, CorpusSection, CountAsWritten, EmbedSection, EmergentAsWritten, SameAsWritten, StudyFile,
};
use super::mistakes;
use super::plan::{OutputPlan, Study};
use super::ranges::{self, OutOfRange};
use crate::cluster::{ClusterCount, ClusterPlan, MethodChoice};
use crate::compare::{ComparePlan, ContrastPlan, QuestionPlan};
use crate::embed::{EmbedPlan, Refusal, Setting, languages_of, model_called};
use crate::results::{Codebook, EmergentThemes, Seed};
use crate::segment::SegmentPlan;
use crate::table::Format;

impl Study {
    /// Reads a study file and the codebook that it names.
    ///
    /// The problems do not stop the run, such as a pattern that matches no file.
    ///
    /// # Errors
    /// [`StudyError`] with file, line and hint: the file or the codebook cannot be read, a key is unknown, a value is
    /// out of range, a named file is missing, or no pattern matches any file.
    pub fn load(path: &Path) -> Result<(Self, Vec<Problem>), StudyError> {
        if let Some((message, hint)) = mistakes::advice_on_study_path(path) {
            return Err(StudyError::about(path, message, hint));
        }
        let text = std::fs::read_to_string(path).map_err(|error| {
            if error.kind() == std::io::ErrorKind::InvalidData {
                let hint = "save it as plain text in UTF-8; a word processor's document is no study file";
                return StudyError::about(path, "the study file is not UTF-8 text".to_owned(), hint);
            }
            StudyError::about(
                path,
                format!("the study file cannot be read: {error}"),
                "name the study file, for example `emic run study.toml`; `emic init FOLDER` makes one",
            )
        })?;
        checked(path, &text, InMemory::default())
    }

    /// A study from the text of a study file that a program wrote, with what it has in memory beside it. Paths are relative to `folder`.
    ///
    /// Transcripts in memory stand in for `transcripts`, which is then not read and may be an empty list, and a codebook in memory for
    /// `codebook`. There is no study file, so [`Study::file`] is none, and errors name no line.
    ///
    /// # Errors
    /// [`StudyError`] as [`Study::load`], and for what [`StudyBuilder`](super::StudyBuilder) refuses of transcripts in memory.
    ///
    /// ```
    /// use emic::results::Seed;
    /// use emic::study::{InMemory, Study};
    /// use transcripts::{Role, Transcript, Turn};
    ///
    /// let said = Turn::new(Role::Participant, "P01", "I have sixty families and one morning a week.");
    /// let given = InMemory {
    ///     transcripts: vec![Transcript::new("P01", [said])],
    ///     codebook: Some(vec![Seed::new("workload", "")].into()),
    /// };
    /// let (study, problems) = Study::from_text("[corpus]\ntranscripts = []", "".as_ref(), given)?;
    /// assert!(study.file.is_none() && problems.is_empty());
    /// # Ok::<(), emic::study::StudyError>(())
    /// ```
    pub fn from_text(text: &str, folder: &Path, given: InMemory) -> Result<(Self, Vec<Problem>), StudyError> {
        let nameless = |error| StudyError { file: String::new(), line: None, ..error };
        // The name is never shown; only its folder counts.
        let (study, problems) = checked(&folder.join("study"), text, given).map_err(nameless)?;
        Ok((Self { file: None, ..study }, problems))
    }
}

/// What a program has in memory instead of files that a study names.
#[derive(Debug, Clone, Default)]
pub struct InMemory {
    /// Transcripts, used unchanged: roles are not detected, and names are not replaced. None: those of the files.
    pub transcripts: Vec<Transcript>,
    /// The codebook; none: that of the file.
    pub codebook: Option<Codebook>,
}

fn checked(path: &Path, text: &str, given: InMemory) -> Result<(Study, Vec<Problem>), StudyError> {
    let written: StudyFile =
        toml::from_str(text).map_err(|error| StudyError::from_toml(path, text, &error))?;
    Check { path, text, problems: Vec::new() }.study(written, given)
}

/// Checks one study file and reports errors with their line.
struct Check<'a> {
    path: &'a Path,
    text: &'a str,
    problems: Vec<Problem>,
}

impl Check<'_> {
    fn study(mut self, written: StudyFile, given: InMemory) -> Result<(Study, Vec<Problem>), StudyError> {
        let mut files = if given.transcripts.is_empty() {
            self.transcripts(&written.corpus.transcripts)?
        } else {
            Vec::new()
        };
        let pseudonyms = self.pseudonyms(&written.corpus, &mut files)?;
        let participants = written.corpus.participants.as_ref().map(|name| self.file(name)).transpose()?;
        let groups = self.groups(&written.corpus.groups)?;
        let tiers = self.tiers(&written.corpus.tiers)?;
        let compare = self.compare(&written.compare, &groups)?;
        let segment = SegmentPlan {
            unit: written.segment.unit,
            min_words: self.words("min_words", &written.segment.min_words, 0)?,
            window_words: self.words("window_words", &written.segment.window_words, 1)?,
        };
        let codebook = match (given.codebook, &written.themes.codebook) {
            (Some(codebook), _) => codebook.checked()?,
            (None, Some(name)) => {
                let file = self.file(name)?;
                let (codebook, problems) = Codebook::load(&file.path)?;
                let named =
                    problems.into_iter().map(|problem| Problem { source: file.name.clone(), ..problem });
                self.problems.extend(named);
                codebook
            }
            (None, None) => Codebook::default(),
        };
        let emergent = self.emergent(written.themes.emergent.as_ref())?;
        ranges::themes(&codebook, emergent).map_err(|error| self.about(error))?;
        let corpus =
            if given.transcripts.is_empty() { None } else { Some(corpus(given.transcripts, &compare)?) };
        let study = Study {
            title: pseudonyms.text(&written.study.title),
            language: written.study.language.map(|tag| self.language(&tag)).transpose()?.flatten(),
            seed: written.study.seed,
            read: ReadPlan {
                files,
                participants: participants.map(Into::into),
                interviewers: written.corpus.interviewers,
                groups,
                tiers,
                split: self.split(&written.corpus.split)?,
                questions: written.corpus.questions.map(|form| self.questions(&form)).transpose()?,
                speakers: self.speakers(written.corpus.speakers)?,
                same: self.same(written.corpus.same.as_ref())?,
                pseudonyms,
            },
            corpus,
            segment,
            embed: self.embed(written.embed)?,
            cluster: self.cluster(&written.cluster.method, written.cluster.clusters.as_ref())?,
            codebook,
            emergent,
            compare,
            review: written
                .review
                .codes
                .as_ref()
                .map(|name| self.file(name))
                .transpose()?
                .map(|file| file.path),
            output: Some(OutputPlan {
                directory: self.folder().join(written.output.directory),
                formats: self.formats(&written.output.formats)?,
            }),
            file: Some(self.path.to_owned()),
        };
        if study.codebook.seeds.iter().any(|seed| holds_a_name(seed, &study.read.pseudonyms)) {
            self.problems.push(
                Problem::new(
                    Severity::Warning,
                    shown(self.path),
                    "the codebook holds a listed name; results show it as the codebook does",
                )
                .with_code(transcripts::codes::PLAN_UNMATCHED)
                .with_hint("write the pseudonym in the codebook"),
            );
        }
        let hidden =
            self.problems.into_iter().map(|problem| study.read.pseudonyms.problem(problem)).collect();
        Ok((study, hidden))
    }

    /// The names to replace. The table of names is not read as a transcript, even where a pattern matches it.
    fn pseudonyms(
        &mut self,
        written: &CorpusSection,
        files: &mut Vec<SourceFile>,
    ) -> Result<Pseudonyms, StudyError> {
        let mut masks = Vec::new();
        for word in &written.mask {
            let mask = Mask::named(word.get_ref()).ok_or_else(|| {
                let known = Mask::ALL.map(Mask::as_str);
                let message = format!("`{}` cannot be masked", word.get_ref());
                self.error(word, message, guess_or_list(word.get_ref(), &known))
            })?;
            if !masks.contains(&mask) {
                masks.push(mask);
            }
        }
        let Some(name) = &written.pseudonyms else {
            return Ok(Pseudonyms::new(NamesToReplace::default(), masks));
        };
        let file = self.file(name)?;
        let same = |path: &Path| match (path.canonicalize(), file.path.canonicalize()) {
            (Ok(one), Ok(other)) => one == other,
            _ => false,
        };
        files.retain(|other| !other.path().is_some_and(same));
        let Mapping { names, problems } =
            read_mapping(&file.path, &file.name).map_err(|MappingError { row, message, hint }| {
                let line = row.and_then(|row| usize::try_from(row).ok());
                StudyError { line, ..StudyError::about(&file.path, message, hint) }
            })?;
        self.problems.extend(problems);
        Ok(Pseudonyms::new(names, masks))
    }

    fn folder(&self) -> &Path {
        self.path.parent().unwrap_or(Path::new(""))
    }

    fn error<T>(
        &self,
        value: &Spanned<T>,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) -> StudyError {
        let Range { start, .. } = value.span();
        StudyError::at(self.path, self.text, start, message, hint)
    }

    /// An error at a value of the file.
    fn at<T>(&self, value: &Spanned<T>, error: OutOfRange) -> StudyError {
        self.error(value, error.message, error.hint)
    }

    /// An error about the whole file.
    fn about(&self, error: OutOfRange) -> StudyError {
        StudyError::about(self.path, error.message, error.hint)
    }

    fn groups(&self, groups: &[Spanned<String>]) -> Result<Vec<String>, StudyError> {
        let mut checked = Vec::new();
        for group in groups {
            ranges::group(&checked, group.get_ref()).map_err(|error| self.at(group, error))?;
            checked.push(group.get_ref().clone());
        }
        Ok(checked)
    }

    fn tiers(&self, tiers: &[Spanned<String>]) -> Result<Vec<String>, StudyError> {
        let tier =
            |tier: &Spanned<String>| ranges::tier(tier.get_ref()).map_err(|error| self.at(tier, error));
        tiers.iter().map(tier).collect()
    }

    fn split(&self, patterns: &[Spanned<String>]) -> Result<Vec<String>, StudyError> {
        let heading = |pattern: &Spanned<String>| {
            ranges::heading(pattern.get_ref()).map_err(|error| self.at(pattern, error))
        };
        patterns.iter().map(heading).collect()
    }

    /// Lists of transcripts of the same interview.
    fn same(&self, written: Option<&Spanned<SameAsWritten>>) -> Result<Vec<Vec<String>>, StudyError> {
        let Some(written) = written else { return Ok(Vec::new()) };
        let lists = match written.get_ref() {
            SameAsWritten::Several(lists) => lists.clone(),
            SameAsWritten::One(names) => vec![names.clone()],
        };
        ranges::same(&lists).map_err(|error| self.at(written, error))
    }

    /// How questions are marked where nobody is named.
    fn questions(&self, written: &Spanned<String>) -> Result<QuestionForm, StudyError> {
        let form = QuestionForm::ALL.into_iter().find(|form| form.as_str() == written.get_ref().trim());
        form.ok_or_else(|| {
            self.error(
                written,
                format!("`{}` is no way in which questions are shown", written.get_ref()),
                "write questions = \"bold\", \"italic\", \"numbered\" or \"alternating\", as `emic check` offers it",
            )
        })
    }

    fn speakers(
        &self,
        written: BTreeMap<String, Vec<String>>,
    ) -> Result<BTreeMap<String, Vec<String>>, StudyError> {
        ranges::speakers(&written).map_err(|error| self.about(error))?;
        Ok(written)
    }

    fn compare(&self, written: &CompareSection, groups: &[String]) -> Result<ComparePlan, StudyError> {
        let name = |key: &str, value: &Option<Spanned<String>>| -> Result<Option<String>, StudyError> {
            let Some(name) = value else { return Ok(None) };
            ranges::attribute(key, name.get_ref()).map_err(|error| self.at(name, error))?;
            Ok(Some(name.get_ref().clone()))
        };
        let within = name("within", &written.within)?;
        if let Some(value) = &written.within {
            ranges::within(groups, value.get_ref()).map_err(|error| self.at(value, error))?;
        }
        Ok(ComparePlan {
            contrasts: ContrastPlan { attributes: groups.to_vec(), within },
            time: name("time", &written.time)?,
            question: match &written.question {
                Some(value) => {
                    ranges::question(value.get_ref()).map_err(|error| self.at(value, error))?.into()
                }
                None => QuestionPlan::default(),
            },
        })
    }

    fn words(&self, key: &str, value: &Spanned<u32>, least: u32) -> Result<u32, StudyError> {
        ranges::words(key, *value.get_ref(), least).map_err(|error| self.at(value, error))
    }

    fn language(&self, tag: &Spanned<String>) -> Result<Option<String>, StudyError> {
        ranges::language(tag.get_ref()).map_err(|error| self.at(tag, error))
    }

    fn embed(&self, written: EmbedSection) -> Result<EmbedPlan, StudyError> {
        let EmbedSection { model, engine, device, precision } = written;
        let known = device.get_ref().parse().map_err(|_| {
            self.error(
                &device,
                format!("unknown device `{}`", device.get_ref()),
                "\"cpu\", or \"cuda:0\" for the first graphics card",
            )
        })?;
        let usual = engine.get_ref().precisions()[0];
        let model = model_called(&model);
        let plan = EmbedPlan {
            languages: languages_of(&model),
            model,
            engine: *engine.get_ref(),
            device: known,
            precision: precision.as_ref().map_or(usual, |precision| *precision.get_ref()),
        };
        let Some(Refusal { setting, message, hint }) = plan.refusal() else { return Ok(plan) };
        Err(match (setting, &precision) {
            (Setting::Precision, Some(precision)) => self.error(precision, message, hint),
            (Setting::Device, _) => self.error(&device, message, hint),
            (Setting::Engine | Setting::Precision, _) => self.error(&engine, message, hint),
        })
    }

    fn cluster(
        &self,
        method: &Spanned<String>,
        count: Option<&Spanned<CountAsWritten>>,
    ) -> Result<ClusterPlan, StudyError> {
        let choice = method.get_ref().parse().map_err(|_| {
            let known = MethodChoice::ALL.map(MethodChoice::as_str);
            self.error(
                method,
                format!("unknown cluster method `{}`", method.get_ref()),
                guess_or_list(method.get_ref(), &known),
            )
        })?;
        let count = match count.map(|written| (written, written.get_ref())) {
            None => ClusterCount::Auto,
            Some((_, CountAsWritten::Word(word))) if word == "auto" => ClusterCount::Auto,
            Some((written, count)) => {
                // Other words are no number of clusters, and neither is 0.
                let number = if let CountAsWritten::Number(number) = count { *number } else { 0 };
                ranges::clusters(number).map_err(|error| self.at(written, error))?
            }
        };
        Ok(ClusterPlan { method: choice, count, ..ClusterPlan::default() })
    }

    fn emergent(&self, written: Option<&Spanned<EmergentAsWritten>>) -> Result<EmergentThemes, StudyError> {
        let Some(written) = written else { return Ok(EmergentThemes::Auto) };
        match *written.get_ref() {
            EmergentAsWritten::Wanted(wanted) => Ok(wanted.into()),
            EmergentAsWritten::Number(number) => {
                ranges::emergent(number).map_err(|error| self.at(written, error))
            }
        }
    }

    fn formats(&self, written: &[Spanned<String>]) -> Result<Vec<Format>, StudyError> {
        let mut formats = vec![Format::Parquet];
        for name in written {
            let format = Format::named(name.get_ref()).ok_or_else(|| {
                let known = Format::ALL.map(Format::as_str);
                self.error(
                    name,
                    format!("unknown table format `{}`", name.get_ref()),
                    guess_or_list(name.get_ref(), &known),
                )
            })?;
            if !formats.contains(&format) {
                formats.push(format);
            }
        }
        Ok(formats)
    }
}

fn holds_a_name(seed: &Seed, pseudonyms: &Pseudonyms) -> bool {
    let parts = [&seed.name, &seed.definition, &seed.include, &seed.exclude, &seed.parent];
    parts.into_iter().chain(&seed.examples).chain(&seed.keywords).any(|text| pseudonyms.names_in(text))
}

fn guess_or_list(written: &str, known: &[&str]) -> String {
    match nearest(written, known) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!("known here: {}", known.join(", ")),
    }
}

fn shown(path: &Path) -> String {
    let text = path.display().to_string();
    if text.is_empty() { ".".to_owned() } else { text }
}
