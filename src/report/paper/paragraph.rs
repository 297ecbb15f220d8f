//! The methods paragraphs: the steps of the analysis in order, with references.

use std::fmt::Write as _;

use interview_stats::Estimate;
use transcripts::text::counted;

use super::facts::{Facts, Groups, UNKNOWN_LANGUAGE};
use super::line;
use crate::compare::saturation_sentence;
use crate::record::Program;
use crate::report::precision::precision_sentence;
use crate::results::{MIN_LIKELY_CONFIDENCE, Rater, Raters};
use crate::segment::Unit;

/// Maximum groups of an attribute that are named; of more only the number is given.
const MAX_NAMED: usize = 12;

/// References by the words that cite them in the text.
const SOURCES: [(&str, &str); 20] = [
    (
        "Clopper and Pearson 1934",
        "Clopper, C. J. and Pearson, E. S. (1934). The use of confidence or fiducial limits illustrated in the case of the binomial. *Biometrika* 26.",
    ),
    (
        "Chung and Romano 2013",
        "Chung, E. and Romano, J. P. (2013). Exact and asymptotically robust permutation tests. *Annals of Statistics* 41.",
    ),
    (
        "Cohen 1960",
        "Cohen, J. (1960). A coefficient of agreement for nominal scales. *Educational and Psychological Measurement* 20.",
    ),
    (
        "Dhillon and Modha 2001",
        "Dhillon, I. S. and Modha, D. S. (2001). Concept decompositions for large sparse text data using clustering. *Machine Learning* 42.",
    ),
    (
        "Efron 2004",
        "Efron, B. (2004). Large-scale simultaneous hypothesis testing: the choice of a null hypothesis. *Journal of the American Statistical Association* 99.",
    ),
    (
        "Egami et al. 2023",
        "Egami, N., Hinck, M., Stewart, B. M. and Wei, H. (2023). Using imperfect surrogates for downstream inference: design-based supervised learning for social science applications of large language models. *NeurIPS*.",
    ),
    (
        "Fleiss 1971",
        "Fleiss, J. L. (1971). Measuring nominal scale agreement among many raters. *Psychological Bulletin* 76.",
    ),
    (
        "Guest, Namey and Chen 2020",
        "Guest, G., Namey, E. and Chen, M. (2020). A simple method to assess and report thematic saturation in qualitative research. *PLoS ONE* 15.",
    ),
    (
        "Gwet 2008",
        "Gwet, K. L. (2008). Computing inter-rater reliability and its variance in the presence of high agreement. *British Journal of Mathematical and Statistical Psychology* 61.",
    ),
    (
        "Hennig 2007",
        "Hennig, C. (2007). Cluster-wise assessment of cluster stability. *Computational Statistics & Data Analysis* 52.",
    ),
    (
        "Holm 1979",
        "Holm, S. (1979). A simple sequentially rejective multiple test procedure. *Scandinavian Journal of Statistics* 6.",
    ),
    (
        "Hurlbert 1971",
        "Hurlbert, S. H. (1971). The nonconcept of species diversity: a critique and alternative parameters. *Ecology* 52.",
    ),
    (
        "Krippendorff 2004",
        "Krippendorff, K. (2004). *Content Analysis: An Introduction to Its Methodology*. Sage.",
    ),
    (
        "Newcombe 1998",
        "Newcombe, R. G. (1998). Interval estimation for the difference between independent proportions: comparison of eleven methods. *Statistics in Medicine* 17.",
    ),
    (
        "Reimers and Gurevych 2019",
        "Reimers, N. and Gurevych, I. (2019). Sentence-BERT: sentence embeddings using Siamese BERT-networks. *EMNLP*.",
    ),
    (
        "Rocchio 1971",
        "Rocchio, J. J. (1971). Relevance feedback in information retrieval. In G. Salton (ed.), *The SMART Retrieval System*. Prentice-Hall.",
    ),
    (
        "Tukey 1958",
        "Tukey, J. W. (1958). Bias and confidence in not-quite large samples. *Annals of Mathematical Statistics* 29.",
    ),
    (
        "Welch 1947",
        "Welch, B. L. (1947). The generalization of \"Student's\" problem when several different population variances are involved. *Biometrika* 34.",
    ),
    (
        "Woodruff 1971",
        "Woodruff, R. S. (1971). A simple method for approximating the variance of a complicated estimate. *Journal of the American Statistical Association* 66.",
    ),
    (
        "Zou and Donner 2008",
        "Zou, G. Y. and Donner, A. (2008). Construction of confidence limits about effect measures: a general approach. *Statistics in Medicine* 27.",
    ),
];

/// The references that the paragraphs cite, by author.
pub(super) fn sources(paragraphs: &[String]) -> Vec<&'static str> {
    let named = |name: &str| paragraphs.iter().any(|paragraph| paragraph.contains(name));
    SOURCES.iter().filter(|(name, _)| named(name)).map(|(_, source)| *source).collect()
}

/// The paragraphs, each one line.
pub(super) fn paragraphs(facts: &Facts<'_>) -> Vec<String> {
    [
        Some(corpus(facts)),
        Some(segments(facts)),
        labels(facts),
        emergent(facts),
        Some(reviewed(facts)),
        comparison(facts),
        saturation(facts),
        Some(record(facts)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn corpus(facts: &Facts<'_>) -> String {
    let mut text = format!(
        "The corpus holds {} with {} of the people interviewed",
        counted(facts.interviews(), "interview", "interviews"),
        counted(facts.words as usize, "word", "words")
    );
    if let Some(range) = facts.words_of.filter(|_| facts.interviews() > 1) {
        let _ = write!(text, " (median {} an interview, {} to {})", range.median, range.least, range.most);
    }
    text.push('.');
    if let Some((range, timed)) = facts.minutes_of {
        let _ = write!(
            text,
            " By the times in {} an interview lasts {} to {} (median {}).",
            counted(timed, "transcript", "transcripts"),
            range.least,
            counted(range.most as usize, "minute", "minutes"),
            range.median
        );
    }
    let languages: Vec<&str> = facts.languages.iter().map(|(tag, _)| tag.as_str()).collect();
    if !languages.is_empty() {
        let _ = write!(text, " Language: {}.", languages.join(", "));
    }
    for groups in &facts.groups {
        let _ = write!(text, " Interviews by {}: {}.", groups.attribute, sizes(groups));
    }
    text
}

/// The groups with their sizes, or their number.
pub(super) fn sizes(groups: &Groups) -> String {
    if groups.sizes.len() > MAX_NAMED {
        return counted(groups.sizes.len(), "group", "groups");
    }
    groups.sizes.iter().map(|(name, size)| format!("{name} {size}")).collect::<Vec<_>>().join(", ")
}

fn segments(facts: &Facts<'_>) -> String {
    let study = facts.study;
    // Not by name: the text goes into a supplement.
    let interviewers = if facts.interviewer_speaks {
        " Turns of the interviewer served as context and were not coded."
    } else {
        ""
    };
    let program = Program::this();
    let length = match study.segment.unit {
        Unit::Window => {
            format!(" of at least {}", counted(study.segment.window_words as usize, "word", "words"))
        }
        Unit::Turn | Unit::Sentence | Unit::Topic => String::new(),
    };
    let model = line(study.embed.model.rsplit(['/', '\\']).next().unwrap_or_default());
    let known = facts.languages.iter().filter(|(tag, _)| tag != UNKNOWN_LANGUAGE).count();
    let languages = if known > 1 {
        " The mean vector of each language with enough segments was taken out, so that a theme is not a language."
    } else {
        ""
    };
    format!(
        "Transcripts were cut with Emic {} into {}; a segment is {}{length}, and those of fewer than {} were context only.\
         {interviewers} Each segment became a vector of {} numbers by the sentence encoder {model} ({} arithmetic; Reimers and Gurevych \
         2019), to which those of the talk around it were added.{languages}",
        program.version,
        counted(facts.findings.segments.len(), "segment", "segments"),
        facts.unit,
        counted(study.segment.min_words as usize, "word", "words"),
        facts.findings.vectors.view().ncols(),
        study.embed.precision.name(),
    )
}

fn labels(facts: &Facts<'_>) -> Option<String> {
    let segments = facts.findings.segments.len();
    (facts.seeds > 0).then(|| {
        format!(
            "Segments were scored against the {} of the codebook by their vectors and words, with theme vectors moved towards the segments \
             that fit them best (Rocchio 1971), in standard deviations of what a theme scores on other talk (Efron 2004). A segment \
             could carry none, one or several themes: {} ({}) carry at least one, {} ({}) by a likely label, with a confidence of {} or more \
             or given by people; {} carry none.{}",
            counted(facts.seeds, "theme", "themes"),
            facts.with_seed,
            percent(facts.with_seed, segments),
            facts.with_likely_seed,
            percent(facts.with_likely_seed, segments),
            MIN_LIKELY_CONFIDENCE,
            segments - facts.with_seed,
            precision_sentence(facts.findings).map_or(String::new(), |sentence| format!(" {sentence}")),
        )
    })
}

fn emergent(facts: &Facts<'_>) -> Option<String> {
    let (study, findings) = (facts.study, facts.findings);
    let found = facts.emergent;
    study.emergent.wanted().then(|| {
        let mut text = format!(
            "Segments were clustered by spherical k-means (Dhillon and Modha 2001), no interview weighing more than the median one; \
             directions that no theme of the codebook explained gave {}, named by phrases of its segments",
            counted(found, "emergent theme", "emergent themes"),
        );
        text.push('.');
        if found > 0 && findings.themes.iter().any(|theme| theme.stability.is_some()) {
            let _ = write!(text, " Whether a theme comes up with other people was tried on random halves of the interviews (compare Hennig 2007): {} of {found} \
                 came up in fewer than half of them and are marked as unstable.",
                facts.unstable
            );
        }
        text
    })
}

/// Coding by people: agreement with each other and the program, and its use.
fn reviewed(facts: &Facts<'_>) -> String {
    let findings = facts.findings;
    let coders = &findings.codings.coders;
    let checked = match facts.checked {
        0 => String::new(),
        segments => format!(
            " People also decided on labels of {} that they saw; what they said stands among the labels that shares count. Because these \
             segments were not drawn by chance, it is no part of agreement, of learning or of corrected shares.",
            counted(segments, "segment", "segments")
        ),
    };
    if facts.coders == 0 {
        let none = "No sample was coded by people";
        return if checked.is_empty() {
            format!("{none}: all labels are the program's, and shares are shares of its labels.")
        } else {
            format!("{none}.{checked}")
        };
    }
    let (segments, interviews) = facts.coded;
    let mut text = format!(
        "A random sample of {} from {}, drawn with known chances, was coded blind by {}; what they said stands in place of the program's labels.",
        counted(segments, "segment", "segments"),
        counted(interviews, "interview", "interviews"),
        counted(facts.coders, "coder", "coders"),
    );
    text += &checked;
    let pooled = findings.agreement.iter().filter(|row| row.theme.is_none());
    text += " Agreement over all decisions, with AC1 (Gwet 2008), kappa (Cohen 1960, of all coders Fleiss 1971) and alpha (Krippendorff 2004) and 95 % intervals from \
             leaving out one interview after the other (Tukey 1958):";
    let mut compared = Vec::new();
    for row in pooled {
        let Some(who) = raters(row.raters, coders) else { continue };
        let found = row.coefficients;
        let mut figures = vec![format!("AC1 {}", shown(found.gwet_ac1))];
        figures
            .extend(found.cohen_kappa.or(found.fleiss_kappa).map(|kappa| format!("kappa {}", shown(kappa))));
        figures.extend(found.krippendorff_alpha.map(|alpha| format!("alpha {}", shown(alpha))));
        let decisions = counted(found.decisions as usize, "decision", "decisions");
        compared.push(format!(
            "{who} on {} of {decisions} ({})",
            shown_percent(found.percent),
            figures.join("; ")
        ));
    }
    let _ = write!(text, " {}.", compared.join("; "));
    let learned = findings.learned.iter().filter(|theme| theme.used).count();
    let _ = write!(
        text,
        " Scores of {learned} of {} were learned from the codes, each theme unless that foretold the codes of other interviews clearly worse. \
         Shares of segments and differences between groups were corrected by the sample (Egami et al. 2023), with labels that had not \
         learned from the interview that they are of.",
        counted(facts.seeds, "theme", "themes"),
    );
    text
}

/// Who is compared. Coders are not named: they may not want to be.
fn raters(raters: Raters, coders: &[String]) -> Option<String> {
    let name = |rater| match rater {
        Rater::Machine => Some("the program".to_owned()),
        Rater::Coder(_) if coders.len() == 1 => Some("the coder".to_owned()),
        Rater::Coder(index) => (index < coders.len()).then(|| format!("coder {}", index + 1)),
    };
    Some(match raters {
        Raters::Pair(a, b) => format!("{} and {}", name(a)?, name(b)?),
        Raters::AllCoders => "all coders".to_owned(),
    })
}

fn shown(coefficient: Estimate) -> String {
    format!("{:.2}, {:.2} to {:.2}", coefficient.value, coefficient.interval.low, coefficient.interval.high)
}

fn shown_percent(coefficient: Estimate) -> String {
    let [value, low, high] =
        [coefficient.value, coefficient.interval.low, coefficient.interval.high].map(|share| 100.0 * share);
    format!("{value:.0} % ({low:.0} to {high:.0})")
}

/// A sentence about saturation; nothing where there are too few interviews.
pub(super) fn saturation(facts: &Facts<'_>) -> Option<String> {
    let saturation = &facts.findings.comparisons.saturation;
    saturation.counts.iter().find(|count| count.share_new.is_some())?;
    let sentences: Vec<String> = saturation.reached.iter().map(saturation_sentence).collect();
    Some(format!(
        "Saturation of the codebook's themes was assessed with base size 4 and run length 2 over {} of the interviews (Guest, Namey and Chen \
         2020). {} Emergent themes cannot show saturation, because they were found in all interviews together.{}",
        counted(saturation.orders as usize, "random order", "random orders"),
        sentences.join(" "),
        if facts.coders == 0 { " Nobody checked the labels that this rests on." } else { "" }
    ))
}

fn comparison(facts: &Facts<'_>) -> Option<String> {
    let mut text = "Groups were compared with the interview as the unit of evidence. Shares of segments have 95 % intervals by linearised, \
                    clustered variances (Woodruff 1971), differences those of Newcombe 1998 (Zou and Donner 2008). Differences of shares of \
                    segments were tested by studentised permutation of interviews (Chung and Romano 2013) and by Welch's test of logits \
                    (Welch 1947), of which the larger p counts, and adjusted for all themes and pairs (Holm 1979). Shares of interviews, in \
                    the tables alone, were compared over equal numbers of segments of each interview (Hurlbert 1971), with exact intervals \
                    (Clopper and Pearson 1934)."
        .to_owned();
    let asked: Vec<&Groups> = facts.groups.iter().filter(|groups| groups.questions > 0).collect();
    for groups in &asked {
        let _ = write!(
            text,
            " For {}: {} of the share of segments, {} below .05 after adjustment.",
            groups.attribute,
            counted(groups.questions, "comparison", "comparisons"),
            groups.below
        );
        if groups.confounded > 0 {
            let _ = write!(
                text,
                " In {} of groups, language and group cannot be told apart.",
                counted(groups.confounded, "pair", "pairs")
            );
        }
    }
    (!asked.is_empty()).then_some(text)
}

fn record(facts: &Facts<'_>) -> String {
    format!(
        "Every random choice derives from the seed {}; the same files give the same tables, byte for byte. Digests of all inputs and outputs \
         and the fingerprint of the model are in `run.json`.",
        facts.study.seed
    )
}

/// A share as a percentage.
pub(super) fn percent(part: usize, whole: usize) -> String {
    if whole == 0 { "0 %".to_owned() } else { format!("{:.0} %", 100.0 * part as f64 / whole as f64) }
}
