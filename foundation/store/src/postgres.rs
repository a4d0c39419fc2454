//! PostgreSQL.

use crate::{Row, Value};

type Answer<T> = std::result::Result<T, String>;

pub(crate) enum Link {}

impl Link {
    pub(crate) fn query(&mut self, _sql: &str, _params: &[Value]) -> Answer<Vec<Row>> {
        match *self {}
    }
    pub(crate) fn run(&mut self, _sql: &str, _params: &[Value]) -> Answer<u64> {
        match *self {}
    }
    pub(crate) fn explain(&mut self, _sql: &str) -> Answer<Vec<String>> {
        match *self {}
    }
    pub(crate) fn batch(&mut self, _sql: &str) -> Answer<()> {
        match *self {}
    }
}
