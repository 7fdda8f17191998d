"""A finding: one thing a person should know about the data, where it is and how to mend it."""

from dataclasses import dataclass

from planning.vocabulary import Severity


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem or note, in words, with its place."""

    severity: Severity
    code: str
    message: str
    sheet: str = ""
    cell: str = ""
    found: str = ""
    expected: str = ""
    fix: str = ""
    item: str = ""  # what in the plan it is about, so that a reader of files can say where that stands

    def as_dict(self) -> dict[str, str]:
        """The finding as the command line prints it."""
        return {
            "severity": str(self.severity),
            "code": self.code,
            "sheet": self.sheet,
            "cell": self.cell,
            "found": self.found,
            "expected": self.expected,
            "fix": self.fix,
            "message": self.message,
        }


@dataclass(frozen=True)
class FindingKind:
    """A code with its severity and wording, defined once as a module constant beside the check that raises it.

    `message` and `fix` are format strings over `found`, `expected` and any word given to `at`. Every kind
    registers itself, so a test can hold `docs/findings.md` against the whole list.
    """

    code: str
    severity: Severity
    message: str
    fix: str = ""

    def __post_init__(self) -> None:
        if _registered.setdefault(self.code, self) != self:
            raise ValueError(f"two kinds of finding share the code {self.code}")

    def at(
        self, sheet: str = "", cell: str = "", found: object = "", expected: object = "", **words: object
    ) -> Finding:
        """The finding of this kind at one place.

        >>> kind = FindingKind("doctest_example", Severity.NOTE, "{sheet} says {found}.")
        >>> kind.at(sheet="Fund 10", cell="B4", found="x").message
        'Fund 10 says x.'
        """
        details = {"sheet": sheet, "cell": cell, "found": found, "expected": expected, **words}
        return Finding(
            self.severity,
            self.code,
            self.message.format(**details),
            sheet,
            cell,
            str(found),
            str(expected),
            self.fix.format(**details),
            str(words.get("item", "")),
        )


_registered: dict[str, FindingKind] = {}


def list_finding_kinds() -> tuple[FindingKind, ...]:
    """Every kind defined by the modules imported so far, in the order of their codes."""
    return tuple(_registered[code] for code in sorted(_registered))


def has_errors(findings: tuple[Finding, ...] | list[Finding]) -> bool:
    """Whether any finding forbids going on."""
    return any(finding.severity is Severity.ERROR for finding in findings)
