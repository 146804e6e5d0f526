//! Short names for what the program imports from its script, and for the closures that it exports. `wasm-bindgen` gives each a long one
//! with a hash in it, in both files; a hash is what no packing makes smaller.

use anyhow::{Result, ensure};
use std::collections::BTreeMap;
use wasm_encoder::reencode::{Reencode, utils};
use wasm_encoder::{ExportSection, ImportSection, Module};
use wasmparser::{Export, ImportSectionReader, Parser, Payload};

use super::Outcome;

/// How the program calls its script.
const OF_SCRIPT: &str = "_bg.js";
/// How the names of closures begin.
const CLOSURE: &str = "wasm_bindgen__convert__closures_";

/// Program and script with short names. The script is one that `wasm-bindgen` wrote: it names every import once, as a property, and every
/// closure as a function of its own and as a property.
pub fn shorten(program: &[u8], script: &str) -> Result<(Vec<u8>, String)> {
    let names = short_names(program)?;
    let (script, found) = rename(script, &names);
    ensure!(found == names.len(), "the script has {found} of {} names", names.len());
    let mut module = Module::new();
    Shorten { names }.parse_core_module(&mut module, Parser::new(0), program)?;
    Ok((module.finish(), script))
}

fn short_names(program: &[u8]) -> Result<BTreeMap<String, String>> {
    let mut names = BTreeMap::new();
    for payload in Parser::new(0).parse_all(program) {
        let mut found = Vec::new();
        match payload? {
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    let import = import?;
                    found.extend(import.module.ends_with(OF_SCRIPT).then_some(import.name));
                }
            }
            Payload::ExportSection(exports) => {
                for export in exports {
                    let name = export?.name;
                    found.extend(name.starts_with(CLOSURE).then_some(name));
                }
            }
            _ => {}
        }
        for name in found {
            // No word of the script begins so.
            let next = format!("__i{}", names.len());
            names.entry(name.to_owned()).or_insert(next);
        }
    }
    Ok(names)
}

/// The script with other names, and how many of them it has.
fn rename(script: &str, names: &BTreeMap<String, String>) -> (String, usize) {
    let is_of_a_word = |it: char| it.is_alphanumeric() || it == '_' || it == '$';
    let mut renamed = String::with_capacity(script.len());
    let mut found = std::collections::BTreeSet::new();
    let mut rest = script;
    while !rest.is_empty() {
        let word = rest.find(|it| !is_of_a_word(it)).unwrap_or(rest.len());
        match names.get(&rest[..word]) {
            Some(short) => {
                found.insert(short);
                renamed.push_str(short);
            }
            None => renamed.push_str(&rest[..word]),
        }
        rest = &rest[word..];
        let gap = rest.find(is_of_a_word).unwrap_or(rest.len());
        renamed.push_str(&rest[..gap]);
        rest = &rest[gap..];
    }
    (renamed, found.len())
}

struct Shorten {
    names: BTreeMap<String, String>,
}

impl Reencode for Shorten {
    type Error = core::convert::Infallible;

    fn parse_import_section(
        &mut self,
        imports: &mut ImportSection,
        section: ImportSectionReader<'_>,
    ) -> Outcome {
        for import in section.into_imports() {
            let import = import?;
            let kind = self.entity_type(import.ty)?;
            let short = self.names.get(import.name).filter(|_| import.module.ends_with(OF_SCRIPT));
            imports.import(import.module, short.map_or(import.name, String::as_str), kind);
        }
        Ok(())
    }

    fn parse_export(&mut self, exports: &mut ExportSection, export: Export<'_>) -> Outcome {
        let short = self.names.get(export.name).cloned();
        utils::parse_export(self, exports, Export { name: short.as_deref().unwrap_or(export.name), ..export })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_encoder::{EntityType, FunctionSection, TypeSection};

    fn program() -> Vec<u8> {
        let mut module = Module::new();
        let mut types = TypeSection::new();
        types.ty().function([], []);
        module.section(&types);
        let mut imports = ImportSection::new();
        imports.import("./program_bg.js", "__wbg_set_0123456789abcdef", EntityType::Function(0));
        imports.import("./program_bg.js", "__wbg_set", EntityType::Function(0));
        module.section(&imports);
        module.section(&FunctionSection::new());
        module.finish()
    }

    #[test]
    fn both_say_the_same_short_names_and_nothing_else_changes() {
        let script =
            "const imports = { __wbg_set_0123456789abcdef: (x) => x, __wbg_set() { wasm.__wbg_setter(); } };";
        let (program, script) = shorten(&program(), script).unwrap();
        assert_eq!(script, "const imports = { __i0: (x) => x, __i1() { wasm.__wbg_setter(); } };");
        let names = short_names(&program).unwrap();
        assert_eq!(names.keys().collect::<Vec<_>>(), ["__i0", "__i1"]);
    }

    #[test]
    fn a_script_of_another_program_is_refused() {
        assert!(shorten(&program(), "const imports = { __wbg_set: 1 };").is_err());
    }
}
