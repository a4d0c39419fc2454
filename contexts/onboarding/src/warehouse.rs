//! Where an organisation's goods lie: a place whose address is one that parcels can set out from.

use base::{Address, Error, Id, Result};
use parties::{Organisation, address_format};
use stock::{PutWarehouse, Warehouse};
use store::{Read, Tx};

/// Warehouses that an organisation can have.
pub const WAREHOUSES_MOST: i64 = 100;

/// A warehouse to add.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewWarehouse {
    /// Who runs it.
    pub organisation: Id<Organisation>,
    /// Short and unique, such as `CN-SZX`; made of the country when empty.
    pub code: String,
    /// As people call it; its city when empty.
    pub name: String,
    /// Where parcels set out from.
    pub address: Address,
}

/// Adds a warehouse. Errors: denied; no such organisation; an address that is none (fields); `code_format`, `code_taken`;
/// `too_many_warehouses` (conflict).
pub fn add_warehouse(tx: &mut Tx, new: &NewWarehouse) -> Result<Id<Warehouse>> {
    let owner = parties::organisation(tx, new.organisation)?;
    let address = address_format::validate_sender(&new.address)?;
    let known = stock::warehouses(tx, Some(owner.id.raw()), "", WAREHOUSES_MOST)?.len();
    if known as i64 >= WAREHOUSES_MOST {
        let say = format!("An organisation has {WAREHOUSES_MOST} warehouses at most; change one that is there.");
        return Err(Error::conflict("too_many_warehouses", say));
    }
    let code = match new.code.trim() {
        "" => free_code(tx, &address.country)?,
        code => code.to_owned(),
    };
    stock::add_warehouse(tx, &put(code, &new.name, owner.id, address))
}

/// Changes a warehouse's name and address; its code stays. Parcels that are packed keep the address they have. Errors: denied;
/// `unknown_warehouse`, also when it is another's; an address that is none (fields).
pub fn change_warehouse(tx: &mut Tx, id: Id<Warehouse>, name: &str, address: &Address) -> Result<()> {
    let known = stock::warehouse(tx, id)?;
    let owner: Id<Organisation> = Id::from_raw(known.organisation);
    let address = address_format::validate_sender(address)?;
    stock::put_warehouse(tx, &put(known.code, name, owner, address)).map(drop)
}

fn put(code: String, name: &str, owner: Id<Organisation>, address: Address) -> PutWarehouse {
    let name = match name.trim() {
        "" if address.city.is_empty() => code.clone(),
        "" => address.city.clone(),
        name => name.to_owned(),
    };
    PutWarehouse { code, name, organisation: owner.raw(), address }
}

/// `DE-1`, or the first number that nobody has.
fn free_code(db: &mut Read, country: &str) -> Result<String> {
    for number in 1_i64.. {
        let code = format!("{country}-{number}");
        if stock::warehouse_by_code(db, &code)?.is_none() {
            return Ok(code);
        }
    }
    Err(Error::internal("every number is taken"))
}
