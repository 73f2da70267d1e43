//! The shortest story that fails: steps are left out, ever smaller pieces of
//! them, as long as something is wrong still.

use carekey_tests::desk::Desk;

use super::Story;
use super::world::World;

/// Plays a story; says what is wrong and after how many steps.
fn wrong(story: &Story, desk: Desk) -> Option<(usize, String)> {
    let mut world = World::new(desk);
    for (at, (number, step)) in story.iter().enumerate() {
        if let Err(why) = world.play(*number, step) {
            return Some((at + 1, why));
        }
    }
    world.sweep(true).err().map(|why| (story.len(), why))
}

pub(crate) fn shortest(story: &Story, why: &str, desk: impl Fn() -> Desk) -> (Story, String) {
    let (mut story, mut why) = (story.clone(), why.to_owned());
    let mut piece = story.len() / 2;
    while piece > 0 {
        let (mut at, before) = (0, story.len());
        while at < story.len() {
            let mut shorter = story.clone();
            shorter.drain(at..(at + piece).min(shorter.len()));
            match wrong(&shorter, desk()) {
                Some((end, said)) => {
                    shorter.truncate(end);
                    (story, why) = (shorter, said);
                }
                None => at += piece,
            }
        }
        if piece > 1 || story.len() == before {
            piece /= 2;
        }
    }
    (story, why)
}
