//! A stream on which no wait is endless: for the rest of a request's head, for a client that reads nothing, for its goodbye.

use super::limits::Limits;
use super::slots::State;
use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Sleep, sleep};

/// So much is read over of what a client still sends when the last answer is out: closing on unread bytes would take the answer
/// away from it.
const PARTING_BYTES: usize = 1024 * 1024;

type Clock = Option<Pin<Box<Sleep>>>;

/// A stream with clocks.
pub(super) struct Clocked<S> {
    stream: S,
    state: Arc<State>,
    limits: Limits,
    /// Runs from the first byte of a head until there is a request.
    head: Clock,
    /// Runs while the client takes nothing.
    stalled: Clock,
    /// Runs from our goodbye.
    parting: Clock,
    parted: usize,
}

impl<S> Clocked<S> {
    pub(super) fn new(stream: S, state: Arc<State>, limits: Limits) -> Clocked<S> {
        Clocked { stream, state, limits, head: None, stalled: None, parting: None, parted: 0 }
    }
}

fn started(clock: &mut Clock, time: Duration) -> &mut Pin<Box<Sleep>> {
    clock.get_or_insert_with(|| Box::pin(sleep(time)))
}

fn over(clock: &mut Clock, context: &mut Context<'_>) -> bool {
    clock.as_mut().is_some_and(|clock| clock.as_mut().poll(context).is_ready())
}

fn too_slow<T>() -> Poll<io::Result<T>> {
    Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
}

impl<S: AsyncRead + Unpin> AsyncRead for Clocked<S> {
    fn poll_read(self: Pin<&mut Self>, context: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        if this.state.is_at_work() {
            this.head = None;
        } else if over(&mut this.head, context) {
            return too_slow();
        }
        let before = buffer.filled().len();
        let read = Pin::new(&mut this.stream).poll_read(context, buffer);
        if read.is_ready() && buffer.filled().len() > before && !this.state.is_at_work() {
            started(&mut this.head, this.limits.head);
        }
        read
    }
}

impl<S: AsyncWrite + Unpin> Clocked<S> {
    /// What a write came to, when the client's time to take something is kept.
    fn kept<T>(&mut self, context: &mut Context<'_>, wrote: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if wrote.is_ready() {
            self.stalled = None;
            return wrote;
        }
        started(&mut self.stalled, self.limits.stalled);
        if over(&mut self.stalled, context) { too_slow() } else { Poll::Pending }
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncWrite for Clocked<S> {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let wrote = Pin::new(&mut this.stream).poll_write(context, bytes);
        this.kept(context, wrote)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        pieces: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let wrote = Pin::new(&mut this.stream).poll_write_vectored(context, pieces);
        this.kept(context, wrote)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let flushed = Pin::new(&mut this.stream).poll_flush(context);
        this.kept(context, flushed)
    }

    /// Says goodbye, and reads over what still comes until the client does the same.
    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        if this.parting.is_none() {
            ready!(Pin::new(&mut this.stream).poll_shutdown(context))?;
            started(&mut this.parting, this.limits.parting);
        }
        let mut scratch = [0; 4096];
        while this.parted < PARTING_BYTES && !over(&mut this.parting, context) {
            let mut buffer = ReadBuf::new(&mut scratch);
            match Pin::new(&mut this.stream).poll_read(context, &mut buffer) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(Ok(())) if !buffer.filled().is_empty() => this.parted += buffer.filled().len(),
                Poll::Ready(_) => break,
            }
        }
        Poll::Ready(Ok(()))
    }
}

#[cfg(test)]
mod tests {
    use super::super::slots::AtWork;
    use super::*;
    use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream, duplex};

    const SOON: Duration = Duration::from_millis(50);

    /// Both ends of a stream that takes sixteen bytes at a time, with short clocks.
    fn pair() -> (DuplexStream, Clocked<DuplexStream>, Arc<State>) {
        let (client, server) = duplex(16);
        let state = State::alone();
        let limits = Limits { head: SOON, stalled: SOON, parting: SOON, ..Limits::default() };
        (client, Clocked::new(server, state.clone(), limits), state)
    }

    #[tokio::test]
    async fn a_head_that_does_not_end_is_cut() {
        let (mut client, mut server, _) = pair();
        client.write_all(b"GET / HT").await.unwrap();
        let mut buffer = [0; 64];
        assert_eq!(server.read(&mut buffer).await.unwrap(), 8);
        assert_eq!(server.read(&mut buffer).await.unwrap_err().kind(), io::ErrorKind::TimedOut);
    }

    #[tokio::test]
    async fn while_a_request_is_answered_its_head_has_no_clock() {
        let (mut client, mut server, state) = pair();
        client.write_all(b"POST").await.unwrap();
        let mut buffer = [0; 64];
        assert_eq!(server.read(&mut buffer).await.unwrap(), 4);
        let work = AtWork::begin(&state);
        assert!(tokio::time::timeout(3 * SOON, server.read(&mut buffer)).await.is_err(), "it waits for the body");
        drop(work);
        assert!(tokio::time::timeout(3 * SOON, server.read(&mut buffer)).await.is_err(), "silence is not a head");
    }

    #[tokio::test]
    async fn a_client_that_takes_nothing_is_cut() {
        let (_client, mut server, _) = pair();
        assert_eq!(server.write_all(&[0; 64]).await.unwrap_err().kind(), io::ErrorKind::TimedOut);
    }

    #[tokio::test]
    async fn a_goodbye_reads_over_what_still_comes_and_does_not_wait_for_ever() {
        let (mut client, mut server, _) = pair();
        let sending = tokio::spawn(async move {
            client.write_all(&[0; 10_000]).await.unwrap();
            let mut rest = Vec::new();
            client.read_to_end(&mut rest).await.unwrap();
            client
        });
        // The client never says goodbye itself.
        server.shutdown().await.unwrap();
        drop((server, sending.await.unwrap()));
    }
}
