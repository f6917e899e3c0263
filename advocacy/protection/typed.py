"""What was typed into the register when somebody had first to show again who they are.

Put aside sealed: sessions lie in the site's own database, which backups and exports take along.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseRedirect, QueryDict

from .sealing import seal, unseal

_KEPT = "protection_typed"


def put_aside(request: HttpRequest) -> HttpResponseRedirect:
    """Keep it, and lead to the same form; raises Unreadable."""
    sealed = seal(request.POST.urlencode()).decode()
    request.session[_KEPT] = {"path": request.path, "sealed": sealed}
    return HttpResponseRedirect(request.path)


def typed(request: HttpRequest) -> QueryDict | None:
    """What this request sends, or what was put aside for its form."""
    if request.method == "POST":
        return request.POST
    kept = request.session.get(_KEPT)
    if not kept or kept["path"] != request.path:
        return None
    del request.session[_KEPT]
    return QueryDict(unseal(kept["sealed"].encode()))
