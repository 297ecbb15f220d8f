//! With the feature `rust-bert`, tells the linker where libtorch is, so that the program finds it when it starts, without
//! `LD_LIBRARY_PATH`.

#![expect(clippy::disallowed_methods, reason = "this is how cargo speaks to a build script")]

use std::env;
use std::path::PathBuf;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    // Set by the build of torch-sys, which has asked Python for the folder. What libtorch itself needs, NVIDIA's libraries
    // among it, is found from there by the paths inside libtorch.
    if let Some(folder) = env::var_os("DEP_TCH_LIBTORCH_LIB").map(PathBuf::from) {
        println!("cargo::rustc-link-arg=-Wl,-rpath,{}", folder.display());
    }
}
