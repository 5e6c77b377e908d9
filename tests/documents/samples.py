"""A file of each format, small, with everything in it that a format has to keep."""

from __future__ import annotations

import io
import zipfile

HTML = b"""<!DOCTYPE html>
<html lang="en">
<head><title>The &amp; page</title><meta name=description content="About us"><style>p { color: red }</style>
<script type="application/its+xml"><its:rules xmlns:its="http://www.w3.org/2005/11/its" version="2.0"
 xmlns:h="http://www.w3.org/1999/xhtml"><its:translateRule selector="//h:p[@class='x']" translate="no"/>
<its:translateRule selector="//h:b/@title" translate="no"/></its:rules></script></head>
<body>
<!-- a comment --><p>Hello   <b title="Not me">my
 <i>dear</i></b> friend<img src=a.png alt="A picture">, see <a href='x?a&b'>this &lt;page&gt;</a>.<br>
Next line with <code>some  code</code> and <span class="notranslate">Foo Bar</span>.</p>
<p class=x>Secret words</p><p translate=no>No <b>way</b></p>
<div translate="no">A b <p translate="yes">Yes please</p> c d</div>
<ul><li>One two<li>Two three</ul>
<pre>pre text <b>x</b></pre> after pre <script>var a = "<p>hello you</p>";</script>
<p lang="fr">Bonjour mes amis</p> <input type=submit value="Send it"><input placeholder='Type "here"'>
&nbsp; <p>caf&eacute; 5 < 6</p>
</body></html>
"""
MARKDOWN = b"""---
title: Front matter
---
# Hello *my* friend

A paragraph with **bold _nested_ words**, a [link to
page](http://x.org/a_b "Title") and `code here`. Also <b>html</b> and ![A picture](pic.png), a \\* star &amp; <https://auto.link>.
Next line  
after hard break.

> Quoted text that
> goes on **here**.

- item one
  1. nested ~~struck~~ item

| Head one | Head two |
|---|---|
| cell `x` one | *two* |

```python
code = "in a fence"
```

    indented code

<div>html block</div>

[ref]: http://x.org "T"

Setext head
===========

See [ref] and [the text][ref]. 2 * 3 snake_case_word.\r
"""  # noqa: W291 - two spaces are a hard line break
SRT = (
    b"1\r\n00:00:01,000 --> 00:00:04,000\r\n<i>Hello my friend,</i>\r\nhow are you?\r\n\r\n"
    b"2\r\n00:00:05,000 --> 00:00:06,000 X1:40\r\n- Yes.\r\n- No.\r\n\r\n\r\n"
)
VTT = b"""\xef\xbb\xbfWEBVTT - name

NOTE not for the screen

STYLE
::cue { color: red }

first
00:01.000 --> 00:04.000 align:left
<v Bob>Hello <b>you</b></v>
"""
PO = b"""# A comment
msgid ""
msgstr ""
"Project-Id-Version: x\\n"
"Language: es\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

#: a.c:1
#, c-format
msgid "Hello %s, <b>you</b>"
msgstr ""

#, fuzzy, c-format
#| msgid "old"
msgid "a new one\\n"
msgstr "uno viejo"

msgctxt "menu"
msgid "One file"
msgid_plural "%d files"
msgstr[0] ""
msgstr[1] ""

msgid "done"
msgstr "hecho"

#~ msgid "gone"
#~ msgstr "ido"
"""
XLIFF_1 = b"""<?xml version="1.0" encoding="UTF-8"?>
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
<file original="a" source-language="en" target-language="es" datatype="plaintext"><body>
<trans-unit id="1"><source>Hello <g id="1">my <x id="2"/>friend</g>, <mrk mtype="protected">ABC</mrk> you</source>\
</trans-unit>
<trans-unit id="2" approved="yes"><source>Done</source><target>Hecho</target></trans-unit>
<trans-unit id="3" translate="no"><source>Not me</source></trans-unit>
<trans-unit id="4"><source>A b. C d.</source><seg-source><mrk mtype="seg" mid="0">A <bpt id="1" rid="1">\
&lt;b></bpt>b<ept id="2" rid="1">&lt;/b></ept>.</mrk> <mrk mtype="seg" mid="1">C d.</mrk></seg-source></trans-unit>
</body></file></xliff>
"""
XLIFF_2 = b"""<?xml version="1.0"?>
<xliff version="2.1" xmlns="urn:oasis:names:tc:xliff:document:2.0" srcLang="en" trgLang="es">
<file id="f"><unit id="u"><segment id="s"><source>Hello <pc id="1">my <ph id="2"/></pc><sc id="3"/>friend\
<ec startRef="3"/> <mrk id="4" translate="no">ABC</mrk></source></segment>
<segment state="final"><source>Done</source><target>Hecho</target></segment></unit></file></xliff>
"""
TMX = b"""<?xml version="1.0"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4"><header srclang="en" creationtool="x" creationtoolversion="1" segtype="sentence" o-tmf="x" \
adminlang="en" datatype="plaintext"/><body>
<tu><tuv xml:lang="en"><seg>Hello <bpt i="1">&lt;b></bpt>you<ept i="1">&lt;/b></ept></seg></tuv></tu>
<tu><tuv xml:lang="en"><seg>Good morning</seg></tuv><tuv xml:lang="es-ES"><seg>Buenos d\xc3\xadas</seg></tuv></tu>
</body></tmx>
"""
CSV = (
    b'id,text,note\r\n1,"Hello, my <b>good</b> friend",x\r\n2,He said so to me,\r\n'
    b'3,"He said ""no""\nand went away",y\r\n'
)
JSONL = (
    b'{"id": 1, "text": "Hello \\u00e9 <br> you", "m": {"title": "A b"}, "l": ["x", {"text": "deep"}]}\n\n'
    b'{"text":"Two of them", "id": 2}\r\n'
)
TXT = "\ufeffHello there.\r\n\r\n  Indented line\t\nold Mac\rform\x0cfeed and \u2028 separator\nno end".encode()


def docx() -> bytes:
    """Runs, a break, a tab, a table, a header, a link, a field, a footnote reference, a text box."""
    import docx as library
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    made = library.Document()
    first = made.add_paragraph("Hello ")
    first.add_run("my ").bold = True
    first.add_run("dear friend").bold = True
    first.add_run(", how\tare ")
    first.add_run("you").italic = True
    first.add_run("?\nNew line.")
    made.add_table(1, 2).cell(0, 0).text = "Cell one"
    made.sections[0].header.paragraphs[0].text = "The header"
    made.sections[0].footer.paragraphs[0].text = "The footer"
    body = made.element.body
    for xml in (
        '<w:p {ns}><w:r><w:t xml:space="preserve">See </w:t></w:r><w:hyperlink w:anchor="x"><w:r><w:rPr><w:u/></w:rPr>'
        '<w:t>this page</w:t></w:r></w:hyperlink><w:r><w:t xml:space="preserve"> now.</w:t></w:r></w:p>',
        '<w:p {ns}><w:r><w:t xml:space="preserve">Page </w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r>'
        '<w:instrText> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>3</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t xml:space="preserve"> of the book</w:t></w:r></w:p>',
        '<w:p {ns}><w:r><w:t>Around the box</w:t></w:r><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml">'
        "<v:textbox><w:txbxContent><w:p><w:r><w:t>In the box</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape>"
        '</w:pict></w:r><w:r><w:t xml:space="preserve"> is text</w:t></w:r></w:p>',
    ):
        body.insert(len(body) - 1, parse_xml(xml.format(ns=nsdecls("w"))))
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def pptx() -> bytes:
    import pptx as library

    made = library.Presentation()
    slide = made.slides.add_slide(made.slide_layouts[1])
    slide.shapes.title.text = "Title here"
    frame = slide.placeholders[1].text_frame
    frame.text = "First point"
    run = frame.paragraphs[0].add_run()
    run.text, run.font.bold = " in bold", True
    slide.notes_slide.notes_text_frame.text = "A note for the speaker"
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def odt() -> bytes:
    from odf.opendocument import OpenDocumentText
    from odf.text import H, LineBreak, Note, NoteBody, NoteCitation, P, S, Span

    made = OpenDocumentText()
    made.text.addElement(H(outlinelevel=1, text="The title"))
    first = P(text="Hello ")
    first.addElement(Span(text="my dear"))
    first.addText(" friend")
    note, body = Note(noteclass="footnote"), NoteBody()
    note.addElement(NoteCitation(text="1"))
    body.addElement(P(text="Note text here"))
    note.addElement(body)
    first.addElement(note)
    first.addText(", how")
    first.addElement(LineBreak())
    first.addText("are")
    first.addElement(S(c=2))
    first.addText("you?")
    made.text.addElement(first)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def packed(members: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as made:
        for name, data in members.items():
            made.writestr(name, data)
    return out.getvalue()


BYTES = {
    "txt": TXT, "md": MARKDOWN, "html": HTML, "srt": SRT, "vtt": VTT, "csv": CSV, "jsonl": JSONL,
    "po": PO, "xliff": XLIFF_1, "xliff2": XLIFF_2, "tmx": TMX,
}  # fmt: skip
MADE = {"docx": docx, "pptx": pptx, "odt": odt}
BILINGUAL = ("po", "xliff", "xliff2", "tmx")


def sample(name: str) -> tuple[str, bytes]:
    """The name of the kind and a file of it."""
    return name.rstrip("2"), MADE[name]() if name in MADE else BYTES[name]
