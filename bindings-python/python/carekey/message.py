"""Messages (N): their texts in English and Spanish, the links in them, and when
a failed one is tried again.

A message is a :class:`Text` whose `{fields}` are filled when it is sent. What
ships is :func:`shipped`; an agency can replace any, and :func:`check_template`
says what is wrong with a replacement. A further language is a file:
:func:`load_language`. How people call the stable words that pages show is
:func:`label`.

>>> from carekey.invitation import LinkToken
>>> from carekey.message import page_address, page_link, page_of, render, shipped
>>> base, page = "https://portal.example.com", page_of("invitation")
>>> message = render(
...     shipped("invitation", "sms", "en"),
...     {"agency": "Good Hands", "page": page_address(page, base), "valid": "14 days"},
...     {"link": page_link(page, base, LinkToken.generate()), "code": "7K3Q0-D9WX2"},
... )
>>> message.body.reveal().startswith("Good Hands invites you")
True
"""

from carekey._carekey import (
    Checked,
    Fields,
    Label,
    Rendered,
    Text,
    check_link_base,
    check_template,
    fields,
    label,
    labels,
    load_language,
    masked,
    moment,
    page_address,
    page_link,
    page_of,
    render,
    retry_at,
    shipped,
    span,
)

__all__ = [
    "Checked",
    "Fields",
    "Label",
    "Rendered",
    "Text",
    "check_link_base",
    "check_template",
    "fields",
    "label",
    "labels",
    "load_language",
    "masked",
    "moment",
    "page_address",
    "page_link",
    "page_of",
    "render",
    "retry_at",
    "shipped",
    "span",
]
