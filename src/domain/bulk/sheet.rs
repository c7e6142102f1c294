//! Bytes of a file as cells: which encoding, which delimiter, which column is where.

use csv::{ReaderBuilder, StringRecord};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::columns::Column;
use super::refusal::SheetRefusal;
use super::report::as_it_was;
use super::{LARGEST_FILE, MOST_ROWS};
use crate::say;

/// What stands between cells, as programs write it.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// The line with which spreadsheets are told the delimiter.
const SEPARATOR_LINE: &str = "sep=";

/// How many characters of a heading are repeated in a refusal.
const SHORT: usize = 30;

/// A table of posts before its rows are read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// The headings as they stand there.
    pub headings: Vec<String>,
    columns: Vec<Option<Column>>,
    /// The rows, each with a cell for each heading.
    pub rows: Vec<Vec<String>>,
}

impl Sheet {
    /// What a row says in a column; nothing where there is no such column.
    #[must_use]
    pub fn cell(&self, row: usize, column: Column) -> &str {
        let place = self.columns.iter().position(|one| *one == Some(column));
        let cell = place.and_then(|place| self.rows.get(row)?.get(place));
        cell.map_or("", |cell| cell.trim())
    }

    /// Which headings stand above something of ours from an earlier check.
    #[must_use]
    pub fn is_ours(&self, place: usize) -> bool {
        self.columns.get(place).is_some_and(|column| *column == Some(Column::Ours))
    }
}

/// Reads a file as a table of posts.
///
/// # Errors
/// When it is none, or not one that can be taken as a whole.
pub fn read_sheet(bytes: &[u8]) -> Result<Sheet, SheetRefusal> {
    if bytes.len() as u64 > LARGEST_FILE {
        return Err(SheetRefusal::TooLarge);
    }
    let text = decoded(bytes)?;
    let (text, told) = separator(&text);
    if text.trim().is_empty() {
        return Err(SheetRefusal::Empty);
    }
    let delimiter = told.unwrap_or_else(|| likely_delimiter(text));
    let mut records = Vec::new();
    let mut reader =
        ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(text.as_bytes());
    for record in reader.records() {
        records.push(record.map_err(|error| broken(&error))?);
    }
    let mut records = records.into_iter();
    let head = records.next().ok_or(SheetRefusal::Empty)?;
    let rows: Vec<StringRecord> = records.filter(|row| row.iter().any(|cell| !cell.trim().is_empty())).collect();
    let headings: Vec<String> = head.iter().map(|heading| heading.trim().to_owned()).collect();
    let columns = found(&headings, &rows)?;
    if rows.is_empty() {
        return Err(SheetRefusal::NoRows);
    }
    if rows.len() > MOST_ROWS {
        return Err(SheetRefusal::TooMany { count: rows.len() });
    }
    let rows = rows.iter().enumerate().map(|(index, row)| fitted(index, row, headings.len()));
    let mut rows: Vec<Vec<String>> = rows.collect::<Result<_, _>>()?;
    if columns.contains(&Some(Column::Ours)) {
        // A result that is given back holds cells that were made harmless.
        rows.iter_mut().flatten().for_each(|cell| *cell = as_it_was(cell).to_owned());
    }
    Ok(Sheet { rows, headings, columns })
}

/// A row with exactly as many cells as there are headings. One that ends early lacks empty cells; one that goes on has a
/// cell that was cut in two.
fn fitted(index: usize, row: &StringRecord, width: usize) -> Result<Vec<String>, SheetRefusal> {
    if row.iter().skip(width).any(|cell| !cell.trim().is_empty()) {
        let said = say!("bulk-row-too-wide", row = index + 1, cells = row.len(), width = width);
        return Err(SheetRefusal::Broken { said });
    }
    let mut cells: Vec<String> = row.iter().take(width).map(str::to_owned).collect();
    cells.resize(width, String::new());
    Ok(cells)
}

fn broken(error: &csv::Error) -> SheetRefusal {
    let said = match error.position() {
        Some(position) => say!("bulk-odd-cell-near", line = position.line()),
        None => say!("bulk-odd-cell"),
    };
    SheetRefusal::Broken { said }
}

/// What each heading is the heading of.
fn found(headings: &[String], rows: &[StringRecord]) -> Result<Vec<Option<Column>>, SheetRefusal> {
    let columns: Vec<Option<Column>> = headings.iter().map(|heading| Column::named(heading)).collect();
    let known = |column: &Column| columns.contains(&Some(*column));
    let names = |names: Vec<String>| {
        names.iter().map(|name| name.chars().filter(|letter| !letter.is_control()).take(SHORT).collect()).collect()
    };
    let lacks: Vec<String> = Column::NEEDED.iter().filter(|column| !known(column)).map(Column::to_string).collect();
    if !lacks.is_empty() {
        return Err(SheetRefusal::Lacks { names: lacks });
    }
    let is_used = |place: usize| rows.iter().any(|row| row.get(place).is_some_and(|cell| !cell.trim().is_empty()));
    let places = || headings.iter().enumerate().zip(&columns);
    let unknown: Vec<String> = places()
        .filter(|((place, heading), column)| column.is_none() && (!heading.is_empty() || is_used(*place)))
        .map(|((_, heading), _)| heading.clone())
        .collect();
    if !unknown.is_empty() {
        return Err(SheetRefusal::Unknown { names: names(unknown) });
    }
    for column in Column::ALL.into_iter().filter(|column| *column != Column::Ours) {
        if columns.iter().filter(|one| **one == Some(column)).count() > 1 {
            return Err(SheetRefusal::Twice { name: column.to_string() });
        }
    }
    Ok(columns)
}

/// The delimiter a first line names, and what follows that line.
fn separator(text: &str) -> (&str, Option<u8>) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let named = first.trim_end_matches('\r');
    let is_separator =
        named.get(..SEPARATOR_LINE.len()).is_some_and(|start| start.eq_ignore_ascii_case(SEPARATOR_LINE));
    match named.as_bytes().get(SEPARATOR_LINE.len()..) {
        Some([delimiter]) if is_separator && DELIMITERS.contains(delimiter) => (rest, Some(*delimiter)),
        Some(_) | None => (text, None),
    }
}

/// The delimiter under which most headings are known; of two, the one that makes more headings.
fn likely_delimiter(text: &str) -> u8 {
    let known = |delimiter: &u8| {
        let mut reader =
            ReaderBuilder::new().delimiter(*delimiter).has_headers(false).flexible(true).from_reader(text.as_bytes());
        let head = reader.records().next().and_then(Result::ok).unwrap_or_default();
        (head.iter().filter(|heading| Column::named(heading).is_some()).count(), head.len())
    };
    DELIMITERS.into_iter().rev().max_by_key(known).unwrap_or(b',')
}

/// The text of a file: as its mark says, else UTF-16 where every other byte is nothing, else UTF-8 if it is that, else as
/// Windows writes Western European text.
fn decoded(bytes: &[u8]) -> Result<String, SheetRefusal> {
    if bytes.is_empty() {
        return Err(SheetRefusal::Empty);
    }
    if let Some(looks_like) = something_else(bytes) {
        return Err(SheetRefusal::NotCsv { looks_like });
    }
    let encoding = match Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding,
        None => unmarked(bytes),
    };
    let (text, _, malformed) = encoding.decode(bytes);
    let garbled = malformed && encoding != WINDOWS_1252;
    if garbled
        || text.chars().any(|letter| letter.is_control() && !matches!(letter, '\n' | '\r' | '\t' | '\u{80}'..='\u{9f}'))
    {
        return Err(SheetRefusal::NotCsv { looks_like: "something that is no text" });
    }
    Ok(text.into_owned())
}

fn unmarked(bytes: &[u8]) -> &'static Encoding {
    let nothing = |from: usize| bytes.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    let half = bytes.len() / 2;
    let (first, second) = (nothing(0), nothing(1));
    if bytes.len().is_multiple_of(2) && second * 2 > half && first * 10 < half {
        UTF_16LE
    } else if bytes.len().is_multiple_of(2) && first * 2 > half && second * 10 < half {
        UTF_16BE
    } else if std::str::from_utf8(bytes).is_ok() {
        UTF_8
    } else {
        WINDOWS_1252
    }
}

/// What files begin with that are often taken for CSV.
fn something_else(bytes: &[u8]) -> Option<&'static str> {
    let kinds: [(&[u8], &str); 7] = [
        (b"PK\x03\x04", "an Excel or OpenDocument workbook"),
        (b"\xd0\xcf\x11\xe0", "an old Excel workbook"),
        (b"%PDF", "a PDF"),
        (b"\x89PNG", "a picture"),
        (b"\xff\xd8\xff", "a picture"),
        (b"GIF8", "a picture"),
        (b"{\\rtf", "a text document"),
    ];
    let begins = kinds.into_iter().find(|(start, _)| bytes.starts_with(start)).map(|(_, name)| name);
    begins.or_else(|| (bytes.get(4..8) == Some(b"ftyp")).then_some("a video")).or_else(|| {
        let start: Vec<u8> =
            bytes.iter().skip_while(|byte| byte.is_ascii_whitespace()).take(5).map(u8::to_ascii_lowercase).collect();
        [&b"<!doc"[..], b"<html"].iter().any(|page| start == **page).then_some("a web page")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: &str = "when,video,privacy,caption\ntomorrow 18:00,latte.mp4,everyone,Käse für 3 €\n";

    fn captions(bytes: &[u8]) -> Vec<String> {
        let sheet = read_sheet(bytes).unwrap_or_else(|refusal| panic!("{refusal}"));
        (0..sheet.rows.len()).map(|row| sheet.cell(row, Column::Caption).to_owned()).collect()
    }

    #[test]
    fn every_usual_encoding_is_read() {
        let utf16 = |big: bool, mark: bool| -> Vec<u8> {
            let units = mark.then_some(0xfeff).into_iter().chain(PLAIN.encode_utf16());
            units.flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
        };
        let windows = WINDOWS_1252.encode(PLAIN).0.into_owned();
        for bytes in [
            PLAIN.as_bytes().to_vec(),
            [&b"\xef\xbb\xbf"[..], PLAIN.as_bytes()].concat(),
            utf16(false, true),
            utf16(true, true),
            utf16(false, false),
            utf16(true, false),
            windows,
        ] {
            assert_eq!(captions(&bytes), ["Käse für 3 €"]);
        }
    }

    #[test]
    fn every_usual_delimiter_is_found() {
        for delimiter in [",", ";", "\t", "|"] {
            let text = format!("Wann;Datei;Sichtbarkeit;Text\nmorgen 18:00;latte.mp4;alle;\"eins{delimiter} zwei\"\n");
            let text = text.replace(';', delimiter);
            assert_eq!(captions(text.as_bytes()), [format!("eins{delimiter} zwei")], "{delimiter}");
        }
        assert_eq!(captions(b"sep=;\r\nwhen;video;privacy;caption\r\na;b;c;d,e\r\n"), ["d,e"]);
    }

    #[test]
    fn quotes_may_hold_line_breaks_and_quotes() {
        let text = "when,video,privacy,caption\n1,2,3,\"one\ntwo \"\"three\"\"\"\n\n4,5,6,7\n";
        assert_eq!(captions(text.as_bytes()), ["one\ntwo \"three\"", "7"]);
    }

    #[test]
    fn what_is_no_table_of_posts_is_refused_by_name() {
        let rows = |count: usize| format!("when,video,privacy\n{}", "a,b,c\n".repeat(count));
        let said = |bytes: &[u8]| read_sheet(bytes).map_or_else(|refusal| refusal.to_string(), |_| "taken".to_owned());
        for (bytes, expected) in [
            (&b""[..], "This file is empty."),
            (b" \r\n \n", "This file is empty."),
            (b"when,video,privacy\n", "This file has a heading and no rows."),
            (b"when,caption\na,b\n", "This file lacks the columns `video`, `privacy`."),
            (
                b"when,video,privacy,privcy,Notes\na,b,c,d,e\n",
                "This file has the columns `privcy`, `Notes` that Greenroom does not know.",
            ),
            (b"when,video,privacy,Wann\na,b,c,d\n", "This file has the column `when` twice."),
            (b"when,video,privacy\na,b,c,d\n", "This file cannot be read as CSV: row 1 has 4 cells under 3 headings."),
            (b"PK\x03\x04whatever", "This is not a CSV file: it looks like an Excel or OpenDocument workbook."),
            (b"\0\x01\x02\x03\xff\xfe", "This is not a CSV file: it looks like something that is no text."),
            (b" <!DOCTYPE html><p>no", "This is not a CSV file: it looks like a web page."),
            (rows(10_000).as_bytes(), "This file has 10000 rows; 200 can be taken at once."),
            (rows(200).as_bytes(), "taken"),
            (&vec![b'a'; 9_000_000], "This file is larger than 8 MB."),
        ] {
            assert_eq!(said(bytes), expected);
        }
    }

    #[test]
    fn empty_columns_without_a_heading_are_no_columns() {
        let sheet = read_sheet(b"when,video,privacy,,\na,b,c,,\n").unwrap();
        assert_eq!(sheet.cell(0, Column::Privacy), "c");
        assert_eq!(sheet.cell(7, Column::Privacy), "");
        assert!(matches!(read_sheet(b"when,video,privacy,\na,b,c,d\n"), Err(SheetRefusal::Unknown { .. })));
    }
}
