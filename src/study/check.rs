//! From the study file as written to a study that can be run.

mod files;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::{Path, PathBuf};

use toml::Spanned;
use transcripts::pseudonym::{Mapping, MappingError, Mask, NamesToReplace, Pseudonyms, read_mapping};
use transcripts::{Problem, QuestionForm, ReadPlan, Severity, SourceFile};

use super::error::{StudyError, nearest};
use super::file::{CompareSection, CorpusSection, CountAsWritten, EmbedSection, SameAsWritten, StudyFile};
use super::mistakes;
use super::review_folder::{NOTES, codes_file};
use crate::cluster::{ClusterCount, ClusterPlan, MethodChoice};
use crate::compare::{ComparePlan, ContrastPlan};
use crate::embed::{EmbedPlan, Refusal, Setting, languages_of};
use crate::results::{Codebook, Seed};
use crate::segment::SegmentPlan;
use crate::table::Format;

/// More of these than any study needs; larger numbers are slips of the keyboard.
const MOST_WORDS: u32 = 10_000;
const MOST_CLUSTERS: i64 = 100_000;

/// Where results go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutputPlan {
    /// The output folder.
    pub directory: PathBuf,
    /// Formats of the tables; Parquet is always among them.
    pub formats: Vec<Format>,
}

/// A study that can be run: every setting is in range, every named file was there.
#[derive(Debug, Clone)]
pub struct Study {
    /// Title, for people.
    pub title: String,
    /// The language of all transcripts as a BCP-47 tag; none: found for each transcript.
    pub language: Option<String>,
    /// Every random stream derives from it.
    pub seed: u64,
    /// What is read.
    pub read: ReadPlan,
    /// How transcripts are cut.
    pub segment: SegmentPlan,
    /// How segments become vectors.
    pub embed: EmbedPlan,
    /// How vectors are clustered.
    pub cluster: ClusterPlan,
    /// The researcher's seed themes; may be empty.
    pub codebook: Codebook,
    /// Whether themes that nobody named are looked for.
    pub emergent: bool,
    /// What is compared.
    pub compare: ComparePlan,
    /// A file of people's codes that the study names; see [`Self::codes`].
    pub review: Option<PathBuf>,
    /// Where results go.
    pub output: OutputPlan,
    /// The study file itself.
    pub file: PathBuf,
}

impl Study {
    /// Reads a study file and the codebook that it names.
    ///
    /// The problems are things that do not stop the run, such as a pattern that matches no file.
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
        let written: StudyFile =
            toml::from_str(&text).map_err(|error| StudyError::from_toml(path, &text, &error))?;
        Check { path, text: &text, problems: Vec::new() }.study(written)
    }

    /// The file of people's codes: the one that the study names; otherwise the one that `emic review import` left in the output
    /// folder, if it did.
    pub fn codes(&self) -> Option<PathBuf> {
        let imported = || Some(codes_file(&self.output.directory)).filter(|path| path.is_file());
        self.review.clone().or_else(imported)
    }

    /// The file of what coders wrote besides, if there is one beside that of their codes.
    pub fn notes(&self) -> Option<PathBuf> {
        self.codes().map(|codes| codes.with_file_name(NOTES)).filter(|path| path.is_file())
    }
}

/// Looks at one study file; knows where to point when something is wrong.
struct Check<'a> {
    path: &'a Path,
    text: &'a str,
    problems: Vec<Problem>,
}

impl Check<'_> {
    fn study(mut self, written: StudyFile) -> Result<(Study, Vec<Problem>), StudyError> {
        let mut files = self.transcripts(&written.corpus.transcripts)?;
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
        let codebook = match &written.themes.codebook {
            Some(name) => {
                let file = self.file(name)?;
                let (codebook, problems) = Codebook::load(&file.path)?;
                let named =
                    problems.into_iter().map(|problem| Problem { source: file.name.clone(), ..problem });
                self.problems.extend(named);
                codebook
            }
            None => Codebook::default(),
        };
        if codebook.seeds.is_empty() && !written.themes.emergent {
            return Err(StudyError::about(
                self.path,
                "there is nothing to look for: no codebook, and `emergent` is false",
                "name a codebook under [themes], or set `emergent = true`",
            ));
        }
        let study = Study {
            title: pseudonyms.text(&written.study.title),
            language: written.study.language.map(|tag| self.language(tag)).transpose()?.flatten(),
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
            segment,
            embed: self.embed(written.embed)?,
            cluster: self.cluster(&written.cluster.method, written.cluster.clusters.as_ref())?,
            codebook,
            emergent: written.themes.emergent,
            compare,
            review: written
                .review
                .codes
                .as_ref()
                .map(|name| self.file(name))
                .transpose()?
                .map(|file| file.path),
            output: OutputPlan {
                directory: self.folder().join(written.output.directory),
                formats: self.formats(&written.output.formats)?,
            },
            file: self.path.to_owned(),
        };
        if study.codebook.seeds.iter().any(|seed| holds_a_name(seed, &study.read.pseudonyms)) {
            self.problems.push(
                Problem::new(
                    Severity::Warning,
                    shown(self.path),
                    "the codebook holds a listed name; results show it as the codebook does",
                )
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

    fn groups(&self, groups: &[Spanned<String>]) -> Result<Vec<String>, StudyError> {
        let mut seen = Vec::new();
        for group in groups {
            if seen.contains(group.get_ref()) {
                return Err(self.error(
                    group,
                    format!("`{}` stands twice under `groups`", group.get_ref()),
                    "",
                ));
            }
            seen.push(group.get_ref().clone());
        }
        Ok(seen)
    }

    fn tiers(&self, tiers: &[Spanned<String>]) -> Result<Vec<String>, StudyError> {
        if let Some(tier) = tiers.iter().find(|tier| tier.get_ref().trim().is_empty()) {
            return Err(self.error(
                tier,
                "a name under `tiers` is empty",
                "name tiers as the file does, for example \"A@tx\", or \"*@tx\" for all that end so; or leave the line out",
            ));
        }
        Ok(tiers.iter().map(|tier| tier.get_ref().trim().to_owned()).collect())
    }

    fn split(&self, patterns: &[Spanned<String>]) -> Result<Vec<String>, StudyError> {
        let is_odd = |pattern: &&Spanned<String>| {
            let text = pattern.get_ref().trim();
            text.is_empty() || text == "*" || text.matches('*').count() > 1
        };
        if let Some(pattern) = patterns.iter().find(is_odd) {
            return Err(self.error(
                pattern,
                format!("`{}` is no heading", pattern.get_ref()),
                "write the heading as it stands in the file, with one `*` for what changes, for example \"Interview *\"",
            ));
        }
        Ok(patterns.iter().map(|pattern| pattern.get_ref().trim().to_owned()).collect())
    }

    /// Transcripts that are one interview: two or more in each list, none in two lists.
    fn same(&self, written: Option<&Spanned<SameAsWritten>>) -> Result<Vec<Vec<String>>, StudyError> {
        const FORM: &str = "list the names of one interview together, the one to keep first: same = [[\"P05\", \"P05 (1)\"]]";
        let Some(written) = written else { return Ok(Vec::new()) };
        let lists = match written.get_ref() {
            SameAsWritten::Several(lists) => lists.clone(),
            SameAsWritten::One(names) => vec![names.clone()],
        };
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        for list in &lists {
            let names: BTreeSet<&str> = list.iter().map(|name| name.trim()).collect();
            if names.len() < 2 || names.contains("") {
                return Err(self.error(written, "a list under `same` needs two names or more", FORM));
            }
            if let Some(name) = names.iter().find(|name| seen.contains(*name)) {
                return Err(self.error(written, format!("`{name}` stands in two lists under `same`"), FORM));
            }
            seen.extend(names);
        }
        let trimmed = |list: &Vec<String>| list.iter().map(|name| name.trim().to_owned()).collect();
        Ok(lists.iter().map(trimmed).collect())
    }

    /// How questions are shown where nobody is named.
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

    /// The labels of each person: none empty, none listed twice.
    fn speakers(
        &self,
        written: BTreeMap<String, Vec<String>>,
    ) -> Result<BTreeMap<String, Vec<String>>, StudyError> {
        const FORM: &str = "write \"Anna\" = [\"ANNA K.\", \"P03: Speaker 2\"] under [corpus.speakers]";
        let mut of: BTreeMap<String, &str> = BTreeMap::new();
        for (person, labels) in &written {
            if person.trim().is_empty() || labels.iter().any(|label| label.trim().is_empty()) {
                return Err(StudyError::about(self.path, "a name or a label of a speaker is empty", FORM));
            }
            for label in labels {
                if let Some(other) = of.insert(label.trim().to_lowercase(), person)
                    && other != person
                {
                    let message = format!("the label `{label}` is listed for `{other}` and for `{person}`");
                    return Err(StudyError::about(self.path, message, FORM));
                }
            }
        }
        Ok(written)
    }

    fn compare(&self, written: &CompareSection, groups: &[String]) -> Result<ComparePlan, StudyError> {
        let name = |key: &str, value: &Option<Spanned<String>>| match value {
            Some(name) if name.get_ref().trim().is_empty() => Err(self.error(
                name,
                format!("`{key}` names no attribute"),
                "name a column of the participants file, or leave the line out",
            )),
            Some(name) => Ok(Some(name.get_ref().clone())),
            None => Ok(None),
        };
        let within = name("within", &written.within)?;
        if let (Some(value), [group]) = (&written.within, groups)
            && value.get_ref() == group
        {
            return Err(self.error(
                value,
                format!("groups of `{group}` cannot be compared within `{group}`"),
                "name another attribute, for example one that might explain a difference",
            ));
        }
        Ok(ComparePlan {
            contrasts: ContrastPlan { attributes: groups.to_vec(), within },
            time: name("time", &written.time)?,
        })
    }

    fn words(&self, key: &str, value: &Spanned<u32>, least: u32) -> Result<u32, StudyError> {
        let words = *value.get_ref();
        if (least..=MOST_WORDS).contains(&words) {
            return Ok(words);
        }
        Err(self.error(
            value,
            format!("`{key} = {words}` is out of range"),
            format!("{least} to {MOST_WORDS} words"),
        ))
    }

    fn language(&self, tag: Spanned<String>) -> Result<Option<String>, StudyError> {
        let plausible = |tag: &str| {
            let primary = tag.split('-').next().unwrap_or_default();
            (2..=3).contains(&primary.len())
                && tag.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '-')
        };
        match tag.get_ref().as_str() {
            "auto" => Ok(None),
            written if plausible(written) => Ok(Some(tag.into_inner())),
            written => Err(self.error(
                &tag,
                format!("`{written}` is not a language tag"),
                "write \"auto\" or a tag such as \"en\", \"he\" or \"pt-BR\"",
            )),
        }
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
        let count = match count {
            None => ClusterCount::Auto,
            Some(written) => match written.get_ref() {
                CountAsWritten::Word(word) if word == "auto" => ClusterCount::Auto,
                CountAsWritten::Number(number) if (1..=MOST_CLUSTERS).contains(number) => {
                    ClusterCount::Exactly(*number as usize)
                }
                CountAsWritten::Word(_) | CountAsWritten::Number(_) => {
                    return Err(self.error(
                        written,
                        "`clusters` is out of range",
                        format!("\"auto\", or a whole number from 1 to {MOST_CLUSTERS}"),
                    ));
                }
            },
        };
        Ok(ClusterPlan { method: choice, count, ..ClusterPlan::default() })
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
