//! A postal address, as the papers and the carrier need it. Which fields a country asks for is known by `parties`.

use crate::Country;
use serde::{Deserialize, Serialize};

/// Where a parcel goes or comes from. Unused fields are empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// ISO 3166-1 alpha-2; empty only in a form not yet filled.
    pub country: String,
    /// The person who opens the door.
    pub name: String,
    /// Company, if any.
    #[serde(default)]
    pub organisation: String,
    /// Street and number.
    pub street: String,
    /// Flat, floor, building.
    #[serde(default)]
    pub street2: String,
    /// City or town.
    pub city: String,
    /// Dependent locality, suburb or district.
    #[serde(default)]
    pub district: String,
    /// State, province, prefecture or emirate.
    #[serde(default)]
    pub region: String,
    /// Postcode.
    #[serde(default)]
    pub postcode: String,
    /// For the courier.
    #[serde(default)]
    pub phone: String,
    /// For updates.
    #[serde(default)]
    pub email: String,
    /// Personal tax or customs number where the destination asks for one (BR CPF, KR PCCC, CL RUT …).
    #[serde(default)]
    pub tax_number: String,
}

impl Address {
    /// The destination country, if it is a known one.
    pub fn country(&self) -> Option<Country> {
        self.country.parse().ok()
    }
}
