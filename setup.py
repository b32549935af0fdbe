"""Compiles the translated words (.po to .mo) at each build, and packs law, records, ledger and articles."""

import sys
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py


class BuildWithWords(build_py):
    def run(self) -> None:
        from babel.messages.mofile import write_mo
        from babel.messages.pofile import read_po

        for po in Path(__file__).parent.glob("amparo/web/locale/*/LC_MESSAGES/django.po"):
            with po.open("rb") as source, po.with_suffix(".mo").open("wb") as target:
                write_mo(target, read_po(source, locale=po.parts[-3]))
        super().run()
        if not self.editable_mode:  # a working copy packs for itself when a file changes
            self._pack()

    def _pack(self) -> None:
        sys.path.insert(0, str(Path(__file__).parent))  # an isolated build does not see the package
        from amparo.directory import records
        from amparo.know import articles, wording_rules
        from amparo.know.search import folding
        from amparo.law import data_files
        from amparo.witness import ledger

        built = Path(self.build_lib) / "amparo"
        data_files.ship(built / "law.pack")
        records.ship(built / "directory" / "records.pack")
        ledger.ship(built / "witness" / "measures.pack")
        articles.ship(built / "know" / "pages.pack")
        folding.ship(built / "know" / "search" / "words.pack")
        wording_rules.ship(built / "know" / "wording.pack")


setup(cmdclass={"build_py": BuildWithWords})
