//! Refunds of pieces, deliveries and prices: what goes back, who bears it, and that tax, duty and commission follow.

use super::fixture::*;
use base::Id;
use ledger::Account;
use orders::{Order, State};
use settlement::*;
use shop_world::Shop;
use shop_world::stated::{LOSS, SHIRT};

fn assert_one_piece_went_back(shop: &Shop, order: Id<Order>) {
    shop.refund_all(order);
    assert_balances(
        shop,
        [
            (Account::escrow(EUR), 0),
            (Account::seller(shop.loom.organisation.raw(), EUR), 8_572 - LOSS),
            (Account::income("commission", EUR), 1_200 - 150),
            (Account::commission_tax("IE", EUR), 228 - 29),
            (Account::duty("EU", "import", EUR), 1_200 - 139),
            (Account::tax("DE", "IOSS", EUR), 665 + 2_280 - 264),
            (Account::income("sales", EUR), 3_000),
            (Account::carrier("Meridian Express", EUR), 1_600),
            (Account::expense("returns", EUR), 0),
            (Account::expense("goodwill", EUR), 0),
        ],
    );
    assert_at_rest(shop, order);
}

#[test]
fn a_piece_takes_its_tax_duty_and_commission_back_before_the_split_and_after() {
    each(|shop| {
        let order = shop.sold();
        shop.deliver(order);
        let line = shop.lines_of_loom(order)[0].clone();
        assert_eq!(shop.give_back(order, pieces(&line, 1), "a").unwrap(), eur(SHIRT));
        assert_eq!(shop.give_back(order, pieces(&line, 1), "a").unwrap(), eur(SHIRT), "the same again");
        assert_eq!(shop.give_back(order, pieces(&line, 2), "a").unwrap_err().code, "idempotency_key_reused");
        let seller = shop.loom.organisation;
        let expected = shop.read(move |db| expected(db, seller));
        assert_eq!(expected, [eur(8_572 - LOSS)]);
        shop.confirm(order);
        assert_one_piece_went_back(shop, order);
    });
    each(|shop| {
        let order = shop.completed();
        let line = shop.lines_of_loom(order)[0].clone();
        assert_eq!(shop.give_back(order, pieces(&line, 1), "a").unwrap(), eur(SHIRT));
        assert_one_piece_went_back(shop, order);
        let more = shop.give_back(order, pieces(&line, 4), "b").unwrap_err();
        assert_eq!(more.code, "too_many_pieces");
        assert_eq!(shop.give_back(order, pieces(&line, 3), "c").unwrap(), eur(5_000 + 556 + 1_056 - SHIRT));
        assert_eq!(shop.give_back(order, pieces(&line, 1), "d").unwrap_err().code, "too_many_pieces");
        assert_at_rest(shop, order);
    });
}

#[test]
fn a_price_that_is_reduced_corrects_the_tax_in_it() {
    each(|shop| {
        let order = shop.completed();
        let line = shop.lines_of_loom(order)[1].clone();
        let less = |minor, line| What::Reduction { amount: eur(minor), line };
        let much = shop.give_back(order, less(6_613, Some(line.id)), "a").unwrap_err();
        assert_eq!(much.code, "more_than_left");
        assert!(much.message.contains("66.12"), "{much:?}");
        // 10.00 of goods 50.00, duty 5.56 and tax 10.56.
        assert_eq!(shop.give_back(order, less(1_000, Some(line.id)), "b").unwrap(), eur(1_000));
        assert_eq!(shop.balance(Account::tax("DE", "IOSS", EUR)), 665 + 2_280 - 160);
        assert_eq!(shop.balance(Account::duty("EU", "import", EUR)), 1_200 - 84);
        assert_eq!(shop.balance(Account::income("commission", EUR)), 1_200 - 91);
        // The rest of that line, at what it costs now.
        assert_eq!(shop.give_back(order, pieces(&line, 1), "c").unwrap(), eur(6_612 - 1_000));
        assert_eq!(shop.give_back(order, less(1_000, None), "d").unwrap(), eur(1_000), "of what is left of all");
        assert_at_rest(shop, order);
    });
}

#[test]
fn a_delivery_goes_back_with_its_tax_and_the_operator_pays_the_carrier() {
    each(|shop| {
        let order = shop.completed();
        let consignment = shop.of_loom(order);
        let back = 800 + (1_200 - 2 * 556) + (2_280 - 2 * 1_056);
        assert_eq!(shop.give_back(order, What::Delivery(consignment), "a").unwrap(), eur(back));
        assert_eq!(shop.give_back(order, What::Delivery(consignment), "b").unwrap_err().code, "already_refunded");
        assert_eq!(shop.balance(Account::expense("returns", EUR)), -800);
        assert_eq!(shop.earned(EUR), 8_572);
        let rest = shop.give_back(order, What::Consignment(consignment), "c").unwrap();
        assert_eq!(rest, eur(14_580 - back));
        assert_eq!(shop.balance(Account::expense("returns", EUR)), -1_100);
        assert_at_rest(shop, order);
    });
}

#[test]
fn pieces_that_are_not_packed_are_not_sent() {
    each(|shop| {
        let order = shop.sold();
        let lines = shop.lines_of_loom(order);
        assert_eq!(shop.free(shop.shirt), 996);
        assert_eq!(shop.give_back(order, pieces(&lines[0], 1), "a").unwrap(), eur(SHIRT));
        assert_eq!(shop.free(shop.shirt), 997, "free again");
        shop.deliver(order);
        let sent = shop.lines_of_loom(order)[0].to_send();
        assert_eq!(sent, 3);
        shop.give_back(order, returned(&lines[0], 2), "b").unwrap();
        assert_eq!(shop.free(shop.shirt), 999, "two came back, one is at the buyer's");
        shop.confirm(order);
        assert_at_rest(shop, order);
    });
}

#[test]
fn a_consignment_of_which_nothing_is_left_is_not_packed() {
    each(|shop| {
        let order = shop.sold();
        let lines = shop.lines_of_loom(order);
        shop.give_back(order, pieces(&lines[1], 1), "a").unwrap();
        shop.give_back(order, pieces(&lines[0], 4), "b").unwrap();
        let theirs = shop.of_loom(order);
        let consignment = shop.consignment(theirs);
        assert_eq!(consignment.state, State::Cancelled);
        assert_eq!(shop.pack(theirs).unwrap_err().code, "wrong_state");
        shop.refund_all(order);
        assert_eq!(shop.order(order).refunded, eur(14_580), "with delivery and fees");
        assert_eq!(shop.free(shop.shirt), 1000);
        let own = shop.of_house(order);
        shop.write(move |tx| cancel_consignment(tx, own, "out_of_stock"));
        shop.refund_all(order);
        let known = shop.order(order);
        assert_eq!((known.refunded, known.fulfilment), (eur(18_745), orders::Fulfilment::Cancelled));
        assert!(known.cancelled_at.is_some());
        assert_at_rest(shop, order);
    });
}

#[test]
fn goodwill_is_not_paid_twice_when_the_rest_is_called_off() {
    each(|shop| {
        let order = shop.sold();
        shop.give_back(order, goodwill(500, Bearer::Seller(shop.loom.organisation)), "a").unwrap();
        assert_eq!(shop.write(move |tx| cancel(tx, order, "changed_mind")), eur(18_245));
        shop.refund_all(order);
        assert_eq!((shop.balance(Account::escrow(EUR)), shop.debt(EUR)), (0, 0));
        assert_at_rest(shop, order);
    });
    each(|shop| {
        let order = shop.sold();
        shop.give_back(order, goodwill(16_000, Bearer::Platform), "a").unwrap();
        let theirs = shop.of_loom(order);
        let back = shop.write(move |tx| cancel_consignment(tx, theirs, "out_of_stock"));
        assert_eq!(back, eur(18_745 - 16_000), "no more than was paid");
        shop.deliver(order);
        shop.confirm(order);
        shop.refund_all(order);
        assert_eq!(shop.balance(Account::expense("goodwill", EUR)), -(16_000 - (14_580 - 2_745)));
        assert_at_rest(shop, order);
    });
}

#[test]
fn what_was_given_back_wholly_is_not_packed() {
    each(|shop| {
        let order = shop.sold();
        shop.give_back(order, What::Reduction { amount: eur(1_000), line: None }, "a").unwrap();
        shop.give_back(order, goodwill(745, Bearer::Seller(shop.loom.organisation)), "b").unwrap();
        let rest = What::Reduction { amount: eur(17_000), line: None };
        assert_eq!(shop.give_back(order, rest, "c").unwrap(), eur(17_000), "delivery after goods");
        let known = shop.order(order);
        assert_eq!(known.fulfilment, orders::Fulfilment::Cancelled);
        let theirs = shop.of_loom(order);
        assert_eq!(shop.pack(theirs).unwrap_err().code, "wrong_state");
        shop.refund_all(order);
        let known = shop.order(order);
        assert_eq!((known.payment, known.refunded), (orders::Payment::Refunded, eur(18_745)));
        assert_eq!((shop.balance(Account::escrow(EUR)), shop.debt(EUR)), (0, 0));
        assert_at_rest(shop, order);
    });
}
