//! Connections that can be cut at a chosen moment, so that "the line went dead before the effect" and "after it" are
//! ordinary, repeatable events. Also lets the whole server go away at once when it stops.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::task::{Context, Poll, Waker};

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};

const OPEN: u8 = 0;
const CLOSED: u8 = 1;
const RESET: u8 = 2;

/// One connection, as seen by whoever may want to cut it.
#[derive(Clone, Debug)]
pub(crate) struct Wire(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    state: AtomicU8,
    waiting: Mutex<[Option<Waker>; 2]>,
}

impl Wire {
    fn new() -> Self {
        Self(Arc::new(Shared { state: AtomicU8::new(OPEN), waiting: Mutex::new([None, None]) }))
    }

    /// Ends the connection with a FIN: nothing more is read or written.
    pub(crate) fn cut(&self) {
        self.end(CLOSED);
    }

    /// Ends the connection with a RST.
    pub(crate) fn reset(&self) {
        self.end(RESET);
    }

    fn end(&self, how: u8) {
        self.0.state.store(how, Ordering::SeqCst);
        let mut waiting = self.0.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        for waker in waiting.iter_mut().filter_map(Option::take) {
            waker.wake();
        }
    }

    /// Remembers who to wake, then says whether the connection has ended.
    fn ended(&self, slot: usize, context: &Context<'_>) -> u8 {
        let mut waiting = self.0.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting[slot] = Some(context.waker().clone());
        self.0.state.load(Ordering::SeqCst)
    }
}

/// A TCP stream that obeys its [`Wire`].
#[derive(Debug)]
pub(crate) struct Cuttable {
    stream: TcpStream,
    wire: Wire,
}

impl Cuttable {
    fn broken(&self, state: u8) -> io::Error {
        if state == RESET {
            // Zero linger turns the close into a RST; failing to set it leaves a FIN, which ends the connection too.
            let _ = self.stream.set_zero_linger();
        }
        io::Error::from(io::ErrorKind::ConnectionReset)
    }
}

impl AsyncRead for Cuttable {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        match self.wire.ended(0, context) {
            OPEN => Pin::new(&mut self.stream).poll_read(context, into),
            state => Poll::Ready(Err(self.broken(state))),
        }
    }
}

impl AsyncWrite for Cuttable {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        match self.wire.ended(1, context) {
            OPEN => Pin::new(&mut self.stream).poll_write(context, bytes),
            state => Poll::Ready(Err(self.broken(state))),
        }
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.wire.ended(1, context) {
            OPEN => Pin::new(&mut self.stream).poll_flush(context),
            state => Poll::Ready(Err(self.broken(state))),
        }
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

/// Every connection that is still open.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wires(Arc<Mutex<Vec<Weak<Shared>>>>);

impl Wires {
    fn add(&self, wire: &Wire) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|known| known.strong_count() > 0);
        all.push(Arc::downgrade(&wire.0));
    }

    /// Ends every connection.
    pub(crate) fn cut_all(&self) {
        let all = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        for shared in all.iter().filter_map(Weak::upgrade) {
            Wire(shared).cut();
        }
    }
}

/// Accepts connections that can be cut.
#[derive(Debug)]
pub(crate) struct Door {
    listener: TcpListener,
    wires: Wires,
}

impl Door {
    pub(crate) fn new(listener: TcpListener, wires: Wires) -> Self {
        Self { listener, wires }
    }
}

impl Listener for Door {
    type Io = Cuttable;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        let (stream, from) = Listener::accept(&mut self.listener).await;
        // Small frames must leave at once; without it answers only come a little later.
        let _ = stream.set_nodelay(true);
        let wire = Wire::new();
        self.wires.add(&wire);
        (Cuttable { stream, wire }, from)
    }

    fn local_addr(&self) -> io::Result<Self::Addr> {
        self.listener.local_addr()
    }
}

impl Connected<IncomingStream<'_, Door>> for Wire {
    fn connect_info(stream: IncomingStream<'_, Door>) -> Self {
        stream.io().wire.clone()
    }
}
