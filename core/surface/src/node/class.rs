//! The class that calls the acts, in JavaScript.

use super::{called, is_beside, places};
use crate::WRITTEN;
use crate::act::{Act, Argument, camel_case};
use crate::shape::Shape;
use crate::table::Table;

/// The file of the class of acts.
pub(crate) fn class(owner: &str, acts: &[Act], table: &Table) -> String {
    let acts = acts.iter().filter(|act| !act.is_by_hand("node"));
    let methods: Vec<String> = acts.flat_map(|act| methods(act, table)).collect();
    let body = methods.join("\n");
    let helpers = ["answering", "ifAny", "later", "options", "pack", "text", "token"];
    let progress = if body.contains("underWay(") { "const { underWay } = require('./progress')\n" } else { "" };
    let is_used = |name: &&str| [format!("{name}("), format!("({name}, ")].iter().any(|call| body.contains(call));
    let helpers: Vec<&str> = helpers.into_iter().filter(is_used).collect();
    format!(
        "'use strict'\n\n// {WRITTEN}\n\nconst {{ pages }} = require('./pages')\n{progress}const {{ {} }} = \
         require('./border')\n\n/** The acts of the {} that need no hand. */\nclass {owner}Acts {{\n  #native\n\n  \
         constructor (handle) {{\n    this.#native = handle\n  }}\n\n{body}}}\n\nmodule.exports = {{ {owner}Acts }}\n",
        helpers.join(", "),
        owner.to_lowercase()
    )
}

fn methods(act: &Act, table: &Table) -> Vec<String> {
    let name = camel_case(&act.name);
    if act.tells() {
        return vec![format!(
            "  async {name} (given) {{\n    const {{ signal, onProgress, ...rest }} = options(given)\n    return \
             underWay({{ signal, onProgress }}, (stop, tell) => this.#native.{name}(pack(rest), stop, tell))\n  }}\n"
        )];
    }
    let (places, rest) = places(act);
    let beside: Vec<&Argument> = act.arguments.iter().filter(|argument| is_beside(argument)).collect();
    let by_place: Vec<String> = places.iter().map(|argument| called(act, argument)).collect();
    let facts: Vec<String> =
        places.iter().filter(|argument| !is_beside(argument)).map(|argument| called(act, argument)).collect();
    // What is beside the facts is taken out of the object that holds both.
    let taken: Vec<String> =
        rest.iter().filter(|argument| is_beside(argument)).flat_map(|argument| taken(act, argument)).collect();
    let object = if taken.is_empty() { "options(given)" } else { "rest" };
    let has_answers = beside.iter().any(|argument| argument.shape == Shape::Answers);
    let spread = (!rest.is_empty()).then(|| format!("...{object}"));
    let spread = spread.into_iter().chain(facts).chain(has_answers.then(|| "questions".to_owned()));
    let packed = match spread.collect::<Vec<_>>() {
        one if one == [format!("...{object}")] => object.to_owned(),
        none if none.is_empty() => "{}".to_owned(),
        many => format!("{{ {} }}", many.join(", ")),
    };
    let mut passed = vec![format!("pack({packed})")];
    passed.extend(beside.iter().flat_map(|argument| read(act, argument, table)));
    let said: Vec<String> = by_place.into_iter().chain((!rest.is_empty()).then(|| "given".to_owned())).collect();
    let native = match format!("this.#native.{name}({})", passed.join(", ")) {
        line if line.len() <= 105 => line,
        _ => format!("this.#native.{name}(\n        {})", passed.join(",\n        ")),
    };
    let call = if taken.is_empty() {
        format!("later(() => {native})")
    } else {
        let answering = if has_answers { "      const { questions, answers } = answering(said)\n" } else { "" };
        format!(
            "later(() => {{\n      const {{ {}, ...rest }} = options(given)\n{answering}      return {native}\n    }})",
            taken.join(", ")
        )
    };
    let said = said.join(", ");
    let mut methods = vec![if act.answer == Shape::Unit {
        format!("  async {name} ({said}) {{\n    await {call}\n  }}\n")
    } else {
        format!("  {name} ({said}) {{\n    return {call}\n  }}\n")
    }];
    if let Some(each) = &act.usage.each {
        let (name, each) = (format!("this.#native.{name}("), camel_case(each));
        let call = native.replacen(&name, &format!("this.#native.{each}("), 1);
        methods.push(format!("  {each} ({said}) {{\n    return pages(() => {call})\n  }}\n"));
    }
    methods
}

/// The names that an argument has in the object.
fn taken(act: &Act, argument: &Argument) -> Vec<String> {
    match &argument.shape {
        Shape::Answers => vec!["answers: said".to_owned()],
        Shape::Password => vec![called(act, argument), "confirm".to_owned()],
        Shape::Optional(inner) if **inner == Shape::Password => vec![called(act, argument), "confirm".to_owned()],
        _ if called(act, argument) == "text" => vec!["text: said".to_owned()],
        _ => vec![called(act, argument)],
    }
}

/// How it goes to the native module: read as what it is.
fn read(act: &Act, argument: &Argument, table: &Table) -> Vec<String> {
    let name = called(act, argument);
    let by = if table.tokens.contains(&name) { "token" } else { "text" };
    match &argument.shape {
        Shape::Answers => vec!["answers".to_owned()],
        Shape::Password => [name, "confirm".to_owned()].map(|name| format!("text({name}, '{name}')")).into(),
        Shape::Optional(inner) if **inner == Shape::Password => {
            let given = format!("{name} === undefined");
            vec![
                format!("{given} ? undefined : text({name}, '{name}')"),
                format!("{given} ? undefined : text(confirm, 'confirm')"),
            ]
        }
        Shape::Optional(_) => vec![format!("ifAny({by}, {name}, '{name}')")],
        _ if name == "text" => vec!["text(said, 'text')".to_owned()],
        _ => vec![format!("{by}({name}, '{name}')")],
    }
}
