//! Who comes to sell, and what sellers say of themselves: applications that are decided twice, accounts, addresses; and callers who
//! have no business there.

use crate::hands::Hands;
use crate::run::Sim;
use base::{Actor, Address, Error, Kind, Result, Role};
use onboarding::{Accept, Application, ApplicationState, Apply, PutBankAccount, TermsWish};
use store::{Read, Tx};
use terms::Mode;

/// Accounts that exist in the registry of IBANs, as examples.
const ACCOUNTS: [(&str, &str); 3] =
    [("DE", "DE89370400440532013000"), ("GB", "GB29NWBK60161331926819"), ("PL", "PL61109010140000071219812874")];

/// The simulated process serves no pages, so it writes no mail.
const NO_MAIL: bool = false;

impl<H: Hands> Sim<'_, H> {
    pub(crate) async fn onboard(&mut self) -> Result<String> {
        match self.newcomers.below(4) {
            0 => self.somebody_applies().await,
            1 => self.operator_answers().await,
            2 => self.pay_elsewhere().await,
            _ => self.move_in().await,
        }
    }

    async fn somebody_applies(&mut self) -> Result<String> {
        let name = self.key("applicant");
        let new = Apply {
            legal_name: format!("{name} Ltd."),
            email: format!("applicant{}@example.com", self.newcomers.below(4)),
            phone: String::new(),
            country: "DE".parse()?,
            currency: "EUR".parse()?,
            language: base::Language::english(),
            website: String::new(),
            goods: "odds and ends".into(),
            name,
        };
        let network = format!("10.1.0.{}", self.newcomers.below(9));
        let hand_in = move |tx: &mut Tx| onboarding::apply(tx, &new, &network, NO_MAIL);
        match self.process.store.write_as(Actor::Guest, hand_in).await {
            Ok(()) => Ok("somebody applies".into()),
            Err(error) if error.kind == Kind::TooMany => Ok("too many apply".into()),
            Err(error) => self.refused(error),
        }
    }

    /// Two words on one application: the second comes too late. It is never accepted first: that makes a link, and the chance that links
    /// are made of begins anew with every process of a simulated world.
    async fn operator_answers(&mut self) -> Result<String> {
        let operator = self.people.operator;
        let read = |db: &mut Read| onboarding::applications(db, ApplicationState::Open, None, 9);
        let open: Vec<Application> = self.process.store.read_as(operator, read).await?;
        let Some(id) = self.newcomers.pick(&open).map(|one| one.id) else { return super::nobody() };
        let seller = self.newcomers.pick(&self.people.sellers).map_or(Actor::Guest, |seller| seller.staff);
        for (time, accepts) in [false, true].into_iter().enumerate() {
            let terms = TermsWish::usual(Mode::Marketplace);
            let word = move |tx: &mut Tx| match accepts {
                true => {
                    onboarding::accept(tx, id, &Accept { name: String::new(), terms: terms.clone() }, NO_MAIL).map(drop)
                }
                false => onboarding::decline(tx, id, "not now", NO_MAIL),
            };
            if seller != operator {
                denied(self.process.store.write_as(seller, word.clone()).await, "a stranger decided")?;
            }
            match (time, self.process.store.write_as(operator, word).await) {
                (0, Ok(())) => {}
                (1, Err(error)) if error.code == "application_decided" => {}
                (_, other) => {
                    return Err(Error::internal(format!("{id} decided for the {}. time: {other:?}", time + 1)));
                }
            }
        }
        Ok(format!("{id} is declined"))
    }

    async fn pay_elsewhere(&mut self) -> Result<String> {
        let at = self.newcomers.between(1, self.people.sellers.len() as i64 - 1) as usize;
        let of = self.people.sellers[at].organisation;
        let (country, number) = ACCOUNTS[self.newcomers.below(ACCOUNTS.len())];
        let put = PutBankAccount {
            holder: "Loom".into(),
            country: country.parse()?,
            number: number.into(),
            bank_code: String::new(),
        };
        let owner = Actor::Person { person: 1, organisation: of.raw(), role: Role::SellerOwner };
        let put_it = move |tx: &mut Tx| onboarding::put_bank_account(tx, of, &put).map(drop);
        for by in [self.people.operator, self.people.sellers[at].staff] {
            denied(self.process.store.write_as(by, put_it.clone()).await, "another's account was changed")?;
        }
        match self.process.store.write_as(owner, put_it).await {
            Ok(()) => Ok(format!("{of} is paid in {country}")),
            Err(error) => self.refused(error),
        }
    }

    /// A seller says where its goods come back to; another one cannot.
    async fn move_in(&mut self) -> Result<String> {
        let at = self.newcomers.between(1, self.people.sellers.len() as i64 - 1) as usize;
        let of = self.people.sellers[at].organisation;
        let street = format!("Depot {}", self.newcomers.below(3));
        let address = Address {
            country: "DE".into(),
            name: "Depot".into(),
            street,
            city: "Berlin".into(),
            postcode: "10115".into(),
            ..Address::default()
        };
        let owner = Actor::Person { person: 1, organisation: of.raw(), role: Role::SellerOwner };
        let say = move |tx: &mut Tx| onboarding::put_return_address(tx, of, Some(&address));
        let stranger = self.people.sellers[at % (self.people.sellers.len() - 1) + 1].staff;
        denied(self.process.store.write_as(stranger, say.clone()).await, "another's goods were sent elsewhere")?;
        self.process.store.write_as(owner, say).await?;
        Ok(format!("goods of {of} come back elsewhere"))
    }
}

/// What a caller without the role asked for was not done. Errors: it was, or refused for another reason.
fn denied(outcome: Result<()>, what: &str) -> Result<()> {
    match outcome {
        Err(error) if matches!(error.kind, Kind::Denied | Kind::Unauthenticated) => Ok(()),
        other => Err(Error::internal(format!("{what}: {other:?}"))),
    }
}
