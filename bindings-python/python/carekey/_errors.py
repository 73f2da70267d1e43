"""The exceptions: one base, and a class for each kind of error."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from carekey import Finding
    from carekey.words import Code, ErrorKind, Locale


class CarekeyError(Exception):
    """Whatever carekey raises: catching it catches all.

    Its text is in English, names the code, and never holds a secret or a
    personal detail; :meth:`message` gives it in another language.

    >>> import carekey
    >>> try:
    ...     carekey.Directory.open("memory:", key=b"short")
    ... except carekey.CarekeyError as error:
    ...     error.code, error.kind
    ('key.length', 'configuration')
    """

    code: Code
    """The stable code: a lower-case dotted word that keeps its meaning."""
    kind: ErrorKind
    """What its caller would do about it; each kind has a class of its own."""
    params: Mapping[str, int | str]
    """What the text speaks of, by name."""
    findings: Sequence[Finding]
    """What a check found, in its fixed order."""

    def __init__(
        self,
        *,
        kind: ErrorKind,
        code: Code,
        params: Mapping[str, int | str],
        findings: Sequence[Finding],
        texts: Mapping[str, str],
    ) -> None:
        super().__init__(f"{texts['en']} [{code}]")
        self.kind = kind
        self.code = code
        self.params = params
        self.findings = findings
        self._texts = texts

    def message(self, locale: Locale = "en") -> str:
        """The text for a reader of that language."""
        return self._texts[locale]

    def __reduce__(self) -> tuple[object, ...]:
        # Workers of a pool hand exceptions over by pickling them. Findings
        # stay behind: they are objects of the core.
        given = (self.kind, self.code, dict(self.params), dict(self._texts))
        return (_again, (type(self), *given))


class InvalidInput(CarekeyError, ValueError):
    """The input breaks a rule; the findings say which. Correct it."""


class WrongType(InvalidInput, TypeError):
    """A value of the wrong type: ``input.wrong_type``. Also a `TypeError`."""


class NotFound(CarekeyError, LookupError):
    """What was named is not there."""


class NotAllowed(CarekeyError):
    """The actor may not do that."""


class RefusedError(CarekeyError):
    """A token, a code or a password was not accepted. Nothing more is said."""


class Conflict(CarekeyError):
    """Others changed the same thing all the time. Try again."""


class ConfigurationError(CarekeyError):
    """The key, the policy or the address of the store is wrong."""


class StoreError(CarekeyError):
    """The store cannot be reached, is full, is damaged, or was closed."""


class Cancelled(CarekeyError):
    """The caller asked to stop. What had been committed stays."""


class InternalError(CarekeyError):
    """A fault of carekey itself. Please report it."""


_KINDS: dict[str, type[CarekeyError]] = {
    "invalid": InvalidInput,
    "not_found": NotFound,
    "not_allowed": NotAllowed,
    "refused": RefusedError,
    "conflict": Conflict,
    "configuration": ConfigurationError,
    "store": StoreError,
    "cancelled": Cancelled,
    "internal": InternalError,
}


def of_kind(
    *,
    kind: ErrorKind,
    code: Code,
    params: Mapping[str, int | str],
    findings: Sequence[Finding],
    texts: Mapping[str, str],
) -> CarekeyError:
    """The exception of that kind."""
    return _KINDS[kind](kind=kind, code=code, params=params, findings=findings, texts=texts)


def _again(
    cls: type[CarekeyError], kind: ErrorKind, code: Code, params: dict[str, int | str], texts: dict[str, str]
) -> CarekeyError:
    return cls(kind=kind, code=code, params=params, findings=(), texts=texts)


# Tracebacks name a class as its users import it.
for _class in (CarekeyError, WrongType, *_KINDS.values()):
    _class.__module__ = "carekey"
