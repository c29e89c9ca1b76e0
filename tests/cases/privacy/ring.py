"""Key files of the tests: one office's secrets, with keys put first or taken out."""

from cases.privacy import secrets_file
from cases.privacy.keyring import NAMES, PURPOSES, fresh, parse, written


def new_secrets() -> dict[str, str]:
    """The secrets of an office that is new."""
    return {"SECRET_KEY": "s" * 50} | {NAMES[one]: fresh(one).text for one in PURPOSES}


def put_first(path, purpose):
    """Give the office a new newest key; the old ones stay in force."""
    new = fresh(purpose)

    def change(values):
        old = parse(purpose, values[NAMES[purpose]])
        return values | {NAMES[purpose]: written((new, *old))}

    secrets_file.change(path, change)
    return new


def keep_newest(path, purpose):
    """Take out all keys but the newest, without a trace."""

    def change(values):
        return values | {NAMES[purpose]: values[NAMES[purpose]].split(",")[0]}

    secrets_file.change(path, change)
