//! Several callers at once, each a chain of transactions and of calls to the outside.
//!
//! *In turn*, the seed draws who goes on whenever somebody was answered, and one question is open at a time: every way in which
//! transactions can follow each other can happen, and a seed replays exactly. *At once*, everybody goes on as soon as they were
//! answered: on PostgreSQL their transactions truly run beside each other, and no seed decides who is first.

use crate::chance::Chance;
use crate::faulty::{Line, Mark};
use base::Result;
use futures::task::AtomicWaker;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};

/// Somebody at work; says what came of it.
pub(crate) type Caller = Pin<Box<dyn Future<Output = Result<String>> + Send>>;

/// How it ended.
pub(crate) struct Ended {
    /// What each said; none of those who wait for an answer that does not come.
    pub(crate) said: Vec<Option<Result<String>>>,
    /// Those who wait.
    pub(crate) hanging: Vec<Caller>,
    /// The process died, and everybody with it.
    pub(crate) died: bool,
}

/// Tells that a caller was answered.
struct Bell {
    rung: AtomicBool,
    any: Arc<AtomicWaker>,
}

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        self.rung.store(true, Ordering::SeqCst);
        self.any.wake();
    }
}

struct Seat {
    caller: Option<Caller>,
    bell: Arc<Bell>,
    said: Option<Result<String>>,
    hangs: bool,
}

/// Lets everybody go on until all are done, or wait for answers that do not come. `draws` decides who is next; without it, whoever
/// was answered. The process dies after so many moves, if `dies_after` says so.
pub(crate) async fn together(
    line: &Line,
    mut draws: Option<&mut Chance>,
    dies_after: Option<usize>,
    callers: Vec<Caller>,
) -> Ended {
    let any = Arc::new(AtomicWaker::new());
    let seat = |caller| Seat {
        // The runtime's own turns, which hang on time, are not these.
        caller: Some(Box::pin(tokio::task::unconstrained(caller)) as Caller),
        bell: Arc::new(Bell { rung: AtomicBool::new(true), any: any.clone() }),
        said: None,
        hangs: false,
    };
    let mut seats: Vec<Seat> = callers.into_iter().map(seat).collect();
    let mut moves = 0;
    loop {
        let mut able: Vec<usize> =
            (0..seats.len()).filter(|at| seats[*at].caller.is_some() && !seats[*at].hangs).collect();
        if let Some(chance) = &mut draws {
            able = chance.pick(&able).copied().into_iter().collect();
        }
        if able.is_empty() {
            let hanging = seats.iter_mut().filter_map(|seat| seat.caller.take()).collect();
            return Ended { said: seats.into_iter().map(|seat| seat.said).collect(), hanging, died: false };
        }
        let at = answered(&seats, &able, &any).await;
        // Between two questions: in turn, nothing is under way when the process dies.
        let mark = if dies_after == Some(moves) { Some(Mark::Died) } else { go_on(&mut seats[at], line) };
        if mark == Some(Mark::Died) {
            return Ended { said: Vec::new(), hanging: Vec::new(), died: true };
        }
        moves += 1;
        // One question at a time: the next draw waits for the answer to this one.
        if draws.is_some() && mark.is_none() && seats[at].caller.is_some() {
            answered(&seats, &[at], &any).await;
        }
    }
}

/// Waits until one of `able` can go on.
async fn answered(seats: &[Seat], able: &[usize], any: &AtomicWaker) -> usize {
    poll_fn(|context| {
        any.register(context.waker());
        let rung = able.iter().find(|at| seats[**at].bell.rung.load(Ordering::SeqCst));
        rung.map_or(Poll::Pending, |at| Poll::Ready(*at))
    })
    .await
}

/// Lets a caller go on to its next question. Says what happened on the line.
fn go_on(seat: &mut Seat, line: &Line) -> Option<Mark> {
    seat.bell.rung.store(false, Ordering::SeqCst);
    let waker = Waker::from(seat.bell.clone());
    let caller = seat.caller.as_mut()?;
    match caller.as_mut().poll(&mut Context::from_waker(&waker)) {
        Poll::Ready(said) => {
            (seat.said, seat.caller) = (Some(said), None);
            None
        }
        Poll::Pending => {
            let mark = line.take_mark();
            seat.hangs = mark == Some(Mark::Hangs);
            mark
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Mutex;

    type Story = Arc<Mutex<Vec<(usize, usize)>>>;

    fn walker(name: usize, story: &Story) -> Caller {
        let story = story.clone();
        Box::pin(async move {
            for step in 0..3 {
                story.lock().unwrap().push((name, step));
                tokio::task::yield_now().await;
            }
            Ok(name.to_string())
        })
    }

    fn run<T>(work: impl Future<Output = T>) -> T {
        tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(work)
    }

    #[test]
    fn a_seed_decides_who_goes_on() {
        let stories = |seed| {
            let (story, line) = (Story::default(), Line::new(1));
            let callers = (0..4).map(|name| walker(name, &story)).collect();
            let ended = run(together(&line, Some(&mut Chance::new(seed)), None, callers));
            assert!(ended.said.iter().all(|said| matches!(said, Some(Ok(_)))) && ended.hanging.is_empty());
            story.lock().unwrap().clone()
        };
        assert_eq!(stories(1), stories(1));
        assert_ne!(stories(1), stories(2));
        let turns = stories(1).windows(2).filter(|pair| pair[0].0 != pair[1].0).count();
        assert!(turns > 4, "they take turns");
    }

    #[test]
    fn who_is_not_answered_waits_and_the_others_go_on() {
        for seed in [None, Some(1)] {
            let (story, line) = (Story::default(), Line::new(1));
            let asks = line.clone();
            let silent: Caller = Box::pin(async move {
                asks.wait().await;
                Ok("answered".into())
            });
            let mut chance = seed.map(Chance::new);
            let callers = vec![silent, walker(1, &story)];
            let ended = run(together(&line, chance.as_mut(), None, callers));
            assert!(ended.said[0].is_none() && matches!(ended.said[1], Some(Ok(_))) && !ended.died);
            line.answer();
            let ended = run(together(&line, chance.as_mut(), None, ended.hanging));
            assert_eq!(ended.said[0].as_ref().unwrap().as_deref().unwrap(), "answered");
        }
    }

    #[test]
    fn everybody_dies_with_the_process() {
        let (story, line) = (Story::default(), Line::new(1));
        let dies = line.clone();
        let dying: Caller = Box::pin(async move { dies.die().await });
        let ended = run(together(&line, None, None, vec![walker(1, &story), dying]));
        assert!(ended.died);
        let ended = run(together(&line, None, Some(2), vec![walker(1, &story), walker(2, &story)]));
        assert!(ended.died && story.lock().unwrap().len() < 8);
    }
}
