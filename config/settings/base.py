"""Settings shared by every way of running; what differs comes from the environment."""

import tomllib

from csp.constants import NONE, SELF
from kombu import Queue

from config.backup.asked import asked
from config.env import (
    ROOT,
    broker,
    count,
    data_dir,
    database,
    env,
    flag,
    given_secrets,
    office_hours,
    port,
    search_servers,
    secret,
)
from config.logs import logging_settings
from config.rooms import in_rooms
from config.schedule import LONG, QUICK

VERSION: str = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
DATA_DIR = data_dir()
SECRET_KEY = secret("SECRET_KEY", DATA_DIR)
SECRETS_FILE = DATA_DIR / "secrets.json"  # looked at again and again: keys change while it works
GIVEN_SECRETS = given_secrets(DATA_DIR)
DEBUG = flag("DEBUG", default=False)
DEMO = flag("DEMO", default=True)
HOST = env.str("HOST", "127.0.0.1")  # loopback unless told
PORT = port("PORT", default=8000)
WEB_WORKERS = count("WEB_WORKERS", default=2)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]", HOST])

INSTALLED_APPS = [
    "config.apps.ConfigConfig",
    "hotline",
    "satisfaction",
    "routing",
    "search",
    "cases",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_htmx",
    "axes",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
]
MIDDLEWARE = [
    "config.outage.patient",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.middleware.unkept",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "config.middleware.chosen_language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "config.addresses.without_numbers",
    "config.middleware.pages_of_forms",
    "config.middleware.refusals",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "config" / "templates", *in_rooms("templates")],
        "OPTIONS": {
            "loaders": [
                (
                    "config.layout.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "hotline.desk.bar.menu.office",
                "config.typed.sent_back",
            ],
        },
    },
]

DATABASES = {"default": database(DATA_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CSRF_FAILURE_VIEW = "config.typed.forbidden"
AUTH_USER_MODEL = "cases.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "cases.people.signed_in.StaffBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/login/"
LOGIN_REDIRECT_URL = "/desk/"
LOGOUT_REDIRECT_URL = "/login/"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "locked.html"
AXES_VERBOSE = False
AXES_ENABLE_ACCESS_FAILURE_LOG = True  # the audit administrator reads it
SESSION_ENGINE = "config.sessions"
SESSION_COOKIE_AGE = 8 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REDIRECT_EXEMPT = [r"^health/"]  # asked on the machine itself, without TLS
SECURE_REFERRER_POLICY = "same-origin"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [ROOT / "config" / "locale", *in_rooms("locale")]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [ROOT / "config" / "static", *in_rooms("static")]
STORAGES = {
    "default": {"BACKEND": "cases.files.storage.WholeFiles"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = DATA_DIR / "media"
MEDIA_URL = "/media/"
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "config.uploading.UploadHandler",
]
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},  # counters of tries must not be pushed out by many
    },
    "process": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "pages": {  # drawn pages of figures, about 100 KB each
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pages",
        "OPTIONS": {"MAX_ENTRIES": 40},
    },
}

CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": ["/cms/"],  # Wagtail's editor needs inline scripts; staff only
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],  # nothing stands in a page itself, so no nonce either
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}

WAGTAIL_SITE_NAME = "12345"
WAGTAILADMIN_BASE_URL = env.str("BASE_URL", f"http://localhost:{PORT}")
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_I18N_ENABLED = False
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}

DEFAULT_EXCEPTION_REPORTER_FILTER = "config.covering.Covered"

ELASTICSEARCH_URLS, ELASTICSEARCH_PREFIX, ELASTICSEARCH_CA = search_servers()

CELERY_BROKER_URL, BROKER_IS_INSIDE = broker()
CELERY_TASK_QUEUES = [Queue(name, routing_key=name) for name in (QUICK, LONG)]  # without -Q: both
CELERY_TASK_IGNORE_RESULT = True
CELERY_TIMEZONE = TIME_ZONE
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True

# The office (one tenant per installation). Everything else about it is reference data.
OFFICE_REGION = env.str("OFFICE_REGION", "430329")  # GB/T 2260, six digits, part of every number
OFFICE_NAME = env.str("OFFICE_NAME", "青溪县政务服务热线")
OFFICE_SHORT_NAME = env.str("OFFICE_SHORT_NAME", "青溪县热线")
OFFICE_NAME_EN = env.str("OFFICE_NAME_EN", "Qingxi County Hotline")
OFFICE_HOURS = office_hours("OFFICE_HOURS", default="08:30-12:00,14:30-17:30")
DEADLINES_END_WITH_OFFICE_HOURS = flag("DEADLINES_END_WITH_OFFICE_HOURS", default=False)
DEMO_PASSWORD = "qingxi-12345"  # noqa: S105 - accounts of the demonstration, never made with DEMO=0
REVEALS_A_DAY = count("REVEALS_A_DAY", default=30)  # citizens whose data one person sees
OPENINGS_AN_HOUR = count(
    "OPENINGS_AN_HOUR", default=200
)  # cases opened by one person; more is told
SEARCHES_AN_HOUR = count(
    "SEARCHES_AN_HOUR", default=30
)  # for a person, by one person; more is told
EXPORT_MOST_ROWS = 10_000  # of a search result; more is a matter for statistics
NUMBER_BLOCK = 10  # case numbers a process takes at once; gaps are allowed, repeats are not

BACKUP_STATE = "config.backup.state.state"  # for the page that shows it
BACKUP = asked()  # BACKUP_DIR and what belongs to it

# Logs go to standard error: plain for a person, one JSON object a line with LOG_FORMAT=json.
LOGGING = logging_settings(env.str("LOG_FORMAT", "plain"), env.str("LOG_LEVEL", "INFO"))
