//! Talk in many languages, written in every encoding that it was kept in: read right, or told of.

use super::guess::Page;
use super::*;

/// A language's name, a short line, a longer one, and the encodings that have its letters.
type Sample = (&'static str, &'static str, &'static str, &'static [&'static str]);

const SAMPLES: &[Sample] = &[
    (
        "English",
        "A: I don’t know.",
        "Interviewer: Didn’t you say “never again” – or was it me? Ruth: I said it’s over, and that’s what I meant… We couldn’t go on, could we? The mill wasn’t ours.",
        &["windows-1252", "macintosh"],
    ),
    (
        "French",
        "A : Où étiez-vous cet été ?",
        "Enquêtrice : Où avez-vous gardé les chèvres, à la ferme ? Léa : Près du pré, là-bas ; mon père préférait la forêt, et ma mère était fâchée à cause de la clé. Ça a duré tout l’été, jusqu’à Noël.",
        &["windows-1252", "macintosh", "CP850"],
    ),
    (
        "German",
        "A: Wie fühlten Sie sich?",
        "Interviewerin: Wie war es für Sie, später in die Küche zu gehen? Käthe: Früher hätte ich das nicht für möglich gehalten, natürlich waren die Töpfe größer, und die Straße müsste man fegen. Schön war es nicht, aber üblich.",
        &["windows-1252", "macintosh", "CP850"],
    ),
    (
        "Spanish",
        "A: ¿Qué pasó allí después?",
        "Entrevistadora: ¿Cuándo llegó usted aquí? José: Llegué en otoño, con mi tía; mamá se quedó allí. Después trabajé en una fábrica de jabón, y los niños también. ¡Qué frío! No había calefacción ni teléfono, y el año fue difícil.",
        &["windows-1252", "macintosh", "CP850"],
    ),
    (
        "Portuguese",
        "A: Você não foi à reunião?",
        "Entrevistadora: Você não tinha família lá? João: Não, só a minha irmã. Depois da guerra a situação era difícil; nós não tínhamos pão, e a avó fazia sopa de feijão. Também havia educação, mas só até à quarta.",
        &["windows-1252", "macintosh"],
    ),
    (
        "Italian",
        "A: Perché è andata così?",
        "Intervistatrice: Perché è tornato in città? Nicolò: Perché lì non c’era più niente. La povertà era tanta, e papà diceva che la libertà costa. Così è stato, però è già passato. Lunedì, martedì, sempre lì.",
        &["windows-1252", "macintosh"],
    ),
    (
        "Swedish",
        "A: Hur var det på åttiotalet?",
        "Intervjuare: Hur var det när du började på fabriken? Åsa: Det var hårt, vi fick stå hela dagen, och på kvällen gick jag hem över bron. Många blev sjuka, så vi började träffas för att prata om lönerna.",
        &["windows-1252", "macintosh"],
    ),
    (
        "Danish",
        "A: Hvor længe blev du på gården?",
        "Interviewer: Hvornår begyndte du på skibsværftet? Søren: Det må have været i foråret, så vidt jeg husker. Vi mødte klokken seks, og så gik det løs. Børnene så jeg kun om søndagen, når jeg ikke sov.",
        &["windows-1252", "macintosh"],
    ),
    (
        "Polish",
        "A: Co się wtedy działo?",
        "Badaczka: Kiedy pani zaczęła pracę? Łucja: Zaczęłam zaraz po wojnie, bo trzeba było coś jeść. Mąż już nie żył, dzieci były małe, więc chodziłam piechotą do fabryki. Było ciężko, ale się śmialiśmy.",
        &["windows-1250", "ISO-8859-2", "CP852", "Mac Central European"],
    ),
    (
        "Czech",
        "A: Kdy jste přišel do továrny?",
        "Tazatelka: Jak jste se dostal k té práci? Jiří: Přišel jsem tam hned po škole, otec už v továrně dělal. Měli jsme těžké směny, ale byla tam dobrá parta. Později to zavřeli a všechno se změnilo.",
        &["windows-1250", "ISO-8859-2", "CP852", "Mac Central European"],
    ),
    (
        "Hungarian",
        "A: Mikor költözött ide önök közül?",
        "Kérdező: Hogyan került a faluba? Erzsébet: Az őszi esőzés után jöttünk, a férjem itt kapott munkát. Először nagyon nehéz volt, nem ismertünk senkit, később a szomszédok segítettek. Jó emberek voltak.",
        &["windows-1250", "CP852"],
    ),
    (
        "Turkish",
        "A: Siz köye ne zaman geldiniz, çocuk mıydınız?",
        "Görüşmeci: İşe nasıl başladınız? Ayşe: Babam öldüğünde on yaşındaydım, annem bizi şehre götürdü. Önce bir dikiş atölyesinde çalıştım, sonra fabrikaya girdim. Çok güçtü, ama arkadaşlarım vardı, gülerdik.",
        &["windows-1254", "Mac Turkish"],
    ),
    (
        "Russian",
        "А: Как вы туда попали?",
        "Интервьюер: Расскажите, как вы начали работать. Ольга: Я пришла на завод сразу после школы, мне было семнадцать лет. Работали в три смены, зимой было очень холодно. Зато люди были хорошие, мы все дружили.",
        &["windows-1251", "KOI8-U", "IBM866", "x-mac-cyrillic"],
    ),
    (
        "Bulgarian",
        "А: Къде работехте тогава?",
        "Интервюиращ: Кога започнахте работа? Иван: Започнах веднага след казармата, баща ми вече беше в завода. Работехме на три смени и беше трудно, но хората бяха добри. След това всичко се промени.",
        &["windows-1251", "x-mac-cyrillic"],
    ),
    (
        "Greek",
        "Α: Πότε ήρθατε στο χωριό;",
        "Ερευνήτρια: Πώς βρεθήκατε στο εργοστάσιο; Μαρία: Ήρθα μετά τον πόλεμο, ο πατέρας μου δεν ζούσε πια. Δουλεύαμε όλη μέρα και το βράδυ γυρίζαμε με τα πόδια. Ήταν δύσκολα, αλλά είχαμε ο ένας τον άλλον.",
        &["windows-1253", "Mac Greek"],
    ),
    (
        "Hebrew",
        "א: מתי הגעתם לכאן?",
        "מראיינת: איך התחלת לעבוד במפעל? רבקה: הגעתי אחרי הצבא, אבא שלי כבר עבד שם. עבדנו במשמרות, ובחורף היה קר מאוד. אבל האנשים היו טובים, ובערב היינו יושבים יחד ומדברים על הכול.",
        &["windows-1255", "CP862"],
    ),
    (
        "Arabic",
        "أ: متى جئتم إلى هنا؟",
        "الباحثة: كيف بدأت العمل في المصنع؟ فاطمة: جئت بعد الحرب، وكان أبي قد مات. كنا نعمل طوال النهار، وفي المساء نعود سيرا على الأقدام. كان الأمر صعبا، لكن الناس كانوا طيبين معنا.",
        &["windows-1256"],
    ),
    (
        "Japanese",
        "Ａ：いつ来ましたか。",
        "聞き手：工場ではどんな仕事をしていましたか。花子：朝から晩まで糸を紡いでいました。冬はとても寒くて、手が動かなくなりました。でも友だちがいたので、楽しいこともありましたよ。",
        &["Shift_JIS", "EUC-JP"],
    ),
    (
        "Chinese",
        "甲：你们是什么时候来的？",
        "采访者：你是怎么到工厂工作的？李梅：我中学毕业以后就来了，那时候家里没有钱。我们每天要上三班，冬天很冷，可是大家在一起，也有很多高兴的事。后来工厂就没有了。",
        &["GBK"],
    ),
    (
        "Chinese in Taiwan",
        "甲：你們是什麼時候來的？",
        "訪談者：你是怎麼到工廠工作的？李梅：我中學畢業以後就來了，那時候家裡沒有錢。我們每天要上三班，冬天很冷，可是大家在一起，也有很多高興的事。後來工廠就沒有了。",
        &["Big5"],
    ),
    (
        "Korean",
        "가: 언제 여기에 오셨어요?",
        "면담자: 공장에서 어떤 일을 하셨습니까? 영희: 아침부터 밤까지 실을 만드는 일을 했어요. 겨울에는 너무 추워서 손이 움직이지 않았어요. 그래도 친구들이 있어서 좋은 일도 많았지요.",
        &["EUC-KR"],
    ),
];

fn encoded(text: &str, encoding: &str) -> Vec<u8> {
    let table = match encoding {
        "CP850" => code_pages::CP850,
        "CP852" => code_pages::CP852,
        "CP862" => code_pages::CP862,
        "Mac Central European" => code_pages::MAC_CENTRAL,
        "Mac Turkish" => code_pages::MAC_TURKISH,
        "Mac Greek" => code_pages::MAC_GREEK,
        known => {
            let encoding = Encoding::for_label(known.as_bytes()).unwrap();
            let (bytes, _, lost) = encoding.encode(text);
            assert!(!lost, "{known}: {text}");
            return bytes.into_owned();
        }
    };
    let byte = |c: char| match c {
        c if c.is_ascii() => c as u8,
        c => {
            128 + table
                .chars()
                .position(|other| other == c)
                .unwrap_or_else(|| panic!("{encoding} has no {c}")) as u8
        }
    };
    text.chars().map(byte).collect()
}

/// The text as it can be written in the encodings of DOS, which have no curved quotation marks.
fn plain(text: &str) -> String {
    text.replace(['’', '‘'], "'").replace(['“', '”'], "\"").replace('…', "...").replace('–', "-")
}

fn read(bytes: &[u8]) -> (String, Option<crate::corpus::Severity>) {
    let mut log = ProblemLog::new("a.txt");
    let text = decode(bytes, &mut log).unwrap();
    (text, log.finish().iter().map(|problem| problem.severity).max())
}

#[test]
fn long_talk_is_read_right_and_short_talk_right_or_with_a_warning() {
    use crate::corpus::Severity::{Note, Warning};
    let mut faults = Vec::new();
    let (mut short_right, mut short_sure, mut all) = (0, 0, 0);
    for (language, short, long, encodings) in SAMPLES {
        for encoding in *encodings {
            let as_written =
                |text: &str| if encoding.starts_with("CP") { plain(text) } else { text.to_owned() };
            let (short, long) = (as_written(short), as_written(long));
            let (text, worst) = read(&encoded(&long, encoding));
            if text != long || worst > Some(Note) {
                let bytes = encoded(&long, encoding);
                faults.push(format!(
                    "{language} in {encoding}, long: {worst:?} {text} {:?}",
                    guess(&bytes).alternative
                ));
            }
            let (text, worst) = read(&encoded(&short, encoding));
            all += 1;
            short_right += usize::from(text == short);
            short_sure += usize::from(text == short && worst == Some(Note));
            if text != short && worst != Some(Warning) {
                faults.push(format!("{language} in {encoding}, short: {text}"));
            }
        }
    }
    assert!(faults.is_empty(), "{}\n{short_right} and {short_sure} of {all}", faults.join("\n"));
    // Most short lines are right as well, and many of them surely so.
    assert!(short_right * 10 >= all * 9 && short_sure * 2 >= all, "{short_right}, {short_sure} of {all}");
}

#[test]
fn utf16_without_a_mark_is_read_in_every_script() {
    for (language, _, long, _) in SAMPLES {
        let long = format!("{long}\n");
        let little: Vec<u8> = long.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = long.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for bytes in [little, big] {
            assert_eq!(read(&bytes).0, long, "{language}");
        }
    }
}

#[test]
fn text_that_was_encoded_twice_is_mended_and_told_of() {
    use crate::corpus::Severity::Warning;
    for (language, short, long, encodings) in SAMPLES {
        for mistaken in ["windows-1252", "macintosh", "windows-1250", "windows-1251"] {
            let page = Page::Known(Encoding::for_label(mistaken.as_bytes()).unwrap());
            // Bytes that the other encoding has no character for are lost to most programs; those texts cannot be made.
            let (twice, lost) = page.read(long.as_bytes());
            if lost || encodings.first() == Some(&mistaken) && twice.is_ascii() {
                continue;
            }
            let (text, worst) = read(twice.as_bytes());
            assert_eq!((text.as_str(), worst), (*long, Some(Warning)), "{language} by {mistaken}");
        }
        // And what was meant from the start stays as it is.
        for text in [short, long] {
            assert_eq!(read(text.as_bytes()), ((*text).to_owned(), None), "{language}");
        }
    }
    let thrice = Page::Known(encoding_rs::WINDOWS_1252);
    let once = thrice.read("Déjà vu, à l’été".as_bytes()).0;
    assert_eq!(read(thrice.read(once.as_bytes()).0.as_bytes()).0, "Déjà vu, à l’été");
    for kept in ["NÃO, MAÇÃ”", "Â", "5 Â", "√2 © 2026"] {
        assert_eq!(read(kept.as_bytes()), (kept.to_owned(), None));
    }
}

#[test]
fn doubtful_letters_are_shown() {
    let mut log = ProblemLog::new("a.txt");
    decode(b"A: Mar\x92a", &mut log).unwrap();
    let problems: Vec<String> = log.finish().iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(problems.join("\n"), @"warning: a.txt: the file does not say its encoding and its letters do not tell for sure; it was read as windows-1252, in Mac Roman `’` would be `í` (compare these letters with the original, and save the file as UTF-8)");
    let mut log = ProblemLog::new("a.txt");
    decode("A: Et aprÃ¨s, Ã  lâ€™Ã©tÃ© ?".as_bytes(), &mut log).unwrap();
    let problems: Vec<String> = log.finish().iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(problems.join("\n"), @"warning: a.txt: the text was encoded twice (UTF-8 taken for windows-1252): 5 letters were mended, such as `Ã¨` to `è`, `â€™` to `’`, `Ã©` to `é` (compare some of these letters with the original, or use the original file)");
}
