//! A talk as a generator makes it: who speaks, what is said, when. What a reader should find.

use rand::Rng;
use rand::seq::SliceRandom;
use same_bits::{RandomStream, random_stream};

use super::words::{LANGUAGES, Language};

/// A talk of two to twelve people.
#[derive(Debug, Clone)]
pub(super) struct Talk {
    /// The people, who interviews first.
    pub(super) people: Vec<Person>,
    /// The turns; neighbours are never by the same person.
    pub(super) turns: Vec<Said>,
    /// Whether words are set apart by blanks in its language.
    pub(super) has_blanks: bool,
    /// Whether its language is written from right to left.
    pub(super) right_to_left: bool,
    /// What files of this talk look like where that is the writer's choice.
    pub(super) habits: Habits,
}

/// Somebody who speaks.
#[derive(Debug, Clone)]
pub(super) struct Person {
    /// The label.
    pub(super) label: String,
    /// Letters that stand for the label after its first use, for a full name of two words.
    pub(super) initials: Option<String>,
}

/// What one person says until another does.
#[derive(Debug, Clone)]
pub(super) struct Said {
    /// Index of the person.
    pub(super) person: usize,
    /// Milliseconds from the start.
    pub(super) start_ms: u64,
    /// Milliseconds from the start.
    pub(super) end_ms: u64,
    /// Paragraphs of sentences.
    pub(super) paragraphs: Vec<Vec<String>>,
    /// What a transcriber writes in brackets behind the label.
    pub(super) remark: Option<String>,
}

/// Choices of whoever writes a file down.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "each is a choice of its own")]
pub(super) struct Habits {
    /// An empty line between turns.
    pub(super) blank_lines: bool,
    /// Lines end as on Windows.
    pub(super) carriage_returns: bool,
    /// The file begins with a byte order mark.
    pub(super) byte_order_mark: bool,
    /// Title, date and the names of those present stand above the talk.
    pub(super) header: bool,
}

impl Said {
    /// All sentences with one blank between them.
    pub(super) fn text(&self) -> String {
        self.paragraphs.iter().map(|sentences| sentences.join(" ")).collect::<Vec<_>>().join(" ")
    }

    /// All sentences.
    pub(super) fn sentences(&self) -> impl Iterator<Item = &str> {
        self.paragraphs.iter().flatten().map(String::as_str)
    }
}

impl Talk {
    /// The talk with this number; the same one each time.
    pub(super) fn numbered(number: u64) -> Self {
        let random = &mut random_stream(number, "rendered talk");
        let language = LANGUAGES[[0, 0, 0, 1, 2, 3, 4, 5][random.gen_range(0..8)]];
        let count = match random.gen_range(0..10) {
            0..=4 => 2,
            5..=7 => random.gen_range(3..=6),
            _ => random.gen_range(7..=12),
        };
        let people = people(language, count, random);
        let order = order(count, random);
        let mut remarks = remarks(language, &order, random);
        let mut clock = random.gen_range(0..4_000_u64);
        let turns = order
            .into_iter()
            .enumerate()
            .map(|(index, person)| {
                let paragraphs = paragraphs(language, random);
                let characters: usize =
                    paragraphs.iter().flatten().map(|sentence| sentence.chars().count()).sum();
                let start_ms = clock;
                let end_ms =
                    start_ms + 400 + characters as u64 * if language.has_blanks() { 65 } else { 200 };
                // Always a second later, so that formats in whole seconds tell turns apart.
                clock = end_ms + random.gen_range(1_000..2_000_u64);
                Said { person, start_ms, end_ms, paragraphs, remark: remarks[index].take() }
            })
            .collect();
        let habits = Habits {
            blank_lines: random.gen_bool(0.5),
            carriage_returns: random.gen_bool(0.2),
            byte_order_mark: random.gen_bool(0.2),
            header: random.gen_bool(0.3),
        };
        let right_to_left = people[0].label.chars().any(|c| ('\u{590}'..='\u{5FF}').contains(&c));
        Self { people, turns, has_blanks: language.has_blanks(), right_to_left, habits }
    }
}

impl Language {
    fn has_blanks(&self) -> bool {
        self.sentences[0].contains(' ')
    }
}

/// People called by one habit.
fn people(language: &Language, count: usize, random: &mut RandomStream) -> Vec<Person> {
    let mut names: Vec<(&str, &str)> = language.people.to_vec();
    names.shuffle(random);
    let habit = random.gen_range(0..7);
    let full = |first: &str, family: &str| {
        if language.has_blanks() { format!("{first} {family}") } else { format!("{first}{family}") }
    };
    // In Chinese a given name of one character is no label that a transcriber would write.
    let first_name = |first: &str, family: &str| {
        if language.has_blanks() { first.to_owned() } else { full(first, family) }
    };
    let label = |index: usize| -> String {
        let (first, family) = names[index];
        match habit {
            0 | 1 => full(first, family),
            3 | 4 if index == 0 => language.interviewer.to_owned(),
            2 | 3 => first_name(first, family),
            4 => format!("{} {index}", language.participant),
            5 => format!("Speaker {}", index + 1),
            _ if index == 0 => "INT".to_owned(),
            _ => format!("P{index:02}"),
        }
    };
    let mut all: Vec<Person> =
        (0..count).map(|index| Person { label: label(index), initials: None }).collect();
    if habit == 1 && language.has_blanks() {
        let initials = |index: usize| -> String {
            let (first, family) = names[index];
            first.chars().take(1).chain(family.chars().take(1)).collect()
        };
        let letters: Vec<String> = (0..count).map(initials).collect();
        for (index, person) in all.iter_mut().enumerate() {
            // Nobody shortens a name to letters that somebody else has too.
            if letters.iter().filter(|other| **other == letters[index]).count() == 1 {
                person.initials = Some(letters[index].clone());
            }
        }
    }
    all
}

/// Who speaks when. Of three or more people one or two may speak once.
fn order(count: usize, random: &mut RandomStream) -> Vec<usize> {
    let length = random.gen_range(6..30) + count * 2;
    let once = if count > 2 && random.gen_bool(0.4) { random.gen_range(1..=2.min(count - 2)) } else { 0 };
    let regular = count - once;
    let mut order: Vec<usize> = Vec::new();
    for index in 0..length {
        // Whoever interviews says every second thing in a talk of two, and every third otherwise.
        let asks = if regular == 2 { index % 2 == 0 } else { index % 3 == 0 };
        let person = if asks { 0 } else { random.gen_range(1..regular) };
        if order.last() != Some(&person) {
            order.push(person);
        }
    }
    // Everybody who is regular comes at least twice.
    for person in 0..regular {
        while order.iter().filter(|other| **other == person).count() < 2 {
            order.extend(if order.last() == Some(&person) {
                vec![usize::from(person == 0), person]
            } else {
                vec![person]
            });
        }
    }
    for person in regular..count {
        let index = random.gen_range(1..order.len());
        order.insert(index, person);
    }
    order.dedup();
    order
}

/// What is written in brackets behind the labels of some turns: who somebody is at their first turn, or once how something is said.
fn remarks(language: &Language, order: &[usize], random: &mut RandomStream) -> Vec<Option<String>> {
    let mut remarks = vec![None; order.len()];
    match random.gen_range(0..10) {
        0 => {
            if let Some(first) = order.iter().position(|person| *person == 1) {
                remarks[first] = Some(language.description.to_owned());
            }
        }
        1 => {
            let index = random.gen_range(1..order.len());
            remarks[index] = Some(language.manner.to_owned());
        }
        _ => {}
    }
    remarks
}

/// What is said in one turn.
fn paragraphs(language: &Language, random: &mut RandomStream) -> Vec<Vec<String>> {
    let sentence = |random: &mut RandomStream| -> String {
        let from = if random.gen_bool(0.04) { language.traps } else { language.sentences };
        (*from.choose(random).unwrap()).to_owned()
    };
    if random.gen_bool(0.15) {
        return vec![vec![(*language.short.choose(random).unwrap()).to_owned()]];
    }
    let paragraphs = if random.gen_bool(0.1) { 2 } else { 1 };
    (0..paragraphs)
        .map(|_| {
            let count = match random.gen_range(0..10) {
                0..=3 => 1,
                4..=7 => random.gen_range(2..=4),
                _ => random.gen_range(5..=12),
            };
            (0..count).map(|_| sentence(random)).collect()
        })
        .collect()
}
