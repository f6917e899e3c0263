"""How each address of the desk answers each role, written down a second time, apart from the code.

What an address does not have a rule for, it may not be: test_matrix.py fails on it.
"""

from __future__ import annotations

from dataclasses import dataclass

from .world import STAFF, VISITOR, Place

#: An answer: its status; or that a deed was done, which changes something; or that one is led
#: on or back and nothing has changed; or that one is led to where one signs in.
Answer = int | str
SIGN_IN, DONE, LED = "sign in", "done", "led"

# --- Records --------------------------------------------------------------------------------------

PRESSED = {"open", "discard", "withdraw", "trash", "restore", "translate", "take_back", "comment"}
PRESSED |= {"return_to"}
ASKING = {"publish", "ask", "send_back", "share"}
#: The pages of a preview; and a text beside the one in the other language, of which there is none yet.
IN_A_LANGUAGE = {"preview_page": "en", "preview_phone": "en", "side_by_side": "ko"}
READ = {"history", "compare", "delete", "preview_page", "preview_phone"}
RECORD_ROUTES = {"change", "preview", *IN_A_LANGUAGE, *READ, *PRESSED, *ASKING}


def of_record(route: str, method: str, role: str, place: Place) -> Answer:
    """`route` is the last word of the name of the address."""
    if role == VISITOR:
        # What was written is handed back, to be sent once more by whoever has signed in.
        written_on = ("change", "side_by_side", "ask", "send_back", "publish")
        is_written = method == "POST" and route in written_on
        return 403 if is_written else SIGN_IN
    if route in PRESSED and method == "GET":
        return 405
    if route == "delete" or not is_open(role, place):
        return 404
    if route == "side_by_side":
        return beside_another(method, permitted_to(role, place), place)
    permitted, possible = permitted_to(role, place), possible_with(place)
    match route, method:
        case "change", "GET":
            return 200
        case "change", _:
            return DONE if "save" in permitted & possible else 403
        case "history", _:
            return 200 if "history" in permitted else 403
        case "compare", _:  # of nothing that was chosen
            return LED if "history" in permitted else 403
        case "preview", "POST":  # of what is typed, by whoever may save it: led to the page
            return LED if "save" in permitted & possible else 403
        case "preview" | "preview_page" | "preview_phone", _:
            if "preview" not in permitted & possible:
                return 404 if "preview" in permitted else 403
            return LED if route == "preview" else 200
        case "share", "POST":  # the answer tells the link
            return 403 if "share" not in permitted else 200 if "share" in possible else LED
    if route not in permitted:
        return 403
    if route not in possible:
        return LED
    if (route, place.state) == ("open", "published, with changes"):
        return LED
    if route == "return_to" and "in review" in place.state and "save" not in permitted:
        return LED
    return 200 if method == "GET" else DONE


def beside_another(method: str, permitted: set[str], place: Place) -> Answer:
    """What no language of it stands in stands beside none: of a fact one can be begun there."""
    if not place.is_fact or (
        "trashed" in place.state and place.state != "changes of what is trashed"
    ):
        return 404
    if method == "GET":
        return 200
    return DONE if "save" in permitted & possible_with(place) else 403


def is_open(role: str, place: Place) -> bool:
    """An author opens own texts, and of others what readers can read."""
    is_public = place.state in ("published", "published, with changes")
    return role != "author" or place.owner == "own" or is_public


def permitted_to(role: str, place: Place) -> set[str]:
    is_known = "draft" not in place.state and not place.state.startswith("in review")
    is_in_review = "in review" in place.state
    may_publish = role in ("publisher", "administrator")
    if role == "author" and place.owner == "other":
        return {"translate"}
    deeds = {"translate", "history", "return_to", "comment", "open", "preview", "share"}
    is_reviewer = role == "editor" and place.state in ("in review", "changes in review")
    if is_in_review:
        deeds |= {"take_back"}
        deeds |= {"send_back"} if is_reviewer or may_publish else set()
    if may_publish:
        deeds |= {"withdraw", "publish"}
    if may_publish or is_reviewer or not is_in_review:
        deeds |= {"save", "ask", "discard"}
        deeds |= {"trash", "restore"} if may_publish or not is_known else set()
    return deeds


def possible_with(place: Place) -> set[str]:
    if "trashed" in place.state:
        return {"restore", "history"}
    deeds = {"history", "comment", "preview"} | (set() if place.is_fact else {"translate"})
    deeds |= {"share"} if place.state != "withdrawn" else set()
    match place.state:
        case "draft":
            return deeds | {"save", "publish", "ask", "trash", "return_to"}
        case "in review" | "in review by another":
            return deeds | {
                "save",
                "publish",
                "ask",
                "trash",
                "take_back",
                "send_back",
                "return_to",
            }
        case "changes":
            return deeds | {"save", "publish", "ask", "discard", "return_to"}
        case "changes in review":
            return deeds | {
                "save",
                "publish",
                "ask",
                "discard",
                "take_back",
                "send_back",
                "return_to",
            }
        case "withdrawn":
            return deeds | {"open", "trash", "return_to"}
    return deeds | {"open", "trash", "withdraw", "return_to"}


# --- All other addresses --------------------------------------------------------------------------


@dataclass(frozen=True)
class Rule:
    """The answer by role, and the lowest role that gets it; the lower ones get `refused`."""

    answer: Answer = 200
    lowest: str = "author"
    refused: Answer = 403
    visitor: Answer = SIGN_IN
    query: str = ""
    method: str = "GET"

    def of(self, role: str) -> Answer:
        if role == VISITOR:
            return self.visitor
        allowed = STAFF.index(role) >= STAFF.index(self.lowest)
        return self.answer if allowed else self.refused


def model(name: str, **views: Rule) -> dict[str, Rule]:
    return {f"admin:{name}_{view}": rule for view, rule in views.items()}


def plain(name: str, lowest: str, **others: Rule) -> dict[str, Rule]:
    """A model of Django's admin without objects that some may know of and others not."""
    views = ("changelist", "add", "change", "history", "delete")
    return model(name, **{**dict.fromkeys(views, Rule(lowest=lowest)), **others})


PEOPLE = ("invite", "off_board", "end_sessions", "remove_factors")
ADMINISTRATOR = Rule(lowest="administrator")
CHOOSER = "?app_label=milestones&model_name=milestone&field_name=articles&term=zz"
RULES: dict[str, Rule] = {
    "admin:index": Rule(),
    "admin:logout": Rule(405, visitor=302),
    "admin:password_change_done": Rule(),
    "admin:jsi18n": Rule(),
    "admin:autocomplete": Rule(query=CHOOSER),
    "admin:app_list": Rule(),
    "admin:view_on_site": Rule(404),  # hidden behind publishing:on_site, which answers it
    "set_language": Rule(302, visitor=302),
    "un:understood": Rule(visitor=403),
    "dates:understood": Rule(visitor=403),
    "reach:monthly": Rule(lowest="editor"),
    "imports:copied": Rule(lowest="editor"),
    "links:index": Rule(),
    "publishing:trash": Rule(),
    "publishing:roles": Rule(),
    "publishing:on_site": Rule(404),  # of a draft; test_access.py has the others
    # Asked by the scripts of a form, which are told in so many words that somebody is signed out.
    "publishing:session": Rule(visitor=403),
    "publishing:here": Rule(400, visitor=403, method="POST"),  # of no record
    "publishing:keep": Rule(400, visitor=403, method="POST"),  # nothing
    # Text that is not saved is its owner's alone; test_owners.py and test_preview.py are theirs.
    "publishing:throw_away": Rule(404, method="POST"),
    "publishing:preview": Rule(404),
    "publishing:preview_phone": Rule(404),
    "attachments:upload": Rule(),
    "attachments:replace": Rule(),
    "attachments:chosen": Rule(),
    "attachments:library": Rule(),
    "attachments:covered": Rule(404),  # of a file without words under boxes
    **plain(
        "attachments_attachment", "author", add=Rule(302), delete=Rule(302, "editor")
    ),  # uploading has a page of its own; what is in use is not deleted
    **plain(
        "symbols_undocument",
        "author",
        **dict.fromkeys(("add", "delete"), Rule(lowest="publisher")),  # others may read its form
    ),
    **plain("news_tag", "author", delete=ADMINISTRATOR),
    **plain("pages_menuitem", "administrator"),
    **plain("pages_organisation", "administrator", delete=Rule(403)),
    **plain(
        "tasks_task",
        "administrator",
        **dict.fromkeys(("add", "delete"), Rule(403)),
        change=Rule(302, "administrator"),  # no task was ever there: led to the desk
        history=Rule(302),
    ),
    **plain("imports_held", "editor", add=Rule(403)),
    "imports:index": ADMINISTRATOR,
    "imports:run": ADMINISTRATOR,
    "imports:report": ADMINISTRATOR,
    "imports:held": Rule(404, lowest="editor"),  # of one whose bytes are gone
    "imports:text": Rule(302, lowest="editor", refused=404),  # of somebody's draft
    **plain("accounts_user", "administrator", delete=Rule(403)),
    **model("accounts_user", **dict.fromkeys(PEOPLE, Rule(302, "administrator", method="POST"))),
    # Case officers alone, which is no step of the ladder: tests/protection has them.
    **{
        f"protection:{name}": Rule(403)
        for name in ("index", "add", "officers", "person", "consent")
    },
    **{
        f"protection:{name}": Rule(403, method="POST")
        for name in ("remove", "approve", "end", "seen", "search")
    },
    "protection:held": Rule(404),  # of no such file
    **{
        f"casework:{name}": Rule(403)
        for name in ("index", "take_out", "take_out_person", "withdrawal")
    },
    "casework:drop": Rule(403, method="POST"),
    # Signing in: everybody, each with their own ways in.
    "account_login": Rule(302, visitor=200),
    "accounts:invitation": Rule(410, visitor=410),  # without a key
    "accounts:start_over": Rule(405, visitor=405),
    "accounts:end_other_sessions": Rule(405, visitor=405),
    "account_change_password": Rule(),
    "account_reauthenticate": Rule(),
    "mfa_authenticate": Rule(302),
    "mfa_index": Rule(),
    "mfa_activate_totp": Rule(),
    "mfa_deactivate_totp": Rule(404),  # who has none removes none
    "mfa_add_webauthn": Rule(),
    "mfa_remove_webauthn": Rule(404),
    "mfa_view_recovery_codes": Rule(404),
    "mfa_generate_recovery_codes": Rule(),
    "mfa_reauthenticate": Rule(302),
    "mfa_reauthenticate_webauthn": Rule(302),
    # Django's own pages for it lead there; what has no name is called by its pattern.
    "admin:login": Rule(302, visitor=302),
    "admin/login/": Rule(302, visitor=302),
    "admin:password_change": Rule(302, visitor=302),
    "admin/password_change/": Rule(302, visitor=302),
    "admin/(?P<url>.*)$": Rule(404),  # what no other address matches
}
#: A bare primary key leads on to the form, whether there is such a row or not.
BARE = "<path:object_id>/"
BARE_RULE = Rule(302)
#: Lists and empty forms of records, which every role sees, each with what is open to it.
RECORD_RULES = {"changelist": Rule(), "add": Rule(), "preview_new": Rule(method="POST")}
