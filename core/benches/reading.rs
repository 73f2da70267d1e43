//! Reading a roster and its preview: rows a second at three sizes, of files as
//! they should be and as offices export them, new people and known ones. Both
//! stay linear in rows: the last column is the time of a row, by that of a row
//! of the file a tenth as long, and stays about 1.
#![allow(clippy::print_stdout, clippy::expect_used, missing_docs)]

use std::time::{Duration, Instant};

use carekey::Policy;
use carekey::roster::{Known, Preview, Roster};
use carekey::username::{Taken, Usernames};
use serde_json::json;

const SIZES: [usize; 3] = [1_000, 10_000, 100_000];
const FIRST: [&str; 8] = ["Ann", "Bo", "José", "Zoë", "Kim", "Lee", "Pat", "Sue"];
const LAST: [&str; 8] = ["Wright", "Hale", "Núñez", "O'Brien", "Day", "Roe", "van der Berg", "Nguyen"];
const ROLES: [&str; 4] = ["Caregiver", "Client", "Family", "Office Staff"];

type Cells = [String; 6];

fn main() {
    println!("{:38} {:>8} {:>12} {:>14} {:>6}", "", "rows", "read, /s", "previewed, /s", "×");
    for (what, file) in files() {
        for again in [false, true] {
            let mut before: Option<f64> = None;
            for rows in SIZES {
                let bytes = file(rows);
                let known = if again { known(rows) } else { Vec::new() };
                let (read, previewed) = best(&bytes, &known);
                let (rows_read, each) = (rows as f64, (read + previewed).as_secs_f64() / rows as f64);
                let ratio = before.map_or(String::new(), |before| format!("{:.2}", each / before));
                let whom = if again { "known people" } else { "new people" };
                println!(
                    "{:38} {rows:>8} {:>12.0} {:>14.0} {ratio:>6}",
                    format!("{what}, {whom}"),
                    rows_read / read.as_secs_f64(),
                    rows_read / previewed.as_secs_f64(),
                );
                before = Some(each);
            }
        }
    }
}

type File = fn(usize) -> Vec<u8>;

fn files() -> Vec<(&'static str, File)> {
    vec![
        ("a clean CSV", |rows| csv(&clean(rows))),
        ("a dirty CSV", |rows| [b"Staff list, all offices\n\n".as_slice(), &csv(&dirty(rows))].concat()),
        #[cfg(feature = "workbooks")]
        ("a clean workbook", |rows| workbook::of(&clean(rows))),
        #[cfg(feature = "workbooks")]
        ("a dirty workbook", |rows| workbook::of(&dirty(rows))),
    ]
}

/// The shortest of three runs.
fn best(bytes: &[u8], known: &[Known]) -> (Duration, Duration) {
    let runs = (0..3).map(|_| {
        let started = Instant::now();
        let roster = Roster::from_csv(bytes).expect("a roster");
        let read = started.elapsed();
        let started = Instant::now();
        let preview = preview(roster, known);
        let previewed = started.elapsed();
        drop(preview);
        (read, previewed)
    });
    runs.min_by_key(|(read, previewed)| *read + *previewed).expect("three runs")
}

fn preview(roster: Roster, known: &[Known]) -> Preview {
    let policy = Policy::default();
    let taken: Taken = known.iter().filter_map(|known| known.username_canonical.as_deref()).collect();
    let usernames = Usernames::new(&policy.username, "104", "US", taken).expect("usernames");
    roster.preview(known, &[], usernames, &policy, "US")
}

/// Words of letters that tell one person from each other.
fn tail(mut number: usize) -> String {
    let mut out = String::new();
    while number > 0 {
        let letter = u8::try_from(number % 26).unwrap_or_default();
        out.push(char::from(b'a' + letter));
        number /= 26;
    }
    out
}

fn person(at: usize) -> (String, String) {
    let last = LAST.get(at % 8).copied().unwrap_or_default();
    let first = FIRST.get(at / 8 % 8).copied().unwrap_or_default();
    (first.to_owned(), format!("{last}{}", tail(at / 64)))
}

fn phone(at: usize) -> String {
    format!("212-{}-{:04}", 200 + at / 10_000, at % 10_000)
}

fn titles() -> Cells {
    ["Role", "ID", "Name", "Email", "Cell", "Status"].map(str::to_owned)
}

fn clean(rows: usize) -> Vec<Cells> {
    let row = |at: usize| {
        let (first, last) = person(at);
        let role = ROLES.get(at % 4).copied().unwrap_or_default();
        let id = format!("E{at:06}");
        [role.to_owned(), id, format!("{last}, {first}"), format!("p{at}@example.com"), phone(at), "Active".to_owned()]
    };
    std::iter::once(titles()).chain((0..rows).map(row)).collect()
}

/// Each row with one habit of the programs that offices use.
fn dirty(rows: usize) -> Vec<Cells> {
    let mut table = clean(rows);
    for (at, row) in table.iter_mut().skip(1).enumerate() {
        let [role, id, name, email, phone, status] = row;
        match at % 16 {
            0 => *id = format!("=\"{at:06}\""),
            1 => name.push_str(", RN"),
            2 => *name = name.replace(", ", ",\u{200b} "),
            3 => *name = name.replace('\'', "&#039;"),
            4 => *phone = format!("{}.0", phone.replace('-', "")),
            5 => *phone = format!("{phone} x11"),
            6 => *status = "Terminated".to_owned(),
            7 => *email = format!("{name} <{email}>"),
            8 => *id = "n/a".to_owned(),
            9 => *phone = "000-000-0000".to_owned(),
            10 => *name = format!("John & Mary {}", name.replace(',', "")),
            11 => *role = format!("{role}\u{a0}"),
            12 => *email = format!("{email}; other{at}@example.com"),
            13 => *name = format!("Dr. {}", name.replace(',', "")),
            14 => *name = "#REF!".to_owned(),
            _ => *name = name.to_uppercase(),
        }
    }
    table
}

fn csv(table: &[Cells]) -> Vec<u8> {
    let quoted = |cell: &String| format!("\"{}\"", cell.replace('"', "\"\""));
    let line = |row: &Cells| row.each_ref().map(quoted).join(",") + "\n";
    table.iter().map(line).collect::<String>().into_bytes()
}

/// The people of the clean file, as the agency knows them a month later.
fn known(rows: usize) -> Vec<Known> {
    let one = |at: usize| {
        let (first, last) = person(at);
        let name = carekey::name::PersonName { first: Some(first), last: Some(last), ..Default::default() };
        let (email, uuid) = (format!("p{at}@example.com"), format!("00000000-0000-0000-0000-{at:012x}"));
        let role = ROLES.get(at % 4).copied().unwrap_or_default().to_lowercase().replace(' ', "_");
        serde_json::from_value(json!({
            "party": uuid,
            "account": uuid,
            "external_id": format!("E{at:06}"),
            "name_key": name.key(),
            "display_name": name.display(),
            "roles": [role],
            "username_canonical": if role == "office_staff" { format!("104x{at}") } else { email.clone() },
            "email_canonical": email,
        }))
        .expect("someone known")
    };
    (0..rows).map(one).collect()
}

#[cfg(feature = "workbooks")]
mod workbook {
    use std::io::{Cursor, Write};

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    const TYPES: &str = r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>"#;
    const ROOT: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
    const BOOK: &str = r#"<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Staff" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
    const LINKS: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;

    /// The least that is a workbook, its texts in the cells.
    pub(super) fn of(table: &[super::Cells]) -> Vec<u8> {
        let mut sheet = String::from(
            r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>"#,
        );
        for (row, cells) in (1..).zip(table) {
            sheet.push_str(&format!("<row r=\"{row}\">"));
            for (column, cell) in ('A'..).zip(cells) {
                let text = cell.replace('&', "&amp;").replace('<', "&lt;");
                sheet.push_str(&format!("<c r=\"{column}{row}\" t=\"inlineStr\"><is><t>{text}</t></is></c>"));
            }
            sheet.push_str("</row>");
        }
        sheet.push_str("</sheetData></worksheet>");
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
        for (name, text) in [
            ("[Content_Types].xml", TYPES),
            ("_rels/.rels", ROOT),
            ("xl/workbook.xml", BOOK),
            ("xl/_rels/workbook.xml.rels", LINKS),
            ("xl/worksheets/sheet1.xml", &sheet),
        ] {
            archive.start_file(name, options).expect("a file");
            archive.write_all(text.as_bytes()).expect("a text");
        }
        archive.finish().expect("an archive").into_inner()
    }
}
