//! Joins the modules of the page's script into one, which `report.html` holds. With the feature `rust-bert` it also tells the
//! linker where libtorch is, so that the program finds it when it starts, without `LD_LIBRARY_PATH`.

#![expect(clippy::disallowed_methods, reason = "this is how cargo speaks to a build script")]

use std::io;
use std::path::{Path, PathBuf};
use std::{env, fs};

const MODULES: &str = "src/report/page/script";

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed={MODULES}");
    let folder = env::var_os("OUT_DIR").map(PathBuf::from).unwrap_or_default();
    fs::write(folder.join("page.js"), page_script()?)?;
    // Set by the build of torch-sys, which has asked Python for the folder. What libtorch itself needs, NVIDIA's libraries
    // among it, is found from there by the paths inside libtorch.
    if let Some(folder) = env::var_os("DEP_TCH_LIBTORCH_LIB") {
        println!("cargo::rustc-link-arg=-Wl,-rpath,{}", folder.display());
    }
    Ok(())
}

/// All modules in one function, without their `import` and `export`: their names are unique over all of them, and all but `main.js`, which
/// comes last, only define things. A page opened from a disk cannot load modules from files beside it.
fn page_script() -> io::Result<String> {
    let mut files = Vec::new();
    modules_in(Path::new(MODULES), &mut files)?;
    files.sort_by_key(|path| (path.ends_with("main.js"), path.clone()));
    let mut script = String::from("(() => {\n\"use strict\";\n");
    for path in files {
        let mut in_import = false;
        for line in fs::read_to_string(path)?.lines() {
            in_import |= line.starts_with("import ");
            if !in_import {
                script.push_str(line.strip_prefix("export ").unwrap_or(line));
                script.push('\n');
            }
            in_import &= !line.ends_with(';');
        }
    }
    script.push_str("})();\n");
    Ok(script)
}

fn modules_in(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            modules_in(&path, files)?;
        } else if path.extension().is_some_and(|ending| ending == "js") {
            files.push(path);
        }
    }
    Ok(())
}
