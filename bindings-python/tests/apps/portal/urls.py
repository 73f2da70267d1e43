"""Pages of the site."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import LogoutView
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from carekey.django.middleware import visit


@login_required
def me(request: HttpRequest) -> HttpResponse:
    signed_in = visit(request).signed_in
    assert signed_in is not None
    return HttpResponse(signed_in.username)


def invoices(request: HttpRequest, client: UUID) -> HttpResponse:
    return HttpResponse(status=200 if visit(request).can_see("invoices", party=client) else 403)


urlpatterns = [
    path("", include("carekey.django.urls")),
    path("me", me),
    path("sign-out", LogoutView.as_view(next_page="/sign-in")),
    path("invoices/<uuid:client>", invoices),
]
