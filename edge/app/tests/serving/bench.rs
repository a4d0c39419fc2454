//! The measurement itself works: its shop sells, none of its orders is refused. How fast it is nobody asks here.

use crate::place::program;

#[test]
fn orders_are_measured() {
    let args = ["bench", "orders", "--seconds", "1", "--concurrency", "2", "--json"];
    let told = program().args(args).output().unwrap();
    let said = String::from_utf8_lossy(&told.stdout);
    assert!(told.status.success(), "{said}{}", String::from_utf8_lossy(&told.stderr));
    let figures: serde_json::Value = serde_json::from_str(said.lines().last().unwrap()).unwrap();
    assert_eq!(figures["failed"], 0, "{figures}");
    assert!(figures["rounds"].as_u64().unwrap() > 0, "{figures}");
}
