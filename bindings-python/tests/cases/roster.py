"""B: rosters, read, previewed and written."""

# pyright: basic
# JSON has no types to be strict about.

from __future__ import annotations

import base64
from pathlib import Path
from uuid import UUID

from carekey import CarekeyError, Policy
from carekey.roster import Known, Preview, Roster, RosterRow, RowCheck
from carekey.username import PersonName, Taken, Usernames, canonical, check_email, check_phone
from tests.cases.shared import Call, Json, error_json, findings_json, without

ROSTERS = Path(__file__).parents[3] / "tests" / "rosters"
BLANK: tuple[Json, ...] = (None, [], {})
NAMES = ("first", "middle", "last", "nickname")


def read(given: Json) -> Roster:
    """The roster of a case, from wherever it comes."""
    if "rows" in given:
        rows = [{**row, **row.get("name", {})} for row in given["rows"]]
        return Roster.from_rows([RosterRow(**without_name(row)) for row in rows])
    if "table" in given:
        return Roster.from_table(given["table"]["titles"], given["table"]["rows"])
    if "csv" in given:
        return Roster.read(given["csv"].encode())
    if "base64" in given:
        return Roster.read(base64.b64decode(given["base64"]))
    return Roster.read(ROSTERS / given["file"])


def without_name(row: dict[str, Json]) -> dict[str, Json]:
    """The fields of a row, the parts of the name among the others. What was
    found before is found anew."""
    return {name: value for name, value in row.items() if name not in ("name", "findings")}


def preview(given: Json) -> Preview:
    """By default: prefix 104, country US, nobody known, nothing taken."""
    country = given.get("country", "US")
    policy = Policy.draft(given.get("policy", {}))
    known = [known_party(known, country) for known in given.get("known", [])]
    names = [canonical(name, country) for name in given.get("taken", [])]
    names += [party.username_canonical for party in known if party.username_canonical is not None]
    prefix = given.get("prefix", "104")
    usernames = Usernames(prefix=prefix, country=country, taken=Taken(names), policy=policy)
    preview = read(given).preview(known, usernames=usernames, country=country, policy=policy)
    decide(preview, given.get("then", []))
    return preview


def decide(preview: Preview, steps: Json) -> None:
    """Takes the decisions of a case on a preview."""
    for step in steps:
        if step == "accept_suggestions":
            preview.accept_suggestions()
        elif "username" in step:
            preview.accept(step["line"], step["username"])
        else:
            preview.decline(step["decline"])


def known_party(given: Json, country: str) -> Known:
    """Someone the agency knows, as cases write them: `party` is a small
    number, `account` says whether they have one, `invited` whether they were,
    and `organization` is the name of one."""
    if "organization" in given:
        name = PersonName(last=given["organization"])
    else:
        name = PersonName.parse(given["name"]).require()
    party = UUID(int=given["party"])
    username, email, phone = given.get("username"), given.get("email"), given.get("phone")
    return Known(
        party,
        account=party if given.get("account") else None,
        invited=given.get("invited", False),
        external_id=given.get("external_id"),
        name_key=name.key(),
        display_name=name.display(),
        nickname=name.nickname,
        roles=given["roles"],
        username_canonical=None if username is None else canonical(username, country),
        email_canonical=None if email is None else check_email(email).require().canonical,
        phone_e164=None if phone is None else check_phone(phone, country).require().e164,
        preferred=given.get("preferred"),
        locale=given.get("locale"),
        note=given.get("note"),
    )


def row_json(row: RosterRow) -> Json:
    """What the row says; what it leaves blank is left out."""
    fields = row.to_dict()
    name = {part: fields.pop(part) for part in NAMES}
    hashed = fields.pop("password_hash")
    fields["findings"] = findings_json(row.findings)
    fields["password_hash"] = hashed and hashed.reveal()
    return without(BLANK, {**fields, "name": without(BLANK, name)})


def read_json(given: Json) -> Json:
    """The rows as they were read."""
    roster = read(given)
    out = {"rows": [row_json(row) for row in roster.rows]}
    return {**out, "findings": findings_json(roster.findings)} if roster.findings else out


def check_json(check: RowCheck) -> Json:
    """A row and its verdict, without blanks."""
    fields = {
        "line": check.line,
        "state": check.state,
        "action": check.action,
        "party": check.party and check.party.int,
        "same_as": check.same_as,
        "username": check.username,
        "canonical": None if check.canonical == check.username else check.canonical,
        "findings": findings_json(check.findings),
        "suggestions": check.suggestions,
        "changes": [[change.field, change.before, change.after] for change in check.changes],
    }
    return without(BLANK, fields)


def checked_json(given: Json) -> Json:
    """The verdicts on all rows, and who is on none."""
    checked = preview(given)
    out = {"rows": [check_json(row) for row in checked.rows]}
    return {**out, "gone": [party.int for party in checked.gone]} if checked.gone else out


def summary_json(given: Json) -> Json:
    """How many rows there are of each kind, and of each role."""
    checked = preview(given)
    groups = [
        {"role": group.role, "summary": group.summary.to_dict(), "lines": [row.line for row in group.rows]}
        for group in checked.by_role()
    ]
    return {"summary": checked.summary.to_dict(), "groups": groups}


def or_error(call: Call) -> Call:
    """The call, or its error."""

    def answer(given: Json) -> Json:
        try:
            return call(given)
        except CarekeyError as error:
            return error_json(error)

    return answer


CALLS: dict[str, Call] = {
    "roster.read": or_error(read_json),
    "roster.check": or_error(checked_json),
    "roster.summary": or_error(summary_json),
    "roster.write": or_error(lambda given: {"csv": preview(given).write_failed(locale=given.get("locale", "en"))}),
}
