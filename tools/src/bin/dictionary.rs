//! Prints the data dictionary: `cargo run -p emic-tools --bin dictionary > data/dictionary.md`.

#[expect(clippy::print_stdout, reason = "printing is all that it does")]
fn main() {
    print!("{}", emic::table::data_dictionary());
}
