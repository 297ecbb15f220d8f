//! Plain text and Markdown, in the label styles of transcribers and services.

use super::style::*;
use super::talk::{Said, Talk};

/// A turn as some lines.
type Turn = fn(&Talk, &Said) -> String;

/// A file of the header and the turns, one after the other.
fn file(talk: &Talk, turn: impl Fn(&Said) -> String) -> Vec<u8> {
    let mut blocks: Vec<String> = Vec::new();
    let header = header(talk).join("\n");
    let turns: Vec<String> = talk.turns.iter().map(turn).collect();
    if !header.is_empty() {
        blocks.push(header + "\n");
    }
    blocks.push(turns.join(if talk.habits.blank_lines { "\n\n" } else { "\n" }));
    let mut text = blocks.join("\n") + "\n";
    if talk.habits.carriage_returns {
        text = text.replace('\n', "\r\n");
    }
    if talk.habits.byte_order_mark {
        text.insert(0, '\u{FEFF}');
    }
    text.into_bytes()
}

/// What is said, a paragraph a line.
fn words(said: &Said) -> String {
    said.paragraphs.iter().map(|sentences| sentences.join(" ")).collect::<Vec<_>>().join("\n")
}

macro_rules! text_style {
    ($name:literal, $ending:literal, $times:expr, $fits:expr, $turn:expr) => {
        Style {
            name: $name,
            ending: $ending,
            times: $times,
            fits: $fits,
            render: |talk| {
                let turn: Turn = $turn;
                file(talk, |said| turn(talk, said))
            },
        }
    };
}

/// Styles with the label at the start of the line that it opens.
pub(super) const IN_LINE: &[Style] = &[
    text_style!("colon", "txt", Times::Untimed, any, |talk, said| {
        format!("{}: {}", label(talk, said), words(said))
    }),
    text_style!("colon and tab", "txt", Times::Untimed, any, |talk, said| {
        format!("{}:\t{}", label(talk, said), words(said))
    }),
    text_style!("blank before the colon", "txt", Times::Untimed, any, |talk, said| {
        format!("{}\u{A0}: {}", label(talk, said), words(said))
    }),
    text_style!("full-width colon", "txt", Times::Untimed, any, |talk, said| {
        format!("{}：{}", label(talk, said), words(said))
    }),
    text_style!("capitals and colon", "txt", Times::Untimed, in_latin, |talk, said| {
        format!("{}: {}", name(talk, said).to_uppercase(), words(said))
    }),
    text_style!("brackets and colon", "txt", Times::Untimed, any, |talk, said| {
        format!("[{}]: {}", name(talk, said), words(said))
    }),
    text_style!("brackets", "txt", Times::Untimed, any, |talk, said| {
        format!("[{}] {}", name(talk, said), words(said))
    }),
    text_style!("braces", "txt", Times::Untimed, any, |talk, said| {
        format!("{{{}}} {}", name(talk, said), words(said))
    }),
    text_style!("hash", "txt", Times::Untimed, any, |talk, said| {
        format!("#{}: {}", name(talk, said), words(said))
    }),
    text_style!("angles", "txt", Times::Untimed, in_latin, |talk, said| {
        format!(">> {}: {}", name(talk, said).to_uppercase(), words(said))
    }),
    text_style!("bullet", "txt", Times::Untimed, any, |talk, said| {
        format!("- {}: {}", label(talk, said), words(said))
    }),
    text_style!("long dash", "txt", Times::Untimed, any, |talk, said| {
        format!("{} — {}", name(talk, said), words(said))
    }),
    text_style!("dash after capitals", "txt", Times::Untimed, in_latin, |talk, said| {
        format!("{} – {}", name(talk, said).to_uppercase(), words(said))
    }),
    text_style!("tab", "txt", Times::Untimed, any, |talk, said| {
        format!("{}\t{}", name(talk, said), words(said))
    }),
    text_style!("letters and a dot", "txt", Times::Untimed, of_two, |_, said| {
        format!("{}   {}", ["Q.", "A."][said.person], words(said))
    }),
    text_style!("letters and a colon", "txt", Times::Untimed, of_two, |_, said| {
        format!("{}: {}", ["I", "R"][said.person], words(said))
    }),
    text_style!("question and answer with a tab", "txt", Times::Untimed, of_two, |_, said| {
        format!("{}\t{}", ["Q", "A"][said.person], words(said))
    }),
    text_style!("bold in Markdown, colon within", "md", Times::Untimed, any, |talk, said| {
        format!("**{}:** {}", label(talk, said), words(said))
    }),
    text_style!("bold in Markdown, colon behind", "md", Times::Untimed, any, |talk, said| {
        format!("**{}**: {}", label(talk, said), words(said))
    }),
];

/// Styles with the label alone on its line, or known by its letters after its first use.
pub(super) const APART: &[Style] = &[
    text_style!("capitals alone on a line", "txt", Times::Untimed, in_latin, |talk, said| {
        format!("{}\n{}", name(talk, said).to_uppercase(), words(said))
    }),
    text_style!("colon alone on a line", "txt", Times::Untimed, any, |talk, said| {
        format!("{}:\n{}", label(talk, said), words(said))
    }),
    text_style!("bold alone on a line in Markdown", "md", Times::Untimed, any, |talk, said| {
        format!("**{}**\n\n{}", name(talk, said), words(said))
    }),
    Style {
        name: "letters after a full name",
        ending: "txt",
        times: Times::Untimed,
        fits: with_initials,
        render: |talk| {
            file(talk, |said| {
                let person = &talk.people[said.person];
                let is_first = talk
                    .turns
                    .iter()
                    .find(|turn| turn.person == said.person)
                    .is_some_and(|first| first.start_ms == said.start_ms);
                let letters = person.initials.as_ref().filter(|_| !is_first);
                format!("{}: {}", letters.unwrap_or(&person.label), words(said))
            })
        },
    },
];

/// Styles with times.
pub(super) const TIMED: &[Style] = &[
    text_style!("time in brackets before", "txt", Times::Starts(1000), any, |talk, said| {
        format!("[{}] {}: {}", clock(said.start_ms, None), label(talk, said), words(said))
    }),
    text_style!("bare time before", "txt", Times::Starts(1000), any, |talk, said| {
        format!("{} {}: {}", clock(said.start_ms, None), name(talk, said), words(said))
    }),
    text_style!("time in brackets behind", "txt", Times::Starts(1000), any, |talk, said| {
        format!("{} [{}]: {}", name(talk, said), clock(said.start_ms, None), words(said))
    }),
    text_style!("time in round brackets behind", "txt", Times::Starts(1000), any, |talk, said| {
        format!("{} ({}): {}", name(talk, said), clock(said.start_ms, None), words(said))
    }),
    text_style!("time after the colon", "txt", Times::Starts(1000), any, |talk, said| {
        format!("{}: [{}] {}", name(talk, said), clock(said.start_ms, None), words(said))
    }),
    text_style!("stretch in brackets before", "txt", Times::Stretches(1000), any, |talk, said| {
        format!(
            "[{} --> {}] {}: {}",
            short_clock(said.start_ms),
            short_clock(said.end_ms),
            name(talk, said),
            words(said)
        )
    }),
    text_style!("name and time on a line", "txt", Times::Starts(1000), any, |talk, said| {
        format!("{}  {}\n{}", name(talk, said), short_clock(said.start_ms), words(said))
    }),
    text_style!("name in brackets and time on a line", "txt", Times::Starts(1000), any, |talk, said| {
        format!("[{}] {}\n{}", name(talk, said), clock(said.start_ms, None), words(said))
    }),
    text_style!("time, then name, on a line", "txt", Times::Starts(1000), any, |talk, said| {
        format!("{} {}\n{}", clock(said.start_ms, None), name(talk, said), words(said))
    }),
    text_style!("chat", "txt", Times::Starts(1000), any, |talk, said| {
        format!("{}\t{}:\t{}", clock(said.start_ms, None), name(talk, said), said.text())
    }),
    text_style!("tabbed times", "txt", Times::Stretches(1), any, |talk, said| {
        format!("{}\t{}\t{}\t{}", name(talk, said), seconds(said.start_ms), seconds(said.end_ms), said.text())
    }),
    text_style!("time at the end of a paragraph", "txt", Times::Untimed, any, |talk, said| {
        let tenths = said.end_ms / 100 % 10;
        format!("{}: {} #{}-{tenths}#", name(talk, said), said.text(), clock(said.end_ms, None))
    }),
    text_style!("label, then timed lines", "txt", Times::Starts(1000), any, |talk, said| {
        let lines: Vec<String> = said
            .sentences()
            .map(|sentence| format!("[{}] - {sentence}", clock(said.start_ms, None)))
            .collect();
        format!("{}\n{}", name(talk, said), lines.join("\n"))
    }),
    text_style!("bold time and name in Markdown", "md", Times::Starts(1000), any, |talk, said| {
        format!("**[{}] {}:** {}", clock(said.start_ms, None), name(talk, said), words(said))
    }),
    Style {
        name: "rows of time span, content and speaker",
        ending: "txt",
        times: Times::Stretches(100),
        fits: any,
        render: |talk| {
            let span = |ms: u64| format!("{}.{}", short_clock(ms), ms / 100 % 10);
            let row = |said: &Said| {
                format!(
                    "{} - {}\t{}\t{}\n",
                    span(said.start_ms),
                    span(said.end_ms),
                    said.text(),
                    name(talk, said)
                )
            };
            let rows: String = talk.turns.iter().map(row).collect();
            format!("Timespan\tContent\tSpeaker\n{rows}").into_bytes()
        },
    },
];
