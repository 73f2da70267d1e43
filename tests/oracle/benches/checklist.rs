//! The checklist (P4, P5), a keystroke after the other.
#![allow(missing_docs)]

#[path = "../../../core/benches/table/mod.rs"]
mod table;

use std::hint::black_box;

use carekey::password::Person;
use carekey::policy::PasswordPolicy;
use table::{beside, each, reach, turns};

fn main() {
    let policy = PasswordPolicy::agency();
    let person = Person {
        names: &["Felicia", "Grace", "Conner-Lee"],
        username: Some("104fconnerlee"),
        email: Some("felicia.conner@sunnydale-homecare.example"),
        agency: Some("Sunnydale Home Care of Greater Springfield"),
    };
    let typed = "Lantern#47 tide otter";
    let keystrokes: Vec<&str> = (1..=typed.len()).filter_map(|end| typed.get(..end)).collect();
    let inputs = ["felicia", "grace", "conner-lee", "104fconnerlee", "sunnydale"];
    let checker = policy.checker(&person);
    for password in &keystrokes {
        assert_eq!(checker.check(password), policy.check(password, &person), "{password}");
    }
    let [ours, prepared_anew, nobody] = turns([
        &mut || keystrokes.iter().for_each(|password| drop(black_box(checker.check(password)))),
        &mut || keystrokes.iter().for_each(|password| drop(black_box(policy.check(password, &person)))),
        &mut || keystrokes.iter().for_each(|password| drop(black_box(policy.check(password, &Person::default())))),
    ]);
    let count = keystrokes.len();
    reach("checklist", &each(ours, count), "");
    let rated = || keystrokes.iter().for_each(|password| drop(black_box(zxcvbn::zxcvbn(password, &inputs))));
    let [prepared, peer] =
        turns([&mut || keystrokes.iter().for_each(|password| drop(black_box(checker.check(password)))), &mut || {
            rated()
        }]);
    let note = "it guesses how hard a password is to guess; ours decides by the policy";
    beside("a keystroke of the checklist", count, prepared, ("{zxcvbn}", peer), note);
    beside(
        "a keystroke of the checklist",
        count,
        ours,
        ("with the person's words prepared each time", prepared_anew),
        "",
    );
    beside(
        "a keystroke of the checklist",
        count,
        ours,
        ("without a person", nobody),
        "what judging the password itself takes",
    );
}
