"""The database of an office in a backup, wherever it is, and wherever it comes back to: SQLite or PostgreSQL."""

from contextlib import closing
from datetime import UTC, date, datetime
from threading import Event, Thread

import pytest
from sqlalchemy import create_engine, delete, func, select, text

import kentongan.search.tables
import kentongan.webhooks.tables  # noqa: F401 - so that all tables are known
from kentongan.accounts.tables import Account, ApiToken, Audit, Passkey
from kentongan.actions.tables import WorkingCopy
from kentongan.backup import Office, restore, save
from kentongan.comments.tables import Comment, Decision, Reader, Salt
from kentongan.database import FILE, Base, Database
from kentongan.errors import KentonganError
from kentongan.search.tables import Row
from tests.databases import empty_database
from tests.offices import write

NOW = datetime(2026, 11, 24, 4, tzinfo=UTC)


@pytest.fixture
def content(tmp_path):
    return write(tmp_path / "office", {"content/site.yml": "name: Kantor\n"}) / "content"


@pytest.fixture
def database(content, database_url):
    with empty_database(content.parent / "var", database_url) as database:
        with database.session() as session:
            fill(session)
        with database.session() as session:
            session.execute(delete(Comment).where(Comment.id == 3))
        yield database


def fill(session):
    """A row for every kind of column: texts, numbers, bytes, JSON, dates, instants, nothing at all."""
    session.add(Account(id=7, login="ratri", name="Ratri “R”", role_name="owner", password=None, made=NOW))
    session.add(Reader(id=1, hash="h", sealed="s", confirmed=NOW))
    session.add(Salt(day=date(2026, 11, 24), salt="garam"))
    session.flush()
    session.add(Passkey(account_id=7, credential=b"\0\xff", public_key=b"k", sign_count=2**40, name="HP", made=NOW))
    session.add(ApiToken(account_id=7, name="a", digest="d", scopes="read", made=NOW, ends=NOW))
    session.add(WorkingCopy(account_id=7, path="articles/a.md", answers={"title": "Ā\n🎙"}, at=NOW))
    for parent in (None, 1, 2):
        comment = Comment(thread="a", parent_id=parent, name="N", text="T", state="approved", made=NOW, asks=True)
        comment.reader_id = 1
        session.add(comment)
        session.flush()
    session.add(Decision(comment_id=1, at=NOW, who="ratri", before="pending", after="approved"))
    session.add(
        Row(number=1, path="a", signature="s", kind="k", id="i", label="l", status="", position="", broken=True)
    )


def everything(database):
    """Every row of every table but those that are caches."""
    with database.engine.connect() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key))]
            for table in Base.metadata.sorted_tables
            if not table.name.startswith("search_")
        }


def saved(content, url, file):
    office = Office(content, content.parent / "var", content.parent / "var/media", url)
    return save(office, file, NOW)


def number_of_the_next(database):
    with database.session() as session:
        session.add(comment := Comment(thread="articles/a", name="N", text="T", state="pending", made=NOW))
        session.flush()
        return comment.id


def test_it_comes_back_as_a_file(content, database, database_url, tmp_path):
    before = everything(database)
    restore(saved(content, database_url, tmp_path / "a.tar.zst"), tmp_path / "back")
    with closing(Database(tmp_path / "back/var")) as back:
        assert everything(back) == before
        assert sum(map(len, before.values())) == 9
        assert number_of_the_next(back) == 4


def test_it_comes_back_to_where_the_address_leads(content, database, database_url, tmp_path):
    before = everything(database)
    file = saved(content, database_url, tmp_path / "a.tar.zst")
    database.close()
    url = database_url or f"sqlite:///{tmp_path}/lain.sqlite3"
    emptied(url)
    restore(file, tmp_path / "back", database=url)
    assert not (tmp_path / "back/var" / FILE).exists()
    with closing(Database(tmp_path / "back/var", url)) as back:
        assert everything(back) == before
        assert number_of_the_next(back) == 4
        with back.session() as session:
            session.add(Audit(at=NOW, who="ratri", action="a", target="t"))


def emptied(url):
    if url.startswith("postgresql"):
        with closing_engine(url) as engine, engine.begin() as connection:
            connection.execute(text("DROP SCHEMA public CASCADE; CREATE SCHEMA public"))


def closing_engine(url):
    engine = create_engine(url)
    engine.close = engine.dispose
    return closing(engine)


def test_a_database_with_tables_in_it_is_refused_and_left_alone(content, database, database_url, tmp_path):
    url = database_url or f"sqlite:///{content.parent}/var/{FILE}"
    before = everything(database)
    file = saved(content, database_url, tmp_path / "a.tar.zst")
    with pytest.raises(KentonganError, match="not empty"):
        restore(file, tmp_path / "back", database=url)
    assert not (tmp_path / "back").exists()
    assert everything(database) == before


def test_a_file_that_the_address_names_is_kept_and_not_one_left_from_before(content, tmp_path):
    with closing(Database(content.parent / "var")):
        pass
    url = f"sqlite:///{tmp_path}/lain.sqlite3"
    with closing(Database(content.parent / "var", url)) as other, other.session() as session:
        session.add(Salt(day=date(2026, 11, 24), salt="garam"))
    restore(saved(content, url, tmp_path / "a.tar.zst"), tmp_path / "back")
    with closing(Database(tmp_path / "back/var")) as back, back.reading() as session:
        assert session.scalars(select(Salt.salt)).all() == ["garam"]


def test_what_does_not_answer_or_is_too_new_is_told(content, database, database_url, tmp_path):
    for url in ("postgresql+psycopg://kantor@127.0.0.1:9/x", "nonsense", f"sqlite:///{tmp_path}/none.sqlite3"):
        with pytest.raises(KentonganError, match="database"):
            saved(content, url, tmp_path / "a.tar.zst")
    if database_url:
        with database.engine.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        with pytest.raises(KentonganError, match="newer Kentongan"):
            saved(content, database_url, tmp_path / "a.tar.zst")
    assert not (tmp_path / "a.tar.zst").exists()


def test_two_tables_that_belong_together_are_of_one_instant(content, database, database_url, tmp_path):
    stop, begun = Event(), Event()

    def keep_writing():
        while not stop.is_set():
            with database.session() as session:
                session.add(comment := Comment(thread="t", name="N", text="T", state="approved", made=NOW))
                session.flush()
                session.add(Decision(comment_id=comment.id, at=NOW, who="r", before="pending", after="approved"))
            begun.set()

    writer = Thread(target=keep_writing)
    writer.start()
    try:
        assert begun.wait(30)
        file = saved(content, database_url, tmp_path / "a.tar.zst")
    finally:
        stop.set()
        writer.join()
    restore(file, tmp_path / "back")
    with closing(Database(tmp_path / "back/var")) as back, back.reading() as session:
        comments, decisions = (session.scalar(select(func.count()).select_from(one)) for one in (Comment, Decision))
    assert comments == decisions + 1 > 2
