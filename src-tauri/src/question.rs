//! A question to another program, which may never answer.
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::thread;
use std::time::Duration;

#[derive(Default)]
pub struct Question {
    /// Whoever asks at the same time waits for their turn.
    turn: Mutex<()>,
    /// It was asked and not answered yet.
    open: Arc<AtomicBool>,
}

impl Question {
    /// The answer, if it comes in time. While one that came too late is still awaited nobody is asked again, so that a
    /// program that hangs costs one thread and not one each time.
    pub fn ask<T: Send + 'static>(&self, patience: Duration, ask: impl FnOnce() -> T + Send + 'static) -> Option<T> {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        if self.open.swap(true, Ordering::SeqCst) {
            return None;
        }
        let (answer, heard) = mpsc::channel();
        let open = Arc::clone(&self.open);
        let asking = thread::Builder::new().name("asking".into()).spawn(move || {
            let said = ask();
            open.store(false, Ordering::SeqCst);
            // Nobody may be waiting for it any more.
            let _ = answer.send(said);
        });
        if let Err(error) = asking {
            self.open.store(false, Ordering::SeqCst);
            eprintln!("Another program could not be asked: {error}");
            return None;
        }
        heard.recv_timeout(patience).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_hangs_is_waited_for_once_and_no_longer_than_that() {
        let question = Question::default();
        let long = Duration::from_secs(60);
        assert_eq!(question.ask(long, || true), Some(true));
        let (let_go, held) = mpsc::channel::<()>();
        let hung = question.ask(Duration::ZERO, move || {
            let _ = held.recv();
            true
        });
        assert_eq!(hung, None);
        assert_eq!(question.ask(long, || true), None, "it still hangs, so it is not asked again");
        drop(let_go);
        let answered = (0..6_000).any(|_| {
            thread::park_timeout(Duration::from_millis(10));
            question.ask(long, || true) == Some(true)
        });
        assert!(answered, "it answers again");
    }
}
