"""The running product: base settings plus what production tightens when it is served over HTTPS.

``config.settings.test`` and ``config.settings.restoring`` choose a folder of their own before the base is
read, so it is not read here for them: they must never write into the folder of an office.
"""

import os

OWN_FOLDER = {"config.settings.test", "config.settings.restoring"}
if os.environ.get("DJANGO_SETTINGS_MODULE") not in OWN_FOLDER:
    from config.settings.base import *  # noqa: F403
    from config.settings.production import *  # noqa: F403
