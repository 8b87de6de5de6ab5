"""Where messages may go, and how they prove whose they are."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
from datetime import UTC, datetime

import pytest

from tests.rooms.connect.receiver import Receiver
from tuoke.connect.post import Post, checked_url, is_allowed
from tuoke.connect.signature import new_secret, signed
from tuoke.kit.errors import Invalid


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "::1",
        "::ffff:127.0.0.1",
        "169.254.169.254",
        "fe80::1%eth0",
        "0.0.0.0",
        "224.0.0.1",
        "240.0.0.1",
    ],
)
def test_the_machine_itself_and_the_addresses_of_clouds_are_out_of_reach(address: str):
    assert not is_allowed(address, lets_local=False)


@pytest.mark.parametrize("address", ["10.1.2.3", "192.168.0.7", "172.16.0.1", "93.184.216.34", "2001:db8::1"])
def test_the_firms_own_network_and_the_world_can_be_reached(address: str):
    assert is_allowed(address, lets_local=False) is (address != "2001:db8::1" or is_allowed(address, True))


def test_only_those_who_ask_for_it_reach_the_machine_itself():
    assert is_allowed("127.0.0.1", lets_local=True)
    assert not is_allowed("169.254.169.254", lets_local=True)


@pytest.mark.parametrize(
    "url", ["", "ftp://x.test/a", "javascript:alert(1)", "http://", "x.test/hook", "http://me:pw@x.test/"]
)
def test_what_cannot_be_an_address_is_refused(url: str):
    with pytest.raises(Invalid):
        checked_url(url)


def test_a_signature_is_what_the_standard_says():
    secret, at, body = new_secret(), datetime(2026, 11, 2, 8, tzinfo=UTC), '{"a":"云"}'.encode()

    headers = signed(secret, "msg_7", at, body)

    key = base64.b64decode(secret.removeprefix("whsec_"))
    expected = hmac.new(key, b"msg_7.1793606400." + body, hashlib.sha256).digest()
    assert headers == {
        "webhook-id": "msg_7",
        "webhook-timestamp": "1793606400",
        "webhook-signature": "v1," + base64.b64encode(expected).decode(),
    }


async def test_a_name_that_leads_into_the_machine_is_refused_when_connecting():
    async with Receiver() as receiver, Post(lets_local=False) as post:
        outcome = await post.send(f"http://localhost:{receiver.port}/", b"{}", {})

    assert not outcome.is_heard
    assert outcome.reason is not None
    assert "本机" in outcome.reason.zh
    assert receiver.heard == []


async def test_a_redirect_is_not_followed():
    async with Receiver() as receiver, Post(lets_local=True) as post:
        receiver.answers = ["302 Found\r\nLocation: http://127.0.0.1:1/"]
        outcome = await post.send(receiver.url, b"{}", {})

    assert (outcome.is_heard, outcome.status) == (False, 302)


async def test_nobody_there_is_an_outcome_and_no_exception():
    async with Post(lets_local=True) as post:
        outcome = await post.send("http://127.0.0.1:1/", b"{}", {})

    assert not outcome.is_heard
    assert outcome.status is None


async def test_an_answer_that_never_comes_is_not_waited_for(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("tuoke.connect.post.PATIENCE_S", 0.3)
    async with Receiver() as receiver, Post(lets_local=True) as post:
        receiver.delay_s = 5
        started = asyncio.get_running_loop().time()
        outcome = await post.send(receiver.url, b"{}", {})

    assert not outcome.is_heard
    assert asyncio.get_running_loop().time() - started < 2
