"""How the product writes its log: plain lines for a person, JSON for a collector.

No personal data goes into a log: callers log numbers and kinds, never names, telephones or texts.
"""

from typing import Any

import structlog

from config.env import SettingsError


def logging_settings(shape: str, level: str) -> dict[str, Any]:
    """Django's ``LOGGING`` for a shape (``plain`` or ``json``) and a level of Python's logging."""
    if shape not in {"plain", "json"}:
        raise SettingsError(f"LOG_FORMAT={shape!r} is unknown: use plain or json.")
    if level not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
        raise SettingsError(f"LOG_LEVEL={level!r} is unknown: use DEBUG, INFO, WARNING or ERROR.")
    renderer: Any = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if shape == "json"
        else structlog.dev.ConsoleRenderer(colors=False)
    )
    described = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=False),
        structlog.processors.format_exc_info,
    ]
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
                "foreign_pre_chain": described,
            },
        },
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "shaped"}},
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": {
            app: {"level": level}
            for app in ("cases", "search", "routing", "satisfaction", "hotline", "config")
        },
    }
