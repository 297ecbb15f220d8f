//! The last step of reading: replaces listed names in ids, file names and attributes. Turns were handled when they were made.

use crate::codes;
use crate::corpus::{Corpus, Problem, Severity, Transcript};
use crate::phrases::PLAN_SOURCE;
use crate::pseudonym::{Pseudonyms, Replacement, Tally, TextKind, TranscriptPart};

/// Replaces names in ids, sources and attributes, and sorts the transcripts again. `replaced` is what was replaced in each
/// transcript's turns; what comes back is everything, in the order of the transcripts.
pub(super) fn hide_names(
    corpus: &mut Corpus,
    replaced: Vec<Vec<Replacement>>,
    pseudonyms: &Pseudonyms,
    tally: &mut Tally,
    problems: &mut Vec<Problem>,
) -> Vec<Replacement> {
    if pseudonyms.is_empty() {
        return Vec::new();
    }
    let transcripts = std::mem::take(&mut corpus.transcripts);
    let mut hidden: Vec<(Transcript, Vec<Replacement>)> = transcripts
        .into_iter()
        .zip(replaced)
        .map(|(transcript, mut rows)| {
            let transcript = hide_in(transcript, &mut rows, pseudonyms, tally);
            if rows
                .iter()
                .any(|row| matches!(row.part, TranscriptPart::TranscriptId | TranscriptPart::Source))
            {
                problems.push(
                    Problem::new(
                        Severity::Warning,
                        &transcript.source,
                        format!(
                            "the file or its transcript is called after a listed name; it is shown as `{}`",
                            transcript.id
                        ),
                    )
                    .with_code(codes::NAME_SHOWN)
                    .with_hint("give files neutral names, such as P01, before you share the study"),
                );
            }
            (transcript, rows)
        })
        .collect();
    hidden.sort_by(|(a, _), (b, _)| (&a.id, &a.source).cmp(&(&b.id, &b.source)));
    make_ids_unique(&mut hidden);
    if corpus.attributes.iter().any(|name| pseudonyms.names_in(name)) {
        problems.push(
            Problem::new(
                Severity::Warning,
                format!("{PLAN_SOURCE}pseudonyms"),
                "the name of an attribute holds a listed name and is shown",
            )
            .with_code(codes::NAME_SHOWN)
            .with_hint("call the column otherwise"),
        );
    }
    let mut all = Vec::new();
    for (index, (transcript, mut rows)) in hidden.into_iter().enumerate() {
        rows.sort();
        all.extend(rows.into_iter().map(|row| Replacement { transcript: index, ..row }));
        corpus.transcripts.push(transcript);
    }
    all
}

fn hide_in(
    mut transcript: Transcript,
    rows: &mut Vec<Replacement>,
    pseudonyms: &Pseudonyms,
    tally: &mut Tally,
) -> Transcript {
    let mut shown = |text: &str, within, part| {
        let shown = pseudonyms.replace(text, within, tally).into_owned();
        rows.extend(tally.take(None, part));
        shown
    };
    transcript.id = shown(&transcript.id, TextKind::Path, TranscriptPart::TranscriptId);
    transcript.source = shown(&transcript.source, TextKind::Path, TranscriptPart::Source);
    for value in transcript.attributes.values_mut() {
        *value = shown(value, TextKind::Text, TranscriptPart::Attribute);
    }
    transcript
}

/// Two transcripts may be called alike now.
fn make_ids_unique(hidden: &mut [(Transcript, Vec<Replacement>)]) {
    let mut taken = std::collections::BTreeSet::new();
    for (transcript, _) in hidden.iter_mut() {
        while !taken.insert(transcript.id.clone()) {
            transcript.id.push('\'');
        }
    }
    hidden.sort_by(|(a, _), (b, _)| a.id.cmp(&b.id));
}
