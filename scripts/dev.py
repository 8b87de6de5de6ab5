"""`make dev`: the product, and beside it Vite's server, which shows a change of the web app at once."""

from __future__ import annotations

import os
import subprocess
import sys

import node

PORT = "8765"


def main() -> None:
    words = sys.argv[1:]
    port = words[words.index("--port") + 1] if "--port" in words else PORT
    around = node.environment(None if node.on_path() else node.wheel_in(sys.executable))
    vite = subprocess.Popen(
        ["npm", "--prefix", str(node.ROOT / "web"), "run", "dev"],
        env={**around, "TUOKE_API": f"http://127.0.0.1:{port}"},
    )
    try:
        subprocess.run([str(node.VENV / "bin" / "tuoke"), "serve", *words], env=os.environ)
    except KeyboardInterrupt:
        # Ctrl-C reaches all three; the product has stopped itself by now.
        pass
    finally:
        vite.terminate()
        vite.wait()


if __name__ == "__main__":
    main()
