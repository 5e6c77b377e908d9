"""Starts the page and the API: `python app.py [port]`; with WORKBENCH_AUTH=yes people sign in."""

import sys

from workbench.api.settings import settings_for
from workbench.serving.server import serve, staff
from workbench.workbench import Workbench

if __name__ == "__main__":
    bench = Workbench()
    port = int(sys.argv[1]) if len(sys.argv) > 1 else 7860
    serve(bench, port=port, settings=settings_for("127.0.0.1"), people=staff(bench))
