"""What the command line and the environment decide; passed down, never looked up below."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    data: Path
    """Folder of the embedded database, files and logs."""
    database: str
    """postgresql:// URL every process connects to."""
    host: str = "127.0.0.1"
    port: int = 8765
    role: str = "all"
    tls_cert: Path | None = None
    tls_key: Path | None = None
    secure_cookies: bool = False
    twin_pace: float = 1.0
    """How many times faster than life the simulated carrier is; tests are in a hurry, people are not."""

    webhooks_local: bool = False
    """Whether webhooks may address this machine itself, such as another program on it."""

    @property
    def files(self) -> Path:
        return self.data / "files"
