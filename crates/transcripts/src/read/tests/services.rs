//! One small talk in the form of each service and program that exports text: who speaks when, and what nobody said.

mod programs;

use super::*;
use crate::Text;

/// Speaker, start and words of each turn, and the problems, as short as they can be looked at.
fn told(name: &str, text: &str) -> String {
    let reading = read_as(name, text.as_bytes());
    check(&reading);
    let mut all = String::new();
    for turn in reading.corpus.transcripts.iter().flat_map(|transcript| &transcript.turns) {
        let time = turn.start_ms.map_or("-".to_owned(), |ms| ms.to_string());
        let end = turn.end_ms.map_or(String::new(), |ms| format!("-{ms}"));
        let _ = writeln!(all, "{} @{time}{end} {:?}", turn.speaker, turn.text);
    }
    for problem in reading.problems.iter().filter(|problem| problem.source == name) {
        let line = problem.line.map_or(String::new(), |line| format!(" (line {line})"));
        let _ = writeln!(all, "{:?}{line}: {}", problem.severity, problem.message);
    }
    all
}

/// The same turns, whatever breaks lines have, with a mark of byte order, and without blank lines between turns.
fn assert_robust(name: &str, text: &str) {
    let turns = |bytes: &[u8]| {
        let reading = read_as(name, bytes);
        let turns = reading.corpus.transcripts.into_iter().flat_map(|transcript| transcript.turns);
        turns.map(|turn| (turn.speaker, turn.start_ms, turn.text)).collect::<Vec<_>>()
    };
    let plain = turns(text.as_bytes());
    assert!(!plain.is_empty());
    assert_eq!(turns(text.replace('\n', "\r\n").as_bytes()), plain, "CRLF");
    assert_eq!(turns(format!("\u{FEFF}{text}").as_bytes()), plain, "byte order mark");
    let dense: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    let words = |turns: &[(Text, Option<u64>, Text)]| -> Vec<(String, String)> {
        turns.iter().map(|(speaker, _, text)| (speaker.to_string(), text.replace('\n', " "))).collect()
    };
    assert_eq!(words(&turns(dense.join("\n").as_bytes())), words(&plain), "no blank lines");
}

#[test]
fn otter_names_and_times_stand_above() {
    let text = r"Boats and tides
Tue, Mar 4, 2025 10:02AM • 12:44

SUMMARY KEYWORDS
boat, tide, harbour

SPEAKERS
Ruth Vale, Speaker 2

Ruth Vale  0:03  
How long have you had the boat?

Speaker 2  0:09  
Since the flood.
It was my aunt's before: she left it to me.

Ruth Vale  0:20  
And now?

Speaker 3  0:31  
He lets it out.

Transcribed by https://otter.ai
";
    insta::assert_snapshot!(told("P01.txt", text), @r#"
    Ruth Vale @3000 "How long have you had the boat?"
    Speaker 2 @9000 "Since the flood.\nIt was my aunt's before: she left it to me."
    Ruth Vale @20000 "And now?"
    Speaker 3 @31000 "He lets it out."
    Note (line 1): read as an export with a speaker and a time above what is said (Otter, Teams, Fathom, Rev and others): 7 lines were left out that the program wrote itself
    "#);
    assert_robust("P01.txt", text);
}

#[test]
fn teams_files_open_and_close_with_notices() {
    let text = r"Harbour talk-20250304_100200-Meeting Recording
4. März 2025, 09:02
38m 50s

Ruth Vale hat die Transkription gestartet

Vale, Ruth   0:03
Seit wann haben Sie das Boot?

Jon Abel   0:09
Seit der Flut.
Vorher gehörte es meiner Tante.

Vale, Ruth   0:20
Und heute?

Ruth Vale hat die Transkription beendet
";
    insta::assert_snapshot!(told("P01.txt", text), @r#"
    Vale, Ruth @3000 "Seit wann haben Sie das Boot?"
    Jon Abel @9000 "Seit der Flut.\nVorher gehörte es meiner Tante."
    Vale, Ruth @20000 "Und heute?"
    Note (line 1): read as an export with a speaker and a time above what is said (Otter, Teams, Fathom, Rev and others): 5 lines were left out that the program wrote itself
    "#);
    assert_robust("P01.txt", text);
}

#[test]
fn the_panel_of_teams_says_everything_twice() {
    let text = r"Transcript

AI-generated content may be incorrect

Ruth Vale started transcription

RV
Ruth Vale
0 minutes 3 seconds0:03
Ruth Vale 0 minutes 3 seconds
How long have you had the boat?
Ruth Vale 0 minutes 7 seconds
I mean the blue one.
JA

Jon Abel
1 minute 9 seconds1:09
Jon Abel 1 minute 9 seconds
Since the flood.

Ruth Vale
1 hour 2 minutes1:02:00
Ruth Vale 1 hour 2 minutes
And now?

Ruth Vale stopped transcription
";
    insta::assert_snapshot!(told("P01.txt", text), @r#"
    Ruth Vale @3000 "How long have you had the boat?\nI mean the blue one."
    Jon Abel @69000 "Since the flood."
    Ruth Vale @3720000 "And now?"
    Note (line 1): read as a transcript copied from the panel of Teams: 4 lines were left out that the program wrote itself
    "#);
    assert_robust("P01.txt", text);
}

#[test]
fn fathom_writes_times_first() {
    let text = r"Boats and tides - March 04
VIEW RECORDING - 12 mins (No highlights): https://fathom.video/share/abc

---

0:03 - Ruth Vale (Harbour Trust)
  How long have you had the boat?

0:09 - Jon.Abel
  Since the flood.

0:20 - Ruth Vale (Harbour Trust)
  And now?
";
    insta::assert_snapshot!(told("P01.txt", text), @r#"
    Ruth Vale (Harbour Trust) @3000 "How long have you had the boat?"
    Jon.Abel @9000 "Since the flood."
    Ruth Vale (Harbour Trust) @20000 "And now?"
    Note (line 1): read as an export with a speaker and a time above what is said (Otter, Teams, Fathom, Rev and others): 3 lines were left out that the program wrote itself
    "#);
    assert_robust("P01.txt", text);
}

#[test]
fn happy_scribe_and_rev_set_brackets() {
    let text = r"[00:00:03.02] - Speaker 1
How long have you had the boat?

[00:00:09.50] - Speaker 2
Since the flood.

[00:00:20.00] - Speaker 1
And now?
";
    insta::assert_snapshot!(told("P01.txt", text), @r#"
    Speaker 1 @3020 "How long have you had the boat?"
    Speaker 2 @9500 "Since the flood."
    Speaker 1 @20000 "And now?"
    "#);
    assert_robust("P01.txt", text);
}

#[test]
fn meet_closes_with_a_length_in_any_language() {
    let text = r"4 de mar. de 2025
Barcos y mareas - Transcripción
Asistentes
Ruth Vale, Jon Abel
Transcripción
00:00:00

Ruth Vale: ¿Desde cuándo tiene el barco?
Jon Abel: Desde la inundación.
00:05:00

Ruth Vale: ¿Y ahora?
Jon Abel: Lo alquilo.

La transcripción finalizó después de 00:21:10

Esta transcripción editable se generó por computadora y puede contener errores. Los usuarios también pueden cambiar el texto después de que se cree.
";
    insta::assert_snapshot!(told("P01.txt", text), @r#"
    Ruth Vale @0 "¿Desde cuándo tiene el barco?"
    Jon Abel @- "Desde la inundación."
    Ruth Vale @300000 "¿Y ahora?"
    Jon Abel @- "Lo alquilo."
    Note (line 1): read as a transcript of Google Meet: 7 lines were left out that the program wrote itself
    "#);
    assert_robust("P01.txt", text);
}

#[test]
fn notes_of_gemini_above_the_transcript_are_nobodys() {
    let text = r"# 📝 Notes

Mar 4, 2025

## Boats and tides

### Summary

Ruth asked Jon about his boat, which he has had since the flood.

# 📖 Transcript

Mar 4, 2025

## Boats and tides \- Transcript

### 00:00:00

**Ruth Vale:** How long have you had the boat \- the blue one?

**Jon Abel:** Since the flood.

### 00:05:00

**Ruth Vale:** And now?

**Jon Abel:** I let it.

### Transcription ended after 00:21:10

*This editable transcript was computer generated and might contain errors.*
";
    insta::assert_snapshot!(told("P01.md", text), @r#"
    Ruth Vale @0 "How long have you had the boat - the blue one?"
    Jon Abel @- "Since the flood."
    Ruth Vale @300000 "And now?"
    Jon Abel @- "I let it."
    Note (line 1): 8 headings and rules were left out
    Note (line 1): read as a transcript of Google Meet: 7 lines were left out that the program wrote itself
    Warning (line 5): 3 lines of notes above the heading of the transcript left out
    "#);
}

#[test]
fn captions_in_bold_may_have_times_of_the_day() {
    let text = r"**11:00 You:** How long have you had the boat, the blue one over there?

**11:00 Jon Abel:** Since the flood, when my aunt left it to me with all the nets.

**11:02 You:** And now?
";
    insta::assert_snapshot!(told("P01.md", text), @r#"
    You @39600000 "How long have you had the boat, the blue one over there?"
    Jon Abel @39600000 "Since the flood, when my aunt left it to me with all the nets."
    You @39720000 "And now?"
    "#);
    assert_robust("P01.md", text);
}

#[test]
fn captions_in_bold_may_have_minutes_and_seconds() {
    let text = r"**00:04 Ruth:** How long have you had the boat?

**00:09 Jon Abel:** Since the flood.

**00:20 Ruth:** And now?
";
    insta::assert_snapshot!(told("P01.md", text), @r#"
    Ruth @4000 "How long have you had the boat?"
    Jon Abel @9000 "Since the flood."
    Ruth @20000 "And now?"
    "#);
    assert_robust("P01.md", text);
}

#[test]
fn atrain_sets_names_above_lines_with_times() {
    let text = r"Transcription for boats.mp3

SPEAKER_00
[00:00:03] - How long have you had the boat?
[00:00:05] - The blue one?

SPEAKER_01
[00:00:09] - Since the flood.

SPEAKER_00
[00:00:20] - And now? [00:00:22] - Do you let it?
";
    insta::assert_snapshot!(told("P01.txt", text), @r#"
    SPEAKER_00 @3000 "How long have you had the boat?\nThe blue one?"
    SPEAKER_01 @9000 "Since the flood."
    SPEAKER_00 @20000 "And now? Do you let it?"
    Note (line 1): read as lines with a time at the start (Whisper, aTrain and others): 1 line was left out that the program wrote itself
    Note (line 11): 1 time within the words was left out
    "#);
    assert_robust("P01.txt", text);
}

#[test]
fn any_labels_may_stand_above_lines_with_times() {
    let text = r"Interview 4
Length: 20 minutes

Ruth Abel
[00:00:03] - How long have you had the boat?
[00:00:05] - Is it this one?
Jon
[00:00:09] - Right.
Ruth Abel
[00:00:11] - And now?
Neighbour
[00:00:14] - He lets it.
Jon
[00:00:20] - Right.
";
    insta::assert_snapshot!(told("P01.txt", text), @r#"
    Ruth Abel @3000 "How long have you had the boat?\nIs it this one?"
    Jon @9000 "Right."
    Ruth Abel @11000 "And now?"
    Neighbour @14000 "He lets it."
    Jon @20000 "Right."
    Note (line 1): read as lines with a time at the start (Whisper, aTrain and others): 2 lines were left out that the program wrote itself
    "#);
    assert_robust("P01.txt", text);
}

#[test]
fn a_title_above_lines_with_times_is_no_label() {
    let text = r"Harbour walk

[00:00:03] - How long have you had the boat?
[00:00:09] - Right.
[00:00:11] - And now?
[00:00:14] - Right.
";
    insta::assert_snapshot!(told("P01.txt", text), @r#"
     @3000 "How long have you had the boat?"
     @9000 "Right."
     @11000 "And now?"
     @14000 "Right."
    Note (line 1): read as lines with a time at the start (Whisper, aTrain and others): 1 line was left out that the program wrote itself
    Warning (line 3): nobody is named, but 2 paragraphs in turn with others look like the interviewer's (“How long have you …”); all 4 were read as said by nobody in particular
    "#);
}

#[test]
fn whisper_prints_arrows() {
    let text = r"Detected language: English
[00:03.000 --> 00:05.500]  How long have you had the boat?
[00:09.000 --> 00:12.000]  Since the flood.
[01:00:20.000 --> 01:00:22.000]  And now?
";
    insta::assert_snapshot!(told("P01.txt", text), @r#"
     @3000-5500 "How long have you had the boat?"
     @9000-12000 "Since the flood."
     @3620000-3622000 "And now?"
    Note (line 1): read as lines with a time at the start (Whisper, aTrain and others): 1 line was left out that the program wrote itself
    "#);
    assert_robust("P01.txt", text);
}

#[test]
fn opentranscribe_sets_labels_behind_arrows() {
    let text = r"[0:03 --> 0:05] Speaker_01: How long have you had the boat?
[0:09 --> 0:12] Speaker_02: Since the flood.
[0:20 --> 0:22] Speaker_01: And now?
[0:23 --> 0:25] Speaker_03: He lets it.
";
    insta::assert_snapshot!(told("P01.txt", text), @r#"
    Speaker_01 @3000-5000 "How long have you had the boat?"
    Speaker_02 @9000-12000 "Since the flood."
    Speaker_01 @20000-22000 "And now?"
    Speaker_03 @23000-25000 "He lets it."
    "#);
    assert_robust("P01.txt", text);
}

#[test]
fn voiceink_writes_times_in_bold() {
    let text = r"**[00:00:03]** How long have you had the boat?

**[00:00:09]** Since the flood.

**[00:00:20]** And now?
";
    insta::assert_snapshot!(told("P01.md", text), @r#"
    @3000 "How long have you had the boat?"
    @9000 "Since the flood."
    @20000 "And now?"
    "#);
    assert_robust("P01.md", text);
}

#[test]
fn premiere_writes_time_codes_with_frames() {
    let text = r"00:00:03:12 - 00:00:05:20
Speaker 1
How long have you had the boat?

00:00:09:00 - 00:00:12:24
Speaker 2
Since the flood.
It was my aunt's.

00:00:20:00 - 00:00:22:00
Speaker 1
And now?
";
    insta::assert_snapshot!(told("P01.txt", text), @r#"
    Speaker 1 @3000-5000 "How long have you had the boat?"
    Speaker 2 @9000-12000 "Since the flood.\nIt was my aunt's."
    Speaker 1 @20000-22000 "And now?"
    "#);
    assert_robust("P01.txt", text);
}

#[test]
fn older_files_of_teams_have_arrows_above_names() {
    let text = r"0:0:3.120 --> 0:0:5.250
Ruth Vale
How long have you had the boat?

0:0:9.0 --> 0:0:12.300
Jon Abel
Since the flood.

0:0:20.100 --> 0:0:22.500
Ruth Vale
And now?
";
    insta::assert_snapshot!(told("P01.txt", text), @r#"
    Ruth Vale @3120-5250 "How long have you had the boat?"
    Jon Abel @9000-12300 "Since the flood."
    Ruth Vale @20100-22500 "And now?"
    "#);
    assert_robust("P01.txt", text);
}

#[test]
fn pages_that_were_copied_have_names_above_times() {
    let text = r"Ruth Vale
0:03
How long have you had the boat?
Jon Abel
0:09
Since the flood.
Ruth Vale
0:20
And now?
";
    insta::assert_snapshot!(told("P01.txt", text), @r#"
    Ruth Vale @3000 "How long have you had the boat?"
    Jon Abel @9000 "Since the flood."
    Ruth Vale @20000 "And now?"
    "#);
    assert_robust("P01.txt", text);
}
