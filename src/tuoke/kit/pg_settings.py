"""Settings of the embedded PostgreSQL for the machine it finds."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_MB = 1024 * 1024
_SHM = Path("/dev/shm")


def server_settings() -> dict[str, str]:
    """What the product's PostgreSQL runs with on this machine."""
    return {**fitting(memory_mb()), **_shared_memory(), **_recovery(), **_ALWAYS}


def fitting(memory: int) -> dict[str, str]:
    """Memory settings for a machine of `memory` MB: a quarter for its cache, at most 4 GB."""
    buffers = max(64, min(memory // 4, 4096)) if memory >= 4096 else max(64, memory // 8)
    return {
        "shared_buffers": f"{buffers}MB",
        "effective_cache_size": f"{max(128, memory // 2)}MB",
        "maintenance_work_mem": f"{max(32, min(memory // 16, 512))}MB",
        "work_mem": "32MB" if memory >= 4096 else "8MB",
    }


def memory_mb() -> int:
    """Memory we may use: the machine's, or the container's limit when that is less."""
    total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // _MB
    limit = Path("/sys/fs/cgroup/memory.max")
    if limit.exists() and (said := limit.read_text().strip()).isdigit():
        return min(total, int(said) // _MB)
    return total


def _shared_memory() -> dict[str, str]:
    """Containers give /dev/shm 64 MB; a parallel query that needs more would fail, so use files there."""
    if not _SHM.exists():
        return {}
    found = os.statvfs(_SHM)
    return {} if found.f_frsize * found.f_blocks >= 512 * _MB else {"dynamic_shared_memory_type": "mmap"}


def _recovery() -> dict[str, str]:
    """After a crash one call for the whole disk instead of one for each of thousands of files."""
    return {"recovery_init_sync_method": "syncfs"} if sys.platform == "linux" else {}


_ALWAYS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "max_parallel_workers_per_gather": "2",
    "random_page_cost": "1.1",
    "wal_compression": "on",
    "max_wal_size": "4GB",
    "fsync": "on",
    "synchronous_commit": "on",
    "jit": "off",
    "log_timezone": "UTC",
    "timezone": "UTC",
    "log_min_messages": "warning",
    "log_checkpoints": "off",
    "log_line_prefix": "%m [%p] ",
}
