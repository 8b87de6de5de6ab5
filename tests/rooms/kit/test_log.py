"""What a log line never shows."""

from __future__ import annotations

from tuoke.kit.log import hide_secrets


def test_secrets_never_reach_the_log() -> None:
    line = hide_secrets(
        None,
        "info",
        {
            "event": "cannot connect to postgresql://app:hunter2@db/tuoke",
            "new_password": "hunter2",
            "csrf": "abc",
            "Authorization": "Bearer x",
            "user": 7,
        },
    )

    assert "hunter2" not in str(line)
    assert (line["csrf"], line["Authorization"], line["user"]) == ("***", "***", 7)
    assert line["event"] == "cannot connect to postgresql://app:***@db/tuoke"
