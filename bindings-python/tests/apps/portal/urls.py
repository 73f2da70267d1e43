"""Pages of the site."""

from uuid import UUID

from django.contrib import admin
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from carekey.django.guards import SeesMixin, sees
from carekey.django.middleware import visit


@login_required
def me(request: HttpRequest) -> HttpResponse:
    signed_in = visit(request).signed_in
    assert signed_in is not None
    return HttpResponse(signed_in.username)


def invoices(request: HttpRequest, client: UUID) -> HttpResponse:
    return HttpResponse(status=200 if visit(request).can_see("invoices", party=client) else 403)


@sees("service_plan", party="client")
def plan(request: HttpRequest, client: UUID) -> HttpResponse:
    return HttpResponse(f"the plan of {client}")


class Calendar(SeesMixin):
    resource = "calendar"
    party_argument = "client"

    def get(self, request: HttpRequest, client: str) -> HttpResponse:
        return HttpResponse(f"the calendar of {client}")


urlpatterns = [
    path("", include("carekey.django.urls")),
    path("admin/carekey/", include("carekey.django.office.urls")),
    path("admin/", admin.site.urls),
    path("me", me),
    path("invoices/<uuid:client>", invoices),
    path("plan/<uuid:client>", plan),
    path("calendar/<str:client>", Calendar.as_view()),
]
