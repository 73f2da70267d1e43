//! The story of each of the five systems that the rules come from, from its
//! beginning to its end, through the public interface.

mod journeys {
    pub mod caregivers;
    pub mod clients;
    pub mod families;
    pub mod office;
}

use carekey::agency::{User, UserQuery};
use carekey::words::EventKind;
use carekey::{AccountId, ErrorKind};
use carekey_tests::desk::Desk;

/// What an account's history says happened, in order.
fn events(desk: &Desk, account: AccountId) -> Vec<EventKind> {
    desk.agency.verify_history(account).expect("a whole history");
    desk.agency.history(account).expect("a history").iter().map(|line| line.kind).collect()
}

/// The reasons of the refusals in an account's history, in order.
fn reasons(desk: &Desk, account: AccountId) -> Vec<String> {
    let lines = desk.agency.history(account).expect("a history");
    let refusals = lines.iter().filter(|line| line.kind == EventKind::SignInRefused);
    // Repeated ones are one line with a count.
    let times = |line: &&carekey::history::Line| {
        line.details.get("count").map_or(1, |count| count.to_string().parse().unwrap())
    };
    refusals.flat_map(|line| vec![line.details["reason"].to_string(); times(&line)]).collect()
}

fn user(desk: &Desk, account: AccountId) -> User {
    desk.office().user(account).expect("a user")
}

/// The users of the list, by name, as the query asks.
fn listed(desk: &Desk, query: &UserQuery) -> Vec<String> {
    desk.office().users(query).expect("a list").users.into_iter().map(|user| user.display_name).collect()
}

/// The code of an error of that kind.
fn code<T: std::fmt::Debug>(result: carekey::Result<T>, kind: ErrorKind) -> carekey::Code {
    let error = result.expect_err("an error");
    assert_eq!(error.kind, kind);
    error.code
}

mod s0 {
    carekey_tests::on_every_store! { carekey::Policy::default();
        one_caregiver_from_the_link_to_portal_and_app, caregivers_in_bulk, a_link_sent_again,
    }
    use super::journeys::caregivers::*;
}

mod s1 {
    carekey_tests::on_every_store! { carekey::Policy::default();
        a_client_from_the_one_time_password_to_a_session, an_expired_one_time_password_and_a_new_one,
    }
    use super::journeys::clients::*;
}

mod s1_and_s4 {
    carekey_tests::on_every_store! { carekey_tests::desk::quick();
        ties_enrol_and_open_what_the_matrix_says, ties_of_all_sorts, grants_and_roles,
    }
    use super::journeys::clients::*;
}

mod s2 {
    carekey_tests::on_every_store! { carekey_tests::desk::quick();
        staff_names_suggestions_and_the_first_logon, managing_a_user, three_account_managers,
        an_account_before_its_staff_record, failures_lock_and_the_lock_ends,
    }
    use super::journeys::office::*;
}

mod s3 {
    carekey_tests::on_every_store! { carekey_tests::desk::quick();
        invited_lapsed_reinvited_redeemed, unlinked_and_invited_under_another_contact,
        a_second_application_joins_the_account, batches_send_nothing_twice, by_sms_to_a_phone,
        looking_and_slips_use_nothing_up,
    }
    use super::journeys::families::*;
}
