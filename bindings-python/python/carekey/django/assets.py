"""What the pages bring: the script of the links of mails, and a plain style. They
are views, so that no site needs to collect static files for its door.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

SCRIPT = """\
"use strict";
function take() {
  var field = document.querySelector("[data-link]");
  if (field && location.hash.length > 1) {
    field.value = location.hash.slice(1);
    (field.closest("div") || field).hidden = true;
    history.replaceState(null, "", location.pathname + location.search);
  }
}
addEventListener("DOMContentLoaded", take);
addEventListener("hashchange", take);
"""


def link_script(request: HttpRequest) -> HttpResponse:
    """The script that takes a link's secret out of the address, into the form."""
    return HttpResponse(SCRIPT, content_type="text/javascript")


STYLE = """\
body { margin: 0; font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: break-word }
main { max-width: 44rem; margin: 0 auto; padding: 1.5rem 1rem 3rem }
form > div, form > fieldset { margin: 0 0 1rem }
label { display: block; font-weight: 600 }
form[role=search] label { display: inline-block; margin: 0 .25rem 0 0 }
input:not([type=checkbox]), select, textarea { box-sizing: border-box; max-width: 100%; width: 26rem; min-height: 2.75rem; font: inherit }
form[role=search] input:not([type=checkbox]), form[role=search] select { width: auto; max-width: 100% }
button { min-height: 2.75rem; padding: 0 1rem; font: inherit; cursor: pointer }
caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }
th, td { text-align: start; vertical-align: top; padding: .5rem 1rem .5rem 0 }
dt { font-weight: 600 }
.errorlist, .errornote, [role=alert] { color: #a32222; font-weight: 600 }
.carekey-wide { overflow-x: auto }
"""


OFFICE_STYLE = """\
#content a { text-decoration: underline }
#content form, #content dl, .carekey-wide { margin: .75rem 0 1.25rem }
#content form > div { margin-bottom: .75rem }
#content form > div > label { display: block }
.carekey-wide { overflow-x: auto }
#content .carekey-wide form { margin: 0 }
#content button { padding: .6rem .9rem; margin: 0 .25rem .25rem 0 }
.carekey-wide caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }
"""


def style(request: HttpRequest) -> HttpResponse:
    """That of pages in no frame but carekey's own."""
    return HttpResponse(STYLE, content_type="text/css")


def office_style(request: HttpRequest) -> HttpResponse:
    """What the office's pages need in the frame of Django's admin."""
    return HttpResponse(OFFICE_STYLE, content_type="text/css")
