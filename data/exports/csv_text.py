"""Text on its way into a CSV file that a spreadsheet will open."""

# A spreadsheet takes text that starts like this for a formula.
_RISKY_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0")


def guard_text(text: str) -> str:
    """The text, with a quote before it where a spreadsheet would run it as a formula.

    >>> guard_text("=1+1"), guard_text("Board vote")
    ("'=1+1", 'Board vote')
    """
    return f"'{text}" if text.startswith(_RISKY_STARTS) else text
