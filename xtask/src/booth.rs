//! `cargo xtask booth`: compile, bind to JavaScript, bundle the pages' scripts,
//! write the build manifest.

use std::fs::{self, File};
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

use crate::compiler::Compiler;
use crate::manifest::{BuildManifest, Comparison};
use crate::{scripts, wasm, workspace};

/// A crate that is compiled for WebAssembly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Module {
    /// The crate's name, and its module's.
    pub(crate) package: &'static str,
    /// The module's binding to JavaScript.
    pub(crate) glue: &'static str,
    /// The module itself, as the binding's generator calls it.
    pub(crate) wasm: &'static str,
}

/// What voters need, and what those who look themselves need besides: two
/// modules, so that nobody loads more than they use.
const MODULES: [Module; 2] = [
    Module {
        package: "booth",
        glue: "booth.js",
        wasm: "booth_bg.wasm",
    },
    Module {
        package: "observer",
        glue: "observer.js",
        wasm: "observer_bg.wasm",
    },
];
/// What pages and the workers load, each one file.
const ENTRIES: [&str; 6] = [
    "check.js",
    "engine.js",
    "find.js",
    "observe.js",
    "recount.js",
    "vote.js",
];
/// What every page of the site loads too: it runs, or covers, as much as they do.
const ASSETS: [&str; 2] = ["page.js", "style.css"];

/// Which booth is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Variant {
    /// What voters get.
    Shipped,
    /// The modules with the entry points of the feature `vectors`.
    Vectors,
}

impl Variant {
    pub(crate) fn features(self) -> &'static [&'static str] {
        match self {
            Variant::Shipped => &[],
            Variant::Vectors => &["vectors"],
        }
    }

    /// The files that are built, by name.
    pub(crate) fn files(self) -> Vec<&'static str> {
        let mut files: Vec<_> = MODULES
            .iter()
            .flat_map(|module| [module.glue, module.wasm])
            .collect();
        if self == Variant::Shipped {
            files.extend(ENTRIES);
            files.extend(ASSETS);
        }
        files
    }

    fn folder(self) -> &'static str {
        match self {
            Variant::Shipped => "target/booth",
            Variant::Vectors => "target/booth-vectors",
        }
    }
}

/// Builds a booth into its folder under `target`.
pub(crate) fn build(variant: Variant) -> Result<ExitCode> {
    let folder = workspace().join(variant.folder());
    let manifest = build_into(variant, &folder)?;
    println!("{}: built by {}", folder.display(), manifest.rustc);
    for (name, file) in &manifest.files {
        println!("  {} {:>9} bytes  {name}", file.sha256, file.bytes);
    }
    Ok(ExitCode::SUCCESS)
}

/// Rebuilds the shipped booth beside the existing one and compares it with a
/// build manifest (the existing one's unless named).
pub(crate) fn check(manifest: Option<&Path>) -> Result<ExitCode> {
    let published = match manifest {
        Some(file) => BuildManifest::read(file)?,
        None => {
            let _alone = one_at_a_time()?;
            let built = workspace().join(Variant::Shipped.folder());
            BuildManifest::read(&built.join(BuildManifest::FILE))?
        }
    };
    let rebuilt = build_into(Variant::Shipped, &workspace().join("target/booth-check"))?;
    Ok(match published.compare(&rebuilt) {
        Comparison::Equal => {
            println!("equal: the sources give the published booth ({})", rebuilt.rustc);
            ExitCode::SUCCESS
        }
        Comparison::Different(what) => {
            println!("different: {}", what.join(", "));
            ExitCode::FAILURE
        }
        Comparison::AnotherCompiler => {
            println!(
                "not comparable: published from {}, rebuilt with {}; set BOOTH_RUSTC",
                published.rustc, rebuilt.rustc
            );
            ExitCode::from(2)
        }
    })
}

fn build_into(variant: Variant, folder: &Path) -> Result<BuildManifest> {
    let compiler = Compiler::choose()?;
    let _alone = one_at_a_time()?;
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("removing {}", folder.display()))?;
    }
    for module in &MODULES {
        let compiled = wasm::compile(&workspace(), &compiler, module.package, variant.features())?;
        Bindgen::new()
            .input_path(&compiled)
            .web(true)?
            .typescript(false)
            .demangle(false)
            .remove_name_section(true)
            .remove_producers_section(true)
            .generate(folder)
            .with_context(|| format!("binding {} to JavaScript", module.package))?;
    }
    if variant == Variant::Shipped {
        bundle_into(folder)?;
    }
    let manifest = BuildManifest::of(folder, &compiler, variant)?;
    manifest.write(folder)?;
    Ok(manifest)
}

/// Waits until no other `cargo xtask booth` runs. All variants come out as one
/// file, over which nobody may build before it is bound, and a folder is gone
/// while it is made again.
fn one_at_a_time() -> Result<File> {
    let folder = workspace().join("target/wasm");
    fs::create_dir_all(&folder)?;
    let lock = File::create(folder.join(".xtask-lock"))?;
    lock.lock().context("waiting for another `cargo xtask booth`")?;
    Ok(lock)
}

/// Bundles the scripts of `web/booth/page`, and copies what every page loads.
fn bundle_into(folder: &Path) -> Result<()> {
    let sources = workspace().join("web/booth/page");
    let read = |name: &str| {
        let glue = MODULES.iter().any(|module| module.glue == name);
        let file = if glue { folder } else { &sources }.join(name);
        fs::read_to_string(&file).with_context(|| format!("reading {}", file.display()))
    };
    for entry in ENTRIES {
        let file = folder.join(entry);
        fs::write(&file, scripts::bundle(entry, &read)?)
            .with_context(|| format!("writing {}", file.display()))?;
    }
    for asset in ASSETS {
        let file = workspace().join("web/assets").join(asset);
        fs::copy(&file, folder.join(asset)).with_context(|| format!("copying {}", file.display()))?;
    }
    Ok(())
}
