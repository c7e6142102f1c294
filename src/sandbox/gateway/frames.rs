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

#[cfg(test)]
mod tests {
    use flate2::{Decompress, FlushDecompress};
    use serde_json::json;

    use super::*;

    fn inflate(with: &mut Decompress, message: &Message) -> String {
        let Message::Binary(bytes) = message else { panic!("a compressed frame is binary") };
        let mut out = Vec::with_capacity(100_000);
        with.decompress_vec(bytes, &mut out, FlushDecompress::Sync).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn one_stream_continues_from_frame_to_frame() {
        let (mut packer, mut reader) = (Packer::new(true), Decompress::new(true));
        for frame in [json!({"op": 10}), json!({"t": "x".repeat(50_000)}), json!([1, 2, 3])] {
            let packed = packer.pack(&frame);
            let Message::Binary(bytes) = &packed else { panic!("a compressed frame is binary") };
            assert!(bytes.ends_with(&[0, 0, 0xff, 0xff]));
            assert_eq!(inflate(&mut reader, &packed), frame.to_string());
        }
    }

    #[test]
    fn a_frame_by_itself_is_a_whole_stream() {
        let mut packer = Packer::new(false);
        assert!(matches!(packer.pack(&json!(1)), Message::Text(_)));
        packer.each = true;
        for frame in [json!({"op": 0}), json!((0..10_000).collect::<Vec<u32>>())] {
            assert_eq!(inflate(&mut Decompress::new(true), &packer.pack(&frame)), frame.to_string());
        }
    }
}
