//! Imports that are being written at this moment, and how far they are.
//!
//! What is written shows only when all of it is there; how far it is, the process that writes keeps in memory. When that ends,
//! nothing is left of either: the import waits as it did before.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};

use tokio::sync::Semaphore;

use crate::ids::{ImportId, UserId};

/// Imports that are written at the same time, whoever's they are; the others wait for their turn.
pub static TURNS: Semaphore = Semaphore::const_new(2);

/// By whose they are: one at a time.
static RUNS: LazyLock<Mutex<HashMap<UserId, Known>>> = LazyLock::new(Mutex::default);

fn runs() -> MutexGuard<'static, HashMap<UserId, Known>> {
    RUNS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What is known of the last import somebody began, until it is done.
struct Known {
    import: ImportId,
    /// Nothing any more once it failed.
    progress: Option<Arc<Progress>>,
}

/// How many rows are written, of how many; none of none while it waits.
#[derive(Default)]
struct Progress {
    written: AtomicUsize,
    of: AtomicUsize,
}

/// How far an import is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It is being written, or will be: so many rows of so many.
    Writing {
        /// Written.
        written: usize,
        /// Of so many; zero while it waits for its turn.
        of: usize,
    },
    /// It broke off, and nothing of it was written.
    Failed,
}

/// What somebody began last, unless it is done.
pub fn of(user: UserId) -> Option<(ImportId, State)> {
    let runs = runs();
    let known = runs.get(&user)?;
    let state = known.progress.as_ref().map_or(State::Failed, |progress| {
        let (written, of) = (progress.written.load(Ordering::Relaxed), progress.of.load(Ordering::Relaxed));
        State::Writing { written: written.min(of), of }
    });
    Some((known.import, state))
}

/// Said to somebody who wants more of imports while one of theirs is being written.
pub const WAIT: &str = "An import of yours is being written. Try again when it's done.";

/// Whether an import of theirs is being written.
pub fn is_busy(user: UserId) -> bool {
    matches!(of(user), Some((_, State::Writing { .. })))
}

/// An import that is being written. Dropped before it is finished, it failed.
pub struct Run {
    user: UserId,
    progress: Arc<Progress>,
}

impl Run {
    /// Begins one; nothing while another of the same person is being written.
    pub fn begin(user: UserId, import: ImportId) -> Option<Self> {
        let mut runs = runs();
        if runs.get(&user).is_some_and(|known| known.progress.is_some()) {
            return None;
        }
        let progress = Arc::new(Progress::default());
        runs.insert(user, Known { import, progress: Some(Arc::clone(&progress)) });
        Some(Self { user, progress })
    }

    /// So many rows will be written.
    pub fn expect(&self, rows: usize) {
        self.progress.of.store(rows, Ordering::Relaxed);
    }

    /// So many more were.
    pub fn advance(&self, rows: usize) {
        self.progress.written.fetch_add(rows, Ordering::Relaxed);
    }

    /// All of it is there.
    pub fn finish(self) {
        runs().remove(&self.user);
    }
}

impl Drop for Run {
    fn drop(&mut self) {
        if let Some(known) = runs().get_mut(&self.user) {
            let is_this = known.progress.as_ref().is_some_and(|progress| Arc::ptr_eq(progress, &self.progress));
            if is_this {
                known.progress = None;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_at_a_time_is_written_and_seen_until_it_is_done() {
        let (user, import) = (UserId::new(), ImportId::new());
        assert_eq!(of(user), None);
        let run = Run::begin(user, import).unwrap();
        assert!(Run::begin(user, ImportId::new()).is_none());
        assert_eq!(of(user), Some((import, State::Writing { written: 0, of: 0 })));
        run.expect(10);
        run.advance(4);
        assert_eq!(of(user), Some((import, State::Writing { written: 4, of: 10 })));
        drop(run);
        assert_eq!(of(user), Some((import, State::Failed)));
        let again = Run::begin(user, import).unwrap();
        again.finish();
        assert_eq!(of(user), None);
    }
}
