//! Shares of three themes in two groups of interviews, their differences, and p values adjusted for three tests.
//!
//! `cargo run -p interview-stats --example two_groups`

#![expect(clippy::print_stdout, reason = "an example shows what it found")]

use interview_stats::adjust::holm;
use interview_stats::groups::compare_groups;
use interview_stats::{CountTable, Estimate, Measure, pooled_proportion, small_group};
use same_bits::random_stream;

/// Segments of each interview, and how many of them carry each theme. The first seven interviews are with nurses, the others with teachers.
const SEGMENTS: [u32; 14] = [20, 11, 35, 9, 14, 28, 17, 30, 16, 12, 22, 19, 25, 13];
const THEMES: [(&str, [u32; 14]); 3] = [
    ("workload", [9, 5, 12, 4, 6, 11, 5, 2, 1, 2, 0, 3, 2, 1]),
    ("housing", [2, 1, 6, 0, 3, 4, 2, 6, 1, 2, 5, 3, 4, 1]),
    ("night shifts", [4, 0, 7, 1, 2, 5, 0, 0, 0, 0, 0, 0, 0, 0]),
];
const NURSES: [usize; 7] = [0, 1, 2, 3, 4, 5, 6];
const TEACHERS: [usize; 7] = [7, 8, 9, 10, 11, 12, 13];

fn main() {
    for (name, group) in [("nurses", NURSES), ("teachers", TEACHERS)] {
        if let Some(warning) = small_group(group.len()) {
            println!("{name}: {} interviews ({warning:?})", group.len());
        }
    }
    let table =
        CountTable::new(SEGMENTS.to_vec(), THEMES.iter().map(|(_, counts)| counts.to_vec()).collect());
    let mut rng = random_stream(7, "nurses and teachers");
    let differences = compare_groups(&table, [&NURSES, &TEACHERS], Measure::Segments, &mut rng);
    let p_values: Vec<Option<f64>> = differences.iter().map(|one| one.p_value).collect();
    println!("{:<12}  {:<20}  {:<20}  {:<22}  p (Holm)", "theme", "nurses", "teachers", "difference");
    for (theme, ((name, _), (one, p))) in
        THEMES.iter().zip(differences.iter().zip(holm(&p_values))).enumerate()
    {
        let [nurses, teachers] = [NURSES, TEACHERS]
            .map(|group| shown(pooled_proportion(&table.counts(theme, Measure::Segments, &group))));
        let difference = shown(Estimate { value: one.difference, interval: one.interval });
        let p = p.map_or("none".to_owned(), |p| format!("{p:.4}"));
        println!("{name:<12}  {nurses:<20}  {teachers:<20}  {difference:<22}  {p}");
    }
}

/// An estimate with its interval.
fn shown(Estimate { value, interval }: Estimate) -> String {
    format!("{value:.3} ({:.3}, {:.3})", interval.low, interval.high)
}
