//! People as rows, for benches of what reads them: many at once, as the engine
//! would have written them.
#![allow(unreachable_pub, reason = "each bench takes what it needs")]

use carekey::policy::EnrolmentScheme;
use carekey::store::record::{Account, Party, UsedName};
use carekey::store::{Store, Write};
use carekey::{AccountId, AgencyId, PartyId, PartyKind, RecordId, Role};
use time::OffsetDateTime;
use uuid::Uuid;

const ROLES: [Role; 4] = [Role::Client, Role::Caregiver, Role::Family, Role::OfficeStaff];

/// How many are written in one commit.
const PIECE: u32 = 5_000;

/// Writes so many people into an agency.
pub fn write(store: &dyn Store, agency: AgencyId, people: u32) {
    let at = OffsetDateTime::UNIX_EPOCH + time::Duration::seconds(1_770_000_000);
    for begin in (0..people).step_by(PIECE as usize) {
        let some: Vec<_> = (begin..people.min(begin + PIECE)).map(|number| person(agency, number, at)).collect();
        let rows = some
            .iter()
            .flat_map(|(account, party, used)| [Write::insert(account), Write::insert(party), Write::insert(used)]);
        store.commit(rows.collect()).expect("written");
    }
}

/// Somebody of a name of their own, so mixed that no order is that of the rows.
fn person(of: AgencyId, number: u32, at: OffsetDateTime) -> (Account, Party, UsedName) {
    let mixed = number.wrapping_mul(2_654_435_761);
    let (first, last) = (format!("Given{:03}", mixed % 500), format!("Family{mixed:08x}"));
    let name = format!("{first} {last}");
    let username = format!("person{number}@example.com");
    let id = Uuid::from_u128(u128::from(number) + 1);
    let created = at + time::Duration::seconds(i64::from(number / 2_000));
    let mut account = Account::named(of, AccountId(id), &username, &username, EnrolmentScheme::ActivationLink, created);
    account.display_name.clone_from(&name);
    (account.first_name, account.last_name) = (Some(first.clone()), Some(last.clone()));
    account.sort_display = Some(name.to_lowercase().into_bytes());
    account.sort_first = Some(first.to_lowercase().into_bytes());
    account.sort_last = Some(last.to_lowercase().into_bytes());
    account.search = Some(format!("{name}\n{username}").to_lowercase());
    account.disabled_at = (number.is_multiple_of(20)).then_some(created);
    account.last_sign_in_at =
        (number.is_multiple_of(3)).then(|| at + time::Duration::seconds(i64::from(mixed % 1_000_000)));
    let party = Party {
        agency: of,
        id: PartyId(id),
        revision: 1,
        kind: PartyKind::Person,
        external_id: Some(format!("P-{number}")),
        roles: [ROLES[number as usize % ROLES.len()]].into(),
        display_name: name.clone(),
        first_name: Some(first),
        middle_name: None,
        last_name: Some(last),
        nickname: None,
        name_key: name.to_lowercase(),
        email: Some(username.clone()),
        email_canonical: Some(username.clone()),
        phone: None,
        phone_e164: None,
        preferred: None,
        locale: None,
        invitation: None,
        created_at: created,
        deleted_at: None,
        sort_display: account.sort_display.clone(),
        search: account.search.clone(),
        merged_into: None,
        merge: None,
    };
    // The first fifty have one staff name and its numbers.
    let canonical = match number {
        0 => "104jsmith".to_owned(),
        1 => "104josmith".to_owned(),
        2..50 => format!("104jsmith{number}"),
        _ => username,
    };
    let skeleton = carekey::username::skeleton(&canonical);
    let used = UsedName {
        agency: of,
        id: RecordId(id),
        revision: 1,
        skeleton,
        canonical,
        account: AccountId(id),
        claimed_at: created,
        retired_at: None,
    };
    (account, party, used)
}
