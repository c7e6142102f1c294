//! Serves the pages to whoever connects, without waiting for those who dawdle.
//!
//! axum's own server gives a client all the time it wants to send the head of a request. Here a head has to arrive within
//! seconds, also the next one on the same connection; an answer has to be read; and there is a most of connections, of one
//! host and of all, so that those who hold on to theirs cost no more than that.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::extract::ConnectInfo;
use axum::http::{Request, Response};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service as _, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use hyper_util::service::TowerToHyperService;
use ipnet::IpNet;
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::places::{Place, Places};
use super::stall::Unstalled;

/// How long the head of a request may take, from the moment the last answer was sent.
const HEAD_WITHIN: Duration = Duration::from_secs(15);

/// How long a client may take to read anything more of its answer.
const READS_WITHIN: Duration = Duration::from_secs(30);

/// How large the head of a request may be, in bytes: no address of ours has more than a few hundred.
const LARGEST_HEAD: usize = 16 * 1024;

/// How long answers that are under way may take at the end.
const LAST_ANSWERS: Duration = Duration::from_secs(5);

/// How long nobody is let in when the system gives no more connections.
const PAUSE: Duration = Duration::from_secs(1);

/// Serves until told to stop; then finishes what is under way. Hosts of the `trusted` networks are proxies of ours.
pub async fn serve(listener: TcpListener, pages: Router, trusted: &[IpNet], stop: CancellationToken) {
    serve_within(listener, pages, Places::new(trusted), stop, (HEAD_WITHIN, READS_WITHIN)).await;
}

async fn serve_within(
    listener: TcpListener,
    pages: Router,
    places: Places,
    stop: CancellationToken,
    (head, reads): (Duration, Duration),
) {
    let mut server = http1::Builder::new();
    server.timer(TokioTimer::new()).header_read_timeout(head).max_buf_size(LARGEST_HEAD);
    let house = House { server, pages, reads, cut: CancellationToken::new(), tasks: TaskTracker::new() };
    let graceful = GracefulShutdown::new();
    while let Some((stream, peer, place)) = stop.run_until_cancelled(next(&listener, &places)).await {
        house.receive(stream, peer, place, graceful.watcher());
    }
    drop(listener);
    if tokio::time::timeout(LAST_ANSWERS, graceful.shutdown()).await.is_err() {
        tracing::info!("Some visitors had not read their answers to the end");
    }
    house.cut.cancel();
    house.tasks.close();
    house.tasks.wait().await;
}

/// The next connection that has a place.
async fn next(listener: &TcpListener, places: &Places) -> (TcpStream, SocketAddr, Place) {
    let mut one = places.one().await;
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => match places.give(one, peer.ip()) {
                Some(place) => return (stream, peer, place),
                None => one = places.one().await,
            },
            Err(error) if is_of_one_visitor(&error) => {}
            Err(error) => {
                tracing::error!("Nobody can connect to the web pages: {error}");
                drop(tokio::time::timeout(PAUSE, std::future::pending::<()>()).await);
            }
        }
    }
}

fn is_of_one_visitor(error: &std::io::Error) -> bool {
    use std::io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}

/// What every connection needs.
struct House {
    server: http1::Builder,
    pages: Router,
    reads: Duration,
    cut: CancellationToken,
    tasks: TaskTracker,
}

impl House {
    fn receive(&self, stream: TcpStream, peer: SocketAddr, place: Place, watcher: Watcher) {
        // Only the last piece of an answer would wait otherwise; not being able to say so costs a moment.
        let _ = stream.set_nodelay(true);
        let pages = TowerToHyperService::new(self.pages.clone());
        let tasks = self.tasks.clone();
        let answer = service_fn(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(ConnectInfo(peer));
            // What has to be finished although the visitor leaves is a task of the server's.
            request.extensions_mut().insert(tasks.clone());
            let answered = pages.call(request);
            async move {
                let answer: Result<Response<axum::body::Body>, Infallible> = answered.await;
                answer
            }
        });
        let io = TokioIo::new(Unstalled::new(stream, self.reads));
        let connection = watcher.watch(self.server.serve_connection(io, answer));
        let cut = self.cut.clone();
        self.tasks.spawn(async move {
            if let Some(Err(error)) = cut.run_until_cancelled(connection).await {
                tracing::debug!("A visitor's connection broke: {error}");
            }
            drop(place);
        });
    }
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use axum::routing::get;
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

    use super::*;

    const SHORT: Duration = Duration::from_millis(100);
    const LONG: Duration = Duration::from_secs(60);

    /// Serves with these spans; the address, and what ends it.
    async fn opened(pages: Router, head: Duration, reads: Duration) -> (SocketAddr, CancellationToken, TaskTracker) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (address, stop, tasks) = (listener.local_addr().unwrap(), CancellationToken::new(), TaskTracker::new());
        tasks.spawn(serve_within(listener, pages, Places::new(&[]), stop.clone(), (head, reads)));
        tasks.close();
        (address, stop, tasks)
    }

    async fn to_its_end(stream: &mut TcpStream) -> String {
        let mut bytes = Vec::new();
        // A connection that is cut may end in an error; what came before counts.
        let _ = tokio::time::timeout(LONG, stream.read_to_end(&mut bytes)).await.expect("the server ends it");
        String::from_utf8_lossy(&bytes).into_owned()
    }

    #[tokio::test]
    async fn whoever_sends_a_head_too_slowly_is_let_go() {
        let pages = Router::new().route("/", get(async || "here\n"));
        let (address, stop, tasks) = opened(pages, SHORT, LONG).await;
        for beginning in ["", "G", "GET / HTTP/1.1\r\nHost: a\r\nX-Slow: "] {
            let mut stream = TcpStream::connect(address).await.unwrap();
            stream.write_all(beginning.as_bytes()).await.unwrap();
            assert!(!to_its_end(&mut stream).await.contains("here"), "{beginning:?}");
        }
        // One who was answered and then says nothing more is let go, too.
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n").await.unwrap();
        assert!(to_its_end(&mut stream).await.ends_with("here\n"));
        stop.cancel();
        tasks.wait().await;
    }

    #[tokio::test]
    async fn whoever_does_not_read_is_let_go() {
        let endless = || async {
            let pieces = futures_util::stream::repeat_with(|| Ok::<_, Infallible>(vec![7_u8; 64 * 1024]));
            axum::body::Body::from_stream(pieces)
        };
        let (address, stop, tasks) = opened(Router::new().route("/", get(endless)), LONG, SHORT).await;
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n").await.unwrap();
        let begun = Instant::now();
        stop.cancel();
        tasks.wait().await;
        assert!(begun.elapsed() < LAST_ANSWERS, "it was let go before everybody was: {:?}", begun.elapsed());
    }

    #[tokio::test]
    async fn an_answer_that_is_under_way_is_finished_at_the_end() {
        let (begun, go_on) = (CancellationToken::new(), CancellationToken::new());
        let slow = {
            let (begun, go_on) = (begun.clone(), go_on.clone());
            move || async move {
                begun.cancel();
                go_on.cancelled().await;
                "finished\n"
            }
        };
        let (address, stop, tasks) = opened(Router::new().route("/", get(slow)), LONG, LONG).await;
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n").await.unwrap();
        begun.cancelled().await;
        stop.cancel();
        go_on.cancel();
        assert!(to_its_end(&mut stream).await.ends_with("finished\n"));
        tasks.wait().await;
    }
}
