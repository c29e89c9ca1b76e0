"""The running product: base settings plus what production tightens when it is served over HTTPS.

``config.settings.test`` chooses its own folder before the base is read, so it is not read here for it:
tests must never write into the folder of a running office.
"""

import os

if os.environ.get("DJANGO_SETTINGS_MODULE") != "config.settings.test":
    from config.settings.base import *  # noqa: F403
    from config.settings.production import *  # noqa: F403
