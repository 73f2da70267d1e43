"""Scenarios: what an agency does, act by act, and what comes of it. The
vocabulary is that of the Rust runner (`tests/rust/tests/cases/scenario/`)."""

# pyright: basic
# JSON has no types to be strict about.

from __future__ import annotations

from carekey import CarekeyError
from tests.cases.scenario.acts import ACTS, Here
from tests.cases.scenario.outcome import failed
from tests.cases.scenario.world import World
from tests.cases.shared import Call, Json


def play(given: Json) -> Json:
    """One outcome for each step."""
    with World(given.get("settings", {}), given.get("policy", {})) as world:
        return [step(world, dict(fields)) for fields in given["steps"]]


def step(world: World, fields: dict[str, Json]) -> Json:
    """Does the step and says what came of it."""
    by, source = fields.pop("by", "support:Pat Long"), fields.pop("from", None)
    agency, send = world.agency(fields.pop("agency", "104")), fields.pop("send", "now")
    actor = world.actor(by)
    here = Here(agency, agency.acting_as(actor, source=source, send=send), source, actor)
    act = ACTS[fields.pop("do")]
    if "as" in fields:
        fields["name"] = fields.pop("as")
    try:
        return act(world, here, **fields)
    except CarekeyError as error:
        return failed(error)
    except (AssertionError, KeyError) as error:
        # It refers to what no earlier step made: the first step that came out
        # otherwise is to be seen.
        return repr(error)


CALLS: dict[str, Call] = {"scenario": play}
