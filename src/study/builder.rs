//! Builds a study in a program, without a study file, and without any file where transcripts are in memory.

use std::collections::BTreeSet;
use std::path::PathBuf;

use transcripts::{CharSpan, Corpus, ReadPlan, SourceFile, Transcript};

use super::error::StudyError;
use super::file::StudySection;
use super::plan::{OutputPlan, Study};
use super::ranges::{self, OutOfRange};
use crate::cluster::{ClusterCount, ClusterPlan};
use crate::compare::{ComparePlan, Question};
use crate::embed::EmbedPlan;
use crate::results::{Codebook, EmergentThemes};
use crate::segment::SegmentPlan;
use crate::table::Format;

/// Builds a [`Study`]. Defaults are those of a study file, but for the output folder: without [`output`](Self::output) nothing is
/// written or cached.
///
/// ```
/// use emic::results::Seed;
/// use emic::study::Study;
/// use transcripts::{Role, Transcript, Turn};
///
/// let turns = [
///     Turn::new(Role::Interviewer, "Interviewer", "What keeps you from working with the community?"),
///     Turn::new(Role::Participant, "P01", "I have sixty families and one morning a week."),
/// ];
/// let study = Study::builder()
///     .transcripts([Transcript::new("P01", turns).with_attribute("district", "north")])
///     .codebook([Seed::new("workload", "Too few hours and too many cases.")])
///     .groups(["district"])
///     .build()?;
/// assert_eq!(study.corpus.map(|corpus| corpus.attributes), Some(vec!["district".to_owned()]));
/// # Ok::<(), emic::study::StudyError>(())
/// ```
#[derive(Debug, Clone)]
#[must_use]
pub struct StudyBuilder {
    title: String,
    language: String,
    seed: u64,
    read: ReadPlan,
    transcripts: Vec<Transcript>,
    segment: SegmentPlan,
    embed: EmbedPlan,
    cluster: ClusterPlan,
    codebook: Codebook,
    emergent: EmergentThemes,
    compare: ComparePlan,
    output: Option<OutputPlan>,
}

impl Study {
    /// Starts a study without a study file.
    pub fn builder() -> StudyBuilder {
        StudyBuilder::default()
    }
}

impl Default for StudyBuilder {
    fn default() -> Self {
        let StudySection { title, seed, .. } = StudySection::default();
        Self {
            title,
            language: "auto".to_owned(),
            seed,
            read: ReadPlan::default(),
            transcripts: Vec::new(),
            segment: SegmentPlan::default(),
            embed: EmbedPlan::default(),
            cluster: ClusterPlan::default(),
            codebook: Codebook::default(),
            emergent: EmergentThemes::Auto,
            compare: ComparePlan::default(),
            output: None,
        }
    }
}

impl StudyBuilder {
    /// The title, for people.
    pub fn title(mut self, title: impl Into<String>) -> Self {
        self.title = title.into();
        self
    }

    /// The language of all transcripts as a BCP-47 tag; `auto`, the default, finds it for each transcript.
    pub fn language(mut self, tag: impl Into<String>) -> Self {
        self.language = tag.into();
        self
    }

    /// The number that every random stream derives from.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// Adds transcripts that are in memory. They are used unchanged: roles are not detected, and names are not replaced.
    pub fn transcripts(mut self, transcripts: impl IntoIterator<Item = Transcript>) -> Self {
        self.transcripts.extend(transcripts);
        self
    }

    /// Adds transcript files for the run to read.
    pub fn files(mut self, paths: impl IntoIterator<Item = impl Into<PathBuf>>) -> Self {
        let file = |path: PathBuf| SourceFile::at(path.display().to_string().replace('\\', "/"), path);
        self.read.files.extend(paths.into_iter().map(|path| file(path.into())));
        self
    }

    /// Adds a transcript file that is in memory; the extension of its name decides how it is read: `P01.txt`, `P02.vtt`, `P03.docx`.
    pub fn file_in_memory(mut self, name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        self.read.files.push(SourceFile::in_memory(name, bytes.into()));
        self
    }

    /// How files are read: everything of `plan` but its groups, which are those of [`groups`](Self::groups).
    pub fn read(mut self, plan: ReadPlan) -> Self {
        self.read = plan;
        self
    }

    /// The speakers who interview, by their names in the files.
    pub fn interviewers(mut self, names: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.read.interviewers = names.into_iter().map(Into::into).collect();
        self
    }

    /// How transcripts are cut.
    pub fn segment(mut self, plan: SegmentPlan) -> Self {
        self.segment = plan;
        self
    }

    /// Settings of the encoder for the run's record, and its languages. The encoder itself is an argument of the run.
    pub fn embed(mut self, plan: EmbedPlan) -> Self {
        self.embed = plan;
        self
    }

    /// How segments are clustered.
    pub fn cluster(mut self, plan: ClusterPlan) -> Self {
        self.cluster = plan;
        self
    }

    /// The researcher's themes: a [`Codebook`], or a list of [`Seed`](crate::results::Seed)s.
    pub fn codebook(mut self, codebook: impl Into<Codebook>) -> Self {
        self.codebook = codebook.into();
        self
    }

    /// Whether to find emergent themes, or how many; the default is yes, as many as the size of the study suggests.
    pub fn emergent(mut self, emergent: impl Into<EmergentThemes>) -> Self {
        self.emergent = emergent.into();
        self
    }

    /// The attributes to compare by.
    pub fn groups(mut self, attributes: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.compare.contrasts.attributes = attributes.into_iter().map(Into::into).collect();
        self
    }

    /// The attribute within whose values groups are also compared.
    pub fn within(mut self, attribute: impl Into<String>) -> Self {
        self.compare.contrasts.within = Some(attribute.into());
        self
    }

    /// What corrected shares and differences are about; by default shares are of these interviews, and differences of interviews like
    /// these.
    pub fn question(mut self, question: Question) -> Self {
        self.compare.question = question.into();
        self
    }

    /// The attribute with the date of an interview.
    pub fn time(mut self, attribute: impl Into<String>) -> Self {
        self.compare.time = Some(attribute.into());
        self
    }

    /// The output folder, also for the cache. Tables are written as Parquet, and in `formats` besides.
    pub fn output(mut self, directory: impl Into<PathBuf>, formats: &[Format]) -> Self {
        let mut all = vec![Format::Parquet];
        for format in formats {
            if !all.contains(format) {
                all.push(*format);
            }
        }
        self.output = Some(OutputPlan { directory: directory.into(), formats: all });
        self
    }

    /// The study, checked as a study file is.
    ///
    /// # Errors
    /// [`StudyError`] when a value is out of range, a theme has no name or the name of another, a file is missing, there are no
    /// transcripts, or there are both files and transcripts in memory.
    pub fn build(self) -> Result<Study, StudyError> {
        let Self { embed, cluster, .. } = self;
        let corpus = corpus_if_any(self.transcripts, &self.compare, &self.read)?;
        let read = checked_reading(self.read, &self.compare)?;
        ranges::words("min_words", self.segment.min_words, 0)?;
        ranges::words("window_words", self.segment.window_words, 1)?;
        if let ClusterCount::Exactly(clusters) = cluster.count {
            ranges::clusters(i64::try_from(clusters).unwrap_or(i64::MAX))?;
        }
        if let Some(refusal) = embed.refusal() {
            return Err(OutOfRange::new(refusal.message, refusal.hint).into());
        }
        let codebook = self.codebook.checked()?;
        ranges::themes(&codebook, self.emergent)?;
        Ok(Study {
            title: read.pseudonyms.text(&self.title),
            language: ranges::language(&self.language)?,
            seed: self.seed,
            read,
            corpus,
            segment: self.segment,
            embed,
            cluster,
            codebook,
            emergent: self.emergent,
            compare: self.compare,
            review: None,
            output: self.output,
            file: None,
        })
    }
}

/// The plan of reading with the groups of the study, checked.
fn checked_reading(read: ReadPlan, compare: &ComparePlan) -> Result<ReadPlan, StudyError> {
    let ComparePlan { contrasts, time, .. } = compare;
    let groups = contrasts.attributes.clone();
    for (index, group) in groups.iter().enumerate() {
        ranges::group(&groups[..index], group)?;
    }
    for (key, name) in [("within", &contrasts.within), ("time", time)] {
        name.as_ref().map(|name| ranges::attribute(key, name)).transpose()?;
    }
    contrasts.within.as_ref().map(|within| ranges::within(&groups, within)).transpose()?;
    let paths = read.files.iter().chain(&read.participants).filter_map(SourceFile::path);
    if let Some(missing) = paths.into_iter().find(|path| !path.is_file()) {
        return Err(StudyError::about(missing, "there is no such file", ""));
    }
    ranges::speakers(&read.speakers)?;
    Ok(ReadPlan {
        groups,
        tiers: read.tiers.iter().map(|tier| ranges::tier(tier)).collect::<Result<_, _>>()?,
        split: read.split.iter().map(|pattern| ranges::heading(pattern)).collect::<Result<_, _>>()?,
        same: ranges::same(&read.same)?,
        ..read
    })
}

/// One corpus of the transcripts in memory; none where there are files instead.
fn corpus_if_any(
    transcripts: Vec<Transcript>,
    compare: &ComparePlan,
    read: &ReadPlan,
) -> Result<Option<Corpus>, StudyError> {
    match (transcripts.is_empty(), read.files.is_empty()) {
        (true, true) => Err(OutOfRange::new("the study has no transcripts", "").into()),
        (true, false) => Ok(None),
        (false, true) => corpus(transcripts, compare).map(Some),
        (false, false) => {
            let hint = "read the files first, and hand over what was read";
            Err(OutOfRange::new("the study has both files and transcripts in memory", hint).into())
        }
    }
}

/// One corpus of transcripts in memory, each checked.
pub(super) fn corpus(mut transcripts: Vec<Transcript>, compare: &ComparePlan) -> Result<Corpus, StudyError> {
    transcripts.sort_by(|one, other| one.id.cmp(&other.id));
    if let Some(pair) = transcripts.windows(2).find(|pair| pair[0].id == pair[1].id) {
        return Err(OutOfRange::new(format!("two transcripts are called `{}`", pair[0].id), "").into());
    }
    for transcript in &transcripts {
        check_transcript(transcript)?;
    }
    let groups = &compare.contrasts.attributes;
    let others: BTreeSet<&String> =
        transcripts.iter().flat_map(|transcript| transcript.attributes.keys()).collect();
    let others = others.into_iter().filter(|name| !groups.contains(name));
    let attributes = groups.iter().chain(others).cloned().collect();
    Ok(Corpus { transcripts, attributes })
}

/// Refuses a transcript that no reader would make.
fn check_transcript(transcript: &Transcript) -> Result<(), OutOfRange> {
    let id = &transcript.id;
    if id.trim().is_empty() || id.chars().any(char::is_control) {
        return Err(OutOfRange::new(format!("{id:?} is no name of a transcript"), ""));
    }
    if transcript.turns.is_empty() {
        return Err(OutOfRange::new(format!("the transcript `{id}` has no turns"), ""));
    }
    let mut start = 0;
    for (number, turn) in (1..).zip(&transcript.turns) {
        let span = CharSpan { start, end: start + turn.text.chars().count() };
        if turn.span != span {
            let message = format!("turn {number} of `{id}` does not stand where its span says");
            return Err(OutOfRange::new(message, "make transcripts with `Transcript::new`, which counts"));
        }
        // A line break stands between turns.
        start = span.end + 1;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::Seed;
    use crate::segment::Unit;
    use transcripts::{Role, Turn};

    fn interview(id: &str) -> Transcript {
        Transcript::new(
            id,
            [Turn::new(Role::Participant, id, "I have sixty families."), Turn::new(Role::Other, "", "Hm.")],
        )
    }

    fn refused(builder: StudyBuilder) -> String {
        let error = builder.build().unwrap_err();
        if error.hint.is_empty() { error.to_string() } else { format!("{error} ({})", error.hint) }
    }

    #[test]
    fn transcripts_are_sorted_and_groups_come_first() {
        let study = Study::builder()
            .transcripts([
                interview("P02").with_attribute("age", "40"),
                interview("P01").with_attribute("team", "north"),
            ])
            .groups(["team"])
            .build()
            .unwrap();
        let corpus = study.corpus.unwrap();
        assert_eq!(corpus.transcripts.iter().map(|one| one.id.as_str()).collect::<Vec<_>>(), ["P01", "P02"]);
        assert_eq!(corpus.attributes, ["team", "age"]);
        assert_eq!(
            (study.title.as_str(), study.seed, study.read.groups),
            ("Untitled study", 7, vec!["team".to_owned()])
        );
    }

    #[test]
    fn what_a_study_file_may_not_say_a_program_may_not_say() {
        let study = || Study::builder().transcripts([interview("P01")]);
        let mut moved = interview("P01");
        moved.turns[1].span.start += 1;
        let refusals = [
            refused(Study::builder()),
            refused(study().files(["P02.txt"])),
            refused(Study::builder().files(["nowhere/P02.txt"])),
            refused(study().transcripts([interview("P01")])),
            refused(study().transcripts([Transcript::new("P02", [])])),
            refused(Study::builder().transcripts([moved])),
            refused(study().language("English")),
            refused(study().segment(SegmentPlan { unit: Unit::Window, min_words: 5, window_words: 0 })),
            refused(
                study().cluster(ClusterPlan { count: ClusterCount::Exactly(0), ..ClusterPlan::default() }),
            ),
            refused(study().groups(["team", "team"])),
            refused(study().groups(["team"]).within("team")),
            refused(study().time(" ")),
            refused(study().codebook([Seed::new("work", ""), Seed::new("Work", "")])),
            refused(study().emergent(false)),
        ];
        insta::assert_snapshot!(refusals.join("\n"), @r#"
        the study has no transcripts
        the study has both files and transcripts in memory (read the files first, and hand over what was read)
        nowhere/P02.txt: there is no such file
        two transcripts are called `P01`
        the transcript `P02` has no turns
        turn 2 of `P01` does not stand where its span says (make transcripts with `Transcript::new`, which counts)
        `English` is not a language tag (write "auto" or a tag such as "en", "he" or "pt-BR")
        `window_words = 0` is out of range (1 to 10000 words)
        `clusters` is out of range ("auto", or a whole number from 1 to 100000)
        `team` stands twice under `groups`
        groups of `team` cannot be compared within `team` (name another attribute, for example one that might explain a difference)
        `time` names no attribute (name a column of the participants file, or leave the line out)
        the theme `Work` stands twice (join the two, or rename one)
        there is nothing to look for: no codebook, and `emergent` is false (name a codebook under [themes], or set `emergent = true`)
        "#);
    }
}
