//! Warehouses: where goods lie and parcels set out from.

use crate::event::WarehousePut;
use base::{Address, Country, Error, Id, Moment, Permission, Result, Tag};
use store::{Read, Row, Tx, params};

/// A place with stock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warehouse {
    /// Its id.
    pub id: Id<Warehouse>,
    /// Short and unique: `CN-SZX`.
    pub code: String,
    /// As people call it.
    pub name: String,
    /// Raw id of the organisation that runs it.
    pub organisation: i64,
    /// Where parcels set out from.
    pub country: Country,
    /// The sender's address on labels.
    pub address: Address,
    /// Since when.
    pub created_at: Moment,
}

impl Tag for Warehouse {
    const PREFIX: &'static str = "whs";
}

/// A warehouse as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PutWarehouse {
    /// Short and unique; putting the same code again changes the warehouse.
    pub code: String,
    /// As people call it.
    pub name: String,
    /// Raw id of the organisation that runs it.
    pub organisation: i64,
    /// The sender's address; its country is where parcels set out from.
    pub address: Address,
}

/// Adds a warehouse or changes the one with this code. Emits `stock.warehouse_put`.
/// Errors: denied; wrong fields; `code_taken` (conflict) when another organisation has the code.
pub fn put_warehouse(tx: &mut Tx, put: &PutWarehouse) -> Result<Id<Warehouse>> {
    tx.actor().may_for(put.organisation, Permission::SellerWrite, Permission::SettingsWrite)?;
    let code = put.code.trim().to_ascii_uppercase();
    let country = check(put, &code)?;
    let address = serde_json::to_string(&put.address).map_err(Error::internal)?;
    let (fresh, now) = (tx.id::<Warehouse>(), tx.now());
    if tx.run(PUT, params![fresh, code, put.name.trim(), put.organisation, country, address, now])? == 0 {
        return Err(Error::conflict("code_taken", format!("The code {code} belongs to another warehouse.")));
    }
    let id: Id<Warehouse> = tx.one(SELECT_ID, params![code])?.get(0)?;
    told(tx, id, &code, put.organisation, country)?;
    Ok(id)
}

/// Adds a warehouse. Emits `stock.warehouse_put`. Errors: denied; wrong fields; `code_taken` (a field) when there is one of this code.
pub fn add_warehouse(tx: &mut Tx, put: &PutWarehouse) -> Result<Id<Warehouse>> {
    tx.actor().may_for(put.organisation, Permission::SellerWrite, Permission::SettingsWrite)?;
    let code = put.code.trim().to_ascii_uppercase();
    let country = check(put, &code)?;
    let address = serde_json::to_string(&put.address).map_err(Error::internal)?;
    let (id, now) = (tx.id::<Warehouse>(), tx.now());
    if tx.run(ADD, params![id, code, put.name.trim(), put.organisation, country, address, now])? == 0 {
        return Err(Error::field("code", "code_taken", format!("The code {code} belongs to another warehouse.")));
    }
    told(tx, id, &code, put.organisation, country)?;
    Ok(id)
}

fn told(tx: &mut Tx, id: Id<Warehouse>, code: &str, organisation: i64, country: Country) -> Result<()> {
    tx.emit(id, &WarehousePut { code: code.into(), organisation, country })
}

fn check(put: &PutWarehouse, code: &str) -> Result<Country> {
    let plain = code.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if code.is_empty() || code.len() > 20 || !plain {
        let say = "Write up to 20 letters, digits and hyphens, such as CN-SZX.";
        return Err(Error::field("code", "code_format", say));
    }
    if put.name.trim().is_empty() || put.name.len() > 200 {
        return Err(Error::field("name", "required", "Give the warehouse a name of up to 200 letters."));
    }
    put.address.country.parse()
}

/// One warehouse. Errors: not found.
pub fn warehouse(db: &mut Read, id: Id<Warehouse>) -> Result<Warehouse> {
    match db.maybe(SELECT_ONE, params![id])? {
        Some(row) => read(&row),
        None => Err(Error::not_found("unknown_warehouse", format!("There is no warehouse {id}."))),
    }
}

/// The warehouse with this code.
pub fn warehouse_by_code(db: &mut Read, code: &str) -> Result<Option<Warehouse>> {
    db.maybe(SELECT_BY_CODE, params![code.trim().to_ascii_uppercase()])?.as_ref().map(read).transpose()
}

/// Warehouses by code after the code `after`: an organisation's, or all.
pub fn warehouses(db: &mut Read, organisation: Option<i64>, after: &str, limit: i64) -> Result<Vec<Warehouse>> {
    let rows = match organisation {
        Some(organisation) => db.query(SELECT_OF, params![organisation, after, limit])?,
        None => db.query(SELECT_ALL, params![after, limit])?,
    };
    rows.iter().map(read).collect()
}

// What `read` reads, in its order.
macro_rules! select {
    ($from:literal) => {
        concat!("SELECT id, code, name, organisation, country, address, created_at ", $from)
    };
}

fn read(row: &Row) -> Result<Warehouse> {
    Ok(Warehouse {
        id: row.get(0)?,
        code: row.get(1)?,
        name: row.get(2)?,
        organisation: row.get(3)?,
        country: row.get(4)?,
        address: serde_json::from_str(&row.get::<String>(5)?).map_err(Error::internal)?,
        created_at: row.get(6)?,
    })
}

const ADD: &str = "INSERT INTO stock_warehouse (id, code, name, organisation, country, address, created_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (code) DO NOTHING";
const PUT: &str = "INSERT INTO stock_warehouse (id, code, name, organisation, country, address, created_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7)
    ON CONFLICT (code) DO UPDATE SET name = $3, country = $5, address = $6 WHERE stock_warehouse.organisation = $4";
const SELECT_ID: &str = "SELECT id FROM stock_warehouse WHERE code = $1";
const SELECT_ONE: &str = select!("FROM stock_warehouse WHERE id = $1");
const SELECT_BY_CODE: &str = select!("FROM stock_warehouse WHERE code = $1");
const SELECT_OF: &str = select!("FROM stock_warehouse WHERE organisation = $1 AND code > $2 ORDER BY code LIMIT $3");
const SELECT_ALL: &str = select!("FROM stock_warehouse WHERE code > $1 ORDER BY code LIMIT $2");
