"""The same site without Django's admin."""

from django.urls import include, path

from tests.apps.portal.urls import me

urlpatterns = [
    path("", include("carekey.django.urls")),
    path("me", me),
    path("office/", include("carekey.django.office.urls")),
]
