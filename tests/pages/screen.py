"""The dashboard without a browser: open a page by its path and read what is on it."""

import re
from html import unescape
from pathlib import Path
from time import monotonic, sleep

from streamlit.testing.v1 import AppTest

MAIN = Path(__file__).resolve().parents[2] / "pages" / "main.py"
JOB_SECONDS = 40.0


class Screen:
    """One tab. `app` is Streamlit's own test handle, for what a person clicks."""

    def __init__(self) -> None:
        self.app = AppTest.from_file(str(MAIN), default_timeout=30)

    def open(self, path: str, /, **query: str) -> str:
        """Open a page with what its address says, and return its words."""
        for name, value in query.items():
            self.app.query_params[name] = value
        self.app.run()
        self.app.switch_page(path).run()
        return self.words()

    def words(self) -> str:
        """Everything that can be read, tables and numbers included, without the escapes of markdown and HTML."""
        assert not self.app.exception, [one.value for one in self.app.exception]
        texts = [
            self.alerts(),
            *(element.value for element in (*self.app.title, *self.app.header, *self.app.subheader)),
        ]
        texts += [element.value for element in (*self.app.markdown, *self.app.caption, *self.app.text)]
        texts += [f"{metric.label} {metric.value}" for metric in self.app.metric]
        texts += [re.sub(r"<[^>]+>", " ", html) for html in self.html()]
        return unescape(" ".join(" ".join(texts).replace("\\", "").split()))

    def html(self) -> list[str]:
        """The HTML that pages made themselves, tables first of all; the style sheet left out."""
        bodies = [element.proto.body for element in self.app.get("html")]
        return [body for body in bodies if not body.startswith("<style>")]

    def alerts(self) -> str:
        """The notes on the page, each with its title."""
        notes = (*self.app.error, *self.app.warning, *self.app.success, *self.app.info)
        return " ".join(f"{note.proto.title} {note.value}" for note in notes).replace("\\", "")

    def table(self, caption: str) -> list[list[str]]:
        """The rows of the table with this caption, or the only one that begins so, the head first, as text."""
        exact = [html for html in self.html() if f"<caption>{caption}</caption>" in html]
        [table] = exact or [html for html in self.html() if f"<caption>{caption}" in html]
        rows = re.findall(r"<tr.*?</tr>", table, re.DOTALL)
        return [
            [unescape(re.sub(r"<[^>]+>", "", cell)) for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)]
            for row in rows
        ]

    def click(self, label: str) -> str:
        """Press a button and return the words that follow."""
        [button] = [one for one in self.app.button if one.label == label]
        button.click().run()
        return self.words()

    def drop(self, file_name: str, content: bytes) -> str:
        """Drop a file and wait until its reading is over."""
        self.app.file_uploader[0].set_value((file_name, content, "application/octet-stream")).run()
        return self.wait()

    def wait(self) -> str:
        """Run again until no reading is going on."""
        end = monotonic() + JOB_SECONDS
        while self.has_button("Cancel"):
            assert monotonic() < end, "the reading did not end"
            sleep(0.1)
            self.app.run()
        return self.words()

    def has_button(self, label: str) -> bool:
        return any(button.label == label for button in self.app.button)
