//! Exports of programs that people transcribe, code and chat with, as text.

use super::*;

#[test]
fn nvivo_rows_stand_between_tabs_in_any_order() {
    let text = r"Zeitspanne	Sprecher	Inhalt
0:03,0 - 0:05,5	Vale	Seit wann haben Sie das Boot?
0:09,0 - 0:12,0	Abel	Seit der Flut, glaube ich.
0:20,0 - 0:22,0	Vale	Und heute?
";
    insta::assert_snapshot!(told("P01.txt", text), @r#"
    Vale @3000-5500 "Seit wann haben Sie das Boot?"
    Abel @9000-12000 "Seit der Flut, glaube ich."
    Vale @20000-22000 "Und heute?"
    Note (line 1): read as rows of time, words and speaker (NVivo): 1 line was left out that the program wrote itself
    "#);
    assert_robust("P01.txt", text);
}

#[test]
fn nvivo_rows_stand_between_commas() {
    let text = r#"0:03.0/0:05.5,Vale,"How long have you had it, the boat?"
0:09.0/0:12.0,Abel,Since the flood
0:20.0/0:22.0,Vale,And now?
0:23.0/0:25.0,Abel,I let it
"#;
    insta::assert_snapshot!(told("P01.txt", text), @r#"
    Vale @3000-5500 "How long have you had it, the boat?"
    Abel @9000-12000 "Since the flood"
    Vale @20000-22000 "And now?"
    Abel @23000-25000 "I let it"
    "#);
    assert_robust("P01.txt", text);
}

#[test]
fn intonation_units_are_joined() {
    let text = r"0.00 2.51	RUTH:	How long have you had,
2.51 4.10		the boat?
4.20 6.00	JON:	Since the f- --
6.00 7.25		the flood.
7.30 8.00	RUTH:	Mm.
";
    insta::assert_snapshot!(told("P01.txt", text), @r#"
    RUTH @0-4100 "How long have you had, the boat?"
    JON @4200-7250 "Since the f- -- the flood."
    RUTH @7300-8000 "Mm."
    "#);
    assert_robust("P01.txt", text);
}

#[test]
fn whatsapp_says_itself_what_is_no_message() {
    let text = r"12/03/2024, 10:14 - Messages and calls are end-to-end encrypted. No one outside of this chat can read them.
12/03/2024, 10:15 - Ruth Vale: How long have you had the boat?
The blue one: the one outside.
12/03/2024, 10:17 - +44 7700 900123: Since the flood.
12/03/2024, 10:17 - +44 7700 900123: <Media omitted>
12/03/2024, 10:18 - Ruth Vale added Cy
13/03/2024, 09:15 - Ruth Vale: And now? <This message was edited>
13/03/2024, 09:16 - Cy: IMG-20240313-WA0001.jpg (file attached)
13/03/2024, 09:17 - Cy: He lets it.
";
    insta::assert_snapshot!(told("P01.txt", text), @r#"
    Ruth Vale @60000 "How long have you had the boat?\nThe blue one: the one outside."
    +44 7700 900123 @180000 "Since the flood."
    Ruth Vale @82860000 "And now?"
    Cy @82980000 "He lets it."
    Note (line 1): read as a chat of WhatsApp or Telegram: 4 lines were left out that the program wrote itself
    "#);
    assert_robust("P01.txt", text);
}

#[test]
fn whatsapp_on_iphones_sets_brackets() {
    let text = "[12.03.24, 10:14:01] Boote: \u{200E}Nachrichten und Anrufe sind Ende-zu-Ende-verschlüsselt.\n\
[12.03.24, 10:15:03] Ruth Vale: Seit wann haben Sie das Boot?\n\
[12.03.24, 10:17:00] ~ Jon: Seit der Flut.\n\
\u{200E}[12.03.24, 10:17:30] ~ Jon: \u{200E}Bild weggelassen\n\
[12.03.24, 10:18:00] Ruth Vale: Und heute?\n\
";
    insta::assert_snapshot!(told("P01.txt", text), @r#"
    Ruth Vale @62000 "Seit wann haben Sie das Boot?"
    Jon @179000 "Seit der Flut."
    Ruth Vale @239000 "Und heute?"
    Note (line 1): read as a chat of WhatsApp or Telegram: 2 lines were left out that the program wrote itself
    "#);
    assert_robust("P01.txt", text);
}

#[test]
fn zoom_chats_name_whom_a_message_is_for() {
    let text = r#"10:15:03 From Ruth Vale to Everyone:
	How long have you had the boat?
10:17:00 From Jon Abel to Ruth Vale (Direct Message):
	Since the flood.
10:17:30 From Ruth Vale to Everyone:
	Reacted to "Since the flood." with 👍
10:18:00 From Ruth Vale to Everyone:
	Replying to "Since the flood."

	And now?
"#;
    insta::assert_snapshot!(told("P01.txt", text), @r#"
    Ruth Vale @36903000 "How long have you had the boat?"
    Jon Abel @37020000 "Since the flood."
    Ruth Vale @37080000 "And now?"
    Note (line 6): read as a chat of Zoom: 2 lines were left out that the program wrote itself
    "#);
    assert_robust("P01.txt", text);
}

#[test]
fn noscribe_says_who_made_the_text() {
    let text = r"boats

Transcribed with noScribe vers. 0.6
Audio file: /home/ruth/my talks/boats.mp3
(Start: 00:00:00 | Stop: 00:31:00 | Language: English | Speaker detection: auto)

S00: How long have you had the boat? [00:00:30]

S01: Since the flood. [00:01:00] It was my aunt's.

S00: And now?
";
    insta::assert_snapshot!(told("P01.txt", text), @r#"
    S00 @- "How long have you had the boat?"
    S01 @- "Since the flood. It was my aunt's."
    S00 @- "And now?"
    Note: 2 times within the words were left out
    Note (line 1): 4 lines were left out that the program wrote itself
    "#);
    assert_robust("P01.txt", text);
}

#[test]
fn inqscribe_sets_times_within_the_words() {
    let text = r"Ruth: How long have you had the boat?
Jon: Since [00:00:30.00] the flood, [00:01:00.00] when my aunt died.
Ruth: [00:01:30.00] And now?
Jon: I let it. [inaudible 00:01:40]
[End of Audio]
Duration: 31 minutes
";
    insta::assert_snapshot!(told("P01.txt", text), @r#"
    Ruth @- "How long have you had the boat?"
    Jon @- "Since the flood, when my aunt died."
    Ruth @90000 "And now?"
    Jon @- "I let it. [inaudible 00:01:40]"
    Note: 2 times within the words were left out
    Note (line 5): 2 lines were left out that the program wrote itself
    "#);
    assert_robust("P01.txt", text);
}

#[test]
fn f4_ends_paragraphs_with_a_time() {
    let text = r"Ruth: How long have you had the boat? #00:00:05-5#
Jon: Since the flood. #00:00:12-0#
Ruth: And now? #00:00:22-9#
Jon: I let it. #00:00:25-0#
";
    insta::assert_snapshot!(told("P01.txt", text), @r#"
    Ruth @--5500 "How long have you had the boat?"
    Jon @--12000 "Since the flood."
    Ruth @--22900 "And now?"
    Jon @--25000 "I let it."
    "#);
    assert_robust("P01.txt", text);
}

#[test]
fn otranscribe_sets_bare_times_behind_labels() {
    let text = r"Ruth: 00:03 How long have you had the boat?

Jon: 00:09 Since the flood, 00:15 at 10:30 in the night.

Ruth: 00:20 And now?

Jon: 00:25 I let it.
";
    insta::assert_snapshot!(told("P01.txt", text), @r#"
    Ruth @3000 "How long have you had the boat?"
    Jon @9000 "Since the flood, at 10:30 in the night."
    Ruth @20000 "And now?"
    Jon @25000 "I let it."
    Note (line 3): 1 time within the words was left out
    "#);
    assert_robust("P01.txt", text);
}

#[test]
fn maxqda_writes_times_above_labels() {
    let text = r"#00:00:03-0#
Ruth: How long have you had the boat?
#00:00:09-5#
Jon: Since the flood.
#00:00:20-0#
Ruth: And now?
#00:00:22-9#
Jon: I let it.
";
    insta::assert_snapshot!(told("P01.txt", text), @r#"
    Ruth @3000 "How long have you had the boat?"
    Jon @9500 "Since the flood."
    Ruth @20000 "And now?"
    Jon @22900 "I let it."
    "#);
    assert_robust("P01.txt", text);
}

#[test]
fn telegram_writes_heads_above_messages() {
    let text = r"Ruth, [12.03.24 10:15]
How long have you had the boat?

Jon, [12.03.24 10:17]
Since the flood.
It was my aunt's.

Ruth, [12.03.24 10:18]
And now?
";
    insta::assert_snapshot!(told("P01.txt", text), @r#"
    Ruth @0 "How long have you had the boat?"
    Jon @120000 "Since the flood.\nIt was my aunt's."
    Ruth @180000 "And now?"
    "#);
    assert_robust("P01.txt", text);
}

#[test]
fn turboscribe_writes_notices_between_turns() {
    let text = r"(Transcribed by TurboScribe.ai. Go Unlimited to remove this message.)

[Speaker 1] (0:03 - 0:05)
How long have you had the boat?

(This file is longer than 30 minutes. Go Unlimited at TurboScribe.ai to transcribe files up to 10 hours long.)

[Speaker 2] (0:09 - 0:12)
Since the flood.

[Speaker 1] (0:20 - 0:22)
And now?
";
    insta::assert_snapshot!(told("P01.txt", text), @r#"
    Speaker 1 @3000-5000 "How long have you had the boat?"
    Speaker 2 @9000-12000 "Since the flood."
    Speaker 1 @20000-22000 "And now?"
    Note (line 1): read as an export with a speaker and a time above what is said (Otter, Teams, Fathom, Rev and others): 2 lines were left out that the program wrote itself
    "#);
    assert_robust("P01.txt", text);
}

/// What looks like a form in one place and is none in the file stays as it is.
#[test]
fn talk_that_only_looks_like_an_export_stays_whole() {
    let chapters = "Ruth: Here is what we do today.\nIntroduction  0:00\nBoats  5:10\nTides  9:20\nJon: Thank you.\nRuth: Let us start.\nJon: Yes.\n";
    let ending =
        "Ruth: How was it?\nJon: It was fine.\nRuth: And the end?\nJon: We ended after 00:21:10 or so.\n";
    let cut =
        "and so we sold it\n\nRuth  0:03\nWhat did you sell?\n\nJon  0:05\nThe boat.\n\nRuth  0:09\nWhen?\n";
    let served = "Ruth: Which program?\nJon: I transcribed it with otter.ai and it was terrible.\nRuth: And then?\nJon: I gave up, the end of the recording was lost.\n";
    insta::assert_snapshot!([chapters, ending, cut, served].map(|text| told("P01.txt", text)).join("--\n"), @r#"
    Ruth @- "Here is what we do today.\nIntroduction  0:00\nBoats  5:10\nTides  9:20"
    Jon @- "Thank you."
    Ruth @- "Let us start."
    Jon @- "Yes."
    --
    Ruth @- "How was it?"
    Jon @- "It was fine."
    Ruth @- "And the end?"
    Jon @- "We ended after 00:21:10 or so."
    --
     @- "and so we sold it"
    Ruth @3000 "What did you sell?"
    Jon @5000 "The boat."
    Ruth @9000 "When?"
    Warning (line 1): 5 words stand before the first speaker (“and so we sold …”); kept as said by nobody in particular
    --
    Ruth @- "Which program?"
    Jon @- "I transcribed it with otter.ai and it was terrible."
    Ruth @- "And then?"
    Jon @- "I gave up, the end of the recording was lost."
    "#);
}

#[test]
fn lines_that_come_on_each_page_are_left_out() {
    let text = "Boats project, interview 4 - Page 1 of 3\n\nRuth: How long have you had the boat?\n\nJon: Since the flood.\n\nBoats project, interview 4 - Page 2 of 3\n\nIt was my aunt's.\n\nRuth: And now?\n\nBoats project, interview 4 - Page 3 of 3\n\nJon: I let it on page 2 of the paper.\n";
    insta::assert_snapshot!(told("P01.txt", text), @r#"
    Ruth @- "How long have you had the boat?"
    Jon @- "Since the flood.\nIt was my aunt's."
    Ruth @- "And now?"
    Jon @- "I let it on page 2 of the paper."
    Note (line 1): 3 lines were left out that the program wrote itself
    "#);
}

#[test]
fn numbered_questions_and_people_who_answer_in_turn_are_no_pages() {
    let asked =
        ["1", "2", "3", "4", "5"].map(|week| format!("Ruth: And week {week}?\nP: It was long.\n")).concat();
    let agreed = ["1", "2", "3", "4"].map(|who| format!("Speaker {who}: Yes.\n")).concat();
    let text = format!("{asked}Ruth: Do you all say so?\n{agreed}");
    insta::assert_snapshot!(told("P01.txt", &text), @r#"
    Ruth @- "And week 1?"
    P @- "It was long."
    Ruth @- "And week 2?"
    P @- "It was long."
    Ruth @- "And week 3?"
    P @- "It was long."
    Ruth @- "And week 4?"
    P @- "It was long."
    Ruth @- "And week 5?"
    P @- "It was long."
    Ruth @- "Do you all say so?"
    Speaker 1 @- "Yes."
    Speaker 2 @- "Yes."
    Speaker 3 @- "Yes."
    Speaker 4 @- "Yes."
    "#);
}

#[test]
fn nvivo_rows_may_have_commas_within_the_words() {
    let text = r"Timespan,Content,Speaker
0:03.0 - 0:05.5,How long, if I may ask, have you had the boat?,Vale
0:09.0 - 0:12.0,Since the flood, I think.,Abel
0:20.0 - 0:22.0,And now?,Vale
";
    insta::assert_snapshot!(told("P01.txt", text), @r#"
    Vale @3000-5500 "How long, if I may ask, have you had the boat?"
    Abel @9000-12000 "Since the flood, I think."
    Vale @20000-22000 "And now?"
    Note (line 1): read as rows of time, words and speaker (NVivo): 1 line was left out that the program wrote itself
    "#);
    assert_robust("P01.txt", text);
}

#[test]
fn the_panel_of_teams_may_show_the_clock_alone() {
    let text = r"Ruth Vale
0:03
Ruth Vale 0 minutes 3 seconds
How long have you had the boat?
Jon Abel
1:09
Jon Abel 1 minute 9 seconds
Since the flood.
";
    insta::assert_snapshot!(told("P01.txt", text), @r#"
    Ruth Vale @3000 "How long have you had the boat?"
    Jon Abel @69000 "Since the flood."
    "#);
    assert_robust("P01.txt", text);
}

#[test]
fn a_turn_begins_behind_the_mark_that_whisper_cpp_writes() {
    let text = "1\n00:00:00,000 --> 00:00:04,000\nHow was it? [SPEAKER_TURN]\n\n2\n00:00:04,000 --> 00:00:09,000\nCold.\n\n3\n00:00:09,000 --> 00:00:11,000\nAnd long. [SPEAKER_TURN]\n\n4\n00:00:11,000 --> 00:00:12,000\nAnd then?\n";
    let reading = read_file_bytes(text.as_bytes(), "P01.srt", &ReadPlan::default());
    let turns = reading.corpus.transcripts.iter().flat_map(|transcript| &transcript.turns);
    let said: Vec<_> = turns.map(|turn| (turn.start_ms, turn.text.as_str())).collect();
    assert_eq!(said, [(Some(0), "How was it?"), (Some(4000), "Cold. And long."), (Some(11000), "And then?")]);
}
