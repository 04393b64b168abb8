//! Sending what waits in a queue: one looks at it, and hands over several at once.

use std::mem;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use futures_util::{StreamExt, stream};
use tokio::sync::watch;

use crate::error::Result;

/// Between one look at a queue and the next, unless there is news: other copies of the program put things there, too.
const EVERY: Duration = Duration::from_secs(10);

/// What waits to be sent, and how it is.
pub trait Queue: Sync {
    /// What was taken out of it.
    type Taken: Send;
    /// How many are handed over at once.
    const AT_ONCE: usize;

    /// Takes what is due longest, for a while. Nothing where nothing is.
    ///
    /// # Errors
    /// Only the database's.
    fn take(&self) -> impl Future<Output = Result<Option<Self::Taken>>> + Send;

    /// Hands it over, and keeps what came of it.
    ///
    /// # Errors
    /// Only the database's.
    fn send(&self, taken: Self::Taken) -> impl Future<Output = Result<()>> + Send;

    /// Writes down how it went, each time that nothing more is due.
    fn note(&self, outcome: &Result<()>) -> impl Future<Output = ()> + Send;

    /// Returns once there may be something new.
    fn news(&self) -> impl Future<Output = ()> + Send;
}

/// Sends what is due longest. False where nothing is.
///
/// # Errors
/// Only the database's.
pub async fn next<Q: Queue>(queue: &Q) -> Result<bool> {
    let Some(taken) = queue.take().await? else { return Ok(false) };
    queue.send(taken).await?;
    Ok(true)
}

/// Sends what is due until told to stop, so many at once that one which is slow keeps no other waiting. What is on its way
/// then is finished first.
pub async fn keep<Q: Queue>(queue: &Q, stop: watch::Receiver<bool>) {
    let fared = &Mutex::new(Ok(()));
    let due = stream::unfold(stop, |mut stop| async move {
        loop {
            if *stop.borrow() {
                return None;
            }
            let outcome = match queue.take().await {
                Ok(Some(taken)) => return Some((taken, stop)),
                Ok(None) => mem::replace(&mut *fared.lock().unwrap_or_else(PoisonError::into_inner), Ok(())),
                Err(error) => {
                    tracing::error!(%error, "what waits to be sent could not be read");
                    Err(error)
                }
            };
            queue.note(&outcome).await;
            tokio::select! {
                biased;
                _ = stop.wait_for(|stop| *stop) => return None,
                () = queue.news() => {}
                () = tokio::time::sleep(EVERY) => {}
            }
        }
    });
    let send = |taken| async move {
        if let Err(error) = queue.send(taken).await {
            tracing::error!(%error, "what came of sending could not be kept");
            *fared.lock().unwrap_or_else(PoisonError::into_inner) = Err(error);
        }
    };
    due.for_each_concurrent(Q::AT_ONCE, send).await;
}

#[cfg(test)]
mod tests {
    use std::collections::VecDeque;
    use std::sync::MutexGuard;

    use tokio::sync::Notify;

    use super::*;
    use crate::error::Error;

    /// Takes its time, until it is let go.
    const SLOW: u32 = 0;
    /// Cannot be kept.
    const TROUBLE: u32 = 13;

    /// A queue of numbers.
    #[derive(Default)]
    struct Numbers {
        due: Mutex<VecDeque<u32>>,
        sent: Mutex<Vec<u32>>,
        looks: Mutex<usize>,
        /// Whether it went well, each time that was written down.
        noted: Mutex<Vec<bool>>,
        let_go: Notify,
        news: Notify,
    }

    fn of<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
        shared.lock().unwrap()
    }

    impl Numbers {
        fn with(due: impl IntoIterator<Item = u32>) -> Self {
            Self { due: Mutex::new(due.into_iter().collect()), ..Self::default() }
        }

        fn put(&self, number: u32) {
            of(&self.due).push_back(number);
            self.news.notify_one();
        }

        async fn until(&self, fits: impl Fn(&Self) -> bool) {
            while !fits(self) {
                tokio::task::yield_now().await;
            }
        }
    }

    impl Queue for Numbers {
        type Taken = u32;
        const AT_ONCE: usize = 2;

        async fn take(&self) -> Result<Option<u32>> {
            *of(&self.looks) += 1;
            Ok(of(&self.due).pop_front())
        }

        async fn send(&self, taken: u32) -> Result<()> {
            match taken {
                SLOW => self.let_go.notified().await,
                TROUBLE => return Err(Error::NotFound),
                _ => tokio::task::yield_now().await,
            }
            of(&self.sent).push(taken);
            Ok(())
        }

        async fn note(&self, outcome: &Result<()>) {
            of(&self.noted).push(outcome.is_ok());
        }

        async fn news(&self) {
            self.news.notified().await;
        }
    }

    /// Keeps sending while that is done, and until it stops.
    async fn during(numbers: &Numbers, done: impl AsyncFnOnce(watch::Sender<bool>)) {
        let (stop, stopped) = watch::channel(false);
        tokio::join!(keep(numbers, stopped), done(stop));
    }

    #[tokio::test]
    async fn a_slow_one_keeps_no_other_waiting_and_is_finished_before_the_end() {
        let numbers = Numbers::with([SLOW, 1, 2, 3]);
        during(&numbers, async |stop| {
            numbers.until(|it| of(&it.sent).len() == 3).await;
            stop.send_replace(true);
            tokio::task::yield_now().await;
            numbers.let_go.notify_one();
        })
        .await;
        assert_eq!(*of(&numbers.sent), [1, 2, 3, SLOW]);
    }

    #[tokio::test]
    async fn no_more_are_handed_over_than_go_at_once_and_none_once_it_stops() {
        let numbers = Numbers::with([SLOW, SLOW, 1]);
        during(&numbers, async |stop| {
            numbers.until(|it| *of(&it.looks) == 2).await;
            tokio::task::yield_now().await;
            assert_eq!(*of(&numbers.looks), 2, "what is not handed over is left to others");
            stop.send_replace(true);
            numbers.let_go.notify_one();
            numbers.until(|it| of(&it.sent).len() == 1).await;
            numbers.let_go.notify_one();
        })
        .await;
        assert_eq!((&*of(&numbers.sent), of(&numbers.due).len()), (&vec![SLOW, SLOW], 1));
    }

    #[tokio::test]
    async fn while_nothing_waits_it_looks_once_and_notes_once_until_there_is_news() {
        let numbers = Numbers::default();
        during(&numbers, async |stop| {
            numbers.until(|it| of(&it.noted).len() == 1).await;
            tokio::task::yield_now().await;
            assert_eq!(*of(&numbers.looks), 1);
            numbers.put(1);
            numbers.until(|it| of(&it.noted).len() == 2).await;
            assert_eq!(*of(&numbers.looks), 3, "the one, and that there is no other");
            stop.send_replace(true);
        })
        .await;
    }

    #[tokio::test]
    async fn trouble_is_written_down_with_the_next_look_and_once() {
        let numbers = Numbers::with([TROUBLE]);
        during(&numbers, async |stop| {
            for looks in 1..=3 {
                numbers.until(|it| of(&it.noted).len() == looks).await;
                tokio::task::yield_now().await;
                numbers.news.notify_one();
            }
            stop.send_replace(true);
        })
        .await;
        let noted = of(&numbers.noted);
        assert_eq!(noted.iter().filter(|well| !**well).count(), 1, "{noted:?}");
    }
}
