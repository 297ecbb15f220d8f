use super::*;

fn detected(text: &str) -> &'static str {
    evidence::detected(text).unwrap_or_default()
}

#[test]
fn every_language_that_is_recognised_has_its_tag() {
    for language in whatlang::Lang::all() {
        assert_eq!(tag(*language).len(), 2, "{language:?}");
    }
}

#[test]
fn languages_that_trigrams_do_not_know_are_told() {
    let texts = [
        (
            "sw",
            "Mimi nilikuwa nafanya kazi sokoni kila siku, lakini sasa hakuna wateja. Watoto wangu wako nyumbani na mama yangu.",
        ),
        (
            "so",
            "Anigu waxaan ku noolahay magaalada, laakiin ma helin shaqo. Carruurta waxay tagaan iskuulka mar walba, waana fiican tahay.",
        ),
        (
            "ha",
            "Ni ina aiki a kasuwa tare da mijina, amma yanzu babu kudi sosai. Yara suna zuwa makaranta kuma suna son karatu.",
        ),
        (
            "yo",
            "Mo ń ṣiṣẹ́ ní ọjà, ṣùgbọ́n kò sí owó mọ́. Àwọn ọmọ mi wà ní ilé pẹ̀lú ìyá mi, wọ́n sì fẹ́ràn ìwé kíkà.",
        ),
        (
            "xh",
            "Mna ndihlala ekhaya kunye nabantwana bam, kwaye ndisebenza xa kukho umsebenzi. Andazi ukuba kuza kwenzeka ntoni ngoku.",
        ),
        (
            "ms",
            "Saya nak balik kampung sebab mak saya sakit, tapi tak boleh tinggalkan kerja. Awak tahu macam mana susahnya kalau duit tak cukup.",
        ),
        (
            "nn",
            "Eg har ikkje sove så mykje sidan eg byrja å arbeide om natta. Det var noko heilt anna før, og dei andre seier det same.",
        ),
        (
            "is",
            "Ég var ekki viss um það þegar við fluttum, en börnin hafa eignast vini og þeim líður vel í skólanum. Það var samt erfitt.",
        ),
        (
            "sq",
            "Unë nuk e di çfarë do të bëjmë, sepse puna është larg dhe nuk kemi makinë. Por fëmijët janë mirë dhe kjo më gëzon shumë.",
        ),
    ];
    for (tag, text) in texts {
        assert_eq!(detected(text), tag, "{text}");
    }
}

#[test]
fn neighbours_are_told_apart() {
    let texts = [
        (
            "jv",
            "Aku lan kancaku saben dina mangkat menyang pasar, nanging saiki wis ora ana wong sing tuku. Anak-anakku padha sekolah.",
        ),
        (
            "id",
            "Saya bekerja di pasar setiap hari, tetapi sekarang tidak ada pembeli karena harga sudah naik. Anak saya bisa sekolah.",
        ),
        (
            "zu",
            "Mina ngihlala ekhaya nezingane zami, futhi ngiyasebenza uma ukhona umsebenzi. Angazi ukuthi kuzokwenzekani manje ngoba imali ayikho.",
        ),
        (
            "da",
            "Jeg har ikke sovet ret meget, siden jeg begyndte at arbejde om natten. Det var noget helt andet før, siger de andre.",
        ),
        (
            "nb",
            "Jeg har ikke sovet så mye siden jeg begynte å jobbe om natten. Det var noe helt annet før, sier de andre.",
        ),
        (
            "cs",
            "Nevím, jestli se to dá říct takhle, ale doma jsme o tom nikdy nemluvili. Když jsem přišla do práce, všichni už to věděli.",
        ),
        (
            "sk",
            "Neviem, či sa to dá povedať takto, ale doma sme o tom nikdy nehovorili. Keď som prišla do práce, všetci to už vedeli a pýtali sa ma, prečo som tam vôbec prišla. Nemôžem povedať, že by ma to tešilo.",
        ),
        ("he", "אני לא יודעת אם אפשר לומר את זה ככה, אבל בבית אף פעם לא דיברנו על זה."),
        ("ar", "لا أعرف كيف أقول ذلك، لكننا لم نتحدث عن هذا الموضوع في البيت أبدا، وكان الأمر صعبا على أمي."),
        (
            "fa",
            "من نمی‌دانم چطور بگویم، اما ما هیچ‌وقت در خانه درباره این موضوع حرف نزدیم و برای مادرم خیلی سخت بود.",
        ),
        (
            "ur",
            "مجھے نہیں معلوم کہ یہ کیسے کہوں، لیکن ہم نے گھر میں اس بارے میں کبھی بات نہیں کی اور امی کے لیے یہ مشکل تھا۔",
        ),
        ("am", "እኔ ከእናቴ ጋር ነው የምኖረው ግን ሥራ የለም። ስለ ነገሩ በጣም አስባለሁ ወደ ከተማ መሄድ እፈልጋለሁ ነበር።"),
    ];
    for (tag, text) in texts {
        assert_eq!(detected(text), tag, "{text}");
    }
}

#[test]
fn no_language_is_told_where_it_is_not_sure() {
    // Invented words, and words that Malay and Indonesian share.
    for text in
        ["", "12:30", "Mm-hm.", "Blorp zindle quax frobnit wexel marplo dringle.", "Saya ada di rumah."]
    {
        assert_eq!(detected(text), "", "{text}");
    }
}

#[test]
fn every_language_of_the_table_has_a_name() {
    assert_eq!(
        (name("sw"), name("nso"), name("nb")),
        ("Swahili".into(), "Northern Sotho".into(), "Norwegian Bokmål".into())
    );
    assert!(FREQUENT_WORDS.iter().all(|words| name(words.tag) != words.tag));
}
