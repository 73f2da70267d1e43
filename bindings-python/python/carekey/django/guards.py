"""Guards of views: who sees what (V).

>>> from uuid import UUID
>>> from django.http import HttpRequest, HttpResponse
>>> from carekey.django.guards import sees
>>> @sees("invoices", party="client")
... def invoices(request: HttpRequest, client: UUID) -> HttpResponse: ...
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views import View

from carekey import NotFound
from carekey.django.middleware import visit
from carekey.words import Resource

_View = Callable[..., HttpResponseBase]


def sees(resource: Resource, *, party: str | None = None, application: str | None = None) -> Callable[[_View], _View]:
    """Lets in whoever may see a resource: of the party, or of the application,
    whose id is the argument of that name in the URL; with neither, their own.

    Who is not signed in is led to the sign-in page. What is hidden answers as what
    is not there, 404, so that nobody learns who is a client.
    """

    def guarded(view: _View) -> _View:
        @wraps(view)
        def guard(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            refused = _refused(request, resource, kwargs, party, application)
            return refused if refused is not None else view(request, *args, **kwargs)

        return guard

    return guarded


class SeesMixin(View):
    """The same for a view that is a class."""

    resource: Resource
    """What is seen."""
    party_argument: str | None = None
    """The argument of the URL that is the id of a party."""
    application_argument: str | None = None
    """The argument of the URL that is the id of an application."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Asks before anything of the view runs."""
        refused = _refused(request, self.resource, kwargs, self.party_argument, self.application_argument)
        return refused if refused is not None else super().dispatch(request, *args, **kwargs)


def _refused(
    request: HttpRequest, resource: Resource, given: dict[str, Any], party: str | None, application: str | None
) -> HttpResponseBase | None:
    here = visit(request)
    if here.signed_in is None:
        return redirect_to_login(request.get_full_path())
    try:
        ids = [None if name is None else UUID(str(given[name])) for name in (party, application)]
        if here.can_see(resource, party=ids[0], application=ids[1]):
            return None
    except (ValueError, NotFound):
        pass
    raise Http404
