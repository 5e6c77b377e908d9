"""Starts the page: `python app.py [port]`."""

import sys

from workbench.ui.page import serve
from workbench.workbench import Workbench

if __name__ == "__main__":
    serve(Workbench(), port=int(sys.argv[1]) if len(sys.argv) > 1 else 7860)
