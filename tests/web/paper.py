"""The text of a page that Chromium printed: as much of PDF as its files need."""

import re
import zlib

__all__ = ["only_words", "pages_of", "text_of"]

_OBJECT = re.compile(rb"(\d+) 0 obj(.*?)endobj", re.S)
_STREAM = re.compile(rb"/Length (\d+).*?stream\r?\n", re.S)
_SHOWN = re.compile(rb"/F(\d+) [\d.]+ Tf|<([0-9A-Fa-f]+)>")


def pages_of(pdf: bytes) -> int:
    """How many sheets it is."""
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def text_of(pdf: bytes) -> str:
    """All that is printed, without spaces and punctuation, in the order it is drawn."""
    objects = {int(number): body for number, body in _OBJECT.findall(pdf)}
    fonts = {number: _letters(objects, body) for number, body in objects.items()}
    drawn = []
    for number, body in objects.items():
        if b"/Type" in body or b"/FontFile" in body or number not in _contents(objects):
            continue
        letters: dict[str, str] = {}
        for font, shown in _SHOWN.findall(_inflated(body)):
            if font:
                letters = fonts.get(int(font), {})
            else:
                text = shown.decode()
                drawn += [
                    letters.get(text[at : at + 4].upper(), "") for at in range(0, len(text), 4)
                ]
    return only_words("".join(drawn))


def only_words(text: str) -> str:
    """Letters and digits alone: line breaks and hyphens are the printer's."""
    ligatures = {"ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff", "ﬃ": "ffi", "ﬄ": "ffl"}
    plain = "".join(ligatures.get(sign, sign) for sign in text.replace("/m2", "/m²"))
    return "".join(sign for sign in plain if sign.isalnum())


def _contents(objects: dict[int, bytes]) -> set[int]:
    pages = b" ".join(body for body in objects.values() if re.search(rb"/Type\s*/Page\b", body))
    return {int(number) for number in re.findall(rb"/Contents (\d+) 0 R", pages)}


def _inflated(body: bytes) -> bytes:
    found = _STREAM.search(body)
    if found is None:
        return b""
    # By its length: the last byte of what is packed may look like the end of a line.
    packed = body[found.end() : found.end() + int(found[1])]
    return zlib.decompress(packed) if b"FlateDecode" in body else packed


def _letters(objects: dict[int, bytes], body: bytes) -> dict[str, str]:
    """What each code of a font stands for, by its table of characters."""
    table = re.search(rb"/ToUnicode (\d+) 0 R", body)
    if table is None:
        return {}
    text = _inflated(objects[int(table[1])]).decode("latin-1")
    letters: dict[str, str] = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", text, re.S):
        for code, sign in re.findall(r"<(\w+)>\s*<(\w+)>", block):
            letters[code.upper()] = bytes.fromhex(sign).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", text, re.S):
        for first, last, sign in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
            for step in range(int(last, 16) - int(first, 16) + 1):
                letters[f"{int(first, 16) + step:04X}"] = chr(int(sign, 16) + step)
    return letters
