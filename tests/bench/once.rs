//! From nothing to a list: in a process of its own, so that nothing is warm but the disk, and memory can be told.
use crate::{
    Outcome,
    data::{self, Size, call},
    figures::{Aim, Figures, Series, timed},
    large,
    notes::rows,
};
use serde_json::{Value, json};
use std::{
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

const TIMES: usize = 5;

/// A child says how many microseconds it took, how many KiB it holds, and how many it held at most.
pub fn child(what: &str, file: &Path) -> Outcome {
    let mut done = json!({});
    let (time, kept) = match what {
        "name" | "touch" => timed(|| -> Outcome<Box<dyn std::any::Any>> {
            let store = data::opened(file)?;
            let (sort, descending) = if what == "name" { ("name", false) } else { ("last_touch", true) };
            let query = json!({ "filter": { "text": "" }, "sort": sort, "descending": descending });
            let said = call(&store, "people.list", json!({ "query": query, "offset": 0, "limit": 60 }))?;
            Ok(Box::new((store, said)))
        }),
        "import" => timed(|| -> Outcome<Box<dyn std::any::Any>> {
            done = large::bring_in(file)?;
            Ok(Box::new(()))
        }),
        _ => timed(|| -> Outcome<Box<dyn std::any::Any>> {
            let conn = data::bare(file)?;
            let order = if what == "bare name" { "sort_name, person" } else { "last_touch_on DESC, sort_name, person" };
            let first = rows(&conn, &format!("SELECT * FROM person_state ORDER BY {order} LIMIT 60"), &[])?;
            let count = rows(&conn, "SELECT count(*) FROM person_state", &[])?;
            Ok(Box::new((conn, first, count)))
        }),
    };
    let kept = kept?;
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let held = |what: &str| {
        let kib = |line: &str| line.strip_prefix(what)?.trim().strip_suffix(" kB")?.parse::<u64>().ok();
        status.lines().find_map(kib).unwrap_or(0)
    };
    let (added, waiting) = (&done["added"], &done["waiting"]);
    println!(
        "{}",
        json!({ "us": time.as_micros() as u64, "kib": held("VmRSS:"), "most": held("VmHWM:"), "added": added, "waiting": waiting })
    );
    drop(kept);
    Ok(())
}

pub fn start(figures: &mut Figures, size: &Size) -> Outcome {
    let path = data::path(size)?;
    let (by_name, by_touch) = (["name", "bare name"], ["touch", "bare touch"]);
    let (held, held_bare) =
        first_rows(figures, size, &path, "open the file and list the first 60 people by name", by_name)?;
    figures.memory(size, "memory of that process", held, held_bare);
    first_rows(figures, size, &path, "open the file and list the 60 heard from last, as a window does", by_touch)?;
    terminal(figures, size, &path)
}

/// The memory both hold at the end, in MiB.
fn first_rows(
    figures: &mut Figures,
    size: &Size,
    path: &Path,
    told: &str,
    whats: [&'static str; 2],
) -> Outcome<(f64, f64)> {
    let (mut ours, mut bare) = (Series::default(), Series::default());
    let (mut held, mut held_bare) = (0.0_f64, 0.0_f64);
    // The first run of each only warms the disk.
    for n in 0..=TIMES {
        for (what, series, held) in [(whats[0], &mut ours, &mut held), (whats[1], &mut bare, &mut held_bare)] {
            let said = Command::new(std::env::current_exe()?).arg(format!("--child={what}")).arg(path).output()?;
            let said: Value = serde_json::from_slice(&said.stdout)?;
            if n > 0 {
                series.add(Duration::from_micros(said["us"].as_u64().unwrap_or(0)));
                *held = said["kib"].as_f64().unwrap_or(0.0) / 1024.0;
            }
        }
    }
    figures.series(size, told, &ours, &bare, Aim::None);
    Ok((held, held_bare))
}

/// One call on a command line, where everything begins anew each time.
fn terminal(figures: &mut Figures, size: &Size, path: &Path) -> Outcome {
    let cli = program()?;
    let list =
        "SELECT name, organisation, city, stage, last_touch_on FROM person_state ORDER BY sort_name, person LIMIT 50;
        SELECT count(*) FROM person_state;";
    let path = path.as_os_str();
    let (mut ours, mut bare) = (Series::default(), Series::default());
    for _ in 0..TIMES {
        let now = ["--now", "2026-05-21T12:00:00Z", "list", "--limit", "50"].map(OsStr::new);
        ours.add(spent(cli.as_os_str(), &[&[OsStr::new("--file"), path], now.as_slice()].concat())?);
        bare.add(spent("sqlite3".as_ref(), &[path, list.as_ref()])?);
    }
    figures.series(size, "hallway-cli list, against the shell of sqlite3", &ours, &bare, Aim::None);
    Ok(())
}

/// The time the processor spent on a program, as the shell tells it. What it prints is thrown away.
pub fn spent(program: &OsStr, arguments: &[&OsStr]) -> Outcome<Duration> {
    let script = r#""$0" "$@" >/dev/null || exit 1; times"#;
    let said = Command::new("bash").args(["-c", script]).arg(program).args(arguments).output()?;
    let times = String::from_utf8_lossy(&said.stdout).into_owned();
    let of_children = times.lines().nth(1).filter(|_| said.status.success());
    let seconds = of_children.into_iter().flat_map(str::split_whitespace).map(|time| {
        let (minutes, seconds) = time.trim_end_matches('s').split_once('m')?;
        Some(minutes.parse::<f64>().ok()? * 60.0 + seconds.parse::<f64>().ok()?)
    });
    match seconds.sum::<Option<f64>>() {
        Some(seconds) if of_children.is_some() => Ok(Duration::from_secs_f64(seconds)),
        _ => Err(format!("{}: {}", program.display(), String::from_utf8_lossy(&said.stderr)).into()),
    }
}

/// The command line as it is shipped.
pub fn program() -> Outcome<PathBuf> {
    let cli = data::folder()?.join("../release/hallway-cli");
    if !cli.exists() {
        return Err("hallway-cli is not built yet. `make bench` builds it.".into());
    }
    Ok(cli)
}
