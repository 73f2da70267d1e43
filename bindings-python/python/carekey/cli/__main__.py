"""``python -m carekey.cli``."""

from carekey.cli import main

main()
