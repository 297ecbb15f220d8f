//! Makes transcripts, segments, themes, scores and labels of columns, each checked against the others.

use std::collections::{BTreeMap, BTreeSet};

use ndarray::Array2;
use transcripts::{CharSpan, Corpus, Role, Transcript, Turn};

use super::FinishedError;
use super::columns::TableColumns;
use crate::results::{
    Label, Passage, Segment, SegmentIndex, Theme, ThemeCounts, ThemeIndex, ThemeKind, TranscriptIndex,
};
use crate::table::schema;
use crate::table::scores::MACHINE;

/// The transcripts with their turns; attributes in the order of the table, without unknown ones.
pub(super) fn corpus(transcripts: &TableColumns, turns: &TableColumns) -> Result<Corpus, FinishedError> {
    let ids = transcripts.texts("transcript_id")?;
    let sources = transcripts.texts("source")?;
    let names: Vec<String> =
        transcripts.names().into_iter().skip(schema::TRANSCRIPTS.columns.len()).collect();
    let values = names.iter().map(|name| transcripts.texts(name)).collect::<Result<Vec<_>, _>>()?;
    let mut all = Vec::with_capacity(ids.len());
    for (index, (id, source)) in ids.into_iter().zip(sources).enumerate() {
        let value = |of: &Vec<String>| of.get(index).filter(|value| !value.is_empty()).cloned();
        let attributes =
            names.iter().zip(&values).filter_map(|(name, of)| Some((name.clone(), value(of)?))).collect();
        all.push(Transcript { id, source, format: "", turns: Vec::new(), attributes });
    }
    give_turns(&mut all, turns)?;
    let unique: BTreeSet<&str> = all.iter().map(|transcript| transcript.id.as_str()).collect();
    if unique.len() < all.len() {
        return Err(transcripts.damaged("a transcript stands twice"));
    }
    Ok(Corpus { transcripts: all, attributes: names })
}

fn give_turns(transcripts: &mut [Transcript], turns: &TableColumns) -> Result<(), FinishedError> {
    let index_of: BTreeMap<String, usize> =
        transcripts.iter().enumerate().map(|(index, transcript)| (transcript.id.clone(), index)).collect();
    let (ids, indices) = (turns.texts("transcript_id")?, turns.wholes("turn_index")?);
    let (speakers, roles, texts) = (turns.texts("speaker")?, turns.texts("role")?, turns.texts("text")?);
    let (starts, ends) = (turns.times("start_ms")?, turns.times("end_ms")?);
    let (char_starts, char_ends) = (turns.positions("char_start")?, turns.positions("char_end")?);
    let rows = ids.iter().zip(indices).zip(speakers).zip(roles).zip(texts);
    let spans = char_starts.into_iter().zip(char_ends).map(|(start, end)| CharSpan { start, end });
    for ((((((id, index), speaker), role), text), (start_ms, end_ms)), span) in
        rows.zip(starts.into_iter().zip(ends)).zip(spans)
    {
        let Some(transcript) = index_of.get(id).and_then(|&index| transcripts.get_mut(index)) else {
            return Err(turns.damaged(format!("it names the transcript `{id}`, which is not there")));
        };
        let role = match role.as_str() {
            "participant" => Role::Participant,
            "interviewer" => Role::Interviewer,
            "other" => Role::Other,
            _ => return Err(turns.damaged(format!("`{role}` is no role"))),
        };
        let expected = transcript.turns.last().map_or(0, |turn| turn.span.end + 1);
        if span.start != expected || span.end.checked_sub(span.start) != Some(text.chars().count()) {
            return Err(turns.damaged(format!("the places of the turns of `{id}` do not fit their texts")));
        }
        transcript.turns.push(Turn {
            index,
            speaker: speaker.into(),
            role,
            start_ms,
            end_ms,
            span,
            text: text.into(),
        });
    }
    Ok(())
}

pub(super) fn segments(table: &TableColumns, corpus: &Corpus) -> Result<Vec<Segment>, FinishedError> {
    let index_of: BTreeMap<&str, TranscriptIndex> = (0..)
        .map(TranscriptIndex::new)
        .zip(&corpus.transcripts)
        .map(|(index, one)| (one.id.as_str(), index))
        .collect();
    let (ids, of) = (table.texts("segment_id")?, table.texts("transcript_id")?);
    let (speakers, languages, texts) =
        (table.texts("speaker")?, table.texts("language")?, table.texts("text")?);
    let (indices, words, tokens) =
        (table.counts("segment_index")?, table.counts("words")?, table.counts("tokens")?);
    let (starts, ends) = (table.times("start_ms")?, table.times("end_ms")?);
    let (char_starts, char_ends) = (table.positions("char_start")?, table.positions("char_end")?);

    let mut seen = BTreeSet::new();
    let mut segments = Vec::with_capacity(table.height());
    // In the order of transcripts, so that each reading text is made once.
    let mut laid_out: Option<(TranscriptIndex, Vec<char>)> = None;
    let numbers = indices.into_iter().zip(words).zip(tokens);
    let spans = char_starts.into_iter().zip(char_ends).map(|(start, end)| CharSpan { start, end });
    let about = ids.into_iter().zip(of).zip(speakers).zip(languages).zip(texts);
    for (((((((id, of), speaker), language), text), ((index, words), tokens)), span), (start_ms, end_ms)) in
        about.zip(numbers).zip(spans).zip(starts.into_iter().zip(ends))
    {
        let Some(&transcript) = index_of.get(of.as_str()) else {
            return Err(table.damaged(format!("it names the transcript `{of}`, which is not there")));
        };
        if !seen.insert(id.clone()) {
            return Err(table.damaged(format!("the segment `{id}` stands twice")));
        }
        let owner = transcript.of(&corpus.transcripts);
        if laid_out.as_ref().is_none_or(|(index, _)| *index != transcript) {
            let letters = owner.map(Transcript::reading_text).unwrap_or_default().chars().collect();
            laid_out = Some((transcript, letters));
        }
        let there = laid_out.as_ref().and_then(|(_, letters)| letters.get(span.start..span.end));
        let turns = owner.and_then(|owner| turns_of(&owner.turns, span));
        let (Some((first_turn, last_turn)), true) =
            (turns, there.is_some_and(|there| there.iter().copied().eq(text.chars())))
        else {
            return Err(table.damaged(format!("the segment `{id}` is not what stands in its place")));
        };
        let passage = Passage {
            transcript,
            first_turn,
            last_turn,
            span,
            text: text.into(),
            eligible: true,
            words,
            tokens,
        };
        segments.push(Segment {
            id: id.into(),
            index,
            passage,
            speaker: speaker.into(),
            language: language.into(),
            start_ms,
            end_ms,
        });
    }
    Ok(segments)
}

/// Indices of the turns that a span begins and ends in.
fn turns_of(turns: &[Turn], span: CharSpan) -> Option<(usize, usize)> {
    let last_before =
        |position: usize| turns.partition_point(|turn| turn.span.start <= position).checked_sub(1);
    Some((last_before(span.start)?, last_before(span.end.max(span.start + 1) - 1)?))
}

pub(super) fn themes(table: &TableColumns) -> Result<Vec<Theme>, FinishedError> {
    let (names, kinds) = (table.texts("theme")?, table.texts("kind")?);
    let (definitions, keywords) = (table.texts("definition")?, table.texts("keywords")?);
    let (segments, transcripts) = (table.counts("segments")?, table.counts("transcripts")?);
    let (of_segments, of_transcripts) = (table.shares("share_segments")?, table.shares("share_transcripts")?);
    let (likely_segments, likely_transcripts) =
        (table.counts("likely_segments")?, table.counts("likely_transcripts")?);
    let likely = likely_segments.into_iter().zip(likely_transcripts).zip(table.shares("share_likely")?);
    let (stabilities, parents) = (table.maybe_scores("stability")?, table.texts("parent")?);
    let mut themes: Vec<Theme> = Vec::with_capacity(table.height());
    let texts = names.into_iter().zip(kinds).zip(definitions).zip(keywords).zip(parents);
    let counts = segments.into_iter().zip(transcripts).zip(of_segments).zip(of_transcripts);
    for (
        ((((name, kind), definition), keywords), parent),
        (((counts, share_transcripts), stability), ((likely_segments, likely_transcripts), share_likely)),
    ) in texts.zip(counts.zip(stabilities).zip(likely))
    {
        let ((segments, transcripts), share_segments) = counts;
        let kind = match kind.as_str() {
            "seed" => ThemeKind::Seed,
            "emergent" => ThemeKind::Emergent,
            _ => return Err(table.damaged(format!("`{kind}` is no kind of theme"))),
        };
        if name.is_empty() || themes.iter().any(|theme| theme.name == name) {
            return Err(table.damaged(format!("the theme `{name}` stands twice or has no name")));
        }
        let keywords = keywords.split("; ").filter(|word| !word.is_empty()).map(str::to_owned).collect();
        let counts = ThemeCounts {
            segments,
            transcripts,
            share_segments,
            share_transcripts,
            likely_segments,
            likely_transcripts,
            share_likely,
        };
        themes.push(Theme { name, kind, definition, keywords, parent, stability, counts });
    }
    Ok(themes)
}

pub(super) fn scores(
    table: &TableColumns,
    segments: &[Segment],
    themes: usize,
) -> Result<Array2<f32>, FinishedError> {
    let ids = table.texts("segment_id")?;
    if !ids.iter().eq(segments.iter().map(|segment| &segment.id)) {
        return Err(table.damaged("its rows are not those of the table `segments`"));
    }
    let names: Vec<String> = table.names().into_iter().skip(schema::SCORES.columns.len()).collect();
    if names.len() != themes {
        return Err(table.damaged("its columns are not those of the table `themes`"));
    }
    let mut scores = Array2::zeros((segments.len(), themes));
    for (mut column, name) in scores.columns_mut().into_iter().zip(&names) {
        for (cell, score) in column.iter_mut().zip(table.scores(name)?) {
            *cell = score;
        }
    }
    Ok(scores)
}

/// Who gave labels, and the labels.
pub(super) fn labels(
    table: &TableColumns,
    segments: &[Segment],
    themes: &[Theme],
) -> Result<(Vec<String>, Vec<Label>), FinishedError> {
    let segment_at: BTreeMap<&str, SegmentIndex> =
        segments.iter().map(|segment| segment.id.as_str()).zip((0..).map(SegmentIndex::new)).collect();
    let theme_at: BTreeMap<&str, ThemeIndex> =
        themes.iter().map(|theme| theme.name.as_str()).zip((0..).map(ThemeIndex::new)).collect();
    let (ids, names, sources) = (table.texts("segment_id")?, table.texts("theme")?, table.texts("source")?);
    let (scores, confidences) = (table.scores("score")?, table.scores("confidence")?);
    let ranks = table.counts("rank")?;
    let people: BTreeSet<&String> = sources.iter().filter(|source| *source != MACHINE).collect();
    let coders: Vec<String> = people.into_iter().cloned().collect();
    let mut labels: Vec<Label> = Vec::with_capacity(ids.len());
    for ((((id, name), source), (score, confidence)), rank) in
        ids.iter().zip(&names).zip(&sources).zip(scores.into_iter().zip(confidences)).zip(ranks)
    {
        let (Some(&segment), Some(&theme)) = (segment_at.get(id.as_str()), theme_at.get(name.as_str()))
        else {
            return Err(table.damaged(format!("it labels `{id}` with `{name}`; one of them is not there")));
        };
        let coder = coders.binary_search(source).ok();
        // A label that several people gave is a row for each of them.
        match labels.last_mut() {
            Some(last) if (last.segment, last.theme) == (segment, theme) => last.coders.extend(coder),
            _ => {
                let coders = coder.into_iter().collect();
                labels.push(Label { segment, theme, score, confidence, rank, coders });
            }
        }
    }
    Ok((coders, labels))
}
