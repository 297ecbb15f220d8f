//! A finished run as a project for other programs: transcripts with their speakers become sources, themes codes, labels codings by the
//! machine or by the people who gave them, transcripts and speakers cases.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use refi_qda::{
    Case, CodeSet, Coding, Guid, Loss, Note, Project, Selection, TextSource, User, Value, Variable,
    VariableKind,
};
use transcripts::text::counted;
use transcripts::{CharSpan, Corpus, Role, Transcript};

use super::codes::codes_of;
use super::exported::{identity_of, with_identity};
use super::positions::{TextAlignment, shown_text};
use crate::results::{Label, Seed, SegmentIndex, ThemeKind, TranscriptIndex};
use crate::table::FinishedRun;

/// The name of the user to whom the labels of the program belong.
pub const MACHINE_USER: &str = "Emic (machine)";
/// The name of the variable with the role of a speaker.
const ROLE: &str = "speaker_role";

/// What an export says of a run beyond its results.
#[derive(Debug, Clone, Copy)]
pub struct ExportInfo<'a> {
    /// The study's title, from which identifiers are derived.
    pub title: &'a str,
    /// The program and its version.
    pub origin: &'a str,
    /// When the run was made, `2026-01-01T00:00:00Z`; may be empty.
    pub created: &'a str,
    /// The codebook: the researcher's text for seeds, proposals for emergent themes.
    pub seeds: &'a [Seed],
}

/// A run as a project, and what the format cannot carry.
pub fn project_of(run: &FinishedRun, about: &ExportInfo<'_>) -> (Project, Vec<Loss>) {
    let title = about.title;
    let users: Vec<User> = std::iter::once(MACHINE_USER)
        .chain(run.coders.iter().map(String::as_str))
        .map(|name| User { guid: Guid::derived(title, "user", name), name: name.to_owned() })
        .collect();
    let (codes, code_of) = codes_of(&run.themes, about.seeds, title);

    let mut labels_of: BTreeMap<SegmentIndex, Vec<&Label>> = BTreeMap::new();
    for label in &run.labels {
        labels_of.entry(label.segment).or_default().push(label);
    }
    let mut segments_of: BTreeMap<TranscriptIndex, Vec<SegmentIndex>> = BTreeMap::new();
    for (index, segment) in run.segments.iter().enumerate() {
        segments_of.entry(segment.passage.transcript).or_default().push(index.into());
    }
    let export = Export { run, title, code_of: &code_of, labels_of: &labels_of };
    let mut project = Project {
        name: title.to_owned(),
        origin: about.origin.to_owned(),
        created: about.created.to_owned(),
        users,
        codes,
        variables: variables_of(&run.corpus, title),
        ..Project::default()
    };
    for (at, transcript) in run.corpus.transcripts.iter().enumerate() {
        let values = values_of(transcript, &run.corpus);
        let (text, alignment) = shown_text(transcript);
        let segments = segments_of.get(&at.into()).map(Vec::as_slice).unwrap_or_default();
        let TranscriptCodings { mut selections, scores, said_by } =
            export.codings(transcript, segments, &alignment);
        selections.sort_by_key(|selection| selection.span);
        if !scores.is_empty() {
            let guid = Guid::derived(title, "scores", &transcript.id);
            project.notes.push(Note { guid, name: scores_name(&transcript.id), text: scores });
        }
        project.cases.extend(export.cases(transcript, at, &said_by));
        project.sources.push(TextSource {
            guid: Guid::derived(title, "source", &transcript.id),
            name: transcript.id.clone(),
            description: String::new(),
            text,
            selections,
            values,
            // The note with the scores is not referred to: QualCoder takes the notes of a source for remarks at positions of its text,
            // finds no position, and drops them. The note's name says whose scores they are.
            notes: Vec::new(),
        });
    }
    project.sets = sets_of(run, &code_of, title);
    let losses = losses_of(run);
    project.description = with_identity(&description_of(run, &losses), identity_of(&project));
    (project, losses)
}

/// The codings of a transcript.
#[derive(Default)]
struct TranscriptCodings<'a> {
    /// The segments with labels.
    selections: Vec<Selection>,
    /// Their scores, as a text for people.
    scores: String,
    /// The selections in which each speaker speaks.
    said_by: BTreeMap<&'a str, Vec<Guid>>,
}

struct Export<'a> {
    run: &'a FinishedRun,
    title: &'a str,
    /// The index of each theme's code.
    code_of: &'a [usize],
    labels_of: &'a BTreeMap<SegmentIndex, Vec<&'a Label>>,
}

impl Export<'_> {
    /// The segments of a transcript that have labels. No others, because a selection without a code is a remark in other programs.
    fn codings<'t>(
        &self,
        transcript: &'t Transcript,
        segments: &[SegmentIndex],
        alignment: &TextAlignment,
    ) -> TranscriptCodings<'t> {
        let mut result = TranscriptCodings::default();
        for &index in segments {
            let (Some(segment), Some(labels)) = (index.of(&self.run.segments), self.labels_of.get(&index))
            else {
                continue;
            };
            let Some(span) = alignment.to_shown(segment.passage.span) else { continue };
            let key = key_of(&transcript.id, span);
            let mut description = String::new();
            let mut codings = Vec::new();
            for label in labels {
                let Some(theme) = label.theme.of(&self.run.themes) else { continue };
                let said =
                    format!("{}: score {:.2}, confidence {:.2}", theme.name, label.score, label.confidence);
                let _ = writeln!(result.scores, "{} {said}", segment.id);
                if !description.is_empty() {
                    description.push('\n');
                }
                description.push_str(&said);
                let Some(&code) = label.theme.of(self.code_of) else { continue };
                // The machine is the first user, and people come after it.
                let people = label.coders.iter().map(|coder| coder + 1);
                let users: Vec<usize> = if label.coders.is_empty() { vec![0] } else { people.collect() };
                for user in users {
                    let who = user.checked_sub(1).and_then(|coder| self.run.coders.get(coder));
                    let who = who.map_or(MACHINE_USER, String::as_str);
                    let guid = Guid::derived(self.title, "coding", &format!("{key}\n{}\n{who}", theme.name));
                    codings.push(Coding { guid, code, user: Some(user) });
                }
            }
            if codings.is_empty() {
                continue;
            }
            let guid = Guid::derived(self.title, "selection", &key);
            result.selections.push(Selection { guid, span, description, codings });
            let turns = transcript.turns.get(segment.passage.first_turn..=segment.passage.last_turn);
            let speakers: BTreeSet<&str> =
                turns.unwrap_or_default().iter().map(|turn| turn.speaker.as_str()).collect();
            for speaker in speakers {
                result.said_by.entry(speaker).or_default().push(guid);
            }
        }
        result
    }

    /// The cases of a transcript: one of its own, and where several participants speak or somebody asks, one of each of these speakers with
    /// the coded passages in which they speak.
    ///
    /// Attributes are those of the source alone. `QualCoder` knows a variable of sources or of cases, and where cases have it too hides
    /// it from the sources.
    fn cases(
        &self,
        transcript: &Transcript,
        source: usize,
        said_by: &BTreeMap<&str, Vec<Guid>>,
    ) -> Vec<Case> {
        let mut roles: BTreeMap<&str, Role> = BTreeMap::new();
        for turn in transcript.turns.iter().filter(|turn| !turn.speaker.is_empty()) {
            roles.entry(&turn.speaker).or_insert(turn.role);
        }
        let participants = roles.values().filter(|role| **role == Role::Participant).count();
        let mut cases = vec![Case {
            guid: Guid::derived(self.title, "case", &transcript.id),
            name: transcript.id.clone(),
            values: Vec::new(),
            sources: vec![source],
            selections: Vec::new(),
        }];
        for (speaker, role) in roles {
            if role == Role::Participant && participants == 1 {
                continue;
            }
            let variable = self.run.corpus.attributes.len();
            cases.push(Case {
                guid: Guid::derived(self.title, "speaker", &format!("{}\n{speaker}", transcript.id)),
                name: speaker_case(&transcript.id, speaker),
                values: vec![Value { variable, text: role.as_str().to_owned() }],
                sources: Vec::new(),
                selections: said_by.get(speaker).cloned().unwrap_or_default(),
            });
        }
        cases
    }
}

/// The name of the note with the scores of an interview.
pub(super) fn scores_name(transcript: &str) -> String {
    format!("Scores: {transcript}")
}

/// The name of the case of one who speaks in an interview.
pub(super) fn speaker_case(transcript: &str, speaker: &str) -> String {
    format!("{transcript} · {speaker}")
}

fn key_of(transcript: &str, span: CharSpan) -> String {
    format!("{transcript}\n{}\n{}", span.start, span.end)
}

/// A variable for each attribute, and the one that says who interviews.
fn variables_of(corpus: &Corpus, title: &str) -> Vec<Variable> {
    let attributes = corpus.attributes.iter().map(|name| {
        let values = corpus.transcripts.iter().filter_map(|transcript| transcript.attributes.get(name));
        (name.as_str(), VariableKind::narrowest(values.map(String::as_str)))
    });
    attributes
        .chain(std::iter::once((ROLE, VariableKind::Text)))
        .map(|(name, kind)| Variable {
            guid: Guid::derived(title, "variable", name),
            name: name.to_owned(),
            kind,
        })
        .collect()
}

fn values_of(transcript: &Transcript, corpus: &Corpus) -> Vec<Value> {
    let value = |(variable, name): (usize, &String)| {
        let text = transcript.attributes.get(name).filter(|text| !text.is_empty())?.clone();
        Some(Value { variable, text })
    };
    corpus.attributes.iter().enumerate().filter_map(value).collect()
}

fn sets_of(run: &FinishedRun, code_of: &[usize], title: &str) -> Vec<CodeSet> {
    let kinds = [
        (ThemeKind::Seed, "Themes of the codebook", "What the researchers looked for."),
        (
            ThemeKind::Emergent,
            "Emergent themes",
            "Themes that nobody named, found in the data; a proposal to check.",
        ),
    ];
    let set = |(kind, name, description): (ThemeKind, &str, &str)| {
        let of_kind = run.themes.iter().zip(code_of).filter(|(theme, _)| theme.kind == kind);
        let codes: Vec<usize> = of_kind.map(|(_, &code)| code).collect();
        let guid = Guid::derived(title, "set", name);
        (!codes.is_empty()).then(|| CodeSet {
            guid,
            name: name.to_owned(),
            description: description.to_owned(),
            codes,
        })
    };
    kinds.into_iter().filter_map(set).collect()
}

fn losses_of(run: &FinishedRun) -> Vec<Loss> {
    let turns = run.corpus.transcripts.iter().flat_map(|transcript| &transcript.turns);
    let timed = turns.filter(|turn| turn.start_ms.is_some()).count();
    let labelled =
        run.labels.iter().map(|label| label.segment).collect::<std::collections::BTreeSet<_>>().len();
    let all = [
        ("times of turns", timed, "a text source has no times; they are in the table `turns`"),
        (
            "segments without any theme",
            run.segments.len() - labelled,
            "there is no way to say that nothing applies; they are in the table `segments`",
        ),
        (
            "scores below the label limit",
            run.scores.len() - run.labels.len(),
            "only labels become codings; all scores are in the table `scores`",
        ),
        (
            "numbers of emergent themes",
            run.themes.iter().filter(|theme| theme.stability.is_some()).count(),
            "stability and counts are in the table `themes`",
        ),
    ];
    all.into_iter()
        .filter(|(_, count, _)| *count > 0)
        .map(|(what, count, why)| Loss { what: what.to_owned(), count, why })
        .collect()
}

fn description_of(run: &FinishedRun, losses: &[Loss]) -> String {
    let mut text = format!(
        "Exported from {}. Codings by “{MACHINE_USER}” are the program's; a selection's description gives score and \
         confidence. What people gave stands under their names.",
        counted(run.corpus.transcripts.len(), "interview", "interviews")
    );
    for loss in losses {
        let _ = write!(text, "\nNot in this file: {loss}.");
    }
    text
}
