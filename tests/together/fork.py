"""A directory on a server that was opened before a fork: the child is told so
at once, in place of waiting for threads that stayed behind, and the parent's
goes on."""

import os
import sys

from carekey import Actor, AgencySettings, Directory, StoreError

KEY = bytes(range(32))


def in_child(directory: Directory, address: str) -> int:
    """0 where the child is told, and can open one of its own."""
    try:
        directory.agency("104")
        return 1
    except StoreError as error:
        if error.code != "store.unavailable":
            return 2
    with Directory.open(address, key=KEY) as own:
        return 0 if own.agency("104").code == "104" else 3


def main(address: str) -> None:
    """Forks, and asks on both sides."""
    with Directory.open(address, key=KEY) as directory:
        settings = AgencySettings("104", "Harbor Home Care", "https://portal.example.com")
        directory.create_agency(settings, actor=Actor.support("Pat Long"))
        child = os.fork()
        if child == 0:
            os._exit(in_child(directory, address))
        _, status = os.waitpid(child, 0)
        assert os.waitstatus_to_exitcode(status) == 0, status
        assert directory.agency("104").code == "104"


if __name__ == "__main__":
    main(*sys.argv[1:])
