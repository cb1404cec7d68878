# SPDX-License-Identifier: Apache-2.0
"""Writes figure-regular.txt and figure-bold.txt: the outlines that pictures of figures are lettered with.

Run by hand:  python make_figure_glyphs.py FOLDER-OF-ARIMO FOLDER-OF-AFM
FOLDER-OF-ARIMO: /usr/share/fonts/truetype/croscore of Debian's fonts-croscore.
FOLDER-OF-AFM:   Adobe's Helvetica.afm and Helvetica-Bold.afm (matplotlib carries them); widths only.
Needs fontTools. A line is a character of WinAnsi: its code, Helvetica's advance width, its outline;
units are thousandths of an em, y upwards, curves quadratic.
"""
import sys
from pathlib import Path

from fontTools.agl import UV2AGL
from fontTools.pens.basePen import BasePen
from fontTools.ttLib import TTFont

EM = 1000
# Names that Adobe's metrics use and the glyph list does not.
RENAMED = {0xAF: "macron", 0xB2: "twosuperior", 0xB3: "threesuperior", 0xB5: "mu",
           0xB7: "periodcentered", 0xB9: "onesuperior"}


class PathPen(BasePen):
    def __init__(self, glyphs, scale):
        super().__init__(glyphs)
        self.scale = scale
        self.parts = []

    def numbers(self, *points):
        return " ".join(str(round(value * self.scale)) for point in points for value in point)

    def _moveTo(self, point):
        self.parts.append("M" + self.numbers(point))

    def _lineTo(self, point):
        self.parts.append("L" + self.numbers(point))

    def _qCurveToOne(self, control, point):
        self.parts.append("Q" + self.numbers(control, point))

    def _closePath(self):
        pass


def widths(afm):
    result = {}
    for line in afm.read_text().splitlines():
        if line.startswith("C "):
            fields = dict(part.split(" ", 1) for part in line.replace(" ; ", ";").split(";") if " " in part)
            result[fields["N"]] = int(fields["WX"])
    return result


def main(fonts, metrics):
    here = Path(__file__).parent
    for name, font, afm in (("regular", "Arimo-Regular.ttf", "Helvetica.afm"),
                            ("bold", "Arimo-Bold.ttf", "Helvetica-Bold.afm")):
        face = TTFont(Path(fonts) / font)
        glyphs, names = face.getGlyphSet(), face.getBestCmap()
        advance = widths(Path(metrics) / afm)
        lines = []
        for code in range(32, 256):
            try:
                character = bytes([code]).decode("cp1252")
            except UnicodeDecodeError:
                continue
            if code == 127:
                continue
            plain = {0xA0: 0x20, 0xAD: 0x2D}.get(ord(character), ord(character))
            pen = PathPen(glyphs, EM / face["head"].unitsPerEm)
            glyphs[names[plain]].draw(pen)
            name_of = RENAMED.get(plain) or UV2AGL[plain]
            own = round(glyphs[names[plain]].width * EM / face["head"].unitsPerEm)
            if abs(own - advance[name_of]) > 2:
                print(f"{name}: {character} is {own} wide, Helvetica's {advance[name_of]}")
            lines.append(f"{code} {advance[name_of]} {''.join(pen.parts)}".rstrip())
        (here / f"figure-{name}.txt").write_text("\n".join(lines) + "\n", encoding="ascii")


main(*sys.argv[1:])
