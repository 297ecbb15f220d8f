//! Puts shell, styles, library, script and data into one file that loads nothing else.

use std::io::{self, Write};

use data_encoding::BASE64;
use serde::Serialize;
use sha2::{Digest as _, Sha256};

const SHELL: &str = include_str!("shell.html");
const STYLES: [&str; 3] =
    [include_str!("style/base.css"), include_str!("style/pictures.css"), include_str!("style/review.css")];
/// Observable Plot draws the pictures, on D3; both as published, with their licences beside them.
const D3: &str = include_str!("vendor/d3.min.js");
const PLOT: &str = include_str!("vendor/plot.umd.min.js");
/// The page's own modules in `script/`, bundled by `npm run bundle` in `tests/page`. The bundle is committed, so that a build needs
/// no Node.
const SCRIPT: &str = include_str!("bundle.js");

/// Writes the document with its two blocks of data.
///
/// Scripts run only if their digest is named here, and nothing may be loaded: a name or a quote that looks like a script stays text even
/// if a mistake puts it in the wrong element.
pub(super) fn write_document(
    writer: &mut impl Write,
    title: &str,
    study: &impl Serialize,
    voices: &impl Serialize,
) -> io::Result<()> {
    let mut rest = SHELL;
    while let Some((before, after)) = rest.split_once("{{") {
        let Some((marker, after)) = after.split_once("}}") else { break };
        writer.write_all(before.as_bytes())?;
        match marker {
            "TITLE" => writer.write_all(escaped(title).as_bytes())?,
            "HASHES" => writer.write_all([D3, PLOT, SCRIPT].map(digest).join(" ").as_bytes())?,
            "STYLE" => writer.write_all(STYLES.join("\n").as_bytes())?,
            "STUDY" => serde_json::to_writer(WithoutTags(&mut *writer), study)?,
            "VOICES" => serde_json::to_writer(WithoutTags(&mut *writer), voices)?,
            "D3" => writer.write_all(D3.as_bytes())?,
            "PLOT" => writer.write_all(PLOT.as_bytes())?,
            "SCRIPT" => writer.write_all(SCRIPT.as_bytes())?,
            _ => {}
        }
        rest = after;
    }
    writer.write_all(rest.as_bytes())
}

/// The name of a script for the content security policy.
fn digest(script: &str) -> String {
    format!("'sha256-{}'", BASE64.encode(&Sha256::digest(script.as_bytes())))
}

fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            _ => safe.push(letter),
        }
    }
    safe
}

/// JSON without `<`, so that nothing in it can end its block. In JSON the character occurs only within texts, where `\u003c` means the
/// same.
struct WithoutTags<W>(W);

impl<W: Write> Write for WithoutTags<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for (index, part) in bytes.split(|byte| *byte == b'<').enumerate() {
            if index > 0 {
                self.0.write_all(b"\\u003c")?;
            }
            self.0.write_all(part)?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(title: &str, text: &str) -> String {
        let mut bytes = Vec::new();
        write_document(&mut bytes, title, &serde_json::json!({ "text": text }), &serde_json::json!([text]))
            .unwrap();
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn nothing_that_people_wrote_is_markup() {
        let document = document("</title><script>alert(1)</script>", "</script><!-- {{SCRIPT}} <b>");
        assert!(document.contains("<title>&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;</title>"));
        assert!(document.contains(r#"{"text":"\u003c/script>\u003c!-- {{SCRIPT}} \u003cb>"}"#));
        let blocks = |text: &str| text.matches("<script").count();
        let ours = [D3, PLOT, SCRIPT].map(blocks).iter().sum::<usize>();
        assert_eq!(blocks(&document), 5 + ours);
    }

    #[test]
    fn scripts_are_named_by_their_digest() {
        // printf 'abc' | openssl dgst -sha256 -binary | base64
        assert_eq!(digest("abc"), "'sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0='");
        assert!(document("", "").contains(&digest(SCRIPT)));
    }

    #[test]
    fn the_document_asks_for_nothing() {
        let own = [SHELL, SCRIPT].into_iter().chain(STYLES);
        for text in own {
            for word in
                ["src=\"http", "href=\"http", "@import", "url(http", "fetch(", "XMLHttpRequest", "innerHTML"]
            {
                assert!(!text.contains(word), "{word}");
            }
        }
    }
}
