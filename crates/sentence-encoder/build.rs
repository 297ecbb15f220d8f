//! With the feature `rust-bert`: tells the linker where libtorch is, so that this crate's tests and examples
//! start without `LD_LIBRARY_PATH`. A program that depends on this crate has to do the same in a build script
//! of its own.

#![expect(clippy::disallowed_methods, reason = "this is how cargo speaks to a build script")]

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    // Set by the build script of torch-sys, for direct dependents only.
    if let Some(folder) = std::env::var_os("DEP_TCH_LIBTORCH_LIB") {
        println!("cargo::rustc-link-arg=-Wl,-rpath,{}", folder.display());
    }
}
