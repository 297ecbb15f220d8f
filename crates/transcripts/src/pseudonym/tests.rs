//! What is found and what is not, in the scripts of the world; and what must hold for any text.

use proptest::prelude::*;

use super::names::Entry;
use super::tally::NameKind;
use super::*;

fn pseudonyms(pairs: &[(&str, &str)]) -> Pseudonyms {
    let entries = pairs.iter().zip(2..).map(|((name, replacement), row)| {
        let (name, exact) = name.strip_prefix('=').map_or((*name, false), |name| (name, true));
        Entry {
            name: name.to_owned(),
            replacement: (*replacement).to_owned(),
            kind: NameKind::Name,
            exact,
            row,
            letters: fold::letters(name).filter(|letter| letter.kind != fold::Kind::Space).count(),
        }
    });
    Pseudonyms::new(NamesToReplace::new("pseudonyms.csv", entries.collect()), Mask::ALL.to_vec())
}

fn shown(pairs: &[(&str, &str)], texts: &[&str]) -> String {
    let pseudonyms = pseudonyms(pairs);
    let lines: Vec<String> = texts.iter().map(|text| pseudonyms.text(text)).collect();
    lines.join("\n")
}

#[test]
fn whole_words_are_replaced_in_their_case() {
    let pairs =
        [("Anna", "Ruth"), ("Anna Maria Lopez", "Carla Diaz"), ("Lübeck", "[a town]"), ("O'Brien", "Kelly")];
    let texts = [
        "Anna said ANNA and anna.",
        "Anna's book; l’Anna; (Anna) Anna-Lena Anna_2 Anna2",
        "Joanna, Annalena and Annas stay.",
        "Anna  Maria\nLopez, and Anna Maria",
        "L\u{fc}beck, Lu\u{308}beck, LÜBECK, Lubeck",
        "O’Brien, O'BRIEN",
    ];
    insta::assert_snapshot!(shown(&pairs, &texts), @r"
    Ruth said RUTH and ruth.
    Ruth's book; l’Ruth; (Ruth) Ruth-Lena Ruth_2 Ruth2
    Joanna, Annalena and Annas stay.
    Carla Diaz, and Ruth Maria
    [a town], [a town], [a town], Lubeck
    Kelly, KELLY
    ");
}

#[test]
fn other_scripts_have_their_own_words() {
    let pairs = [
        ("מרים", "רות"),
        ("דן", "אבי"),
        ("أحمد", "سمير"),
        ("王小明", "李华"),
        ("田中", "山田"),
        ("アンナ", "ルツ"),
        ("안나", "지수"),
        ("สมชาย", "วิชัย"),
        ("Ελένης", "Μαρίας"),
        ("Nguyễn", "Trần"),
    ];
    let texts = [
        "מרים ולמרים ושמרים מִרְיָם; דן הדן",
        "أحمد وأحمد لأحمد والأحمد أَحْمَد محمدأحمد",
        "我叫王小明。",
        "田中さんとアンナさん、アンナリサ",
        "안나는 안나에게 안나 조안나 안나푸르나",
        "คุณสมชายพูด",
        "Ελένης ΕΛΈΝΗΣ",
        "Nguyễn Nguye\u{302}\u{303}n Nguy\u{ea}\u{303}n",
    ];
    insta::assert_snapshot!(shown(&pairs, &texts), @r"
    רות ולרות ושרות רות; אבי הדן
    سمير وسمير لسمير والسمير سمير محمدأحمد
    我叫李华。
    山田さんとルツさん、アンナリサ
    지수는 지수에게 지수 조안나 안나푸르나
    คุณวิชัยพูด
    Μαρίας ΜΑΡΊΑΣ
    Trần Trần Trần
    ");
}

#[test]
fn nothing_is_replaced_twice() {
    insta::assert_snapshot!(shown(&[("Anna", "Ruth"), ("Ruth", "Eve")], &["Anna and Ruth"]), @"Ruth and Eve");
}

#[test]
fn a_name_may_be_found_only_as_it_is_written() {
    insta::assert_snapshot!(shown(&[("=Will", "Tom")], &["Will will, WILL"]), @"Tom will, WILL");
}

#[test]
fn addresses_and_numbers_are_masked() {
    let texts = [
        "Write to anna.b@example.org or a@b.co.uk, see https://example.org/a?b=c, www.example.de and example.com/x.",
        "It ended.So we left, e.g. the v1.2.3 of it, node.js and so on.",
        "+44 20 7946 0958; +972-54-1234567, 054-1234567, 0541234567, (02) 123-45678, 0171/1234567",
        "00 49 171 1234567, 0049 171 1234567, 01 23 45 67 89, (212) 555-0123, 212-555-0123, 212.555.0123",
        "In 2019 054-1234567 rang; call 5, 07700 900123.",
        "2019-2020, 1990, 12:30, 00:01:02, 01.02.2024, 2024-01-15, 15/01/2024, 01-02-24",
        "12 034 567 people, 1,000,000, $20.000.000, 3.14159265358, 0.123456789, 0.53 2.291, 100 000 000",
        "id 305123456, P0123456789, ISBN 978-0-306-40615-7, 0001 0002 0003, 1234567890, case 17-2045-33",
    ];
    insta::assert_snapshot!(shown(&[], &texts), @r"
    Write to [email] or [email], see [web], [web] and [web].
    It ended.So we left, e.g. the v1.2.3 of it, node.js and so on.
    [phone]; [phone], [phone], [phone], [phone], [phone]
    [phone], [phone], [phone], [phone], [phone], [phone]
    In 2019 [phone] rang; call 5, [phone].
    2019-2020, 1990, 12:30, 00:01:02, 01.02.2024, 2024-01-15, 15/01/2024, 01-02-24
    12 034 567 people, 1,000,000, $20.000.000, 3.14159265358, 0.123456789, 0.53 2.291, 100 000 000
    id 305123456, P0123456789, ISBN 978-0-306-40615-7, 0001 0002 0003, 1234567890, case 17-2045-33
    ");
    insta::assert_snapshot!(Pseudonyms::default().text(texts[0]).len() == texts[0].len(), @"true");
}

#[test]
fn files_are_named_after_people_in_many_ways() {
    let pseudonyms = pseudonyms(&[("Anna Müller", "Ruth Weber"), ("Anna", "Ruth"), ("Bo", "Al")]);
    let paths =
        ["in/Anna_Müller-2.txt", "InterviewAnna.docx", "anna1.vtt", "Bo.txt", "IntBo2.txt", "Bob.txt", "P01"];
    let shown: Vec<String> = paths.iter().map(|path| pseudonyms.path(path)).collect();
    insta::assert_snapshot!(shown.join(" "), @"in/Ruth Weber-2.txt InterviewRuth.docx ruth1.vtt Al.txt IntAl2.txt Bob.txt P01");
}

#[test]
fn our_own_sentences_keep_their_words() {
    let pseudonyms = pseudonyms(&[("Will", "Tom")]);
    let problem =
        |message: &str| pseudonyms.problem(Problem::new(crate::corpus::Severity::Note, "Will.txt", message));
    insta::assert_snapshot!(problem("this will be read: `will`, \"WILL\" and Will"), @r#"note: Tom.txt: this will be read: `tom`, "TOM" and Tom"#);
}

#[test]
fn doubts_name_rows_and_no_names() {
    let pseudonyms = pseudonyms(&[("Anna", "Ruth"), ("Rose", "Iris"), ("Zoe", "Eve"), ("Max", "Tim")]);
    let mut tally = Tally::default();
    for text in ["Anna rose, rose, rose, rose, rose.", "Annas Annas", "Ruth said", "Max"] {
        pseudonyms.replace(text, TextKind::Text, &mut tally);
    }
    let warnings: Vec<String> = pseudonyms.warnings(&tally).iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(warnings.join("\n"), @r"
    warning: pseudonyms.csv:2: 2 longer words begin with the name in row 2 (shown as `Ruth`) and stayed as written (list forms such as a genitive or a plural in rows of their own)
    warning: pseudonyms.csv:2: `Ruth` stands in the transcripts already, 1 time: readers will take two for one (choose a replacement that nobody has)
    warning: pseudonyms.csv:3: the name in row 3 (shown as `Iris`) was replaced 5 times, 5 of them in small letters: it may be a common word (write `exact` in a column `case` to replace it only as you wrote it)
    warning: pseudonyms.csv:4: the name in row 4 (shown as `Eve`) stands in no transcript (compare the spelling, or take the row out)
    ");
    assert!(!format!("{pseudonyms:?}").contains("Anna"));
}

fn read(table: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("pseudonyms.csv");
    std::fs::write(&path, table).unwrap();
    match read_mapping(&path, "pseudonyms.csv") {
        Ok(Mapping { names, problems }) => {
            let problems: Vec<String> = problems.iter().map(ToString::to_string).collect();
            format!("{} names {}", names.entries().len(), problems.join("\n"))
        }
        Err(MappingError { row, message, hint }) => format!("{row:?} {message} ({hint})"),
    }
}

#[test]
fn mappings_are_read_or_refused_without_quoting_names() {
    let tables = [
        "name;replacement;kind\nAnna;Ruth;person\nLübeck;[a town];place\n",
        "name,replacement\nAnna,Ruth\nanna,Ruth\nRuth,Eve\nMax,max\n",
        "who,what\nAnna,Ruth\n",
        "name,replacement\n",
        "",
        "name,replacement\nAnna,\n",
        "name,replacement\nAnna,Ruth\nANNA,Eve\n",
        "name,replacement\n王,李\n",
        "name,replacement,kind\nAnna,Ruth,Anna\n",
    ];
    let all: Vec<String> = tables.iter().map(|table| read(table)).collect();
    insta::assert_snapshot!(all.join("\n"), @r"
    2 names 
    3 names warning: pseudonyms.csv:2: the replacement is the name in row 4; it is shown as it stands and not replaced again (choose a replacement that is nobody's name, or readers will take one person for the other)
    warning: pseudonyms.csv:5: this name is replaced by itself, so it is shown (choose another replacement)
    None the table of pseudonyms has no columns `name` and `replacement` (call one column `name` and one `replacement`; `kind` and `case` may follow)
    None the table of pseudonyms lists no name (call one column `name` and one `replacement`; `kind` and `case` may follow)
    None there is nothing to read in it (open it in Excel or LibreOffice and save it as .xlsx or .csv)
    Some(2) a name stands here without a replacement, and would be shown (write what is to be shown instead, for example a pseudonym or [name])
    Some(3) this name stands in row 2 already, with another replacement (keep one of the two; for two people of one name list their full names)
    Some(2) this name is too short to be found safely (list names of two signs or more; a family name of one sign together with what follows)
    Some(2) this kind is not known (write name, place, organisation or other, or nothing)
    ");
}

proptest! {
    #[test]
    fn any_text_is_replaced_without_a_panic_and_only_there(
        text in "(?s)(\\PC|Anna|anna|Mu\u{308}ller|[ \\n0-9+()./:@-]|ו|안나|王小明){0,60}",
    ) {
        let all = pseudonyms(&[("Anna", "Ruth"), ("Anna Müller", "X Y"), ("王小明", "李华"), ("안나", "지수"), ("אנה", "רות")]);
        for within in [TextKind::Text, TextKind::Path, TextKind::Message] {
            let mut tally = Tally::default();
            let shown = all.replace(&text, within, &mut tally).into_owned();
            if tally.take(None, TranscriptPart::Text).is_empty() {
                prop_assert_eq!(&shown, &text);
            }
        }
        // What is not asked for changes nothing.
        prop_assert_eq!(Pseudonyms::default().text(&text), text);
    }

    #[test]
    fn a_name_between_words_never_stays(before in "[a-z]{1,6}", after in "[a-z]{1,6}", gap in "[ \\n,.;:'\"()!?-]") {
        let text = format!("{before}{gap}Quxley{gap}{after}");
        prop_assert!(!pseudonyms(&[("Quxley", "Ruth")]).text(&text).contains("Quxley"));
    }
}
