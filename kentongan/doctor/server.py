"""What the server of a CMS needs: people who can get in safely, mail if it is wanted, and a backup."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

from kentongan.accounts import Account, Accounts, Factors, Role, publishes
from kentongan.backup import last_backup
from kentongan.comments import refusals
from kentongan.comments.mail import VARIABLE, Mailer
from kentongan.database import Database, is_begun
from kentongan.doctor.check import Check, fail, ok, warn
from kentongan.errors import KentonganError
from kentongan.language import Message
from kentongan.repository.journal import FOLDER, Journal

_OLD = 8
"""Days: a weekly backup, and one to be late."""


def checks(state: Path, now: datetime) -> Iterator[Check]:
    """Everything about the CMS whose state is in *state*; nothing where none was ever served."""
    if not is_begun(state):
        return
    yield from _accounts(state)
    yield mail(state)
    yield backup(state, now)
    yield unfinished(state)


def _accounts(state: Path) -> Iterator[Check]:
    try:
        with closing(Database(state)) as database:
            accounts = Accounts(database)
            everybody = [one for one in accounts.all() if one.password and not one.disabled]
            factors = Factors(database, accounts)
            without = [one for one in everybody if publishes(one.role) and not factors.has(one)]
    except KentonganError as error:
        yield fail("accounts", error.message, error.mend)
        return
    yield _owners(everybody)
    yield _second_keys(without)


def _owners(everybody: list[Account]) -> Check:
    owners = [one for one in everybody if one.role is Role.OWNER]
    if not owners:
        return warn(
            "owners",
            Message("Nobody owns the CMS yet."),
            Message("Start “kentongan serve” and open the link that it prints; it works once."),
        )
    if len(owners) == 1:
        return warn(
            "owners",
            Message("{name} alone owns the CMS: nobody else can let people in again.", {"name": owners[0].name}),
            Message("Make a second person an owner."),
        )
    return ok("owners", Message("{count} people own the CMS.", {"count": len(owners)}))


def _second_keys(without: list[Account]) -> Check:
    if not without:
        return ok("second-keys", Message("Everybody who can publish has a second key."))
    names = ", ".join(one.name for one in without)
    return warn(
        "second-keys",
        Message("These can publish and have no second key: {names}.", {"names": names}),
        Message("Ask them to set one up under “Your account”; from other machines they get no further without it."),
    )


def mail(state: Path) -> Check:
    """Whether letters can go out, and do; an office may well do without."""
    try:
        mailer = Mailer.of()
    except KentonganError as error:
        return fail("mail", error.message, error.mend)
    if mailer is None:
        return ok("mail", Message("No mail server is named: the site sends no letters, and offers none."))
    if refused := _refused(state):
        values: dict[str, str | int] = {"host": mailer.host, "date": f"{refused:%Y-%m-%d %H:%M} UTC"}
        return warn(
            "mail",
            Message("{host} has taken no letter since {date}.", values),
            Message("Look at {variable}; what waits goes out by itself.", {"variable": VARIABLE}),
        )
    return ok("mail", Message("Letters go out by {host}.", {"host": mailer.host}))


def _refused(state: Path) -> datetime | None:
    """Since when no letter was taken; a database that cannot be asked, another check tells of."""
    try:
        with closing(Database(state)) as database, database.reading() as session:
            return refusals.since(session)
    except KentonganError:
        return None


def backup(state: Path, now: datetime) -> Check:
    """Whether ``kentongan backup`` was run here lately."""
    made = last_backup(state)
    mend = Message("Run “kentongan backup” every night, and keep the file on another machine.")
    if made is None:
        return warn("backup", Message("No backup was made here."), mend)
    days = (now - made).days
    values: dict[str, str | int] = {"days": days, "date": f"{made:%Y-%m-%d}"}
    if days > _OLD:
        return warn("backup", Message("The last backup is {days} days old, of {date}.", values), mend)
    return ok("backup", Message("The last backup is of {date}.", values))


def unfinished(state: Path) -> Check:
    """Whether git lags behind what was saved."""
    left = sum(1 for _ in Journal(state / FOLDER).entries())
    if left:
        return warn(
            "journal",
            Message("{count} changes are saved and wait to be put into git.", {"count": left}),
            Message("See that git works for this account; then start the server again."),
        )
    return ok("journal", Message("Everything that was saved is in git."))
