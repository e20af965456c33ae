//! What was worked out from one commit and is kept for whoever asks the same of it. Knows no feature.
use super::{ANSWERS_KEPT, Cached, Store, held};
use crate::error::Result;
use std::{
    any::Any,
    collections::HashMap,
    sync::{Arc, Mutex, OnceLock},
};

impl Store {
    /// What goes on over many calls.
    pub(crate) fn lasting<T: Any + Send + Sync>(&self) -> Option<Arc<T>> {
        held(&self.lasting).clone().and_then(|kept| kept.downcast().ok())
    }
    pub(crate) fn keep_lasting(&self, what: Option<Cached>) {
        *held(&self.lasting) = what;
    }

    /// Where the answer to a request stands, or will stand.
    pub(crate) fn answer_to<T: Any + Send + Sync>(&self, request: &str) -> Arc<OnceLock<T>> {
        let mut answers = held(&self.answers);
        let known = answers.iter().find(|(asked, _)| asked == request).map(|(_, answer)| answer.clone());
        if let Some(Ok(answer)) = known.map(Arc::downcast) {
            return answer;
        }
        if answers.len() >= ANSWERS_KEPT {
            answers.pop_front();
        }
        let answer = Arc::new(OnceLock::new());
        answers.push_back((request.to_owned(), answer.clone()));
        answer
    }

    pub(super) fn cached<T: Send + Sync + 'static>(
        &self,
        answers: &Mutex<Answers>,
        key: &str,
        commit: i64,
        make: impl FnOnce() -> Result<T>,
    ) -> Result<Arc<T>> {
        let known = held(answers).get(key, commit);
        if let Some(known) = known {
            return Ok(known);
        }
        // Made while nobody is kept waiting, since it may ask for others.
        let value = Arc::new(make()?);
        Ok(held(answers).put(key, commit, value))
    }
}

/// Answers by what was asked. When there are too many, the one goes that nobody asked for the longest.
pub(super) struct Answers {
    most: usize,
    /// Rises with every question.
    clock: u64,
    values: HashMap<String, Answer>,
}

struct Answer {
    commit: i64,
    asked: u64,
    value: Cached,
}

impl Answers {
    pub fn at_most(most: usize) -> Answers {
        Answers { most, clock: 0, values: HashMap::new() }
    }

    /// What was answered of that commit.
    pub fn get<T: Any + Send + Sync>(&mut self, key: &str, commit: i64) -> Option<Arc<T>> {
        self.clock += 1;
        let answer = self.values.get_mut(key).filter(|answer| answer.commit == commit)?;
        answer.asked = self.clock;
        answer.value.clone().downcast().ok()
    }

    /// Keeps an answer, unless somebody else was quicker: then it is theirs that everybody is given.
    pub fn put<T: Any + Send + Sync>(&mut self, key: &str, commit: i64, value: Arc<T>) -> Arc<T> {
        if let Some(known) = self.get(key, commit) {
            return known;
        }
        if self.values.len() >= self.most {
            self.values.retain(|_, answer| answer.commit >= commit);
        }
        while self.values.len() >= self.most {
            let Some(oldest) = self.values.iter().min_by_key(|(_, answer)| answer.asked).map(|(key, _)| key.clone())
            else {
                break;
            };
            self.values.remove(&oldest);
        }
        self.values.insert(key.to_owned(), Answer { commit, asked: self.clock, value: value.clone() });
        value
    }

    pub fn clear(&mut self) {
        self.values.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(answers: &mut Answers, key: &str, commit: i64) -> Option<i64> {
        answers.get::<i64>(key, commit).map(|value| *value)
    }

    #[test]
    fn whoever_was_asked_for_last_stays() {
        let mut answers = Answers::at_most(3);
        for (n, key) in (0_i64..).zip(["a", "b", "c"]) {
            answers.put(key, 1, Arc::new(n));
        }
        assert_eq!(ask(&mut answers, "a", 1), Some(0));
        answers.put("d", 1, Arc::new(3_i64));
        let left: Vec<Option<i64>> = ["a", "b", "c", "d"].map(|key| ask(&mut answers, key, 1)).into();
        assert_eq!(left, [Some(0), None, Some(2), Some(3)]);
    }

    #[test]
    fn an_answer_is_true_of_its_commit_alone_and_the_first_is_everybodys() {
        let mut answers = Answers::at_most(2);
        answers.put("a", 1, Arc::new(1_i64));
        assert_eq!(*answers.put("a", 1, Arc::new(7_i64)), 1);
        assert_eq!(ask(&mut answers, "a", 2), None);
        assert_eq!(*answers.put("a", 2, Arc::new(2_i64)), 2);
        assert_eq!(ask(&mut answers, "a", 2), Some(2));
        // What is older goes before what is asked for still.
        answers.put("b", 3, Arc::new(3_i64));
        answers.put("c", 3, Arc::new(4_i64));
        assert_eq!((ask(&mut answers, "a", 2), ask(&mut answers, "b", 3)), (None, Some(3)));
    }
}
