"""Papers drawn while the clock is in doubt say so: their dates are those of that clock."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from stockpile import wording
from stockpile.services.clocks import Clocks
from stockpile.services.documents import Drawn, Paper, Press
from stockpile.services.ports import Progress, silent


@dataclass(frozen=True, slots=True)
class DoubtingPress:
    """A press that adds the warning below each page; what the paper says stays what it was."""

    press: Press
    clocks: Clocks

    def draw(self, paper: Paper, file: Path, progress: Progress = silent) -> Drawn:
        """Draw a paper as the press does; on any lane."""
        doubt = self.clocks.doubt_now()
        if doubt is not None:
            foot = paper.bottom
            warned = replace(foot, lines=(*foot.lines, wording.clock_on_paper(doubt)))
            paper = replace(paper, foot=warned)
        return self.press.draw(paper, file, progress)
