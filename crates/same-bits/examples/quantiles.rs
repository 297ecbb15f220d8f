//! Prints quantiles of Student's *t* with their bits, to be compared between machines.

#![expect(clippy::print_stdout, reason = "an example shows what it found")]

use same_bits::distributions::student_quantile;

fn main() {
    for degrees_of_freedom in [1.0, 2.0, 5.0, 11.0, 29.0] {
        if let Some(t) = student_quantile(degrees_of_freedom, 0.025) {
            println!("{degrees_of_freedom:>4} {t:.6} {:016x}", t.to_bits());
        }
    }
}
