"""B: rosters, read, previewed and written."""

# pyright: basic
# JSON has no types to be strict about.

from __future__ import annotations

import base64
from pathlib import Path
from uuid import UUID

from carekey import CarekeyError, Policy
from carekey.roster import Known, Preview, Roster, RosterRow, RowCheck, WhoDecision
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
    """By default: prefix 104, country US, nobody known, nothing taken, nothing
    decided."""
    country = given.get("country", "US")
    policy = Policy.draft(given.get("policy", {}))
    known = [known_party(known, country) for known in given.get("known", [])]
    names = [canonical(name, country) for name in given.get("taken", [])]
    names += [party.username_canonical for party in known if party.username_canonical is not None]
    taken = Taken(names)
    for name in given.get("retired", []):
        taken.insert_retired(canonical(name, country))
    prefix = given.get("prefix", "104")
    usernames = Usernames(prefix=prefix, country=country, taken=taken, policy=policy)
    decisions = [WhoDecision(decision["said"], who(decision["who"])) for decision in given.get("decisions", [])]
    preview = read(given).preview(known, decisions=decisions, usernames=usernames, country=country, policy=policy)
    decide(preview, given.get("then", []), who)
    return preview


def who(given: Json) -> Json:
    """Who a row is about, as cases write it: the party is a small number."""
    return given if given == "another" else UUID(int=given["same"])


def who_json(who: Json) -> Json:
    """The same the other way round."""
    return who if who == "another" else {"same": who.int}


def decide(preview: Preview, steps: Json, who: Call) -> None:
    """Takes the decisions of a case on a preview. `who` reads who a row is
    about."""
    for step in steps:
        if step == "accept_suggestions":
            preview.accept_suggestions()
        elif "decide" in step:
            preview.decide(step["decide"], who(step["who"]))
        elif "username" in step:
            preview.accept(step["line"], step["username"])
        elif "share" in step:
            preview.share(step["share"])
        else:
            preview.decline(step["decline"])


def known_party(given: Json, country: str) -> Known:
    """Someone the agency knows, as cases write them: `party` is a small
    number, `account` says whether they have one, `active` whether its user has
    come, `joined` whether it was made for another, `invited` whether they were
    invited, and `organization` is the name of one."""
    if "organization" in given:
        name = PersonName(last=given["organization"])
    else:
        name = PersonName.parse(given["name"]).require()
    party = UUID(int=given["party"])
    username = given.get("username")
    return Known(
        party,
        account=party if given.get("account") else None,
        active=given.get("active", False),
        joined=given.get("joined", False),
        invited=given.get("invited", False),
        external_id=given.get("external_id"),
        name_key=name.key(),
        display_name=name.display(),
        nickname=name.nickname,
        roles=given["roles"],
        username_canonical=None if username is None else canonical(username, country),
        own_names=[canonical(name, country) for name in given.get("own_names", [])],
        email_canonical=email_of(given.get("email")),
        phone_e164=phone_of(given.get("phone"), country),
        account_email=email_of(given.get("account_email")),
        account_phone=phone_of(given.get("account_phone"), country),
        preferred=given.get("preferred"),
        locale=given.get("locale"),
        note=given.get("note"),
    )


def email_of(text: str | None) -> str | None:
    """An e-mail address in canonical form."""
    return None if text is None else check_email(text).require().canonical


def phone_of(text: str | None, country: str) -> str | None:
    """A phone number in E.164."""
    return None if text is None else check_phone(text, country).require().e164


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
        "maybe": [party.int for party in check.maybe],
        "same_as": check.same_as,
        "username": check.username,
        "canonical": None if check.canonical == check.username else check.canonical,
        "findings": findings_json(check.findings),
        "suggestions": check.suggestions,
        "changes": [[change.field, change.before, change.after] for change in check.changes],
    }
    return without(BLANK, fields)


def checked_json(given: Json) -> Json:
    """The verdicts on all rows, who is on none, and what was decided."""
    checked = preview(given)
    out: dict[str, Json] = {"rows": [check_json(row) for row in checked.rows]}
    if checked.gone:
        out["gone"] = [party.int for party in checked.gone]
    if checked.decisions:
        out["decisions"] = [{"said": one.said, "who": who_json(one.who)} for one in checked.decisions]
    return out


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
