//! The step that stands for all those that bring someone to a session.

use carekey::agency::{Invitee, NewParty, NewStaff};
use carekey::password::questions::{Answer, Question};
use carekey::policy::EnrolmentScheme;
use carekey::{Credentials, PartyKind, Result, Role, Secret, SignIn};
use serde_json::Value;

use super::super::world::{World, twice};
use super::Here;

impl World {
    #[allow(clippy::too_many_arguments)]
    pub(super) fn make_active(
        &mut self,
        here: &Here,
        name: &str,
        role: Option<Role>,
        full_name: &str,
        email: &str,
        phone: Option<String>,
        password: &Secret,
    ) -> Result<Value> {
        let Here { agency, office, source, .. } = here;
        let policy = agency.settings()?.policy;
        let new = twice(password, password);
        let mut answer = match role {
            None => {
                let (first, last) = full_name.split_once(' ').expect("a first and a last name");
                let made = office.add_manager(&NewStaff {
                    first_name: first.to_owned(),
                    last_name: last.to_owned(),
                    email: Some(email.to_owned()),
                    phone: phone.or_else(|| Some("+12125550100".to_owned())),
                    username: None,
                })?;
                let username = made.username.clone().unwrap_or_default();
                self.keep_enrolled(Some(name), Some(made));
                self.by_temporary_password(here, &username, email, password)?
            }
            Some(role) => {
                let organization = matches!(role, Role::Organization | Role::Community);
                let added = office.add_party(&NewParty {
                    kind: if organization { PartyKind::Organization } else { PartyKind::Person },
                    name: full_name.to_owned(),
                    roles: [role].into(),
                    email: Some(email.to_owned()),
                    phone,
                    ..NewParty::default()
                })?;
                self.named(Some(name)).party = Some(added.party);
                let made = match added.enrolled {
                    Some(made) => made,
                    None if policy.enrolment.scheme(role) == EnrolmentScheme::InvitationCode => {
                        office.invite(Invitee::Party(added.party), None)?;
                        carekey::agency::Enrolled::default()
                    }
                    None => office.create_account(added.party, role, None)?,
                };
                let username = made.username.clone().unwrap_or_default();
                self.keep_enrolled(Some(name), Some(made));
                match policy.enrolment.scheme(role) {
                    EnrolmentScheme::TemporaryPassword => {
                        self.by_temporary_password(here, &username, email, password)?
                    }
                    EnrolmentScheme::ActivationLink => {
                        let link = self.text(agency, &format!("$link:{email}"));
                        agency.activate(&link, new, source)?;
                        agency.sign_in(
                            &Credentials { username: &username, password, remember: false, device: None },
                            source,
                        )?
                    }
                    EnrolmentScheme::InvitationCode => {
                        let link = self.text(agency, &format!("$link:{email}"));
                        let redeemed = agency.redeem_link(&link, None, source)?;
                        self.keep_redeemed(Some(name), redeemed);
                        let step = self.secret(agency, &format!("${name}.step"));
                        agency.choose_password(&step, new, source)?
                    }
                }
            }
        };
        if let SignIn::SetQuestions(step) = &answer {
            let asked = Question::ALL.iter().zip(["Bramble", "Hillside", "Juniper Lane", "Ottoline", "Marchbanks"]);
            let count = usize::try_from(agency.question_count(step.token.reveal())?).expect("a few");
            let answers: Vec<Answer<'_>> =
                asked.take(count).map(|(question, answer)| Answer { question: question.id, answer }).collect();
            answer = agency.set_questions(&step.token, &answers, source)?;
        }
        Ok(self.keep_answer(Some(name), answer))
    }

    fn by_temporary_password(&mut self, here: &Here, username: &str, email: &str, password: &Secret) -> Result<SignIn> {
        let Here { agency, source, .. } = here;
        let temporary = self.secret(agency, &format!("$password:{email}"));
        let credentials = Credentials { username, password: &temporary, remember: false, device: None };
        match agency.sign_in(&credentials, source)? {
            SignIn::ChangePassword(step) => agency.choose_password(&step.token, twice(password, password), source),
            other => Ok(other),
        }
    }
}
