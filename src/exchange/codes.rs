//! The themes of a run as a tree of codes. A parent that is no theme becomes a code that only groups.

use refi_qda::{Code, Guid, distinct_color};

use crate::results::{Seed, Theme, ThemeKind};
use crate::study::description;

/// The codes, each after its parent, and the index of each theme's code.
pub(super) fn codes_of(themes: &[Theme], seeds: &[Seed], title: &str) -> (Vec<Code>, Vec<usize>) {
    let mut tree = Tree { themes, seeds, title, codes: Vec::new(), code_of: vec![None; themes.len()] };
    for theme in 0..themes.len() {
        tree.add(theme, themes.len());
    }
    let Tree { codes, code_of, .. } = tree;
    (codes, code_of.into_iter().map(Option::unwrap_or_default).collect())
}

struct Tree<'a> {
    themes: &'a [Theme],
    seeds: &'a [Seed],
    title: &'a str,
    codes: Vec<Code>,
    code_of: Vec<Option<usize>>,
}

impl Tree<'_> {
    /// The index of a theme's code, which is added after those above it. `max_depth` ends the search where parents go in a circle.
    fn add(&mut self, theme: usize, max_depth: usize) -> Option<usize> {
        if let Some(index) = self.code_of[theme] {
            return Some(index);
        }
        let about = &self.themes[theme];
        let parent = match self.themes.iter().position(|other| other.name == about.parent) {
            _ if about.parent.is_empty() || max_depth == 0 => None,
            Some(parent) if parent != theme => self.add(parent, max_depth - 1),
            Some(_) => None,
            None => Some(self.group(&about.parent)),
        };
        // A circle of parents may have added it.
        if let Some(index) = self.code_of[theme] {
            return Some(index);
        }
        let guid = Guid::derived(self.title, "code", &about.name);
        self.codes.push(Code {
            guid,
            name: about.name.clone(),
            color: distinct_color(theme),
            is_codable: true,
            description: description::with_identity(&self.description(about), guid),
            parent,
        });
        self.code_of[theme] = Some(self.codes.len() - 1);
        self.code_of[theme]
    }

    fn group(&mut self, name: &str) -> usize {
        let guid = Guid::derived(self.title, "group", name);
        if let Some(index) = self.codes.iter().position(|code| code.guid == guid) {
            return index;
        }
        self.codes.push(Code {
            guid,
            name: name.to_owned(),
            color: String::new(),
            is_codable: false,
            description: description::with_identity("", guid),
            parent: None,
        });
        self.codes.len() - 1
    }

    fn description(&self, theme: &Theme) -> String {
        let folded = theme.name.to_lowercase();
        let written = self.seeds.iter().find(|seed| seed.name.to_lowercase() == folded);
        let mut seed = written.cloned().unwrap_or_default();
        if seed.definition.is_empty() {
            seed.definition.clone_from(&theme.definition);
        }
        if seed.keywords.is_empty() && theme.kind == ThemeKind::Emergent {
            seed.keywords.clone_from(&theme.keywords);
        }
        description::joined(&seed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::ThemeCounts;

    fn theme(name: &str, parent: &str) -> Theme {
        Theme {
            name: name.into(),
            kind: ThemeKind::Seed,
            definition: String::new(),
            keywords: Vec::new(),
            parent: parent.into(),
            stability: None,
            counts: ThemeCounts::default(),
        }
    }

    #[test]
    fn parents_come_first_and_circles_end() {
        let themes = [
            theme("b", "a"),
            theme("a", ""),
            theme("c", "group"),
            theme("d", "group"),
            theme("e", "f"),
            theme("f", "e"),
            theme("g", "g"),
        ];
        let (codes, code_of) = codes_of(&themes, &[], "study");
        let shown: Vec<String> = codes
            .iter()
            .map(|code| {
                format!("{}<{}", code.name, code.parent.map_or("", |parent| codes[parent].name.as_str()))
            })
            .collect();
        assert!(
            codes.iter().enumerate().all(|(index, code)| code.parent.is_none_or(|parent| parent < index))
        );
        assert_eq!(codes.len(), 8);
        insta::assert_snapshot!(shown.join(" "), @"a< b<a group< c<group d<group f< e<f g<");
        assert_eq!(
            themes.iter().zip(&code_of).filter(|(theme, code)| codes[**code].name == theme.name).count(),
            7
        );
    }
}
