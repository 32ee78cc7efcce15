"""How a feed looks to somebody who opens its address in a browser: what it is, what to do with it, what is in it.

A stylesheet in CSS, since browsers no longer run XSLT. Readers' apps never load it.
"""

from __future__ import annotations

import json
from hashlib import sha256

from kentongan.language import translations
from kentongan.site import Site

_RULES = """@namespace atom "http://www.w3.org/2005/Atom";
:root{color-scheme:light dark;--paper:#f7f4ec;--card:#fffdf7;--ink:#201812;--soft:#5e5044;--line:#d9cdb9;--wood:WOOD}
@media (prefers-color-scheme:dark){
:root{--paper:#17120e;--card:#221a14;--ink:#f3eadd;--soft:#c2b2a0;--line:#3d3228;--wood:DARK}}
*{display:none}
|rss,|channel,atom|feed{display:block}
|rss,atom|feed{background:var(--paper);color:var(--ink);font:1.0625rem/1.6 system-ui,Roboto,"Noto Sans",sans-serif;
max-width:38rem;margin:0 auto;padding:1.5rem clamp(1rem,4vw,2.5rem) 3rem;overflow-wrap:anywhere}
|rss::before,atom|feed::before{content:NOTICE;display:block;background:var(--card);border:1px solid var(--line);
border-radius:3px;padding:1rem;margin-bottom:2rem}
|channel>|title,atom|feed>atom|title{display:block;color:var(--wood);
font:600 1.75rem/1.18 ui-serif,"Noto Serif",Georgia,serif}
|channel>|description,atom|feed>atom|subtitle{display:block;color:var(--soft);margin:.5rem 0 0}
|item,atom|entry{display:flex;flex-direction:column;border-top:1px solid var(--line);margin-top:1rem;padding-top:1rem}
|item>|title,atom|entry>atom|title{display:block;font:600 1.1875rem/1.3 ui-serif,"Noto Serif",Georgia,serif}
|item>|description,atom|entry>atom|summary{display:block;margin-top:.25rem;white-space:pre-line}
|item>|link,atom|entry>atom|link[rel=alternate]{display:block;order:1;color:var(--soft);font-size:1rem}
atom|entry>atom|link[rel=alternate]::after{content:attr(href)}
"""


def feed_style(site: Site) -> str:
    """The stylesheet of all RSS and Atom feeds, in the site's language and the office's colours."""
    _ = translations(site.language).gettext
    notice = _(
        "This is a feed: it tells apps what is new here. Copy the address of this page into your podcast app or news "
        "reader, and you will hear of everything new by yourself, without an account."
    )
    colours = site.office.colours
    return (
        _RULES.replace("NOTICE", json.dumps(notice, ensure_ascii=False))
        .replace("WOOD", colours.light or "#7a3f1d")
        .replace("DARK", colours.dark or "#e3a871")
    )


def feed_style_path(site: Site) -> str:
    """Its path, hashed, so that browsers may keep it for ever."""
    return f"static/feed.{sha256(feed_style(site).encode()).hexdigest()[:10]}.css"
