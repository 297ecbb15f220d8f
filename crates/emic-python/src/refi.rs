//! REFI-QDA projects as rows: sources, codes, codings.

use std::collections::BTreeMap;
use std::path::PathBuf;

use pyo3::prelude::*;
use refi_qda::{
    CharSpan, Code, Coding, Guid, Project, Selection, TextSource, User, distinct_color, read_qdpx_file,
    write_qdpx,
};
use transcripts::projects::ProjectDecoder;

use crate::errors::Fault;
use crate::work::work;

/// Name and text.
type SourceRow = (String, String);
/// Path from the topmost code (`barriers / workload` is two), description, colour.
type CodeRow = (Vec<String>, String, String);
/// Source, start and end in code points, the words, code (its place in the list), coder, remark.
type CodingRow = (String, usize, usize, String, usize, Option<String>, String);
/// Severity, line, message, hint.
type ProblemRow = (String, Option<u64>, String, String);

/// Reads a project: its name, sources, codes, codings, and everything that could not be used.
#[pyfunction]
#[expect(clippy::type_complexity, reason = "the lists of a project")]
pub(crate) fn read_project(
    py: Python<'_>,
    path: PathBuf,
) -> PyResult<(String, Vec<SourceRow>, Vec<CodeRow>, Vec<CodingRow>, Vec<ProblemRow>)> {
    work(py, None, None, |_| {
        let read = read_qdpx_file(&path, &ProjectDecoder)?;
        let project = &read.project;
        let sources = project.sources.iter().map(|one| (one.name.clone(), one.text.clone())).collect();
        let codes = project
            .codes
            .iter()
            .map(|code| (path_of(project, code), code.description.clone(), code.color.clone()))
            .collect();
        let mut codings = Vec::new();
        for source in &project.sources {
            for Selection { span, description, codings: given, .. } in &source.selections {
                let words = source.words(*span).unwrap_or_default();
                for coding in given {
                    let coder = coding.user.and_then(|user| project.users.get(user));
                    codings.push((
                        source.name.clone(),
                        span.start,
                        span.end,
                        words.to_owned(),
                        coding.code,
                        coder.map(|user| user.name.clone()),
                        description.clone(),
                    ));
                }
            }
        }
        let doubts = read
            .diagnostics
            .iter()
            .map(|one| (one.severity.to_string(), one.line, one.message.clone(), one.hint.clone()));
        let losses = read.losses.iter().map(|loss| {
            (
                "warning".to_owned(),
                None,
                format!("{} ({}) are not read", loss.what, loss.count),
                loss.why.to_owned(),
            )
        });
        Ok((project.name.clone(), sources, codes, codings, doubts.chain(losses).collect()))
    })
}

/// The names from the topmost code down to this one.
fn path_of(project: &Project, code: &Code) -> Vec<String> {
    let mut path = vec![code.name.clone()];
    let mut above = code.parent;
    while let Some(code) = above.and_then(|parent| project.codes.get(parent)) {
        path.insert(0, code.name.clone());
        above = code.parent;
    }
    path
}

/// By source (its place in the list), start and end: the codes with their coders.
type Passages = BTreeMap<(usize, usize, usize), Vec<(usize, Option<usize>)>>;
/// Source, start, end, code (its place in the list), coder.
type GivenCoding = (String, usize, usize, usize, Option<String>);

/// Writes a project. Codes have the place of their parent, which stands before them.
#[pyfunction]
pub(crate) fn write_project(
    py: Python<'_>,
    path: PathBuf,
    name: String,
    sources: Vec<SourceRow>,
    codes: Vec<(String, Option<usize>, String)>,
    codings: Vec<GivenCoding>,
) -> PyResult<()> {
    work(py, None, None, |_| {
        let project = project(&name, sources, codes, codings)?;
        std::fs::write(&path, write_qdpx(&project)?)?;
        Ok(())
    })
}

fn project(
    name: &str,
    sources: Vec<SourceRow>,
    codes: Vec<(String, Option<usize>, String)>,
    codings: Vec<GivenCoding>,
) -> Result<Project, Fault> {
    let guid = |kind: &str, key: &str| Guid::derived(name, kind, key);
    let mut coders: Vec<&String> = codings.iter().filter_map(|coding| coding.4.as_ref()).collect();
    coders.sort();
    coders.dedup();
    let users = coders.iter().map(|&coder| User { guid: guid("user", coder), name: coder.clone() }).collect();
    let user_at: BTreeMap<&String, usize> = coders.iter().copied().zip(0..).collect();
    let code_rows = codes.into_iter().enumerate().map(|(index, (code, parent, description))| Code {
        guid: guid("code", &index.to_string()),
        name: code,
        color: distinct_color(index),
        is_codable: true,
        description,
        parent,
    });
    let code_rows: Vec<Code> = code_rows.collect();
    let mut texts: Vec<TextSource> = sources
        .into_iter()
        .map(|(source, text)| TextSource {
            guid: guid("source", &source),
            name: source,
            description: String::new(),
            text: text.replace("\r\n", "\n").replace('\r', "\n"),
            selections: Vec::new(),
            values: Vec::new(),
            notes: Vec::new(),
        })
        .collect();
    let source_at: BTreeMap<String, usize> =
        texts.iter().enumerate().map(|(at, one)| (one.name.clone(), at)).collect();
    // By source, passage and code, each once.
    let mut passages = Passages::new();
    for (source, start, end, code, coder) in &codings {
        let Some(at) = source_at.get(source) else {
            return Err(Fault::new(format!("there is no source `{source}`"), "add it to `sources`"));
        };
        if texts[*at].words(CharSpan { start: *start, end: *end }).is_none_or(str::is_empty) {
            let message = format!("`{source}` has no characters {start} to {end}");
            return Err(Fault::new(message, "positions count code points from 0, the end not included"));
        }
        let coder = coder.as_ref().and_then(|coder| user_at.get(coder).copied());
        passages.entry((*at, *start, *end)).or_default().push((*code, coder));
    }
    for ((source, start, end), mut given) in passages {
        given.sort_unstable();
        given.dedup();
        let key = format!("{source} {start} {end}");
        let codings = given.into_iter().map(|(code, user)| Coding {
            guid: guid("coding", &format!("{key} {code} {user:?}")),
            code,
            user,
        });
        texts[source].selections.push(Selection {
            guid: guid("selection", &key),
            span: CharSpan { start, end },
            description: String::new(),
            codings: codings.collect(),
        });
    }
    Ok(Project {
        name: name.to_owned(),
        origin: format!("Emic {}", env!("CARGO_PKG_VERSION")),
        users,
        codes: code_rows,
        sources: texts,
        ..Project::default()
    })
}
