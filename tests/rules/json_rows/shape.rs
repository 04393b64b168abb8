//! The shape of the JSON that a statement puts together: which keys its objects have, and what stands under each.

use std::collections::BTreeMap;

use sqlparser::ast::{
    AssignmentTarget, Delete, Expr, FromTable, Function, FunctionArg, FunctionArgExpr, FunctionArguments, ObjectName,
    Query, SelectItem, SelectItemQualifiedWildcardKind, SetExpr, Statement, TableAlias, TableFactor, TableObject,
    TableWithJoins, UpdateTableFromKind, Value,
};
use sqlparser::dialect::PostgreSqlDialect;
use sqlparser::parser::Parser;

/// What a value in a statement is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    Object(BTreeMap<String, Shape>),
    List(Box<Shape>),
    Tuple(Vec<Shape>),
    /// A column of a table, as it is stored.
    Stored,
    /// Anything else: a sum, a word, nothing at all.
    Value,
}

/// Columns in their order, by name.
pub type Columns = Vec<(String, Shape)>;

/// The columns of each table.
pub type Tables = BTreeMap<String, Columns>;

/// The columns a statement answers with.
pub fn answered(sql: &str, schema: &Tables) -> Result<Columns, String> {
    let parsed = Parser::parse_sql(&PostgreSqlDialect {}, sql).map_err(|error| error.to_string())?;
    let [statement] = parsed.as_slice() else { return Err("is not one statement".into()) };
    Ok(Scope { schema, named: Tables::new(), relations: Vec::new() }.statement(statement))
}

/// The keys a statement puts together for a column it sets: the table, the column, and what is written.
pub fn assigned(sql: &str, schema: &Tables) -> Vec<(String, Shape)> {
    let Ok(parsed) = Parser::parse_sql(&PostgreSqlDialect {}, sql) else { return Vec::new() };
    let scope = Scope { schema, named: Tables::new(), relations: Vec::new() };
    let updates = parsed.iter().filter_map(|statement| match statement {
        Statement::Update(update) => Some(update),
        _ => None,
    });
    let mut found = Vec::new();
    for update in updates {
        let TableFactor::Table { name, .. } = &update.table.relation else { continue };
        for assignment in &update.assignments {
            if let AssignmentTarget::ColumnName(column) = &assignment.target {
                found.push((format!("{}.{}", word(name), word(column)), scope.shape(&assignment.value)));
            }
        }
    }
    found
}

/// What a part of a statement sees: the tables, the queries named by `with`, and the relations it selects from, the
/// nearest last.
#[derive(Clone)]
struct Scope<'s> {
    schema: &'s Tables,
    named: Tables,
    relations: Vec<(String, Columns)>,
}

impl Scope<'_> {
    fn statement(&self, statement: &Statement) -> Columns {
        let mut scope = self.clone();
        let returned = match statement {
            Statement::Query(query) => return self.query(query),
            Statement::Insert(insert) => {
                if let TableObject::TableName(name) = &insert.table {
                    scope.relations.push((word(name), self.table(name)));
                }
                &insert.returning
            }
            Statement::Update(update) => {
                scope.take(&update.table);
                if let Some(UpdateTableFromKind::AfterSet(from) | UpdateTableFromKind::BeforeSet(from)) = &update.from {
                    from.iter().for_each(|table| scope.take(table));
                }
                &update.returning
            }
            Statement::Delete(Delete { from, using, returning, .. }) => {
                let (FromTable::WithFromKeyword(from) | FromTable::WithoutKeyword(from)) = from;
                from.iter().chain(using.iter().flatten()).for_each(|table| scope.take(table));
                returning
            }
            _ => return Columns::new(),
        };
        scope.items(returned.as_deref().unwrap_or_default())
    }

    fn query(&self, query: &Query) -> Columns {
        let mut scope = self.clone();
        for cte in query.with.iter().flat_map(|with| &with.cte_tables) {
            let columns = renamed(scope.query(&cte.query), &cte.alias);
            scope.named.insert(cte.alias.name.value.clone(), columns);
        }
        scope.body(&query.body)
    }

    fn body(&self, body: &SetExpr) -> Columns {
        match body {
            SetExpr::Select(select) => {
                let mut scope = self.clone();
                select.from.iter().for_each(|table| scope.take(table));
                scope.items(&select.projection)
            }
            SetExpr::Query(query) => self.query(query),
            SetExpr::SetOperation { left, right, .. } => {
                let both = self.body(left).into_iter().zip(self.body(right));
                both.map(|((name, one), (_, other))| (name, one_of([one, other].into_iter()))).collect()
            }
            SetExpr::Insert(statement) | SetExpr::Update(statement) | SetExpr::Delete(statement) => {
                self.statement(statement)
            }
            _ => Columns::new(),
        }
    }

    /// Sees what stands in a `from` too.
    fn take(&mut self, table: &TableWithJoins) {
        for factor in [&table.relation].into_iter().chain(table.joins.iter().map(|join| &join.relation)) {
            match factor {
                TableFactor::Table { name, alias, .. } => {
                    let alias_name = alias.as_ref().map_or_else(|| word(name), |alias| alias.name.value.clone());
                    let columns =
                        alias.as_ref().map_or_else(|| self.table(name), |alias| renamed(self.table(name), alias));
                    self.relations.push((alias_name, columns));
                }
                TableFactor::Derived { subquery, alias, .. } => {
                    let columns = self.query(subquery);
                    if let Some(alias) = alias {
                        self.relations.push((alias.name.value.clone(), renamed(columns, alias)));
                    }
                }
                TableFactor::NestedJoin { table_with_joins, .. } => self.take(table_with_joins),
                // What a function answers has the names its alias gives, and nothing put together.
                TableFactor::Function { alias: Some(alias), .. }
                | TableFactor::TableFunction { alias: Some(alias), .. }
                | TableFactor::UNNEST { alias: Some(alias), .. } => {
                    self.relations.push((alias.name.value.clone(), renamed(Columns::new(), alias)));
                }
                _ => {}
            }
        }
    }

    fn table(&self, name: &ObjectName) -> Columns {
        let name = word(name);
        self.named.get(&name).or_else(|| self.schema.get(&name)).cloned().unwrap_or_default()
    }

    fn items(&self, items: &[SelectItem]) -> Columns {
        let mut columns = Columns::new();
        for item in items {
            match item {
                SelectItem::ExprWithAlias { expr, alias } => columns.push((alias.value.clone(), self.shape(expr))),
                SelectItem::UnnamedExpr(expr) => columns.push((own_name(expr), self.shape(expr))),
                SelectItem::Wildcard(_) => {
                    columns.extend(self.relations.last().into_iter().flat_map(|(_, own)| own.clone()))
                }
                SelectItem::QualifiedWildcard(SelectItemQualifiedWildcardKind::ObjectName(name), _) => {
                    columns.extend(self.relation(&word(name)).cloned().unwrap_or_default());
                }
                _ => {}
            }
        }
        columns
    }

    fn relation(&self, name: &str) -> Option<&Columns> {
        self.relations.iter().rev().find(|(relation, _)| relation == name).map(|(_, columns)| columns)
    }

    fn shape(&self, expr: &Expr) -> Shape {
        match expr {
            Expr::Nested(expr) | Expr::Cast { expr, .. } => self.shape(expr),
            Expr::Subquery(query) => self.query(query).into_iter().next().map_or(Shape::Value, |(_, shape)| shape),
            // A name is a column's before it is a relation's.
            Expr::Identifier(name) => {
                let mut near = self.relations.iter().rev().filter_map(|(_, columns)| column(columns, &name.value));
                near.next().or_else(|| self.relation(&name.value).map(object)).unwrap_or(Shape::Value)
            }
            Expr::CompoundIdentifier(names) => match names.as_slice() {
                [relation, name] => self
                    .relation(&relation.value)
                    .and_then(|columns| column(columns, &name.value))
                    .unwrap_or(Shape::Value),
                _ => Shape::Value,
            },
            Expr::Case { conditions, else_result, .. } => {
                let answers = conditions.iter().map(|when| &when.result).chain(else_result.as_deref());
                one_of(answers.map(|answer| self.shape(answer)))
            }
            Expr::BinaryOp { left, op, right } => self.operated(left, &op.to_string(), right),
            Expr::Function(function) => self.made_by(function),
            _ => Shape::Value,
        }
    }

    /// Objects are joined by `||`, and lose a key by `-`. What is joined to something stored is a part of it.
    fn operated(&self, left: &Expr, sign: &str, right: &Expr) -> Shape {
        match (self.shape(left), sign) {
            (Shape::Stored | Shape::Value, "||") => match self.shape(right) {
                Shape::Object(keys) => Shape::Object(keys),
                _ => Shape::Value,
            },
            (Shape::Object(mut keys), "||") => {
                if let Shape::Object(more) = self.shape(right) {
                    keys.extend(more);
                }
                Shape::Object(keys)
            }
            (Shape::Object(mut keys), "-") => {
                keys.retain(|key, _| Some(key.as_str()) != literal(right));
                Shape::Object(keys)
            }
            _ => Shape::Value,
        }
    }

    fn made_by(&self, function: &Function) -> Shape {
        let arguments = arguments(function);
        let mut shapes = arguments.iter().map(|argument| self.shape(argument));
        match word(&function.name).as_str() {
            "json_build_object" | "jsonb_build_object" => Shape::Object(
                arguments.chunks(2).map(|pair| (literal(pair[0]).unwrap().to_owned(), self.shape(pair[1]))).collect(),
            ),
            "json_build_array" | "jsonb_build_array" => Shape::Tuple(shapes.collect()),
            "json_agg" | "jsonb_agg" => Shape::List(Box::new(shapes.next().unwrap_or(Shape::Value))),
            "to_json" | "to_jsonb" | "jsonb_strip_nulls" => shapes.next().unwrap_or(Shape::Value),
            "coalesce" => one_of(shapes),
            _ => Shape::Value,
        }
    }
}

/// The shape among these that says something; those that say something must agree.
fn one_of(shapes: impl Iterator<Item = Shape>) -> Shape {
    let mut said = shapes.filter(|shape| *shape != Shape::Value);
    let first = said.next().unwrap_or(Shape::Value);
    for other in said {
        assert_eq!(other, first, "what a statement answers has one shape");
    }
    first
}

fn object(columns: &Columns) -> Shape {
    Shape::Object(columns.iter().cloned().collect())
}

fn column(columns: &Columns, name: &str) -> Option<Shape> {
    columns.iter().find(|(column, _)| column == name).map(|(_, shape)| shape.clone())
}

/// The columns with the names that an alias gives to the first of them.
fn renamed(mut columns: Columns, alias: &TableAlias) -> Columns {
    for (nr, name) in alias.columns.iter().map(|column| column.name.value.clone()).enumerate() {
        match columns.get_mut(nr) {
            Some(column) => column.0 = name,
            None => columns.push((name, Shape::Value)),
        }
    }
    columns
}

fn word(name: &ObjectName) -> String {
    name.0.last().and_then(|part| part.as_ident()).map(|name| name.value.clone()).unwrap_or_default()
}

/// The name PostgreSQL gives to a column without an alias.
fn own_name(expr: &Expr) -> String {
    match expr {
        Expr::Identifier(name) => name.value.clone(),
        Expr::CompoundIdentifier(names) => names.last().map(|name| name.value.clone()).unwrap_or_default(),
        Expr::Cast { expr, .. } | Expr::Nested(expr) => own_name(expr),
        Expr::Function(function) => word(&function.name),
        _ => String::new(),
    }
}

fn arguments(function: &Function) -> Vec<&Expr> {
    let FunctionArguments::List(list) = &function.args else { return Vec::new() };
    let plain = |argument| match argument {
        &FunctionArg::Unnamed(FunctionArgExpr::Expr(ref expr)) => Some(expr),
        _ => None,
    };
    list.args.iter().filter_map(plain).collect()
}

fn literal(expr: &Expr) -> Option<&str> {
    match expr {
        Expr::Value(value) => match &value.value {
            Value::SingleQuotedString(text) => Some(text),
            _ => None,
        },
        _ => None,
    }
}
