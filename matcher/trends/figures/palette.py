"""Colours that people with any colour vision tell apart (Okabe & Ito, 2008), and shapes for where colour is lost."""

from __future__ import annotations

#: Black is for text; the yellow is too light for thin marks on white.
OKABE_ITO = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
BLUE, VERMILION = OKABE_ITO[0], OKABE_ITO[1]
GREY, LIGHT, INK = "#8A8F98", "#E4E7EB", "#1A1A1A"
#: Bars of stacks in print: light and dark in turn, so that grey tells them apart too.
PARTS = ("#0072B2", "#F0E442", "#D55E00", "#BBBBBB")
HATCHES = ("", "//", "..", "xx")
#: White to dark blue by lightness alone, as cividis; from none to most.
SCALE = ("#F7F9FC", "#D3E0EE", "#A3C1DD", "#6A9CC8", "#33709F", "#0B3C66")
#: Names of shapes for the screen and for paper.
SHAPES = (("circle", "o"), ("square", "s"), ("diamond", "D"), ("triangle-up", "^"), ("cross", "P"), ("x", "X"))
