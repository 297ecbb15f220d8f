//! Sheets of whole interviews: rows that were read without a mark.

use std::collections::{BTreeMap, BTreeSet};

use super::CodedRow;
use super::samples::Samples;

/// The rows done, with those that were read and left empty: in a sample of interviews a coder reads from the top and marks what is there, so
/// a row above the last one done of its interview was read, and carries nothing.
pub(super) fn with_rows_read(rows: Vec<CodedRow>, samples: &Samples) -> Vec<CodedRow> {
    let mut last: BTreeMap<(u32, String, &str), (u32, usize)> = BTreeMap::new();
    let mut done: BTreeSet<(u32, String, usize)> = BTreeSet::new();
    for (at, row) in rows.iter().enumerate().filter(|(_, row)| !row.answers.is_empty()) {
        let Some(sample) = samples.get(&row.sample).filter(|sample| sample.draws_interviews()) else {
            continue;
        };
        let Some(drawn) = sample.rows.get(row.segment) else { continue };
        done.insert((row.sample, row.coder.clone(), row.segment));
        let number = row_number(&drawn.coders, &row.coder);
        let entry =
            last.entry((row.sample, row.coder.clone(), drawn.transcript_id.as_str())).or_insert((0, at));
        *entry = (*entry).max((number, at));
    }
    let mut read: Vec<CodedRow> = Vec::new();
    for ((number, coder, transcript), (last, at)) in last {
        let (Some(sample), Some(like)) = (samples.get(&number), rows.get(at)) else { continue };
        for (segment, drawn) in sample.rows.iter().enumerate() {
            let is_above = row_number(&drawn.coders, &coder) < last;
            let is_done = done.contains(&(number, coder.clone(), segment));
            if drawn.drawn && drawn.transcript_id == transcript && is_above && !is_done {
                let answers = like.answers.iter().map(|(theme, _)| (theme.clone(), Some(false))).collect();
                read.push(CodedRow {
                    segment,
                    answers,
                    other: Vec::new(),
                    memo: String::new(),
                    ..like.clone()
                });
            }
        }
    }
    rows.into_iter().chain(read).collect()
}

/// The row of the sheet that a coder's segment stood in; 0 where it stood in none. A coder whom no sheet was made for, as when the name was
/// given with the import, filled in that of another: the rows of an interview have the same order in all sheets.
fn row_number(coders: &[(String, u32)], coder: &str) -> u32 {
    let own = coders.iter().find(|(name, _)| name == coder);
    own.or(coders.first()).map_or(0, |(_, row)| *row)
}

#[cfg(test)]
mod tests {
    use super::row_number;

    #[test]
    fn a_coder_without_a_sheet_filled_in_another_ones() {
        let sheets = [("Ana".to_owned(), 4), ("Ben".to_owned(), 9)];
        assert_eq!(row_number(&sheets, "Ben"), 9);
        assert_eq!(row_number(&sheets, "people"), 4);
        assert_eq!(row_number(&[], "people"), 0);
    }
}
