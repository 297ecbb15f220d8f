//! Prints the sets of vector instructions that this machine has, slower ones first.

#![expect(clippy::print_stdout, reason = "an example shows what it found")]

use same_bits::Instructions;

fn main() {
    for instructions in Instructions::available() {
        println!("{}", instructions.name());
    }
}
