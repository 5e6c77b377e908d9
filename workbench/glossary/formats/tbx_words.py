"""The words of TBX-Basic for ours, and theirs back into ours."""

from __future__ import annotations

import re

from lxml import etree

from workbench.glossary.formats import fields
from workbench.glossary.model import Kind, Review, Status, Type

# Of ISO 30042:2019, its second edition; drafts of the schemas had `ed-3` and `ed:3.0`. Reading takes any.
NAMESPACE = "urn:iso:std:iso:30042:ed-2"
MODULES = {"min": "http://www.tbxinfo.net/ns/min", "basic": "http://www.tbxinfo.net/ns/basic"}  # of style DCT
OF_MIN = ("subjectField", "administrativeStatus", "partOfSpeech")  # the other categories are of the basic module
LANG = "{http://www.w3.org/XML/1998/namespace}lang"

STATUSES = {
    Status.PREFERRED: "preferredTerm-admn-sts",
    Status.ADMITTED: "admittedTerm-admn-sts",
    Status.DEPRECATED: "deprecatedTerm-admn-sts",
    Status.SUPERSEDED: "supersededTerm-admn-sts",
    Status.FORBIDDEN: "deprecatedTerm-admn-sts",  # and a note: TBX has nothing stronger
}
READ_STATUSES = {
    "preferred": Status.PREFERRED,
    "admitted": Status.ADMITTED,
    "deprecated": Status.DEPRECATED,
    "superseded": Status.SUPERSEDED,
    "notrecommended": Status.DEPRECATED,
    "obsolete": Status.SUPERSEDED,
    "forbidden": Status.FORBIDDEN,
    "standardized": Status.PREFERRED,  # these three of ISO 12620, in files of the older version
    "legal": Status.PREFERRED,
    "regulated": Status.PREFERRED,
}
TYPES = {Type.FULL: "fullForm", Type.SHORT: "shortForm", Type.ABBREVIATION: "abbreviation"}
READ_TYPES = {
    "fullform": Type.FULL,
    "shortform": Type.SHORT,
    "abbreviation": Type.ABBREVIATION,
    "acronym": Type.ABBREVIATION,
    "initialism": Type.ABBREVIATION,
}  # whatever else, a variant or a phrase, is a full form
POS = {"noun": "noun", "proper noun": "noun", "adjective": "adjective", "verb": "verb", "adverb": "adverb"}
READ_POS = {"noun": "noun", "propernoun": "proper noun", "adjective": "adjective", "verb": "verb", "adverb": "adverb"}
GENDERS = {"m": "masculine", "f": "feminine", "n": "neuter"}
READ_GENDERS = {word: gender for gender, word in GENDERS.items()}
READ_NUMBERS = {"singular": "sg", "plural": "pl"}

# Labels of notes, each with the texts that it may have; a note without such a label is a note.
YES = "yes"
ENTRY_LABELS = {
    "kind": "|".join(kind.value for kind in Kind),
    "gender": "|".join(fields.ENTRY_GENDERS),
    "keep": YES,
    "review": "|".join(review.value for review in Review),
    "external": r"\S+ .+",
    "note": ".+",
}
TERM_LABELS = {
    "status": "forbidden",
    "pos": "|".join(fields.POS),
    "number": "|".join(fields.NUMBERS),
    "exact case": YES,
    "invariable": YES,
    "animacy": "|".join(fields.ANIMACIES),
    "fuzzy": YES,
    "house style": ".+",
    "variant": ".+",
    "form": rf"(?:{fields.LABEL.pattern} )?= .+",
    "note": ".+",
}

STATUS_CATEGORIES = ("administrativeStatus", "normativeAuthorization")  # the second of the older version
UNTRANSLATED = ("Translation needed", "no")  # of a private dialect: the category and the word that mean `keep`
# Categories that fields of ours hold, with how many texts of each (None: all); the rest goes into notes.
ENTRY_HOLDS = {"subjectField": 1, "definition": 1, "source": None, UNTRANSLATED[0]: None}
TERM_HOLDS = {
    "term": 1, "source": 1, "context": 1, "termType": 1, "partOfSpeech": 1, "grammaticalGender": 1,
    "grammaticalNumber": 1,
}  # fmt: skip

# Names of the older version and their heirs.
HEIRS = {"termEntry": "conceptEntry", "langSet": "langSec", "tig": "termSec", "ntig": "termSec"}

_NOT_IN_ID = re.compile(r"[^A-Za-z0-9_.-]|^[0-9.-]|_(?=x[0-9A-F]{4,6}_)")
_ESCAPED = re.compile(r"_x(10[0-9A-F]{4}|[0-9A-F]{4,5})_")


def name(element: etree._Element) -> str:
    """Without namespace, in the words of the present version."""
    local = etree.QName(element).localname
    return HEIRS.get(local, local)


def add(parent: etree._Element, tag: str, text: str, type: str | None = None) -> etree._Element:
    element = etree.SubElement(parent, tag, {"type": type} if type else {})
    element.text = text
    return element


def label(note: str, labels: dict[str, str]) -> tuple[str, str]:
    """'variant: Mirzojan' → its label and its text; without a label that we know ('', note)."""
    word, _, text = note.partition(": ")
    return (word, text) if word in labels and re.fullmatch(labels[word], text) else ("", note)


def xml_id(id: str) -> str:
    """An id as XML allows it: what may not stand there becomes _xHHHH_."""
    return _NOT_IN_ID.sub(lambda found: f"_x{ord(found.group()):04X}_", id)


def own_id(id: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found.group(1), 16)), id)
