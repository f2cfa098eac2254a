"""Pelican's settings. Who she is stands in content/practice.toml, not here."""

PATH = "content"
THEME = "theme"
OUTPUT_PATH = "output"
DELETE_OUTPUT_DIRECTORY = False  # every build goes into a new folder: insession/site/build.py

PLUGINS = [
    "insession.plugins.practice",
    "insession.plugins.stray_files",
    "insession.plugins.ids",
    "insession.plugins.reader",
    "insession.plugins.placeholders",
    "insession.plugins.typography",
    "insession.plugins.writing_direction",
    "insession.plugins.internal_links",
    "insession.plugins.images",
    "insession.plugins.cover_art",
    "insession.plugins.social_cards",
    "insession.plugins.qr_codes",
    "insession.plugins.recordings",
    "insession.plugins.unique_urls",
    "insession.plugins.reading_time",
    "insession.plugins.contents",
    "insession.plugins.series",
    "insession.plugins.start_here",
    "insession.plugins.related",
    "insession.plugins.topics",
    "insession.plugins.quick_exit",
    "insession.plugins.glossary",
    "insession.plugins.stylesheet",
    "insession.plugins.draw_once",
    "insession.plugins.structured_data",
    "insession.plugins.static_files",
    "insession.plugins.feeds",
    "insession.plugins.search",
    "insession.plugins.sitemap",
    "insession.plugins.for_programs",
    "insession.plugins.addresses",
    "insession.plugins.web_app",
    "insession.plugins.contact_card",
    "insession.plugins.comments",
    "insession.plugins.comment_feeds",
    "insession.plugins.redirects",
]

# What is read, and what is copied
ARTICLE_PATHS = ["articles"]
PAGE_PATHS = ["pages"]
STATIC_PATHS = ["images", "downloads"]
IGNORE_FILES = [".*", "*~", "#*#", "Thumbs.db", "desktop.ini"]
FORMATTED_FIELDS: list[str] = []
SLUGIFY_SOURCE = "basename"
ARTICLE_TRANSLATION_ID = None
PAGE_TRANSLATION_ID = None
WITH_FUTURE_DATES = False
CACHE_CONTENT = False
MARKDOWN = {
    "extensions": [
        "abbr",
        "attr_list",
        "toc",
        "insession.content.commonmark",
        "insession.plugins.markdown_extension",
    ],
    "extension_configs": {"toc": {"permalink": False}},
    "output_format": "html",
}

# Addresses
ARTICLE_URL = ARTICLE_LANG_URL = "{slug}/"
ARTICLE_SAVE_AS = ARTICLE_LANG_SAVE_AS = "{slug}/index.html"
PAGE_URL = PAGE_LANG_URL = "{slug}/"
PAGE_SAVE_AS = PAGE_LANG_SAVE_AS = "{slug}/index.html"
CATEGORY_URL = "topic/{slug}/"
CATEGORY_SAVE_AS = "topic/{slug}/index.html"
TAG_URL = "tag/{slug}/"
TAG_SAVE_AS = "tag/{slug}/index.html"
ARCHIVES_URL = "archive/"
ARCHIVES_SAVE_AS = "archive/index.html"
SEARCH_SAVE_AS = "search/index.html"
AUTHOR_SAVE_AS = ""
AUTHORS_SAVE_AS = ""
# Drafts are not written at all: an unlisted address is still published.
DRAFT_SAVE_AS = DRAFT_LANG_SAVE_AS = ""
DRAFT_PAGE_SAVE_AS = DRAFT_PAGE_LANG_SAVE_AS = ""
SLUG_REGEX_SUBSTITUTIONS = [
    (r"\+", " plus "),
    (r"#", " sharp "),
    (r"&", " and "),
    (r"/", " "),
    (r"[^\w\s-]", ""),
    (r"^[\s_-]+|[\s_-]+$", ""),
    (r"[\s-]+", "-"),
]

# Every address that was published, beside content/: insession/content/url_ledger.py
LEDGER = "urls.json"

# Page kinds
DIRECT_TEMPLATES = ["index", "archives", "search", "404"]
PAGINATED_TEMPLATES = {"index": None, "category": None, "tag": None}
DEFAULT_PAGINATION = 12
PAGINATION_PATTERNS = [
    (1, "{base_name}/", "{base_name}/index.html"),
    (2, "{base_name}/page/{number}/", "{base_name}/page/{number}/index.html"),
]
JINJA_ENVIRONMENT = {
    "autoescape": True,
    "trim_blocks": True,
    "lstrip_blocks": True,
    "keep_trailing_newline": True,
    "extensions": ["insession.output.compact_templates.CompactTemplates"],
    "auto_reload": False,  # each build and each save in the preview reads the templates anew
    "cache_size": -1,  # all are kept, and none needs to be counted
}
DEFAULT_DATE_FORMAT = "%B %-d, %Y"
LOCALE = ["C"]
TIMEZONE = "UTC"  # until practice.toml has been read
STYLESHEETS = [
    "fonts.css",
    "tokens.css",
    "first-view.css",
    "base.css",
    "frame.css",
    "prose.css",
    "article.css",
    "lists.css",
    "comments.css",
    "print.css",
]
STYLESHEETS_OF_SERVICE = ["service.css"]  # after these, on the comments service's own pages
# What few pages need, and those alone have. At most three files, besides what all share: Caddy is
# told the digests of them by the name of one file (insession/publish/web_servers/caddy.py).
PAGE_STYLESHEETS = {
    "article.html": "handout.css",
    "contact.html": "few_pages.css",
    "follow.html": "few_pages.css",
    "search.html": "few_pages.css",
    "partials/quick_exit.html": "quick_exit.css",
}
THEME_STATIC_PATHS: list[str] = []  # insession/plugins/static_files.py instead
THEME_FILES = [
    "static/fonts/serif.woff2",
    "static/fonts/serif-italic.woff2",
    "static/fonts/OFL.txt",
    "static/js",
    "static/icons",
]

# Our own feeds: insession/plugins/feeds.py
FEED_ALL_ATOM = None
FEED_ALL_RSS = None
CATEGORY_FEED_ATOM = None
TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = None
AUTHOR_FEED_RSS = None

# Comments: insession/plugins/comments.py
COMMENTS = "on"  # or "off", for the whole site
COMMENTS_URL = (
    ""  # where the service is, if not on the blog's own host: https://comments.example.org
)
COMMENTS_APPROVED = (
    ".comments/approved.json"  # or https://comments.example.org/comments/approved.json
)
