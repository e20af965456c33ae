//! What was measured, on the screen as it comes, and as a table for docs/performance.md at the end.
use crate::{Outcome, data};
use rustix::time::{ClockId, clock_gettime};
use std::{fs, time::Duration};

/// What somebody would be glad of. It is shown beside a figure, and never asserted.
#[derive(Clone, Copy)]
pub enum Aim {
    None,
    /// At most so many times as long as the bare way.
    Ratio(f64),
    /// At most so many milliseconds.
    Ms(f64),
}

#[derive(Default)]
pub struct Figures {
    lines: Vec<String>,
}

/// Times of one thing done many times.
#[derive(Default)]
pub struct Series(Vec<Duration>);

impl Series {
    pub fn add(&mut self, time: Duration) {
        self.0.push(time);
    }
    /// The time that so many of a hundred did not exceed.
    pub fn p(&self, percent: usize) -> Duration {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        let last = sorted.len().saturating_sub(1);
        sorted.get((sorted.len() * percent).div_ceil(100).saturating_sub(1).min(last)).copied().unwrap_or_default()
    }
    pub fn sum(&self) -> Duration {
        self.0.iter().sum()
    }
}

/// The time the processor spent on it in this thread. The clock on the wall would also tell of whatever else the machine
/// does, and of its disk.
pub fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let begin = processor();
    let done = work();
    (processor().saturating_sub(begin), done)
}

fn processor() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec.try_into().unwrap_or(0), time.tv_nsec.try_into().unwrap_or(0))
}

pub fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}

impl Figures {
    /// One thing, done many times both ways, turn by turn: half of the times are at most the first figure, 95 in a
    /// hundred at most the second.
    pub fn series(&mut self, size: &data::Size, what: &str, ours: &Series, bare: &Series, aim: Aim) {
        let ratio = ours.sum().as_secs_f64() / bare.sum().as_secs_f64().max(1e-9);
        let figure = format!("{} / {}", shown(ours.p(50)), shown(ours.p(95)));
        self.line(
            size,
            what,
            &figure,
            &format!("{} / {}", shown(bare.p(50)), shown(bare.p(95))),
            ratio,
            ms(ours.p(95)),
            aim,
        );
    }

    /// One thing, done once both ways.
    pub fn once(&mut self, size: &data::Size, what: &str, ours: Duration, bare: Duration, aim: Aim) {
        let ratio = ours.as_secs_f64() / bare.as_secs_f64().max(1e-9);
        self.line(size, what, &shown(ours), &shown(bare), ratio, ms(ours), aim);
    }

    /// Memory, in MiB.
    pub fn memory(&mut self, size: &data::Size, what: &str, ours: f64, bare: f64) {
        self.line(
            size,
            what,
            &format!("{ours:.0} MiB"),
            &format!("{bare:.0} MiB"),
            ours / bare.max(1e-9),
            0.0,
            Aim::None,
        );
    }

    #[allow(clippy::too_many_arguments)] // One row of the table, column by column.
    fn line(&mut self, size: &data::Size, what: &str, ours: &str, bare: &str, ratio: f64, longest: f64, aim: Aim) {
        let word = |kept| if kept { "kept" } else { "missed" };
        let aim = match aim {
            Aim::None => String::new(),
            Aim::Ratio(most) => format!("≤ {most} ×, {}", word(ratio <= most)),
            Aim::Ms(most) => format!("≤ {most} ms, {}", word(longest <= most)),
        };
        let ratio = if ratio < 0.1 { format!("{ratio:.3}") } else { format!("{ratio:.2}") };
        println!("{:>5}  {what:<58} {ours:>20} {bare:>22} {ratio:>8} ×  {aim}", size.name);
        self.lines.push(format!("| {} | {what} | {ours} | {bare} | **{ratio}** | {aim} |", size.name));
    }

    /// Leaves the table in `target/bench/figures.md`.
    pub fn write(&self) -> Outcome {
        let head = "| people | what | Hallway | bare | ratio | aim |\n|---|---|---|---|---|---|\n";
        let path = data::folder()?.join("figures.md");
        fs::write(&path, format!("{head}{}\n", self.lines.join("\n")))?;
        println!("The table is in {}.", path.display());
        Ok(())
    }
}

fn shown(time: Duration) -> String {
    match ms(time) {
        t if t < 0.1 => format!("{:.0} µs", t * 1_000.0),
        t if t < 10.0 => format!("{t:.2} ms"),
        t if t < 1_000.0 => format!("{t:.0} ms"),
        t => format!("{:.1} s", t / 1_000.0),
    }
}
