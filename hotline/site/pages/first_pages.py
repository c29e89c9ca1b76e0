"""The pages a new office begins with. Their words are content, not interface: Chinese and English.

Nothing here names a person, a price or a date that could go stale; clocks are said by the forms
themselves, from the office's own policies.
"""

from dataclasses import dataclass, field

from wagtail.models import Page

from hotline.site.pages.models.page import (
    AnswersPage,
    ContentPage,
    FilePage,
    MailboxPage,
    ProgressPage,
)


@dataclass(frozen=True)
class FirstPage:
    """One page: its kind, address, words; ``folder`` is the slug of the page it lies under."""

    kind: type[Page]
    slug: str
    title: str
    title_en: str
    body: str = ""
    body_en: str = ""
    folder: str = ""
    more: dict[str, str] = field(default_factory=dict)

    def is_made(self, parent: Page) -> bool:
        """Whether it exists: there is one of each form, one page of a slug in its folder."""
        if self.kind is MailboxPage:
            return MailboxPage.objects.filter(channel=self.more["channel"]).exists()
        if self.kind is not ContentPage:
            return self.kind.objects.exists()
        return parent.get_children().filter(slug=self.slug).exists()

    def page(self) -> Page:
        """The page, unsaved."""
        return self.kind(
            slug=self.slug,
            title=self.title,
            title_en=self.title_en,
            body=self.body,
            body_en=self.body_en,
            show_in_menus=True,
            **self.more,
        )


def paragraphs(*texts: str) -> str:
    """Rich text of plain paragraphs; one that begins with ``# `` is a heading."""
    return "".join(f"<h2>{t[2:]}</h2>" if t.startswith("# ") else f"<p>{t}</p>" for t in texts)


HOW_TO_TELL = paragraphs(
    "# 可以反映什么",
    "咨询、求助、投诉、举报、意见建议，凡属政府职责的都可以。"
    "有人身危险、火情、急病，请直接拨打 110、119、120。",
    "# 哪些要走法定途径",
    "已经进入诉讼、仲裁、行政复议、纪检监察或信访程序的事项，热线不能代为处理。我们会告诉您应当找谁、怎么找。",
    "# 怎样写更快办好",
    "写清时间、地点、经过和您的要求；有照片最好附上。正文里不要写姓名、电话、身份证号，这些在最后一步填写。",
    "# 提交以后",
    "您会得到一个编号和一个查询码。凭它们随时可以查进度、补充情况、催办，办完以后可以评价。查询码只有您知道。",
)
HOW_TO_TELL_EN = paragraphs(
    "# What you can bring",
    "Questions, requests for help, complaints, reports of wrongdoing and suggestions about anything the "
    "government is responsible for. If somebody is in danger call 110, 119 or 120 directly.",
    "# What goes another way",
    "Matters already before a court, an arbitration, an administrative review, a discipline body or "
    "a petition office cannot be handled by the hotline. You will be told whom to turn to.",
    "# How to get it done faster",
    "Say when, where, what happened and what you would like; add photos. Leave names, phone and identity "
    "numbers out of the text: the last step asks for them.",
    "# After sending",
    "You get a case number and a query code. With both you can follow the matter, add to it, urge, and rate "
    "it in the end. Only you have the code.",
)
PRIVACY = paragraphs(
    "# 登记什么，为什么",
    "只登记办理所需的：您怎么称呼、怎么联系、事情在哪里。选择匿名，就不登记姓名和电话。",
    "# 谁能看到",
    "姓名和电话加密保存，平时显示为星号。承办单位只有在需要联系您时才能查看，每次查看都要写明理由并留下记录。"
    "选择保密的，承办单位看不到您是谁，由热线办代为联系；确需见面核实时，热线办可以指定承办单位一个人知道，并留下记录。"
    "举报一律保密；热线办确认被反映的是谁之后，该单位和它的上下级看不到。",
    "# 公开什么",
    "只有您同意，才会公开来信和答复的正文，公开前去掉能认出您的内容，并由第二人核对。姓名、电话、住址从不公开。",
    "# 您的权利",
    "您可以拨打 12345 查询、更正自己的信息，或撤回公开的同意。",
)
PRIVACY_EN = paragraphs(
    "# What is registered, and why",
    "Only what is needed: how to address you, how to reach you, where it happened. Choose “Anonymous” and "
    "neither name nor number is registered.",
    "# Who can see it",
    "Name and number are encrypted and shown with stars. The unit may look only when it has to reach "
    "you, must say why, and every look is recorded. Choose “Confidential” and the unit does not learn who "
    "you are: the office contacts you. Where somebody has to meet you, the office may let one person of "
    "the unit know, which is recorded. Reports of wrongdoing are always secret; once the office has "
    "confirmed whom it is about, that unit and those above and below it do not see it.",
    "# What is published",
    "Only with your consent the text of the letter and the reply, after everything that tells who you are is "
    "taken out and a second person has checked it. Never your name, number or address.",
    "# Your rights",
    "Call 12345 to see or correct your data or to take back a consent.",
)
ACCESS = paragraphs(
    "本站按《网页内容无障碍指南》（WCAG 2.2）AA 级制作：可以只用键盘操作，可以放大到 200%，"
    "颜色之外都有文字说明，读屏软件能读出每个输入框的要求和错误。不需要脚本也能提交和查询。",
    "用不了网页的，请拨打 12345，24 小时有人接听，可以由家人代为反映。哪里不方便，也请打电话告诉我们。",
)
ACCESS_EN = paragraphs(
    "This site is made to WCAG 2.2 level AA: it works by keyboard alone and at 200 % zoom, nothing is said "
    "by colour alone, and reading software is told what each field wants and what is wrong with it. Filing "
    "and following up work without scripts.",
    "If the web does not suit you call 12345, day and night; somebody of your family may speak for you. "
    "Please also call us when something here is hard to use.",
)

PAGES = (
    FirstPage(FilePage, "file", "我要反映", "Tell us"),
    FirstPage(ProgressPage, "progress", "查进度、去评价", "Follow up and rate"),
    FirstPage(AnswersPage, "answers", "公开答复", "Published replies"),
    FirstPage(ContentPage, "mailbox", "领导信箱", "Mailboxes"),
    FirstPage(
        MailboxPage,
        "mayor",
        "市长信箱",
        "Mayor's mailbox",
        folder="mailbox",
        more={"channel": "mayor", "addressee": "市长", "addressee_en": "the mayor"},
        body=paragraphs("对全市工作的意见建议，或县里办理后您仍有不同意见的事，请写在这里。"),
        body_en=paragraphs(
            "For suggestions about the whole city, or when you disagree with how the county handled it."
        ),
    ),
    FirstPage(
        MailboxPage,
        "magistrate",
        "县长信箱",
        "Magistrate's mailbox",
        folder="mailbox",
        more={"channel": "magistrate", "addressee": "县长", "addressee_en": "the magistrate"},
        body=paragraphs(
            "对县里工作的意见建议，或您遇到的难事，请写在这里。每封信都有编号，都有答复。"
        ),
        body_en=paragraphs(
            "For suggestions about the county's work, or something hard you have met. Every letter has a "
            "number and gets a reply."
        ),
    ),
    FirstPage(ContentPage, "guides", "办事指南", "Guides"),
    FirstPage(
        ContentPage,
        "how-to-tell-us",
        "怎样反映问题",
        "How to tell us",
        HOW_TO_TELL,
        HOW_TO_TELL_EN,
        "guides",
    ),
    FirstPage(
        ContentPage,
        "privacy",
        "个人信息怎样保护",
        "How your data are protected",
        PRIVACY,
        PRIVACY_EN,
        "guides",
    ),
    FirstPage(
        ContentPage,
        "accessibility",
        "无障碍说明",
        "Accessibility",
        ACCESS,
        ACCESS_EN,
        "guides",
    ),
    FirstPage(ContentPage, "notices", "通知公告", "Notices"),
)
