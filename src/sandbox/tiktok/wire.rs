//! The little HTTP the local TikTok speaks outwards: fetching a file from an address and delivering a webhook, both to
//! this machine and without TLS. HTTP/1.0 keeps answers free of chunks and connections free of afterlife. Redirects are
//! answers like any other, which is what TikTok makes of them.

use std::io;

use bytes::Bytes;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use url::Url;

/// An answer's head may be at most this long, in bytes.
const LONGEST_HEAD: usize = 64 << 10;

/// An answer, its body still on the way.
pub(super) struct Incoming {
    pub(super) status: u16,
    pub(super) length: Option<u64>,
    stream: TcpStream,
    waiting: Vec<u8>,
}

/// Sends a request and reads the head of its answer.
pub(super) async fn send(method: &str, address: &str, headers: &str, body: &[u8]) -> io::Result<Incoming> {
    let refuse = |why: &str| io::Error::new(io::ErrorKind::Unsupported, why.to_owned());
    let address = Url::parse(address).map_err(|_| refuse("not an address"))?;
    if address.scheme() != "http" {
        return Err(refuse("only plain addresses on this machine can be reached"));
    }
    let host = address.host_str().ok_or_else(|| refuse("no host"))?.trim_matches(['[', ']']).to_owned();
    let port = address.port_or_known_default().unwrap_or(80);
    let mut stream = TcpStream::connect((host.as_str(), port)).await?;
    let query = address.query().map(|query| format!("?{query}")).unwrap_or_default();
    let head = format!(
        "{method} {}{query} HTTP/1.0\r\nHost: {host}:{port}\r\nUser-Agent: local-tiktok\r\n{headers}Content-Length: {}\r\n\r\n",
        address.path(),
        body.len(),
    );
    stream.write_all(head.as_bytes()).await?;
    stream.write_all(body).await?;
    read_head(stream).await
}

async fn read_head(mut stream: TcpStream) -> io::Result<Incoming> {
    let mut bytes = Vec::new();
    let end = loop {
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break end;
        }
        if bytes.len() > LONGEST_HEAD || stream.read_buf(&mut bytes).await? == 0 {
            return Err(io::ErrorKind::InvalidData.into());
        }
    };
    let head = String::from_utf8_lossy(&bytes[..end]).to_ascii_lowercase();
    let status = head.split_whitespace().nth(1).and_then(|status| status.parse().ok());
    let length = head.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse().ok());
    let status = status.ok_or(io::ErrorKind::InvalidData)?;
    Ok(Incoming { status, length, stream, waiting: bytes.split_off(end + 4) })
}

impl Incoming {
    /// The next piece of the body; none at its end.
    pub(super) async fn piece(&mut self) -> io::Result<Option<Bytes>> {
        if self.waiting.is_empty() {
            self.stream.read_buf(&mut self.waiting).await?;
        }
        let piece = Bytes::from(std::mem::take(&mut self.waiting));
        Ok((!piece.is_empty()).then_some(piece))
    }
}
