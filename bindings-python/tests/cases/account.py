"""E: schemes, stages, counting failures, sessions."""

# pyright: basic
# JSON has no types to be strict about.

from __future__ import annotations

from datetime import timedelta

from carekey import Policy
from carekey.account import Throttle, TokenLife, after_password, after_questions, first_stage, state_of
from tests.cases.shared import Call, Json, moment, part, rfc3339


def scheme(given: Json) -> Json:
    """Which scheme a role has, and where it begins."""
    policy = Policy.draft(given.get("policy", {}))
    enrolment = policy.enrolment_scheme(given["role"])
    return {
        "username": policy.username_scheme(given["role"]),
        "enrolment": enrolment,
        "first_stage": first_stage(enrolment),
    }


def throttle(given: Json) -> Json:
    """Plays a script of attempts; see the Rust runner."""
    policy = part("throttle", given.get("policy"))
    throttle = Throttle()
    admissions: list[Json] = []
    for step in given["script"]:
        now, what = moment(step["at"]), step["do"]
        for _ in range(step.get("times", 1)):
            if what in ("admit", "try_right", "try_wrong"):
                admission = throttle.admit(now, policy=policy)
                locked = admission.outcome == "locked"
                admissions.append({"locked_until": rfc3339(admission.until)} if locked else admission.outcome)
                if not admission:
                    continue
            if what in ("right", "try_right"):
                throttle.succeeded()
            elif what in ("wrong", "try_wrong"):
                throttle.failed(now, policy=policy)
            elif what == "withdraw":
                throttle.withdrawn()
            elif what == "count":
                throttle.count(now, policy=policy)
            else:
                assert what == "admit", what
    shown = {
        "failures": throttle.failures,
        "open": throttle.open,
        "open_until": rfc3339(throttle.open_until),
        "locked_until": rfc3339(throttle.locked_until),
    }
    return {"admissions": admissions, "throttle": shown}


def session(given: Json) -> Json:
    """A session, or with `step_minutes` a step, and its uses."""
    begun, epoch = moment(given["begun_at"]), given.get("epoch", 0)
    if "step_minutes" in given:
        life = TokenLife.step(timedelta(minutes=given["step_minutes"]), now=begun, epoch=epoch)
    else:
        policy, remember = part("session", given.get("policy")), given.get("remember", False)
        life = TokenLife.session(now=begun, epoch=epoch, remember=remember, policy=policy)
    for used in map(moment, given.get("uses", [])):
        if life.is_live(used, epoch=epoch):
            life.used_at = used
    life.ended = given.get("ended", False)
    live = life.is_live(moment(given["now"]), epoch=given.get("account_epoch", 0))
    return {"expires_at": rfc3339(life.expires_at), "live": live}


CALLS: dict[str, Call] = {
    "policy.scheme": scheme,
    "account.after_password": lambda given: after_password(
        given["stage"],
        questions_set=given.get("questions_set", False),
        policy=part("questions", given.get("questions")),
    ),
    "account.after_questions": lambda given: after_questions(given["stage"]),
    "account.state": lambda given: state_of(given["stage"], disabled=given.get("disabled", False)),
    "account.throttle": throttle,
    "account.session": session,
}
