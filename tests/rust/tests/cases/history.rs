//! H: the chain of a history, what was done to it, and its exports.

use carekey::history::{Head, Line, to_csv, to_json_lines, verify};
use data_encoding::HEXLOWER;
use serde_json::{Value, json};
use uuid::Uuid;

/// Answers the calls of rule H.
pub fn call(call: &str, given: &Value) -> Option<Value> {
    Some(match call {
        "history.chain" => {
            let (_, lines, head) = written(given);
            let macs: Vec<String> = lines.iter().map(|line| HEXLOWER.encode(&line.mac)).collect();
            json!({ "macs": macs, "head": { "length": head.length, "mac": HEXLOWER.encode(&head.mac) } })
        }
        "history.verify" => {
            let (key, mut lines, mut head) = written(given);
            let subject = lines.first().map_or_else(Uuid::nil, |line| line.subject);
            for change in given["then"].as_array().into_iter().flatten() {
                tamper(change, &mut lines, &mut head);
            }
            let key = given.get("other_key").map_or(key, hex_key);
            let subject = given["of"].as_str().map_or(subject, |of| of.parse().expect("a UUID"));
            match verify(&key, subject, &lines, &head) {
                Ok(()) => json!({ "whole": true }),
                Err(error) => json!({ "error": error.code, "params": error.params }),
            }
        }
        "history.csv" => json!({ "text": to_csv(&written(given).1).expect("lines can be written") }),
        "history.json_lines" => {
            let text = to_json_lines(&written(given).1).expect("lines can be written");
            json!(text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect::<Vec<Value>>())
        }
        _ => return None,
    })
}

/// The lines of a case, chained; what they leave out is nil, empty or none.
fn written(given: &Value) -> ([u8; 32], Vec<Line>, Head) {
    let key = hex_key(&given["key"]);
    let mut head = Head::default();
    let lines = given["lines"].as_array().expect("lines").iter().map(|given| {
        let mut line = json!({
            "subject": Uuid::nil(), "sequence": 0, "at": "2026-11-22T09:00:00Z", "kind": "note.changed",
            "actor": "manager", "actor_account": null, "actor_name": "", "details": {}, "source": null,
        });
        for (name, value) in given.as_object().expect("a line") {
            line[name] = value.clone();
        }
        let mut line: Line = serde_json::from_value(line).expect("a line");
        head.append(&key, &mut line);
        line
    });
    let lines = lines.collect();
    (key, lines, head)
}

/// What a stranger with the store but without the key does. Lines count from 1.
fn tamper(change: &Value, lines: &mut Vec<Line>, head: &mut Head) {
    let at = |name: &str| change[name].as_u64().and_then(|line| usize::try_from(line).ok()).expect("a line") - 1;
    match change["do"].as_str().expect("what is done") {
        "edit" => {
            let line = &mut lines[at("line")];
            let mut edited = json!(line);
            for (name, value) in change["set"].as_object().expect("fields") {
                edited[name] = value.clone();
            }
            *line = Line { mac: line.mac.clone(), ..serde_json::from_value(edited).expect("a line") };
        }
        "edit_mac" => lines[at("line")].mac[0] ^= 1,
        "empty_mac" => lines[at("line")].mac.clear(),
        "remove" => drop(lines.remove(at("line"))),
        "repeat" => lines.insert(at("line"), lines[at("line")].clone()),
        "swap" => lines.swap(at("line"), at("with")),
        "cut" => lines.truncate(lines.len() - change["lines"].as_u64().expect("a number") as usize),
        "renumber" => lines.iter_mut().zip(1..).for_each(|(line, sequence)| line.sequence = sequence),
        "head_length" => head.length = change["to"].as_i64().expect("a number"),
        "head_mac" => head.mac[31] ^= 0x80,
        "head_of_last_line" => head.mac = lines.last().expect("a line").mac.clone(),
        "empty_head" => *head = Head::default(),
        other => panic!("no such change: {other}"),
    }
}

fn hex_key(text: &Value) -> [u8; 32] {
    let bytes = HEXLOWER.decode(text.as_str().expect("hex").as_bytes()).expect("hex");
    bytes.try_into().expect("32 bytes")
}
