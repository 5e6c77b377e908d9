"""Starts the page and the API: `python app.py [port]`."""

import sys

from workbench.api.settings import settings_for
from workbench.server import serve
from workbench.workbench import Workbench

if __name__ == "__main__":
    serve(Workbench(), port=int(sys.argv[1]) if len(sys.argv) > 1 else 7860, settings=settings_for("127.0.0.1"))
