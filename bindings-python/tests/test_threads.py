"""Long work releases the interpreter, and Ctrl-C leaves whole accounts only."""

from __future__ import annotations

import signal
import subprocess
import sys
import textwrap
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from carekey import Agency, Directory, ManualClock, Office
from carekey.password import Hasher

from tests.conftest import KEY


@pytest.fixture
def only_by_will() -> Iterator[None]:
    """No thread is made to let go of the interpreter: another runs only where
    one lets go by itself. So these tests count, however busy the machine is.
    """
    before = sys.getswitchinterval()
    sys.setswitchinterval(1_000)
    yield
    sys.setswitchinterval(before)


def another_ran_during(work: Callable[[], object]) -> bool:
    """Whether another thread ran while one did the work, again and again until
    it did or there were many.
    """
    began, seen = threading.Event(), threading.Event()
    at_end: list[bool] = []

    def again_and_again() -> None:
        began.set()
        for _ in range(500):
            work()
            if seen.is_set():
                break
        at_end.append(seen.is_set())

    thread = threading.Thread(target=again_and_again)
    thread.start()
    began.wait()
    seen.set()
    thread.join()
    return at_end == [True]


@pytest.mark.usefixtures("only_by_will")
def test_other_threads_run_while_one_hashes(agency: Agency, office: Office) -> None:
    hasher = Hasher()
    assert another_ran_during(lambda: hasher.hash("Lantern#47 tide"))
    assert another_ran_during(lambda: agency.sign_in("nobody@example.com", "wrong"))
    assert another_ran_during(lambda: office.preview([{"role": "caregiver", "name": "Sue Wright"}]))
    # What does not let go is seen too.
    assert not another_ran_during(lambda: sum(range(1_000)))


@pytest.mark.usefixtures("only_by_will")
def test_two_threads_are_in_the_hash_at_once() -> None:
    hasher, met = Hasher(), threading.Event()
    within: set[int] = set()

    def work() -> None:
        for _ in range(500):
            within.add(threading.get_ident())
            hasher.hash("Lantern#47 tide")
            # The other went in, and has not come out.
            if len(within) == 2:
                met.set()
            within.discard(threading.get_ident())
            if met.is_set():
                break

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert met.is_set()


def test_ctrl_c_in_a_bulk_creation_leaves_whole_accounts_only(tmp_path: Path, clock: ManualClock) -> None:
    address = f"sqlite:{tmp_path / 'carekey.db'}"
    script = textwrap.dedent(
        f"""
        import signal, sys
        # Whoever runs the tests in the background has it ignored.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        from carekey import Actor, AgencySettings, Directory
        directory = Directory.open({address!r}, key={KEY!r})
        settings = AgencySettings("104", "Harbor Home Care", "https://portal.example.com")
        office = directory.create_agency(settings, actor=Actor.support("Pat Long")).acting_as(Actor.system("import"))
        rows = [{{"role": "caregiver", "name": f"Person{{n:05}} Wright", "email": f"p{{n}}@example.com"}} for n in range(20_000)]
        def told(done, total):
            print(done, flush=True)
            if done >= 4000:
                sys.stdin.readline()
        try:
            office.create(office.preview(rows), progress=told)
        except KeyboardInterrupt:
            print("interrupted", flush=True)
            sys.exit(130)
        """
    )
    process = subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None and process.stdin is not None
    for line in process.stdout:
        if int(line) >= 4000:
            process.send_signal(signal.SIGINT)
            break
    rest, _ = process.communicate("\n", timeout=600)
    assert process.returncode == 130
    assert "interrupted" in rest
    with Directory.open(address, key=KEY, clock=clock) as directory:
        agency = directory.agency("104")
        from carekey import Actor

        office: Office = agency.acting_as(Actor.system("import"))
        users = list(office.each_user(page=2000))
        assert 4000 <= len(users) < 20_000
        messages = sum(1 for _ in office.messages("waiting", page=2000))
        assert messages == len(users)
        for user in (users[0], users[len(users) // 2], users[-1]):
            assert user.party is not None
            assert agency.party(user.party).account == user.account
            agency.verify_history(user.account)
            assert agency.history(user.account)[0].kind == "account.created"
        agency.verify_agency_history()
        # It goes on where it was stopped, and nobody is made twice.
        again = office.preview(
            [{"role": "caregiver", "name": f"Person{n:05} Wright", "email": f"p{n}@example.com"} for n in range(len(users) + 10)]
        )
        assert office.create(again).counts == {"created": 10, "unchanged": len(users)}
