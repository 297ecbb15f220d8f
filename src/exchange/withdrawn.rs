//! Removes the transcripts of somebody who withdrew from a stored export. The export is rewritten and not deleted, because without it
//! the changes of reviewers who work on the project could not be told.

use std::collections::BTreeSet;

use refi_qda::{Guid, Project, ReadProject, read_qdpx, write_qdpx};
use transcripts::projects::ProjectDecoder;

use super::export::{scores_name, speaker_case};

/// The export without the transcripts and the lines of descriptions that hold withdrawn words. None where it cannot be read or would
/// still hold some.
pub(crate) fn export_without(bytes: &[u8], is_withdrawn: &dyn Fn(&str) -> bool) -> Option<Vec<u8>> {
    let ReadProject { mut project, .. } = read_qdpx(bytes, &ProjectDecoder).ok()?;
    take_out(&mut project, is_withdrawn);
    let holds_some = project.notes.iter().map(|note| &note.text).any(|text| is_withdrawn(text));
    if holds_some || is_withdrawn(&project.description) { None } else { write_qdpx(&project).ok() }
}

fn take_out(project: &mut Project, is_withdrawn: &dyn Fn(&str) -> bool) {
    let stays: Vec<bool> = project.sources.iter().map(|source| !is_withdrawn(&source.text)).collect();
    // The index of each source afterwards.
    let mut next = 0;
    let new_index: Vec<Option<usize>> = stays
        .iter()
        .map(|&stays| {
            next += usize::from(stays);
            stays.then(|| next - 1)
        })
        .collect();
    let gone: BTreeSet<Guid> = project
        .sources
        .iter()
        .zip(&stays)
        .filter(|(_, stays)| !**stays)
        .flat_map(|(source, _)| source.selections.iter().map(|selection| selection.guid))
        .collect();
    let gone_sources =
        || project.sources.iter().zip(&stays).filter(|(_, stays)| !**stays).map(|(source, _)| source);
    let mut notes_gone: BTreeSet<usize> =
        gone_sources().flat_map(|source| source.notes.iter().copied()).collect();
    // Notes with scores, and cases of speakers without codings, belong to a transcript by their names alone.
    let scores: BTreeSet<String> = gone_sources().map(|source| scores_name(&source.name)).collect();
    let notes = project.notes.iter().enumerate().filter(|(_, note)| scores.contains(&note.name));
    notes_gone.extend(notes.map(|(index, _)| index));
    let people: Vec<String> = gone_sources().map(|source| speaker_case(&source.name, "")).collect();
    project.cases.retain_mut(|case| {
        if people.iter().any(|people| case.name.starts_with(people)) {
            return false;
        }
        let had_some = !(case.sources.is_empty() && case.selections.is_empty());
        case.sources = case.sources.iter().filter_map(|&source| new_index.get(source).copied()?).collect();
        case.selections.retain(|selection| !gone.contains(selection));
        !(had_some && case.sources.is_empty() && case.selections.is_empty())
    });
    let mut stay = new_index.iter();
    project.sources.retain(|_| stay.next().is_some_and(Option::is_some));
    for note in notes_gone {
        // Emptied and not removed, because notes are referred to by their indices.
        if let Some(note) = project.notes.get_mut(note) {
            note.name.clear();
            note.text.clear();
        }
    }
    for code in &mut project.codes {
        code.description = lines_without(&code.description, is_withdrawn);
    }
}

fn lines_without(text: &str, is_withdrawn: &dyn Fn(&str) -> bool) -> String {
    if !is_withdrawn(text) {
        return text.to_owned();
    }
    let lines: Vec<&str> = text.lines().filter(|line| !is_withdrawn(line)).collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::{ExportInfo, project_of};
    use crate::table::FinishedRun;
    use crate::table::fixture::small_findings;

    #[test]
    fn an_export_loses_the_transcript_of_somebody_who_withdrew_and_nothing_else() {
        let findings = small_findings();
        let run = FinishedRun {
            corpus: findings.corpus.clone(),
            segments: findings.segments.clone(),
            themes: findings.themes.clone(),
            scores: findings.scores.clone(),
            coders: Vec::new(),
            labels: findings.labels.clone(),
        };
        let about = ExportInfo { title: "T", origin: "Emic", created: "", seeds: &[] };
        let (project, _) = project_of(&run, &about);
        let words = run.corpus.transcripts[0].turns[0].text.clone();
        let is_withdrawn = |text: &str| text.contains(words.as_str());
        let bytes = write_qdpx(&project).unwrap();
        let left = export_without(&bytes, &is_withdrawn).unwrap();
        let left = read_qdpx(&left, &ProjectDecoder).unwrap().project;
        let names = |project: &Project| -> Vec<String> {
            project.sources.iter().map(|source| source.name.clone()).collect()
        };
        assert_eq!(names(&left), names(&project)[1..]);
        assert_eq!(left.sources[0].text, project.sources[1].text);
        assert_eq!(left.sources[0].selections.len(), project.sources[1].selections.len());
        assert!(left.cases.iter().all(|case| !case.name.starts_with(&project.sources[0].name)));
        assert!(!left.cases.is_empty());
        assert!(
            !left.notes.iter().any(|note| note.name.ends_with(&project.sources[0].name)),
            "{:?}",
            left.notes
        );
        assert_eq!(left.codes.len(), project.codes.len());
        assert_eq!(left.description, project.description, "it says which export this was");
        assert_eq!(export_without(b"no project", &is_withdrawn), None);
    }
}
