"""Whether two answers are the same, whatever order their objects have.

    compare.py ONE OTHER
"""

import difflib
import json
import sys
from pathlib import Path


def shown(path: str) -> list[str]:
    """The document with its keys sorted, one value a line."""
    return json.dumps(json.loads(Path(path).read_text(encoding="utf-8")), indent=1, sort_keys=True).splitlines()


one, other = (shown(path) for path in sys.argv[1:3])
print("\n".join(list(difflib.unified_diff(one, other, *sys.argv[1:3], lineterm=""))[:60]))
sys.exit(one != other or len(one) < 1000)
