"""Lines of the public site: what anybody may open and send."""

from tests.permissions.lines import EVERYBODY, Given, Line, case, nothing, sent


def public(name: str, parts: Given = nothing, status: int = 200) -> Line:
    """A page for everybody; being a member of staff opens nothing more."""
    return Line(name, EVERYBODY, parts, status=status)


def asked(name: str, parts: Given) -> Line:
    """A citizen's act: without the query code everybody is led to the look-up, nothing happens."""
    return Line(name, EVERYBODY, parts, nothing, status=303)


TOKEN = sent(token="somebody-elses")
SITE = [
    public("site:file"),
    public("site:file_kind", TOKEN, 303),
    public("site:file_matter", TOKEN, 303),
    public("site:file_contact", TOKEN, 303),
    public("site:receipt", case("submitted"), 302),
    public("site:progress"),
    public("site:progress_case", case("callback"), 302),
    asked("site:supplement", case("dispatched")),
    asked("site:urge", case("dispatched")),
    asked("site:rating", case("callback")),
    public("site:mailboxes"),
    public("site:letter", sent(channel="mayor")),
    public("site:search"),
    public("site:answers"),
    public("site:answer", lambda county: {"number": county.published_copy.pk}),
    public("site:guides"),
    public("wagtail_serve", sent(path="")),
    public("wagtailcore_login"),
    Line(
        "wagtailcore_authenticate_with_password",
        EVERYBODY,
        sent(page_view_restriction_id=1, page_id=1),
        nothing,
        status=404,
    ),
]
