//! PDFs that were saved again: only what the last saving left is read, in every way of writing cross-references.

use std::fmt::Write as _;
use std::io::Write as _;

use flate2::Compression;
use flate2::write::ZlibEncoder;

use super::*;

/// A PDF in the making.
struct Pdf {
    bytes: Vec<u8>,
    /// Where objects of the current revision begin.
    written: Vec<(u32, usize)>,
    /// Objects of the current revision that are in a stream: number, stream, index.
    packed: Vec<(u32, u32, usize)>,
    /// Where the last cross-references begin.
    references: Option<usize>,
}

const FONT: &str = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>";

impl Pdf {
    fn new() -> Self {
        Self { bytes: b"%PDF-1.5\n".to_vec(), written: Vec::new(), packed: Vec::new(), references: None }
    }

    fn object(&mut self, number: u32, contents: &str) {
        self.written.push((number, self.bytes.len()));
        self.bytes.extend(format!("{number} 0 obj\n{contents}\nendobj\n").bytes());
    }

    fn stream(&mut self, number: u32, about: &str, contents: &[u8]) {
        self.written.push((number, self.bytes.len()));
        let head = format!("{number} 0 obj\n<<{about}/Length {}>>\nstream\n", contents.len());
        self.bytes.extend(head.bytes());
        self.bytes.extend(contents);
        self.bytes.extend(b"\nendstream\nendobj\n");
    }

    /// What is said on a page.
    fn said(&mut self, number: u32, lines: &[&str]) {
        self.stream(number, "", super::papers::drawn(lines).as_bytes());
    }

    /// Objects within a stream.
    fn pack(&mut self, number: u32, objects: &[(u32, &str)]) {
        let (mut heads, mut bodies) = (String::new(), String::new());
        for (index, (object, contents)) in objects.iter().enumerate() {
            let _ = write!(heads, "{object} {} ", bodies.len());
            bodies.push_str(contents);
            bodies.push(' ');
            self.packed.push((*object, number, index));
        }
        let about = format!("/Type/ObjStm/N {}/First {}/Filter/FlateDecode", objects.len(), heads.len());
        self.stream(number, &about, &squeezed((heads + &bodies).as_bytes()));
    }

    /// Ends a revision with a table; `deleted` are objects that it frees.
    fn table(&mut self, deleted: &[u32]) {
        let start = self.bytes.len();
        let mut text = "xref\n".to_owned();
        for (number, offset) in self.written.drain(..) {
            let _ = write!(text, "{number} 1\n{offset:010} 00000 n \n");
        }
        for number in deleted {
            let _ = write!(text, "{number} 1\n0000000000 00001 f \n");
        }
        let before = self.references.map_or(String::new(), |offset| format!("/Prev {offset}"));
        let _ = write!(text, "trailer\n<</Size 30/Root 1 0 R{before}>>\nstartxref\n{start}\n%%EOF\n");
        self.bytes.extend(text.bytes());
        self.references = Some(start);
    }

    /// Ends a revision with a stream of cross-references.
    fn reference_stream(&mut self, number: u32) {
        let start = self.bytes.len();
        self.written.push((number, start));
        let mut rows: Vec<(u32, [u8; 7])> = Vec::new();
        for (number, offset) in self.written.drain(..) {
            let [a, b, c, d] = (offset as u32).to_be_bytes();
            rows.push((number, [1, a, b, c, d, 0, 0]));
        }
        for (number, stream, index) in self.packed.drain(..) {
            let [a, b, c, d] = stream.to_be_bytes();
            rows.push((number, [2, a, b, c, d, 0, index as u8]));
        }
        let index: Vec<String> = rows.iter().map(|(number, _)| format!("{number} 1")).collect();
        let index = index.join(" ");
        let contents: Vec<u8> = rows.iter().flat_map(|(_, row)| *row).collect();
        let before = self.references.map_or(String::new(), |offset| format!("/Prev {offset}"));
        let about =
            format!("/Type/XRef/Size 30/Root 1 0 R/W[1 4 2]/Index[{index}]/Filter/FlateDecode{before}");
        self.stream(number, &about, &squeezed(&contents));
        self.written.clear();
        self.bytes.extend(format!("startxref\n{start}\n%%EOF\n").bytes());
        self.references = Some(start);
    }

    fn read(&self) -> Vec<String> {
        let reading = read_as("P01.pdf", &self.bytes);
        check(&reading);
        let transcript = reading.corpus.transcripts.first();
        transcript.map_or(Vec::new(), |transcript| {
            transcript.turns.iter().map(|turn| format!("{}: {}", turn.speaker, turn.text)).collect()
        })
    }
}

fn squeezed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// A PDF of one page in its first revision, not ended yet.
fn one_page() -> Pdf {
    let mut pdf = Pdf::new();
    pdf.object(1, "<</Type/Catalog/Pages 2 0 R>>");
    pdf.object(2, "<</Type/Pages/Kids[3 0 R]/Count 1/Resources<</Font<</F 5 0 R>>>>>>");
    pdf.object(3, "<</Type/Page/Parent 2 0 R/Contents 4 0 R>>");
    pdf.object(5, FONT);
    pdf.said(4, &["I: What helps?", "R: The doctor told me.", "I: And then?", "R: I left."]);
    pdf
}

const AFTER: [&str; 4] = ["I: What helps?", "R: Somebody told me.", "I: And then?", "R: I left."];

#[test]
fn a_page_that_was_written_over_shows_its_new_words() {
    let mut pdf = one_page();
    pdf.table(&[]);
    pdf.said(4, &AFTER);
    pdf.table(&[]);
    assert_eq!(pdf.read(), AFTER);
}

#[test]
fn several_revisions_end_with_the_last() {
    let mut pdf = one_page();
    pdf.table(&[]);
    for words in ["R: Two.", "R: Three."] {
        pdf.said(4, &["I: What helps?", words, "I: And then?", "R: I left."]);
        pdf.table(&[]);
    }
    assert_eq!(pdf.read()[1], "R: Three.");
}

#[test]
fn a_page_replaced_within_a_stream_of_objects() {
    let mut pdf = one_page();
    pdf.reference_stream(20);
    // The page is another one now, and only the stream of objects says so.
    pdf.said(6, &AFTER);
    pdf.pack(7, &[(3, "<</Type/Page/Parent 2 0 R/Contents 6 0 R>>")]);
    pdf.reference_stream(21);
    assert_eq!(pdf.read(), AFTER);
}

#[test]
fn an_object_in_a_stream_replaced_by_one_in_a_later_stream_and_by_one_outside() {
    let mut pdf = Pdf::new();
    pdf.object(2, "<</Type/Pages/Kids[3 0 R]/Count 1/Resources<</Font<</F 5 0 R>>>>>>");
    pdf.said(4, &["I: Old?", "R: Old.", "I: Old?", "R: Old."]);
    pdf.pack(
        8,
        &[(1, "<</Type/Catalog/Pages 2 0 R>>"), (3, "<</Type/Page/Parent 2 0 R/Contents 4 0 R>>"), (5, FONT)],
    );
    pdf.reference_stream(20);
    pdf.said(6, &AFTER);
    // The later stream has a smaller number than the earlier one.
    pdf.pack(7, &[(3, "<</Type/Page/Parent 2 0 R/Contents 6 0 R>>")]);
    pdf.reference_stream(21);
    assert_eq!(pdf.read(), AFTER);
    let last = ["I: Last?", "R: Last.", "I: Last?", "R: Last."];
    pdf.said(9, &last);
    pdf.object(3, "<</Type/Page/Parent 2 0 R/Contents 9 0 R>>");
    pdf.table(&[]);
    assert_eq!(pdf.read(), last);
}

#[test]
fn a_page_that_was_taken_out_and_objects_that_were_deleted_are_not_read() {
    let mut pdf = one_page();
    pdf.table(&[]);
    pdf.said(11, &["R: Withdrawn words."]);
    pdf.object(10, "<</Type/Page/Parent 2 0 R/Contents 11 0 R>>");
    pdf.object(2, "<</Type/Pages/Kids[3 0 R 10 0 R]/Count 2/Resources<</Font<</F 5 0 R>>>>>>");
    pdf.table(&[]);
    assert!(pdf.read().last().unwrap().contains("Withdrawn"));
    let (with_page, references) = (pdf.bytes.clone(), pdf.references);
    pdf.object(2, "<</Type/Pages/Kids[3 0 R]/Count 1/Resources<</Font<</F 5 0 R>>>>>>");
    pdf.table(&[10, 11]);
    assert!(!pdf.read().concat().contains("Withdrawn"));
    // A program that deletes the page and leaves its number in the list.
    let mut pdf = Pdf { bytes: with_page, references, ..Pdf::new() };
    pdf.table(&[10, 11]);
    assert!(!pdf.read().concat().contains("Withdrawn"));
}

#[test]
fn a_file_whose_cross_references_lie_shows_what_comes_later() {
    let mut pdf = one_page();
    pdf.table(&[]);
    pdf.said(4, &AFTER);
    pdf.table(&[]);
    let broken = String::from_utf8_lossy(&pdf.bytes).replace("startxref\n", "startxref\n9");
    pdf.bytes = broken.into_bytes();
    assert_eq!(pdf.read(), AFTER);
    // Within streams of objects too.
    let mut pdf = one_page();
    pdf.reference_stream(20);
    pdf.said(6, &AFTER);
    pdf.pack(7, &[(3, "<</Type/Page/Parent 2 0 R/Contents 6 0 R>>")]);
    pdf.reference_stream(21);
    let place = pdf.bytes.windows(9).rposition(|bytes| bytes == b"startxref").unwrap();
    pdf.bytes.truncate(place);
    assert_eq!(pdf.read(), AFTER);
}

#[test]
fn a_file_for_old_and_new_programs_is_read_as_new_ones_do() {
    let mut pdf = one_page();
    pdf.table(&[]);
    let before = pdf.references;
    pdf.said(6, &AFTER);
    pdf.pack(7, &[(3, "<</Type/Page/Parent 2 0 R/Contents 6 0 R>>")]);
    let start = pdf.bytes.len();
    pdf.references = None;
    pdf.reference_stream(21);
    // The table calls the page deleted; the stream beside it knows better.
    let table = pdf.bytes.len();
    let text = format!(
        "xref\n3 1\n0000000000 00001 f \ntrailer\n<</Size 30/Root 1 0 R/Prev {}/XRefStm {start}>>\nstartxref\n{table}\n%%EOF\n",
        before.unwrap()
    );
    pdf.bytes.extend(text.bytes());
    assert_eq!(pdf.read(), AFTER);
}

#[test]
fn cross_references_that_lead_in_circles_end() {
    let mut pdf = one_page();
    pdf.references = Some(pdf.bytes.len());
    pdf.table(&[]);
    assert_eq!(pdf.read()[3], "R: I left.");
}
