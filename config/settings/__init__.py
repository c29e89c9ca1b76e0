"""The running product: base settings plus what production tightens when it is served over HTTPS."""

from config.settings.base import *  # noqa: F403
from config.settings.production import *  # noqa: F403
