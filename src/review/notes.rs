//! `review/notes.csv`: what coders wrote besides their answers, and which quotes they want in the paper. One row a note, with the span
//! and a digest of the segment's words, so that a later run finds the segment.

use std::io;
use std::path::Path;

use transcripts::tables::{Row, read_sheets};
use transcripts::text::counted;
use transcripts::{CharSpan, Problem, Severity, Transcript};

use super::codes::sample_number;
use super::rows::write_rows;
use super::segment_finder::{Lost, SegmentFinder};
use crate::results::{NoteKind, Segment, SegmentNote, codes};
use crate::table::unguarded;

/// The file's columns; those from `char_start` on are not in files of the first version.
const COLUMNS: [&str; 10] = [
    "sample",
    "segment_id",
    "transcript_id",
    "coder",
    "kind",
    "theme",
    "note",
    "char_start",
    "char_end",
    "text_digest",
];
const FIRST_COLUMNS: usize = 7;
/// Megabytes of the file at most.
const MAX_MB: u64 = 256;
/// Name of the file in messages.
const SOURCE: &str = "review/notes.csv";

/// A row of the file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Note {
    /// The sample or page, as in `codes.csv`.
    pub(super) sample: String,
    pub(super) segment_id: String,
    pub(super) transcript_id: String,
    pub(super) coder: String,
    pub(super) kind: String,
    pub(super) theme: String,
    pub(super) words: String,
    /// None in files of the first version.
    pub(super) span: Option<CharSpan>,
    pub(super) text_digest: String,
}

/// The notes of earlier imports; none when the file is not there. Columns are in the order in which this program writes them.
///
/// # Errors
/// A sentence when the file is there and is not such a file.
pub(super) fn read_notes(path: &Path) -> Result<Vec<Note>, String> {
    if !path.exists() {
        return Ok(Vec::new());
    }
    let file = read_sheets(path, SOURCE, MAX_MB);
    let mut rows = file.sheets.into_iter().flat_map(|sheet| sheet.rows);
    let is_ours = |header: &Row| {
        let names: Vec<&str> = header.cells.values().map(|cell| cell.trim()).collect();
        names == COLUMNS || COLUMNS.get(..FIRST_COLUMNS).is_some_and(|first| names == first)
    };
    if !rows.next().is_some_and(|header| is_ours(&header)) {
        return Err(format!("{SOURCE} does not have the columns that an import writes"));
    }
    Ok(rows.map(|row| note_in(&row)).collect())
}

fn note_in(row: &Row) -> Note {
    let cell = |column: u32| row.cells.get(&column).map_or("", |cell| unguarded(cell));
    let number = |column: u32| cell(column).trim().parse::<usize>().ok();
    Note {
        sample: cell(0).trim().to_owned(),
        segment_id: cell(1).to_owned(),
        transcript_id: cell(2).to_owned(),
        coder: cell(3).to_owned(),
        kind: cell(4).to_owned(),
        theme: cell(5).to_owned(),
        words: cell(6).to_owned(),
        span: number(7).zip(number(8)).map(|(start, end)| CharSpan { start, end }),
        text_digest: cell(9).trim().to_lowercase(),
    }
}

/// Writes the notes by sample, those of pages last.
pub(super) fn write_notes(path: &Path, notes: &mut [Note]) -> io::Result<()> {
    notes.sort_by_cached_key(|note| (sample_number(&note.sample), note.clone()));
    let row = |note: &Note| {
        let position =
            |of: fn(CharSpan) -> usize| note.span.map(|span| of(span).to_string()).unwrap_or_default();
        vec![
            note.sample.clone(),
            note.segment_id.clone(),
            note.transcript_id.clone(),
            note.coder.clone(),
            note.kind.clone(),
            note.theme.clone(),
            note.words.clone(),
            position(|span| span.start),
            position(|span| span.end),
            note.text_digest.clone(),
        ]
    };
    write_rows(path, &COLUMNS, notes.iter().map(row)).map(|_| ())
}

/// Finds the segments of a run that the notes in the file at `path` are about, by segment; nothing when the file is not there. What
/// cannot be found or read is a problem.
pub fn segment_notes(
    path: &Path,
    segments: &[Segment],
    transcripts: &[Transcript],
) -> (Vec<SegmentNote>, Vec<Problem>) {
    let notes = match read_notes(path) {
        Err(why) => {
            let problem = Problem::new(Severity::Warning, SOURCE, why).with_code(codes::NOTE_UNMATCHED);
            return (
                Vec::new(),
                vec![problem.with_hint("import the coded sheets again; that writes the file anew")],
            );
        }
        Ok(notes) => notes,
    };
    let finder = SegmentFinder::of(segments, transcripts);
    let (mut found, mut lost, mut first_version, mut unknown) = (Vec::new(), 0, 0, 0);
    for note in &notes {
        let Some(kind) = NoteKind::ALL.into_iter().find(|kind| kind.as_str() == note.kind.trim()) else {
            unknown += 1;
            continue;
        };
        let Some(span) = note.span.filter(|_| !note.text_digest.is_empty()) else {
            first_version += 1;
            continue;
        };
        match finder.find((&note.transcript_id, span, &note.text_digest)) {
            Ok((segment, _)) => found.push(SegmentNote {
                segment,
                coder: note.coder.clone(),
                kind,
                theme: note.theme.clone(),
                note: note.words.clone(),
            }),
            Err(Lost::Transcript | Lost::Text | Lost::Several) => lost += 1,
        }
    }
    found.sort_by(|a, b| {
        let key = |one: &SegmentNote| (one.segment, one.coder.clone(), one.kind);
        key(a).cmp(&key(b)).then_with(|| (&a.theme, &a.note).cmp(&(&b.theme, &b.note)))
    });
    found.dedup();
    let problem = |count: usize, why: &str, hint: &str| {
        let notes = counted(count, "note is", "notes are");
        let note = Problem::new(Severity::Note, SOURCE, format!("{notes} left out: {why}"))
            .with_code(codes::NOTE_UNMATCHED);
        (count > 0).then(|| note.with_hint(hint))
    };
    let problems = [
        problem(lost, "no segment has that text now", "the file still has them"),
        problem(
            first_version,
            "the file does not say what their segments said",
            "import the coded sheets again; that writes the file anew",
        ),
        problem(unknown, "they are of no kind that the program knows", "the file still has them"),
    ];
    (found, problems.into_iter().flatten().collect())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::review::text_digest;
    use crate::table::fixture::small_findings;

    fn note(segment: usize, kind: &str, note: &str) -> Note {
        let findings = small_findings();
        let segment = &findings.segments[segment];
        Note {
            sample: "page 0f".to_owned(),
            segment_id: segment.id.to_string(),
            transcript_id: findings.corpus.transcripts[segment.passage.transcript.get()].id.clone(),
            coder: "Ana".to_owned(),
            kind: kind.to_owned(),
            theme: String::new(),
            words: note.to_owned(),
            span: Some(segment.passage.span),
            text_digest: text_digest(&segment.passage.text),
        }
    }

    #[test]
    fn notes_find_their_segments_in_the_next_run() {
        let findings = small_findings();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("notes.csv");
        let taken = || segment_notes(&path, &findings.segments, &findings.corpus.transcripts);
        assert_eq!(taken(), (Vec::new(), Vec::new()));

        let mut notes = vec![note(2, "paper", ""), note(0, "memo", "=\"yes\", he said\nloudly")];
        notes.push(Note { text_digest: "00".to_owned(), ..note(1, "memo", "gone") });
        notes.push(Note { span: None, ..note(1, "memo", "old") });
        notes.push(note(1, "mine", "?"));
        write_notes(&path, &mut notes).unwrap();
        assert_eq!(read_notes(&path).unwrap(), notes);
        let (found, problems) = taken();
        let shown: Vec<_> = found
            .iter()
            .map(|one| (one.segment.get(), one.kind, one.note.as_str(), one.coder.as_str()))
            .collect();
        assert_eq!(
            shown,
            [(0, NoteKind::Memo, "=\"yes\", he said\nloudly", "Ana"), (2, NoteKind::Paper, "", "Ana")]
        );
        let problems: Vec<String> = problems.iter().map(ToString::to_string).collect();
        insta::assert_snapshot!(problems.join("\n"), @r"
        note: review/notes.csv: 1 note is left out: no segment has that text now (the file still has them)
        note: review/notes.csv: 1 note is left out: the file does not say what their segments said (import the coded sheets again; that writes the file anew)
        note: review/notes.csv: 1 note is left out: they are of no kind that the program knows (the file still has them)
        ");

        fs::write(
            &path,
            "sample,segment_id,transcript_id,coder,kind,theme,note\n1,P01:1,P01,Ana,memo,,old\n",
        )
        .unwrap();
        assert_eq!(read_notes(&path).unwrap()[0].words, "old");
        fs::write(&path, "mine\n1\n").unwrap();
        insta::assert_snapshot!(taken().1[0], @"warning: review/notes.csv: review/notes.csv does not have the columns that an import writes (import the coded sheets again; that writes the file anew)");
    }
}
