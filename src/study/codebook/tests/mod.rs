//! Codebooks as people keep them, and as nobody should.

mod workbook;

use super::*;

fn load(name: &str, text: &str) -> Result<Codebook, StudyError> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, text).unwrap();
    Codebook::load(&path)
        .map(|(codebook, _)| codebook)
        .map_err(|error| StudyError { file: name.to_owned(), ..error })
}

fn said(name: &str, text: &str) -> String {
    let error = load(name, text).unwrap_err();
    format!("{error} ({})", error.hint)
}

#[test]
fn the_seed_codebooks_of_the_project_are_complete() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/codebooks");
    let names = ["barriers", "community-group-skills", "community-practice", "levels-of-practice"];
    for name in names {
        let codebook = Codebook::load(&folder.join(format!("{name}.toml"))).unwrap().0;
        assert!(codebook.seeds.len() >= 3);
        for seed in &codebook.seeds {
            assert!(![&seed.definition, &seed.include, &seed.exclude].into_iter().any(String::is_empty));
            assert!(seed.examples.len() >= 3 && seed.keywords.len() >= 6, "{}", seed.name);
        }
    }
}

#[test]
fn a_table_with_semicolons_reads_like_toml() {
    let csv = "Name;Definition;Examples;Keywords\nworkload;Too many cases.;I have sixty.|No time at all.;caseload|overtime\n";
    let toml = "[[theme]]\nname = \"workload\"\ndefinition = \"Too many cases.\"\n\
                examples = [\"I have sixty.\", \"No time at all.\"]\nkeywords = [\"caseload\", \"overtime\"]\n";
    assert_eq!(load("a.csv", csv).unwrap().seeds, load("a.toml", toml).unwrap().seeds);
}

#[test]
fn texts_are_cleaned_as_in_transcripts() {
    let toml = "[[theme]]\nname = \"a\"\ndefinition = \"\\u0001one\\r\\ntwo\\rthree\\u0085four \\u0007\"\n\
                examples = [\"\\u0000\", \" \\uFEFFyes\"]\n";
    let seeds = load("a.toml", toml).unwrap().seeds;
    assert_eq!(seeds[0].definition, "one\ntwo\nthree\nfour");
    assert_eq!(seeds[0].examples, ["yes"]);
    assert_eq!(seeds[0].clone().cleaned(), seeds[0]);
}

#[test]
fn mistakes_name_the_line_and_what_was_meant() {
    let twice = "[[theme]]\nname = \"workload\"\n[[theme]]\nname = \"Workload\"\n";
    insta::assert_snapshot!(said("a.toml", twice), @"a.toml:3: the theme `Workload` stands twice (join the two, or rename one)");
    insta::assert_snapshot!(said("a.toml", "[[theme]]\nname = \"a\"\nkeyword = []\n"), @"a.toml:3: unknown key `keyword` (did you mean `keywords`?)");
    insta::assert_snapshot!(said("a.csv", "name,definiton\na,b\n"), @"a.csv:1: unknown column `definiton` (did you mean `definition`?)");
    insta::assert_snapshot!(said("a.csv", "name,definition\n,b\n"), @"a.csv:2: a theme has no name (give every theme a `name`)");
    insta::assert_snapshot!(said("a.docx", ""), @"a.docx: a codebook must end in .toml, .csv, .tsv, .xlsx, .ods, .txt, .qdc or .qdpx (export it as an Excel table or as REFI-QDA codebook; `emic init FOLDER` makes a codebook.toml to start from)");
}

/// Name, definition and parent of each theme, and the problems.
fn shown(name: &str, contents: &[u8]) -> String {
    let (codebook, problems) = match Codebook::read(contents, Path::new(name)) {
        Ok(read) => read,
        Err(error) => return format!("{error} ({})", error.hint),
    };
    let row = |seed: &Seed| {
        let parts = [&seed.name, &seed.definition, &seed.parent].map(String::as_str).join(" | ");
        parts.trim_end_matches([' ', '|']).to_owned()
    };
    let rows = codebook.seeds.iter().map(row);
    rows.chain(problems.iter().map(ToString::to_string)).collect::<Vec<_>>().join("\n")
}

#[test]
fn exports_of_other_programs_are_codebooks() {
    // Taguette, with and without paths.
    insta::assert_snapshot!(shown("a.csv", b"tag,description,number of highlights,number of documents\nlaw,\"Definition: Laws that change.\nWhen not to use: Pay.\",3,2\n"), @"law | Laws that change.");
    insta::assert_snapshot!(shown("a.csv", b"path,description\nbarriers,\nbarriers/law,Laws that change\nsupport/law,Laws that help\n"), @r"
    barriers
    barriers: law | Laws that change | barriers
    support: law | Laws that help | support
    note: a.csv: themes of one name under different parents are told apart by them: `barriers: law`, `support: law`
    ");
    // MAXQDA, in English and in German, the latter as Excel in Western Europe saves text.
    insta::assert_snapshot!(shown("a.csv", b"Color,Parent code,Code,Code memo,Author,Coded segments\n#ff0000,,Barriers,,ana,0\n#ff0000,Barriers,Law,Laws that change,ana,7\n"), @r"
    Barriers
    Law | Laws that change | Barriers
    ");
    let german =
        shown("a.csv", b"Farbe;Obercode;Code;Memo\n#f00;H\xFCrden;Recht;Gesetze, die sich \xE4ndern\n");
    assert!(german.starts_with("Recht | Gesetze, die sich ändern | Hürden\n"), "{german}");
    // NVivo, with the folder of all codes in the names; ATLAS.ti; Dedoose.
    insta::assert_snapshot!(shown("a.csv", "Nom,Description,Fichiers,Références\nCodes\\Obstacles,,0,0\nCodes\\Obstacles\\Loi,Des lois qui changent,3,9\n".as_bytes()), @r"
    Obstacles
    Loi | Des lois qui changent | Obstacles
    ");
    insta::assert_snapshot!(shown("a.csv", "Código;Enraizamiento;Densidad;Grupos de códigos;Comentario\nLey;4;0;Obstáculos;Leyes que cambian\n".as_bytes()), @"Ley | Leyes que cambian | Obstáculos");
    insta::assert_snapshot!(shown("a.csv", b"Id,Parent Id,Depth,Title,Description,Weighted\n11,,0,Barriers,,False\n12,11,1,Law,Laws that change,False\n"), @r"
    Barriers
    Law | Laws that change | Barriers
    ");
    // Categories and what is below them, as in many a methods section.
    insta::assert_snapshot!(shown("a.csv", "Kategorie;Subkategorie;Definition;Ankerbeispiel\nHürden;;;\nHürden;Recht;Gesetze;Das Gesetz war neu.\n".as_bytes()), @r"
    Hürden
    Recht | Gesetze | Hürden
    ");
}

#[test]
fn a_heading_is_never_a_theme_and_unknown_columns_are_told_of() {
    insta::assert_snapshot!(shown("a.csv", b"\xEF\xBB\xBFname;\nlaw;\nhelp;\n"), @r"
    law
    help
    ");
    insta::assert_snapshot!(shown("a.csv", b"name,seen by\nlaw,Ana\n"), @r"
    law
    note: a.csv:1: the column `seen by` is none of a codebook's and was passed over (understood are `name` (or theme, code, tag, title, Thema, nom, nombre), `definition` (or description, memo, comment, Beschreibung, descripción), `include`, `exclude`, `examples`, `keywords`, `parent` (or parent code, group, Obercode, code parent, código padre) and `path`)
    ");
    insta::assert_snapshot!(shown("a.csv", b"law,Laws that change\nhelp,Help\n"), @"a.csv: no column has a heading that stands for the themes' names (understood are `name` (or theme, code, tag, title, Thema, nom, nombre), `definition` (or description, memo, comment, Beschreibung, descripción), `include`, `exclude`, `examples`, `keywords`, `parent` (or parent code, group, Obercode, code parent, código padre) and `path`)");
    insta::assert_snapshot!(shown("a.csv", b"name,definition\nWorkload,a\n\"workload \",b\n"), @"a.csv:3: the theme `workload` stands twice (join the two, or rename one)");
    insta::assert_snapshot!(shown("a.txt", b"law\tLaws that change\nhelp\n"), @r"
    law | Laws that change
    help
    ");
}

#[test]
fn files_that_once_broke_a_reader_do_not_break_this_one() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("crates/transcripts/tests/fixtures/fuzz");
    let mut files = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let _ = Codebook::read(&std::fs::read(&path).unwrap(), &path);
        files += 1;
    }
    assert!(files >= 3);
}
