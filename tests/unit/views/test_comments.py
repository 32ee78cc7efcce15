"""Comments as part of a page: in threads, with a form while it is open, and nothing where there are none."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kentongan.build.identity import Print
from kentongan.build.plan import plan
from kentongan.comments.snapshot import PublicComment
from kentongan.comments.threads import threads_of
from kentongan.views.comments import DEPTH, asks, closes, discussion
from kentongan.views.news import article_page
from tests.unit.factories import AFTER, BEFORE, article, consultation, episode, meeting, person, program, site, station

MADE = datetime(2020, 7, 21, 8, 2, tzinfo=UTC)
ARTICLE = article()


def comment(id_=1, parent=None, **fields):
    return PublicComment(**{"id": id_, "parent": parent, "name": "Bu Ratmi", "text": "Halo", "made": MADE} | fields)


def with_comments(*comments, form="/komentar", records=(ARTICLE,), thread="articles/kabar", now=BEFORE, **office):
    made = site(*records, now=now, **office)
    return replace(made, comments={thread: tuple(comments)} if comments else {}, comment_form=form)


def paths(of):
    return {artifact.path for artifact in plan(of).artifacts}


def test_without_a_comment_system_nothing_is_there():
    assert discussion(site(ARTICLE), ARTICLE) is None
    assert not any("komentar" in path or "comment" in path for path in paths(site(ARTICLE)))


@pytest.mark.parametrize("letters", [False, True])
def test_a_form_offers_letters_where_they_can_be_sent(letters):
    told = replace(with_comments(), comment_letters=letters)
    assert discussion(told, ARTICLE).form.letters is letters


@pytest.mark.parametrize("office", [{"comments": {"system": "none"}}, {"comments": {"open": "no"}}])
def test_one_setting_takes_the_form_away(office):
    assert discussion(with_comments(**office), ARTICLE) is None


def test_a_closed_record_keeps_what_was_written():
    shut = article(comments="off")
    talk = discussion(with_comments(comment(), records=(shut,)), shut)
    assert (talk.form, talk.count, talk.comments[0].answer) == (None, 1, None)
    assert discussion(with_comments(records=(shut,)), shut) is None


def test_answers_stand_below_what_they_answer_in_the_words_of_the_office():
    talk = discussion(with_comments(comment(1), comment(2), comment(3, parent=1, office=True)), ARTICLE)
    first, second = talk.comments
    assert [one.anchor for one in first.answers] == ["komentar-3"]
    assert (first.at.sentence, first.at.iso) == ("Selasa, 21 Juli 2020 pukul 15.02 WIB", "2020-07-21T15:02+07:00")
    assert first.answer == "/komentar?thread=articles%2Fkabar&parent=1"
    assert second.answers == ()


@given(st.lists(st.one_of(st.none(), st.integers(0, 40)), max_size=30))
def test_every_comment_is_shown_once_however_they_answer_each_other(parents):
    comments = [comment(number, parent) for number, parent in enumerate(parents, start=1)]
    talk = discussion(with_comments(*comments), ARTICLE)

    def shown(views, depth=1):
        for view in views:
            yield view.anchor, depth
            yield from shown(view.answers, depth + 1)

    found = list(shown(talk.comments))
    assert sorted(anchor for anchor, _ in found) == sorted(f"komentar-{one.id}" for one in comments)
    assert all(depth <= DEPTH for _, depth in found)


def test_a_page_changes_when_its_own_comments_do_and_not_when_others_do():
    other = article(id="lain", title="Lain")
    before = with_comments(comment(), records=(ARTICLE, other))
    elsewhere = replace(before, comments={**before.comments, "articles/lain": (comment(7),)})
    here = replace(before, comments={"articles/kabar": (comment(), comment(2))})
    prints = [Print.of(article_page(one, ARTICLE)) for one in (before, elsewhere, here)]
    assert prints[0] == prints[1] != prints[2]


def test_markup_of_a_snapshot_is_cleaned_again():
    bait = comment(name="<b>x</b>", text="<script>1</script> [a](javascript:alert(1))", origin="javascript:alert(1)")
    shown = discussion(with_comments(PublicComment.from_json(bait.to_json())), ARTICLE).comments[0]
    assert "<script" not in shown.text
    assert "href" not in shown.text
    assert shown.origin is None


def test_a_form_goes_at_a_midnight_and_a_talk_counts_from_its_hour():
    made = with_comments(records=(ARTICLE, episode(), program(), station()), comments={"days": "2"})
    assert closes(made, ARTICLE).isoformat() == "2020-07-23T00:00:00+07:00"
    assert closes(made, episode()).isoformat() == "2020-07-25T00:00:00+07:00"
    late = with_comments(now=BEFORE + timedelta(days=9), comments={"days": "2"})
    assert discussion(late, ARTICLE) is None


def test_before_a_talk_the_form_takes_questions_and_afterwards_comments():
    records = (episode(), program(), station(), person(), consultation(), meeting())
    for now, asked in ((BEFORE, True), (AFTER, False)):
        made = site(*records, now=now)
        assert asks(made, episode()) is asks(made, consultation()) is asked
    assert not asks(site(*records, ARTICLE), ARTICLE)


def test_feeds_data_and_the_list_of_threads(tmp_path):
    made = with_comments(comment(), records=(ARTICLE, article(id="lama", comments="off")))
    found = {artifact.path: artifact for artifact in plan(made).artifacts}
    assert {"komentar.xml", "berita/kabar/komentar.xml", "data/v1/comments/articles/kabar.json"} <= set(found)
    assert "berita/lama/komentar.xml" not in found
    document = tmp_path / "data/v1/comments.json"
    document.parent.mkdir(parents=True)
    document.write_text(found["data/v1/comments.json"].view(made).text)
    threads = threads_of(tmp_path).named
    assert (threads["articles/kabar"].open, threads["articles/lama"].open) == (True, False)
    assert threads["articles/kabar"].url == "https://koperasi.example/berita/kabar/"


def test_a_site_built_elsewhere_looks_for_newer_comments():
    here = discussion(with_comments(comment(), form="/komentar"), ARTICLE)
    there = discussion(with_comments(comment(), form="https://cms.example/komentar"), ARTICLE)
    assert (here.script, there.script) == (None, "/komentar.js")
    assert there.newer == "https://cms.example/komentar/articles/kabar.json"


def test_discussions_on_github_are_framed_and_need_no_store():
    giscus = {"repo": "koperasi/situs", "repo_id": "R_1", "category": "Umum", "category_id": "D_1"}
    talk = discussion(site(ARTICLE, comments={"system": "giscus", "giscus": giscus}), ARTICLE)
    assert talk.elsewhere.frame.startswith("https://giscus.app/id/widget?origin=https%3A%2F%2Fkoperasi.example")
    assert talk.form is None
