//! REFI-QDA projects: every text source is a transcript, with its and its case's values as attributes. Codings are read elsewhere,
//! because they are no part of a transcript (`[review] codes`).

use std::collections::{BTreeMap, BTreeSet};

use super::txt::draft_in;
use crate::codes;
use crate::read::format::{Draft, ReadError, Reader, Source};
use crate::read::problems::ProblemLog;
use crate::read::projects::{ProjectDecoder, problems_of};
use refi_qda::{Project, ReadProject, Value, read_qdpx};

/// Maximum lines of a text.
const MAX_LINES: usize = 1_000_000;

/// Reads `.qdpx`.
#[derive(Debug)]
pub(crate) struct Qdpx;

impl Reader for Qdpx {
    fn name(&self) -> &'static str {
        "qdpx"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["qdpx"]
    }

    fn read(&self, source: &Source<'_>, log: &mut ProblemLog) -> Result<Vec<Draft>, ReadError> {
        let read = read_qdpx(source.bytes, &ProjectDecoder)
            .map_err(|error| ReadError::Damaged(error.to_string()))?;
        let ReadProject { project, losses, diagnostics, .. } = read;
        log.extend(problems_of(diagnostics, log.source()));
        for loss in losses {
            log.note(codes::TEXT_LEFT_OUT, None, format!("left out: {loss}"), "");
        }
        let mut names = BTreeSet::new();
        let mut counts = BTreeMap::new();
        let mut drafts = Vec::with_capacity(project.sources.len());
        for (index, text) in project.sources.iter().enumerate() {
            if text.text.matches('\n').count() > MAX_LINES {
                let message =
                    format!("the text `{}` has more than {MAX_LINES} lines and was left out", text.name);
                log.error(codes::LIMIT_REACHED, None, message, "split it in the program that it comes from");
                continue;
            }
            let seen = counts.entry(text.name.as_str()).or_insert(0_usize);
            let mut id = text.name.clone();
            // The count continues where it stopped: thousands of sources may have one name.
            while !names.insert(id.clone()) {
                *seen += 1;
                id = format!("{} ({})", text.name, *seen + 1);
            }
            if id != text.name {
                log.warning(
                    codes::TRANSCRIPT_RENAMED,
                    None,
                    format!("two sources are called `{}`; the second is called `{id}`", text.name),
                    "rename one of them in the program that the project comes from",
                );
            }
            let draft = draft_in(&crate::read::decode::clean(&text.text), false, source, log);
            drafts.push(Draft { id: Some(id), attributes: attributes_of(&project, index), ..draft });
        }
        Ok(drafts)
    }
}

/// The attributes of a source: its own values, then those of the cases that it belongs to.
fn attributes_of(project: &Project, source: usize) -> Vec<(String, String)> {
    let own = project.sources.get(source).into_iter().flat_map(|source| &source.values);
    let of_cases =
        project.cases.iter().filter(|case| case.sources.contains(&source)).flat_map(|case| &case.values);
    let mut values: BTreeMap<usize, &Value> = BTreeMap::new();
    for value in own.chain(of_cases) {
        values.entry(value.variable).or_insert(value);
    }
    let named = |(variable, value): (usize, &Value)| {
        Some((project.variables.get(variable)?.name.clone(), value.text.clone()))
    };
    values.into_iter().filter_map(named).collect()
}
