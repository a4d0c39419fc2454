//! What several surfaces show.

pub mod acting;
pub mod address;
pub mod amend_form;
pub mod amendment;
pub mod asks;
pub mod catalogue_file;
pub mod claim;
pub mod cost;
pub mod csv;
pub mod error_file;
pub mod field;
pub mod import_report;
pub mod link;
pub mod paper;
pub mod parcel;
pub mod sure;
pub mod take_out;
pub mod titles;
pub mod words;
pub mod wrong_rows;
