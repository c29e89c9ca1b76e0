"""What a person does on a page before it is looked at. Each leaves the browser on the screen meant."""

from collections.abc import Callable

from playwright.sync_api import Page

from tests.browser.office import Office

MATTER = "来电人反映城关镇和平巷三盏路灯不亮，晚上行人看不见路，已经一个星期，希望尽快维修。"
A_PERSON_NEEDS = 3500  # ms; a form sent faster than a person can write is taken for a robot


def _go(page: Page, press: str) -> None:
    with page.expect_navigation():
        page.locator(press).first.click()


def type_a_matter(page: Page, office: Office) -> None:
    """The operator types; advice comes by itself."""
    with page.expect_response(lambda answer: "/advice/" in answer.url):
        page.locator("#id_content").press_sequentially(MATTER)
    page.locator("#id_title").fill("和平巷路灯不亮")
    with page.expect_response(lambda answer: "/advice/" in answer.url):
        _take_first(page, "region")
    page.wait_for_load_state("networkidle")


def _take_first(page: Page, name: str) -> None:
    """The first of the list under a field."""
    page.locator(f"#id_{name}").click()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")


def _look_up(page: Page, number: str) -> None:
    """The number typed, and its panel waited for."""
    page.locator("[name=phone]").fill(number)
    page.keyboard.press("F1")
    page.wait_for_selector("#caller [name=looked_up]", state="attached")


def look_a_caller_up(page: Page, office: Office) -> None:
    """Whoever has most open matters calls."""
    _look_up(page, office.places["caller"])


def type_a_callers_matter(page: Page, office: Office) -> None:
    """The same, and the operator types; advice comes by itself."""
    look_a_caller_up(page, office)
    type_a_matter(page, office)


def send_too_early(page: Page, office: Office) -> None:
    """No category and a place that does not exist."""
    page.locator("#id_content").fill(MATTER)
    page.locator("#id_region").fill("没有这个地方")
    page.wait_for_load_state("networkidle")
    _go(page, "[name=act][value=dispatch]")


def answer_directly(page: Page, office: Office) -> None:
    """A question answered on the telephone."""
    page.goto(office.address("/desk/calls/"))
    _look_up(page, "13800000001")
    page.locator("#id_content").fill("咨询城乡居民医保缴费截止时间。")
    page.locator("#id_title").fill("咨询医保缴费时间")
    page.locator("label", has=page.locator("[name=demand_type][value=consult]")).click()
    _take_first(page, "region")
    _take_first(page, "category")
    page.keyboard.press("F8")
    page.locator("#id_answer").fill("集中缴费期到十二月底，可在手机上缴纳，也可到村（社区）办理。")
    page.wait_for_load_state("networkidle")
    _go(page, "[name=act][value=answer]")


def sign_twice(page: Page, office: Office) -> None:
    """Sends a signature that somebody has given before."""
    task = page.locator("a[href*='/desk/cases/'][href*='#']").first.get_attribute("href")
    page.goto(office.url + task)
    form = page.locator("form[action*='/reply/'], form[action*='/first-contact/']").first
    signature = "/".join([*form.get_attribute("action").split("/")[:4], "signature", ""])
    with page.expect_navigation():
        form.evaluate(
            "(form, url) => { form.noValidate = true; form.action = url; form.submit(); }",
            signature,
        )


def in_danger(page: Page, office: Office) -> None:
    """Says that somebody is in danger."""
    _pick(page, "danger", "yes")
    _pick(page, "demand_type", "help")
    _go(page, "main form .btn--main")


def _pick(page: Page, name: str, value: str) -> None:
    page.locator(f"label:has([name={name}][value={value}])").click()


def to_the_matter(page: Page, office: Office) -> None:
    """First step: a complaint, nobody in danger."""
    _pick(page, "danger", "no")
    _pick(page, "demand_type", "complaint")
    _go(page, "main form .btn--main")


def leave_the_matter_empty(page: Page, office: Office) -> None:
    """Second step without a place."""
    to_the_matter(page, office)
    page.locator("#id_content").fill(MATTER.replace("来电人反映", ""))
    _go(page, "main form .btn--main")


def to_the_contact(page: Page, office: Office) -> None:
    """Second step filled in."""
    to_the_matter(page, office)
    page.locator("#id_content").fill(MATTER.replace("来电人反映", ""))
    page.locator("#id_region").select_option(index=2)
    page.locator("#id_address").fill("和平巷 27 至 41 号")
    _go(page, "main form .btn--main")


def file(page: Page, office: Office) -> None:
    """All three steps."""
    to_the_contact(page, office)
    page.locator("#id_name").fill("王桂芬")
    page.locator("#id_phone").fill("13800000002")
    page.wait_for_timeout(A_PERSON_NEEDS)
    _go(page, "main form .btn--main")


def look_up_wrongly(page: Page, office: Office) -> None:
    """A number with another code."""
    page.locator("#id_number").fill("43032920261122000019")
    page.locator("#id_code").fill("0000000000")
    _go(page, "main form .btn--main")


def follow(state: str) -> Callable[[Page, Office], None]:
    """Look up the case of that state by number and code."""

    def way(page: Page, office: Office) -> None:
        number, code = office.places[f"follow_{state}"].split(":")
        page.locator("#id_number").fill(number)
        page.locator("#id_code").fill(code)
        _go(page, "main form .btn--main")

    return way


def fail_to_log_in(page: Page, office: Office) -> None:
    """Wrong password until the log-in is closed."""
    for _try in range(5):
        if not page.locator("[name=username]").count():
            return
        page.locator("[name=username]").fill("nobody")
        page.locator("[name=password]").fill("not-the-password")
        _go(page, "main form .btn--main")


def save_a_search(page: Page, office: Office) -> None:
    """A question is kept, shared, and looked for in the list."""
    page.goto(office.address("/desk/search/?q=路灯&channel=phone"))
    page.locator("details.keep summary").click()
    language = page.evaluate("document.documentElement.lang")
    page.locator("#id_save_name").fill(f"电话反映的路灯 {page.viewport_size['width']} {language}")
    page.locator("details.keep [name=shared]").check()
    _go(page, "details.keep button")
    page.goto(office.address("/desk/searches/"))
    page.locator(".tell select").first.select_option("hour")
    _go(page, ".tell button")


def open_help(page: Page, office: Office) -> None:
    """The query language beside a result."""
    page.locator("details.help summary").click()


def open_saving(page: Page, office: Office) -> None:
    """The form that keeps a question; the list is gone into by a key."""
    page.keyboard.press("j")
    page.locator("details.keep summary").click()


def ask_for_an_export(page: Page, office: Office) -> None:
    """A reason is given; the request waits for a supervisor."""
    page.locator("#id_reason").fill("核对三季度路灯维修工单，报县政府办")
    _go(page, "main form button")
