"""Who takes part: names and posts in either order, in lists and in prose."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from kentongan.intake.found import Doubt, Found
from kentongan.intake.guests import Chunk, chunks
from kentongan.intake.names import Name, degree_at, is_given_name, polite_end, read_name
from kentongan.intake.roles import is_organisation, is_place, is_role
from kentongan.intake.splitting import name_in_role
from kentongan.intake.words import WEEKDAY, vocabulary
from kentongan.language import Message

_SEPARATOR = re.compile(
    r"(?P<table>(?:\s*\n ?nip ?: ?[\d ]{9,30})?\s*\n ?(?:jabatan|instansi|asal|unit kerja|pekerjaan) ?: ?)"
    r"| ?(?:[\n•]+\s*\(?(?:\d{1,2}|(?-i:[a-e]))[.)]\s|\s?[•;]+\s?|\n{1,2}(?:- ?)?"
    r"|(?<=[\w.) ])[,.]? ?\(?\d{1,2}[.)] ?(?=[^\W\d])"
    r"|,? ?(?:\b(?:dan|serta|beserta|saha|sama|bareng|bersama|jo|plus|and|lan|saha|karo|kalih|kaliyan|sareng"
    r"|sarta|deng|juga)\b|&)\s?"
    r"|(?P<near>,|\(|\)| ?[-/:|] |\b(?:selaku|sebagai|yang juga|dari|from|yaitu|ialah|adalah)\b|@) ?) ?",
    re.IGNORECASE,
)
"""What stands between two pieces. After the ``near`` ones the next piece may still be about the same person."""
_NUMBER = re.compile(r"\s*\(?(?:\d{1,2}|[a-e])[.)]\s")
_ROLE_STOP = re.compile(
    r"[,;()•\n]|\.? \(?\d{1,2}[.)] ?(?=(?-i:[A-Z]))"
    r"| - |(?<=\w) dan |(?<=\w) & |(?<=\w) serta | yang | selaku | akan | juga "
    r"| (?-i:mau|bakal|siap|untuk|sama|plus|bareng|bersama|mengatakan|lewat|dalam)\b",
    re.IGNORECASE,
)

_NUMBER_FOLLOWS = re.compile(r"[ (:,-]{1,4}(?:wa |hp |telp\.? )?(?:\+62|0)\d", re.IGNORECASE)
_PLAIN_WORD = re.compile(r"[\w-]{1,30}")
_OURS = re.compile(r" (?:kami|kita)$")
_JOINS = frozenset(("dan", "serta", "selaku", "sebagai", "dari", "lan", "and"))
_ALSO = frozenset(("selaku", "sebagai", "yang juga"))
_OPENERS = frozenset(("(", "|", "/", "-", ":", "dari", "from"))
_DIAL = re.compile(r" (?:FM\b|\d{2,3}[.,]\d)")
"""What stands behind a station."""
_VERB = re.compile(r"(?:me[mnlrwy]|ber|di|ter|nge)[a-z]{3,}$")
_NO_POST = vocabulary("no-posts")
_IS_NEWS = re.compile(rf"$|{WEEKDAY}", re.IGNORECASE)
"""What tells when it is, and nothing of a person."""


@dataclass
class Guest:
    """A person in the making; places are those of the text."""

    name: Name
    start: int
    end: int
    suffix: str | None
    host: bool
    role: Found[str] | None = None
    doubts: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Person:
    """One who takes part: name without degrees, degrees, the post as stated, and whether they host it."""

    name: str
    prefix: str | None
    suffix: str | None
    role: Found[str] | None
    host: bool


def read_people(text: str) -> tuple[list[Found[Person]], list[Doubt]]:
    """Everyone who takes part, in the order of the text, each once; a doubt where a name's border was guessed."""
    people: dict[str, Found[Person]] = {}
    doubts: list[Doubt] = []
    read: deque[tuple[int, int]] = deque(maxlen=12)
    """Names and posts; whoever stands in them is nobody else: ``pemilik Warung Bu Joko``."""
    for chunk in chunks(text):
        for guest in _Reader(text, chunk).guests():
            if any(start < guest.start < end for start, end in read):
                continue
            read.extend(span for one in (guest, guest.role) if one and (span := (one.start, one.end)) not in read)
            key = " ".join(guest.name.name.casefold().replace(".", "").split())
            known = people.get(key)
            if known is None or (_says_more(guest, known.value) and not (chunk.titled and known.value.role)):
                people[key] = _person(guest, known)
            if known is None:
                place = len(people) - 1
                doubts += [
                    Doubt(f"people.{place}.{part}", _WHY[part], (guest.start, guest.end)) for part in guest.doubts
                ]
    return list(people.values()), doubts


_WHY = {
    "role": Message("There is a comma in this role; it may end before."),
    "name": Message("Nothing marks where the role ends and the name begins."),
}


def _says_more(guest: Guest, known: Person) -> bool:
    """Whether a second mention has the post, or more of it."""
    if guest.role is None or known.role is None:
        return guest.role is not None
    return len(guest.role.value) > len(known.role.value) and known.role.value.casefold() in guest.role.value.casefold()


def _person(guest: Guest, known: Found[Person] | None) -> Found[Person]:
    name = guest.name
    value = Person(
        name.name,
        name.prefix or (known.value.prefix if known else None),
        guest.suffix or (known.value.suffix if known else None),
        guest.role,
        guest.host,
    )
    return Found(value, guest.start, guest.end)


class _Reader:
    """Reads one stretch of text that names people, piece by piece."""

    def __init__(self, text: str, chunk: Chunk) -> None:
        self.whole, self.text, self.base = text, text[chunk.start : chunk.end], chunk.start
        self.chunk = chunk
        self.found: list[Guest] = []
        self.waiting: Found[str] | None = None
        """A post that came before its name."""
        self.near = True
        """Only a comma, a bracket or nothing stands between this piece and the one before."""
        self.listed = self.comma = self.opened = self.also = self.closed = False
        """A new line or bullet stands there."""
        self.previous = ""
        """What the piece before was: ``name`` or ``role``, which may go on after a comma."""

    def guests(self) -> Iterator[Guest]:
        """The people of this stretch that are surely people."""
        place = _start(self.text)
        while place < len(self.text):
            moved = self._piece(place)
            if moved is None:
                break
            place = self._separator(moved)
        return (guest for guest in self.found if self._is_meant(guest) and not self._is_contact(guest))

    def _is_contact(self, guest: Guest) -> bool:
        """Whom to call takes no part: ``Sdri. Anis (0813-…)``."""
        return _NUMBER_FOLLOWS.match(self.text, guest.end - self.base) is not None

    def _is_meant(self, guest: Guest) -> bool:
        if guest.name.is_sure or guest.suffix or (guest.role and not self.chunk.titled):
            return True
        if self.chunk.titled:
            return False
        if " " in guest.name.name or (is_given_name(guest.name.name) and self._is_company()):
            return self.chunk.sure or self._is_company()
        return self.chunk.sure and (self.chunk.labelled or guest.host)

    def _is_company(self) -> bool:
        """Several names in a row are people, also where nothing but ``bersama`` says so."""
        return sum(" " in one.name.name or is_given_name(one.name.name) for one in self.found) > 1

    def _separator(self, place: int) -> int:
        """Passes over what stands between two pieces; returns where the next one begins."""
        start = place
        self.near, self.listed, self.comma, self.opened, self.also = True, False, False, False, False
        self.closed = False
        while match := _SEPARATOR.match(self.text, place):
            near = match["near"] is not None or match["table"] is not None
            self.near = self.near and near
            self.listed = self.listed or (not match["table"] and any(sign in match[0] for sign in "\n•;"))
            self.comma = self.comma or near
            self.also = self.also or match[0].strip() in _ALSO
            self.opened = self.opened or match[0].strip().lower() in _OPENERS
            self.closed = self.closed or match[0].strip() == ")"
            place = match.end()
        if self.text[start:place].strip(" (") == "\n" and self.previous == "name" and is_role(_word(self.text, place)):
            self.near, self.listed, self.comma = True, False, True  # a card: the post stands below the name
        number = _NUMBER.match(self.text, place) if not self.near else None
        return number.end() if number else place + (self.text[place : place + 1] == " ")

    def _piece(self, place: int) -> int | None:
        """Reads one piece at *place*; returns where it ends, ``None`` where nothing of a person stands."""
        degree = degree_at(self.text, place)
        if degree and self.found and self.near and (self.previous == "name" or not self.found[-1].role):
            return self._degree(degree)
        word = _word(self.text, place)
        if is_role(word) and not self._is_titled(place):
            return self._role(place)
        post = polite_end(self.text, place)
        if post > place and is_role(_word(self.text, post)):
            return self._polite_role(post)
        name = read_name(self.text, place)
        if name and self._begins_person(name) and not self._explains(name):
            return self._name(name)
        return self._rest(place, word)

    def _is_titled(self, place: int) -> bool:
        """``Ustadz Ammi,`` is a name, ``ustaz kondang`` a post."""
        name = read_name(self.text, place)
        return (
            name is not None and name.prefix is not None and self.text[name.end : name.end + 1] in ("", ",", "\n", "(")
        )

    def _polite_role(self, place: int) -> int:
        """``Pak Lurah Suyadi``: a post of one word, and whom it is."""
        end = place + len(_word(self.text, place))
        name = read_name(self.text, end + 1)
        if name is None:
            return self._role(place)
        following = read_name(self.text, name.end + 2) if self.text.startswith(", ", name.end) else None
        if (following and (following.prefix or following.suffix)) or (is_place(name.name) and not name.is_sure):
            return self._role(place)
        self.waiting = self._found(place, end)
        return self._name(replace(name, polite=True))

    def _degree(self, match: re.Match[str]) -> int:
        guest = self.found[-1]
        guest.suffix = f"{guest.suffix}, {match[0]}" if guest.suffix else match[0]
        guest.end = self.base + match.end()
        return match.end()

    def _explains(self, name: Name) -> bool:
        """``Edi Purnomo, S.H. (Mediator)``: what a bracket or a dash opens after a name is no other name."""
        return self.opened and self.previous == "name" and not name.is_sure and self.found[-1].role is None

    def _begins_person(self, name: Name) -> bool:
        """After a post a lone word is more of the post: ``UKM, Perindustrian``; a whole name is somebody."""
        if _DIAL.match(self.text, name.end):
            return False
        if is_place(name.name) and not (name.prefix or name.suffix):
            return False
        if not name.is_sure and (
            is_place(name.name) or (" " not in name.name and self._goes_on(name) and not self.chunk.host)
        ):
            return False
        if self.previous != "role" or name.is_sure or self.listed:
            return True
        following = self.text[name.end : name.end + 40]
        word = re.match(r"[ ,(-]{1,3}([\w-]+)", following)
        if word and is_role(word[1]):
            return True
        if self.waiting and self._ends(name):
            return True
        return " " in name.name and not (self.near and self.found and not self.waiting and self._goes_on(name))

    def _ends(self, name: Name) -> bool:
        """Whether nothing else follows in this item: a post that waits for a name takes even a lone word."""
        return re.match(r"\s*(?:$|[;\n•]| dan | serta )", self.text[name.end : name.end + 8]) is not None

    def _goes_on(self, name: Name) -> bool:
        """Whether small words come next that are no post: it is the beginning of a sentence, or of an organisation."""
        place = self.base + name.end
        following = _word(self.whole, place + 1) if self.whole[place : place + 1] == " " else ""
        return following.islower() and not is_role(following) and following not in _JOINS

    def _name(self, name: Name) -> int:
        self.found.append(
            Guest(name, self.base + name.start, self.base + name.end, name.suffix, self.chunk.host, self.waiting)
        )
        self.waiting, self.previous = None, "name"
        return name.end

    def _role(self, place: int) -> int:
        stop = _ROLE_STOP.search(self.text, place + 1)
        end = stop.start() if stop else len(self.text)
        role = self.text[place:end].rstrip(" .:-\"'!")
        last = self.found[-1] if self.found else None
        if self.previous == "role" and not (self.listed or self.closed or self._is_new_role(end)):
            self._extend(place + len(role), end, doubtful=False)
        elif last and last.role and self.also:
            self.previous = "role"
        elif last and last.role is None and self.near:
            last.role = self._found(place, place + len(role))
            self.previous = "role"
        else:
            self._leading_role(place, role, end)
        return end

    def _is_new_role(self, end: int) -> bool:
        """After a post another one begins a new person only where a name follows it."""
        if not self.near:
            following = re.match(r" ?[,:] ", self.text[end : end + 3])
            name = read_name(self.text, end + following.end()) if following else None
            named = name is not None and (name.is_sure or " " in name.name)
            return named or name_in_role(self.text[end - 200 if end > 200 else 0 : end]) is not None
        return self.waiting is None and self.found == []

    def _leading_role(self, place: int, role: str, end: int) -> None:
        """A post before its name: the name is in the same piece, or is the next piece."""
        following = re.match(r"[ ,:()\n-]{1,3}", self.text[end : end + 3])
        after = read_name(self.text, end + following.end()) if following else None
        inside = name_in_role(role, followed_by_degree=bool(following and degree_at(self.text, end + following.end())))
        if inside and (inside.sure or not (after and (after.is_sure or self._outdoes(after, inside.name)))):
            self.waiting = self._found(place, place + inside.role_end)
            name = inside.name
            moved = Name(name.name, name.prefix, name.suffix, place + name.start, place + name.end, name.polite)
            self._name(moved)
            self.found[-1].doubts += [] if inside.sure else ["name"]
        else:
            self.waiting, self.previous = self._found(place, place + len(role)), "role"

    def _outdoes(self, after: Name, inside: Name) -> bool:
        """``Ketua Koperasi Tani Makmur, Hasnah``: a lone last word is the name, unless the post ends in a given one."""
        if " " in after.name:
            return True
        comma = self.text[: after.start].rstrip().endswith(",")
        return comma and self._ends(after) and not (is_place(after.name) or is_given_name(inside.name.split()[0]))

    def _rest(self, place: int, word: str) -> int | None:
        """Text that is neither name nor post: more of the post before it, or whom somebody works for, or the end."""
        stop = _ROLE_STOP.search(self.text, place + 1)
        end = stop.start() if stop else len(self.text)
        last = place + len(self.text[place:end].rstrip(" .:-\"'!"))
        if last == place or _IS_NEWS.match(word):
            return None
        named = is_organisation(word) or word[0].isupper()
        if self.previous == "role" and named and not self.listed:
            self._extend(last, end, doubtful=self.near)
        elif self._lacks_post() and (named or self._describes(word)):
            self.found[-1].role = self._found(place, last)
            self.previous = "role"
        elif self.found or not (word[0].isupper() and is_organisation(word)):
            return None
        return end

    def _lacks_post(self) -> bool:
        """Whether a sign (not just a space) joins this piece to somebody whose post is not told yet."""
        return bool(self.found) and self.found[-1].role is None and self.near and self.comma

    def _describes(self, word: str) -> bool:
        """``Laksmi, S.Psi., psikolog keluarga``: small words after a comma, of somebody who surely is a person."""
        last = self.found[-1]
        surely = last.suffix is not None or last.name.is_sure or (self.chunk.sure and " " in last.name.name)
        return surely and word.lower() not in _NO_POST and not _VERB.match(word)

    def _extend(self, last: int, end: int, *, doubtful: bool) -> None:
        """Makes the post before this piece longer, up to *last*; the piece ends at *end*."""
        if self.waiting is not None:
            start = self.waiting.start - self.base
            self._leading_role(start, self.text[start:last], end)
        elif self.found and self.found[-1].role:
            guest = self.found[-1]
            guest.role = self._found(self.found[-1].role.start - self.base, last)
            guest.doubts += ["role"] if doubtful and "role" not in guest.doubts else []

    def _found(self, start: int, end: int) -> Found[str]:
        """A post, without the ``kami`` of ``konsultan kami``."""
        end -= len(self.text[start:end]) - len(_OURS.sub("", self.text[start:end]))
        return Found(" ".join(self.text[start:end].split()), self.base + start, self.base + end)


def _word(text: str, place: int) -> str:
    match = _PLAIN_WORD.match(text, place)
    return match[0] if match else ""


def _start(text: str) -> int:
    """Where the first person may begin: after white space, a bullet or a number."""
    match = re.match(
        r"[\s•:\"'-]*(?:nama(?: lengkap)? ?: ?)?(?:(?-i:[A-Z][A-Z ]{2,30}(?:, [A-Z. ]{3,20})?"
        r"(?: ?\([^)\n]{1,30}\))?) - )?(?:\(?(?:\d{1,2"
        r""
        r"}"
        r"|(?-i:[a-e]))[.)]\s?)?(?:ada |oleh |para |antara lain |yaitu |adalah )?(?:narasumber[ :]{1,3})?",
        text,
        re.IGNORECASE,
    )
    return match.end() if match else 0
