"""Speech-like sound for the twin: two voices that take turns, told apart by ear and by a waveform."""

from __future__ import annotations

import math
import random
import wave
from array import array
from pathlib import Path

RATE = 8000
"""Samples a second, as on a telephone line."""

_SYLLABLES = 24


def _syllable(pitch: float, dice: random.Random) -> array[int]:
    """A vowel: harmonics of the pitch under two formants, swelling and fading."""
    seconds = dice.uniform(0.11, 0.26)
    formants = (dice.uniform(300, 800), dice.uniform(900, 2200))
    count = int(RATE * seconds)
    harmonics = [h for h in range(1, 20) if h * pitch < RATE / 2 - 200]
    weights = [sum(math.exp(-(((h * pitch - f) / 180) ** 2)) for f in formants) + 0.02 for h in harmonics]
    total = sum(weights)
    bend = dice.uniform(-0.15, 0.2)
    made = array("h")
    for i in range(count):
        share = i / count
        envelope = math.sin(math.pi * share) ** 0.6
        phase = 2 * math.pi * pitch * (i / RATE) * (1 + bend * share)
        value = sum(w * math.sin(h * phase) for h, w in zip(harmonics, weights, strict=True))
        made.append(int(9000 * envelope * value / total))
    return made


class Voice:
    """One speaker's syllables, made once."""

    def __init__(self, pitch: float, seed: int) -> None:
        dice = random.Random(seed)
        self._syllables = [_syllable(pitch, dice) for _ in range(_SYLLABLES)]

    def say(self, seconds: float, dice: random.Random) -> array[int]:
        """Words with short pauses, exactly so long."""
        wanted = int(RATE * seconds)
        made = array("h")
        while len(made) < wanted:
            for _ in range(dice.randint(2, 5)):
                made.extend(dice.choice(self._syllables))
            made.extend(silence(dice.uniform(0.06, 0.25)))
        del made[wanted:]
        return made


def silence(seconds: float) -> array[int]:
    return array("h", bytes(2 * int(RATE * seconds)))


def conversation(seconds: float, agent: Voice, customer: Voice, seed: int) -> tuple[array[int], array[int]]:
    """Both legs of a talk of `seconds`: who is not speaking is silent on his own leg."""
    dice = random.Random(seed)
    legs = (array("h"), array("h"))
    voices = (agent, customer)
    wanted, turn = int(RATE * seconds), 0
    while len(legs[0]) < wanted:
        length = dice.uniform(1.2, 5.0)
        legs[turn].extend(voices[turn].say(length, dice))
        other = legs[1 - turn]
        other.extend(array("h", bytes(2 * (len(legs[turn]) - len(other)))))
        turn = 1 - turn
    for leg in legs:
        del leg[wanted:]
    return legs


def write_wav(path: Path, samples: array[int]) -> None:
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(samples.tobytes())
