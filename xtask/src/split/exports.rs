//! What the program exports and nobody asks for. `wasm-bindgen` writes a class into the script for each type that any library of the program
//! offers to scripts, whether there is ever an object of it or not.

use anyhow::Result;
use std::collections::BTreeSet;
use std::convert::Infallible;
use wasm_encoder::reencode::{Reencode, utils};
use wasm_encoder::{ExportSection, Module};
use wasmparser::{Export, Parser};

use super::{Outcome, plain};

/// How a class begins in the script, and a line after it.
const CLASS: &str = "export class ";
const DISPOSES: &str = "if (Symbol.dispose) ";

/// Program and script without the classes of which the script makes no object, and without what the script does not name.
pub fn tidied(program: &[u8], script: &str) -> Result<(Vec<u8>, String)> {
    let script = without_classes(script);
    let mut module = Module::new();
    let named = words(&script).map(str::to_owned).collect();
    Tidied { named }.parse_core_module(&mut module, Parser::new(0), program).map_err(plain)?;
    Ok((module.finish(), script))
}

fn words(script: &str) -> impl Iterator<Item = &str> {
    script.split(|it: char| !(it.is_alphanumeric() || it == '_' || it == '$'))
}

/// The script without the classes that nothing else in it names.
fn without_classes(script: &str) -> String {
    let names = script.lines().filter_map(|line| line.strip_prefix(CLASS)?.strip_suffix(" {"));
    let mut script = script.to_owned();
    for name in names.map(str::to_owned).collect::<Vec<_>>() {
        let left = without_class(&script, &name);
        if !words(&left).any(|word| word == name) {
            script = left;
        }
    }
    script
}

/// The script without one class, and what stands behind it for that: each of these is a line, and the lines that follow it as far as they
/// are indented, or close it.
fn without_class(script: &str, name: &str) -> String {
    let begins = [
        format!("{CLASS}{name} {{"),
        format!("{DISPOSES}{name}.prototype"),
        format!("const {name}Finalization = "),
    ];
    let (mut left, mut within) = (String::new(), false);
    for line in script.split_inclusive('\n') {
        let goes_on = within && (line.starts_with(' ') || line.trim_end() == "}");
        within = goes_on || begins.iter().any(|begin| line.starts_with(begin));
        if !within {
            left.push_str(line);
        }
    }
    left
}

struct Tidied {
    /// What the script names.
    named: BTreeSet<String>,
}

impl Reencode for Tidied {
    type Error = Infallible;

    fn parse_export(&mut self, exports: &mut ExportSection, export: Export<'_>) -> Outcome {
        if !self.named.contains(export.name) {
            return Ok(());
        }
        utils::parse_export(self, exports, export)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::split::shape::Shape;

    const SCRIPT: &str = "export class Pipe {\n    free() {\n        wasm.pipe_free(this.p);\n    }\n}\n\
        if (Symbol.dispose) Pipe.prototype[Symbol.dispose] = Pipe.prototype.free;\n\n\
        export class Cup {\n    fill() {\n        wasm.cup_fill(this.p);\n    }\n}\n\
        const PipeFinalization = (typeof FinalizationRegistry === 'undefined')\n    ? 1\n    : wasm.pipe_free;\n\
        const make = () => new Cup();\n";

    #[test]
    fn a_class_of_which_nobody_makes_an_object_is_gone_with_all_that_belongs_to_it() {
        let left = without_classes(SCRIPT);
        assert_eq!(
            left,
            "\nexport class Cup {\n    fill() {\n        wasm.cup_fill(this.p);\n    }\n}\nconst make = () => new Cup();\n"
        );
    }

    #[test]
    fn only_what_the_script_names_is_exported() {
        let program = wat::parse_str(r#"(module (func (export "pipe_free")) (func (export "cup_fill")))"#)
            .expect("a text");
        let (program, _) = tidied(&program, SCRIPT).expect("it is a program");
        wasmparser::validate(&program).expect("it still is one");
        assert_eq!(Shape::of(&program).expect("it has a shape").exported, [1].into());
    }
}
