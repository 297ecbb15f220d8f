//! The three sheets of `codebook.xlsx`: what it is, the themes, the quotes.

use rust_xlsxwriter::{DataValidation, Format, Formula, Workbook, Worksheet, XlsxError};
use transcripts::Transcript;
use transcripts::text::counted;

use super::cells::{fit_row, to_fill_in, wrapped, write_text};
use super::codebook_draft::draft_codebook;
use crate::results::{QuoteKind, Seed, Segment, SegmentIndex, ThemeIndex};
use crate::table::{Findings, locator};

/// A column: its heading, its width in characters, and who fills it.
type Heading = (&'static str, f64, Filled);

/// Who fills a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Filled {
    Here,
    ByReviewer,
}

const THEME_HEADINGS: [Heading; 20] = [
    ("theme", 24.0, Filled::Here),
    ("kind", 10.0, Filled::Here),
    ("definition", 40.0, Filled::Here),
    ("include", 40.0, Filled::Here),
    ("exclude", 40.0, Filled::Here),
    ("examples", 40.0, Filled::Here),
    ("keywords", 28.0, Filled::Here),
    ("parent", 20.0, Filled::Here),
    ("words found", 28.0, Filled::Here),
    ("segments", 10.0, Filled::Here),
    ("share of segments", 10.0, Filled::Here),
    ("interviews", 10.0, Filled::Here),
    ("share of interviews", 10.0, Filled::Here),
    ("central quotes", 70.0, Filled::Here),
    ("borderline quotes", 70.0, Filled::Here),
    ("keep? (yes, no)", 12.0, Filled::ByReviewer),
    ("rename to", 24.0, Filled::ByReviewer),
    ("merge with", 24.0, Filled::ByReviewer),
    ("new definition", 40.0, Filled::ByReviewer),
    ("notes", 40.0, Filled::ByReviewer),
];
const KEEP_COLUMN: u16 = 15;
const MERGE_COLUMN: u16 = 17;

const QUOTE_HEADINGS: [Heading; 9] = [
    ("theme", 24.0, Filled::Here),
    ("kind", 11.0, Filled::Here),
    ("rank", 6.0, Filled::Here),
    ("quote", 90.0, Filled::Here),
    ("speaker", 16.0, Filled::Here),
    ("locator", 28.0, Filled::Here),
    ("segment_id", 16.0, Filled::Here),
    ("fits? (yes, no, unsure)", 14.0, Filled::ByReviewer),
    ("memo", 50.0, Filled::ByReviewer),
];
const FITS_COLUMN: u16 = 7;

/// The width of the first sheet's one column.
const ABOUT_WIDTH: f64 = 100.0;

/// The first sheet: what the workbook is and how to work with it.
pub(super) fn add_about_sheet(
    workbook: &mut Workbook,
    title: &str,
    findings: &Findings,
) -> Result<(), XlsxError> {
    let sheet = workbook.add_worksheet().set_name("read me")?;
    sheet.set_column_width(0, ABOUT_WIDTH)?;
    let heading = Format::new().set_bold().set_font_size(14);
    let text = wrapped();
    write_text(sheet, 0, 0, &format!("Codebook: {title}"), &heading)?;

    let counts = format!(
        "{}, {}, {}. A segment carries none, one or several themes.",
        counted(findings.corpus.transcripts.len(), "interview", "interviews"),
        counted(findings.segments.len(), "coded segment", "coded segments"),
        counted(findings.themes.len(), "theme", "themes")
    );
    let lines = [
        counts.as_str(),
        "A program proposed everything on a white ground: it labelled the segments with the themes of the codebook \
         (seed) and added themes that the codebook does not name (emergent), described in people's own words. It is a \
         proposal to argue with, not a result. The yellow columns are yours.",
        "Sheet `themes` has a row a theme. Read the quotes against definition, include and exclude. Then say whether \
         to keep the theme, what to call it, which theme it belongs to, and what its definition should say.",
        "Sheet `quotes` has a row a quote. Central quotes are typical of the theme, borderline ones were labelled \
         only just, dissenting ones are near the theme and say otherwise. Say whether each fits: the borderline \
         ones show best where the theme ends.",
        "Every quote is verbatim. The locator names the interview, the turn and, where there are times, hours, \
         minutes and seconds of the recording; searching the transcript for the first words finds it too.",
        "Shares are plain shares: of all coded segments, and of all interviews (those with one such segment or more).",
        "To go on with your verdicts, save your copy beside the study file and name it there under [themes], for \
         example codebook = \"reviewed.xlsx\". The next run then starts from the sheet `themes`.",
        "A theme of the codebook (seed) stays unless you say no. An emergent one comes in only if you say yes, rename \
         it, give it a new definition, or merge it or another one with it. `merge with` moves a theme's examples and \
         keywords to the theme that you name; a name that is not there yet makes a new theme. Corrections in the white \
         columns count too.",
    ];
    for (row, line) in (2_u32..).zip(lines) {
        write_text(sheet, row, 0, line, &text)?;
        fit_row(sheet, row, [(line, ABOUT_WIDTH)])?;
    }
    Ok(())
}

/// The sheet `themes`: a row a theme.
pub(super) fn add_themes_sheet(
    workbook: &mut Workbook,
    findings: &Findings,
    seeds: &[Seed],
) -> Result<(), XlsxError> {
    let sheet = workbook.add_worksheet().set_name("themes")?;
    write_headings(sheet, &THEME_HEADINGS)?;
    let (text, number) = (wrapped(), wrapped());
    let share = wrapped().set_num_format("0.0%");
    let drafts = draft_codebook(findings, seeds);
    for (index, (theme, draft)) in findings.themes.iter().zip(&drafts).enumerate() {
        let row = index as u32 + 1;
        let quotes = |kind| quotes_of(findings, index.into(), kind);
        write_text(sheet, row, 0, &theme.name, &wrapped().set_bold())?;
        write_text(sheet, row, 1, theme.kind.as_str(), &text)?;
        let described = described(&draft.seed);
        let found = theme.keywords.join("; ");
        let (central, borderline) = (quotes(QuoteKind::Central), quotes(QuoteKind::Borderline));
        for (column, words) in (2_u16..).zip(&described) {
            write_text(sheet, row, column, words, &text)?;
        }
        write_text(sheet, row, 8, &found, &text)?;
        sheet.write_number_with_format(row, 9, theme.counts.segments, &number)?;
        sheet.write_number_with_format(row, 10, theme.counts.share_segments, &share)?;
        sheet.write_number_with_format(row, 11, theme.counts.transcripts, &number)?;
        sheet.write_number_with_format(row, 12, theme.counts.share_transcripts, &share)?;
        write_text(sheet, row, 13, &central, &text)?;
        write_text(sheet, row, 14, &borderline, &text)?;
        write_empty(sheet, row, &THEME_HEADINGS)?;
        let words = [(0, &theme.name), (8, &found), (13, &central), (14, &borderline)];
        let words = words.into_iter().chain((2_usize..).zip(&described));
        fit_row(sheet, row, words.map(|(column, words)| (words.as_str(), THEME_HEADINGS[column].1)))?;
    }
    let Some(last) = (findings.themes.len() as u32).checked_sub(1).map(|last| last + 1) else {
        return Ok(());
    };
    let yes_or_no = DataValidation::new().allow_list_strings(&["yes", "no"])?;
    sheet.add_data_validation(1, KEEP_COLUMN, last, KEEP_COLUMN, &yes_or_no)?;
    // A list and no rule: a reviewer may name a new theme.
    let names = Formula::new(format!("=$A$2:$A${}", last + 1));
    let any_theme = DataValidation::new().allow_list_formula(names).show_error_message(false);
    sheet.add_data_validation(1, MERGE_COLUMN, last, MERGE_COLUMN, &any_theme)?;
    Ok(())
}

/// Definition, include, exclude, examples (a line each), keywords and parent.
fn described(seed: &Seed) -> [String; 6] {
    // A line break in an example would make two of it when the workbook is read as a codebook.
    let one_line = |example: &String| example.split_whitespace().collect::<Vec<&str>>().join(" ");
    [
        seed.definition.clone(),
        seed.include.clone(),
        seed.exclude.clone(),
        seed.examples.iter().map(one_line).collect::<Vec<String>>().join("\n"),
        seed.keywords.join("; "),
        seed.parent.clone(),
    ]
}

/// All quotes of a kind for a theme, each with its locator, a blank line between.
fn quotes_of(findings: &Findings, theme: ThemeIndex, kind: QuoteKind) -> String {
    let quotes: Vec<String> = findings
        .quotes
        .iter()
        .filter(|quote| quote.theme == theme && quote.kind == kind)
        .filter_map(|quote| segment_at(findings, quote.segment))
        .map(|(transcript, segment)| format!("“{}” ({})", segment.passage.text, locator(transcript, segment)))
        .collect();
    quotes.join("\n\n")
}

/// The sheet `quotes`: a row a quote.
pub(super) fn add_quotes_sheet(workbook: &mut Workbook, findings: &Findings) -> Result<(), XlsxError> {
    let sheet = workbook.add_worksheet().set_name("quotes")?;
    write_headings(sheet, &QUOTE_HEADINGS)?;
    let text = wrapped();
    let mut row = 0;
    for quote in &findings.quotes {
        let Some((transcript, segment)) = segment_at(findings, quote.segment) else { continue };
        let Some(theme) = quote.theme.of(&findings.themes) else { continue };
        row += 1;
        write_text(sheet, row, 0, &theme.name, &text)?;
        write_text(sheet, row, 1, quote.kind.as_str(), &text)?;
        sheet.write_number_with_format(row, 2, quote.rank, &text)?;
        write_text(sheet, row, 3, &segment.passage.text, &text)?;
        write_text(sheet, row, 4, &segment.speaker, &text)?;
        let location = locator(transcript, segment);
        write_text(sheet, row, 5, &location, &text)?;
        write_text(sheet, row, 6, &segment.id, &text)?;
        write_empty(sheet, row, &QUOTE_HEADINGS)?;
        let words = [
            (0, theme.name.as_str()),
            (3, &segment.passage.text),
            (4, &segment.speaker),
            (5, &location),
            (6, &segment.id),
        ];
        fit_row(sheet, row, words.map(|(column, words)| (words, QUOTE_HEADINGS[column].1)))?;
    }
    if row > 0 {
        let verdicts = DataValidation::new().allow_list_strings(&["yes", "no", "unsure"])?;
        sheet.add_data_validation(1, FITS_COLUMN, row, FITS_COLUMN, &verdicts)?;
        sheet.autofilter(0, 0, row, QUOTE_HEADINGS.len() as u16 - 1)?;
    }
    Ok(())
}

fn segment_at(findings: &Findings, index: SegmentIndex) -> Option<(&Transcript, &Segment)> {
    let segment = index.of(&findings.segments)?;
    Some((segment.passage.transcript.of(&findings.corpus.transcripts)?, segment))
}

fn write_headings(sheet: &mut Worksheet, headings: &[Heading]) -> Result<(), XlsxError> {
    for (column, &(heading, width, filled)) in (0_u16..).zip(headings) {
        let plain = wrapped().set_bold();
        let format = if filled == Filled::ByReviewer { to_fill_in(plain) } else { plain };
        sheet.write_string_with_format(0, column, heading, &format)?;
        sheet.set_column_width(column, width)?;
    }
    // Bold letters are wider.
    fit_row(sheet, 0, headings.iter().map(|&(heading, width, _)| (heading, width * 0.9)))?;
    sheet.set_freeze_panes(1, 1)?;
    Ok(())
}

/// The reviewer's cells of a row, empty.
fn write_empty(sheet: &mut Worksheet, row: u32, headings: &[Heading]) -> Result<(), XlsxError> {
    let format = to_fill_in(wrapped());
    for (column, &(_, _, filled)) in (0_u16..).zip(headings) {
        if filled == Filled::ByReviewer {
            sheet.write_blank(row, column, &format)?;
        }
    }
    Ok(())
}
