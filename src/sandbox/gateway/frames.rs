//! How a frame is packed: as text, as one whole zlib stream, or as the next piece of the connection's single stream.

use axum::extract::ws::Message;
use flate2::{Compress, Compression, FlushCompress};
use serde_json::Value;

/// Packs frames for one connection.
pub(super) struct Packer {
    /// Does the session want every frame compressed by itself?
    pub(super) each: bool,
    /// The stream of a connection that asked for `compress=zlib-stream`.
    stream: Option<Compress>,
}

impl Packer {
    pub(super) fn new(one_stream: bool) -> Self {
        let stream = one_stream.then(|| Compress::new(Compression::default(), true));
        Self { each: false, stream }
    }

    pub(super) fn pack(&mut self, frame: &Value) -> Message {
        let text = frame.to_string();
        if let Some(stream) = &mut self.stream {
            return Message::Binary(deflate(stream, text.as_bytes(), FlushCompress::Sync).into());
        }
        if self.each {
            let mut whole = Compress::new(Compression::default(), true);
            return Message::Binary(deflate(&mut whole, text.as_bytes(), FlushCompress::Finish).into());
        }
        Message::Text(text.into())
    }
}

fn deflate(stream: &mut Compress, mut bytes: &[u8], flush: FlushCompress) -> Vec<u8> {
    let mut packed = Vec::with_capacity(bytes.len() / 2 + 128);
    loop {
        packed.reserve(256);
        let before = stream.total_in();
        let done = stream.compress_vec(bytes, &mut packed, flush).expect("compressing into memory cannot fail");
        let taken = usize::try_from(stream.total_in() - before).unwrap_or(bytes.len());
        bytes = &bytes[taken..];
        let room = packed.len() < packed.capacity();
        if done == flate2::Status::StreamEnd || (bytes.is_empty() && room && !matches!(flush, FlushCompress::Finish)) {
            return packed;
        }
    }
}
