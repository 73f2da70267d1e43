//! Keys side by side: `qwerty`, `1qaz@WSX`, `zaq1`.

use super::parts::Part;
use super::pattern::Because;

/// The rows of the keyboard of the United States, without and with shift; a
/// key lies below the one of the same place in the row above.
const ROWS: [(&[u8], &[u8]); 4] = [
    (b"`1234567890-=", b"~!@#$%^&*()_+"),
    (b"\0qwertyuiop[]\\", b"\0QWERTYUIOP{}|"),
    (b"\0asdfghjkl;'", b"\0ASDFGHJKL:\""),
    (b"\0zxcvbnm,./", b"\0ZXCVBNM<>?"),
];

/// Where a key is, and whether it is pressed with shift.
#[derive(Clone, Copy)]
struct Key {
    row: i8,
    column: i8,
    shift: bool,
}

fn key(byte: u8) -> Option<Key> {
    ROWS.iter().zip(0..).find_map(|((plain, shifted), row)| {
        let find = |keys: &[u8]| keys.iter().position(|key| *key == byte).and_then(|at| i8::try_from(at).ok());
        find(plain)
            .map(|column| Key { row, column, shift: false })
            .or_else(|| find(shifted).map(|column| Key { row, column, shift: true }))
    })
}

/// Hands over the walks over the keyboard that a text begins with, of at least
/// four keys: three are as soon pressed by chance.
pub(super) fn walks(rest: &[u8], found: &mut impl FnMut(Part)) {
    let Some((first, mut last)) = rest.first().and_then(|byte| Some((*byte, key(*byte)?))) else { return };
    let start = if b"1qaz!QAZ0pP".contains(&first) { 30 } else { 55 };
    let (mut bits, mut keys, mut shifted) = (15 + start, 1, u32::from(last.shift));
    // The last step and the one before it: people go on as they went, or back
    // and forth.
    let mut steps = [None, None];
    for (at, byte) in rest.iter().enumerate().skip(1) {
        let Some(next) = key(*byte) else { break };
        let step = (next.row - last.row, next.column - last.column);
        if step == (0, 0) || step.0.abs() > 1 || step.1.abs() > 1 {
            break;
        }
        bits += match steps {
            [None, _] => 25,
            known if known.contains(&Some(step)) => 5,
            // `1q2w`, `5t4r`: on to the next column.
            [Some((row @ (1 | -1), 0)), _] if step.0 == -row && step.1 != 0 => 10,
            _ => 40,
        };
        steps = [Some(step), steps[0]];
        last = next;
        keys += 1;
        shifted += u32::from(next.shift);
        if at >= 3 {
            let cased = match shifted {
                0 => 5,
                all if all == keys => 15,
                _ => 5 + 10 * keys,
            };
            found(Part::of(at + 1, bits + cased, Because::Keys));
        }
    }
}
