//! Reading what a posting request asks for: the words around the video and how its bytes will come. Shapes and limits
//! are checked here; whether the account may do it is checked afterwards.

use serde_json::{Map, Value};

use super::answer::Refused;

/// A JSON object.
pub(super) type Object = Map<String, Value>;

/// Every audience there is.
const AUDIENCES: [&str; 4] = ["PUBLIC_TO_EVERYONE", "MUTUAL_FOLLOW_FRIENDS", "FOLLOWER_OF_CREATOR", "SELF_ONLY"];
/// A video's caption has at most so many UTF-16 code units.
const LONGEST_CAPTION: usize = 2_200;
/// A file has at most so many bytes: 4 GB, read generously.
const LARGEST_FILE: u64 = 4 << 30;
/// A chunk has at least 5 MB, in the smaller reading of MB.
const SMALLEST_CHUNK: u64 = 5_000_000;
/// A chunk has at most 64 MB, in the larger reading of MB.
const LARGEST_CHUNK: u64 = 64 << 20;
/// A file comes in at most so many chunks.
const MOST_CHUNKS: u64 = 1_000;

/// What goes with a post.
#[derive(Debug, Clone, Default)]
pub(super) struct Terms {
    pub(super) title: String,
    pub(super) privacy: String,
    pub(super) disable_comment: bool,
    pub(super) disable_duet: bool,
    pub(super) disable_stitch: bool,
    pub(super) brand_content: bool,
    pub(super) brand_organic: bool,
    pub(super) is_aigc: bool,
    pub(super) cover_ms: Option<i64>,
}

/// How the app will send a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Plan {
    pub(super) video_size: u64,
    chunk_size: u64,
    chunks: u64,
}

/// Where a video comes from.
pub(super) enum Source {
    File(Plan),
    Pull(String),
}

pub(super) fn object<'a>(body: &'a Object, name: &str) -> Result<&'a Object, Refused> {
    match body.get(name) {
        Some(Value::Object(object)) => Ok(object),
        _ => Err(Refused::malformed(&format!("{name} is required"))),
    }
}

pub(super) fn text(body: &Object, name: &str) -> Result<Option<String>, Refused> {
    match body.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(_) => Err(Refused::malformed(&format!("{name} must be a string"))),
    }
}

pub(super) fn flag(body: &Object, name: &str) -> Result<Option<bool>, Refused> {
    match body.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Bool(flag)) => Ok(Some(*flag)),
        Some(_) => Err(Refused::malformed(&format!("{name} must be a boolean"))),
    }
}

pub(super) fn whole(body: &Object, name: &str) -> Result<Option<i64>, Refused> {
    match body.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(value) => match value.as_i64() {
            Some(number) => Ok(Some(number)),
            None => Err(Refused::malformed(&format!("{name} must be a whole number"))),
        },
    }
}

/// Names the first field TikTok does not have; it is ignored, and remembered as a mistake of the client.
pub(super) fn stranger(body: &Object, known: &[&str]) -> Option<String> {
    let name = body.keys().find(|name| !known.contains(&name.as_str()))?;
    Some(format!("TikTok has no field {name} here"))
}

impl Terms {
    /// The fields of a video's `post_info`.
    pub(super) const FIELDS: [&str; 9] = [
        "title",
        "privacy_level",
        "disable_comment",
        "disable_duet",
        "disable_stitch",
        "brand_content_toggle",
        "brand_organic_toggle",
        "is_aigc",
        "video_cover_timestamp_ms",
    ];

    /// Reads a video's `post_info`.
    pub(super) fn of_video(post_info: &Object) -> Result<Self, Refused> {
        let title = text(post_info, "title")?.unwrap_or_default();
        if title.encode_utf16().count() > LONGEST_CAPTION {
            return Err(Refused::malformed("The title is longer than 2200 UTF-16 runes"));
        }
        let cover_ms = whole(post_info, "video_cover_timestamp_ms")?;
        if cover_ms.is_some_and(|millis| i32::try_from(millis).is_err()) {
            return Err(Refused::malformed("video_cover_timestamp_ms must be an int32"));
        }
        Ok(Self {
            title,
            privacy: privacy(post_info)?,
            disable_comment: flag(post_info, "disable_comment")?.unwrap_or(false),
            disable_duet: flag(post_info, "disable_duet")?.unwrap_or(false),
            disable_stitch: flag(post_info, "disable_stitch")?.unwrap_or(false),
            brand_content: flag(post_info, "brand_content_toggle")?.unwrap_or(false),
            brand_organic: flag(post_info, "brand_organic_toggle")?.unwrap_or(false),
            is_aigc: flag(post_info, "is_aigc")?.unwrap_or(false),
            cover_ms: cover_ms.filter(|millis| *millis >= 0),
        })
    }
}

/// The audience a request names.
pub(super) fn privacy(post_info: &Object) -> Result<String, Refused> {
    let level = text(post_info, "privacy_level")?.unwrap_or_default();
    if AUDIENCES.contains(&level.as_str()) {
        return Ok(level);
    }
    Err(Refused::malformed("privacy_level is missing or not one of the allowed values"))
}

impl Source {
    /// The fields of a video's `source_info`.
    pub(super) const FIELDS: [&str; 5] = ["source", "video_size", "chunk_size", "total_chunk_count", "video_url"];

    /// Reads a video's `source_info`.
    pub(super) fn of_video(source_info: &Object) -> Result<Self, Refused> {
        match text(source_info, "source")?.as_deref() {
            Some("FILE_UPLOAD") => Plan::read(source_info).map(Self::File),
            Some("PULL_FROM_URL") => match text(source_info, "video_url")? {
                Some(address) if url::Url::parse(&address).is_ok() => Ok(Self::Pull(address)),
                _ => Err(Refused::malformed("video_url is missing or not a URL")),
            },
            _ => Err(Refused::malformed("source must be FILE_UPLOAD or PULL_FROM_URL")),
        }
    }
}

impl Plan {
    fn read(source_info: &Object) -> Result<Self, Refused> {
        let size = |name: &str| {
            let number = whole(source_info, name)?.and_then(|number| u64::try_from(number).ok());
            number.filter(|number| *number > 0).ok_or_else(|| Refused::malformed(&format!("{name} must be positive")))
        };
        let (video_size, chunk_size, chunks) = (size("video_size")?, size("chunk_size")?, size("total_chunk_count")?);
        if video_size > LARGEST_FILE {
            return Err(Refused::malformed("The video is larger than 4 GB"));
        }
        let one_chunk = chunk_size == video_size && chunk_size <= LARGEST_CHUNK;
        let several = (SMALLEST_CHUNK..=LARGEST_CHUNK).contains(&chunk_size) && video_size / chunk_size > 1;
        // A wrong count of well-sized chunks is the other mistake.
        let miscounted = (SMALLEST_CHUNK..=LARGEST_CHUNK).contains(&chunk_size) && chunks > 1;
        if !(one_chunk || several || miscounted) {
            return Err(Refused::malformed("The chunk size is invalid"));
        }
        if chunks != video_size / chunk_size || chunks > MOST_CHUNKS {
            return Err(Refused::malformed("The total chunk count is invalid"));
        }
        Ok(Self { video_size, chunk_size, chunks })
    }

    /// The length of the chunk that begins at an offset; the last one takes the remainder.
    pub(super) fn chunk_at(&self, offset: u64) -> Option<u64> {
        let index = offset / self.chunk_size;
        if !offset.is_multiple_of(self.chunk_size) || index >= self.chunks {
            return None;
        }
        Some(if index + 1 == self.chunks { self.video_size - offset } else { self.chunk_size })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Plan;

    fn plan(video_size: u64, chunk_size: u64, chunks: u64) -> Result<Plan, String> {
        let body = json!({"video_size": video_size, "chunk_size": chunk_size, "total_chunk_count": chunks});
        Plan::read(body.as_object().unwrap()).map_err(|refused| refused.message)
    }

    #[test]
    fn plans_are_taken_or_refused_as_in_production() {
        let taken = [
            (1, 1, 1),
            (4_194_304, 4_194_304, 1),
            (64_000_000, 64_000_000, 1),
            (64_000_001, 10_000_000, 6),
            (66_259_900, 10_000_000, 6),
            (50_000_123, 10_000_000, 5),
            (50_000_123, 50_000_123, 1),
            (4_294_967_296, 10_000_000, 429),
            (20_000_000, 5_242_880, 3),
        ];
        for (size, chunk, count) in taken {
            assert!(plan(size, chunk, count).is_ok(), "{size} in {count} of {chunk}");
        }
        let (chunk_size, count) = ("The chunk size is invalid", "The total chunk count is invalid");
        let refused = [
            ((66_259_900, 10_000_000, 7), count),
            ((66_000_000, 64_000_000, 1), chunk_size),
            ((66_000_000, 64_000_000, 2), count),
            ((100_000_000, 100_000_000, 1), chunk_size),
            ((10_000_000, 4_000_000, 2), chunk_size),
            ((15_000_000, 10_000_000, 1), chunk_size),
            ((4_000_000_000, 5_000_000, 800 + 1), count),
            ((4_294_967_296, 4_000_000, 1_073), chunk_size),
            ((4_294_967_297, 10_000_000, 429), "The video is larger than 4 GB"),
        ];
        for ((size, chunk, chunks), message) in refused {
            assert_eq!(plan(size, chunk, chunks).unwrap_err(), message, "{size} in {chunks} of {chunk}");
        }
    }

    #[test]
    fn the_last_chunk_takes_the_remainder() {
        let plan = plan(50_000_123, 10_000_000, 5).unwrap();
        assert_eq!(plan.chunk_at(0), Some(10_000_000));
        assert_eq!(plan.chunk_at(40_000_000), Some(10_000_123));
        assert_eq!(plan.chunk_at(50_000_000), None);
        assert_eq!(plan.chunk_at(5), None);
    }
}
