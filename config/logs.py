"""How the product writes its log: plain lines for a person, JSON for a collector.

No personal data goes into a log: callers log numbers and kinds, never names, telephones or texts. What
other people's code says (an address that was not found, the row a database refused) is covered here.
"""

import re

import structlog
from structlog.typing import EventDict, Processor

from cases.privacy.identity.numbers import numbers
from config.env import SettingsError

COVER = "…"
_ROW = re.compile(r"^(DETAIL:).*$", re.MULTILINE)  # PostgreSQL quotes the whole row
_HAN = re.compile("[\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff·]+")
_WIDE = str.maketrans("０１２３４５６７８９", "0123456789")


def covered(text: str) -> str:
    """The text without telephone, identity and card numbers; numbers of cases stay."""
    for one in reversed([one for one in numbers(text.translate(_WIDE)) if one.shape != "bare"]):
        text = text[: one.start] + COVER + text[one.end :]
    return text


def cover(_logger: object, _method: str, event: EventDict) -> EventDict:
    """Cover every value. Of a failure, Chinese too: our own words there are English, a citizen's are not."""
    for name, value in event.items():
        if not isinstance(value, str):
            continue
        said = covered(value)
        event[name] = (
            _HAN.sub(COVER, _ROW.sub(rf"\1 {COVER}", said)) if name == "exception" else said
        )
    return event


DESCRIBED: list[Processor] = [
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=False),
    # A traceback of lines only: one with the values of variables would print names and numbers.
    structlog.processors.format_exc_info,
    cover,
]


def _configure() -> None:
    """Send what our own code logs the same way as everything else."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *DESCRIBED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )


def logging_settings(shape: str, level: str) -> dict[str, object]:
    """Django's ``LOGGING`` for a shape (``plain`` or ``json``) and a level of Python's logging."""
    if shape not in {"plain", "json"}:
        raise SettingsError(f"LOG_FORMAT={shape!r} is unknown: use plain or json.")
    if level not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
        raise SettingsError(f"LOG_LEVEL={level!r} is unknown: use DEBUG, INFO, WARNING or ERROR.")
    renderer: Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if shape == "json"
        else structlog.dev.ConsoleRenderer(colors=False)
    )
    _configure()
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "shaped": {
                "()": structlog.stdlib.ProcessorFormatter,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    renderer,
                ],
                "foreign_pre_chain": DESCRIBED,
            },
        },
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "shaped"}},
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": {
            app: {"level": level}
            for app in ("cases", "search", "routing", "satisfaction", "hotline", "config")
        }
        | {
            "elastic_transport": {"level": "ERROR"},  # search says it once, not at every try
            "django": {"level": "INFO", "handlers": []},  # Django's own mail what was posted
        },
    }
