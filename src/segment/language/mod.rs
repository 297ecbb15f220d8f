//! The language of each transcript, for sentence ends, function words and the `language` column.

mod evidence;
mod frequent_words;
#[cfg(test)]
mod tests;

use transcripts::Corpus;

pub(super) use self::evidence::{MIN_LEAD, MIN_SHARE, MIN_SHARE_CLAIMED};
use self::frequent_words::FREQUENT_WORDS;

/// Characters of a transcript that are used; more do not improve the result.
pub(super) const LOOKED_AT: usize = 4_000;

/// One BCP-47 tag a transcript: `given` for all when the study names it, otherwise found from the text of each;
/// empty where the text is too short or too mixed to tell, or in a language that is not known.
pub fn languages(corpus: &Corpus, given: Option<&str>) -> Vec<String> {
    corpus
        .transcripts
        .iter()
        .map(|transcript| {
            if let Some(tag) = given {
                return tag.to_owned();
            }
            let text: String = transcript.reading_text().chars().take(LOOKED_AT).collect();
            evidence::detected(&text).unwrap_or_default().to_owned()
        })
        .collect()
}

/// The BCP-47 tag of a language: two letters where ISO 639-1 has them.
fn tag(language: whatlang::Lang) -> &'static str {
    let three = language.code();
    TWO_LETTERS.iter().find(|(code, _)| *code == three).map_or(three, |(_, two)| two)
}

/// The English name of a tag's language, or the tag itself where none is known.
pub(crate) fn name(tag: &str) -> String {
    let known = whatlang::Lang::all().iter().find(|&&language| self::tag(language) == tag);
    let frequent = FREQUENT_WORDS.iter().find(|words| words.tag == tag);
    match (tag, known, frequent) {
        ("no", ..) => "Norwegian".to_owned(),
        (_, Some(&whatlang::Lang::Cmn), _) => "Chinese".to_owned(),
        (_, _, Some(words)) => words.name.to_owned(),
        (_, Some(language), None) => language.eng_name().to_owned(),
        (_, None, None) => tag.to_owned(),
    }
}

/// Words of a language without a subject of their own, where the table of frequent words has it.
pub(crate) fn function_words(tag: &str) -> impl Iterator<Item = &'static str> {
    let words = FREQUENT_WORDS.iter().filter(move |words| words.tag == tag);
    words.flat_map(|words| words.function_words.split(' '))
}

#[rustfmt::skip]
const TWO_LETTERS: [(&str, &str); 70] = [
    ("afr", "af"), ("aka", "ak"), ("amh", "am"), ("ara", "ar"), ("aze", "az"), ("bel", "be"), ("ben", "bn"),
    ("bul", "bg"), ("cat", "ca"), ("ces", "cs"), ("cmn", "zh"), ("cym", "cy"), ("dan", "da"), ("deu", "de"), ("ell", "el"),
    ("eng", "en"), ("epo", "eo"), ("est", "et"), ("fin", "fi"), ("fra", "fr"), ("guj", "gu"), ("heb", "he"),
    ("hin", "hi"), ("hrv", "hr"), ("hun", "hu"), ("hye", "hy"), ("ind", "id"), ("ita", "it"), ("jav", "jv"),
    ("jpn", "ja"), ("kan", "kn"), ("kat", "ka"), ("khm", "km"), ("kor", "ko"), ("lat", "la"), ("lav", "lv"),
    ("lit", "lt"), ("mal", "ml"), ("mar", "mr"), ("mkd", "mk"), ("mya", "my"), ("nep", "ne"), ("nld", "nl"),
    ("nob", "nb"), ("ori", "or"), ("pan", "pa"), ("pes", "fa"), ("pol", "pl"), ("por", "pt"), ("ron", "ro"),
    ("rus", "ru"), ("sin", "si"), ("slk", "sk"), ("slv", "sl"), ("sna", "sn"), ("spa", "es"), ("srp", "sr"),
    ("swe", "sv"), ("tam", "ta"), ("tel", "te"), ("tgl", "tl"), ("tha", "th"), ("tuk", "tk"), ("tur", "tr"),
    ("ukr", "uk"), ("urd", "ur"), ("uzb", "uz"), ("vie", "vi"), ("yid", "yi"), ("zul", "zu"),
];
