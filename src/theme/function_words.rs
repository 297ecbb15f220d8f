//! Function words of the languages of the transcripts, which are no keywords and neither begin nor end a phrase.

use std::collections::{BTreeSet, HashSet};

/// Hesitations, and English words that other languages borrow for them.
const HESITATIONS: [&str; 13] =
    ["uh", "um", "uhm", "erm", "er", "hmm", "mm", "mhm", "yeah", "okay", "ok", "like", "know"];

/// Tags that have the list of another: written Norwegian, and the languages that are nearly Croatian.
const LISTS_OF_OTHERS: [(&str, &str); 4] = [("nb", "no"), ("nn", "no"), ("bs", "hr"), ("sr", "hr")];

/// Languages for which neither `stop-words` nor the words that tell languages have a list.
const OWN: &[(&str, &str)] = &[
    (
        "az",
        "və bu bir ilə də ki üçün sonra isə o kimi çox ən onun tərəfindən idi olaraq görə hər daha öz lakin həmin onu \
         bütün belə qədər burada əsas əldə onlar onların haqqında ona mən sən biz siz mənim bizim sizin nə kim necə niyə \
         harada indi amma ancaq yox hə bəli deyil var yoxdur olur olub olan olduğu edir edən ya da heç nəyi şey",
    ),
    (
        "be",
        "і ў у на з не што да па а за як гэта гэты гэтая але для калі ад ён яна яно яны якія якая які іх мы вы ты я мне \
         цябе мяне нас вас пра яго яе аб толькі таму таксама вельмі яшчэ быў была было былі больш ці вось так каб можна \
         будзе тым праз пасля ж усё усе нават тое той жа можа дзе сваёй тут са сябе ім ні няма ўжо цяпер каля таго чым",
    ),
    (
        "mk",
        "на во и се од за со да е како го ја што бил била било биле ги по до тој таа тоа тие не но а или кои кој која така \
         ќе според под додека беше пред кога овој оваа ова овие многу само околу имаат има некои иако каде му можат преку \
         освен јас ти ние вие мене тебе нас вас мојот мој твој сум си сме сте ли дека ако зошто сега тука таму ништо нешто",
    ),
    (
        "ta",
        "ஒரு மற்றும் இது இந்த என்று என்பது ஆம் உள்ள அல்லது பல என்ற சில இவர் போன்ற என அவர் பின்னர் மேலும் தனது இருந்து ஆனால் \
         உள்ளது மிகவும் இதன் என்றும் அந்த இருக்கும் அது பின் மூலம் இதில் அதன் வேண்டும் ஓர் இருந்தது உள்ளன இங்கு அங்கு அவை இவை \
         மீண்டும் வரை பிற கொண்டு பிறகு நான் நீ நீங்கள் நாங்கள் நாம் அவள் அவன் அவர்கள் என் எனக்கு எங்கள் உங்கள் என்ன எப்படி ஏன் \
         எங்கே யார் இல்லை இப்போது அப்போது தான் கூட எல்லாம்",
    ),
    (
        "te",
        "మరియు ఈ ఒక లో యొక్క ఆ కూడా నుండి ఇది అని లేదా ను ఉన్న ఉంది తన తరువాత నుంచి ఉంటుంది గా ఇతర అనే కి కు ఆమె వలన \
         ఉన్నాయి అయితే అది ఆయన వద్ద కాని కానీ ద్వారా మీద అతని మాత్రమే అనేక పై వారు ప్రతి వారి వంటి తమ కొన్ని చాలా మీ ఏ అన్ని \
         కోసం ఇవి అక్కడ ఇక్కడ వరకు నేను నువ్వు మేము మనం మీరు నా నాకు మా మన నీ ఏమి ఎలా ఎందుకు ఎక్కడ ఎవరు లేదు అవును ఇప్పుడు \
         అప్పుడు అంటే",
    ),
];

/// Function words of these languages (BCP-47 tags), in lower case, and hesitations.
pub(super) fn function_words(languages: &BTreeSet<&str>) -> HashSet<String> {
    let mut words: HashSet<String> = HESITATIONS.into_iter().map(str::to_owned).collect();
    for language in languages {
        let code = language.split('-').next().unwrap_or_default();
        words.extend(of_language(code));
        for (_, other) in LISTS_OF_OTHERS.iter().filter(|(tag, _)| *tag == code) {
            words.extend(of_language(other));
        }
        if code == "sr" {
            let in_cyrillic: Vec<String> = words.iter().map(|word| cyrillic(word)).collect();
            words.extend(in_cyrillic);
        }
    }
    words
}

fn of_language(code: &str) -> impl Iterator<Item = String> {
    let listed = stop_words::lookup(code).into_iter().flatten().map(|word| word.to_lowercase());
    let frequent = crate::segment::function_words(code).map(str::to_owned);
    let own = OWN.iter().filter(move |(tag, _)| *tag == code).flat_map(|(_, words)| words.split(' '));
    listed.chain(frequent).chain(own.map(str::to_owned))
}

/// A Serbian word of Latin letters in Cyrillic ones.
fn cyrillic(word: &str) -> String {
    let joined = word.replace("lj", "љ").replace("nj", "њ").replace("dž", "џ");
    let letter = |c: char| LETTERS.iter().find(|(latin, _)| *latin == c).map_or(c, |&(_, cyrillic)| cyrillic);
    joined.chars().map(letter).collect()
}

#[rustfmt::skip]
const LETTERS: [(char, char); 27] = [
    ('a', 'а'), ('b', 'б'), ('c', 'ц'), ('č', 'ч'), ('ć', 'ћ'), ('d', 'д'), ('đ', 'ђ'), ('e', 'е'), ('f', 'ф'),
    ('g', 'г'), ('h', 'х'), ('i', 'и'), ('j', 'ј'), ('k', 'к'), ('l', 'л'), ('m', 'м'), ('n', 'н'), ('o', 'о'),
    ('p', 'п'), ('r', 'р'), ('s', 'с'), ('š', 'ш'), ('t', 'т'), ('u', 'у'), ('v', 'в'), ('z', 'з'), ('ž', 'ж'),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_of_interviews_have_function_words() {
        for tag in "en es fr de it pt nl sv no nb nn da fi pl cs sk hu ro bg sr hr bs uk ru el tr ar he fa ur hi bn ta te zh ja ko vi \
                    th id ms tl sw am so ha yo zu xh af ca et lv lt sl is eu ga sq az be mk"
            .split(' ')
        {
            let words = function_words(&[tag].into()).len();
            assert!(words > HESITATIONS.len() + 20, "{tag} {words}");
        }
    }

    #[test]
    fn function_words_of_serbian_are_in_both_alphabets() {
        let words = function_words(&["sr"].into());
        assert!(["nije", "није", "gde", "где", "između", "између"].iter().all(|&word| words.contains(word)));
    }

    #[test]
    fn english_has_its_list_and_hesitations_alone() {
        let listed: HashSet<String> =
            stop_words::lookup("en").into_iter().flatten().map(|word| word.to_lowercase()).collect();
        let all = function_words(&["en"].into());
        assert!(listed.is_subset(&all) && all.len() <= listed.len() + HESITATIONS.len());
    }
}
