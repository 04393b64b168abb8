//! The types of the program as `serde` reads them, found by the names a file knows them by.

use std::collections::BTreeMap;

use syn::punctuated::Punctuated;
use syn::{Expr, Item, ItemStruct, Lit, Token, Type, UseTree};

use crate::source::{Source, quoted};

/// The types and statements of all modules.
pub struct Program {
    modules: BTreeMap<Vec<String>, Module>,
}

/// One file: what it declares, and what it calls by a shorter name.
#[derive(Default)]
struct Module {
    structs: BTreeMap<String, ItemStruct>,
    aliases: BTreeMap<String, Type>,
    names: BTreeMap<String, Vec<String>>,
    globs: Vec<Vec<String>>,
    statements: Vec<String>,
    /// Texts in quotes that name a type of JSON, as parts of statements that macros of our own put together.
    parts: Vec<String>,
}

/// A statement and the module whose names its types are.
pub struct Statement<'p> {
    pub module: &'p [String],
    pub sql: &'p str,
}

/// What a name stands for.
pub enum Named<'p> {
    Struct(&'p ItemStruct),
    Alias(&'p Type),
}

/// A key that a struct reads.
pub struct Field {
    pub type_: Type,
    /// The module whose names the type's are.
    pub module: Vec<String>,
    /// `serde` does without it.
    pub may_be_missing: bool,
}

impl Program {
    pub fn of(sources: &[Source]) -> Self {
        let mut modules = BTreeMap::new();
        for source in sources {
            let file = syn::parse_file(&source.text).unwrap_or_else(|error| panic!("{}: {error}", source.path));
            let mut module = Module::default();
            for item in &file.items {
                module.take(item);
            }
            let mut found = Macros { statements: Vec::new() };
            syn::visit::Visit::visit_file(&mut found, &file);
            module.statements = found.statements;
            module.parts = quoted(&source.code()).into_iter().filter(|text| text.contains("Json<")).collect();
            modules.insert(path_of(&source.path), module);
        }
        Self { modules }
    }

    pub fn statements(&self) -> impl Iterator<Item = Statement<'_>> {
        self.modules.iter().flat_map(|(module, own)| own.statements.iter().map(move |sql| Statement { module, sql }))
    }

    /// The module that says this of a column in its part of a statement.
    pub fn module_of_part(&self, sql: &str, column: &str) -> Option<&[String]> {
        let says = |part: &String| part.contains(column) && sql.contains(part.as_str());
        self.modules.iter().find(|(_, own)| own.parts.iter().any(says)).map(|(module, _)| module.as_slice())
    }

    /// What a path means in a module, and the module that declares it.
    pub fn find<'p>(&'p self, module: &[String], path: &[String]) -> Option<(Vec<String>, Named<'p>)> {
        let (first, rest) = path.split_first()?;
        match first.as_str() {
            "crate" => return self.find(&["crate".to_owned()], rest),
            "self" => return self.find(module, rest),
            "super" => return self.find(module.split_last()?.1, rest),
            _ => {}
        }
        let own = self.modules.get(module)?;
        if rest.is_empty() {
            if let Some(declared) = own.structs.get(first) {
                return Some((module.to_vec(), Named::Struct(declared)));
            }
            if let Some(declared) = own.aliases.get(first) {
                return Some((module.to_vec(), Named::Alias(declared)));
            }
        }
        let below = [module, std::slice::from_ref(first)].concat();
        if !rest.is_empty() && self.modules.contains_key(&below) {
            return self.find(&below, rest);
        }
        if let Some(longer) = own.names.get(first)
            && longer.first() != Some(first)
        {
            return self.find(module, &[longer.as_slice(), rest].concat());
        }
        own.globs.iter().find_map(|glob| self.find(module, &[glob.as_slice(), path].concat()))
    }

    /// The keys a struct reads, those of flattened structs among them. Panics on what it does not know of `serde`.
    pub fn fields(&self, module: &[String], declared: &ItemStruct) -> BTreeMap<String, Field> {
        let all_may_be_missing = serde_words(&declared.attrs).iter().any(|(word, _)| word == "default");
        let mut fields = BTreeMap::new();
        for field in &declared.fields {
            let mut name = field.ident.as_ref().unwrap().to_string();
            let mut may_be_missing = all_may_be_missing;
            let (mut is_flat, mut is_skipped) = (false, false);
            for (word, value) in serde_words(&field.attrs) {
                match (word.as_str(), value) {
                    ("rename", Some(other)) => name = other,
                    ("default", _) => may_be_missing = true,
                    ("flatten", _) => is_flat = true,
                    ("skip" | "skip_deserializing", _) => is_skipped = true,
                    ("skip_serializing_if" | "deserialize_with" | "with", _) => {}
                    (word, _) => panic!("{}: teach the rule serde's `{word}`", declared.ident),
                }
            }
            if is_flat {
                let path = words(&field.ty).unwrap_or_default();
                let Some((within, Named::Struct(flat))) = self.find(module, &path) else {
                    panic!("{}: what is flattened is a struct of the program", declared.ident)
                };
                fields.extend(self.fields(&within, flat));
            } else if !is_skipped {
                let name = name.strip_prefix("r#").map(str::to_owned).unwrap_or(name);
                fields.insert(name, Field { type_: field.ty.clone(), module: module.to_vec(), may_be_missing });
            }
        }
        fields
    }
}

impl Module {
    fn take(&mut self, item: &Item) {
        match item {
            Item::Struct(declared) => drop(self.structs.insert(declared.ident.to_string(), declared.clone())),
            Item::Type(declared) => drop(self.aliases.insert(declared.ident.to_string(), (*declared.ty).clone())),
            Item::Use(used) => self.name(&used.tree, Vec::new()),
            _ => {}
        }
    }

    fn name(&mut self, tree: &UseTree, mut before: Vec<String>) {
        match tree {
            UseTree::Path(path) => {
                before.push(path.ident.to_string());
                self.name(&path.tree, before);
            }
            UseTree::Name(name) if name.ident == "self" => {
                self.names.extend(before.last().cloned().map(|last| (last, before)));
            }
            UseTree::Name(name) => {
                before.push(name.ident.to_string());
                self.names.insert(name.ident.to_string(), before);
            }
            UseTree::Rename(name) => {
                before.push(name.ident.to_string());
                self.names.insert(name.rename.to_string(), before);
            }
            UseTree::Glob(_) => self.globs.push(before),
            UseTree::Group(group) => group.items.iter().for_each(|item| self.name(item, before.clone())),
        }
    }
}

/// Gathers the texts of `sqlx::query!` and its kin.
struct Macros {
    statements: Vec<String>,
}

impl<'ast> syn::visit::Visit<'ast> for Macros {
    fn visit_macro(&mut self, found: &'ast syn::Macro) {
        let name = found.path.segments.last().map(|last| last.ident.to_string()).unwrap_or_default();
        if ["query", "query_as", "query_scalar"].contains(&name.as_str()) {
            let arguments = found.parse_body_with(Punctuated::<Expr, Token![,]>::parse_terminated);
            let arguments = arguments.unwrap();
            self.statements.push(arguments.iter().find_map(text).unwrap());
        }
    }
}

/// A text in quotes, or several joined by `+`.
fn text(expr: &Expr) -> Option<String> {
    match expr {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Str(text) => Some(text.value()),
            _ => None,
        },
        Expr::Binary(sum) => Some(text(&sum.left)? + &text(&sum.right)?),
        _ => None,
    }
}

/// The names of a type's path, without what it is generic over.
pub fn words(type_: &Type) -> Option<Vec<String>> {
    match type_ {
        Type::Path(path) => Some(path.path.segments.iter().map(|segment| segment.ident.to_string()).collect()),
        _ => None,
    }
}

/// What `serde` is told by attributes, word by word.
pub fn serde_words(attributes: &[syn::Attribute]) -> Vec<(String, Option<String>)> {
    let mut found = Vec::new();
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("serde")) {
        let read = attribute.parse_nested_meta(|meta| {
            let word = meta.path.get_ident().map(ToString::to_string).unwrap_or_default();
            let value =
                if meta.input.peek(Token![=]) { Some(meta.value()?.parse::<syn::LitStr>()?.value()) } else { None };
            found.push((word, value));
            Ok(())
        });
        read.unwrap();
    }
    found
}

/// `crate::companies::name` of `src/companies/name.rs`; a crate beside the program's goes by its own name.
fn path_of(file: &str) -> Vec<String> {
    let within = file.strip_suffix(".rs").unwrap();
    let (root, within) = match within.split_once("/src/") {
        Some((folder, within)) => (folder.rsplit('/').next().unwrap_or_default(), within),
        None => ("crate", within.strip_prefix("src/").unwrap_or(within)),
    };
    let names = within.split('/').filter(|name| !["mod", "lib"].contains(name)).map(str::to_owned);
    [root.to_owned()].into_iter().chain(names).collect()
}
