"""The search box finds what the actor may see written in a record, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.rooms.records.conftest import ADMIN, ANN, BOB, LEADER, NORTH_EAST, ORG, ROLES, label
from tuoke.access.org import Org
from tuoke.access.roles import role_from
from tuoke.access.sight import Sight
from tuoke.kit.database import run_sql
from tuoke.query import page as pages
from tuoke.query.ast import Page, condition_from
from tuoke.query.index import index_records
from tuoke.query.page import count, fetch_ids, fetch_page
from tuoke.query.tokens import tokens, tokens_of, wide, words
from tuoke.records.transaction import transaction
from tuoke.records.verbs import create_records, delete_records

MARK = "insert into search.customer (id, tokens) values (0, '{}') on conflict (id) do nothing"


async def make(db, firm, *rows, user=ADMIN):
    """Records, in the search index as the log's reader would have put them."""
    async with transaction(db, firm.sees(user)) as tx:
        ids = await create_records(tx, firm.customer, rows)
    await index_records(db, firm.customer, ids)
    await run_sql(db, MARK)
    return ids


async def found(db, firm, search, user=ADMIN, sight=None, **more):
    page = Page(fields=("name",), search=search, **more)
    answer = await fetch_page(db, firm.customer, sight or firm.sees(user), page, counted=True)
    assert answer.count == await count(db, firm.customer, sight or firm.sees(user), page)
    ids = await fetch_ids(db, firm.customer, sight or firm.sees(user), page, 1000)
    assert len(ids) == answer.count
    assert ids[:50] == sorted(row["id"] for row in answer.rows)[:50]
    return {row["name"] for row in answer.rows}


@pytest.fixture(params=["index", "scan"])
def way(request, monkeypatch):
    """Both ways to the same answer: through the index, and past it because the word is common."""
    if request.param == "scan":
        monkeypatch.setattr(pages, "FEW_HITS", -1)
        monkeypatch.setattr(pages, "HIT_COST", 10**9)


async def test_two_chinese_characters_or_the_last_digits_of_a_phone(db, firm, way):
    await make(db, firm, {"name": "王芳", "phone": "13812345678"}, {"name": "芳王", "phone": "13900004711"})

    assert await found(db, firm, "王芳") == {"王芳"}
    assert await found(db, firm, "5678") == {"王芳"}
    assert await found(db, firm, "4711") == {"芳王"}
    assert await found(db, firm, "刘洋") == set()


async def test_a_phone_typed_in_groups_is_one_word(db, firm, way):
    await make(db, firm, {"name": "A", "phone": "13812345678"}, {"name": "B", "phone": "13812340000"})

    for typed in ("138 1234 5678", "138-1234-5678", "+86 138 1234 5678", "（138）12345678"):
        assert await found(db, firm, typed) == {"A"}, typed


async def test_every_word_must_be_found_in_whichever_column(db, firm, way):
    await make(
        db,
        firm,
        {"name": "王芳", "city": "杭州西湖"},
        {"name": "王芳", "city": "上海"},
        {"name": "李强", "city": "杭州西湖"},
    )

    assert len(await found(db, firm, "王芳 杭州")) == 1
    assert await found(db, firm, "王芳 北京") == set()
    # Both pairs stand in it, yet not as one word.
    await make(db, firm, {"name": "杭州西", "city": "州湖"})
    assert await found(db, firm, "杭州湖") == set()


async def test_width_and_capitals_do_not_count(db, firm, way):
    await make(db, firm, {"name": "ACME云帆"}, {"name": "ａｃｍｅ（中国）"}, {"name": "１２３４５号"})

    assert await found(db, firm, "acme") == {"ACME云帆", "ａｃｍｅ（中国）"}
    assert await found(db, firm, "ＡＣＭＥ") == {"ACME云帆", "ａｃｍｅ（中国）"}
    assert await found(db, firm, "acme(中国)") == {"ａｃｍｅ（中国）"}
    assert await found(db, firm, "2345") == {"１２３４５号"}


async def test_signs_that_mean_something_to_sql_are_letters_here(db, firm, way):
    await make(
        db,
        firm,
        {"name": "50%折扣"},
        {"name": "50元折扣"},
        {"name": "a_b"},
        {"name": "acb"},
        {"name": "c:\\d"},
    )

    assert await found(db, firm, "50%折") == {"50%折扣"}
    assert await found(db, firm, "a_b") == {"a_b"}
    assert await found(db, firm, "c:\\d") == {"c:\\d"}


async def test_a_word_too_short_for_the_index_is_found_all_the_same(db, firm):
    await make(db, firm, {"name": "王"}, {"name": "李", "phone": "13812345678"})

    assert await found(db, firm, "王") == {"王"}
    assert await found(db, firm, "78") == {"李"}


async def test_blanks_alone_search_for_nothing(db, firm):
    await make(db, firm, {"name": "王芳"})

    assert await found(db, firm, " 　 ") == {"王芳"}


async def test_the_index_only_narrows(db, firm):
    """Tokens that are too many show nothing that the record does not hold."""
    [id] = await make(db, firm, {"name": "王芳"})
    await run_sql(db, "update search.customer set tokens = tokens || array['李强'] where id = $1", id)

    assert await found(db, firm, "李强") == set()


async def test_an_index_that_is_being_filled_hides_nothing(db, firm):
    await make(db, firm, {"name": "王芳"})
    await run_sql(db, "truncate search.customer")

    assert await found(db, firm, "王芳") == {"王芳"}

    await run_sql(db, "insert into search.customer (id, tokens) values (0, '{17}')")
    assert await found(db, firm, "王芳") == {"王芳"}


async def test_rights_and_filter_hold_for_a_search_too(db, firm, way):
    await make(
        db,
        firm,
        {"name": "王芳1", "owner": ANN, "city": "杭州"},
        {"name": "王芳2", "owner": BOB, "city": "上海"},
        {"name": "王芳3", "department": NORTH_EAST, "city": "上海"},
        {"name": "王芳4"},
    )

    assert await found(db, firm, "王芳", ANN) == {"王芳1", "王芳3"}
    assert await found(db, firm, "王芳", LEADER) == {"王芳1", "王芳2", "王芳3"}
    assert await found(db, firm, "王芳", ADMIN) == {"王芳1", "王芳2", "王芳3", "王芳4"}
    shanghai = condition_from({"field": "city", "op": "eq", "value": "上海"})
    assert await found(db, firm, "王芳", LEADER, where=shanghai) == {"王芳2", "王芳3"}


async def test_the_recycle_bin_is_searched_by_itself(db, firm, way):
    gone, _ = await make(db, firm, {"name": "王芳1"}, {"name": "王芳2"})
    async with transaction(db, firm.sees(ADMIN)) as tx:
        await delete_records(tx, firm.customer, [gone])

    assert await found(db, firm, "王芳") == {"王芳2"}
    assert await found(db, firm, "王芳", deleted=True) == {"王芳1"}


def sees_through(firm, user, *grants):
    """What `user` sees when these are the only grants of his role."""
    roles = [role for role in ROLES if role["key"] != "rep"]
    rep = {"key": "rep", "label": label("rep"), "grants": [{"tables": ["customer"], **g} for g in grants]}
    org = Org(
        list(ORG.departments.values()),
        list(ORG.people.values()),
        [role_from(role).as_role() for role in [*roles, rep]],
        1,
    )
    sight = firm.sees(user)
    return Sight(org.actor(user), org.policy, org, firm.catalog, sight.zone, sight.now)


async def test_what_is_hidden_is_not_found_by(db, firm, way):
    await make(
        db, firm, {"name": "王芳", "owner": ANN, "city": "杭州", "phone": "13812345678", "reason": "太贵了"}
    )
    hidden = sees_through(firm, ANN, {"read": ["own"], "hide": ["city", "phone"]})

    assert await found(db, firm, "杭州", sight=hidden) == set()
    assert await found(db, firm, "5678", sight=hidden) == set()
    assert await found(db, firm, "太贵", sight=hidden) == {"王芳"}


async def test_what_is_masked_is_found_by_what_is_shown_of_it_only(db, firm, way):
    await make(db, firm, {"name": "王芳", "owner": ANN, "phone": "13812345678"})
    masked = sees_through(firm, ANN, {"read": ["own"], "mask": ["phone"]})

    assert await found(db, firm, "1381234", sight=masked) == set()
    assert await found(db, firm, "2345", sight=masked) == set()
    assert await found(db, firm, "5678", sight=masked) == {"王芳"}


async def test_a_field_is_searched_in_the_rows_whose_grant_shows_it(db, firm, way):
    await make(
        db,
        firm,
        {"name": "一", "owner": ANN, "city": "杭州"},
        {"name": "二", "owner": BOB, "city": "杭州"},
    )
    both = sees_through(firm, ANN, {"read": ["own"]}, {"read": ["all"], "hide": ["city"]})

    assert await found(db, firm, "杭州", sight=both) == {"一"}


async def test_a_common_word_is_counted_exactly_and_paged(db, firm, way):
    await make(db, firm, *({"name": f"云帆科技{n}"} for n in range(130)))
    first = await fetch_page(
        db, firm.customer, firm.sees(ADMIN), Page(fields=("name",), search="科技"), counted=True
    )

    rest = await fetch_page(
        db,
        firm.customer,
        firm.sees(ADMIN),
        Page(fields=("name",), search="科技", cursor=first.next),
        counted=True,
    )

    assert (first.count, rest.count) == (130, 130)
    assert len({row["id"] for row in [*first.rows, *rest.rows]}) == 100


# --- tokens ---------------------------------------------------------------------------------------

_TEXT = st.text(alphabet="王芳杭州西湖abAB12888（(）)%_ ａ１", max_size=14)


@given(_TEXT, st.data())
def test_whatever_stands_in_a_text_has_its_tokens(text, data):
    """The law that lets the index narrow: a word in a text, in whatever width, has no token the text lacks."""
    start = data.draw(st.integers(0, len(text)))
    piece = text[start : data.draw(st.integers(start, len(text)))]

    for word in words(piece):
        assert tokens(word) <= set(tokens_of([text, text.translate(str.maketrans("", "", " -()+（）"))]))
        assert tokens(wide(word)) == tokens(word)


def test_four_equal_digits_are_a_token_of_their_own():
    assert "8888" in tokens("+8613888886666")
    assert "6666" in tokens("+8613888886666")
    assert "8888" not in tokens("+8613888166612")


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(_TEXT.filter(str.strip), min_size=1, max_size=6), st.data())
async def test_index_and_scan_find_the_same(db, firm, texts, data):
    text = data.draw(st.sampled_from(texts))
    start = data.draw(st.integers(0, len(text) - 1))
    piece = text[start : data.draw(st.integers(start + 1, len(text)))]
    nested = await db.begin_nested()
    try:
        await make(db, firm, *({"name": text} for text in texts))
        narrowed = await found(db, firm, piece)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(pages, "FEW_HITS", -1)
            patch.setattr(pages, "HIT_COST", 10**9)
            assert await found(db, firm, piece) == narrowed
    finally:
        await nested.rollback()
