"""Glossaries in TBX-Basic (ISO 30042:2019, DCA style): the format that term bases exchange.

What TBX-Basic has no category for goes into notes with a label, 'kind: person', so that nothing is lost
on the way out and back. Files of others are read in DCA and DCT style, and in the older version with
`martif` and `termEntry`. What our entries have no field for goes into notes; the history of others (dates,
people) is left out and told.
"""

from workbench.glossary.formats.tbx_reader import read
from workbench.glossary.formats.tbx_writer import write

__all__ = ["read", "write"]
