//! A connection that can be cut. Losing an answer must look to the client exactly as it does on a bad day: the bytes
//! stop, and nothing says why. So the listener wraps each connection and the answering side holds the scissors.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};

/// The scissors of one connection.
#[derive(Debug, Clone, Default)]
pub(super) struct Line(Arc<Mutex<Cut>>);

#[derive(Debug, Clone, Copy, Default)]
enum Cut {
    #[default]
    Whole,
    /// So many bytes of the next answer's body get through.
    InBody(usize),
    Now,
}

impl Line {
    /// Lets nothing more through.
    pub(super) fn cut(&self) {
        self.set(Cut::Now);
    }

    /// Lets the head of the next answer through, and so many bytes of its body.
    pub(super) fn cut_in_body(&self, bytes: usize) {
        self.set(Cut::InBody(bytes));
    }

    fn set(&self, cut: Cut) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = cut;
    }

    /// How much of what is about to be written may pass; none means the connection is gone.
    fn passes(&self, bytes: &[u8]) -> Option<usize> {
        let mut cut = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match *cut {
            Cut::Whole => Some(bytes.len()),
            Cut::Now => None,
            Cut::InBody(allowed) => {
                let Some(head) = bytes.windows(4).position(|four| four == b"\r\n\r\n") else {
                    return Some(bytes.len());
                };
                *cut = Cut::Now;
                Some(bytes.len().min(head + 4 + allowed))
            }
        }
    }
}

/// A listener whose connections can be cut.
#[derive(Debug)]
pub(super) struct Lines(pub(super) TcpListener);

impl Listener for Lines {
    type Io = Wire;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Wire, SocketAddr) {
        let (stream, address) = Listener::accept(&mut self.0).await;
        (Wire { stream, line: Line::default() }, address)
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.0.local_addr()
    }
}

impl Connected<IncomingStream<'_, Lines>> for Line {
    fn connect_info(stream: IncomingStream<'_, Lines>) -> Self {
        stream.io().line.clone()
    }
}

/// One connection.
#[derive(Debug)]
pub(super) struct Wire {
    stream: TcpStream,
    line: Line,
}

impl AsyncRead for Wire {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, into)
    }
}

impl AsyncWrite for Wire {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        match self.line.passes(bytes) {
            None => Poll::Ready(Err(io::ErrorKind::ConnectionReset.into())),
            Some(allowed) => Pin::new(&mut self.stream).poll_write(cx, &bytes[..allowed]),
        }
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
