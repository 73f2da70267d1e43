"""Keys as hosts keep them: as text, in a file or in the environment."""

from __future__ import annotations

import base64
import binascii


def read_key(text: str) -> bytes:
    """The key that a text holds, in hex or in base64 (either alphabet, padded
    or not); blanks around it do not count. Make one with
    ``openssl rand -hex 32``.

    A text that is neither holds no bytes. How many a key needs is for
    :meth:`carekey.Directory.open` to say (``key.length``).

    >>> from carekey.keys import read_key
    >>> read_key("00" * 32 + "\\n") == read_key("A" * 43 + "=") == bytes(32)
    True
    """
    text = text.strip()
    try:
        return bytes.fromhex(text)
    except ValueError:
        pass
    try:
        standard = text.translate(str.maketrans("-_", "+/")).rstrip("=")
        return base64.b64decode(standard + "=" * (-len(standard) % 4), validate=True)
    except (ValueError, binascii.Error):
        return b""
