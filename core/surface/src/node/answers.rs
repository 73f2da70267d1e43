//! What comes out, as JSON in JavaScript's spelling.

use super::Border;
use crate::WRITTEN;
use crate::act::camel_case;
use crate::answer::Record;

impl Border<'_> {
    /// The file of what shows the structs that need no hand.
    pub(crate) fn answers(&self) -> String {
        let shown: Vec<String> = self.written().map(show).collect();
        format!("//! {WRITTEN}\n\nuse serde_json::{{Value, json}};\n\nuse super::Show;\n{}", shown.concat())
    }
}

fn show(record: &Record) -> String {
    let field = |part: &crate::answer::Part| {
        format!("            \"{}\": self.{}.show(),\n", camel_case(&part.field.name), part.place())
    };
    let fields: String = record.fields.iter().map(field).collect();
    format!(
        "\nimpl Show for {} {{\n    fn show(&self) -> Value {{\n        json!({{\n{fields}        }})\n    }}\n}}\n",
        record.path
    )
}
