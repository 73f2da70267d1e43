//! R: roles, ties and their time.

use carekey::relationship::{PartyFacts, Period, Tie, check_tie, conveyed, conveys, role_fits};
use carekey::{PartyId, PartyKind, Role, TieKind};

use crate::border::{Moment, rules};

rules! {
    relationship_role_fits(role: Role, kind: PartyKind) => role_fits(role, kind);

    relationship_conveys(kind: TieKind) => conveys(kind);

    relationship_conveyed(who: PartyId, ties: Vec<Tie>, at: Moment) => conveyed(who, &ties, at.0);

    strict relationship_check_tie(
        kind: TieKind, who: PartyFacts, of: PartyFacts, period: Period, #[serde(default)] existing: Vec<Tie>,
    ) => check_tie(kind, &who, &of, &period, &existing);

    period_in_force(period: Period, at: Moment) => period.in_force(at.0);

    period_overlaps(period: Period, other: Period) => period.overlaps(&other);

    period_valid(period: Period) => period.valid();
}
