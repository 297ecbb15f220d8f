//! Writes seeds and dictionaries for the fuzz targets: `corpus/TARGET/` and `dictionaries/TARGET.dict` below this crate, from the
//! fixtures of the tests and from small files made here.
//!
//! `cargo run --example seeds`, in the folder of this crate

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;

use transcripts_fuzz::package::{Body, Seed};
use transcripts_fuzz::{ANNOTATED, CAPTIONS, DIALOGUE, PACKAGES, PART_END, PDF, TABLES, seeds, words};

fn main() -> io::Result<()> {
    let crate_folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let targets = [
        ("captions", CAPTIONS),
        ("dialogue", DIALOGUE),
        ("annotated", ANNOTATED),
        ("tables", TABLES),
        ("pdf", PDF),
    ];
    for (target, endings) in targets.into_iter().chain([("packages", PACKAGES), ("parts", PACKAGES)]) {
        let folder = crate_folder.join("corpus").join(target);
        fs::create_dir_all(&folder)?;
        let mut all = fixtures(crate_folder, endings)?;
        all.extend(endings.iter().flat_map(|ending| seeds::made_up(ending)));
        for (number, seed) in all.iter().enumerate() {
            let Some(index) = endings.iter().position(|ending| *ending == seed.ending) else { continue };
            let contents = match (&seed.body, target) {
                (Body::Package(parts), "parts") => joined(parts),
                (_, "parts") => continue,
                (body, _) => body.bytes(),
            };
            let mut input = vec![index as u8];
            input.extend(contents);
            fs::write(folder.join(format!("{number:03}.{}", seed.ending)), input)?;
        }
        let of_endings = endings.iter().flat_map(|ending| words::of(ending));
        let words: BTreeSet<&str> = of_endings.chain(words::ODD).chain(words::NUMBERS).copied().collect();
        let dictionaries = crate_folder.join("dictionaries");
        fs::create_dir_all(&dictionaries)?;
        let lines: Vec<String> = words.into_iter().map(entry).collect();
        fs::write(dictionaries.join(format!("{target}.dict")), lines.concat())?;
    }
    Ok(())
}

/// The parts as the target `parts` takes them.
fn joined(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let parts: Vec<Vec<u8>> =
        parts.iter().map(|(name, contents)| [name.as_bytes(), b"\n", contents].concat()).collect();
    parts.join(PART_END)
}

/// A word as a dictionary of libFuzzer has it.
fn entry(word: &str) -> String {
    let bytes: String = word.bytes().map(|byte| format!("\\x{byte:02X}")).collect();
    format!("\"{bytes}\"\n")
}

/// The fixtures of these endings.
fn fixtures(crate_folder: &Path, endings: &'static [&'static str]) -> io::Result<Vec<Seed>> {
    let mut found = Vec::new();
    for folder in ["read", "read/oracle_docx", "fuzz"] {
        let mut paths: Vec<_> = fs::read_dir(crate_folder.join("../tests/fixtures").join(folder))?
            .map(|entry| entry.map(|entry| entry.path()))
            .collect::<Result<_, _>>()?;
        paths.sort();
        for path in paths.into_iter().filter(|path| path.is_file()) {
            let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
            if let Some(ending) = endings.iter().find(|known| **known == ending) {
                let bytes = fs::read(&path)?;
                let is_package = bytes.starts_with(b"PK\x03\x04") && folder != "fuzz";
                found.push(if is_package {
                    Seed::unpacked(ending, &bytes)
                } else {
                    Seed::whole(ending, bytes)
                });
            }
        }
    }
    Ok(found)
}
