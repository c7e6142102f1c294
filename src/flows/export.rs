//! Everything stored about a team as files: a JSON and a CSV for each table, and a list of them.
//!
//! What no sheet holds is the store's to say. A CSV is opened in spreadsheets, which take some cells for formulas: such
//! cells begin with an apostrophe here; the JSON beside it has the words as they are.

use std::io::{self, Cursor, Seek, SeekFrom, Write};

use anyhow::Context as _;
use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{Map, Value, json};
use zip::write::{SimpleFileOptions, ZipWriter};

use super::{Failure, Flows};
use crate::domain::bulk::report::is_formula;
use crate::domain::ids::WorkspaceId;
use crate::domain::refusal::Refusal;
use crate::domain::review::Manager;
use crate::domain::workspace::Workspace;
use crate::store::{Cell, Reader, SHEETS, Sheet};

/// The list of what an export holds.
pub const INDEX: &str = "index.json";

/// A file of an export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its name.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// How many rows of each sheet were exported.
pub type Counts = Vec<(&'static str, usize)>;

/// What came of a wish for one file with everything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Archive {
    /// Here it is.
    Whole {
        /// The ZIP file.
        file: File,
        /// How many rows of each sheet are in it.
        counts: Counts,
    },
    /// It would be larger than it may be.
    TooLarge,
}

/// One file with everything stored about a manager's team, of at most `most` bytes.
///
/// # Errors
/// When the store cannot be reached.
pub async fn archive(flows: &Flows, by: &Manager, most: usize) -> Result<Archive, Failure> {
    let id = by.member().workspace;
    let now = flows.clock.now();
    // Written down first, so that the export tells of itself.
    let mut tx = flows.store.begin().await?;
    tx.audit(id, &by.member().actor(), "workspace.export_asked", None, json!({}), now).await?;
    tx.commit().await?;

    let mut reader = flows.store.read().await?;
    let workspace = reader.workspace(id).await?.ok_or(Refusal::NoSuchPost)?;
    let mut zip = ZipWriter::new(Limited { inner: Cursor::new(Vec::new()), most });
    let mut counts = Counts::new();
    for place in 0..SHEETS {
        let sheet = reader.sheet(place, id).await?;
        counts.push((sheet.name, sheet.rows.len()));
        // Packing a large sheet takes a while; others are not to wait for it.
        let packed = tokio::task::spawn_blocking(move || {
            let files = files(&sheet)?;
            for file in &files {
                pack(&mut zip, file)?;
            }
            anyhow::Ok(zip)
        });
        zip = match packed.await.context("packing an export panicked")? {
            Ok(zip) => zip,
            Err(error) if is_too_large(&error) => return Ok(Archive::TooLarge),
            Err(error) => return Err(error.into()),
        };
    }
    let index = index(&workspace, &counts, now)?;
    let packed = pack(&mut zip, &index).and_then(|()| Ok(zip.finish()?));
    match packed {
        Ok(whole) => {
            let file = File { name: format!("greenroom-{id}.zip"), bytes: whole.inner.into_inner() };
            Ok(Archive::Whole { file, counts })
        }
        Err(error) if is_too_large(&error) => Ok(Archive::TooLarge),
        Err(error) => Err(error.into()),
    }
}

/// The sheet of that place with its files.
///
/// # Errors
/// When the store cannot be reached.
pub async fn sheet(reader: &mut Reader, place: usize, id: WorkspaceId) -> anyhow::Result<(Sheet, [File; 2])> {
    let sheet = reader.sheet(place, id).await?;
    let files = files(&sheet)?;
    Ok((sheet, files))
}

/// The names of all files of an export.
pub fn names(sheets: &[&str]) -> Vec<String> {
    let of = |name: &&str| [format!("{name}.json"), format!("{name}.csv")];
    sheets.iter().flat_map(of).chain([INDEX.to_owned()]).collect()
}

/// The list of what an export holds.
///
/// # Errors
/// Never in truth: it is plain JSON.
pub fn index(workspace: &Workspace, counts: &Counts, now: DateTime<Utc>) -> anyhow::Result<File> {
    let sheets: Map<String, Value> = counts.iter().map(|(name, rows)| ((*name).to_owned(), json!(rows))).collect();
    let index = json!({
        "workspace": workspace.id.to_string(), "name": workspace.name, "exported_at": moment(now), "rows": sheets,
        "left_out": "tokens, sealed secrets and upload addresses; the bytes of videos",
    });
    Ok(File { name: INDEX.to_owned(), bytes: serde_json::to_vec_pretty(&index)? })
}

fn files(sheet: &Sheet) -> anyhow::Result<[File; 2]> {
    let name = sheet.name;
    Ok([
        File { name: format!("{name}.json"), bytes: as_json(sheet)? },
        File { name: format!("{name}.csv"), bytes: as_csv(sheet)? },
    ])
}

fn as_json(sheet: &Sheet) -> serde_json::Result<Vec<u8>> {
    let object = |row: &Vec<Cell>| -> Map<String, Value> {
        sheet.columns.iter().zip(row).map(|(column, cell)| ((*column).to_owned(), value(cell))).collect()
    };
    serde_json::to_vec_pretty(&sheet.rows.iter().map(object).collect::<Vec<_>>())
}

fn as_csv(sheet: &Sheet) -> anyhow::Result<Vec<u8>> {
    let mut csv = csv::Writer::from_writer(Vec::new());
    csv.write_record(&sheet.columns)?;
    for row in &sheet.rows {
        csv.write_record(row.iter().map(text))?;
    }
    Ok(csv.into_inner()?)
}

fn value(cell: &Cell) -> Value {
    match cell {
        Cell::Nothing => Value::Null,
        Cell::Text(text) => json!(text),
        Cell::Whole(number) => json!(number),
        Cell::Truth(truth) => json!(truth),
        Cell::Instant(at) => json!(moment(*at)),
        Cell::Data(data) => data.clone(),
    }
}

fn text(cell: &Cell) -> String {
    match cell {
        Cell::Nothing => String::new(),
        Cell::Text(text) => harmless(text),
        Cell::Whole(number) => number.to_string(),
        Cell::Truth(truth) => truth.to_string(),
        Cell::Instant(at) => moment(*at),
        Cell::Data(data) => harmless(&data.to_string()),
    }
}

/// A text that no spreadsheet takes for a formula.
fn harmless(text: &str) -> String {
    if is_formula(text) { format!("'{text}") } else { text.to_owned() }
}

fn moment(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Millis, true)
}

fn pack(zip: &mut ZipWriter<Limited>, file: &File) -> anyhow::Result<()> {
    zip.start_file(file.name.as_str(), SimpleFileOptions::default())?;
    zip.write_all(&file.bytes)?;
    Ok(())
}

/// A file in memory that grows up to a limit.
#[derive(Debug)]
struct Limited {
    inner: Cursor<Vec<u8>>,
    most: usize,
}

impl Write for Limited {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.inner.get_ref().len() + bytes.len() > self.most {
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, "the export is too large for one file"));
        }
        self.inner.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Seek for Limited {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.inner.seek(to)
    }
}

fn is_too_large(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        let of_io = |error: &io::Error| error.kind() == io::ErrorKind::FileTooLarge;
        cause.downcast_ref::<io::Error>().is_some_and(of_io)
            || matches!(cause.downcast_ref::<zip::result::ZipError>(), Some(zip::result::ZipError::Io(error)) if of_io(error))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet() -> Sheet {
        let row = |caption: &str| {
            vec![Cell::Whole(-1), Cell::Text(caption.to_owned()), Cell::Data(json!({"a": 1})), Cell::Nothing]
        };
        let rows = ["=1+1", "+49", "-5", "@rui", "\tx", "\rx", "＝1", "plain, \"quoted\"", ""].map(row).to_vec();
        Sheet { name: "posts", columns: vec!["number", "caption", "choices", "due_at"], rows }
    }

    #[test]
    fn no_cell_is_taken_for_a_formula() {
        let bytes = as_csv(&sheet()).unwrap();
        let mut read = csv::Reader::from_reader(bytes.as_slice());
        let captions: Vec<String> = read.records().map(|row| row.unwrap()[1].to_owned()).collect();
        assert_eq!(
            captions,
            ["'=1+1", "'+49", "'-5", "'@rui", "'\tx", "'\rx", "'＝1", "plain, \"quoted\"", ""].map(str::to_owned)
        );
        let whole: Value = serde_json::from_slice(&as_json(&sheet()).unwrap()).unwrap();
        assert_eq!((&whole[0]["caption"], &whole[0]["choices"]["a"]), (&json!("=1+1"), &json!(1)), "words as they are");
    }

    #[test]
    fn an_archive_that_grows_too_large_is_given_up() {
        let mut zip = ZipWriter::new(Limited { inner: Cursor::new(Vec::new()), most: 1_000 });
        let mut noise = vec![0; 4_000];
        getrandom::fill(&mut noise).unwrap();
        let file = File { name: "posts.json".into(), bytes: noise };
        let error = pack(&mut zip, &file).and_then(|()| Ok(zip.finish().map(drop)?)).unwrap_err();
        assert!(is_too_large(&error), "{error:#}");
    }
}
