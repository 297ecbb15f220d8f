//! NVivo's transcripts as text: a row a line between tabs or commas, with time, words and speaker in any order, with or without
//! headings.

use std::collections::BTreeSet;

use super::line_shape::{is_cast, is_empty, is_name};
use super::{Line, RecognisedText, ServiceForm};
use crate::read::speakers::label::fold;
use crate::read::times::{When, take_when};

/// Minimum share of the rows with the form.
const MIN_SHARE: f64 = 0.9;
/// Maximum columns; further ones are fields of the project.
const MAX_COLUMNS: usize = 8;
/// Filled lines at the start that may be the headings.
const MAX_ABOVE: usize = 4;

/// Rows with a time, words and a speaker between tabs or commas.
pub(super) struct NvivoRows;

/// Headings of the column of times.
pub(in super::super) const TIME: &[&str] = &[
    "timespan",
    "time span",
    "timestamp",
    "time stamp",
    "timecode",
    "time",
    "start",
    "zeitspanne",
    "zeitraum",
    "zeitstempel",
    "zeitmarke",
    "zeit",
    "intervalle",
    "intervalle de temps",
    "durée",
    "horodatage",
    "période",
    "temps",
    "intervalo",
    "intervalo de tiempo",
    "marca de tiempo",
    "tiempo",
    "intervalo de tempo",
    "tempo",
    "intervallo",
    "tijd",
    "tijdspanne",
    "タイムスパン",
    "时间跨度",
    "时间范围",
    "时间",
    "時間",
];

/// Headings of the column of words.
pub(in super::super) const CONTENT: &[&str] = &[
    "content",
    "contents",
    "text",
    "transcript",
    "transcription",
    "utterance",
    "words",
    "speech",
    "inhalt",
    "transkript",
    "transkription",
    "contenu",
    "texte",
    "contenido",
    "texto",
    "conteúdo",
    "contenuto",
    "testo",
    "inhoud",
    "tekst",
    "コンテンツ",
    "内容",
    "内容文本",
    "文本",
];

/// Headings of the column of speakers.
pub(in super::super) const SPEAKER: &[&str] = &[
    "speaker",
    "speakers",
    "name",
    "speaker name",
    "participant",
    "who",
    "sprecher",
    "sprecherin",
    "sprecher/in",
    "person",
    "intervenant",
    "interlocuteur",
    "locuteur",
    "orador",
    "hablante",
    "interlocutor",
    "participante",
    "locutor",
    "falante",
    "oratore",
    "parlante",
    "relatore",
    "spreker",
    "发言人",
    "说话者",
    "说话人",
    "演讲者",
    "話者",
    "発言者",
    "スピーカー",
];

/// The meanings of the columns.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Columns {
    time: usize,
    content: usize,
    speaker: Option<usize>,
    count: usize,
    /// Whether the first row names them.
    named: bool,
}

impl ServiceForm for NvivoRows {
    fn name(&self) -> &'static str {
        "rows of time, words and speaker (NVivo)"
    }

    fn recognise(&self, lines: &[Line]) -> Option<RecognisedText> {
        if lines.iter().any(|line| line.label.is_some()) {
            return None;
        }
        [Some('\t'), Some(','), Some(';')]
            .into_iter()
            .flatten()
            .find_map(|separator| read_rows(lines, separator))
    }
}

fn read_rows(lines: &[Line], separator: char) -> Option<RecognisedText> {
    let filled: Vec<usize> = (0..lines.len()).filter(|at| !is_empty(&lines[*at])).collect();
    let header = filled.iter().take(MAX_ABOVE).copied().find_map(|at| {
        let cells = cells_of(&lines[at].text, separator);
        Some((at, named_columns(&cells)?))
    });
    let body: Vec<usize> =
        filled.iter().copied().filter(|at| header.as_ref().is_none_or(|(header, _)| at > header)).collect();
    let rows: Vec<Vec<String>> = body.iter().map(|at| cells_of(&lines[*at].text, separator)).collect();
    let columns = match header.as_ref() {
        Some((_, columns)) => columns.clone(),
        None => columns_by_shape(&rows)?,
    };
    let fitted: Vec<Option<(When, String, String)>> =
        rows.iter().map(|cells| row(cells, &columns, separator)).collect();
    let fits = fitted.iter().flatten().count();
    if fits < 2 || (fits as f64) < if columns.named { 0.5 } else { MIN_SHARE } * rows.len() as f64 {
        return None;
    }
    let mut recognised = RecognisedText::default();
    if let Some((header, _)) = header {
        for line in &lines[..header] {
            recognised.unfit(line);
        }
        recognised.leave_out(&lines[header]);
    }
    let mut started = false;
    for ((at, cells), fit) in body.iter().zip(&rows).zip(fitted) {
        let line = &lines[*at];
        let Some((when, speaker, content)) = fit else {
            // A line break within the words of the row above.
            if started {
                recognised.speech(line.number, &line.text);
            } else {
                recognised.unfit(line);
            }
            continue;
        };
        started = true;
        let used = 2 + usize::from(columns.speaker.is_some());
        if columns.count > used {
            let further = cells.len().min(columns.count).saturating_sub(used);
            (0..further).for_each(|_| recognised.further_cells.add(line.number));
        }
        if columns.speaker.is_some() && !speaker.is_empty() {
            recognised.speaker(line.number, &speaker, when);
            recognised.speech(line.number, &content);
        } else {
            let text = content.trim().to_owned();
            let is_speech = columns.speaker.is_some();
            recognised.keep(Line {
                number: line.number,
                text,
                when,
                starts_paragraph: true,
                is_speech,
                ..Line::default()
            });
        }
    }
    Some(recognised)
}

/// The cells of a line. Commas within double quotes do not separate, and a doubled quote is one.
fn cells_of(line: &str, separator: char) -> Vec<String> {
    if separator == '\t' {
        return line.split('\t').map(|cell| cell.trim().to_owned()).collect();
    }
    let mut cells = vec![String::new()];
    let mut quoted = false;
    let mut characters = line.chars().peekable();
    while let Some(c) = characters.next() {
        let Some(cell) = cells.last_mut() else { break };
        match c {
            '"' if quoted && characters.peek() == Some(&'"') => {
                characters.next();
                cell.push('"');
            }
            '"' if quoted || cell.trim().is_empty() => quoted = !quoted,
            c if c == separator && !quoted => cells.push(String::new()),
            c => cell.push(c),
        }
    }
    cells.into_iter().map(|cell| cell.trim().to_owned()).collect()
}

/// The columns that a first row names: at least a time and the words.
fn named_columns(cells: &[String]) -> Option<Columns> {
    if !(2..=MAX_COLUMNS).contains(&cells.len()) {
        return None;
    }
    let find = |names: &[&str]| cells.iter().position(|cell| names.contains(&fold(cell).as_str()));
    let (time, content) = (find(TIME)?, find(CONTENT)?);
    Some(Columns { time, content, speaker: find(SPEAKER), count: cells.len(), named: true })
}

/// The columns of rows without headings: one of times, one of a few repeated names, and the words.
fn columns_by_shape(rows: &[Vec<String>]) -> Option<Columns> {
    let count = rows.iter().map(Vec::len).max()?;
    if !(2..=MAX_COLUMNS).contains(&count) || rows.len() < 2 {
        return None;
    }
    // Commas within the words make rows of different lengths; the most frequent one counts.
    let usual = rows.iter().map(Vec::len).min()?;
    if usual < 2 {
        return None;
    }
    let most = |test: &dyn Fn(&[String]) -> bool| {
        rows.iter().filter(|row| test(row)).count() as f64 >= MIN_SHARE * rows.len() as f64
    };
    let is_time = |cell: &str| matches!(take_when(cell), Some((_, "")));
    let times: Vec<usize> =
        (0..usual).filter(|at| most(&|row| row.get(*at).is_some_and(|cell| is_time(cell)))).collect();
    let [time] = times.as_slice() else { return None };
    let length = |at: usize| rows.iter().filter_map(|row| row.get(at)).map(String::len).sum::<usize>();
    let others = || (0..usual).filter(|at| at != time);
    let content = others().max_by_key(|at| length(*at))?;
    // A name with a colon is another form: Zoom's chat.
    let names = |at: usize| rows.iter().filter_map(move |row| row.get(at)).map(String::as_str);
    let speaker = others().filter(|at| *at != content).find(|at| {
        let distinct: BTreeSet<String> = names(*at).map(fold).collect();
        most(&|row| row.get(*at).is_some_and(|cell| is_name(cell) || cell.is_empty()))
            && is_cast(names(*at).filter(|name| !name.is_empty()))
            && distinct.len() * 2 <= rows.len().max(4)
    });
    // Two columns without a name are any list of times.
    speaker.map(|speaker| Columns {
        time: *time,
        content,
        speaker: Some(speaker),
        count: usual,
        named: false,
    })
}

/// Time, speaker and words of a row, if it has the form. Extra commas belong to the words.
fn row(cells: &[String], columns: &Columns, separator: char) -> Option<(When, String, String)> {
    let further = cells.len().checked_sub(columns.count)?;
    let shifted = |column: usize| if column > columns.content { column + further } else { column };
    let cell = |column: usize| cells.get(shifted(column)).map(String::as_str).unwrap_or_default();
    let content = cells.get(columns.content..=columns.content + further)?;
    let joint = if separator == '\t' { " ".to_owned() } else { format!("{separator} ") };
    let content = content.join(&joint);
    let time = cell(columns.time);
    let when = match take_when(time) {
        Some((when, "")) => when,
        _ if time.is_empty() && columns.named => When::default(),
        _ => return None,
    };
    let speaker = columns.speaker.map(cell).unwrap_or_default().trim_end_matches([':', '：']).trim();
    Some((when, speaker.to_owned(), content))
}
