# SPDX-License-Identifier: Apache-2.0
"""Writes core/io/text/unicode_classes.cpp (letters and numbers as the regex module sees them) and
unicode_mappings.cpp (lower case and composition from Python's own tables).

usage: make_unicode_tables.py; then clang-format -i on both
"""

import pathlib
import sys
import unicodedata

import regex

FOLDER = pathlib.Path(__file__).parents[2] / "core" / "io" / "text"


def ranges(pattern):
    matches = regex.compile(pattern).match
    found = []
    for code in range(sys.maxunicode + 1):
        if 0xD800 <= code <= 0xDFFF or not matches(chr(code)):
            continue
        if found and found[-1][1] == code - 1:
            found[-1][1] = code
        else:
            found.append([code, code])
    return [number for pair in found for number in pair]


def lower_case():
    """Rows of first, last, step, first in lower case."""
    rows = []
    for code in range(sys.maxunicode + 1):
        lower = chr(code).lower()
        if len(lower) != 1 or lower == chr(code):
            continue
        low = ord(lower)
        if rows:
            first, last, step, target = rows[-1]
            gap = code - last
            if low - target == code - first and gap in (1, 2) and step in (0, gap):
                rows[-1] = [first, code, gap, target]
                continue
        rows.append([code, code, 0, low])
    return [number for first, last, step, target in rows
            for number in (first, last, max(step, 1), target)]


def compositions():
    """Triples of a character, the mark after it, and the character that is both."""
    rows = []
    for code in range(sys.maxunicode + 1):
        parts = unicodedata.decomposition(chr(code)).split()
        if len(parts) == 2 and not parts[0].startswith("<"):
            pair = [int(part, 16) for part in parts]
            if unicodedata.normalize("NFC", "".join(map(chr, pair))) == chr(code):
                rows.append([*pair, code])
    return [number for row in sorted(rows) for number in row]


def write(name, arrays):
    with open(FOLDER / name, "w", encoding="ascii") as file:
        file.write(f"""// SPDX-License-Identifier: Apache-2.0
// Made by tests/golden/make_unicode_tables.py (Unicode {unicodedata.unidata_version}, regex {regex.__version__}).
#include "core/io/text/unicode_tables.h"

namespace gesture::io {{

""")
        for constant, function, numbers in arrays:
            file.write(f"static constexpr char32_t {constant}[] = {{"
                       + ", ".join(f"0x{n:X}" for n in numbers) + "};\n"
                       f"std::span<const char32_t> {function}() {{ return {constant}; }}\n\n")
        file.write("} // namespace gesture::io\n")


write("unicode_classes.cpp", [("kLetters", "letterRanges", ranges(r"\p{L}")),
                              ("kNumbers", "numberRanges", ranges(r"\p{N}"))])
write("unicode_mappings.cpp", [("kLowerCase", "lowerCaseRows", lower_case()),
                               ("kCompositions", "compositionRows", compositions())])
