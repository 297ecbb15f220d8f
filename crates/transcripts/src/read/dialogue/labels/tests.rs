//! Short transcripts in the forms of many hands, with the speakers that a reader sees in them, and traps: lines that look like labels
//! and are what somebody says.

use std::fmt::Write as _;

use crate::corpus::Severity;
use crate::read::{ReadPlan, read_file_bytes};

/// The speakers of the turns in their order, `-` for nobody.
fn speakers(name: &str, text: &str) -> (String, Vec<String>) {
    let reading = read_file_bytes(text.as_bytes(), name, &ReadPlan::default());
    let turns = reading.corpus.transcripts.iter().flat_map(|transcript| &transcript.turns);
    let speakers: Vec<&str> =
        turns.map(|turn| if turn.speaker.is_empty() { "-" } else { turn.speaker.as_str() }).collect();
    let warnings = reading.problems.iter().filter(|problem| problem.severity != Severity::Note);
    (speakers.join(", "), warnings.map(ToString::to_string).collect())
}

/// Fails with every transcript of the table that is read otherwise.
fn check(name: &str, table: &[(&str, &str)]) {
    let mut failed = String::new();
    for (text, expected) in table {
        let (found, warnings) = speakers(name, text);
        if found != *expected {
            let _ = writeln!(
                failed,
                "{text}\n  expected {expected}\n  found    {found}\n  {}\n",
                warnings.join("\n  ")
            );
        }
    }
    assert!(failed.is_empty(), "\n{failed}");
}

/// Forms of labels.
const FORMS: &[(&str, &str)] = &[
    // A speaker who speaks once.
    (
        "Moderator: How was the harvest?\nRosa: Thin.\nTom: Very thin.\nModerator: And yours?\nVera: We had hail in June.\nModerator: When in June?\nRosa: Early.\nTom: On a Sunday.\nModerator: Thanks.",
        "Moderator, Rosa, Tom, Moderator, Vera, Moderator, Rosa, Tom, Moderator",
    ),
    (
        "INT: How was it?\n\nP1: Good.\n\nP2: Less so.\n\nP3: I cannot say, I came late.\n\nINT: And now?\n\nP1: Better.\n\nP2: Better too.",
        "INT, P1, P2, P3, INT, P1, P2",
    ),
    (
        "Mira Holt: How was it?\nAnna Diaz: Hard.\nMH: Why was it hard?\nAD: We had no car.\nMH: And then?\nAD: We walked.\nMH: Far?\nAD: Two hours.",
        "MH, AD, MH, AD, MH, AD, MH, AD",
    ),
    (
        "Interviewer: Why?\nSara: So.\nInterviewer: And then?\nSara (laughing): Then we ran.\nInterviewer: Where?\nSara: Home.",
        "Interviewer, Sara, Interviewer, Sara, Interviewer, Sara",
    ),
    (
        "I: Why?\nP01 (F, 34): So.\nI: And then?\nP01 (F, 34): Home.\nP02 (M, 41): Me too.\nI: Thanks.",
        "I, P01 (F, 34), I, P01 (F, 34), P02 (M, 41), I",
    ),
    (
        "Odile Renard: Why?\nInès Dupuis: So.\nOR: And then?\nID: Home.\nOR: When?\nID: At six.",
        "OR, ID, OR, ID, OR, ID",
    ),
    // Signs.
    ("SMITH — Why?\n\nDIAZ — So.\n\nSMITH — And?\n\nDIAZ — Home.", "SMITH, DIAZ, SMITH, DIAZ"),
    ("SMITH—Why?\nDIAZ—So.\nSMITH—And?\nDIAZ—Home.", "SMITH, DIAZ, SMITH, DIAZ"),
    ("I – Why?\nP – So it was.\nI – And then?\nP – Home we went.", "I, P, I, P"),
    ("Ana - Why?\nBea - So it was.\nAna - And then?\nBea - Home we went.", "Ana, Bea, Ana, Bea"),
    ("Ana -- Why?\nBea -- So it was.\nAna -- And then?\nBea -- Home we went.", "Ana, Bea, Ana, Bea"),
    ("Q.   Why?\n\nA.   So.\n\nQ.   And then?\n\nA.   Home.", "Q, A, Q, A"),
    ("Q. Why?\nA. So.\nQ. And then?\nA. Home.", "Q, A, Q, A"),
    ("Q\tWhy?\nA\tSo.\nQ\tAnd then?\nA\tHome.", "Q, A, Q, A"),
    ("Q: Why?\nA: So.", "Q, A"),
    ("Q) Why?\nA) So.\nQ) And then?\nA) Home.", "Q, A, Q, A"),
    ("Int. Why?\nResp. So.\nInt. And then?\nResp. Home.", "Int, Resp, Int, Resp"),
    (
        "MR. HOLT. Why did you leave?\nMRS. DIAZ. We had no car.\nMR. HOLT. And then?\nMRS. DIAZ. We walked.",
        "MR. HOLT, MRS. DIAZ, MR. HOLT, MRS. DIAZ",
    ),
    ("Ana | Why?\nBea | So.\nAna | And then?\nBea | Home.", "Ana, Bea, Ana, Bea"),
    ("Ana> Why?\nBea> So.\nAna> And then?\nBea> Home.", "Ana, Bea, Ana, Bea"),
    ("<Ana> Why?\n<Bea> So.\n<Ana> And then?\n<Bea> Home.", "Ana, Bea, Ana, Bea"),
    ("INT    Why did you come?\nRES    By bus.\nINT    And then?\nRES    Home.", "INT, RES, INT, RES"),
    (
        "[Ana] Why?\n[Bea] So.\n[laughter] \n[Ana] And?\n[Bea] Home.\n[Cora] Mine too.\n[Ana] Oh.",
        "Ana, Bea, Ana, Bea, Cora, Ana",
    ),
    (
        "**Ana** Why?\n\n**Bea** So.\n\n**Ana** And?\n\n**Cleo** Home.\n\n**Bea** Me too.",
        "Ana, Bea, Ana, Cleo, Bea",
    ),
    (
        "Ana [laughs]: Why?\nBea: So.\nAna: And?\nBea (overlapping): Home.\nCleo (from afar): Yes.\nAna: Oh.",
        "Ana, Bea, Ana, Bea, Cleo (from afar), Ana",
    ),
    (
        "Moderator: Why?\nAna: So.\nBen: And so.\nAll: Ha!\nModerator: And?\nUnknown male: Home.\nAna: Oh.",
        "Moderator, Ana, Ben, All, Moderator, Unknown male, Ana",
    ),
    ("(Ana) Why?\n(Bea) So.\n(Ana) And?\n(Bea) Home.", "Ana, Bea, Ana, Bea"),
    ("{Ana}: Why?\n{Bea}: So.\n{Ana}: And?\n{Cleo}: Home.\n{Ana}: Oh.", "Ana, Bea, Ana, Cleo, Ana"),
    ("#Ana: Why?\n#Bea: So.\n#Ana: And?\n#Bea: Home.", "Ana, Bea, Ana, Bea"),
    ("@Ana: Why?\n@Bea: So.\n@Ana: And?\n@Bea: Home.", "Ana, Bea, Ana, Bea"),
    (">> ANA: Why?\n>> BEA: So.\n>> ANA: And?\n>> CLEO: Home.\n>> ANA: Oh.", "ANA, BEA, ANA, CLEO, ANA"),
    ("- Ana: Why?\n- Bea: So.\n- Ana: And?\n- Bea: Home.", "Ana, Bea, Ana, Bea"),
    // Times.
    (
        "[00:00:01] Ana: Why?\n[00:00:05] Bea: So.\n[00:00:09] Ana: And?\n[00:00:12] Cleo: Home.\n[00:00:15] Bea: Me too.",
        "Ana, Bea, Ana, Cleo, Bea",
    ),
    ("00:01 Ana: Why?\n00:05 Bea: So.\n00:09 Ana: And?\n00:12 Bea: Home.", "Ana, Bea, Ana, Bea"),
    (
        "Ana (00:01): Why?\nBea (00:05): So.\nAna (00:09): And?\nCleo (00:12): Home.\nAna (0:15): Oh.",
        "Ana, Bea, Ana, Cleo, Ana",
    ),
    ("Ana [00:01]: Why?\nBea [00:05]: So.\nAna [00:09]: And?\nBea [00:12]: Home.", "Ana, Bea, Ana, Bea"),
    (
        "Ana: [00:01] Why?\nBea: [00:05] So.\nAna: [00:09] And?\nCleo: [00:12] Home.\nBea: [00:15] Oh.",
        "Ana, Bea, Ana, Cleo, Bea",
    ),
    (
        "Ana Roe  0:01\nWhy?\n\nBea Orr  0:05\nSo.\n\nAna Roe  0:09\nAnd?\n\nCleo May  0:12\nHome.\n\nBea Orr  0:20\nMe too.",
        "Ana Roe, Bea Orr, Ana Roe, Cleo May, Bea Orr",
    ),
    ("(0:01) Ana – Why?\n(0:05) Bea – So.\n(0:09) Ana – And?\n(0:12) Bea – Home.", "Ana, Bea, Ana, Bea"),
    // On a line of its own.
    // A label on a line of its own, once.
    (
        "Moderator\nWhy?\n\nSpeaker 1\nSo.\n\nSpeaker 2\nHome.\n\nSpeaker 3\nWe came late.\n\nModerator\nAnd?",
        "Moderator, Speaker 1, Speaker 2, Speaker 3, Moderator",
    ),
    (
        "Teilnehmer 1\nWir gingen.\n\nTeilnehmer 2\nWir blieben.\n\nTeilnehmer 3\nIch kam später.",
        "Teilnehmer 1, Teilnehmer 2, Teilnehmer 3",
    ),
    ("Participant 3\n\nI: Why?\nB: So.\nI: And?\nB: Home.", "I, B, I, B"),
    (
        "INTERVIEWER\nWhy?\n\nWORKER\nSo.\nAnd more.\n\nINTERVIEWER\nAnd?\n\nWORKER\nHome.",
        "INTERVIEWER, WORKER, INTERVIEWER, WORKER",
    ),
    (
        "Ana Roe\nWhy did you come?\n\nBea Orr\nBecause of the rain.\n\nAna Roe\nAnd then?\n\nBea Orr\nThen I stayed.",
        "Ana Roe, Bea Orr, Ana Roe, Bea Orr",
    ),
    ("Ana:\nWhy?\n\nBea:\nSo.\n\nAna:\nAnd?\n\nBea:\nHome.", "Ana, Bea, Ana, Bea"),
    // Several paragraphs an answer.
    (
        "INT: How did it begin?\n\nP: With a field.\n\nIt was wet and cold.\n\nNobody wanted it.\n\nINT: And then?\n\nP: Then came the drains.\n\nThey cost a lot.\n\nINT: Who paid?\n\nP: The parish.",
        "INT, P, INT, P, INT, P",
    ),
    // Wrapped lines.
    (
        "Moderator: So tell me how it was when you first came to the valley and\nwhat you saw there.\nAnna: It was cold, and the house had no door, and the people next to us\nlent us a blanket and some wood.\nModerator: And the others, how was that for all of you when you arrived in\nthe same winter?\nCarla: We came in spring, so we had it better than the first ones, and the\nsnow was gone.\nModerator: Thank you.\nAnna: It was so.",
        "Moderator, Anna, Moderator, Carla, Moderator, Anna",
    ),
    // Two at once.
    ("Ana: Why?\nBea: So.\nAna and Bea: Ha!\nAna: And?\nBea: Home.", "Ana, Bea, Ana and Bea, Ana, Bea"),
    // Languages.
    (
        "Interviewer: Warum?\nFrau Berg: Darum.\nInterviewer: Und dann?\nFrau Berg: Nach Hause.\nHerr Berg: Ich auch.\nInterviewer: Danke.",
        "Interviewer, Frau Berg, Interviewer, Frau Berg, Herr Berg, Interviewer",
    ),
    ("F: Warum?\nA: Darum.\nF: Und dann?\nA: Nach Hause.", "F, A, F, A"),
    (
        "Frage: Warum?\nAntwort: Darum.\nFrage: Und dann?\nAntwort: Nach Hause.",
        "Frage, Antwort, Frage, Antwort",
    ),
    (
        "Enquêteur\u{A0}: Pourquoi\u{202F}?\nElève\u{202F}: Parce que.\nEnquêteur\u{A0}: Et après\u{202F}?\nElève\u{202F}: À la maison.",
        "Enquêteur, Elève, Enquêteur, Elève",
    ),
    ("P: ¿Por qué?\nR: Porque sí.\nP: ¿Y luego?\nR: A casa.", "P, R, P, R"),
    (
        "Intervistatrice: Perché?\nLucia: Così.\nIntervistatrice: E poi?\nLucia: A casa.\nMarco: Anch'io.\nIntervistatrice: Grazie.",
        "Intervistatrice, Lucia, Intervistatrice, Lucia, Marco, Intervistatrice",
    ),
    (
        "Интервьюер: Почему?\nАнна: Так.\nИнтервьюер: А потом?\nАнна: Домой.\nВера: Я тоже.\nИнтервьюер: Спасибо.",
        "Интервьюер, Анна, Интервьюер, Анна, Вера, Интервьюер",
    ),
    (
        "\u{200F}מראיין: למה?\n\u{200F}דנה: ככה.\n\u{200F}מראיין: ואז?\n\u{200F}דנה: הביתה.",
        "מראיין, דנה, מראיין, דנה",
    ),
    ("المحاور: لماذا؟\nليلى: هكذا.\nالمحاور: ثم ماذا؟\nليلى: إلى البيت.", "المحاور, ليلى, المحاور, ليلى"),
    (
        "采访者：为什么？\n李华：因为。\n采访者：然后呢？\n李华：回家。\n王明：我也是。\n采访者：谢谢。",
        "采访者, 李华, 采访者, 李华, 王明, 采访者",
    ),
    (
        "聞き手：なぜですか。\n田中：そうです。\n聞き手：それから？\n田中：帰りました。",
        "聞き手, 田中, 聞き手, 田中",
    ),
    ("면접자: 왜요?\n김민수: 그냥요.\n면접자: 그다음은?\n김민수: 집에요.", "면접자, 김민수, 면접자, 김민수"),
    ("Badacz: Dlaczego?\nKasia: Tak.\nBadacz: A potem?\nKasia: Do domu.", "Badacz, Kasia, Badacz, Kasia"),
    // What does not show.
    (
        "Inter\u{AD}viewer: Why?\nAnna: So.\nInterviewer: And?\nAn\u{200B}na: Home.",
        "Interviewer, Anna, Interviewer, Anna",
    ),
    ("Anna\u{200B}: Why?\nBen\u{200F}: So.\nAnna: And?\nBen: Home.", "Anna, Ben, Anna, Ben"),
    // Headers.
    (
        "Date: 3 May 2024\nInterviewer: Mira Holt\nParticipant: P07\n\nInterviewer: Why?\nP07: So.\nInterviewer: And?\nP07: Home.",
        "Interviewer, P07, Interviewer, P07",
    ),
    ("Interview 4\nFerry project\n\nI: Why?\nP: So.\nI: And?\nP: Home.", "I, P, I, P"),
    ("Attendees\nAna Roe, Bea Orr\n\nAna: Why?\nBea: So.\nAna: And?\nBea: Home.", "Ana, Bea, Ana, Bea"),
    ("MH: Mira Holt\nAD: Anna Diaz\n\nMH: Why?\nAD: So.\nMH: And?\nAD: Home.", "MH, AD, MH, AD"),
    // No header.
    (
        "Interviewer: Hello\nParticipant: Hello\nInterviewer: Why?\nParticipant: So.",
        "Interviewer, Participant, Interviewer, Participant",
    ),
    (
        "Topic: the ferry\nInterviewer: How was the first year?\nAnna: It was hard.\nInterviewer: And then?\nAnna: Better.",
        "Interviewer, Anna, Interviewer, Anna",
    ),
    ("We met in the garden and I was late.\n\nI: Why?\nP: So.\nI: And?\nP: Home.", "-, I, P, I, P"),
    (
        "Anna: I was first.\nModerator: Thank you. And you?\nBen: Me next.\nModerator: And you?\nBen: No more.",
        "Anna, Moderator, Ben, Moderator, Ben",
    ),
    // Round of answers, once each.
    (
        "Rosa: We had no rain at all.\nTom: We had too much of it.\nVera: For us it was the hail in June.\nIda: The wind took our roof.",
        "Rosa, Tom, Vera, Ida",
    ),
    (
        "THE COURT: Why did you come?\nTHE WITNESS: To be heard.\nTHE COURT: And then?\nTHE WITNESS: Nothing.",
        "THE COURT, THE WITNESS, THE COURT, THE WITNESS",
    ),
    ("interviewer: why?\nanna: so.\ninterviewer: and?\nanna: home.", "interviewer, anna, interviewer, anna"),
    ("I: Why?\nP: So.\nI: And?\nP: Home.\n[End of Audio]\nDuration: 31 minutes", "I, P, I, P"),
];

#[test]
fn labels_are_found_in_the_forms_of_many_hands() {
    check("a.txt", FORMS);
}

/// Lines that are what somebody says.
const TRAPS: &[(&str, &str)] = &[
    ("I: Why?\nP: So. Let me explain.\nNote: it was winter.\nI: And?\nP: Home.", "I, P, I, P"),
    ("I: Why?\nP: I had two thoughts.\nReason: we had no car.\nI: And?\nP: Home.", "I, P, I, P"),
    ("I: Why?\nP: So.\nReason one: we had no car.\nReason two: it rained.\nI: And?\nP: Home.", "I, P, I, P"),
    ("I: Why?\nP: So.\nQuestion 4: the home\nI: And?\nP: Home.", "I, P, I, P"),
    ("I: Why?\nP: He came in.\nHe said: no.\nI: And?\nP: Home.", "I, P, I, P"),
    ("I: Why?\nP: Look here:\nhttp://example.org/a\nI: And?\nP: Home.", "I, P, I, P"),
    ("I: Why?\nP: So.\n10:30 was late.\nAt 10:30: nothing.\nI: And?\nP: Home.", "I, P, I, P"),
    (
        "I: Why?\nP: I need three things:\nfirst: a car\nsecond: a house\nthird: rest\nI: And?\nP: Home.",
        "I, P, I, P",
    ),
    (
        "I: Why?\nP: Things were like this.\n1. The car: broken.\n2. The house: cold.\nI: And?\nP: Home.",
        "I, P, I, P",
    ),
    ("I: Why?\nP: Two ways.\na) We stay.\nb) We go.\nI: And?\nP: Home.", "I, P, I, P"),
    ("I: Why?\nP: My sister – she is older – came.\nI – I was small.\nI: And?\nP: Home.", "I, P, I, P"),
    ("I: Why?\nP: My mother always told us this\nBest advice: leave early.\nI: And?\nP: Home.", "I, P, I, P"),
    (
        "I: Why?\nP: For example: the ferry.\nFor example: the bus.\nFor example: the road.\nI: And?\nP: Home.",
        "I, P, I, P",
    ),
    (
        "[00:01] Ana: Why?\n[00:05] Bea: So she came.\nMother: go home.\nMother: go now.\n[00:09] Ana: And?\n[00:12] Bea: Home.",
        "Ana, Bea, Ana, Bea",
    ),
    (
        "**Ana:** Why?\n\n**Bea:** So.\n\nUpshot: we left.\n\n**Ana:** And?\n\n**Bea:** Home.",
        "Ana, Bea, Ana, Bea",
    ),
    (
        "INT: Why?\n\nRES: We had a plan.\n\nThe plan: go north.\n\nINT: And?\n\nRES: Home.",
        "INT, RES, INT, RES",
    ),
    ("I: Warum?\nP: Also.\nGrund: das Auto.\nZum Beispiel: der Bus.\nI: Und?\nP: Heim.", "I, P, I, P"),
    ("I: Pourquoi ?\nP: Voilà.\nExemple : le bus.\nPar contre : non.\nI: Et ?\nP: Maison.", "I, P, I, P"),
    ("I: ¿Por qué?\nP: Pues.\nPor ejemplo: el bus.\nY yo dije: no.\nI: ¿Y?\nP: Casa.", "I, P, I, P"),
    ("מראיין: למה?\nדנה: ככה.\nלדוגמה: האוטובוס.\nמראיין: ואז?\nדנה: הביתה.", "מראיין, דנה, מראיין, דנה"),
    (
        "采访者：为什么？\n李华：因为。\n比如：公车。\n采访者：然后呢？\n李华：回家。",
        "采访者, 李华, 采访者, 李华",
    ),
    (
        "Interviewer: Why?\nBea: So.\nInterviewer 1 was kind to me.\nInterviewer: And?\nBea: Home.",
        "Interviewer, Bea, Interviewer, Bea",
    ),
    // Prose without speakers.
    (
        "My first winter was cold and I had no desk.\n\nSomebody said: take mine. So I did.\n\nIn spring she left.",
        "-, -, -",
    ),
    (
        "The year began with snow.\n\nNote: it was deep.\n\nThen came the thaw.\n\nNote: it was long.\n\nThen summer.",
        "-, -, -, -, -",
    ),
    ("Ingredients: flour\nOven: hot\nTime: one hour", "-"),
    ("Dear diary, it rained – all day.\n\nMonday: rain.\n\nTuesday: rain.\n\nWednesday: sun.", "-, -, -, -"),
    ("A. We begin.\nB. We go on.\nC. We end.\nA. We begin again.\nB. We go on.\nC. We end.", "-"),
    // Wrapped: a label in the middle of a sentence.
    (
        "I: So tell me how it was when you first came to the valley and what you\nsaw there, please.\nP: It was cold, and the house had no door, and on it there stood a sign with\nBeware: dogs on it in red, and the people next to us lent us a blanket and\nsome wood.\nI: And then what did you do in that house after you had all that, all of\nyou?\nP: We stayed.",
        "I, P, I, P",
    ),
    ("I: Why?\nP: [laughs] So.\n[laughs]\n[pause]\nI: And?\nP: [coughs] Home.", "I, P, I, P"),
    ("I: Why?\nP: So.\n(laughs): yes\nI: And?\nP: Home.", "I, P, I, P"),
    ("I: Why?\nP: So.\nYes\nNo\nYes\nI: And?\nP: Home.", "I, P, I, P"),
    (
        "INT: Why?\nRES: She wrote to me: come.\nP.S.: bring bread.\nINT: And?\nRES: Home.",
        "INT, RES, INT, RES",
    ),
    ("I: Why?\nP: So. Email: a@b.example\nPhone: 123\nI: And?\nP: Home.", "I, P, I, P"),
    ("I: Why?\nP: So.\nThing is: no car.\nBottom line: we left.\nI: And?\nP: Home.", "I, P, I, P"),
    ("I: Why?\nP: So.\nMe: what?\nHim: nothing.\nMe: what?\nHim: nothing.\nI: And?\nP: Home.", "I, P, I, P"),
    ("I: Why?\nP: The score was 3:2.\nFinal score: 3:2\nI: And?\nP: Home.", "I, P, I, P"),
    ("I: Why?\nP: Matthew 5:3 says so.\nGenesis 1:1 too.\nI: And?\nP: Home.", "I, P, I, P"),
    ("I: Why?\nP: So.\nRule number one: never late.\nI: And?\nP: Home.", "I, P, I, P"),
    (
        "I: Why?\nP: So.\n\nPart 2: The house\n\nI: And?\nP: Home.\n\nPart 3: The road\n\nI: Well?\nP: Yes.",
        "I, P, I, P, I, P",
    ),
    ("I: Why?\nP: \"Anna: come here\" she said.\nI: And?\nP: Home.", "I, P, I, P"),
    ("I: Why?\nP: So it is in the law, which says\nArticle 5: nobody pays.\nI: And?\nP: Home.", "I, P, I, P"),
];

#[test]
fn what_somebody_says_is_no_label() {
    check("a.txt", TRAPS);
}
