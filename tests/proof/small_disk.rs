//! A small disk of a test's own: memory that is mounted where nobody else sees it. The test starts itself once more, there.
use std::{
    env, fs,
    io::Write,
    path::{Path, PathBuf},
    process::Command,
};

const PLACE: &str = "HALLWAY_SMALL_DISK";
const THERE: &str = "on a small disk now";

/// The small disk, once the test runs there. Otherwise it has been run there, has passed, and there is nothing to do.
///
/// A machine that lets nobody mount anything fails the test, loudly: without a small disk nothing is proved, and a proof
/// that is passed over in silence is worse than none. `unshare -m` needs root, `unshare -Urm` needs a kernel that lets
/// everybody have a namespace of their own.
pub fn small_disk(test: &str, size: &str) -> Option<PathBuf> {
    if let Some(place) = env::var_os(PLACE) {
        println!("{THERE}");
        return Some(place.into());
    }
    let place = tempfile::tempdir().expect("a folder");
    let mut said = String::new();
    for namespace in ["-m", "-Urm"] {
        let run = Command::new("unshare")
            .args([namespace, "sh", "-c", "mount -t tmpfs -o \"size=$1\" small \"$0\" && shift && exec \"$@\""])
            .arg(place.path())
            .arg(size)
            .arg(env::current_exe().expect("this test"))
            .args([test, "--exact", "--nocapture"])
            .env(PLACE, place.path())
            .output()
            .expect("unshare, of util-linux");
        let out = String::from_utf8_lossy(&run.stdout).into_owned();
        if out.contains(THERE) {
            out.lines()
                .filter_map(|line| line.find("proved: ").map(|at| &line[at..]))
                .for_each(|line| println!("{line}"));
            assert!(run.status.success(), "{out}\n{}", String::from_utf8_lossy(&run.stderr));
            return None;
        }
        said += &String::from_utf8_lossy(&run.stderr);
    }
    panic!(
        "This machine lets nobody mount a small disk, so nothing is proved about a full one. Run the tests as root, or \
         allow unprivileged user namespaces (sysctl kernel.unprivileged_userns_clone=1, and on Ubuntu \
         kernel.apparmor_restrict_unprivileged_userns=0). It said:\n{said}"
    );
}

/// A disk that is full but for some bytes, until this is dropped.
pub struct Full(PathBuf);

impl Full {
    pub fn but_for(disk: &Path, left: u64) -> Full {
        let path = disk.join("in the way");
        let mut file = fs::File::create(&path).expect("a file");
        let block = vec![7; 4_096];
        while file.write_all(&block).is_ok() {}
        let size = file.metadata().expect("a file").len();
        file.set_len(size.saturating_sub(left)).expect("a smaller file");
        Full(path)
    }
}

impl Drop for Full {
    fn drop(&mut self) {
        fs::remove_file(&self.0).expect("the disk is free again");
    }
}
