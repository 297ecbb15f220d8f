//! Coders of a sample: their names in files, which segments they code, and in which order.

use rand::Rng;
use rand::seq::SliceRandom;

use same_bits::RandomStream;

use super::SampleError;

/// Coders of a sample and letters of a name at most.
const MAX_CODERS: usize = 50;
const MAX_NAME_LENGTH: usize = 60;
/// The coder when nobody is named.
const DEFAULT_CODER: &str = "coder";

/// The names of the coders, trimmed, each with its form in the names of files.
///
/// # Errors
/// When a name is empty, too long, contains `;` or control characters, or has the form of another in names of files.
pub(in crate::review) fn named(coders: &[String]) -> Result<Vec<(String, String)>, SampleError> {
    if coders.is_empty() {
        return Ok(vec![(DEFAULT_CODER.to_owned(), DEFAULT_CODER.to_owned())]);
    }
    let refused =
        |name: &str, reason: &'static str| Err(SampleError::Coder { name: name.to_owned(), reason });
    if coders.len() > MAX_CODERS {
        return refused(&coders.len().to_string(), "are more coders than a sample can have (50)");
    }
    let mut named: Vec<(String, String)> = Vec::with_capacity(coders.len());
    for coder in coders {
        let name = coder.split_whitespace().collect::<Vec<&str>>().join(" ");
        let file_part = file_part(&name);
        if file_part.is_empty() {
            return refused(&name, "has no letters that a file's name could have");
        }
        if name.chars().count() > MAX_NAME_LENGTH || name.contains(';') || name.chars().any(char::is_control)
        {
            return refused(&name, "is too long or holds a semicolon");
        }
        if named.iter().any(|(_, taken)| *taken.to_lowercase() == file_part.to_lowercase()) {
            return refused(&name, "would get the same file as another coder");
        }
        named.push((name, file_part));
    }
    Ok(named)
}

/// The letters and digits of a name, with `-` for everything between.
pub(in crate::review) fn file_part(name: &str) -> String {
    let words = name.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<&str>>().join("-")
}

/// The coders of each of `drawn` segments, in the order of the draw.
///
/// A share `both` of the segments goes to all coders, in a systematic pass of its own; the others are assigned in turn, so that each
/// coder's are spread like the sample. Every segment has the same probability to be coded by all, and by each.
pub(super) fn shared_out(
    drawn: usize,
    coders: usize,
    both: f64,
    random: &mut RandomStream,
) -> Vec<Vec<usize>> {
    let start: f64 = random.r#gen();
    let mut turns: Vec<usize> = (0..coders).collect();
    turns.shuffle(random);
    let mut dealt = turns.iter().copied().cycle();
    let passed = |index: usize| (index as f64 * both + start).floor();
    let to_whom = |index: usize| {
        if passed(index + 1) > passed(index) {
            (0..coders).collect()
        } else {
            dealt.next().into_iter().collect()
        }
    };
    (0..drawn).map(to_whom).collect()
}

/// The numbers below `count` in random order.
pub(super) fn shuffled(count: usize, random: &mut RandomStream) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    order.shuffle(random);
    order
}

#[cfg(test)]
mod tests {
    use super::*;
    use same_bits::random_stream;

    fn refusal(names: &[&str]) -> String {
        let names: Vec<String> = names.iter().map(|&name| name.to_owned()).collect();
        named(&names).unwrap_err().to_string()
    }

    #[test]
    fn names_become_names_of_files() {
        let names = ["  Ana  María ", "Ben/../x"].map(str::to_owned);
        let expected = [("Ana María", "Ana-María"), ("Ben/../x", "Ben-x")];
        assert_eq!(named(&names).unwrap(), expected.map(|(name, file)| (name.to_owned(), file.to_owned())));
        assert_eq!(named(&[]).unwrap(), [("coder".to_owned(), "coder".to_owned())]);
        insta::assert_snapshot!(refusal(&["Ana", "ana"]), @"the coder `ana` would get the same file as another coder");
        insta::assert_snapshot!(refusal(&["Ana", " / "]), @"the coder `/` has no letters that a file's name could have");
    }

    #[test]
    fn everybody_codes_everything_or_a_share_of_it() {
        let mut random = random_stream(7, "coders");
        assert!(shared_out(20, 3, 1.0, &mut random).iter().all(|coders| *coders == [0, 1, 2]));
        let shared = shared_out(100, 2, 0.2, &mut random);
        assert_eq!(shared.iter().filter(|coders| coders.len() == 2).count(), 20);
        let of = |coder: usize| shared.iter().filter(|coders| coders.contains(&coder)).count();
        assert_eq!((of(0), of(1)), (60, 60));
        let split = shared_out(9, 2, 0.0, &mut random);
        assert!(split.iter().all(|coders| coders.len() == 1));
    }
}
