#!/bin/sh
# Prints a Python of version 3.11 or newer that can make virtual environments; says what to do when there is none.
for name in "${PYTHON:-}" python3.14 python3.13 python3.12 python3.11 python3; do
    [ -n "$name" ] || continue
    found=$(command -v "$name" 2>/dev/null) || continue
    "$found" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue
    printf '%s\n' "$found"
    exit 0
done
printf '%s\n' "需要 Python 3.11 或更新的版本（含 venv）。" \
    "Python 3.11 or newer with venv is needed. On Debian or Ubuntu: apt install python3 python3-venv" >&2
exit 1
