//! What is left of a consignment after earlier refunds, and what another takes back of it: line by line and charge by charge, to
//! the cent, so that whatever is given back in whatever steps comes to exactly what was sold. Pure.

use base::{Currency, Id, Money, Result};
use customs::{Charge, ChargeKind, LandedCost};
use orders::{Consignment, Line, Whole};
use std::collections::BTreeSet;
use terms::Party;

/// The two parts of a line: its goods, and its share of the delivery. Each has duty and tax of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Part {
    Goods,
    Delivery,
}

impl Part {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Part::Goods => "goods",
            Part::Delivery => "delivery",
        }
    }
}

/// Minor units of one part: without tax, duty, tax, fees.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sum {
    pub(crate) net: i64,
    pub(crate) duty: i64,
    pub(crate) tax: i64,
    pub(crate) fees: i64,
}

impl Sum {
    pub(crate) fn total(self) -> i64 {
        self.net + self.duty + self.tax + self.fees
    }

    fn plus(self, other: Sum) -> Sum {
        Sum {
            net: self.net + other.net,
            duty: self.duty + other.duty,
            tax: self.tax + other.tax,
            fees: self.fees + other.fees,
        }
    }

    fn minus(self, other: Sum) -> Sum {
        Sum {
            net: self.net - other.net,
            duty: self.duty - other.duty,
            tax: self.tax - other.tax,
            fees: self.fees - other.fees,
        }
    }

    /// `part` of `whole` of it, each figure rounded for itself.
    fn portion(self, part: i64, whole: i64) -> Sum {
        let of = |figure| portion(figure, part, whole);
        Sum { net: of(self.net), duty: of(self.duty), tax: of(self.tax), fees: of(self.fees) }
    }
}

/// What a refund takes back of one part of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct LineBack {
    pub(crate) line: Id<Line>,
    pub(crate) consignment: Id<Consignment>,
    pub(crate) part: Part,
    pub(crate) pieces: i64,
    /// Of the pieces: those that had not left.
    pub(crate) unsent: i64,
    /// Of the others: those that their supplier is paid nothing for, or gives the price back of.
    pub(crate) supply_pieces: i64,
    pub(crate) sum: Sum,
    pub(crate) commission: i64,
    pub(crate) commission_tax: i64,
}

impl LineBack {
    fn add(&mut self, more: LineBack) {
        self.sum = self.sum.plus(more.sum);
        (self.pieces, self.unsent) = (self.pieces + more.pieces, self.unsent + more.unsent);
        self.supply_pieces += more.supply_pieces;
        self.commission += more.commission;
        self.commission_tax += more.commission_tax;
    }
}

/// What a refund takes back of one charge of a consignment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ChargeBack {
    pub(crate) consignment: Id<Consignment>,
    /// Its place in the landed cost.
    pub(crate) charge: usize,
    pub(crate) base: i64,
    pub(crate) amount: i64,
}

/// What a refund takes back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Back {
    pub(crate) lines: Vec<LineBack>,
    pub(crate) charges: Vec<ChargeBack>,
}

impl Back {
    pub(crate) fn total(&self) -> i64 {
        self.lines.iter().map(|line| line.sum.total()).sum()
    }

    /// Those it takes something back of.
    pub(crate) fn consignments(&self) -> BTreeSet<Id<Consignment>> {
        self.lines.iter().map(|line| line.consignment).collect()
    }

    /// Its pieces had not left.
    pub(crate) fn unsend(&mut self) {
        self.lines.iter_mut().for_each(|line| line.unsent = line.pieces);
    }

    /// Says of which pieces the supplier bears that they were given back: those that came back to its stock, and where it ships
    /// itself every one that had left. What the operator ships and nobody has any more the operator pays for.
    pub(crate) fn borne_by_suppliers(&mut self, whole: &Whole, came_back: bool) {
        for taken in &mut self.lines {
            let line = whole.lines.iter().find(|line| line.id == taken.line && line.supply.is_some());
            let borne = line.is_some_and(|line| came_back || line.terms.ships != Party::Platform);
            taken.supply_pieces = if borne { taken.pieces - taken.unsent } else { 0 };
        }
    }

    /// Both; what is of the same part of a line, or of the same charge, is one.
    pub(crate) fn and(mut self, other: Back) -> Back {
        for more in other.lines {
            match self.lines.iter_mut().find(|one| (one.line, one.part) == (more.line, more.part)) {
                Some(known) => known.add(more),
                None => self.lines.push(more),
            }
        }
        for more in other.charges {
            add(&mut self.charges, more);
        }
        self
    }
}

/// What is left of a line.
struct LineLeft {
    id: Id<Line>,
    pieces: i64,
    goods: Sum,
    delivery: Sum,
    /// Of the goods as sold: what the commission is a share of.
    sold: i64,
    goods_back: i64,
    commission: (i64, i64),
    commission_tax: (i64, i64),
}

/// What is left of a charge: as charged, and what was given back of its amount and base.
struct ChargeLeft {
    kind: ChargeKind,
    members: Vec<bool>,
    base: i64,
    amount: i64,
    base_back: i64,
    amount_back: i64,
}

/// What is left of a consignment.
pub(crate) struct Left {
    id: Id<Consignment>,
    currency: Currency,
    lines: Vec<LineLeft>,
    charges: Vec<ChargeLeft>,
}

impl Left {
    /// Of a consignment as it was sold, less what earlier refunds took back. Errors (internal): its landed cost is damaged.
    pub(crate) fn of(whole: &Whole, consignment: &Consignment, earlier: &Back) -> Result<Left> {
        let landed = consignment.landed_cost()?;
        let lines: Vec<&Line> = whole.lines_of(consignment.id).collect();
        let mut left = Left {
            id: consignment.id,
            currency: whole.order.currency,
            charges: landed.lines.iter().map(|charge| charge_left(charge, lines.len())).collect(),
            lines: lines.iter().enumerate().map(|(index, line)| line_left(line, index, &landed)).collect(),
        };
        for back in earlier.lines.iter().filter(|back| back.consignment == consignment.id) {
            left.take_line(back);
        }
        for back in earlier.charges.iter().filter(|back| back.consignment == consignment.id) {
            left.take_charge(back.charge, back.base, back.amount);
        }
        Ok(left)
    }

    /// Pieces of a line that were not given back.
    pub(crate) fn pieces_of(&self, line: Id<Line>) -> i64 {
        self.lines.iter().filter(|one| one.id == line).map(|one| one.pieces).sum()
    }

    /// Whether no piece of it is left.
    pub(crate) fn is_of_nothing(&self) -> bool {
        self.lines.iter().all(|line| line.pieces == 0)
    }

    /// Everything of it: goods and delivery of every line, and every charge.
    pub(crate) fn everything(&mut self) -> Back {
        let mut back = Back::default();
        for index in 0..self.lines.len() {
            let LineLeft { pieces, goods, delivery, .. } = self.lines[index];
            self.take(index, Part::Goods, pieces, goods, &mut back);
            self.take(index, Part::Delivery, 0, delivery, &mut back);
        }
        back
    }

    /// What is left of the delivery of every line, with its duty and tax. What handling at the border cost is not given back.
    pub(crate) fn delivery(&mut self) -> Back {
        let mut back = Back::default();
        for index in 0..self.lines.len() {
            let sum = Sum { fees: 0, ..self.lines[index].delivery };
            self.take(index, Part::Delivery, 0, sum, &mut back);
        }
        back
    }

    /// Pieces of a line with their goods, duty and tax; none if so many are not left. A price that was reduced before is given
    /// back as reduced.
    pub(crate) fn pieces(&mut self, line: Id<Line>, pieces: i64) -> Option<Back> {
        let index = self.lines.iter().position(|one| one.id == line)?;
        let left = &self.lines[index];
        if pieces < 1 || pieces > left.pieces {
            return None;
        }
        let (sum, mut back) = (left.goods.portion(pieces, left.pieces), Back::default());
        self.take(index, Part::Goods, pieces, sum, &mut back);
        Some(back)
    }

    /// How much the price of goods, or of delivery, can still be reduced by, with duty, tax and fees: of one line or of all.
    pub(crate) fn reducible(&self, part: Part, line: Option<Id<Line>>) -> i64 {
        self.chosen(line).map(|index| self.lines[index].of(part).total()).sum()
    }

    /// Takes `amount`, tax and duty in it, off the price of goods, or of delivery, of one line or of all by what they cost; at
    /// most what is [`Left::reducible`]. Errors: overflow.
    pub(crate) fn reduction(&mut self, part: Part, amount: i64, line: Option<Id<Line>>) -> Result<Back> {
        let chosen: Vec<usize> = self.chosen(line).collect();
        let weights: Vec<i64> = chosen.iter().map(|index| self.lines[*index].of(part).total()).collect();
        let mut back = Back::default();
        for (index, amount) in chosen.into_iter().zip(split(amount, &weights, self.currency)?) {
            let left = self.lines[index].of(part);
            let parts = split(amount, &[left.net, left.duty, left.tax, left.fees], self.currency)?;
            let sum = Sum { net: parts[0], duty: parts[1], tax: parts[2], fees: parts[3] };
            self.take(index, part, 0, sum, &mut back);
        }
        Ok(back)
    }

    fn chosen(&self, line: Option<Id<Line>>) -> impl Iterator<Item = usize> + '_ {
        (0..self.lines.len()).filter(move |index| line.is_none_or(|line| line == self.lines[*index].id))
    }

    fn take(&mut self, index: usize, part: Part, pieces: i64, sum: Sum, back: &mut Back) {
        if sum.total() == 0 && pieces == 0 {
            return;
        }
        let line = &self.lines[index];
        let (commission, commission_tax) = if part == Part::Goods { line.commission_of(sum.net) } else { (0, 0) };
        let taken = LineBack {
            line: line.id,
            consignment: self.id,
            part,
            pieces,
            unsent: 0,
            supply_pieces: 0,
            sum,
            commission,
            commission_tax,
        };
        self.take_line(&taken);
        back.lines.push(taken);
        for (kind, amount) in [(ChargeKind::Duty, sum.duty), (ChargeKind::Tax, sum.tax), (ChargeKind::Fee, sum.fees)] {
            self.spread(index, kind, amount, back);
        }
    }

    fn take_line(&mut self, back: &LineBack) {
        let Some(line) = self.lines.iter_mut().find(|line| line.id == back.line) else { return };
        line.pieces -= back.pieces;
        match back.part {
            Part::Goods => {
                line.goods = line.goods.minus(back.sum);
                line.goods_back += back.sum.net;
                line.commission.1 += back.commission;
                line.commission_tax.1 += back.commission_tax;
            }
            Part::Delivery => line.delivery = line.delivery.minus(back.sum),
        }
    }

    fn take_charge(&mut self, charge: usize, base: i64, amount: i64) {
        if let Some(left) = self.charges.get_mut(charge) {
            left.base_back += base;
            left.amount_back += amount;
        }
    }

    /// Takes `amount` off the charges of a kind: first those due on the line, by what is left of each, then any.
    fn spread(&mut self, index: usize, kind: ChargeKind, mut amount: i64, back: &mut Back) {
        for own in [true, false] {
            let fits = |charge: &ChargeLeft| charge.kind == kind && (!own || charge.members[index]);
            let mut open: i64 = self.charges.iter().filter(|one| fits(one)).map(ChargeLeft::left).sum();
            for at in 0..self.charges.len() {
                let charge = &self.charges[at];
                let left = charge.left();
                if amount == 0 || !fits(charge) || left == 0 {
                    continue;
                }
                let part = portion(amount.min(open), left, open).min(left);
                let base = portion(charge.base, charge.amount_back + part, charge.amount) - charge.base_back;
                (open, amount) = (open - left, amount - part);
                if part > 0 {
                    self.take_charge(at, base, part);
                    add(&mut back.charges, ChargeBack { consignment: self.id, charge: at, base, amount: part });
                }
            }
        }
    }
}

/// One row a charge, however many lines it was taken off by.
fn add(charges: &mut Vec<ChargeBack>, more: ChargeBack) {
    match charges.iter_mut().find(|one| (one.consignment, one.charge) == (more.consignment, more.charge)) {
        Some(known) => (known.base, known.amount) = (known.base + more.base, known.amount + more.amount),
        None => charges.push(more),
    }
}

impl LineLeft {
    fn of(&self, part: Part) -> Sum {
        match part {
            Part::Goods => self.goods,
            Part::Delivery => self.delivery,
        }
    }

    /// The commission on `net` of the goods, and its tax: what it comes to for all given back so far, less what went back before.
    fn commission_of(&self, net: i64) -> (i64, i64) {
        let due = |(whole, back): (i64, i64)| portion(whole, self.goods_back + net, self.sold) - back;
        (due(self.commission), due(self.commission_tax))
    }
}

impl ChargeLeft {
    fn left(&self) -> i64 {
        self.amount - self.amount_back
    }
}

fn charge_left(charge: &Charge, lines: usize) -> ChargeLeft {
    ChargeLeft {
        kind: charge.kind,
        members: (0..lines).map(|index| charge.concerns(index)).collect(),
        base: charge.base.minor,
        amount: charge.amount.minor,
        base_back: 0,
        amount_back: 0,
    }
}

fn line_left(line: &Line, index: usize, landed: &LandedCost) -> LineLeft {
    let sums = &line.sums;
    let (goods, shipping) = (sums.goods.minor, sums.shipping.minor);
    let on_goods = |kind, whole: i64| {
        // A charge computed on goods and delivery belongs to both by their worth, any other to the goods.
        let (mut both, mut alone) = (0, 0);
        for charge in landed.lines.iter().filter(|charge| charge.kind == kind && charge.concerns(index)) {
            let sum = if charge.on_delivery() { &mut both } else { &mut alone };
            *sum += charge.amount.minor;
        }
        match (both + alone, goods + shipping) {
            (0, _) | (_, 0) => whole,
            (charged, worth) => {
                let shared = portion(whole, both, charged);
                whole - shared + portion(shared, goods, worth)
            }
        }
    };
    let (duty, tax) = (on_goods(ChargeKind::Duty, sums.duty.minor), on_goods(ChargeKind::Tax, sums.tax.minor));
    LineLeft {
        id: line.id,
        pieces: line.quantity,
        goods: Sum { net: goods, duty, tax, fees: 0 },
        delivery: Sum { net: shipping, duty: sums.duty.minor - duty, tax: sums.tax.minor - tax, fees: sums.fees.minor },
        sold: goods,
        goods_back: 0,
        commission: (line.commission.minor, 0),
        commission_tax: (line.commission_tax.minor, 0),
    }
}

/// `figure` × `part` / `whole`, half up; nothing of nothing.
fn portion(figure: i64, part: i64, whole: i64) -> i64 {
    if whole == 0 {
        return 0;
    }
    let (figure, part, whole) = (i128::from(figure), i128::from(part), i128::from(whole));
    // Below `figure` as long as `part` is at most `whole`.
    i64::try_from((2 * figure * part + whole).div_euclid(2 * whole)).unwrap_or(i64::MAX)
}

fn split(amount: i64, weights: &[i64], currency: Currency) -> Result<Vec<i64>> {
    if weights.iter().all(|weight| *weight == 0) {
        return Ok(vec![0; weights.len()]);
    }
    let parts = Money::new(amount, currency).split(weights)?;
    Ok(parts.into_iter().map(|part| part.minor).collect())
}
