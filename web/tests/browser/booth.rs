//! The booth as `cargo xtask` builds it for voters.

use std::path::PathBuf;
use std::process::Command;
use std::sync::{Arc, OnceLock};

use web::booth::Booth;

use super::Browser;

/// `cargo xtask`'s exit code where nothing can build for WebAssembly.
const NO_COMPILER: i32 = 69;

/// The booth, built once; or why it cannot be.
pub(crate) fn booth() -> Result<Arc<Booth>, String> {
    static BOOTH: OnceLock<Result<Arc<Booth>, String>> = OnceLock::new();
    let build = || {
        let workspace = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..");
        let built = Command::new(env!("CARGO"))
            .args(["run", "--quiet", "--locked", "--package", "xtask", "--", "booth"])
            .current_dir(&workspace)
            .output()
            .expect("cargo runs");
        let says = String::from_utf8_lossy(&built.stderr);
        if built.status.code() == Some(NO_COMPILER) {
            return Err(says.into_owned());
        }
        assert!(built.status.success(), "{says}");
        Ok(Arc::new(Booth::read(&workspace.join("target/booth")).unwrap()))
    };
    BOOTH.get_or_init(build).clone()
}

/// Browser and booth, or a line that says why not.
pub(crate) fn ready(scripts: &[&str]) -> Option<(Browser, Arc<Booth>)> {
    let found = Browser::with(scripts).and_then(|browser| Ok((browser, booth()?)));
    found.map_err(|why| println!("SKIPPED: {why}")).ok()
}
