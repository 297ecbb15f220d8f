//! Which of the old encodings a file is in, from the letters that each would give. A detector for the Web does not know the Mac's
//! or those of DOS, and takes a Mac's `Système` for Japanese; so it is one voice among others here.

use std::collections::{BTreeMap, BTreeSet};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{
    BIG5, EUC_JP, EUC_KR, Encoding, GBK, IBM866, KOI8_U, MACINTOSH, SHIFT_JIS, WINDOWS_874, WINDOWS_1250,
    WINDOWS_1251, WINDOWS_1252, WINDOWS_1253, WINDOWS_1254, WINDOWS_1255, WINDOWS_1256, WINDOWS_1257,
    WINDOWS_1258, X_MAC_CYRILLIC,
};

use libm::log;

use super::code_pages::{CP850, CP852, CP862, MAC_CENTRAL, MAC_GREEK, MAC_TURKISH};
use super::languages::{KOREAN, LANGUAGES, Language, SIMPLIFIED, TRADITIONAL};

/// How a reading of bytes beyond ASCII is called, and how it is had.
#[derive(Debug, Clone, Copy)]
pub(super) enum Page {
    /// One that the library knows.
    Known(&'static Encoding),
    /// A name, and the characters from byte 128 on.
    Table(&'static str, &'static str),
}

impl Page {
    /// The name as messages show it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Known(encoding) if encoding == MACINTOSH => "Mac Roman",
            Self::Known(encoding) => encoding.name(),
            Self::Table(name, _) => name,
        }
    }

    /// The text, and whether something in it is no character.
    pub(super) fn read(self, bytes: &[u8]) -> (String, bool) {
        match self {
            Self::Known(encoding) => {
                let (text, broken) = encoding.decode_without_bom_handling(bytes);
                (text.into_owned(), broken)
            }
            Self::Table(_, upper) => {
                let upper: Vec<char> = upper.chars().collect();
                let character = |byte: &u8| match byte.checked_sub(128) {
                    None => char::from(*byte),
                    Some(at) => upper.get(usize::from(at)).copied().unwrap_or('\u{FFFD}'),
                };
                let text: String = bytes.iter().map(character).collect();
                let broken = text.contains('\u{FFFD}');
                (text, broken)
            }
        }
    }
}

/// The encodings with a byte a character, and how much less likely each is than the commonest.
const PAGES: &[(Page, f64)] = &[
    (Page::Known(WINDOWS_1252), 0.0),
    (Page::Known(MACINTOSH), -1.5),
    (Page::Known(WINDOWS_1250), -0.5),
    (Page::Known(WINDOWS_1251), -0.5),
    (Page::Known(WINDOWS_1253), -0.5),
    (Page::Known(WINDOWS_1254), -0.5),
    (Page::Known(WINDOWS_1255), -0.5),
    (Page::Known(WINDOWS_1256), -0.5),
    (Page::Known(WINDOWS_1257), -0.5),
    (Page::Known(WINDOWS_1258), -1.0),
    (Page::Known(WINDOWS_874), -0.5),
    (Page::Known(KOI8_U), -1.0),
    (Page::Known(IBM866), -1.5),
    (Page::Known(X_MAC_CYRILLIC), -2.0),
    (Page::Known(encoding_rs::ISO_8859_2), -1.0),
    (Page::Known(encoding_rs::ISO_8859_5), -2.5),
    (Page::Table("CP850 (DOS)", CP850), -2.0),
    (Page::Table("CP852 (DOS)", CP852), -2.5),
    (Page::Table("CP862 (DOS)", CP862), -2.5),
    (Page::Table("Mac Central European", MAC_CENTRAL), -2.5),
    (Page::Table("Mac Turkish", MAC_TURKISH), -2.5),
    (Page::Table("Mac Greek", MAC_GREEK), -2.5),
];
/// Weight of the agreement of the library's detector.
const DETECTED: f64 = 1.5;
/// Natural logarithm of how much likelier than any other a sure reading is: fifty times.
const SURE: f64 = 4.0;
/// Below this, on average, the letters are odd in every language.
const ODD: f64 = -7.0;

/// Bytes of lines with letters beyond ASCII that are examined.
const SAMPLE: usize = 16 * 1024;
/// Letters shown in a message.
const SHOWN: usize = 6;

/// A guess, and what speaks against it.
#[derive(Debug)]
pub(super) struct Guess {
    pub(super) page: Page,
    pub(super) alternative: Option<Alternative>,
}

/// Why a guess is doubtful.
#[derive(Debug)]
pub(super) struct Alternative {
    /// What else it may be.
    pub(super) other: &'static str,
    /// Letters as they were read, each with what it would be.
    pub(super) letters: Vec<(char, char)>,
}

/// The likeliest encoding of bytes that are no UTF-8.
pub(super) fn guess(bytes: &[u8]) -> Guess {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let detected = detector.guess(None, Utf8Detection::Deny);
    let sample = sample_of(bytes);
    if let Some(guess) = several_bytes(&sample) {
        return guess;
    }
    let words = WordShares::of(&sample);
    let mut readings: Vec<(f64, Page, Vec<char>)> = PAGES
        .iter()
        .map(|(page, prior)| {
            let text: Vec<char> = page.read(&sample).0.chars().collect();
            let agrees = matches!(page, Page::Known(encoding) if *encoding == detected);
            let score = likelihood(&text, &words) + prior + if agrees { DETECTED } else { 0.0 };
            (score, *page, text)
        })
        .collect();
    // The sort is stable, so the commoner encoding comes first.
    readings.sort_by(|a, b| b.0.total_cmp(&a.0));
    let Some((best, rest)) = readings.split_first() else {
        return Guess { page: Page::Known(WINDOWS_1252), alternative: None };
    };
    let letters = best.2.iter().filter(|c| !c.is_ascii()).count().max(1);
    let is_odd = best.0 / (letters as f64) < ODD;
    let other = rest.iter().find(|(_, _, text)| *text != best.2);
    let alternative = other.filter(|other| is_odd || best.0 - other.0 < SURE).map(|(_, page, text)| {
        let pairs = best.2.iter().zip(text).filter(|(a, b)| a != b).map(|(a, b)| (*a, *b));
        let mut seen = BTreeSet::new();
        let letters = pairs.filter(|(a, _)| seen.insert(*a)).take(SHOWN).collect();
        Alternative { other: page.name(), letters }
    });
    Guess { page: best.1, alternative }
}

/// The lines that tell something: those with bytes beyond ASCII.
fn sample_of(bytes: &[u8]) -> Vec<u8> {
    let mut sample = Vec::new();
    for line in bytes.split_inclusive(|byte| matches!(byte, b'\n' | b'\r')) {
        if !line.is_ascii() {
            sample.extend_from_slice(&line[..line.len().min(SAMPLE)]);
        }
        if sample.len() >= SAMPLE {
            break;
        }
    }
    sample.truncate(SAMPLE);
    sample
}

/// How much each language's common words speak for it, from the plain letters that are the same in every reading.
struct WordShares {
    /// By language, zero or less.
    scores: Vec<f64>,
}

impl WordShares {
    fn of(bytes: &[u8]) -> Self {
        /// So much the words of the wrong language weigh against it.
        const WEIGHT: f64 = 3.0;
        const ENOUGH: f64 = 20.0;
        let words: Vec<String> = bytes
            .split(|byte| !(byte.is_ascii_alphabetic() || *byte >= 0x80 || *byte == b'\''))
            .filter(|word| !word.is_empty() && word.is_ascii())
            .map(|word| String::from_utf8_lossy(word).to_lowercase())
            .collect();
        let share = |language: &Language| {
            let known = words.iter().filter(|word| language.words.contains(&word.as_str())).count();
            known as f64 / words.len().max(1) as f64
        };
        let shares: Vec<f64> = LANGUAGES.iter().map(share).collect();
        let most = shares.iter().copied().fold(0.0, f64::max);
        let weight = WEIGHT * (words.len() as f64 / ENOUGH).min(1.0);
        let scores = shares.iter().map(|share| weight * log((share + 0.02) / (most + 0.02))).collect();
        Self { scores }
    }
}

/// What a character stands among: how odd that is, whatever the language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Neighbourhood {
    Fit,
    /// A letter that begins a word, where capitals are no surprise.
    Start,
    /// A capital after a small letter, or a sign between letters.
    Odd,
    /// A second letter beyond ASCII in a row, where one is rare.
    Second,
    /// Letters of two scripts, or a mark on the wrong side.
    Mixed,
}

impl Neighbourhood {
    fn cost(self) -> f64 {
        match self {
            Self::Fit | Self::Start => 0.0,
            Self::Second => -1.5,
            Self::Odd => -5.0,
            Self::Mixed => -4.0,
        }
    }
}

/// How likely a text is in the language that fits it best, as a natural logarithm.
fn likelihood(text: &[char], words: &WordShares) -> f64 {
    let mut seen: BTreeMap<(char, Neighbourhood), f64> = BTreeMap::new();
    for (at, c) in text.iter().enumerate().filter(|(_, c)| !c.is_ascii()) {
        let before = at.checked_sub(1).and_then(|at| text.get(at)).copied().unwrap_or(' ');
        let after = text.get(at + 1).copied().unwrap_or(' ');
        *seen.entry((*c, among(before, *c, after))).or_insert(0.0) += 1.0;
    }
    let in_language = |language: &Language| -> f64 {
        seen.iter()
            .map(|((c, among), count)| {
                // Letters follow each other in scripts of their own.
                let cost =
                    if *among == Neighbourhood::Second && !language.is_latin { 0.0 } else { among.cost() };
                count * (log(chance(*c, *among == Neighbourhood::Start, language)) + cost)
            })
            .sum()
    };
    let scores = LANGUAGES.iter().zip(&words.scores).map(|(language, word)| in_language(language) + word);
    scores.fold(f64::NEG_INFINITY, f64::max)
}

/// How often a character comes among those beyond ASCII.
fn chance(c: char, begins_word: bool, language: &Language) -> f64 {
    const FOREIGN: f64 = 0.000_8;
    const SIGN: f64 = 0.000_05;
    const NONE: f64 = 0.000_000_5;
    let capital = if begins_word { 0.3 } else { 0.03 };
    if c.is_control() || matches!(c, '\u{FFFD}' | '\u{E000}'..='\u{F8FF}') {
        return NONE;
    }
    if let Some(share) = mark(c) {
        return language.marks * share;
    }
    let listed = |c: char| language.letters.iter().find(|(letter, _)| *letter == c);
    let share = |share: u16| (1.0 - language.marks) * f64::from(share).max(0.5) / 1000.0;
    if let Some((_, per_mille)) = listed(c) {
        return share(*per_mille);
    }
    let mut small = c.to_lowercase();
    match (small.next(), small.next()) {
        (Some(letter), None) if letter != c => match listed(letter) {
            Some((_, per_mille)) => share(*per_mille) * capital,
            None => FOREIGN * capital,
        },
        _ if c.is_alphabetic() => FOREIGN,
        _ => SIGN,
    }
}

/// The share of a mark among all of them.
fn mark(c: char) -> Option<f64> {
    Some(match c {
        '’' => 0.35,
        '“' | '”' => 0.13,
        '–' => 0.12,
        '…' => 0.07,
        '«' | '»' | '—' => 0.05,
        '\u{A0}' => 0.06,
        '„' | '‘' | '¿' => 0.03,
        '‚' | '´' | '·' | '•' | '°' | '€' | '£' | '¡' => 0.01,
        '§' | '½' | 'ª' | 'º' | '‹' | '›' | '\u{AD}' => 0.005,
        '©' | '®' | '™' | '×' | '²' | '³' | '№' | '₪' | '±' | '¼' | '¾' => 0.002,
        _ => return None,
    })
}

fn among(before: char, c: char, after: char) -> Neighbourhood {
    let within = before.is_alphabetic() && after.is_alphabetic();
    if c.is_alphabetic() {
        let is_latin = is_latin(c);
        if [before, after].iter().any(|other| other.is_alphabetic() && self::is_latin(*other) != is_latin) {
            return Neighbourhood::Mixed;
        }
        if c.is_uppercase() && before.is_lowercase() {
            return Neighbourhood::Odd;
        }
        let in_capitals = c.is_lowercase() && before.is_uppercase() && after.is_uppercase();
        if in_capitals {
            return Neighbourhood::Odd;
        }
        return match before {
            c if !c.is_alphabetic() => Neighbourhood::Start,
            c if c.is_ascii() => Neighbourhood::Fit,
            _ => Neighbourhood::Second,
        };
    }
    let is_word = |c: char| c.is_alphanumeric();
    let is_fit = match c {
        '’' => is_word(before) || is_word(after),
        '\u{AD}' | '·' | '\u{A0}' => true,
        '„' | '¿' | '¡' | '‚' => !is_word(before) && !after.is_whitespace(),
        '“' | '‘' | '”' | '"' => !within && (is_word(before) || is_word(after) || before != after),
        '«' | '»' | '‹' | '›' | '…' => !within,
        '–' | '—' => !(within && before.is_lowercase() && after.is_lowercase()),
        // Points on Hebrew letters, tones on Vietnamese ones.
        '\u{300}'..='\u{36F}' | '\u{591}'..='\u{5C7}' | '\u{E31}'..='\u{E4E}' => before.is_alphabetic(),
        _ => {
            let ends_word = before.is_lowercase() && after == ' ';
            let begins_word = !is_word(before) && after.is_alphabetic();
            !(within || ends_word || begins_word)
        }
    };
    if is_fit { Neighbourhood::Fit } else { Neighbourhood::Odd }
}

fn is_latin(c: char) -> bool {
    matches!(c, 'A'..='Z' | 'a'..='z' | '\u{AA}' | '\u{BA}' | '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}')
}

/// The encodings with several bytes a character.
const WIDE: [&Encoding; 5] = [SHIFT_JIS, EUC_JP, GBK, BIG5, EUC_KR];
/// Fewer signs tell too little to be sure.
const FEW_SIGNS: usize = 8;

/// Chinese, Japanese or Korean, when one of them is what the bytes plainly are.
fn several_bytes(sample: &[u8]) -> Option<Guess> {
    let mut fits: Vec<(f64, &'static Encoding, usize)> = WIDE
        .into_iter()
        .filter_map(|encoding| {
            let (text, _) = encoding.decode_without_bom_handling(sample);
            let (score, signs) = fit(&text, encoding)?;
            Some((score, encoding, signs))
        })
        .collect();
    fits.sort_by(|a, b| b.0.total_cmp(&a.0));
    let (score, encoding, signs) = *fits.first()?;
    let other = fits.get(1);
    let is_close = other.is_some_and(|other| score - other.0 < 0.1);
    let page = Page::Known(encoding);
    let alternative = (is_close || signs < FEW_SIGNS).then(|| {
        let other = other.map_or(WINDOWS_1252, |other| other.1);
        let (read, _) = page.read(sample);
        let (instead, _) = Page::Known(other).read(sample);
        let first = |text: &str| text.chars().find(|c| !c.is_ascii()).unwrap_or('?');
        Alternative { other: Page::Known(other).name(), letters: vec![(first(&read), first(&instead))] }
    });
    Some(Guess { page, alternative })
}

/// How well a text fits the language of an encoding, from 0 to 1, and its signs; none when it does not.
fn fit(text: &str, encoding: &'static Encoding) -> Option<(f64, usize)> {
    let characters: Vec<char> = text.chars().collect();
    let (mut signs, mut kana, mut hangul, mut touching, mut broken) = (0, 0, 0, 0, 0);
    for (at, c) in characters.iter().enumerate() {
        let is_sign = match c {
            '\u{3041}'..='\u{30FF}' => {
                kana += 1;
                true
            }
            '\u{AC00}'..='\u{D7A3}' => {
                hangul += 1;
                true
            }
            '\u{3400}'..='\u{9FFF}' => true,
            '\u{FFFD}' | '\u{E000}'..='\u{F8FF}' => {
                broken += 1;
                false
            }
            _ => false,
        };
        if is_sign {
            signs += 1;
            let before = at.checked_sub(1).and_then(|at| characters.get(at));
            let is_letter = |c: Option<&char>| c.is_some_and(char::is_ascii_lowercase);
            touching += usize::from(is_letter(before) || is_letter(characters.get(at + 1)));
        }
    }
    if signs < 2 || touching * 5 > signs || broken * 20 > signs {
        return None;
    }
    let part = |count: usize| count as f64 / signs as f64;
    let common = |list: &str| part(characters.iter().filter(|c| !c.is_ascii() && list.contains(**c)).count());
    let (score, least) = if encoding == SHIFT_JIS || encoding == EUC_JP {
        // Signs of katakana of half a width come from any bytes, so only those of full width count.
        (part(kana), 0.25)
    } else if encoding == EUC_KR {
        (if part(hangul) < 0.9 { 0.0 } else { common(KOREAN) }, 0.2)
    } else if part(kana) > 0.1 {
        (0.0, 1.0)
    } else if encoding == GBK {
        (common(SIMPLIFIED), 0.12)
    } else {
        (common(TRADITIONAL), 0.12)
    };
    (score >= least).then_some((score, signs))
}
