//! What a program did to the files below a folder, in order (see `recorder.c`), and what a disk that lost power at some
//! moment of it may hold: what was synced, and of the rest whatever chance left, in whatever order, torn anywhere.
use acts::prove::Chance;
use std::{
    collections::BTreeMap,
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::OnceLock,
};

/// What a disk writes at once.
const SECTOR: usize = 512;

#[derive(Debug, Clone)]
pub enum Done {
    /// A file was opened, and made if it was not there.
    Open {
        fd: u32,
        path: PathBuf,
        made: bool,
    },
    Write {
        fd: u32,
        at: usize,
        bytes: Vec<u8>,
    },
    Cut {
        fd: u32,
        size: usize,
    },
    Sync {
        fd: u32,
    },
    Close {
        fd: u32,
    },
    Move {
        from: PathBuf,
        to: PathBuf,
    },
    Link {
        from: PathBuf,
        to: PathBuf,
    },
    Gone {
        path: PathBuf,
    },
    Folder {
        path: PathBuf,
    },
    /// What the program said.
    Say {
        text: String,
    },
}

/// Runs a program and writes down what it does below `folder`.
pub fn record(program: &mut Command, folder: &Path) -> Vec<Done> {
    let notes = tempfile::NamedTempFile::new().expect("a file for the notes");
    let said = program
        .env("LD_PRELOAD", recorder())
        .env("HALLWAY_RECORD", notes.path())
        .env("HALLWAY_BELOW", folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .output()
        .expect("the program starts");
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
    let done = read(&fs::read(notes.path()).expect("notes"));
    assert!(done.iter().any(|done| matches!(done, Done::Sync { .. })), "nothing was recorded");
    done
}

/// The library that writes down, compiled once.
fn recorder() -> &'static Path {
    static MADE: OnceLock<(tempfile::TempDir, PathBuf)> = OnceLock::new();
    let (_, library) = MADE.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a folder");
        let library = folder.path().join("recorder.so");
        let source = format!("{}/proof/recorder.c", env!("CARGO_MANIFEST_DIR"));
        let made = Command::new("cc")
            .args(["-Wall", "-Wextra", "-Werror", "-O1", "-shared", "-fPIC", "-o"])
            .args([library.as_os_str(), OsStr::new(&source)])
            .args(["-ldl", "-pthread"])
            .output()
            .expect("a C compiler: build-essential has one");
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        (folder, library)
    });
    library
}

fn read(mut notes: &[u8]) -> Vec<Done> {
    let mut all = Vec::new();
    while !notes.is_empty() {
        let end = notes.iter().position(|byte| *byte == b'\n').expect("a whole line");
        let line = std::str::from_utf8(&notes[..end]).expect("text");
        notes = &notes[end + 1..];
        let (what, rest) = line.split_once(' ').expect("a word and what it is about");
        let number = |n: usize| rest.split(' ').nth(n).and_then(|word| word.parse::<usize>().ok()).expect("a number");
        let fd = || number(0) as u32;
        let mut bytes = |size: usize| {
            let (these, others) = notes.split_at(size);
            notes = others;
            these.to_vec()
        };
        let two = || rest.split_once('\t').map(|(from, to)| (from.into(), to.into())).expect("two paths");
        all.push(match what {
            "make" | "open" => {
                Done::Open { fd: fd(), path: rest.split_once(' ').expect("a path").1.into(), made: what == "make" }
            }
            "write" => Done::Write { fd: fd(), at: number(1), bytes: bytes(number(2)) },
            "cut" => Done::Cut { fd: fd(), size: number(1) },
            "sync" => Done::Sync { fd: fd() },
            "close" => Done::Close { fd: fd() },
            "move" => {
                let (from, to) = two();
                Done::Move { from, to }
            }
            "link" => {
                let (from, to) = two();
                Done::Link { from, to }
            }
            "gone" => Done::Gone { path: rest.into() },
            "folder" => Done::Folder { path: rest.into() },
            "say" => Done::Say { text: String::from_utf8(bytes(number(0))).expect("text") },
            _ => panic!("The program did what the recorder does not follow: {line}"),
        });
    }
    all
}

/// What the disk is told of, and what it keeps for certain.
#[derive(Clone)]
pub struct Disk {
    root: PathBuf,
    files: Vec<Content>,
    /// Names that are on the disk for certain.
    names: BTreeMap<PathBuf, Named>,
    /// Names as the program sees them.
    seen: BTreeMap<PathBuf, Named>,
    /// What happened to names since their folder was synced, in order.
    renamed: Vec<(PathBuf, Naming)>,
    open: BTreeMap<u32, PathBufOr>,
    /// Whether it believes that a folder was synced: a disk that does not shows what would be lost if the program forgot to.
    pub heeds_folders: bool,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Named {
    File(usize),
    Folder,
}

#[derive(Clone, Debug)]
enum Naming {
    Is(PathBuf, Named),
    Gone(PathBuf),
    Moved(PathBuf, PathBuf, Named),
}

#[derive(Clone)]
enum PathBufOr {
    File(usize),
    Folder(PathBuf),
}

#[derive(Clone, Default)]
struct Content {
    kept: Vec<u8>,
    waiting: Vec<Change>,
}

#[derive(Clone)]
enum Change {
    Write(usize, Vec<u8>),
    Cut(usize),
}

impl Disk {
    /// A folder as it stands, all of it safe on the disk.
    pub fn of(root: &Path) -> Disk {
        let mut disk = Disk {
            root: root.to_owned(),
            files: vec![],
            names: BTreeMap::new(),
            seen: BTreeMap::new(),
            renamed: vec![],
            open: BTreeMap::new(),
            heeds_folders: true,
        };
        disk.take_in(root);
        disk.seen = disk.names.clone();
        disk
    }

    fn take_in(&mut self, folder: &Path) {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                self.names.insert(path.clone(), Named::Folder);
                self.take_in(&path);
            } else {
                self.files.push(Content { kept: fs::read(&path).expect("a file"), waiting: vec![] });
                self.names.insert(path, Named::File(self.files.len() - 1));
            }
        }
    }

    pub fn take(&mut self, done: &Done) {
        match done {
            Done::Open { fd, path, made: true } => {
                self.files.push(Content::default());
                let file = Named::File(self.files.len() - 1);
                self.name(path, Naming::Is(path.clone(), file));
                self.open.insert(*fd, PathBufOr::File(self.files.len() - 1));
            }
            Done::Open { fd, path, made: false } => {
                let what = match self.seen.get(path) {
                    Some(Named::File(file)) => PathBufOr::File(*file),
                    _ => PathBufOr::Folder(path.clone()),
                };
                self.open.insert(*fd, what);
            }
            Done::Write { fd, at, bytes } => self.change(*fd, Change::Write(*at, bytes.clone())),
            Done::Cut { fd, size } => self.change(*fd, Change::Cut(*size)),
            Done::Sync { fd } => match self.open.get(fd) {
                Some(PathBufOr::File(file)) => self.files[*file].sync(),
                Some(PathBufOr::Folder(folder)) if self.heeds_folders => {
                    let folder = folder.clone();
                    let (synced, waiting) = std::mem::take(&mut self.renamed)
                        .into_iter()
                        .partition::<Vec<_>, _>(|(within, _)| *within == folder);
                    self.renamed = waiting;
                    synced.iter().for_each(|(_, naming)| naming.apply(&mut self.names));
                }
                _ => {}
            },
            Done::Close { fd } => drop(self.open.remove(fd)),
            Done::Move { from, to } => {
                assert_eq!(from.parent(), to.parent(), "a move from folder to folder is not followed");
                let what = self.seen[from];
                self.name(to, Naming::Moved(from.clone(), to.clone(), what));
            }
            Done::Link { from, to } => {
                let what = self.seen[from];
                self.name(to, Naming::Is(to.clone(), what));
            }
            Done::Gone { path } => self.name(path, Naming::Gone(path.clone())),
            Done::Folder { path } => self.name(path, Naming::Is(path.clone(), Named::Folder)),
            Done::Say { .. } => {}
        }
    }

    fn name(&mut self, path: &Path, naming: Naming) {
        naming.apply(&mut self.seen);
        self.renamed.push((path.parent().expect("a folder").to_owned(), naming));
    }

    fn change(&mut self, fd: u32, change: Change) {
        match self.open.get(&fd) {
            Some(PathBufOr::File(file)) => self.files[*file].waiting.push(change),
            _ => panic!("a write to what is no file"),
        }
    }

    /// Whether anything could be lost now.
    pub fn waits(&self) -> bool {
        !self.renamed.is_empty() || self.files.iter().any(|file| !file.waiting.is_empty())
    }

    /// Writes into `there` what the disk may hold after a power cut at this moment.
    pub fn cut_power(&self, how: Cut, chance: &mut Chance, there: &Path) {
        let mut names = self.names.clone();
        let some = match how {
            Cut::OnlySynced => 0,
            Cut::Everything => self.renamed.len(),
            // As a file system with a journal loses names: those after some moment.
            Cut::Torn => chance.roll(self.renamed.len() as u64 + 1) as usize,
            // As one without may: any of them.
            Cut::Reordered => self.renamed.len(),
        };
        for (_, naming) in &self.renamed[..some] {
            if how != Cut::Reordered || chance.roll(2) == 0 {
                naming.apply(&mut names);
            }
        }
        for (path, named) in &names {
            let below = path.strip_prefix(&self.root).expect("below the root");
            // A file in a folder that is not there is not there.
            let lost = below.ancestors().skip(1).any(|folder| {
                !folder.as_os_str().is_empty() && names.get(&self.root.join(folder)) != Some(&Named::Folder)
            });
            match named {
                _ if lost => {}
                Named::Folder => fs::create_dir_all(there.join(below)).expect("a folder"),
                Named::File(file) => {
                    fs::write(there.join(below), self.files[*file].after(how, chance)).expect("a file");
                }
            }
        }
    }
}

/// What is left of what was not synced.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Cut {
    OnlySynced,
    Everything,
    /// Some of it, in the order it was written, sectors of a write missing.
    Torn,
    /// Some of it, in any order.
    Reordered,
}

pub const CUTS: [Cut; 4] = [Cut::OnlySynced, Cut::Everything, Cut::Torn, Cut::Reordered];

impl Naming {
    fn apply(&self, names: &mut BTreeMap<PathBuf, Named>) {
        match self {
            Naming::Is(path, what) => drop(names.insert(path.clone(), *what)),
            Naming::Gone(path) => drop(names.remove(path)),
            Naming::Moved(from, to, what) => {
                // The name before may never have reached the disk; then only the new one does.
                names.remove(from);
                names.insert(to.clone(), *what);
            }
        }
    }
}

impl Content {
    fn sync(&mut self) {
        for change in std::mem::take(&mut self.waiting) {
            change.apply(&mut self.kept);
        }
    }

    fn after(&self, how: Cut, chance: &mut Chance) -> Vec<u8> {
        let mut bytes = self.kept.clone();
        let mut waiting: Vec<&Change> = self.waiting.iter().collect();
        match how {
            Cut::OnlySynced => return bytes,
            Cut::Everything => {
                waiting.iter().for_each(|change| change.apply(&mut bytes));
                return bytes;
            }
            Cut::Torn => {}
            Cut::Reordered => {
                for n in (1..waiting.len()).rev() {
                    waiting.swap(n, chance.roll(n as u64 + 1) as usize);
                }
            }
        }
        // Of some disks nearly all arrives, of others nearly nothing.
        let share = chance.roll(10);
        for change in waiting {
            match change {
                Change::Cut(_) if chance.roll(10) < share => change.apply(&mut bytes),
                Change::Cut(_) => {}
                Change::Write(at, whole) => {
                    let mut from = 0;
                    while from < whole.len() {
                        // Up to where the disk's next sector begins.
                        let to = whole.len().min((at + from) / SECTOR * SECTOR + SECTOR - at);
                        if chance.roll(10) < share {
                            Change::Write(at + from, whole[from..to].to_vec()).apply(&mut bytes);
                        }
                        from = to;
                    }
                }
            }
        }
        bytes
    }
}

impl Change {
    fn apply(&self, bytes: &mut Vec<u8>) {
        match self {
            Change::Cut(size) => bytes.resize(*size, 0),
            Change::Write(at, these) => {
                if bytes.len() < at + these.len() {
                    bytes.resize(at + these.len(), 0);
                }
                bytes[*at..at + these.len()].copy_from_slice(these);
            }
        }
    }
}
