// @ts-check
// Types of the two blocks of data in the page and of what is made of them. Types alone: nothing here runs.
// Rows of tables have the columns of data/dictionary.md, without people's words, which are in the voices.

/**
 * A group of an attribute. Shares and counts of themes in it: table `prevalence`.
 * @typedef {{ name: string, transcripts: number, segments: number }} Group
 */

/**
 * What the table `themes` does not say of a theme: the codebook's further text, and 95 % intervals over the study.
 * @typedef {{
 *   include: string, exclude: string, examples: string[],
 *   share_segments_low: number, share_segments_high: number,
 *   share_transcripts_low: number, share_transcripts_high: number,
 *   share_likely_low: number, share_likely_high: number, has_basis: boolean,
 * }} ThemeDetails
 */

/**
 * The block `emic-study`. `themes`: in the order of table `themes`. `left_out`: rows that a table has besides those
 * here.
 * @typedef {{
 *   format: number, program: string, run: string, title: string, seed: number, model: string, unit: string,
 *   likely_confidence: number, precision: string | null,
 *   languages: Array<{ tag: string | null, transcripts: number, segments: number }>,
 *   counts: StudyCounts,
 *   attributes: Array<{ name: string, groups: Group[], missing: number }>,
 *   themes: ThemeDetails[],
 *   tables: Record<string, TableColumns>,
 *   left_out: Record<string, number>,
 * }} StudyBlock
 */

/**
 * @typedef {{
 *   transcripts: number, turns: number, segments: number, words: number, duration_ms: number | null,
 *   labelled: number, seed_themes: number, emergent_themes: number,
 *   errors: number, warnings: number, notes: number,
 * }} StudyCounts
 */

/**
 * A table column by column. A column of texts may come as its distinct words and, a row each, an index into them.
 * @typedef {string | number | boolean | null} Cell
 * @typedef {Cell[] | { words: string[], at: Array<number | null> }} Column
 * @typedef {{ rows: number, columns: Record<string, Column> }} TableColumns
 */

/**
 * A theme: its row in table `themes`, what the codebook says of it, and its index in that table.
 * @typedef {ThemeRow & ThemeDetails & { index: number }} Theme
 */

/**
 * The study with its tables: the block `emic-study`, and:
 * - `table(name)`: rows of a table as objects, [] when it is not there;
 * - `themeNames`: in the order of table `themes`, to which labels in the voices refer by index;
 * - `themeIndex(name)`: that index, −1 when there is none;
 * - `theme(name)`: the theme, null when there is none.
 * @typedef {Omit<StudyBlock, "tables"> & {
 *   table: <Name extends keyof Tables>(name: Name) => Array<Tables[Name]>,
 *   themeNames: string[],
 *   themeIndex: (name: string) => number,
 *   theme: (name: string) => Theme | null,
 * }} Study
 */

/**
 * A turn as it stands in the data: index in the transcript, index of the speaker, role (0 participant, 1 interviewer,
 * 2 other), start in milliseconds, number in the source, text, and whether the text is cut (0 no, 1 yes).
 * @typedef {[number, number | null, number, number | null, number, string, number]} TalkTurn
 */

/**
 * A transcript. `language`: an index into the languages of the voices. `whole`: whether all its turns are in `talk`.
 * @typedef {{
 *   id: string, source: string, values: Array<string | null>, language: number | null, turns: number,
 *   segments: number, words: number, duration_ms: number | null, whole: boolean, speakers: string[],
 *   talk: TalkTurn[],
 * }} Transcript
 */

/**
 * A turn. `at`: its index in the transcript's `talk`. `position`: its index in the transcript. `index`: its number in
 * the source. `from`–`to`: the part of `text` that is in the segment asked for, −1 when none is. `gap`: turns between
 * this one and the one before it are not in the page.
 * @typedef {{
 *   at: number, position: number, speaker: string | null, role: number, start: number | null, index: number,
 *   text: string, cut: number, from: number, to: number, gap: boolean,
 * }} Turn
 */

/**
 * A label as it stands in the data: index of the theme, confidence, and who gave it (0 the machine, else 1 more than
 * the index of the coder).
 * @typedef {[number, number, number]} LabelEntry
 */

/**
 * A label. `who`: "machine" or the coder.
 * @typedef {{ theme: number, name: string, confidence: number, by: number, who: string }} Label
 */

/**
 * Segments of the page, a column a property. `first` and `last`: indices into the transcript's `talk`; `from`: first
 * character in the first turn; `to`: one past the last in the last turn. `middle` and `share`: of the transcript's
 * characters.
 * @typedef {{
 *   transcript: number[], number: number[], first: number[], from: number[], last: number[], to: number[],
 *   middle: number[], share: number[], words: number[], language: Array<number | null> | null,
 *   labels: LabelEntry[][], map: Array<[number, number] | null>,
 * }} SegmentColumns
 */

/**
 * Quotes, a column a property: indices of theme and segment, kind (0 central, 1 borderline, 2 dissenting) and rank.
 * @typedef {{ theme: number[], kind: number[], rank: number[], segment: number[] }} QuoteColumns
 */

/**
 * The block `emic-voices`. `of`: how much there is in the whole study. `sample`: segments to code blind, in its order.
 * @typedef {{
 *   complete: boolean, of: { transcripts: number, segments: number }, attributes: string[], languages: string[],
 *   coders: string[], transcripts: Transcript[], segments: SegmentColumns, quotes: QuoteColumns,
 *   sample: { segments: number[], of: number, key: string } | null,
 * }} VoicesBlock
 */

/**
 * What people said: the block `emic-voices`, and functions of a segment, which is known by its index in the page:
 * - `count`: segments in the page;
 * - `id`: "P01:12"; `segmentIndex`: the index of an id, −1 when it is not here;
 * - `text`: verbatim; `locator`: "P01, turn 12, 00:03:12"; `language`: a BCP-47 tag or null;
 * - `segmentsOf`: first index and one past the last of a transcript's segments;
 * - `value`: the interview's value for an attribute; `labels`: strongest first;
 * - `turnsAround`: the segment's turns and up to `count` before and after, in order;
 * - `quotesOf`: segments quoted for a theme, of one kind or all, best first;
 * - `find`: segments that a filter asks for, in reading order (quotes of a kind: best first).
 * @typedef {VoicesBlock & {
 *   count: number,
 *   id: (segment: number) => string,
 *   segmentIndex: (id: string) => number,
 *   text: (segment: number) => string,
 *   speaker: (segment: number) => string | null,
 *   start: (segment: number) => number | null,
 *   locator: (segment: number) => string,
 *   language: (segment: number) => string | null,
 *   transcript: (segment: number) => Transcript,
 *   transcriptIndex: (id: string) => number,
 *   segmentsOf: (transcript: number) => [number, number],
 *   value: (segment: number, attribute: string) => string | null,
 *   labels: (segment: number) => Label[],
 *   turn: (transcript: Transcript, at: number) => Turn,
 *   turnsAround: (segment: number, count?: number) => Turn[],
 *   quotesOf: (theme: string | number, kind?: string) => number[],
 *   find: (filter: Filter) => number[],
 * }} Voices
 */

/**
 * What to find; all parts must hold, an absent part holds always. `theme`, `themes`: names; of `themes` all must be
 * there. `group` "(all others)" with `notGroup` is everything but that group. `transcript`: its id. `tenth`: 1–10 of
 * the interview. `kind`: quotes of that kind (central, borderline, dissenting), of `theme` if given. `segment`,
 * `segments`: ids. `language`: a BCP-47 tag. `none`: carries no theme. `words`: must all be in the text; in double
 * quotes a phrase.
 * @typedef {{
 *   theme?: string, themes?: string[], attribute?: string, group?: string | null, notGroup?: string,
 *   transcript?: string, tenth?: number, kind?: string, segment?: string, segments?: string[], language?: string,
 *   none?: boolean, words?: string,
 * }} Filter
 */

/**
 * A row of `themes`: a theme, seed or emergent.
 * @typedef {{
 *   theme: string, kind: "seed" | "emergent", definition: string | null, keywords: string, segments: number,
 *   transcripts: number, share_segments: number, share_transcripts: number, stability: number | null,
 *   parent: string | null, likely_segments: number, likely_transcripts: number, share_likely: number,
 * }} ThemeRow
 */

/**
 * A row of `clusters`: a cluster of segments.
 * @typedef {{
 *   cluster_id: number, segments: number, transcripts: number, name: string, keywords: string,
 *   nearest_theme: string | null, similarity: number | null, emergent: boolean, stability: number | null,
 * }} ClusterRow
 */

/**
 * A row of `quotes`: a quote for a theme.
 * @typedef {{
 *   theme: string, kind: "central" | "borderline" | "dissenting", rank: number, segment_id: string,
 *   transcript_id: string,
 * }} QuoteRow
 */

/**
 * A row of `seeds`: a finding about a seed theme.
 * @typedef {{
 *   theme: string, finding: string, other_theme: string | null, segments: number, transcripts: number, share: number,
 *   keywords_a: string | null, keywords_b: string | null, quote_a: string | null, quote_b: string | null,
 *   advice: string | null,
 * }} SeedRow
 */

/**
 * A row of `prevalence`: a theme in a group of transcripts; in all of them where `attribute` is null.
 * @typedef {{
 *   theme: string, attribute: string | null, group: string, segments: number, transcripts: number,
 *   share_segments: number, share_segments_low: number, share_segments_high: number, share_transcripts: number,
 *   share_transcripts_low: number, share_transcripts_high: number, mean_share: number, mean_share_low: number,
 *   mean_share_high: number, likely_segments: number, likely_transcripts: number, share_likely: number,
 *   share_likely_low: number, share_likely_high: number, has_basis: boolean,
 * }} PrevalenceRow
 */

/**
 * A row of `contrasts`: a theme in two groups of transcripts, by one measure.
 * @typedef {{
 *   theme: string, attribute: string, group_a: string, group_b: string, measure: string, difference: number,
 *   low: number, high: number, p_value: number | null, p_adjusted: number | null, language_confounded: boolean,
 *   p_fdr: number | null, smallest_detectable: number | null, transcripts_a: number, transcripts_b: number,
 *   difference_within: number | null, low_within: number | null, high_within: number | null, p_within: number | null,
 *   p_within_adjusted: number | null, leave_language_out_low: number | null, leave_language_out_high: number | null,
 *   segments_compared: number | null,
 * }} ContrastRow
 */

/**
 * A row of `cooccurrence`: a pair of themes.
 * @typedef {{
 *   theme_a: string, theme_b: string, segments: number, transcripts: number, jaccard: number, lift: number | null,
 *   lift_low: number | null, lift_high: number | null, jaccard_transcripts: number, lift_transcripts: number | null,
 *   lift_transcripts_low: number | null, lift_transcripts_high: number | null,
 * }} CooccurrenceRow
 */

/**
 * A row of `saturation`: a number of transcripts.
 * @typedef {{
 *   transcripts: number, new_themes: number, share_new: number | null, low: number | null, high: number | null,
 *   themes: number, themes_low: number, themes_high: number, share_saturated: number, share_without_new: number,
 *   themes_listed: number, share_new_listed: number | null,
 * }} SaturationRow
 */

/**
 * A row of `positions`: a theme in a tenth of the interview.
 * @typedef {{
 *   theme: string, tenth: number, segments: number, transcripts: number, share: number, low: number, high: number,
 * }} PositionRow
 */

/**
 * A row of `raised`: a theme, and who raises it.
 * @typedef {{
 *   theme: string, transcripts: number, by_participant: number, by_interviewer: number,
 *   share_interviewer: number | null, low: number | null, high: number | null, not_known: number,
 * }} RaisedRow
 */

/**
 * A row of `trends`: a theme over time, by one measure.
 * @typedef {{
 *   theme: string, attribute: string, waves: string, measure: string, change: number, low: number, high: number,
 *   p_value: number | null, p_adjusted: number | null, p_fdr: number | null, transcripts: number,
 * }} TrendRow
 */

/**
 * A row of `agreement`: a theme and two who coded it.
 * @typedef {{
 *   theme: string, rater_a: string, rater_b: string, segments: number, decisions: number, transcripts: number,
 *   percent: number, percent_low: number, percent_high: number, cohen_kappa: number | null,
 *   cohen_kappa_low: number | null, cohen_kappa_high: number | null, fleiss_kappa: number | null,
 *   fleiss_kappa_low: number | null, fleiss_kappa_high: number | null, gwet_ac1: number, gwet_ac1_low: number,
 *   gwet_ac1_high: number, krippendorff_alpha: number | null, krippendorff_alpha_low: number | null,
 *   krippendorff_alpha_high: number | null, pabak: number, pabak_low: number, pabak_high: number,
 *   prevalence_index: number, prevalence_index_low: number, prevalence_index_high: number, bias_index: number | null,
 *   bias_index_low: number | null, bias_index_high: number | null,
 * }} AgreementRow
 */

/**
 * A row of `disagreements`: a coded segment and a theme on which not all say the same.
 * @typedef {{
 *   segment_id: string, transcript_id: string, theme: string, yes: string, no: string, among_coders: boolean,
 * }} DisagreementRow
 */

/**
 * A row of `corrected_prevalence`: a coded theme in a group.
 * @typedef {{
 *   theme: string, attribute: string | null, group: string, coded: number, transcripts_coded: number,
 *   share_machine: number, share_corrected: number | null, low: number | null, high: number | null, lambda: number,
 *   bias: number | null, more_to_halve: number | null, question: string,
 *   low_these: number | null, high_these: number | null, more_to_halve_these: number | null,
 *   low_like_these: number | null, high_like_these: number | null, more_to_halve_like_these: number | null,
 *   transcripts_read: number | null, share_transcripts_corrected: number | null,
 *   share_transcripts_low_these: number | null, share_transcripts_high_these: number | null,
 *   transcripts_to_halve_these: number | null, share_transcripts_low_like_these: number | null,
 *   share_transcripts_high_like_these: number | null, transcripts_to_halve_like_these: number | null,
 * }} CorrectedPrevalenceRow
 */

/**
 * A row of `corrected_contrasts`: a coded theme and two groups.
 * @typedef {{
 *   theme: string, attribute: string, group_a: string, group_b: string, coded_a: number, coded_b: number,
 *   difference_machine: number, difference_corrected: number | null, low: number | null, high: number | null,
 *   p_value: number | null, p_adjusted: number | null, p_fdr: number | null, bias: number | null,
 *   more_to_halve: number | null,
 * }} CorrectedContrastRow
 */

/**
 * A row of `learned`: a theme of the codebook, where people coded a sample.
 * @typedef {{
 *   theme: string, coded: number, carrying: number, loss_before: number | null, loss_after: number | null,
 *   learned: boolean, labels_before: number, labels_after: number, labels_kept: number, own_direction: number,
 * }} LearnedRow
 */

/**
 * A row of `calibration`: a range of the program's confidence, where people coded a sample.
 * @typedef {{
 *   confidence_low: number, confidence_high: number, decisions: number, confidence: number, share_yes: number,
 *   low: number, high: number, share_decisions: number,
 * }} CalibrationRow
 */

/**
 * A row of `parameters`: a number or a choice that decided the result.
 * @typedef {{
 *   stage: string, parameter: string, value: string, origin: string, about: string,
 * }} ParameterRow
 */

/**
 * A row of `problems`: something skipped, guessed or doubtful.
 * @typedef {{
 *   source: string, line: number | null, severity: "error" | "warning" | "note", message: string,
 *   hint: string | null,
 * }} ProblemRow
 */

/**
 * The tables of the page, by name.
 * @typedef {{
 *   themes: Theme,
 *   clusters: ClusterRow,
 *   quotes: QuoteRow,
 *   seeds: SeedRow,
 *   prevalence: PrevalenceRow,
 *   contrasts: ContrastRow,
 *   cooccurrence: CooccurrenceRow,
 *   saturation: SaturationRow,
 *   positions: PositionRow,
 *   raised: RaisedRow,
 *   trends: TrendRow,
 *   agreement: AgreementRow,
 *   disagreements: DisagreementRow,
 *   corrected_prevalence: CorrectedPrevalenceRow,
 *   corrected_contrasts: CorrectedContrastRow,
 *   learned: LearnedRow,
 *   calibration: CalibrationRow,
 *   parameters: ParameterRow,
 *   problems: ProblemRow,
 * }} Tables
 */

export {};
