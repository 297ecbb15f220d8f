//! No input makes a reader panic, and what it gives is well formed.

use proptest::prelude::*;

use super::papers::{drawn, open_document, pdf_of};
use super::word::{packed, word_file};
use super::*;
use crate::pseudonym::Pseudonyms;

/// Everything that reading one file does, without the file.
pub(super) fn read(name: &str, bytes: &[u8]) {
    let mut log = ProblemLog::new(name);
    let found = read_bytes(bytes, name, &ReadPlan::default(), &mut log).unwrap_or_default();
    for sourced in found {
        let _ = assemble(
            String::new(),
            sourced,
            &Pseudonyms::default(),
            &People::default(),
            &Interviewers::default(),
        );
    }
    let _ = log.finish();
}

/// Text made of the pieces that the readers look for.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "WEBVTT",
        "\n",
        "\n\n",
        "\r\n",
        "NOTE ",
        "STYLE",
        "1",
        "00:00:01.000",
        " --> ",
        "00:00:02,5",
        "<v A>",
        "<v ",
        "</v>",
        "<",
        ">",
        "&amp;",
        "&",
        "I:",
        "Anna: ",
        "[Anna]",
        "{B}",
        "#C:",
        "\t",
        "\t0.5\t1\t",
        "(00:01:02)",
        "#00:01:02-3#",
        "**Q:**",
        "**",
        "- ",
        "שלום: ",
        "\u{200F}",
        "\u{FEFF}",
        "é",
        "text",
        "transcript_id",
        "speaker",
        ",",
        ";",
        "\"",
        "{",
        "}",
        "[",
        "]",
        "\"text\":",
        "{\"text\": \"a\"}",
        ":",
        "：",
        "\u{0}",
        "\u{B}",
        "sep=;",
        "…",
        "9999999999999999999999",
        "-1",
    ]);
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

/// JSON with the brackets closed that are open in `text`, so that what is in it is looked at more often.
fn balanced(text: &str) -> String {
    let mut open = Vec::new();
    let mut whole = String::new();
    let mut quoted = false;
    for c in text.chars() {
        match c {
            '"' => quoted = !quoted,
            '{' if !quoted => open.push('}'),
            '[' if !quoted => open.push(']'),
            '}' | ']' if !quoted => {
                if open.last() != Some(&c) {
                    continue;
                }
                open.pop();
                whole = whole.trim_end_matches(',').to_owned();
            }
            ',' if !quoted
                && !whole.ends_with(['"', '}', ']'])
                && !whole.ends_with(|c: char| c.is_ascii_alphanumeric()) =>
            {
                continue;
            }
            _ => {}
        }
        if c == '"' && quoted && whole.ends_with(['"', '}', ']']) {
            whole.push(',');
        }
        whole.push(c);
    }
    let mut whole = whole.trim_end_matches(',').to_owned();
    whole.extend(open.into_iter().rev());
    whole
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        for name in [
            "a.txt", "a.md", "a.vtt", "a.srt", "a.sbv", "a.ttml", "a.ass", "a.json", "a.otr", "a.html", "a.cha", "a.eaf", "a.TextGrid", "a.xml", "a.docx", "a.odt", "a.fodt", "a.rtf",
            "a.pdf", "a.qdpx", "a.csv", "a.tsv", "a.xlsx", "a.jsonl",
        ] {
            read(name, &bytes);
        }
    }

    #[test]
    fn any_mixture_of_what_readers_look_for(text in pieces()) {
        for name in ["a.txt", "a.md", "a.vtt", "a.srt", "a.sbv", "a.json", "a.cha", "a.csv", "a.tsv", "a.jsonl"] {
            read(name, text.as_bytes());
        }
    }

    #[test]
    fn any_chat(pieces in prop::collection::vec(prop::sample::select(vec![
        "@Participants:\t", "@ID:\t", "|", "A Ann Adult, B Child", "*A:\t", "*B:", "%mor:\t", "\n", "\t", "\u{15}", "1_20", "<", ">", "[", "]", "[/]",
        "[=! laughs]", "&=a:b", "&*A:mm", "&-", "(", ")", "(.)", "+...", "+/.", "@s", "x@u", "0", "0is", "xxx", " ", ".", "_", ":", "#", "↫", "é",
    ]), 0..60)) {
        read("a.cha", format!("*A:\t{}", pieces.concat()).as_bytes());
    }

    #[test]
    fn any_tiers_of_elan(pieces in prop::collection::vec(prop::sample::select(vec![
        "<TIME_ORDER>", "<TIME_SLOT TIME_SLOT_ID=\"t1\" TIME_VALUE=\"5\"/>", "<TIME_SLOT TIME_SLOT_ID=\"t2\"/>",
        "<TIME_SLOT TIME_SLOT_ID=\"t3\" TIME_VALUE=\"18446744073709551615\"/>", "<TIER TIER_ID=\"A\">", "<TIER TIER_ID=\"B\" PARENT_REF=\"A\" PARTICIPANT=\"P\">",
        "<TIER TIER_ID=\"A\" PARENT_REF=\"B\">", "</TIER>", "<ALIGNABLE_ANNOTATION ANNOTATION_ID=\"a\" TIME_SLOT_REF1=\"t1\" TIME_SLOT_REF2=\"t2\">",
        "<ALIGNABLE_ANNOTATION ANNOTATION_ID=\"b\" TIME_SLOT_REF1=\"t2\" TIME_SLOT_REF2=\"t3\">", "<REF_ANNOTATION ANNOTATION_ID=\"c\" ANNOTATION_REF=\"a\">",
        "<REF_ANNOTATION ANNOTATION_ID=\"d\" ANNOTATION_REF=\"c\" PREVIOUS_ANNOTATION=\"d\">", "<REF_ANNOTATION ANNOTATION_ID=\"e\" ANNOTATION_REF=\"e\">",
        "<ANNOTATION_VALUE>word</ANNOTATION_VALUE>", "</ALIGNABLE_ANNOTATION>", "</REF_ANNOTATION>", "&amp;", "<", "<HEADER TIME_UNITS=\"PAL-frames\"/>",
    ]), 0..60)) {
        read("a.eaf", format!("<ANNOTATION_DOCUMENT>{}", pieces.concat()).as_bytes());
    }

    #[test]
    fn any_tei(pieces in prop::collection::vec(prop::sample::select(vec![
        "<u>", "<u who=\"#A #B\" start=\"#T1\">", "</u>", "<sp>", "</sp>", "<speaker>", "</speaker>", "<person xml:id=\"A\">", "<persName>", "</persName>", "</person>",
        "<timeline unit=\"min\">", "<when xml:id=\"T1\" interval=\"1e300\" since=\"#T1\"/>", "<when absolute=\"10:00:00\"/>", "<choice>", "</choice>", "<sic>", "</sic>",
        "<note>", "</note>", "<vocal desc=\"&lt;\"/>", "<vocal>", "</vocal>", "<gap/>", "<pc>", "</pc>", "<del/>", "word ", ",", "&other;", "<teiHeader>", "</teiHeader>", "<",
    ]), 0..60)) {
        read("a.xml", format!("<TEI><text>{}", pieces.concat()).as_bytes());
    }

    #[test]
    fn any_tiers_of_praat(pieces in prop::collection::vec(prop::sample::select(vec![
        "\"IntervalTier\" ", "\"TextTier\" ", "\"A\" ", "\"sil\" ", "0 ", "1 ", "-1 ", "1e308 ", "NaN ", "\"", "\"\"", "<exists> ", "!x\n", "xmin = ", "[1]: ", "word ", "\n",
    ]), 0..80)) {
        read("a.TextGrid", format!("\"ooTextFile\" \"TextGrid\" {}", pieces.concat()).as_bytes());
    }

    #[test]
    fn any_json_of_recognisers(pieces in prop::collection::vec(prop::sample::select(vec![
        "\"segments\":", "\"chunks\":", "\"transcription\":", "\"results\":", "\"response\":", "\"alternatives\":", "\"words\":", "\"text\":", "\"start\":", "\"end\":",
        "\"timestamp\":", "\"offsets\":", "\"speaker\":", "\"startTime\":", "\"1.3s\"", "\"speakerTag\":", "\"word\":", "\"a\"", "{", "}", "[", "]", ",", "1", "-1e400", "NaN", "null",
        "[{\"text\":\"a b\",\"start\":1,\"words\":[{\"word\":\"a\",\"speaker\":\"X\"},{\"word\":\"b\",\"speaker\":\"Y\"}]}]", "[{\"alternatives\":[{\"transcript\":\"a\"}]}]",
    ]), 0..30)) {
        read("a.json", format!("{{{}}}", pieces.concat()).as_bytes());
    }

    #[test]
    fn any_json_of_services(pieces in prop::collection::vec(prop::sample::select(vec![
        "\"results\":{", "\"results\":[{", "\"channels\":[{", "\"alternatives\":[{", "\"words\":[{", "\"utterances\":[{", "\"transcription\":{", "\"paragraphs\":[{",
        "\"sentences\":[{", "\"monologues\":[{", "\"elements\":[{", "\"tokens\":[{", "\"recognizedPhrases\":[{", "\"nBest\":[{", "\"items\":[{", "\"segments\":[{",
        "\"speaker_labels\":[{", "\"speaker_labels\":{", "\"timestamps\":[[\"a\",1,2]]", "\"transcripts\":[{", "\"entries\":[{", "\"transcript\":[{", "\"result\":[{",
        "\"events\":[{", "\"segs\":[{", "\"utf8\":\"a\"", "\"text\":\"a b\"", "\"content\":\"a\"", "\"transcript\":\"a b\"", "\"word\":\"a\"", "\"value\":\" \"", "\"display\":\"a\"",
        "\"type\":\"punctuation\"", "\"type\":\"spacing\"", "\"type\":\"punct\"", "\"attaches_to\":\"next\"", "\"start\":1.5", "\"end\":1e300", "\"start_ms\":-5", "\"tStartMs\":99999999999999999999",
        "\"offset\":\"PT1H2M3.5S\"", "\"offsetInTicks\":7", "\"from\":1", "\"start_time\":\"0.5\"", "\"startTime\":{\"seconds\":\"1\",\"nanos\":5}", "\"speaker\":\"A\"", "\"speaker\":0", "\"speaker\":null",
        "\"speaker\":{\"name\":\"A\"}", "\"speaker_id\":\"B\"", "\"speaker_label\":\"spk_0\"", "\"channel\":1", "\"audio_url\":\"x\"", "\"media-time\":1", ",", ",", ",", ",", "}", "}", "}]", "}]", "]",
    ]), 0..40), top in prop::sample::select(vec![("{", "}"), ("[{", "}]"), ("{", "}\n{\"text\":\"a\"}")])) {
        read("a.json", format!("{}{}{}", top.0, balanced(&pieces.concat()), top.1).as_bytes());
    }

    #[test]
    fn any_page_and_any_captions_in_xml(pieces in prop::collection::vec(prop::sample::select(vec![
        "<p>", "<p begin=\"1s\" end=\"0.5s\">", "<p begin=\"00:00:01:99\" dur=\"9e9h\">", "</p>", "<span begin=\"2t\" ttm:agent=\"a\">", "<span data-m=\"5\" data-d=\"18446744073709551615\">", "</span>",
        "<a name=\"ts_5_3_S00\">", "<a name=\"ts_5_30_S00\">", "</a>", "<br/>", "<br>", "<div begin=\"99999h\">", "</div>", "<ttm:agent xml:id=\"a\"><ttm:name>", "</ttm:name></ttm:agent>", "<head>", "</head>",
        "S00: ", "[00:00:05]", "[", "]", "- A? - B.", ">> C: ", "word ", "&amp;", "&lt;", "&#0;", "<script>", "</script>", "<!--", "-->", "<", ">", "\"", "é", "\n",
    ]), 0..60)) {
        let text = pieces.concat();
        read("a.html", text.as_bytes());
        read("a.ttml", format!("<tt><body>{text}").as_bytes());
        read("a.otr", serde_json::json!({ "text": text }).to_string().as_bytes());
        read("a.ass", text.replace("<p>", "Dialogue: 0,0:00:01.00,0:00:02.00,D,A,0,0,0,,").as_bytes());
    }

    #[test]
    fn any_rich_text(pieces in prop::collection::vec(prop::sample::select(vec![
        "{", "}", "\\par ", "\\b", "\\b0 ", "\\'e9", "\\'", "\\u1513?", "\\u-10179 ", "\\uc3", "\\cell ", "\\row ", "\\intbl", "\\pard ", "\\*", "\\fonttbl",
        "\\f1", "\\fcharset128", "\\bin9 ", "\\v ", "\\deleted", "\\footnote", "text", "I: ", "\n", "\t", "\\", "\\~", "\\ansicpg932", "\u{e9}",
    ]), 0..60)) {
        read("a.rtf", format!("{{\\rtf1 {}", pieces.concat()).as_bytes());
    }

    #[test]
    fn any_drawing_in_a_pdf(pieces in prop::collection::vec(prop::sample::select(vec![
        "BT ", "ET ", "q ", "Q ", "/F 10 Tf ", "/W 9 Tf ", "/X Do ", "(a\\051 b) Tj ", "<0001> Tj ", "[(a) -900 (b) ", "] TJ ", "1 0 0 1 50 700 Tm ", "0 -12 Td ", "T* ",
        "999999999999 ", "-.5- ", "<<", ">>", "[", "]", "(", ")", "BI ID x EI ", "0 0 0 0 0 0 cm ", "1e9 ", "%", "\n", "12 0 R ", "' ", "14 TL ", "/A#20B ", "beginbfrange <00> <ff> <41> endbfrange ",
    ]), 0..60)) {
        read("a.pdf", &pdf_of(&[&pieces.concat(), &pieces.concat()], &pieces.concat()));
    }

    #[test]
    fn papers_with_some_bytes_changed(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12)) {
        let files = [
            ("a.pdf", pdf_of(&[&drawn(&["I: Hello", "R: Yes"]), &drawn(&["1 I: Hello"])], "1 beginbfchar <0001> <05D0> endbfchar")),
            ("a.odt", open_document("", "<text:p>I: <text:s text:c=\"2\"/>Hello</text:p>")),
            ("a.rtf", b"{\\rtf1\\ansi{\\fonttbl{\\f0\\fcharset0 A;}}\\pard I: Caf\\'e9\\par R: \\u1513?\\par}".to_vec()),
            ("a.xlsx", super::workbooks::book()),
        ];
        for (name, mut bytes) in files {
            for (at, byte) in &changes {
                let at = at.index(bytes.len());
                bytes[at] = *byte;
            }
            read(name, &bytes);
        }
    }

    #[test]
    fn any_xml_in_an_open_document(pieces in prop::collection::vec(prop::sample::select(vec![
        "<text:p>", "</text:p>", "<text:span>", "</text:span>", "text", " \n ", "<table:table>", "</table:table>", "<table:table-row>", "</table:table-row>", "<table:table-cell>", "</table:table-cell>",
        "<table:covered-table-cell table:number-columns-repeated=\"99999999999\"/>", "<text:s text:c=\"9999\"/>", "<text:tab/>", "<text:note>", "</text:note>", "<text:deletion>", "</text:deletion>", "&lt;", "&#0;", "<![CDATA[", "]]>", "</office:text>",
    ]), 0..40)) {
        read("a.odt", &open_document("", &pieces.concat()));
    }

    #[test]
    fn any_xml_in_a_word_file(pieces in prop::collection::vec(prop::sample::select(vec![
        "<w:p>", "</w:p>", "<w:r>", "</w:r>", "<w:t>", "</w:t>", "text", "<w:tbl>", "</w:tbl>", "<w:tr>", "</w:tr>", "<w:tc>", "</w:tc>",
        "<w:del>", "</w:del>", "<mc:AlternateContent>", "<mc:Choice>", "</mc:Choice>", "<mc:Fallback>", "</mc:AlternateContent>",
        "<w:pPr>", "</w:pPr>", "<w:rPr>", "</w:rPr>", "<w:b/>", "<w:br/>", "&lt;", "&#0;", "&#x110000;", "&other;", "<![CDATA[", "]]>", "<!--",
    ]), 0..40)) {
        read("a.docx", &packed(&[("word/document.xml", &word_file(&pieces.concat()))]));
    }

    #[test]
    fn a_word_file_with_some_bytes_changed(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8)) {
        let mut bytes = packed(&[("word/document.xml", &word_file("<w:p><w:r><w:t>I: Hello</w:t></w:r></w:p>"))]);
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        read("a.docx", &bytes);
    }
}
