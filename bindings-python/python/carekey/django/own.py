"""What users see to by themselves: where they are signed in (E5), where they are
reached (C3), their security questions (Q5), and in which language they are
written to.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView

from carekey import NotFound
from carekey.django.conf import agency
from carekey.django.forms import ChangeContactForm, ChangeQuestionsForm, LanguageForm
from carekey.django.language import locale, said
from carekey.django.mailed import ActView, SignedInMixin
from carekey.django.middleware import source


@method_decorator(never_cache, name="dispatch")
class SessionsView(SignedInMixin, TemplateView):  # pyright: ignore[reportGeneralTypeIssues]
    """Where somebody is signed in: seen, one ended, all others ended."""

    template_name = "carekey/sessions.html"
    extra_context = {
        "title": said("Where you are signed in", "Dónde tiene sesiones"),
        "words": {
            "lead": said(
                "End what you do not know, and change your password then.",
                "Termine lo que no conozca, y cambie entonces su contraseña.",
            ),
            "what": said("What", "Qué"),
            "since": said("Since", "Desde"),
            "used": said("Last used", "Último uso"),
            "source": said("From", "Origen"),
            "session": said("Session", "Sesión"),
            "device": said("Known device", "Dispositivo conocido"),
            "current": said("this one", "esta"),
            "end": said("End", "Terminar"),
            "others": said("End all others", "Terminar todas las demás"),
        },
    }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Sessions before devices, the latest first."""
        rows = list(agency().sessions(self.token()))
        return super().get_context_data(rows=rows, others=any(not row.current for row in rows), **kwargs)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Ends one, by its id, or all others."""
        if "others" in request.POST:
            agency().end_other_sessions(self.token(), source=source(request))
        else:
            try:
                agency().end_session(self.token(), request.POST.get("id", ""), source=source(request))
            except (NotFound, ValueError):
                raise Http404 from None
        return redirect("carekey:sessions")


class ContactsView(SignedInMixin, ActView):
    """Where somebody is reached, and another address in its place."""

    template_name = "carekey/contacts.html"
    form_class = ChangeContactForm
    done = said(
        "A link is on its way to the new one: open it to confirm.",
        "Un enlace va en camino al nuevo contacto: ábralo para confirmarlo.",
    )
    extra_context = {
        "title": said("How you are reached", "Cómo se le localiza"),
        "act": said("Send me the link", "Enviarme el enlace"),
        "words": {
            "known": said("Codes and notices go to what is confirmed", "Los códigos y avisos van a lo confirmado"),
            "address": said("Address or number", "Dirección o número"),
            "standing": said("Standing", "Situación"),
            "objected": said("Objected to, the office looks at it:", "Con oposición, la oficina lo revisa:"),
            "waits": said("To be confirmed until", "Por confirmar hasta"),
            "proven": said("Confirmed", "Confirmado"),
            "unproven": said("Not confirmed", "Sin confirmar"),
            "none": said("Nothing yet", "Nada todavía"),
            "change": said("Change it", "Cambiarlo"),
            "how": said(
                "The new one takes the place of the old one when it is confirmed. The old one is told, and can object.",
                "El nuevo ocupa el lugar del anterior cuando se confirma. Al anterior se le avisa, y puede oponerse.",
            ),
        },
    }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Those that there are."""
        return super().get_context_data(contacts=list(agency().contacts(self.token())), **kwargs)

    def act(self, form: Any) -> HttpResponse:
        """The new one is sent a link; nothing changes before it is opened."""
        given = form.cleaned_data
        agency().change_contact(
            self.token(), given["current"], given["method"], given["address"], source=source(self.request)
        )
        return redirect("carekey:contacts")


class ChangeQuestionsView(SignedInMixin, ActView):
    """Other security questions, with the password."""

    form_class = ChangeQuestionsForm
    extra_context = {
        "title": said("Change your security questions", "Cambie sus preguntas de seguridad"),
        "act": said("Save my answers", "Guardar mis respuestas"),
    }
    done = said("Your questions are changed.", "Sus preguntas han cambiado.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """How many there are depends on who they are."""
        return {**super().get_form_kwargs(), "token": self.token()}

    def act(self, form: Any) -> HttpResponse:
        """All proven contacts are told."""
        agency().change_questions(
            self.token(), form.cleaned_data["current"], form.answers(), source=source(self.request)
        )
        return redirect("carekey:change-questions")


class LanguageView(SignedInMixin, ActView):
    """In which language somebody is written to; Django's pages follow."""

    form_class = LanguageForm
    extra_context = {"title": said("Your language", "Su idioma"), "act": said("Save", "Guardar")}
    done = said("Your language is saved.", "Su idioma está guardado.")

    def get_initial(self) -> dict[str, Any]:
        """That of the page."""
        return {"language": locale()}

    def act(self, form: Any) -> HttpResponse:
        """By the cookie that ``LocaleMiddleware`` reads."""
        language = form.cleaned_data["language"]
        agency().set_language(self.token(), language, source=source(self.request))
        response = redirect("carekey:language")
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            path=settings.LANGUAGE_COOKIE_PATH,
            domain=settings.LANGUAGE_COOKIE_DOMAIN,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
            samesite=settings.LANGUAGE_COOKIE_SAMESITE,
        )
        return response
