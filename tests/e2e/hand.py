"""The hand of a person at a screen: does what it is told, counts it, and says how long a person would need.

The keystroke-level model of Card, Moran and Newell, "The keystroke-level model for user performance time with
interactive systems", Communications of the ACM 23(7), 1980, pages 396-410. It is a model of people who know the way;
what is ours in it is named so.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page

KEY_S = 0.28
"""K: a key, by somebody who types 40 words a minute."""
POINT_S = 1.1
"""P: to point at something with a mouse."""
PRESS_S = 0.2
"""2 B: a button of the mouse, down and up."""
HOME_S = 0.4
"""H: a hand from the mouse to the keyboard or back."""
THINK_S = 1.35
"""M: to make up one's mind, before each act."""
NEWCOMER = 2
"""Ours: who sees a screen for the first time makes up his mind in twice the time."""
KEYS_A_SIGN = 4
"""Ours: a Chinese character is about three letters of pinyin and a choice."""
SIGNS_A_SECOND = 255 / 60
"""Characters of simplified Chinese read aloud: Trauzettel-Klosinski and Dietz, "Standardized assessment of reading
performance: the new International Reading Speed Texts IReST", IOVS 53(9), 2012."""


@dataclass
class Hand:
    page: Page
    clicks: int = 0
    keys: int = 0
    acts: int = 0
    signs: int = 0
    _hand_s: float = 0
    _read: set[str] = field(default_factory=set[str])
    _is_at_mouse: bool = True

    def click(self, what: Locator) -> None:
        what.click()
        self.clicked(1)

    def clicked(self, times: int) -> None:
        """In a window that is not the page's, such as the one in which a file is chosen."""
        self.clicks += times
        for _ in range(times):
            self._act(POINT_S + PRESS_S, at_mouse=True)

    def type(self, text: str) -> None:
        """Into what has the focus."""
        self.page.keyboard.insert_text(text)
        keys = sum(1 if sign.isascii() else KEYS_A_SIGN for sign in text)
        self.keys += keys
        self._act(KEY_S * keys, at_mouse=False)

    def press(self, *shortcuts: str) -> None:
        for one in shortcuts:
            self.page.keyboard.press(one)
            keys = len(one.split("+"))
            self.keys += keys
            self._act(KEY_S * keys, at_mouse=False)

    def read(self, what: Locator) -> None:
        """Every word of it; what was read once is known."""
        for line in what.inner_text().splitlines():
            if line.strip() and line not in self._read:
                self._read.add(line)
                self.signs += len(line.strip())

    def _act(self, seconds: float, *, at_mouse: bool) -> None:
        self.acts += 1
        moves = 0 if at_mouse == self._is_at_mouse else HOME_S
        self._is_at_mouse = at_mouse
        self._hand_s += NEWCOMER * THINK_S + moves + seconds

    @property
    def person_s(self) -> float:
        """Acting and reading, of somebody who is here for the first time."""
        return self._hand_s + self.signs / SIGNS_A_SECOND
