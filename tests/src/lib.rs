//! Tests of the workspace as a whole: tidy rules, ranks, tables, statements, routes.
