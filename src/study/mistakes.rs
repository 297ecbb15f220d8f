//! Advice on common mistakes in TOML: curly quotation marks, backslashes, a text where a list belongs, a key in the wrong section. A
//! sentence for each, with the line to write instead.

use std::path::{Path, PathBuf};

/// The keys of each section of a study file.
const SECTIONS: [(&str, &[&str]); 9] = [
    ("study", &["title", "language", "seed"]),
    (
        "corpus",
        &[
            "transcripts",
            "participants",
            "groups",
            "interviewers",
            "tiers",
            "split",
            "questions",
            "speakers",
            "pseudonyms",
            "mask",
        ],
    ),
    ("segment", &["unit", "min_words", "window_words"]),
    ("embed", &["model", "engine", "device", "precision"]),
    ("cluster", &["method", "clusters"]),
    ("themes", &["codebook", "emergent"]),
    ("review", &["codes"]),
    ("compare", &["within", "time", "question"]),
    ("output", &["directory", "formats"]),
];
/// Quotation marks of word processors and telephones.
const CURLY: [char; 10] = ['“', '”', '„', '‟', '‘', '’', '‚', '«', '»', '＂'];
/// Spaces that TOML does not accept as such.
const OTHER_BLANKS: [char; 3] = ['\u{A0}', '\u{202F}', '\u{3000}'];

/// The mistake in a line, and what to write.
pub(super) type Advice = (String, String);

/// Advice on a message of the TOML reader about the given line; none where the message explains itself.
pub(super) fn advice(line: &str, message: &str) -> Option<Advice> {
    let line = line.trim();
    if line.contains(OTHER_BLANKS) && message.starts_with("invalid unquoted key") {
        let with_blanks = line.replace(OTHER_BLANKS, " ");
        return Some(("a blank in this line is a no-break space".into(), write(&with_blanks)));
    }
    if line.contains(CURLY) && !message.starts_with("invalid type") {
        let straight = line.replace(CURLY, "\"");
        return Some((
            "the quotation marks in this line are curly, as word processors set them".into(),
            write(&straight),
        ));
    }
    if is_about_an_escape(message) && line.contains('\\') {
        return Some((
            "a backslash begins an escape here, so paths are written with `/`, also on Windows".into(),
            write(&with_slashes(line)),
        ));
    }
    if message.starts_with("key with no value") {
        return Some((
            "there is no `=` between the key and its value".into(),
            write(&with_equals_sign(line)),
        ));
    }
    if message.starts_with("missing comma between array elements") {
        return Some((
            "the list is not closed, or a comma between two of its texts is missing".into(),
            "write each text in quotation marks, commas between them and `]` at the end: [\"one\", \"two\"]"
                .into(),
        ));
    }
    let (key, value) = line.split_once('=').map(|(key, value)| (key.trim(), value.trim()))?;
    // The reader's `invalid float` is about a bare word that begins with `i` or `n`.
    let of_a_bare_word =
        ["string values must be quoted", "invalid boolean", "invalid float", "invalid integer"];
    if of_a_bare_word.iter().any(|start| message.starts_with(start)) {
        return Some(match truth(value) {
            Some(truth) => {
                (format!("`{key}` is true or false, in small letters"), write(&format!("{key} = {truth}")))
            }
            None => {
                ("a text stands in quotation marks".into(), write(&format!("{key} = {}", with_quotes(value))))
            }
        });
    }
    let bare = value.trim_matches(['"', '\'']);
    if key == "emergent" && message.starts_with("`emergent` is") {
        let meant = truth(bare).or_else(|| bare.parse::<u32>().is_ok().then_some(bare)).unwrap_or("true");
        return Some((message.to_owned(), write(&format!("{key} = {meant}"))));
    }
    let expected = message.strip_prefix("invalid type: ")?.rsplit_once(", expected ")?.1;
    match expected {
        "a sequence" => Some((
            format!("`{key}` is a list, which stands in square brackets"),
            write(&format!("{key} = [{value}]")),
        )),
        "a string" if value.starts_with('[') => {
            let first = value.trim_matches(['[', ']']).split(',').next().unwrap_or_default().trim();
            Some((format!("`{key}` is one text, not a list"), write(&format!("{key} = {first}"))))
        }
        "a string" => Some((
            format!("`{key}` is a text, which stands in quotation marks"),
            write(&format!("{key} = \"{value}\"")),
        )),
        "a boolean" => {
            let truth = truth(bare).unwrap_or("true");
            Some((
                format!("`{key}` is true or false, without quotation marks"),
                write(&format!("{key} = {truth}")),
            ))
        }
        _ if value.starts_with(['"', '\'']) && bare.parse::<i64>().is_ok() => {
            Some((format!("`{key}` is a number, without quotation marks"), write(&format!("{key} = {bare}"))))
        }
        _ => None,
    }
}

/// What to write where a section or a key is missing.
pub(super) fn advice_on_missing(field: &str) -> Option<Advice> {
    let line = "transcripts = [\"transcripts/*\"]";
    match field {
        "corpus" => Some((
            "the study file does not say where the transcripts are".into(),
            format!("write [corpus] on a line of its own, and below it {line}"),
        )),
        "transcripts" => Some((
            "the study file does not say where the transcripts are".into(),
            format!("below [corpus], write {line}"),
        )),
        _ => None,
    }
}

/// The section of a misplaced key, or the right name of a section.
pub(super) fn advice_on_unknown(key: &str) -> Option<String> {
    let lower = key.to_lowercase();
    if SECTIONS.iter().any(|(section, _)| *section == lower) {
        return Some(format!("write [{lower}], in small letters"));
    }
    let (section, _) = SECTIONS.iter().find(|(_, keys)| keys.contains(&lower.as_str()))?;
    Some(format!("`{lower}` belongs under [{section}]"))
}

/// Advice on a study file that cannot be opened: a folder, or a name whose extension Windows hides.
pub(super) fn advice_on_study_path(path: &Path) -> Option<Advice> {
    let shown = |path: &Path| path.display().to_string().trim_end_matches('/').to_owned();
    if path.is_dir() {
        let inside = path.join("study.toml");
        let hint = if inside.is_file() {
            format!("name the file in it: `{}`", shown(&inside))
        } else {
            format!("`emic init {}` makes a study in it; then name its study.toml", shown(path))
        };
        return Some(("this is a folder, not a study file".into(), hint));
    }
    let with_another_ending = PathBuf::from(format!("{}.txt", shown(path)));
    (!path.exists() && with_another_ending.is_file()).then(|| {
        (
            format!("there is no such file, but one called `{}`", shown(&with_another_ending)),
            "rename it so that it ends in .toml; the Explorer of Windows hides such endings until its view shows `File name extensions`".into(),
        )
    })
}

/// Advice on a pattern that matches no file: a folder, or backslashes.
pub(super) fn advice_on_pattern(folder: &Path, pattern: &str) -> Option<String> {
    let with_slashes = pattern.replace('\\', "/");
    if folder.join(&with_slashes).is_dir() {
        return Some(format!(
            "this is a folder; write \"{}/*\" for all files in it",
            with_slashes.trim_end_matches('/')
        ));
    }
    (with_slashes != pattern)
        .then(|| format!("paths are written with `/`, also on Windows: write \"{with_slashes}\""))
}

/// Advice on a path with characters that only a misread backslash makes.
pub(super) fn advice_on_path(written: &str) -> Option<Advice> {
    written.chars().any(char::is_control).then(|| {
        (
            "a backslash in this path was read as the beginning of an escape".into(),
            "write paths with `/`, also on Windows: \"C:/interviews/new/*.docx\"".into(),
        )
    })
}

fn write(line: &str) -> String {
    format!("write {line}")
}

fn is_about_an_escape(message: &str) -> bool {
    ["missing escaped value", "too few unicode value digits", "invalid escape", "value is out of range"]
        .iter()
        .any(|start| message.starts_with(start))
}

fn with_slashes(line: &str) -> String {
    line.replace("\\\\", "/").replace('\\', "/")
}

/// `title: "x"` and `title "x"` as `title = "x"`.
fn with_equals_sign(line: &str) -> String {
    let end = line.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(line.len());
    let (key, rest) = line.split_at(end);
    let value = rest.trim_start_matches([':', ' ', '\t']);
    let value = if value.is_empty() { "\"…\"".to_owned() } else { with_quotes(value) };
    format!("{key} = {value}")
}

/// A value with quotation marks around each of its texts.
fn with_quotes(value: &str) -> String {
    if value.starts_with(['"', '\'']) || value.parse::<f64>().is_ok() {
        return value.to_owned();
    }
    match value.strip_prefix('[') {
        Some(list) => {
            let texts = list.trim_end_matches(']').split(',').map(str::trim).filter(|text| !text.is_empty());
            format!("[{}]", texts.map(with_quotes).collect::<Vec<_>>().join(", "))
        }
        None => format!("\"{}\"", value.trim_matches(['"', '\''])),
    }
}

fn truth(word: &str) -> Option<&'static str> {
    match word.to_lowercase().as_str() {
        "true" | "yes" | "on" | "ja" | "oui" | "sí" => Some("true"),
        "false" | "no" | "off" | "nein" | "non" => Some("false"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::study::StudyError;
    use crate::study::file::StudyFile;

    fn said(text: &str) -> String {
        let error = toml::from_str::<StudyFile>(text).map(|_| ()).unwrap_err();
        let error = StudyError::from_toml(Path::new("study.toml"), text, &error);
        format!("{error} ({})", error.hint)
    }

    #[test]
    fn mistakes_get_a_sentence_and_the_line_to_write() {
        let with_corpus = |rest: &str| said(&format!("[corpus]\ntranscripts = [\"a\"]\n{rest}\n"));
        insta::assert_snapshot!(said("[study]\ntitle = “My study”\n"), @"study.toml:2: the quotation marks in this line are curly, as word processors set them (write title = \"My study\")");
        insta::assert_snapshot!(said("[corpus]\ntranscripts = [“a/*.docx”]\n"), @"study.toml:2: the quotation marks in this line are curly, as word processors set them (write transcripts = [\"a/*.docx\"])");
        insta::assert_snapshot!(said("[corpus]\ntranscripts = [\"C:\\Users\\me\\*.docx\"]\n"), @"study.toml:2: a backslash begins an escape here, so paths are written with `/`, also on Windows (write transcripts = [\"C:/Users/me/*.docx\"])");
        insta::assert_snapshot!(said("[corpus]\ntranscripts = \"a/*.docx\"\n"), @"study.toml:2: `transcripts` is a list, which stands in square brackets (write transcripts = [\"a/*.docx\"])");
        insta::assert_snapshot!(with_corpus("participants = [\"p.csv\"]"), @"study.toml:3: `participants` is one text, not a list (write participants = \"p.csv\")");
        insta::assert_snapshot!(with_corpus("[themes]\nemergent = True"), @"study.toml:4: `emergent` is true or false, in small letters (write emergent = true)");
        insta::assert_snapshot!(with_corpus("[themes]\nemergent = \"no\""), @"study.toml:4: `emergent` is true, false or a whole number, without quotation marks (write emergent = false)");
        insta::assert_snapshot!(with_corpus("[themes]\nemergent = \"24\""), @"study.toml:4: `emergent` is true, false or a whole number, without quotation marks (write emergent = 24)");
        insta::assert_snapshot!(with_corpus("[study]\ntitle = My study"), @"study.toml:4: a text stands in quotation marks (write title = \"My study\")");
        insta::assert_snapshot!(with_corpus("interviewers = [INT, Ana B.]"), @"study.toml:3: a text stands in quotation marks (write interviewers = [\"INT\", \"Ana B.\"])");
        insta::assert_snapshot!(with_corpus("[segment]\nmin_words = \"5\""), @"study.toml:4: `min_words` is a number, without quotation marks (write min_words = 5)");
        insta::assert_snapshot!(with_corpus("[study]\ntitle: x"), @"study.toml:4: there is no `=` between the key and its value (write title = \"x\")");
        insta::assert_snapshot!(with_corpus("groups = [\"a\" \"b\"]"), @"study.toml:3: the list is not closed, or a comma between two of its texts is missing (write each text in quotation marks, commas between them and `]` at the end: [\"one\", \"two\"])");
        insta::assert_snapshot!(with_corpus("groups\u{a0}= [\"a\"]"), @"study.toml:3: a blank in this line is a no-break space (write groups = [\"a\"])");
        insta::assert_snapshot!(with_corpus("codebook = \"c.csv\""), @"study.toml:3: unknown key `codebook` (`codebook` belongs under [themes])");
        insta::assert_snapshot!(said("[Corpus]\ntranscripts = [\"a\"]\n"), @"study.toml:1: unknown key `Corpus` (write [corpus], in small letters)");
        insta::assert_snapshot!(said("[study]\ntitle = \"x\"\n"), @"study.toml:1: the study file does not say where the transcripts are (write [corpus] on a line of its own, and below it transcripts = [\"transcripts/*\"])");
        insta::assert_snapshot!(said("[corpus]\ngroups = [\"x\"]\n"), @"study.toml:1: the study file does not say where the transcripts are (below [corpus], write transcripts = [\"transcripts/*\"])");
    }

    #[test]
    fn folders_and_hidden_endings_are_named() {
        let folder = tempfile::tempdir().unwrap();
        let said = |name: &str| {
            let error = crate::study::Study::load(&folder.path().join(name)).unwrap_err();
            format!("{error} ({})", error.hint).replace(&folder.path().display().to_string(), "…")
        };
        std::fs::write(folder.path().join("other.toml.txt"), "").unwrap();
        std::fs::create_dir(folder.path().join("talks")).unwrap();
        std::fs::write(folder.path().join("talks/a.txt"), "A: so\n").unwrap();
        insta::assert_snapshot!(said(""), @"…/: this is a folder, not a study file (`emic init …` makes a study in it; then name its study.toml)");
        insta::assert_snapshot!(said("other.toml"), @"…/other.toml: there is no such file, but one called `…/other.toml.txt` (rename it so that it ends in .toml; the Explorer of Windows hides such endings until its view shows `File name extensions`)");
        std::fs::write(folder.path().join("study.toml"), "[corpus]\ntranscripts = [\"talks\"]\n").unwrap();
        insta::assert_snapshot!(said("study.toml"), @"…/study.toml: no transcript was found: no pattern under `transcripts` matches a file (this is a folder; write \"talks/*\" for all files in it)");
        std::fs::write(folder.path().join("study.toml"), "[corpus]\ntranscripts = ['talks\\*.txt']\n")
            .unwrap();
        insta::assert_snapshot!(said("study.toml"), @"…/study.toml: no transcript was found: no pattern under `transcripts` matches a file (paths are written with `/`, also on Windows: write \"talks/*.txt\")");
        std::fs::write(folder.path().join("study.toml"), "[corpus]\ntranscripts = [\"talks\\texts\"]\n")
            .unwrap();
        insta::assert_snapshot!(said("study.toml"), @"…/study.toml:2: a backslash in this path was read as the beginning of an escape (write paths with `/`, also on Windows: \"C:/interviews/new/*.docx\")");
    }
}
