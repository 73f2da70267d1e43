//! What stands for a letter in a password.

/// What stands for a letter, read as it; of a lower-case character. `i` and
/// `l` are told apart by nobody who writes `1` or `!`, so they are one.
pub(crate) fn read(c: char) -> char {
    match c {
        '0' => 'o',
        '1' | '!' | '|' | 'l' => 'i',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' | '+' => 't',
        '8' => 'b',
        _ => c,
    }
}
