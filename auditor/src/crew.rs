//! Portions of ballots verified on all processors, while the ledger is read on.
//!
//! Portions come back in the order they were handed over, whoever was faster.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::batch::{Checker, Done, Portion};

/// Whoever verifies.
pub(crate) struct Crew {
    /// Verified here, at once: where there are no threads, or too little to do.
    ready: VecDeque<Done>,
    #[cfg(not(target_family = "wasm"))]
    threads: threads::Threads,
}

impl Crew {
    /// A crew of so many.
    #[cfg_attr(target_family = "wasm", allow(unused_variables))]
    pub(crate) fn new(workers: usize) -> Self {
        Self {
            ready: VecDeque::new(),
            #[cfg(not(target_family = "wasm"))]
            threads: threads::Threads::new(workers),
        }
    }

    /// Takes a portion over. One that is not full, and has no company, is
    /// verified at once: threads would cost more than they help.
    #[cfg_attr(target_family = "wasm", allow(unused_variables))]
    pub(crate) fn submit(&mut self, checker: &Arc<Checker>, portion: Portion, full: bool) {
        #[cfg(not(target_family = "wasm"))]
        if full || self.threads.outstanding() > 0 {
            self.threads.submit(checker, portion);
            return;
        }
        self.ready.push_back(checker.check(&portion));
    }

    /// Whether it is time to wait for results: more portions would only take memory.
    pub(crate) fn is_busy(&self) -> bool {
        #[cfg(not(target_family = "wasm"))]
        if self.threads.is_busy() {
            return true;
        }
        !self.ready.is_empty()
    }

    /// The next result in order, after waiting for it if asked to. `None`:
    /// there is none, or it is not there yet.
    #[cfg_attr(target_family = "wasm", allow(unused_variables))]
    pub(crate) fn next(&mut self, wait: bool) -> Option<Done> {
        if let Some(done) = self.ready.pop_front() {
            return Some(done);
        }
        #[cfg(not(target_family = "wasm"))]
        return self.threads.next(wait);
        #[cfg(target_family = "wasm")]
        None
    }
}

#[cfg(not(target_family = "wasm"))]
mod threads {
    use std::collections::{BTreeMap, VecDeque};
    use std::panic::{AssertUnwindSafe, catch_unwind};
    use std::sync::mpsc::{Receiver, Sender, channel};
    use std::sync::{Arc, Mutex, PoisonError};

    use crate::batch::{Checker, Done, Portion, unanswered};

    struct Job {
        number: u64,
        checker: Arc<Checker>,
        portion: Portion,
    }

    /// Where jobs go in, and answers with their jobs' numbers come out.
    type Running = (Sender<Job>, Receiver<(u64, Done)>);

    /// Portions on their way through threads, which end with the crew.
    pub(super) struct Threads {
        workers: usize,
        running: Option<Running>,
        /// Portions out, each as it is if no answer ever comes.
        out: VecDeque<Done>,
        /// Number of the first of them.
        first: u64,
        /// Answers that came before their turn.
        early: BTreeMap<u64, Done>,
    }

    impl Threads {
        pub(super) fn new(workers: usize) -> Self {
            Self {
                workers,
                running: None,
                out: VecDeque::new(),
                first: 0,
                early: BTreeMap::new(),
            }
        }

        pub(super) fn outstanding(&self) -> usize {
            self.out.len()
        }

        /// Every worker has a portion, and one that follows.
        pub(super) fn is_busy(&self) -> bool {
            self.out.len() >= 2 * self.workers
        }

        pub(super) fn submit(&mut self, checker: &Arc<Checker>, portion: Portion) {
            let number = self.first + self.out.len() as u64;
            self.out.push_back(unanswered(&portion));
            let workers = self.workers;
            let (jobs, _) = self.running.get_or_insert_with(|| start(workers));
            // Where no worker is left, the portion stays unanswered.
            let _ = jobs.send(Job {
                number,
                checker: checker.clone(),
                portion,
            });
        }

        pub(super) fn next(&mut self, wait: bool) -> Option<Done> {
            let number = self.first;
            let without_answer = self.out.front()?;
            debug_assert!(!without_answer.ballots.is_empty());
            while !self.early.contains_key(&number) {
                let (_, results) = self.running.as_ref()?;
                let answer = match wait {
                    true => results.recv().ok(),
                    false => Some(results.try_recv().ok()?),
                };
                match answer {
                    Some((number, done)) => self.early.insert(number, done),
                    None => break,
                };
            }
            self.first += 1;
            let unanswered = self.out.pop_front();
            self.early.remove(&number).or(unanswered)
        }
    }

    fn start(workers: usize) -> Running {
        let (jobs, queue) = channel::<Job>();
        let (answers, results) = channel();
        let queue = Arc::new(Mutex::new(queue));
        for _ in 0..workers {
            let (queue, answers) = (queue.clone(), answers.clone());
            std::thread::spawn(move || {
                let next = || queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
                while let Ok(job) = next() {
                    let check = AssertUnwindSafe(|| job.checker.check(&job.portion));
                    let done = catch_unwind(check).unwrap_or_else(|_| unanswered(&job.portion));
                    if answers.send((job.number, done)).is_err() {
                        return;
                    }
                }
            });
        }
        (jobs, results)
    }
}
