//! The results of a run, as the tables need them.

use ndarray::Array2;
use transcripts::pseudonym::Replacement;
use transcripts::{Corpus, Problem};

use crate::compare::{Comparisons, CorrectedContrast, CorrectedPrevalence};
use crate::results::{
    Agreement, CalibrationBin, ClusterSummary, Codings, Disagreement, Label, LearnedTheme, Parameter, Quote,
    SeedFinding, Segment, SegmentNote, Theme,
};
use crate::storage::Rows;

/// The results of a run. Rows refer to each other by index into these lists.
#[derive(Debug, Clone)]
pub struct Findings {
    /// All transcripts, with their turns.
    pub corpus: Corpus,
    /// The segments, in the order of the transcripts.
    pub segments: Vec<Segment>,
    /// Segments × dimension, unit length.
    pub vectors: Rows,
    /// Seed themes in the order of the codebook, then emergent ones.
    pub themes: Vec<Theme>,
    /// Segments × themes, higher = more about it.
    pub scores: Array2<f32>,
    /// Labels, by segment and then rank.
    pub labels: Vec<Label>,
    /// People's codes; empty where nobody was asked.
    pub codings: Codings,
    /// What was learned from them, for each seed theme; empty where nobody was asked.
    pub learned: Vec<LearnedTheme>,
    /// All clusters, by number.
    pub clusters: Vec<ClusterSummary>,
    /// The cluster of each segment; none for what a density method calls noise.
    pub cluster_of: Vec<Option<u32>>,
    /// Quotes, by theme, kind and rank.
    pub quotes: Vec<Quote>,
    /// Findings about each seed theme, in the order of the codebook.
    pub seed_findings: Vec<SeedFinding>,
    /// Comparisons between groups, between themes, over an interview and over time.
    pub comparisons: Comparisons,
    /// How far coders agree with each other and the machine.
    pub agreement: Vec<Agreement>,
    /// Where they do not, the most useful first.
    pub disagreements: Vec<Disagreement>,
    /// How often people say yes at each confidence; empty where nobody was asked.
    pub calibration: Vec<CalibrationBin>,
    /// How often people say yes to likely labels; none where nobody was asked about one.
    pub likely_precision: Option<CalibrationBin>,
    /// What coders wrote besides their answers, by segment.
    pub notes: Vec<SegmentNote>,
    /// Shares of segments corrected by the codings, by theme, attribute and group.
    pub corrected_prevalence: Vec<CorrectedPrevalence>,
    /// Differences between groups corrected by the codings.
    pub corrected_contrasts: Vec<CorrectedContrast>,
    /// What was replaced while reading, in the order of the transcripts.
    pub replacements: Vec<Replacement>,
    /// Everything that decided the result beside the transcripts and the codebook, by stage.
    pub parameters: Vec<Parameter>,
    /// Everything skipped, guessed or doubtful, sorted.
    pub problems: Vec<Problem>,
}

impl Default for Findings {
    /// A study in which nothing was read and nothing was found.
    fn default() -> Self {
        Self {
            corpus: Corpus::default(),
            segments: Vec::new(),
            vectors: Array2::zeros((0, 0)).into(),
            themes: Vec::new(),
            scores: Array2::zeros((0, 0)),
            labels: Vec::new(),
            codings: Codings::default(),
            learned: Vec::new(),
            clusters: Vec::new(),
            cluster_of: Vec::new(),
            quotes: Vec::new(),
            seed_findings: Vec::new(),
            comparisons: Comparisons::default(),
            agreement: Vec::new(),
            disagreements: Vec::new(),
            calibration: Vec::new(),
            likely_precision: None,
            notes: Vec::new(),
            corrected_prevalence: Vec::new(),
            corrected_contrasts: Vec::new(),
            replacements: Vec::new(),
            parameters: Vec::new(),
            problems: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde::Serialize;

    use crate::table::fixture::small_findings;

    /// The first row of a list as JSON, after the name of the list.
    fn first<T: Serialize>(list: &str, rows: &[T]) -> String {
        format!("{list}: {}", serde_json::to_string(&rows.first()).unwrap())
    }

    #[test]
    fn rows_of_comparisons_and_agreement_keep_their_names_in_json() {
        let findings = small_findings();
        let compared = &findings.comparisons;
        let rows = [
            first("prevalence", &compared.prevalence),
            first("contrasts", &compared.contrasts),
            first("cooccurrence", &compared.cooccurrence),
            serde_json::to_string(&compared.saturation).unwrap(),
            first("positions", &compared.positions),
            first("introductions", &compared.introductions),
            first("trends", &compared.trends),
            first("agreement", &findings.agreement),
            first("disagreements", &findings.disagreements),
            first("calibration", &findings.calibration),
            first("corrected_prevalence", &findings.corrected_prevalence),
            first("corrected_contrasts", &findings.corrected_contrasts),
            first("parameters", &findings.parameters),
        ];
        insta::assert_snapshot!(rows.join("\n"), @r#"
        prevalence: {"theme":0,"attribute":"","group":"(all)","segments":2,"transcripts":2,"share_segments":0.5,"interval_segments":{"low":0.012579117093425048,"high":0.9874208829065749},"share_transcripts":1.0,"interval_transcripts":{"low":0.15811388300841897,"high":1.0},"mean_share":0.5,"interval_mean":{"low":0.012579117093425048,"high":0.9874208829065749},"likely_segments":2,"likely_transcripts":2,"share_likely":0.5,"interval_likely":{"low":0.012579117093425048,"high":0.9874208829065749},"has_basis":true}
        contrasts: {"theme":0,"attribute":"country","group_a":"Chile","group_b":"Israel","measure":"Segments","difference":0.0,"interval":{"low":-0.7065614873341693,"high":0.7065614873341693},"p_value":null,"p_adjusted":null,"p_fdr":null,"smallest_detectable":null,"transcripts_a":1,"transcripts_b":1,"language_confounded":true,"within":null,"leave_language_out":null,"segments_compared":null}
        cooccurrence: {"theme_a":0,"theme_b":1,"segments":1,"transcripts":1,"jaccard":0.3333333333333333,"lift":1.0,"lift_interval":{"low":0.0017413364809507434,"high":574.2715500073915},"jaccard_transcripts":0.5,"lift_transcripts":1.0,"lift_transcripts_interval":{"low":0.025528358099128137,"high":39.172123648412494}}
        {"orders":1000,"counts":[{"interviews":1,"new_themes":1.5,"share_new":null,"themes":1.5,"themes_interval":{"low":1.0,"high":2.0},"reached":[0.0,0.0],"themes_listed":1,"share_new_listed":null},{"interviews":2,"new_themes":0.5,"share_new":null,"themes":2.0,"themes_interval":{"low":2.0,"high":2.0},"reached":[0.0,0.0],"themes_listed":2,"share_new_listed":null}],"reached":[{"threshold":0.05,"share":0.0,"interviews":[null,null,null],"listed":null},{"threshold":0.0,"share":0.0,"interviews":[null,null,null],"listed":null}]}
        positions: {"theme":0,"tenth":1,"segments":0,"transcripts":0,"share":0.0,"interval":{"low":0.0,"high":1.0}}
        introductions: {"theme":0,"transcripts":2,"by_participant":0,"by_interviewer":1,"share_interviewer":{"value":1.0,"interval":{"low":0.025,"high":1.0}},"not_known":1}
        trends: {"theme":0,"attribute":"country","waves":"Chile; Israel","measure":"Segments","change":0.0,"interval":{"low":-1.0,"high":1.0},"p_value":null,"p_adjusted":null,"p_fdr":null,"transcripts":2}
        agreement: {"theme":null,"raters":{"pair":[{"coder":0},{"coder":1}]},"coefficients":{"segments":2,"decisions":3,"interviews":2,"percent":{"value":0.6666666666666666,"interval":{"low":0.06692825591149738,"high":0.9956912369806912}},"cohen_kappa":{"value":0.0,"interval":{"low":-1.0,"high":0.9870737109420735}},"fleiss_kappa":{"value":-0.2000000000000004,"interval":{"low":-1.0,"high":0.9844884531304883}},"gwet_ac1":{"value":0.5384615384615385,"interval":{"low":-0.29194549181484963,"high":0.9940340204348032}},"krippendorff_alpha":{"value":0.0,"interval":{"low":-1.0,"high":0.9870737109420735}},"pabak":{"value":0.33333333333333326,"interval":{"low":-0.8661434881770053,"high":0.9913824739613823}},"prevalence_index":{"value":0.6666666666666667,"interval":{"low":-0.7335623363978073,"high":0.9999236562448437}},"bias_index":{"value":0.33333333333333337,"interval":{"low":-0.9330717440885026,"high":0.9330717440885026}}}}
        disagreements: {"segment":2,"theme":0,"yes":[{"coder":0},"machine"],"no":[{"coder":1}]}
        calibration: {"low":0.0,"high":0.1,"nobs":3,"share_decisions":0.5,"mean_predicted":0.05000000000000001,"share_yes":0.3333333333333333,"interval":{"low":8.185439165040153e-6,"high":0.9971373454235112}}
        corrected_prevalence: {"theme":0,"attribute":"","group":"(all)","coded":3,"interviews_coded":2,"machine":0.5,"corrected":0.7793367346938775,"interval":{"low":0.625,"high":0.875},"lambda":0.49843014128728413,"bias":-0.27933673469387754,"additional_sample_size":1,"question":"these_interviews","these":{"interval":{"low":0.625,"high":0.875},"additional_sample_size":1},"like_these":{"interval":{"low":0.09283721667793066,"high":0.9946659074686703},"additional_sample_size":null},"in_interviews":null}
        corrected_contrasts: {"theme":0,"attribute":"country","group_a":"Chile","group_b":"Israel","coded_a":2,"coded_b":1,"machine":0.0,"corrected":0.6619897959183674,"interval":{"low":-0.5149700662012096,"high":0.9999904155092678},"p_value":0.9610391831959582,"p_adjusted":1.0,"p_fdr":0.9610391831959582,"bias":-0.6619897959183674,"additional_sample_size":null,"question":"interviews_like_these","these":{"interval":{"low":0.25000000000000006,"high":0.75},"p_value":1e-6,"additional_sample_size":1},"like_these":{"interval":{"low":-0.5149700662012096,"high":0.9999904155092678},"p_value":0.9610391831959582,"additional_sample_size":null}}
        parameters: {"stage":"theme","name":"passages of a language","value":"10","origin":"built in","about":"at least, in two languages, before each language's mean is taken out"}
        "#);
    }
}
