//! Writes to a file until it is stopped, and says before and after each write what it does. The proofs of durability
//! stop it at any moment and look whether everything it acknowledged is there. Never shipped.
//!
//! `hallway-writer --file F --name W --seed N --acts add,log,… [--writes N] [--acknowledge early] [--synchronous NORMAL]`
//! prints `ready`, then for every write `begin STEP` and, when it is on the disk, `done ANSWER`. A write that fails is
//! `failed CODE SENTENCE`. `early` acknowledges before it writes, and `--synchronous` writes without waiting for the
//! disk: liars, by which the proofs show that they would notice one.
use acts::Hand;
use serde_json::Value;
use std::{
    collections::HashMap,
    io::{self, Write},
    path::Path,
};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let options: HashMap<&str, &str> =
        arguments.chunks_exact(2).map(|pair| (pair[0].as_str(), pair[1].as_str())).collect();
    let option = |name: &str| options.get(name).copied();
    let needed = |name: &str| option(name).ok_or_else(|| format!("say which {name}"));
    let mix: Vec<&str> = needed("--acts")?.split(',').collect();
    let writes: u64 = option("--writes").map_or(Ok(u64::MAX), str::parse)?;
    let early = option("--acknowledge") == Some("early");
    let mut hand = Hand::new(Path::new(needed("--file")?), needed("--name")?, needed("--seed")?.parse()?)?;
    if let Some(synchronous) = option("--synchronous") {
        hand.forget_to_sync(synchronous)?;
    }
    say("ready")?;
    for _ in 0..writes {
        let step = hand.choose(&mix);
        say(&format!("begin {step}"))?;
        if early {
            say(&format!("done {}", Value::Null))?;
        }
        let answer = hand.take(&step)?;
        if !early {
            say(&format!("done {answer}"))?;
        }
    }
    Ok(())
}

/// A line that is out of this process when this returns.
fn say(line: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(format!("{line}\n").as_bytes())?;
    out.flush()
}
