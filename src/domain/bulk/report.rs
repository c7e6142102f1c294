//! What became of each row, as a file that can be corrected and given back.

use super::sheet::Sheet;

/// What became of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowSaid {
    /// What is the case.
    pub result: String,
    /// What the person can do.
    pub hint: String,
}

/// Makes a cell harmless where a spreadsheet would run it: whatever begins like a formula gets an apostrophe before it.
/// <https://owasp.org/www-community/attacks/CSV_Injection>
#[must_use]
pub fn harmless(cell: &str) -> String {
    if is_formula(cell.trim_start_matches('\'')) { format!("'{cell}") } else { cell.to_owned() }
}

/// The cell before it was made harmless.
pub(super) fn as_it_was(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| is_formula(rest.trim_start_matches('\''))).unwrap_or(cell)
}

/// Whether a spreadsheet takes a cell for a formula; some read the wide forms of the same signs, too.
#[must_use]
pub fn is_formula(cell: &str) -> bool {
    cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\0', '＝', '＋', '－', '＠'])
}

/// The rows with what became of each, as CSV in UTF-8 that spreadsheets take for such.
///
/// # Panics
/// Never: writing into memory cannot fail, and all rows have the same number of cells.
#[must_use]
pub fn report(sheet: &Sheet, said: &[RowSaid]) -> Vec<u8> {
    let mut csv = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(b"\xef\xbb\xbf".to_vec());
    let kept = |cells: &[String]| -> Vec<String> {
        let ours = cells.iter().enumerate().filter(|(place, _)| !sheet.is_ours(*place));
        ours.map(|(_, cell)| harmless(cell)).collect()
    };
    let mut write = |number: &str, cells: &[String], result: &str, hint: &str| {
        let mut all = vec![number.to_owned()];
        all.extend(kept(cells));
        all.extend([harmless(result), harmless(hint)]);
        csv.write_record(all).expect("memory takes everything, and each row has the same cells");
    };
    write("row", &sheet.headings, "result", "hint");
    for (index, (cells, said)) in sheet.rows.iter().zip(said).enumerate() {
        write(&(index + 1).to_string(), cells, &said.result, &said.hint);
    }
    csv.into_inner().expect("memory takes everything")
}

#[cfg(test)]
mod tests {
    use super::super::{read_row, read_sheet};
    use super::*;

    #[test]
    fn formulas_are_escaped_and_the_file_can_be_given_back() {
        let text = "when;video;privacy;caption;result\nasap;a.mp4;public;=1+1;old\nasap;b.mp4;;\"-two\nlines\";old\n";
        let sheet = read_sheet(text.as_bytes()).unwrap();
        let said = [("ok", ""), ("`privacy` is empty", "@choose")];
        let said = said.map(|(result, hint)| RowSaid { result: result.into(), hint: hint.into() });
        let written = String::from_utf8(report(&sheet, &said)).unwrap();
        assert_eq!(
            written,
            "\u{feff}row,when,video,privacy,caption,result,hint\r\n1,asap,a.mp4,public,'=1+1,ok,\r\n\
             2,asap,b.mp4,,\"'-two\nlines\",`privacy` is empty,'@choose\r\n"
        );
        let again = read_sheet(written.as_bytes()).unwrap();
        assert_eq!(read_row(&again, 0).unwrap().caption, "=1+1");
    }

    #[test]
    fn whatever_begins_like_a_formula_is_made_harmless() {
        for cell in ["=A1", "+1", "-1", "@x", "\tx", "\rx", "\nx"] {
            assert_eq!(harmless(cell), format!("'{cell}"));
            assert_eq!(as_it_was(&harmless(cell)), cell);
        }
        for cell in ["", "a=b", "'quoted'", " =1"] {
            assert_eq!(harmless(cell), cell);
        }
        for cell in ["=1", "'=1", "''=1", "", "'", "plain"] {
            assert_eq!(as_it_was(&harmless(cell)), cell);
        }
    }
}
