//! What `cargo package` packs of the library: all that it is compiled from and
//! its papers, and nothing outside. What lies beside the package is not there
//! for who downloads it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::process::Command;

fn core() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../core")
}

/// The files of the package, as cargo itself lists them.
fn packaged() -> BTreeSet<PathBuf> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let listed = Command::new(cargo)
        .args(["package", "--list", "--allow-dirty", "--offline", "--package", "carekey"])
        .current_dir(core())
        .output()
        .unwrap();
    assert!(listed.status.success(), "{}", String::from_utf8_lossy(&listed.stderr));
    String::from_utf8(listed.stdout).unwrap().lines().map(PathBuf::from).collect()
}

/// The path without `..`; nothing where it leaves the package.
fn inside(path: &Path) -> Option<PathBuf> {
    let mut whole = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir if !whole.pop() => return None,
            Component::Normal(name) => whole.push(name),
            _ => {}
        }
    }
    Some(whole)
}

/// What a source includes, by `include_str!`, `include_bytes!` and `include!` of a literal.
fn included(source: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for word in ["include_str!(\"", "include_bytes!(\"", "include!(\""] {
        found.extend(source.split(word).skip(1).filter_map(|rest| rest.split('"').next()));
    }
    found
}

/// What is included and not packed.
fn lacking(files: &BTreeSet<PathBuf>, source: &Path, text: &str) -> Vec<String> {
    let folder = source.parent().unwrap();
    let is_packed = |name: &&str| inside(&folder.join(name)).is_some_and(|path| files.contains(&path));
    included(text).into_iter().filter(|name| !is_packed(name)).map(str::to_owned).collect()
}

#[test]
fn the_package_has_its_papers() {
    let files = packaged();
    for name in ["README.md", "LICENSE-MIT", "LICENSE-APACHE", "Cargo.toml", "src/lib.rs"] {
        assert!(files.contains(Path::new(name)), "{name}");
        assert!(fs::metadata(core().join(name)).unwrap().len() > 0, "{name}");
    }
}

#[test]
fn the_package_has_all_that_it_includes() {
    let files = packaged();
    let mut includes = 0;
    for source in files.iter().filter(|path| path.extension().is_some_and(|name| name == "rs")) {
        let text = fs::read_to_string(core().join(source)).unwrap();
        includes += included(&text).len();
        assert_eq!(lacking(&files, source, &text), Vec::<String>::new(), "{}", source.display());
    }
    assert!(includes > 10, "{includes}");
}

#[test]
fn what_lies_outside_is_seen() {
    let files = packaged();
    let text = "#![doc = include_str!(\"../../README.md\")] include_bytes!(\"none.bin\") include_str!(\"lib.rs\")";
    assert_eq!(lacking(&files, Path::new("src/lib.rs"), text), ["../../README.md", "none.bin"]);
}

#[test]
fn the_package_has_every_module_of_its_sources() {
    // One that is excluded must be needed by nobody: the guide is for the tests of this repository.
    let files = packaged();
    let mut folders = vec![PathBuf::from("src")];
    let mut left_out = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(core().join(&folder)).unwrap() {
            let path = folder.join(entry.unwrap().file_name());
            if core().join(&path).is_dir() {
                folders.push(path);
            } else if !files.contains(&path) {
                left_out.push(path);
            }
        }
    }
    assert_eq!(left_out, [Path::new("src/guide.rs")]);
    let root = fs::read_to_string(core().join("src/lib.rs")).unwrap();
    assert!(root.contains("#[cfg(all(doctest, feature = \"sqlite\"))]\nmod guide;"));
}
