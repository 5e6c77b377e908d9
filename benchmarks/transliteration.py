"""How many published examples each scheme and convention meets.

    python -m benchmarks.transliteration [--failures] [--only hy-bgn] [--speed]

Reads the folder $WORKBENCH_DATA/translit. An example counts when the whole line is equal after NFC;
nothing is folded unless the line of the table says so.
"""

from __future__ import annotations

import argparse
import csv
import difflib
import itertools
import json
import lzma
import os
import re
import sys
import time
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from workbench.transliteration import icu_door
from workbench.transliteration.convention import targets, transcriptions
from workbench.transliteration.library import scheme

INTERSCRIPT = {
    "bgnpcgn-arm-Armn-Latn-1981": "hy-bgn-pcgn-1981",
    "bgnpcgn-aze-Cyrl-Latn-1993": "az-latin",
    "az-aze-Cyrl-Latn-1958": "az-latin",
    "bgnpcgn-rus-Cyrl-Latn-1947": "ru-bgn-pcgn-1947-dots",
    "gost-rus-Cyrl-Latn-7.79-2000-2002": "ru-iso-9",
    "alalc-rus-Cyrl-Latn-2012": "ru-ala-lc",
    "ua-ukr-Cyrl-Latn-2010": "uk-national-2010",
    "un-ukr-Cyrl-Latn-2012": "uk-national-2010",
    "bgnpcgn-ukr-Cyrl-Latn-2019": "uk-bgn-pcgn-2019",
    "bgnpcgn-ukr-Cyrl-Latn-1965": "uk-bgn-pcgn-1965",
    "alalc-ukr-Cyrl-Latn-1997": "uk-ala-lc",
    "by-bel-Cyrl-Latn-2007": "be-national-2007",
    "bgnpcgn-bel-Cyrl-Latn-1979": "be-bgn-pcgn-1979",
    "icao-bel-Cyrl-Latn-9303": "be-icao-9303",
    "bgna-bul-Cyrl-Latn-2009": "bg-law-2009",
    "bgnpcgn-bul-Cyrl-Latn-2013": "bg-law-2009",
    "bgnpcgn-kaz-Cyrl-Latn-1979": "kk-bgn-pcgn-1979",
    "bgnpcgn-srp-Cyrl-Latn-2005": "sr-latin",
    "un-srp-Cyrl-Latn-1997": "sr-latin",
    "ggg-kat-Geor-Latn-2002": "ka-national-2002",
    "bgnpcgn-kat-Geor-Latn-2009": "ka-bgn-pcgn-2009",
    "iso-kat-Geor-Latn-9984-1996": "ka-iso-9984",
    "alalc-kat-Geor-Latn-2011": "ka-ala-lc",
    "elot-ell-Grek-Latn-743-2001-ts": "el-elot-743",
    "un-ell-Grek-Latn-1987-ts": "el-elot-743",
    "moct-kor-Hang-Latn-2000": "ko-revised-2000",
    "var-jpn-Hrkt-Latn-hepburn-1954": "ja-hepburn",
}
IULIIA = {
    "bgn_pcgn": "ru-bgn-pcgn-1947-dots",
    "bgn_pcgn_alt": "ru-bgn-pcgn-1947",
    "icao_doc_9303": "ru-icao-9303",
    "gost_779": "ru-iso-9",
    "gost_779_alt": "ru-gost-7-79-b",
    "ala_lc": "ru-ala-lc",
    "scientific": "ru-scientific",
}
SCRIPTSHIFTER = {
    "armenian": "hy-ala-lc",
    "russian": "ru-ala-lc",
    "ukrainian": "uk-ala-lc",
}
HOMES = {"hy": "AM", "az": "AZ", "ka": "GE", "uk": "UA"}  # a language and the country whose places it names
CASELESS = {"ko-revised-2000"}  # the source has no capitals; those of the examples are folded
ASPIRATES = "թփքցչ"


class Example(NamedTuple):
    """`golds`: any of them is right."""

    group: str
    source: str
    golds: frozenset[str]
    write: Callable[[str], str]


def rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)


def nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def examples(folder: Path) -> Iterator[Example]:
    for row in rows(folder / "interscript_tests.tsv"):
        if row["system"] in INTERSCRIPT:
            id = INTERSCRIPT[row["system"]]
            gold = row["target"].lower() if id in CASELESS else row["target"]
            yield Example(f"interscript {row['system']} = {id}", row["source"], frozenset([gold]), scheme(id))
    for row in rows(folder / "iuliia_samples.tsv"):
        if row["schema"] in IULIIA:
            id = IULIIA[row["schema"]]
            yield Example(f"iuliia {row['schema']} = {id}", row["source"], frozenset([row["target"]]), scheme(id))
    yield from alalc(folder)
    for row in rows(folder / "sfs4900_tests.tsv"):
        source = {"rus": "ru", "ukr": "uk"}[row["lang"]]
        for name, gold in zip(row["source"].split(", "), row["target"].split(", "), strict=True):
            yield Example(f"SFS 4900 {source} = fi", name, frozenset([gold]), first(source, "fi"))
    for row in rows(folder / "eki_estonian_hy.tsv"):
        yield Example("EKI hy = et", row["source"], frozenset([row["target"]]), first("hy", "et"))
    yield from geonames(folder)
    yield from round_trips(folder)


def alalc(folder: Path) -> Iterator[Example]:
    """Letters that the scheme knows, with every ALA-LC writing that the rows give for each."""
    golds: dict[tuple[str, str], set[str]] = {}
    for row in rows(folder / "scriptshifter_alalc_samples.tsv"):
        given, written = (row["col2"] or "").split(), (row["col3"] or "").split()
        if row["file"] in SCRIPTSHIFTER and len(given) == len(written):
            for letter, gold in zip(given, written, strict=True):
                golds.setdefault((row["file"], letter), set()).add(gold)
    for (file, letter), right in golds.items():
        write = scheme(SCRIPTSHIFTER[file])
        if all(c in {known for known, _ in write.letters} for c in letter.lower()):
            yield Example(f"scriptshifter {file} = {write.id}", letter, frozenset(right), write)


def first(source: str, target: str) -> Callable[[str], str]:
    return lambda name: transcriptions(name, source, target)[0].form


def geonames(folder: Path) -> Iterator[Example]:
    """Armenian names with a form that looks like BGN: as many ’ as the name has aspirates, and alike otherwise."""
    from unidecode import unidecode

    write = scheme("hy-bgn-pcgn-1981")
    for row in rows(folder / "geonames_places_hy.tsv"):
        forms = row["latin_forms"].split("|")
        for name in row["armenian_forms"].split("|") if row["cc"] == "AM" else ():
            aspirates = sum(c in ASPIRATES for c in name.lower())
            rough = letters(unidecode(name))
            like = [f for f in forms if f.count("’") == aspirates and alike(letters(f), rough)]
            if like and aspirates:
                yield Example("GeoNames hy BGN", name, frozenset(like), write)


def round_trips(folder: Path) -> Iterator[Example]:
    """Names of the person list, and Azerbaijani place names, there and back."""
    columns = {"armenian": "hy-iso-9985", "georgian": "ka-iso-9984", "cyrillic": "ru-iso-9"}
    names = {id: set() for id in (*columns.values(), "az-cyrillic-1958")}
    for row in rows(folder / "rigour_person_name_groups.tsv"):
        for column, id in columns.items():
            names[id].update(name if id.startswith("ka") else name.title() for name in row[column].split("|") if name)
    for row in rows(folder / "geonames_places_hy.tsv"):
        names["hy-iso-9985"].update(row["armenian_forms"].split("|"))
    with lzma.open(folder.parent / "names" / "places.jsonl.xz", "rt", encoding="utf-8") as file:
        for line in file:
            for name in json.loads(line)["names"].get("az", []):
                names["az-cyrillic-1958"].add(name)
    for id, all_of in names.items():
        made = scheme(id)
        for name in sorted(all_of):
            yield Example(f"round trip {id}", name, frozenset([name]), lambda n, m=made: m.reverse(m(n)))


def places(folder: Path) -> Iterator[Example]:
    """Places of Who's On First in their own language and in others, where both are roughly one name."""
    with lzma.open(folder.parent / "names" / "places.jsonl.xz", "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    for source, country in HOMES.items():
        for row in rows:
            names = row["names"]
            if country not in row["country"] or " " in names.get(source, [" "])[0]:
                continue
            name = names[source][0]
            for target in targets():
                golds = frozenset(names.get(target, ()))
                if target == source or not golds:
                    continue
                made = transcriptions(name, source, target)
                if max(difflib.SequenceMatcher(None, made[0].form, gold).ratio() for gold in golds) >= 0.7:
                    yield Example(f"places {source} → {target}, first form", name, golds, first(source, target))


def letters(form: str) -> str:
    return re.sub(r"[^a-z]", "", form.lower()).replace("rr", "r")


def alike(one: str, other: str) -> bool:
    return difflib.SequenceMatcher(None, one, other).ratio() >= 0.8


def speed(folder: Path) -> None:
    from unidecode import unidecode

    names = [n.title() for row in rows(folder / "rigour_person_name_groups.tsv") for n in row["armenian"].split("|")]
    names = [n for n in names if n] * 30
    works = [
        ("hy-bgn-pcgn-1981, batch", lambda: scheme("hy-bgn-pcgn-1981").many(names)),
        ("hy-bgn-pcgn-1981, one by one", lambda: [scheme("hy-bgn-pcgn-1981")(n) for n in names]),
        ("hy-iso-9985, batch", lambda: scheme("hy-iso-9985").many(names)),
        ("Unidecode", lambda: [unidecode(n) for n in names]),
    ]
    if icu_door.latin("Փաշինյան"):
        works.append(("ICU Any-Latin (pyicu-wheels)", lambda: [icu_door.latin(n) for n in names]))
    for label, work in works:
        began = time.process_time()
        work()
        print(f"{len(names) / (time.process_time() - began):>12,.0f} names/s of processor time  {label}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--failures", action="store_true", help="print each example that is not met")
    parser.add_argument("--only", default="", help="groups whose name holds this")
    parser.add_argument("--places", action="store_true", help="conventions on names of places, too")
    parser.add_argument("--speed", action="store_true", help="names per second, beside Unidecode")
    asked = parser.parse_args()
    folder = Path(os.environ.get("WORKBENCH_DATA", "")) / "translit"
    if not folder.is_dir():
        sys.exit("set WORKBENCH_DATA to the folder that holds translit/")
    counts: dict[str, list[int]] = {}
    chosen = itertools.chain(examples(folder), places(folder) if asked.places else ())
    for example in chosen:
        if asked.only not in example.group:
            continue
        made = nfc(example.write(example.source))
        right = made in {nfc(gold) for gold in example.golds}
        count = counts.setdefault(example.group, [0, 0])
        count[0] += right
        count[1] += 1
        if asked.failures and not right:
            print(f"{example.group}: {example.source} → {made}, expected {' or '.join(sorted(example.golds))}")
    for group, (right, total) in counts.items():
        print(f"{right:>5} of {total:>5}  {100 * right / total:6.1f} %  {group}")
    if asked.speed:
        speed(folder)


if __name__ == "__main__":
    main()
